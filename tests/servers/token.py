# SPDX-License-Identifier: MIT
"""A token server as Microsoft's and others' are (RFC 6749 §4.4), and the one
who finds free ports for the other servers.

token.py DIR: reads DIR/clients (id TAB secret TAB mailbox, looked at anew for
each request), signs with a key it puts where Dovecot looks (DIR/keys), and
writes DIR/ports when it listens. One line a request in DIR/token.log.

The path says how it behaves:
  /token            a token for an hour
  /token/short      a token for 5 seconds
  /token/revoked    a token that no server accepts (signed with another key)
  /token/first-bad  the first one as revoked, the later ones good
  /token/500 /token/redirect /token/huge /token/garbage /token/empty
  /token/no-token /token/slow
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import socket
import ssl
import sys
import threading
import time
import urllib.parse

DIR = sys.argv[1]
KEY = os.urandom(32)
SEEN = {"first-bad": 0}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(mailbox, client, lasts_s, key):
    now = int(time.time())
    head = b64(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = b64(json.dumps({
        "iss": "https://token.example", "sub": mailbox, "email": mailbox,
        "iat": now - 5, "nbf": now - 5, "exp": now + lasts_s,
        "client_id": client}).encode())
    mac = hmac.new(key, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{b64(mac)}"


def mailbox_of(client, secret):
    with open(f"{DIR}/clients", encoding="utf-8") as f:
        for line in f:
            one, other, mailbox = line.rstrip("\n").split("\t")
            if one == client and other == secret:
                return mailbox
    return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            pass

    def do_GET(self):
        self.answer(405, {"error": "invalid_request"})

    def do_POST(self):
        size = int(self.headers.get("Content-Length", "0"))
        form = urllib.parse.parse_qs(self.rfile.read(size).decode())
        one = {k: v[0] for k, v in form.items()}
        how = self.path.removeprefix("/token").strip("/")
        with open(f"{DIR}/token.log", "a", encoding="utf-8") as f:
            f.write(f"{self.path} {one.get('client_id')} "
                    f"{one.get('grant_type')} {one.get('scope')}\n")
        if how == "500":
            return self.answer(500, b"<html>broken</html>")
        if how == "redirect":
            return self.answer(302, {}, Location="http://127.0.0.1:1/steal")
        if how == "huge":
            return self.answer(200, b'{"access_token":"' + b"a" * 300000
                               + b'"}')
        if how == "garbage":
            return self.answer(200, b"\xff\xfe not json")
        if how == "empty":
            return self.answer(200, b"")
        if how == "no-token":
            return self.answer(200, {"token_type": "Bearer"})
        if how == "slow":
            time.sleep(30)
        if one.get("grant_type") != "client_credentials":
            return self.answer(400, {
                "error": "unsupported_grant_type",
                "error_description": "only client_credentials"})
        mailbox = mailbox_of(one.get("client_id"), one.get("client_secret"))
        if mailbox is None:
            return self.answer(401, {
                "error": "invalid_client", "error_description":
                "AADSTS7000215: Invalid client secret provided.\r\n"
                "Trace ID: 0"})
        key, lasts_s = KEY, 5 if how == "short" else 3600
        if how == "revoked":
            key = b"another key"
        if how == "first-bad":
            SEEN[how] += 1
            key = b"another key" if SEEN[how] == 1 else KEY
        return self.answer(200, {
            "token_type": "Bearer", "expires_in": lasts_s,
            "access_token": token(mailbox, one["client_id"], lasts_s, key)})


def free_ports(names):
    """All held at once, so that they differ; let go just before use."""
    held = []
    for _ in names:
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        held.append(s)
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def main():
    where = f"{DIR}/keys/default/HS256"
    os.makedirs(where)
    with open(f"{where}/default", "wb") as f:
        f.write(base64.b64encode(KEY))
    plain = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tls = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{DIR}/tls/good.pem", f"{DIR}/tls/good.key")
    tls.socket = context.wrap_socket(tls.socket, server_side=True,
                                     do_handshake_on_connect=False)
    names = ["IMAP", "IMAPS", "LMTP", "SMTP", "SMTPS", "RELAY"]
    lines = [f"SERVERS_{n}_PORT={p}\n"
             for n, p in zip(names, free_ports(names))]
    lines.append("SERVERS_TOKEN_URL="
                 f"https://127.0.0.1:{tls.server_port}/token\n")
    lines.append("SERVERS_TOKEN_PLAIN_URL="
                 f"http://127.0.0.1:{plain.server_port}/token\n")
    with open(f"{DIR}/ports.new", "w", encoding="ascii") as f:
        f.writelines(lines)
    os.rename(f"{DIR}/ports.new", f"{DIR}/ports")
    threading.Thread(target=plain.serve_forever, daemon=True).start()
    tls.serve_forever()


main()
