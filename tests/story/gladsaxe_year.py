# SPDX-License-Identifier: MIT
"""Gladsaxe's Udsatteråd through 2023: the plan of the year is proposed and
taken with changes; an ordinary meeting with regrets and substitutes; a joint
one with another council, a theme meeting, a workshop; and the dialogue
meeting of 1 November with its five topics, from the ranking to the promises."""
import email.utils
import os
import re
import sys

sys.path.insert(0, os.path.dirname(__file__))
import story  # noqa: E402
from story import demo, ok, text_of, to  # noqa: E402

CANARY = "Kanariefuglens"
REASON = "kemofugl"
CHAIR, VICE, USER2, USER3, REL1, REL2, DROPIN, HOSTEL, ACTIVE, SUPPORT, HEAD = MEMBERS = (
    "formand@brugere.example", "overlaege@rusmiddelcenter.example", "bruger.to@brugere.example", "bruger.tre@brugere.example",
    "paaroerende.et@mail.example", "paaroerende.to@mail.example", "vaerested@gladsaxe.example", "herberg@gladsaxe.example",
    "aktivitetscenter@gladsaxe.example", "bostoette@gladsaxe.example", "afdelingschef@gladsaxe.example")
SECRETARY, OTHER = "sekretaer@gladsaxe.example", "handicap.sekretaer@gladsaxe.example"
COMMITTEE = ("udvalgsformand@gladsaxe.example", "udvalgsmedlem.to@gladsaxe.example", "udvalgsmedlem.tre@gladsaxe.example", "udvalgssekretaer@gladsaxe.example")
FIRST, SECOND = "nattevagt@gladsaxe.example", "vikar@gladsaxe.example"
HANDICAP = ("handicap.formand@mail.example", USER2)
CITIZEN = "borger@mail.example"
NAMES = {CHAIR: "Formanden", VICE: "Næstformanden", USER2: "Brugerrepræsentant To", USER3: "Brugerrepræsentant Tre", REL1: "Pårørenderepræsentant Et",
         REL2: "Pårørenderepræsentant To", DROPIN: "Værestedets medarbejder", HOSTEL: "Herbergets medarbejder", ACTIVE: "Aktivitetscentrets medarbejder",
         SUPPORT: "Bostøttens medarbejder", HEAD: "Afdelingschefen", SECRETARY: "Rådets sekretær", OTHER: "Handicaprådets sekretær",
         COMMITTEE[0]: "Udvalgsformanden", COMMITTEE[1]: "Udvalgsmedlem To", COMMITTEE[2]: "Udvalgsmedlem Tre", COMMITTEE[3]: "Udvalgets sekretær",
         FIRST: "Herbergets nattevagt", SECOND: "Herbergets vikar", CITIZEN: "Ida Holm", HANDICAP[0]: "Handicaprådets formand"}

PLACES = '''
	person "%s" {
		name = "Herbergets nattevagt"
		role = substitute
		seat = "staff"
		substitute-for = "%s"
	}
	person "%s" {
		name = "Herbergets vikar"
		role = substitute
		seat = "staff"
		substitute-for = "%s"
	}
	rule "minutes-silence" { value = "yes" }
''' % (FIRST, HOSTEL, SECOND, HOSTEL)
MEETING = '''	meeting "%s" {
		start = "15:00"
		end = "17:00"
		place = "%s"
		kind = ordinary
		state = minutes-released
	}
'''
BESIDE = '''
body "handicapraad" {
	name = "Handicaprådet"
	kind = council
	address = "handicapraad@gladsaxe.example"
	person "%s" {
		name = "Handicaprådets formand"
		role = chair
	}
	person "%s" {
		name = "Brugerrepræsentant To"
		role = member
	}
	person "%s" {
		name = "Handicaprådets sekretær"
		role = secretary
	}
}
''' % (HANDICAP + (OTHER,))


