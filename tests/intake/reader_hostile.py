# SPDX-License-Identifier: MIT
"""The real reader against servers that lie, stall, flood and break off."""
import concurrent.futures
import os
import ssl
import sys
import threading
import time

sys.path.insert(0, "tests/peers")
import reader_frames as rf  # noqa: E402
from imap_peer import CAPABILITY, Gone, Peer  # noqa: E402

TLS = os.environ["SERVERS_DIR"] + "/tls"
CA = os.environ["SERVERS_CA"]
SECRET = "hemmelig-kanarie"
MAIL = b"From: a@b.example\r\nSubject: one\r\n\r\nhello\r\n"
failed = 0
only = sys.argv[1:]
readers = []


def ok(good, words, note=""):
    global failed
    failed += not good
    said = ("ok - " if good else "not ok - ") + words
    if not good or os.environ.get("VERBOSE"):
        said += f"\n#   {note}"
    sys.stdout.write(said + "\n")  # one write: others speak as well
    sys.stdout.flush()


# Signs of life are given where systemd watches; the cases run side by side.
os.environ["WATCHDOG_USEC"] = "60000000"


def start(peer, tls=rf.IMPLICIT, **more):
    more.setdefault("timeout_s", 3)
    r = rf.Reader(rf.setup(peer.port, CA, tls=tls, secret=SECRET, **more),
                  stderr=open(os.environ["SERVERS_DIR"] + "/reader.err",
                              "a"))
    readers.append(r)
    return r


def ended(r, peer):
    """Alive until asked to go, and then gone well; no secret in clear."""
    alive = r.process.poll() is None
    status = r.close()
    peer.close()
    clear = SECRET.encode() in peer.clear or b"LOGIN" in peer.clear \
        or b"AUTHENTICATE" in peer.clear
    return alive and status == 0 and not clear


def refused(words, part, peer, tls=rf.IMPLICIT, seconds=15, **more):
    """The reader goes away with a reason that has `part` in it."""
    r = start(peer, tls, **more)
    try:
        begun = time.monotonic()
        why = r.away(seconds)
        took = time.monotonic() - begun
        good = part in why
    except (TimeoutError, EOFError) as e:
        why, good, took = repr(e), False, 0
    log = list(r.log)
    good = ended(r, peer) and good
    ok(good, words, f"{took:.1f} s: {why} {log} clear={peer.clear[:200]!r}")


# --- before a password leaves ------------------------------------------
def preauth():
    refused("PREAUTH before TLS is refused", "STARTTLS",
            Peer(TLS, implicit=False, greeting=b"* PREAUTH hello\r\n",
                 capability=CAPABILITY + b" STARTTLS"), rf.STARTTLS)


def stripped():
    refused("a server without STARTTLS gets no password", "no STARTTLS",
            Peer(TLS, implicit=False), rf.STARTTLS)


def starttls_no():
    def no(peer, c, tag, rest):
        c.say(tag + b" NO not today\r\n")
    refused("a refused STARTTLS gets no password", "STARTTLS",
            Peer(TLS, {"STARTTLS": no}, implicit=False,
                 capability=CAPABILITY + b" STARTTLS"), rf.STARTTLS)


def injected():
    def inject(peer, c, tag, rest):
        c.say(tag + b" OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"
              b"* OK injected\r\n")
        c.start_tls(peer.context)
    refused("bytes behind the OK of STARTTLS end it", "breaks the rules",
            Peer(TLS, {"STARTTLS": inject}, implicit=False,
                 capability=CAPABILITY + b" STARTTLS"), rf.STARTTLS)


def disabled():
    refused("LOGINDISABLED is respected and named", "LOGINDISABLED",
            Peer(TLS, capability=b"IMAP4rev1 LOGINDISABLED"))


def old_tls():
    refused("TLS 1.1 is refused", "no TLS 1.2",
            Peer(TLS, tls_most=ssl.TLSVersion.TLSv1_1))


def bye_first():
    refused("a greeting of BYE is said as it was", "overloaded",
            Peer(TLS, greeting=b"* BYE overloaded, come back later\r\n"))


def not_imap():
    refused("a server that is none is recognised", "does not speak IMAP",
            Peer(TLS, greeting=b"220 mail.example ESMTP\r\n"))


def no_tls_at_all():
    refused("a server in clear on a port for TLS is named", "TLS",
            Peer(TLS, implicit=False))


