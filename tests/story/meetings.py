# SPDX-License-Identifier: MIT
"""A year of meetings: the plan is proposed and taken, one meeting is called,
changes its place, is moved, gets a guest; one is called off; the dialogue
meeting with the committee, and a joint one with another council."""
import re
import subprocess
import sys

from story import Story, ok, text_of, to

SECRETARY = "sekretaer@gladsaxe.example"
OTHER = "handicap.sekretaer@gladsaxe.example"
GUEST = "ida@sygeplejen.example"
POLITICIAN = "udvalgsformand@gladsaxe.example"
HANDICAP = '''
body "handicapraad" {
	name = "Handicaprådet"
	kind = council
	address = "handicapraad@gladsaxe.example"
	person "handicap.formand@mail.example" { name = "Handicaprådets formand" role = chair }
	person "bruger.to@brugere.example" { name = "Brugerrepræsentant To" role = member }
	person "handicap.sekretaer@gladsaxe.example" { name = "Handicaprådets sekretær" role = secretary }
}
'''


def council(text):
    """In the autumn before: nobody has been called to the dialogue meeting."""
    text = text.replace("state = called", "state = planned")
    return re.sub(r"\n\t(person .*?\{)", r"\n\t\1", text) + HANDICAP.replace(" role", "\n\t\trole").replace("{ name", "{\n\t\tname").replace(" }", "\n\t}")