def council(text):
    """A year before: the meetings of 2022 are held, those of 2023 not yet planned."""
    text = re.sub(r'(?ms)^\tmeeting "2023-.*?^\t\}\n', "", text)
    held = "".join(MEETING % m for m in (("2022-03-02", "Værestedet"), ("2022-06-01", "Fundamentet"), ("2022-09-07", "Aktivitetscentret"), ("2022-12-07", "Rusmiddelcentret")))
    return text.replace('\ttopic "A"', PLACES + held + '\ttopic "A"', 1) + BESIDE


def writes(s, who, subject, text, **more):
    s.writes(who, NAMES[who], subject, text, **more)


def answers(s, who, text, letter=None, **more):
    s.answers(who, NAMES[who], text, letter, **more)


def newest(s, who, word):
    return [m for _, w, m in s.all if w == who and word in str(m["Subject"])][-1]


def quoted(letter):
    return ["> " + line if line else ">" for line in demo.words(letter, 10000).split("\n")]


def filled(letter, texts):
    """The form as a mail program sends it back: under «Tekst:» and the like of
    each item, what `texts` has for its title."""
    out, item = ["Hej", "", "Her er referatet.", "", "Den dag skrev Rådspost:"], ""
    for line in quoted(letter):
        heading = re.match(r"> \d+\. (.*)$", line)
        item = heading.group(1) if heading else item
        out.append(line)
        for title, fields in texts.items():
            text = fields.get(line[2:].rstrip(":")) if item.startswith(title) else None
            if text is not None:
                out += ["", text, ""]
    return "\n".join(out) + "\n"


def sends_form(s, texts):
    letter = newest(s, SECRETARY, "Skema til referat")
    s.sends(SECRETARY, NAMES[SECRETARY], "SV: " + str(letter["Subject"]), filled(letter, texts),
            email.utils.parseaddr(str(letter["Reply-To"] or letter["From"]))[1], True, letter, ())


