# SPDX-License-Identifier: MIT
"""Two new councils look for members (Glostrup, June 2019): the call, twenty
applications and six nominations as people write them, the lists, the
appointments, the letters of decision, and the day on which all of it goes."""
import sys

import story
from story import ok, text_of, to

SECRETARY = "raad.sekretaer@glostrup.example"
USERS = "udsatteraad@glostrup.example"
NEWCOMERS = "integrationsraad@glostrup.example"
POLITICIANS = (("ole.vinter@glostrup.example", "Ole Vinter"), ("grethe.bak@glostrup.example", "Grethe Bak"), ("ib.krag@glostrup.example", "Ib Krag"))
CANARY = "Kanariefuglens liv"


def says(new, who):
    """What somebody got, on one line."""
    return " ".join(text_of(new, who).split())


def council(text):
    """The municipal council has named its own three."""
    people = "".join('\tperson "%s" {\n\t\tname = "%s"\n\t\trole = member\n\t\tseat = "municipal-council"\n\t}\n' % p for p in POLITICIANS)
    both = "".join('\tperson "%s" {\n\t\tname = "%s"\n\t\trole = member\n\t}\n' % p for p in POLITICIANS)
    text = text.replace('\tmeeting "2019-09-12" {', people + '\tmeeting "2019-09-12" {')
    return text.replace('\tcase-number = "00.22.02-A00-1-19"\n', '\tcase-number = "00.22.02-A00-1-19"\n' + both)


def calls(s):
    s.clock = story.stamp("2019-06-24T09:00")
    s.address = USERS
    out = s.raadspost("call", "open", "udsatteraad", "2019-08-12", "varmestuen@organisation.example")
    ok("udsatteraad is open until 2019-08-12" in out and "announced" in s.raadspost("call", "list"), "a command opens, too")
    ok("# Udsatterådet søger nye medlemmer" in s.raadspost("call", "page", "udsatteraad"), "and shows the text for the web page")
    s.raadspost("call", "stop", "udsatteraad")
    ok(s.sql("SELECT count(*) FROM call").strip() == "0", "and takes it back")
    s.writes(SECRETARY, "Rådenes sekretær", "Udsatterådet", "Åbn for ansøgninger til Udsatterådet, frist 12. august. Send til: varmestuen@organisation.example, "
             "natcafe@organisation.example og frivilligcenter@organisation.example")
    new = s.at("2019-06-24T09:01")
    ok(to(new, "Der åbnes") == [SECRETARY] and len(new) == 1, "the secretary opens: a receipt says when it goes")
    ok("2: brugere" in text_of(new, SECRETARY) and "byrådet" not in text_of(new, SECRETARY), "the free seats, without those that the municipal council names")
    page = [p for p in new[0][1].iter_attachments()][0]
    ok(page.get_filename() == "udsatteraad.md" and "udsatteraad@glostrup.example" in page.get_payload(decode=True).decode(), "with the text for the web page: %r" % page.get_payload(decode=True).decode()[:400])
    s.answers(SECRETARY, "Rådenes sekretær", "STOP")
    new = s.at("2019-06-24T09:05")
    ok(s.sql("SELECT count(*) FROM call").strip() == "0", "«STOP» in time: nothing is open")
    ok(s.at("2019-06-24T09:20") == [], "and nothing goes")

    s.writes(SECRETARY, "Rådenes sekretær", "Udsatterådet", "Åbn for ansøgninger til Udsatterådet, frist 12. august. Send til: varmestuen@organisation.example, "
             "natcafe@organisation.example og frivilligcenter@organisation.example")
    s.writes(SECRETARY, "Rådenes sekretær", "Integrationsrådet", "Kære Rådspost\n\nÅbn for ansøgninger til Integrationsrådet. Frist 12. august. Listen er vedhæftet.", address=NEWCOMERS,
             files=[("foreninger.csv", "text/csv", "Forening;Mail\r\nSomalisk forening;formand@somalisk.example\r\nDen tyrkiske forening;\"kontakt@tyrkisk.example\"\r\nigen;formand@somalisk.example\r\n".encode())])
    new = s.at("2019-06-24T10:00")
    ok(to(new, "Der åbnes") == [SECRETARY, SECRETARY], "both councils are opened")
    new = s.at("2019-06-24T10:15")
    ok(to(new, "Udsatterådet søger") == ["frivilligcenter@organisation.example", "natcafe@organisation.example", "varmestuen@organisation.example"], "the call goes to her list")
    ok(to(new, "Integrationsrådet søger") == ["formand@somalisk.example", "kontakt@tyrkisk.example"], "and to the addresses of the attached one, each once")
    s.writes(SECRETARY, "Rådenes sekretær", "Igen", "Åbn for ansøgninger til Udsatterådet, frist 1. september.", address=USERS)
    new = s.at("2019-06-24T11:00")
    ok("Der er ikke åbnet for ansøgninger" in to(new, "Der er ikke åbnet") or to(new, "Der er ikke åbnet") == [SECRETARY], "a second call beside an open one is refused, with the reason")


