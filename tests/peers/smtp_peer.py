# SPDX-License-Identifier: MIT
"""An SMTP server that misbehaves as it is told: smtp_peer.py DIR

Writes DIR/peer-ports (`name port` a line) when it listens. The port says how
the connection goes, the local part of the recipient how a letter goes:

  ports   good        takes letters, no TLS, no log-in
          greet-554 greet-421 silent close babble
          no-starttls   offers AUTH, but no STARTTLS
          strip         answers STARTTLS with 454
          inject        answers STARTTLS with 220 and a line that came too soon
          no-auth       TLS, but no AUTH
          deny          TLS, refuses every log-in with 535
          tls10         a server that knows no TLS above 1.0
          idle-421      closes each connection with a 421 after one letter
          crowd         the third connection at a time gets 421
          no-quit       never answers QUIT
  words   ok, mail-4xx (by the sender's local part), rcpt-450, rcpt-550,
          rcpt-drop, data-451, data-554, data-drop, body-drop, dot-451,
          dot-552, dot-drop, dot-half (cuts inside the answer's line),
          dot-251, dot-slow (2 s), dot-rst, dot-multi

Every byte from a client goes to DIR/peer-PORTNAME.in; a letter that was
answered 2xx after the dot, and one that was whole but not answered, is a line
in DIR/peer-letters: `taken|whole RCPT BYTES CRC`."""
import os
import socket
import ssl
import struct
import sys
import threading
import time
import zlib

DIR = sys.argv[1]
LOCK = threading.Lock()
OPEN = {"crowd": 0}
TLS_PORTS = {"no-auth", "deny"}


class Gone(Exception):
    pass