def plan(s):
    ok("Forslag til møder" not in text_of(s.at("2022-10-31T12:00"), SECRETARY), "October: next year's plan is not there yet")
    new = s.at("2022-11-01T08:30")
    text = re.sub(r"\s+", " ", text_of(new, SECRETARY))
    for line in ("onsdag den 1. marts 2023", "onsdag den 6. september 2023", "onsdag den 1. november 2023", "dialogmøde"):
        ok(line in text, "1 November: the plan of 2023 proposes «%s»" % line)
    number = re.search(r"(?m)^(\d+)\. .*2023", text_of(new, SECRETARY))
    answers(s, SECRETARY, "%s ok" % (number.group(1) if number else 1), newest(s, SECRETARY, "vent"))
    s.at("2022-11-01T09:00")
    days = s.sql("SELECT slug FROM meeting WHERE slug LIKE 'udsatteraad/2023%' ORDER BY start_at").split()
    ok(len(days) == 5 and "udsatteraad/2023-11-01" in days, "«ok»: five meetings are planned: %s" % days)
    # … with changes
    june = [d for d in days if "/2023-06" in d or "/2023-05" in d][0][-5:]
    writes(s, SECRETARY, "Juni", "Flyt mødet den %d. %s 2023 til onsdag den 14. juni 2023." % (int(june[3:]), "juni" if june[:2] == "06" else "maj"))
    writes(s, SECRETARY, "Tema", "Nyt tema for mødet den 6. september 2023: ensomhed.")
    writes(s, SECRETARY, "Dialogmødet", "Dialogmødet den 1. november 2023 holdes kl. 15.30-16.30 på Fundamentet.")
    new = s.at("2022-11-01T09:30")
    ok(to(new, "Kvittering") == [SECRETARY] * 3 and len(new) == 3, "three changes, three receipts: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    ok(s.at("2022-11-01T09:45") == [], "nobody has been called, so nobody hears of a change")
    rows = s.sql("SELECT datetime(start_at, 'unixepoch'), place FROM meeting WHERE slug = 'udsatteraad/2023-11-01'")
    ok("2023-11-01 14:30:00|Fundamentet" in rows, "the dialogue meeting stands at half past three at Fundamentet: %r" % rows)
    # what the year has besides
    for subject, text in (("Fællesmøde", "Nyt fællesmøde med Handicaprådet onsdag den 19. april 2023 kl. 15-17 på rådhuset."),
                          ("Temamøde", "Nyt temamøde onsdag den 24. maj 2023 kl. 18-20 på biblioteket, tema: unge."),
                          ("Workshop", "Ny workshop onsdag den 23. august 2023 kl. 13-16 på Værestedet, tema: fremtidens væresteder.")):
        writes(s, SECRETARY, subject, text)
        s.at("2022-11-02T10:00")
    kinds = s.sql("SELECT kind, count(*) FROM meeting WHERE slug LIKE 'udsatteraad/2023%' GROUP BY kind").split()
    ok({k.split("|")[0] for k in kinds} == {"ordinary", "dialogue", "theme", "joint", "workshop"}, "all five kinds of meeting are in the year: %s" % kinds)


def ordinary(s):
    """1 March: who comes, what is on the agenda, what is closed."""
    new = s.at("2023-01-18T08:05")
    ok(to(new, "Indkaldelse til møde") == sorted(MEMBERS), "D-42: everybody is called, once")
    answers(s, CHAIR, "Jeg kommer.")
    answers(s, VICE, "Jeg er der.")
    s.presses(DROPIN, "ACCEPTED")
    s.presses(REL1, "ACCEPTED")
    s.presses(ACTIVE, "TENTATIVE")
    answers(s, HOSTEL, "Afbud fra mig, jeg skal til %s." % REASON)
    writes(s, SUPPORT, "Punkt til mødet den 1. marts", "Hej\n\nJeg vil gerne have et punkt på dagsordenen til mødet den 1. marts: støtte om aftenen.")
    writes(s, COMMITTEE[1], "Punkt", "Jeg vil gerne have et punkt på dagsordenen til mødet den 1. marts 2023: ventetid på bostøtte.")
    writes(s, CITIZEN, "Forslag", "Kan rådet tage et punkt på dagsordenen til mødet den 1. marts om bænke ved stationen?")
    answers(s, USER3, "Sæt på dagsordenen: %s klage over en leder" % CANARY)
    new = s.at("2023-01-19T07:30")
    ok(to(new, "Kan du møde") == sorted((FIRST, SECOND)), "regrets: both substitutes are asked at once, with the calendar: %s" % to(new, "Kan du"))
    ok(to(new, "For få") == [], "and the meeting can still decide")
    # first yes counts, the other is told
    answers(s, SECOND, "Ja, jeg kommer gerne.", newest(s, SECOND, "Kan du møde"))
    new = s.at("2023-01-19T07:45")
    ok(to(new, "Du skal ikke møde") == [FIRST], "the first yes counts, the other is told: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    # for one who has no computer
    new = s.at("2023-01-19T08:05")
    number = re.search(r"(?m)^(\d+)\. .*[Bb]ænke", text_of(new, SECRETARY))
    ok(number is not None, "the daily mail asks about the citizen's point")
    answers(s, SECRETARY, "%s ok" % (number.group(1) if number else 1), newest(s, SECRETARY, "vent"))
    writes(s, SECRETARY, "Afbud", "På vegne af Pårørenderepræsentant To: afbud til mødet den 1. marts 2023.")
    new = s.at("2023-01-19T09:00")
    ok(to(new, "Dit svar til mødet") == [REL2], "said for a member: the member gets a short note: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    ok("for Pårørenderepræsentant To" in " ".join(text_of(new, SECRETARY).split()), "and the receipt says for whom")
    answers(s, REL2, "FORTRYD", newest(s, REL2, "Dit svar"))
    new = s.at("2023-01-19T10:00")
    ok(to(new, "Vi har taget det tilbage") == [REL2] and SECRETARY in to(new, ""), "it was wrong: the member takes it back, and the secretary hears it")
    writes(s, SECRETARY, "Afbud", "På vegne af Brugerrepræsentant Tre: afbud til mødet den 1. marts 2023.")
    s.at("2023-01-19T11:00")
    # only the silent are asked again
    new = s.at("2023-02-13T08:05")
    ok(to(new, "Kommer du") == sorted((USER2, REL2, SUPPORT, HEAD)), "D-16: only those who have not answered: %s" % to(new, "Kommer du"))
    new = s.at("2023-02-16T08:05")
    text = " ".join(text_of(new, SECRETARY, "Udkast").split())
    ok(to(new, "Udkast til dagsorden") == sorted((CHAIR, SECRETARY)), "D-13: the draft to secretary and chair")
    for words in ("Støtte om aftenen", "Ventetid på bostøtte", "Bænke ved stationen", "Herbergets vikar (Herbergets medarbejder)",
                  "Brugerrepræsentant Tre (meldt af Rådets sekretær)"):
        ok(words in text, "it has «%s»" % words)
    ok(CANARY + " klage over en leder – lukket punkt" in text, "the complaint is closed from the start")
    ok(to(s.at("2023-02-20T08:05"), "Dagsorden til") == [], "unreleased, so nothing goes")
    answers(s, SECRETARY, "Godkend", newest(s, SECRETARY, "Udkast"))
    s.at("2023-02-20T09:00")
    new = s.at("2023-02-21T08:05")
    ok(to(new, "Dagsorden til") == sorted(MEMBERS + (SECOND, SECRETARY) + COMMITTEE), "D-8: members, the substitute, secretary and committee: %s" % to(new, "Dagsorden til"))
    ok(all(CANARY in text_of(new, w, "Dagsorden til") for w in MEMBERS + (SECOND,)) and not any(CANARY in text_of(new, w) for w in COMMITTEE),
       "the closed point is the council's alone")
    # the last two days
    new = s.at("2023-02-27T08:05")
    ok(to(new, "Husk mødet") == sorted(set(MEMBERS + (SECOND,)) - {HOSTEL, USER3}), "D-2: time and place to all but those who stay away")
    for who in (CHAIR, USER2):
        answers(s, who, "Desværre, jeg må melde afbud.", newest(s, who, "Husk mødet"))
    new = s.at("2023-02-27T09:00")
    ok(SECRETARY in to(new, "Nyt i Rådspost"), "regrets from now on: the secretary hears at once")
    ok(to(new, "For få") == sorted((CHAIR, SECRETARY)) and "ingen brugere" in text_of(new, SECRETARY, "For få"), "no user is left: secretary and chair hear it")
    answers(s, HOSTEL, "Jeg kommer alligevel!", newest(s, HOSTEL, "Indkaldelse"))
    new = s.at("2023-02-27T10:00")
    ok(to(new, "Du skal ikke møde") == [SECOND] and "kommer alligevel" in text_of(new, SECOND), "the member is back: the substitute is thanked")
    new = s.at("2023-03-01T18:05")
    ok(to(new, "Skema til referat") == [SECRETARY], "an hour after: the form")
    # too late for this one
    answers(s, ACTIVE, "Afbud, jeg nåede det ikke.", newest(s, ACTIVE, "Husk mødet"))
    s.at("2023-03-01T19:00")
    ok(s.sql("SELECT reply FROM attendance JOIN meeting USING (meeting_id) WHERE slug LIKE '%%03-01' AND email = '%s' AND replaced_by IS NULL" % ACTIVE).strip()
       == "tentative", "regrets after the meeting change nothing")


def others(s):
    """The joint meeting, the theme meeting, the workshop: each called by its name."""
    new = s.at("2023-03-08T08:05")
    invited = to(new, "Indkaldelse til fællesmøde")
    ok(invited == sorted(set(MEMBERS + HANDICAP + (OTHER,))), "joint: one invitation a person, to both councils: %s" % invited)
    writes(s, HANDICAP[0], "Fællesmødet", "Jeg kommer til fællesmødet den 19. april.")
    s.presses(CHAIR, "ACCEPTED")
    s.at("2023-03-08T09:00")
    new = s.at("2023-04-11T08:05")
    ok({(w, "Handicap" in str(m["Subject"])) for w, m, _ in new if str(m["Subject"]).startswith("Udkast")} >= {(SECRETARY, False), (OTHER, True)},
       "each secretary gets the draft of her own part")
    answers(s, SECRETARY, "Godkend", newest(s, SECRETARY, "Udkast"))
    s.at("2023-04-11T09:00")
    new = s.at("2023-04-11T09:11")
    ok(set(MEMBERS + HANDICAP) <= set(to(new, "Dagsorden til møde i Udsatterådet")) and to(new, "Dagsorden til møde i Handicaprådet") == [], "one part is released and goes; the other is not, and does not")
    new = s.at("2023-04-12T08:05")
    ok(to(new, "Indkaldelse til temamøde") == sorted(MEMBERS) and "Tema: unge" in text_of(new, CHAIR, "Indkaldelse til temamøde"), "the theme meeting is called, with its theme: %s" % to(new, "Indkaldelse"))
    new = s.at("2023-07-12T08:05")
    ok(to(new, "Indkaldelse til workshop") == sorted(MEMBERS), "the workshop is called: %s" % to(new, "Indkaldelse"))
    writes(s, SECRETARY, "Workshop", "Workshoppen den 23. august aflyses.")
    s.at("2023-07-12T09:00")
    new = s.at("2023-07-12T09:11")
    ok(to(new, "Aflyst") == sorted(MEMBERS), "and called off again: %s" % to(new, ""))


def dialogue(s):
    """1 November 2023: the topics ranked, the politicians there, what they said and promised."""
    new = s.at("2023-09-20T08:05")
    ok(to(new, "Indkaldelse til dialogmøde") == sorted(MEMBERS + COMMITTEE), "D-42: council and committee are called")
    for who, order in ((USER2, "D, A, E"), (CHAIR, "A, D, B"), (REL1, "C, A, E")):
        writes(s, who, "Emnerne", "Min rækkefølge er: %s" % order)
    answers(s, COMMITTEE[1], "Jeg kommer til dialogmødet den 1. november.", newest(s, COMMITTEE[1], "Indkaldelse"))
    s.presses(COMMITTEE[0], "ACCEPTED", newest(s, COMMITTEE[0], "Indkaldelse"))
    for who in (CHAIR, VICE, USER2, USER3, REL1, DROPIN, SUPPORT, HEAD):
        s.presses(who, "ACCEPTED", newest(s, who, "Indkaldelse til dialog"))
    writes(s, HOSTEL, "1/11", "Jeg har aftenvagt den 1. november, så I må desværre undvære mig til dialogmødet.")
    for letter, topic in zip("ABCDE", ("Skæve boliger med social vicevært", "IT-hjælp på biblioteker og væresteder", "Mere fleksibel støtte, også om aftenen",
                                       "En socialsygeplejerske", "Ét samlet overblik over alle tilbud")):
        writes(s, SECRETARY, "Punkt %s" % letter, "Jeg vil gerne have et punkt på dagsordenen til dialogmødet den 1. november 2023: %s" % topic)
    new = s.at("2023-09-20T10:00")
    ok(s.sql("SELECT group_concat(letters, ' ') FROM ranking").split() == ["DAE", "ADB", "CAE"],
       "three have ranked the topics: %r" % s.sql("SELECT letters FROM ranking"))
    new = s.at("2023-10-19T08:05")
    text = " ".join(text_of(new, SECRETARY, "Udkast").split())
    for words in ("Skæve boliger", "En socialsygeplejerske", "samlet overblik"):
        ok(words in text, "D-14: the draft has «%s»" % words)
    answers(s, SECRETARY, "Godkend", newest(s, SECRETARY, "Udkast"))
    s.at("2023-10-19T09:00")
    new = s.at("2023-10-24T08:05")
    ok(set(MEMBERS + COMMITTEE) <= set(to(new, "Dagsorden til")), "D-8: the agenda to council and committee")
    s.at("2023-10-30T08:05")
    new = s.at("2023-11-01T17:35")
    ok(to(new, "Skema til referat") == [SECRETARY], "after the meeting: the form")
    sends_form(s, {
        "Skæve boliger": {"Tekst": "Rådet fortalte om behovet for skæve boliger med en social vicevært.",
                          "Hvem sagde hvad": "Udvalgsformanden: Vi vil gerne se på, hvor de kan ligge.\nUdvalgsmedlem To: Det må ikke blive for dyrt.",
                          "Aftaler": "→ Afdelingschefen: undersøger, hvor skæve boliger kan ligge, 1. februar 2024"},
        "En socialsygeplejerske": {"Tekst": "En socialsygeplejerske kan nå dem, som ikke selv går til lægen.",
                                   "Hvem sagde hvad": "Udvalgsmedlem Tre: Det er en god idé. Vi tager den med i budgettet.",
                                   "Aftaler": "→ Rådets sekretær: sender rådets referater til udvalgets møder, 15. december 2023"},
        "Ét samlet overblik": {"Beslutning": "Dialogmødet holdes hvert år. Forvaltningen sørger for det.",
                               "Aftaler": "→ Rådets sekretær: giver rådet politikernes mailadresser, 15. november 2023"},
    })
    new = s.at("2023-11-02T09:00")
    ok("Vi har fået referatet" in str(newest(s, SECRETARY, "eferat")["Subject"]), "the minutes are handed in: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    new = s.at("2023-11-02T09:11")
    ok(CHAIR in to(new, "Udkast til referat") and HOSTEL not in to(new, "Udkast til referat"), "the draft goes to those who were there: %s" % to(new, "Udkast til referat"))
    draft = " ".join(text_of(new, CHAIR, "Udkast til referat").split())
    ok("Udvalgsformanden: Vi vil gerne se på" in draft and "Afdelingschefen" in draft, "with the speakers by name")
    new = s.at("2023-11-09T08:05")
    new = s.at("2023-11-10T08:05")
    answers(s, SECRETARY, "Godkend referatet", newest(s, SECRETARY, "dkast"))
    new = s.at("2023-11-10T09:00")
    ok(to(new, "Referatet er godkendt") == [SECRETARY], "released: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    new = s.at("2023-11-10T09:11")
    ok(to(new, "Referat af") == sorted(MEMBERS + COMMITTEE + (SECRETARY,)), "the minutes go to council and committee: %s" % to(new, "Referat af"))


def main():
    s = story.Story("Gladsaxe", "gladsaxe", SECRETARY, "2022-10-31T09:00", "T21-gladsaxe.letters", council, decisions=True)
    s.address = "udsatteraad@gladsaxe.example"
    plan(s)
    ordinary(s)
    others(s)
    dialogue(s)
    leaks = s.leaks(CANARY, MEMBERS + (SECRETARY, SECOND))
    ok(leaks == [], "the closed point is read by nobody outside: %s" % leaks)
    ok(not any(CANARY in text or REASON in text for text in s.log), "no line of the log has a word of it, or why somebody stayed away")
    twice = [(w, str(m["Subject"]), story.clean(story.plain(m))) for _, w, m in s.all]
    ok(len(set(twice)) == len(twice), "nobody got the same letter twice: %s" % sorted({t[:2] for t in twice if twice.count(t) > 1}))
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
