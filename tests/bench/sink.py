# SPDX-License-Identifier: MIT
"""An SMTP server that takes everything at once and keeps only when it came:
for the figures that are about us and not about a server."""
import socket
import threading
import time


class Sink:
    def __init__(self):
        self.times = []
        self.listen = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listen.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                peer, _ = self.listen.accept()
            except OSError:
                return
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        try:
            peer.sendall(b"220 sink.example ESMTP\r\n")
            data = peer.makefile("rb")
            for line in data:
                word = line[:4].upper()
                if word == b"EHLO":
                    peer.sendall(b"250-sink.example\r\n250-8BITMIME\r\n250 SIZE 100000000\r\n")
                elif word == b"DATA":
                    peer.sendall(b"354 go\r\n")
                    for body in data:
                        if body == b".\r\n":
                            break
                    self.times.append(time.monotonic())
                    peer.sendall(b"250 taken\r\n")
                elif word == b"QUIT":
                    peer.sendall(b"221 bye\r\n")
                    return
                else:
                    peer.sendall(b"250 ok\r\n")
        except OSError:
            pass
        finally:
            peer.close()

    def close(self):
        self.listen.close()
