# SPDX-License-Identifier: MIT
"""An IMAP server that does what it is told, also what no server should.

A Peer listens on loopback and keeps what it heard (`heard` all of it, `clear`
what came before TLS). Its behaviour is a dict from command name to a function
(peer, connection, tag, rest) that answers; what is not named is answered as a
good small server would, over the mails in `mails` (uid -> bytes)."""
import base64
import re
import socket
import ssl
import threading
import time

CAPABILITY = b"IMAP4rev1 SASL-IR AUTH=PLAIN IDLE MOVE UIDPLUS NAMESPACE"


class Gone(Exception):
    """The other side has hung up; also what a behaviour raises to do so."""


class Peer(threading.Thread):
    def __init__(self, tls_dir, does=None, implicit=True, mails=None,
                 capability=CAPABILITY, greeting=b"* OK ready\r\n",
                 before_tls=None, tls_most=None):
        super().__init__(daemon=True)
        self.does = does or {}
        self.mails = dict(mails or {})
        self.moved = {}
        self.capability = capability
        self.greeting = greeting
        self.implicit = implicit
        self.before_tls = before_tls
        self.validity = 7
        self.heard = b""
        self.clear = b""
        self.connections = 0
        self.exists = threading.Event()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if tls_most:
            self.context.set_ciphers("ALL:@SECLEVEL=0")
            self.context.minimum_version = ssl.TLSVersion.TLSv1
            self.context.maximum_version = tls_most
        self.context.load_cert_chain(f"{tls_dir}/good.pem",
                                     f"{tls_dir}/good.key")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(plain,),
                             daemon=True).start()

    def close(self):
        self.listener.close()

    def serve(self, plain):
        c = Connection(self, plain)
        try:
            if self.implicit:
                c.start_tls(self.context)
            if self.before_tls:
                self.before_tls(self, c)
            c.say(self.greeting)
            while True:
                self.command(c)
        except (Gone, OSError, ssl.SSLError):
            pass
        finally:
            c.close()

    def command(self, c):
        line = c.line()
        tag, _, rest = line.partition(b" ")
        name, _, rest = rest.partition(b" ")
        name = name.upper().decode(errors="replace")
        if name == "UID":
            sub, _, rest = rest.partition(b" ")
            name = "UID " + sub.upper().decode(errors="replace")
        behaviour = self.does.get(name)
        if behaviour is None:
            behaviour = getattr(Peer, "do_" + name.replace(" ", "_"),
                                Peer.do_unknown)
        behaviour(self, c, tag, rest)

    # --- a good small server --------------------------------------------
    def do_unknown(self, c, tag, rest):
        c.say(tag + b" BAD what?\r\n")

    def do_CAPABILITY(self, c, tag, rest):
        c.say(b"* CAPABILITY " + self.capability + b"\r\n" + tag
              + b" OK done\r\n")

    def do_STARTTLS(self, c, tag, rest):
        c.say(tag + b" OK begin\r\n")
        c.start_tls(self.context)

    def do_AUTHENTICATE(self, c, tag, rest):
        mechanism, _, initial = rest.partition(b" ")
        if not initial:
            c.say(b"+ \r\n")
            initial = c.line()
        c.secret = base64.b64decode(initial)
        c.say(tag + b" OK welcome\r\n")

    def do_LOGIN(self, c, tag, rest):
        c.secret = rest
        c.say(tag + b" OK welcome\r\n")

    def do_NAMESPACE(self, c, tag, rest):
        c.say(b'* NAMESPACE (("" "/")) NIL NIL\r\n' + tag + b" OK done\r\n")

    def do_LIST(self, c, tag, rest):
        c.say(b'* LIST () "/" ' + rest.split(b" ", 1)[1] + b"\r\n" + tag
              + b" OK done\r\n")

    def do_CREATE(self, c, tag, rest):
        c.say(tag + b" OK done\r\n")

    do_SUBSCRIBE = do_NOOP = do_CREATE

    def do_SELECT(self, c, tag, rest):
        c.say(b"* FLAGS (\\Seen \\Deleted)\r\n"
              b"* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] limited\r\n"
              b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] ok\r\n"
              b"%b OK [READ-WRITE] selected\r\n"
              % (len(self.mails), self.validity, tag))

    def do_LOGOUT(self, c, tag, rest):
        c.say(b"* BYE logging out\r\n" + tag + b" OK bye\r\n")
        raise Gone

    def uids(self, text):
        """Which of our mails a set names."""
        found = []
        for part in re.match(rb"[0-9:*,]+", text).group().split(b","):
            a, _, b = part.partition(b":")
            last = max(self.mails, default=0)
            a = last if a == b"*" else int(a)
            b = last if b == b"*" else int(b or a)
            found += [u for u in sorted(self.mails)
                      if min(a, b) <= u <= max(a, b)]
        return found

    def do_UID_SEARCH(self, c, tag, rest):
        found = sorted(self.mails)
        m = re.search(rb"UID ([0-9:*,]+)", rest)
        if m:
            found = self.uids(m.group(1))
        if b"KEYWORD" in rest or b"DELETED" in rest:
            found = []
        c.say(b"* SEARCH" + b"".join(b" %d" % u for u in found) + b"\r\n"
              + tag + b" OK done\r\n")

    def number(self, uid):
        return sorted(self.mails).index(uid) + 1

    def do_UID_FETCH(self, c, tag, rest):
        for uid in self.uids(rest):
            n, mail = self.number(uid), self.mails[uid]
            if b"RFC822.SIZE" in rest:
                c.say(b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n"
                      % (n, uid, len(mail)))
            elif b"BODY.PEEK[HEADER]" in rest:
                head = mail.split(b"\r\n\r\n")[0] + b"\r\n\r\n"
                c.say(b"* %d FETCH (UID %d BODY[HEADER]<0> {%d}\r\n%b)\r\n"
                      % (n, uid, len(head), head))
            else:
                c.say(b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n"
                      % (n, uid, len(mail), mail))
        c.say(tag + b" OK done\r\n")

    def do_UID_MOVE(self, c, tag, rest):
        uids = self.uids(rest)
        if uids:
            s = b",".join(b"%d" % u for u in uids)
            c.say(b"* OK [COPYUID 9 %b %b] moved\r\n" % (s, s))
        for uid in uids:
            c.say(b"* %d EXPUNGE\r\n" % self.number(uid))
            self.moved[uid] = self.mails.pop(uid)
        c.say(tag + b" OK done\r\n")

    def do_IDLE(self, c, tag, rest):
        c.say(b"+ idling\r\n")
        c.idle(self.exists)
        c.say(tag + b" OK done\r\n")


