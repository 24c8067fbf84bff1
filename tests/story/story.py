# SPDX-License-Identifier: MIT
"""A council's time, lived day by day on real mail servers: who writes what at
which hour, what the daemon sends, and that it is what was reviewed.

A story is a program that makes one Story, lays mails with answers(), writes()
or presses(), lets time pass with at(), says ok(…) of what it saw and ends with
end(). GOLDEN=1 writes the expected letters anew, to be looked at. KILL=SEED
kills the daemon at a random moment of most passes and starts it again: then
the same letters must come in the end, in whatever pass."""
import atexit
import datetime
import difflib
import email.message
import email.policy
import email.utils
import os
import random
import re
import signal
import subprocess
import sys
import time
import zoneinfo

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "demo"))
import demo  # noqa: E402

ZONE = zoneinfo.ZoneInfo("Europe/Copenhagen")
failed = 0
told = None             # the story that is told


def ok(good, says):
    global failed
    failed += not good
    print("%s - %s" % ("ok" if good else "not ok", says))
    if not good and told is not None and told.kills is not None:
        print("# at %s, the pass after %d kills said: %s" % (told.clock, told.n_kills, told.said))


def clean(text):
    """Without what is another each time."""
    text = re.sub(r"\b[a-z2-7]{26}\b", "TOKEN", text.replace("\r\n", "\n"))
    text = re.sub(r"queued as [0-9A-F]+", "queued as ID", re.sub(r"Brev nr\.: \d+", "Brev nr.: N", text))
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def to(new, word):
    """Who got a letter whose subject begins so."""
    return sorted(who for who, msg, _ in new if str(msg["Subject"]).startswith(word))


def text_of(new, who, word=""):
    return "\n".join(clean(plain(msg)) for w, msg, _ in new if w == who and str(msg["Subject"]).startswith(word))


def plain(msg):
    body = msg.get_body(("plain",))
    return body.get_content() if body else ""


