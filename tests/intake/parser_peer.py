# SPDX-License-Identifier: MIT
"""The engine's end of a conversation with raadspost-parser, for the tests:
starts the program with a socket as descriptor 3, asks and reads answers."""
import array, mmap, os, resource, socket, struct, subprocess, time

OPEN, READ, PART, MAIL, BYTES, REFUSED = 1, 2, 3, 64, 65, 66


def text(value):
    if value is None:
        return struct.pack("<I", 0xFFFFFFFF)
    raw = value.encode()
    return struct.pack("<I", len(raw)) + raw


class Parser:
    def __init__(self, authserv="mx.fjordby.example", profile=0, hosts=()):
        ours, theirs = socket.socketpair()

        def place():
            os.dup2(theirs.fileno(), 3)
        self.process = subprocess.Popen(
            [os.path.join(os.environ.get("BUILD", "build/plain"),
                          "raadspost-parser")],
            preexec_fn=place, pass_fds=(3,), stderr=subprocess.PIPE)
        theirs.close()
        self.socket, self.tag = ours, 0
        self.socket.settimeout(30)
        self.send(OPEN, struct.pack("<B", profile) + text(authserv)
                  + struct.pack("<I", len(hosts))
                  + b"".join(text(h) for h in hosts) + b"\0")

    def send(self, kind, payload, fd=None):
        head = struct.pack("<IHBB", len(payload), kind, fd is not None, 0)
        anc = [] if fd is None else [
            (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))]
        sent = self.socket.sendmsg([head + payload], anc)
        self.socket.sendall((head + payload)[sent:])

    def receive(self):
        """(kind, payload, fd or None); None when the parser is gone."""
        data, fd = b"", None
        need = 8
        while len(data) < need:
            got, anc, _, _ = self.socket.recvmsg(
                need - len(data), socket.CMSG_SPACE(4))
            for level, what, raw in anc:
                if what == socket.SCM_RIGHTS:
                    fd = array.array("i", raw)[0]
            if not got:
                return None
            data += got
            if len(data) == 8 and need == 8:
                need += struct.unpack("<I", data[:4])[0]
        return struct.unpack("<H", data[4:6])[0], data[8:], fd

    def ask(self, raw, part=None, as_file=None):
        """The answer to one mail, as receive(), the tag taken off."""
        self.tag += 1
        payload = struct.pack("<I", self.tag)
        if part is not None:
            payload += struct.pack("<I", part)
        kind = READ if part is None else PART
        if as_file is None:
            as_file = len(raw) > 100000
        if as_file:
            fd = os.memfd_create("mail")
            with mmap_writer(fd, len(raw)) as room:
                if room is not None:
                    room[:] = raw
            self.send(kind, payload, fd)
            os.close(fd)
        else:
            self.send(kind, payload + raw)
        answer = self.receive()
        if answer is None:
            return None
        assert struct.unpack("<I", answer[1][:4])[0] == self.tag, answer
        return answer[0], answer[1][4:], answer[2]

    def memory(self):
        """Resident kB now, and the most so far."""
        out = {}
        for line in open("/proc/%d/status" % self.process.pid):
            if line.startswith(("VmRSS", "VmHWM")):
                out[line[:5]] = int(line.split()[1])
        return out["VmRSS"], out["VmHWM"]

    def cpu_s(self):
        """On the processor so far, whatever else the machine does."""
        try:
            with open("/proc/%d/schedstat" % self.process.pid) as f:
                return int(f.read().split()[0]) / 1e9
        except (OSError, ValueError, IndexError):
            fields = open("/proc/%d/stat" % self.process.pid).read()
            fields = fields.rsplit(")", 1)[1].split()
            return ((int(fields[11]) + int(fields[12]))
                    / os.sysconf("SC_CLK_TCK"))

    def close(self):
        """The exit status."""
        self.socket.close()
        status = self.process.wait(timeout=30)
        self.said = self.process.stderr.read().decode()
        self.process.stderr.close()
        return status


class mmap_writer:
    def __init__(self, fd, n):
        os.ftruncate(fd, n)
        self.map = mmap.mmap(fd, n) if n else None

    def __enter__(self):
        return self.map

    def __exit__(self, *_):
        if self.map is not None:
            self.map.close()


class Fields:
    """mail_write, read back field by field."""
    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def take(self, form):
        n = struct.calcsize("<" + form)
        value = struct.unpack("<" + form, self.raw[self.at:self.at + n])[0]
        self.at += n
        return value

    def bytes(self):
        n = self.take("I")
        if n == 0xFFFFFFFF:
            return None
        self.at += n
        return self.raw[self.at - n:self.at]

    def text(self):
        raw = self.bytes()
        return None if raw is None else raw.decode()

    def texts(self):
        return [self.text() for _ in range(self.take("I"))]

    def rows(self, *forms):
        return [[self.text() if f == "t" else self.bytes() if f == "b"
                 else self.take(f) for f in forms]
                for _ in range(self.take("I"))]

    def mail(self):
        m = {"return_path": self.text(), "delivered_to": self.texts(),
             "message_id": self.text(), "in_reply_to": self.texts(),
             "references": self.texts()}
        for who in "from", "sender", "reply_to", "to", "cc":
            m[who] = self.rows("t", "t")
        m["from_is_plain"] = self.take("B")
        m["subject"] = self.text()
        m["date_at"], m["date_offset_s"] = self.take("q"), self.take("q")
        m["headers"] = self.rows("t", "t")
        m["auth"], m["auth_why"] = self.take("B"), self.text()
        for name in "text", "html_text", "html_hidden":
            m[name] = self.text()
        m["html_differs"], m["html_has_coloured"] = (self.take("B"),
                                                     self.take("B"))
        m["attachments"] = [dict(zip(
            ("name", "type", "text", "size_bytes", "sha256", "part",
             "begin", "length", "transfer", "is_inline"), r)) for r in self.rows(*"tttqbIqqBB")]
        m["calendars"] = [dict(zip(
            ("method", "type_method", "uid", "start_at", "stamp_at",
             "recurrence_at", "sequence", "organizer", "attendee",
             "partstat", "sent_by", "comment", "summary",
             "counter_proposed"), r)) for r in self.rows(*"tttqqqittttttB")]
        m["reports"] = self.rows("B", "t", "t", "t", "t")
        m["report_ids"] = self.texts()
        m["size_bytes"], m["content_sha256"] = self.take("q"), self.bytes()
        for name in "is_encrypted", "is_signed", "is_broken":
            m[name] = self.take("B")
        m["broken_why"] = self.text()
        m["inner"] = self.mail() if self.take("B") else None
        return m


def read_mail(answer):
    assert answer is not None and answer[0] == MAIL, answer
    fields = Fields(answer[1])
    mail = fields.mail()
    assert fields.at == len(fields.raw)
    return mail


def tried(ok, words):
    print(("ok - " if ok else "not ok - ") + words)
    return ok
