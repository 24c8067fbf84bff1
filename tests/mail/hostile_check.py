# SPDX-License-Identifier: MIT
"""Every form of THREATS 11 and 12 through raadspost-parser: at most 0.5 s
of the processor and 64 MiB each, the time growing with the mail and not with
its square, and the head read in any case. `hostile_check.py -v` prints a line
for each."""
import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../intake"))
from parser_peer import *

LIMIT_S = 0.5
LIMIT_KB = 64 * 1024
# Twice the mail: 2 times where it is linear, 4 where it is quadratic. The goal
# is 2.3 (-v shows it); on a shared machine what lies between says nothing.
GROWTH = 3.0
LEAST_S = 0.03  # what takes less cannot be compared on a shared machine
if "sanitize" in os.environ.get("BUILD", ""):
    LIMIT_S, LIMIT_KB = 10, 1 << 22
HEAD = (b"Return-Path: <x@far.example>\r\nFrom: X <x@far.example>\r\n"
        b"Subject: hostile\r\nDate: Tue, 3 Nov 2026 21:14:07 +0100\r\n")


def head(*lines):
    return HEAD + b"".join(l + b"\r\n" for l in lines) + b"\r\n"


def typed(kind, body=b""):
    return head(b"MIME-Version: 1.0", b"Content-Type: " + kind) + body


def nested_multiparts(n):
    out = [head(b"Content-Type: multipart/mixed; boundary=b0")]
    for i in range(n):
        out.append(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d"
                   b"\r\n\r\n" % (i, i + 1))
    return b"".join(out) + b"text\r\n"


def nested_messages(n):
    return head(b"Content-Type: message/rfc822") + (
        b"Content-Type: message/rfc822\r\n\r\n" * n) + b"\r\ntext\r\n"


def many_parts(n):
    return head(b"Content-Type: multipart/mixed; boundary=b") + (
        b"--b\r\n\r\nx\r\n" * n) + b"--b--\r\n"


def many_parts_typed(n):
    return head(b"Content-Type: multipart/mixed; boundary=b") + (
        b"--b\r\nContent-Type: text/html; charset=utf-8; name*0=a; name*1=b"
        b"\r\nContent-Disposition: inline\r\n\r\n<p>x\r\n" * n) + b"--b--\r\n"


def html(body):
    return typed(b"text/html; charset=utf-8", body)


def alternative(text, page):
    return typed(b"multipart/alternative; boundary=b",
                 b"--b\r\nContent-Type: text/plain\r\n\r\n" + text
                 + b"\r\n--b\r\nContent-Type: text/html\r\n\r\n" + page
                 + b"\r\n--b--\r\n")


def calendar(lines):
    return typed(b"text/calendar; method=REPLY", b"BEGIN:VCALENDAR\r\n"
                 b"METHOD:REPLY\r\nBEGIN:VEVENT\r\n" + lines
                 + b"END:VEVENT\r\nEND:VCALENDAR\r\n")


