/* SPDX-License-Identifier: MIT */
/* council/council.h: carries a purpose out, and takes it back.
 *
 * Shapes   a deed per action (the table in council.c); the caller holds the
 *          transaction of that mail. After the deeds there is one receipt,
 *          question, or note that a person reads it, or silence; the
 *          secretary hears what needs her.
 * Errors   RC_PARK: this mail is beyond us, nothing was written, the
 *          secretary gets it as it is; RC_STOP, RC_LATER as store.h
 * Owner    the arena of the mail
 * Source   DESIGN 3; FIELD
 */
#ifndef COUNCIL_COUNCIL_H
#define COUNCIL_COUNCIL_H

#include <stdint.h>

#include "base/err.h"
#include "mail/mail.h"
#include "outbox/outbox.h"
#include "rules/purpose.h"
#include "rules/world.h"

struct arena;
struct store;

struct council {
	struct store *store;		/* borrowed */
	struct outbox *outbox;		/* borrowed */
	const struct world *world;	/* borrowed; of this mail */
	int64_t now_at;
	int64_t read_at;		/* the mailbox, last; 0 not known */
	int answers_per_hour;		/* to one sender; DESIGN «No loops» */
	int stranger_answers_per_day;	/* to one unverified address */
};

/* Where the mail is to lie afterwards, and what to write into its row. */
struct council_end {
	enum outcome outcome;
	const char *reason;
	const char *why;	/* the lines of purpose.why, and what was done */
	int32_t folder;		/* enum reader_folder: 0, 1, 2 */
};

enum rc council_carry_out(struct council *council, struct arena *arena,
	int64_t mail_id, const struct mail *mail,
	const struct purpose *purpose, struct council_end *end,
	struct err *err);

/* A mail that nobody could read (it killed the parser twice, it is too
 * large): the secretary is told, once; the sender too where the head says who
 * that is and may be answered. `mail` may be NULL. */
enum rc council_set_aside(struct council *council, struct arena *arena,
	int64_t mail_id, const struct mail *mail, const char *reason,
	struct council_end *end, struct err *err);

/* A letter that the server refused for good, gave up on after five days, or
 * of which nobody knows: the secretary is told, once. */
enum rc council_letter_failed(struct council *council, struct arena *arena,
	const struct letter_row *letter, struct err *err);

/* Nobody answered for the one proposed in time: what was said of him goes, the
 * proposer and the secretary are told, once. RC_NONE: no such number. */
enum rc council_nomination_end(struct council *council, struct arena *arena,
	int64_t number, struct err *err);

/* The secretary is told what goes in a week (store/retention.h). */
struct retention_seat;
enum rc council_retention_tell(struct council *council, struct arena *arena,
	const struct world_body *body, const struct retention_seat *seats,
	size_t n, struct err *err);

#define COUNCIL_KEEP_DAYS 180	/* the day that receipts name (schema.sql,
				 * class sensitive) */
#define COUNCIL_CONSENT_DAYS 30	/* without an answer a nomination goes */

/* Takes back what a mail's deeds wrote, by the journal. RC_NONE: nothing to
 * undo; RC_PARK: its effect has left the house, *why says what. */
enum rc council_undo(struct council *council, struct arena *arena,
	int64_t mail_id, const char *by, const char **why, struct err *err);

#endif
