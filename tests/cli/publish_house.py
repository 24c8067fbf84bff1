# SPDX-License-Identifier: MIT
"""Agendas and minutes for the tests of the pages, as the engine leaves them:
    publish_house.py DATABASE fill       one meeting with everything
    publish_house.py DATABASE many N     N meetings with agenda and minutes
    publish_house.py DATABASE sql WORDS
"""
import sqlite3
import sys

MEETING = "udsatteraad/2022-06-09"


def agenda(db, meeting, version, points, state="mailed", at=1654150000):
    (meeting_id,) = db.execute("SELECT meeting_id FROM meeting WHERE slug = ?", (meeting,)).fetchone()
    cur = db.execute("INSERT INTO agenda (meeting_id, version, state, made_at, send_at) VALUES (?,?,?,?,?)",
                     (meeting_id, version, state, at, None if state == "draft" else at))
    for i, (title, words, by, closed) in enumerate(points):
        db.execute("INSERT INTO agenda_point (agenda_id, number, title, words, by_name, citizen, closed) VALUES (?,?,?,?,?,0,?)",
                   (cur.lastrowid, i + 1, title, words, by, closed))


def minutes(db, meeting, version, items, state="mailed", at=1655200000):
    (meeting_id,) = db.execute("SELECT meeting_id FROM meeting WHERE slug = ?", (meeting,)).fetchone()
    cur = db.execute("INSERT INTO minutes (meeting_id, version, state, made_at, send_at) VALUES (?,?,?,?,?)",
                     (meeting_id, version, state, at, at if state in ("released", "mailed") else None))
    for i, name in enumerate(("Aase Lind", "Mogens Bæk")):
        db.execute("INSERT INTO minutes_person VALUES (?,?,'present',?,NULL)", (cur.lastrowid, i + 1, name))
    for i, (title, words, decision, closed) in enumerate(items):
        db.execute("INSERT INTO minutes_item VALUES (?,?,?,?,?,?,0,0)", (cur.lastrowid, i + 1, title, words, decision, closed))
        db.execute("INSERT INTO minutes_line VALUES (?,?,1,'speech','Aase Lind',?,NULL)", (cur.lastrowid, i + 1, ("Fuglens vinger: %s" if closed else "Der blev sagt noget om %s") % title))
        db.execute("INSERT INTO minutes_line VALUES (?,?,2,'promise','Mogens Bæk',?,19300)", (cur.lastrowid, i + 1, ("Flyve med " if closed else "Spørge om ") + title))


POINTS = [("Godkendelse af dagsorden", None, None, 0), ("Kanariefuglens klage", "Kanariens ord", "Kanariens ven", 1),
          ("Bænke <b>ved</b> stationen & \"mere\"", "FREMMEDES ORD", "Ida Holm", 0), ("Trukket tilbage", None, None, 0), ("Eventuelt", None, None, 0)]
ITEMS = [("Godkendelse af dagsorden", "Den blev godkendt.", None, 0), ("Kanariefuglens klage", "Kanariens ord", "Kanariens lov", 1),
         ("Tema", "# Overskrift\n\n### Dyb\n\nEt *punkt*:\n\n- en\n- to\n\n<script>alert(1)</script> ![p](https://x.example/p.png) [a](javascript:alert(1)) [b](https://b.example/)",
          "Rådet **vedtog** det.", 0)]

if __name__ == "__main__":
    base = sqlite3.connect(sys.argv[1])
    if sys.argv[2] == "fill":
        agenda(base, MEETING, 1, POINTS[:3], at=1654050000)
        agenda(base, MEETING, 2, POINTS)
        minutes(base, MEETING, 1, ITEMS[:1], at=1655100000)
        minutes(base, MEETING, 2, ITEMS)
    elif sys.argv[2] == "close":
        agenda(base, MEETING, 3, [p if p[0] != "Eventuelt" else p[:3] + (1,) for p in POINTS if p[0] != "Trukket tilbage"], "draft", 1654250000)
    elif sys.argv[2] == "many":
        (body,) = base.execute("SELECT body_id FROM body WHERE slug = 'udsatteraad'").fetchone()
        for i in range(int(sys.argv[3])):
            slug = "udsatteraad/20%02d-%02d-%02d" % (i // 12 % 80, i % 12 + 1, i // 960 + 3)
            at = 946800000 + i * 2592000
            base.execute("INSERT INTO meeting (slug, body_id, kind, state, start_at, end_at, points_until_at, place, uid, changed_at)"
                         " VALUES (?,?,'ordinary','minutes-released',?,?,?,'Rådhuset',?,?)", (slug, body, at, at + 7200, at - 1209600, slug + "@x", at))
            agenda(base, slug, 1, POINTS * 2, at=at - 700000)
            minutes(base, slug, 1, ITEMS * 4, at=at + 700000)
    else:
        base.execute(sys.argv[3])
    base.commit()
