/* SPDX-License-Identifier: MIT */
/* The corpus's score, field by field. */
#include "cli/corpus_score.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define ACTIONS_MAX 64

static const char *
word(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What the expectation names must be so; what it leaves out may be. */
static bool
field_fits(const json_t *e, const char *name, const char *value)
{
	return json_object_get(e, name) == NULL || same(word(e, name), value);
}

/* A name shouted in the mail is stored in small letters: the same person. */
static bool
name_fits(struct arena *arena, const json_t *e, const char *value)
{
	const char *name = word(e, "name");

	if (name == NULL || value == NULL)
		return field_fits(e, "name", value);
	return same(text_lower(arena, name), text_lower(arena, value));
}

static bool
parts_fit(struct arena *arena, const json_t *list, const char *text,
    bool wanted)
{
	const char *have = text_squeeze(arena, text == NULL ? "" : text);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *part = text_squeeze(arena,
		    json_string_value(json_array_get(list, i)));

		if ((strstr(have, part) != NULL) != wanted)
			return false;
	}
	return true;
}

static bool
title_fits(struct arena *arena, const char *words, const char *title)
{
	char *save = NULL, *each, *list, *have;

	if (words == NULL)
		return true;
	have = text_lower(arena, title == NULL ? "" : title);
	list = text_lower(arena, words);
	for (each = strtok_r(list, " ", &save); each != NULL;
	    each = strtok_r(NULL, " ", &save))
		if (strstr(have, each) == NULL)
			return false;
	return true;
}

static bool
substitute_fits(struct arena *arena, const struct world *world,
    const char *expected, const char *have)
{
	if (expected == NULL || have == NULL)
		return expected == have;
	if (strcmp(text_lower(arena, expected), text_lower(arena, have)) == 0)
		return true;
	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t i = 0; i < world->bodies[b].n_people; i++) {
			const struct world_person *p =
			    &world->bodies[b].people[i];

			if ((strcmp(p->email, expected) == 0
			    && strcmp(p->name, have) == 0)
			    || (strcmp(p->name, expected) == 0
			    && strcmp(p->email, have) == 0))
				return true;
		}
	return false;
}

static bool
order_fits(const json_t *list, const char *order)
{
	size_t n = json_array_size(list);

	if (list == NULL)
		return true;
	if (order == NULL || strlen(order) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (json_string_value(json_array_get(list, i))[0] != order[i])
			return false;
	return true;
}

static bool
action_fits(struct arena *arena, const struct world *world, const json_t *e,
    const struct action *a)
{
	char day[DATE_TEXT_BYTES] = "";

	if (a->deadline_day.year != 0)
		date_format(a->deadline_day, day);
	return same(word(e, "intent"), action_word(a->kind))
	    && field_fits(e, "body", a->body)
	    && field_fits(e, "meeting", a->meeting)
	    && field_fits(e, "hearing", a->hearing)
	    && field_fits(e, "person", a->person)
	    && name_fits(arena, e, a->name)
	    && field_fits(e, "email", a->email)
	    && field_fits(e, "by", a->by)
	    && field_fits(e, "to", a->to)
	    && field_fits(e, "deadline", day)
	    && (json_object_get(e, "substitute") == NULL
	    || substitute_fits(arena, world, word(e, "substitute"),
	    a->substitute))
	    && title_fits(arena, word(e, "title"), a->title)
	    && order_fits(json_object_get(e, "order"), a->order)
	    && parts_fit(arena, json_object_get(e, "contains"), a->text, true)
	    && parts_fit(arena, json_object_get(e, "lacks"), a->text, false);
}

/* How many of the actions stand in no expectation; *missing counts the
 * expectations that no action meets. */
static size_t
actions_differ(struct arena *arena, const struct world *world,
    const json_t *expected, const struct action *list, size_t n,
    size_t *missing)
{
	bool used[ACTIONS_MAX] = { false };
	size_t wrong = 0, met = 0;

	for (size_t i = 0; i < n; i++) {
		bool fits = false;

		for (size_t k = 0; !fits && k < json_array_size(expected)
		    && k < ACTIONS_MAX; k++)
			if (!used[k] && action_fits(arena, world,
			    json_array_get(expected, k), &list[i]))
				fits = used[k] = true;
		met += fits;
		wrong += !fits;
	}
	*missing = json_array_size(expected) - met;
	return wrong;
}

static bool
outcome_fits(const json_t *e, enum outcome outcome)
{
	const json_t *accept = json_object_get(e, "accept");

	if (same(word(e, "outcome"), outcome_word(outcome)))
		return true;
	for (size_t i = 0; i < json_array_size(accept); i++)
		if (same(json_string_value(json_array_get(accept, i)),
		    outcome_word(outcome)))
			return true;
	return false;
}

struct score
corpus_score(struct arena *arena, const struct world *world, const json_t *e,
    const struct purpose *p)
{
	struct score score = { .verdict = VERDICT_RIGHT };
	const json_t *pending = json_object_get(e, "pending");
	size_t missing, wrong = actions_differ(arena, world,
	    json_object_get(e, "actions"), p->actions, p->n_actions,
	    &missing);
	bool fits = outcome_fits(e, p->outcome);

	if (wrong > 0)
		score.verdict = VERDICT_WRONG_ACTION;
	else if (!fits && same(word(e, "outcome"), "silent"))
		score.verdict = VERDICT_LOOP;
	else if (missing > 0)
		score.verdict = VERDICT_MISSED;
	else if (!fits)
		score.verdict = VERDICT_OTHER;
	score.has_pending = pending != NULL;
	if (score.has_pending) {
		wrong = actions_differ(arena, world, pending, p->pending,
		    p->n_pending, &missing);
		score.pending_right = wrong == 0 && missing == 0;
	}
	return score;
}
