/* SPDX-License-Identifier: MIT */
/* What waits for the secretary, from the asking to the answer and back. */
#include "test.h"

#include "base/date.h"
#include "council/decision.h"
#include "council/decision_letter.h"
#include "council/trail.h"
#include "house.h"
#include "store/agenda.h"
#include "store/item.h"

#define SECRETARY "mekr@fjordby.example"
#define CHAIR "kirsten@mail.example"
#define MEMBER "mb@center.example"
#define MEETING "udsatteraad/2026-11-26"
#define NEXT "udsatteraad/2026-12-17"
#define CITIZEN "ida@mail.example"

static struct house *
open_house(bool next)
{
	struct house *h = house_open();
	struct file_meeting m[] = { council_meetings[0], council_meetings[1],
		{ .id = NEXT, .start_at = NOW + 42 * 86400,
		    .end_at = NOW + 42 * 86400 + 7200,
		    .kind = MEETING_ORDINARY, .state = MEETING_PLANNED } };
	struct file_body b = bodies[0];
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	b.meetings = m;
	b.n_meetings = next ? 3 : 2;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &b, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, NOW, &h->world, &err),
	    RC_OK);
	return h;
}

static void
citizen_writes(struct house *h, const char *title)
{
	(void)act(h, CITIZEN, true, (struct action){
	    .kind = ACTION_AGENDA_ITEM, .body = "udsatteraad",
	    .meeting = MEETING, .title = title, .text = "Vi vil gerne." });
}

/* The decision mail of that day; its key at the secretary. */
static const char *
mail_of(struct house *h, const char *day, bool chair)
{
	struct err err = { "" };
	enum rc rc;

	assert_int_equal(store_begin(h->store, &err), RC_OK);
	h->outbox.now_at = h->council.now_at;
	rc = decision_mail_send(&h->council, h->arena, &(struct decision_mail){
	    .body = &h->world.bodies[0], .day = day, .to_chair = chair },
	    &err);
	if (rc != RC_OK)
		print_error("%d %s\n", rc, err.text);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return arena_printf(h->arena, "decision/udsatteraad/%s/" SECRETARY,
	    day);
}

struct said {
	int point;
	const char *choice, *words;
};

static struct sent_mail
answers(struct house *h, const char *from, bool verified, const char *key,
    const struct said *said, size_t n)
{
	struct action *list = arena_array(h->arena, n, sizeof *list);
	const char *id = look(h, arena_printf(h->arena,
	    "SELECT message_id FROM letter WHERE key = '%s'", key));

	assert_string_not_equal(id, "");
	for (size_t i = 0; i < n; i++)
		list[i] = (struct action){ .kind = ACTION_DECIDE, .ref = id,
			.body = "udsatteraad", .point = said[i].point,
			.choice = said[i].choice, .text = said[i].words,
			.part = -1 };
	return carry(h, (struct purpose){ .outcome = OUTCOME_ACT,
	    .sender = { .email = from, .verified = verified,
	    .by = verified ? "dmarc=pass" : "nothing" },
	    .body = "udsatteraad", .actions = list, .n_actions = n });
}

static struct sent_mail
answer(struct house *h, const char *from, const char *key, int point,
    const char *choice, const char *words)
{
	return answers(h, from, true, key, &(struct said){ point, choice,
	    words }, 1);
}

static const char *
receipt(struct house *h, struct sent_mail m)
{
	return letter(h, arena_printf(h->arena, "receipt/mail/%lld",
	    (long long)m.mail_id));
}

static const char *
states(struct house *h)
{
	return look(h, "SELECT group_concat(state || coalesce(':' || choice,"
	    " ''), ' ') FROM (SELECT * FROM decision ORDER BY decision_id)");
}

static const char *
items(struct house *h)
{
	return look(h, "SELECT group_concat(state, ' ') FROM (SELECT * FROM"
	    " item ORDER BY item_id)");
}

