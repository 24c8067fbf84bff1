# SPDX-License-Identifier: MIT
"""Every mail of a labelled corpus through a real mailbox: each must end in a
folder and in `list mail` with its reason, and whoever must not be answered
gets no answer. What is understood is another test's matter (`make corpus`):
here the letters that some mails reply to were never sent.

    corpus.py DIR"""
import collections
import datetime
import email
import email.policy
import email.utils
import glob
import json
import os
import subprocess
import sys
import time

BUILD, SERVERS, CORPUS = os.environ["BUILD"], os.environ["SERVERS_DIR"], sys.argv[1]
WORLD = json.load(open(os.path.join(CORPUS, "world.json"), encoding="utf-8"))
EXPECT = json.load(open(os.path.join(CORPUS, "expect.json"), encoding="utf-8"))
DIR = os.path.join(SERVERS, "corpus")
BOX = os.path.join(SERVERS, "mail", WORLD["mailbox"], "Maildir")
CONFIG = """municipality = "{municipality}"
mailbox = "{mailbox}"
secretary = "{secretary}"
mode = live
database = "{dir}/raadspost.db"
imap {{ host = "127.0.0.1" port = {imap} ca-file = "{ca}" }}
smtp {{ host = "127.0.0.1" port = {smtp} tls = none auth = none connections = 4 }}
trust {{ authserv-id = "{authserv}" hosts = {{ "{authserv}" }} }}
limits {{ answers-per-hour = 1000 }}
"""


def quoted(text):
    return '"%s"' % str(text).replace("\\", "\\\\").replace('"', '\\"')


def council_file():
    """world.json in the form that `raadspost import` takes."""
    out = ["municipality = " + quoted(WORLD["municipality"])]
    keys = {"case_number": "case-number", "with_body": "with-body", "substitute_for": "substitute-for"}
    for b in WORLD["bodies"]:
        out.append("body %s {" % quoted(b["slug"]))
        for key in ("name", "kind", "language", "address", "case_number", "committee"):
            if b.get(key):
                out.append("\t%s = %s" % (keys.get(key, key), quoted(b[key])))
        for group, number in b["seats"].items():
            out.append("\tseat %s { number = %d }" % (quoted(group), number))
        for p in b["members"]:
            out.append("\tperson %s {" % quoted(p["email"]))
            out += ["\t\t%s = %s" % (keys.get(k, k), quoted(v)) for k, v in p.items() if k != "email" and v]
            out.append("\t}")
        for m in b["meetings"]:
            out.append("\tmeeting %s {" % quoted(m["id"].split("/")[1]))
            out += ["\t\t%s = %s" % (k, quoted(m[k][11:])) for k in ("start", "end")]
            out += ["\t\t%s = %s" % (keys.get(k, k), quoted(m[k])) for k in ("place", "theme", "kind", "state", "with_body", "uid") if m.get(k)]
            out.append("\t}")
        for h in b["hearings"]:
            out.append("\thearing %s { title = %s deadline = %s }" % (quoted(h["id"].split("/")[-1]), quoted(h["title"]), quoted(h["deadline"])))
        for t in b["topics"]:
            out.append("\ttopic %s { title = %s }" % (quoted(t["letter"]), quoted(t["title"])))
        out.append("}")
    return "\n".join(out) + "\n"


