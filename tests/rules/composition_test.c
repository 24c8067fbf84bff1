/* SPDX-License-Identifier: MIT */
/* Who fits which seat, and what the rules want of a choice: Glostrup's
 * udsatteråd, with two users, two of organisations (or users), and three that
 * the municipal council names itself. */
#include "test.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/composition.h"

static const struct seat_group groups[] = {
	{ .group = "user", .number = 2, .at_least = 2 },
	{ .group = "organisation", .also = "user insight", .number = 2 },
	{ .group = "municipal-council", .named_by = "Kommunalbestyrelsen",
	    .number = 3 },
};

/* A person a word: u user, o organisation, i insight, x some other group,
 * b user and organisation, - not said; upper case lives in the municipality;
 * «-u» not said, but the secretary says user. */
static struct seat_person
person_of(const char *word, size_t n)
{
	struct seat_person p = { .resident = word[0] >= 'A' &&
		word[0] <= 'Z' };

	switch (word[0] | 0x20) {
	case 'u': p.groups = "user"; break;
	case 'o': p.groups = "organisation"; break;
	case 'i': p.groups = "insight"; break;
	case 'x': p.groups = "labour-market"; break;
	case 'b': p.groups = "user organisation"; break;
	default: break;
	}
	if (n > 1)
		p.seat = word[1] == 'u' ? "user" : "organisation";
	return p;
}

static const struct {
	const char *says, *chosen;
	size_t taken_users;
	bool residence;
	const char *places;	/* u, o, - */
	const char *wants;
} choices[] = {
	{ "two users and two of organisations fill it", "u u o o", 0, false,
	    "uuoo", "" },
	{ "nobody: all seats and two users are wanted", "", 0, false, "",
	    "seats-u-2 least-u-2 seats-o-2" },
	{ "one user is too few", "u o o", 0, false, "uoo",
	    "seats-u-1 least-u-1" },
	{ "a third user sits for the organisations", "u u u o", 0, false,
	    "ouuo", "" },
	{ "the order of names decides nothing", "o u u u", 0, false, "oouu",
	    "" },
	{ "one of two groups moves over", "b b o u", 0, false, "ouou",
	    "" },
	{ "with insight, for the organisations", "i u u i", 0, false, "ouuo",
	    "" },
	{ "of another group: no seat", "x u u o", 0, false, "-uuo",
	    "seats-o-1 seat-0" },
	{ "who said nothing is given no seat", "- u u o", 0, false, "-uuo",
	    "seats-o-1 group-0" },
	{ "the secretary says which", "-o u u o", 0, false, "ouuo", "" },
	{ "she may say user, too", "-u u o o", 0, false, "uuoo", "" },
	{ "five for four seats", "u u o o -", 0, false, "uuoo-",
	    "many-1 group-4" },
	{ "too many on one kind of seat", "-u -u -u", 0, false, "uuu",
	    "many-u-1 seats-o-2" },
	{ "a user sits there already", "u o o", 1, false, "uoo", "" },
	{ "residence where the rules want it", "U u O O", 0, true, "uuoo",
	    "lives-1" },
};

static const char *
wants_text(struct arena *arena, const struct seat_want *w, size_t n)
{
	static const char *const words[] = { "seats", "least", "many",
		"group", "seat", "lives" };
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < n; i++) {
		buf_addf(&out, "%s%s", i > 0 ? " " : "", words[w[i].kind]);
		if (w[i].group != SEAT_NONE)
			buf_addf(&out, "-%c", groups[w[i].group].group[0]);
		buf_addf(&out, "-%zu", w[i].person != SEAT_NONE ?
		    w[i].person : w[i].n);
	}
	return buf_text(&out);
}

static void
wrong(const char *says, const char *places, const char *wants)
{
	print_error("%s: %s, %s\n", says, places, wants);
	assert_true(false);
}

static void
a_choice_is_held_against_the_rules(void **state)
{
	(void)state;
	for (size_t c = 0; c < sizeof choices / sizeof choices[0]; c++) {
		struct arena *arena = arena_open();
		struct seat_group mine[3];
		struct seat_rules rules = { mine, 3, choices[c].residence };
		struct seat_person persons[8];
		const struct seat_want *wants;
		size_t n = 0, place[8], n_wants;
		char places[9] = "";

		memcpy(mine, groups, sizeof groups);
		mine[0].taken = choices[c].taken_users;
		for (const char *at = choices[c].chosen; *at != '\0';) {
			size_t word = strcspn(at, " ");

			persons[n++] = person_of(at, word);
			at += word + strspn(at + word, " ");
		}
		seat_place(arena, &rules, persons, n, place);
		for (size_t i = 0; i < n; i++)
			places[i] = place[i] == SEAT_NONE ? '-' :
			    groups[place[i]].group[0];
		wants = seat_wants(arena, &rules, persons, n, place,
		    &n_wants);
		if (strcmp(places, choices[c].places) != 0 ||
		    strcmp(wants_text(arena, wants, n_wants),
		    text_trim(arena, choices[c].wants)) != 0)
			wrong(choices[c].says, places, wants_text(arena,
			    wants, n_wants));
		arena_close(&arena);
	}
}

static void
nobody_applies_where_others_name_their_own(void **state)
{
	const struct seat_person user = { .groups = "user" }, silent = { 0 };

	(void)state;
	assert_int_equal(seat_free(&groups[2]), 0);
	assert_int_equal(seat_fits(&groups[2], &silent), FIT_NO);
	assert_int_equal(seat_fits(&groups[0], &silent), FIT_UNSAID);
	assert_int_equal(seat_fits(&groups[0], &user), FIT_SAID);
	assert_int_equal(seat_free_all(&(struct seat_rules){ groups, 3,
	    false }), 4);
}

static void
a_group_is_a_whole_word_of_a_list(void **state)
{
	(void)state;
	assert_true(seat_in_list("user organisation", "organisation"));
	assert_false(seat_in_list("user organisation", "use"));
	assert_false(seat_in_list("", "user"));
	assert_false(seat_in_list(NULL, "user"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_choice_is_held_against_the_rules),
		cmocka_unit_test(nobody_applies_where_others_name_their_own),
		cmocka_unit_test(a_group_is_a_whole_word_of_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
