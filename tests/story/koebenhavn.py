# SPDX-License-Identifier: MIT
"""Two rounds of workshops, forty people each: a waiting list, what people
need, ideas before and after, the report to the committee, what was decided."""
import re
import sys

from story import Story, ok, text_of, to

SECRETARY = "projekt@koebenhavn.example"
COMMITTEE = "udvalgssekretaer@koebenhavn.example"
LEADER = "projektleder@koebenhavn.example"
ADDRESS = "vaeresteder@koebenhavn.example"
PEOPLE = ["deltager%02d@mail.example" % n for n in range(1, 43)]
LATE = ["ny%02d@mail.example" % n for n in range(1, 21)]

PLAN = """Hej

Åbn tilmelding til workshoppen den {day}. Der er {places} pladser.

Forløb: Fremtidens væresteder
Temaer: Åbningstider, Mad, Fællesskab
Principper:
- Borgeren bestemmer selv
- Åbent for alle
Find vej: Bus 5C til Rådhuspladsen. Indgang i gården.
Kontakt: Projektets telefon, 12 34 56 78
{report}
Send invitationen til: {to}

Venlig hilsen
Projektets sekretær
"""


def place(s, email):
    return s.sql("SELECT state FROM registration WHERE email = '%s' ORDER BY registration_id DESC LIMIT 1" % email).strip()


def reply(s, who, name, text, word):
    letters = [m for _, w, m in s.all if w == who and str(m["Subject"]).startswith(word)]
    if not letters:
        return ok(False, "%s: %s has no letter «%s»" % (s.clock, who, word))
    s.answers(who, name, text, letters[-1])


