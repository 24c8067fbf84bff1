# SPDX-License-Identifier: MIT
"""What every part of the bench needs: a mailbox filled by files, an
installation with its engine running, its processes' memory and time, and the
list of goals. A part is a file in tests/bench/parts/ with a function run();
it prints its figures, and gives each goal's to goal()."""
import atexit
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
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


goals = []  # (words, met)


def goal(words, value, most=None, least=None):
    """One goal: what was measured beside what it may be at most, or must be at least."""
    met = value <= most if least is None else value >= least
    wanted = "at most %g" % most if least is None else "at least %g" % least
    goals.append((words, met))
    print("    goal %s: %s, %.2f and %s" % ("met" if met else "MISSED", words, value, wanted))


class Pool:
    """The mails of all boxes, made once: a box links to them."""

    names = []
    dir = os.path.join(SERVERS, "bench-mails")

    @classmethod
    def grow(cls, n):
        os.makedirs(cls.dir, exist_ok=True)
        for i in range(len(cls.names), n):
            data = mails.data(i, "glostrup.example")
            # With its sizes, as Dovecot's own delivery names it.
            cls.names.append("%010d.M%dP1.bench,S=%d,W=%d" % (1561449600 + i, i, len(data), len(data)))
            path = os.path.join(cls.dir, cls.names[i])
            with open(path, "wb") as out:
                out.write(data)
            shutil.chown(path, "mail", "mail")


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
        for sub in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(self.dir, sub))
        Pool.grow(n)
        for name in Pool.names[:n]:
            os.link(os.path.join(Pool.dir, name), os.path.join(self.dir, "new", name))
        for path in (self.root, self.dir, *(os.path.join(self.dir, sub) for sub in ("new", "cur", "tmp"))):
            shutil.chown(path, "mail", "mail")
        # Dovecot's own first look at a Maildir is nobody's time.
        self.doveadm("mailbox", "status", "-u", self.user, "messages", "INBOX")

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


def tell_peaks(peaks):
    print("    peak memory, MiB: " + ", ".join("%s %.0f" % p for p in sorted(peaks.items())))


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


def take_seconds(n):
    """How long the daemon takes for n mails, from its start to an empty INBOX; the peaks, and the processor time a mail."""
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
