# SPDX-License-Identifier: MIT
"""Albertslund, 9 June 2022, from the form for its minutes to what stands on
the next draft: head and items as the council's own minutes had them, the
sentences our own."""
import email.utils
import os
import re
import sys

sys.path.insert(0, os.path.dirname(__file__))
import story  # noqa: E402
from story import demo, ok, plain, text_of, to  # noqa: E402

CANARY = "Kanariefuglens"
CHAIR, VICE, WARM, NIGHT, USER1, USER2, DRUG, JOB, MIND = (
    "formand@organisation.example", "naestformand@organisation.example", "varmestue@organisation.example", "natcafe@organisation.example",
    "bruger.et@mail.example", "bruger.to@mail.example", "rusmiddelcenter@albertslund.example", "jobcenter@albertslund.example",
    "socialpsykiatri@albertslund.example")
MEMBERS = (CHAIR, VICE, WARM, NIGHT, USER1, USER2, DRUG, JOB, MIND)
CAME = (CHAIR, VICE, WARM, USER2, DRUG, MIND)
SECRETARY = "sekretaer@albertslund.example"
COMMITTEE = ("udvalgsformand@albertslund.example", "udvalgssekretaer@albertslund.example")

RULES = '''
	rule "standing-points" { value = "Godkendelse af referat og dagsorden; *; Forretningsorden; Økonomi; Orientering fra formanden; Orientering fra medlemmerne; Eventuelt" }
	rule "minutes-silence" { value = "yes" }
'''

WRITTEN = {
    "Godkendelse af referat og dagsorden": "Begge dele er godkendt.",
    "Tema: Rusmiddelbehandling": """Lederen af rusmiddelcentret fortalte om centret.
Målgruppe og tilbud
Centret er for voksne med et misbrug. Man kan komme uden henvisning.
Det virker
- Samtaler samme uge
- At familien er med
Det er svært
- At holde kontakten, når nogen er uden bolig""",
    CANARY: "%s sag blev drøftet, og rådet har ingen bemærkninger." % CANARY,
    "Forretningsorden": "Udvalget har godkendt ændringen. Den afventer KB den 21. juni.\nFormanden foreslår, at formanden for brugerforeningen får den nye plads.",
    "bænke ved stationen": "Rådet har set på bænkene.",
    "Økonomi": "Sidste år blev der brugt 4.900 kr. på madpakker.",
    "Orientering fra formanden": "Udkastet til svar om visionen fik ros og er sendt.\nTema den 8. september: Børn; oplægsholdere: familiehuset\nTema den 10. november: Sundhedsplejersker",
    "Orientering fra medlemmerne": "Der er kommet flere i varmestuen.",
}
DECIDED = {"bænke ved stationen": "Rådet spørger kommunen om to bænke mere.", "Økonomi": "Der er bevilget op til 5.000 kr. til madpakker i år."}
SAID = {"Orientering fra medlemmerne": "Brugerrepræsentant To: Vi mangler et sted at være om søndagen."}
PROMISED = {"Orientering fra medlemmerne": "→ Varmestuens repræsentant: spørger, om der kan holdes åbent om søndagen, 15. august\n→ Kim Nabo: ser på bænkene ved stationen, 1. august",
            "Orientering fra formanden": "→ Formanden: inviterer oplægsholdere til september, 5. juli"}


def quoted(letter):
    return ["> " + line if line else ">" for line in demo.words(letter, 10000).split("\n")]


def filled(form, breaks=False):
    """The form as a mail program sends it back, with text between its lines."""
    out, item = ["Hej", "", "Her er referatet.", "", "Den 13. juni skrev Rådspost:"], ""
    for line in quoted(form):
        heading = re.match(r"> \d+\. (.*)$", line)
        if heading:
            item = heading.group(1).replace(" (lukket punkt)", "")
        out.append(line)
        words = {"> Tekst:": WRITTEN, "> Beslutning:": DECIDED, "> Hvem sagde hvad:": SAID, "> Aftaler:": PROMISED}.get(line, {})
        for title, text in words.items():
            if title.lower() in item.lower():
                out += ["", text, ""]
    return "\n".join(out) + "\n"


