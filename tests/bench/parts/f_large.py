# SPDX-License-Identifier: MIT
"""(f) One mail of 25 MB: the peak memory of each process."""
import os
import subprocess
import sys
import time

import bench
import sink


def run(size_mb=25):
    box = bench.Box(0)
    got = sink.Sink()
    daemon = bench.Daemon(box, got.port)
    time.sleep(1)
    line = "QUJD" * 19 + "\r\n"
    body = line * (size_mb * 1000000 // len(line))
    data = ("Return-Path: <a@b.example>\r\nFrom: Anna <a@b.example>\r\nTo: udsatteraad@glostrup.example\r\nSubject: plan\r\nDate: Tue, 25 Jun 2019 10:00:00 +0200\r\n"
            "Message-ID: <large@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHer er planen.\r\n"
            "--x\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body + "--x--\r\n")
    path = os.path.join(bench.SERVERS, "large.eml")
    with open(path, "w", newline="") as out:
        out.write(data)
    before = time.monotonic()
    subprocess.run([sys.executable, "tests/servers/lmtp.py", os.environ["SERVERS_LMTP_PORT"], "somebody@else.example", box.user, path], check=True)
    bench.wait_for(lambda: box.left() == 0 and got.times, 60)
    took = time.monotonic() - before
    peaks = {name: bench.field(pid, "status", "VmHWM") / 1024 for name, pid in daemon.processes().items()}
    print("(f) a mail of %d MB: peak memory, MiB: %s (%.1f s from delivery to receipt)" % (
        len(data) // 1000000, ", ".join("%s %.0f" % p for p in sorted(peaks.items())), took))
    bench.goal("(f) MiB of the largest process", max(peaks.values()), most=60)
    daemon.stop()
    got.close()
    box.close()
