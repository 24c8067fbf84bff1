# SPDX-License-Identifier: MIT
"""Minutes as they should not come, and as files; each with a clear answer,
and nothing lost."""
import os
import sys

sys.path.insert(0, os.path.dirname(__file__))
import minutes  # noqa: E402
import story  # noqa: E402
from minutes import CAME, CANARY, COMMITTEE, MEMBERS, SECRETARY, newest, reply  # noqa: E402
from story import ok, text_of, to  # noqa: E402

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 2000


def state(s):
    return s.sql("SELECT state FROM minutes ORDER BY version DESC LIMIT 1").strip()


def main():
    s = story.Story("bad minutes", "albertslund", SECRETARY, "2022-04-20T09:00", "T31-bad-minutes.letters",
                    lambda text: text.replace("state = called", "state = planned").replace('	committee = "sus"\n', '	committee = "sus"\n' + minutes.RULES, 1))
    minutes.agenda(s)
    s.at("2022-06-09T19:01")
    form = newest(s, SECRETARY, "Skema")

    reply(s, SECRETARY, "Rådets sekretær", form, "Her er referatet.\n", [("referat.jpg", "image/jpeg", JPEG)])
    new = s.at("2022-06-10T09:00")
    ok("Et billede kan" in text_of(new, SECRETARY).replace("\n", " ") and state(s) == "form", "a photo: she hears what can be used instead: %s" % [str(m["Subject"]) for _, m, _ in new])

    reply(s, SECRETARY, "Rådets sekretær", form, "Her er referatet.\n", [("referat.pdf", "application/pdf", b"MZ" + b"\x90" * 3000)])
    new = s.at("2022-06-10T10:00")
    ok("selv om navnet siger det" in text_of(new, SECRETARY).replace("\n", " ") and state(s) == "form", "a PDF that is no PDF: it is not kept, and she hears it: %s" % [str(m["Subject"]) for _, m, _ in new])
    ok(s.sql("SELECT count(*) FROM file").strip() == "0", "nothing of it is kept but the mail")

    reply(s, SECRETARY, "Rådets sekretær", form, minutes.filled(form).replace("Der er kommet flere i varmestuen.", "Brugeren 070761-4285 var med."))
    new = s.at("2022-06-10T11:00")
    ok("CPR" in text_of(new, SECRETARY) and "4285" not in s.sql("SELECT group_concat(words) FROM minutes_item"), "a personal number is masked, and she is told how to send one")
    s.answers(SECRETARY, "Rådets sekretær", "FORTRYD", newest(s, SECRETARY, "Vi har fået referatet"))
    new = s.at("2022-06-10T11:05")
    ok(state(s) == "form" and to(new, "Vi har taget det tilbage") == [SECRETARY], "«FORTRYD» within ten minutes takes them back")
    ok(not to(s.at("2022-06-10T11:20"), "Udkast"), "and no draft goes")

    reply(s, SECRETARY, "Rådets sekretær", form, "Her er referatet.\n", [("Referat 9. juni.pdf", "application/pdf", PDF)])
    new = s.at("2022-06-13T09:00")
    text = text_of(new, SECRETARY).replace("\n", " ")
    ok("Filen bliver sendt, som den er" in text and "kun rådets medlemmer filen" in text, "a PDF is kept as it is; with a closed item only members get it")
    new = s.at("2022-06-13T09:11")
    ok(to(new, "Udkast til referat") == sorted(CAME + (SECRETARY,)) and all(b"%PDF-1.4" in p.get_payload(decode=True) for _, m, _ in new for p in m.iter_attachments()), "the draft has it")
    ok(sum(1 for _, m, _ in new for _ in m.iter_attachments()) == 7, "each reader has the file once")
    s.at("2022-06-21T08:05")
    s.answers(SECRETARY, "Rådets sekretær", "Godkend referatet", newest(s, SECRETARY, "Referatet kan godkendes"))
    s.at("2022-06-21T09:00")
    new = s.at("2022-06-21T09:11")
    files = {w: [p.get_filename() for p in m.iter_attachments()] for w, m, _ in new}
    ok(all(len(files[w]) == 1 for w in MEMBERS) and all(files[w] == [] for w in COMMITTEE), "released: members have the file, the committee the open items without it: %s" % files)
    ok(s.leaks(CANARY, MEMBERS + (SECRETARY,)) == [], "the closed item is read by nobody outside")

    # the file itself again, corrected
    reply(s, SECRETARY, "Rådets sekretær", newest(s, SECRETARY, "Skema"), "Her er referatet.\n\n1. Godkendelse af referat og dagsorden\nBegge godkendt.\n", [("referat.md", "text/markdown", "## 5. Økonomi\n\n**Beslutning:** Der er bevilget 300 kr.\n".encode())])
    new = s.at("2022-06-22T09:00")
    ok(s.sql("SELECT decision FROM minutes_item WHERE number = 5 ORDER BY minutes_id DESC LIMIT 1").strip() == "Der er bevilget 300 kr.", "attached Markdown is read like text")
    s.lines = [block for block in s.lines if block[4:14] >= "2022-06-10"]
    return s.end()


if __name__ == "__main__":
    sys.exit(main())
