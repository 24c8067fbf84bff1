/* SPDX-License-Identifier: MIT */
/* Every deed of the table is done, and undone right after: all tables are as
 * before, or the undo says why not. A deed without a case here fails.
 *
 * Not compared: the mails, the letters and the journal, which say what was;
 * questions and decisions that were closed, as long as they keep no words;
 * when a row was last changed, which is what an undo does. */
#include "test.h"

#include "year.h"

#include "council/decision_letter.h"
#include "council/deed.h"
#include "council/hearing.h"
#include "council/seats.h"
#include "council/workshop.h"
#include "rules/meeting_facts.h"

#define SECRETARY "mekr@fjordby.example"
#define CHAIR "kirsten@mail.example"
#define MEMBER "mb@center.example"
#define CITIZEN "rikke@mail.example"
#define AUTHORITY "plan@staden.example"
#define BOLIG "udsatteraad/h/boligpolitik"
#define SLUG "udsatteraad"

/* --- the tables ---------------------------------------------------------- */

static const char *const apart[] = { "journal", "mail", "mail_raw",
    "mail_part", "letter", "letter_raw", "sent", "answered", "world",
    "sqlite_sequence", "pending", "pending_action", "decision",
    "decision_shown", "application_count", "due_done" };

static bool
is_apart(const char *table)
{
	for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
		if (strcmp(apart[i], table) == 0)
			return true;
	return false;
}

static void
query_dump(struct house *h, const char *name, const char *sql,
    struct buf *out)
{
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(h->look, sql, -1, &stmt, NULL),
	    SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		buf_add(out, name);
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			if (strcmp(sqlite3_column_name(stmt, i),
			    "changed_at") != 0)
				buf_addf(out, "|%s", sqlite3_column_text(stmt,
				    i) == NULL ? "-" : (const char *)
				    sqlite3_column_text(stmt, i));
		buf_add(out, "\n");
	}
	(void)sqlite3_finalize(stmt);
}

/* All tables there are, so that a new one is in it by itself. */
static const char *
everything(struct house *h)
{
	struct buf out = buf_open(h->arena);
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(h->look, "SELECT name FROM"
	    " sqlite_schema WHERE type = 'table' ORDER BY name", -1, &stmt,
	    NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(stmt,
		    0);

		if (!is_apart(table))
			query_dump(h, table, arena_printf(h->arena,
			    "SELECT * FROM %s ORDER BY 1, 2", table), &out);
	}
	(void)sqlite3_finalize(stmt);
	query_dump(h, "decision", "SELECT decision_id, state, label, words,"
	    " choice, journal_id FROM decision WHERE state <> 'moot' AND kind"
	    " <> 'mail-waiting' ORDER BY 1", &out);
	query_dump(h, "moot", "SELECT words FROM decision WHERE state ="
	    " 'moot' AND words IS NOT NULL", &out);
	query_dump(h, "application_count", "SELECT * FROM application_count"
	    " WHERE n > 0", &out);
	return buf_text(&out);
}

/* --- what is there before ------------------------------------------------ */

static void
world_again(struct house *h)
{
	struct err err = { "" };

	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &err), RC_OK);
}

/* The meeting lies ahead, its invitation is out. */
static struct house *
ahead(void)
{
	struct house *h = year_open();

	(void)at(h, (struct date){ 2026, 11, 5 }, 9, NULL);
	world_again(h);
	return h;
}

static struct sent_mail
does(struct house *h, const char *who, struct action action)
{
	return act(h, who, true, action);
}

/* Answers the newest letter of that kind that `who` has got. */
static struct sent_mail
answers(struct house *h, const char *who, enum letter_kind kind,
    struct action action)
{
	struct world_sent *sent = arena_alloc(h->arena, sizeof *sent);
	const char *last = arena_printf(h->arena, "FROM letter JOIN letter_raw"
	    " USING (letter_id) WHERE kind = %d AND to_email = '%s'"
	    " ORDER BY letter_id DESC LIMIT 1", kind, who);

	world_again(h);
	*sent = (struct world_sent){ .kind = kind, .ref = MEETING, .to = who,
		.message_id = look(h, arena_printf(h->arena,
		"SELECT message_id %s", last)),
		.text = look(h, arena_printf(h->arena, "SELECT text %s",
		last)) };
	assert_string_not_equal(sent->message_id, "");
	h->world.sent = sent;
	h->world.n_sent = 1;
	if (action.ref == NULL)
		action.ref = sent->message_id;
	return act(h, who, true, action);
}