static void
each_point_is_carried_out_and_said_in_one_receipt(void **state)
{
	struct house *h = open_house(true);
	struct sent_mail m;
	const char *key, *text;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	citizen_writes(h, "Lys");
	citizen_writes(h, "Parkering");
	key = mail_of(h, "2026-11-05", false);
	text = letter(h, key);
	assert_non_null(strstr(text, SECRETARY "|3 ting venter p\xc3\xa5 dig"));
	assert_non_null(strstr(text, "1. Punkt fra en uden for r\xc3\xa5" "det: B\xc3\xa6nke"));
	assert_non_null(strstr(text, "\xc2\xab" "afvis\xc2\xbb"));
	m = answers(h, SECRETARY, true, key, (struct said[]){
	    { 1, "accept", NULL }, { 2, "next", NULL },
	    { 3, "reject", "ikke r\xc3\xa5" "dets omr\xc3\xa5" "de" },
	    { 9, "accept", NULL } }, 4);
	assert_string_equal(states(h),
	    "answered:accept answered:next answered:reject");
	assert_string_equal(items(h), "accepted postponed rejected");
	assert_int_equal(number(h, "SELECT count(*) FROM journal WHERE deed ="
	    " 'decide'"), 3);
	text = receipt(h, m);
	assert_non_null(strstr(text, "1. B\xc3\xa6nke: kommer p\xc3\xa5"));
	assert_non_null(strstr(text, "Der er intet punkt 9"));
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'receipt/mail/%' AND to_email = '" SECRETARY "'"), 1);
	/* the citizens hear of it, after a while in which it can be undone */
	text = look(h, "SELECT group_concat(text) FROM letter JOIN letter_raw"
	    " USING (letter_id) WHERE key LIKE 'trail/%' AND due_at ="
	    " made_at + 600 AND to_email = '" CITIZEN "'");
	assert_non_null(strstr(text, "ikke r\xc3\xa5" "dets omr\xc3\xa5" "de"));
	assert_non_null(strstr(text, "flyttet til"));
	house_close(h);
}

static void
an_answer_is_taken_back_whole(void **state)
{
	struct house *h = open_house(true);
	const char *key;
	struct sent_mail m;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	citizen_writes(h, "Lys");
	key = mail_of(h, "2026-11-05", false);
	m = answers(h, SECRETARY, true, key, (struct said[]){
	    { 1, "reject", NULL }, { 2, "accept", NULL } }, 2);
	assert_string_equal(items(h), "rejected accepted");
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id), true, ACTION_UNDO,
	    NULL);
	assert_string_equal(states(h), "open open");
	assert_string_equal(items(h), "proposed proposed");
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'trail/%' AND state <> 7"), 0);
	/* and may be answered otherwise */
	(void)answer(h, SECRETARY, key, 1, "accept", NULL);
	assert_string_equal(states(h), "answered:accept open");
	house_close(h);
}

static void
a_point_that_is_taken_back_leaves_no_words(void **state)
{
	struct house *h = open_house(true);
	const char *key;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	(void)reply(h, CITIZEN, true, "receipt/mail/1", true, ACTION_UNDO,
	    NULL);
	assert_string_equal(states(h), "moot");
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE label"
	    " <> '' OR words IS NOT NULL"), 0);
	citizen_writes(h, "Lys");
	key = mail_of(h, "2026-11-05", false);
	assert_non_null(strstr(letter(h, key), "1. Punkt fra en uden for r\xc3\xa5" "det: Lys"));
	house_close(h);
}

static void
yesterdays_mail_means_yesterdays_numbers(void **state)
{
	struct house *h = open_house(true);
	const char *old, *new;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	citizen_writes(h, "Lys");
	old = mail_of(h, "2026-11-05", false);
	(void)answer(h, SECRETARY, old, 1, "accept", NULL);
	h->council.now_at += 86400;
	new = mail_of(h, "2026-11-06", false);
	assert_non_null(strstr(letter(h, new), "1. Punkt fra en uden for r\xc3\xa5" "det: Lys"));
	(void)answer(h, SECRETARY, old, 2, "reject", NULL);
	assert_string_equal(states(h), "answered:accept answered:reject");
	/* in the new one it is answered now */
	assert_non_null(strstr(receipt(h, answer(h, SECRETARY, new, 1,
	    "accept", NULL)), "allerede svaret"));
	assert_string_equal(states(h), "answered:accept answered:reject");
	house_close(h);
}

static void
the_first_of_two_counts_and_the_other_hears_it(void **state)
{
	struct house *h = open_house(true);
	const char *key, *text;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	key = mail_of(h, "2026-11-05", true);
	assert_string_not_equal(letter(h, "decision/udsatteraad/2026-11-05/"
	    CHAIR), "");
	(void)answer(h, CHAIR, "decision/udsatteraad/2026-11-05/" CHAIR, 1,
	    "reject", NULL);
	text = receipt(h, answer(h, SECRETARY, key, 1, "accept", NULL));
	assert_non_null(strstr(text, "Kirsten Holst har allerede svaret"));
	assert_string_equal(items(h), "rejected");
	house_close(h);
}

