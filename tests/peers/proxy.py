# SPDX-License-Identifier: MIT
"""A proxy that cuts, delays or drips: proxy.py TARGET_PORT PLAN_FILE

Listens on a free port of 127.0.0.1, writes it as one line to standard output,
and passes each connection on to 127.0.0.1:TARGET_PORT. PLAN_FILE is read anew
for each connection (no file, or an empty one: pass all on); its words are

  up=N        cut after N bytes from the client (0: at once)
  down=N      cut after N bytes from the server
  rst=1       cut by RST instead of FIN
  stall=1     do not cut: go silent and keep the connection open
  delay_ms=N  hold each piece back so long, both ways
  rate=N      at most N bytes a second, both ways
  times=N     only the next N connections after the plan changed (default all)

A line for each cut goes to PLAN_FILE.log: `cut up=37`. Ends by SIGTERM."""
import os
import select
import socket
import struct
import sys
import threading
import time

TARGET, PLAN = int(sys.argv[1]), sys.argv[2]
USED = {"text": None, "n": 0}
LOCK = threading.Lock()


def plan():
    try:
        with open(PLAN, encoding="ascii") as f:
            text = f.read()
            stamp = text + str(os.fstat(f.fileno()).st_mtime_ns)
    except FileNotFoundError:
        return {}
    words = {k: int(v) for k, v in
             (w.split("=", 1) for w in text.split())}
    with LOCK:
        if stamp != USED["text"]:
            USED["text"], USED["n"] = stamp, 0
        USED["n"] += 1
        if USED["n"] > words.get("times", 1 << 60):
            return {}
    return words


def cut(pair, words, way, at):
    with open(PLAN + ".log", "a", encoding="ascii") as f:
        f.write(f"cut {way}={at}\n")
    if words.get("stall"):
        # Silent, but open, until either end goes.
        for s in pair:
            s.setblocking(True)
        select.select([pair[0]], [], [], 3600)
        while pair[0].recv(65536):
            pass
    elif words.get("rst"):
        linger = struct.pack("ii", 1, 0)
        for s in pair:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def carry(client):
    words = plan()
    try:
        server = socket.create_connection(("127.0.0.1", TARGET))
    except OSError:
        client.close()
        return
    pair = (client, server)
    for s in pair:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    left = {client: words.get("up", 1 << 60), server: words.get("down", 1 << 60)}
    names = {client: "up", server: "down"}
    piece = 65536
    if "rate" in words:
        piece = max(1, words["rate"] // 20)
    try:
        while True:
            for s in pair:
                if left[s] == 0:
                    cut(pair, words, names[s], words[names[s]])
                    return
            for s in select.select(pair, [], [])[0]:
                data = s.recv(min(piece, left[s]))
                if not data:
                    return
                if "delay_ms" in words:
                    time.sleep(words["delay_ms"] / 1000)
                if "rate" in words:
                    time.sleep(len(data) / words["rate"])
                (server if s is client else client).sendall(data)
                left[s] -= len(data)
    except OSError:
        pass
    finally:
        client.close()
        server.close()


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listener.getsockname()[1], flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=carry, args=(client,), daemon=True).start()


main()
