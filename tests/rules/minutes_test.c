/* SPDX-License-Identifier: MIT */
/* The life of minutes, and what is read out of a filled-in form. */
#include "test.h"

#include "base/arena.h"
#include "base/text.h"
#include "minutes_words.h"
#include "rules/minutes.h"

/* Every pair: what is not in the table cannot happen. */
static void
minutes_live_as_their_table_says(void **state)
{
	enum { F = MINUTES_FORM, C = MINUTES_CHECK, D = MINUTES_DRAFT,
		S = MINUTES_STOPPED, R = MINUTES_READY, L = MINUTES_RELEASED,
		M = MINUTES_MAILED };
	/* correct submit ask show object settle end release take-back mail */
	static const int table[MINUTES_STATES][MINUTES_ACTS] = {
		[F] = {  F,  D,  C, -1, -1, -1, -1, -1, -1, -1 },
		[C] = { -1,  D, -1,  D, -1, -1, -1, -1, -1, -1 },
		[D] = { -1,  D, -1, -1,  S, -1,  R, -1, -1, -1 },
		[S] = { -1,  D, -1, -1,  S,  D, -1,  L, -1, -1 },
		[R] = { -1,  D, -1, -1, -1, -1, -1,  L, -1, -1 },
		[L] = { -1,  D, -1, -1, -1, -1, -1, -1,  R,  M },
		[M] = { -1,  D, -1, -1, -1, -1, -1, -1, -1, -1 },
	};

	(void)state;
	for (int from = 0; from < MINUTES_STATES; from++) {
		enum minutes_state read;

		assert_true(minutes_state_read(minutes_state_word(
		    (enum minutes_state)from), &read));
		assert_int_equal(read, from);
		for (int act = 0; act < MINUTES_ACTS; act++) {
			enum minutes_state to;
			bool may = minutes_may((enum minutes_state)from,
			    (enum minutes_act)act, &to);

			assert_int_equal(may, table[from][act] >= 0);
			if (may)
				assert_int_equal(to, table[from][act]);
		}
	}
}

/* --- the form ------------------------------------------------------------- */

static struct agenda_point points[] = {
	{ .title = "Godkendelse af dagsorden og referat" },
	{ .title = "Tema: Rusmiddelbehandling" },
	{ .title = "Økonomi" },
	{ .title = "En klage", .closed = true },
	{ .title = "Eventuelt" },
};
static const struct agenda agenda = { points, 5 };

static const char form[] =
	"Hej\n\nUdfyld referatet.\n\n"
	"Forum: Udsatterådet\n"
	"Tid: torsdag den 9. juni 2022 kl. 16.00–18.00\n"
	"Sted: Rusmiddelcenter\n"
	"Deltagere: Aase Lind, Bent Dahl og Ida Holm\n"
	"Afbud: Mogens Bæk\n"
	"Ikke mødt: ingen\n"
	"Gæster:\n"
	"Referent: Mette Krogh\n"
	"Sagsbehandler:\n\n"
	"1. Godkendelse af dagsorden og referat\n\nTekst:\n\nBeslutning:\n\n"
	"Hvem sagde hvad:\n\nAftaler:\n\n"
	"2. Tema: Rusmiddelbehandling\n\nTekst:\n\nBeslutning:\n\n"
	"Hvem sagde hvad:\n\nAftaler:\n\n"
	"3. Økonomi\n\nTekst:\n\nBeslutning:\n\nHvem sagde hvad:\n\n"
	"Aftaler:\n\n"
	"4. En klage (lukket punkt)\n\nTekst:\n\nBeslutning:\n\n"
	"Hvem sagde hvad:\n\nAftaler:\n\n"
	"5. Eventuelt\n\nTekst:\n\nBeslutning:\n\nHvem sagde hvad:\n\n"
	"Aftaler:\n\n"
	"Slut på referatet\n\nVenlig hilsen\nRådspost\n";

