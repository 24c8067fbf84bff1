# SPDX-License-Identifier: MIT
"""The council's year up to one meeting, lived day by day: who writes what on
which day, what the daemon sends, and that it is what was reviewed."""
import re
import sys

from story import Story, ok, text_of, to

CANARY = "Kanariefuglens klage"
MEMBERS = ("formand@organisation.example", "naestformand@organisation.example", "varmestue@organisation.example", "natcafe@organisation.example",
           "bruger.et@mail.example", "bruger.to@mail.example", "rusmiddelcenter@albertslund.example", "jobcenter@albertslund.example",
           "socialpsykiatri@albertslund.example")
SECRETARY = "sekretaer@albertslund.example"
COMMITTEE = ("udvalgsformand@albertslund.example", "udvalgssekretaer@albertslund.example")


def main():
    # nobody has called it yet
    s = Story("albertslund", "albertslund", SECRETARY, "2022-04-01T09:00", "T20-albertslund.letters",
              lambda text: text.replace("state = called", "state = planned"))
    s.address = "udsatteraad@albertslund.example"

    ok(s.at("2022-04-27T12:00") == [], "the day before D-42: nothing")
    ok(s.at("2022-04-28T06:30") == [], "D-42, before seven: nobody is woken")
    new = s.at("2022-04-28T08:05")
    ok(to(new, "Indkaldelse") == sorted(MEMBERS) and len(new) == 9, "D-42: nine members are invited, nobody else")
    ok(s.at("2022-04-28T09:00") == [], "an hour later: nothing again")

    s.presses(MEMBERS[0], "ACCEPTED")
    s.answers(MEMBERS[1], "Næstformanden", "Jeg kommer.")
    s.answers(MEMBERS[2], "Varmestuen", "Jeg vil gerne have et punkt på dagsordenen: Åbningstider i varmestuen til vinter.\n\nVi vil gerne have åbent om søndagen.")
    s.answers(MEMBERS[4], "Bruger Et", "Hej\n\nDesværre afbud fra mig.")
    s.answers(MEMBERS[7], "Jobcentret", "Jeg melder afbud til mødet.")
    s.writes("borger@mail.example", "Ida Holm", "Punkt til dagsordenen til mødet den 9. juni", "Kan rådet tage et punkt på dagsordenen om bænke ved stationen?", False)
    new = s.at("2022-04-29T10:00")
    rows = s.sql("SELECT email, reply FROM attendance WHERE replaced_by IS NULL ORDER BY email;"
                           "SELECT title, state FROM item ORDER BY item_id")
    ok("formand@organisation.example|comes" in rows and "naestformand@organisation.example|comes" in rows and "bruger.et@mail.example|absent" in rows
       and "jobcenter@albertslund.example|absent" in rows, "who comes is noted, by button and by words")
    ok(rows.count("accepted") == 1 and rows.count("proposed") == 1, "a member's point is taken up, a citizen's waits: %r" % rows.split("\n")[-3:])

    for day in range(30, 31):
        ok(s.at("2022-04-%02dT08:05" % day) == [], "2022-04-%02d: nothing" % day)
    quiet = [d for d in range(1, 24) if s.at("2022-05-%02dT08:05" % d)]
    ok(quiet == [], "1 to 23 May: nothing, day by day")
    new = s.at("2022-05-24T08:05")
    ok(to(new, "Kommer du") == sorted(set(MEMBERS) - {MEMBERS[0], MEMBERS[1], MEMBERS[4], MEMBERS[7]}) and len(new) == 5,
       "D-16: the five who have not answered are asked, nobody else")
    ok(s.at("2022-05-25T08:05") == [] and s.at("2022-05-26T12:00") == [], "D-15, and Ascension Day: nothing")

    new = s.at("2022-05-27T08:05")
    ok(to(new, "Udkast") == [MEMBERS[0], SECRETARY] and len(new) == 2, "the deadline is over: the draft to secretary and chair")
    draft = text_of(new, SECRETARY)
    ok("Åbningstider i varmestuen" in draft and "Tema: Rusmiddelbehandling" in draft and "forslag fra en borger" in draft, "it has the points, the theme, the citizen's marked")
    ok("2 af 9 har sagt" in draft and "Brugerrepræsentant Et" in draft, "it says who comes")
    ok("borger@mail.example" not in draft, "it does not say the citizen's address")

    s.answers(SECRETARY, "Rådets sekretær", "Hej\n\nFlyt punkt 3 op som punkt 2.\nTilføj punkt om %s.\nOg kan vi få en anden slags kaffe?" % CANARY)
    new = s.at("2022-05-27T12:00")
    ok(to(new, "Udkast") == [MEMBERS[0], SECRETARY], "her changes come back as a new draft, to both")
    ok("anden slags kaffe" in text_of(new, SECRETARY, "Udkast"), "what was not understood stands in it")
    number = re.search(r"(\d+)\. " + CANARY, text_of(new, SECRETARY, "Udkast"))
    old = [m for w, m, _ in new if w == MEMBERS[0]][0]
    s.last[SECRETARY] = [m for w, m, _ in new if w == SECRETARY and str(m["Subject"]).startswith("Udkast")][0]
    s.answers(SECRETARY, "Rådets sekretær", "Luk punkt %s" % (number.group(1) if number else "5"))
    new = s.at("2022-05-27T14:00")
    s.last[SECRETARY] = [m for w, m, _ in new if w == SECRETARY and str(m["Subject"]).startswith("Udkast")][0]
    ok("lukket punkt" in text_of(new, SECRETARY, "Udkast"), "a point is closed by a word")

    s.answers(MEMBERS[0], "Formanden", "Godkendt", old)
    new = s.at("2022-05-28T10:00")
    ok(not any("agenda/" in line for line in s.raadspost("list", "letters", "--json").split("\n")) and to(new, "Dagsorden til") == [], "the chair's yes to an older draft releases nothing")
    ok("nyeste udkast" in text_of(new, MEMBERS[0]), "he gets the one that counts")
    ok(s.at("2022-05-29T08:05") == [], "D-11: nothing")
    for day in ("2022-05-30", "2022-05-31", "2022-06-01"):
        new = s.at(day + "T08:05")
        ok(to(new, "Husk at godkende") == [MEMBERS[0], SECRETARY] and len(new) == 2, day + ": unreleased, so she is reminded, and nothing goes")
    ok(not any("Dagsorden til" in str(m["Subject"]) for _, _, m in s.all), "not one agenda has gone")

    reminder = s.last[SECRETARY]
    s.answers(SECRETARY, "Rådets sekretær", "Godkend", reminder)
    new = s.at("2022-06-01T09:00")
    ok(to(new, "Dagsordenen er godkendt") == [SECRETARY] and len(new) == 1, "D-8: released; a receipt says when it goes")
    ok("kl. 09.10" in text_of(new, SECRETARY), "in ten minutes, since it is late")
    receipt = s.last[SECRETARY]
    ok(s.at("2022-06-01T09:05") == [], "within the ten minutes: nothing")
    s.answers(SECRETARY, "Rådets sekretær", "STOP", receipt)
    new = s.at("2022-06-01T09:07")
    ok(len(new) == 1 and to(new, "Vi har taget det tilbage") == [SECRETARY], "«STOP» in time: it is taken back: %s" % [str(m["Subject"]) for _, m, _ in new])
    ok(s.at("2022-06-01T09:20") == [], "and nothing goes when the ten minutes are over")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend", reminder)
    new = s.at("2022-06-01T09:30")
    ok("kl. 09.40" in text_of(new, SECRETARY), "released again")
    new = s.at("2022-06-01T09:41")
    ok(to(new, "Dagsorden til") == sorted(MEMBERS + (SECRETARY,) + COMMITTEE) and to(new, "Dit punkt") == ["borger@mail.example", MEMBERS[2]] and len(new) == 14,
       "then to members, secretary and committee, one each, and the two who proposed a point hear it")
    ok(all(CANARY in text_of(new, who) for who in MEMBERS + (SECRETARY,)), "members read the closed point")
    ok(all("Lukket punkt" in text_of(new, who) and CANARY not in text_of(new, who) for who in COMMITTEE), "the committee reads that there is one")
    ok(s.at("2022-06-02T08:05") == [], "the day after: nothing again")

    new = s.at("2022-06-07T08:05")
    ok(to(new, "Husk mødet") == sorted(set(MEMBERS) - {MEMBERS[4], MEMBERS[7]}) and len(new) == 7, "D-2: time and place, to all but those who sent regrets")
    s.answers(MEMBERS[5], "Bruger To", "Jeg er blevet forhindret, afbud til mødet")
    new = s.at("2022-06-08T09:00")
    ok(SECRETARY in to(new, "Nyt i Rådspost"), "regrets on the day before: the secretary hears at once")
    ok(to(new, "For få") == [MEMBERS[0], SECRETARY] and "Der kommer ingen brugere" in text_of(new, SECRETARY, "For få"), "no user is left: secretary and chair hear it")
    ok([w for w, _, _ in s.at("2022-06-09T20:00")] == [SECRETARY], "after the meeting: the secretary alone has a letter, the form of the minutes")
    rows = s.sql("SELECT state FROM meeting WHERE slug = 'udsatteraad/2022-06-09'; SELECT count(*), count(DISTINCT message_id) FROM letter").split()
    ok(rows[0] == "held", "the meeting is held")

    twice = [(w, str(m["Subject"])) for _, w, m in s.all if not any(p in str(m["Subject"]) for p in ("Udkast", "SV:", "Dagsordenen er godkendt"))]
    ok(len(set(twice)) == len(twice), "nobody got the same letter twice: %s" % sorted({t for t in twice if twice.count(t) > 1}))
    leaks = s.leaks(CANARY.split()[0], MEMBERS + (SECRETARY,))
    ok(leaks == [], "the closed point is read by nobody outside: %s" % leaks)
    ok(not any(CANARY.split()[0] in text for text in s.log), "nor in any line of the log")
    ok(not any(re.search(r"@|Rusmiddelbehandling", line) for text in s.log for line in text.split("\n") if "due=" in line), "log lines of due dates have no address and no theme")
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