def greeting_without_end():
    def flood(peer, c):
        c.say(b"* OK ")
        c.flood(b"x" * 65536, 1 << 14)
    refused("a greeting of 1 GB is cut", "",
            Peer(TLS, before_tls=flood), seconds=20)


def greeting_of_lines():
    def flood(peer, c):
        c.flood(b"* OK hello\r\n" * 1000, 100000)
    refused("a greeting of a hundred million lines is cut", "",
            Peer(TLS, before_tls=flood), seconds=20)


def greeting_drips():
    def drip(peer, c):
        c.drip(b"* OK " + b"x" * 1000, 0.5)
    refused("a greeting that drips runs out of time", "no answer",
            Peer(TLS, before_tls=drip), timeout_s=2)


def wrong_password():
    def no(peer, c, tag, rest):
        c.say(tag + b" NO [AUTHENTICATIONFAILED] who?\r\n")
    peer = Peer(TLS, {"AUTHENTICATE": no, "LOGIN": no})
    r = start(peer)
    f = r.until(rf.STATE, lambda f: f[1] == rf.AWAY)
    wait_s = f[3] / 1000 - time.clock_gettime(time.CLOCK_MONOTONIC)
    ok("password" in f[2] and "who?" in f[2] and SECRET not in f[2]
       and 595 < wait_s < 610 and ended(r, peer) and peer.connections == 1,
       "a refused log-in is not tried again for ten minutes", f)


def passing_refusal():
    def no(peer, c, tag, rest):
        c.say(tag + b" NO [UNAVAILABLE] database away\r\n")
    peer = Peer(TLS, {"AUTHENTICATE": no})
    r = start(peer)
    f = r.until(rf.STATE, lambda f: f[1] == rf.AWAY)
    wait_s = f[3] / 1000 - time.clock_gettime(time.CLOCK_MONOTONIC)
    ok("for now" in f[2] and wait_s < 2 and ended(r, peer),
       "a refusal that passes is tried again soon", f)


def login_command():
    peer = Peer(TLS, capability=b"IMAP4rev1", mails={1: MAIL})
    r = start(peer)
    f = r.until(rf.LISTED)
    ok(f[3] == [1] and ended(r, peer) and b"LOGIN" in peer.heard,
       "a server without SASL gets a LOGIN, within TLS", f)


# --- while it is read ---------------------------------------------------
def fetching(does, mails=None, **more):
    peer = Peer(TLS, does, mails=mails or {1: MAIL})
    r = start(peer, **more)
    f = r.until(rf.LISTED)
    r.fetch(f[1], f[3])
    return peer, r


def fetch_breaks(words, part, body, seconds=10, **more):
    """The answer to BODY.PEEK[] is `body`; the reader goes away, comes
    again, and after the second death of that mail names it missing."""
    def fetch(peer, c, tag, rest):
        if b"RFC822.SIZE" in rest:
            return Peer.do_UID_FETCH(peer, c, tag, rest)
        return body(peer, c, tag)
    peer, r = fetching({"UID FETCH": fetch}, **more)
    try:
        why = r.away(seconds)
        good = part in why
        f = r.until(rf.LISTED, seconds=seconds)
        r.fetch(f[1], f[3])
        r.away(seconds)
        f = r.until(rf.LISTED, seconds=seconds)
        r.fetch(f[1], f[3])
        f = r.until(rf.MISSING, seconds=seconds)
        good = good and f[2] == 1
    except (TimeoutError, EOFError) as e:
        why, good = repr(e), False
    log = list(r.log)
    ok(ended(r, peer) and good, words, f"{why} {log}")


def literal_4g():
    fetch_breaks("a literal of 4 GB is refused before it is read",
                 "more bytes than",
                 lambda p, c, tag: (c.say(
                     b"* 1 FETCH (UID 1 BODY[] {4294967295}\r\n"),
                     c.flood(b"x" * 65536, 100), c.wait_end()))


def literal_wraps():
    fetch_breaks("a literal whose length wraps is refused", "more bytes than",
                 lambda p, c, tag: (c.say(
                     b"* 1 FETCH (UID 1 BODY[] {18446744073709551621}\r\n"
                     b"hello)\r\n" + tag + b" OK done\r\n"), c.wait_end()))


