/* SPDX-License-Identifier: MIT */
/* Who fits which seat. As many as possible are seated by the paths of
 * bipartite matching (a person moves over for one who fits nowhere else), so
 * that the order of the names decides nothing. */
#include "rules/composition.h"

#include <string.h>

#include "base/arena.h"

bool
seat_in_list(const char *list, const char *group)
{
	size_t n = strlen(group);

	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t word = strcspn(at, " ");

		if (word == n && strncmp(at, group, n) == 0)
			return true;
		at += word + strspn(at + word, " ");
	}
	return false;
}

/* Any word of `list` in `other`. */
static bool
lists_meet(const char *list, const char *other)
{
	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t word = strcspn(at, " ");

		for (const char *o = other; o != NULL && *o != '\0';) {
			size_t n = strcspn(o, " ");

			if (n == word && strncmp(o, at, n) == 0)
				return true;
			o += n + strspn(o + n, " ");
		}
		at += word + strspn(at + word, " ");
	}
	return false;
}

enum seat_fit
seat_fits(const struct seat_group *g, const struct seat_person *p)
{
	if (g->named_by != NULL)
		return FIT_NO;
	if (p->groups == NULL || p->groups[0] == '\0')
		return FIT_UNSAID;
	return seat_in_list(p->groups, g->group) ||
	    lists_meet(g->also, p->groups) ? FIT_SAID : FIT_NO;
}

size_t
seat_free(const struct seat_group *g)
{
	return g->named_by != NULL || g->taken >= g->number ? 0 :
	    g->number - g->taken;
}

size_t
seat_free_all(const struct seat_rules *rules)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->n; i++)
		n += seat_free(&rules->groups[i]);
	return n;
}

/* --- seating ----------------------------------------------------------- */

struct seating {
	const struct seat_rules *rules;
	const struct seat_person *persons;
	size_t n;
	size_t *place;
	bool *tried;		/* groups of this search */
};

static size_t
seated(const struct seating *s, size_t group)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->place[i] == group;
	return n;
}

static bool
is_fixed(const struct seating *s, size_t person)
{
	return s->persons[person].seat != NULL;
}

/* Seats `person`, moving others over. As deep as there are groups. */
static bool
seat_one(struct seating *s, size_t person)
{
	for (size_t g = 0; g < s->rules->n; g++) {
		const struct seat_group *group = &s->rules->groups[g];

		if (s->tried[g] || seat_fits(group, &s->persons[person]) !=
		    FIT_SAID)
			continue;
		s->tried[g] = true;
		if (seated(s, g) < seat_free(group)) {
			s->place[person] = g;
			return true;
		}
		for (size_t i = 0; i < s->n; i++)
			if (s->place[i] == g && !is_fixed(s, i) &&
			    seat_one(s, i)) {
				s->place[person] = g;
				return true;
			}
	}
	return false;
}

void
seat_place(struct arena *arena, const struct seat_rules *rules,
    const struct seat_person *persons, size_t n, size_t *place)
{
	struct seating s = { rules, persons, n, place,
		arena_array(arena, rules->n + 1, sizeof *s.tried) };

	for (size_t i = 0; i < n; i++) {
		place[i] = SEAT_NONE;
		for (size_t g = 0; g < rules->n && is_fixed(&s, i); g++)
			if (strcmp(rules->groups[g].group,
			    persons[i].seat) == 0)
				place[i] = g;
	}
	for (size_t i = 0; i < n; i++) {
		if (is_fixed(&s, i) || persons[i].groups == NULL)
			continue;
		memset(s.tried, 0, rules->n * sizeof *s.tried);
		(void)seat_one(&s, i);
	}
}

/* --- what is wanted ---------------------------------------------------- */

/* Of the group itself: who sits there, and the chosen who said so or were
 * given that seat by a person. */
static size_t
of_group(const struct seat_rules *rules, const struct seat_person *persons,
    size_t n, size_t g)
{
	const char *group = rules->groups[g].group;
	size_t count = rules->groups[g].taken;

	for (size_t i = 0; i < n; i++)
		count += persons[i].seat != NULL ?
		    strcmp(persons[i].seat, group) == 0 ||
		    seat_in_list(persons[i].groups, group) :
		    seat_in_list(persons[i].groups, group);
	return count;
}

static size_t
placed_in(const size_t *place, size_t n, size_t group)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += place[i] == group;
	return count;
}

static size_t
group_wants(const struct seat_rules *rules, const struct seat_person *persons,
    size_t n, const size_t *place, size_t g, struct seat_want *out)
{
	const struct seat_group *group = &rules->groups[g];
	size_t free = seat_free(group), have = placed_in(place, n, g);
	size_t count = 0, of = of_group(rules, persons, n, g);

	if (have < free)
		out[count++] = (struct seat_want){ WANT_SEATS, g, SEAT_NONE,
			free - have };
	if (have > free)
		out[count++] = (struct seat_want){ WANT_TOO_MANY, g,
			SEAT_NONE, have - free };
	if (of < group->at_least)
		out[count++] = (struct seat_want){ WANT_AT_LEAST, g,
			SEAT_NONE, group->at_least - of };
	return count;
}

const struct seat_want *
seat_wants(struct arena *arena, const struct seat_rules *rules,
    const struct seat_person *persons, size_t n, const size_t *place,
    size_t *n_wants)
{
	struct seat_want *out = arena_array(arena, rules->n * 3 + n * 2 + 1,
	    sizeof *out);
	size_t count = 0, all = seat_free_all(rules);

	if (n > all)
		out[count++] = (struct seat_want){ WANT_TOO_MANY, SEAT_NONE,
			SEAT_NONE, n - all };
	for (size_t g = 0; g < rules->n; g++)
		count += group_wants(rules, persons, n, place, g,
		    &out[count]);
	for (size_t i = 0; i < n; i++) {
		if (place[i] == SEAT_NONE)
			out[count++] = (struct seat_want){
				persons[i].groups == NULL ? WANT_GROUP :
				WANT_SEAT, SEAT_NONE, i, 1 };
		if (rules->residence && !persons[i].resident)
			out[count++] = (struct seat_want){ WANT_RESIDENCE,
				SEAT_NONE, i, 1 };
	}
	*n_wants = count;
	return out;
}
