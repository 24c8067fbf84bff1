-- SPDX-License-Identifier: MIT
-- The database of one municipality, schema 1. Two halves:
--
--   Part I   what came in and what went out. Never rewritten: a mail's bytes
--            and a letter's bytes stay as they were; only how far they have
--            come is brought up to date. Erased when the law says so.
--   Part II  what we made of it: the council's people, meetings and words,
--            and the journal that says which mail made what, and takes back.
--
-- Instants (…_at) are UTC seconds since 1970. Days (…_day) are civil dates
-- in the body's zone, counted from 1970-01-01. Words for kinds and states are
-- stored as words where people look at them (`sqlite3` in an emergency), as
-- numbers where ten thousand mails a minute pass (Part I). A CHECK with IN of
-- three or more makes SQLite build a table anew for each row that is written
-- (seen by EXPLAIN: OpenEphemeral; ten of them were a sixth of a mail's
-- cost), so where each mail writes they are pairs, or BETWEEN.
--
-- How long personal data lives is said at each table as KEPT: the period is
-- counted by the nightly due date «retention», which goes by the class:
--   raw        bytes of mails and letters: 180 days after they came or were
--              made («keep.mail-days»). The bytes of a mail are as they came,
--              so they may hold a personal number (CPR), which is masked
--              everywhere else
--   sensitive  a seat as user or relative says something of health:
--              applications and consented nominations 180 days after they
--              came or were consented to, the day that the receipt names;
--              accepted ones as long as the term
--   case       belongs to a meeting: as long as its minutes
--   log        attempts to send: 90 days («keep.log-days»)
-- secure_delete is on, so that what is erased is overwritten and not merely
-- forgotten (THREATS, law 6).

-- ---------------------------------------------------------------- Part I --

-- A mail that came. Known by the mailbox's own key, and again by Message-ID
-- and content together (DESIGN, «Nothing twice»).
CREATE TABLE mail (
    mail_id      INTEGER PRIMARY KEY,
    uidvalidity  INTEGER NOT NULL,  -- with uid the mailbox's own key, RFC
    uid          INTEGER NOT NULL,  --   9051 §2.3.1.1: fetched twice, kept once
    came_at      INTEGER NOT NULL,  -- when we had it, not what Date: says
    size_bytes   INTEGER NOT NULL,  -- as the mailbox's server counts it
    head_only    INTEGER NOT NULL CHECK (head_only IN (0, 1)),
                                    -- over the limit: only its head is here
    attempts     INTEGER NOT NULL DEFAULT 0, -- times given to the parser;
                                    -- committed before, so a mail that kills
                                    -- it does so at most twice
    state        INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
                                    -- 0 stored, 1 done, 2 filed
    outcome      INTEGER CHECK (outcome BETWEEN 0 AND 3), -- rules/purpose.h
    folder       INTEGER NOT NULL DEFAULT 0 CHECK (folder BETWEEN 0 AND 2),
                                    -- done, to the secretary, fault
    reason       TEXT,              -- "which-meeting", "bounce" …
    why          TEXT,              -- the lines of `explain`; KEPT: raw
    message_id   TEXT,              -- RFC 5322 §3.6.4; a claim, no proof
    from_email   TEXT,              -- KEPT: raw
    subject      TEXT,              -- CPR masked; KEPT: raw
    date_at      INTEGER,           -- what Date: says
    auth         INTEGER,           -- enum mail_auth: what the own server said
    content      BLOB CHECK (length(content) = 32), -- SHA-256, mail.h
    twin_key     INTEGER,           -- hash of the message id, or of the content
                                    -- where there is none: found again by it
    same_as      INTEGER REFERENCES mail, -- came before by another way
    UNIQUE (uidvalidity, uid),
    CHECK ((state = 0) = (outcome IS NULL))
) STRICT;
-- Ids of others come in no order: one index over all of them would touch a page
-- of its own for each new mail, the more the more mails there are. So it is
-- cut into stretches of 32,768 mails, of which only the newest grows; to look
-- an id up asks each stretch once (store/inbox.c, TWINS).
CREATE INDEX mail_twin ON mail (mail_id >> 15, twin_key)
    WHERE twin_key IS NOT NULL;
-- What a crash left, found without a look at what is done.
CREATE INDEX mail_waiting ON mail (mail_id) WHERE state = 0;
-- Done, and perhaps still in the mailbox.
CREATE INDEX mail_done ON mail (uidvalidity, uid) WHERE state = 1;

-- Its bytes, as they lay in the mailbox; a row of their own, so that the
-- mail's progress does not rewrite them, and erasure takes them alone.
-- KEPT: raw.
CREATE TABLE mail_raw (
    mail_id      INTEGER PRIMARY KEY REFERENCES mail ON DELETE CASCADE,
    raw          BLOB NOT NULL
) STRICT;

-- Where the files of a mail lie in its bytes, as the parser saw it, so that
-- whoever keeps one later («ja» to a question, a point that is taken up) needs
-- to parse nothing. Goes with the bytes. KEPT: raw.
CREATE TABLE mail_part (
    mail_id      INTEGER NOT NULL REFERENCES mail_raw ON DELETE CASCADE,
    part         INTEGER NOT NULL,      -- number in depth-first order
    name         TEXT,                  -- no path, no controls; CPR masked
    type         TEXT NOT NULL,         -- what the sender calls it
    size_bytes   INTEGER NOT NULL,      -- decoded
    sha256       BLOB NOT NULL CHECK (length(sha256) = 32), -- decoded
    begin        INTEGER NOT NULL CHECK (begin >= 0), -- in mail_raw.raw
    length       INTEGER NOT NULL CHECK (length >= 0),
    transfer     INTEGER NOT NULL CHECK (transfer BETWEEN 0 AND 2),
                                        -- plain, base64, quoted-printable
    PRIMARY KEY (mail_id, part)
) STRICT, WITHOUT ROWID;

-- A letter of ours: made once under its key, its bytes, Date and Message-ID
-- frozen. How far it has come is the life in store/letter.c.
CREATE TABLE letter (
    letter_id    INTEGER PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE,  -- the same thing is never sent twice
    kind         INTEGER NOT NULL,      -- enum letter_kind
    class        INTEGER NOT NULL CHECK (class BETWEEN 0 AND 2),
                                        -- urgent, answer, bulk
    state        INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 7),
    ref          TEXT,                  -- meeting, hearing, "mail:N"
    body         TEXT,                  -- slug
    mail_id      INTEGER REFERENCES mail, -- that it answers
    from_email   TEXT NOT NULL,         -- envelope sender, '' the null one
    to_email     TEXT NOT NULL,         -- one address; KEPT: raw
    message_id   TEXT NOT NULL,         -- made from the key, so unique as that
    token        TEXT,                  -- one-time word, 128 bit
    subject      TEXT NOT NULL,         -- KEPT: raw
    made_at      INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,      -- not before
    first_at     INTEGER,               -- first attempt: five days count
    last_at      INTEGER,
    attempts     INTEGER NOT NULL DEFAULT 0,
    answer       TEXT                   -- the server's last words; KEPT: raw
) STRICT;
-- In stretches, as mail_twin: an id is looked up where a mail names it.
CREATE UNIQUE INDEX letter_message_id ON letter (letter_id >> 15, message_id);
-- In stretches, too: a word is made for every receipt and looked up
-- for few.
CREATE UNIQUE INDEX letter_token ON letter (letter_id >> 13,
    token COLLATE NOCASE) WHERE token IS NOT NULL;
CREATE INDEX letter_due ON letter (class, due_at, letter_id)
    WHERE state IN (0, 4);              -- queued, deferred
CREATE INDEX letter_on_way ON letter (state)
    WHERE state IN (1, 2);              -- sending, dot: after a crash
CREATE INDEX letter_mail ON letter (mail_id) WHERE mail_id IS NOT NULL;

-- KEPT: raw. The text is what a quotation is known again by.
CREATE TABLE letter_raw (
    letter_id    INTEGER PRIMARY KEY REFERENCES letter ON DELETE CASCADE,
    raw          BLOB NOT NULL,         -- RFC 5322, CRLF, 7-bit
    text         TEXT
) STRICT;

-- The log of what was sent and what the server said: one row for each end of
-- an attempt. KEPT: log.
CREATE TABLE sent (
    sent_id      INTEGER PRIMARY KEY,
    letter_id    INTEGER NOT NULL REFERENCES letter ON DELETE CASCADE,
    at           INTEGER NOT NULL,
    state        INTEGER NOT NULL,      -- where the letter came to
    answer       TEXT
) STRICT;
CREATE INDEX sent_letter ON sent (letter_id);

