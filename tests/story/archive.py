# SPDX-License-Identifier: MIT
"""A meeting from its agenda to the archive: found again by mail, exported,
counted in January. The letters before that are T20's to review."""
import email
import email.policy
import hashlib
import json
import os
import re
import subprocess
import sys

import paper
import story
from paper import CANARY, COMMITTEE, MEETING, MEMBER, SECRETARY, newest
from story import Story, demo, ok, text_of

SECRET = CANARY.split()[0]
JOURNAL = "journal@albertslund.example"


def council(text):
    return text.replace("state = called", "state = planned").replace('seat "user" { number = 2 }', 'seat "user" { number = 2 }\n\trule "paper" { value = "yes" }')


def agenda(s):
    """The agenda with one point of a member and one closed point goes out."""
    s.at("2022-04-28T08:05")
    s.answers(MEMBER, "Bruger Et", "Jeg vil gerne have et punkt på dagsordenen: Åbningstider i varmestuen til vinter.\n\nVi vil gerne have åbent om søndagen.")
    s.at("2022-04-29T10:00")
    s.at("2022-05-27T08:05")
    s.answers(SECRETARY, "Rådets sekretær", "Tilføj punkt om %s." % CANARY)
    new = s.at("2022-05-27T12:00")
    draft = [m for w, m, _ in new if w == SECRETARY and str(m["Subject"]).startswith("Udkast")][0]
    number = re.search(r"(\d+)\. " + CANARY, text_of(new, SECRETARY, "Udkast")).group(1)
    s.answers(SECRETARY, "Rådets sekretær", "Luk punkt %s" % number, draft)
    new = s.at("2022-05-27T14:00")
    draft = [m for w, m, _ in new if w == SECRETARY and str(m["Subject"]).startswith("Udkast")][0]
    s.answers(SECRETARY, "Rådets sekretær", "Godkend", draft)
    s.at("2022-05-27T15:00")
    s.at("2022-06-01T08:05")


def found(s, clock, who, name, words):
    """What that one gets back for a mail of one line."""
    s.sends(who, name, "Gamle sager", words, s.address, True, None, ())
    new = s.at(clock)
    letters = [m for w, m, _ in new if w == who and "fandt" in str(m["Subject"]) or w == who and "Teksten til" in str(m["Subject"])]
    return demo.words(letters[-1], 10000) if letters else ""


def look(s):
    text = found(s, "2022-06-22T09:00", MEMBER, "Bruger Et", "find varmestue 2022")
    ok("Referat, torsdag den 9. juni 2022" in text and "Dagsorden, torsdag den 9. juni 2022" in text, "a member finds the point in agenda and minutes")
    number = re.search(r"Hele teksten: find nr\. (\d+)", text)
    text = found(s, "2022-06-22T10:00", MEMBER, "Bruger Et", "find nr. %s" % (number.group(1) if number else "0"))
    ok("Åbningstider i varmestuen" in text and "åbent om søndagen" in text, "and reads its whole text by the number")
    text = found(s, "2022-06-22T11:00", SECRETARY, "Rådets sekretær", "Søg: kanariefugl")
    ok(CANARY in text and "(lukket" in text, "the secretary finds the closed point")
    text = found(s, "2022-06-22T12:00", COMMITTEE, "Udvalgsformand", "find kanariefugl")
    ok(SECRET not in text.replace("kanariefugl", ""), "the committee's chair does not")
    ok(SECRET in s.raadspost("find", "kanariefugl") and SECRET not in s.raadspost("find", "kanariefugl", "--public"), "nor does «find --public»")


