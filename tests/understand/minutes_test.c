/* SPDX-License-Identifier: MIT */
/* Answers to the form for the minutes, to their draft, and to the reminder of
 * a promise. */
#include "test.h"

#include "base/arena.h"
#include "understand/understand.h"

#define SECRETARY "mekr@fjordby.example"
#define MEMBER "hath@fjordby.example"
#define HELD_AT 1795705200	/* 26 November 2026 16.00 */

static const struct world_person people[] = {
	{ .name = "Mette Krogh", .email = SECRETARY,
	    .role = ROLE_SECRETARY },
	{ .name = "Hanne Thorup", .email = MEMBER, .role = ROLE_MEMBER },
	{ .name = "Aase Lind", .email = "aase@mail.example",
	    .role = ROLE_MEMBER },
};
static const struct world_meeting meetings[] = {
	{ .id = "udsatteraad/2026-11-26", .day = { 2026, 11, 26 },
	    .start_at = HELD_AT, .end_at = HELD_AT + 7200,
	    .state = MEETING_HELD },
};
static const struct world_body body = { .slug = "udsatteraad",
	.name = "Udsatterådet", .people = people, .n_people = 3,
	.meetings = meetings, .n_meetings = 1 };

static struct purpose
understood(struct arena *arena, const struct lexicon *lexicon,
    enum letter_kind kind, const char *from, const char *text, bool photo)
{
	static const char *const ids[] = { "<ours@fjordby.example>" };
	static const struct mail_attachment picture = {
		.name = "referat.jpg", .type = "image/jpeg", .part = 2 };
	struct world_sent sent = { .message_id = ids[0], .kind = kind,
		.ref = "udsatteraad/2026-11-26", .to = from };
	struct world world = { .mailbox = "raadspost@fjordby.example",
		.bodies = &body, .n_bodies = 1, .sent = &sent, .n_sent = 1,
		.now_at = HELD_AT + 86400 };
	struct mail_address one = { "Navn", from };
	struct mail mail = { .message_id = "<m@out.example>",
		.in_reply_to = ids, .n_in_reply_to = 1,
		.from = { &one, 1 }, .from_is_plain = true,
		.return_path = from, .subject = "SV: Rådspost", .text = text,
		.date_at = HELD_AT + 86400, .auth = MAIL_AUTH_PASS,
		.attachments = &picture, .n_attachments = photo };
	struct purpose purpose;
	struct err err = { "" };

	assert_int_equal(understand(arena, lexicon, &mail, &world, &purpose,
	    &err), RC_OK);
	return purpose;
}

static const struct {
	enum letter_kind kind;
	const char *from, *text;
	enum outcome outcome;
	enum action_kind action;
	const char *has;	/* in the text of the action; NULL */
} rows[] = {
	/* the headings of the form are quoted, and count */
	{ LETTER_MINUTES_FORM, SECRETARY, "Hej\n\nDen 26. november skrev "
	    "Rådspost:\n> 1. Økonomi\n>\n> Tekst:\n\nVi har købt kaffe.\n\n"
	    "> Beslutning:\n", OUTCOME_ACT, ACTION_MINUTES_SUBMIT,
	    "> 1. Økonomi" },
	{ LETTER_MINUTES_FORM, SECRETARY, "Aase kom ikke", OUTCOME_ACT,
	    ACTION_MINUTES_SUBMIT, "Aase kom ikke" },
	{ LETTER_MINUTES_FORM, SECRETARY, "Aase meldte afbud, og Hanne kom "
	    "alligevel", OUTCOME_ACT, ACTION_MINUTES_SUBMIT, "meldte afbud" },
	{ LETTER_MINUTES_FORM, MEMBER, "Aase kom ikke", OUTCOME_HUMAN,
	    ACTION_KINDS, NULL },
	{ LETTER_MINUTES_DRAFT, SECRETARY, "Godkend referatet", OUTCOME_ACT,
	    ACTION_MINUTES_APPROVE, NULL },
	{ LETTER_MINUTES_DRAFT, SECRETARY, "Punkt 3: Vi har købt te.",
	    OUTCOME_ACT, ACTION_MINUTES_COMMENT, "Punkt 3" },
	{ LETTER_MINUTES_DRAFT, MEMBER, "Ingen bemærkninger", OUTCOME_ACT,
	    ACTION_MINUTES_APPROVE, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "Gjort", OUTCOME_ACT,
	    ACTION_FOLLOW_UP_DONE, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "Det er gjort.\n\nVenlig hilsen\nHanne",
	    OUTCOME_ACT, ACTION_FOLLOW_UP_DONE, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "Klaret!", OUTCOME_ACT,
	    ACTION_FOLLOW_UP_DONE, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "15. december", OUTCOME_ACT,
	    ACTION_FOLLOW_UP_DATE, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "Det når jeg ikke, ny dato: den 15. "
	    "december", OUTCOME_ACT, ACTION_FOLLOW_UP_DATE, NULL },
	/* neither, or both: a person reads it */
	{ LETTER_FOLLOW_UP, MEMBER, "Det er ikke gjort", OUTCOME_HUMAN,
	    ACTION_KINDS, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "Er det gjort?", OUTCOME_HUMAN,
	    ACTION_KINDS, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "Enten den 15. december eller den 20. "
	    "december", OUTCOME_HUMAN, ACTION_KINDS, NULL },
	{ LETTER_FOLLOW_UP, MEMBER, "Hvad var det nu, jeg lovede?",
	    OUTCOME_HUMAN, ACTION_KINDS, NULL },
};

static void
answers_after_the_meeting_are_read(void **state)
{
	struct lexicon *lexicon;
	struct err err = { "" };
	int bad = 0;

	(void)state;
	assert_int_equal(lexicon_open(NULL, &lexicon, &err), RC_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena *arena = arena_open();
		struct purpose p = understood(arena, lexicon, rows[i].kind,
		    rows[i].from, rows[i].text, false);
		bool act = p.n_actions == 1 &&
		    p.actions[0].kind == rows[i].action;
		bool good = p.outcome == rows[i].outcome &&
		    act == (rows[i].outcome == OUTCOME_ACT) &&
		    (rows[i].has == NULL || strstr(p.actions[0].text,
		    rows[i].has) != NULL);

		if (!good)
			print_error("«%s»: %s %s\n", rows[i].text,
			    outcome_word(p.outcome), p.n_actions > 0 ?
			    action_word(p.actions[0].kind) : p.reason);
		bad += !good;
		arena_close(&arena);
	}
	lexicon_close(&lexicon);
	assert_int_equal(bad, 0);
}

static void
a_new_day_is_the_next_such_day(void **state)
{
	struct arena *arena = arena_open();
	struct lexicon *lexicon;
	struct err err = { "" };
	struct purpose p;

	(void)state;
	assert_int_equal(lexicon_open(NULL, &lexicon, &err), RC_OK);
	p = understood(arena, lexicon, LETTER_FOLLOW_UP, MEMBER,
	    "Ny dato: 15. januar", false);
	assert_int_equal(p.actions[0].deadline_day.year, 2027);
	assert_string_equal(p.actions[0].ref, "<ours@fjordby.example>");
	/* a picture alone goes to the council, which says what can be used */
	p = understood(arena, lexicon, LETTER_MINUTES_FORM, SECRETARY, "",
	    true);
	assert_int_equal(p.outcome, OUTCOME_ACT);
	assert_int_equal(p.actions[0].kind, ACTION_MINUTES_SUBMIT);
	lexicon_close(&lexicon);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_after_the_meeting_are_read),
		cmocka_unit_test(a_new_day_is_the_next_such_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
