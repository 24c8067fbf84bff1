# SPDX-License-Identifier: MIT
"""Delivers files to one mailbox by LMTP (RFC 2033), over one connection:
lmtp.py PORT FROM RCPT FILE…  Line ends become CRLF; nothing else is changed."""
import re
import socket
import sys


def main():
    port, sender, rcpt, files = (int(sys.argv[1]), sys.argv[2], sys.argv[3],
                                 sys.argv[4:])
    s = socket.create_connection(("127.0.0.1", port))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    r = s.makefile("rb")

    def expect(code, what):
        while True:
            line = r.readline()
            if line[3:4] != b"-":
                break
        if not line.startswith(code):
            sys.exit(f"lmtp: {what}: {line.decode(errors='replace').strip()}")

    expect(b"220", "greeting")
    s.sendall(b"LHLO test.example\r\n")
    expect(b"250", "LHLO")
    for name in files:
        with open(name, "rb") as f:
            data = f.read()
        data = re.sub(rb"(?<!\r)\n", b"\r\n", data)
        if not data.endswith(b"\r\n"):
            data += b"\r\n"
        data = re.sub(rb"(?m)^\.", b"..", data)
        s.sendall(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{rcpt}>\r\nDATA\r\n"
                  .encode())
        expect(b"250", "MAIL FROM")
        expect(b"250", "RCPT TO")
        expect(b"354", "DATA")
        s.sendall(data + b".\r\n")
        expect(b"250", name)
    s.sendall(b"QUIT\r\n")


main()