# name: (a mail of size n, n)
FORMS = {
    "multiparts 2,000 deep": (nested_multiparts, 2000),
    "multiparts 20,000 deep": (nested_multiparts, 20000),
    "20,000 messages in each other": (nested_messages, 20000),
    "100,000 parts": (many_parts, 100000),
    "900 parts of HTML": (many_parts_typed, 900),
    "200,000 headers": (lambda n: HEAD + b"X-A: b\r\n" * n + b"\r\nx", 200000),
    "a folded header of 10 MB": (
        lambda n: HEAD + b"X-A: b\r\n" + b" cccccccc\r\n" * n + b"\r\nx",
        1000000),
    "a header line of 10 MB": (
        lambda n: HEAD + b"X-A: " + b"c" * n + b"\r\n\r\nx", 10000000),
    "200,000 encoded words": (
        lambda n: head(b"X-B: " + b"=?utf-8?q?a?= " * n), 200000),
    "60 kB of encoded words": (
        lambda n: head(b"Subject: " + b"=?utf-8?q?a?= " * n), 4600),
    "beginnings of encoded words": (
        lambda n: head(b"X-B: " + b"=?a?q?" * n), 10000),
    "50,000 parameters": (
        lambda n: typed(b"text/plain" + b"".join(
            b"; name*%d=a" % i for i in range(n))), 50000),
    "100 parameters cut up, in 900 parts": (
        lambda n: typed(b"multipart/mixed; boundary=b") + (
            b"--b\r\nContent-Type: a/b" + b"".join(
                b"; n%d*0=a" % i for i in range(100)) + b"\r\n\r\nx\r\n")
        * n + b"--b--", 900),
    "200,000 ( in an address": (
        lambda n: head(b"To: " + b"(" * n), 200000),
    "60,000 ( in From": (
        lambda n: b"From: " + b"(" * n + b"\r\n\r\nx", 60000),
    "200,000 addresses": (
        lambda n: head(b"To: " + b"a@b.example, " * n), 200000),
    "50,000 groups in each other": (
        lambda n: head(b"Cc: " + b"a:" * n), 50000),
    "lines near a boundary": (
        lambda n: typed(b"multipart/mixed; boundary=bbbbbbbbbbbb",
                        b"--bbbbbbbbbbb\r\n--bbbbbbbbbbbbb\r\n" * n), 300000),
    "dashes alone": (
        lambda n: typed(b"multipart/mixed; boundary=b", b"--\r\n" * n),
        2000000),
    "base64 of junk": (
        lambda n: typed(b"text/plain\r\nContent-Transfer-Encoding: base64",
                        b"====*&^%" * n), 1000000),
    "an attachment of =": (
        lambda n: typed(b"a/b\r\nContent-Transfer-Encoding: "
                        b"quoted-printable", b"= " * n), 5000000),
    "a line of 20 MB": (lambda n: typed(b"text/plain", b"x" * n), 20000000),
    "20 MB of line ends": (
        lambda n: typed(b"text/plain", b"\r\n" * n), 10000000),
    "20 MB of 8-bit": (lambda n: typed(b"text/plain", b"\xe6" * n), 20000000),
    "300,000 <div>": (lambda n: html(b"<div>" * n), 300000),
    "100,000 <div>": (lambda n: html(b"<div>" * n), 100000),
    "1,000,000 <a ": (lambda n: html(b"<a " * n), 1000000),
    "170,000 <b>, misnested": (
        lambda n: html(b"<i><div>" + b"<b></i>" * n), 70000),
    "500 <b> and </i>": (
        lambda n: html(b"<i><div>" + b"<b>" * 500 + b"</i>" * n), 60000),
    "50,000 attributes": (
        lambda n: html(b"<p " + b"".join(b"a%d=b " % i for i in range(n))
                       + b">x"), 40000),
    "HTML of <": (lambda n: html(b"<" * n), 500000),
    "HTML of <!--": (lambda n: html(b"<!--" * n), 120000),
    "HTML of &": (lambda n: html(b"&amp" * n), 120000),
    "a sheet of rules": (
        lambda n: html(b"<style>" + b"".join(
            b".a%d{display:none}" % i for i in range(2000)) + b"</style>"
            + b"<p class=x>y" * n), 30000),
    "tables in tables": (
        lambda n: html(b"<table><tr><td>" * n), 30000),
    "50,000 blockquotes": (
        lambda n: html(b"<blockquote>x" * n), 36000),
    "style of brackets": (
        lambda n: html(b"<p style='background:" + b"(" * n + b"'>x"), 19000),
    "200,000 References": (
        lambda n: head(b"References: " + b"<a@b> " * n), 200000),
    "quoted lines of >": (
        lambda n: typed(b"text/plain; format=flowed", b">" * n), 1000000),
    "flowed lines": (
        lambda n: typed(b"text/plain; format=flowed", b"a \r\n" * n), 250000),
    "two forms that differ": (
        lambda n: alternative(b"ja " * n, b"<p>" + b"nej " * n), 120000),
    "two forms, every other word": (
        lambda n: alternative(b"a b " * n, b"a " * n), 120000),
    "a calendar of folds": (
        lambda n: calendar(b"UID:a\r\n" + b" b\r\n" * n), 60000),
    "a calendar of attendees": (
        lambda n: calendar(b"ATTENDEE:mailto:a@b.example\r\n" * n), 8000),
    "a calendar of BEGIN": (
        lambda n: calendar(b"BEGIN:VALARM\r\n" * n), 17000),
    "a calendar of parameters": (
        lambda n: calendar(b"UID" + b";a=b" * n + b":c\r\n"), 60000),
    "results of ;": (
        lambda n: b"Authentication-Results: mx.fjordby.example" + b";a=b" * n
        + b"\r\n" + head(), 16000),
    "20 results of comments": (
        lambda n: b"Authentication-Results: mx.fjordby.example; dmarc=pass "
        + b"(" * n + b"\r\n" + head(), 60000),
    "a bounce of addresses": (
        lambda n: b"Return-Path: <>\r\nFrom: mailer-daemon@a.example\r\n"
        b"Subject: failure notice\r\n\r\n" + b"<a@b.example>:\r\n" * n, 60000),
    "a report of groups": (
        lambda n: typed(b"message/delivery-status", b"Final-Recipient: rfc822"
                        b"; a@b.example\r\n\r\n" * n), 100000),
    "a UTF-7 text": (
        lambda n: typed(b"text/plain; charset=utf-7", b"+AGE-" * n), 200000),
    "a GB18030 text of junk": (
        lambda n: typed(b"text/plain; charset=gb18030", b"\xff\x81" * n),
        300000),
    "an ISO-2022-JP text of escapes": (
        lambda n: typed(b"text/plain; charset=iso-2022-jp", b"\x1b$B" * n),
        200000),
}


