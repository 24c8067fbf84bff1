# SPDX-License-Identifier: MIT
"""What `ical_tool` prints, as another reader understands it."""
import datetime
import os
import subprocess
import sys
from zoneinfo import ZoneInfo

import icalendar

ZONE = ZoneInfo("Europe/Copenhagen")
failed = 0


def ok(good, says):
    global failed
    failed += not good
    print("%s - %s" % ("ok" if good else "not ok", says))


def make(start, sequence, place, name, *more):
    end = start + datetime.timedelta(hours=2)
    return subprocess.run([os.environ["TOOL"], str(int(start.timestamp())), str(int(end.timestamp())), str(sequence), place, name, *more],
                          check=True, stdout=subprocess.PIPE, env={"TZ": "Europe/Copenhagen", "LC_ALL": "C.UTF-8"}).stdout


def at_offset(zone, when):
    """The UTC offset that the VTIMEZONE itself gives for a local time."""
    best = None
    for sub in zone.subcomponents:
        for year in (when.year - 1, when.year):
            month = sub["RRULE"]["BYMONTH"][0]
            last = datetime.date(year, month, 31)
            last -= datetime.timedelta(days=(last.weekday() + 1) % 7)
            onset = datetime.datetime.combine(last, sub["DTSTART"].dt.time())
            if onset <= when and (best is None or onset > best[0]):
                best = onset, sub["TZOFFSETTO"].td
    return best[1]


WINTER = datetime.datetime(2026, 11, 26, 16, 0, tzinfo=ZONE)
SUMMER = datetime.datetime(2022, 6, 9, 16, 0, tzinfo=ZONE)
CHANGE = datetime.datetime(2027, 3, 28, 9, 0, tzinfo=ZONE)
NASTY = "Sal 2; «Ærø», kælderen\nATTENDEE:mailto:x@evil.example"
LONG = "Værestedet " * 40

for when, place, name in ((WINTER, "Centret", "Kirsten Holst"), (SUMMER, "Albertslund Rusmiddelcenter", "Formanden"),
                          (CHANGE, NASTY, 'Aase "Lind"; x'), (WINTER, LONG, "")):
    raw = make(when, 0, place, name)
    says = "%s at %.20r" % (when.date(), place)
    lines = raw.split(b"\r\n")
    ok(all(len(line) <= 75 for line in lines) and b"\n" not in raw.replace(b"\r\n", b""), says + ": lines of 75 octets, CRLF")
    try:
        raw.decode()
        whole = all(line.decode() is not None for line in lines)
    except UnicodeDecodeError:
        whole = False
    ok(whole, says + ": no character is cut by a fold")
    cal = icalendar.Calendar.from_ical(raw)
    events = [c for c in cal.walk("VEVENT")]
    zones = [c for c in cal.walk("VTIMEZONE")]
    ok(cal["VERSION"] == "2.0" and cal["METHOD"] == "REQUEST" and "PRODID" in cal, says + ": a REQUEST")
    ok(len(events) == 1 and len(zones) == 1 and zones[0]["TZID"] == "Europe/Copenhagen", says + ": one event, one zone")
    event = events[0]
    start, end = event["DTSTART"], event["DTEND"]
    ok(start.params["TZID"] == "Europe/Copenhagen" and start.dt.replace(tzinfo=None) == when.replace(tzinfo=None) and
       end.dt - start.dt == datetime.timedelta(hours=2), says + ": starts and ends when it should")
    ok(at_offset(zones[0], when.replace(tzinfo=None)) == when.utcoffset(), says + ": its own zone rules say the right offset")
    ok(event["UID"] == "udsatteraad/2026-11-26@raadspost" and event["SEQUENCE"] == 0 and event["DTSTAMP"].dt.tzinfo is not None, says + ": uid, sequence, stamp in UTC")
    who = event["ATTENDEE"]
    ok(not isinstance(who, list) and who == "mailto:kirsten@mail.example" and who.params["PARTSTAT"] == "NEEDS-ACTION" and
       who.params["RSVP"] == "TRUE", says + ": one attendee, who is asked")
    ok(event["ORGANIZER"] == "mailto:udsatteraad@fjordby.example", says + ": our mailbox is the organizer")
    ok(str(event["LOCATION"]).split() == place.split(), says + ": the place, a line break is no new line")
    ok(str(event["DESCRIPTION"]).startswith("Linje et; med tegn, og \\ en skåstråd\nLinje to"), says + ": a description keeps its characters")

cal = icalendar.Calendar.from_ical(make(WINTER, 3, "Centret", "Kirsten Holst", "cancel"))
event = cal.walk("VEVENT")[0]
ok(cal["METHOD"] == "CANCEL" and event["STATUS"] == "CANCELLED" and event["SEQUENCE"] == 3, "a meeting that is called off: CANCEL, status, sequence")
cal = icalendar.Calendar.from_ical(make(WINTER, 4, "Biblioteket", "Kirsten Holst", "ACCEPTED"))
event = cal.walk("VEVENT")[0]
ok(cal["METHOD"] == "REQUEST" and event["SEQUENCE"] == 4 and event["STATUS"] == "CONFIRMED" and event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED",
   "a change of room: REQUEST, a higher sequence, the answer that we know (RFC 5546 3.2.2.1)")
cal = icalendar.Calendar.from_ical(make(WINTER, 4, "Biblioteket", "Kirsten Holst", "publish"))
event = cal.walk("VEVENT")[0]
ok(cal["METHOD"] == "PUBLISH" and "ATTENDEE" not in event and "ORGANIZER" in event, "a file for anybody: PUBLISH, no attendee (RFC 5546 3.2.1)")
ok(make(WINTER, 0, "x", "y") == make(WINTER, 0, "x", "y"), "the same event gives the same bytes")
sys.exit(failed != 0)
