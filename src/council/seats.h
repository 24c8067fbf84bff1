/* SPDX-License-Identifier: MIT */
/* council/seats.h: calls, applications and appointments: what their files
 * share, and what the days bring.
 *
 * Shapes   the functions council_call_… are what a day brings for a call; each
 *          moves it on in its life
 * Errors   as store.h
 * Owner    the arena
 * Source   FIELD, Glostrup
 */
#ifndef COUNCIL_SEATS_H
#define COUNCIL_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "council/council.h"
#include "rules/composition.h"
#include "store/call.h"
#include "store/nomination.h"

struct act;
struct action;
struct deed_end;
struct json_fields;

#define CALL_STOP_S 600		/* «STOP» takes a call or an appointment back
				 * until then */
#define CALL_ANSWER_DAYS 60	/* after the deadline, where the body's rule
				 * «answer-days» says nothing */
#define CALL_REMIND_DAYS 7	/* before the deadline */

/* «brugere» */
const char *seat_group_words(struct arena *arena, const char *language,
	const char *group);
/* «brugere, pårørende eller organisationer» */
const char *seat_groups_or(struct arena *arena, const char *language,
	const char *const *words, size_t n);
/* seats.number, .group, .least: what is free. */
void seat_fields(struct arena *arena, const char *language,
	const struct seat_rules *rules, struct json_fields *fields);
/* body and named_by of a council whose seats organisations fill. */
void seat_fields_named_by(const struct act *act,
	const struct world_body *body, struct json_fields *fields);
/* The body's rule, a number of days. */
enum rc seat_days(struct council *council, struct arena *arena,
	const char *body, const char *rule, int otherwise, int *days,
	struct err *err);
/* body, deadline, answer_by, address: of a call. */
void call_fields(struct council *council, struct arena *arena,
	const struct world_body *body, const struct call_row *call,
	struct json_fields *fields);
/* Markdown that somebody reads in an editor: without the escapes that nothing
 * needs («12\. august», «a\@b»); those at a line's head stay. */
const char *seat_markdown_light(struct arena *arena, const char *markdown);
/* The text for the public page, Markdown; as call_row says. */
enum rc call_page(struct council *council, struct arena *arena,
	const struct call_row *call, const char **markdown, struct err *err);

/* A call as the secretary or a command opens it. *why says why it cannot be
 * opened: nothing was written then. */
struct call_order {
	struct date deadline_day;
	const char *addresses;		/* a space between; NULL */
	int64_t journal_id;
};
enum rc call_make(struct council *council, struct arena *arena,
	const struct world_body *body, const struct call_order *order,
	struct call_row *call, const char **why, struct err *err);

/* call_command.c: the same by a command; RC_PARK says why not, and nothing was
 * written. The caller holds the transaction. */
enum rc council_call_open(struct council *council, struct arena *arena,
	const char *slug, struct call_order order, struct call_row *call,
	struct err *err);
enum rc council_call_stop(struct council *council, struct arena *arena,
	const char *slug, struct err *err);

/* application.c: a receipt for applications, or with words of its own. */
bool seat_receipt_is(const struct deed_end *ends, size_t n, size_t left);
enum rc seat_receipt(struct act *act, const struct deed_end *ends, size_t n,
	struct err *err);

/* nomination.c: somebody is proposed, and asked where he has an address. */
enum rc nomination_take(struct act *act, const struct world_body *body,
	struct nomination *row, struct deed_end *end, struct err *err);
enum rc nomination_take_back(struct act *act, int64_t journal_id,
	struct err *err);
enum rc nomination_gone(struct act *act, int64_t journal_id, bool *gone,
	struct err *err);

/* What the days bring (calendar/calls.c). */
enum rc council_call_send(struct council *council, struct arena *arena,
	struct call_row *call, struct err *err);
enum rc council_call_remind(struct council *council, struct arena *arena,
	struct call_row *call, struct err *err);
enum rc council_call_close(struct council *council, struct arena *arena,
	struct call_row *call, struct err *err);
enum rc council_call_promise(struct council *council, struct arena *arena,
	struct call_row *call, struct err *err);
enum rc council_call_deliver(struct council *council, struct arena *arena,
	struct call_row *call, struct err *err);
/* When each is due. 0: not at all. */
int64_t council_call_remind_at(const struct call_row *call);
int64_t council_call_close_at(const struct call_row *call);
int64_t council_call_promise_at(const struct call_row *call);

/* One row of the list, as the letters say it. */
struct json_fields *candidate_fields(struct arena *arena,
	const char *language, const struct seat_rules *rules,
	const struct candidate *c, bool is_trusted,
	struct json_fields *fields, const char *list);
struct seat_person candidate_person(const struct candidate *c);

#endif
