/* SPDX-License-Identifier: MIT */
/* What our letters promise is gone on its day, and nothing is left of it in
 * any file of the database. */
#include "test.h"

#include <dirent.h>

#include "../council/house.h"
#include "base/date.h"
#include "calendar/nightly.h"
#include "store/application.h"
#include "store/letter.h"

#define DAY ((int64_t)86400)
#define CANARY "kanariefuglen"
#define APPLICANT "rikke@mail.example"
#define NOMINEE "per." CANARY "@mail.example"

static const struct nightly_rules rules = { 180, 90, 30 };

/* The night after `days` days, as the engine does it. */
static void
night(struct house *h, int days)
{
	struct err err = { "" };
	bool more = true;

	h->council.now_at = date_at(date_add_days(date_local(NOW).day, days),
	    3, 0);
	h->outbox.now_at = h->council.now_at;
	for (int i = 0; more && i < 50; i++) {
		enum rc rc;

		assert_int_equal(store_begin(h->store, &err), RC_OK);
		assert_int_equal(world_load(h->store, h->arena,
		    h->council.now_at, &h->world, &err), RC_OK);
		rc = nightly_run(&h->council, h->arena, &rules, &more, &err);
		if (rc != RC_OK)
			print_error("%d %s\n", rc, err.text);
		assert_int_equal(rc, RC_OK);
		assert_int_equal(store_commit(h->store, &err), RC_OK);
	}
	assert_false(more);
	assert_int_equal(store_scrub(h->store, &err), RC_OK);
}

static bool
file_has(const char *path, const char *words)
{
	FILE *file = fopen(path, "re");
	size_t want = strlen(words), have = 0;
	bool found = false;
	int c;

	assert_non_null(file);
	/* the first letter of the canary comes once in it: no need to go
	 * back */
	while (!found && (c = getc(file)) != EOF) {
		have = c == words[have] ? have + 1 : c == words[0] ? 1 : 0;
		found = have == want;
	}
	(void)fclose(file);
	return found;
}

/* In how many files of the database these words are. */
static int
files_with(struct house *h, const char *words)
{
	DIR *dir = opendir(h->place.folder);
	struct dirent *e;
	int n = 0;

	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL)
		if (e->d_name[0] != '.')
			n += file_has(arena_printf(h->arena, "%s/%s",
			    h->place.folder, e->d_name), words);
	(void)closedir(dir);
	return n;
}

/* What the dispatch would have done by then. */
static void
all_sent(struct house *h)
{
	struct letter_row *rows;
	struct err err = { "" };
	size_t n;

	assert_int_equal(letter_due(h->store, h->arena, INT64_MAX / 2, 1000,
	    &rows, &n, &err), RC_OK);
	for (size_t i = 0; i < n; i++)
		for (int s = LETTER_SENDING; s <= LETTER_SENT; s++)
			assert_int_equal(letter_move(h->store,
			    rows[i].letter_id, (enum letter_state)s,
			    h->council.now_at, 0, "250 ok", &err), RC_OK);
}

static void
nominate(struct house *h, const char *email)
{
	(void)act(h, APPLICANT, true, (struct action){
	    .kind = ACTION_NOMINATION, .body = "udsatteraad",
	    .name = "Per Kolibri", .email = email, .by = APPLICANT,
	    .text = "Per " CANARY " vil gerne" });
	all_sent(h);
}

static void
apply(struct house *h)
{
	(void)act(h, APPLICANT, true, (struct action){
	    .kind = ACTION_APPLICATION, .body = "udsatteraad",
	    .name = "Rikke " CANARY, .email = APPLICANT,
	    .text = "Jeg er " CANARY });
	all_sent(h);
}