def line_1g():
    fetch_breaks("a line of 1 GB is cut", "line without end",
                 lambda p, c, tag: (c.say(b"* OK "),
                                    c.flood(b"x" * 65536, 1 << 14)))


def lines_without_end():
    fetch_breaks("lines without end are cut", "more than was asked",
                 lambda p, c, tag: c.flood(b"* 1 RECENT\r\n" * 1000, 1 << 17))


def nested():
    fetch_gives("20,000 nested parentheses reach no parser",
                lambda f: f[2] == 1,
                lambda tag: b"* 1 FETCH (UID 1 BODYSTRUCTURE " + b"(" * 20000
                + b")" * 20001 + b"\r\n" + tag + b" OK done\r\n",
                kind=rf.MISSING)


def nul_in_line():
    fetch_breaks("a NUL in a line is refused", "NUL",
                 lambda p, c, tag: (c.say(b"* 1 FETCH (UID 1 \0)\r\n"),
                                    c.wait_end()))


def bye_in_fetch():
    fetch_breaks("BYE in the middle of a fetch is said as it was",
                 "shutting down",
                 lambda p, c, tag: (c.say(b"* BYE shutting down\r\n"),
                                    c.wait_end()))


def hangs_up():
    def end(p, c, tag):
        raise Gone
    fetch_breaks("a server that hangs up is named", "closed", end)


def stalls():
    fetch_breaks("a server that stalls runs out of time", "time limit",
                 lambda p, c, tag: c.wait_end(), timeout_s=1)


def drips():
    def drip(p, c, tag):
        c.say(b"* 1 FETCH (UID 1 BODY[] {44}\r\n")
        c.drip(MAIL, 0.4)
    fetch_breaks("a mail that drips runs out of time", "too slowly", drip,
                 timeout_s=1)


def other_tag():
    fetch_breaks("an answer under another tag is none", "",
                 lambda p, c, tag: (c.say(b"zz9 OK done\r\n"), c.wait_end()),
                 timeout_s=1)


def garbage():
    fetch_breaks("garbage is no answer", "not IMAP",
                 lambda p, c, tag: (c.say(b"\xff\xfe what ever\r\n"),
                                    c.wait_end()))


def body_too_long():
    fetch_breaks("a mail of a thousand times its size is refused",
                 "more bytes than",
                 lambda p, c, tag: (c.say(
                     b"* 1 FETCH (UID 1 BODY[] {44000000}\r\n"),
                     c.flood(b"x" * 44000, 1000), c.wait_end()))


def poison_among_many():
    """One mail of three breaks each connection; the others come."""
    mails = {u: MAIL.replace(b"one", b"m%d" % u) for u in (1, 2, 3)}

    def fetch(peer, c, tag, rest):
        if b"BODY" not in rest:
            return Peer.do_UID_FETCH(peer, c, tag, rest)
        for uid in peer.uids(rest):
            if uid == 2:
                raise Gone
            c.say(b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n"
                  % (uid, uid, len(mails[uid]), mails[uid]))
        c.say(tag + b" OK done\r\n")
    peer, r = fetching({"UID FETCH": fetch}, mails)
    got, missing = set(), set()
    try:
        while len(got) + len(missing) < 3:
            f = r.read(15)
            if f[0] == rf.MAIL:
                got.add(f[2])
            elif f[0] == rf.MISSING:
                missing.add(f[2])
            elif f[0] == rf.LISTED:
                r.fetch(f[1], sorted(set(f[3]) - got - missing))
    except (TimeoutError, EOFError):
        pass
    ok(ended(r, peer) and got == {1, 3} and missing == {2},
       "a mail that breaks each connection does not hold up the others",
       f"{got} {missing} {r.log}")


def fetch_gives(words, want, body, mails=None, kind=None):
    def fetch(peer, c, tag, rest):
        if b"RFC822.SIZE" in rest:
            return Peer.do_UID_FETCH(peer, c, tag, rest)
        c.say(body(tag))
    peer, r = fetching({"UID FETCH": fetch}, mails)
    try:
        f = r.until(kind or rf.MAIL)
        good = want(f)
    except (TimeoutError, EOFError) as e:
        f, good = repr(e), False
    ok(ended(r, peer) and good, words, f"{f} {r.log}")


def nil_body():
    fetch_gives("a body of NIL is a missing mail", lambda f: f[2] == 1,
                lambda tag: b"* 1 FETCH (UID 1 BODY[] NIL)\r\n" + tag
                + b" OK done\r\n", kind=rf.MISSING)


