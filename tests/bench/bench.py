# SPDX-License-Identifier: MIT
"""Speed and memory as ratios beside the raw limits, measured in one run on
the same private servers. Run by bench.sh.

    bench.py [intake|letters|latency|idle|start|large|flat|paper|pages …]

Each figure is printed with its spread; nothing here passes or fails, but for
a run that did not come to its end."""
import atexit
import glob
import hashlib
import os
import re
import shutil
import signal
import smtplib
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(__file__))
import mails  # noqa: E402
import sink  # noqa: E402

BUILD = os.environ["BUILD"]
SERVERS = os.environ["SERVERS_DIR"]
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECRET = "hemmelig"
CLOCK = "2019-06-26T09:00:00+02:00"


def spread(values):
    return "median %.2f, %.2f to %.2f" % (statistics.median(values), min(values), max(values))


class Box:
    """A mailbox on the private Dovecot, filled by files."""

    made = 0

    def __init__(self, n):
        Box.made += 1
        self.user = "bench%d@boxes.example" % Box.made
        self.root = os.path.join(SERVERS, "mail", self.user)
        self.dir = os.path.join(self.root, "Maildir")
        with open(os.path.join(SERVERS, "users"), "a") as users:
            users.write("%s:{PLAIN}%s\n" % (self.user, SECRET))
        subprocess.run([sys.executable, "tests/bench/mails.py", str(n), self.dir], check=True)
        subprocess.run(["chown", "-R", "mail:mail", self.root], check=True)
        # Dovecot's own first look at a Maildir is nobody's time.
        subprocess.run(["doveadm", "-c", os.path.join(SERVERS, "dovecot", "dovecot.conf"), "mailbox", "status", "-u", self.user, "messages", "INBOX"],
                       check=True, stdout=subprocess.DEVNULL)

    def left(self):
        return sum(sum(1 for _ in os.scandir(os.path.join(self.dir, sub))) for sub in ("new", "cur"))

    def doveadm(self, *args):
        return subprocess.run(["doveadm", "-c", os.path.join(SERVERS, "dovecot", "dovecot.conf"), *args], check=True, stdout=subprocess.PIPE).stdout

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)


