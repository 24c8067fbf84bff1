/* SPDX-License-Identifier: MIT */
/* A council with one meeting ahead, and the engine that calls at an hour. */
#ifndef TESTS_CALENDAR_YEAR_H
#define TESTS_CALENDAR_YEAR_H

#include "../council/house.h"
#include "base/date.h"
#include "calendar/calendar.h"
#include "rules/year.h"
#include "store/attendance.h"
#include "store/due.h"
#include "store/journal.h"

#define MEETING "udsatteraad/2026-12-17"

/* The decision mail has a test of its own. */
static const struct file_rule year_rules[] = { { "decision-mail", "never" } };

/* The same meeting, held with the committee. */
static inline struct house *
meeting_open(bool dialogue)
{
	/* the two of house.h are called off */
	struct file_meeting m[] = {
		{ .id = MEETING, .place = "Centret", .kind = MEETING_ORDINARY,
		    .state = MEETING_PLANNED },
		council_meetings[0], council_meetings[1],
	};
	static const struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.address = "udsatteraad@fjordby.example",
		.committee = "socialudvalg", .takes_applications = true,
		.n_meetings = 3, .rules = year_rules, .n_rules = 1 };
	static const struct file_place politicians[] = {
		{ .name = "Udvalgsformanden", .role = ROLE_CHAIR,
		    .email = "formand@raadhus.example" },
		{ .name = "Udvalgsmedlem To", .role = ROLE_MEMBER,
		    .email = "to@raadhus.example" },
		{ .name = "Udvalgets sekret\xc3\xa6r", .role = ROLE_SECRETARY,
		    .email = "sekretaer@raadhus.example" },
	};
	struct file_body b = body, all[3] = { body, {
		.slug = "socialudvalg", .name = "Socialudvalget",
		.kind = BODY_COMMITTEE, .places = politicians,
		.n_places = dialogue ? 3 : 0, .has_places = dialogue }, {
		.slug = "integrationsraad", .kind = BODY_COUNCIL,
		.name = "Integrationsr\xc3\xa5" "det",
		.takes_applications = true, .rules = year_rules,
		.n_rules = 1 } };
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	m[0].start_at = date_at((struct date){ 2026, 12, 17 }, 16, 0);
	m[0].end_at = m[0].start_at + 7200;
	m[1].state = m[2].state = MEETING_CANCELLED;
	if (dialogue) {
		m[0].kind = MEETING_DIALOGUE;
		m[0].with_body = "socialudvalg";
	}
	b.meetings = m;
	all[0] = b;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = all, .n_bodies = 3 }, NOW,
	    &changes, &n, &err), RC_OK);
	return h;
}

static inline struct house *
year_open(void)
{
	return meeting_open(false);
}

/* The engine calls at that hour; how many due dates were carried out. */
static inline size_t
at(struct house *h, struct date day, int hour, int64_t *next_at)
{
	int64_t ignored, now_at = date_at(day, hour, 0);
	struct err err = { "" };
	size_t n = 0;
	enum rc rc;

	h->council.now_at = h->outbox.now_at = now_at;
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, now_at, &h->world,
	    &err), RC_OK);
	rc = calendar_run(&h->council, h->arena, next_at == NULL ? &ignored :
	    next_at, &n, &err);
	if (rc != RC_OK)
		print_error("%d %s\n", rc, err.text);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return n;
}

static inline void
says(struct house *h, const char *email, enum reply reply)
{
	struct err err = { "" };
	int64_t journal_id;

	assert_int_equal(journal_add(h->store, &(struct journal_row){
	    .at = h->council.now_at, .deed = "attendance",
	    .body = "udsatteraad", .by = email, .by_what = "dmarc=pass",
	    .about = MEETING }, &journal_id, &err), RC_OK);
	assert_int_equal(attendance_set(h->store, &(struct attendance){
	    .meeting = MEETING, .email = email, .reply = reply,
	    .at = h->council.now_at, .journal_id = journal_id }, &err),
	    RC_OK);
}

static inline long
letters(struct house *h, const char *like)
{
	return number(h, arena_printf(h->arena, "SELECT count(*) FROM letter"
	    " WHERE key LIKE '%s%%'", like));
}

#define ABOUT "/" MEETING "/"

#endif
