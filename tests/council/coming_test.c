/* SPDX-License-Identifier: MIT */
/* Regrets, substitutes, and a meeting that cannot decide any more. */
#include "test.h"

#include "house.h"
#include "council/gathering.h"

#define MEETING "udsatteraad/2026-11-26"
#define MOGENS "mb@center.example"
#define AASE "aase@mail.example"
#define TOVE "tove@mail.example"
#define IDA "ida@mail.example"

/* Two substitutes for Mogens. */
static struct house *
open_house(void)
{
	static const struct file_place places[] = {
		{ .name = "Kirsten Holst", .email = "kirsten@mail.example",
		    .role = ROLE_CHAIR, .seat = "user" },
		{ .name = "Mogens B\xc3\xa6k", .email = MOGENS,
		    .role = ROLE_MEMBER, .seat = "staff" },
		{ .name = "Aase Lind", .email = AASE, .role = ROLE_MEMBER,
		    .seat = "relative" },
		{ .name = "Mette Krogh", .email = "mekr@fjordby.example",
		    .role = ROLE_SECRETARY },
		{ .name = "Tove Abel", .email = TOVE,
		    .role = ROLE_SUBSTITUTE, .substitute_for = MOGENS },
		{ .name = "Ida Munk", .email = IDA, .role = ROLE_SUBSTITUTE,
		    .substitute_for = MOGENS },
	};
	struct file_body body = bodies[0];
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	body.places = places;
	body.n_places = 6;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, NOW, &h->world, &err),
	    RC_OK);
	return h;
}

static struct sent_mail
says(struct house *h, const char *who, enum action_kind kind,
    const char *substitute)
{
	h->council.now_at += 60;
	return act(h, who, true, (struct action){ .kind = kind,
	    .person = who, .meeting = MEETING, .substitute = substitute });
}

static long
letters(struct house *h, const char *name, const char *to)
{
	return number(h, arena_printf(h->arena, "SELECT count(*) FROM letter"
	    " WHERE key LIKE '%s/%%' AND to_email LIKE '%s'", name, to));
}

static void
the_first_substitute_who_says_yes_takes_the_seat(void **state)
{
	struct house *h = open_house();
	struct gathering g;
	struct err err = { "" };

	(void)state;
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "substitute-call", "%"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw WHERE"
	    " CAST(raw AS TEXT) LIKE '%text/calendar; charset=utf-8;%'"), 2);
	/* again: nobody is asked twice */
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "substitute-call", "%"), 2);
	(void)says(h, IDA, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-off", TOVE), 1);
	assert_int_equal(letters(h, "substitute-off", IDA), 0);
	/* the second yes changes nothing, and she is told so */
	(void)says(h, TOVE, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-off", IDA), 0);
	assert_int_equal(letters(h, "substitute-off", TOVE), 2);
	assert_int_equal(gathering_open(&h->council, h->arena,
	    &h->world.bodies[0], world_meeting(h->council.world, MEETING,
	    NULL), &g, &err), RC_OK);
	for (size_t i = 0; i < g.roll.n; i++)
		if (strcmp(g.roll.lines[i].email, MOGENS) == 0)
			assert_string_equal(g.roll.lines[i].stand_in,
			    "Ida Munk");
	/* he comes after all */
	(void)says(h, MOGENS, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-off", IDA), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw JOIN"
	    " letter USING (letter_id) WHERE to_email = '" IDA "' AND"
	    " text LIKE '%Mogens B\xc3\xa6k kommer alligevel%'"), 1);
	house_close(h);
}

static void
who_names_another_has_called_one_already(void **state)
{
	struct house *h = open_house();
	struct action two[2] = {
		{ .kind = ACTION_ABSENCE, .person = MOGENS,
		    .meeting = MEETING, .part = -1 },
		{ .kind = ACTION_SUBSTITUTE, .person = MOGENS,
		    .meeting = MEETING, .substitute = "Per Holm",
		    .part = -1 } };

	(void)state;
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_ACT,
	    .sender = { .email = MOGENS, .verified = true,
	    .by = "dmarc=pass" }, .actions = two, .n_actions = 2 });
	assert_int_equal(letters(h, "substitute-call", "%"), 0);
	house_close(h);
}

static void
a_substitute_who_said_no_is_not_asked(void **state)
{
	struct house *h = open_house();

	(void)state;
	(void)says(h, TOVE, ACTION_ABSENCE, NULL);
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "substitute-call", TOVE), 0);
	assert_int_equal(letters(h, "substitute-call", IDA), 1);
	house_close(h);
}

