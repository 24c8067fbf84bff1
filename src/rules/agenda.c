/* SPDX-License-Identifier: MIT */
/* The life of an agenda, and the changes a person makes in it. */
#include "rules/agenda.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define POINTS_MOST 100	/* a list of more is a slip, or an attack */

static const struct {
	enum agenda_state from;
	enum agenda_act act;
	enum agenda_state to;
} life[] = {
	{ AGENDA_DRAFT,    AGENDA_EDIT,      AGENDA_DRAFT },
	{ AGENDA_DRAFT,    AGENDA_RELEASE,   AGENDA_RELEASED },
	{ AGENDA_RELEASED, AGENDA_TAKE_BACK, AGENDA_DRAFT },
	/* a change to what was released must be released anew */
	{ AGENDA_RELEASED, AGENDA_EDIT,      AGENDA_DRAFT },
	{ AGENDA_RELEASED, AGENDA_MAIL,      AGENDA_MAILED },
	{ AGENDA_MAILED,   AGENDA_EDIT,      AGENDA_DRAFT },
};

static const char *const words[] = {
	[AGENDA_DRAFT] = "draft",
	[AGENDA_RELEASED] = "released",
	[AGENDA_MAILED] = "mailed",
};

bool
agenda_may(enum agenda_state from, enum agenda_act act,
    enum agenda_state *to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].act == act) {
			*to = life[i].to;
			return true;
		}
	return false;
}

const char *
agenda_state_word(enum agenda_state state)
{
	return words[state];
}

bool
agenda_state_read(const char *word, enum agenda_state *state)
{
	for (int i = 0; word != NULL && i < AGENDA_STATES; i++)
		if (strcmp(words[i], word) == 0) {
			*state = (enum agenda_state)i;
			return true;
		}
	return false;
}

static bool
is_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
agenda_is_same(const struct agenda_point *a, const struct agenda_point *b)
{
	return is_equal(a->title, b->title) && a->closed == b->closed;
}

/* A copy with room for one more. */
static struct agenda
copy(struct arena *arena, const struct agenda *old)
{
	struct agenda new = { arena_array(arena, old->n + 1,
	    sizeof *new.points), old->n };

	if (old->n > 0)
		memcpy(new.points, old->points, old->n * sizeof *new.points);
	return new;
}

static void
take_out(struct agenda *a, size_t at)
{
	memmove(&a->points[at], &a->points[at + 1],
	    (a->n - at - 1) * sizeof *a->points);
	a->n--;
}

static void
put_in(struct agenda *a, size_t at, struct agenda_point point)
{
	memmove(&a->points[at + 1], &a->points[at],
	    (a->n - at) * sizeof *a->points);
	a->points[at] = point;
	a->n++;
}

/* A point of the old agenda that is meant by a title of a list: the same
 * words, or one within the other where a person shortened it. Each is meant
 * once. */
static const struct agenda_point *
find_title(struct arena *arena, const struct agenda *old, const char *title,
    bool *used)
{
	const char *low = text_lower(arena, title);

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < old->n; i++) {
			const char *have = text_lower(arena,
			    old->points[i].title);

			if (used[i] || (strcmp(have, low) != 0 && (pass == 0 ||
			    strlen(low) < 4 || strlen(have) < 4 ||
			    (strstr(have, low) == NULL &&
			    strstr(low, have) == NULL))))
				continue;
			used[i] = true;
			return &old->points[i];
		}
	return NULL;
}

/* «Flere boliger – forslag fra Mogens Bæk», copied out of a draft: what stands
 * behind a dash or in brackets there is ours, and no new title. */
static const char *
title_of(struct arena *arena, const struct agenda_point *p,
    const char *title)
{
	const char *have = text_lower(arena, p->title);
	const char *low = text_lower(arena, title);
	size_t n = strlen(have);
	static const char *const ours[] = { " \xe2\x80\x93 ", " - ", " (",
		" [", ". " };

	if (!text_starts(low, have))
		return title;
	if (low[n] == '\0' || strcmp(low + n, ".") == 0)
		return p->title;
	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
		if (text_starts(low + n, ours[i]))
			return p->title;
	return title;
}

static bool
change_list(struct arena *arena, const struct agenda *old,
    const struct agenda_edit *e, struct agenda *out)
{
	struct agenda new = { arena_array(arena, e->n_titles + 1,
	    sizeof *new.points), 0 };
	bool *used = arena_array(arena, old->n + 1, sizeof *used);
	size_t closed = 0, unknown = 0;

	if (e->n_titles == 0 || e->n_titles > POINTS_MOST)
		return false;
	for (size_t i = 0; i < e->n_titles; i++) {
		const struct agenda_point *p = find_title(arena, old,
		    e->titles[i], used);

		new.points[new.n] = p != NULL ? *p :
		    (struct agenda_point){ .by = e->by };
		new.points[new.n++].title = p != NULL ? title_of(arena, p,
		    e->titles[i]) : e->titles[i];
		closed -= p != NULL && p->closed;
		unknown += p == NULL;
	}
	/* One that is closed may stand here by another name: nobody opens it
	 * by writing it anew. */
	for (size_t i = 0; i < old->n; i++)
		closed += old->points[i].closed;
	if (closed > 0 && unknown > 0)
		return false;
	*out = new;
	return true;
}