class Daemon:
    """An installation of its own, with the engine running."""

    made = 0

    def __init__(self, box, smtp_port, per_minute=0, connections=4, start=True):
        Daemon.made += 1
        self.dir = os.path.join(SERVERS, "bench", str(Daemon.made))
        os.makedirs(self.dir)
        self.db = os.path.join(self.dir, "raadspost.db")
        with open(os.path.join(self.dir, "raadspost.conf"), "w") as out:
            out.write(CONFIG.format(dir=self.dir, user=box.user, ca=os.environ["SERVERS_CA"], imap=os.environ["SERVERS_IMAPS_PORT"], smtp=smtp_port,
                                    pace=per_minute, connections=connections, secretary="raad.sekretaer@glostrup.example"))
        for secret in ("imap", "smtp"):
            with open(os.open(os.path.join(self.dir, secret), os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
                out.write(SECRET)
        self.command("import", "--yes", "seeds/glostrup/council.conf")
        self.engine = None
        if start:
            self.start()

    def command(self, *args):
        return subprocess.run([os.path.join(BUILD, "raadspost"), args[0], "--config", os.path.join(self.dir, "raadspost.conf"), *args[1:]], check=True,
                              stdout=subprocess.PIPE).stdout

    def start(self):
        """Seconds until it says READY=1."""
        where = os.path.join(self.dir, "notify")
        if os.path.exists(where):
            os.unlink(where)
        listen = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listen.bind(where)
        began = time.monotonic()
        self.engine = subprocess.Popen([os.path.join(BUILD, "raadspost"), "run", "--config", os.path.join(self.dir, "raadspost.conf"), "--clock", CLOCK],
                                       stderr=open(os.path.join(self.dir, "log"), "w"), env=dict(os.environ, NOTIFY_SOCKET=where))
        atexit.register(self.engine.kill)  # whatever ends this run ends the engine, and it its children
        listen.settimeout(30)
        while b"READY=1" not in listen.recv(4096):
            pass
        return time.monotonic() - began

    def processes(self):
        """name → pid of the engine and its children."""
        found = {"engine": self.engine.pid}
        for child in open("/proc/%d/task/%d/children" % (self.engine.pid, self.engine.pid)).read().split():
            name = os.path.basename(os.readlink("/proc/%s/exe" % child))
            found[name.replace("raadspost-", "")] = int(child)
        return found

    def stop(self):
        if self.engine is not None:
            self.engine.send_signal(signal.SIGTERM)
            self.engine.wait(30)
        shutil.rmtree(self.dir, ignore_errors=True)


def field(pid, file, name):
    got = re.search(r"(?m)^%s:\s*(\d+)" % name, open("/proc/%d/%s" % (pid, file)).read())
    return int(got.group(1))


def cpu_s(pid):
    """Processor seconds so far, its own and the kernel's for it."""
    after_name = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def wait_for(what, limit_s=600, step_s=0.02):
    until = time.monotonic() + limit_s
    while not what():
        if time.monotonic() > until:
            sys.exit("bench: did not come to its end in %d s" % limit_s)
        time.sleep(step_s)


def take_seconds(n, batch_hint=None):
    """How long the daemon takes for n mails, from its start to an empty INBOX; and the peaks."""
    box = Box(n)
    quiet = sink.Sink()
    daemon = Daemon(box, quiet.port, per_minute=1)
    began = time.monotonic()
    wait_for(lambda: box.left() == 0)
    took = time.monotonic() - began
    peaks = {name: field(pid, "status", "VmHWM") / 1024 for name, pid in daemon.processes().items()}
    cpu = {name: cpu_s(pid) / n * 1e6 for name, pid in daemon.processes().items()}
    daemon.stop()
    quiet.close()
    box.close()
    return took, peaks, cpu


def bare_seconds(n, batch):
    box = Box(n)
    box.doveadm("mailbox", "create", "-u", box.user, "Done")
    out = subprocess.run([os.path.join(BUILD, "bench", "bare_imap"), os.environ["SERVERS_IMAP_PORT"], box.user, SECRET, "Done", str(batch),
                          os.path.join(SERVERS, "bare.out")], check=True, stdout=subprocess.PIPE).stdout.decode()
    box.close()
    return float(out.split()[-1])


def intake(n=10000):
    ours, bare = [], {50: [], 500: []}
    for _ in range(ROUNDS):
        took, peaks, cpu = take_seconds(n)
        ours.append(n / took)
        for batch in bare:
            bare[batch].append(n / bare_seconds(n, batch))
    print("(a) %d mails, taken, understood, stored, answered, moved: %s mails/s" % (n, spread(ours)))
    for batch, rates in bare.items():
        print("    bare client, batches of %d: %s mails/s; ratio %s" % (batch, spread(rates), spread([a / b for a, b in zip(ours, rates)])))
    print("    peak memory, MiB: " + ", ".join("%s %.0f" % p for p in sorted(peaks.items())))
    print("    processor time a mail, us: " + ", ".join("%s %.0f" % p for p in sorted(cpu.items())))


def letters():
    print("(b) 2,000 letters of 60 kB:")
    sys.stdout.flush()
    subprocess.run(["sh", "tests/bench/letters.sh", "2000", "60000", "4", str(ROUNDS)], check=True)


def latency(n=20):
    """Delivery to a receipt at the SMTP server, above the server's own notice to an idle client. That one looks into a mailbox of its own, which gets the
    same mail in the same delivery: in ours the mail may be moved before a second client hears of it."""
    box, beside = Box(0), Box(0)
    got = sink.Sink()
    daemon = Daemon(box, got.port)
    watch = socket.create_connection(("127.0.0.1", int(os.environ["SERVERS_IMAP_PORT"])))
    lines = watch.makefile("rb")
    lines.readline()
    for command in (b"a LOGIN %s %s\r\n" % (beside.user.encode(), SECRET.encode()), b"a SELECT INBOX\r\n"):
        watch.sendall(command)
        while not lines.readline().startswith(b"a "):
            pass
    watch.sendall(b"a IDLE\r\n")
    seen = []

    def listen():
        for line in lines:
            if b"EXISTS" in line:
                seen.append(time.monotonic())

    threading.Thread(target=listen, daemon=True).start()
    time.sleep(2)
    above = []
    for i in range(n):
        data = mails.mail(i * 8, "glostrup.example", "latency.example").replace("\n", "\r\n").encode()
        seen.clear()
        before = len(got.times)
        with smtplib.LMTP("127.0.0.1", int(os.environ["SERVERS_LMTP_PORT"])) as lmtp:
            lmtp.sendmail("somebody@else.example", [box.user, beside.user], data)
            lmtp.getreply()  # RFC 2033 §4.2: one for each recipient; smtplib reads the first
        wait_for(lambda: len(got.times) > before and seen, 20, 0.001)
        above.append((got.times[before] - seen[0]) * 1000)
        time.sleep(1.5)  # the server counts its half second from the last change, our move among them
    print("(c) a mail's arrival to its receipt, above the server's own notice: %s ms" % spread(above))
    daemon.stop()
    got.close()
    watch.close()
    beside.close()
    box.close()


def idle(seconds=30):
    box = Box(0)
    got = sink.Sink()
    daemon = Daemon(box, got.port)
    time.sleep(3)
    switches = lambda: {name: sum(int(re.search(r"(?m)^voluntary_ctxt_switches:\s*(\d+)", open(t).read()).group(1)) for t in glob.glob("/proc/%d/task/*/status" % pid))
                        for name, pid in daemon.processes().items()}
    before = switches()
    time.sleep(seconds)
    after = switches()
    pss = {name: field(pid, "smaps_rollup", "Pss") / 1024 for name, pid in daemon.processes().items()}
    print("(d) idle: %.1f MiB in all (PSS: %s); wake-ups in %d s: %s" % (
        sum(pss.values()), ", ".join("%s %.1f" % p for p in sorted(pss.items())), seconds,
        ", ".join("%s %d" % (name, after[name] - before[name]) for name in sorted(after))))
    daemon.stop()
    got.close()
    box.close()


def start():
    box = Box(0)
    got = sink.Sink()
    daemon = Daemon(box, got.port, start=False)
    db = sqlite3.connect(daemon.db)
    fill(db, 100000)
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    times = []
    for _ in range(max(ROUNDS, 5)):
        times.append(daemon.start() * 1000)
        daemon.engine.send_signal(signal.SIGTERM)
        daemon.engine.wait(30)
    daemon.engine = None
    print("(e) start with 100,000 stored mails: %s ms" % spread(times))
    daemon.stop()
    got.close()
    box.close()


def large(size_mb=25):
    box = Box(0)
    got = sink.Sink()
    daemon = Daemon(box, got.port)
    time.sleep(1)
    line = "QUJD" * 19 + "\r\n"
    body = line * (size_mb * 1000000 // len(line))
    data = ("Return-Path: <a@b.example>\r\nFrom: Anna <a@b.example>\r\nTo: udsatteraad@glostrup.example\r\nSubject: plan\r\nDate: Tue, 25 Jun 2019 10:00:00 +0200\r\n"
            "Message-ID: <large@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHer er planen.\r\n"
            "--x\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body + "--x--\r\n")
    path = os.path.join(SERVERS, "large.eml")
    with open(path, "w", newline="") as out:
        out.write(data)
    before = time.monotonic()
    subprocess.run([sys.executable, "tests/servers/lmtp.py", os.environ["SERVERS_LMTP_PORT"], "somebody@else.example", box.user, path], check=True)
    wait_for(lambda: box.left() == 0 and got.times, 60)
    took = time.monotonic() - before
    peaks = {name: field(pid, "status", "VmHWM") / 1024 for name, pid in daemon.processes().items()}
    print("(f) a mail of %d MB: peak memory, MiB: %s (%.1f s from delivery to receipt)" % (
        len(data) // 1000000, ", ".join("%s %.0f" % p for p in sorted(peaks.items())), took))
    daemon.stop()
    got.close()
    box.close()


def flat():
    costs = {}
    for n in (1000, 10000, 100000):
        took, _, _ = take_seconds(n)
        costs[n] = took / n * 1e6
    print("(g) cost a mail with %s in the mailbox: %s us; largest by smallest %.2f" % (
        ", ".join("%d" % n for n in costs), ", ".join("%.0f" % c for c in costs.values()), max(costs.values()) / min(costs.values())))


def peak(command):
    """Seconds, MiB and output of one program and what it started."""
    before = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
        out = run.stdout.read()
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = status
    if status != 0:
        raise RuntimeError(command)
    return time.monotonic() - before, used.ru_maxrss / 1024, out


def paper(pages=40):
    """A document of forty pages; the peak is that of the tool and its child, the larger one."""
    words = "Rådet drøftede, hvordan borgere uden fast bolig kan få hjælp. "
    path = os.path.join(SERVERS, "forty.md")
    with open(path, "w") as out:
        out.write("Title: Lang\n\n" + "".join("## %d. Punkt\n\n%s\n\n- %s\n- kort\n\n" % (i, words * 22, words * 4) for i in range(1, 95)))
    command = [os.path.join(BUILD, "tests/outbox/paper_tool"), os.path.join(BUILD, "raadspost-paper"), path]
    runs = [peak(command) for _ in range(max(ROUNDS, 5))]
    count = subprocess.run(["pdfinfo", "-"], input=runs[0][2], stdout=subprocess.PIPE, check=True).stdout.decode()
    print("(h) a PDF of %s pages, %d kB: %s ms, peak %.0f MiB" % (
        re.search(r"Pages:\s+(\d+)", count).group(1), len(runs[0][2]) // 1000, spread([r[0] * 1000 for r in runs]), max(r[1] for r in runs)))


def pages(n=100):
    """The public pages of a hundred meetings with agenda and minutes; beside it the same files copied."""
    house, site = os.path.join(SERVERS, "pages"), os.path.join(SERVERS, "site")
    os.makedirs(house)
    with open(os.path.join(house, "raadspost.conf"), "w") as out:
        out.write(CONFIG.format(secretary="s@glostrup.example", dir=house, imap=1, ca=os.environ["SERVERS_CA"], user="u", smtp=1, connections=1, pace=0))
    command = lambda name, *args: [os.path.join(BUILD, "raadspost"), name, "--config", os.path.join(house, "raadspost.conf"), "--clock", CLOCK, *args]
    subprocess.run(command("import", "--yes", "seeds/glostrup/council.conf"), check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "tests/cli/publish_house.py", os.path.join(house, "raadspost.db"), "many", str(n)], check=True)
    first, again = [], []
    for _ in range(max(ROUNDS, 3)):
        shutil.rmtree(site, ignore_errors=True)
        first.append(peak(command("publish", site)))
        again.append(peak(command("publish", site)))
    files = [os.path.join(at, name) for at, _, names in os.walk(site) for name in names]
    size = sum(os.path.getsize(f) for f in files)
    before = time.monotonic()
    for i, f in enumerate(files):
        with open(f, "rb") as source, open(os.path.join(SERVERS, "raw%d" % i), "wb") as out:
            out.write(source.read())
            out.flush()
            os.fsync(out.fileno())
    raw = time.monotonic() - before
    print("(i) pages of %d meetings, %d files of %d kB: first run %s ms (the same files written and synced: %.0f ms), unchanged %s ms, peak %.0f MiB; %s" % (
        n, len(files), size // 1000, spread([r[0] * 1000 for r in first]), raw * 1000, spread([r[0] * 1000 for r in again]),
        max(r[1] for r in first + again), again[0][2].decode().strip()))


CONFIG = """municipality = "Glostrup Kommune"
mailbox = "raadspost@glostrup.example"
secretary = "{secretary}"
mode = live
phone-help = "Livslinien 12 34 56 78"
database = "{dir}/raadspost.db"
imap {{ host = "127.0.0.1" port = {imap} ca-file = "{ca}" user = "{user}" secret = "imap" }}
smtp {{ host = "127.0.0.1" port = {smtp} tls = none auth = none connections = {connections} per-minute = {pace} }}
trust {{ authserv-id = "mx.glostrup.example" hosts = {{ "mx.glostrup.example" }} }}
limits {{ answers-per-hour = 1000 retry-seconds = 1 uncertain-seconds = 0 }}
"""


def fill(db, n):
    """Mails that were taken, answered and filed, each with its sent letter: rows as the engine leaves them, written past it to save an hour."""
    db.execute("PRAGMA synchronous = OFF")
    at = 1561445000
    raw = ("Date: Tue, 25 Jun 2019 10:00:00 +0200\r\nSubject: Kvittering\r\n\r\n" + "Tak for din mail. Den er modtaget.\r\n" * 80).encode()
    mails_made = ((i, mails.mail(i, "glostrup.example", "start.example").encode()) for i in range(1, n + 1))
    for i, data in mails_made:
        db.execute("INSERT INTO mail (mail_id, uidvalidity, uid, came_at, size_bytes, head_only, attempts, state, outcome, folder, reason, why, message_id,"
                   " from_email, subject, date_at, auth, content, twin_key) VALUES (?,1,?,?,?,0,1,2,0,0,'done','said so',?,?,'Ansøgning',?,1,?,?)",
                   (i, i, at, len(data), "<b%d@start.example>" % i, "a%d@start.example" % i, at, hashlib.sha256(data).digest(), i * 2654435761 % 2 ** 31))
        db.execute("INSERT INTO mail_raw VALUES (?,?)", (i, data))
        db.execute("INSERT INTO letter (letter_id, key, kind, class, state, ref, mail_id, from_email, to_email, message_id, token, subject, made_at, due_at,"
                   " first_at, last_at, attempts, answer) VALUES (?,?,0,1,3,?,?,'raadspost@glostrup.example',?,?,?,'SV: Ansøgning',?,?,?,?,1,'250 OK')",
                   (i, "receipt/%d" % i, "mail:%d" % i, i, "a%d@start.example" % i, "<l%d@glostrup.example>" % i, "word%d" % i, at, at, at, at))
        db.execute("INSERT INTO letter_raw VALUES (?,?,'Tak for din mail.')", (i, raw))
        db.execute("INSERT INTO sent (letter_id, at, state, answer) VALUES (?,?,3,'250 OK')", (i, at))


if "N" in os.environ:
    intake.__defaults__ = (int(os.environ["N"]),)


PARTS = {"intake": intake, "letters": letters, "latency": latency, "idle": idle, "start": start, "large": large, "flat": flat, "paper": paper, "pages": pages}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
        sys.stdout.flush()
