# SPDX-License-Identifier: MIT
"""Mixed mails as people and machines write them to a council: applications,
nominations, regrets, points, questions, automatic replies, newsletters, with
and without HTML and quotation.

Every mail has an own sender, Message-ID and words, so that none is taken for
another; the same number gives the same bytes."""
import quopri
import random

FIRST = "Anna Bodil Carl Dorthe Erik Freja Gunnar Hanne Ivar Jytte Knud Lise Mads Nanna Orla Pia".split()
LAST = "Solvang Enggaard Bruun Holmstrup Lykke Vester Storm Ravn Dam Lund Skov Toft Hede Bakke".split()
TEXTS = [
    ("Udsatteråd", "Hej\n\nJeg vil gerne søge en plads i Udsatterådet. Jeg har boet på herberg i {n} måneder og vil gerne hjælpe andre.\n\nHilsen {name}\n"),
    ("Ansøgning", "Kære kommune\n\nHermed ansøger jeg om at blive medlem af Udsatterådet. Jeg er pårørende og har tid om eftermiddagen, gerne {n} timer.\n\nMed venlig hilsen\n{name}\n"),
    ("Forslag til medlem", "Jeg vil gerne foreslå {other} til Udsatterådet. Hun kender {n} familier i opgangen og taler med alle.\n\nVenlig hilsen\n{name}\n"),
    ("Indstilling", "Foreningen indstiller {other} til Udsatterådet. Skriv til {nominee}, hun har sagt ja {n} gange.\n\nVenlig hilsen\n{name}\n"),
    ("Spørgsmål", "Goddag\n\nHvor tit mødes rådet, og hvornår er det næste gang? Jeg har spurgt {n} gange.\n\nHilsen {name}\n"),
    ("Punkt til dagsordenen", "Jeg vil gerne have et punkt på dagsordenen til næste møde i Udsatterådet: de {n} bænke på torvet, som er fjernet.\n\nmvh {name}\n"),
    ("Application", "Hello,\n\nI would like to apply for a seat in Udsatterådet. I have lived here for {n} years.\n\nBest regards\n{name}\n"),
]
MACHINES = [
    ("Automatisk svar: Dagsorden", "Jeg er på ferie og svarer igen om {n} dage.\n", "Auto-Submitted: auto-replied\n"),
    ("Nyt fra foreningerne", "Kursus nr. {n} i bestyrelsesarbejde.\n", "List-Id: <nyt.forening.example>\nPrecedence: bulk\n"),
]
QUOTE = ("\nDen 24. juni 2019 kl. 08.00 skrev Rådspost <raadspost@{domain}>:\n\n> Glostrup Kommune opretter to nye råd.\n"
         "> Skriv en mail med et par ord om dig selv, hvis du vil være med.\n>\n> Venlig hilsen\n> Rådspost\n")


def word(text):
    return text if text.isascii() else "=?utf-8?Q?" + quopri.encodestring(text.encode(), header=True).decode().replace("=\n", "").replace("?", "=3F") + "?="


def mail(i, domain, senders="example"):
    rnd = random.Random(i)
    name = "%s %s" % (rnd.choice(FIRST), rnd.choice(LAST))
    other = "%s %s" % (rnd.choice(FIRST), rnd.choice(LAST))
    sender = "%s.%d@mail%d.%s" % (name.split()[0].lower(), i, i % 40, senders)
    extra = ""
    if i % 8 == 7:
        subject, text, extra = MACHINES[i // 8 % 2]
    else:
        subject, text = TEXTS[i % len(TEXTS)]
    text = text.format(n=i, name=name, other=other, nominee="%s.%d@nominee.%s" % (other.split()[0].lower(), i, senders))
    html = i % 3 == 0 and not extra
    if i % 4 == 1:
        text += QUOTE.format(domain=domain)
    where = sender.split("@")[1]
    head = ("Return-Path: <{s}>\nDelivered-To: raadspost@{d}\nAuthentication-Results: mx.{d};\n\tdkim=pass header.d={w};\n\tspf=pass smtp.mailfrom={s};\n"
            "\tdmarc=pass header.from={w}\nReceived: from mail.{w} (mail.{w} [198.51.100.7])\n\tby mx.{d} (Postfix) with ESMTPS id 4C{i:07d}\n"
            "\tfor <udsatteraad@{d}>; Tue, 25 Jun 2019 10:00:00 +0200\nFrom: {n} <{s}>\nTo: <udsatteraad@{d}>\nSubject: {sub}\n"
            "Date: Tue, 25 Jun 2019 10:{m:02d}:{sec:02d} +0200\nMessage-ID: <b{i}@{w}>\nMIME-Version: 1.0\n{x}").format(
                s=sender, d=domain, w=where, i=i, n=name, sub=word(subject), m=i // 60 % 60, sec=i % 60, x=extra)
    qp = lambda t: quopri.encodestring(t.encode()).decode()
    if html:
        body = "".join("<p>%s</p>" % line.replace("<", "&lt;") for line in text.split("\n") if line)
        return (head + 'Content-Type: multipart/alternative; boundary="=_b%d"\n\n' % i
                + '--=_b%d\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n%s\n' % (i, qp(text))
                + '--=_b%d\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n%s\n--=_b%d--\n' % (i, qp("<html><body>%s</body></html>" % body), i))
    return head + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + qp(text)


def data(i, domain, senders="example"):
    return mail(i, domain, senders).replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")
