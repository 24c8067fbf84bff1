# SPDX-License-Identifier: MIT
"""One agenda from its points to its second version: files that follow their
point, a point that is closed, the draft sent back as a file, a release, and a
change after it."""
import re
import sys

from story import Story, ok, text_of, to

CANARY = "Kanariefugl"
MEMBERS = ("formand@organisation.example", "naestformand@organisation.example", "varmestue@organisation.example", "natcafe@organisation.example",
           "bruger.et@mail.example", "bruger.to@mail.example", "rusmiddelcenter@albertslund.example", "jobcenter@albertslund.example",
           "socialpsykiatri@albertslund.example")
SECRETARY = "sekretaer@albertslund.example"
COMMITTEE = ("udvalgsformand@albertslund.example", "udvalgssekretaer@albertslund.example")
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\nen plan for vinteren\n"
SECRET = ("%PDF-1.4\n" + CANARY + "ens klage i filen\n").encode()
LARGE = b"%PDF-1.4\n" + bytes(range(256)) * 4 * 1024 * 15
TOO_LARGE = b"%PDF-1.4\n" + bytes(range(256)) * 4 * 1024 * 20


def files(new, who, word=""):
    return {p.get_filename(): p.get_payload(decode=True) for w, m, _ in new if w == who and str(m["Subject"]).startswith(word)
            for p in m.iter_attachments() if p.get_filename()}


def draft(s, new):
    s.last[SECRETARY] = [m for w, m, _ in new if w == SECRETARY and "dkast" in str(m["Subject"])][0]
    return text_of(new, SECRETARY, str(s.last[SECRETARY]["Subject"])[:20])


