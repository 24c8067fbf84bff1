/* SPDX-License-Identifier: MIT */
/* rules/agenda.h: an agenda: its life, and what may be done to its points.
 *
 * Shapes   points are numbered from 1 in the order in which they stand; each
 *          change gives a new agenda, the old one stays as it was
 * Units    numbers of points as people say them, from 1
 * Errors   false: there is no such point, or nothing would change
 * Owner    the arena; texts are borrowed from the old agenda and the words
 * Source   FIELD «A year of one council»; STYLE 10
 */
#ifndef RULES_AGENDA_H
#define RULES_AGENDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum agenda_state { AGENDA_DRAFT, AGENDA_RELEASED, AGENDA_MAILED,
	AGENDA_STATES };
enum agenda_act {
	AGENDA_EDIT,		/* by the secretary or the chair */
	AGENDA_RELEASE,		/* «godkend» */
	AGENDA_TAKE_BACK,	/* «fortryd», before it has left */
	AGENDA_MAIL,		/* its hour has come */
	AGENDA_ACTS
};

/* Whose agenda it is that is read: there is no audience by default. */
enum audience { AUDIENCE_NONE, AUDIENCE_MEMBERS, AUDIENCE_PUBLIC };

struct agenda_point {
	const char *title;
	const char *words;	/* of the one who proposed it; NULL */
	const char *by;		/* name; NULL: a standing point */
	int64_t item_id;	/* 0 */
	bool citizen;		/* taken up by the release of the agenda */
	bool closed;		/* members only */
	const char *reason;	/* that it is closed for; NULL: none given */
	const char *origin;	/* where it comes from by itself; NULL */
	size_t was;		/* its number before the changes of a mail */
};

struct agenda {
	struct agenda_point *points;
	size_t n;
};

bool agenda_may(enum agenda_state from, enum agenda_act act,
	enum agenda_state *to);
const char *agenda_state_word(enum agenda_state state);
bool agenda_state_read(const char *word, enum agenda_state *state);

enum agenda_edit_kind {
	EDIT_MOVE,	/* `from` comes to stand at `to` */
	EDIT_DROP,
	EDIT_RENAME,	/* to `text` */
	EDIT_ADD,	/* `text`, at `to`, 0: before the last point */
	EDIT_CLOSE,	/* for the reason `text`, or none */
	EDIT_OPEN,
	EDIT_POSTPONE,	/* to a later meeting */
	EDIT_LIST,	/* the whole agenda, in `titles` */
};
struct agenda_edit {
	enum agenda_edit_kind kind;
	size_t from, to;
	const char *text;
	const char *const *titles;
	size_t n_titles;
	const char *by;		/* name of the one who adds */
};

bool agenda_change(struct arena *arena, const struct agenda *old,
	const struct agenda_edit *edit, struct agenda *changed);

/* All changes of one mail, each to what the ones before it made. A point is
 * meant by the number that it had before the mail: «slet punkt 3, flyt punkt
 * 5» is written with one list in hand. */
struct agenda_changes {
	struct agenda after;
	struct agenda postponed;	/* what left it by EDIT_POSTPONE */
	const struct agenda_edit **idle;/* what could not be done, or would
					 * change nothing */
	size_t n_idle;
	size_t missing;	/* a number that no point has: then nothing at all was
			 * changed; 0 */
	bool opens;	/* a closed point is open after it */
};
void agenda_change_all(struct arena *arena, const struct agenda *old,
	const struct agenda_edit *edits, size_t n,
	struct agenda_changes *changes);

bool agenda_is_same(const struct agenda_point *a,
	const struct agenda_point *b);

#endif
