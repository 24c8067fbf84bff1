# SPDX-License-Identifier: MIT
"""(b) Personal letters of 60 kB into a fast sink, beside a bare libcurl client with as many connections."""
import re
import subprocess

import bench


def run():
    print("(b) 2,000 letters of 60 kB:")
    out = subprocess.run(["sh", "tests/bench/letters.sh", "2000", "60000", "4", str(bench.ROUNDS)], check=True, stdout=subprocess.PIPE).stdout.decode()
    print(out, end="")
    bench.goal("(b) of the bare client", float(re.search(r"ratio: *([0-9.]+)", out).group(1)), least=0.9)