APPLICATIONS = (
    # who, name, subject, text, address
    ("birthe.solvang@mail.example", "Birthe Solvang", "Udsatteråd", "Hej\n\nDet vil jeg gerne være med i, udsatterådet. Jeg er bruger af varmestuen og frivillig om aftenen, så jeg ved, hvad det drejer sig om.\n\nHilsen Birthe Solvang", USERS),
    ("jonna.dam@mail.example", "Jonna Dam", "Ansøgning", "Kære Glostrup Kommune\n\nHermed ansøger jeg om at blive medlem af udsatterådet. Mit cpr nr er 010170-0000 hvis I skal bruge det. "
     "Jeg kommer som pårørende, for min søn har haft det svært i mange år. " + CANARY + ".\n\nmvh\nJonna Dam", USERS),
    ("kaj.brink@mail.example", "Kaj Brink", "Plads i rådet", "Jeg vil gerne søge en plads i udsatterådet.\n\nKaj Brink", USERS),
    ("lis.toft@mail.example", "Lis Toft", "Ansøgning til Udsatterådet", "Jeg søger en plads i Udsatterådet. Jeg er selv bruger af natcaféen og kan tale for dem, der ikke selv tør sige noget højt.\n\nLis Toft", USERS),
    ("per.holm@organisation.example", "Per Holm", "Ansøgning til Udsatterådet", "Jeg søger en plads i Udsatterådet. Jeg er formand for foreningen Åben Dør og har ti års erfaring med gadearbejde i byen.\n\nPer Holm", USERS),
    ("dorthe.ryg@organisation.example", "Dorthe Ryg", "Udsatterådet", "Jeg vil gerne stille op til Udsatterådet på vegne af foreningen Natcaféens Venner. Vi møder hundrede mennesker om ugen.\n\nDorthe Ryg", USERS),
    ("bent.skov@mail.example", "Bent Skov", "Rådet", "Jeg søger en plads i udsatterådet. Jeg er tidligere bruger og arbejder nu som peer-støtte, så jeg kender begge sider af bordet.\n\nBent Skov", USERS),
    ("varmestuen@organisation.example", "Varmestuen Kilden", "Ansøgning", "Jeg vil gerne søge en plads i udsatterådet. Jeg hedder Jimmy Storm og kommer i varmestuen hver dag, men jeg har ikke selv nogen mail.\n\nJimmy Storm", USERS),
    ("samuel.okoro@webmail.example", "Samuel Okoro", "Application for the integration council", "Hello,\n\nI would like to apply for a seat in the new integration council. I have lived in Glostrup for six years, "
     "I work at the hospital laundry where I am shop steward, and I coach the boys' football team.\n\nBest regards,\nSamuel Okoro", NEWCOMERS),
    ("amina.yusuf@mail.example", "Amina Yusuf", "Ansøgning til Integrationsrådet", "Jeg søger en plads i Integrationsrådet. Jeg bor i Glostrup og er formand for foreningen Horisont.\n\nAmina Yusuf", NEWCOMERS),
    ("mehmet.kaya@tyrkisk.example", "Mehmet Kaya", "Ansøgning", "Jeg vil gerne søge en plads i integrationsrådet på vegne af foreningen Den Tyrkiske Forening. Vi er hundrede medlemmer, og jeg bor i Glostrup.\n\nMehmet Kaya", NEWCOMERS),
    ("linh.tran@mail.example", "Linh Tran", "Integrationsrådet", "Jeg vil gerne være med i integrationsrådet. Jeg sidder i skolebestyrelsen på Nordvangskolen og bor i Glostrup med mine tre børn.\n\nLinh Tran", NEWCOMERS),
    ("hassan.ali@somalisk.example", "Hassan Ali", "Ansøgning til Integrationsrådet", "Jeg ansøger om en plads i Integrationsrådet. Jeg er i bestyrelsen og kommer fra en forening for somaliske familier. Jeg bor i Glostrup.\n\nHassan Ali", NEWCOMERS),
    ("olga.petrova@mail.example", "Olga Petrova", "Ansøgning", "Jeg søger en plads i Integrationsrådet.\n\nOlga Petrova", NEWCOMERS),
    ("maria.santos@mail.example", "Maria Santos", "Integrationsrådet", "Jeg vil gerne søge en plads i integrationsrådet. Jeg er frivillig i Røde Kors og bor i Glostrup. Jeg repræsenterer foreningen i byens netværk.\n\nMaria Santos", NEWCOMERS),
    ("tariq.aziz@mail.example", "Tariq Aziz", "To råd", "Jeg søger en plads i både Udsatterådet og Integrationsrådet. Jeg bor i Glostrup og er med i en forening, hvor vi laver mad til dem, der ikke har noget sted at være.\n\nTariq Aziz", USERS),
    ("nadia.rask@mail.example", "Nadia Rask", "Ansøgning til Integrationsrådet", "Jeg søger en plads i Integrationsrådet. Jeg bor i Glostrup og er tillidsrepræsentant på det store lager ved banen.\n\nNadia Rask", NEWCOMERS),
    ("vera.lund@mail.example", "Vera Lund", "Ansøgning til Udsatterådet", "Jeg søger en plads i Udsatterådet. Jeg kommer som pårørende til en bror, der har boet på gaden i mange år.\n\nVera Lund", USERS),
    ("erik.moos@mail.example", "Erik Moos", "Ansøgning til Udsatterådet", "Jeg søger en plads i Udsatterådet som brugerrepræsentant. Jeg har tid og lyst, og jeg kan godt lide møder.\n\nErik Moos", USERS),
)
NOMINATIONS = (
    ("ke.bruun@fjordnet.example", "Karl-Erik Bruun", "Forslag til medlem", "Jeg vil gerne foreslå Ruth Enggaard til det nye udsatteråd. Hun har i mange år hjulpet folk i opgangen med breve. Hendes mailadresse er ruth.enggaard@mail.example.\n\nKarl-Erik Bruun", USERS,
     "ruth.enggaard@mail.example", "Ruth Enggaard", "Ja, det vil jeg gerne. Jeg kommer fra en forening, der hedder Opgangen, og har tid."),
    ("tove.lang@mail.example", "Tove Lang", "Forslag", "Jeg foreslår Poul Hede til udsatterådet. Hans mail er poul.hede@mail.example.\n\nTove Lang", USERS, "poul.hede@mail.example", "Poul Hede", "Nej tak, det har jeg ikke kræfter til."),
    ("bo.friis@mail.example", "Bo Friis", "Et forslag", "Jeg foreslår Ida Vang som medlem af Udsatterådet. Hun har ikke mail.\n\nBo Friis", USERS, None, None, None),
    ("formand@somalisk.example", "Formanden", "Vi indstiller", "Vi indstiller Hodan Warsame til Integrationsrådet. Hendes mail er hodan.warsame@mail.example.", NEWCOMERS, "hodan.warsame@mail.example", "Hodan Warsame",
     "Ja tak. Jeg bor i Glostrup og er medlem af foreningen Somaliske Kvinder."),
    ("torben@fagforening.example", "Torben Sand", "Indstilling", "Vi indstiller Mikkel Staun til Integrationsrådet. Hans mail er mikkel.staun@mail.example.\n\nTorben Sand", NEWCOMERS, "mikkel.staun@mail.example", "Mikkel Staun", None),
    ("rita.berg@mail.example", "Rita Berg", "Forslag til Integrationsrådet", "Jeg foreslår Yasmin Noor til Integrationsrådet. Hendes mail er yasmin.noor@mail.example.\n\nRita Berg", NEWCOMERS, "yasmin.noor@mail.example", "Yasmin Noor",
     "Ja, gerne. Jeg bor i Glostrup og sidder i skolebestyrelsen."),
)