static void
all_and_the_rest_and_a_number_that_is_missing(void **state)
{
	struct house *h = open_house(true);
	const char *key;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	citizen_writes(h, "Lys");
	citizen_writes(h, "Parkering");
	key = mail_of(h, "2026-11-05", false);
	assert_non_null(strstr(receipt(h, answer(h, SECRETARY, key, -1,
	    "accept", NULL)), "Skriv nummeret foran"));
	assert_string_equal(states(h), "open open open");
	(void)answers(h, SECRETARY, true, key, (struct said[]){
	    { 2, "no", NULL }, { 0, "yes", NULL } }, 2);
	assert_string_equal(states(h),
	    "answered:accept answered:reject answered:accept");
	assert_non_null(strstr(receipt(h, answer(h, SECRETARY, key, 0, "yes",
	    NULL)), "Intet i den mail venter"));
	/* alone in its mail, a point needs no number */
	citizen_writes(h, "Toiletter");
	key = mail_of(h, "2026-11-06", false);
	(void)answer(h, SECRETARY, key, -1, "accept", NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE"
	    " state = 'open'"), 0);
	house_close(h);
}

static void
what_is_unclear_or_not_offered_is_left_waiting(void **state)
{
	struct house *h = open_house(true);
	const char *key;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	key = mail_of(h, "2026-11-05", false);
	assert_non_null(strstr(receipt(h, answer(h, SECRETARY, key, 1, "date",
	    NULL)), "kan ikke bruges her"));
	assert_non_null(strstr(receipt(h, answer(h, SECRETARY, key, 1, NULL,
	    "hvis formanden er enig")), "forbehold"));
	assert_string_equal(states(h), "open");
	assert_string_equal(items(h), "proposed");
	assert_int_equal(number(h, "SELECT count(*) FROM journal WHERE deed ="
	    " 'decide'"), 0);
	house_close(h);
}

static void
nobody_else_decides(void **state)
{
	static const char *const others[] = { MEMBER, CITIZEN,
		"sofie@elsewhere.example" };
	struct house *h = open_house(true);
	const char *key;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	key = mail_of(h, "2026-11-05", false);
	for (size_t i = 0; i < 3; i++) {
		struct sent_mail m = answer(h, others[i], key, 1, "accept",
		    NULL);

		assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
		assert_null(strstr(receipt(h, m), "B\xc3\xa6nke"));
	}
	(void)answers(h, SECRETARY, false, key, &(struct said){ 1, "accept",
	    NULL }, 1);
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE"
	    " kind = 'citizen-item' AND state = 'open'"), 1);
	assert_string_equal(items(h), "proposed");
	house_close(h);
}

/* No later meeting is planned, and the agenda is not made: «næste møde» would
 * come back to this one. */
static void
next_needs_a_next_meeting(void **state)
{
	struct house *h = open_house(false);
	const char *key;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	key = mail_of(h, "2026-11-05", false);
	assert_non_null(strstr(receipt(h, answer(h, SECRETARY, key, 1, "next",
	    NULL)), "ikke planlagt et n\xc3\xa6ste m\xc3\xb8" "de"));
	assert_string_equal(states(h), "open");
	assert_string_equal(items(h), "proposed");
	house_close(h);
}

static void
asked_twice_is_asked_once_and_moot_is_gone(void **state)
{
	struct house *h = open_house(true);
	struct decision_draft draft = { .kind = "mail-waiting", .key = "k",
		.body = &h->world.bodies[0], .label = "mail 1" };
	struct err err = { "" };

	(void)state;
	assert_int_equal(decision_ask(&h->council, h->arena, &draft, &err),
	    RC_OK);
	assert_int_equal(decision_ask(&h->council, h->arena, &draft, &err),
	    RC_NONE);
	assert_int_equal(decision_moot(&h->council, "k", &err), RC_OK);
	assert_int_equal(decision_moot(&h->council, "k", &err), RC_OK);
	assert_int_equal(decision_moot(&h->council, "never", &err), RC_OK);
	assert_string_equal(states(h), "moot");
	assert_int_equal(decision_ask(&h->council, h->arena, &draft, &err),
	    RC_NONE);
	draft.kind = "nothing";
	draft.key = "other";
	assert_int_equal(decision_ask(&h->council, h->arena, &draft, &err),
	    RC_STOP);
	house_close(h);
}

