# SPDX-License-Identifier: MIT
"""Who sits where, in Albertslund: an address moves when both ends say so, a
member leaves by his own yes and changes his mind, an address bounces and is
left in peace, and a list of members comes from a spreadsheet."""
import os
import re
import subprocess

import story
from story import Story, demo, ok, text_of, to

SECRETARY = "sekretaer@albertslund.example"
OLD, NEW = "bruger.et@mail.example", "bruger.et@nypost.example"
LEAVER = "natcafe@organisation.example"
LOST = "varmestue@organisation.example"
MEETING = "2022-06-09"

BOUNCE = """Return-Path: <>
Delivered-To: {user}
From: MAILER-DAEMON@mail.organisation.example
To: {user}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: <bounce-{n}@mail.organisation.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

User unknown.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.organisation.example

Final-Recipient: rfc822; {lost}
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

{letter}
--b--
"""


def status(s, command, *args):
    done = subprocess.run(s.command(command, *args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace"), done.stdout


def roles(s, who):
    return s.sql("SELECT role FROM place JOIN person USING (person_id) WHERE email = '%s' AND (until_day IS NULL OR until_day >= julianday('%s') - 2440587.5) ORDER BY 1" % (who, s.clock[:10])).split()


def bounced(s, n):
    letter = s.last[LOST]
    inner = "\n".join("%s: %s" % (k, letter[k]) for k in ("From", "To", "Subject", "Message-ID", "Reply-To") if letter[k])
    s.lay(BOUNCE.format(user=s.user, date=s.date(), n=n, lost=LOST, letter=inner + "\n").replace("\n", "\r\n").encode())


def main():
    s = Story("membership", "albertslund", SECRETARY, "2022-05-02T09:00", "T41-membership.letters")
    s.address = "udsatteraad@albertslund.example"

    # --- another address ------------------------------------------------
    s.writes(OLD, "Bruger Et", "Ny mailadresse", "Hej\n\nJeg har fået ny mailadresse: %s. Vil I skrive til den fremover?" % NEW)
    new = s.at("2022-05-02T09:10")
    ok([n[0] for n in new] == [OLD], "the old address is asked first, nobody else")
    s.answers(OLD, "Bruger Et", "JA")
    new = s.at("2022-05-02T09:20")
    ok(sorted(n[0] for n in new) == sorted([OLD, NEW]), "then the new one is asked: %s" % [n[0] for n in new])
    ok(roles(s, OLD) == ["member"] and not roles(s, NEW), "until it answers nothing has changed")
    # somebody else with the same words, from the old address
    s.answers(OLD, "Bruger Et", "JA", s.last[NEW])
    s.at("2022-05-02T09:30")
    ok(roles(s, OLD) == ["member"], "the old one cannot say yes for the new")
    s.answers(NEW, "Bruger Et", "JA", s.last[NEW])
    new = s.at("2022-05-02T09:40")
    ok(roles(s, NEW) == ["member"] and not roles(s, OLD), "both have said yes: the seat is at the new address")
    ok("sidste mail" in " ".join(text_of(new, OLD).split()), "the old one gets a last note")
    s.answers(NEW, "Bruger Et", "FORTRYD")
    s.at("2022-05-02T09:50")
    ok(roles(s, OLD) == ["member"] and not roles(s, NEW), "and FORTRYD takes it back")

    # --- leaving --------------------------------------------------------
    s.writes(LEAVER, "Natcaféen", "Farvel", "Hej alle\n\nJeg træder ud af rådet.")
    new = s.at("2022-05-03T09:00")
    ok("ordet JA" in text_of(new, LEAVER), "who wants to leave is asked once")
    ok(SECRETARY in to(new, ""), "and the secretary knows")
    ok(roles(s, LEAVER) == ["member"], "nothing has happened yet")
    s.answers(LEAVER, "Natcaféen", "ja")
    new = s.at("2022-05-03T09:10")
    ok("Tak for den tid" in text_of(new, LEAVER), "thanks")
    at = s.clock
    s.clock = "2022-05-04T09:00:00+02:00"
    ok(not roles(s, LEAVER), "the day after the seat is empty")
    s.clock = at
    ok(s.sql("SELECT kind FROM decision WHERE state = 'open' AND kind = 'vacancy'").strip() == "vacancy", "the vacancy waits for the secretary")

    # --- out of reach ---------------------------------------------------
    s.writes(LOST, "Varmestuen", "Afbud", "Jeg kan desværre ikke komme til mødet den 9. juni.")
    s.at("2022-05-04T09:00")
    bounced(s, 1)
    new = s.at("2022-05-04T09:10")
    ok(new == [], "one bounce is a full mailbox: nobody is told")
    bounced(s, 2)
    s.at("2022-05-08T09:10")
    ok(s.sql("SELECT unreachable_n, unreachable_told_at IS NOT NULL FROM person WHERE email = '%s'" % LOST).strip() == "2|1", "two in three days: mail to the address waits")
    ok(roles(s, LOST) == ["member"], "and nobody is removed")
    s.at("2022-05-09T08:05")
    ok(any("kommer ikke frem" in str(m["Subject"]) for _, w, m in s.all if w == SECRETARY), "the secretary is told what to do")
    new = s.at("2022-05-12T08:05")
    ok(all(w != LOST for _, w, m in s.all if _ > "2022-05-09"), "nothing goes there")
    s.writes(LOST, "Varmestuen", "Emne", "Hej\n\nKan I svare på, hvornår næste møde er?")
    new = s.at("2022-05-12T09:00")
    ok(LOST in [n[0] for n in new], "a mail from the member ends the pause")

    # --- a list from a spreadsheet --------------------------------------
    code, said, raw = status(s, "list", "members", "--csv", "--body", "udsatteraad")
    ok(code == 0 and raw.startswith(b"\xef\xbb\xbf\"navn\";\"mail\";") and raw.count(b"\r\n") == raw.count(b"\n"), "the list for a spreadsheet has a BOM, «;», quotes and CRLF")
    path = os.path.join(s.dir, "liste.csv")
    with open(path, "wb") as f:
        f.write(raw)
    code, said, _ = status(s, "import", path, "--body", "udsatteraad", "--yes")
    ok(code == 0 and "no difference" in said, "and read again it changes nothing: %s" % said)
    text = raw.decode("utf-8-sig")
    bad = text + '"Dobbelt";"formand@organisation.example";"formand"\r\n"Uden";"";""\r\n"Ligner";"f0rmand@organisation.example"\r\n"Rolle";"rolle@mail.example";"konge"\r\n"Dag";"dag@mail.example";"";"";"";"";"31-02-2022"\r\n'
    with open(path, "wb") as f:
        f.write(bad.encode("cp1252"))
    code, said, _ = status(s, "import", path, "--body", "udsatteraad", "--yes")
    last = text.count("\r\n")
    ok(code == 1 and all(("line %d:" % (last + i)) in said for i in range(1, 6)) and "nothing was changed" in said, "each fault is named by its line: %s" % said)
    ok(s.sql("SELECT count(*) FROM person WHERE email IN ('rolle@mail.example', 'dag@mail.example')").strip() == "0", "and nothing is changed")
    with open(path, "wb") as f:
        f.write((text.replace('"navn";"mail"', '"Fulde navn";"E-mail"') + '"=HYPERLINK(""x"")";"ny@mail.example";"suppleant"\r\n').encode("cp1252"))
    code, said, _ = status(s, "import", path, "--body", "udsatteraad", "--yes")
    ok(code == 0 and re.search(r"(?m)^\+ .*ny@mail.example", said) is not None, "in windows-1252, with other names of the columns, it is applied")
    raw = status(s, "list", "members", "--csv", "--body", "udsatteraad")[2]
    cells = re.findall(r'"((?:[^"]|"")*)"', raw.decode("utf-8-sig"))
    ok(not any(re.match(r" *[=+\-@\t\r\n]", c) for c in cells) and any(c.startswith("'=HYPERLINK") for c in cells), "no cell is a formula")

    # --- by the command -------------------------------------------------
    code, said, _ = status(s, "member", "add", "udsatteraad", "lone@mail.example", "name=Lone Friis", "seat=user")
    line = re.search(r"member undo (\d+)", said)
    ok(code == 0 and line is not None, "raadspost member add: %s" % said)
    new = s.at("2022-05-13T09:00")
    ok("9. juni 2022" in text_of(new, "lone@mail.example") and [p.get_filename() for m in [s.last["lone@mail.example"]] for p in m.iter_attachments()] == ["moeder.ics"], "a letter of welcome with the meetings")
    code, said, _ = status(s, "member", "undo", line.group(1))
    ok(code == 1 and "left the house" in said, "too late to take back, and it says so")
    code, said, _ = status(s, "member", "role", "udsatteraad", "lone@mail.example", "chair", "day=2022-07-01")
    ok(code == 0 and roles(s, "formand@organisation.example") == ["chair", "member"], "a new chair from a day, the old one goes on as a member: %s" % said)
    code, said, _ = status(s, "member", "undo", re.search(r"member undo (\d+)", said).group(1))
    ok(code == 0 and roles(s, "formand@organisation.example") == ["chair"], "and back")
    code, said, _ = status(s, "member", "address", "lone@mail.example", "formand@organisation.example")
    ok(code == 1 and "on file already" in said, "an address of somebody else is refused")
    # --- by the secretary's word ----------------------------------------
    s.writes("fremmed@mail.example", "En fremmed", "Formand", "Lone Friis er ny formand fra 1. juli.")
    s.writes(SECRETARY, "Rådets sekretær", "Ny formand", "Lone Friis er ny formand fra 1. juli.")
    new = s.at("2022-05-16T09:00")
    ok("formand" in text_of(new, SECRETARY, "SV: Ny formand") and roles(s, "lone@mail.example") == ["chair", "member"], "«Lone Friis er ny formand fra 1. juli»: %s" % roles(s, "lone@mail.example"))
    s.answers(SECRETARY, "Rådets sekretær", "FORTRYD")
    s.at("2022-05-16T09:10")
    ok(roles(s, "lone@mail.example") == ["member"], "and FORTRYD")
    s.writes(SECRETARY, "Rådets sekretær", "Lone", "Lone Friis er afgået ved døden.")
    new = s.at("2022-05-16T09:20")
    ok(not roles(s, "lone@mail.example") and "lone@mail.example" not in [n[0] for n in new], "a death: no letter goes there")
    s.end()


main()