static void
whoever_leads_hears_when_it_cannot_decide(void **state)
{
	struct house *h = open_house();

	(void)state;
	/* three seats, two are needed; one of each group */
	(void)says(h, AASE, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw WHERE"
	    " text LIKE '%Der kommer ingen p\xc3\xa5r\xc3\xb8rende.%' AND"
	    " text NOT LIKE '%kan ikke beslutte%'"), 2);
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 4);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw WHERE"
	    " text LIKE '%kan ikke beslutte noget%'"), 2);
	/* the substitute makes it good, and nobody is told of a loss */
	(void)says(h, TOVE, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 4);
	/* the same words again: no second notice */
	(void)says(h, AASE, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 4);
	house_close(h);
}

/* Said by the secretary: the member hears it, and may take it back. */
static void
the_secretary_writes_for_a_member(void **state)
{
	struct house *h = open_house();
	const char *key;

	(void)state;
	h->council.now_at += 60;
	(void)act(h, "mekr@fjordby.example", true, (struct action){
	    .kind = ACTION_ABSENCE, .person = MOGENS, .meeting = MEETING });
	assert_int_equal(letters(h, "said-for", MOGENS), 1);
	assert_int_equal(letters(h, "said-for", "%"), 1);
	assert_int_equal(letters(h, "substitute-call", "%"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw JOIN letter"
	    " USING (letter_id) WHERE to_email = 'mekr@fjordby.example' AND"
	    " text LIKE '%for Mogens B\xc3\xa6k%'"), 1);
	key = look(h, "SELECT key FROM letter WHERE key LIKE 'said-for/%'");
	/* a colleague's «FORTRYD» takes nothing back */
	(void)reply(h, AASE, true, key, false, ACTION_UNDO, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM attendance WHERE"
	    " replaced_by IS NULL"), 1);
	(void)reply(h, MOGENS, true, key, true, ACTION_UNDO, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM attendance WHERE"
	    " replaced_by IS NULL"), 0);
	assert_int_equal(letters(h, "substitute-off", "%"), 2);
	assert_int_equal(letters(h, "notice", "mekr@fjordby.example"), 1);
	house_close(h);
}

/* Said for three, and one of them takes his own back. */
static void
only_the_own_line_is_taken_back(void **state)
{
	struct house *h = open_house();
	struct action two[2] = {
		{ .kind = ACTION_ABSENCE, .person = MOGENS,
		    .meeting = MEETING, .part = -1 },
		{ .kind = ACTION_ABSENCE, .person = AASE,
		    .meeting = MEETING, .part = -1 } };

	(void)state;
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_ACT,
	    .sender = { .email = "mekr@fjordby.example", .verified = true,
	    .by = "dmarc=pass" }, .actions = two, .n_actions = 2 });
	(void)reply(h, AASE, true, look(h, "SELECT key FROM letter WHERE key"
	    " LIKE 'said-for/%' AND to_email = '" AASE "'"), true, ACTION_UNDO,
	    NULL);
	assert_string_equal(look(h, "SELECT group_concat(email) FROM attendance"
	    " WHERE replaced_by IS NULL"), MOGENS);
	house_close(h);
}

static void
who_takes_regrets_back_cancels_politely(void **state)
{
	struct house *h = open_house();
	struct sent_mail first;

	(void)state;
	first = says(h, MOGENS, ACTION_ABSENCE, NULL);
	(void)says(h, IDA, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-off", "%"), 1);
	(void)reply(h, MOGENS, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)first.mail_id), true, ACTION_UNDO,
	    NULL);
	/* Tove knows already that she need not come */
	assert_int_equal(letters(h, "substitute-off", TOVE), 1);
	assert_int_equal(letters(h, "substitute-off", IDA), 1);
	house_close(h);
}

/* Ida came first, Tove was told to stay at home; then Ida cannot. */
static void
the_next_who_had_said_yes_is_asked_again(void **state)
{
	struct house *h = open_house();

	(void)state;
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	(void)says(h, IDA, ACTION_ATTENDANCE, NULL);
	(void)says(h, TOVE, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-call", TOVE), 1);
	(void)says(h, IDA, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "substitute-call", TOVE), 2);
	assert_int_equal(letters(h, "substitute-call", IDA), 1);
	/* a «måske» of the member leaves her the seat */
	(void)says(h, MOGENS, ACTION_TENTATIVE, NULL);
	assert_int_equal(letters(h, "substitute-off", TOVE), 2);
	house_close(h);
}

