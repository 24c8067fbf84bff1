/* SPDX-License-Identifier: MIT */
/* council/member_deed.h: who sits where: what the deeds about places share.
 *
 * Shapes   a deed changes places under its line of the journal; its letters
 *          carry that line in their ref, and go after ten minutes, so that
 *          «FORTRYD» takes both back
 * Units    days of the body's zone; year 0: none was said
 * Errors   RC_PARK: it cannot be; `err` says why in one word (member_fault)
 * Owner    the arena
 * Source   FIELD; DESIGN «People before process»
 */
#ifndef COUNCIL_MEMBER_DEED_H
#define COUNCIL_MEMBER_DEED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "council/council.h"
#include "store/membership.h"

struct act;
struct deed_end;
struct decision_row;

#define MEMBER_STOP_S 600	/* its letters wait so long */

/* The places that a person leaves with a seat: not the secretary's, not a
 * subscription. */
bool member_is_seat(enum role role);

/* A new place, its person, and the welcome letter. */
enum rc member_seat(struct council *council, struct arena *arena,
	const struct world_body *body, const struct place_row *place,
	int64_t journal_id, struct err *err);
/* All places of an address with a seat in a body end with that day. *gone is
 * one of them, for the vacancy. RC_PARK: he has none. */
enum rc member_unseat(struct council *council, struct arena *arena,
	const struct world_body *body, const char *email, struct date last,
	int64_t journal_id, struct place_row *was, struct err *err);
/* An empty seat: the secretary is asked for it, or the substitute comes by
 * the body's rule «substitute-succeeds = yes». */
enum rc vacancy_ask(struct council *council, struct arena *arena,
	const struct world_body *body, const struct place_row *was,
	int64_t journal_id, struct err *err);
/* *filled: somebody has taken it, or the secretary has answered. */
enum rc vacancy_filled(struct council *council, struct arena *arena,
	int64_t journal_id, bool *filled, struct err *err);
enum rc vacancy_moot(struct council *council, struct arena *arena,
	int64_t journal_id, struct err *err);
/* The seat of a member whose term was said to end; calendar/terms.c. */
enum rc term_ask(struct council *council, struct arena *arena,
	const struct world_body *body, struct date until, const char *names,
	size_t n, struct err *err);

enum rc member_welcome(struct council *council, struct arena *arena,
	const struct world_body *body, const struct place_row *place,
	int64_t journal_id, struct err *err);
/* The letters of a line: those that wait are withdrawn; *gone where one has
 * left. */
enum rc member_letters_undo(struct council *council, struct arena *arena,
	int64_t journal_id, struct err *err);
enum rc member_letters_gone(struct council *council, struct arena *arena,
	int64_t journal_id, bool *gone, struct err *err);

/* resign.c: «jeg træder ud af rådet»: the member is asked to say «ja»; false
 * where the sender is no member that could be asked. */
enum rc resign_ask(struct act *act, bool *asked, struct err *err);

/* unreachable.c: a letter came back; the member wrote again. */
enum rc member_unreachable(struct act *act, struct err *err);
enum rc member_reached(struct act *act, const char *email, struct err *err);

/* What the fault of a deed about places means to the one who typed it. */
const char *member_fault(const char *word);

#endif