def reply(s, who, name, letter, text, files=()):
    s.sends(who, name, "SV: " + str(letter["Subject"]), text, email.utils.parseaddr(str(letter["Reply-To"] or letter["From"]))[1], True, letter, files)


def newest(s, who, word):
    return [m for _, w, m in s.all if w == who and word in str(m["Subject"])][-1]


def agenda(s):
    """Six come and three do not; the agenda goes out."""
    s.at("2022-04-28T08:05")
    for who, name in ((CHAIR, "Formanden"), (VICE, "Næstformanden"), (WARM, "Varmestuens repræsentant"), (USER2, "Brugerrepræsentant To"),
                      (DRUG, "Rusmiddelcentrets medarbejder")):
        s.answers(who, name, "Jeg kommer.")
    for who, name in ((NIGHT, "Natcaféens repræsentant"), (USER1, "Brugerrepræsentant Et"), (JOB, "Jobcentrets medarbejder")):
        s.answers(who, name, "Afbud fra mig.")
    s.writes("borger@mail.example", "Ida Holm", "Punkt til dagsordenen til mødet den 9. juni", "Kan rådet tage et punkt på dagsordenen om bænke ved stationen?",
             address="udsatteraad@albertslund.example")
    s.at("2022-04-29T10:00")
    s.at("2022-05-27T08:05")
    s.answers(SECRETARY, "Rådets sekretær", "Tilføj punkt om %s klage" % CANARY, newest(s, SECRETARY, "Udkast"))
    new = s.at("2022-05-27T09:00")
    number = re.search(r"(\d+)\. " + CANARY, text_of(new, SECRETARY)).group(1)
    s.answers(SECRETARY, "Rådets sekretær", "Luk punkt " + number, newest(s, SECRETARY, "Udkast"))
    s.at("2022-05-27T10:00")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend", newest(s, SECRETARY, "Udkast"))
    s.at("2022-05-27T11:00")
    new = s.at("2022-06-01T08:05")
    ok(to(new, "Dagsorden til") == sorted(MEMBERS + (SECRETARY,) + COMMITTEE), "the agenda has gone")
    s.at("2022-06-07T08:05")


def form(s):
    ok(s.at("2022-06-09T18:30") == [], "half an hour after the meeting: nothing")
    new = s.at("2022-06-09T19:01")
    ok(to(new, "Skema til referat") == [SECRETARY] and len(new) == 1, "one hour after: the form, to the secretary alone")
    text = text_of(new, SECRETARY)
    for line in ("Forum: Udsatterådet", "Tid: torsdag den 9. juni 2022 kl. 16.00–18.00", "Sted: Albertslund Rusmiddelcenter", "Referent: Rådets sekretær",
                 "Sagsnr.: 00.22.00-A00-1-22", "Ikke mødt: ingen"):
        ok(line in text, "its head says " + line)
    ok(re.search(r"Afbud: Natcaféens\s+repræsentant,\s+Brugerrepræsentant\s+Et\s+og\s+Jobcentrets\s+medarbejder", text) is not None, "three sent regrets")
    ok("ikke hørt" in text and "Socialpsykiatriens" in text, "it names the one who never answered")
    ok("1. Godkendelse af referat og dagsorden" in text and CANARY + " klage (lukket punkt)" in text, "it has the agenda's items")
    reply(s, SECRETARY, "Rådets sekretær", newest(s, SECRETARY, "Skema"), "Lederen var gæst, En studerende lyttede med\n\n" + "\n".join(quoted(newest(s, SECRETARY, "Skema"))))
    new = s.at("2022-06-09T20:00")
    text = text_of(new, SECRETARY, "Skema")
    ok("Gæster: Lederen" in text and "Observatører: En studerende" in text, "one line says who else was there")
    ok(not to(s.at("2022-06-10T08:05"), "Skema"), "the day after: nothing of it")


