/* SPDX-License-Identifier: MIT */
/* What stands in the words of a hearing. */
#include "test.h"

#include "base/arena.h"
#include "base/text.h"
#include "understand/hearing_words.h"

static void
an_authoritys_mail_tells_its_case_law_and_hour(void **state)
{
	static const struct {
		const char *text, *number;
		bool statutory;
		int minute;
	} all[] = {
		{ "Sagsnr. 27.00.00-P22-3-19\nRådet skal høres.",
		    "27.00.00-P22-3-19", true, 1440 },
		{ "Sagsnummer: 2019-4711. Svar senest den 3. maj kl. 12",
		    "2019-4711", false, 720 },
		{ "Journalnr. 19/4711, frist den 3. maj kl. 9.30",
		    "19/4711", false, 570 },
		{ "Frist den 3. maj kl. 24:00", NULL, false, 1440 },
		{ "Frist den 3. maj kl. 0.00", NULL, false, 1440 },
		{ "Mødet er kl. 14. Svar senest den 3. maj.", NULL, false,
		    1440 },
		{ "Ring på 12.34.56, kl. er 10", NULL, false, 1440 },
		{ "", NULL, false, 1440 },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		const char *got = hearing_case_number(arena, all[i].text);

		if (all[i].number == NULL)
			assert_null(got);
		else
			assert_string_equal(got, all[i].number);
		assert_int_equal(hearing_is_statutory(arena, all[i].text),
		    all[i].statutory);
		if (hearing_deadline_minute(arena, all[i].text) !=
		    all[i].minute)
			print_error("%s\n", all[i].text);
		assert_int_equal(hearing_deadline_minute(arena, all[i].text),
		    all[i].minute);
	}
	arena_close(&arena);
}

static void
others_who_are_heard_are_told_from_those_who_can_be_called(void **state)
{
	static const struct {
		const char *text;
		bool near;
		const char *want;
	} all[] = {
		{ "Skriv til sag@by.example\n\nForeningerne høres også:"
		    " A@x.example, b@y.example.", true,
		    "+a@x.example +b@y.example" },
		{ "hør også a@x.example, b@y.example", false,
		    "+a@x.example +b@y.example" },
		{ "men ikke a@x.example", false, "-a@x.example" },
		{ "ikke a@x.example og b@y.example, men hør c@z.example",
		    false, "-a@x.example -b@y.example +c@z.example" },
		{ "ingen adresser her, @ alene", false, "" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct buf got = buf_open(arena);
		struct hearing_address *list;
		size_t n;

		list = hearing_addresses(arena, all[i].text, all[i].near, &n);
		for (size_t k = 0; k < n; k++)
			buf_addf(&got, "%s%c%s", k > 0 ? " " : "",
			    list[k].drop ? '-' : '+', list[k].email);
		assert_string_equal(buf_text(&got), all[i].want);
	}
	arena_close(&arena);
}

static void
a_contribution_is_taken_apart_word_for_word(void **state)
{
	static const char *const questions[] = { "Boliger", "Trafik" };
	static const struct { const char *text, *want; } all[] = {
		{ "Hej Mette\n\nFlere boliger.", "(-) Flere boliger." },
		{ "Her er mit bidrag:\n1. Flere boliger.\n\nAd 2: Flere"
		    " busser.", "(Boliger) 1. Flere boliger. | (Trafik) Ad 2:"
		    " Flere busser." },
		{ "Bænke:\nSæt dem ved søen.\n\nOg ved skolen.",
		    "(Bænke) Sæt dem ved søen. Og ved skolen." },
		{ "## Bænke\n\nJa tak.", "(Bænke) Ja tak." },
		{ "Vi mener ja.\n\nJeg er uenig i det.",
		    "(-) Vi mener ja. | (-!) Jeg er uenig i det." },
		{ "3. Ingen spurgte om det.", "(-) 3. Ingen spurgte om det." },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct buf got = buf_open(arena);
		struct hearing_piece *list;
		size_t n;

		list = hearing_pieces(arena, all[i].text, questions, 2, &n);
		for (size_t k = 0; k < n; k++)
			buf_addf(&got, "%s(%s%s) %s", k > 0 ? " | " : "",
			    list[k].theme != NULL ? list[k].theme : "-",
			    list[k].dissent ? "!" : "", text_squeeze(arena,
			    list[k].words));
		assert_string_equal(buf_text(&got), all[i].want);
	}
	arena_close(&arena);
}

static void
numbered_lines_are_questions_where_there_are_two(void **state)
{
	struct arena *arena = arena_open();
	size_t n;

	(void)state;
	assert_string_equal(hearing_questions(arena,
	    "Vi spørger:\n1. Hvad?\n2) Hvordan?\n4. Nej", &n)[1],
	    "Hvordan?");
	assert_int_equal(n, 2);
	(void)hearing_questions(arena, "1. Kun en", &n);
	assert_int_equal(n, 0);
	arena_close(&arena);
}

static void
changes_to_an_answer_are_plain_forms(void **state)
{
	static const struct { const char *text, *want; } all[] = {
		{ "Hej\nRet afsnit 3 til: Ny tekst\nover to linjer\n\nSlet"
		    " afsnit 4", "set 3 [Ny tekst over to linjer] drop 4 []" },
		{ "Tilføj: Mere tid.", "add 0 [Mere tid.]" },
		{ "Svaret skal være:\nA\n\nB", "all 0 [A B]" },
		{ "Tag bidrag 2 med. Tak", "take 2" },
		{ "Godkend", "" },
		{ "Hvad med kaffen?", "rest [Hvad med kaffen?]" },
		{ "Afsnit 2 udgår", "drop 2 []" },
	};
	static const char *const kinds[] = { "set", "drop", "add", "all" };
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct hearing_edits e = hearing_edits_read(arena,
		    all[i].text);
		struct buf got = buf_open(arena);

		for (size_t k = 0; k < e.n; k++)
			buf_addf(&got, "%s%s %zu [%s]", got.n > 0 ? " " : "",
			    kinds[e.list[k].kind], e.list[k].at,
			    e.list[k].text == NULL ? "" : text_squeeze(arena,
			    e.list[k].text));
		for (size_t k = 0; k < e.n_take; k++)
			buf_addf(&got, "take %zu", e.take[k]);
		if (e.rest != NULL)
			buf_addf(&got, "rest [%s]", e.rest);
		assert_string_equal(buf_text(&got), all[i].want);
	}
	arena_close(&arena);
}

static void
a_word_of_her_own_replaces(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_true(hearing_replaces(arena, "Glem mit forrige bidrag."));
	assert_true(hearing_replaces(arena, "Brug det her i stedet for mit"
	    " første."));
	assert_false(hearing_replaces(arena, "Busser i stedet for tog."));
	assert_true(hearing_asks_status(arena, "Hvem har svaret?"));
	assert_false(hearing_asks_status(arena, "Vi har svaret."));
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_authoritys_mail_tells_its_case_law_and_hour),
		cmocka_unit_test(
		  others_who_are_heard_are_told_from_those_who_can_be_called),
		cmocka_unit_test(a_contribution_is_taken_apart_word_for_word),
		cmocka_unit_test(
		    numbered_lines_are_questions_where_there_are_two),
		cmocka_unit_test(changes_to_an_answer_are_plain_forms),
		cmocka_unit_test(a_word_of_her_own_replaces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
