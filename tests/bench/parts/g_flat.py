# SPDX-License-Identifier: MIT
"""(g) What a mail costs with few and with many in the mailbox."""
import os
import statistics

import bench


SIZES = [int(n) for n in os.environ.get("SIZES", "1000 10000 100000").split()]


def run():
    costs, peaks, cpu = {}, {}, {}
    for n in SIZES:
        # A small box is over in a second, so it is measured more often.
        rounds = [bench.take_seconds(n) for _ in range(5 if n <= 1000 else 2 if n <= 10000 else 1)]
        costs[n] = statistics.median(took for took, _, _ in rounds) / n * 1e6
        peaks, cpu[n] = rounds[-1][1:]
    flat = max(costs.values()) / min(costs.values())
    print("(g) cost a mail with %s in the mailbox: %s us; largest by smallest %.2f" % (
        ", ".join("%d" % n for n in costs), ", ".join("%.0f" % c for c in costs.values()), flat))
    # On a busy machine this tells more than the clock does.
    print("    the engine's processor time a mail: %s us" % ", ".join("%.0f" % c["engine"] for c in cpu.values()))
    bench.tell_peaks(peaks)
    bench.goal("(g) largest cost by smallest", flat, most=1.5)
