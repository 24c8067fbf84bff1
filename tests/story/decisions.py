# SPDX-License-Identifier: MIT
"""Albertslund once more, in the secretary's chair: what waits for her comes as
one numbered mail a day, and she answers by number."""
import re
import sys

from story import Story, ok, text_of, to

SECRETARY = "sekretaer@albertslund.example"
CHAIR = "formand@organisation.example"
MEMBER = "varmestue@organisation.example"
LATE = "natcafe@organisation.example"
CITIZEN = "borger@mail.example"
OTHER = "nabo@mail.example"

def planned(text):
    return text.replace("state = called", "state = planned")


def mine(new):
    return text_of(new, SECRETARY)


def main():
    s = Story("decisions", "albertslund", SECRETARY, "2022-05-01T09:00", "T12-decisions.letters", planned, decisions=True)
    s.address = "udsatteraad@albertslund.example"

    # Sunday: nothing; Monday: the heartbeat, though nothing waits
    ok(SECRETARY not in to(s.at("2022-05-01T09:00"), ""), "Sunday: no decision mail")
    ok(SECRETARY not in to(s.at("2022-05-02T07:30"), ""), "Monday before eight: none")
    new = s.at("2022-05-02T08:05")
    ok(to(new, "Intet venter") == [SECRETARY] and "Postkassen er sidst læst" in mine(new), "Monday at eight: nothing waits, and it says when the mailbox was read")
    ok(to(s.at("2022-05-02T10:00"), "Intet venter") == [], "once a day")
    ok(s.at("2022-05-03T08:05") == [], "Tuesday: nothing waits, nothing was done, no mail")

    # three things on one day
    s.writes(CITIZEN, "Ida Holm", "Punkt til dagsordenen til mødet den 9. juni", "Kan rådet tage et punkt på dagsordenen om bænke ved stationen?")
    s.writes(OTHER, "Per Nabo", "Punkt til dagsordenen til mødet den 9. juni", "Kan rådet tage et punkt på dagsordenen om parkering på Kirkevej?")
    s.writes(MEMBER, "Varmestuen", "Spørgsmål", "Hej\n\nHvem skal jeg ringe til om nøglen til varmestuen?")
    s.at("2022-05-03T10:00")
    new = s.at("2022-05-04T08:05")
    ok(to(new, "3 ting venter på dig") == [SECRETARY] and len(new) == 1, "Wednesday: one mail, with three numbers: %s" % [str(m["Subject"]) for _, m, _ in new])
    mail = s.last[SECRETARY]
    first = text_of(new, SECRETARY)
    ok(all(re.search(r"(?m)^%d\. " % n, first) for n in (1, 2, 3)), "each is numbered")
    ok("bænke" in first and "parkering" in first and "Spørgsmål" in first, "both points and the mail stand in it")
    ok("«næste møde»" in first and "«klaret»" in first, "and the answers that each takes")
    where = {word: next(n for n in "123" if re.search(r"(?ms)^%s\. .*?%s" % (n, word), first) and word in re.split(r"(?m)^\d\. ", first)[int(n)]) for word in ("bænke", "parkering", "Mail")}

    # somebody else answers; nobody listens
    s.sends(CITIZEN, "Ida Holm", "SV: " + str(mail["Subject"]), "ok til det hele\n", s.address, True, mail, ())
    new = s.at("2022-05-04T09:00")
    ok(s.sql("SELECT count(*) FROM decision WHERE state <> 'open'").strip() == "0", "a citizen's «ok til det hele» decides nothing")

    # yesterday's mail, answered the day after: yesterday's numbers
    new = s.at("2022-05-05T08:05")
    ok("venter på dig" in str(s.last[SECRETARY]["Subject"]), "Thursday: they still wait")
    s.answers(SECRETARY, "Rådets sekretær", "%s ok, %s afvis: Det er kommunens vejafdeling, der bestemmer det.\n%s klaret\n17 ok" % (where["bænke"], where["parkering"], where["Mail"]), mail)
    new = s.at("2022-05-05T09:00")
    ok(to(new, "Kvittering for dine svar") == [SECRETARY] and len(new) == 1, "one receipt for all answers")
    got = mine(new)
    ok("kommer på dagsordenen" in got and "kommer ikke på dagsordenen" in got and "intet punkt 17" in got, "it says what came of each, and that 17 is no number")
    receipt = s.last[SECRETARY]
    rows = s.sql("SELECT title, state FROM item ORDER BY item_id")
    ok(rows.count("accepted") == 1 and rows.count("rejected") == 1, "one is taken up, one is not: %r" % rows)
    ok(s.at("2022-05-05T09:05") == [], "the citizen hears nothing yet: it could be taken back")
    new = s.at("2022-05-05T09:15")
    ok(to(new, "Dit punkt") == [OTHER] and "vejafdeling" in text_of(new, OTHER), "ten minutes later he hears it, with the reason")

    # «stop» ends it
    s.answers(OTHER, "Per Nabo", "STOP")
    new = s.at("2022-05-05T10:00")
    ok(s.sql("SELECT count(*) FROM trail_stop").strip() == "1", "«STOP» ends his letters about that point")

    # too late to take back: he has been told
    s.answers(SECRETARY, "Rådets sekretær", "FORTRYD", receipt)
    new = s.at("2022-05-05T11:00")
    ok(s.sql("SELECT count(*) FROM decision WHERE state = 'answered'").strip() == "3" and to(new, "Det kan vi ikke selv") == [SECRETARY] and len(new) == 1,
       "«FORTRYD» after that is too late: one letter says so")
    s.writes(OTHER, "Per Nabo", "Punkt til dagsordenen til mødet den 9. juni", "Kan rådet tage et punkt på dagsordenen om hundeskove?")
    s.at("2022-05-05T12:00")
    s.at("2022-05-06T08:05")
    number = re.search(r"(?m)^(\d)\. .*Hundeskove", text_of([(SECRETARY, s.last[SECRETARY], 0)], SECRETARY))
    s.answers(SECRETARY, "Rådets sekretær", "%s afvis" % (number.group(1) if number else 9))
    s.at("2022-05-06T08:30")
    s.answers(SECRETARY, "Rådets sekretær", "FORTRYD")
    new = s.at("2022-05-06T08:35")
    ok(to(new, "Vi har taget det tilbage") == [SECRETARY] and s.sql("SELECT count(*) FROM decision WHERE state = 'open'").strip() == "2", "in time, it waits again")
    ok(to(s.at("2022-05-06T08:45"), "Dit punkt") == [], "and nobody was told")

    # the whole by one word
    new = s.at("2022-05-09T08:05")
    ok(to(new, "2 ting venter på dig") == [SECRETARY], "Monday: it stands in the mail again")
    s.answers(SECRETARY, "Rådets sekretær", "Ok til det hele.\n\nMvh Kirsten")
    s.at("2022-05-09T09:00")
    ok(s.sql("SELECT count(*) FROM decision WHERE state = 'open'").strip() == "0", "«ok til det hele»: nothing waits any more")

    # the draft is made; a point too late
    for day in range(10, 27):
        s.at("2022-05-%02dT08:05" % day)
    new = s.at("2022-05-27T08:05")
    ok(to(new, "Udkast") == [CHAIR, SECRETARY], "the deadline is over: the draft")
    s.writes(LATE, "Natcafeen", "Punkt til dagsordenen til mødet den 9. juni", "Vi vil gerne have et punkt på dagsordenen om nattevarme til vinter.")
    new = s.at("2022-05-27T10:00")
    ok(to(new, "Dit punkt kom efter fristen") == [LATE], "a point too late: the next meeting, unless it is urgent: %s" % [str(m["Subject"]) for _, m, _ in new])
    s.answers(LATE, "Natcafeen", "Spørg formanden")
    new = s.at("2022-05-27T11:00")
    ok(to(new, "Haster") == [CHAIR, SECRETARY], "the chair is asked at once")
    s.answers(CHAIR, "Formanden", "Ja", [m for w, m, _ in new if w == CHAIR and str(m["Subject"]).startswith("Haster")][0])
    new = s.at("2022-05-27T12:00")
    ok("nattevarme" in text_of(new, SECRETARY, "Udkast") and to(new, "Udkast") == [CHAIR, SECRETARY], "his yes: it stands on a new draft, to be released")
    s.last[SECRETARY] = [m for w, m, _ in new if w == SECRETARY and str(m["Subject"]).startswith("Udkast")][0]
    s.answers(SECRETARY, "Rådets sekretær", "Godkend")
    s.at("2022-05-27T13:00")
    for day in ("2022-05-30", "2022-05-31"):
        s.at(day + "T08:05")
    new = s.at("2022-06-01T08:05")
    ok(CITIZEN in to(new, "Dit punkt") and LATE in to(new, "Dit punkt"), "the agenda goes, and who proposed a point hears it: %s" % to(new, "Dit punkt"))
    ok("Parkering" not in text_of(new, OTHER) and "Hundeskove" in text_of(new, OTHER), "of the point that he said STOP to he hears nothing, of his other one he does")
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
