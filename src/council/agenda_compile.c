/* SPDX-License-Identifier: MIT */
/* An agenda is put together: the standing points, the theme, and what was
 * proposed. */
#include "council/agenda_extra.h"
#include "council/agenda_minutes.h"
#include "council/agenda_letter.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/day_words.h"
#include "store/item.h"
#include "store/meeting.h"
#include "understand/person_matter.h"

#define ITEMS_MOST 100
#define POINTS_MOST 300

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

struct points {
	struct agenda_point *list;
	size_t n, cap;
};

static void
add(struct points *points, struct agenda_point point)
{
	if (points->n < points->cap)
		points->list[points->n++] = point;
}

/* Where the body's rule says so, what is about a person is closed from the
 * start; the secretary sees it in the draft and may open it (law 9). */
static enum rc
close_persons(const struct gathering *g, struct points *points,
    struct err *err)
{
	const char *rule = NULL;
	enum rc rc = rule_load(g->council->store, g->arena, g->body->slug,
	    "closed-persons", &rule, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK && strcmp(rule, "no") == 0)
		return RC_OK;
	for (size_t i = 0; i < points->n; i++) {
		struct agenda_point *p = &points->list[i];

		if (p->closed || p->item_id == 0 ||
		    (!person_matter_is(g->arena, p->title) &&
		    !person_matter_is(g->arena, p->words)))
			continue;
		p->closed = true;
		p->reason = word(g, "reason-person");
	}
	return RC_OK;
}

static enum rc
add_proposed(const struct gathering *g, struct points *points,
    struct err *err)
{
	struct agenda_extras extras;
	struct item *items;
	size_t n;
	enum rc rc = item_list(g->council->store, g->arena, g->body->slug,
	    g->meeting->id, ITEMS_MOST, &items, &n, err);

	if (rc != RC_OK || (rc = agenda_extra(g, &extras, err)) != RC_OK)
		return rc;
	if (g->meeting->theme != NULL)
		add(points, (struct agenda_point){ .title = arena_printf(
		    g->arena, "%s: %s", word(g, "theme"),
		    g->meeting->theme) });
	for (size_t i = 0; i < extras.n; i++)
		add(points, extras.points[i]);
	for (size_t i = 0; i < n; i++)
		add(points, agenda_point_of_item(g, &items[i]));
	return close_persons(g, points, err);
}

enum rc
agenda_compile(const struct gathering *g, struct agenda *agenda,
    struct err *err)
{
	const char *standing = NULL;
	struct points points = { arena_array(g->arena, POINTS_MOST,
	    sizeof *points.list), 0, POINTS_MOST };
	bool placed = false;
	enum rc rc = rule_load(g->council->store, g->arena, g->body->slug,
	    "standing-points", &standing, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_NONE)
		standing = word(g, "standing-points");
	for (const char *at = standing; *at != '\0';) {
		size_t n = strcspn(at, ";\n");
		const char *title = text_squeeze(g->arena, arena_strndup(
		    g->arena, at, n));

		at += n + (at[n] != '\0');
		if (strcmp(title, "*") == 0 && !placed) {
			placed = true;
			if ((rc = add_proposed(g, &points, err)) != RC_OK)
				return rc;
		} else if (title[0] != '\0' && strcmp(title, "*") != 0) {
			add(&points, (struct agenda_point){
			    .title = title });
		}
	}
	if (!placed && (rc = add_proposed(g, &points, err)) != RC_OK)
		return rc;
	*agenda = (struct agenda){ points.list, points.n };
	return agenda_minutes(g, agenda, POINTS_MOST, err);
}