class Connection:
    def __init__(self, peer, plain):
        self.peer = peer
        self.socket = plain
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = b""
        self.secret = None
        self.tls = False

    def start_tls(self, context):
        self.socket.settimeout(20)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.tls = True

    def say(self, data):
        self.socket.sendall(data)

    def drip(self, data, seconds):
        for i in range(len(data)):
            self.say(data[i:i + 1])
            time.sleep(seconds)

    def flood(self, data, times):
        for _ in range(times):
            self.say(data)

    def more(self, seconds=60):
        self.socket.settimeout(seconds)
        data = self.socket.recv(65536)
        self.socket.settimeout(60)
        if not data:
            raise Gone
        self.data += data
        self.peer.heard += data
        if not self.tls:
            self.peer.clear += data

    def line(self):
        while b"\n" not in self.data:
            self.more()
        line, _, self.data = self.data.partition(b"\n")
        return line.rstrip(b"\r")

    def idle(self, exists, seconds=60):
        """Until DONE; says EXISTS where the event is set."""
        until = time.monotonic() + seconds
        while b"\n" not in self.data:
            try:
                self.more(0.05)
            except (socket.timeout, ssl.SSLWantReadError):
                if time.monotonic() > until:
                    raise Gone from None
                if exists.is_set():
                    exists.clear()
                    self.say(b"* %d EXISTS\r\n" % len(self.peer.mails))
        return self.line()

    def wait_end(self, seconds=30):
        """Until the other side hangs up."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.more(max(0.1, until - time.monotonic()))
        raise Gone

    def close(self):
        try:
            self.socket.close()
        except OSError:
            pass
