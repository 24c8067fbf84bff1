/* SPDX-License-Identifier: MIT */
/* council/decision.h: what the secretary decides, once a day and by number.
 *
 * Shapes   what waits for a person is one row under a unique key; it stands,
 *          numbered, in the daily decision mail until somebody answers it
 *          («1 ok, 2 næste møde») or it needs no answer any more. A kind is
 *          one file of its owner, listed in decisions.c as the deeds are;
 *          its words stand in templates/LANG/words.txt:
 *            decide-KIND            what waits, before the label
 *            decide-KIND-CHOICE     what that choice does, in the mail, in
 *                                   brackets; may be left out
 *            decided-KIND-CHOICE    what came of it, for the receipt; without
 *                                   it decided-CHOICE
 * Units    until_at in UTC seconds
 * Errors   as store.h; run: RC_PARK where it cannot be done any more: nothing
 *          was written, and the answer says so
 * Owner    the arena of the mail
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef COUNCIL_DECISION_H
#define COUNCIL_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"
#include "store/decision.h"

struct act;
struct deed_end;

struct decision_draft {
	const char *kind, *key;
	const struct world_body *body;	/* NULL: of the whole house */
	const char *ref;		/* meeting, hearing, "mail:N"; NULL */
	int64_t row_id;			/* in the kind's own table; 0 */
	const char *label;		/* one line, no closed point's title */
	const char *words;		/* what more there is to read; NULL */
	int64_t until_at;		/* the first second that is too late;
					 * 0 none */
	bool urgent;			/* its own letter, at once … */
	bool to_chair;			/* … also to the chair */
};

/* RC_NONE: asked before under that key, and nothing was written. */
enum rc decision_ask(struct council *council, struct arena *arena,
	const struct decision_draft *draft, struct err *err);
/* It needs no answer any more (done by a direct reply, or out of date). Also
 * where it was answered, or never asked: then nothing happens. */
enum rc decision_moot(struct council *council, const char *key,
	struct err *err);

struct decision_kind {
	const char *name;		/* "late-item" */
	const char *choices;		/* "accept next reject" */
	bool words;			/* free words may follow the choice */
	enum rc (*run)(struct act *act, const struct decision_row *row,
	    const char *choice, const char *words, int64_t journal_id,
	    struct deed_end *end, struct err *err);
	/* NULL: its effect has left the house, a person takes it back. */
	enum rc (*undo)(struct act *act, int64_t journal_id,
	    struct err *err);
	/* NULL: never too late. */
	enum rc (*gone)(struct act *act, int64_t journal_id, bool *gone,
	    struct err *err);
	/* Whether it waits for an answer still; NULL: as long as it is open.
	 * Asked before each letter, so that nobody need tell us. */
	enum rc (*waits)(struct council *council, struct arena *arena,
	    const struct decision_row *row, bool *waits, struct err *err);
};

extern const struct decision_kind decision_promise, decision_hearing,
	decision_mail_waiting, decision_citizen_item, decision_late_item,
	decision_vacancy, decision_succession, decision_term_ends,
	decision_unreachable,
	decision_data_access, decision_data_erase;

/* Those that wait still, oldest first; the others become moot. */
enum rc decision_waiting(struct council *council, struct arena *arena,
	const char *body, struct decision_row **rows, size_t *n,
	struct err *err);

/* NULL: none of that name. */
const struct decision_kind *decision_kind_of(const char *name);

#endif