def calendar(msg):
    """What the calendar part says, read by another program."""
    part = [p for p in msg.walk() if p.get_content_type() == "text/calendar"][0]
    code = ("import icalendar, sys\nc = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\n"
            "e = c.walk('VEVENT')[0]\na = e['ATTENDEE']\nassert not isinstance(a, list)\n"
            "assert c['VERSION'] == '2.0' and c['PRODID'] and len(c.walk('VTIMEZONE')) == 1 and len(c.walk('VEVENT')) == 1\n"
            "print(c['METHOD'], e['UID'], int(e['SEQUENCE']), e['DTSTART'].dt.isoformat(), e['DTEND'].dt.isoformat(), str(a).lower(), e['STATUS'], "
            "a.params['PARTSTAT'], e.get('LOCATION', '-'), sep='|')")
    done = subprocess.run(["/usr/bin/python3", "-c", code], input=part.get_payload(decode=True), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        ok(False, "a calendar part that another program reads: %s" % done.stderr.decode()[-300:])
        return ["", "", "0", "", "", "", "", "", ""]
    ok(part.get_param("method") == done.stdout.decode().split("|")[0], "the part's method is the calendar's")
    return done.stdout.decode().strip().split("|")


def of(new, who):
    return [m for w, m, _ in new if w == who and any(p.get_content_type() == "text/calendar" for p in m.walk())]


def main():
    s = Story("meetings", "gladsaxe", SECRETARY, "2023-10-30T09:00", "T10-meetings.letters", council)
    s.address = "udsatteraad@gladsaxe.example"
    members = s.sql("SELECT DISTINCT email FROM place JOIN person USING (person_id) JOIN body USING (body_id) WHERE slug = 'udsatteraad'"
                    " AND role IN ('chair','vice-chair','member','appointee')").split()
    handicap = ["handicap.formand@mail.example", "bruger.to@brugere.example"]

    # --- the year's plan
    s.at("2023-10-31T12:00")
    ok(s.sql("SELECT count(*) FROM year_plan").strip() == "0", "October: no plan yet")
    s.at("2023-11-01T08:30")
    plan = s.sql("SELECT words FROM decision WHERE kind = 'year-plan' AND key LIKE '%/udsatteraad/2024'")
    ok("onsdag den 4. september 2024 kl. 15.00" in plan and "onsdag den 4. december 2024" in plan, "1 November: next year's meetings are proposed: %r" % plan)
    ok("dialogmøde" in plan, "the dialogue meeting is among them")

    # --- planned by mail, and called
    s.writes(SECRETARY, "Rådets sekretær", "Nyt møde", "Hej\n\nNyt møde torsdag den 25. januar 2024 kl. 15-17 på Fundamentet, tema: ensomhed.\n\nHilsen sekretæren")
    new = s.at("2023-11-02T10:00")
    ok(to(new, "Kvittering") == [SECRETARY], "one receipt")
    ok("Indkaldelsen går torsdag den 14. december 2023 kl. 08.00 til %d i rådet" % len(members) in " ".join(text_of(new, SECRETARY, "Kvittering").split()), "it says when the notice goes, and to how many")
    ok(s.at("2023-12-13T08:05") is not None and not any("25. januar" in str(m["Subject"]) for _, _, m in s.all), "before D-42 nobody is called")
    new = s.at("2023-12-14T08:05")
    ok(to(new, "Indkaldelse til møde") == sorted(members), "D-42: everybody is called, once")
    first = calendar(of(new, members[0])[0])
    ok(first[0] == "REQUEST" and first[2] == "0" and first[3] == "2024-01-25T15:00:00+01:00" and first[5] == "mailto:" + members[0], "an invitation for the calendar: %s" % first)
    s.presses(members[0], "ACCEPTED")
    s.answers(members[1], "Et medlem", "Jeg kommer.")
    s.at("2023-12-15T09:00")
    ok(s.sql("SELECT count(*) FROM attendance WHERE replaced_by IS NULL AND reply = 'comes'").strip() == "2", "two say yes")

    # --- another place: the answers stand
    s.writes(SECRETARY, "Rådets sekretær", "Sted", "Mødet den 25. januar holdes på biblioteket i stedet.")
    new = s.at("2023-12-15T10:00")
    ok(to(new, "Kvittering") == [SECRETARY] and "kl. 10.10" in text_of(new, SECRETARY), "the receipt names when the letters go")
    ok(s.at("2023-12-15T10:05") == [], "within the ten minutes: nothing")
    new = s.at("2023-12-15T10:11")
    ok(to(new, "Ændret") == sorted(members) and len(new) == len(members), "then everybody hears, once")
    second = calendar(of(new, members[0])[0])
    ok(second[0] == "REQUEST" and second[1] == first[1] and int(second[2]) > int(first[2]) and second[7] == "ACCEPTED" and second[8] == "biblioteket",
       "the same event, a higher SEQUENCE, the answer kept: %s" % second)
    ok("Nyt sted: biblioteket" in text_of(new, members[0]) and "Før var det Fundamentet" in text_of(new, members[0]), "what is new is marked")
    ok(s.sql("SELECT count(*) FROM attendance WHERE replaced_by IS NULL").strip() == "2", "the answers stand")

    # --- moved, taken back, moved
    s.writes(SECRETARY, "Rådets sekretær", "Flytning", "Flyt mødet den 25. januar til torsdag den 1. februar 2024.")
    new = s.at("2023-12-15T11:00")
    s.answers(SECRETARY, "Rådets sekretær", "STOP", [m for w, m, _ in new if w == SECRETARY][0])
    new = s.at("2023-12-15T11:05")
    ok(to(new, "Vi har taget det tilbage") == [SECRETARY] and s.at("2023-12-15T11:30") == [], "«STOP» in time: nothing goes")
    s.writes(SECRETARY, "Rådets sekretær", "Flytning", "Flyt mødet den 25. januar til torsdag den 1. februar 2024.")
    s.at("2023-12-15T12:00")
    new = s.at("2023-12-15T12:11")
    ok(to(new, "Flyttet") == sorted(members) and len(new) == len(members), "moved: everybody hears, once")
    third = calendar(of(new, members[0])[0])
    ok(third[0] == "REQUEST" and third[1] == first[1] and int(third[2]) > int(second[2]) and third[3] == "2024-02-01T15:00:00+01:00" and third[7] == "NEEDS-ACTION",
       "the same event on the new day, asked again: %s" % third)
    ok("Dit gamle svar gælder ikke" in text_of(new, members[0]) and "Dit gamle svar" not in text_of(new, members[3]), "who had answered reads that it counts no more")
    ok(s.sql("SELECT count(*) FROM attendance WHERE replaced_by IS NULL").strip() == "0", "everybody is asked again")

    s.presses(members[0], "ACCEPTED", [m for w, m in [(w, m) for _, w, m in s.all] if w == members[0] and str(m["Subject"]).startswith("Ændret")][0])
    s.at("2023-12-15T13:00")
    ok(s.sql("SELECT count(*) FROM attendance WHERE replaced_by IS NULL").strip() == "0", "the old day's button says nothing of the new day")

    # --- a guest
    s.writes(SECRETARY, "Rådets sekretær", "Gæst", "Inviter sygeplejerske Ida Holm (%s) til punkt 2 kl. 15.30 på mødet den 1. februar." % GUEST)
    new = s.at("2023-12-18T10:00")
    ok(to(new, "Kvittering") == [SECRETARY], "a receipt for the guest: %s" % [str(m["Subject"]) for _, m, _ in new])
    new = s.at("2023-12-18T10:11")
    ok(to(new, "Vil du komme") == [GUEST] and len(new) == 1, "the guest alone is written to")
    ok("Din tid: kl. 15.30, punkt 2" in text_of(new, GUEST) and "Hvad skal dit oplæg hedde" in text_of(new, GUEST), "with the own item and time, and asked for a title")
    s.presses(GUEST, "ACCEPTED")
    s.at("2023-12-18T11:00")
    ok(s.sql("SELECT reply FROM meeting_guest WHERE replaced_by IS NULL").strip() == "yes", "the guest's button is the guest's answer")
    s.answers(GUEST, "Ida Holm", "Tak, jeg kommer gerne.\n\nTitel: Sundhed på gadeplan", [m for _, w, m in s.all if w == GUEST and str(m["Subject"]).startswith("Vil du komme")][0])
    new = s.at("2023-12-18T12:00")
    ok("Sundhed på gadeplan" in s.sql("SELECT title FROM meeting_guest WHERE replaced_by IS NULL"), "the title is noted: %s" % [(w, str(m["Subject"])) for w, m, _ in new])
    ok(SECRETARY in [w for w, _, _ in new], "the secretary hears it")

    # --- the due dates of the new day, each once
    new = s.at("2024-01-16T08:05")
    ok(to(new, "Kommer du") == sorted(members), "D-16 of the new day: all who are silent")
    new = s.at("2024-01-19T08:05")
    draft = text_of(new, SECRETARY, "Udkast")
    ok("Ida Holm kl. 15.30: Sundhed på gadeplan (punkt 2)" in draft, "the draft names the guest and the title: %r" % re.findall(".*Ida.*", draft))
    s.writes(members[4], "Et medlem", "Mødet", "Mødet den 1. februar skal aflyses.")
    s.at("2024-01-19T10:00")
    ok(s.sql("SELECT state FROM meeting WHERE slug = 'udsatteraad/2024-01-25'").strip() == "called", "a member calls nothing off")

    # --- called off
    s.writes(SECRETARY, "Rådets sekretær", "Aflysning", "Mødet den 1. februar aflyses.")
    s.at("2024-01-22T10:00")
    new = s.at("2024-01-22T10:11")
    ok(to(new, "Aflyst") == sorted(members + [GUEST]), "members and guest hear that it is off")
    last = calendar(of(new, GUEST)[0])
    ok(last[0] == "CANCEL" and last[1] == first[1] and int(last[2]) > int(third[2]) and last[6] == "CANCELLED", "the calendar takes it out: %s" % last)
    after = [str(m["Subject"]) for day in range(23, 32) for _, m, _ in s.at("2024-01-%02dT08:05" % day) if "februar" in str(m["Subject"])]
    ok(after == [], "and nothing more of it is sent: %s" % after)

    # --- what cannot be
    for text, says in (("Nyt møde den 29. februar 2025 kl. 15-17 på Fundamentet.", "Den dato findes ikke"),
                       ("Nyt møde fredag den 14. marts 2024 kl. 15-17 på Fundamentet.", "Ugedagen passer ikke"),
                       ("Nyt møde den 14. marts 2024 kl. 17-15 på Fundamentet.", "slutter, før det begynder"),
                       ("Nyt møde den 14. marts 2023 kl. 15-17 på Fundamentet.", "allerede gået"),
                       ("Nyt møde den 14. marts 2024 kl. 15-17. Sted: %s" % ("x" * 500), "kort tekst på en linje"),
                       ("Nyt møde den 14. marts 2024 på Fundamentet.", "både dag og klokkeslæt")):
        s.writes(SECRETARY, "Rådets sekretær", "Nyt møde", text)
        new = s.at("2024-02-05T10:00")
        ok(len(new) == 1 and says in text_of(new, SECRETARY), "%s… is answered: %r" % (text[:45], text_of(new, SECRETARY)[:120]))
    ok(s.sql("SELECT count(*) FROM meeting WHERE slug LIKE 'udsatteraad/202%' AND start_at > unixepoch('2024-03-01')").strip() == "0", "and nothing is planned")

    # --- the dialogue meeting and a joint one
    s.writes(SECRETARY, "Rådets sekretær", "Dialogmøde", "Planlæg et dialogmøde onsdag den 20. marts 2024 kl. 15.30-16.30 på Fundamentet.")
    s.at("2024-02-06T10:00")
    new = s.at("2024-02-07T08:05")
    invited = to(new, "Indkaldelse til dialogmøde")
    ok(POLITICIAN in invited and set(members) <= set(invited), "the committee is called to the dialogue meeting, and asked for points")
    ok(any("som udvalgets sekretær" in text_of(new, w) for w in invited), "the committee's secretary gets it to note")
    s.writes(SECRETARY, "Rådets sekretær", "Fællesmøde", "Nyt fællesmøde med Handicaprådet onsdag den 13. marts 2024 kl. 15-17 på rådhuset.")
    s.at("2024-02-08T10:00")
    new = s.at("2024-02-09T08:05")
    invited = to(new, "Indkaldelse til fællesmøde") or to(new, "Indkaldelse")
    ok(sorted(set(invited)) == invited and set(members) | set(handicap) <= set(invited), "one invitation a person, to both councils")
    ok(s.sql("SELECT count(*) FROM meeting WHERE kind = 'joint'").strip() == "2", "each council has its own part")
    new = s.at("2024-02-29T08:05")
    drafts = [(w, str(m["Subject"])) for w, m, _ in new if str(m["Subject"]).startswith("Udkast")]
    ok((SECRETARY, "Udkast til dagsorden, Udsatterådet, onsdag den 13. marts 2024") in drafts
       and (OTHER, "Udkast til dagsorden, Handicaprådet, onsdag den 13. marts 2024") in drafts, "each secretary gets the draft of her own part: %s" % drafts)
    # drafts and minutes have stories of their own
    s.lines = [line for line in s.lines if not re.search(r"(?m)^Subject: .*(referat|Udkast til dagsorden)", line)]
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
