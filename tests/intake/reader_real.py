# SPDX-License-Identifier: MIT
"""The real reader against a real Dovecot; the shell around it starts the
servers and does what needs them (delivering, taking them away)."""
import imaplib
import os
import resource
import signal
import ssl
import subprocess
import sys
import time

sys.path.insert(0, "tests/peers")
import reader_frames as rf  # noqa: E402

E = os.environ
DIR = E["SERVERS_DIR"]
CA = E["SERVERS_CA"]
IMAPS, IMAP, LMTP = (int(E[f"SERVERS_{n}_PORT"])
                     for n in ("IMAPS", "IMAP", "LMTP"))
failed = 0
only = sys.argv[1:]
number = 0


def ok(good, words, note=""):
    global failed
    failed += not good
    print(("ok - " if good else "not ok - ") + words, flush=True)
    if not good:
        print(f"#   {note}", flush=True)


def user():
    """A mailbox of its own for each test (reader.check made them)."""
    global number
    number += 1
    return f"raad{number}@glostrup.example"


def deliver(name, mails):
    files = []
    for i, mail in enumerate(mails):
        files.append(f"{DIR}/deliver.{i}.eml")
        with open(files[-1], "wb") as f:
            f.write(mail)
    subprocess.run([sys.executable, "tests/servers/lmtp.py", str(LMTP),
                    "somebody@else.example", name, *files], check=True)


def mail(subject, body="hello"):
    return (f"From: a@b.example\r\nSubject: {subject}\r\n"
            f"Message-ID: <{subject}@b.example>\r\n\r\n{body}\r\n").encode()


def put(name, mails, folder="."):
    """Into the mailbox without a server, for many or large mails."""
    box = f"{DIR}/mail/{name}/Maildir/{folder}"
    for sub in ("new", "cur", "tmp"):
        os.makedirs(f"{box}/{sub}", exist_ok=True)
    for m in mails:
        put.n += 1
        with open(f"{box}/new/{1700000000 + put.n}."
                  f"{os.urandom(6).hex()}.host", "wb") as f:
            f.write(m)
    subprocess.run(["chown", "-R", "mail:mail", f"{DIR}/mail"], check=True)


put.n = 0


def files(name, folder="."):
    box = f"{DIR}/mail/{name}/Maildir/{folder}"
    found = []
    for sub in ("new", "cur"):
        if os.path.isdir(f"{box}/{sub}"):
            found += [f"{box}/{sub}/{f}" for f in os.listdir(f"{box}/{sub}")]
    return sorted(found)


def subjects(name, folder="."):
    found = []
    for f in files(name, folder):
        with open(f, "rb") as g:
            found += [line[9:].strip().decode() for line in g
                      if line.startswith(b"Subject: ")]
    return sorted(found)


def client(name):
    """Somebody else at the same mailbox."""
    m = imaplib.IMAP4_SSL("127.0.0.1", IMAPS, ssl_context=ssl
                          .create_default_context(cafile=CA))
    m.login(name, "hemmelig")
    m.select("INBOX")
    return m


def start(name, port=IMAPS, **more):
    return rf.Reader(rf.setup(port, CA, user=name, **more),
                     stderr=open(f"{DIR}/reader.err", "a"))


def doveadm(*args):
    subprocess.run(["doveadm", "-c", f"{DIR}/dovecot/dovecot.conf", *args],
                   check=True)


def capability(words):
    """What Dovecot says it can; None as it is."""
    path = f"{DIR}/dovecot/dovecot.conf"
    with open(path) as f:
        conf = [line for line in f if not line.startswith("imap_capab")]
    if words:
        conf.append(f"imap_capability = {words}\n")
    with open(path, "w") as f:
        f.writelines(conf)
    doveadm("reload")
    time.sleep(0.3)


