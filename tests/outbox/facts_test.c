/* SPDX-License-Identifier: MIT */
/* Facts in words: what a receipt says of each action, and what a question
 * offers. */
#include "test.h"

#include <time.h>

#include "outbox/facts.h"
#include "outbox/sample.h"
#include "render/template.h"

static const struct world_person people[] = {
	{ .name = "Kirsten Holst", .email = "kirsten.holst@posteo.example",
	  .role = ROLE_CHAIR },
	{ .name = "Tove Abel", .email = "tove@mail.example",
	  .role = ROLE_SUBSTITUTE },
};
static struct world_meeting meetings[] = {
	{ .id = "udsatteraad/2026-11-26", .place = "Rusmiddelcentret",
	  .start_at = 1795705200, .end_at = 1795712400 },
	{ .id = "udsatteraad/2027-02-25", .start_at = 1803567600,
	  .end_at = 1803574800 },
};
static const struct world_hearing hearings[] = {
	{ .id = "udsatteraad/h/boligpolitik", .title = "Boligpolitik 2027" },
};
static const struct world_topic topics[] = {
	{ 'A', "Skæve boliger" }, { 'B', "It-hjælp" },
};
static const struct world_body body = {
	.slug = "udsatteraad", .name = "Udsatterådet", .language = "da",
	.address = "udsatteraad@fjordby.example", .people = people,
	.n_people = 2, .meetings = meetings, .n_meetings = 2,
	.hearings = hearings, .n_hearings = 1, .topics = topics,
	.n_topics = 2,
};
static const struct world world = { .municipality = "Fjordby Kommune",
	.mailbox = "raadspost@fjordby.example", .bodies = &body,
	.n_bodies = 1 };

static const char *
letter(struct arena *arena, const char *template,
    const struct json_fields *fields)
{
	struct outbox_draft draft = { .key = "k", .template = template,
		.language = "da", .body = &body,
		.to = "kirsten.holst@posteo.example", .fields = fields };
	struct letter_new letter;
	struct err err = { "" };

	if (letter_finish(&sample_outbox, arena, &draft, NULL, &letter,
	    &err) != RC_OK)
		return arena_strdup(arena, err.text);
	return letter.text;
}