static void
a_mail_for_a_person_waits_until_it_is_dealt_with(void **state)
{
	struct house *h = open_house(true);
	const char *key, *text;

	(void)state;
	h->subject = "Hvorn\xc3\xa5r er kaffen klar?";
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_HUMAN,
	    .reason = "question", .sender = { .email = MEMBER,
	    .person = "Mogens B\xc3\xa6k", .verified = true,
	    .by = "dmarc=pass" }, .body = "udsatteraad" });
	/* thanks need no answer, and what she wrote herself does not wait */
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_HUMAN,
	    .reason = "thanks", .sender = { .email = MEMBER,
	    .verified = true, .by = "dmarc=pass" },
	    .body = "udsatteraad" });
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_HUMAN,
	    .reason = "question", .sender = { .email = SECRETARY,
	    .verified = true, .by = "dmarc=pass" },
	    .body = "udsatteraad" });
	assert_string_equal(states(h), "open");
	key = mail_of(h, "2026-11-05", true);
	text = letter(h, key);
	assert_non_null(strstr(text, "Mogens B\xc3\xa6k: Hvorn\xc3\xa5r"));
	assert_non_null(strstr(text, "\xc2\xab" "klaret\xc2\xbb"));
	/* the chair's mail lies elsewhere: the number alone (law 2) */
	text = letter(h, "decision/udsatteraad/2026-11-05/" CHAIR);
	assert_non_null(strstr(text, "Mail 1"));
	assert_null(strstr(text, "kaffen"));
	(void)answer(h, SECRETARY, key, 1, "accept", NULL);
	assert_string_equal(states(h), "answered:done");
	house_close(h);
}

static void
what_waits_too_long_stands_first(void **state)
{
	struct house *h = open_house(true);
	const char *text;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	h->council.now_at += 4 * 86400;
	assert_int_equal(decision_ask(&h->council, h->arena,
	    &(struct decision_draft){ .kind = "mail-waiting", .key = "k",
	    .body = &h->world.bodies[0], .label = "mail 77",
	    .until_at = h->council.now_at + 3600 }, &(struct err){ "" }),
	    RC_OK);
	text = letter(h, mail_of(h, "2026-11-09", false));
	assert_non_null(strstr(text, "1. Punkt fra en uden for r\xc3\xa5" "det: B\xc3\xa6nke"));
	assert_non_null(strstr(text, "har ventet siden torsdag den 5."));
	assert_non_null(strstr(text, "mail 77"));
	assert_null(strstr(strstr(text, "mail 77"), "har ventet"));
	house_close(h);
}

/* --- points after the deadline ------------------------------------------------ */

static void
draft_make(struct house *h)
{
	struct agenda_point points[] = { { .title = "Velkomst" },
		{ .title = "Eventuelt" } };
	struct agenda agenda = { points, 2 };
	struct agenda_row row = { .version = 0 };
	struct err err = { "" };

	assert_int_equal(agenda_add(h->store, MEETING, &agenda,
	    h->council.now_at, &row, &err), RC_OK);
	h->council.now_at = NOW + 12 * 86400;
}

static int64_t
member_is_late(struct house *h)
{
	struct sent_mail m = act(h, MEMBER, true, (struct action){
	    .kind = ACTION_AGENDA_ITEM, .body = "udsatteraad",
	    .meeting = MEETING, .title = "Varme", .text = "Det er koldt." });
	const char *text = receipt(h, m);

	assert_non_null(strstr(text, "Dit punkt kom efter fristen"));
	assert_non_null(strstr(text, "sp\xc3\xb8rg formanden"));
	assert_string_equal(items(h), "accepted");
	return m.mail_id;
}

static void
a_late_point_waits_unless_the_chair_takes_it(void **state)
{
	struct house *h = open_house(true);
	const char *late, *now = "decision-now/1/" CHAIR;
	struct sent_mail m;

	(void)state;
	draft_make(h);
	late = arena_printf(h->arena, "receipt/mail/%lld",
	    (long long)member_is_late(h));
	/* somebody else's word asks nobody */
	(void)answer(h, CITIZEN, late, -1, "ask-chair", NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE kind"
	    " = 'late-item'"), 0);
	assert_string_equal(look(h, "SELECT max(decision_id) FROM decision"),
	    "1");
	now = "decision-now/2/" CHAIR;
	m = answer(h, MEMBER, late, -1, "ask-chair", NULL);
	assert_non_null(strstr(receipt(h, m), "formanden er spurgt"));
	assert_non_null(strstr(letter(h, now), "Haster: 1 ting venter"));
	assert_string_not_equal(letter(h, "decision-now/2/" SECRETARY), "");
	assert_int_equal(number(h, "SELECT max(version) FROM agenda"), 1);
	/* yes: it stands on a new draft, which must be released */
	m = answer(h, CHAIR, now, -1, "yes", NULL);
	assert_string_equal(items(h), "accepted");
	assert_string_equal(look(h, "SELECT group_concat(title, ';') FROM"
	    " (SELECT title FROM agenda_point JOIN agenda USING (agenda_id)"
	    " WHERE version = 2 ORDER BY number)"),
	    "Velkomst;Varme;Eventuelt");
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'agenda-draft/%'"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'agenda/%'"), 0);
	(void)reply(h, CHAIR, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id), true, ACTION_UNDO,
	    NULL);
	assert_int_equal(number(h, "SELECT max(version) FROM agenda"), 1);
	/* no: the next meeting, and its proposer hears it */
	(void)answer(h, CHAIR, now, 1, "no", NULL);
	assert_string_equal(items(h), "postponed");
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'trail/1/next/%' AND to_email = '" MEMBER "'"), 1);
	house_close(h);
}