def folder(s):
    whole, public = (os.path.join(s.dir, name) for name in ("whole", "public"))
    s.raadspost("export", MEETING, whole)
    s.raadspost("export", MEETING, public, "--public")
    index = json.load(open(os.path.join(whole, "index.json"), encoding="utf-8"))
    files = {f["file"]: f for f in index["files"]}
    ok(index["case_number"].startswith("00.22.00") and {"agenda.md", "agenda.pdf", "minutes.md", "minutes.pdf"} <= set(files), "the folder has agenda and minutes, and the case number")
    ok(set(files) | {"index.json"} == set(os.listdir(whole)), "the index names every file")
    ok(all(hashlib.sha256(open(os.path.join(whole, name), "rb").read()).hexdigest() == f["sha256"] for name, f in files.items()), "each is what its sum says")
    ok({f["direction"] for f in files.values()} == {"in", "out"} and any(n.startswith("letter-") for n in files) and any(n.startswith("mail-") for n in files), "letters out and mails in")
    ok(all(SECRET not in f["title"] for f in files.values()) and files["agenda.md"]["closed"], "titles say nothing, and what is closed says so")
    names = set(os.listdir(public))
    ok(names == {"agenda.md", "agenda.pdf", "minutes.md", "minutes.pdf", "index.json"}, "the public's has neither letters nor mails: %s" % sorted(names))
    words = paper.words(open(os.path.join(public, "agenda.pdf"), "rb").read()) + paper.words(open(os.path.join(public, "minutes.pdf"), "rb").read())
    words += subprocess.run(["cat"] + [os.path.join(public, n) for n in names if not n.endswith(".pdf")], stdout=subprocess.PIPE, check=True).stdout.decode()
    ok(SECRET not in words and "Lukket punkt" in words and "søndagen" not in words, "and nothing that is closed")


def original(part):
    """A mail of eight bits cannot lie in another as it is: it comes as a file."""
    if part.get_content_type() == "message/rfc822":
        return part.get_content()
    assert part.get_filename() == "original.eml"
    return email.message_from_bytes(part.get_content(), policy=email.policy.default)


def journal(s):
    s.at("2022-06-22T13:00")
    copies = [m for _, w, m in s.all if w == JOURNAL]
    subjects = [str(m["Subject"]) for m in copies]
    originals = [original(p) for m in copies for p in m.iter_attachments()]
    ok(any(p.get_content_type() == "message/rfc822" for m in copies for p in m.iter_attachments()), "what can travel as it is does")
    ok(all(t.startswith("Til journal: 00.22.00-A00-1-22, ") for t in subjects) and sum("Dagsordener" in t for t in subjects) == 1 and sum("Referater" in t for t in subjects) == 1, "the journal has agenda and minutes once each: %s" % subjects)
    ok(any(t.endswith(", ind") for t in subjects) and len(originals) == len(copies), "the mails that came, too, and every original as it was")
    ok(all(SECRET not in t for t in subjects) and all(SECRET not in demo.words(m, 10000).split("message/rfc822")[0] for m in copies), "no subject or text names what is closed")
    ids = [str(o["Message-ID"]) for o in originals]
    ok(len(set(ids)) == len(ids), "none twice")


def main():
    s = Story("archive", "albertslund", SECRETARY, "2022-04-01T09:00", "T52-archive.letters", council)
    s.address = "udsatteraad@albertslund.example"
    with open(os.path.join(s.dir, "raadspost.conf"), "a", encoding="utf-8") as conf:
        conf.write('journal = "%s"\n' % JOURNAL)
    agenda(s)
    paper.after_the_meeting(s, os.path.join(s.dir, "site"))
    look(s)
    folder(s)
    journal(s)
    s.at("2023-01-15T09:00")
    new = s.at("2023-01-16T08:05")
    text = text_of(new, SECRETARY, "Rådets år 2022")
    ok("3 møder" in text and "Fremmøde efter gruppe" in text and "█" in text, "in January the secretary reads of the year")
    ok("Bruger Et" not in text and MEMBER not in text, "which names nobody")
    new = s.at("2023-01-17T08:05")
    ok(not [m for w, m, _ in new if "Rådets år" in str(m["Subject"])], "once")
    return story.failed != 0


if __name__ == "__main__":
    sys.exit(main())