static void
each_action_is_said_in_one_line(void **state)
{
	static const char *const me = "kirsten.holst@posteo.example";
	const struct { struct action action; const char *want; } rows[] = {
		{ { .kind = ACTION_ABSENCE, .person = me,
		    .meeting = "udsatteraad/2026-11-26" },
		  "\n- Afbud til mødet torsdag den 26. november 2026"
		  " kl. 16.00–18.00\n" },
		{ { .kind = ACTION_ABSENCE, .person = "tove@mail.example",
		    .meeting = "udsatteraad/2026-11-26" },
		  "kl. 16.00–18.00 for Tove Abel\n" },
		{ { .kind = ACTION_SUBSTITUTE, .person = me,
		    .substitute = "tove@mail.example" },
		  "\n- Tove Abel møder i stedet\n" },
		{ { .kind = ACTION_ATTENDANCE, .person = me,
		    .meeting = "gone/1" },
		  "\n- Du kommer til mødet gone/1\n" },
		{ { .kind = ACTION_RANKING, .person = me, .order = "BA" },
		  "\n- Rækkefølge af emnerne: B, A\n" },
		{ { .kind = ACTION_HEARING_COMMENT,
		    .hearing = "udsatteraad/h/boligpolitik" },
		  "høringen Boligpolitik 2027\n" },
		{ { .kind = ACTION_HEARING_OPEN, .title = "Støj",
		    .body = "udsatteraad", .deadline_day = { 2026, 12, 1 } },
		  "\n- Høring til Udsatterådet: Støj, svar senest tirsdag den 1. december"
		  " 2026\n" },
		{ { .kind = ACTION_NOMINATION, .name = "Bo",
		    .body = "udsatteraad" },
		  "\n- Forslag om Bo til en plads i Udsatterådet\n" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct json_fields *f = fields_open(arena);
		const char *text;

		facts_deeds(f, "done", arena, "da", &world, &rows[i].action, 1,
		    me);
		text = letter(arena, "receipt", f);
		if (strstr(text, rows[i].want) == NULL)
			print_error("%zu: %s\n", i, text);
		assert_non_null(strstr(text, rows[i].want));
	}
	arena_close(&arena);
}

/* No kind of action is forgotten: each has a line of its own in a receipt,
 * and each that can be offered has words. */
static void
every_kind_of_action_has_words(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	for (int kind = 0; kind < ACTION_KINDS; kind++) {
		const char *word = action_word((enum action_kind)kind);
		struct action action = { .kind = (enum action_kind)kind,
			.meeting = "udsatteraad/2026-11-26", .title = "T",
			.name = "N", .email = "e@x.example", .to = "t",
			.order = "AB", .substitute = "S", .hearing = "h" };
		struct json_fields *f = fields_open(arena);
		const char *text;

		if (kind == ACTION_UNDO || kind == ACTION_CONFIRM)
			continue;	/* answers to a letter of our own */
		(void)facts_deed(f, "done", arena, "da", &world, &action,
		    NULL);
		text = letter(arena, "receipt", f);
		if (strstr(text, "\n\n- ") == NULL)
			print_error("%s: %s\n", word, text);
		assert_non_null(strstr(text, "\n\n- "));
		if (kind >= ACTION_UNDO)
			continue;
		facts_choices(f, arena, "da", &world, &word, 1);
		text = letter(arena, "ask-two-readings", f);
		if (strstr(text, "\n1. \n") != NULL ||
		    strstr(text, "\n1. ") == NULL)
			print_error("%s: %s\n", word, text);
		assert_non_null(strstr(text, "\n1. "));
		assert_null(strstr(text, "\n1. \n"));
	}
	arena_close(&arena);
}

static void
choices_are_words_a_person_knows(void **state)
{
	static const char *const choices[] = { "udsatteraad/2026-11-26",
		"udsatteraad/2027-02-25", "udsatteraad",
		"udsatteraad/h/boligpolitik", "noget andet" };
	struct arena *arena = arena_open();
	struct json_fields *f = fields_open(arena);
	const char *text;

	(void)state;
	facts_choices(f, arena, "da", &world, choices, 5);
	text = letter(arena, "ask-which-meeting", f);
	assert_non_null(strstr(text,
	    "\n1. torsdag den 26. november 2026 kl. 16.00–18.00,"
	    " Udsatterådet, Rusmiddelcentret\n"
	    "2. torsdag den 25. februar 2027 kl. 16.00–18.00,"
	    " Udsatterådet\n3. Udsatterådet\n4. Boligpolitik 2027\n"
	    "5. noget andet\n"));
	f = fields_open(arena);
	facts_topics(f, arena, &body);
	assert_non_null(strstr(letter(arena, "ask-no-order", f),
	    "\n- A: Skæve boliger\n- B: It-hjælp\n"));
	arena_close(&arena);
}

static void
only_a_name_is_a_name(void **state)
{
	static const char *const good[] = { "Bo", "Jens-Ole Friis",
		"J.P. Holm", "Søren d'Abo", "Møller, Åse", "Łukasz Żak",
		"Ole Jr.", "محمد علي" };
	static const char *const bad[] = { "", " ", "evil.example",
		"Vind 1000 kr", "http://x", "a@b.example", "t.co", "x/y",
		"Klik her: nu", "<b>", "=1+1", "Du har vundet en stor præmie"
		" og skal skynde dig at hente den i dag inden det er for"
		" sent" };
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_string_equal(facts_plain_name(arena, good[i]),
		    good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(facts_plain_name(arena, bad[i]));
	assert_null(facts_plain_name(arena, NULL));
	assert_string_equal(facts_plain_name(arena, " Bo\r\nBcc"), "Bo Bcc");
	arena_close(&arena);
}

/* Every reason that purpose.h lists under human- has words for the
 * secretary, in both languages. */
static void
every_reason_has_words(void **state)
{
	static const char *const reasons[] = { "question", "not-understood",
		"thanks", "empty", "not-a-member", "not-allowed",
		"past-meeting", "not-released", "coloured", "withdrawn",
		"resigns", "move-meeting", "whole-body", "unsubscribe-member",
		"hearing", "hearing-citizen", "ranking-protest", "condition",
		"other-person", "forwarded", "attached-mail", "documents",
		"encrypted", "unreadable", "calendar-request",
		"calendar-counter", "recall", "web-form", "lookalike",
		"press", "late" };
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		struct purpose purpose = { .reason = reasons[i],
			.sender = { .email = "a@b.example", .name = "Bo" } };
		struct mail mail = { .subject = "Emnet" };
		struct json_fields *f = fields_open(arena);
		const char *text;

		facts_mail(f, arena, "da", 7, 1795705200, &mail, &purpose,
		    "Hej");
		text = letter(arena, "notice-human", f);
		if (strstr(text, "Hvorfor: ") == NULL)
			print_error("%s: %s\n", reasons[i], text);
		assert_non_null(strstr(text, "Hvorfor: "));
		assert_non_null(strstr(text, "Fra: Bo (a@b.example) – ikke"
		    " bekræftet\nEmne: Emnet\nModtaget: torsdag den 26."
		    " november 2026 kl. 16.00\nNummer: 7\n\n> Hej\n"));
		/* and the sender's receipt is found by the reason */
		(void)letter(arena, arena_printf(arena, "human-%s",
		    reasons[i]), f);
	}
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_action_is_said_in_one_line),
		cmocka_unit_test(every_kind_of_action_has_words),
		cmocka_unit_test(choices_are_words_a_person_knows),
		cmocka_unit_test(only_a_name_is_a_name),
		cmocka_unit_test(every_reason_has_words),
	};
	int failed;

	(void)setenv("TZ", "Europe/Copenhagen", 1);
	tzset();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	template_forget();
	return failed;
}
