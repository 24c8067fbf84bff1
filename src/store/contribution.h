/* SPDX-License-Identifier: MIT */
/* store/contribution.h: what people say to a hearing, and the answer's drafts.
 *
 * Shapes   word for word, in the order in which they came; one that was
 *          replaced is kept, and left out of the list
 * Errors   RC_PARK: no such hearing; else as store.h
 * Owner    rows live in the arena
 * Source   FIELD «høringssvar»
 */
#ifndef STORE_CONTRIBUTION_H
#define STORE_CONTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

enum contribution_role {
	CONTRIBUTION_MEMBER,
	CONTRIBUTION_PARTY,	/* of its own, beside the council's answer */
	CONTRIBUTION_OTHER,	/* a citizen's or politician's view */
};

struct contribution {
	int64_t contribution_id;
	const char *hearing;		/* slug */
	enum contribution_role role;
	const char *email, *name, *words;
	int64_t at, mail_id, journal_id;
	bool verified, late;
};

enum rc contribution_add(struct store *store, const struct contribution *row,
	int64_t *contribution_id, struct err *err);
/* Those of the same person that came before are replaced by this line. */
enum rc contribution_replace(struct store *store, const char *hearing,
	const char *email, int64_t journal_id, struct err *err);
/* Those that count, as they came. */
enum rc contribution_list(struct store *store, struct arena *arena,
	const char *hearing, size_t limit, struct contribution **rows,
	size_t *n, struct err *err);
/* The one that this line of the journal brought; RC_NONE. */
enum rc contribution_of_line(struct store *store, struct arena *arena,
	int64_t journal_id, struct contribution *row, struct err *err);
/* Takes the line's own away, and what it had replaced counts again. */
enum rc contribution_undo(struct store *store, int64_t journal_id,
	struct err *err);

struct hearing_draft {
	int64_t draft_id, hearing_id, version, made_at, mail_id, journal_id;
	const char *words, *note;
};
/* The newest; RC_NONE: none yet. */
enum rc hearing_draft_load(struct store *store, struct arena *arena,
	int64_t hearing_id, struct hearing_draft *row, struct err *err);
enum rc hearing_draft_add(struct store *store, struct hearing_draft *row,
	struct err *err);
/* The hearing whose draft that line of the journal made; RC_NONE. */
enum rc hearing_draft_of_line(struct store *store, int64_t journal_id,
	int64_t *hearing_id, int64_t *draft_id, struct err *err);
enum rc hearing_draft_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
