/* SPDX-License-Identifier: MIT */
/* An agenda's life, and what a person may change in it. */
#include "test.h"

#include "base/arena.h"
#include "base/text.h"
#include "rules/agenda.h"

/* Every pair: what is not in the table cannot happen. */
static void
an_agenda_lives_as_its_table_says(void **state)
{
	/* acts: edit, release, take back, mail */
	static const int table[AGENDA_STATES][AGENDA_ACTS] = {
		[AGENDA_DRAFT] = { AGENDA_DRAFT, AGENDA_RELEASED, -1, -1 },
		[AGENDA_RELEASED] = { AGENDA_DRAFT, -1, AGENDA_DRAFT,
		    AGENDA_MAILED },
		[AGENDA_MAILED] = { AGENDA_DRAFT, -1, -1, -1 },
	};

	(void)state;
	for (int from = 0; from < AGENDA_STATES; from++) {
		enum agenda_state read;

		assert_true(agenda_state_read(agenda_state_word(
		    (enum agenda_state)from), &read));
		assert_int_equal(read, from);
		for (int act = 0; act < AGENDA_ACTS; act++) {
			enum agenda_state to;
			bool may = agenda_may((enum agenda_state)from,
			    (enum agenda_act)act, &to);

			assert_int_equal(may, table[from][act] >= 0);
			if (may)
				assert_int_equal(to, table[from][act]);
		}
	}
}

static const char *const list[] = { "d", "x", "Eventuelt" };

static const struct {
	const char *says;
	struct agenda_edit edit;
	const char *want;	/* NULL: refused */
} edits[] = {
	{ "4 up to 2", { .kind = EDIT_MOVE, .from = 4, .to = 2 },
	    "a,d,b,c,Eventuelt" },
	{ "1 to the end", { .kind = EDIT_MOVE, .from = 1, .to = 5 },
	    "b,c,d,Eventuelt,a" },
	{ "to itself", { .kind = EDIT_MOVE, .from = 2, .to = 2 }, NULL },
	{ "from 0", { .kind = EDIT_MOVE, .from = 0, .to = 2 }, NULL },
	{ "to 6 of 5", { .kind = EDIT_MOVE, .from = 1, .to = 6 }, NULL },
	{ "drop 3", { .kind = EDIT_DROP, .from = 3 }, "a,b,d,Eventuelt" },
	{ "drop 9", { .kind = EDIT_DROP, .from = 9 }, NULL },
	{ "rename 1", { .kind = EDIT_RENAME, .from = 1, .text = "z" },
	    "z,b,c,d,Eventuelt" },
	{ "rename to nothing", { .kind = EDIT_RENAME, .from = 1,
	    .text = "" }, NULL },
	{ "add before the last", { .kind = EDIT_ADD, .text = "n" },
	    "a,b,c,d,n,Eventuelt" },
	{ "add as the first", { .kind = EDIT_ADD, .text = "n", .to = 1 },
	    "n,a,b,c,d,Eventuelt" },
	{ "add as the 7th of 5", { .kind = EDIT_ADD, .text = "n", .to = 7 },
	    NULL },
	{ "close 2", { .kind = EDIT_CLOSE, .from = 2 },
	    "a,[b],c,d,Eventuelt" },
	{ "open what is open", { .kind = EDIT_OPEN, .from = 2 }, NULL },
	{ "the whole list", { .kind = EDIT_LIST, .titles = list,
	    .n_titles = 3 }, "d,x,Eventuelt" },
	{ "a list of nothing", { .kind = EDIT_LIST }, NULL },
};

static void
changes_give_a_new_agenda(void **state)
{
	struct agenda_point points[] = { { .title = "a" }, { .title = "b" },
		{ .title = "c" }, { .title = "d", .words = "words of d" },
		{ .title = "Eventuelt" } };
	struct agenda old = { points, 5 };

	(void)state;
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		struct arena *arena = arena_open();
		struct agenda new = { NULL, 0 };
		struct buf got = buf_open(arena);
		bool done = agenda_change(arena, &old, &edits[i].edit, &new);

		for (size_t k = 0; k < new.n; k++)
			buf_addf(&got, new.points[k].closed ? "%s[%s]" :
			    "%s%s", k > 0 ? "," : "", new.points[k].title);
		if (done != (edits[i].want != NULL) || (done && strcmp(
		    buf_text(&got), edits[i].want) != 0))
			print_error("%s: %s\n", edits[i].says,
			    buf_text(&got));
		assert_int_equal(done, edits[i].want != NULL);
		if (done)
			assert_string_equal(buf_text(&got), edits[i].want);
		if (edits[i].edit.kind == EDIT_LIST && done)
			assert_string_equal(new.points[0].words,
			    "words of d");
		assert_string_equal(points[1].title, "b");
		assert_false(points[1].closed);
		arena_close(&arena);
	}
}

/* «3. Noget om en person» for a closed point must not open it. */
static void
a_list_does_not_open_a_closed_point_by_another_name(void **state)
{
	static const char *const other[] = { "a", "another name" };
	static const char *const same[] = { "B", "a", "c" };
	struct agenda_point points[] = { { .title = "a" },
		{ .title = "b", .closed = true } };
	struct agenda old = { points, 2 }, new;
	struct arena *arena = arena_open();

	(void)state;
	assert_false(agenda_change(arena, &old, &(struct agenda_edit){
	    .kind = EDIT_LIST, .titles = other, .n_titles = 2 }, &new));
	assert_true(agenda_change(arena, &old, &(struct agenda_edit){
	    .kind = EDIT_LIST, .titles = same, .n_titles = 3 }, &new));
	assert_true(new.points[0].closed);
	assert_false(new.points[2].closed);
	/* without it, it is dropped */
	assert_true(agenda_change(arena, &old, &(struct agenda_edit){
	    .kind = EDIT_LIST, .titles = other, .n_titles = 1 }, &new));
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_agenda_lives_as_its_table_says),
		cmocka_unit_test(changes_give_a_new_agenda),
		cmocka_unit_test(
		    a_list_does_not_open_a_closed_point_by_another_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
