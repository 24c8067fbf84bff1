# SPDX-License-Identifier: MIT
"""(i) The public pages of a hundred meetings."""
import os
import shutil
import subprocess
import sys
import time

import bench


def run(n=100):
    """The public pages of a hundred meetings with agenda and minutes; beside it the same files copied."""
    house, site = os.path.join(bench.SERVERS, "pages"), os.path.join(bench.SERVERS, "site")
    os.makedirs(house)
    with open(os.path.join(house, "raadspost.conf"), "w") as out:
        out.write(bench.CONFIG.format(secretary="s@glostrup.example", dir=house, imap=1, ca=os.environ["SERVERS_CA"], user="u", smtp=1, connections=1, pace=0))
    command = lambda name, *args: [os.path.join(bench.BUILD, "raadspost"), name, "--config", os.path.join(house, "raadspost.conf"), "--clock", bench.CLOCK, *args]
    subprocess.run(command("import", "--yes", "seeds/glostrup/council.conf"), check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "tests/cli/publish_house.py", os.path.join(house, "raadspost.db"), "many", str(n)], check=True)
    first, again = [], []
    for _ in range(max(bench.ROUNDS, 3)):
        shutil.rmtree(site, ignore_errors=True)
        first.append(bench.peak(command("publish", site)))
        again.append(bench.peak(command("publish", site)))
    files = [os.path.join(at, name) for at, _, names in os.walk(site) for name in names]
    size = sum(os.path.getsize(f) for f in files)
    before = time.monotonic()
    for i, f in enumerate(files):
        with open(f, "rb") as source, open(os.path.join(bench.SERVERS, "raw%d" % i), "wb") as out:
            out.write(source.read())
            out.flush()
            os.fsync(out.fileno())
    raw = time.monotonic() - before
    print("(i) pages of %d meetings, %d files of %d kB: first run %s ms (the same files written and synced: %.0f ms), unchanged %s ms, peak %.0f MiB; %s" % (
        n, len(files), size // 1000, bench.spread([r[0] * 1000 for r in first]), raw * 1000, bench.spread([r[0] * 1000 for r in again]),
        max(r[1] for r in first + again), again[0][2].decode().strip()))