def measure(raw):
    """Seconds, kB at the most, the mail; a fresh process each time."""
    p = Parser()
    read_mail(p.ask(HEAD + b"\r\nwarm"))
    start = p.cpu_s()
    answer = p.ask(raw)
    if answer is None:
        return 0, 0, None
    took = p.cpu_s() - start
    peak = p.memory()[1]
    p.close()
    return took, peak, read_mail(answer)


def check(name, make, n, verbose):
    raw = make(n)
    took, peak, mail = measure(raw)
    again = 0
    while took > LIMIT_S * 0.6 and again < 3:  # somebody else's load
        took, again = min(took, measure(raw)[0]), again + 1
    faults = []
    if mail is None:
        faults.append("killed it")
    else:
        if took > LIMIT_S:
            faults.append("%.2f s" % took)
        if peak > LIMIT_KB:
            faults.append("%d MiB" % (peak >> 10))
        if not mail["from"] and b"From: X" in raw[:4096]:
            faults.append("the head was not read")
    ratio = 0.0
    if len(raw) * 2 < 40 << 20 and not faults:
        once, twice = took, 1e9
        for _ in range(12):  # the machine is shared: the best of some
            once = min(once, measure(raw)[0])
            twice = min(twice, measure(make(2 * n))[0])
            ratio = twice / max(once, LEAST_S)
            if ratio <= GROWTH:
                break
        if ratio > GROWTH:
            faults.append("twice the mail: %.1f times" % ratio)
    words = "%s: %.0f ms, %d MiB, twice the mail %.1f times%s" % (
        name, took * 1000, peak >> 10, ratio,
        "" if mail is None or not mail["is_broken"]
        else " (%s)" % mail["broken_why"])
    if faults:
        words = "%s: %s; %s" % (name, ", ".join(faults), words)
    if verbose or faults:
        print(("not ok - " if faults else "ok - ") + words)
    return not faults, took, peak


def charsets():
    """Every name that iconv knows, and what others call character sets: no
    crash, no word lost that ASCII can say; and outside the list all else is
    U+FFFD."""
    names = os.popen("iconv -l").read().replace("//", "").split()
    p = Parser()
    dead, odd = [], []
    for name in names + ["../../x", "utf-8//TRANSLIT", "IBM1390", "x" * 500]:
        raw = typed(b"text/plain; charset=\"%s\"" % name.encode(),
                    b"word \x80\xff\x1b$)A")
        answer = p.ask(raw)
        if answer is None:
            dead.append(name)
            p = Parser()
            continue
        mail = read_mail(answer)
        known = not mail["is_broken"]
        if name.upper().startswith(("IBM13", "ISO-2022-CN", "EBCDIC",
                                    "UCS", "TSCII")) and known:
            odd.append(name)
    p.close()
    ok = not dead and not odd
    tried(ok, "%d names of character sets, none outside the list is asked "
          "for%s" % (len(names), "" if ok else ": %s %s" % (dead, odd)))
    return ok


def main():
    verbose = "-v" in sys.argv
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    good, slowest, largest = 0, 0.0, 0
    forms = [(k, v) for k, v in FORMS.items()
             if not only or any(o in k for o in only)]
    for name, (make, n) in forms:
        ok, took, peak = check(name, make, n, verbose)
        good += ok
        slowest, largest = max(slowest, took), max(largest, peak)
    tried(good == len(forms), "%d of %d hostile forms within %.1f s and %d "
          "MiB; the slowest %.0f ms, the largest %d MiB" % (
              good, len(forms), LIMIT_S, LIMIT_KB >> 10, slowest * 1000,
              largest >> 10))
    if not only:
        charsets()


main()
