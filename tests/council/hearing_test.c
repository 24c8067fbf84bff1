/* SPDX-License-Identifier: MIT */
/* A hearing, and what goes wrong with hearings. */
#include "test.h"

#include "council/hearing.h"
#include "house.h"

#define AUTHORITY "plan@staden.example"
#define BOLIG "udsatteraad/h/boligpolitik"
#define MB "mb@center.example"
#define AASE "aase@mail.example"

static struct sent_mail
opens(struct house *h, const char *title, struct date day, const char *text)
{
	return act(h, AUTHORITY, true, (struct action){
	    .kind = ACTION_HEARING_OPEN, .body = "udsatteraad",
	    .title = title, .deadline_day = day, .text = text });
}

static void
look_again(struct house *h)
{
	struct err err = { "" };

	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &err), RC_OK);
}

/* One step of the clock, or of the secretary. */
static void
step(struct house *h, const char *slug,
    enum rc (*what)(struct hearing_work *, struct err *))
{
	struct hearing_work w;
	struct err err = { "" };
	enum rc rc;

	h->outbox.now_at = h->council.now_at;
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(hearing_work_open(&h->council, h->arena, slug, &w,
	    &err), RC_OK);
	rc = what(&w, &err);
	if (rc != RC_OK)
		print_error("%d %s\n", rc, err.text);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	look_again(h);
}

static struct sent_mail
says(struct house *h, const char *who, const char *slug, const char *text)
{
	return act(h, who, true, (struct action){
	    .kind = ACTION_HEARING_COMMENT, .hearing = slug,
	    .body = "udsatteraad", .person = who, .text = text });
}

static struct house *
asked(const char *text)
{
	struct house *h = house_open();

	assert_int_equal(opens(h, "Boligpolitik", (struct date){ 2026, 12, 10 },
	    text).end.outcome, OUTCOME_ACT);
	look_again(h);
	step(h, BOLIG, hearing_ask);
	return h;
}

static void
an_authority_that_nobody_vouches_for_opens_nothing(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = act(h, AUTHORITY, false, (struct action){
	    .kind = ACTION_HEARING_OPEN, .body = "udsatteraad",
	    .title = "Boligpolitik", .deadline_day = { 2026, 12, 10 } });

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_int_equal(number(h, "SELECT count(*) FROM hearing_request"), 0);
	house_close(h);
}

static const struct {
	const char *says, *text;
	struct date day;
	long deadline_at;	/* 0: refused */
} deadlines[] = {
	{ "a day ends at midnight", "Svar senest den 10. december 2026.",
	    { 2026, 12, 10 }, 1796943600 },
	{ "24.00 is the same", "Frist: 10. december 2026 kl. 24.00",
	    { 2026, 12, 10 }, 1796943600 },
	{ "at noon", "Senest den 10. december 2026 kl. 12.00",
	    { 2026, 12, 10 }, 1796900400 },
	{ "Christmas Day is a day", "Senest den 25. december 2026",
	    { 2026, 12, 25 }, 1798239600 },
	{ "today is short, but not over", "Senest den 5. november 2026",
	    { 2026, 11, 5 }, 1793919600 },
	{ "today at six is over", "Senest den 5. november 2026 kl. 6.00",
	    { 2026, 11, 5 }, 0 },
	{ "yesterday is over", "Senest i går", { 2026, 11, 4 }, 0 },
	{ "no day", "Svar gerne", { 0, 0, 0 }, 0 },
};

static void
a_deadline_is_read_to_the_minute(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof deadlines / sizeof deadlines[0]; i++) {
		struct house *h = house_open();
		struct sent_mail m = opens(h, "Boligpolitik",
		    deadlines[i].day, deadlines[i].text);
		long at = number(h, "SELECT deadline_at FROM"
		    " hearing_request");

		if (at != deadlines[i].deadline_at)
			print_error("%s: %ld\n", deadlines[i].says, at);
		assert_int_equal(at, deadlines[i].deadline_at);
		assert_int_equal(m.end.outcome, at != 0 ? OUTCOME_ACT :
		    OUTCOME_HUMAN);
		house_close(h);
	}
}

