# SPDX-License-Identifier: MIT
"""Tries the private servers with Python's own clients: what a client of ours
must meet with them. Prints a line for each thing tried."""
import imaplib
import json
import smtplib
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

DIR = sys.argv[1]
PORT = {}
with open(f"{DIR}/ports", encoding="ascii") as ports:
    for row in ports:
        key, value = row.strip().split("=", 1)
        PORT[key.removeprefix("SERVERS_").removesuffix("_PORT")] = value
TLS = ssl.create_default_context(cafile=f"{DIR}/tls/ca.pem")
WHO, PASSWORD = "raad@glostrup.example", "hemmelig æ"
MAIL = (b"From: raad@glostrup.example\r\nTo: kirsten@else.example\r\n"
        b"Subject: a try\r\n\r\nwords\r\n")


def tried(words, good):
    print(("ok - " if good else "not ok - ") + words)


def refused_tls(address):
    try:
        imaplib.IMAP4_SSL(address, int(PORT["IMAPS"]), ssl_context=TLS)
        return "accepted"
    except ssl.SSLCertVerificationError as e:
        return e.verify_message


def ask_token(url, secret):
    form = urllib.parse.urlencode({
        "grant_type": "client_credentials", "client_id": "app",
        "client_secret": secret, "scope": "mail"}).encode()
    try:
        with urllib.request.urlopen(url, form, context=TLS) as r:
            return json.load(r)
    except urllib.error.HTTPError as e:
        return json.load(e)


def imap():
    m = imaplib.IMAP4_SSL("127.0.0.1", int(PORT["IMAPS"]), ssl_context=TLS)
    m._encoding = "utf-8"
    tried("IMAP by password over TLS",
          m.login(WHO, PASSWORD)[0] == "OK")
    m.create('"R&AOU-dspost"')
    m.create('"R&AOU-dspost/Behandlet"')
    m.select()
    tried("a mail is moved into a folder with an å", m.uid(
        "MOVE", "1", '"R&AOU-dspost/Behandlet"')[0] == "OK")
    m.logout()
    m = imaplib.IMAP4("127.0.0.1", int(PORT["IMAP"]))
    m.starttls(TLS)
    got = ask_token(PORT["TOKEN_URL"], "app-secret")["access_token"]
    bearer = f"user={WHO}\1auth=Bearer {got}\1\1".encode()
    tried("IMAP by token over STARTTLS",
          m.authenticate("XOAUTH2", lambda _: bearer)[0] == "OK")
    m.logout()
    bad = ask_token(PORT["TOKEN_URL"] + "/revoked", "app-secret")
    bearer = f"user={WHO}\1auth=Bearer {bad['access_token']}\1\1".encode()
    m = imaplib.IMAP4_SSL("127.0.0.1", int(PORT["IMAPS"]), ssl_context=TLS)
    tries = iter([bearer, b""])
    try:
        m.authenticate("XOAUTH2", lambda _: next(tries))
        tried("a token signed by another is refused", False)
    except imaplib.IMAP4.error:
        tried("a token signed by another is refused", True)
    tried("a wrong secret gets no token", ask_token(
        PORT["TOKEN_URL"], "guess").get("error") == "invalid_client")


def smtp():
    with smtplib.SMTP(
            "127.0.0.1", int(PORT["SMTP"]), local_hostname="test") as s:
        s.ehlo()
        tried("no log-in is offered in clear", not s.has_extn("auth"))
        s.starttls(context=TLS)
        s.ehlo()
        tried("PLAIN, LOGIN and XOAUTH2 are offered within TLS",
              {"PLAIN", "LOGIN", "XOAUTH2"} <= set(
                  s.esmtp_features["auth"].upper().split()))
        s.user, s.password = WHO, PASSWORD
        both = ("\0" + WHO + "\0" + PASSWORD).encode()
        import base64
        s.docmd("AUTH", "PLAIN " + base64.b64encode(both).decode())
        s.sendmail(WHO, "kirsten@else.example", MAIL)
    with smtplib.SMTP_SSL("127.0.0.1", int(PORT["SMTPS"]), context=TLS,
                          local_hostname="test") as s:
        s.ehlo()
        got = ask_token(PORT["TOKEN_URL"], "app-secret")["access_token"]
        bearer = f"user={WHO}\1auth=Bearer {got}\1\1"
        tried("SMTP by token", s.auth(
            "XOAUTH2", lambda _=None: bearer)[0] == 235)
        s.sendmail(WHO, "kirsten@else.example", MAIL)
        for where, want in (("tempfail", 450), ("full", 452),
                            ("refused", 550), ("policy", 554)):
            try:
                s.sendmail(WHO, f"kirsten@{where}.example", MAIL)
                got = 250
            except smtplib.SMTPRecipientsRefused as e:
                got = list(e.recipients.values())[0][0]
            tried(f"{where}.example is answered {want}", got == want)
        for where, want in (("late-tempfail", 451), ("late-refused", 554)):
            try:
                s.sendmail(WHO, f"kirsten@{where}.example", MAIL)
                got = 250
            except smtplib.SMTPDataError as e:
                got = e.smtp_code
            tried(f"{where}.example is answered {want}", got == want)
    with smtplib.SMTP(
            "127.0.0.1", int(PORT["RELAY"]), local_hostname="test") as s:
        s.sendmail(WHO, "kirsten@else.example", MAIL)


imap()
smtp()
for face, fault in (("127.0.0.2", "expired"), ("127.0.0.3", "mismatch"),
                    ("127.0.0.4", "local issuer")):
    tried(f"{face} shows a certificate with a fault: {fault}",
          fault in refused_tls(face))
