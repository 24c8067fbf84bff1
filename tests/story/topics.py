# SPDX-License-Identifier: MIT
"""Gladsaxe's topics: ideas come, the secretary groups and names them, the
members put them in order by mail, the result is a point for the next meeting,
and a working group goes on with it."""
import re
import sys

from story import Story, ok, text_of, to

SECRETARY = "sekretaer@gladsaxe.example"
CHAIR = "formand@brugere.example"
DOCTOR = "overlaege@rusmiddelcenter.example"
TWO = "bruger.to@brugere.example"
THREE = "bruger.tre@brugere.example"
RELATIVE = "paaroerende.et@mail.example"
RELATIVE2 = "paaroerende.to@mail.example"
DROPIN = "vaerested@gladsaxe.example"
HOSTEL = "herberg@gladsaxe.example"
CENTRE = "aktivitetscenter@gladsaxe.example"
SUPPORT = "bostoette@gladsaxe.example"
HEAD = "afdelingschef@gladsaxe.example"
CITIZEN = "borger@mail.example"
VOTERS = sorted((CHAIR, DOCTOR, TWO, THREE, RELATIVE, RELATIVE2, DROPIN, HOSTEL, CENTRE, SUPPORT))
CANARY = "Kanariebaenken"


def council(text):
    """Without the topics of the file, and the next meeting not yet called."""
    return re.sub(r'\ttopic "[A-E]".*\n', "", text)


def subjects(new):
    return [(w, str(m["Subject"])) for w, m, _ in new]