static void
too_little_time_goes_to_the_chair_who_asks_for_more(void **state)
{
	struct house *h = house_open();
	const char *key = "hearing-short/" BOLIG "/kirsten@mail.example";
	struct sent_mail m;

	(void)state;
	(void)opens(h, "Boligpolitik", (struct date){ 2026, 11, 12 }, "Kort");
	assert_non_null(strstr(letter(h, key), "torsdag den 19. november"));
	assert_int_equal(number(h, "SELECT class FROM letter"
	    " WHERE key LIKE 'hearing-short/%'"), 0);
	m = reply(h, "kirsten@mail.example", true, key, true, ACTION_CONFIRM,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_non_null(strstr(letter(h, "hearing-time/" BOLIG),
	    AUTHORITY "|"));
	/* somebody else's «ja» with the same word sends nothing */
	m = reply(h, AASE, true, key, true, ACTION_CONFIRM, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	house_close(h);
}

static void
two_hearings_of_one_name_have_two_ids(void **state)
{
	struct house *h = house_open();

	(void)state;
	(void)opens(h, "Boligpolitik", (struct date){ 2026, 12, 10 }, "En");
	(void)opens(h, "Boligpolitik", (struct date){ 2026, 12, 17 }, "To");
	assert_string_equal(look(h, "SELECT group_concat(slug) FROM hearing"
	    " WHERE request_id IS NOT NULL"), BOLIG "," BOLIG "-2");
	house_close(h);
}

static void
an_authority_takes_its_hearing_back_until_it_is_asked(void **state)
{
	struct house *h = house_open();
	struct sent_mail m;

	(void)state;
	(void)opens(h, "Boligpolitik", (struct date){ 2026, 12, 10 },
	    "Foreningen høres også: a@forening.example");
	assert_int_equal(number(h, "SELECT count(*) FROM hearing_party"), 1);
	m = reply(h, AUTHORITY, true, "receipt/mail/1", true, ACTION_UNDO,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM hearing_request"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM hearing_party"), 0);
	assert_string_equal(look(h, "SELECT state FROM decision"), "moot");
	(void)opens(h, "Boligpolitik", (struct date){ 2026, 12, 10 }, "Igen");
	step(h, BOLIG, hearing_ask);
	m = reply(h, AUTHORITY, true, "receipt/mail/3", true, ACTION_UNDO,
	    NULL);
	assert_string_equal(look(h, "SELECT state FROM hearing"
	    " WHERE slug = '" BOLIG "'"), "asked");
	house_close(h);
}

static void
a_member_adds_or_replaces_by_her_own_word(void **state)
{
	struct house *h = asked("Hvad mener I?");

	(void)state;
	(void)says(h, AASE, BOLIG, "Flere boliger");
	(void)says(h, AASE, BOLIG, "Og flere bænke");
	assert_int_equal(number(h, "SELECT count(*) FROM contribution"
	    " WHERE replaced_by IS NULL"), 2);
	(void)says(h, AASE, BOLIG, "Glem mit tidligere: Billigere boliger");
	assert_int_equal(number(h, "SELECT count(*) FROM contribution"
	    " WHERE replaced_by IS NULL"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM contribution"), 3);
	(void)reply(h, AASE, true, "receipt/mail/4", true, ACTION_UNDO, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM contribution"
	    " WHERE replaced_by IS NULL"), 2);
	house_close(h);
}

static void
a_long_contribution_is_kept_whole_and_goes_as_a_file(void **state)
{
	struct house *h = asked("Hvad mener I?");
	char *words = arena_alloc(h->arena, 300001);
	const char *text;

	(void)state;
	memset(words, 'a', 300000);
	for (size_t i = 60; i < 300000; i += 61)
		words[i] = i % 610 == 0 ? '\n' : ' ';
	(void)says(h, MB, BOLIG, words);
	(void)says(h, AASE, BOLIG, "Flere boliger");
	assert_int_equal(number(h, "SELECT max(length(words))"
	    " FROM contribution"), 300000);
	step(h, BOLIG, hearing_compile);
	text = look(h, "SELECT text FROM letter_raw JOIN letter"
	    " USING (letter_id) WHERE key LIKE 'hearing-draft/%'");
	assert_non_null(strstr(text, "vedlagt som bilag 1."));
	assert_non_null(strstr(text, "Flere boliger"));
	assert_int_equal(number(h, "SELECT instr(raw, 'bilag-1.txt') > 0"
	    " FROM letter_raw JOIN letter USING (letter_id)"
	    " WHERE key LIKE 'hearing-draft/%'"), 1);
	house_close(h);
}

static void
nothing_said_is_an_answer_too(void **state)
{
	struct house *h = asked("Hvad mener I?");

	(void)state;
	step(h, BOLIG, hearing_compile);
	assert_non_null(strstr(look(h, "SELECT words FROM hearing_draft"),
	    "ingen bemærkninger"));
	house_close(h);
}

static void
what_comes_late_or_to_a_closed_hearing_is_shown_and_kept(void **state)
{
	struct house *h = asked("Hvad mener I?");

	(void)state;
	step(h, BOLIG, hearing_compile);
	(void)says(h, AASE, BOLIG, "Lidt sent");
	assert_int_equal(number(h, "SELECT late FROM contribution"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'hearing-late/%'"), 2);
	assert_non_null(strstr(letter(h, "receipt/mail/2"),
	    "kom efter fristen"));
	assert_null(strstr(look(h, "SELECT words FROM hearing_draft"),
	    "Lidt sent"));
	house_close(h);
}

static void
somebody_outside_answers_for_himself(void **state)
{
	struct house *h = asked("Foreningerne høres også: a@forening.example,"
	    " plan2@staden.example");
	struct sent_mail m;

	(void)state;
	/* the authority's own people are no party */
	assert_string_equal(look(h, "SELECT group_concat(email)"
	    " FROM hearing_party"), "a@forening.example");
	assert_string_not_equal(letter(h,
	    "hearing-party/1/a@forening.example"), "");
	m = says(h, "b@forening.example", BOLIG, "Ikke spurgt");
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	(void)says(h, "a@forening.example", BOLIG, "Vores eget svar");
	assert_string_equal(look(h, "SELECT role FROM contribution"), "party");
	assert_int_equal(number(h, "SELECT due_at FROM letter WHERE key LIKE"
	    " 'hearing-party-answer/%' LIMIT 1"), NOW + HEARING_STOP_S);
	/* taken back in time, it reaches nobody */
	(void)reply(h, "a@forening.example", true, "receipt/mail/3", true,
	    ACTION_UNDO, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key LIKE"
	    " 'hearing-party-answer/%' AND state = 0"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM contribution"), 0);
	(void)says(h, "a@forening.example", BOLIG, "Vores eget svar");
	step(h, BOLIG, hearing_compile);
	assert_null(strstr(look(h, "SELECT words FROM hearing_draft"),
	    "Vores eget svar"));
	house_close(h);
}

static void
a_citizens_view_is_noted_for_the_secretary_alone(void **state)
{
	struct house *h = asked("Hvad mener I?");

	(void)state;
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_HUMAN,
	    .reason = "hearing-citizen", .hearing = BOLIG,
	    .sender = { .email = "ida@mail.example", .verified = true },
	    .body = "udsatteraad", .text = "Flere bænke" });
	assert_string_equal(look(h, "SELECT role FROM contribution"),
	    "other");
	step(h, BOLIG, hearing_compile);
	assert_null(strstr(look(h, "SELECT words FROM hearing_draft"),
	    "Flere bænke"));
	house_close(h);
}

static enum rc
tell(struct hearing_work *w, struct err *err)
{
	return hearing_overview(w, "test", 0, err);
}

static void
only_the_address_that_asked_reads_who_has_answered(void **state)
{
	struct house *h = asked("Hvad mener I?");
	struct sent_mail m;

	(void)state;
	(void)says(h, AASE, BOLIG, "KANARIE");
	m = act(h, "other@staden.example", true, (struct action){
	    .kind = ACTION_HEARING_STATUS, .hearing = BOLIG });
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = act(h, AUTHORITY, false, (struct action){
	    .kind = ACTION_HEARING_STATUS, .hearing = BOLIG });
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = act(h, AUTHORITY, true, (struct action){
	    .kind = ACTION_HEARING_STATUS, .hearing = BOLIG });
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'hearing-overview/%'"), 1);
	step(h, BOLIG, tell);
	assert_null(strstr(letter(h, "hearing-overview/1/test"), "KANARIE"));
	assert_null(strstr(letter(h, "hearing-overview/1/test"), AASE));
	house_close(h);
}

static void
a_year_is_counted_for_the_report(void **state)
{
	struct house *h = asked("Rådet skal høres.");
	struct hearing_count count;
	struct err err = { "" };

	(void)state;
	(void)opens(h, "Trafik", (struct date){ 2026, 12, 10 }, "Frivilligt");
	assert_int_equal(hearing_count(h->store, "udsatteraad", NOW - 1,
	    NOW + 1, &count, &err), RC_OK);
	assert_int_equal(count.asked, 2);
	assert_int_equal(count.statutory, 1);
	assert_int_equal(count.answered, 0);
	assert_int_equal(hearing_count(h->store, "udsatteraad", NOW + 1,
	    NOW + 2, &count, &err), RC_OK);
	assert_int_equal(count.asked, 0);
	house_close(h);
}

/* «People before process»: told at once, with numbers to call, and in nothing
 * that members read. */
static void
distress_goes_to_the_secretary_and_nowhere_else(void **state)
{
	struct house *h = asked("Hvad mener I?");

	(void)state;
	h->subject = "Min kontanthjælp KANARIE";
	h->council.now_at = NOW + 14 * 3600;	/* eleven at night */
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_HUMAN,
	    .reason = "distress", .distress = true, .hearing = BOLIG,
	    .sender = { .email = "rikke@mail.example", .verified = true,
	    .name = "Rikke Kanarie" }, .body = "udsatteraad",
	    .text = "Jeg kan ikke mere. KANARIE" });
	assert_non_null(strstr(letter(h, "receipt/mail/2"), "70 20 12 01"));
	assert_null(strstr(letter(h, "receipt/mail/2"), "KANARIE"));
	assert_non_null(strstr(letter(h, "notice/mail/2/distress"),
	    "mekr@fjordby.example|Haster"));
	assert_null(strstr(letter(h, "notice/mail/2/distress"), "KANARIE"));
	assert_int_equal(number(h, "SELECT max(due_at - made_at + class)"
	    " FROM letter WHERE mail_id = 2"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE mail_id = 2"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM contribution"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM item"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM journal"
	    " WHERE mail_id = 2"), 0);
	/* what stands in the daily mail says a number and no more: the chair
	 * may read it */
	assert_int_equal(number(h, "SELECT count(*) FROM decision"
	    " WHERE kind = 'mail-waiting' AND (label LIKE '%KANARIE%'"
	    " OR label LIKE '%rikke%' OR coalesce(words, '') <> '')"), 0);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_authority_that_nobody_vouches_for_opens_nothing),
		cmocka_unit_test(a_deadline_is_read_to_the_minute),
		cmocka_unit_test(
		    too_little_time_goes_to_the_chair_who_asks_for_more),
		cmocka_unit_test(two_hearings_of_one_name_have_two_ids),
		cmocka_unit_test(
		    an_authority_takes_its_hearing_back_until_it_is_asked),
		cmocka_unit_test(a_member_adds_or_replaces_by_her_own_word),
		cmocka_unit_test(
		    a_long_contribution_is_kept_whole_and_goes_as_a_file),
		cmocka_unit_test(nothing_said_is_an_answer_too),
		cmocka_unit_test(
		    what_comes_late_or_to_a_closed_hearing_is_shown_and_kept),
		cmocka_unit_test(somebody_outside_answers_for_himself),
		cmocka_unit_test(
		    a_citizens_view_is_noted_for_the_secretary_alone),
		cmocka_unit_test(
		    only_the_address_that_asked_reads_who_has_answered),
		cmocka_unit_test(a_year_is_counted_for_the_report),
		cmocka_unit_test(
		    distress_goes_to_the_secretary_and_nowhere_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