def draft(s):
    s.at("2022-06-13T08:00")
    reply(s, SECRETARY, "Rådets sekretær", newest(s, SECRETARY, "Skema"), filled(newest(s, SECRETARY, "Skema")))
    new = s.at("2022-06-13T09:00")
    text = text_of(new, SECRETARY, "Vi har fået referatet")
    ok(len(new) == 1 and "kl. 09.10" in text and "7 får det hele" in text, "handed in: a receipt says when the draft goes, and to how many: %s" % to(new, ""))
    ok("Kim Nabo" in text, "it names the one whose promise cannot be reminded")
    new = s.at("2022-06-13T09:11")
    ok(to(new, "Udkast til referat") == sorted(CAME + (SECRETARY,)) and len(new) == 7, "the draft goes to those who were there, nobody else: %s" % to(new, "Udkast"))
    ok(all(CANARY in text_of(new, who) for who in CAME), "they may read the closed item")
    ok("mandag den 20. juni" in text_of(new, VICE), "seven days")
    s.answers(VICE, "Næstformanden", "Ingen bemærkninger")
    s.answers(CHAIR, "Formanden", "Det er fint.")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend referatet", newest(s, SECRETARY, "Udkast til referat"))
    new = s.at("2022-06-14T10:00")
    ok("ikke godkendt endnu" in text_of(new, SECRETARY) and s.sql("SELECT state FROM minutes ORDER BY version DESC LIMIT 1").strip() == "draft", "a release before the days are over is none")
    s.answers(DRUG, "Rusmiddelcentrets medarbejder", "Punkt 5 er forkert. Det var 4.900 kr. til frokostordningen, ikke til madpakker.", newest(s, DRUG, "Udkast til referat"))
    new = s.at("2022-06-15T10:00")
    text = text_of(new, SECRETARY, "Indsigelse")
    ok("om punkt 5, Økonomi" in text and "frokostordningen" in text and "Sidste år blev der brugt 4.900 kr. på madpakker" in text, "an objection: the secretary sees it beside the item")
    ok(s.at("2022-06-21T08:05") == [], "the clock stands: the seven days end, and nothing happens")


def release(s):
    reply(s, SECRETARY, "Rådets sekretær", newest(s, SECRETARY, "Indsigelse"),
          "Punkt 5:\nSidste år blev der brugt 4.900 kr. på frokostordningen.\nBeslutning: Der er bevilget op til 5.000 kr. til frokostordningen i år.\n")
    s.at("2022-06-21T09:00")
    new = s.at("2022-06-21T09:11")
    text = text_of(new, DRUG, "Rettet udkast")
    ok(to(new, "Rettet udkast") == sorted(CAME + (SECRETARY,)), "the corrected draft goes to the same")
    ok("Før:" in text and "> Nyt: Sidste år" in text and "på madpakker" in text and "på frokostordningen" in text and "Varmestuens repræsentant" in text, "old and new are marked, the rest is as it was")
    new = s.at("2022-06-25T08:05")
    ok(to(new, "Referatet kan godkendes") == [SECRETARY] and len(new) == 1, "three days more, and it is her turn: %s" % [str(m["Subject"]) for _, m, _ in new])
    lead = newest(s, SECRETARY, "Referatet kan godkendes")
    ok("regner vi for et ja" in plain(lead).replace("\n", " "), "who is silent agrees, as the body's rule says")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend referatet", newest(s, SECRETARY, "Udkast til referat"))
    new = s.at("2022-06-25T09:00")
    ok("ikke et svar på det nyeste" in text_of(new, SECRETARY).replace("\n", " "), "a yes to the old draft releases nothing")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend referatet", newest(s, SECRETARY, "Det nyeste udkast"))
    new = s.at("2022-06-25T10:00")
    ok(to(new, "Referatet er godkendt") == [SECRETARY] and "kl. 10.10" in text_of(new, SECRETARY), "released; ten minutes to stop it")
    ok(s.at("2022-06-25T10:05") == [], "within them: nothing")
    new = s.at("2022-06-25T10:11")
    ok(to(new, "Referat af møde") == sorted(MEMBERS + (SECRETARY,) + COMMITTEE), "then to the council and the committee: %s" % to(new, "Referat af"))
    ok(all(CANARY in text_of(new, who) for who in MEMBERS), "members read it whole")
    ok(all("Lukket punkt" in text_of(new, who) and CANARY not in text_of(new, who) and "frokostordningen" in text_of(new, who) for who in COMMITTEE), "the committee reads the open part")
    ok(s.sql("SELECT state FROM meeting WHERE slug = 'udsatteraad/2022-06-09'").strip() == "minutes-released", "the meeting is done")
    ok("to bænke mere" in text_of(new, "borger@mail.example").replace("\n", " "), "the citizen who proposed a point hears what came of it")
    # one who was there comments too late
    s.answers(MIND, "Socialpsykiatriens medarbejder", "Punkt 6: Det var os, der roste svaret. Ret det.", newest(s, MIND, "Referat af møde"))
    new = s.at("2022-06-26T10:00")
    ok("Fristen for bemærkninger er gået" in text_of(new, MIND).replace("\n", " ") and "8. september" in text_of(new, MIND), "too late: it is kept for the next meeting, and says so")