class Peer:
    def __init__(self, s, how):
        self.s, self.how, self.buffer = s, how, b""
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def say(self, line):
        self.s.sendall(line.encode() + b"\r\n")

    def read(self):
        data = self.s.recv(65536)
        if not data:
            raise Gone
        with open(f"{DIR}/peer-{self.how}.in", "ab") as f:
            f.write(data)
        return data

    def line(self):
        while b"\r\n" not in self.buffer:
            self.buffer += self.read()
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode(errors="replace")

    def reset(self):
        self.s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                          struct.pack("ii", 1, 0))
        raise Gone

    def ehlo(self, tls):
        words = ["peer.example", "SIZE 1000000", "PIPELINING"]
        if self.how in ("no-starttls", "strip"):
            words.append("AUTH PLAIN LOGIN XOAUTH2")
        if self.how in ("strip", "inject", "tls10") and not tls:
            words.append("STARTTLS")
        if self.how == "deny":
            words.append("AUTH PLAIN LOGIN")
        for word in words[:-1]:
            self.say("250-" + word)
        self.say("250 " + words[-1])

    def note(self, what, rcpt, data):
        with LOCK, open(f"{DIR}/peer-letters", "a", encoding="utf-8") as f:
            f.write(f"{what} {rcpt} {len(data)} {zlib.crc32(data)}\n")

    def data(self, rcpt, how):
        if how == "data-451":
            return self.say("451 4.3.0 not now")
        if how == "data-554":
            return self.say("554 5.7.1 not ever")
        if how == "data-drop":
            raise Gone
        self.say("354 go on")
        if how == "body-drop":
            while len(self.buffer) < 1000:
                self.buffer += self.read()
            self.reset()
        while not (b"\r\n" + self.buffer).count(b"\r\n.\r\n"):
            self.buffer += self.read()
        body, self.buffer = (b"\r\n" + self.buffer).split(b"\r\n.\r\n", 1)
        body = body[2:].replace(b"\r\n..", b"\r\n.") + b"\r\n"
        if how in ("dot-drop", "dot-half", "dot-rst"):
            self.note("whole", rcpt, body)
            if how == "dot-half":
                self.s.sendall(b"25")
            if how == "dot-rst":
                self.reset()
            raise Gone
        if how == "dot-451":
            return self.say("451 4.7.1 try again")
        if how == "dot-552":
            return self.say("552 5.2.2 mailbox full for ever")
        if how == "dot-432":
            return self.say("432 4.3.2 STOREDRV; sender thread limit exceeded")
        if how == "dot-slow":
            time.sleep(2)
        self.note("taken", rcpt, body)
        if how == "dot-multi":
            self.say("250-2.0.0 taken")
            return self.say("250 2.0.0 OK <new-id@peer.example> [Hostname=x]")
        return self.say("251 will forward" if how == "dot-251"
                        else "250 2.0.0 taken as <1@peer.example>")

    def letter(self, command):
        local = command.split("<", 1)[1].split("@")[0]
        if local.startswith("mail-"):
            return self.say(local[5:8] + " 0.0.0 not from you")
        self.say("250 ok")
        rcpts = []
        while True:
            line = self.line()
            word = line.upper()
            if word.startswith("RCPT TO:"):
                address = line.split("<", 1)[1].split(">")[0]
                how = address.split("@")[0]
                if how == "rcpt-drop":
                    raise Gone
                if how.startswith("rcpt-"):
                    self.say(how[5:8] + " 5.1.1 no such user")
                else:
                    rcpts.append(address)
                    self.say("250 ok")
            elif word == "DATA":
                if not rcpts:
                    self.say("503 no recipients")
                    continue
                return self.data(rcpts[0], rcpts[0].split("@")[0])
            elif word == "QUIT":
                if self.how == "no-quit":
                    time.sleep(3600)
                self.say("221 bye")
                raise Gone
            else:
                return self.say("250 ok")

    def talk(self, tls):
        if self.how.startswith("greet-"):
            self.say(f"{self.how[6:]} {self.how[6]}.3.2 not for you")
            self.line()
            raise Gone
        if self.how == "silent":
            time.sleep(3600)
        if self.how == "close":
            raise Gone
        if self.how == "babble":
            self.say("SSH-2.0-OpenSSH_9.2p1")
            self.line()
            raise Gone
        self.say("220 peer.example ESMTP")
        letters = 0
        while True:
            line = self.line()
            word = line.upper()
            if word.startswith(("EHLO", "HELO")):
                self.ehlo(tls)
            elif word == "STARTTLS":
                if self.how == "strip":
                    self.say("454 4.7.0 TLS not available")
                    continue
                if self.how == "inject":
                    self.s.sendall(b"220 go on\r\n250-AUTH PLAIN\r\n")
                    time.sleep(1)
                    raise Gone
                self.say("220 go on")
                raise Gone
            elif word.startswith("AUTH"):
                self.say("535 5.7.8 authentication credentials invalid")
            elif word.startswith("MAIL FROM:"):
                self.letter(line)
                letters += 1
                if self.how == "idle-421":
                    self.say("421 4.4.2 idle for too long")
                    time.sleep(0.2)
                    raise Gone
            elif word == "QUIT":
                if self.how == "no-quit":
                    time.sleep(3600)
                self.say("221 bye")
                raise Gone
            else:
                self.say("250 ok")


def serve(s, how):
    with LOCK:
        OPEN[how] = OPEN.get(how, 0) + 1
        n = OPEN[how]
    try:
        if how in TLS_PORTS:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{DIR}/tls/good.pem",
                                    f"{DIR}/tls/good.key")
            s = context.wrap_socket(s, server_side=True)
        peer = Peer(s, how)
        if how == "crowd" and n > 2:
            peer.say("421 4.3.2 too many connections")
            raise Gone
        peer.talk(how in TLS_PORTS)
    except (Gone, OSError, IndexError):
        pass
    finally:
        s.close()
        with LOCK:
            OPEN[how] -= 1


def listen(how, f):
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    f.write(f"{how} {listener.getsockname()[1]}\n")

    def accept():
        while True:
            s, _ = listener.accept()
            threading.Thread(target=serve, args=(s, how),
                             daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    return thread


def main():
    with open(f"{DIR}/peer-ports.new", "w", encoding="ascii") as f:
        threads = [listen(how, f) for how in (
            "good", "greet-554", "greet-421", "silent", "close", "babble",
            "no-starttls", "strip", "inject", "no-auth", "deny", "tls10",
            "idle-421", "crowd", "no-quit")]
    os.rename(f"{DIR}/peer-ports.new", f"{DIR}/peer-ports")
    for thread in threads:
        thread.join()


main()
