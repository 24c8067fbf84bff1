# SPDX-License-Identifier: MIT
"""Speaks the engine's part to a real raadspost-reader: src/intake/reader.h
over a socket pair, the reader's end as its descriptor 3."""
import array
import mmap
import os
import signal
import socket
import struct
import subprocess
import time

OPEN, FETCH, MOVE, LIST, CLOSE = 1, 2, 3, 4, 5
LISTED, MAIL, MISSING, TOO_LARGE, MOVED, STATE, ALIVE = range(64, 71)
AWAY, CONNECTED, IDLE = 0, 1, 2
DONE, SECRETARY, FAULT = 0, 1, 2
IMPLICIT, STARTTLS, NONE = 0, 1, 2
PASSWORD, XOAUTH2 = 1, 2
FOLDERS = ("Rådspost/Behandlet", "Rådspost/Til sekretæren", "Rådspost/Fejl")


def text(t):
    if t is None:
        return struct.pack("<I", 0xFFFFFFFF)
    b = t.encode()
    return struct.pack("<I", len(b)) + b


def setup(port, ca, host="127.0.0.1", tls=IMPLICIT, auth=PASSWORD,
          user="raad@glostrup.example", secret="hemmelig", token_url=None,
          client_id=None, timeout_s=10, mailbox="INBOX", folders=FOLDERS,
          limit=40_000_000, poll_s=2):
    return (text(host) + struct.pack("<IB", port, tls) + text(ca)
            + struct.pack("<B", auth) + text(user) + text(secret)
            + text(token_url) + text(client_id) + text("mail")
            + struct.pack("<I", timeout_s) + text(mailbox)
            + b"".join(text(f) for f in folders)
            + struct.pack("<qI", limit, poll_s))


class Reader:
    def __init__(self, payload, program=None, stderr=None, wrap=()):
        program = program or os.path.join(
            os.environ.get("BUILD", "build/plain"), "raadspost-reader")
        ours, theirs = socket.socketpair()
        self.socket = ours

        def place():
            os.dup2(theirs.fileno(), 3)
            os.set_inheritable(3, True)

        self.process = subprocess.Popen(
            list(wrap) + [program], preexec_fn=place, close_fds=False,
            stdin=subprocess.DEVNULL, stderr=stderr)
        theirs.close()
        self.data, self.at = b"", 0
        self.fds = []
        self.log = []
        Reader.last = self
        if payload is not None:
            self.say(OPEN, payload)

    def say(self, kind, payload=b""):
        self.socket.sendall(struct.pack("<IHBB", len(payload), kind, 0, 0)
                            + payload)

    def fetch(self, validity, uids):
        self.say(FETCH, struct.pack(f"<II{len(uids)}I", validity, len(uids),
                                    *uids))

    def move(self, validity, folder, uids):
        self.say(MOVE, struct.pack(f"<IBI{len(uids)}I", validity, folder,
                                   len(uids), *uids))

    def more(self, until):
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.socket.settimeout(left)
        try:
            data, control, _, _ = self.socket.recvmsg(1 << 20,
                                                      socket.CMSG_LEN(64))
        except socket.timeout:
            raise TimeoutError from None
        for level, kind, body in control:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                fds = array.array("i")
                fds.frombytes(body[:len(body) // 4 * 4])
                self.fds.extend(fds)
        if not data:
            raise EOFError
        self.data = self.data[self.at:] + data
        self.at = 0

    def next(self, seconds=10):
        """(kind, payload, fd or None)"""
        until = time.monotonic() + seconds
        while len(self.data) - self.at < 8:
            self.more(until)
        n, kind, has_fd, _ = struct.unpack_from("<IHBB", self.data, self.at)
        while len(self.data) - self.at < 8 + n:
            self.more(until)
        payload = self.data[self.at + 8:self.at + 8 + n]
        self.at += 8 + n
        return kind, payload, self.fds.pop(0) if has_fd else None

    def read(self, seconds=10):
        """The next frame but ALIVE, as a tuple that begins with its kind."""
        until = time.monotonic() + seconds
        while True:
            kind, p, fd = self.next(until - time.monotonic())
            if kind == ALIVE:
                self.log.append((ALIVE,))
                continue
            frame = self.understand(kind, p, fd)
            self.log.append(frame)
            return frame

    @staticmethod
    def understand(kind, p, fd):
        if kind in (LISTED, MOVED):
            validity, byte, n = struct.unpack_from("<IBI", p)
            return kind, validity, byte, list(
                struct.unpack_from(f"<{n}I", p, 9))
        if kind == MAIL:
            validity, uid, size = struct.unpack_from("<IIq", p)
            if fd is None:
                n, = struct.unpack_from("<I", p, 16)
                return kind, validity, uid, size, p[20:20 + n]
            with mmap.mmap(fd, 0, prot=mmap.PROT_READ) as m:
                body = m[:]
            os.close(fd)
            return kind, validity, uid, size, body
        if kind == TOO_LARGE:
            validity, uid, size, n = struct.unpack_from("<IIqI", p)
            return kind, validity, uid, size, p[20:20 + n]
        if kind == MISSING:
            validity, uid, n = struct.unpack_from("<III", p)
            return kind, validity, uid, p[12:12 + n].decode()
        if kind == STATE:
            state, n = struct.unpack_from("<BI", p)
            if n == 0xFFFFFFFF:
                return kind, state, None, struct.unpack_from("<q", p, 5)[0]
            return (kind, state, p[5:5 + n].decode(),
                    struct.unpack_from("<q", p, 5 + n)[0])
        raise ValueError(f"a frame of kind {kind}")

    def until(self, kind, want=None, seconds=10):
        """Reads on to a frame of this kind (and for which want is true)."""
        end = time.monotonic() + seconds
        while True:
            frame = self.read(end - time.monotonic())
            if frame[0] == kind and (want is None or want(frame)):
                return frame

    def idle(self, seconds=10):
        return self.until(STATE, lambda f: f[1] == IDLE, seconds)

    def away(self, seconds=20):
        return self.until(STATE, lambda f: f[1] == AWAY, seconds)[2]

    def close(self, seconds=10):
        """The exit status; killed where it does not end."""
        try:
            self.say(CLOSE)
        except OSError:
            pass
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            return -9
        finally:
            self.socket.close()
            for fd in self.fds:
                os.close(fd)
