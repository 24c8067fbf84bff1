/* SPDX-License-Identifier: MIT */
/* Points and changes of an agenda, as fields. */
#include "council/agenda_show.h"

#include <string.h>

#include "base/arena.h"
#include "render/day_words.h"
#include "render/fields.h"

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

void
agenda_point_fields(const struct gathering *g, const struct agenda *a,
    struct json_fields *fields, bool with_words)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_point *p = &a->points[i];
		struct json_fields *item = fields_item(fields, "points");

		fields_number(item, "number", (long)i + 1);
		fields_text(item, "title", p->title[0] != '\0' ? p->title :
		    word(g, "closed-point"));
		fields_text(item, "proposer", p->by);
		fields_text(item, "words", with_words ? p->words : NULL);
		fields_flag(item, "citizen", p->citizen);
		fields_flag(item, "closed", p->closed && p->title[0] !=
		    '\0');
		fields_text(item, "closed_reason", p->reason != NULL &&
		    p->reason[0] != '\0' ? p->reason : NULL);
		fields_text(item, "origin", with_words ? p->origin : NULL);
	}
}

static bool
has(const struct agenda *a, const struct agenda_point *p, size_t *at)
{
	for (size_t i = 0; i < a->n; i++)
		if (agenda_is_same(&a->points[i], p)) {
			*at = i;
			return true;
		}
	return false;
}

/* An open point that was closed since is not named again. */
static bool
is_closed_now(const struct agenda *full, const char *title)
{
	for (size_t i = 0; i < full->n; i++)
		if (full->points[i].closed &&
		    strcmp(full->points[i].title, title) == 0)
			return true;
	return false;
}

/* What a reader would say changed: came, went, stands elsewhere among those
 * that stayed. */
void
agenda_change_fields(const struct gathering *g, const struct agenda *old,
    const struct agenda *new, const struct agenda *full,
    struct json_fields *fields)
{
	for (size_t i = 0; i < old->n; i++) {
		struct json_fields *item;
		size_t at;

		if (has(new, &old->points[i], &at) ||
		    is_closed_now(full, old->points[i].title))
			continue;
		item = fields_item(fields, "changes");
		fields_flag(item, "gone", true);
		fields_text(item, "title", old->points[i].title[0] != '\0' ?
		    old->points[i].title : word(g, "closed-point"));
	}
	for (size_t i = 0; i < new->n; i++) {
		const struct agenda_point *p = &new->points[i];
		size_t at = 0, before_old = 0, before_new = 0, other;
		struct json_fields *item;
		bool stayed = has(old, p, &at);

		for (size_t k = 0; stayed && k < at; k++)
			before_old += has(new, &old->points[k], &other);
		for (size_t k = 0; stayed && k < i; k++)
			before_new += has(old, &new->points[k], &other);
		/* Of those that a move shifts only the one moved up counts. */
		if (stayed && before_new >= before_old)
			continue;
		item = fields_item(fields, "changes");
		fields_flag(item, stayed ? "moved" : "come", true);
		fields_number(item, "number", (long)i + 1);
		fields_text(item, "title", p->title[0] != '\0' ? p->title :
		    word(g, "closed-point"));
		fields_flag(item, "closed", p->closed && p->title[0] !=
		    '\0');
	}
}
