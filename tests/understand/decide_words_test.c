/* SPDX-License-Identifier: MIT */
/* How secretaries answer the decision mail, and what is made of it. */
#include "test.h"

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"
#include "understand/decide_words.h"

static const struct {
	const char *text;
	const char *want;	/* number, choice, ? unclear, [words] */
} cases[] = {
	{ "1 ok, 2 næste møde, 3 afvis: ikke rådets område",
	    "1 accept;2 next;3 reject [ikke rådets område]" },
	{ "1 ok\n2 næste møde\n3 afvis: ikke rådets område",
	    "1 accept;2 next;3 reject [ikke rådets område]" },
	{ "1 ok 2 næste møde 3 nej", "1 accept;2 next;3 no" },
	{ "1: ok.\n2: Næste møde.\n", "1 accept;2 next" },
	{ "1. OK\r\n2. Klaret\r\n", "1 accept;2 done" },
	{ "1) ja\n2) nej tak", "1 yes;2 no" },
	{ "Hej\n\n1 ok og 2 næste gang.\n\nMvh Kirsten",
	    "1 accept;2 next" },
	{ "Hej Rådspost, 1 ok", "1 accept" },
	{ "1 ok\n\nMvh\nKirsten\nSekretær", "1 accept" },
	{ "1 ok\nTak\nHvem tager kaffen?",
	    "1 accept;-2 other? [Hvem tager kaffen?]" },
	{ "1-3 ja", "1 yes;2 yes;3 yes" },
	{ "1–3 ja", "1 yes;2 yes;3 yes" },
	{ "1, 2 og 4 ok", "1 accept;2 accept;4 accept" },
	{ "Punkt 1 er ok, punkt 2 skal på næste møde",
	    "1 accept;2 next" },
	{ "ja til 1 og 2, nej til 3", "1 yes;2 yes;3 no" },
	{ "ja til 1, 2 nej", "1 yes;2 no" },
	{ "Godkend 1 og 3", "1 accept;3 accept" },
	{ "Afvis 3: det hører under bygningsudvalget",
	    "3 reject [det hører under bygningsudvalget]" },
	{ "ok til det hele", "0 accept" },
	{ "Ok til alle", "0 accept" },
	{ "Det hele er ok", "0 accept" },
	{ "ja til alt", "0 yes" },
	{ "1 nej, resten ok", "1 no;0 accept" },
	{ "ja", "-1 yes" },
	{ "Hej\n\nJa tak.\n\nMvh\nKirsten", "-1 yes" },
	{ "Ok", "-1 accept" },
	{ "Klaret", "-1 done" },
	{ "næste møde", "-1 next" },
	{ "2 klaret", "2 done" },
	{ "2 har svaret ham i telefonen", "2 done [ham i telefonen]" },
	{ "3 spørg formanden", "3 ask-chair" },
	{ "1 godkend ikke", "1 reject" },
	{ "1 ikke ok", "1 reject" },
	{ "1 det er ikke ok", "1 reject" },
	{ "1 skal ikke på dagsordenen, den er uden for vores område",
	    "1 reject [den er uden for vores område]" },
	{ "2 torsdag den 25. februar",
	    "2 date [torsdag den 25. februar]" },
	{ "2 25. februar kl. 16", "2 date [25. februar kl. 16]" },
	{ "2: Kald det Økonomi", "2 other [Kald det Økonomi]" },
	/* words with numbers in them */
	{ "3 afvis: det koster 5 kroner, 2 gange om året\n4 ok",
	    "3 reject [det koster 5 kroner, 2 gange om året];4 accept" },
	{ "3 afvis: det hører under\nbygningsudvalget\n4 ok",
	    "3 reject [det hører under bygningsudvalget];4 accept" },
	/* nobody guesses */
	{ "1 ok, hvis formanden er enig",
	    "1 accept? [hvis formanden er enig]" },
	{ "1 ok, men ikke før jul", "1 accept? [men ikke før jul]" },
	{ "1 ok?", "1 accept? [?]" },
	{ "1 ja\n\nHvornår er det egentlig vi mødes?",
	    "1 yes;-2 other? [Hvornår er det egentlig vi mødes?]" },
	{ "5-3 ja", "" },
	{ "Hvad er det her for en mail?", "" },
	{ "Jeg har 2 spørgsmål", "" },
	{ "Det kommer jeg ikke til", "" },
	{ "0 ok", "" },
	{ "1234 ok", "" },
	{ "", "" },
	{ "1 ok, 2 next meeting, 3 reject: not for us",
	    "1 accept;2 next;3 reject [not for us]" },
	{ "yes to all", "0 yes" },
	{ "Done", "-1 done" },
};

static const char *
told(struct arena *arena, const struct decide_words *w)
{
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < w->n; i++) {
		const struct decide_answer *a = &w->list[i];

		buf_addf(&out, "%s%d %s%s", out.n > 0 ? ";" : "", a->point,
		    choice_word(a->choice), a->unclear ? "?" : "");
		if (a->words != NULL)
			buf_addf(&out, " [%s]", a->words);
	}
	return buf_text(&out);
}

static void
answers_are_read_as_they_are_written(void **state)
{
	struct arena *arena = arena_open();
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct decide_words w = decide_words_read(arena,
		    cases[i].text);
		const char *got = told(arena, &w);

		if (strcmp(got, cases[i].want) != 0) {
			print_error("«%s»: %s, not %s\n", cases[i].text, got,
			    cases[i].want);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	arena_close(&arena);
}

/* A phrase that another section's longer one, or a word that fills, would
 * swallow is told here by its line. */
static void
each_choice_is_read_behind_its_number(void **state)
{
	struct arena *arena = arena_open();
	const char **lines;
	enum choice choice = CHOICE_OTHER;
	size_t n, tried = 0;
	int wrong = 0;

	(void)state;
	lines = text_lines(arena, embedded_find(
	    "src/understand/decide.lexicon")->data, &n);
	for (size_t i = 0; i < n; i++) {
		const char *line = text_trim(arena, arena_strndup(arena,
		    lines[i], strcspn(lines[i], "#")));
		struct decide_words w;

		if (line[0] == '[' && !choice_read(arena_strndup(arena,
		    line + 1, strlen(line) - 2), &choice))
			choice = CHOICE_OTHER;
		if (line[0] == '[' || line[0] == '\0' || choice ==
		    CHOICE_OTHER || choice == CHOICE_DATE)
			continue;
		w = decide_words_read(arena, arena_printf(arena, "2 %.*s",
		    (int)strcspn(line, "*"), line));
		tried++;
		if (w.n == 1 && w.list[0].point == 2 && w.list[0].choice ==
		    choice && !w.list[0].unclear && w.list[0].words == NULL)
			continue;
		print_error("decide.lexicon:%zu: «%s» is %s\n", i + 1, line,
		    told(arena, &w));
		wrong++;
	}
	assert_int_equal(wrong, 0);
	assert_true(tried > 100);
	arena_close(&arena);
}

static void
a_mail_of_a_thousand_answers_is_cut(void **state)
{
	struct arena *arena = arena_open();
	struct buf text = buf_open(arena);
	struct decide_words w;

	(void)state;
	for (int i = 1; i < 1000; i++)
		buf_addf(&text, "%d ok\n", i);
	w = decide_words_read(arena, buf_text(&text));
	assert_int_equal(w.n, DECIDE_ANSWERS_MOST);
	assert_true(w.cut);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_read_as_they_are_written),
		cmocka_unit_test(each_choice_is_read_behind_its_number),
		cmocka_unit_test(a_mail_of_a_thousand_answers_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