static struct minutes
parsed(struct arena *arena, const char *text, const struct agenda *a)
{
	struct minutes m;

	minutes_parse(arena, &(struct minutes_source){ .words = &da,
	    .agenda = a, .form = form, .day = { 2022, 6, 9 } }, text, &m);
	return m;
}

/* Everything that was read, in one line. */
static const char *
shown(struct arena *arena, const struct minutes *m)
{
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < m->n; i++) {
		const struct minutes_item *it = &m->items[i];

		if (minutes_item_is_empty(it))
			continue;
		buf_addf(&out, "[%zu%s%s %s]", it->number, it->closed ? "c" :
		    "", it->extra ? "+" : "", it->text == NULL ? "" :
		    it->text);
		if (it->decision != NULL)
			buf_addf(&out, "!%s", it->decision);
		for (size_t k = 0; k < it->n_speeches; k++)
			buf_addf(&out, "<%s=%s>", it->speeches[k].who,
			    it->speeches[k].words);
		for (size_t k = 0; k < it->n_promises; k++)
			buf_addf(&out, "{%s=%s@%d-%d-%d}",
			    it->promises[k].who, it->promises[k].task,
			    it->promises[k].due_day.year,
			    it->promises[k].due_day.month,
			    it->promises[k].due_day.day);
	}
	return out.n > 0 ? buf_text(&out) : "";
}

static const struct {
	const char *says, *text, *want;
} forms[] = {
	{ "between the form's quoted lines",
	    "Hej\n\nHer er det.\n\nDen 9. juni skrev Rådspost:\n"
	    "> 1. Godkendelse af dagsorden og referat\n>\n> Tekst:\n"
	    "Begge dele godkendt.\n>\n> Beslutning:\n>\n"
	    "> 3. Økonomi\n>\n> Tekst:\n> Beslutning:\n\n"
	    "Bevilget op til 5.000 kr.\n\n> Aftaler:\n"
	    "→ Aase Lind: køber ind, 1. september\n"
	    "> 5. Eventuelt\n> Slut på referatet\n> Venlig hilsen\n",
	    "[1 Begge dele godkendt.][3 ]!Bevilget op til 5.000 kr."
	    "{Aase Lind=køber ind@2022-9-1}" },
	{ "quoted with spaces and bars, wrapped titles",
	    "  | > 1. Godkendelse af dagsorden\n  | > og referat\n"
	    "  | > Beslutning:\nGodkendt\n",
	    "[1 ]!Godkendt" },
	{ "no marks at all, as Outlook quotes",
	    "Fra: Rådspost\nSendt: 9. juni\n\n"
	    "2. Tema: Rusmiddelbehandling\n\nTekst: Vi hørte et oplæg.\n"
	    "Det var godt.\n\nHvem sagde hvad:\nAase: Det virker.\n"
	    "Bent: Det er svært\nom vinteren.\nAftaler:\n\n5. Eventuelt\n"
	    "Slut på referatet\nVenlig hilsen\nIgen andet\n",
	    "[2 Vi hørte et oplæg.\nDet var godt.]<Aase=Det virker.>"
	    "<Bent=Det er svært om vinteren.>" },
	{ "written on top, the empty form below",
	    "3. Økonomi\nVi gav 100 kr.\n\nDen 9. juni skrev Rådspost:\n"
	    "> 1. Godkendelse af dagsorden og referat\n> Tekst:\n"
	    "> 3. Økonomi\n> Tekst:\n> Beslutning:\n> Slut på referatet\n"
	    "Sendt fra min telefon\n", "[3 Vi gav 100 kr.]" },
	{ "the same above a copy without marks",
	    "3. Økonomi\nVi gav 100 kr.\n\nFra: Rådspost\nSendt: 9. juni\n"
	    "Til: Mette\nEmne: Referat\n\nHej\n\n3. Økonomi\n\nTekst:\n"
	    "Beslutning:\n", "[3 Vi gav 100 kr.]" },
	{ "a list inside an item is no heading",
	    "3. Økonomi\n1. kaffe\n2. kage\n4.000 kr. i alt\n5. Eventuelt\n"
	    "Intet\n", "[3 1. kaffe\n2. kage\n4.000 kr. i alt][5 Intet]" },
	{ "Markdown, numbers as the agenda",
	    "# Referat\n\n**Deltagere:** Aase Lind\n\n## 3. Økonomi\n\n"
	    "**Beslutning:** Ja.\n\n## Eventuelt\n\nKage.\n",
	    "[3 ]!Ja.[5 Kage.]" },
	{ "«Punkt 3:» as a heading",
	    "Punkt 3: Økonomi\nBeslutning: Ja.\n", "[3 ]!Ja." },
	{ "a point that was not on the agenda",
	    "5. Eventuelt\nIntet.\n\n6. Kloakering\n\nDet lugter.\n",
	    "[5 Intet.][6+ Det lugter.]" },
	{ "closed text stays closed, and a point can be closed",
	    "3. Økonomi (lukket punkt)\nHemmeligt.\n4. En klage\nOgså.\n",
	    "[3c Hemmeligt.][4c Også.]" },
	{ "a closed point is opened by its mark",
	    "4. En klage (åbent punkt)\nAlle må se det.\n",
	    "[4 Alle må se det.]" },
	{ "without an agenda the text's own numbers count",
	    "1. Velkomst\nHej.\n\n2. Økonomi\nIngen penge.\n",
	    "[1 Hej.][2 Ingen penge.]" },
	{ "promises with and without a day, wrapped",
	    "5. Eventuelt\n-> Bent Dahl: ringer til stationen i den by om\nbænkene, "
	    "senest den 21. juni\n→ Aase: husker kage\nAftaler:\n"
	    "Ida Holm: skriver svar, 1/9\nUden navn\n",
	    "[5 Uden navn]{Bent Dahl=ringer til stationen i den by om bænkene"
	    "@2022-6-21}{Aase=husker kage@0-0-0}"
	    "{Ida Holm=skriver svar@2022-9-1}" },
	{ "a change of one item", "Hej\n\nPunkt 3: Vi gav 200 kr.\n\nPunkt 5:\n"
	    "Kage.\nBeslutning: Mere kage.\n\nVenlig hilsen\n",
	    "[3 Vi gav 200 kr.][5 Kage.]!Mere kage." },
	{ "who speaks of an item writes none of it",
	    "Punkt 3 er forkert. Det var 200 kr.\n", "" },
	{ "nothing of it is minutes", "Tak for i dag, det var hyggeligt.\n",
	    "" },
};