def main():
    s = Story("agenda", "albertslund", SECRETARY, "2022-04-27T09:00", "T14-agenda.letters",
              lambda text: text.replace("state = called", "state = planned"))
    s.address = "udsatteraad@albertslund.example"
    s.at("2022-04-28T08:05")
    s.answers(MEMBERS[2], "Varmestuen", "Jeg vil gerne have et punkt på dagsordenen: åbningstider i varmestuen til vinter.",
              files=(("../vinterplan.pdf", "application/pdf", PDF), ("program.exe", "application/octet-stream", b"MZ\x90\0")))
    s.answers(MEMBERS[3], "Natcaféen", "Jeg vil gerne have et punkt på dagsordenen: %sens klage over en leder" % CANARY,
              files=(("%sen.pdf" % CANARY, "application/pdf", SECRET),))
    s.answers(MEMBERS[6], "Rusmiddelcentret", "Vi vil gerne have et punkt på dagsordenen: film om behandlingen", files=(("film.pdf", "application/pdf", LARGE),))
    s.answers(MEMBERS[8], "Socialpsykiatrien", "Vi vil gerne have et punkt på dagsordenen: tre hundrede sider", files=(("sider.pdf", "application/pdf", TOO_LARGE),))
    new = s.at("2022-04-29T10:00")
    ok("En fil kom ikke med" in text_of(new, MEMBERS[8]) and "En fil" not in text_of(new, MEMBERS[6]), "20 MB: the point is taken, and its sender hears that the file is not")
    rows = s.sql("SELECT title, name, open, size_bytes FROM item JOIN file ON owner_id = item_id ORDER BY file_id")
    ok("Åbningstider i varmestuen til vinter|vinterplan.pdf|1|%d" % len(PDF) in rows and "|program.exe|0|" in rows and "|film.pdf|1|%d" % len(LARGE) in rows,
       "files are kept beside their point, the name made safe: %r" % rows)

    new = s.at("2022-05-27T08:05")
    text = draft(s, new)
    ok("vinterplan.pdf (1 kB)" in text and "program.exe (1 kB) – sendes ikke videre" in text and "film.pdf (15,7 MB) – sendes ikke" in re.sub(r"\s+", " ", text),
       "the draft names the files, and which of them do not go")
    ok("klage over en leder – lukket punkt" in re.sub(r"\s+", " ", text) and "(sag om en person)" in re.sub(r"\s+", " ", text), "a matter of a person is closed from the start")
    name, listed = [(n, d.decode()) for n, d in files(new, SECRETARY, "Udkast").items()][0]
    ok(name == "dagsorden-2022-06-09.md" and listed.startswith("# Dagsorden"), "the draft lies with it as a file")

    lines = [re.sub(r"^\d+\. ", "", line) for line in listed.split("\n") if re.match(r"\d+\. ", line)]
    lines = [line for line in lines if "Film om" not in line]
    lines.insert(1, "besøg af gadesygeplejersken")
    s.answers(SECRETARY, "Rådets sekretær", "Her er den rettede dagsorden.", files=(
        ("dagsorden-2022-06-09.md", "text/markdown", ("# Dagsorden\n\n" + "".join("1. %s\n" % line for line in lines)).encode()),))
    new = s.at("2022-05-27T12:00")
    text = re.sub(r"\s+", " ", draft(s, new))
    ok("Nyt punkt 2: Besøg af gadesygeplejersken" in text and "Ikke længere med: Film om behandlingen" in text, "her file is the new draft, with what is new and what went")
    ok("klage over en leder – lukket punkt" in text, "what was closed is closed in it")
    ok(to(new, "Udkast") == [MEMBERS[0], SECRETARY] and len(new) == 2, "one letter each, no receipt beside it")

    s.answers(SECRETARY, "Rådets sekretær", "Flyt punkt 19 op som punkt 2. Slet punkt 1.")
    new = s.at("2022-05-27T13:00")
    text = draft(s, new)
    ok("Der er intet punkt 19" in text and "2. Besøg" in text and to(new, "Udkast") == [SECRETARY], "a point that is not there: nothing is changed, and she hears it")
    where = re.search(r"(\d+)\. Tema: ", text)
    s.answers(SECRETARY, "Rådets sekretær", "Udsæt punkt %s til næste møde" % where.group(1))
    new = s.at("2022-05-27T14:00")
    text = draft(s, new)
    ok("Tema: " not in "\n".join(line for line in text.split("\n") if re.match(r"\d+\. ", line)), "a point is put off")
    ok("postponed" in s.sql("SELECT state FROM item WHERE title LIKE 'Tema:%'"), "and waits for the next agenda")

    s.answers(SECRETARY, "Rådets sekretær", "Godkend")
    new = s.at("2022-05-31T10:00")
    ok("2 bilag følger med" in re.sub(r"\s+", " ", text_of(new, SECRETARY, "Dagsordenen er godkendt")), "the release says how many files go")
    new = s.at("2022-06-01T08:05")
    ok(set(MEMBERS) | {SECRETARY} | set(COMMITTEE) <= set(to(new, "Dagsorden til")), "it goes to members, secretary and committee")
    inside, outside = files(new, MEMBERS[0], "Dagsorden til"), files(new, COMMITTEE[0], "Dagsorden til")
    ok(inside.get("vinterplan.pdf") == PDF and inside.get(CANARY + "en.pdf") == SECRET, "members have both files, byte for byte: %s" % sorted(inside))
    ok(outside.get("vinterplan.pdf") == PDF and CANARY + "en.pdf" not in outside, "the committee has that of the open point: %s" % sorted(outside))

    last = s.sql("SELECT sequence FROM meeting WHERE slug = 'udsatteraad/2022-06-09'")
    s.answers(SECRETARY, "Rådets sekretær", "Punkt 2 skal hedde Besøg af gadesygeplejersken og tandlægen")
    new = s.at("2022-06-01T12:00")
    draft(s, new)
    ok(not to(new, "Ny dagsorden"), "a change after the release: a draft again, nothing goes")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend")
    s.at("2022-06-01T12:30")
    ok(not to(s.at("2022-06-01T12:35"), "Ny dagsorden"), "ten minutes to stop it")
    new = s.at("2022-06-01T12:41")
    ok(set(MEMBERS) | {SECRETARY} | set(COMMITTEE) == set(to(new, "Ny dagsorden")), "then the second version goes to the same")
    ok("Nyt punkt 2: Besøg af gadesygeplejersken og tandlægen" in re.sub(r"\s+", " ", text_of(new, COMMITTEE[0])), "and says what changed")
    ok(last == s.sql("SELECT sequence FROM meeting WHERE slug = 'udsatteraad/2022-06-09'") and not any(
        p.get_content_type() == "text/calendar" for _, m, _ in new for p in m.walk()), "the calendar is not touched")

    s.answers(MEMBERS[4], "Bruger Et", "Stor skrift, tak")
    new = s.at("2022-06-02T09:00")
    html = [p.get_content() for w, m, _ in new if w == MEMBERS[4] for p in m.walk() if p.get_content_type() == "text/html"]
    ok(len(html) == 1 and "24px" in html[0], "a reader has larger type from the next letter on")
    s.answers(MEMBERS[5], "Bruger To", "Kun tekst", [m for _, w, m in s.all if w == MEMBERS[5]][-1])
    new = s.at("2022-06-02T10:00")
    ok([p.get_content_type() for w, m, _ in new if w == MEMBERS[5] for p in m.walk() if not p.is_multipart()] == ["text/plain"], "another one text alone")

    leaks = s.leaks(CANARY, MEMBERS + (SECRETARY,))
    ok(leaks == [], "words, title, file name and bytes of the closed point reach nobody outside: %s" % leaks)
    ok(not any(CANARY in text for text in s.log), "nor any line of the log")
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