static struct house *
seats(void)
{
	static const struct file_seat groups[] = {
		{ .group = "user", .number = 3, .at_least = 2 },
		{ .group = "organisation", .number = 1 },
	};
	static const struct file_rule rules[] = {
		{ "application-asks", "residence words group" },
	};
	static const struct file_body body = {
		.rules = rules, .n_rules = 1, .slug = SLUG, .name = "Udsatter\xc3\xa5" "det",
		.kind = BODY_COUNCIL, .address = "udsatteraad@fjordby.example",
		.takes_applications = true, .seats = groups, .n_seats = 2,
		.has_seats = true };
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	world_again(h);
	return h;
}

static struct sent_mail
calls(struct house *h)
{
	return does(h, SECRETARY, (struct action){ .kind = ACTION_CALL_OPEN,
	    .body = SLUG, .deadline_day = { 2026, 12, 4 },
	    .to = "a@mail.example b@mail.example" });
}

static struct sent_mail
applies(struct house *h)
{
	return does(h, CITIZEN, (struct action){ .kind = ACTION_APPLICATION,
	    .body = SLUG, .name = "Rikke Dal", .email = CITIZEN,
	    .text = "Jeg bor i Fjordby og er bruger af varmestuen, og har tid"
	    " og lyst til at v\xc3\xa6re med." });
}