static void
a_form_is_read_by_headings_not_by_marks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct arena *arena = arena_open();
		struct minutes m = parsed(arena, forms[i].text,
		    strstr(forms[i].says, "without an agenda") != NULL ?
		    NULL : &agenda);
		const char *got = shown(arena, &m);

		if (strcmp(got, forms[i].want) != 0)
			print_error("%s:\n  got  %s\n  want %s\n",
			    forms[i].says, got, forms[i].want);
		assert_string_equal(got, forms[i].want);
		arena_close(&arena);
	}
}

static void
the_form_sent_back_untouched_says_nothing(void **state)
{
	struct arena *arena = arena_open();
	struct minutes m = parsed(arena, form, &agenda);

	(void)state;
	assert_string_equal(shown(arena, &m), "");
	assert_int_equal(m.n, 5);
	assert_true(m.has_people);
	assert_int_equal(m.n_people, 5);
	assert_string_equal(m.people[1].name, "Bent Dahl");
	assert_int_equal(m.people[3].came, CAME_REGRETS);
	assert_int_equal(m.people[4].came, CAME_WRITER);
	assert_int_equal(date_compare(m.day, (struct date){ 2022, 6, 9 }), 0);
	assert_null(m.above);
	arena_close(&arena);
}

static void
the_head_that_was_changed_above_counts(void **state)
{
	struct arena *arena = arena_open();
	struct minutes m = parsed(arena, "Aase kom ikke\n\n> Deltagere: Bent "
	    "Dahl,\n> Ida Holm og Ole Ny\n> Afbud: ingen\n>\n> Sagsbehandler:"
	    " mkr\n> 1. Godkendelse af dagsorden og referat\n", &agenda);

	(void)state;
	assert_int_equal(m.n_people, 3);
	assert_string_equal(m.people[2].name, "Ole Ny");
	assert_string_equal(m.case_worker, "mkr");
	assert_string_equal(m.above, "Aase kom ikke");
	arena_close(&arena);
}

