# SPDX-License-Identifier: MIT
"""The demonstration: for each of the five councils, the mails that people
wrote are laid into its mailbox, `raadspost once` does one pass, and what came
in, what was understood and what went out is told. The day after, somebody
answers a letter that came, and it is told again. The servers, the programs,
the mails and the letters are real; only the date is that of the case."""
import datetime
import email
import email.policy
import email.utils
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import time

BUILD = os.environ["BUILD"]
SERVERS = os.environ["SERVERS_DIR"]
OUT = os.path.abspath("build/demo")
SECRET = "demo"
CASES = (
    ("glostrup", "Glostrup", "raad.sekretaer@glostrup.example", "2019-06-28T09:00:00+02:00", "Two new councils look for members; people apply and propose others."),
    ("gladsaxe", "Gladsaxe", "sekretaer@gladsaxe.example", "2023-10-26T09:00:00+02:00", "The dialogue meeting with the committee is near: who comes, and which topics first?"),
    ("albertslund", "Albertslund", "sekretaer@albertslund.example", "2022-05-23T12:00:00+02:00", "Before an ordinary meeting: a point for the agenda, and regrets in passing."),
    ("koebenhavn", "København", "projekt@koebenhavn.example", "2015-09-03T09:00:00+02:00", "Workshops about the future drop-in offers: a citizen has an idea."),
    ("roedovre", "Rødovre", "raadssekretaer@roedovre.example", "2019-08-19T12:00:00+02:00", "The administration asks the council for its opinion, with a deadline."),
)
CONFIG = """municipality = "{municipality}"
mailbox = "raadspost@{case}.example"
secretary = "{secretary}"
mode = live
phone-help = "Lægevagten 12 34 56 78"
database = "{dir}/raadspost.db"
imap {{ host = "127.0.0.1" port = {imap} ca-file = "{ca}" secret = "imap" }}
smtp {{ host = "127.0.0.1" port = {smtp} ca-file = "{ca}" secret = "smtp" user = "raadspost@{case}.example" }}
trust {{ authserv-id = "mx.{case}.example" hosts = {{ "mx.{case}.example" }} }}
"""
WIDTH = 78
missing = []


def say(text="", indent=0):
    for line in text.split("\n"):
        print(textwrap.fill(line, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent) if line else "")


def heading(text):
    print("\n" + text + "\n" + "─" * len(text))