bool
agenda_change(struct arena *arena, const struct agenda *old,
    const struct agenda_edit *e, struct agenda *changed)
{
	struct agenda new;
	struct agenda_point point;
	size_t at = e->from - 1, to = e->to;

	if (e->kind == EDIT_LIST)
		return change_list(arena, old, e, changed);
	if (e->kind != EDIT_ADD && (e->from < 1 || e->from > old->n))
		return false;
	if (old->n >= POINTS_MOST && e->kind == EDIT_ADD)
		return false;
	new = copy(arena, old);
	switch (e->kind) {
	case EDIT_MOVE:
		if (to < 1 || to > old->n || to == e->from)
			return false;
		point = new.points[at];
		take_out(&new, at);
		put_in(&new, to - 1, point);
		break;
	case EDIT_DROP:
	case EDIT_POSTPONE:
		take_out(&new, at);
		break;
	case EDIT_RENAME:
		if (e->text == NULL || e->text[0] == '\0')
			return false;
		new.points[at].title = e->text;
		break;
	case EDIT_ADD:
		if (e->text == NULL || e->text[0] == '\0' || to > old->n + 1)
			return false;
		/* «Eventuelt» stays last */
		put_in(&new, to > 0 ? to - 1 : old->n > 0 ? old->n - 1 : 0,
		    (struct agenda_point){ .title = e->text, .by = e->by });
		break;
	case EDIT_CLOSE:
	case EDIT_OPEN:
		/* a reason may be given later */
		if (new.points[at].closed == (e->kind == EDIT_CLOSE) &&
		    e->text == NULL)
			return false;
		new.points[at].closed = e->kind == EDIT_CLOSE;
		new.points[at].reason = e->kind == EDIT_CLOSE ? e->text :
		    NULL;
		break;
	case EDIT_LIST:
		return false;
	}
	*changed = new;
	return true;
}

/* Where the point stands now that had that number; 0: nowhere. */
static size_t
place_of(const struct agenda *now, size_t was)
{
	for (size_t i = 0; was > 0 && i < now->n; i++)
		if (now->points[i].was == was)
			return i + 1;
	return 0;
}

/* False where it names a point that is not there. */
static bool
change_one(struct arena *arena, const struct agenda *old,
    const struct agenda_edit *edit, struct agenda_changes *c)
{
	struct agenda_edit e = *edit;
	struct agenda next;

	if (e.kind != EDIT_LIST && e.kind != EDIT_ADD &&
	    (e.from = place_of(&c->after, edit->from)) == 0) {
		c->missing = edit->from;
		return false;
	}
	if ((e.kind == EDIT_MOVE && e.to > old->n) || (e.kind == EDIT_ADD &&
	    e.to > old->n + 1)) {
		c->missing = e.to;
		return false;
	}
	/* «flyt punkt 2 sidst», after one has gone */
	if (e.kind == EDIT_MOVE && e.to > c->after.n)
		e.to = c->after.n;
	if (!agenda_change(arena, &c->after, &e, &next)) {
		c->idle[c->n_idle++] = edit;
		return true;
	}
	if (e.kind == EDIT_POSTPONE)
		c->postponed.points[c->postponed.n++] =
		    c->after.points[e.from - 1];
	c->after = next;
	return true;
}

void
agenda_change_all(struct arena *arena, const struct agenda *old,
    const struct agenda_edit *edits, size_t n, struct agenda_changes *changes)
{
	struct agenda start = copy(arena, old);
	struct agenda_changes c = { .after = start };

	for (size_t i = 0; i < start.n; i++)
		start.points[i].was = i + 1;
	c.postponed.points = arena_array(arena, old->n + 1,
	    sizeof *c.postponed.points);
	c.idle = arena_array(arena, n + 1, sizeof *c.idle);
	for (size_t i = 0; i < n; i++)
		if (!change_one(arena, old, &edits[i], &c)) {
			*changes = (struct agenda_changes){ .after = *old,
				.missing = c.missing };
			return;
		}
	for (size_t i = 0; i < c.after.n; i++) {
		size_t was = c.after.points[i].was;

		c.opens = c.opens || (was > 0 && old->points[was - 1].closed
		    && !c.after.points[i].closed);
	}
	*changes = c;
}