# ---------------------------------------------------------------------------
def fetch_all():
    name = user()
    mails = [mail(f"m{i}", "æøå " * i) for i in range(20)]
    deliver(name, mails)
    r = start(name)
    f = r.until(rf.LISTED)
    r.fetch(f[1], f[3] + [4711])
    got = [r.until(rf.MAIL) for _ in range(20)]
    gone = r.until(rf.MISSING)
    ok(f[2] == 1 and len(f[3]) == 20
       and all(g[4].endswith(m) and g[3] == len(g[4])
               for g, m in zip(got, mails)),
       "twenty mails are listed and fetched byte for byte", r.log[:3])
    ok(gone[2] == 4711, "a UID that is not there is said to be missing")
    seen = client(name).uid("search", None, "SEEN")
    ok(seen == ("OK", [b""]), "fetching marks no mail as seen", seen)
    r.say(rf.LIST)
    g = r.until(rf.LISTED)
    ok(g[2] == 1 and g[3] == f[3], "asked for a list, it lists all again", g)
    ok(r.close() == 0, "asked to close, it ends well")


def move_all():
    name = user()
    deliver(name, [mail(f"m{i}") for i in range(6)])
    r = start(name)
    f = r.until(rf.LISTED)
    v, u = f[1], f[3]
    r.move(v, rf.DONE, [u[4], u[0], u[1]])
    r.move(v, rf.SECRETARY, [u[2], 999])
    r.move(v, rf.FAULT, [u[3]])
    moved = {}
    while len(moved) < 3:
        m = r.until(rf.MOVED)
        moved[m[2]] = sorted(m[3])
    ok(moved == {rf.DONE: [u[0], u[1], u[4]], rf.SECRETARY: [u[2], 999],
                 rf.FAULT: [u[3]]},
       "mails are moved, and those long gone are said to be", moved)
    ok(subjects(name) == ["m5"]
       and subjects(name, "Rådspost/Behandlet") == ["m0", "m1", "m4"]
       and subjects(name, "Rådspost/Til sekretæren") == ["m2"]
       and subjects(name, "Rådspost/Fejl") == ["m3"],
       "each lies in its folder, with æ and å in the name")
    with open(f"{DIR}/mail/{name}/Maildir/subscriptions",
              encoding="utf-8") as s:
        subscribed = s.read()
    ok("Rådspost\tTil sekretæren\n" in subscribed,
       "the folders are subscribed", subscribed)
    r.move(v, rf.DONE, [u[0]])
    m = r.until(rf.MOVED)
    ok(m[3] == [u[0]] and len(files(name, "Rådspost/Behandlet")) == 3,
       "a move said twice is done once")
    r.close()


def arrivals():
    name = user()
    deliver(name, [mail("old")])
    r = start(name)
    r.idle()
    begun = time.monotonic()
    deliver(name, [mail("new")])
    f = r.until(rf.LISTED, lambda f: f[2] == 0)
    took = time.monotonic() - begun
    r.fetch(f[1], f[3])
    m = r.until(rf.MAIL)
    ok(took < 2 and len(f[3]) == 1 and b"Subject: new" in m[4],
       "a mail that comes wakes the reader from IDLE", f"{took:.2f} s {f}")
    c = client(name)
    c.uid("store", b"1", "+FLAGS", "(\\Deleted)")
    c.expunge()
    deliver(name, [mail("newer")])
    f = r.until(rf.LISTED, lambda f: f[2] == 0)
    ok(f[3] == [3], "what others take away confuses nobody", f)
    r.close()


def many():
    """Moved with holes between them: no other mail goes with them."""
    name = user()
    put(name, [mail(f"m{i}") for i in range(3000)])
    r = start(name)
    f = r.until(rf.LISTED)
    odd = f[3][::2]
    r.fetch(f[1], f[3])
    n = 0
    while n < 3000:
        n += r.read()[0] == rf.MAIL
    for i in range(0, 1500, 50):
        r.move(f[1], rf.DONE, odd[i:i + 50])
    moved = []
    while len(moved) < 1500:
        moved += r.until(rf.MOVED, seconds=30)[3]
    r.say(rf.LIST)
    g = r.until(rf.LISTED)
    ok(sorted(moved) == odd and g[3] == f[3][1::2]
       and len(files(name, "Rådspost/Behandlet")) == 1500,
       "every second of 3,000 mails is moved, and no other", len(g[3]))
    frames = sum(1 for x in r.log if x[0] == rf.MOVED)
    ok(frames < 25, "moves that wait are put together into few commands",
       frames)
    r.close()