def raadspost(command, *args, clock=None):
    done = subprocess.run([os.path.join(BUILD, "raadspost"), command, "--config", os.path.join(DIR, "raadspost.conf"), "--clock", clock or WORLD["now"], *args],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if done.returncode != 0:
        print("# %s: %s" % (command, (done.stdout + done.stderr).decode("utf-8", "replace")[-1500:].replace("\n", "\n# ")))
    return done


def check(is_right, words, detail=""):
    print("%s - %s%s" % ("ok" if is_right else "not ok", words, "" if is_right else ": " + str(detail)[:600]))


def main():
    os.makedirs(DIR)
    secretary = next(p["email"] for b in WORLD["bodies"] for p in b["members"] if p["role"] == "secretary")
    with open(os.path.join(DIR, "raadspost.conf"), "w") as out:
        out.write(CONFIG.format(municipality=WORLD["municipality"], mailbox=WORLD["mailbox"], secretary=secretary, dir=DIR, imap=os.environ["SERVERS_IMAPS_PORT"],
                                smtp=os.environ["SERVERS_RELAY_PORT"], ca=os.environ["SERVERS_CA"], authserv=WORLD["authserv_id"]))
    with open(os.open(os.path.join(DIR, "imap"), os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
        out.write("hemmelig")
    with open(os.path.join(DIR, "council.conf"), "w") as out:
        out.write(council_file())
    with open(os.path.join(SERVERS, "users"), "a") as users:
        users.write("%s:{PLAIN}hemmelig\n" % WORLD["mailbox"])
    for sub in ("new", "cur", "tmp"):
        os.makedirs(os.path.join(BOX, sub))
    ids = {}
    for i, name in enumerate(sorted(EXPECT)):
        data = open(os.path.join(CORPUS, "mail", name + ".eml"), "rb").read()
        ids[str(email.message_from_bytes(data, policy=email.policy.default)["Message-ID"]).strip()] = name
        with open(os.path.join(BOX, "new", "%d.M%dP1.corpus" % (1700000000 + i, i)), "wb") as out:
            out.write(data)
    subprocess.run(["chown", "-R", "mail:mail", os.path.dirname(BOX)], check=True)
    check(raadspost("import", "--yes", os.path.join(DIR, "council.conf")).returncode == 0, "the corpus's world is imported")
    # The second pass is for what the first one put off; that of an hour later
    # for what waits until nobody has said stop.
    check(any(raadspost("once").returncode == 0 for _ in range(2)), "one pass over the mailbox comes to its end")
    later = (datetime.datetime.fromisoformat(WORLD["now"]) + datetime.timedelta(hours=1)).isoformat()
    check(raadspost("once", clock=later).returncode == 0, "and one an hour later")
    count = lambda folder: sum(len(os.listdir(os.path.join(BOX, folder, s))) for s in ("new", "cur") if os.path.isdir(os.path.join(BOX, folder, s)))
    folders = {f: count(f) for f in ("", "Rådspost/Behandlet", "Rådspost/Til sekretæren", "Rådspost/Fejl")}
    check(folders.pop("") == 0 and sum(folders.values()) == len(EXPECT), "each of %d mails lies in a folder" % len(EXPECT), folders)
    rows = json.loads(raadspost("list", "mail", "--json").stdout)
    check(len(rows) == len(EXPECT) and all(r["reason"] and r["outcome"] for r in rows), "each is in `list mail` with its outcome and reason",
          [r for r in rows if not r["reason"]][:3])
    print("# outcomes: %s" % dict(collections.Counter(r["outcome"] for r in rows)))
    letters = json.loads(raadspost("list", "letters", "--json").stdout)
    check(letters and all(r["state"] == "sent" for r in letters), "every letter was taken by the server", collections.Counter(r["state"] for r in letters))
    # Who was answered, by what lies in people's mailboxes.
    answered = set()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        files = [f for f in glob.glob(os.path.join(SERVERS, "mail", "*", "Maildir", "new", "*")) if not f.startswith(BOX)]
        if len(files) >= len(letters):
            break
        time.sleep(0.1)
    for f in files:
        msg = email.message_from_binary_file(open(f, "rb"), policy=email.policy.default)
        if msg["In-Reply-To"]:
            answered.add(str(msg["In-Reply-To"]).strip())
    check(len(files) == len(letters), "every letter lies in somebody's mailbox", "%d of %d" % (len(files), len(letters)))
    loops = sorted(ids[i] for i in answered if i in ids and EXPECT[ids[i]]["outcome"] == "silent")
    check(not loops, "none of the silent ones was answered", loops)
    check(answered & set(ids), "the others were", len(answered))


if __name__ == "__main__":
    main()