def main():
    # what the project's own meetings need otherwise is another story
    s = Story("koebenhavn", "koebenhavn", SECRETARY, "2015-08-17T09:00", "T60-koebenhavn.letters",
              lambda t: re.sub(r"(?s)\tmeeting \"2015-12-02\".*?\n\t}\n", "", t).replace("state = called", "state = planned"))
    s.address = ADDRESS

    # --- the first round
    s.writes(SECRETARY, "Projektets sekretær", "Workshop i september", PLAN.format(day="8. september 2015", places=40, report="", to=", ".join(PEOPLE)))
    new = s.at("2015-08-17T09:05")
    ok(to(new, "Der er åbnet") == [SECRETARY] and "42 modtagere" in text_of(new, SECRETARY, "Der er"), "the secretary reads what will be sent: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    new = s.at("2015-08-17T09:20")
    ok(to(new, "Workshop tirsdag") == PEOPLE, "the invitation goes to her list when the stop window is over")

    for n, who in enumerate(PEOPLE):
        words = "Jeg vil gerne med til workshoppen den 8. september." if n % 2 else "Hej\n\nTilmeld mig."
        if n == 3:
            words += "\nJeg er vegetar KANARIEMAD."
        if n == 4:
            words += "\nJeg sidder i kørestol KANARIEHJUL."
        if n == 5:
            words += "\nJeg har brug for en tegnsprogstolk KANARIETOLK."
        reply(s, who, "Deltager %d" % (n + 1), words, "Workshop")
        if n % 14 == 13:
            s.at("2015-08-18T%02d:00" % (9 + n // 14))
    s.at("2015-08-18T13:00")
    ok(s.sql("SELECT count(*) FROM registration WHERE state = 'registered'").strip() == "40", "forty have a place: %s" % s.sql("SELECT state, count(*) FROM registration GROUP BY state"))
    ok(place(s, PEOPLE[41]) == "waiting" and place(s, PEOPLE[40]) == "waiting", "two wait")
    mine = [m for _, w, m in s.all if w == PEOPLE[0] and "du har en plads" in str(m["Subject"])]
    ok(len(mine) == 1 and any(p.get_content_type() == "text/calendar" for p in mine[0].walk()), "a place comes with a calendar part")
    s.writes(PEOPLE[0], "Deltager 1", "Workshop", "Tilmeld mig til workshoppen den 8. september.")
    new = s.at("2015-08-19T09:00")
    ok("allerede tilmeldt" in text_of(new, PEOPLE[0]) and s.sql("SELECT count(*) FROM registration").strip() == "42", "the same person twice is one row")

    s.writes("stor@gruppe.example", "En leder", "Workshop", "Vi vil gerne tilmelde os til workshoppen den 8. september. Vi er 40 personer.")
    s.writes("fremmed@mail.example", "En fremmed", "Workshop", "Tilmeld mig og min søster til workshoppen den 8. september.", verified=False)
    s.writes("sen@mail.example", "Sen", "Workshop", "Tilmeld mig til workshoppen den 3. september.")
    new = s.at("2015-08-19T10:00")
    ok(to(new, "Tilmelding af flere") == ["stor@gruppe.example"], "forty in one mail: a person looks: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    ok(place(s, "fremmed@mail.example") == "waiting" and s.sql("SELECT count(*) FROM registration WHERE email LIKE 'fremmed%'").strip() == "1",
       "a stranger registers himself, and nobody else")
    ok("fremmed" not in "".join(str(m) for w, m, _ in new if w == "fremmed@mail.example").replace("fremmed@mail.example", ""), "and his own words do not come back")
    ok(s.sql("SELECT count(*) FROM registration WHERE email LIKE 'sen@%'").strip() == "0" and to(new, "") != [] and "sen@mail.example" in to(new, ""), "a day without a workshop is asked about")

    # --- a place becomes free
    reply(s, PEOPLE[7], "Deltager 8", "Jeg kan desværre ikke komme alligevel.", "Workshop")
    new = s.at("2015-08-20T09:00")
    ok(place(s, PEOPLE[7]) == "cancelled" and place(s, PEOPLE[40]) == "offered", "cancelling offers the place to the first who waits")
    ok("der er en plads til dig" in "".join(str(m["Subject"]) for w, m, _ in new if w == PEOPLE[40]), "who gets a letter")
    new = s.at("2015-08-22T09:05")
    ok(place(s, PEOPLE[40]) == "lapsed" and place(s, PEOPLE[41]) == "offered", "no answer in two days: the next is offered it")
    reply(s, PEOPLE[41], "Deltager 42", "Ja tak", "Workshop")
    s.at("2015-08-22T10:00")
    ok(place(s, PEOPLE[41]) == "registered", "«ja» takes it")
    reply(s, PEOPLE[8], "Deltager 9", "Afmeld mig", "Workshop")
    s.at("2015-08-22T11:00")
    ok(place(s, PEOPLE[8]) == "cancelled" and place(s, "fremmed@mail.example") == "offered", "the next place goes on")
    reply(s, PEOPLE[8], "Deltager 9", "FORTRYD", "Workshop")
    s.at("2015-08-22T12:00")
    ok(place(s, PEOPLE[8]) == "waiting", "taken back when the place is held for another: she waits")

    # --- ideas before
    s.writes(PEOPLE[10], "Deltager 11", "Idé til workshoppen", "Lad et værested have åbent søndag. Det er der, det er længst. IDEFOER")
    reply(s, PEOPLE[11], "Deltager 12", "Idé: Mad, som vi laver sammen, en gang om ugen.", "Workshop")
    s.writes("borger@mail.example", "En borger", "Workshop", "Jeg har en idé til workshoppen: en bænk ved døren.")
    new = s.at("2015-08-24T09:00")
    ok(to(new, "Tak for din idé") == sorted([PEOPLE[10], PEOPLE[11], "borger@mail.example"]), "three ideas before, each with thanks: %s" % to(new, ""))
    ok(s.sql("SELECT count(*) FROM workshop_idea WHERE theme = 'Mad'").strip() == "1", "one names a theme")
    reply(s, "borger@mail.example", "En borger", "stop", "Tak for din idé")
    s.at("2015-08-24T10:00")
    ok(s.sql("SELECT count(*) FROM workshop_stop").strip() == "1", "«stop» is noted")

    # --- the day before, and the day after
    new = s.at("2015-09-07T08:05")
    went = to(new, "I morgen: workshop")
    ok(len(went) == int(s.sql("SELECT count(*) FROM registration WHERE state = 'registered'")), "the practical letter goes to all %d who come" % len(went))
    listed = text_of(new, SECRETARY, "Workshoppen i morgen")
    ok(all(c in listed for c in ("KANARIEMAD", "KANARIEHJUL", "KANARIETOLK")), "the secretary reads what they need")
    ok("Bus 5C" in text_of(new, PEOPLE[1], "I morgen") and "12 34 56 78" in text_of(new, PEOPLE[1], "I morgen"), "the way and a telephone stand in it")
    s.at("2015-09-08T20:05")
    ok(s.sql("SELECT state FROM workshop").strip() == "held" and place(s, PEOPLE[0]) == "came", "it is held")
    s.writes("sen@mail.example", "Sen", "Workshop", "Tilmeld mig til workshoppen den 8. september 2015.")
    new = s.at("2015-09-09T07:00")
    new = s.at("2015-09-09T08:05") + new
    ok("allerede holdt" in text_of(new, "sen@mail.example"), "to a workshop that is over nobody is registered, and the answer says so")
    ok(len(to(new, "Tak for i går")) == len(went), "thanks to those who had a place")
    ok(to(new, "Idéer fra workshoppen") == [SECRETARY], "the ideas to the secretary")
    s.at("2015-09-10T08:05")
    ok(s.sql("SELECT count(*) FROM registration WHERE needs IS NOT NULL").strip() == "0", "what people need is erased the day after")
    dump = s.sql("SELECT quote(raw) || coalesce(text, '') FROM letter_raw") + s.sql("SELECT coalesce(label, '') FROM journal") + s.sql("SELECT coalesce(words, '') FROM pending_action") + s.sql("SELECT coalesce(words, '') FROM decision")
    ok(not any(c in dump or c.encode().hex().upper() in dump for c in ("KANARIEMAD", "KANARIEHJUL", "KANARIETOLK")), "and stands nowhere but in the mail that said it")
    reply(s, PEOPLE[1], "Deltager 2", "Det ville være godt med fællesskab for unge også. IDEEFTER", "Tak for i går")
    s.at("2015-09-10T10:00")
    ideas = [line.split("|") for line in s.sql("SELECT idea_id, words FROM workshop_idea ORDER BY idea_id").strip().split("\n")]
    ok("IDEEFTER" in s.sql("SELECT words FROM workshop_idea"), "an answer to the thanks is an idea")
    reply(s, SECRETARY, "Projektets sekretær", "1 og 3: Åbningstider", "Idéer fra")
    new = s.at("2015-09-10T11:00")
    ok(s.sql("SELECT count(*) FROM workshop_idea WHERE theme = 'Åbningstider'").strip() == "2", "she groups by number: %s" % ideas)

    # --- the second round
    s.writes(SECRETARY, "Projektets sekretær", "Workshop i oktober", PLAN.format(day="13. oktober 2015", places=20, report="Rapport senest: 20. november 2015\n", to=", ".join(LATE)))
    new = s.at("2015-09-14T09:05")
    new = s.at("2015-09-14T09:20")
    invited = to(new, "Workshop tirsdag")
    ok(set(LATE) <= set(invited) and PEOPLE[0] in invited and PEOPLE[7] not in invited and "borger@mail.example" not in invited,
       "the next round goes to her list and to who took part, not to who said stop: %d" % len(invited))
    for n, who in enumerate(LATE + PEOPLE[:7] + PEOPLE[10:23]):
        reply(s, who, "Deltager", "Tilmeld mig", "Workshop tirsdag den 13.")
    s.at("2015-09-15T09:00")
    s.at("2015-09-15T12:00")
    ok(s.sql("SELECT count(*) FROM registration WHERE workshop_id = 2 AND state = 'registered'").strip() == "20" and
       s.sql("SELECT count(*) FROM registration WHERE workshop_id = 2 AND state = 'waiting'").strip() == "20", "forty write for twenty places: %s"
       % s.sql("SELECT workshop_id, state, count(*) FROM registration GROUP BY 1, 2"))
    s.at("2015-10-12T08:05")
    s.at("2015-10-13T20:05")
    s.at("2015-10-14T08:05")
    new = s.at("2015-11-06T08:05")
    report = text_of(new, SECRETARY, "Rapport fra")
    ok("Åbningstider" in report and "IDEFOER" in report and "Borgeren bestemmer selv" in report, "the report comes two weeks before the committee's day")
    ok("@mail" not in report and "Deltager" not in report, "without anybody's name")
    reply(s, SECRETARY, "Projektets sekretær", "Godkend", "Rapport fra")
    new = s.at("2015-11-06T09:00")
    ok(to(new, "Rapporten er godkendt") == [SECRETARY], "she releases it: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    reply(s, SECRETARY, "Projektets sekretær", "STOP", "Rapporten er godkendt")
    s.at("2015-11-06T09:05")
    ok(s.at("2015-11-06T09:30") == [], "«STOP» in time takes it back")
    reply(s, SECRETARY, "Projektets sekretær", "Godkend", "Rapport fra")
    s.at("2015-11-06T10:00")
    new = s.at("2015-11-06T10:15")
    ok(to(new, "Rapport: ") == [COMMITTEE], "the committee's secretary has it in time")
    files = [p.get_payload(decode=True).decode() for w, m, _ in new if w == COMMITTEE for p in m.iter_attachments()]
    ok(len(files) == 1 and "IDEEFTER" in files[0] and "\\." not in files[0] and "Fremtidens væresteder" in files[0], "with the file")
    reply(s, SECRETARY, "Projektets sekretær", "Afgørelse: Udvalget har besluttet at holde åbent om søndagen.", "Rapport fra")
    s.at("2015-12-03T09:00")
    new = s.at("2015-12-03T09:15")
    told = to(new, "Hvad blev der besluttet")
    ok(PEOPLE[0] in told and LATE[0] in told and "borger@mail.example" not in told and "åbent om søndagen" in text_of(new, LATE[0]), "everybody hears what was decided: %d" % len(told))

    # --- what must hold
    for canary, n in (("KANARIEMAD", 3), ("KANARIEHJUL", 4), ("KANARIETOLK", 5)):
        ok(s.leaks(canary, (SECRETARY,)) == [], "%s is read by the secretary alone: %s" % (canary, s.leaks(canary, (SECRETARY,))))
    for who in (PEOPLE[3], PEOPLE[20], LATE[1]):
        ok(s.leaks(who, (SECRETARY, who)) == [], "%s stands in nobody else's letter" % who)
    ok(not any("KANARIE" in t for t in s.log), "the log has no word of it")
    # one letter of each kind is reviewed; the rest are counted
    seen, kept = set(), []
    for line in sorted(s.lines, key=lambda l: (l.split()[1], l.split("\n")[1], l)):
        subject = line.split("\n")[1]
        if subject not in seen and "venter på dig" not in subject:
            seen.add(subject)
            kept.append(re.sub(r"to (deltager|ny)\d+@", "to somebody@", re.sub(r"(?m)^Hej Deltager.*", "Hej Deltager", line)))
    s.lines = kept
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
