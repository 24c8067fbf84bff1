/* SPDX-License-Identifier: MIT */
/* council/minutes_letter.h: the form, the draft to those who were there, what
 * the secretary must see, and the minutes to those they are for.
 *
 * Shapes   closed items go to members and their substitutes alone; everybody
 *          else has the open part, which is held against what is closed once
 *          more when it is finished
 * Errors   as store.h; a letter that cannot leave is logged and costs no other
 * Owner    the arena of the gathering
 * Source   FIELD «A year of one council»; THREATS 1, 21
 */
#ifndef COUNCIL_MINUTES_LETTER_H
#define COUNCIL_MINUTES_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "rules/minutes.h"
#include "store/minutes.h"

#define MINUTES_STOP_S 600	/* «FORTRYD» takes it back until then */
#define MINUTES_DAYS "7"	/* for comments; rule «minutes-days» */
#define MINUTES_AGAIN_DAYS "3"	/* of a corrected draft */
#define MINUTES_SPEAKER_DAYS "2" /* for the speakers' own words */

/* Whether the body's rule `name` says yes. */
enum rc minutes_rule(const struct gathering *g, const char *name, bool *yes,
	struct err *err);
/* The morning after so many days, and the last of them in words. */
enum rc minutes_until(const struct gathering *g, const char *name,
	const char *otherwise, int64_t *until_at, struct err *err);
const char *minutes_until_words(const struct gathering *g, int64_t until_at);

/* For the files of these letters: one letter under its key, the template's
 * name and `because` in it; who writes and releases minutes (the secretary;
 * where the body has none, whoever leads). */
enum rc minutes_letter_queue(const struct gathering *g,
	const struct minutes_row *row, const struct guest *guest,
	const char *because, struct outbox_draft draft, struct err *err);
struct guest *minutes_writers(const struct gathering *g, size_t *n);
const char *minutes_because(const struct gathering *g, const char *why,
	int64_t mail_id);
bool minutes_listed(const struct guest *list, size_t n, const char *email);

struct minutes_form {
	const struct minutes_row *row;
	bool remind, corrected;
	const char *unknown;	/* names that nobody knows; NULL */
	int64_t mail_id;	/* that it answers; 0 */
	const char *only;	/* address; NULL: whoever writes the minutes */
};
enum rc minutes_form_send(const struct gathering *g,
	const struct minutes_form *form, struct err *err);

/* Those who were there, with an address, the secretary among them; `answers`
 * is set for those who may see what is closed. */
struct guest *minutes_readers(const struct gathering *g,
	const struct minutes *minutes, size_t *n);
/* Titles and words of closed items, for the last look at an open letter. */
size_t minutes_secrets(const struct gathering *g, const struct minutes *m,
	const char ***secrets);
/* The draft to all of them, not before due_at. `old` what an earlier one said;
 * NULL. */
enum rc minutes_draft_send(const struct gathering *g,
	const struct minutes_row *row, const struct minutes *old,
	int64_t due_at, int64_t mail_id, struct err *err);
/* To those who are quoted, their own words; *n how many have an address. With
 * `send` false only counts. */
enum rc minutes_speakers_ask(const struct gathering *g,
	const struct minutes_row *row, bool send, int64_t due_at,
	int64_t mail_id, size_t *n, struct err *err);

/* To whoever releases them. `why` is the flag of the template. */
struct minutes_lead {
	const struct minutes_row *row;
	const char *why;	/* "objection", "over", "all", "stale",
				 * "early", "released" */
	int64_t mail_id;	/* 0: the clock */
	const char *only;
};
enum rc minutes_lead_send(const struct gathering *g,
	const struct minutes_lead *lead, struct err *err);
/* Whether everybody who was asked has said yes since this version. */
enum rc minutes_all_agreed(const struct gathering *g,
	const struct minutes_row *row, bool *all, struct err *err);

/* The released minutes to everybody they are for; moves them to mailed. */
enum rc minutes_send(const struct gathering *g, const struct minutes_row *row,
	struct err *err);
enum rc minutes_count(const struct gathering *g,
	const struct minutes_row *row, size_t *members, size_t *others,
	struct err *err);

/* What follows from them when they go: promises, money, themes, and that
 * earlier minutes were approved (minutes_settle.c). */
enum rc minutes_settle(const struct gathering *g,
	const struct minutes_row *row, struct err *err);

/* The files that came with a version, or its text where it is too long for a
 * letter (`markdown` is set to it). */
struct minutes_files {
	struct outbox_file *list;
	size_t n;
	bool file, is_long;
};
enum rc minutes_files_load(const struct gathering *g,
	const struct minutes_row *row, const struct minutes *minutes,
	enum audience audience, struct minutes_files *files,
	struct err *err);

#endif
