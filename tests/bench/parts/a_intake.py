# SPDX-License-Identifier: MIT
"""(a) A full INBOX, until each mail is understood, stored, answered and moved; beside a client that only fetches, stores and moves."""
import os
import statistics
import subprocess

import bench


def bare_seconds(n, batch):
    box = bench.Box(n)
    box.doveadm("mailbox", "create", "-u", box.user, "Done")
    out = subprocess.run([os.path.join(bench.BUILD, "bench", "bare_imap"), os.environ["SERVERS_IMAP_PORT"], box.user, bench.SECRET, "Done", str(batch),
                          os.path.join(bench.SERVERS, "bare.out")], check=True, stdout=subprocess.PIPE).stdout.decode()
    box.close()
    return float(out.split()[-1])


def run():
    n = int(os.environ.get("N", "10000"))
    ours, bare = [], {50: [], 500: []}
    for _ in range(bench.ROUNDS):
        took, peaks, cpu = bench.take_seconds(n)
        ours.append(n / took)
        for batch in bare:
            bare[batch].append(n / bare_seconds(n, batch))
    print("(a) %d mails, taken, understood, stored, answered, moved: %s mails/s" % (n, bench.spread(ours)))
    for batch, rates in bare.items():
        print("    bare client, batches of %d: %s mails/s; ratio %s" % (batch, bench.spread(rates), bench.spread([a / b for a, b in zip(ours, rates)])))
    bench.tell_peaks(peaks)
    print("    processor time a mail, us: " + ", ".join("%s %.0f" % p for p in sorted(cpu.items())))
    bench.goal("(a) of the bare client that moves 50 at a time", statistics.median(a / b for a, b in zip(ours, bare[50])), least=0.7)
