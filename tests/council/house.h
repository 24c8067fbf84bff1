/* SPDX-License-Identifier: MIT */
/* A council with people, meetings and a database of its own, for the tests. */
#ifndef TESTS_COUNCIL_HOUSE_H
#define TESTS_COUNCIL_HOUSE_H

#include <sqlite3.h>
#include <stdio.h>

#include "../store/place.h"
#include "base/arena.h"
#include "council/council.h"
#include "render/template.h"
#include "store/import.h"
#include "store/inbox.h"
#include "store/world.h"

#define NOW 1793865600	/* 2026-11-05T09:00+01:00 and a bit */

struct house {
	struct place place;
	struct store *store;
	struct arena *arena;
	struct outbox outbox;
	struct world world;
	struct council council;
	uint32_t uid;
	const char *subject;	/* of the mails; NULL: the usual one */
	sqlite3 *look;		/* reads beside the store */
};

static const struct file_place council_places[] = {
	{ .name = "Kirsten Holst", .email = "kirsten@mail.example",
	    .role = ROLE_CHAIR, .seat = "user" },
	{ .name = "Mogens B\xc3\xa6k", .email = "mb@center.example",
	    .role = ROLE_MEMBER, .seat = "staff" },
	{ .name = "Aase Lind", .email = "aase@mail.example",
	    .role = ROLE_MEMBER, .seat = "relative" },
	{ .name = "Mette Krogh", .email = "mekr@fjordby.example",
	    .role = ROLE_SECRETARY },
};
static const struct file_place other_places[] = {
	{ .name = "Sofie Ravn", .email = "sofie@elsewhere.example",
	    .role = ROLE_SECRETARY },
};
static const struct file_meeting council_meetings[] = {
	{ .id = "udsatteraad/2026-11-26", .place = "Centret",
	    .start_at = NOW + 21 * 86400, .end_at = NOW + 21 * 86400 + 7200,
	    .kind = MEETING_ORDINARY, .state = MEETING_CALLED },
	{ .id = "udsatteraad/2026-11-06", .start_at = NOW + 86400,
	    .end_at = NOW + 90000, .kind = MEETING_ORDINARY,
	    .state = MEETING_CALLED },
};
static const struct file_hearing council_hearings[] = {
	{ .id = "udsatteraad/h/bolig", .title = "Boligpolitik",
	    .deadline_day = { 2026, 11, 20 } },
};
static const struct file_topic council_topics[] = {
	{ 'A', "Sk\xc3\xa6ve boliger" }, { 'B', "IT-hj\xc3\xa6lp" },
};
static const struct file_body bodies[] = {
	{ .slug = "udsatteraad", .name = "Udsatter\xc3\xa5" "det",
	    .kind = BODY_COUNCIL, .address = "udsatteraad@fjordby.example",
	    .takes_applications = true, .places = council_places,
	    .n_places = 4, .has_places = true, .meetings = council_meetings,
	    .n_meetings = 2, .hearings = council_hearings, .n_hearings = 1,
	    .topics = council_topics, .n_topics = 2, .has_topics = true },
	{ .slug = "integrationsraad", .name = "Integrationsr\xc3\xa5" "det",
	    .kind = BODY_COUNCIL, .takes_applications = true,
	    .places = other_places, .n_places = 1, .has_places = true },
	{ .slug = "socialudvalg", .name = "Socialudvalget",
	    .kind = BODY_COMMITTEE },
};
static const struct council_file council_file = {
	.municipality = "Fjordby Kommune",
	.mailbox = "raadspost@fjordby.example",
	.addresses = (const struct file_address[]){
	    { "raadspost@fjordby.example", NULL },
	    { "udsatteraad@fjordby.example", "udsatteraad" } },
	.n_addresses = 2,
	.bodies = bodies, .n_bodies = 3,
};

