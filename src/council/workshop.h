/* SPDX-License-Identifier: MIT */
/* council/workshop.h: workshops that outsiders come to: what their deeds
 * share, and what the days bring.
 *
 * Shapes   the functions council_workshop_… are what a day brings for one;
 *          each moves it on in its life, or is carried out once under a key
 * Errors   as store.h; one letter that cannot leave costs no other
 * Owner    the arena
 * Source   FIELD, København
 */
#ifndef COUNCIL_WORKSHOP_H
#define COUNCIL_WORKSHOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "store/workshop.h"

struct act;
struct deed_end;
struct json_fields;

#define WORKSHOP_STOP_S 600	/* «STOP» takes back what she sends */
#define WORKSHOP_OFFER_HOURS 48	/* rule «offer-hours» */
#define WORKSHOP_REPORT_DAYS 14	/* before the committee's day, rule
				 * «workshop-report-days» */

struct workshop_work {
	struct council *council;
	struct arena *arena;
	struct workshop_row row;
	struct gathering g;
};

/* RC_NONE: no such workshop, or its body is gone. */
enum rc workshop_open(struct council *council, struct arena *arena,
	const struct workshop_row *row, struct workshop_work *w,
	struct err *err);
enum rc workshop_open_meeting(struct council *council, struct arena *arena,
	const char *meeting, struct workshop_work *w, struct err *err);
/* when, day, place, theme … process, themes*, principles*, way, contact,
 * places, address. */
struct json_fields *workshop_fields(const struct workshop_work *w);
/* One letter under its key; language, body, ref and class are set. */
enum rc workshop_letter(const struct workshop_work *w,
	struct outbox_draft draft, struct err *err);
/* The calendar part for somebody who has a place. */
enum rc workshop_calendar(const struct workshop_work *w, const char *email,
	const char *name, bool cancel, struct outbox_draft *draft,
	struct err *err);
/* The free places are offered to those who wait, first come first served. */
enum rc workshop_offer(const struct workshop_work *w, struct err *err);
/* An answer of its own to who wrote; the receipt is not needed then. */
enum rc workshop_answer(struct act *act, const struct workshop_work *w,
	struct deed_end *end, const char *template,
	struct json_fields *fields, struct outbox_draft draft,
	struct err *err);
/* The body's rule, a whole number. */
enum rc workshop_rule(const struct workshop_work *w, const char *name,
	int otherwise, int *number, struct err *err);

/* workshop_report.c */
enum rc workshop_report_send(struct workshop_work *w, struct err *err);
const char *workshop_committee(const struct workshop_work *w);

/* What the days bring (calendar/workshops.c). */
enum rc council_workshop_invite(struct workshop_work *w, struct err *err);
enum rc council_workshop_lapse(struct workshop_work *w, struct err *err);
enum rc council_workshop_practical(struct workshop_work *w, struct err *err);
enum rc council_workshop_hold(struct workshop_work *w, struct err *err);
enum rc council_workshop_after(struct workshop_work *w, struct err *err);
enum rc council_workshop_deliver(struct workshop_work *w, struct err *err);
enum rc council_workshop_tell(struct workshop_work *w, struct err *err);
enum rc council_workshop_cancel(struct workshop_work *w, struct err *err);
/* When the report goes to the secretary; 0: this round has none. */
enum rc council_workshop_report_at(const struct workshop_work *w, int64_t *at,
	struct err *err);
/* When the next offer lapses; 0: none. */
enum rc council_workshop_lapse_at(const struct workshop_work *w, int64_t *at,
	struct err *err);

#endif