def quoted_body():
    fetch_gives("a quoted body is taken", lambda f: f[4] == b"hello",
                lambda tag: b'* 1 FETCH (UID 1 BODY[] "hello")\r\n' + tag
                + b" OK done\r\n")


def body_before_uid():
    fetch_gives("the order of UID and body does not matter",
                lambda f: f[2] == 1 and f[4] == MAIL,
                lambda tag: b"* 1 FETCH (BODY[] {%d}\r\n%b UID 1)\r\n"
                % (len(MAIL), MAIL) + tag + b" OK done\r\n")


def other_mail():
    fetch_gives("a mail that was not asked for is not taken for another",
                lambda f: f[2] == 1,
                lambda tag: b"* 9 FETCH (UID 9 BODY[] {5}\r\nhello)\r\n"
                + tag + b" OK done\r\n", kind=rf.MISSING)


def size_lies():
    fetch_gives("a mail longer than its size is taken whole",
                lambda f: f[4] == MAIL * 20,
                lambda tag: b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%b)\r\n"
                % (len(MAIL) * 20, MAIL * 20) + tag + b" OK done\r\n")


def chatter():
    fetch_gives("untagged lines in between do no harm",
                lambda f: f[4] == MAIL,
                lambda tag: b"* 3 EXPUNGE\r\n* 0 RECENT\r\n"
                b"* 1 FETCH (FLAGS (\\Seen))\r\n"
                b"* OK [ALERT] a {5}\r\n* OK\r\n* XYZZY (1 {3}\r\n(((x\r\n"
                b"* OK [PERMANENTFLAGS (\\ (UID 1)\r\n* STATUS a (B 1)\r\n"
                b"* 1 FETCH (X-OWN ((((((\r\n"
                b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%b)\r\n" % (len(MAIL), MAIL)
                + b"* FLAGS (\\Seen)\r\n" + tag + b" OK done\r\n")


def refused_fetch():
    fetch_gives("a refused fetch is a missing mail", lambda f: f[2] == 1,
                lambda tag: tag + b" NO not this one\r\n", kind=rf.MISSING)


def large_lies():
    """A streamed mail with less than was said, and one that is NIL."""
    big = b"x" * 600000

    def fetch(peer, c, tag, rest):
        if b"RFC822.SIZE" in rest:
            return Peer.do_UID_FETCH(peer, c, tag, rest)
        if peer.uids(rest) == [1]:
            c.say(b"* 1 FETCH (UID 1 BODY[] {10}\r\n0123456789)\r\n")
        else:
            c.say(b"* 2 FETCH (BODY[] NIL UID 2)\r\n")
        c.say(tag + b" OK done\r\n")
    peer, r = fetching({"UID FETCH": fetch}, {1: big, 2: big})
    one = r.until(rf.MAIL)
    two = r.until(rf.MISSING)
    ok(one[3:] == (10, b"0123456789") and two[2] == 2 and ended(r, peer),
       "a streamed mail is as long as it is, and NIL is missing",
       f"{one} {two}")


# --- the mailbox ----------------------------------------------------------
def uid_zero():
    def search(peer, c, tag, rest):
        c.say(b"* SEARCH 5 0 3 3 0 4\r\n* SEARCH 1 5\r\n" + tag
              + b" OK done\r\n")
    peer = Peer(TLS, {"UID SEARCH": search}, mails={1: MAIL})
    r = start(peer)
    f = r.until(rf.LISTED)
    ok(f[3] == [1, 3, 4, 5] and ended(r, peer),
       "UID 0 and doubles are dropped, the rest is sorted", f)


def no_validity():
    def select(peer, c, tag, rest):
        c.say(b"* 1 EXISTS\r\n" + tag + b" OK [READ-WRITE] selected\r\n")
    refused("a mailbox without UIDVALIDITY is refused", "UIDVALIDITY",
            Peer(TLS, {"SELECT": select}))


def validity_zero():
    peer = Peer(TLS)
    peer.validity = 0
    refused("UIDVALIDITY 0 is refused", "", peer)


def read_only():
    def select(peer, c, tag, rest):
        c.say(b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" + tag
              + b" OK [READ-ONLY] selected\r\n")
    refused("a mailbox that may only be read is refused", "reading only",
            Peer(TLS, {"SELECT": select}))


