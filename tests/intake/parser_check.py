# SPDX-License-Identifier: MIT
"""raadspost-parser over its socket: answers, parts, refusals, its jail, and
what it does when the engine goes."""
import hashlib, os, sys, threading, time
sys.path.insert(0, os.path.dirname(__file__))
from parser_peer import *

MAIL_1 = (b"Return-Path: <kirsten@mail.example>\r\n"
          b"From: Kirsten Holst <Kirsten@Mail.example>\r\n"
          b"Subject: =?utf-8?Q?M=C3=B8det?=\r\nDate: Tue, 3 Nov 2026 21:14:07"
          b" +0100\r\nMIME-Version: 1.0\r\n"
          b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
          b"--b\r\nContent-Type: text/plain\r\n\r\nJeg kommer.\r\n"
          b"--b\r\nContent-Type: application/pdf; name=x.pdf\r\n"
          b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--b--\r\n")

start = time.monotonic()
p = Parser()
m = read_mail(p.ask(MAIL_1))
took_ms = (time.monotonic() - start) * 1000
tried(m["from"] == [["Kirsten Holst", "kirsten@mail.example"]]
      and m["subject"] == "Mødet" and m["text"] == "Jeg kommer.",
      "a mail in the frame is read")
tried(took_ms < 300, "from the start to the first answer %.0f ms" % took_ms)
same = read_mail(p.ask(MAIL_1, as_file=True))
tried(same == m, "the same mail as a memory file gives the same")
part = m["attachments"][0]["part"]
kind, payload, fd = p.ask(MAIL_1, part=part)
data = os.pread(fd, 100, 0)
tried(kind == BYTES and data == b"%PDF-1.4\n"
      and hashlib.sha256(data).digest() == m["attachments"][0]["sha256"],
      "a part comes back decoded, as a memory file")
try:
    os.write(fd, b"x")
    tried(False, "the memory file is sealed")
except OSError:
    tried(True, "the memory file is sealed")
kind, payload, fd = p.ask(MAIL_1, part=77)
tried(kind == REFUSED and b"no part 77" in payload,
      "a part that is not there is refused in words")
kind, payload, fd = p.ask(b"A: b\r\n\r\n" + b"x" * (41 << 20))
tried(kind == REFUSED and b"limit" in payload,
      "a mail above the limit is refused in words")
m = read_mail(p.ask(b""))
tried(m["is_broken"] and m["broken_why"] == "the mail is empty",
      "an empty mail is a broken one")

big = (b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n"
       b"\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\n"
       b"Content-Transfer-Encoding: base64\r\n\r\n"
       + b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\r\n"
       * 400000 + b"--b--\r\n")
start = time.monotonic()
m = read_mail(p.ask(big))
took = time.monotonic() - start
rss, peak = p.memory()
tried(m["attachments"][0]["size_bytes"] == 48 * 400000 and not m["is_broken"],
      "a mail of %d MB: %.0f ms, peak %d MiB" % (len(big) >> 20, took * 1000,
                                                 peak >> 10))
tried(peak < 60 * 1024, "no more than 60 MiB for it")
del big
read_mail(p.ask(MAIL_1))
tried(p.memory()[0] < 30 * 1024, "and given back after it (%d MiB)"
      % (p.memory()[0] >> 10))

# The jail: the process is what it says, and dies by the filter, not by us.
status = open("/proc/%d/status" % p.process.pid).read()
limits = open("/proc/%d/limits" % p.process.pid).read() \
    if os.access("/proc/%d/limits" % p.process.pid, os.R_OK) else ""
if "sanitize" not in os.environ.get("BUILD", ""):
    tried("Seccomp:\t2" in status and "NoNewPrivs:\t1" in status,
          "it runs under a filter, without new privileges")
tried(p.close() == 0, "it ends with 0 when the engine goes")

os.environ.pop("TZ", None)
p = Parser()
m = read_mail(p.ask(b"From: a@b.example\r\nContent-Type: text/calendar; "
                    b"method=REPLY; charset=gb18030\r\n\r\n"
                    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
                    b"DTSTART;TZID=X:20261126T160000\r\nEND:VEVENT\r\n"))
tried(m["calendars"][0]["start_at"] > 0,
      "a local time is read in jail, also where no zone is set")
p.close()

p = Parser()
p.send(99, b"????")
tried(p.receive() is None and p.process.wait(30) == 1,
      "a question that is none ends it with 1")
p.process.stderr.close()

p = Parser()



def ask_all():
    for i in range(500):
        p.send(READ, struct.pack("<I", i) + MAIL_1)


asking = threading.Thread(target=ask_all)
asking.start()
tags = [struct.unpack("<I", p.receive()[1][:4])[0] for i in range(500)]
asking.join()
tried(tags == list(range(500)), "answers come in the order of the questions")
p.close()
