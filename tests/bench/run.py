# SPDX-License-Identifier: MIT
"""Speed and memory as ratios beside the raw limits, measured in one run on
the same private servers. Run by bench.sh.

    run.py [PART…]      names of tests/bench/parts/, without the letter

Each figure is printed with its spread, each goal as met or MISSED. The run
fails only where a part does not come to its end: on a machine that others
use at the same time the goals say little."""
import glob
import importlib
import os
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, "parts")]
import bench  # noqa: E402


def main(wanted):
    names = sorted(os.path.basename(p)[:-3] for p in glob.glob(os.path.join(here, "parts", "*.py")))
    unknown = set(wanted) - {name.split("_", 1)[1] for name in names}
    if unknown:
        sys.exit("bench: no part %s; there are: %s" % (", ".join(sorted(unknown)), " ".join(name.split("_", 1)[1] for name in names)))
    began = time.monotonic()
    for name in names:
        if not wanted or name.split("_", 1)[1] in wanted:
            importlib.import_module(name).run()
            sys.stdout.flush()
    missed = [words for words, met in bench.goals if not met]
    print("bench: %d of %d goals met in %.0f s%s" % (len(bench.goals) - len(missed), len(bench.goals), time.monotonic() - began,
                                                    "; missed: " + "; ".join(missed) if missed else ""))


main(sys.argv[1:])
