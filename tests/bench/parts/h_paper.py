# SPDX-License-Identifier: MIT
"""(h) A document of forty pages as PDF."""
import os
import re
import subprocess

import bench


def run(pages=40):
    """A document of forty pages; the peak is that of the tool and its child, the larger one."""
    words = "Rådet drøftede, hvordan borgere uden fast bolig kan få hjælp. "
    path = os.path.join(bench.SERVERS, "forty.md")
    with open(path, "w") as out:
        out.write("Title: Lang\n\n" + "".join("## %d. Punkt\n\n%s\n\n- %s\n- kort\n\n" % (i, words * 22, words * 4) for i in range(1, 95)))
    command = [os.path.join(bench.BUILD, "tests/outbox/paper_tool"), os.path.join(bench.BUILD, "raadspost-paper"), path]
    runs = [bench.peak(command) for _ in range(max(bench.ROUNDS, 5))]
    count = subprocess.run(["pdfinfo", "-"], input=runs[0][2], stdout=subprocess.PIPE, check=True).stdout.decode()
    print("(h) a PDF of %s pages, %d kB: %s ms, peak %.0f MiB" % (
        re.search(r"Pages:\s+(\d+)", count).group(1), len(runs[0][2]) // 1000, bench.spread([r[0] * 1000 for r in runs]), max(r[1] for r in runs)))