def promises(s):
    new = s.at("2022-06-27T08:05")
    mail = text_of(new, SECRETARY)
    wanted = re.findall(r"(?m)^(\d+)\. Aftale fra et referat", mail)
    ok(len(wanted) == 4, "the decision mail asks about three promises and what waits")
    s.answers(SECRETARY, "Rådets sekretær", ", ".join(n + " ok" for n in wanted), newest(s, SECRETARY, "beslut") if any("beslut" in str(m["Subject"]) for _, w, m in s.all if w == SECRETARY) else None)
    s.at("2022-06-27T09:00")
    ok(s.sql("SELECT count(*) FROM follow_up WHERE state = 'open'").strip() == "4", "all accepted")
    ok(to(s.at("2022-07-02T08:05"), "Husk aftalen") == [CHAIR], "the chair's day is near: he is reminded")
    s.answers(CHAIR, "Formanden", "Gjort")
    s.at("2022-07-02T10:00")
    ok(s.sql("SELECT state FROM follow_up WHERE name = 'Formanden'").strip() == "done", "«gjort»: it is done")
    new = s.at("2022-07-29T08:05")
    ok(to(new, "Husk aftalen") == [SECRETARY] and "Kim Nabo" in text_of(new, SECRETARY, "Husk aftalen"), "who has no address is reminded through the secretary")
    new = s.at("2022-08-12T08:05")
    ok(to(new, "Husk aftalen") == [WARM], "three days before: the member is reminded, once")
    s.answers(WARM, "Varmestuens repræsentant", "Det når jeg ikke. Ny dato: 15. september")
    s.at("2022-08-12T10:00")
    ok(s.sql("SELECT state FROM follow_up WHERE name LIKE 'Varme%'").strip() == "moved", "a new day")


def next_draft(s):
    new = s.at("2022-08-26T08:05")
    draft = text_of(new, SECRETARY, "Udkast til dagsorden").replace("\n> ", " ").replace("\n", " ")
    for words in ("Godkendelse af referat og dagsorden", "Referatet fra mødet torsdag den 9. juni 2022", "Det var os, der roste svaret", "Opfølgning",
                  "udsat til 15. september", "Kim Nabo: ser på bænkene", "Afventer KB den 21. juni: Forretningsorden", "Tema: Børn", "familiehuset",
                  "Bevilget i 2022: 5.000 kr. Brugt: 0 kr. Tilbage: 5.000 kr.", "Tema den 10. november: Sundhedsplejersker"):
        ok(words in draft, "the next draft has «%s»" % words)
    ok("inviterer oplægsholdere" not in draft, "what is done stands there no more")


def main():
    s = story.Story("Albertslund", "albertslund", SECRETARY, "2022-04-20T09:00", "T30-minutes.letters",
                    lambda text: text.replace("state = called", "state = planned").replace('	committee = "sus"\n', '	committee = "sus"\n' + RULES, 1), decisions=True)
    agenda(s)
    form(s)
    draft(s)
    release(s)
    promises(s)
    next_draft(s)
    ok(s.leaks(CANARY, MEMBERS + (SECRETARY,)) == [], "the closed item is read by nobody outside: %s" % s.leaks(CANARY, MEMBERS + (SECRETARY,)))
    ok(not any(CANARY in text for text in s.log), "nor in any line of the log")
    # what comes before the meeting, and the daily decision mail, other stories show
    s.lines = [block for block in s.lines if block[4:14] >= "2022-06-09" and not re.search(r"(?m)^Subject: .*\bvent", block)]
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