static void
a_nomination_without_an_answer_is_gone_after_thirty_days(void **state)
{
	struct house *h = house_open();

	(void)state;
	h->subject = "Om " CANARY;
	nominate(h, NOMINEE);
	h->subject = NULL;
	(void)act(h, "aase@mail.example", true, (struct action){
	    .kind = ACTION_NOMINATION, .body = "udsatteraad",
	    .name = "Ib Kolibri", .by = "aase@mail.example",
	    .text = "Ib " CANARY " har ingen adresse" });
	all_sent(h);
	night(h, 29);
	assert_int_equal(number(h, "SELECT count(*) FROM nomination"
	    " WHERE state = 'ended'"), 0);
	assert_true(files_with(h, CANARY) > 0);
	night(h, 30);
	assert_int_equal(number(h, "SELECT count(*) FROM nomination WHERE"
	    " state = 'ended' AND name IS NULL AND words IS NULL AND email IS"
	    " NULL"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM journal WHERE label"
	    " IS NOT NULL"), 0);
	/* neutral, once, in the morning */
	assert_non_null(strstr(letter(h, "nomination/1/ended"),
	    APPLICANT "|"));
	assert_null(strstr(letter(h, "nomination/1/ended"), "Kolibri"));
	assert_string_not_equal(letter(h, "nomination/2/ended"), "");
	assert_string_not_equal(letter(h, "notice/nomination/2/ended"), "");
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE due_at"
	    " < made_at + 3 * 3600 AND key LIKE '%ended'"), 0);
	assert_int_equal(files_with(h, CANARY), 0);
	assert_int_equal(files_with(h, "Kolibri"), 0);
	night(h, 31);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE '%ended'"), 4);
	house_close(h);
}

static void
an_application_is_listed_a_week_ahead_and_goes_on_its_day(void **state)
{
	struct house *h = house_open();
	const char *list;

	(void)state;
	apply(h);
	assert_non_null(strstr(letter(h, "receipt/mail/1"), "senest"));
	assert_non_null(strstr(letter(h, "receipt/mail/1"), "4. maj 2027"));
	night(h, 172);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'notice/retention%'"), 0);
	night(h, 173);
	night(h, 174);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'notice/retention%'"), 1);
	list = look(h, "SELECT text FROM letter JOIN letter_raw USING"
	    " (letter_id) WHERE key LIKE 'notice/retention%'");
	assert_non_null(strstr(list, "nummer 1: tirsdag den 4. maj 2027"));
	assert_null(strstr(list, CANARY));
	night(h, 179);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 1);
	assert_true(files_with(h, CANARY) > 0);
	night(h, 180);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 0);
	assert_int_equal(number(h, "SELECT n FROM application_count"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM journal WHERE"
	    " by_email IS NOT NULL"), 0);
	assert_int_equal(files_with(h, CANARY), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM mail"), 1);
	house_close(h);
}

static void
a_consented_nomination_is_kept_until_the_day_of_its_receipt(void **state)
{
	struct house *h = house_open();

	(void)state;
	nominate(h, NOMINEE);
	h->council.now_at += 10 * DAY;
	(void)reply(h, NOMINEE, true, "consent/nomination/1", true,
	    ACTION_CONSENT, NULL);
	all_sent(h);
	night(h, 60);
	night(h, 182);
	assert_int_equal(number(h, "SELECT count(*) FROM nomination WHERE"
	    " state = 'consented'"), 1);
	night(h, 183);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'notice/retention%'"), 1);
	night(h, 190);
	assert_int_equal(number(h, "SELECT count(*) FROM nomination"), 0);
	house_close(h);
}

static void
whoever_was_given_a_seat_is_not_erased(void **state)
{
	struct house *h = house_open();
	struct err err = { "" };

	(void)state;
	apply(h);
	assert_int_equal(application_move(h->store, 1, APPLICATION_ACCEPTED,
	    &err), RC_OK);
	night(h, 400);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM mail_raw"), 0);
	house_close(h);
}

static void
an_undone_application_leaves_nothing_the_night_after(void **state)
{
	struct house *h = house_open();

	(void)state;
	apply(h);
	(void)reply(h, APPLICANT, true, "receipt/mail/1", true, ACTION_UNDO,
	    NULL);
	all_sent(h);
	night(h, 1);
	assert_int_equal(files_with(h, CANARY), 0);
	house_close(h);
}