def no_mailbox():
    def select(peer, c, tag, rest):
        c.say(tag + b" NO [NONEXISTENT] unknown mailbox\r\n")
    refused("a missing mailbox is named", "look at its name",
            Peer(TLS, {"SELECT": select}))


def no_folder():
    def no(peer, c, tag, rest):
        c.say(tag + b" NO permission denied\r\n")

    def none(peer, c, tag, rest):
        c.say(tag + b" OK done\r\n")
    refused("a folder that cannot be made is named", "cannot be made",
            Peer(TLS, {"CREATE": no, "LIST": none}))


def other_delimiter():
    """Folders under INBOX, a dot between, and no folder made by the way."""
    made = []

    def namespace(peer, c, tag, rest):
        c.say(b'* NAMESPACE (("INBOX." ".")) NIL NIL\r\n' + tag
              + b" OK done\r\n")

    def find(peer, c, tag, rest):
        name = rest.split(b" ", 1)[1].strip(b'"')
        if name in made:
            c.say(b'* LIST () "." "' + name + b'"\r\n')
        c.say(tag + b" OK done\r\n")

    def create(peer, c, tag, rest):
        name = rest.strip(b'"')
        above = name.rpartition(b".")[0]
        if above != b"INBOX" and above not in made:
            c.say(tag + b" NO no such folder above\r\n")
        else:
            made.append(name)
            c.say(tag + b" OK done\r\n")
    peer = Peer(TLS, {"NAMESPACE": namespace, "LIST": find,
                      "CREATE": create}, mails={1: MAIL})
    r = start(peer)
    f = r.until(rf.LISTED)
    r.move(f[1], rf.SECRETARY, [1])
    r.until(rf.MOVED)
    want = b"INBOX.R&AOU-dspost.Til sekret&AOY-ren"
    ok(want in made and len(made) == 4 and b'UID MOVE 1 "' + want
       in peer.heard and ended(r, peer),
       "folders are made where the server keeps its own", made)


def mute_capability():
    def mute(peer, c, tag, rest):
        if c.secret is None:
            return Peer.do_CAPABILITY(peer, c, tag, rest)
        c.say(tag + b" OK done\r\n")
    refused("an OK without CAPABILITY crashes nobody", "what it can",
            Peer(TLS, {"CAPABILITY": mute}))


def search_without_answer():
    def mute(peer, c, tag, rest):
        c.say(tag + b" OK done\r\n")
    peer = Peer(TLS, {"UID SEARCH": mute})
    r = start(peer)
    f = r.until(rf.LISTED)
    ok(f[3] == [] and ended(r, peer), "no SEARCH line means no mails", f)


def esearch():
    def search(peer, c, tag, rest):
        c.say(b'* ESEARCH (TAG "x") UID ALL 1:3,7\r\n' + tag + b" OK\r\n")
    peer = Peer(TLS, {"UID SEARCH": search})
    r = start(peer)
    f = r.until(rf.LISTED)
    ok(f[3] == [1, 2, 3, 7] and ended(r, peer),
       "a list in the form of IMAP4rev2 is read, though not asked for", f)


def renumbered():
    """UIDVALIDITY changes while the mailbox is open."""
    peer = Peer(TLS, mails={1: MAIL})

    def fetch(p, c, tag, rest):
        if p.validity == 7:
            p.validity = 8
            c.say(b"* OK [UIDVALIDITY 8] changed\r\n")
        Peer.do_UID_FETCH(p, c, tag, rest)
    peer.does["UID FETCH"] = fetch
    r = start(peer)
    f = r.until(rf.LISTED)
    r.fetch(7, [1])
    g = r.until(rf.LISTED, lambda f: f[1] == 8)
    r.fetch(7, [1])
    m = r.until(rf.MISSING)
    r.move(7, rf.DONE, [1])
    n = r.until(rf.MOVED)
    ok(f[1] == 7 and g[2:] == (1, [1]) and m[1:3] == (7, 1)
       and n[1:] == (7, 0, [1]) and peer.moved == {} and ended(r, peer),
       "a mailbox numbered anew is listed anew, and old numbers touch "
       "nothing", f"{f} {g} {m} {n}")


