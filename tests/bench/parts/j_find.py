# SPDX-License-Identifier: MIT
"""(j) A search among ten thousand items of minutes."""
import os
import sqlite3
import subprocess

import bench


def run(n=10000):
    """A word among ten thousand items, and a word that all of them have."""
    house = os.path.join(bench.SERVERS, "find")
    os.makedirs(house)
    with open(os.path.join(house, "raadspost.conf"), "w") as out:
        out.write(bench.CONFIG.format(secretary="s@glostrup.example", dir=house, imap=1, ca=os.environ["SERVERS_CA"], user="u", smtp=1, connections=1, pace=0))
    command = lambda name, *args: [os.path.join(bench.BUILD, "raadspost"), name, "--config", os.path.join(house, "raadspost.conf"), "--clock", bench.CLOCK, *args]
    subprocess.run(command("import", "--yes", "seeds/glostrup/council.conf"), check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(os.path.join(house, "raadspost.db"))
    db.executemany("INSERT INTO passage (kind, audience, body_id, meeting_id, number, at, closed, title, words)"
                   " SELECT 'minutes', 'members', body_id, meeting_id, ?, start_at, 0, ?, ? FROM meeting LIMIT 1",
                   ((i + 1, "Punkt %d om boliger" % i, "Rådet drøftede sagen. " * 20 + "Ordet er ord%d." % i) for i in range(n)))
    db.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
    db.commit()
    db.close()
    one = [bench.peak(command("find", "ord%d" % (n // 2))) for _ in range(max(bench.ROUNDS, 3))]
    many = [bench.peak(command("find", "boliger")) for _ in range(max(bench.ROUNDS, 3))]
    none = [bench.peak(command("find", "kanariefugl")) for _ in range(max(bench.ROUNDS, 3))]
    print("(j) find among %d items: a rare word %s ms, one that all have %s ms, none %s ms (the command alone, with its database), peak %.0f MiB" % (
        n, *(bench.spread([r[0] * 1000 for r in rounds]) for rounds in (one, many, none)), max(r[1] for r in one + many + none)))