/* --- the trail ---------------------------------------------------------------- */

static void
stop_ends_the_trail_of_that_point(void **state)
{
	struct house *h = open_house(true);
	const char *key, *trail;
	struct sent_mail m;
	struct err err = { "" };

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	citizen_writes(h, "Lys");
	key = mail_of(h, "2026-11-05", false);
	(void)answer(h, SECRETARY, key, 1, "next", NULL);
	trail = look(h, "SELECT key FROM letter WHERE key LIKE 'trail/1/%'");
	/* another's «stop» ends nothing */
	(void)reply(h, MEMBER, true, trail, false, ACTION_TRAIL_STOP, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM trail_stop"), 0);
	m = reply(h, CITIZEN, false, trail, true, ACTION_TRAIL_STOP, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM trail_stop"), 1);
	for (int64_t item = 1; item <= 2; item++)
		assert_int_equal(trail_tell(&h->council, h->arena, item,
		    TRAIL_RESULT, "Det er vedtaget.", 0, &err), RC_OK);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'trail/1/result/%'"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'trail/2/result/%'"), 1);
	house_close(h);
}

static void
a_stranger_and_a_closed_point_are_quoted_nothing(void **state)
{
	struct house *h = open_house(true);
	struct err err = { "" };
	const char *text;

	(void)state;
	citizen_writes(h, "B\xc3\xa6nke");
	(void)act(h, "nobody@mail.example", false, (struct action){
	    .kind = ACTION_AGENDA_ITEM, .body = "udsatteraad",
	    .meeting = MEETING, .title = "K\xc3\xb8" "b nu", .text = "x" });
	assert_int_equal(item_close(h->store, 1, "om en person", NOW, 1,
	    &err), RC_OK);
	for (int64_t item = 1; item <= 2; item++)
		assert_int_equal(trail_tell(&h->council, h->arena, item,
		    TRAIL_REJECTED, "hemmeligt", 0, &err), RC_OK);
	text = look(h, "SELECT group_concat(CAST(raw AS TEXT)) FROM letter"
	    " JOIN letter_raw USING (letter_id) WHERE key LIKE 'trail/%'");
	assert_non_null(strstr(text, "nobody@mail.example"));
	assert_null(strstr(text, "B=C3=A6nke"));
	assert_null(strstr(text, "b nu"));
	assert_null(strstr(text, "hemmeligt"));
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_point_is_carried_out_and_said_in_one_receipt),
		cmocka_unit_test(an_answer_is_taken_back_whole),
		cmocka_unit_test(a_point_that_is_taken_back_leaves_no_words),
		cmocka_unit_test(yesterdays_mail_means_yesterdays_numbers),
		cmocka_unit_test(
		    the_first_of_two_counts_and_the_other_hears_it),
		cmocka_unit_test(
		    all_and_the_rest_and_a_number_that_is_missing),
		cmocka_unit_test(
		    what_is_unclear_or_not_offered_is_left_waiting),
		cmocka_unit_test(nobody_else_decides),
		cmocka_unit_test(next_needs_a_next_meeting),
		cmocka_unit_test(asked_twice_is_asked_once_and_moot_is_gone),
		cmocka_unit_test(
		    a_mail_for_a_person_waits_until_it_is_dealt_with),
		cmocka_unit_test(what_waits_too_long_stands_first),
		cmocka_unit_test(
		    a_late_point_waits_unless_the_chair_takes_it),
		cmocka_unit_test(stop_ends_the_trail_of_that_point),
		cmocka_unit_test(
		    a_stranger_and_a_closed_point_are_quoted_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
