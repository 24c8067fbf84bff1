# SPDX-License-Identifier: MIT
"""Gladsaxe's dialogue meeting with the committee, 1 November 2023: five
topics, politicians who answer in turn, and promises made to be kept. The
facts are the council's, the sentences our own."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(__file__))
import minutes  # noqa: E402
import story  # noqa: E402
from minutes import newest, reply  # noqa: E402
from story import ok, text_of, to  # noqa: E402

SECRETARY = "sekretaer@gladsaxe.example"
CHAIR, VICE, USER2, USER3, KIN1, KIN2, PLACE, SHELTER, CENTRE, HOME, HEAD = (
    "formand@brugere.example", "overlaege@rusmiddelcenter.example", "bruger.to@brugere.example", "bruger.tre@brugere.example",
    "paaroerende.et@mail.example", "paaroerende.to@mail.example", "vaerested@gladsaxe.example", "herberg@gladsaxe.example",
    "aktivitetscenter@gladsaxe.example", "bostoette@gladsaxe.example", "afdelingschef@gladsaxe.example")
MEMBERS = (CHAIR, VICE, USER2, USER3, KIN1, KIN2, PLACE, SHELTER, CENTRE, HOME, HEAD)
POLITICIAN, SECOND, THIRD = ("udvalgsformand@gladsaxe.example", "udvalgsmedlem.to@gladsaxe.example", "udvalgsmedlem.tre@gladsaxe.example")
CLERK = "udvalgssekretaer@gladsaxe.example"
CAME = (CHAIR, VICE, USER2, PLACE, SHELTER, HOME, HEAD, POLITICIAN, SECOND)

RULES = '''
	rule "standing-points" { value = "Velkomst; *; Skæve boliger med social vicevært; IT-hjælp på biblioteker og væresteder; Mere fleksibel støtte; En socialsygeplejerske; Ét samlet overblik; Det videre samarbejde" }
	rule "minutes-speakers-first" { value = "yes" }
	rule "minutes-silence" { value = "yes" }
'''
WRITTEN = {
    "Skæve boliger": "Rådet fortalte, hvorfor en vicevært i hverdagen gør en forskel.",
    "IT-hjælp": "Mange går til grunde i digital post.",
    "Mere fleksibel": "Der er brug for støtte om aftenen.",
    "En socialsygeplejerske": "Rådet vil gerne have en socialsygeplejerske i kommunen.",
    "Ét samlet": "Det er svært at finde rundt i tilbuddene.",
    "Det videre": "Rådets næste møde sætter emnerne i rækkefølge og laver arbejdsgrupper.",
}
SAID = {
    "Skæve boliger": "Udvalgsformanden: Jeg vil gerne se på det i næste budget.\nUdvalgsmedlem To: Skæve boliger virker i andre byer.",
    "Mere fleksibel": "Udvalgsmedlem To: Det kræver flere hænder.",
}
PROMISED = {
    "Det videre": "→ Rådets sekretær: sender rådets referater til udvalgets møder, 1. december\n→ Afdelingschefen: sørger for et dialogmøde hvert år, 1. oktober\n"
                  "→ Udvalgets sekretær: sender politikernes mailadresser til rådet, 15. november",
}
DECIDED = {"Det videre": "Høringer skal til rådet i så god tid, at det kan nå at svare."}


def main():
    minutes.WRITTEN, minutes.SAID, minutes.PROMISED, minutes.DECIDED = WRITTEN, SAID, PROMISED, DECIDED
    s = story.Story("gladsaxe", "gladsaxe", SECRETARY, "2023-09-18T09:00", "T32-gladsaxe.letters",
                    lambda text: text.replace("state = called", "state = planned").replace('	committee = "psy', RULES + '	committee = "psy', 1), decisions=True)
    s.at("2023-09-20T08:05")
    for who in CAME:
        s.answers(who, "Navn", "Jeg kommer.")
    for who in (USER3, KIN1, KIN2, CENTRE, THIRD):
        s.answers(who, "Navn", "Afbud fra mig.")
    s.at("2023-09-21T10:00")
    s.at("2023-10-19T08:05")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend", newest(s, SECRETARY, "Udkast"))
    s.at("2023-10-19T09:00")
    new = s.at("2023-10-24T08:05")
    ok(POLITICIAN in to(new, "Dagsorden til") and HEAD in to(new, "Dagsorden til"), "the agenda has gone, to the committee too")

    new = s.at("2023-11-01T17:31")
    text = text_of(new, SECRETARY, "Skema").replace("\n", " ")
    ok(to(new, "Skema til referat") == [SECRETARY], "one hour after: the form")
    ok(re.search(r"Deltagere: .*Afdelingschefen.*Udvalgsformanden.*Udvalgsmedlem To Afbud: .*Udvalgsmedlem Tre Ikke", text) is not None, "the politicians stand in its head")
    reply(s, SECRETARY, "Rådets sekretær", newest(s, SECRETARY, "Skema"), minutes.filled(newest(s, SECRETARY, "Skema")))
    new = s.at("2023-11-02T09:00")
    ok("2 deres egne ord" in text_of(new, SECRETARY, "Vi har").replace("\n", " "), "two are quoted: they see their own words first")
    new = s.at("2023-11-02T09:11")
    ok(to(new, "Dine ord i referatet") == [POLITICIAN, SECOND] and len(new) == 2, "nobody else gets anything yet")
    words = text_of(new, SECOND)
    ok("Skæve boliger virker i andre byer" in words and "flere hænder" in words and "næste budget" not in words, "each reads his own alone")
    s.answers(POLITICIAN, "Udvalgsformanden", "Ret mine ord: Jeg vil gerne se på det, men jeg lovede ikke noget i næste budget.")
    new = s.at("2023-11-03T10:00")
    ok("lovede ikke noget" in text_of(new, SECRETARY, "Indsigelse").replace("\n> ", " "), "the secretary sees what one of them corrects")
    reply(s, SECRETARY, "Rådets sekretær", newest(s, SECRETARY, "Indsigelse"),
          "Punkt 2:\nRådet fortalte, hvorfor en vicevært i hverdagen gør en forskel.\nHvem sagde hvad:\nUdvalgsformanden: Jeg vil gerne se på det.\nUdvalgsmedlem To: Skæve boliger virker i andre byer.\n")
    s.at("2023-11-03T11:00")
    new = s.at("2023-11-03T11:11")
    ok(to(new, "Udkast til referat") == sorted(CAME + (SECRETARY,)), "then the draft goes to all who were there: %s" % to(new, "Udkast"))
    ok("næste budget" not in text_of(new, CHAIR) and "Udvalgsformanden: Jeg vil gerne se på det." in text_of(new, CHAIR), "with the corrected words")
    new = s.at("2023-11-11T08:05")
    ok(to(new, "Referatet kan godkendes") == [SECRETARY], "nobody objects: %s" % [str(m["Subject"]) for _, m, _ in new])
    s.answers(SECRETARY, "Rådets sekretær", "Godkend referatet", newest(s, SECRETARY, "Referatet kan godkendes"))
    s.at("2023-11-11T09:00")
    new = s.at("2023-11-11T09:11")
    ok(to(new, "Referat af møde") == sorted(MEMBERS + (SECRETARY, POLITICIAN, SECOND, THIRD, CLERK)), "released: to the council, and to the committee and its secretary")

    s.at("2023-11-13T08:05")
    ok(s.sql("SELECT group_concat(kind || ' ' || label, char(10)) FROM decision").count("promise ") == 3, "three promises wait for her")
    s.answers(SECRETARY, "Rådets sekretær", "ok til det hele", newest(s, SECRETARY, "vent"))
    new = s.at("2023-11-13T09:00")
    ok(s.sql("SELECT group_concat(state) FROM follow_up").strip() == "open,open,open", "all accepted")
    ok(to(new, "Husk aftalen") == [CLERK], "the one whose day is near is reminded, though he is no member: %s" % to(new, "Husk"))
    s.answers(CLERK, "Udvalgets sekretær", "Det er gjort")
    s.at("2023-11-13T10:00")
    ok(s.sql("SELECT state FROM follow_up WHERE name = 'Udvalgets sekretær'").strip() == "done", "he has done it")

    new = s.at("2023-11-23T08:05")
    draft = text_of(new, SECRETARY, "Udkast til dagsorden").replace("\n> ", " ").replace("\n", " ")
    ok("Opfølgning" in draft and "Rådets sekretær: sender rådets referater til udvalgets møder, 1. december" in draft, "the rest stands on the next draft")
    ok("Afdelingschefen: sørger for et dialogmøde hvert år, 1. oktober 2024" in draft and "mailadresser" not in draft, "what is done does not")
    ok("Godkendelse af referat" in draft, "and the minutes, to be approved")
    s.lines = [block for block in s.lines if block[4:14] >= "2023-11-01" and not re.search(r"(?m)^Subject: .*\bvent", block)]
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