static const struct {
	const char *text, *want;
} came[] = {
	{ "Aase kom ikke, Bent kom alligevel", "Aase=2 Bent=0 " },
	{ "Aase og Bent kom ikke.", "Bent=2 Aase=2 " },
	{ "Hej, Aase kom ikke", "Aase=2 " },
	{ "Mogens Bæk meldte afbud og Ole Ny var gæst",
	    "Mogens Bæk=1 Ole Ny=3 " },
	{ "Studerende Et lyttede med", "Studerende Et=4 " },
	{ "Vi talte om kaffe.", "" },
	{ "", "" },
};

static void
one_line_says_who_came(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof came / sizeof came[0]; i++) {
		struct arena *arena = arena_open();
		struct minutes_person list[8];
		struct buf out = buf_open(arena);
		size_t n = minutes_came_read(arena, &da, came[i].text, list,
		    8);

		for (size_t k = 0; k < n; k++)
			buf_addf(&out, "%s=%d ", list[k].name,
			    (int)list[k].came);
		assert_string_equal(out.n > 0 ? buf_text(&out) : "",
		    came[i].want);
		arena_close(&arena);
	}
}

static const struct {
	const char *text, *task, *day;
} days[] = {
	{ "ringer, 1. september", "ringer", "2022-09-01" },
	{ "ringer den 1. september 2023", "ringer", "2023-09-01" },
	{ "ringer, senest den 1/9", "ringer", "2022-09-01" },
	{ "ringer 2022-12-24", "ringer", "2022-12-24" },
	{ "afventer KB den 21. juni", "afventer KB", "2022-06-21" },
	{ "ringer, 1. maj", "ringer", "2023-05-01" },
	{ "køber 5 kager", "køber 5 kager", NULL },
	{ "holder 31. februar", "holder 31. februar", NULL },
	{ "1. juli", "", "2022-07-01" },
};

static void
a_day_at_the_end_is_cut_from_the_task(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		struct arena *arena = arena_open();
		const char *task = days[i].text;
		struct date day;
		char text[DATE_TEXT_BYTES];
		bool found = minutes_day_cut(arena, &da, (struct date){ 2022,
		    6, 9 }, &task, &day);

		assert_int_equal(found, days[i].day != NULL);
		assert_string_equal(task, days[i].task);
		if (found) {
			date_format(day, text);
			assert_string_equal(text, days[i].day);
		}
		arena_close(&arena);
	}
}

static void
too_much_is_cut_and_said(void **state)
{
	struct arena *arena = arena_open();
	struct buf text = buf_open(arena);
	struct minutes m;

	(void)state;
	buf_add(&text, "3. Økonomi\n");
	for (int i = 0; i < 8000; i++)
		buf_add(&text, "Endnu en lang linje om kaffe og kage.\n");
	m = parsed(arena, buf_text(&text), &agenda);
	assert_true(m.cut);
	assert_true(strlen(m.items[0].text) <= MINUTES_BYTES);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_live_as_their_table_says),
		cmocka_unit_test(a_form_is_read_by_headings_not_by_marks),
		cmocka_unit_test(the_form_sent_back_untouched_says_nothing),
		cmocka_unit_test(the_head_that_was_changed_above_counts),
		cmocka_unit_test(one_line_says_who_came),
		cmocka_unit_test(a_day_at_the_end_is_cut_from_the_task),
		cmocka_unit_test(too_much_is_cut_and_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