def copy_path(words, plus):
    """Without MOVE; somebody else's mail is flagged as deleted."""
    capability(words)
    name = user()
    deliver(name, [mail(f"m{i}") for i in range(5)])
    c = client(name)
    c.uid("store", b"5", "+FLAGS", "(\\Deleted)")
    if plus:
        # as a kill between COPY and expunge left it
        c.create("R&AOU-dspost/Behandlet")
        c.uid("copy", b"4", "R&AOU-dspost/Behandlet")
        c.uid("store", b"4", "+FLAGS", "(\\Deleted $RaadspostFiled)")
        # as a person left it, who then thought better of it
        c.uid("store", b"3", "+FLAGS", "(\\Deleted)")
    r = start(name)
    f = r.until(rf.LISTED)
    r.move(f[1], rf.DONE, [1, 2, 3, 4])
    if plus:
        m = r.until(rf.MOVED)
        ok(sorted(m[3]) == [1, 2, 3, 4] and subjects(name) == ["m4"],
           "without MOVE only what was asked for is expunged",
           f"{m} {subjects(name)}")
        done = subjects(name, "Rådspost/Behandlet")
        ok(done == ["m0", "m1", "m2", "m3"],
           "what a move before copied is not copied again", done)
    else:
        s = r.until(rf.STATE, lambda f: f[1] == rf.CONNECTED and f[2])
        ok("UIDPLUS" in s[2] and "m4" in subjects(name),
           "without UIDPLUS other deleted mail stops the expunge", s)
        c.uid("store", b"5", "-FLAGS", "(\\Deleted)")
        r.close()
        r = start(name)
        f = r.until(rf.LISTED)
        r.move(f[1], rf.DONE, [1, 2, 3, 4])
        m = r.until(rf.MOVED)
        ok(sorted(m[3]) == [1, 2, 3, 4] and subjects(name) == ["m4"]
           and subjects(name, "Rådspost/Behandlet")
           == ["m0", "m1", "m2", "m3"],
           "once no other is, they go, and lie in the folder once",
           subjects(name, "Rådspost/Behandlet"))
    r.close()
    capability(None)


def copy_uidplus():
    copy_path("IMAP4rev1 LITERAL+ SASL-IR IDLE UIDPLUS NAMESPACE", True)


def copy_plain():
    copy_path("IMAP4rev1 LITERAL+ SASL-IR", False)


def polling():
    capability("IMAP4rev1 LITERAL+ SASL-IR MOVE UIDPLUS")
    name = user()
    deliver(name, [mail("old")])
    r = start(name, poll_s=1)
    r.idle()
    deliver(name, [mail("new")])
    begun = time.monotonic()
    f = r.until(rf.LISTED, lambda f: f[2] == 0, 5)
    ok(f[3] == [2] and time.monotonic() - begun < 3,
       "without IDLE the mailbox is looked at every poll_s", f)
    begun = time.monotonic()
    r.fetch(f[1], [2])
    r.until(rf.MAIL)
    ok(time.monotonic() - begun < 0.5, "and the engine wakes it at once")
    r.close()
    capability(None)


def renumbered():
    name = user()
    doveadm("mailbox", "create", "-u", name, "Post")
    put(name, [mail("one"), mail("two")], "Post")
    r = start(name, mailbox="Post")
    f = r.until(rf.LISTED)
    r.close()
    doveadm("mailbox", "delete", "-u", name, "Post")
    time.sleep(1.1)  # Dovecot numbers by the second
    doveadm("mailbox", "create", "-u", name, "Post")
    put(name, [mail("three")], "Post")
    r = start(name, mailbox="Post")
    g = r.until(rf.LISTED)
    r.fetch(f[1], [1])
    m = r.until(rf.MISSING)
    ok(f[1] != g[1] and g[2:] == (1, [1]) and m[1:3] == (f[1], 1),
       "a mailbox made anew has another UIDVALIDITY and is listed anew",
       f"{f} {g} {m}")
    r.idle()
    doveadm("mailbox", "delete", "-u", name, "Post")
    time.sleep(1.1)
    doveadm("mailbox", "create", "-u", name, "Post")
    put(name, [mail("four"), mail("five")], "Post")
    r.fetch(g[1], [1])
    h = r.until(rf.LISTED, lambda f: f[1] not in (0, g[1]), 30)
    r.fetch(h[1], h[3])
    a, b = r.until(rf.MAIL), r.until(rf.MAIL)
    ok(len(h[3]) == 2 and b"four" in a[4] + b[4],
       "also where that happens while it is open", f"{h}")
    r.close()