# --- moving -------------------------------------------------------------
def moving(move, more_does=None, folder=rf.DONE, **more):
    peer = Peer(TLS, dict({"UID MOVE": move}, **(more_does or {})),
                mails={1: MAIL, 2: MAIL, 3: MAIL}, **more)
    r = start(peer)
    f = r.until(rf.LISTED)
    r.move(f[1], folder, [1, 2])
    return peer, r


def move_lies():
    def move(peer, c, tag, rest):
        c.say(tag + b" OK done\r\n")
    peer, r = moving(move)
    f = r.until(rf.STATE, lambda f: f[1] == rf.CONNECTED and f[2])
    ok("stayed" in f[2] and not any(x[0] == rf.MOVED for x in r.log)
       and ended(r, peer),
       "a move that moved nothing is not believed, and said", f)


def move_half():
    def move(peer, c, tag, rest):
        c.say(b"* OK [COPYUID 9 1 1] moved\r\n* 1 EXPUNGE\r\n")
        peer.moved[1] = peer.mails.pop(1)
        c.say(tag + b" OK done\r\n")
    peer, r = moving(move)
    f = r.until(rf.MOVED)
    g = r.until(rf.STATE, lambda f: f[1] == rf.CONNECTED and f[2])
    ok(f[3] == [1] and "1 of 2" in g[2] and ended(r, peer),
       "of a move that did half, that half is said", f"{f} {g}")


def move_quota():
    def move(peer, c, tag, rest):
        c.say(tag + b" NO [OVERQUOTA] the folder is full\r\n")
    peer, r = moving(move)
    f = r.until(rf.STATE, lambda f: f[1] == rf.CONNECTED and f[2])
    r.fetch(7, [3])
    g = r.until(rf.MAIL)
    ok("full" in f[2] and g[2] == 3 and ended(r, peer),
       "a refused move is said, and reading goes on", f"{f}")


def copy_without_uidplus():
    """Somebody else's mail is flagged: EXPUNGE must not be said."""
    deleted = {3}

    def store(peer, c, tag, rest):
        deleted.update(peer.uids(rest))
        c.say(tag + b" OK done\r\n")

    def copy(peer, c, tag, rest):
        c.say(tag + b" OK done\r\n")

    def search(peer, c, tag, rest):
        if b"DELETED" not in rest:
            return Peer.do_UID_SEARCH(peer, c, tag, rest)
        c.say(b"* SEARCH" + b"".join(b" %d" % u for u in sorted(deleted))
              + b"\r\n" + tag + b" OK done\r\n")
    peer, r = moving(None, {"UID STORE": store, "UID COPY": copy,
                            "UID SEARCH": search},
                     capability=b"IMAP4rev1 AUTH=PLAIN IDLE")
    f = r.until(rf.STATE, lambda f: f[1] == rf.CONNECTED and f[2])
    ok("no UIDPLUS" in f[2] and b"EXPUNGE" not in peer.heard
       and not any(x[0] == rf.MOVED for x in r.log) and ended(r, peer),
       "without UIDPLUS the deleted mail of others is left alone", f)


# --- waiting ---------------------------------------------------------------
def idle_chatter():
    peer = Peer(TLS, mails={1: MAIL})

    def idle(p, c, tag, rest):
        c.say(b"* OK still here\r\n* 1 EXPUNGE\r\n+ idling\r\n")
        c.idle(p.exists)
        c.say(tag + b" OK done\r\n")
    peer.does["IDLE"] = idle
    r = start(peer)
    r.idle()
    peer.mails[5] = MAIL
    peer.exists.set()
    f = r.until(rf.LISTED, lambda f: f[2] == 0)
    ok(f[3] == [5] and ended(r, peer),
       "an untagged line before the «+» of IDLE does no harm", f)


def idle_news_at_once():
    """EXISTS in the same packet as the «+»."""
    peer = Peer(TLS, mails={1: MAIL})
    first = [True]

    def idle(p, c, tag, rest):
        if first.pop() if first else False:
            p.mails[6] = MAIL
            c.say(b"+ idling\r\n* 2 EXISTS\r\n")
        else:
            c.say(b"+ idling\r\n")
        c.idle(p.exists)
        c.say(tag + b" OK done\r\n")
    peer.does["IDLE"] = idle
    r = start(peer)
    r.until(rf.LISTED)
    f = r.until(rf.LISTED, lambda f: f[2] == 0, 5)
    ok(f[3] == [6] and ended(r, peer),
       "news in the same packet as the «+» are seen at once", f)