static void
call_go(struct house *h, enum rc (*go)(struct council *, struct arena *,
    struct call_row *, struct err *))
{
	struct call_row call;
	struct err err = { "" };

	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(call_newest(h->store, h->arena, SLUG, &call, &err),
	    RC_OK);
	assert_int_equal(go(&h->council, h->arena, &call, &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	world_again(h);
}

static struct house *
one_applied(void)
{
	struct house *h = seats();

	(void)does(h, CITIZEN, (struct action){ .kind = ACTION_APPLICATION,
	    .body = SLUG, .name = "Rikke Dal", .email = CITIZEN,
	    .text = "Jeg vil gerne s\xc3\xb8ge en plads." });
	return h;
}

static struct house *
one_came_late(void)
{
	struct house *h = seats();

	(void)calls(h);
	call_go(h, council_call_send);
	call_go(h, council_call_close);
	(void)applies(h);
	return h;
}

static struct house *
list_is_out(void)
{
	struct house *h = seats();

	(void)calls(h);
	call_go(h, council_call_send);
	(void)applies(h);
	call_go(h, council_call_close);
	return h;
}

static struct sent_mail
nominates(struct house *h)
{
	return does(h, CITIZEN, (struct action){ .kind = ACTION_NOMINATION,
	    .body = SLUG, .name = "Per Holm", .email = "per@mail.example",
	    .by = CITIZEN, .text = "Per er god" });
}

static struct house *
one_was_named(void)
{
	struct house *h = house_open();

	(void)nominates(h);
	return h;
}

static struct sent_mail
hearing_opens(struct house *h)
{
	return does(h, AUTHORITY, (struct action){
	    .kind = ACTION_HEARING_OPEN, .body = SLUG,
	    .title = "Boligpolitik", .deadline_day = { 2026, 12, 10 },
	    .text = "Hvad mener I? a@forening.example h\xc3\xb8res" });
}

static void
hearing_step(struct house *h, enum rc (*what)(struct hearing_work *,
    struct err *))
{
	struct hearing_work w;
	struct err err = { "" };

	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(hearing_work_open(&h->council, h->arena, BOLIG, &w,
	    &err), RC_OK);
	assert_int_equal(what(&w, &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	world_again(h);
}

static struct house *
hearing_asked(void)
{
	struct house *h = house_open();

	(void)hearing_opens(h);
	world_again(h);
	hearing_step(h, hearing_ask);
	return h;
}

static struct house *
hearing_drafted(void)
{
	struct house *h = hearing_asked();

	(void)does(h, MEMBER, (struct action){ .kind = ACTION_HEARING_COMMENT,
	    .body = SLUG, .hearing = BOLIG, .person = MEMBER,
	    .text = "Flere boliger" });
	hearing_step(h, hearing_compile);
	return h;
}

static struct house *
agenda_drafted(void)
{
	struct house *h = ahead();

	(void)does(h, MEMBER, (struct action){ .kind = ACTION_AGENDA_ITEM,
	    .body = SLUG, .meeting = MEETING, .title = "Flere boliger",
	    .text = "Flere boliger" });
	(void)at(h, (struct date){ 2026, 12, 4 }, 7, NULL);
	return h;
}

/* The form of the minutes is out. */
static struct house *
held(void)
{
	struct house *h = agenda_drafted();

	(void)answers(h, SECRETARY, LETTER_AGENDA_DRAFT, (struct action){
	    .kind = ACTION_AGENDA_APPROVE, .body = SLUG,
	    .meeting = MEETING });
	says(h, CHAIR, REPLY_COMES);
	for (int day = 7; day <= 16; day++)
		(void)at(h, (struct date){ 2026, 12, day }, 10, NULL);
	(void)at(h, (struct date){ 2026, 12, 17 }, 19, NULL);
	h->council.now_at += 600;
	return h;
}

static struct sent_mail
hands_in(struct house *h)
{
	return answers(h, SECRETARY, LETTER_MINUTES_FORM, (struct action){
	    .kind = ACTION_MINUTES_SUBMIT, .body = SLUG, .meeting = MEETING,
	    .text = "2. Flere boliger\nVi har talt.\nBeslutning: Vi skriver.\n"
	    "\xe2\x86\x92 Mogens B\xc3\xa6k: k\xc3\xb8" "ber kaffe,"
	    " 1. februar\n" });
}

static struct house *
minutes_drafted(void)
{
	struct house *h = held();

	assert_int_equal(hands_in(h).end.outcome, OUTCOME_ACT);
	h->council.now_at += 3600;
	world_again(h);
	return h;
}

/* Released, the promise accepted, and the one who made it reminded. */
static struct house *
reminded(void)
{
	struct house *h = minutes_drafted();
	sqlite3 *db;

	(void)at(h, (struct date){ 2026, 12, 28 }, 8, NULL);
	(void)answers(h, SECRETARY, LETTER_MINUTES_DRAFT, (struct action){
	    .kind = ACTION_MINUTES_APPROVE, .body = SLUG,
	    .meeting = MEETING });
	(void)at(h, (struct date){ 2026, 12, 28 }, 10, NULL);
	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE follow_up SET state ="
	    " 'open'", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	(void)at(h, (struct date){ 2027, 1, 29 }, 10, NULL);
	return h;
}

static struct sent_mail
citizen_item(struct house *h)
{
	return does(h, CITIZEN, (struct action){ .kind = ACTION_AGENDA_ITEM,
	    .body = SLUG, .meeting = MEETING, .title = "B\xc3\xa6nke",
	    .text = "Flere b\xc3\xa6nke" });
}

/* A citizen's point stands as 1 in an urgent decision letter. */
static struct house *
decision_waits(void)
{
	struct house *h = ahead();
	struct err err = { "" };

	(void)citizen_item(h);
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(decision_mail_send(&h->council, h->arena,
	    &(struct decision_mail){ .body = &h->world.bodies[0],
	    .day = "2026-11-05" }, &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	world_again(h);
	return h;
}

static struct sent_mail
decides(struct house *h)
{
	return does(h, SECRETARY, (struct action){ .kind = ACTION_DECIDE,
	    .body = SLUG, .point = 1, .choice = "accept",
	    .ref = look(h, "SELECT message_id FROM letter WHERE key LIKE"
	    " 'decision/%' LIMIT 1") });
}

static struct house *
trail_is_out(void)
{
	struct house *h = decision_waits();

	(void)does(h, SECRETARY, (struct action){ .kind = ACTION_DECIDE,
	    .body = SLUG, .point = 1, .choice = "reject",
	    .ref = look(h, "SELECT message_id FROM letter WHERE key LIKE"
	    " 'decision/%' LIMIT 1") });
	h->council.now_at += 700;
	return h;
}

static struct house *
guest_is_asked(void)
{
	struct house *h = ahead();

	(void)does(h, SECRETARY, (struct action){
	    .kind = ACTION_MEETING_GUEST, .body = SLUG, .meeting = MEETING,
	    .text = "name: Ida\nemail: ida@gaest.example\n" });
	h->council.now_at += 700;
	return h;
}

static struct house *
is_subscribed(void)
{
	struct house *h = house_open();

	(void)does(h, CITIZEN, (struct action){ .kind = ACTION_SUBSCRIBE,
	    .body = SLUG, .email = CITIZEN });
	return h;
}

static struct house *
chose_text(void)
{
	struct house *h = house_open();

	(void)does(h, MEMBER, (struct action){ .kind = ACTION_READER_CHOICE,
	    .to = "text", .email = MEMBER });
	return h;
}

/* --- the cases ----------------------------------------------------------- */

static struct sent_mail
adds(struct house *h)
{
	return does(h, CITIZEN, (struct action){
	    .kind = ACTION_APPLICATION_ADD, .text = "Jeg bor i byen",
	    .ref = look(h, "SELECT message_id FROM letter WHERE key LIKE"
	    " 'receipt/mail/%' ORDER BY letter_id DESC LIMIT 1") });
}

/* «ja» to the question in the receipt of a late application. */
static struct sent_mail
keeps(struct house *h)
{
	return reply(h, CITIZEN, true, look(h, "SELECT key FROM letter WHERE"
	    " key LIKE 'receipt/mail/%' ORDER BY letter_id DESC LIMIT 1"),
	    true, ACTION_CONFIRM, NULL);
}

static struct sent_mail
appoints(struct house *h)
{
	return does(h, SECRETARY, (struct action){ .kind = ACTION_APPOINT,
	    .body = SLUG, .title = "appoint 1",
	    .ref = look(h, "SELECT message_id FROM letter WHERE key LIKE"
	    " 'seat-list/%'") });
}

static struct sent_mail
agenda_edits(struct house *h)
{
	return answers(h, SECRETARY, LETTER_AGENDA_DRAFT, (struct action){
	    .kind = ACTION_AGENDA_EDIT, .body = SLUG, .meeting = MEETING,
	    .text = "Slet punkt 2" });
}

static struct sent_mail
agenda_approves(struct house *h)
{
	return answers(h, SECRETARY, LETTER_AGENDA_DRAFT, (struct action){
	    .kind = ACTION_AGENDA_APPROVE, .body = SLUG,
	    .meeting = MEETING });
}

static struct sent_mail
consents(struct house *h)
{
	return reply(h, "per@mail.example", true, "consent/nomination/1",
	    true, ACTION_CONSENT, NULL);
}

static struct sent_mail
refuses(struct house *h)
{
	return reply(h, "per@mail.example", true, "consent/nomination/1",
	    true, ACTION_CONSENT_REFUSE, NULL);
}

static struct sent_mail
hearing_answers(struct house *h, const char *who, enum action_kind kind,
    const char *text)
{
	struct world_sent *sent = arena_alloc(h->arena, sizeof *sent);

	world_again(h);
	*sent = (struct world_sent){ .ref = BOLIG, .to = who,
		.kind = (enum letter_kind)number(h, "SELECT kind FROM letter"
		    " WHERE key LIKE 'hearing-draft/%' LIMIT 1"),
		.message_id = look(h, arena_printf(h->arena,
		    "SELECT message_id FROM letter WHERE key LIKE"
		    " 'hearing-draft/%%' AND to_email = '%s'", who)) };
	assert_string_not_equal(sent->message_id, "");
	h->world.sent = sent;
	h->world.n_sent = 1;
	return does(h, who, (struct action){ .kind = kind, .body = SLUG,
	    .hearing = BOLIG, .text = text, .ref = sent->message_id });
}

static struct sent_mail
hearing_edits(struct house *h)
{
	return hearing_answers(h, SECRETARY, ACTION_HEARING_EDIT,
	    "Tilf\xc3\xb8j: Billige boliger ogs\xc3\xa5");
}

static struct sent_mail
hearing_approves(struct house *h)
{
	return hearing_answers(h, SECRETARY, ACTION_HEARING_APPROVE, NULL);
}

static struct sent_mail
promise_answers(struct house *h, enum action_kind kind)
{
	return answers(h, MEMBER, LETTER_FOLLOW_UP, (struct action){
	    .kind = kind, .body = SLUG, .deadline_day = { 2027, 3, 1 },
	    .meeting = MEETING });
}

static struct sent_mail
promise_done(struct house *h)
{
	return promise_answers(h, ACTION_FOLLOW_UP_DONE);
}

static struct sent_mail
promise_moves(struct house *h)
{
	return promise_answers(h, ACTION_FOLLOW_UP_DATE);
}

static struct sent_mail
minutes_approves(struct house *h)
{
	return answers(h, CHAIR, LETTER_MINUTES_DRAFT, (struct action){
	    .kind = ACTION_MINUTES_APPROVE, .body = SLUG, .meeting = MEETING,
	    .person = CHAIR });
}

static struct sent_mail
minutes_objects(struct house *h)
{
	return answers(h, CHAIR, LETTER_MINUTES_DRAFT, (struct action){
	    .kind = ACTION_MINUTES_COMMENT, .body = SLUG, .meeting = MEETING,
	    .person = CHAIR, .text = "Punkt 2 er forkert" });
}

static struct sent_mail
trail_stops(struct house *h)
{
	return reply(h, CITIZEN, true, look(h, "SELECT key FROM letter WHERE"
	    " key LIKE 'trail/%' LIMIT 1"), true, ACTION_TRAIL_STOP, NULL);
}

/* The old address has said yes, the new one is asked. */
static struct house *
said_his_new_address(void)
{
	struct house *h = ahead();
	struct action *a = arena_alloc(h->arena, sizeof *a);
	struct sent_mail m;

	*a = (struct action){ .kind = ACTION_ADDRESS_CHANGE, .part = -1,
		.person = MEMBER, .to = "mogens@nyt.example" };
	m = carry(h, (struct purpose){ .outcome = OUTCOME_ASK,
	    .reason = "confirm", .sender = { .email = MEMBER,
	    .verified = true, .by = "dmarc=pass" }, .pending = a,
	    .n_pending = 1 });
	(void)reply(h, MEMBER, true, arena_printf(h->arena, "ask/mail/%lld",
	    (long long)m.mail_id), true, ACTION_CONFIRM, NULL);
	return h;
}

static struct sent_mail
new_address_says_yes(struct house *h)
{
	return reply(h, "mogens@nyt.example", true, look(h, "SELECT key FROM"
	    " letter WHERE key LIKE 'address/mail/%'"), true, ACTION_CONFIRM,
	    NULL);
}

/* Two topics, as the secretary named them. */
static struct house *
topics_are_there(void)
{
	struct house *h = ahead();

	(void)does(h, SECRETARY, (struct action){ .kind = ACTION_TOPIC_NAME,
	    .body = SLUG, .title = "Boliger" });
	(void)does(h, SECRETARY, (struct action){ .kind = ACTION_TOPIC_NAME,
	    .body = SLUG, .title = "Job" });
	world_again(h);
	return h;
}

static struct house *
round_is_open(void)
{
	struct house *h = topics_are_there();

	(void)does(h, SECRETARY, (struct action){ .kind = ACTION_ROUND_OPEN,
	    .body = SLUG, .deadline_day = { 2026, 11, 20 } });
	world_again(h);
	return h;
}

/* A working group of two. */
static struct house *
group_is_there(void)
{
	struct house *h = ahead();

	(void)does(h, SECRETARY, (struct action){ .kind = ACTION_GROUP_OPEN,
	    .body = SLUG, .to = "boliger", .title = "Boliger",
	    .person = MEMBER, .email = CHAIR });
	world_again(h);
	return h;
}

static struct house *
group_of_one(void)
{
	struct house *h = ahead();

	(void)does(h, SECRETARY, (struct action){ .kind = ACTION_GROUP_OPEN,
	    .body = SLUG, .to = "boliger", .title = "Boliger",
	    .person = MEMBER });
	world_again(h);
	return h;
}

static void
by_hand(struct house *h, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	world_again(h);
}

static struct house *
workshop_is_planned(void)
{
	struct house *h = ahead();

	by_hand(h, "UPDATE meeting SET kind = 'workshop' WHERE slug = '"
	    MEETING "'");
	return h;
}

static struct sent_mail
opens_workshop(struct house *h)
{
	return does(h, SECRETARY, (struct action){
	    .kind = ACTION_WORKSHOP_OPEN, .body = SLUG, .meeting = MEETING,
	    .text = "places: 20\nto: " CITIZEN "\n"
	    "report-to: udvalg@raadhus.example\n" });
}

static void
workshop_go(struct house *h, enum rc (*go)(struct workshop_work *,
    struct err *))
{
	struct workshop_work w;
	struct err err = { "" };

	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(workshop_open_meeting(&h->council, h->arena, MEETING,
	    &w, &err), RC_OK);
	assert_int_equal(go(&w, &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	world_again(h);
}

static struct house *
workshop_is_open(void)
{
	struct house *h = workshop_is_planned();

	(void)opens_workshop(h);
	world_again(h);
	workshop_go(h, council_workshop_invite);
	return h;
}

static struct sent_mail
registers(struct house *h)
{
	return does(h, CITIZEN, (struct action){ .kind = ACTION_REGISTER,
	    .body = SLUG, .meeting = MEETING });
}

static struct house *
one_is_registered(void)
{
	struct house *h = workshop_is_open();

	(void)registers(h);
	return h;
}

static struct house *
workshop_has_idea(void)
{
	struct house *h = one_is_registered();

	(void)does(h, CITIZEN, (struct action){ .kind = ACTION_WORKSHOP_IDEA,
	    .body = SLUG, .meeting = MEETING, .text = "Flere cafeer" });
	return h;
}

static struct house *
workshop_is_reported(void)
{
	struct house *h = workshop_has_idea();

	by_hand(h, "UPDATE workshop SET state = 'held'");
	workshop_go(h, workshop_report_send);
	return h;
}

static struct sent_mail
workshop_releases(struct house *h)
{
	return does(h, SECRETARY, (struct action){
	    .kind = ACTION_WORKSHOP_RELEASE, .body = SLUG,
	    .meeting = MEETING, .ref = look(h, "SELECT message_id FROM letter"
	    " WHERE key LIKE 'workshop-report/%'") });
}

static struct house *
workshop_is_sent(void)
{
	struct house *h = workshop_is_reported();

	(void)workshop_releases(h);
	workshop_go(h, council_workshop_deliver);
	return h;
}

static const struct undone {
	enum action_kind kind;
	struct house *(*before)(void);
	/* either */
	struct sent_mail (*does)(struct house *h);
	/* or */
	const char *from;
	struct action action;
	/* why it cannot be undone, which the undo says; NULL: it can */
	const char *left;
	bool nothing;		/* it changes no table */
	bool looks;		/* nor has it a line of the journal */
} cases[] = {
	{ ACTION_ABSENCE, ahead, .from = MEMBER, .action = {
	    .person = MEMBER, .meeting = MEETING } },
	{ ACTION_ATTENDANCE, ahead, .from = MEMBER, .action = {
	    .person = MEMBER, .meeting = MEETING } },
	{ ACTION_TENTATIVE, ahead, .from = MEMBER, .action = {
	    .person = MEMBER, .meeting = MEETING } },
	{ ACTION_SUBSTITUTE, ahead, .from = MEMBER, .action = {
	    .person = MEMBER, .meeting = MEETING,
	    .substitute = "Tove Abel" } },
	{ ACTION_AGENDA_ITEM, ahead, .does = citizen_item },
	{ ACTION_IDEA, ahead, .from = CITIZEN, .action = { .body = SLUG,
	    .title = "Boliger", .text = "Om boliger" } },
	{ ACTION_APPLICATION, seats, .does = applies },
	{ ACTION_APPLICATION_ADD, one_applied, .does = adds },
	{ ACTION_APPLICATION_KEEP, one_came_late, .does = keeps },
	{ ACTION_APPLICATION_WITHDRAW, one_applied, .from = CITIZEN,
	    .action = { .body = SLUG } },
	{ ACTION_NOMINATION, house_open, .does = nominates },
	{ ACTION_CONSENT, one_was_named, .does = consents },
	{ ACTION_CONSENT_REFUSE, one_was_named, .does = refuses,
	    .left = "what was erased cannot come back" },
	{ ACTION_CALL_OPEN, seats, .does = calls },
	{ ACTION_APPOINT, list_is_out, .does = appoints },
	{ ACTION_HEARING_OPEN, house_open, .does = hearing_opens },
	{ ACTION_HEARING_COMMENT, hearing_asked, .from = MEMBER, .action = {
	    .body = SLUG, .hearing = BOLIG, .person = MEMBER,
	    .text = "Flere boliger" } },
	{ ACTION_HEARING_EDIT, hearing_drafted, .does = hearing_edits },
	{ ACTION_HEARING_APPROVE, hearing_drafted,
	    .does = hearing_approves },
	{ ACTION_HEARING_STATUS, hearing_asked, .from = AUTHORITY,
	    .action = { .hearing = BOLIG }, .nothing = true },
	{ ACTION_HEARING_TIME, hearing_asked, .from = CHAIR, .action = {
	    .body = SLUG, .hearing = BOLIG },
	    .left = "the letter has gone to the authority",
	    .nothing = true },
	{ ACTION_MEETING_PLAN, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .title = "2027-02-25",
	    .text = "day: 2027-02-25\nstart: 16:00\nend: 18:00\nplace: Centret\n" } },
	{ ACTION_MEETING_MOVE, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .meeting = MEETING,
	    .text = "day: 2026-12-18\n" } },
	{ ACTION_MEETING_CHANGE, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .meeting = MEETING,
	    .text = "place: Biblioteket\n" } },
	{ ACTION_MEETING_CANCEL, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .meeting = MEETING, .text = "" } },
	{ ACTION_MEETING_GUEST, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .meeting = MEETING,
	    .text = "name: Ida\nemail: ida@gaest.example\n" } },
	{ ACTION_GUEST_REPLY, guest_is_asked, .from = "ida@gaest.example",
	    .action = { .meeting = MEETING, .order = "yes",
	    .title = "Om boliger" } },
	{ ACTION_AGENDA_EDIT, agenda_drafted, .does = agenda_edits },
	{ ACTION_AGENDA_APPROVE, agenda_drafted, .does = agenda_approves },
	{ ACTION_MINUTES_SUBMIT, held, .does = hands_in },
	{ ACTION_MINUTES_APPROVE, minutes_drafted,
	    .does = minutes_approves },
	{ ACTION_MINUTES_COMMENT, minutes_drafted,
	    .does = minutes_objects },
	{ ACTION_FOLLOW_UP_DONE, reminded, .does = promise_done },
	{ ACTION_FOLLOW_UP_DATE, reminded, .does = promise_moves },
	{ ACTION_RANKING, house_open, .from = MEMBER, .action = {
	    .body = SLUG, .person = MEMBER, .order = "BA" } },
	{ ACTION_SUBSCRIBE, house_open, .from = CITIZEN, .action = {
	    .body = SLUG, .email = CITIZEN } },
	{ ACTION_UNSUBSCRIBE, is_subscribed, .from = CITIZEN, .action = {
	    .body = SLUG, .email = CITIZEN } },
	{ ACTION_READER_CHOICE, chose_text, .from = MEMBER, .action = {
	    .to = "large", .email = MEMBER } },
	{ ACTION_RESIGN, ahead, .from = MEMBER, .action = { .body = SLUG,
	    .person = MEMBER } },
	{ ACTION_MEMBER_ADD, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .name = "Lone Friis",
	    .email = "lone@mail.example" } },
	{ ACTION_MEMBER_LEAVE, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .person = MEMBER } },
	{ ACTION_MEMBER_ROLE, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .person = MEMBER, .choice = "chair" } },
	{ ACTION_MEMBER_REACHED, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .person = MEMBER }, .nothing = true },
	{ ACTION_ADDRESS_CHANGE, said_his_new_address,
	    .does = new_address_says_yes },
	{ ACTION_DATA_ACCESS, ahead, .from = CITIZEN, .nothing = true },
	{ ACTION_DATA_ERASE, ahead, .from = CITIZEN, .nothing = true },
	{ ACTION_TRAIL_STOP, trail_is_out, .does = trail_stops },
	{ ACTION_DECIDE, decision_waits, .does = decides },
	{ ACTION_FIND, ahead, .from = MEMBER, .action = { .text = "bolig" },
	    .looks = true },
	{ ACTION_TOPIC_LIST, topics_are_there, .from = SECRETARY, .action = {
	    .body = SLUG }, .looks = true },
	{ ACTION_TOPIC_NAME, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .title = "Boliger" } },
	{ ACTION_TOPIC_END, topics_are_there, .from = SECRETARY, .action = {
	    .body = SLUG, .order = "A" } },
	{ ACTION_ROUND_OPEN, topics_are_there, .from = SECRETARY, .action = {
	    .body = SLUG, .deadline_day = { 2026, 11, 20 } } },
	{ ACTION_ROUND_STOP, round_is_open, .from = SECRETARY, .action = {
	    .body = SLUG }, .left = "the members are told" },
	{ ACTION_GROUP_OPEN, ahead, .from = SECRETARY, .action = {
	    .body = SLUG, .to = "boliger", .title = "Boliger",
	    .person = MEMBER } },
	{ ACTION_GROUP_JOIN, group_of_one, .from = CHAIR, .action = {
	    .body = SLUG, .to = "boliger" } },
	{ ACTION_GROUP_LEAVE, group_is_there, .from = CHAIR, .action = {
	    .body = SLUG, .to = "boliger" } },
	{ ACTION_GROUP_END, group_is_there, .from = SECRETARY, .action = {
	    .body = SLUG, .to = "boliger" } },
	{ ACTION_GROUP_POST, group_is_there, .from = MEMBER, .action = {
	    .body = SLUG, .to = "boliger", .text = "Vi mødes kl. 10." },
	    .nothing = true, .left = "they have read it" },
	{ ACTION_GROUP_STATUS, group_is_there, .from = MEMBER, .action = {
	    .body = SLUG, .to = "boliger", .text = "Vi er i gang." } },
	{ ACTION_WORKSHOP_OPEN, workshop_is_planned,
	    .does = opens_workshop },
	{ ACTION_REGISTER, workshop_is_open, .does = registers },
	{ ACTION_REGISTER_CANCEL, one_is_registered, .from = CITIZEN,
	    .action = { .body = SLUG, .meeting = MEETING } },
	{ ACTION_WORKSHOP_IDEA, workshop_is_open, .from = CITIZEN,
	    .action = { .body = SLUG, .meeting = MEETING,
	    .text = "Flere cafeer" } },
	{ ACTION_WORKSHOP_STOP, workshop_is_open, .from = CITIZEN,
	    .action = { .body = SLUG, .meeting = MEETING } },
	{ ACTION_WORKSHOP_GROUP, workshop_has_idea, .from = SECRETARY,
	    .action = { .body = SLUG, .meeting = MEETING,
	    .order = "1: Mad" } },
	{ ACTION_WORKSHOP_RELEASE, workshop_is_reported,
	    .does = workshop_releases },
	{ ACTION_WORKSHOP_DECIDED, workshop_is_sent, .from = SECRETARY,
	    .action = { .body = SLUG, .meeting = MEETING,
	    .text = "Det bliver til noget." } },
};
#define N_CASES (sizeof cases / sizeof cases[0])

