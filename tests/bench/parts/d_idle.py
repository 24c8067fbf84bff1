# SPDX-License-Identifier: MIT
"""(d) Nothing happens: memory in all, and who wakes up."""
import glob
import re
import time

import bench
import sink


def run(seconds=30):
    box = bench.Box(0)
    got = sink.Sink()
    daemon = bench.Daemon(box, got.port)
    time.sleep(8)  # the last of the start is over
    switches = lambda: {name: sum(int(re.search(r"(?m)^voluntary_ctxt_switches:\s*(\d+)", open(t).read()).group(1)) for t in glob.glob("/proc/%d/task/*/status" % pid))
                        for name, pid in daemon.processes().items()}
    before = switches()
    time.sleep(seconds)
    after = switches()
    pss = {name: bench.field(pid, "smaps_rollup", "Pss") / 1024 for name, pid in daemon.processes().items()}
    print("(d) idle: %.1f MiB in all (PSS: %s); wake-ups in %d s: %s" % (
        sum(pss.values()), ", ".join("%s %.1f" % p for p in sorted(pss.items())), seconds,
        ", ".join("%s %d" % (name, after[name] - before[name]) for name in sorted(after))))
    bench.goal("(d) MiB in all", sum(pss.values()), most=25)
    bench.goal("(d) wake-ups", sum(after[name] - before[name] for name in after), most=0)
    daemon.stop()
    got.close()
    box.close()