def people_write(s):
    for i, (who, name, subject, text, address) in enumerate(APPLICATIONS):
        s.writes(who, name, subject, text, address=address)
        if i % 4 == 3:
            s.at("2019-06-%02dT10:00" % (25 + i // 4))
    s.at("2019-07-01T10:00")
    ok(s.sql("SELECT count(*) FROM application WHERE replaced_by IS NULL").strip() == "19", "18 people of their own address and one for two councils: 19 applications")
    ok("ikke har noget sted at være" not in "".join(text_of([(w, m, 0)], w) for _, w, m in s.all if w == "tariq.aziz@mail.example"), "a receipt quotes nothing")
    receipt = [m for _, w, m in s.all if w == "tariq.aziz@mail.example"]
    ok(len(receipt) == 1 and "Udsatterådet: nummer" in story.plain(receipt[0]) and "Integrationsrådet: nummer" in story.plain(receipt[0]), "for two councils in one mail: one receipt with both")
    ok("010170-0000" not in s.sql("SELECT words FROM application"), "the CPR number is masked")
    shared = [m for _, w, m in s.all if w == "varmestuen@organisation.example"][-1]
    ok("Sekretæren tager kontakt" in story.plain(shared) and s.sql("SELECT count(*) FROM nomination WHERE name = 'Jimmy Storm' AND state = 'no-address'").strip() == "1",
       "from a shared mailbox: kept as a proposal until he himself says yes")

    # what was missing
    kaj = [m for _, w, m in s.all if w == "kaj.brink@mail.example"][-1]
    ok("Vi mangler lidt" in story.plain(kaj) and "Hvor bor du" not in story.plain(kaj), "what this council wants is asked for once")
    s.answers("kaj.brink@mail.example", "Kaj Brink", "Jeg er bruger af væresteder i byen og har været formand for en beboergruppe på herberget.", kaj)
    olga = [m for _, w, m in s.all if w == "olga.petrova@mail.example"][-1]
    ok("Hvor bor du" in story.plain(olga), "and what the other wants")
    s.answers("olga.petrova@mail.example", "Olga Petrova", "Glostrup. Jeg er rengøringsassistent og vil gerne hjælpe nye borgere i gang.", olga)
    # a second one replaces the first; one is taken back, and taken back again
    s.writes("erik.moos@mail.example", "Erik Moos", "Igen", "Jeg søger en plads i Udsatterådet. Jeg er bruger, og jeg har nu også meldt mig som frivillig i cafeen hver onsdag.\n\nErik Moos", address=USERS)
    s.writes("vera.lund@mail.example", "Vera Lund", "Ansøgning", "Hej\n\nJeg trækker min ansøgning tilbage.\n\nVera", address=USERS)
    new = s.at("2019-07-02T10:00")
    ok("beboergruppe" in s.sql("SELECT words FROM application_note") and s.sql("SELECT count(*) FROM application_note WHERE resident = 1").strip() == "1", "the answers complete the applications")
    ok(s.sql("SELECT state FROM application WHERE email = 'vera.lund@mail.example'").strip() == "withdrawn", "«jeg trækker min ansøgning tilbage» is done at once")
    ok("erstatter" in text_of(new, "erik.moos@mail.example"), "a second application replaces the first, and says so")
    s.answers("vera.lund@mail.example", "Vera Lund", "FORTRYD")
    s.at("2019-07-02T12:00")
    ok(s.sql("SELECT state FROM application WHERE email = 'vera.lund@mail.example'").strip() == "received", "and undone by FORTRYD")

    for who, name, subject, text, address, _, _, _ in NOMINATIONS:
        s.writes(who, name, subject, text, address=address)
    new = s.at("2019-07-03T10:00")
    ok(len(to(new, "Må vi foreslå dig")) == 5, "five of the proposed are asked")
    s.sends("fremmed@evil.example", "Ruth Enggaard", "SV: Må vi foreslå dig", "Ja, det vil jeg gerne.", USERS, True, s.last["ruth.enggaard@mail.example"], ())
    s.at("2019-07-03T11:00")
    ok(s.sql("SELECT state FROM nomination WHERE email = 'ruth.enggaard@mail.example'").strip() == "asked", "a yes from another address counts for nothing")
    for _, _, _, _, _, nominee, name, words in NOMINATIONS:
        if words:
            s.answers(nominee, name, words)
    s.at("2019-07-04T10:00")
    ok(s.sql("SELECT group_concat(state) FROM (SELECT state FROM nomination WHERE name IS NOT 'Jimmy Storm' ORDER BY nomination_id)").strip() == "consented,refused,no-address,consented,asked,consented",
       "three say yes, one no; one is silent, one has no address")
    ok(s.sql("SELECT count(*) FROM nomination WHERE name = 'Poul Hede'").strip() == "0", "of the one who said no nothing is left")


def bad_input(s):
    s.writes("rosa.bech@mail.example", "Rosa Bech", "Forslag", "Jeg foreslår Ole Vinter til Udsatterådet.\n\nRosa Bech", address=USERS)
    s.writes("finn.dal@mail.example", "Finn Dal", "Et forslag", "Jeg foreslår Grethe Bak til Integrationsrådet.\n\nFinn Dal", address=NEWCOMERS)
    s.writes("gerda.lau@mail.example", "Gerda Lau", "Forslag til rådet", "Jeg foreslår Svend Aage Lau til Udsatterådet. Han er desværre død nu, men han fortjener det.\n\nGerda Lau", address=USERS)
    s.writes("ugo.nord@mail.example", "Ugo Nord", "Mit forslag", "Jeg foreslår Karl Sten, ugo.nord@mail.example, til Udsatterådet.", address=USERS)
    s.writes("byg@mail.example", "Byg Herre", "Ansøgning om byggetilladelse", "Jeg ansøger om tilladelse til at bygge en carport på Solvej 4.\n\nByg Herre", address=USERS)
    for i in range(20):
        s.writes("ivrig@mail.example", "Ivrig Bæk", "Ansøgning nr. %d" % i, "Jeg søger en plads i Udsatterådet som brugerrepræsentant, og jeg har rigtig mange gode grunde til det.\n\nIvrig Bæk", address=USERS)
    new = s.at("2019-07-05T10:00")
    ok("sidder allerede i rådet" in says(new, "rosa.bech@mail.example"), "a member is proposed: a clear answer")
    ok("er politiker" in says(new, "finn.dal@mail.example"), "a politician is proposed: a clear answer")
    ok("Sekretæren læser din mail" in says(new, "gerda.lau@mail.example") and s.sql("SELECT count(*) FROM nomination WHERE by_email = 'gerda.lau@mail.example'").strip() == "0", "somebody dead: nobody is written to")
    ok("din egen mailadresse" in says(new, "ugo.nord@mail.example"), "oneself by another name: asked")
    ok("noget andet end en plads" in says(new, "byg@mail.example"), "a building permit: where it belongs")
    s.lines = [text for text in s.lines if " to ivrig@" not in text.split("\n")[0]]  # twenty alike, in any order
    ok(s.sql("SELECT count(*) FROM application WHERE email = 'ivrig@mail.example' AND replaced_by IS NULL").strip() == "1", "twenty times from one sender: one counts")
    ok(len([1 for w, m, _ in new if w == SECRETARY and "Ny ansøgning" in str(m["Subject"])]) == 1, "and the secretary hears of it once")
    s.writes("ivrig@mail.example", "Ivrig Bæk", "Farvel", "Jeg trækker min ansøgning tilbage.", address=USERS)
    s.at("2019-07-06T12:00")


def deadline(s):
    new = s.at("2019-08-05T08:05")
    ok(to(new, "Sidste uge") == ["formand@somalisk.example", "frivilligcenter@organisation.example", "kontakt@tyrkisk.example", "natcafe@organisation.example", "varmestuen@organisation.example"],
       "a week before: those on the list who have not written are reminded: %s" % to(new, "Sidste uge"))
    ok([n for n in s.at("2019-08-12T20:00") if "Ansøgerne" in str(n[1]["Subject"])] == [], "on the last day: no list yet")
    new = s.at("2019-08-13T08:05")
    ok(to(new, "Ansøgerne til Udsatterådet") == [SECRETARY] and to(new, "Ansøgerne til Integrationsrådet") == [SECRETARY], "the day after: the lists, to the secretary alone")
    ok(s.sql("SELECT count(*) FROM call_address").strip() == "0", "the addresses of her list are gone")
    s.lists = {}
    for who, msg, _ in new:
        if str(msg["Subject"]).startswith("Ansøgerne"):
            s.lists[str(msg["Subject"]).split()[-1]] = msg
    letter = s.lists["Udsatterådet"]
    case = [p for p in letter.iter_attachments()][0].get_payload(decode=True).decode()
    ok(CANARY in case and CANARY not in story.plain(letter), "what they wrote stands in the file alone, not in the table")
    ok("ikke sagt" in story.plain(letter) or "passer til" in story.plain(letter), "for each which seats fit, by what was said")
    s.numbers = dict((line.split(". ", 1)[1].split(" – ")[0].split(" (")[0], line.split(".")[0]) for name in s.lists for line in story.plain(s.lists[name]).split("\n")
                     if line[:1].isdigit() and " – passer til" in line)
    s.writes("sen.ansoeger@mail.example", "Sanne Ek", "Ansøgning til Udsatterådet", "Jeg søger en plads i Udsatterådet. Jeg er bruger og opdagede det først nu, men jeg håber, at I kan bruge mig.\n\nSanne Ek", address=USERS)
    new = s.at("2019-08-14T09:00")
    ok("Må vi gemme den til næste gang" in text_of(new, "sen.ansoeger@mail.example"), "after the deadline: may it be kept?")
    ok(s.sql("SELECT state FROM application WHERE email = 'sen.ansoeger@mail.example'").strip() == "late", "it is not on the list")
    s.answers("sen.ansoeger@mail.example", "Sanne Ek", "JA")
    s.at("2019-08-14T10:00")
    ok(s.sql("SELECT state FROM application WHERE email = 'sen.ansoeger@mail.example'").strip() == "received", "kept by her own word")


def appointments(s):
    n = s.numbers
    chosen = [n[name] for name in ("Birthe Solvang", "Lis Toft", "Per Holm", "Ruth Enggaard")]
    users = s.lists["Udsatterådet"]
    s.answers(SECRETARY, "Rådenes sekretær", "udpeg 1, 2, 3 reserve", users)
    new = s.at("2019-08-28T09:00")
    ok("på to måder" in text_of(new, SECRETARY), "what can be read in two ways is asked")
    s.answers("per.holm@organisation.example", "Per Holm", "udpeg %s; afslag til resten" % n["Per Holm"], users)
    s.at("2019-08-28T09:30")
    ok(s.sql("SELECT count(*) FROM candidate WHERE outcome IS NOT NULL").strip() == "0", "an applicant appoints nobody")
    s.answers(SECRETARY, "Rådenes sekretær", "Udpeg %s og %s.\nAfslag til resten." % (", ".join(chosen[:2]), n["Bent Skov"]), users)
    new = s.at("2019-08-28T10:00")
    ok("Efter rådets regler mangler der stadig" in text_of(new, SECRETARY, "Udpegningen"), "she sees what the rules still want")
    s.answers(SECRETARY, "Rådenes sekretær", "STOP")
    s.at("2019-08-28T10:05")
    ok(s.sql("SELECT count(*) FROM candidate WHERE outcome IS NOT NULL").strip() == "0" and s.sql("SELECT state FROM call WHERE call_id = (SELECT min(call_id) FROM call)").strip() == "closed", "and stops it")
    s.answers(SECRETARY, "Rådenes sekretær", "Udpeg %s og %s.\n%s og %s på reservelisten.\nAfslag til resten." % (", ".join(chosen[:3]), chosen[3], n["Bent Skov"], n["Dorthe Ryg"]), users)
    new = s.at("2019-08-28T11:00")
    ok("mangler stadig" not in text_of(new, SECRETARY, "Udpegningen"), "four who fill the four seats: nothing is wanted")
    new = s.at("2019-08-28T11:15")
    ok(to(new, "Du har fået en plads") == sorted(("birthe.solvang@mail.example", "lis.toft@mail.example", "per.holm@organisation.example", "ruth.enggaard@mail.example")), "four letters of appointment")
    ok("nummer 1 på reservelisten" in " ".join(text_of(new, "bent.skov@mail.example").split()) and "nummer 2" in text_of(new, "dorthe.ryg@organisation.example"), "two on the reserve list, in her order")
    ok(len(to(new, "Svar på din ansøgning")) == len(new) - 6 and len(new) > 10, "and a kind no to each of the others")
    ok(s.sql("SELECT count(*) FROM place JOIN body USING (body_id) WHERE slug = 'udsatteraad' AND role = 'member' AND until_day IS NULL").strip() == "7", "seven members sit in Udsatterådet")
    s.answers(SECRETARY, "Rådenes sekretær", "STOP", [m for _, w, m in s.all if w == SECRETARY and str(m["Subject"]).startswith("Udpegningen")][-1])
    new = s.at("2019-08-28T12:00")
    ok(to(new, "Det kan vi ikke selv tage tilbage") == [SECRETARY], "too late to stop: the letters have left, and it says so")

    new = s.at("2019-10-04T08:05")
    ok(to(new, "Ansøgerne til Integrationsrådet venter") == [SECRETARY], "a week before the promised day she hears of those who wait")
    chosen = [n[name] for name in ("Samuel Okoro", "Amina Yusuf", "Mehmet Kaya", "Linh Tran", "Hassan Ali", "Maria Santos", "Hodan Warsame")]
    s.answers(SECRETARY, "Rådenes sekretær", "Udpeg %s og %s\n%s på reservelisten\nafslag til resten" % (", ".join(chosen[:6]), chosen[6], n["Yasmin Noor"]), s.lists["Integrationsrådet"])
    s.at("2019-10-07T09:00")
    new = s.at("2019-10-07T09:15")
    ok(len(to(new, "Du har fået en plads")) == 7, "seven are appointed to Integrationsrådet")
    ok(s.sql("SELECT count(*) FROM place JOIN body USING (body_id) WHERE slug = 'integrationsraad' AND role = 'member' AND until_day IS NULL").strip() == "7", "and sit there")
    ok(s.sql("SELECT count(*) FROM call WHERE state = 'ended'").strip() == "2", "both calls have ended")


def the_end(s):
    new = []
    for day in ("2019-08-20", "2019-09-05"):
        pass
    for when in ("2019-12-17T04:00", "2019-12-17T08:05", "2020-01-02T04:00", "2020-01-10T04:00", "2020-03-01T04:00", "2020-03-02T04:00"):
        new += s.at(when)
    left = s.sql("SELECT state || ' ' || email FROM application ORDER BY 1").split("\n")[:-1]
    ok(all(line.startswith("accepted") or line.startswith("reserve") or line.startswith("received sen.") for line in left) or not left, "after the period only the appointed are left: %s" % [x for x in left if not x.startswith("accepted")])
    ok(CANARY not in s.sql(".dump"), "nobody's words are left in the database")


def main():
    s = story.Story("glostrup", "glostrup", SECRETARY, "2019-06-24T08:00", "T40-glostrup.letters", council)
    calls(s)
    people_write(s)
    bad_input(s)
    deadline(s)
    appointments(s)
    the_end(s)
    allowed = {SECRETARY}
    ok(s.leaks(CANARY, allowed) == [], "an applicant's words are read by the secretary alone: %s" % s.leaks(CANARY, allowed))
    ok(not any(CANARY in text for text in s.log), "nor in any line of the log")
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
