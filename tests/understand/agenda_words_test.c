/* SPDX-License-Identifier: MIT */
/* How secretaries write their changes to a draft, and what is made of it. */
#include "test.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/agenda_words.h"

#define POINTS 6

static const struct {
	const char *text;
	const char *want;	/* changes; `?` and what was not understood */
} cases[] = {
	{ "Flyt punkt 4 op som punkt 2.", "move 4 2" },
	{ "flyt punkt 4 til punkt 2", "move 4 2" },
	{ "Punkt 4 skal være punkt 2", "move 4 2" },
	{ "Ryk pkt. 5 op til nr. 1", "move 5 1" },
	{ "Flyt punkt 3 sidst", "move 3 6" },
	{ "Flyt punkt 6 øverst", "move 6 1" },
	{ "Slet punkt 3", "drop 3" },
	{ "Punkt 3 udgår.", "drop 3" },
	{ "slet 3", "drop 3" },
	{ "Punkt 3 skal hedde «Økonomi og puljer».",
	    "rename 3 [Økonomi og puljer]" },
	{ "Ret punkt 2 til Nyt fra varmestuen, v. lederen",
	    "rename 2 [Nyt fra varmestuen, v. lederen]" },
	{ "Tilføj et punkt om frivillige", "add 0 [frivillige]" },
	{ "Nyt punkt: Valg af næstformand", "add 0 [Valg af næstformand]" },
	{ "Nyt punkt 4: Valg af næstformand",
	    "add 4 [Valg af næstformand]" },
	{ "Luk punkt 4", "close 4" },
	{ "Luk punkt 5: personsag", "close 5 [personsag]" },
	{ "luk pkt. 5 (sag om en person).", "close 5 [sag om en person]" },
	{ "Luk punkt 5 fordi det er en personsag",
	    "close 5 [det er en personsag]" },
	{ "Punkt 5 skal være lukket: personsag", "close 5 [personsag]" },
	{ "Luk punkt 5 og slet punkt 3", "close 5;drop 3" },
	{ "Udsæt punkt 4 til næste møde", "postpone 4" },
	{ "Udsæt punkt 4.", "postpone 4" },
	{ "Punkt 4 udskydes til næste møde", "postpone 4" },
	{ "Tag punkt 4 på næste møde", "postpone 4" },
	{ "Vent med punkt 4 til næste gang", "postpone 4" },
	{ "1. Slet punkt 3\n2. Luk punkt 4", "drop 3;close 4" },
	{ "Punkt 4 skal være lukket.", "close 4" },
	{ "Åbn punkt 4", "open 4" },
	{ "Byt om på punkt 2 og 5", "move 5 2;move 2 5" },
	{ "Byt om på punkt 2 og 3", "move 3 2" },
	{ "Hej\n\nFlyt punkt 4 op som punkt 2. Slet punkt 3.\n\n"
	    "Ellers godkendt.", "move 4 2;drop 3" },
	{ "Slet punkt 3 og flyt punkt 5 op som punkt 2",
	    "drop 3;move 5 2" },
	{ "Slet punkt 3, luk punkt 4 og tilføj et punkt om pizza",
	    "drop 3;close 4;add 0 [pizza]" },
	{ "- Slet punkt 3\n- Luk punkt 4", "drop 3;close 4" },
	{ "Kan vi få noget godt at drikke?",
	    "?Kan vi få noget godt at drikke?" },
	{ "Slet punkt 3, hvis formanden er enig",
	    "?Slet punkt 3, hvis formanden er enig" },
	{ "Slet ikke punkt 3", "?Slet ikke punkt 3" },
	{ "Slet punkt 3. Og husk kaffen.", "drop 3;?Og husk kaffen." },
	{ "Slet punkt tre", "?Slet punkt tre" },
	{ "Sådan skal den se ud:\n1. Velkommen\n2. Tema: rusmidler\n"
	    "3. Eventuelt", "list [Velkommen] [Tema: rusmidler] [Eventuelt]" },
	{ "1) Velkommen\n\n2) Eventuelt\nTak", "list [Velkommen] [Eventuelt]" },
	{ "1. Velkommen", "?1. Velkommen" },
	{ "2. Velkommen\n3. Eventuelt", "?2. Velkommen\n3. Eventuelt" },
	{ "Move item 4 up to item 2. Delete item 3.", "move 4 2;drop 3" },
	{ "", "" },
};

static const char *
told(struct arena *arena, const struct agenda_words *w)
{
	static const char *const names[] = { "move", "drop", "rename", "add",
		"close", "open", "postpone", "list" };
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < w->n; i++) {
		const struct agenda_edit *e = &w->edits[i];

		buf_addf(&out, "%s%s", out.n > 0 ? ";" : "", names[e->kind]);
		if (e->kind == EDIT_ADD)
			buf_addf(&out, " %zu", e->to);
		else if (e->kind != EDIT_LIST)
			buf_addf(&out, " %zu", e->from);
		if (e->kind == EDIT_MOVE)
			buf_addf(&out, " %zu", e->to);
		if (e->text != NULL)
			buf_addf(&out, " [%s]", e->text);
		for (size_t k = 0; k < e->n_titles; k++)
			buf_addf(&out, " [%s]", e->titles[k]);
	}
	if (w->rest != NULL)
		buf_addf(&out, "%s?%s", out.n > 0 ? ";" : "", w->rest);
	return buf_text(&out);
}

static void
changes_are_read_as_they_are_written(void **state)
{
	int bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_open();
		struct agenda_words w = agenda_words_read(arena,
		    cases[i].text, POINTS);

		if (strcmp(told(arena, &w), cases[i].want) != 0) {
			print_error("«%s»: «%s», not «%s»\n", cases[i].text,
			    told(arena, &w), cases[i].want);
			bad++;
		}
		arena_close(&arena);
	}
	assert_int_equal(bad, 0);
}

/* Any words can be a title, so a row of additions that ends in what is no
 * change can be cut in a thousand million ways. */
static void
a_sentence_of_many_joints_takes_no_time(void **state)
{
	struct arena *arena = arena_open();
	struct buf text = buf_open(arena);
	struct agenda_words w;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_addf(&text, "tilføj punkt a og ");
	for (int i = 0; i < 100; i++)
		buf_addf(&text, "mere ");
	alarm(20);
	w = agenda_words_read(arena, buf_text(&text), POINTS);
	alarm(0);
	assert_int_equal(w.n, 0);
	assert_non_null(w.rest);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_read_as_they_are_written),
		cmocka_unit_test(a_sentence_of_many_joints_takes_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
