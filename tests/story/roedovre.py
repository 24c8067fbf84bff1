# SPDX-License-Identifier: MIT
"""A hearing to three councils and two associations, from the authority's mail
to the answers and the overview; what one says reaches no other."""
import re
import sys

from story import Story, ok, text_of, to

AUTHORITY = "social@roedovre.example"
SECRETARY = "raadssekretaer@roedovre.example"
OTHER_SECRETARY = "aeldresekretaer@roedovre.example"
CHAIR, VICE = "formand@udsatte.example", "naestformand@udsatte.example"
UDSATTE = (CHAIR, VICE, "bruger@udsatte.example", "varmestue@forening.example")
HANDICAP = ("formand@handicap.example", "medlem@handicap.example")
AELDRE = ("formand@aeldre.example", "medlem@aeldre.example")
PARTIES = ("paaroerende@forening.example", "vaerested@forening.example")
ADDRESSES = "udsatteraad@roedovre.example, handicapraad@roedovre.example, aeldreraad@roedovre.example, " + ", ".join(PARTIES)
PDF = ("udkast.pdf", "application/pdf", b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n")

HEARING = """Kære råd og foreninger

Rødovre Kommune skriver en ny samlet plan for sårbare borgere. Vi sender derfor udkastet i høring. Rådene skal høres, og vi vil også gerne høre foreningerne.

1. Hvad mangler i tilbuddene i dag?
2. Hvordan når vi dem, der har få sociale relationer?

Vi beder om jeres høringssvar senest den 30. september 2019 kl. 12.00.

Sagsnr. 27.00.00-P22-3-19

Venlig hilsen
Social- og psykiatriafdelingen
"""
SHORT = """Kære Udsatteråd

Vi sender åbningstiderne i varmestuen i høring. Vi beder om rådets høringssvar senest den 11. september 2019.

Venlig hilsen
Social- og psykiatriafdelingen
"""


def files(new, who, name):
    return [p.get_content() for w, m, _ in new if w == who for p in m.iter_attachments() if p.get_filename() == name]


def newest(s, who, word):
    return [m for _, w, m in s.all if w == who and str(m["Subject"]).startswith(word)][-1]


def waiting(s, who, body):
    """The newest decision mail that shows the hearing."""
    return [m for _, w, m in s.all if w == who and body in str(m["From"]) and "Samlet plan" in str(m.get_body(("plain",)).get_content())
            and "1." in str(m.get_body(("plain",)).get_content())][-1]


def main():
    # the meetings of that autumn are another story
    s = Story("roedovre", "roedovre", SECRETARY, "2019-09-01T09:00", "T50-roedovre.letters",
              lambda text: re.sub(r'(?s)\tmeeting "2019-.*?\n\t}\n', "", text), decisions=True)

    # --- the authority asks
    s.at("2019-09-02T08:30")
    s.writes(AUTHORITY, "Social- og psykiatriafdelingen", "Høring: Samlet plan for sårbare borgere", HEARING, address=ADDRESSES, files=(PDF,))
    new = s.at("2019-09-02T09:00")
    ok(to(new, "") == [AUTHORITY], "the authority gets one receipt, and nobody is asked yet: %s" % to(new, ""))
    ok(s.sql("SELECT count(*), min(state), max(state) FROM hearing").split() == ["3|received|received"], "each council has a row of its own")
    ok(s.sql("SELECT case_number, statutory, deadline_at FROM hearing_request").strip() == "27.00.00-P22-3-19|1|1569837600",
       "case number, «skal høres» and the hour are read: %s" % s.sql("SELECT case_number, statutory, deadline_at FROM hearing_request"))
    new = s.at("2019-09-03T08:05")
    ok(to(new, "") == sorted([SECRETARY, SECRETARY, OTHER_SECRETARY]), "each secretary reads it next morning: %s" % to(new, ""))
    ok(all(p in text_of(new, SECRETARY) for p in PARTIES) and "skal høres" in text_of(new, SECRETARY), "with the others who are to be heard, and that the law says so")

    # --- the secretaries say ok
    s.answers(SECRETARY, "Rådenes sekretær", "1 ok, hør også distriktspsykiatri@region.example",
              waiting(s, SECRETARY, "Udsatte"))
    new = s.at("2019-09-03T09:00")
    asked = to(new, "Høring")
    ok(asked == sorted(UDSATTE + PARTIES + ("distriktspsykiatri@region.example",)), "her ok asks the members and the others: %s" % asked)
    ok(files(new, UDSATTE[2], "udkast.pdf") != [] and files(new, PARTIES[0], "udkast.pdf") != [], "with the material")
    ics = str(files(new, UDSATTE[2], "frist.ics"))
    ok("DTSTART;VALUE=DATE:20190923" in ics and "sårbare" not in ics, "and the day for the calendar, without the title")
    ok("mandag den 23. september 2019" in text_of(new, UDSATTE[2]), "five working days before the authority's day")
    s.answers(SECRETARY, "Rådenes sekretær", "1 ok", waiting(s, SECRETARY, "Handicap"))
    new = s.at("2019-09-04T08:05")
    ok([w for w in to(new, "Høring")] == sorted(HANDICAP), "the second council's members are asked by its own ok, the others not again")
    # the third secretary waits, and says no for her council in the end

    # --- what people say
    s.answers(UDSATTE[2], "Brugerrepræsentanten", "Hej\n\n1. Der mangler et sted, der har åbent om aftenen. KANARIEUDSAT.\n\nJeg er uenig i, at alt skal være digitalt.")
    s.answers(UDSATTE[3], "Varmestuen", "Frivillige:\nDe frivillige skal have støtte.\n\nAd 2: Gå ud til dem, hvor de er.")
    s.answers(HANDICAP[1], "Handicapmedlemmet", "Adgang: Alle døre skal kunne åbnes. KANARIEHANDI.")
    s.answers(PARTIES[0], "Foreningen for pårørende", "Kære kommune\n\nDe pårørende skal med fra starten. KANARIEPAAR.")
    s.writes("borger@mail.example", "Ida Holm", "Bidrag til høringen Samlet plan for sårbare borgere", "Mit bidrag til høringen: Flere bænke i parken, tak. KANARIEBORG.", address="udsatteraad@roedovre.example")
    s.writes("udvalgsformand@roedovre.example", "Udvalgets formand", "Høringen om samlet plan for sårbare borgere", "Mit bidrag til høringen om sårbare borgere: Husk økonomien. KANARIEPOLI.", address="udsatteraad@roedovre.example")
    new = s.at("2019-09-05T10:00")
    ok(all(w in to(new, "") for w in (UDSATTE[2], UDSATTE[3], HANDICAP[1])), "each gets a receipt")
    ok("KANARIEPAAR" not in text_of(new, AUTHORITY), "an association's own answer waits its ten minutes")
    new = s.at("2019-09-05T10:15")
    ok("KANARIEPAAR" in text_of(new, AUTHORITY) and "KANARIEPAAR" in text_of(new, SECRETARY), "then it goes on to the authority, with a copy to the secretary: %s" % to(new, ""))
    rows = s.sql("SELECT role, count(*) FROM contribution GROUP BY role ORDER BY role").split()
    ok(rows == ["member|3", "other|2", "party|1"], "a citizen's and a politician's view are kept apart: %s" % rows)

    # --- she changes her mind; one more asks for the state
    s.answers(UDSATTE[2], "Brugerrepræsentanten", "Mit nye bidrag i stedet for mit første:\n\n1. Der mangler et sted med åbent om aftenen og i weekenden. KANARIENY.\n\nJeg er uenig i, at alt skal være digitalt.",
              newest(s, UDSATTE[2], "Høring"))
    s.writes(AUTHORITY, "Social- og psykiatriafdelingen", "Status", "Hej\n\nVi vil gerne have en status på høringen.", address="raadspost@roedovre.example")
    s.writes(AUTHORITY, "Social- og psykiatriafdelingen", "Status", "Status på høringen?", verified=False, address="raadspost@roedovre.example")
    new = s.at("2019-09-06T10:00")
    ok(s.sql("SELECT count(*) FROM contribution WHERE replaced_by IS NOT NULL").strip() == "1", "her new words replace the first, which is kept")
    ok(to(new, "Hvem har svaret") == [AUTHORITY], "the authority gets one overview, the forger none")
    status = text_of(new, AUTHORITY, "Hvem har svaret")
    ok("Udsatterådet" in status and "Ældrerådet" in status and "KANARIE" not in status and "ikke er spurgt" not in status, "with names and nothing of what was said")

    # --- reminders
    days = ["2019-09-%02d" % d for d in range(9, 18) if d not in (14, 15)]
    for day in days:
        new = s.at(day + "T08:05")
        ok(to(new, "Husk høringen") == [], day + ": nobody is reminded")
    new = s.at("2019-09-18T08:05")
    silent = sorted([CHAIR, VICE, HANDICAP[0], PARTIES[1], "distriktspsykiatri@region.example"])
    ok(to(new, "Husk høringen") == silent, "three working days before: only the silent are reminded: %s" % to(new, "Husk høringen"))
    s.answers(VICE, "Næstformanden", "Jeg har ikke mere at tilføje end de andre, men jeg støtter dem.", newest(s, VICE, "Husk høringen"))
    s.at("2019-09-19T10:00")
    new = s.at("2019-09-20T08:05")
    ok(to(new, "Husk høringen") == sorted(set(silent) - {VICE}), "the day before: once more, and she who answered is left in peace")

    # --- the draft
    new = s.at("2019-09-24T08:05")
    drafts = [(w, m) for w, m, _ in new if str(m["Subject"]).startswith("Udkast til høringssvar")]
    ok(sorted(w for w, _ in drafts) == sorted([SECRETARY, CHAIR, SECRETARY, HANDICAP[0]]), "the members' day is over: a draft each to secretary and chair")
    mine = [m for w, m in drafts if w == SECRETARY and "Udsatte" in str(m["From"])][0]
    text = mine.get_body(("plain",)).get_content()
    ok("KANARIENY" in text and "KANARIEUDSAT" not in text and "KANARIEHANDI" not in text and "KANARIEPAAR" not in text and "KANARIEBORG" not in text,
       "in the members' own words, of this council alone, the newest alone")
    ok(text.index("Hvad mangler") < text.index("Hvordan når") < text.index("Frivillige") < text.index("Andre meninger"), "the authority's questions first, then themes, and who disagrees")
    ok("Har ikke sagt noget: Udsatterådets formand" in text, "with who has said nothing")
    said = [p.get_content() for p in mine.iter_attachments() if p.get_filename() == "bidrag.md"][0]
    said = said if isinstance(said, str) else said.decode()
    ok("KANARIEBORG" in said and "kun til orientering" in said and "KANARIEPOLI" in said, "the list word for word, others' marked")
    s.answers(UDSATTE[3], "Varmestuen", "Til høringssvaret: husk også dem, der sover ude. KANARIESEN.", newest(s, UDSATTE[3], "Høring"))
    new = s.at("2019-09-24T09:00")
    ok(to(new, "Et bidrag til en høring kom for sent") == sorted([SECRETARY, CHAIR]), "a late contribution is shown at once, and not lost")
    s.answers(SECRETARY, "Rådenes sekretær", "Tag bidrag 3 med\nTilføj: Rådet vil gerne følge planen til dørs.\n\nOg hvad med kaffen?", mine)
    new = s.at("2019-09-24T10:00")
    number = re.search(r"Bidrag (\d+), Varmestuens", text_of(new, SECRETARY, "Udkast"))
    ok(text_of(new, SECRETARY, "Udkast").index("til dørs") < text_of(new, SECRETARY, "Udkast").index("Andre meninger") and "Og hvad med kaffen" in text_of(new, SECRETARY, "Udkast"), "her change comes back, what was not understood with it")
    mine = newest(s, SECRETARY, "Udkast til høringssvar")
    s.answers(SECRETARY, "Rådenes sekretær", "Tag bidrag %s med" % (number.group(1) if number else "9"), mine)
    new = s.at("2019-09-24T11:00")
    ok("KANARIESEN" in text_of(new, CHAIR, "Udkast"), "the late one is taken in by its number")
    s.answers(CHAIR, "Formanden", "Godkendt", [m for _, w, m in s.all if w == CHAIR and str(m["Subject"]).startswith("Udkast")][0])
    new = s.at("2019-09-24T12:00")
    ok("nyeste udkast" in text_of(new, CHAIR) and s.sql("SELECT state FROM hearing WHERE slug LIKE 'udsat%'").strip() == "drafting", "the chair's yes to an older draft releases nothing")
    mine = newest(s, SECRETARY, "Udkast til høringssvar")
    s.answers(SECRETARY, "Rådenes sekretær", "Godkend", mine)
    new = s.at("2019-09-24T13:00")
    ok(s.sql("SELECT state FROM hearing WHERE slug LIKE 'udsat%'").strip() == "with-chair" and "Nu venter det på dig" in text_of(new, CHAIR), "the secretary's yes hands it to the chair")
    s.answers(CHAIR, "Formanden", "Godkendt", newest(s, CHAIR, "Udkast"), verified=False)
    new = s.at("2019-09-24T14:00")
    ok(s.sql("SELECT state FROM hearing WHERE slug LIKE 'udsat%'").strip() == "with-chair", "a yes that nobody vouches for releases nothing")
    s.answers(CHAIR, "Formanden", "Godkendt", newest(s, CHAIR, "Udkast"))
    new = s.at("2019-09-25T09:00")
    ok(to(new, "Høringssvaret er godkendt") == [CHAIR] and "kl. 09.10" in text_of(new, CHAIR, "Høringssvaret"), "the chair releases it, with ten minutes to think again")
    s.answers(CHAIR, "Formanden", "STOP", newest(s, CHAIR, "Høringssvaret er godkendt"))
    s.at("2019-09-25T09:05")
    ok(s.at("2019-09-25T09:20") == [] and s.sql("SELECT state FROM hearing WHERE slug LIKE 'udsat%'").strip() == "drafting", "«STOP» in time takes it back")
    s.answers(CHAIR, "Formanden", "Godkendt", newest(s, CHAIR, "Udkast"))
    s.at("2019-09-25T10:00")
    new = s.at("2019-09-25T10:15")
    ok("Høringssvar, 27.00.00-P22-3-19" in [str(m["Subject"]) for w, m, _ in new if w == AUTHORITY], "the answer goes to the authority under its case number")
    ok(files(new, AUTHORITY, "hoeringssvar.md") != [], "and as a file")
    new += s.at("2019-09-25T10:20")
    ok(to(new, "Rådets høringssvar er sendt") == sorted(UDSATTE + (SECRETARY,)), "members and secretary read that it was sent: %s" % to(new, "Rådets høringssvar"))
    ok("250" in text_of(new, VICE, "Rådets") and s.sql("SELECT proof LIKE '%250%' FROM hearing WHERE slug LIKE 'udsat%'").strip() == "1", "with the server's own words, which are kept")
    s.answers(UDSATTE[3], "Varmestuen", "Mit bidrag til høringen: og husk hundene. KANARIEHUND.", newest(s, UDSATTE[3], "Høring"))
    new = s.at("2019-09-26T09:00")
    ok("afsluttet" in text_of(new, SECRETARY, "Et bidrag") and "kom efter fristen" in text_of(new, UDSATTE[3]), "what comes to a closed hearing is kept and shown, and she is told")

    # --- the second council, the third, and the overview
    s.answers(HANDICAP[0], "Handicaprådets formand", "Godkend", newest(s, HANDICAP[0], "Udkast til høringssvar"))
    s.at("2019-09-26T10:00")
    new = s.at("2019-09-26T10:15")
    ok("KANARIEHANDI" in text_of(new, AUTHORITY) and "KANARIENY" not in text_of(new, AUTHORITY), "the second council's answer is its own")
    s.answers(OTHER_SECRETARY, "Ældrerådets sekretær", "1 nej", waiting(s, OTHER_SECRETARY, "Ældre"))
    s.at("2019-09-27T09:00")
    new = s.at("2019-09-30T12:05")
    over = [m for w, m, _ in new if w == AUTHORITY]
    ok(len(over) == 1 and str(over[0]["Subject"]).startswith("Fristen er gået"), "the deadline is over: the overview goes to the authority")
    text = over[0].get_body(("plain",)).get_content() if over else ""
    ok("KANARIE" not in text and re.search(r"(?s)Har svaret:.*Udsatterådet.*Handicaprådet.*paaroerende.*Har ikke svaret:.*Ældrerådet, som har valgt ikke at svare.*vaerested", text), "who has answered, and who has not")

    # --- too little time
    s.clock = "2019-10-01T09:00:00+02:00"
    s.writes(AUTHORITY, "Social- og psykiatriafdelingen", "Høring: Åbningstider i varmestuen", SHORT.replace("11. september", "4. oktober"), address="udsatteraad@roedovre.example")
    new = s.at("2019-10-01T09:10")
    ok(to(new, "Haster: kort frist") == sorted([CHAIR, VICE]), "too little time: chair and vice-chair at once")
    s.answers(VICE, "Næstformanden", "Ja", newest(s, VICE, "Haster"))
    new = s.at("2019-10-01T09:30")
    ok("Vi beder om mere tid" in str([str(m["Subject"]) for w, m, _ in new if w == AUTHORITY]), "her «ja» sends the request for more time")
    s.answers(CHAIR, "Formanden", "Ja", newest(s, CHAIR, "Haster"))
    new = s.at("2019-10-01T10:00")
    ok(to(new, "Vi beder om mere") == [], "the chair's «ja» after it sends nothing more")

    # --- no day, a day that is over, a file with the answer
    s.writes(AUTHORITY, "Social- og psykiatriafdelingen", "Høring: Bænke på torvet", "Kære Udsatteråd\n\nVi sender forslaget i høring og beder om rådets høringssvar.",
             address="udsatteraad@roedovre.example")
    new = s.at("2019-10-02T09:00")
    ok(to(new, "Hvornår er fristen") == [AUTHORITY], "a hearing without a day: the authority is asked")
    s.answers(AUTHORITY, "Social- og psykiatriafdelingen", "Fristen er den 1. november 2019.", newest(s, AUTHORITY, "Hvornår"))
    s.at("2019-10-02T10:00")
    ok(s.sql("SELECT date(deadline_day * 86400, 'unixepoch'), state FROM hearing WHERE slug LIKE '%baenke%'").strip() == "2019-11-01|received", "her answer opens it")
    s.writes(AUTHORITY, "Social- og psykiatriafdelingen", "Høring: Stier", "Kære Udsatteråd\n\nVi sender forslaget i høring. Svar senest den 1. september 2019.", address="udsatteraad@roedovre.example")
    new = s.at("2019-10-02T11:00")
    ok(to(new, "Er fristen") == [AUTHORITY] and s.sql("SELECT count(*) FROM hearing WHERE slug LIKE '%stier%'").strip() == "0", "a day that is over: she is asked, and nothing opens")
    new = s.at("2019-10-03T08:05")
    daily = [m for _, w, m in s.all if w == SECRETARY and "ting venter på dig, Udsatte" in str(m["Subject"])][-1]
    number = re.search(r"(\d+)\. Høring: Bænke", daily.get_body(("plain",)).get_content())
    s.answers(SECRETARY, "Rådenes sekretær", "%s ok" % (number.group(1) if number else "9"), daily)
    s.at("2019-10-03T09:00")
    s.at("2019-10-28T08:05")
    draft = newest(s, SECRETARY, "Udkast til høringssvar, frist fredag den 1. november")
    s.answers(SECRETARY, "Rådenes sekretær", "Jeg har rettet i filen.", draft, files=(("hoeringssvar.md", "text/markdown", "# Høringssvar: Bænke på torvet\n\nRådet siger ja tak til bænke.\n".encode()),))
    new = s.at("2019-10-28T09:00")
    ok("Rådet siger ja tak til bænke" in text_of(new, SECRETARY, "Udkast") and "ingen bemærkninger" not in text_of(new, SECRETARY, "Udkast"), "the file that she sends back is the answer")

    # --- somebody in distress writes at night
    s.at("2019-10-28T22:00")
    s.writes("rikke@mail.example", "Rikke Dal", "KANARIENOED", "Hej\n\nMin kontanthjælp er stoppet, og jeg kan ikke mere. Jeg vil bare dø. KANARIENOED.", address="udsatteraad@roedovre.example")
    new = s.at("2019-10-28T23:30")
    ok(to(new, "Vi har fået din mail") == ["rikke@mail.example"] and to(new, "Haster") == [SECRETARY] and len(new) == 2,
       "distress at half past eleven: numbers to call, and the secretary at once: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    ok("12 34 56 78" in text_of(new, "rikke@mail.example"), "the municipality's numbers")
    s.at("2019-10-29T08:05")
    ok(s.leaks("KANARIENOED", ()) == [] and s.sql("SELECT count(*) FROM journal WHERE label LIKE '%KANARIE%' OR label LIKE '%rikke%'").strip() == "0"
       and s.sql("SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM contribution WHERE words LIKE '%NOED%')").strip() == "0",
       "what she wrote stands in no letter, no point, no contribution, no journal")
    ok(s.leaks("rikke@mail.example", ("rikke@mail.example", SECRETARY)) == [], "who she is, only the secretary reads: %s" % s.leaks("rikke@mail.example", ("rikke@mail.example", SECRETARY)))

    # --- what must hold
    all_udsatte = set(UDSATTE) | {SECRETARY, AUTHORITY}
    for canary, may in (("KANARIENY", all_udsatte), ("KANARIEUDSAT", {SECRETARY, CHAIR}), ("KANARIESEN", all_udsatte), ("KANARIEHUND", {SECRETARY, CHAIR}),
                        ("KANARIEHANDI", set(HANDICAP) | {SECRETARY, AUTHORITY}), ("KANARIEPAAR", {SECRETARY, AUTHORITY, CHAIR}),
                        ("KANARIEBORG", {SECRETARY, CHAIR}), ("KANARIEPOLI", {SECRETARY, CHAIR})):
        ok(s.leaks(canary, may) == [], "%s is read by nobody else: %s" % (canary, s.leaks(canary, may)))
    for body, others in (("handicap.example", set(UDSATTE) | set(AELDRE) | set(PARTIES)), ("udsatte.example", set(HANDICAP) | set(AELDRE) | set(PARTIES)), ("borger@mail", set(HANDICAP) | set(AELDRE) | set(PARTIES) | {AUTHORITY})):
        seen = [w for w in s.leaks(body, ()) if w in others and not w.endswith(body)]
        ok(seen == [], "addresses of %s are read by no other body: %s" % (body, seen))
    ok(not any("KANARIE" in text or "@" in line and "due=" in line for text in s.log for line in text.split("\n")), "the log has no word of it")
    rows = s.sql("SELECT count(*) FROM journal WHERE label LIKE '%KANARIE%'").strip()
    ok(rows == "0", "nor the journal's labels")
    # the daily mail is reviewed where it is made
    s.lines = [line for line in s.lines if "venter på dig" not in line.split("\n")[1]]
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
