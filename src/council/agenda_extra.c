/* SPDX-License-Identifier: MIT */
/* What comes back by itself: points that were put off, and those for which an
 * earlier meeting came too soon. */
#include "council/agenda_extra.h"

#include <string.h>

#include "base/arena.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "store/item.h"

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

static bool
has_place(const struct gathering *g, const char *email)
{
	const struct world *world = g->council->world;

	for (size_t i = 0; i < world->n_bodies; i++)
		if (world_person(&world->bodies[i], email) != NULL)
			return true;
	return false;
}

struct agenda_point
agenda_point_of_item(const struct gathering *g, const struct item *item)
{
	/* The name of a member or politician; nobody else is named. A
	 * stranger's words are read by the secretary alone, until she has
	 * said yes. */
	bool known = has_place(g, item->by);
	bool waits = item->state == ITEM_PROPOSED || (!known &&
	    item->state == ITEM_POSTPONED);

	return (struct agenda_point){ .title = item->title,
		.words = waits || strcmp(item->words, item->title) == 0 ?
		    NULL : item->words,
		.by = known ? facts_name(g->council->world, item->by) :
		    word(g, "citizen"),
		.item_id = item->number, .citizen = waits,
		.closed = item->closed != NULL, .reason = item->closed };
}

void
agenda_extra_add(struct agenda_extras *extras, struct agenda_point point)
{
	if (extras->n < AGENDA_EXTRAS_MOST)
		extras->points[extras->n++] = point;
}

/* «udsat fra mødet 26. november»; only «udsat» where it had no meeting. */
static const char *
origin_of(const struct gathering *g, const struct item *item)
{
	const struct world_meeting *from = world_meeting(g->council->world,
	    item->meeting, NULL);
	const char *what = word(g, item->state == ITEM_POSTPONED ?
	    "origin-postponed" : "origin-left-over");

	return from == NULL ? what : arena_printf(g->arena, "%s, %s", what,
	    day_words(g->arena, g->language, from->day));
}

static enum rc
items_back(const struct gathering *g, struct agenda_extras *extras,
    struct err *err)
{
	struct item *items;
	size_t n;
	enum rc rc = item_back(g->council->store, g->arena, g->body->slug,
	    g->meeting->id, AGENDA_EXTRAS_MOST, &items, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct agenda_point point = agenda_point_of_item(g,
		    &items[i]);

		point.origin = origin_of(g, &items[i]);
		agenda_extra_add(extras, point);
	}
	return rc;
}

/* Each adds what it knows of; they stand in this order. */
static enum rc (*const sources[])(const struct gathering *g,
    struct agenda_extras *extras, struct err *err) = {
	items_back,
};

enum rc
agenda_extra(const struct gathering *g, struct agenda_extras *extras,
    struct err *err)
{
	enum rc rc = RC_OK;

	*extras = (struct agenda_extras){ arena_array(g->arena,
	    AGENDA_EXTRAS_MOST, sizeof *extras->points), 0 };
	for (size_t i = 0; i < sizeof sources / sizeof sources[0] &&
	    rc == RC_OK; i++)
		rc = sources[i](g, extras, err);
	return rc;
}
