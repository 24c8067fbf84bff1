# SPDX-License-Identifier: MIT
"""(e) The start with 100,000 stored mails."""
import hashlib
import signal
import sqlite3
import statistics

import bench
import mails
import sink


def fill(db, n):
    """Mails that were taken, answered and filed, each with its sent letter: rows as the engine leaves them, written past it to save an hour."""
    db.execute("PRAGMA synchronous = OFF")
    at = 1561445000
    raw = ("Date: Tue, 25 Jun 2019 10:00:00 +0200\r\nSubject: Kvittering\r\n\r\n" + "Tak for din mail. Den er modtaget.\r\n" * 80).encode()
    mails_made = ((i, mails.mail(i, "glostrup.example", "start.example").encode()) for i in range(1, n + 1))
    for i, data in mails_made:
        db.execute("INSERT INTO mail (mail_id, uidvalidity, uid, came_at, size_bytes, head_only, attempts, state, outcome, folder, reason, why, message_id,"
                   " from_email, subject, date_at, auth, content, twin_key) VALUES (?,1,?,?,?,0,1,2,0,0,'done','said so',?,?,'Ansøgning',?,1,?,?)",
                   (i, i, at, len(data), "<b%d@start.example>" % i, "a%d@start.example" % i, at, hashlib.sha256(data).digest(), i * 2654435761 % 2 ** 31))
        db.execute("INSERT INTO mail_raw VALUES (?,?)", (i, data))
        db.execute("INSERT INTO letter (letter_id, key, kind, class, state, ref, mail_id, from_email, to_email, message_id, token, subject, made_at, due_at,"
                   " first_at, last_at, attempts, answer) VALUES (?,?,0,1,3,?,?,'raadspost@glostrup.example',?,?,?,'SV: Ansøgning',?,?,?,?,1,'250 OK')",
                   (i, "receipt/%d" % i, "mail:%d" % i, i, "a%d@start.example" % i, "<l%d@glostrup.example>" % i, "word%d" % i, at, at, at, at))
        db.execute("INSERT INTO letter_raw VALUES (?,?,'Tak for din mail.')", (i, raw))
        db.execute("INSERT INTO sent (letter_id, at, state, answer) VALUES (?,?,3,'250 OK')", (i, at))


def run():
    box = bench.Box(0)
    got = sink.Sink()
    daemon = bench.Daemon(box, got.port, start=False)
    db = sqlite3.connect(daemon.db)
    fill(db, 100000)
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    times = []
    for _ in range(max(bench.ROUNDS, 5)):
        times.append(daemon.start() * 1000)
        daemon.engine.send_signal(signal.SIGTERM)
        daemon.engine.wait(30)
    daemon.engine = None
    print("(e) start with 100,000 stored mails: %s ms" % bench.spread(times))
    bench.goal("(e) ms to READY", statistics.median(times), most=50)
    daemon.stop()
    got.close()
    box.close()