def main():
    s = Story("topics", "gladsaxe", SECRETARY, "2023-09-18T09:00", "T22-topics.letters", council)
    s.address = "udsatteraad@gladsaxe.example"
    s.at("2023-09-18T09:00")

    # --- ideas, and their names
    s.writes(CITIZEN, "Ida Holm", "En idé", "Jeg har en idé til rådet: Der mangler skæve boliger i kommunen.")
    s.writes(TWO, "Bruger To", "Idé", "En idé: En social vicevært i de skæve boliger.")
    s.writes(DROPIN, "Værestedet", "Idé til rådet", "En idé til rådet: IT-hjælp på biblioteket.")
    s.writes(SUPPORT, "Bostøtten", "Idé til rådet", "En idé til rådet: Støtte også om aftenen.")
    s.at("2023-09-18T10:00")
    rows = s.sql("SELECT item_id, title FROM item WHERE meeting_id IS NULL ORDER BY item_id")
    ok(rows.count("\n") == 4, "four ideas are kept: %r" % rows)

    s.writes(SECRETARY, "Rådets sekretær", "Start afstemning", "Start afstemning om emnerne, frist 16. oktober")
    new = s.at("2023-09-18T10:30")
    ok(to(new, "Vi mangler noget") == [SECRETARY] and "mindst to emner" in text_of(new, SECRETARY), "a round without topics: she is told what to do: %s" % subjects(new))

    s.writes(CITIZEN, "Ida Holm", "Emner", "Vis ideerne")
    s.writes(SECRETARY, "Rådets sekretær", "Emner", "Vis ideerne")
    new = s.at("2023-09-18T11:00")
    ok(to(new, "Ideer og emner") == [SECRETARY] and "Idé 1:" in text_of(new, SECRETARY, "Ideer"), "she asks for the list, and gets it alone: %s" % subjects(new))
    s.answers(SECRETARY, "Rådets sekretær", "Kald 1 og 2: Skæve boliger med social vicevært\nKald 3: IT-hjælp på biblioteker og væresteder\nKald 99: Noget andet", [m for w, m, _ in new if w == SECRETARY][-1])
    new = s.at("2023-09-18T11:30")
    got = text_of(new, SECRETARY)
    ok("Emne A: Skæve boliger" in got and "Emne B: IT-hjælp" in got, "by number she makes topics of them, which get letters: %s" % subjects(new))
    ok(s.sql("SELECT count(*) FROM topic").strip() == "2" and to(new, "Det kunne vi ikke") == [SECRETARY], "an idea that is not there makes no topic, and she is told")
    s.writes(SECRETARY, "Rådets sekretær", "Emner", "Kald 4: Mere fleksibel støtte, også om aftenen")
    s.at("2023-09-18T12:00")
    s.answers(SECRETARY, "Rådets sekretær", "FORTRYD")
    s.at("2023-09-18T12:05")
    ok(s.sql("SELECT count(*) FROM topic").strip() == "2" and s.sql("SELECT count(*) FROM topic_item").strip() == "3", "«FORTRYD» takes a name back")
    s.writes(SECRETARY, "Rådets sekretær", "Emner", "Kald 4: Mere fleksibel støtte, også om aftenen")
    s.at("2023-09-18T12:10")

    # --- the round
    s.writes(SECRETARY, "Rådets sekretær", "Afstemning", "Start afstemning om emnerne.")
    new = s.at("2023-09-19T09:00")
    ok("mangler en frist" in text_of(new, SECRETARY), "without a deadline she is asked for one")
    s.writes(SECRETARY, "Rådets sekretær", "Afstemning", "Start afstemning om emnerne, frist 16. oktober")
    new = s.at("2023-09-19T10:00")
    ok(to(new, "Hvilke emner") == [] and "16. oktober 2023" in text_of(new, SECRETARY), "her receipt comes, the members' letters not yet")
    s.answers(SECRETARY, "Rådets sekretær", "FORTRYD")
    s.at("2023-09-19T10:05")
    ok(s.at("2023-09-19T10:20") == [] and s.sql("SELECT count(*) FROM ranking_round").strip() == "0", "within ten minutes she takes it back, and nobody hears of it")
    s.writes(SECRETARY, "Rådets sekretær", "Afstemning", "Start afstemning om emnerne, frist 16. oktober")
    s.at("2023-09-19T11:00")
    new = s.at("2023-09-19T11:15")
    ok(to(new, "Hvilke emner") == VOTERS and len(new) == 10, "ten minutes later the ten members are asked, nobody else")
    text = text_of(new, CHAIR)
    ok("Schulze" in text and "hemmelig" in text and "- A:" in text, "the letter has the topics, and says how it is counted")
    question = {w: m for w, m, _ in new}

    # --- ballots
    s.answers(CHAIR, "Formanden", "C A B", question[CHAIR])
    s.answers(DOCTOR, "Overlægen", "1. A\n2. C", question[DOCTOR])
    s.answers(TWO, "Bruger To", "A B C", question[TWO])
    s.answers(THREE, "Bruger Tre", "Først it-hjælpen, så boligerne", question[THREE])
    s.answers(RELATIVE, "Pårørende Et", "A, X", question[RELATIVE])
    s.answers(HEAD, "Afdelingschefen", "C B A", question[CHAIR])
    s.answers(CITIZEN, "Ida Holm", "C B A", question[CHAIR])
    new = s.at("2023-09-20T10:00")
    votes = s.sql("SELECT email, letters FROM ranking WHERE replaced_by IS NULL ORDER BY email")
    ok(votes.split() == [TWO + "|ABC", THREE + "|BA", CHAIR + "|CAB", DOCTOR + "|AC"], "four notations, four ballots; partial ones too: %r" % votes)
    ok("rækkefølge" in text_of(new, RELATIVE) and RELATIVE not in votes, "a letter that is no topic: she is asked: %s" % subjects(new))
    ok(HEAD not in votes and CITIZEN not in votes and len([w for w, m, _ in new if w in (HEAD, CITIZEN)]) == 2, "who is no member has no vote, and hears why: %s" % subjects(new))
    ok(not any("C A B" in text_of(new, SECRETARY) or "C, A, B" in text_of(new, SECRETARY) for _ in (0,)), "the secretary reads no member's order")
    s.answers(TWO, "Bruger To", "C A", question[TWO])
    new = s.at("2023-09-21T10:00")
    ok("C, A" in text_of(new, TWO) and s.sql("SELECT letters FROM ranking WHERE replaced_by IS NULL AND email = '%s'" % TWO).strip() == "CA", "a changed ballot replaces the old")
    s.answers(TWO, "Bruger To", "FORTRYD")
    s.at("2023-09-21T10:30")
    ok(s.sql("SELECT letters FROM ranking WHERE replaced_by IS NULL AND email = '%s'" % TWO).strip() == "ABC", "and undo brings the old one back")
    s.answers(TWO, "Bruger To", "C A", question[TWO])
    s.at("2023-09-21T11:00")
    ok(s.sql("SELECT count(*) FROM journal WHERE deed = 'ranking' AND label IS NOT NULL").strip() == "0" and "CAB" not in "".join(s.log) and "C, A, B" not in "".join(s.log), "no order stands in the journal or the log")

    # --- those who are silent; the end
    ok(to(s.at("2023-10-13T08:05"), "Husk") == [], "three days before: nothing")
    new = s.at("2023-10-14T08:05")
    ok(to(new, "Husk") == sorted(set(VOTERS) - {CHAIR, DOCTOR, TWO, THREE}), "two days before, the six who are silent are reminded: %s" % subjects(new))
    missing = text_of(new, SECRETARY)
    ok(to(new, "Afstemningen om emnerne: 4 ud af 10") == [SECRETARY] and "Herbergets medarbejder" in missing and "Formanden" not in missing, "the secretary sees who is missing, and only that")
    s.answers(HOSTEL, "Herberget", "B, A, C", question[HOSTEL])
    s.at("2023-10-15T10:00")
    ok(to(s.at("2023-10-16T22:00"), "S") == [], "on the last day: not yet")
    new = s.at("2023-10-17T08:05")
    ok(to(new, "Sådan gik") == VOTERS and to(new, "Stemmerne") == [SECRETARY], "the morning after: the result to members and secretary: %s" % subjects(new))
    result = text_of(new, CHAIR)
    # C before A: Formanden, Bruger To; A before C: Overlaegen, Bruger Tre,
    # Herberget; A before B: three to two; B before C: two to three
    ok(re.search(r"Nr\. 1: A.*Nr\. 2: C.*Nr\. 3: B", result, re.S) and "5 ud af 10" in result, "counted by the rule: A, C, B")
    ok("Nyt punkt" not in result and "C, A, B" not in text_of(new, SECRETARY), "no ballot is shown")
    s.answers(SUPPORT, "Bostøtten", "C B A", question[SUPPORT])
    new = s.at("2023-10-17T10:00")
    ok(to(new, "Afstemningen om emnerne er slut") == [SUPPORT] and s.sql("SELECT count(*) FROM ranking WHERE replaced_by IS NULL").strip() == "5", "too late: a clear answer, and no vote: %s" % subjects(new))

    # --- the working group
    s.writes(SECRETARY, "Rådets sekretær", "Arbejdsgruppe", "Lav en arbejdsgruppe om B med formand@brugere.example som tovholder")
    s.at("2023-10-18T08:05")
    s.answers(SECRETARY, "Rådets sekretær", "FORTRYD")
    s.at("2023-10-18T08:10")
    ok(to(s.at("2023-10-18T08:30"), "En ny arbejdsgruppe") == [] and s.sql("SELECT count(*) FROM working_group").strip() == "0", "a group taken back within ten minutes: nobody hears of it")
    s.writes(SECRETARY, "Rådets sekretær", "Arbejdsgruppe", "Lav en arbejdsgruppe om A med herberg@gladsaxe.example som tovholder")
    s.at("2023-10-18T09:00")
    new = s.at("2023-10-18T09:15")
    ok(to(new, "En ny arbejdsgruppe") == VOTERS, "a group is set up, and the members hear of it: %s" % subjects(new))
    news = {w: m for w, m, _ in new}
    ok("Du er tovholder" in text_of(new, HOSTEL) and "udsatteraad+gruppe-a@gladsaxe.example" in text_of(new, HOSTEL), "its chair gets its address")
    s.answers(TWO, "Bruger To", "Jeg vil gerne være med i gruppen.", news[TWO])
    s.writes(RELATIVE, "Pårørende Et", "Gruppe", "Jeg vil gerne være med i gruppe A.")
    s.writes(CITIZEN, "Ida Holm", "Gruppe", "Jeg vil gerne være med i gruppe A.")
    s.at("2023-10-18T10:00")
    members = s.sql("SELECT email FROM working_group_member WHERE left_by IS NULL ORDER BY email").split()
    ok(members == sorted((HOSTEL, TWO, RELATIVE)), "two members join by reply; a stranger does not: %r" % members)
    s.at("2023-10-18T10:15")
    s.sends(TWO, "Bruger To", "Møde i gruppen", "Hej alle\n\nSkal vi tale om %s på onsdag?\n" % CANARY, "udsatteraad+gruppe-a@gladsaxe.example", True, None, ())
    new = s.at("2023-10-19T10:00")
    ok(to(new, "Arbejdsgruppen") == sorted((HOSTEL, RELATIVE)) and CANARY in text_of(new, HOSTEL) and "Brugerrepræsentant To" in text_of(new, HOSTEL), "a mail to the group's address reaches its members, with the sender's name: %s" % subjects(new))
    s.answers(HOSTEL, "Herberget", "Ja, lad os tage %s." % CANARY, [m for w, m, _ in new if w == HOSTEL][0])
    new = s.at("2023-10-19T11:00")
    ok(to(new, "Arbejdsgruppen") == sorted((TWO, RELATIVE)), "an answer goes to all of it: %s" % subjects(new))
    s.sends(CITIZEN, "Ida Holm", "Til gruppen", "Hej gruppe\n\nKan I bygge flere bænke?\n", "udsatteraad+gruppe-a@gladsaxe.example", True, None, ())
    new = s.at("2023-10-19T12:00")
    ok(to(new, "Arbejdsgruppen") == [] and SECRETARY in [w for w, _, _ in new] and CITIZEN in [w for w, _, _ in new], "a stranger's mail goes to the secretary, not to the group: %s" % subjects(new))
    s.sends(TWO, "Bruger To", "Falsk", "Hej alle, jeg er Bruger To.\n", "udsatteraad+gruppe-a@gladsaxe.example", False, None, ())
    new = s.at("2023-10-19T13:00")
    ok(to(new, "Arbejdsgruppen") == [], "an unverified mail in a member's name does not reach it: %s" % subjects(new))
    s.writes(RELATIVE, "Pårørende Et", "Gruppe", "Jeg vil ikke længere være med i gruppe A.")
    s.at("2023-10-20T10:00")
    ok(RELATIVE not in s.sql("SELECT email FROM working_group_member WHERE left_by IS NULL"), "leaving, too")
    s.answers(RELATIVE, "Pårørende Et", "FORTRYD")
    s.at("2023-10-20T10:05")
    ok(RELATIVE in s.sql("SELECT email FROM working_group_member WHERE left_by IS NULL"), "and undo lets her stay")
    ok(s.leaks(CANARY, (HOSTEL, RELATIVE, TWO)) == [], "what the group writes reaches nobody outside: %r" % s.leaks(CANARY, (HOSTEL, RELATIVE, TWO)))
    listed = s.raadspost("list", "groups")
    ok("gruppe-a" in listed and HOSTEL in listed, "raadspost list groups shows it")

    # --- its status, and the draft
    asked = {}
    for day in range(13, 18):
        asked.update({w: m for w, m, _ in s.at("2023-11-%02dT08:05" % day) if str(m["Subject"]).startswith("Hvad har arbejdsgruppen")})
    ok(sorted(asked) == [HOSTEL], "three weeks before the meeting its chair is asked: %r" % sorted(asked))
    if HOSTEL in asked:
        s.answers(HOSTEL, "Herberget", "Vi har besøgt to skæve boliger. Næste gang taler vi med boligforeningen.", asked[HOSTEL])
    s.at("2023-11-17T10:00")
    draft = ""
    for day in range(20, 26):
        new = s.at("2023-11-%02dT08:05" % day)
        draft += text_of(new, SECRETARY, "Udkast")
    ok("Rådets rækkefølge af emnerne" in draft and "1: A, Skæve boliger" in draft, "the result stands on the next draft")
    ok("Nyt fra arbejdsgruppen" in draft and "boligforeningen" in draft, "and so does the group's status")
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