-- Who was answered when, so that nobody, and no stranger behind whose name
-- somebody else writes, gets more than the limits (DESIGN «No loops», THREATS
-- 14). KEPT: two days.
CREATE TABLE answered (
    answered_id  INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    email        TEXT NOT NULL,
    domain       TEXT                   -- set for unverified strangers alone
) STRICT;
CREATE INDEX answered_email ON answered (email, at);
CREATE INDEX answered_domain ON answered (domain, at)
    WHERE domain IS NOT NULL;
CREATE INDEX answered_stranger ON answered (at) WHERE domain IS NOT NULL;

-- --------------------------------------------------------------- Part II --

-- What holds for the whole municipality: "municipality", "mailbox", …
CREATE TABLE setting (
    name         TEXT PRIMARY KEY,
    value        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One number that grows with every change of what the understanding sees;
-- the triggers at the end of this file keep it.
CREATE TABLE world (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    version      INTEGER NOT NULL
) STRICT;
INSERT INTO world (one, version) VALUES (1, 1);

CREATE TABLE body (
    body_id      INTEGER PRIMARY KEY,
    slug         TEXT NOT NULL UNIQUE CHECK (slug <> ''
                     AND slug NOT GLOB '*[^a-z0-9-]*'),
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL
                     CHECK (kind IN ('council', 'committee', 'authority')),
    language     TEXT NOT NULL DEFAULT 'da',
    address      TEXT,                  -- its address in our mailbox
    case_number  TEXT,                  -- KLE: 00.22.00-A00-1-22
    committee    TEXT,                  -- slug of the body it advises
    takes_applications INTEGER NOT NULL CHECK (takes_applications IN (0, 1)),
    changed_at   INTEGER NOT NULL
) STRICT;

-- A rule of the body by its name: "quorum", "points-days" …
CREATE TABLE rule (
    body_id      INTEGER NOT NULL REFERENCES body,
    name         TEXT NOT NULL,
    value        TEXT NOT NULL,
    PRIMARY KEY (body_id, name)
) STRICT, WITHOUT ROWID;

-- An address of our mailbox, and the body that it stands for.
CREATE TABLE address (
    email        TEXT PRIMARY KEY CHECK (email = lower(email)),
    body_id      INTEGER REFERENCES body, -- NULL: the common address
    ended_at     INTEGER
) STRICT, WITHOUT ROWID;

-- Somebody with a place in a body, known by the address alone (THREATS 6).
-- KEPT: as long as a place, and two years for the report on attendance.
CREATE TABLE person (
    person_id    INTEGER PRIMARY KEY,
    email        TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
    name         TEXT NOT NULL,
    phone        TEXT,                  -- for the secretary alone
    -- A bounce, believed only with a letter of ours inside (THREATS 15):
    unreachable_at INTEGER,             -- first hard one since the last good
    unreachable_n  INTEGER NOT NULL DEFAULT 0, -- hard ones since then
    unreachable_told_at INTEGER,        -- two of them, three days apart: mail
                                        -- to the address waits, and the
                                        -- secretary knows
    changed_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX person_paused ON person (email)
    WHERE unreachable_told_at IS NOT NULL;

-- The place of a person in a body; it ends, it is never deleted before its
-- time. KEPT: as person.
CREATE TABLE place (
    place_id     INTEGER PRIMARY KEY,
    body_id      INTEGER NOT NULL REFERENCES body,
    person_id    INTEGER NOT NULL REFERENCES person,
    role         TEXT NOT NULL CHECK (role IN ('chair', 'vice-chair',
                     'member', 'appointee', 'substitute', 'secretary',
                     'guest', 'subscriber')),
    seat         TEXT,                  -- group; "user" and "relative" say
                                        -- something of health: sensitive
    substitute_for TEXT,                -- address of the member
    from_day     INTEGER,               -- the term; NULL as long as it lasts
    until_day    INTEGER,               -- its last day
    changed_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX place_now ON place (body_id, person_id, role)
    WHERE until_day IS NULL;
CREATE INDEX place_body ON place (body_id);
CREATE INDEX place_person ON place (person_id);

-- What a deed did to a place: it made it, or gave it a last day in place of
-- the one that stands here. KEPT: 180 days, then it can no longer be taken
-- back.
CREATE TABLE place_step (
    step_id      INTEGER PRIMARY KEY,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    place_id     INTEGER NOT NULL REFERENCES place,
    made         INTEGER NOT NULL CHECK (made IN (0, 1)),
    until_day    INTEGER,               -- before it
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX place_step_journal ON place_step (journal_id);
CREATE INDEX place_step_place ON place_step (place_id);

-- An address that became another. KEPT: 180 days.
CREATE TABLE person_step (
    journal_id   INTEGER PRIMARY KEY REFERENCES journal,
    from_email   TEXT NOT NULL,
    to_email     TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT;

-- How many of which group a body has, and who appoints them.
CREATE TABLE seat (
    seat_id      INTEGER PRIMARY KEY,
    body_id      INTEGER NOT NULL REFERENCES body,
    seat         TEXT NOT NULL,         -- group
    number       INTEGER NOT NULL CHECK (number >= 0),
    at_least     INTEGER NOT NULL DEFAULT 0 CHECK (at_least <= number),
    appointed_by TEXT,
    also         TEXT,                  -- groups that may sit here too
    named_by     TEXT,                  -- who names its own to these seats:
                                        -- nobody applies for them
    rule         TEXT,                  -- words of the rules of procedure
    ended_at     INTEGER,
    UNIQUE (body_id, seat)
) STRICT;

CREATE TABLE meeting (
    meeting_id   INTEGER PRIMARY KEY,
    slug         TEXT NOT NULL UNIQUE,  -- "udsatteraad/2026-11-26"
    body_id      INTEGER NOT NULL REFERENCES body,
    kind         TEXT NOT NULL CHECK (kind IN ('ordinary', 'dialogue',
                     'theme', 'joint', 'workshop')),
    state        TEXT NOT NULL CHECK (state IN ('planned', 'called', 'held',
                     'minutes-draft', 'minutes-released', 'cancelled')),
    start_at     INTEGER NOT NULL,
    end_at       INTEGER NOT NULL CHECK (end_at >= start_at),
    points_until_at INTEGER NOT NULL,   -- deadline for points
    place        TEXT,
    theme        TEXT,
    with_body    TEXT,                  -- slug of the body invited
    uid          TEXT NOT NULL UNIQUE,  -- of its calendar event, RFC 5545
    sequence     INTEGER NOT NULL DEFAULT 0, -- RFC 5545 §3.8.7.4
    round        INTEGER NOT NULL DEFAULT 0, -- how often it was moved: its
                                        -- due dates begin anew under it
    host_id      INTEGER REFERENCES meeting, -- of a joint meeting: whose
                                        -- invitation and answers count; each
                                        -- body has its own agenda
    changed_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_body ON meeting (body_id, start_at);
CREATE INDEX meeting_host ON meeting (host_id) WHERE host_id IS NOT NULL;

-- A workshop open to outsiders: what the secretary said beside the meeting.
-- Its life is in rules/registration.c. KEPT: case.
CREATE TABLE workshop (
    workshop_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id   INTEGER NOT NULL UNIQUE REFERENCES meeting
                     ON DELETE CASCADE,
    process      TEXT NOT NULL,         -- rounds of one name belong together
    places       INTEGER NOT NULL CHECK (places > 0),
    themes       TEXT NOT NULL,         -- one a line
    principles   TEXT NOT NULL,         -- one a line
    way          TEXT,                  -- how to get there
    contact      TEXT,                  -- who to call
    report_day   INTEGER,               -- by which the committee has the
                                        -- report; NULL: this round has none
    report_to    TEXT,                  -- NULL: the committee's secretary
    state        TEXT NOT NULL DEFAULT 'announced' CHECK (state IN
                     ('announced', 'open', 'held', 'reported', 'released',
                     'sent', 'decided', 'told', 'cancelled')),
    send_at      INTEGER,               -- of what waits in a stop window
    report       INTEGER NOT NULL DEFAULT 0, -- how often it was made
    decided      TEXT,                  -- what was decided, by her word
    journal_id   INTEGER NOT NULL REFERENCES journal,
    released_by  INTEGER REFERENCES journal,
    decided_by   INTEGER REFERENCES journal
) STRICT;
CREATE INDEX workshop_journal ON workshop (journal_id);
CREATE TRIGGER workshop_i AFTER INSERT ON workshop BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER workshop_d AFTER DELETE ON workshop BEGIN
    UPDATE world SET version = version + 1; END;

-- Whom the secretary has us invite. KEPT: until it is held.
CREATE TABLE workshop_address (
    workshop_id  INTEGER NOT NULL REFERENCES workshop ON DELETE CASCADE,
    email        TEXT NOT NULL,
    PRIMARY KEY (workshop_id, email)
) STRICT, WITHOUT ROWID;

-- One person once; a companion under the address of who wrote. KEPT: until
-- everybody knows what was decided, or half a year after it was held; the
-- column `needs` alone until the day after (store/workshop.c).
CREATE TABLE registration (
    registration_id INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop_id  INTEGER NOT NULL REFERENCES workshop ON DELETE CASCADE,
    email        TEXT NOT NULL,
    companion    TEXT NOT NULL DEFAULT '', -- '': who wrote
    name         TEXT,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'registered',
                     'offered', 'cancelled', 'lapsed', 'came', 'missed')),
    needs        TEXT,                  -- KEPT: the day after
    offer_until_at INTEGER,
    at           INTEGER NOT NULL,      -- the order of the waiting list
    UNIQUE (workshop_id, email, companion)
) STRICT;

-- What each line of the journal did to a place. KEPT: with it.
CREATE TABLE registration_change (
    journal_id   INTEGER NOT NULL REFERENCES journal,
    registration_id INTEGER NOT NULL REFERENCES registration
                     ON DELETE CASCADE,
    was          TEXT,                  -- its state; NULL: it was new
    PRIMARY KEY (journal_id, registration_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX registration_change_of ON registration_change (registration_id);

-- KEPT: the words case; the address as a registration.
CREATE TABLE workshop_idea (
    idea_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop_id  INTEGER NOT NULL REFERENCES workshop ON DELETE CASCADE,
    email        TEXT,
    words        TEXT NOT NULL,         -- CPR masked
    theme        TEXT,
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE INDEX workshop_idea_of ON workshop_idea (workshop_id);
CREATE INDEX workshop_idea_journal ON workshop_idea (journal_id);
CREATE TABLE workshop_idea_change (
    journal_id   INTEGER NOT NULL REFERENCES journal,
    idea_id      INTEGER NOT NULL REFERENCES workshop_idea ON DELETE CASCADE,
    was          TEXT,                  -- theme
    PRIMARY KEY (journal_id, idea_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX workshop_idea_change_of ON workshop_idea_change (idea_id);

-- «stop»: no more letters about that process. KEPT: case, so that nobody
-- writes to them again.
CREATE TABLE workshop_stop (
    body_id      INTEGER NOT NULL REFERENCES body,
    process      TEXT NOT NULL,
    email        TEXT NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    PRIMARY KEY (body_id, process, email)
) STRICT, WITHOUT ROWID;
CREATE INDEX workshop_stop_journal ON workshop_stop (journal_id);

-- What an authority asked, once, of however many it asked: each council has a
-- hearing of its own under it, others a line each. KEPT: case.
CREATE TABLE hearing_request (
    request_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    mail_id      INTEGER UNIQUE REFERENCES mail, -- that asked, or confirmed it
    title        TEXT NOT NULL,
    from_email   TEXT NOT NULL,         -- the authority
    from_name    TEXT,
    case_number  TEXT,                  -- the authority's own, as written
    words        TEXT NOT NULL,         -- of its mail, CPR masked
    statutory    INTEGER NOT NULL CHECK (statutory IN (0, 1)),
                                        -- «skal høres»: the yearly report
                                        -- counts these
    asked_at     INTEGER NOT NULL,
    deadline_at  INTEGER NOT NULL       -- the first second that is too late
) STRICT;

-- One council's part of it, with an answer of its own. Its life is in
-- rules/hearing.c. KEPT: case.
CREATE TABLE hearing (
    hearing_id   INTEGER PRIMARY KEY,
    slug         TEXT NOT NULL UNIQUE,  -- "udsatteraad/h/boligpolitik"
    body_id      INTEGER NOT NULL REFERENCES body,
    request_id   INTEGER REFERENCES hearing_request, -- NULL: imported, and
                                        -- carried by hand
    title        TEXT NOT NULL,
    from_email   TEXT,                  -- the authority that asks
    deadline_day INTEGER NOT NULL,
    members_day  INTEGER,               -- last day for contributions
    state        TEXT NOT NULL DEFAULT 'asked'
                     CHECK (state IN ('received', 'asked', 'drafting',
                     'with-chair', 'approved', 'answered', 'closed',
                     'declined')),
    send_at      INTEGER,               -- approved: not before
    answered_at  INTEGER,               -- the letter was made
    letter_id    INTEGER REFERENCES letter, -- that answers
    proof_at     INTEGER,               -- the mail server took it …
    proof        TEXT,                  -- … with these words; outlives the
                                        -- letter's bytes. KEPT: case
    approved_by  INTEGER REFERENCES journal,
    journal_id   INTEGER REFERENCES journal,
    changed_at   INTEGER NOT NULL,
    CHECK ((state = 'approved') <= (send_at IS NOT NULL))
) STRICT;
CREATE INDEX hearing_body ON hearing (body_id);
CREATE INDEX hearing_request_id ON hearing (request_id)
    WHERE request_id IS NOT NULL;
CREATE INDEX hearing_journal ON hearing (journal_id)
    WHERE journal_id IS NOT NULL;

-- Somebody outside the councils who is heard, too: named by the authority, or
-- by a council's secretary. Asked once, when a secretary has said ok; that
-- council's secretary reads the answer. KEPT: case.
CREATE TABLE hearing_party (
    party_id     INTEGER PRIMARY KEY,
    request_id   INTEGER NOT NULL REFERENCES hearing_request
                     ON DELETE CASCADE,
    hearing_id   INTEGER REFERENCES hearing, -- that asked it; NULL: not yet
    email        TEXT NOT NULL,
    name         TEXT,
    asked_at     INTEGER,
    UNIQUE (request_id, email)
) STRICT;

-- What somebody says to a hearing, word for word. A later one adds to it,
-- unless she says that it replaces the earlier one; both are kept. What a
-- citizen or politician says is for the secretary, and in no answer of the
-- council's. KEPT: case.
CREATE TABLE contribution (
    contribution_id INTEGER PRIMARY KEY,
    hearing_id   INTEGER NOT NULL REFERENCES hearing,
    role         TEXT NOT NULL CHECK (role IN ('member', 'party', 'other')),
    email        TEXT NOT NULL,
    name         TEXT,
    words        TEXT NOT NULL,
    verified     INTEGER NOT NULL CHECK (verified IN (0, 1)),
    late         INTEGER NOT NULL CHECK (late IN (0, 1)),
                                        -- came when the answer was a draft
                                        -- already, or was sent
    at           INTEGER NOT NULL,
    mail_id      INTEGER REFERENCES mail,
    journal_id   INTEGER REFERENCES journal, -- NULL: of role 'other'
    replaced_by  INTEGER REFERENCES journal
) STRICT;
CREATE INDEX contribution_hearing ON contribution (hearing_id);
CREATE INDEX contribution_journal ON contribution (journal_id)
    WHERE journal_id IS NOT NULL;
CREATE INDEX contribution_replaced ON contribution (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- The council's answer as it stood: a change makes a new version, the highest
-- counts. KEPT: case.
CREATE TABLE hearing_draft (
    draft_id     INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: the
                                    -- key of a draft's letter names it
    hearing_id   INTEGER NOT NULL REFERENCES hearing,
    version      INTEGER NOT NULL CHECK (version > 0),
    words        TEXT NOT NULL,     -- Markdown, parts between empty lines
    note         TEXT,              -- what nobody here understood of a change
    made_at      INTEGER NOT NULL,
    mail_id      INTEGER REFERENCES mail,
    journal_id   INTEGER REFERENCES journal, -- the change; NULL: the clock
    UNIQUE (hearing_id, version)
) STRICT;
CREATE INDEX hearing_draft_journal ON hearing_draft (journal_id)
    WHERE journal_id IS NOT NULL;

-- What the council may take up, with a letter, by which members rank it. Its
-- life is in rules/topic.c.
CREATE TABLE topic (
    topic_id     INTEGER PRIMARY KEY,
    body_id      INTEGER NOT NULL REFERENCES body,
    letter       TEXT NOT NULL CHECK (length(letter) = 1),
    title        TEXT NOT NULL,
    state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open',
                     'asked', 'ranked', 'ended')),
    ended_at     INTEGER,
    journal_id   INTEGER REFERENCES journal, -- that named it; NULL: the file
    ended_by     INTEGER REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX topic_now ON topic (body_id, letter)
    WHERE ended_at IS NULL;

-- Which ideas the secretary put under it. KEPT: case.
CREATE TABLE topic_item (
    topic_id     INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
    item_id      INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    PRIMARY KEY (topic_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_item_journal ON topic_item (journal_id);

-- An earlier name of a topic, for undo. KEPT: case.
CREATE TABLE topic_name (
    journal_id   INTEGER NOT NULL REFERENCES journal,
    topic_id     INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
    title        TEXT NOT NULL,
    PRIMARY KEY (journal_id, topic_id)
) STRICT, WITHOUT ROWID;

-- A round in which the members put the topics in order. Its life is in
-- rules/topic.c; counted by rules/count.h. KEPT: case.
CREATE TABLE ranking_round (
    round_id     INTEGER PRIMARY KEY AUTOINCREMENT,
    body_id      INTEGER NOT NULL REFERENCES body,
    state        TEXT NOT NULL CHECK (state IN ('open', 'counted', 'few',
                     'stopped')),
    opened_at    INTEGER NOT NULL,
    ask_at       INTEGER NOT NULL,  -- the letters go not before
    asked_at     INTEGER,           -- they have gone
    deadline_at  INTEGER NOT NULL,  -- the first second that is too late
    reminded_at  INTEGER,
    ended_at     INTEGER,
    members      INTEGER,           -- who could answer, and how many did
    ballots      INTEGER,
    by_email     TEXT NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX ranking_round_now ON ranking_round (body_id)
    WHERE state = 'open';
CREATE INDEX ranking_round_journal ON ranking_round (journal_id);

-- What a step of the secretary's changed of it, for undo. KEPT: case.
CREATE TABLE ranking_step (
    journal_id   INTEGER NOT NULL REFERENCES journal,
    round_id     INTEGER NOT NULL REFERENCES ranking_round ON DELETE CASCADE,
    deadline_at  INTEGER NOT NULL,
    PRIMARY KEY (journal_id, round_id)
) STRICT, WITHOUT ROWID;

-- The topics of a round as they were called then, and the place that each
-- got. KEPT: case.
CREATE TABLE ranking_topic (
    round_id     INTEGER NOT NULL REFERENCES ranking_round ON DELETE CASCADE,
    letter       TEXT NOT NULL,
    title        TEXT NOT NULL,
    place        INTEGER,           -- NULL: not counted
    shared       INTEGER,           -- with another
    PRIMARY KEY (round_id, letter)
) STRICT, WITHOUT ROWID;

-- Some who work on a topic between the meetings. Its life is in rules/topic.c.
-- KEPT: case.
CREATE TABLE working_group (
    group_id     INTEGER PRIMARY KEY AUTOINCREMENT,
    body_id      INTEGER NOT NULL REFERENCES body,
    tag          TEXT NOT NULL CHECK (tag <> ''
                     AND tag NOT GLOB '*[^a-z0-9-]*'),
                                    -- of its address: «raad+gruppe-a@…»
    letter       TEXT,              -- of the topic, when it was set up
    title        TEXT NOT NULL,
    chair_email  TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('active', 'ended')),
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    ended_by     INTEGER REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX working_group_now ON working_group (body_id, tag)
    WHERE state = 'active';
CREATE INDEX working_group_journal ON working_group (journal_id);

-- Who is in it, the chair too. KEPT: case.
CREATE TABLE working_group_member (
    member_id    INTEGER PRIMARY KEY,
    group_id     INTEGER NOT NULL REFERENCES working_group ON DELETE CASCADE,
    email        TEXT NOT NULL,
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    left_by      INTEGER REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX working_group_member_now ON working_group_member
    (group_id, email) WHERE left_by IS NULL;
CREATE INDEX working_group_member_journal ON working_group_member (journal_id);
CREATE INDEX working_group_member_left ON working_group_member (left_by)
    WHERE left_by IS NOT NULL;

-- What a group's chair tells before a meeting: a point for it. A later one
-- replaces it. KEPT: case.
CREATE TABLE working_group_report (
    group_id     INTEGER NOT NULL REFERENCES working_group ON DELETE CASCADE,
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    item_id      INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    PRIMARY KEY (group_id, meeting_id, item_id)
) STRICT, WITHOUT ROWID;

-- What was carried out, by whom, because of which mail, and whether it was
-- taken back. Every row of the tables below names the line that made it and
-- the line that replaced it, which is all that undo needs. Never deleted;
-- erasure empties by_email.
CREATE TABLE journal (
    journal_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    mail_id      INTEGER REFERENCES mail, -- NULL: the clock, or a command
    deed         TEXT NOT NULL,         -- word of the action
    body_id      INTEGER REFERENCES body,
    by_email     TEXT,                  -- KEPT: case
    by_what      TEXT,                  -- "dmarc=pass", "token", "nothing"
    about        TEXT,                  -- id of a meeting or hearing; of a
                                        -- night, how much of what went
    label        TEXT,                  -- what to call it in a receipt: a title,
                                        -- a name; KEPT: case, gone when undone
    state        TEXT NOT NULL DEFAULT 'done'
                     CHECK (state IN ('done', 'undone')),
    undone_at    INTEGER,
    undone_by    INTEGER REFERENCES mail,
    CHECK ((state = 'undone') = (undone_at IS NOT NULL))
) STRICT;
CREATE INDEX journal_mail ON journal (mail_id) WHERE mail_id IS NOT NULL;

-- A meeting as it was before it was planned, moved, changed or called off.
-- Until send_at nobody outside knows, and it can be taken back.
CREATE TABLE meeting_change (
    change_id    INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    what         TEXT NOT NULL CHECK (what IN ('plan', 'move', 'cancel',
                     'change', 'guest')),
    state        TEXT NOT NULL,         -- as it was, down to theme
    start_at     INTEGER NOT NULL,
    end_at       INTEGER NOT NULL,
    points_until_at INTEGER NOT NULL,
    round        INTEGER NOT NULL,
    place        TEXT,
    theme        TEXT,
    send_at      INTEGER NOT NULL,      -- the end of the stop window
    sent_at      INTEGER,               -- who must know was told
    journal_id   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE INDEX meeting_change_meeting ON meeting_change (meeting_id);
CREATE INDEX meeting_change_journal ON meeting_change (journal_id);
CREATE INDEX meeting_change_waiting ON meeting_change (send_at)
    WHERE sent_at IS NULL;

-- Meetings as everybody may know them: one that was planned just now is not
-- there, one that was moved or called off stands as it was, until those who
-- must know were told.
CREATE VIEW meeting_for_public AS
    SELECT m.meeting_id, m.body_id, m.slug, m.kind, m.with_body, m.uid,
        m.sequence, m.changed_at,
        iif(c.change_id IS NULL, m.state, c.state) AS state,
        iif(c.change_id IS NULL, m.start_at, c.start_at) AS start_at,
        iif(c.change_id IS NULL, m.end_at, c.end_at) AS end_at,
        iif(c.change_id IS NULL, m.points_until_at, c.points_until_at)
            AS points_until_at,
        iif(c.change_id IS NULL, m.place, c.place) AS place,
        iif(c.change_id IS NULL, m.theme, c.theme) AS theme
    FROM meeting m LEFT JOIN meeting_change c ON c.change_id =
        (SELECT min(change_id) FROM meeting_change w
        WHERE w.meeting_id = m.meeting_id AND w.sent_at IS NULL)
    WHERE c.what IS NOT 'plan';

-- A guest or speaker of one meeting: the own item and time. KEPT: case.
CREATE TABLE meeting_guest (
    guest_id     INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    email        TEXT NOT NULL,
    name         TEXT,
    point        INTEGER,               -- number on the agenda
    matter       TEXT,                  -- what about, in her words
    from_at      INTEGER,               -- when; NULL the whole meeting
    reply        TEXT CHECK (reply IN ('yes', 'no')),
    title        TEXT,                  -- of the talk, as the guest said
    invited_at   INTEGER,               -- the letter went
    journal_id   INTEGER NOT NULL REFERENCES journal,
    replaced_by  INTEGER REFERENCES journal
) STRICT;
CREATE INDEX meeting_guest_meeting ON meeting_guest (meeting_id);
CREATE INDEX meeting_guest_journal ON meeting_guest (journal_id);
CREATE INDEX meeting_guest_replaced ON meeting_guest (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- Next year's meetings as they were proposed to the secretary.
CREATE TABLE year_plan (
    body_id      INTEGER NOT NULL REFERENCES body,
    year         INTEGER NOT NULL,
    words        TEXT NOT NULL,         -- rules/year_plan.h, as lines
    made_at      INTEGER NOT NULL,
    taken_by     INTEGER REFERENCES journal,
    PRIMARY KEY (body_id, year)
) STRICT, WITHOUT ROWID;

-- Somebody applies for a seat. The whole row is sensitive; its number is
-- never used again. KEPT: sensitive.
CREATE TABLE application (
    application_id INTEGER PRIMARY KEY AUTOINCREMENT,
    body_id      INTEGER NOT NULL REFERENCES body,
    email        TEXT NOT NULL,
    name         TEXT,
    words        TEXT NOT NULL,         -- as written, CPR masked
    seat         TEXT,                  -- groups that he said he is of, a
                                        -- space between; NULL: not said
    resident     INTEGER NOT NULL DEFAULT 0 CHECK (resident IN (0, 1)),
                                        -- said that he lives here
    asks         TEXT,                  -- what he was asked for, once:
                                        -- "residence words"; NULL: nothing
    verified     INTEGER NOT NULL CHECK (verified IN (0, 1)),
    state        TEXT NOT NULL DEFAULT 'received' CHECK
                     (state IN ('received', 'late')
                     OR state IN ('reserve', 'accepted')
                     OR state IN ('rejected', 'withdrawn')),
                                        -- late: after the deadline; 30 days
                                        -- without his word, and it goes
    was          TEXT,                  -- state before it was withdrawn
    withdrawn_by INTEGER REFERENCES journal,
    came_at      INTEGER NOT NULL,
    kept_at      INTEGER,               -- on the reserve list, or kept by his
                                        -- word: its days count from here
    kept_by      INTEGER REFERENCES journal,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    replaced_by  INTEGER REFERENCES journal, -- a later one by the same person
    listed_at    INTEGER                -- the secretary was told that it goes
) STRICT;
CREATE INDEX application_email ON application (body_id, email);
CREATE INDEX application_sender ON application (email)
    WHERE replaced_by IS NULL;
CREATE INDEX application_journal ON application (journal_id);
CREATE INDEX application_replaced ON application (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- What an applicant wrote when he was asked for what was missing. KEPT: as the
-- application.
CREATE TABLE application_note (
    note_id      INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL
                     REFERENCES application ON DELETE CASCADE,
    words        TEXT NOT NULL,         -- as written, CPR masked
    seat         TEXT,
    resident     INTEGER NOT NULL DEFAULT 0 CHECK (resident IN (0, 1)),
    journal_id   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE INDEX application_note_of ON application_note (application_id);
CREATE INDEX application_note_journal ON application_note (journal_id);

-- How many applications of each body count: the secretary is told with each
-- new one, which must not cost a look at all the others.
CREATE TABLE application_count (
    body_id      INTEGER PRIMARY KEY REFERENCES body,
    n            INTEGER NOT NULL
) STRICT;
CREATE TRIGGER application_i AFTER INSERT ON application BEGIN
    INSERT INTO application_count (body_id, n) VALUES (new.body_id, 1)
        ON CONFLICT (body_id) DO UPDATE SET n = n + 1; END;
CREATE TRIGGER application_u AFTER UPDATE OF state, replaced_by
    ON application BEGIN
    UPDATE application_count SET n = n
        + (new.replaced_by IS NULL AND new.state <> 'withdrawn')
        - (old.replaced_by IS NULL AND old.state <> 'withdrawn')
        WHERE body_id = new.body_id; END;
CREATE TRIGGER application_d AFTER DELETE ON application BEGIN
    UPDATE application_count SET n = n
        - (old.replaced_by IS NULL AND old.state <> 'withdrawn')
        WHERE body_id = old.body_id; END;

-- Somebody proposes another. The nominee is asked for consent before anybody
-- else reads the words; a refusal deletes the row's personal data at once.
-- KEPT: sensitive; what it says of the nominee 30 days without an answer.
CREATE TABLE nomination (
    nomination_id INTEGER PRIMARY KEY AUTOINCREMENT,
    body_id      INTEGER NOT NULL REFERENCES body,
    email        TEXT,                  -- of the nominee; NULL: no address,
                                        -- the secretary makes contact
    name         TEXT,                  -- NULL after a refusal or the end
    words        TEXT,                  -- NULL likewise
    own_words    TEXT,                  -- of the nominee, with his yes
    seat         TEXT,                  -- groups that he himself said
    resident     INTEGER NOT NULL DEFAULT 0 CHECK (resident IN (0, 1)),
    by_email     TEXT NOT NULL,         -- the proposer, told neutrally
    by_name      TEXT,
    verified     INTEGER NOT NULL CHECK (verified IN (0, 1)),
    state        TEXT NOT NULL CHECK (state IN ('asked', 'no-address')
                     OR state IN ('consented', 'refused')
                     OR state IN ('ended', 'reserve')
                     OR state IN ('accepted', 'rejected')),
                                        -- ended: nobody answered
    came_at      INTEGER NOT NULL,
    letter_id    INTEGER REFERENCES letter, -- that asks for consent
    answered_at  INTEGER,
    answered_by  INTEGER REFERENCES journal, -- the line of the answer
    kept_at      INTEGER,               -- as an application's
    journal_id   INTEGER NOT NULL REFERENCES journal,
    replaced_by  INTEGER REFERENCES journal,
    listed_at    INTEGER,               -- the secretary was told that it goes
    CHECK ((state IN ('refused', 'ended')) <= (name IS NULL AND words IS NULL
        AND email IS NULL AND own_words IS NULL))
) STRICT;
CREATE INDEX nomination_email ON nomination (body_id, by_email);
CREATE INDEX nomination_letter ON nomination (letter_id)
    WHERE letter_id IS NOT NULL;
CREATE INDEX nomination_journal ON nomination (journal_id);
CREATE INDEX nomination_replaced ON nomination (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- A call for members. Its life is in rules/call.c. The public page shows those
-- in state 'open'. KEPT: it names nobody; its addresses go at the deadline.
CREATE TABLE call (
    call_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    body_id      INTEGER NOT NULL REFERENCES body,
    state        TEXT NOT NULL DEFAULT 'announced' CHECK (state IN
                     ('announced', 'open', 'closed', 'decided', 'ended')),
    made_at      INTEGER NOT NULL,
    deadline_day INTEGER NOT NULL,      -- the last day on which one may apply
    answer_day   INTEGER NOT NULL,      -- by which the receipts promise one
    send_at      INTEGER,               -- announced: when it goes; decided:
                                        -- when the letters leave
    journal_id   INTEGER NOT NULL REFERENCES journal,
    decided_by   INTEGER REFERENCES journal
) STRICT;
CREATE INDEX call_body ON call (body_id, call_id);
CREATE INDEX call_journal ON call (journal_id);
CREATE INDEX call_decided ON call (decided_by) WHERE decided_by IS NOT NULL;

-- The seats that were free when it was made.
CREATE TABLE call_seat (
    call_id      INTEGER NOT NULL REFERENCES call ON DELETE CASCADE,
    seat         TEXT NOT NULL,         -- group
    number       INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (call_id, seat)
) STRICT, WITHOUT ROWID;

-- Whom the secretary has us write to. KEPT: until the deadline.
CREATE TABLE call_address (
    call_id      INTEGER NOT NULL REFERENCES call ON DELETE CASCADE,
    email        TEXT NOT NULL,
    PRIMARY KEY (call_id, email)
) STRICT, WITHOUT ROWID;

-- The list for the appointment: a number, once given, stays that person's.
-- KEPT: sensitive, with the row that it stands for.
CREATE TABLE candidate (
    call_id      INTEGER NOT NULL REFERENCES call ON DELETE CASCADE,
    number       INTEGER NOT NULL CHECK (number > 0),
    application_id INTEGER REFERENCES application ON DELETE CASCADE,
    nomination_id INTEGER REFERENCES nomination ON DELETE CASCADE,
    outcome      TEXT CHECK (outcome IN ('appointed', 'reserve',
                     'rejected')),      -- a person's word, NULL: none yet
    seat         TEXT,                  -- group of the seat he is given
    rank         INTEGER,               -- on the reserve list, as she said
    decided_by   INTEGER REFERENCES journal,
    told_at      INTEGER,               -- his letter is written
    PRIMARY KEY (call_id, number),
    CHECK ((application_id IS NULL) <> (nomination_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX candidate_application ON candidate (application_id)
    WHERE application_id IS NOT NULL;
CREATE INDEX candidate_nomination ON candidate (nomination_id)
    WHERE nomination_id IS NOT NULL;
CREATE INDEX candidate_decided ON candidate (decided_by)
    WHERE decided_by IS NOT NULL;

-- Who comes to a meeting and who does not; what each answer asks of the house
-- is in rules/attendance.c. Reasons are never stored: they
-- are health data as often as not. KEPT: case.
CREATE TABLE attendance (
    attendance_id INTEGER PRIMARY KEY,
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    email        TEXT NOT NULL,
    reply        TEXT NOT NULL
                     CHECK (reply IN ('absent', 'comes')
                     OR reply = 'tentative'),
    substitute   TEXT,                  -- address or name
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    replaced_by  INTEGER REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX attendance_now ON attendance (meeting_id, email)
    WHERE replaced_by IS NULL;
CREATE INDEX attendance_journal ON attendance (journal_id);
CREATE INDEX attendance_replaced ON attendance (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- A point for an agenda, or an idea that is tied to no meeting. A citizen's
-- waits for the secretary ('proposed'). Its life is in rules/item.c.
-- KEPT: case.
CREATE TABLE item (
    item_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    body_id      INTEGER NOT NULL REFERENCES body,
    meeting_id   INTEGER REFERENCES meeting, -- NULL: an idea
    title        TEXT NOT NULL,
    words        TEXT NOT NULL,
    by_email     TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('proposed', 'accepted',
                     'agenda', 'postponed', 'treated', 'rejected',
                     'withdrawn')),
    closed       TEXT,                  -- decided to be closed: the reason
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE INDEX item_meeting ON item (meeting_id);
CREATE INDEX item_journal ON item (journal_id);

-- Each step of a point's life, so that a step can be taken back and the one
-- who proposed it can be told. KEPT: case.
CREATE TABLE item_step (
    step_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id      INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
    was          TEXT NOT NULL,         -- the state before
    was_meeting  INTEGER REFERENCES meeting,
    was_closed   TEXT,
    state        TEXT NOT NULL,         -- the state after
    at           INTEGER NOT NULL,
    journal_id   INTEGER REFERENCES journal -- NULL: the clock
) STRICT;
CREATE INDEX item_step_item ON item_step (item_id);
CREATE INDEX item_step_journal ON item_step (journal_id)
    WHERE journal_id IS NOT NULL;

-- A file that came with a mail, decoded, beside the thing it belongs to. It
-- is bytes to us: never opened or unpacked (THREATS 13). KEPT: case, with its
-- owner; goes when the line that brought it is undone.
CREATE TABLE file (
    file_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    owner        TEXT NOT NULL CHECK (owner IN ('item', 'minutes',
                     'hearing', 'follow-up')),
    owner_id     INTEGER NOT NULL,      -- item_id, meeting_id, hearing_id …
    position     INTEGER NOT NULL,      -- from 1, as they stood in the mail
    name         TEXT NOT NULL,         -- made safe, CPR masked
    type         TEXT NOT NULL,         -- ours by name and first bytes, or
                                        -- application/octet-stream
    sha256       BLOB NOT NULL CHECK (length(sha256) = 32),
    size_bytes   INTEGER NOT NULL,
    open         INTEGER NOT NULL CHECK (open IN (0, 1)),
                                        -- on the list of kinds that go on to
                                        -- others; else the secretary alone
    journal_id   INTEGER NOT NULL REFERENCES journal,
    bytes        BLOB NOT NULL,         -- last: a list does not read them
    UNIQUE (owner, owner_id, position)
) STRICT;
CREATE INDEX file_journal ON file (journal_id);

-- What a day brought for a meeting: once under its key, for ever
-- ("invitation/udsatteraad/2026-11-26"). KEPT: case.
CREATE TABLE due_done (
    key          TEXT PRIMARY KEY,
    at           INTEGER NOT NULL,
    outcome      TEXT NOT NULL CHECK (outcome IN ('done', 'passed',
                     'failed'))     -- passed: the moment was over when we
                                    -- came to it, nothing was sent
) STRICT, WITHOUT ROWID;

-- An agenda as it stood: a change makes a new version, earlier ones are what
-- a draft that somebody still has says. The highest version counts. Its life
-- is in rules/agenda.c. KEPT: case.
CREATE TABLE agenda (
    agenda_id    INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: the
                                    -- key of a draft's letter names it
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    version      INTEGER NOT NULL CHECK (version > 0),
    state        TEXT NOT NULL DEFAULT 'draft'
                     CHECK (state IN ('draft', 'released', 'mailed')),
    made_at      INTEGER NOT NULL,
    note         TEXT,              -- the secretary's words that nobody here
                                    -- understood; shown with the draft
    send_at      INTEGER,           -- released: not before
    journal_id   INTEGER REFERENCES journal, -- the change; NULL: the clock
    released_by  INTEGER REFERENCES journal,
    recalled     INTEGER NOT NULL DEFAULT 0, -- copies of an earlier version
                                    -- that this change stopped on their way
    UNIQUE (meeting_id, version),
    CHECK ((state = 'draft') = (send_at IS NULL))
) STRICT;
CREATE INDEX agenda_journal ON agenda (journal_id)
    WHERE journal_id IS NOT NULL;

CREATE TABLE agenda_point (
    agenda_id    INTEGER NOT NULL REFERENCES agenda ON DELETE CASCADE,
    number       INTEGER NOT NULL CHECK (number > 0),
    title        TEXT NOT NULL,
    words        TEXT,              -- of the one who proposed it
    by_name      TEXT,              -- NULL: a standing point
    item_id      INTEGER,           -- that it came from; may be gone
    citizen      INTEGER NOT NULL CHECK (citizen IN (0, 1)),
                                    -- waits for the secretary's release
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1)),
    reason       TEXT,              -- that it is closed for
    origin       TEXT,              -- of a point that came by itself:
                                    -- «udsat, torsdag den …»
    PRIMARY KEY (agenda_id, number),
    CHECK (closed OR reason IS NULL)
) STRICT, WITHOUT ROWID;

-- Who sees what of an agenda: whoever asks names a view, and there is none
-- that is taken by default (THREATS 21). A closed point keeps its number. A
-- citizen's words are there when the secretary has said yes to them.
CREATE VIEW agenda_for_members AS
    SELECT agenda_id, number, title, coalesce(words, (SELECT item.words
            FROM item JOIN item_step USING (item_id)
            WHERE item_id = agenda_point.item_id AND citizen
            AND item_step.state = 'accepted' AND item.words <> item.title))
            AS words, by_name, item_id,
        citizen AND NOT EXISTS (SELECT 1 FROM item_step
            WHERE item_step.item_id = agenda_point.item_id
            AND item_step.state = 'accepted') AS citizen,
        closed, reason, origin FROM agenda_point;
CREATE VIEW agenda_for_public AS
    SELECT agenda_id, number, iif(closed, '', title) AS title,
        iif(closed, NULL, words) AS words,
        iif(closed, NULL, by_name) AS by_name,
        iif(closed, NULL, item_id) AS item_id, 0 AS citizen, closed,
        NULL AS reason, NULL AS origin FROM agenda_point;

-- Minutes as they stood: handing them in makes a new version, as a change of
-- an agenda does. The first, in the state 'form', is what the form said of who
-- came. The highest version counts. Life: rules/minutes.c. KEPT: case.
CREATE TABLE minutes (
    minutes_id   INTEGER PRIMARY KEY AUTOINCREMENT, -- in the keys of letters
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    version      INTEGER NOT NULL CHECK (version > 0),
    state        TEXT NOT NULL CHECK (state IN ('form', 'check', 'draft',
                     'stopped', 'ready', 'released', 'mailed')),
    made_at      INTEGER NOT NULL,
    until_at     INTEGER,           -- end of the round, or of the speakers'
                                    -- look; NULL: not out
    case_worker  TEXT,              -- initials
    send_at      INTEGER,           -- released: not before
    content      BLOB CHECK (length(content) = 32), -- SHA-256 of what was
                                    -- handed in: twice is known
    journal_id   INTEGER REFERENCES journal, -- that made it; NULL the clock
    moved_by     INTEGER REFERENCES journal, -- that moved it last
    approved_in  INTEGER REFERENCES meeting, -- whose minutes say so
    approved_words TEXT,            -- what was said there
    UNIQUE (meeting_id, version),
    CHECK ((state IN ('released', 'mailed')) = (send_at IS NOT NULL))
) STRICT;
CREATE INDEX minutes_journal ON minutes (journal_id)
    WHERE journal_id IS NOT NULL;
CREATE INDEX minutes_moved ON minutes (moved_by) WHERE moved_by IS NOT NULL;
CREATE INDEX minutes_approved ON minutes (approved_in)
    WHERE approved_in IS NOT NULL;

CREATE TABLE minutes_person (
    minutes_id   INTEGER NOT NULL REFERENCES minutes ON DELETE CASCADE,
    number       INTEGER NOT NULL CHECK (number > 0),
    came         TEXT NOT NULL CHECK (came IN ('present', 'regrets',
                     'missing', 'guest', 'observer', 'writer')),
    name         TEXT NOT NULL,
    email        TEXT,              -- NULL: nobody we know
    PRIMARY KEY (minutes_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes_item (
    minutes_id   INTEGER NOT NULL REFERENCES minutes ON DELETE CASCADE,
    number       INTEGER NOT NULL CHECK (number > 0),
    title        TEXT NOT NULL,
    words        TEXT,
    decision     TEXT,
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1)),
    extra        INTEGER NOT NULL CHECK (extra IN (0, 1)), -- was not on the
                                    -- agenda
    leaks        INTEGER NOT NULL CHECK (leaks IN (0, 1)), -- closed by us:
                                    -- words of a closed point stood in it
    PRIMARY KEY (minutes_id, number)
) STRICT, WITHOUT ROWID;

-- What somebody said, or promised, under an item.
CREATE TABLE minutes_line (
    minutes_id   INTEGER NOT NULL REFERENCES minutes ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    line         INTEGER NOT NULL CHECK (line > 0),
    kind         TEXT NOT NULL CHECK (kind IN ('speech', 'promise')),
    who          TEXT NOT NULL,
    words        TEXT NOT NULL,
    due_day      INTEGER,
    PRIMARY KEY (minutes_id, number, line)
) STRICT, WITHOUT ROWID;

-- Who sees what of minutes, as of an agenda: a closed item keeps its number.
CREATE VIEW minutes_for_members AS
    SELECT minutes_id, number, title, words, decision, closed, extra, leaks
    FROM minutes_item;
CREATE VIEW minutes_for_public AS
    SELECT minutes_id, number, iif(closed, '', title) AS title,
        iif(closed, NULL, words) AS words,
        iif(closed, NULL, decision) AS decision, closed,
        iif(closed, 0, extra) AS extra, 0 AS leaks
    FROM minutes_item;
CREATE VIEW minutes_lines_for_members AS
    SELECT minutes_id, number, line, kind, who, words, due_day
    FROM minutes_line;
CREATE VIEW minutes_lines_for_public AS
    SELECT minutes_id, number, line, kind, who, minutes_line.words, due_day
    FROM minutes_line JOIN minutes_item USING (minutes_id, number)
    WHERE NOT closed;

-- What «find» looks through: the points of agendas and the items of minutes as
-- they were sent, and hearings' answers; of each one row for its members and,
-- of what is open, one with what the pages show (audience), so that nobody
-- finds a closed point by a word of it. A later version takes the place of an
-- earlier one (store/passage.c). KEPT: case, with what it was taken from.
CREATE TABLE passage (
    passage_id   INTEGER PRIMARY KEY AUTOINCREMENT, -- a letter names it
    kind         TEXT NOT NULL CHECK (kind IN ('agenda', 'minutes',
                     'hearing')),
    audience     TEXT NOT NULL CHECK (audience IN ('members', 'public')),
    body_id      INTEGER NOT NULL REFERENCES body,
    meeting_id   INTEGER REFERENCES meeting,
    hearing_id   INTEGER REFERENCES hearing,
    number       INTEGER NOT NULL,      -- of the item; 0 of a hearing
    at           INTEGER NOT NULL,      -- of the meeting, or of the answer
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1)),
    title        TEXT NOT NULL,
    words        TEXT,
    decision     TEXT,
    CHECK ((kind = 'hearing') = (hearing_id IS NOT NULL)),
    CHECK (NOT closed OR audience = 'members')
) STRICT;
CREATE INDEX passage_meeting ON passage (meeting_id, kind)
    WHERE meeting_id IS NOT NULL;
CREATE INDEX passage_hearing ON passage (hearing_id)
    WHERE hearing_id IS NOT NULL;
CREATE VIRTUAL TABLE passage_index USING fts5 (title, words, decision,
    content = 'passage', content_rowid = 'passage_id',
    tokenize = 'unicode61 remove_diacritics 0');

-- A promise that somebody made at a meeting, or what a point waits for. Life:
-- rules/follow_up.c; 'proposed' waits for the secretary. KEPT: case.
CREATE TABLE follow_up (
    follow_up_id INTEGER PRIMARY KEY AUTOINCREMENT,
    body_id      INTEGER NOT NULL REFERENCES body,
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    number       INTEGER NOT NULL,      -- of the item
    kind         TEXT NOT NULL CHECK (kind IN ('promise', 'awaits')),
    name         TEXT NOT NULL,         -- as the minutes have it
    email        TEXT,                  -- NULL: nobody who can be reminded
    task         TEXT NOT NULL,
    due_day      INTEGER,
    state        TEXT NOT NULL CHECK (state IN ('proposed', 'open', 'moved',
                     'done', 'dropped')),
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1)), -- of a closed item
    reminded_at  INTEGER,
    minutes_id   INTEGER REFERENCES minutes,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX follow_up_body ON follow_up (body_id, state);
CREATE INDEX follow_up_meeting ON follow_up (meeting_id);

-- Each step of one, so that it can be taken back. KEPT: case.
CREATE TABLE follow_up_step (
    journal_id   INTEGER NOT NULL REFERENCES journal,
    follow_up_id INTEGER NOT NULL REFERENCES follow_up ON DELETE CASCADE,
    state        TEXT NOT NULL,         -- before it
    due_day      INTEGER,
    reminded_at  INTEGER,
    PRIMARY KEY (journal_id, follow_up_id)
) STRICT, WITHOUT ROWID;

-- Money of an item: granted, or used. KEPT: case.
CREATE TABLE budget_line (
    minutes_id   INTEGER NOT NULL REFERENCES minutes ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    line         INTEGER NOT NULL CHECK (line > 0),
    kind         TEXT NOT NULL CHECK (kind IN ('granted', 'used')),
    amount_ore   INTEGER NOT NULL CHECK (amount_ore >= 0),
    year         INTEGER NOT NULL,      -- that it is for
    words        TEXT NOT NULL,         -- the sentence it stood in
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1)),
    PRIMARY KEY (minutes_id, number, line)
) STRICT, WITHOUT ROWID;

-- Themes of meetings to come, as the minutes plan them. KEPT: case.
CREATE TABLE theme (
    minutes_id   INTEGER NOT NULL REFERENCES minutes ON DELETE CASCADE,
    number       INTEGER NOT NULL CHECK (number > 0),
    day          INTEGER,               -- NULL: the next meeting without one
    title        TEXT NOT NULL,
    speakers     TEXT,                  -- to be invited
    PRIMARY KEY (minutes_id, number)
) STRICT, WITHOUT ROWID;

-- What a member says about minutes. A later approval of the same minutes
-- replaces the earlier answer; comments add up. KEPT: case.
CREATE TABLE comment (
    comment_id   INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('minutes-approve',
                     'minutes-comment')),
    meeting_id   INTEGER NOT NULL REFERENCES meeting,
    email        TEXT NOT NULL,
    words        TEXT,                  -- NULL for a plain approval
    late         INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
                                        -- after the round: for the next
                                        -- meeting to take up
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE INDEX comment_meeting ON comment (meeting_id);
CREATE INDEX comment_journal ON comment (journal_id);

-- A member's order of the topics; the last one counts. Secret: no letter, list
-- or line of the journal shows it to another. KEPT: 30 days after the end of
-- its round, or 180 days where there is none.
CREATE TABLE ranking (
    ranking_id   INTEGER PRIMARY KEY,
    body_id      INTEGER NOT NULL REFERENCES body,
    email        TEXT NOT NULL,
    letters      TEXT NOT NULL,         -- "DAC"
    round_id     INTEGER REFERENCES ranking_round, -- NULL: none was open
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    replaced_by  INTEGER REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX ranking_now ON ranking (body_id, email)
    WHERE replaced_by IS NULL;
CREATE INDEX ranking_journal ON ranking (journal_id);
CREATE INDEX ranking_replaced ON ranking (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- Who gets a body's agendas and minutes. An end is a row too: it replaces the
-- subscription, and is what undo brings back. KEPT: until it ends.
CREATE TABLE subscription (
    subscription_id INTEGER PRIMARY KEY,
    body_id      INTEGER NOT NULL REFERENCES body,
    email        TEXT NOT NULL,
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    replaced_by  INTEGER REFERENCES journal -- the unsubscribing
) STRICT;
CREATE UNIQUE INDEX subscription_now ON subscription (body_id, email)
    WHERE replaced_by IS NULL;
CREATE INDEX subscription_journal ON subscription (journal_id);
CREATE INDEX subscription_replaced ON subscription (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- How somebody wants our letters; a new choice replaces the old one, which
-- undo brings back. KEPT: until changed, or until the address has neither a
-- place nor a subscription, and 180 days more.
CREATE TABLE reader (
    reader_id    INTEGER PRIMARY KEY,
    email        TEXT NOT NULL CHECK (email = lower(email)),
    text_only    INTEGER NOT NULL CHECK (text_only IN (0, 1)),
    large        INTEGER NOT NULL CHECK (large IN (0, 1)),
    language     TEXT,                  -- NULL: that of the body
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal,
    replaced_by  INTEGER REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX reader_now ON reader (email) WHERE replaced_by IS NULL;
CREATE INDEX reader_journal ON reader (journal_id);
CREATE INDEX reader_replaced ON reader (replaced_by)
    WHERE replaced_by IS NOT NULL;

-- What was asked, of whom, and what «ja» would carry out. One use, seven
-- days. KEPT: until answered or run out, 30 days more («keep.asked-days»).
CREATE TABLE pending (
    pending_id   INTEGER PRIMARY KEY,
    mail_id      INTEGER NOT NULL REFERENCES mail,
    letter_id    INTEGER NOT NULL UNIQUE REFERENCES letter, -- the question
    email        TEXT NOT NULL,         -- who was asked
    reason       TEXT NOT NULL,         -- "unverified", "which-meeting" …
    choices      TEXT,                  -- ids to choose between, a line each
    asked_at     INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    answered_at  INTEGER,
    answered_by  INTEGER REFERENCES mail
) STRICT;
CREATE INDEX pending_mail ON pending (mail_id);
CREATE INDEX pending_open ON pending (expires_at) WHERE answered_at IS NULL;

CREATE TABLE pending_action (
    pending_id   INTEGER NOT NULL REFERENCES pending ON DELETE CASCADE,
    number       INTEGER NOT NULL,      -- in the order of the mail
    action       TEXT NOT NULL,
    body TEXT, meeting TEXT, hearing TEXT, person TEXT, name TEXT,
    email TEXT, by_email TEXT, substitute TEXT, title TEXT, words TEXT,
    letters TEXT, to_email TEXT,
    deadline_day INTEGER,
    part         INTEGER NOT NULL DEFAULT -1,
    ref TEXT, choice TEXT, point INTEGER, -- of an answer to a decision mail
    PRIMARY KEY (pending_id, number)
) STRICT, WITHOUT ROWID;

-- What waits for a person: it stands, numbered, in the daily decision mail
-- until it is answered, or needs no answer any more. Its life is in
-- rules/decision.c, its kinds in council/decisions.c. KEPT: case; the words of
-- a mail that waits: raw; of what is moot: not at all.
CREATE TABLE decision (
    decision_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    key          TEXT NOT NULL UNIQUE,  -- the same is never asked twice
    kind         TEXT NOT NULL,         -- "late-item"
    body_id      INTEGER REFERENCES body, -- NULL: of the whole house
    ref          TEXT,                  -- meeting, hearing, "mail:N"
    row_id       INTEGER,               -- in the kind's own table
    label        TEXT NOT NULL,         -- one line
    words        TEXT,                  -- what more there is to read
    made_at      INTEGER NOT NULL,
    until_at     INTEGER,               -- the day by which
    urgent       INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    state        TEXT NOT NULL DEFAULT 'open'
                     CHECK (state IN ('open', 'answered', 'moot')),
    choice       TEXT,                  -- canonical word of the answer
    answered_at  INTEGER,
    journal_id   INTEGER REFERENCES journal, -- the line of the answer
    CHECK ((state = 'answered') = (choice IS NOT NULL
        AND answered_at IS NOT NULL AND journal_id IS NOT NULL))
) STRICT;
CREATE INDEX decision_open ON decision (body_id) WHERE state = 'open';
CREATE INDEX decision_journal ON decision (journal_id)
    WHERE journal_id IS NOT NULL;

-- Under which number a letter shows it, so that an answer to yesterday's mail
-- means yesterday's numbers.
CREATE TABLE decision_shown (
    letter_id    INTEGER NOT NULL REFERENCES letter,
    number       INTEGER NOT NULL CHECK (number > 0),
    decision_id  INTEGER NOT NULL REFERENCES decision,
    PRIMARY KEY (letter_id, number)
) STRICT, WITHOUT ROWID;

-- Somebody's data is to be erased (GDPR art. 17), as the secretary decided or
-- a person here said. The address is kept until the last letter, which says
-- that it is done, has left; then only a hash with a salt of its own, so that
-- neither an old mail that is read again nor a list of members that is
-- imported again brings the person back. KEPT: the hash for ever, the address
-- until that letter has left.
CREATE TABLE erasure (
    erasure_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    email        TEXT,
    salt         BLOB NOT NULL CHECK (length(salt) = 16),
    hash         BLOB NOT NULL CHECK (length(hash) = 32), -- SHA-256 of salt
                                        -- and address
    run_at       INTEGER NOT NULL,      -- not before: until then it is
                                        -- taken back by FORTRYD
    erased_at    INTEGER,
    letter_id    INTEGER REFERENCES letter, -- the last one
    done_at      INTEGER,               -- and that has left, too
    journal_id   INTEGER REFERENCES journal, -- NULL: by command
    CHECK ((done_at IS NULL) = (email IS NOT NULL))
) STRICT;
CREATE INDEX erasure_open ON erasure (run_at) WHERE done_at IS NULL;
CREATE INDEX erasure_journal ON erasure (journal_id)
    WHERE journal_id IS NOT NULL;

-- Who proposed the point wants no more letters about it. KEPT: case.
CREATE TABLE trail_stop (
    item_id      INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
    at           INTEGER NOT NULL,
    journal_id   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE INDEX trail_stop_journal ON trail_stop (journal_id);

-- What the understanding sees of Part II; store/world.c loads it again when
-- this number has grown.
CREATE TRIGGER body_i AFTER INSERT ON body BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER body_u AFTER UPDATE ON body BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER body_d AFTER DELETE ON body BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER rule_i AFTER INSERT ON rule BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER rule_u AFTER UPDATE ON rule BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER person_u AFTER UPDATE OF email, name ON person BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER place_i AFTER INSERT ON place BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER place_u AFTER UPDATE ON place BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER place_d AFTER DELETE ON place BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER meeting_i AFTER INSERT ON meeting BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER meeting_u AFTER UPDATE ON meeting BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER meeting_d AFTER DELETE ON meeting BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER meeting_change_i AFTER INSERT ON meeting_change BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER hearing_i AFTER INSERT ON hearing BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER hearing_u AFTER UPDATE ON hearing BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER hearing_d AFTER DELETE ON hearing BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER hearing_party_i AFTER INSERT ON hearing_party BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER hearing_party_u AFTER UPDATE ON hearing_party BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER hearing_party_d AFTER DELETE ON hearing_party BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER topic_i AFTER INSERT ON topic BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER topic_u AFTER UPDATE ON topic BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER topic_d AFTER DELETE ON topic BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER working_group_i AFTER INSERT ON working_group BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER working_group_u AFTER UPDATE ON working_group BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER working_group_d AFTER DELETE ON working_group BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER working_group_member_i AFTER INSERT ON working_group_member
    BEGIN UPDATE world SET version = version + 1; END;
CREATE TRIGGER working_group_member_u AFTER UPDATE ON working_group_member
    BEGIN UPDATE world SET version = version + 1; END;
CREATE TRIGGER working_group_member_d AFTER DELETE ON working_group_member
    BEGIN UPDATE world SET version = version + 1; END;
CREATE TRIGGER address_i AFTER INSERT ON address BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER address_u AFTER UPDATE ON address BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER address_d AFTER DELETE ON address BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER setting_i AFTER INSERT ON setting BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER setting_u AFTER UPDATE ON setting
    WHEN old.value IS NOT new.value BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER agenda_i AFTER INSERT ON agenda BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER agenda_u AFTER UPDATE ON agenda BEGIN
    UPDATE world SET version = version + 1; END;
CREATE TRIGGER agenda_d AFTER DELETE ON agenda BEGIN
    UPDATE world SET version = version + 1; END;