def peak_kb(r):
    with open(f"/proc/{r.process.pid}/status") as f:
        s = dict(line.split(":", 1) for line in f)
    return int(s["VmHWM"].split()[0]), int(s["RssShmem"].split()[0])


def large():
    name = user()
    big = mail("big", ("x" * 76 + "\r\n") * 330000)
    put(name, [mail("small"), big, mail("huge", ("y" * 76 + "\r\n")
                                        * 600000),
               mail("middle", ("z" * 76 + "\r\n") * 3000)])
    r = start(name)
    f = r.until(rf.LISTED)
    r.idle()
    before, _ = peak_kb(r)
    r.fetch(f[1], f[3])
    got = {}
    while len(got) < 4:
        m = r.read(60)
        if m[0] in (rf.MAIL, rf.TOO_LARGE):
            got[m[2]] = m
    after, shared = peak_kb(r)
    one = [m for m in got.values() if b"Subject: big" in m[4]]
    ok(len(one) == 1 and one[0][0] == rf.MAIL and one[0][4] == big,
       "a mail of 25 MB comes whole, in a memory file")
    ok([m[4] for m in got.values() if b"Subject: middle" in m[4]][0]
       .endswith(b"zz\r\n\r\n"), "and one of 230 kB")
    huge = [m for m in got.values() if m[0] == rf.TOO_LARGE]
    ok(len(huge) == 1 and huge[0][3] > 40_000_000
       and huge[0][4].endswith(b"\r\n\r\n") and b"Subject: huge" in huge[0][4],
       "of one above the limit only its head", [m[:4] for m in huge])
    ok(after < 24 * 1024 or "sanitize" in E.get("BUILD", ""),
       "the reader stays small meanwhile",
       f"{before} kB, then {after} kB, shared {shared} kB")
    print(f"# peak {before} kB before, {after} kB after 25 MB")
    r.close()


def faces():
    name = user()
    deliver(name, [mail("one")])
    for host, part, words in (
            ("127.0.0.2", "expired", "an expired certificate"),
            ("127.0.0.3", "another name", "a certificate of another name"),
            ("127.0.0.4", "not trusted", "a certificate of an unknown CA")):
        for tls, port in ((rf.IMPLICIT, IMAPS), (rf.STARTTLS, IMAP)):
            with open(f"{DIR}/dovecot.log") as log:
                before = log.read().count("Login")
            r = start(name, port=port, host=host, tls=tls)
            why = r.away()
            r.close()
            with open(f"{DIR}/dovecot.log") as log:
                after = log.read().count("Login")
            ok(part in why and before == after,
               f"{words} is refused ({'STARTTLS' if tls else 'TLS'})", why)
    r = start(name, port=IMAP, tls=rf.STARTTLS)
    ok(len(r.until(rf.LISTED)[3]) == 1, "STARTTLS with the right one works")
    r.close()
    r = start(name, port=IMAP, tls=rf.IMPLICIT, timeout_s=5)
    why = r.away()
    ok("starttls" in why, "TLS on a port for STARTTLS is named", why)
    r.close()
    r = start(name, port=IMAP, tls=rf.NONE)
    ok(len(r.until(rf.LISTED)[3]) == 1, "on loopback also without TLS")
    r.close()
    r = start(name, port=1)
    why = r.away()
    ok("refuses the connection" in why, "a refused connection is named", why)
    r.close()
    r = start(name, host="no-such-host.invalid")
    why = r.away()
    ok("there is no host" in why, "a host that is none is named", why)
    r.close()
    r = rf.Reader(rf.setup(IMAPS, f"{DIR}/nowhere.pem", user=name),
                  stderr=subprocess.DEVNULL)
    why = r.away()
    ok("nowhere.pem" in why, "a CA file that is not there is named", why)
    r.close()


