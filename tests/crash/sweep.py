# SPDX-License-Identifier: MIT
"""Twenty mails, and a kill -9 at the k-th system call of one process, for
every k; then the daemon is started again, and everything must be as if
nothing had happened: no mail lost, no deed twice, no letter twice. A letter
whose final dot was out when the process died may be missing or doubled once,
where the outbox says `uncertain` of it; nothing else.

    sweep.py quick|full [PROCESS…]

quick: at each commit and each frame (fdatasync, sendmsg …), which is each
letter too; full: at every system call (STEP=7: every seventh). Run by sweep.sh, which starts the
servers. strace does the killing, in the real programs."""
import collections
import concurrent.futures
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "bench"))
import mails  # noqa: E402

BUILD = os.environ["BUILD"]
SERVERS = os.environ["SERVERS_DIR"]
MAILS = 20
PROCESSES = ("engine", "reader", "parser", "sender")
# The calls by which something becomes so: for others, or on the disk.
QUICK = {
    "engine": "fdatasync,fsync,sendmsg",
    "reader": "sendmsg,recvmsg",
    "parser": "sendmsg,recvmsg",
    "sender": "sendmsg,recvmsg,sendto",
}
LIMIT_S = 60
MANY = 100000          # no process makes so many calls for twenty mails


class Trial:
    """One installation: a mailbox, a database and a domain of its own."""

    def __init__(self, name):
        self.name = name
        self.dir = os.path.join(SERVERS, "crash", name)
        self.domain = "%s.example" % name
        self.user = "raad@%s" % self.domain
        self.box = os.path.join(SERVERS, "mail", self.user, "Maildir")
        shutil.rmtree(self.dir, ignore_errors=True)
        os.makedirs(os.path.join(self.dir, "bin"))
        for program in os.listdir(BUILD):
            if program.startswith("raadspost") and os.access(os.path.join(BUILD, program), os.X_OK):
                os.symlink(os.path.abspath(os.path.join(BUILD, program)), self.path(program))
        for sub in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(self.box, sub))
        for i in range(MAILS):
            data = mails.mail(i, "glostrup.example", self.domain).replace("\n", "\r\n").encode("ascii")
            with open(os.path.join(self.box, "new", "%d.M%dP1.crash" % (1561449600 + i, i)), "wb") as out:
                out.write(data)
        subprocess.run(["chown", "-R", "mail:mail", os.path.dirname(self.box)], check=True)
        self.configure()

    def path(self, program):
        return os.path.join(self.dir, "bin", program)

    def configure(self):
        with open(os.path.join(self.dir, "raadspost.conf"), "w") as out:
            out.write(CONFIG.format(dir=self.dir, user=self.user, ca=os.environ["SERVERS_CA"], imap=os.environ["SERVERS_IMAPS_PORT"],
                                    smtp=os.environ["SERVERS_RELAY_PORT"], secretary="sekretaer@" + self.domain))
        for secret in ("imap", "smtp"):
            where = os.path.join(self.dir, secret)
            with open(os.open(where, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
                out.write("hemmelig")
        council = open("seeds/glostrup/council.conf", encoding="utf-8").read().replace("raad.sekretaer@glostrup.example", "sekretaer@" + self.domain)
        with open(os.path.join(self.dir, "council.conf"), "w", encoding="utf-8") as out:
            out.write(council)
        self.run("import", "--yes", os.path.join(self.dir, "council.conf"), must=True)

    def run(self, *args, must=False, before=()):
        # Each start is an hour later: what was put off is due again.
        self.hour = getattr(self, "hour", 5) + 1
        done = subprocess.run([*before, self.path("raadspost"), args[0], "--config", os.path.join(self.dir, "raadspost.conf"), "--clock",
                               "2019-06-26T%02d:00:00+02:00" % self.hour, *args[1:]],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT_S)
        if must and done.returncode != 0:
            sys.exit("%s: %s" % (" ".join(args), done.stdout.decode("utf-8", "replace")))
        return done

    def killed(self, process, calls, k):
        """One pass in which `process` dies at its k-th call; False where it made fewer."""
        trace = os.path.join(self.dir, "trace")
        strace = ["strace", "-f", "-q", "-o", trace, "-e", "trace=" + calls, "-e", "signal=none", "-e",
                  "inject=%s:signal=SIGKILL:when=%d" % (calls, k)]
        if process == "engine":
            # The children are not its own: each runs under no tracer.
            strace.remove("-f")
            self.run("once", before=strace)
        else:
            program, once = self.path("raadspost-" + process), os.path.join(self.dir, "struck")
            os.remove(program)
            with open(program, "w") as out:
                out.write("#!/bin/sh\n# the first to start is the one that dies\nif mkdir %s 2>/dev/null; then exec %s %s \"$@\"; fi\nexec %s \"$@\"\n" % (
                    once, " ".join(strace), os.path.abspath(os.path.join(BUILD, "raadspost-" + process)),
                    os.path.abspath(os.path.join(BUILD, "raadspost-" + process))))
            os.chmod(program, 0o755)
            self.run("once")
            os.remove(program)
            os.symlink(os.path.abspath(os.path.join(BUILD, "raadspost-" + process)), program)
        return open(trace, errors="replace").read().rstrip().endswith("= ?")

    def rows(self, sql):
        db = sqlite3.connect("file:%s?mode=ro" % os.path.join(self.dir, "raadspost.db"), uri=True)
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def plain(self, text):
        return None if text is None else re.sub(r"\b%s\b" % re.escape(self.name), "NAME", str(text))

    def folder(self, name):
        where = self.box if name == "INBOX" else os.path.join(self.box, name)
        return sum(len(os.listdir(os.path.join(where, sub))) for sub in ("new", "cur") if os.path.isdir(os.path.join(where, sub)))

    def folders(self):
        found = {"INBOX": self.folder("INBOX")}
        for base, dirs, _ in os.walk(self.box):
            if "cur" in dirs and base != self.box:
                found[os.path.relpath(base, self.box)] = self.folder(os.path.relpath(base, self.box))
        return {k: v for k, v in found.items() if v}

    def delivered(self):
        """Message-ID → how often it lies in somebody's mailbox."""
        found = collections.Counter()
        root = os.path.join(SERVERS, "mail")
        for who in os.listdir(root):
            if not who.endswith(self.domain) or who == self.user:
                continue
            for sub in ("new", "cur"):
                where = os.path.join(root, who, "Maildir", sub)
                for f in os.listdir(where) if os.path.isdir(where) else ():
                    head = open(os.path.join(where, f), "rb").read().split(b"\r\n\r\n")[0].split(b"\n\n")[0]
                    got = re.search(rb"(?im)^message-id:\s*(<[^>]+>)", head)
                    found[got.group(1).decode() if got else f] += 1
        return found

    def state(self):
        """All that must not depend on where somebody died."""
        letters = {m: (self.plain(k), s) for m, k, s in self.rows("SELECT message_id, key, state FROM letter")}
        uncertain = {m for m, (_, s) in letters.items() if s == UNCERTAIN}
        unsure = {m for m, in self.rows(UNSURE)} | uncertain
        until = time.monotonic() + 20
        while time.monotonic() < until:
            there = self.delivered()
            if all(there[m] for m, (_, s) in letters.items() if s == SENT):
                break
            time.sleep(0.05)
        return {
            "mails": sorted((self.plain(a), b, c, self.plain(d)) for a, b, c, d in self.rows(MAIL_ROWS)),
            "deeds": sorted(tuple(map(self.plain, r)) for r in self.rows(DEEDS)),
            # what is said of an uncertain letter is extra, as it should be
            # the day's decision mail tells of what was done until then: a
            # pass that begins anew finds more to tell
            "keys": sorted(k for k, _ in letters.values() if not k.startswith(("notice/letter/", "decision/"))),
            "folders": self.folders(),
            "twice": sorted(letters[m][0] for m, n in there.items() if n > 1 and m not in unsure),
            "lost": sorted("%s (state %d)" % (k, s) for m, (k, s) in letters.items() if not there[m] and m not in unsure),
            "foreign": sorted(m for m in there if m not in letters),
        }, len(unsure)

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)
        root = os.path.join(SERVERS, "mail")
        for who in os.listdir(root):
            if who.endswith("@" + self.domain) or who.endswith("." + self.domain):
                shutil.rmtree(os.path.join(root, who), ignore_errors=True)


def compare(want, got):
    return ["%s: %s" % (key, difference(want[key], got[key])) for key in want if want[key] != got[key]]


def difference(want, got):
    if isinstance(want, dict):
        return "%s instead of %s" % (got, want)
    a, b = collections.Counter(map(str, want)), collections.Counter(map(str, got))
    return "missing %s, too many %s" % (list((a - b).elements())[:4], list((b - a).elements())[:4])


def strike(process, calls, k, want):
    """(whether it died, what is wrong, how many letters are uncertain)"""
    trial = Trial("%s%d" % (process, k))
    try:
        died = trial.killed(process, calls, k)
        for _ in range(3):
            last = trial.run("once")
            if last.returncode == 0:
                break
        else:
            return died, ["does not come to its end again"], 0
        got, unsure = trial.state()
        bad = compare(want, got)
        if bad and os.environ.get("SWEEP_LOG"):
            bad.append(last.stdout.decode("utf-8", "replace"))
        return died, bad, unsure
    except subprocess.TimeoutExpired:
        return True, ["did not end in %d s" % LIMIT_S], 0
    finally:
        trial.close()


def sweep(process, calls, want, step):
    """Every k until the process makes fewer calls than that."""
    tried, unsure, wrong, k = 0, 0, [], 1
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        while k < MANY:
            ks = [k + i * step for i in range(8)]
            results = list(pool.map(lambda n: strike(process, calls, n, want), ks))
            for n, (died, bad, u) in zip(ks, results):
                tried += died
                unsure += u
                wrong += ["%s killed at call %d: %s" % (process, n, b) for b in bad]
            if not all(died for died, _, _ in results):
                break
            k += 8 * step
    for line in wrong[:12]:
        print("# " + line)
    print("%s - %s killed at %d places: nothing lost, nothing twice (%d letters uncertain, and said so)" % (
        "ok" if not wrong and tried else "not ok", process, tried, unsure))


def main():
    how = sys.argv[1]
    # All at once: Dovecot looks at the file's time, which counts seconds.
    with open(os.path.join(SERVERS, "users"), "a") as users:
        names = ["base"] + ["%s%d" % (p, k) for p in PROCESSES for k in range(1, 3000)]
        users.writelines("raad@%s.example:{PLAIN}hemmelig\n" % name for name in names)
    base = Trial("base")
    base.run("once", must=True)
    want, _ = base.state()
    print("%s - undisturbed: %d mails, %d letters, folders %s" % (
        "ok" if len(want["mails"]) == MAILS and not want["lost"] and not want["twice"] and want["folders"].get("INBOX", 0) == 0 else "not ok",
        len(want["mails"]), len(want["keys"]), want["folders"]))
    base.close()
    for process in sys.argv[2:] or PROCESSES:
        sweep(process, QUICK[process] if how == "quick" else "all", want, int(os.environ.get("STEP", "1")))


CONFIG = """municipality = "Glostrup Kommune"
mailbox = "raadspost@glostrup.example"
secretary = "{secretary}"
mode = live
phone-help = "Livslinien 12 34 56 78"
database = "{dir}/raadspost.db"
imap {{ host = "127.0.0.1" port = {imap} ca-file = "{ca}" user = "{user}" secret = "imap" }}
smtp {{ host = "127.0.0.1" port = {smtp} tls = none auth = none connections = 4 per-minute = 0 }}
trust {{ authserv-id = "mx.glostrup.example" hosts = {{ "mx.glostrup.example" }} }}
limits {{ answers-per-hour = 1000 retry-seconds = 1 uncertain-seconds = 0 }}
"""
UNCERTAIN, SENT = 6, 3
UNSURE = "SELECT message_id FROM letter JOIN sent USING (letter_id) WHERE sent.state = 6"
MAIL_ROWS = "SELECT message_id, state, outcome, reason FROM mail"
DEEDS = "SELECT deed, body_id, label, state FROM journal"

if __name__ == "__main__":
    main()
