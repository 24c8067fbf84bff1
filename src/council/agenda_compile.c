/* SPDX-License-Identifier: MIT */
/* An agenda is put together: the standing points, the theme, and what was
 * proposed. */
#include "council/agenda_letter.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "store/item.h"
#include "store/meeting.h"

#define ITEMS_MOST 100

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

/* The name of a member or politician; nobody else is named. */
static const char *
proposer(const struct gathering *g, const char *email)
{
	const struct world *world = g->council->world;

	for (size_t i = 0; i < world->n_bodies; i++)
		if (world_person(&world->bodies[i], email) != NULL)
			return facts_name(world, email);
	return word(g, "citizen");
}

static enum rc
add_proposed(const struct gathering *g, struct points *points,
    struct err *err)
{
	struct item *items;
	size_t n;
	enum rc rc = item_list(g->council->store, g->arena, g->body->slug,
	    g->meeting->id, ITEMS_MOST, &items, &n, err);

	if (rc != RC_OK)
		return rc;
	if (g->meeting->theme != NULL)
		add(points, (struct agenda_point){ .title = arena_printf(
		    g->arena, "%s: %s", word(g, "theme"),
		    g->meeting->theme) });
	for (size_t i = 0; i < n; i++)
		add(points, (struct agenda_point){
		    .title = items[i].title,
		    /* A stranger's words are read by the secretary alone. */
		    .words = items[i].accepted && strcmp(items[i].words,
		    items[i].title) != 0 ? items[i].words : NULL,
		    .by = proposer(g, items[i].by),
		    .item_id = items[i].number,
		    .citizen = !items[i].accepted });
	return RC_OK;
}

enum rc
agenda_compile(const struct gathering *g, struct agenda *agenda,
    struct err *err)
{
	const char *standing = NULL;
	struct points points = { arena_array(g->arena, 2 * ITEMS_MOST,
	    sizeof *points.list), 0, 2 * ITEMS_MOST };
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
	return RC_OK;
}
