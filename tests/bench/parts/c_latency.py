# SPDX-License-Identifier: MIT
"""(c) From a mail's delivery to its receipt at the SMTP server."""
import os
import smtplib
import socket
import statistics
import threading
import time

import bench
import mails
import sink


def run(n=20):
    """Delivery to a receipt at the SMTP server, above the server's own notice to an idle client. That one looks into a mailbox of its own, which gets the
    same mail in the same delivery: in ours the mail may be moved before a second client hears of it."""
    box, beside = bench.Box(0), bench.Box(0)
    got = sink.Sink()
    daemon = bench.Daemon(box, got.port)
    watch = socket.create_connection(("127.0.0.1", int(os.environ["SERVERS_IMAP_PORT"])))
    lines = watch.makefile("rb")
    lines.readline()
    for command in (b"a LOGIN %s %s\r\n" % (beside.user.encode(), bench.SECRET.encode()), b"a SELECT INBOX\r\n"):
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
        bench.wait_for(lambda: len(got.times) > before and seen, 20, 0.001)
        above.append((got.times[before] - seen[0]) * 1000)
        time.sleep(1.5)  # the server counts its half second from the last change, our move among them
    print("(c) a mail's arrival to its receipt, above the server's own notice: %s ms" % bench.spread(above))
    bench.goal("(c) ms above the server's notice", statistics.median(above), most=10)
    daemon.stop()
    got.close()
    watch.close()
    beside.close()
    box.close()