static void
logs_and_questions_go_by_their_class(void **state)
{
	struct house *h = house_open();

	(void)state;
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_ASK,
	    .reason = "which-meeting", .body = "udsatteraad",
	    .sender = { .email = "mb@center.example", .verified = true,
	    .by = "dmarc=pass" }, .text = "afbud", .pending =
	    &(struct action){ .kind = ACTION_ABSENCE, .part = -1,
	    .person = "mb@center.example",
	    .meeting = "udsatteraad/2026-11-26" }, .n_pending = 1 });
	all_sent(h);
	assert_int_equal(number(h, "SELECT count(*) FROM pending"), 1);
	night(h, 1);
	assert_int_equal(number(h, "SELECT count(*) FROM answered"), 1);
	night(h, 3);
	assert_int_equal(number(h, "SELECT count(*) FROM answered"), 0);
	night(h, 36);
	assert_int_equal(number(h, "SELECT count(*) FROM pending"), 1);
	night(h, 38);
	assert_int_equal(number(h, "SELECT count(*) FROM pending"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM pending_action"), 0);
	assert_true(number(h, "SELECT count(*) FROM sent") > 0);
	night(h, 91);
	assert_int_equal(number(h, "SELECT count(*) FROM sent"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM mail_raw"), 1);
	night(h, 181);
	assert_int_equal(number(h, "SELECT count(*) FROM mail_raw"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE to_email"
	    " <> '' OR token IS NOT NULL"), 0);
	house_close(h);
}

static void
a_night_is_once_a_day_and_in_small_steps(void **state)
{
	struct house *h = house_open();
	struct err err = { "" };
	bool more;
	int64_t at = date_at((struct date){ 2026, 12, 1 }, 2, 59);

	(void)state;
	assert_int_equal(nightly_next(at), at + 60);
	assert_int_equal(nightly_next(at + 60), at + 60 + DAY);
	for (int i = 0; i < 250; i++)
		apply(h);
	h->council.now_at = h->outbox.now_at = NOW + 181 * DAY;
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(nightly_run(&h->council, h->arena, &rules,
		    &more, &err), RC_OK);
		assert_true(more);
	}
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 150);
	night(h, 181);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM due_done"), 1);
	house_close(h);
}

/* A place ended; two years later the person is forgotten, with the accepted
 * application; the one who is still there is not. */
static void
people_go_two_years_after_their_place(void **state)
{
	struct house *h = house_open();
	sqlite3 *db;

	(void)state;
	(void)act(h, "aase@mail.example", true, (struct action){
	    .kind = ACTION_SUBSCRIBE, .body = "integrationsraad",
	    .email = "aase@mail.example" });
	(void)act(h, "aase@mail.example", true, (struct action){
	    .kind = ACTION_UNSUBSCRIBE, .body = "integrationsraad",
	    .email = "aase@mail.example" });
	all_sent(h);
	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, arena_printf(h->arena, "UPDATE"
	    " place SET until_day = %d WHERE person_id = (SELECT person_id"
	    " FROM person WHERE email = 'aase@mail.example')",
	    (int)date_to_days(date_local(NOW).day)), NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	night(h, 179);
	assert_int_equal(number(h, "SELECT count(*) FROM subscription"), 1);
	night(h, 181);
	assert_int_equal(number(h, "SELECT count(*) FROM subscription"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE '%@%' AND made_at <= " "1793865600"), 0);
	night(h, 729);
	assert_int_equal(number(h, "SELECT count(*) FROM person WHERE email"
	    " = 'aase@mail.example'"), 1);
	night(h, 732);
	assert_int_equal(number(h, "SELECT count(*) FROM person WHERE email"
	    " = 'aase@mail.example'"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM person WHERE email"
	    " = 'mb@center.example'"), 1);
	/* that it went is on record, not who */
	assert_int_equal(number(h, "SELECT count(*) FROM journal WHERE deed ="
	    " 'retention' AND about LIKE 'people %'"), 1);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_go_two_years_after_their_place),
		cmocka_unit_test(
		    a_nomination_without_an_answer_is_gone_after_thirty_days),
		cmocka_unit_test(
		    an_application_is_listed_a_week_ahead_and_goes_on_its_day),
		cmocka_unit_test(
		    a_consented_nomination_is_kept_until_the_day_of_its_receipt),
		cmocka_unit_test(whoever_was_given_a_seat_is_not_erased),
		cmocka_unit_test(
		    an_undone_application_leaves_nothing_the_night_after),
		cmocka_unit_test(logs_and_questions_go_by_their_class),
		cmocka_unit_test(a_night_is_once_a_day_and_in_small_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