class Story(demo.Council):
    def __init__(self, name, case, secretary, clock, golden, council=None, decisions=False):
        """council: a function from the text of the seed's council file to the
        one that this story imports. Without `decisions` nobody gets the daily decision mail."""
        demo.OUT = os.path.join(os.environ["SERVERS_DIR"], "out")
        self.kills = random.Random(os.environ["KILL"]) if os.environ.get("KILL") else None
        self.n_kills = 0
        self.said = ""
        global told
        told = self
        super().__init__(case, case, secretary, stamp(clock))
        self.name, self.golden = name, os.path.join(os.path.dirname(__file__), golden)
        self.all = []          # (when, who, message)
        self.last = {}         # the newest letter of each person
        self.lines = []        # of the golden file
        self.log = []          # what the daemon logged
        self.address = self.user  # where writes() sends to
        self.n_mails = 0
        self.began = time.monotonic()
        with open("seeds/%s/council.conf" % case, encoding="utf-8") as source:
            text = source.read()
        path = os.path.join(self.dir, "council.conf")
        with open(path, "w", encoding="utf-8") as out:
            text = council(text) if council else text
            out.write(text if decisions else re.sub(r'(?m)^(body "\S+" \{)$', r'\1\n\trule "decision-mail" { value = never }', text))
        self.raadspost("import", "--yes", path)
        if self.kills is not None:
            # killed between a letter's last dot and the server's answer, the
            # letter comes later, twice, or not at all, and is told of
            atexit.register(lambda: print("# in the gap after the final dot: %s" % self.sql(
                "SELECT count(DISTINCT letter_id) FROM sent WHERE state = 6").strip()))

    # --- the daemon -----------------------------------------------------

    def raadspost(self, command, *args):
        done = subprocess.run(self.command(command, *args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        self.log.append(done.stderr.decode("utf-8", "replace"))
        if done.returncode != 0:
            ok(False, "%s: raadspost %s: %s" % (self.clock, command, (done.stdout + done.stderr).decode("utf-8", "replace")[-600:]))
        return done.stdout.decode("utf-8", "replace")

    def command(self, command, *args):
        return [os.path.join(demo.BUILD, "raadspost"), command, "--config", os.path.join(self.dir, "raadspost.conf"), "--clock", self.clock, *args]

    def sql(self, statement):
        return subprocess.run(["sqlite3", os.path.join(self.dir, "raadspost.db"), statement], stdout=subprocess.PIPE, check=True).stdout.decode()

    def killed(self):
        """A pass that may not live to its end; the next begins later: a letter
        that it made is due when it was made."""
        if self.kills is None or self.kills.random() < 0.3:
            return
        with open(os.path.join(self.dir, "killed.log"), "ab") as err:
            pass_ = subprocess.Popen(self.command("once"), stdout=subprocess.DEVNULL, stderr=err, start_new_session=True)
            try:
                pass_.wait(self.kills.random() * 0.1)
            except subprocess.TimeoutExpired:
                os.killpg(pass_.pid, signal.SIGKILL)
                pass_.wait()
                self.n_kills += 1
        self.clock = (datetime.datetime.fromisoformat(self.clock) + datetime.timedelta(seconds=2)).isoformat()

    def at(self, when):
        """One pass at that hour («2022-04-28T08:05»); the letters of it."""
        self.clock = stamp(when)
        self.killed()
        out = self.raadspost("once")
        self.said = " ".join((out + self.log[-1]).split("\n"))[-900:]
        sent = int(re.search(r"letters: (\d+) sent", out).group(1)) if "letters:" in out else 0
        new, until = [], time.monotonic() + 10
        if self.kills is not None:
            # the killed pass has sent some of its own
            sent = int(self.sql("SELECT count(*) FROM letter WHERE state = 3")) - len(self.told)
        while len(new) < sent and time.monotonic() < until:
            new += self.letters()
            time.sleep(0.01)
        if len(new) != sent and self.kills is None:
            ok(False, "%s: %d letters sent, %d arrived" % (when, sent, len(new)))
        for who, msg, _ in sorted(new, key=lambda n: (n[0], str(n[1]["Subject"]))):
            self.all.append((when, who, msg))
            self.last[who] = msg
            parts = [p for p in msg.walk() if p.get_content_type() == "text/calendar"]
            files = [p.get_filename() for p in msg.iter_attachments() if p.get_filename() and p.get_content_type() != "text/calendar"]
            self.lines.append("=== %s to %s%s%s\nSubject: %s\n\n%s\n" % (when, who, " with %s" % parts[0].get_param("method") if parts else "",
                                                                      "".join(" and %s" % f for f in files), msg["Subject"], clean(plain(msg))))
        return new

    def passes(self, days, hour="08:05"):
        """A pass each day («2022-05-01», …); those days on which letters went."""
        return [day for day in days if self.at("%sT%s" % (day, hour))]

    # --- what people write ----------------------------------------------

    def date(self, minutes=0):
        return email.utils.format_datetime(datetime.datetime.fromisoformat(self.clock) + datetime.timedelta(minutes=minutes))

    def head(self, who, verified):
        domain = who.split("@")[1]
        self.n_mails += 1
        return ("Return-Path: <{w}>\nDelivered-To: {u}\nAuthentication-Results: mx.{c}.example;\n\tdkim={v} header.d={d};\n\tdmarc={v} header.from={d}\n"
                "Received: from mail.{d} (mail.{d} [198.51.100.9])\n\tby mx.{c}.example (Postfix) with ESMTPS id 4D03;\n\t{t}\n").format(
                    w=who, u=self.user, c=self.case, d=domain, v="pass" if verified else "none", t=self.date())

    def answers(self, who, name, text, letter=None, files=(), verified=True):
        """A reply with the letter quoted below, to the newest that came."""
        letter = letter or self.last[who]
        quoted = "\n".join("> " + line for line in demo.words(letter, 60).split("\n"))
        self.sends(who, name, "SV: " + str(letter["Subject"]), "%s\n\nDen %s skrev %s:\n\n%s\n" % (
            text, self.clock[:16].replace("T", " kl. "), email.utils.parseaddr(str(letter["From"]))[0], quoted),
            email.utils.parseaddr(str(letter["Reply-To"] or letter["From"]))[1], verified, letter, files)

    def writes(self, who, name, subject, text, verified=True, address=None, files=()):
        """A mail of its own."""
        self.sends(who, name, subject, text + "\n", address or self.address, verified, None, files)

    def sends(self, who, name, subject, text, address, verified, letter, files):
        msg = email.message.EmailMessage(policy=email.policy.default.clone(linesep="\r\n"))
        msg["From"] = email.utils.formataddr((name, who)) if name else who
        msg["To"] = address
        msg["Subject"] = subject
        msg["Date"] = self.date(0 if letter is None else 20)
        head = self.head(who, verified)
        msg["Message-ID"] = "<story-%d@%s>" % (self.n_mails, who.split("@")[1])
        if letter is not None:
            msg["In-Reply-To"] = msg["References"] = str(letter["Message-ID"])
        msg.set_content(text, cte="8bit")
        for filename, kind, data in files:
            msg.add_attachment(data, maintype=kind.split("/")[0], subtype=kind.split("/")[1], filename=filename)
        self.lay(head.replace("\n", "\r\n").encode() + msg.as_bytes())

    def presses(self, who, partstat, letter=None):
        """The button of the calendar, as Google's server answers it."""
        invitation = letter or [m for _, w, m in self.all if w == who and any(p.get_content_type() == "text/calendar" for p in m.walk())][-1]
        ics = [p for p in invitation.walk() if p.get_content_type() == "text/calendar"][0].get_content().replace("\r\n", "\n")
        ics = re.sub(r"\n ", "", ics).replace("METHOD:REQUEST", "METHOD:REPLY").replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=" + partstat)
        head = self.head(who, True)
        self.lay((head + "From: <{w}>\nTo: {to}\nSubject: Accepted\nDate: {t}\nMessage-ID: <story-{n}@{d}>\nMIME-Version: 1.0\n"
                  "Content-Type: text/calendar; charset=UTF-8; method=REPLY\nContent-Transfer-Encoding: 8bit\n\n{i}").format(
                      w=who, d=who.split("@")[1], t=self.date(), to=email.utils.parseaddr(str(invitation["From"]))[1], n=self.n_mails, i=ics)
                 .replace("\n", "\r\n").encode())

    # --- what must hold in the end --------------------------------------

    def leaks(self, canary, allowed):
        """Who outside `allowed` read the word, in any part or header."""
        return sorted({w for _, w, m in self.all if any(canary in str(v) for v in m.values()) or any(
            canary.encode() in (p.get_payload(decode=True) or b"") or canary in str(p.get_filename() or "") for p in m.walk() if not p.is_multipart())} - set(allowed))

    def compare(self):
        got = "\n".join(self.lines)
        if os.environ.get("GOLDEN") and self.kills is None:
            with open(self.golden, "w", encoding="utf-8") as out:
                out.write(got)
        with open(self.golden, encoding="utf-8") as golden:
            want = golden.read()
        if self.kills is not None:
            got, want = (sorted(re.sub(r"(?m)^=== \S+ ", "=== ", t).split("\n=== ")) for t in ("\n" + got, "\n" + want))
            uncertain = self.raadspost("list", "letters").count("uncertain")
            missing = [b for b in want if b not in got]
            extra = [b for b in got if b not in want]
            for block in missing[:3] + extra[:3]:
                print("# " + block[:400].replace("\n", "\n# "))
            ok(len(missing) <= uncertain and len(extra) <= uncertain, "killed %d times: %d letters, %d missing, %d others, %d reported uncertain"
               % (self.n_kills, len(got), len(missing), len(extra), uncertain))
            return
        if got != want:
            for line in list(difflib.unified_diff(want.split("\n"), got.split("\n"), "expected", "sent", lineterm="", n=1))[:60]:
                print("# " + line)
        ok(got == want, "every letter is as it was reviewed")

    def end(self):
        ids = [m["Message-ID"] for _, _, m in self.all]
        ok(len(set(ids)) == len(ids), "%d letters, no Message-ID twice" % len(ids))
        self.compare()
        print("# %s: %d letters in %.0f s" % (self.name, len(self.all), time.monotonic() - self.began))
        return failed != 0


def stamp(when):
    """An hour of the zone, as `--clock` takes it."""
    return datetime.datetime.fromisoformat(when[:16]).replace(tzinfo=ZONE).isoformat()
