# SPDX-License-Identifier: MIT
"""An agenda from its draft to the paper in each mailbox and to the pages. The
letters themselves are T20's to review."""
import email.utils
import os
import re
import subprocess
import sys

import story
from story import Story, demo, ok, text_of

CANARY = "Kanariefuglens klage"
MEMBER, CHAIR = "bruger.et@mail.example", "formand@organisation.example"
SECRETARY = "sekretaer@albertslund.example"
COMMITTEE = "udvalgsformand@albertslund.example"
MEETING = "udsatteraad/2022-06-09"


def council(text):
    return text.replace("state = called", "state = planned").replace('seat "user" { number = 2 }', 'seat "user" { number = 2 }\n\trule "paper" { value = "yes" }')


def paper(msg):
    """Name and words of the PDF that a letter carries."""
    files = [p for p in msg.iter_attachments() if p.get_content_type() == "application/pdf"]
    if len(files) != 1:
        return None, ""
    return files[0].get_filename(), words(files[0].get_payload(decode=True))


def words(pdf):
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode()


def newest(s, who, word):
    return [m for _, w, m in s.all if w == who and word in str(m["Subject"])][-1]


def filled(form):
    """The form as a mail program sends it back, with text under each item."""
    out, item = ["Hej", "", "Den 13. juni skrev Rådspost:"], ""
    for line in demo.words(form, 10000).split("\n"):
        heading = re.match(r"\d+\. (.*)$", line)
        item = heading.group(1) if heading else item
        out.append("> " + line)
        if line == "Tekst:":
            out += ["", "Rådet tog stilling til fuglen." if CANARY in item else "%s blev drøftet.\n- Et punkt på en liste\n- Og et til" % item, ""]
    return "\n".join(out) + "\n"


def after_the_meeting(s, site):
    """The minutes come, nobody objects, and they go out."""
    s.at("2022-06-09T19:01")
    form = newest(s, SECRETARY, "Skema")
    s.clock = "2022-06-13T08:00:00+02:00"
    s.sends(SECRETARY, "Rådets sekretær", "SV: " + str(form["Subject"]), filled(form), email.utils.parseaddr(str(form["Reply-To"] or form["From"]))[1], True, form, ())
    s.at("2022-06-13T09:00")
    s.at("2022-06-13T09:11")
    s.at("2022-06-21T08:05")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend referatet")
    s.at("2022-06-21T09:00")
    new = s.at("2022-06-21T09:30")
    letters = {w: paper(m) for w, m, _ in new if str(m["Subject"]).startswith("Referat")}
    ok(len(letters) == 12 and all(name == "referat-2022-06-09.pdf" for name, _ in letters.values()), "the minutes go with their paper: %d" % len(letters))
    inside, outside = letters.get(MEMBER, (None, ""))[1], letters.get(COMMITTEE, (None, ""))[1]
    ok("Forum" in inside and "Referent" in inside and "Sagsnr." in inside and CANARY in inside, "a member's has the head and every item")
    ok("Et punkt på en liste" in outside and CANARY.split()[0] not in outside and "Lukket punkt" in outside, "the committee's the open ones")
    s.raadspost("publish", site)
    page = open(os.path.join(site, MEETING, "index.html"), encoding="utf-8").read()
    ok("Et punkt på en liste" in page and "Udsendt tirsdag den 21. juni 2022" in page and CANARY.split()[0] not in page, "the page has the minutes, and their day")


def main():
    s = Story("paper", "albertslund", SECRETARY, "2022-04-01T09:00", "T51-paper.letters", council)
    s.address = "udsatteraad@albertslund.example"
    s.at("2022-04-28T08:05")
    s.answers(MEMBER, "Bruger Et", "Jeg vil gerne have et punkt på dagsordenen: Åbningstider i varmestuen til vinter.\n\nVi vil gerne have åbent om søndagen.")
    s.at("2022-04-29T10:00")
    new = s.at("2022-05-27T08:05")
    ok(all(paper(m)[0] is None for _, m, _ in new), "a draft has no paper")
    s.answers(SECRETARY, "Rådets sekretær", "Tilføj punkt om %s." % CANARY)
    new = s.at("2022-05-27T12:00")
    draft = [m for w, m, _ in new if w == SECRETARY and str(m["Subject"]).startswith("Udkast")][0]
    number = re.search(r"(\d+)\. " + CANARY, text_of(new, SECRETARY, "Udkast")).group(1)
    s.answers(SECRETARY, "Rådets sekretær", "Luk punkt %s" % number, draft)
    new = s.at("2022-05-27T14:00")
    draft = [m for w, m, _ in new if w == SECRETARY and str(m["Subject"]).startswith("Udkast")][0]
    s.answers(SECRETARY, "Rådets sekretær", "Godkend", draft)
    s.at("2022-05-27T15:00")
    new = s.at("2022-06-01T08:05")
    agendas = {w: m for w, m, _ in new if str(m["Subject"]).startswith("Dagsorden til")}
    ok(len(agendas) == 12 and all(paper(m)[0] == "dagsorden-2022-06-09.pdf" for m in agendas.values()), "each of the twelve letters has its paper")
    inside, outside = paper(agendas[MEMBER])[1], paper(agendas[COMMITTEE])[1]
    ok(CANARY in inside and "åbent om søndagen" in inside, "a member's has every point and its words")
    ok(CANARY not in outside and "Lukket punkt" in outside and "søndagen" not in outside, "the committee's has the open titles")
    ok("Side 1 af" in inside and "00.22.00-A00-1-22" in inside and "Albertslund Rusmiddelcenter" in inside, "it has the head, the case number, the page")
    same = {p.get_payload(decode=True) for w, m in agendas.items() for p in m.iter_attachments() if p.get_content_type() == "application/pdf"}
    ok(len(same) == 2, "two papers in all, the same bytes for all who get them")

    whole, public = (os.path.join(s.dir, name) for name in ("whole.pdf", "public.pdf"))
    s.raadspost("show", MEETING, "--pdf", whole)
    s.raadspost("show", MEETING, "--pdf", public, "--public")
    ok({open(whole, "rb").read(), open(public, "rb").read()} == same, "«show --pdf» prints those very bytes")

    site = os.path.join(s.dir, "site")
    s.raadspost("publish", site)
    page = open(os.path.join(site, MEETING, "index.html"), encoding="utf-8").read()
    ok("Åbningstider i varmestuen" in page and "Lukket punkt" in page, "the page has the open titles")
    ok(CANARY.split()[0] not in subprocess.run(["grep", "-r", ".", site], stdout=subprocess.PIPE).stdout.decode(), "what is closed stands on none")
    ok("søndagen" not in page and MEMBER not in page, "nor what a member wrote, or who")
    leaks = s.leaks(CANARY.split()[0], ())
    ok(COMMITTEE not in leaks and MEMBER in leaks, "in letters, too, the closed point is the members' alone")
    out = s.raadspost("publish", site)
    ok(" 0 written, 0 removed" in out, "a second run writes nothing")
    after_the_meeting(s, site)
    return story.failed != 0



if __name__ == "__main__":
    sys.exit(main())