def idle_bye():
    def idle(peer, c, tag, rest):
        c.say(b"+ idling\r\n* BYE inactivity\r\n")
        c.wait_end()
    refused("BYE in IDLE is said as it was", "inactivity",
            Peer(TLS, {"IDLE": idle}))


def idle_no():
    def idle(peer, c, tag, rest):
        c.say(tag + b" NO not here\r\n")
    peer = Peer(TLS, {"IDLE": idle}, mails={1: MAIL})
    r = start(peer, poll_s=1)
    r.idle()
    peer.mails[7] = MAIL
    f = r.until(rf.LISTED, lambda f: f[2] == 0, 5)
    ok(f[3] == [7] and ended(r, peer),
       "a server that offers IDLE and refuses it is polled", f)


def idle_wakes_for_engine():
    peer = Peer(TLS, mails={1: MAIL})
    r = start(peer)
    f = r.until(rf.LISTED)
    r.idle()
    begun = time.monotonic()
    r.fetch(f[1], [1])
    r.until(rf.MAIL)
    took = time.monotonic() - begun
    ok(took < 0.5 and ended(r, peer), "the engine ends an IDLE at once",
       f"{took:.3f} s")


def request_while_idle_begins():
    """The engine asks after IDLE was said and before the «+»."""
    peer = Peer(TLS, mails={1: MAIL})
    said = threading.Event()

    def idle(p, c, tag, rest):
        said.set()
        time.sleep(1.6)  # longer than the reader waits at a time
        c.say(b"+ idling\r\n")
        c.idle(p.exists)
        c.say(tag + b" OK done\r\n")
    peer.does["IDLE"] = idle
    r = start(peer)
    r.idle()
    said.wait(5)
    time.sleep(0.1)
    r.fetch(7, [1])
    begun = time.monotonic()
    try:
        r.until(rf.MAIL)
    except TimeoutError:
        pass
    took = time.monotonic() - begun
    ok(took < 4 and ended(r, peer),
       "what the engine asks while IDLE begins is done at once", took)


def alive(words, does):
    """Where systemd watches, the engine hears of us, whatever the server
    does."""
    peer = Peer(TLS, does, mails={1: MAIL})
    r = start(peer, timeout_s=60)
    r.idle()
    r.fetch(7, [1])
    begun = time.monotonic()
    heard = []
    try:
        while len(heard) < 1 and time.monotonic() - begun < 30:
            if r.next(30)[0] == rf.ALIVE:
                heard.append(time.monotonic() - begun)
    except TimeoutError:
        pass
    ok(heard and ended(r, peer), words, heard)


def alive_in_idle():
    alive("while all is quiet, the engine hears of us", {})


def alive_while_stalled():
    def stall(peer, c, tag, rest):
        c.wait_end(60)
    alive("while a server stalls, the engine hears of us",
          {"UID FETCH": stall})


CASES = [
    alive_in_idle, alive_while_stalled,
    preauth, stripped, starttls_no, injected, disabled, old_tls, bye_first,
    not_imap, no_tls_at_all, greeting_without_end, greeting_of_lines,
    greeting_drips, wrong_password, passing_refusal, login_command,
    literal_4g, literal_wraps, line_1g, lines_without_end, nested,
    nul_in_line, bye_in_fetch, hangs_up, stalls, drips, other_tag, garbage,
    body_too_long, poison_among_many, nil_body, quoted_body, body_before_uid,
    other_mail, size_lies, chatter, refused_fetch, large_lies,
    uid_zero, no_validity, validity_zero, read_only, no_mailbox, no_folder,
    other_delimiter, mute_capability, search_without_answer, esearch, renumbered,
    move_lies, move_half, move_quota, copy_without_uidplus,
    idle_chatter, idle_news_at_once, idle_bye, idle_no,
    idle_wakes_for_engine, request_while_idle_begins,
]


def run(case):
    try:
        case()
    except (TimeoutError, EOFError, OSError) as e:
        ok(False, case.__name__, repr(e))


# Most of the time is spent in waiting for the second try.
with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("POOL", 10))) as pool:
    list(pool.map(run, [c for c in CASES if not only or c.__name__ in only]))
for reader in readers:
    if reader.process.poll() is None:
        reader.close()
sys.exit(failed != 0)