static int n_wrong;	/* all cases are told of, not the first alone */
#define wrong(...) (n_wrong++, print_error(__VA_ARGS__), print_error("\n"))

static enum rc
take_back(struct house *h, int64_t mail_id, const char **why)
{
	struct err err = { "" };
	enum rc rc;

	world_again(h);
	h->outbox.now_at = h->council.now_at;
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	rc = council_undo(&h->council, h->arena, mail_id, "raadspost undo",
	    why, &err);
	if (rc == RC_STOP || rc == RC_LATER)
		print_error("%d %s\n", rc, err.text);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return rc;
}

/* The rows of one that the other lacks. */
static void
differ(struct house *h, const char *sign, const char *one, const char *other)
{
	size_t n;
	const char **lines = text_lines(h->arena, one, &n);

	for (size_t i = 0; i < n; i++)
		if (strstr(other, arena_printf(h->arena, "%s\n",
		    lines[i])) == NULL)
			print_error("%s%s\n", sign, lines[i]);
}

static void
case_run(const struct undone *c)
{
	const char *word = action_word(c->kind), *before, *between, *why = "";
	struct house *h = c->before();
	struct action action = c->action;
	struct sent_mail sent;
	enum rc rc;

	world_again(h);
	before = everything(h);
	action.kind = c->kind;
	sent = c->does != NULL ? c->does(h) : does(h, c->from, action);
	between = everything(h);
	if (number(h, arena_printf(h->arena, "SELECT count(*) FROM journal"
	    " WHERE mail_id = %lld AND deed = '%s'", (long long)sent.mail_id,
	    word)) != (c->looks ? 0 : 1))
		wrong("%s: the case does not do it: %s", word,
		    sent.end.why);
	if (c->looks) {
		if (strcmp(before, between) != 0)
			wrong("%s: to look changed something", word);
		house_close(h);
		return;
	}
	if (!c->nothing && strcmp(before, between) == 0)
		wrong("%s: the case changes nothing", word);
	rc = take_back(h, sent.mail_id, &why);
	if (c->left != NULL) {
		if (rc != RC_PARK || why[0] == '\0')
			wrong("%s: undone, though %s", word, c->left);
		assert_string_equal(everything(h), between);
	} else if (rc != RC_OK || strcmp(before, everything(h)) != 0) {
		differ(h, "-", before, everything(h));
		differ(h, "+", everything(h), before);
		wrong("%s: is not as before (%d %s)", word, rc, why);
	}
	house_close(h);
}

static void
undo_right_after_any_deed_leaves_all_tables_as_before(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_CASES; i++)
		case_run(&cases[i]);
	assert_int_equal(n_wrong, 0);
}

static void
every_deed_of_the_table_has_its_case(void **state)
{
	(void)state;
	for (int kind = 0; kind < ACTION_KINDS; kind++) {
		size_t n = 0;

		for (size_t i = 0; i < N_CASES; i++)
			n += cases[i].kind == (enum action_kind)kind;
		if (deed_of((enum action_kind)kind) != NULL && n == 0)
			wrong("%s has no case here", action_word(
			    (enum action_kind)kind));
	}
	assert_int_equal(n_wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_deed_of_the_table_has_its_case),
		cmocka_unit_test(
		    undo_right_after_any_deed_leaves_all_tables_as_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