static inline struct house *
house_open(void)
{
	struct house *h = calloc(1, sizeof *h);
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	h->place = place_open();
	h->store = place_store(&h->place);
	h->arena = arena_open();
	assert_int_equal(import_apply(h->store, h->arena, &council_file, NOW,
	    &changes, &n, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, NOW, &h->world, &err),
	    RC_OK);
	h->outbox = (struct outbox){
		.store = h->store,
		.municipality = "Fjordby Kommune",
		.mailbox = "raadspost@fjordby.example",
		.domain = "fjordby.example",
		.secretary = "sekretariat@fjordby.example",
		.phone_help = "Livslinien, 70 20 12 01",
		.now_at = NOW,
	};
	h->council = (struct council){
		.store = h->store, .outbox = &h->outbox, .world = &h->world,
		.now_at = NOW, .answers_per_hour = 10,
		.stranger_answers_per_day = 1,
	};
	assert_int_equal(sqlite3_open_v2(h->place.db, &h->look,
	    SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	return h;
}

static inline void
house_close(struct house *h)
{
	struct err err = { "" };

	if (store_verify(h->store, &err) != RC_OK)
		print_error("%s\n", err.text);
	assert_int_equal(store_verify(h->store, &err), RC_OK);
	assert_int_equal(sqlite3_close(h->look), SQLITE_OK);
	store_close(&h->store);
	arena_close(&h->arena);
	place_close(&h->place);
	template_forget();
	free(h);
}

/* The first column of the first row, "" where there is none. */
static inline const char *
look(struct house *h, const char *sql)
{
	sqlite3_stmt *stmt;
	const char *text = "";

	assert_int_equal(sqlite3_prepare_v2(h->look, sql, -1, &stmt, NULL),
	    SQLITE_OK);
	if (sqlite3_step(stmt) == SQLITE_ROW &&
	    sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		text = arena_strdup(h->arena,
		    (const char *)sqlite3_column_text(stmt, 0));
	(void)sqlite3_finalize(stmt);
	return text;
}

static inline long
number(struct house *h, const char *sql)
{
	return strtol(look(h, sql), NULL, 10);
}

/* All rows of the tables that deeds write. */
static inline const char *
dump(struct house *h)
{
	static const char *const tables[] = { "application", "nomination",
	    "attendance", "item", "comment", "contribution",
	    "hearing", "hearing_request", "hearing_draft", "ranking", "subscription",
	    "person", "place", "meeting" };
	struct buf out = buf_open(h->arena);

	for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
		sqlite3_stmt *stmt;

		assert_int_equal(sqlite3_prepare_v2(h->look, arena_printf(
		    h->arena, "SELECT * FROM %s ORDER BY rowid", tables[t]),
		    -1, &stmt, NULL), SQLITE_OK);
		while (sqlite3_step(stmt) == SQLITE_ROW) {
			buf_addf(&out, "%s", tables[t]);
			for (int i = 0; i < sqlite3_column_count(stmt); i++)
				buf_addf(&out, "|%s", sqlite3_column_text(stmt,
				    i) == NULL ? "-" : (const char *)
				    sqlite3_column_text(stmt, i));
			buf_add(&out, "\n");
		}
		(void)sqlite3_finalize(stmt);
	}
	return buf_text(&out);
}

struct sent_mail {
	int64_t mail_id;
	struct council_end end;
};

/* A mail from `from` with these actions goes its way through the council. */
static inline struct sent_mail
carry(struct house *h, struct purpose purpose)
{
	struct mail_address from = { purpose.sender.name,
	    purpose.sender.email };
	struct mail mail = {
		.message_id = arena_printf(h->arena, "<m%u@out.example>",
		    ++h->uid),
		.from = { &from, 1 }, .subject = h->subject != NULL ? h->subject :
		    "Emnet fra mailen",
		.text = purpose.text, .date_at = NOW,
	};
	struct sent_mail sent;
	struct err err = { "" };
	enum rc rc;

	if (purpose.text == NULL)
		purpose.text = "Ordene fra mailen";
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(inbox_add(h->store, &(struct inbox_new){
	    .uidvalidity = 1, .uid = h->uid, .came_at = h->council.now_at,
	    .raw = { (const unsigned char *)"x", 1 }, .fd = -1 },
	    &sent.mail_id, &err), RC_OK);
	assert_int_equal(inbox_parsed(h->store, sent.mail_id, &mail,
	    &(int64_t){ 0 }, &(bool){ false }, &err), RC_OK);
	h->outbox.now_at = h->council.now_at;
	rc = council_carry_out(&h->council, h->arena, sent.mail_id, &mail,
	    &purpose, &sent.end, &err);
	if (rc != RC_OK)
		print_error("%d %s\n", rc, err.text);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(inbox_done(h->store, sent.mail_id, sent.end.outcome,
	    sent.end.reason, sent.end.why, sent.end.folder, &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return sent;
}

static inline struct sent_mail
act(struct house *h, const char *from, bool verified, struct action action)
{
	struct action *copy = arena_alloc(h->arena, sizeof *copy);

	*copy = action;
	if (copy->part == 0)
		copy->part = -1;
	return carry(h, (struct purpose){ .outcome = OUTCOME_ACT,
	    .sender = { .email = from, .name = "Navn Navnesen",
	    .verified = verified, .by = verified ? "dmarc=pass" : "nothing" },
	    .body = action.body, .actions = copy, .n_actions = 1 });
}

/* «FORTRYD» and the like: an answer to the letter of that key. */
static inline struct sent_mail
reply(struct house *h, const char *from, bool verified, const char *key,
    bool with_token, enum action_kind kind, const char *order)
{
	const char *id = look(h, arena_printf(h->arena,
	    "SELECT message_id FROM letter WHERE key = '%s'", key));
	const char *token = look(h, arena_printf(h->arena,
	    "SELECT token FROM letter WHERE key = '%s'", key));

	assert_string_not_equal(id, "");
	return act(h, from, verified, (struct action){ .kind = kind,
	    .ref = id, .token = with_token && token[0] ? token : NULL,
	    .order = order });
}

/* The text of the letter of that key; "" none. */
static inline const char *
letter(struct house *h, const char *key)
{
	return look(h, arena_printf(h->arena, "SELECT to_email || '|' ||"
	    " subject || '|' || text FROM letter JOIN letter_raw"
	    " USING (letter_id) WHERE key = '%s'", key));
}

#endif