def secrets():
    name = user()
    r = start(name, secret="forkert")
    s = r.until(rf.STATE, lambda f: f[1] == rf.AWAY)
    ok("look at user and password" in s[2] and "forkert" not in s[2],
       "a wrong password is named, and not said", s)
    r.close()
    r = start(name)
    r.idle()
    pid = r.process.pid
    with open(f"/proc/{pid}/cmdline", "rb") as f:
        seen = f.read()
    with open(f"/proc/{pid}/status") as f:
        status = dict(line.rstrip("\n").split(":\t", 1) for line in f
                      if ":\t" in line)
    ok(b"hemmelig" not in seen and status["NoNewPrivs"] == "1"
       and status["Seccomp"] == "2",
       "the reader is locked in, its secret in no command line", status)
    soft, hard = resource.prlimit(pid, resource.RLIMIT_CORE)
    ok((soft, hard) == (0, 0), "it leaves no core", (soft, hard))
    os.kill(pid, signal.SIGINT)
    r.fetch(1, [1])
    ok(r.until(rf.MISSING)[1:3] == (1, 1), "Ctrl-C is not for it")
    r.socket.close()
    try:
        status = r.process.wait(5)
    except subprocess.TimeoutExpired:
        status = "alive"
    ok(status == 0, "when the engine is gone it goes", status)


def tokens():
    name = user()
    with open(f"{DIR}/clients", "a") as f:
        f.write(f"app\tapp-secret\t{name}\n")
    deliver(name, [mail("one")])
    r = start(name, auth=rf.XOAUTH2, secret="app-secret",
              client_id="app", token_url=E["SERVERS_TOKEN_URL"])
    f = r.until(rf.LISTED)
    ok(len(f[3]) == 1, "XOAUTH2 with a token opens the mailbox", r.log)
    r.close()
    r = start("other@glostrup.example", auth=rf.XOAUTH2, secret="app-secret",
              client_id="app", token_url=E["SERVERS_TOKEN_URL"])
    s = r.until(rf.STATE, lambda f: f[1] == rf.AWAY)
    ok("refuses the token" in s[2], "a token for another mailbox is refused",
       s)
    r.close()
    r = start(name, auth=rf.XOAUTH2, secret="wrong",
              client_id="app", token_url=E["SERVERS_TOKEN_URL"])
    s = r.until(rf.STATE, lambda f: f[1] == rf.AWAY)
    ok("wrong" not in s[2], "a wrong client secret is a clear fault", s)
    print(f"# {s[2]}")
    r.close()


def away_and_back():
    name = user()
    deliver(name, [mail("one")])
    r = start(name)
    f = r.until(rf.LISTED)
    r.idle()
    print("down", flush=True)
    why = r.away()
    r.fetch(f[1], f[3])
    print("up", flush=True)
    g = r.until(rf.LISTED, seconds=60)
    ok(g[1:] == f[1:], "a server that went and came back is listed again",
       f"{why} {g}")
    r.fetch(g[1], g[3])
    r.until(rf.MAIL)
    ok(sum(1 for x in r.log if x[0] == rf.MAIL) == 1,
       "what was asked for while it was away is asked for again")
    r.close()


CASES = [fetch_all, move_all, arrivals, many, copy_uidplus, copy_plain,
         polling, renumbered, large, faces, secrets, tokens, away_and_back]
for case in CASES:
    if only and case.__name__ not in only:
        continue
    try:
        case()
    except (TimeoutError, EOFError, OSError, subprocess.CalledProcessError
            ) as e:
        ok(False, case.__name__, f"{e!r} {rf.Reader.last.log[-9:]}")
sys.exit(failed != 0)