class Council:
    def __init__(self, case, town, secretary, clock):
        self.case, self.clock = case, clock
        self.dir = os.path.join(SERVERS, "demo", case)
        self.out = os.path.join(OUT, case)
        self.user = "raadspost@%s.example" % case
        os.makedirs(self.dir)
        os.makedirs(self.out)
        with open(os.path.join(self.dir, "raadspost.conf"), "w") as out:
            out.write(CONFIG.format(case=case, municipality=re.search(r'municipality = "(.*)"', open("seeds/%s/council.conf" % case, encoding="utf-8").read()).group(1), secretary=secretary, dir=self.dir, ca=os.environ["SERVERS_CA"], imap=os.environ["SERVERS_IMAPS_PORT"],
                                    smtp=os.environ["SERVERS_SMTPS_PORT"]))
        for name in ("imap", "smtp"):
            with open(os.open(os.path.join(self.dir, name), os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
                out.write(SECRET)
        self.told = set()

    def raadspost(self, command, *args):
        done = subprocess.run([os.path.join(BUILD, "raadspost"), command, "--config", os.path.join(self.dir, "raadspost.conf"), "--clock", self.clock, *args],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        if done.returncode != 0:
            missing.append("%s: raadspost %s ended with %d" % (self.case, command, done.returncode))
            say("raadspost %s: %s" % (command, (done.stdout + done.stderr).decode("utf-8", "replace")[-800:]))
        return done.stdout.decode("utf-8", "replace")

    def box(self, who, folder=""):
        where = os.path.join(SERVERS, "mail", who, "Maildir", folder)
        return sorted((f for sub in ("new", "cur") for f in glob.glob(os.path.join(where, sub, "*"))), key=os.path.getmtime)

    def lay(self, data):
        """A mail as the mailbox's server leaves it."""
        new = os.path.join(SERVERS, "mail", self.user, "Maildir", "new")
        for sub in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(os.path.dirname(new), sub), exist_ok=True)
        self.n = getattr(self, "n", 0) + 1
        with open(os.path.join(new, "%d.M%dP1.demo" % (time.time(), self.n)), "wb") as out:
            out.write(data)
        subprocess.run(["chown", "-R", "mail:mail", os.path.join(SERVERS, "mail", self.user)], check=True)

    def why(self, mail):
        """What `raadspost show mail N` says of it, without the lexicon's lines."""
        shown = json.loads(self.raadspost("show", "mail", str(mail), "--json"))
        lines = (shown.get("why") or shown.get("reason") or "").split("\n")
        kept = [re.sub(r" \([a-z]+\.lexicon:\d+\)", "", line) for line in lines if not line.startswith(("left out", "thread"))]
        return list(dict.fromkeys(kept))

    def letters(self):
        """What has come to anybody of it since last time, as (who, message)."""
        new = []
        for box in sorted(glob.glob(os.path.join(SERVERS, "mail", "*"))):
            who = os.path.basename(box)
            for f in self.box(who) if who != self.user else ():
                if f in self.told:
                    continue
                msg = email.message_from_binary_file(open(f, "rb"), policy=email.policy.default)
                if self.user.split("@")[1] not in str(msg["From"]):
                    continue
                self.told.add(f)
                name = "%02d-%s.eml" % (len(self.told), re.sub(r"[^a-z0-9.@-]", "", who))
                shutil.copy(f, os.path.join(self.out, name))
                new.append((who, msg, name))
        return new

    def round(self):
        before = {m["mail"] for m in json.loads(self.raadspost("list", "mail", "--json") or "[]")}
        self.raadspost("once")
        rows = [m for m in json.loads(self.raadspost("list", "mail", "--json") or "[]") if m["mail"] not in before]
        sent = sum(1 for m in json.loads(self.raadspost("list", "letters", "--json") or "[]") if m["state"] == "sent")
        until = time.monotonic() + 10
        new = self.letters()
        while len(self.told) < sent and time.monotonic() < until:
            time.sleep(0.05)
            new += self.letters()
        if len(self.told) != sent:
            missing.append("%s: %d letters sent, %d arrived" % (self.case, sent, len(self.told)))
        return rows, new


def words(msg, lines=8):
    body = msg.get_body(("plain",))
    text = body.get_content() if body else ""
    kept = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip() and not line.startswith(">")]
    return "\n".join(kept[:lines]) + ("\n…" if len(kept) > lines else "")


OUTCOME = {"act": "done by itself", "ask": "asked", "human": "to the secretary", "silent": "no answer"}


def tell(council, came, rows, letters):
    say("What came in")
    for msg in came:
        name = email.utils.parseaddr(str(msg["From"]))[0] or str(msg["From"])
        print()
        say("%s writes: «%s»" % (name, msg["Subject"]), 2)
        say(words(msg, 6), 6)
    print()
    say("What was understood")
    for row in sorted(rows, key=lambda r: r["mail"]):
        say("%s: «%s»" % (OUTCOME.get(row["outcome"], row["outcome"]), row["subject"] or "(no subject)"), 2)
        for line in council.why(row["mail"]):
            say(line, 6)
    print()
    say("What went out")
    same = {}
    for who, msg, name in letters:
        same.setdefault(str(msg["Subject"]), []).append((who, msg, name))
    for subject, ones in same.items():
        who, msg, name = ones[0]
        print()
        say("to %s: «%s»  [%s]" % (who, subject, name), 2)
        say(words(msg, 12), 6)
        if len(ones) > 1:
            say("The same, each in a letter of their own, to " + ", ".join(one[0] for one in ones[1:]), 6)


def reply(council, who, name, letter, text, date):
    """An answer as a phone writes it, to a letter that really came."""
    quoted = "\n".join("> " + line for line in words(letter, 40).split("\n"))
    data = ("Return-Path: <{w}>\nDelivered-To: {us}\nAuthentication-Results: mx.{c}.example;\n\tdkim=pass header.d={d};\n\tdmarc=pass header.from={d}\n"
            "Received: from mail.{d} (mail.{d} [198.51.100.9])\n\tby mx.{c}.example (Postfix) with ESMTPS id 4D01;\n\t{date}\n"
            "From: {n} <{w}>\nTo: {to}\nSubject: SV: {s}\nDate: {date}\nMessage-ID: <answer-{i}@{d}>\nIn-Reply-To: {m}\nReferences: {m}\n"
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{t}\n\nDen {day} skrev {f}:\n\n{q}\n").format(
                w=who, us=council.user, c=council.case, d=who.split("@")[1], date=date, n=name, to=email.utils.parseaddr(str(letter["Reply-To"] or letter["From"]))[1],
                s=email.header.Header(str(letter["Subject"]), "utf-8").encode(), i=council.n, m=letter["Message-ID"], t=text, day=letter["Date"].datetime.strftime("%d-%m-%Y kl. %H.%M"),
                f=email.utils.parseaddr(str(letter["From"]))[1], q=quoted)
    data = data.replace("\n", "\r\n").encode()
    council.lay(data)
    return email.message_from_bytes(data, policy=email.policy.default)


# What people answer to the letters that just came: when, and who writes what
# to the letter whose subject begins so.
ANSWERS = {
    "glostrup": ("Glostrup, the day after: two of them answer", "2019-06-29T11:00:00+02:00", (
        ("ruth.enggaard@mail.example", "Ruth Enggaard", "Må vi foreslå", "Ja, det vil jeg gerne."),
        ("birthe.solvang@mail.example", "Birthe Solvang", "Din ansøgning", "FORTRYD"))),
    "gladsaxe": ("Gladsaxe, the day after: the chair approves, and the agenda goes out", "2023-10-27T11:00:00+02:00", (
        ("formand@brugere.example", "Formanden", "Udkast til dagsorden", "Godkendt"),)),
    "albertslund": ("Albertslund, the day after: the secretary plans a meeting by answering", "2022-05-24T11:00:00+02:00", (
        ("sekretaer@albertslund.example", "Rådets sekretær", "Intet venter", "Nyt møde torsdag den 23. juni 2022 kl. 16-18 på Værestedet."),)),
    "koebenhavn": ("København, the day after: the secretary changes the draft and answers what waited", "2015-09-04T11:00:00+02:00", (
        ("projekt@koebenhavn.example", "Projektets sekretær", "Udkast til dagsorden", "Flyt punkt 2 til punkt 4, og slet punkt 3."),
        ("projekt@koebenhavn.example", "Projektets sekretær", "1 ting venter", "Nej"))),
    "roedovre": ("Rødovre, the day after: the secretary says ok, and the members are asked", "2019-08-20T11:00:00+02:00", (
        ("raadssekretaer@roedovre.example", "Rådenes sekretær", "1 ting venter", "Ok"),)),
}


def second_day(council, letters):
    title, clock, answers = ANSWERS[council.case]
    date = email.utils.format_datetime(datetime.datetime.fromisoformat(clock) - datetime.timedelta(hours=1))
    came = []
    for who, name, subject, text in answers:
        letter = [msg for to, msg, _ in letters if to == who and str(msg["Subject"]).startswith(subject)]
        if letter:
            came.append(reply(council, who, name, letter[0], text, date))
        else:
            missing.append("no letter «%s…» came to %s" % (subject, who))
    heading(title)
    council.clock = clock
    rows, new = council.round()
    tell(council, came, rows, new)
    return rows


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    with open(os.path.join(SERVERS, "users"), "a") as users:
        users.writelines("raadspost@%s.example:{PLAIN}%s\n" % (case[0], SECRET) for case in CASES)
    began = time.monotonic()
    mails = letters = 0
    for case, town, secretary, clock, what in CASES:
        council = Council(case, town, secretary, clock)
        heading("%s, %s" % (town, clock[:10]))
        say(what)
        print()
        council.raadspost("import", "--yes", "seeds/%s/council.conf" % case)
        came = []
        for path in sorted(glob.glob("seeds/%s/mails/*.eml" % case)):
            data = open(path, "rb").read()
            council.lay(data)
            came.append(email.message_from_bytes(data, policy=email.policy.default))
        rows, new = council.round()
        tell(council, came, rows, new)
        rows += second_day(council, new)
        if case == "glostrup":
            print()
            say("The list for the appointing body, as `raadspost list applications` gives it")
            print(textwrap.indent(council.raadspost("list", "applications"), "  "))
        folders = {os.path.relpath(d, os.path.join(SERVERS, "mail", council.user, "Maildir")): len(council.box(council.user, os.path.relpath(d, os.path.join(SERVERS, "mail", council.user, "Maildir"))))
                   for d, subs, _ in os.walk(os.path.join(SERVERS, "mail", council.user, "Maildir")) if "cur" in subs}
        print()
        say("Where the mails lie now: " + ", ".join("%s %d" % ("INBOX" if f == "." else f, n) for f, n in sorted(folders.items())))
        if folders.get(".", 0):
            missing.append("%s: %d mails still lie in INBOX" % (case, folders["."]))
        mails += len(rows)
        letters += len(council.told)
    heading("Look for yourself")
    say("%d mails came in and %d letters went out, in %.0f seconds. Every letter lies as a file in %s." % (mails, letters, time.monotonic() - began, os.path.relpath(OUT)))
    wait = int(os.environ.get("WAIT") or 0)
    if wait:
        say("For %d seconds any mail program can look at the mailboxes: IMAP on 127.0.0.1, port %s, no encryption, user raadspost@glostrup.example, password %s." % (
            wait, os.environ["SERVERS_IMAP_PORT"], SECRET))
        sys.stdout.flush()
        time.sleep(wait)
    else:
        say("`make demo WAIT=300` keeps the servers for five minutes, to be opened with a mail program.")
    for line in missing:
        say("MISSING: " + line)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