static void
a_meeting_that_is_over_takes_no_answer(void **state)
{
	struct house *h = open_house();

	(void)state;
	h->council.now_at = NOW + 22 * 86400;
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"), 0);
	assert_int_equal(letters(h, "substitute-call", "%"), 0);
	house_close(h);
}

/* Up to the last two days the daily roll is enough. */
static void
regrets_of_the_last_days_go_to_the_secretary_at_once(void **state)
{
	struct house *h = open_house();

	(void)state;
	h->council.now_at = NOW + 18 * 86400;
	(void)says(h, AASE, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice/mail", "%"), 0);
	h->council.now_at = NOW + 19 * 86400 - 3600;
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice/mail", "mekr@fjordby.example"), 1);
	house_close(h);
}

/* All tables, letters and all, but the mail as it came. */
static void
assert_nowhere(struct house *h, const char *word)
{
	sqlite3_stmt *tables;

	assert_int_equal(sqlite3_prepare_v2(h->look, "SELECT name FROM"
	    " sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
	    " AND name <> 'mail_raw'", -1, &tables, NULL), SQLITE_OK);
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(tables,
		    0);
		sqlite3_stmt *rows;

		assert_int_equal(sqlite3_prepare_v2(h->look, arena_printf(
		    h->arena, "SELECT * FROM \"%s\"", table), -1, &rows,
		    NULL), SQLITE_OK);
		while (sqlite3_step(rows) == SQLITE_ROW)
			for (int i = 0; i < sqlite3_column_count(rows); i++) {
				/* our letters are 7-bit text, too */
				const char *text = (const char *)
				    sqlite3_column_text(rows, i);

				if (text == NULL || strstr(text, word) == NULL)
					continue;
				print_error("%s stands in %s.%s\n", word, table,
				    sqlite3_column_name(rows, i));
				assert_null(text);
			}
		(void)sqlite3_finalize(rows);
	}
	(void)sqlite3_finalize(tables);
}

static void
why_somebody_does_not_come_is_kept_nowhere(void **state)
{
	static const enum action_kind kinds[] = { ACTION_ABSENCE,
		ACTION_TENTATIVE, ACTION_SUBSTITUTE };
	static const char *why[] = { "\xc2\xab" "har kemofugl\xc2\xbb shows"
	    " excuse" };
	struct house *h = open_house();

	(void)state;
	h->subject = "Afbud, jeg skal til kemofugl";
	h->council.now_at = NOW + 20 * 86400;
	for (size_t i = 0; i < 2 * sizeof kinds / sizeof kinds[0]; i++) {
		struct action one = { .kind = kinds[i / 2], .person = MOGENS,
			.meeting = MEETING, .part = -1,
			.substitute = i / 2 == 2 ? "Per Holm" : NULL };
		bool asks = i % 2 == 1;

		h->council.now_at += 60;
		(void)carry(h, (struct purpose){
		    .outcome = asks ? OUTCOME_ASK : OUTCOME_ACT,
		    .reason = asks ? "two-readings" : NULL,
		    .sender = { .email = MOGENS, .verified = true,
		    .by = "dmarc=pass" }, .actions = &one,
		    .n_actions = !asks, .pending = &one, .n_pending = asks,
		    .text = "Jeg skal til kemofugl og kan ikke.",
		    .why = why, .n_why = 1 });
	}
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"), 3);
	assert_nowhere(h, "kemofugl");
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_first_substitute_who_says_yes_takes_the_seat),
		cmocka_unit_test(who_names_another_has_called_one_already),
		cmocka_unit_test(a_substitute_who_said_no_is_not_asked),
		cmocka_unit_test(whoever_leads_hears_when_it_cannot_decide),
		cmocka_unit_test(the_secretary_writes_for_a_member),
		cmocka_unit_test(only_the_own_line_is_taken_back),
		cmocka_unit_test(who_takes_regrets_back_cancels_politely),
		cmocka_unit_test(the_next_who_had_said_yes_is_asked_again),
		cmocka_unit_test(a_meeting_that_is_over_takes_no_answer),
		cmocka_unit_test(
		    regrets_of_the_last_days_go_to_the_secretary_at_once),
		cmocka_unit_test(why_somebody_does_not_come_is_kept_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
