# SPDX-License-Identifier: MIT
"""A meeting from its agenda to the archive: found again by mail, exported,
counted in January. The letters before that are T20's to review."""
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


def main():
    s = Story("archive", "albertslund", SECRETARY, "2022-04-01T09:00", "T52-archive.letters", council)
    s.address = "udsatteraad@albertslund.example"
    agenda(s)
    paper.after_the_meeting(s, os.path.join(s.dir, "site"))
    look(s)
    folder(s)
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
