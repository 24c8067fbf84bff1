/* SPDX-License-Identifier: MIT */
/* Somebody asks to see, or to have erased, what is kept: the secretary's word,
 * the night, and what is left in the files of the database. */
#include "test.h"

#include <dirent.h>

#include "year.h"

#include "calendar/nightly.h"
#include "council/data.h"
#include "council/decision_letter.h"
#include "store/erasure.h"
#include "store/letter.h"

#define SECRETARY "mekr@fjordby.example"
#define CANARY "kanariefugl"
#define EMAIL "kaja." CANARY "@mail.example"
#define NAME "Kaja Kanariefugl"

static const struct nightly_rules rules = { 180, 90, 30 };

static bool
file_has(const char *path, const char *words)
{
	FILE *file = fopen(path, "re");
	size_t want = strlen(words), have = 0;
	bool found = false;
	int c;

	assert_non_null(file);
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
night(struct house *h, int days)
{
	struct err err = { "" };
	bool more = true;

	h->council.now_at = date_at(date_add_days(date_local(NOW).day, days),
	    3, 0);
	h->outbox.now_at = h->council.now_at;
	while (more) {
		assert_int_equal(store_begin(h->store, &err), RC_OK);
		assert_int_equal(world_load(h->store, h->arena,
		    h->council.now_at, &h->world, &err), RC_OK);
		if (nightly_run(&h->council, h->arena, &rules, &more, &err) !=
		    RC_OK)
			print_error("%s\n", err.text);
		assert_int_equal(store_commit(h->store, &err), RC_OK);
	}
	assert_int_equal(store_scrub(h->store, &err), RC_OK);
}

/* A member of the council, who applies, contributes, subscribes, speaks. */
static struct house *
house_of_one(void)
{
	static const struct file_place places[] = {
		{ .name = NAME, .email = EMAIL, .role = ROLE_MEMBER,
		    .seat = "user" },
		{ .name = "Mette Krogh", .email = SECRETARY,
		    .role = ROLE_SECRETARY },
	};
	static const struct file_body one = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.address = "udsatteraad@fjordby.example",
		.takes_applications = true, .places = places, .n_places = 2,
		.has_places = true };
	static const struct action said[] = {
		{ .kind = ACTION_ATTENDANCE, .person = EMAIL,
		    .meeting = "udsatteraad/2026-11-26" },
		{ .kind = ACTION_AGENDA_ITEM, .body = "udsatteraad",
		    .meeting = "udsatteraad/2026-11-26", .title = CANARY,
		    .text = "Om " CANARY },
		{ .kind = ACTION_IDEA, .body = "udsatteraad", .title = CANARY,
		    .text = "Om " CANARY },
		{ .kind = ACTION_APPLICATION, .body = "integrationsraad",
		    .name = NAME, .email = EMAIL, .text = "Jeg, " CANARY },
		{ .kind = ACTION_NOMINATION, .body = "integrationsraad",
		    .name = "Per Holm", .email = "per@mail.example",
		    .by = EMAIL, .text = "Per" },
		{ .kind = ACTION_HEARING_COMMENT, .body = "udsatteraad",
		    .hearing = "udsatteraad/h/bolig", .person = EMAIL,
		    .text = "Boliger til " CANARY },
		{ .kind = ACTION_MINUTES_COMMENT, .person = EMAIL,
		    .meeting = "udsatteraad/2026-11-26",
		    .text = "Punkt 2, " CANARY },
		{ .kind = ACTION_RANKING, .body = "udsatteraad",
		    .person = EMAIL, .order = "BA" },
		{ .kind = ACTION_SUBSCRIBE, .body = "integrationsraad",
		    .email = EMAIL },
		{ .kind = ACTION_READER_CHOICE, .to = "large",
		    .email = EMAIL },
	};
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &one, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, NOW, &h->world, &err),
	    RC_OK);
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		assert_int_equal(act(h, EMAIL, true, said[i]).end.outcome,
		    OUTCOME_ACT);
	/* somebody else speaks of her */
	(void)act(h, SECRETARY, true, (struct action){
	    .kind = ACTION_SUBSTITUTE, .person = SECRETARY,
	    .substitute = NAME, .meeting = "udsatteraad/2026-11-26" });
	return h;
}

static const char *
decision_mail(struct house *h)
{
	struct err err = { "" };

	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(decision_mail_send(&h->council, h->arena,
	    &(struct decision_mail){ .body = world_body(&h->world,
	    "udsatteraad"), .day = "2026-11-05" }, &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return look(h, "SELECT message_id FROM letter WHERE key LIKE"
	    " 'decision/udsatteraad/%'");
}

static struct sent_mail
decides(struct house *h, const char *kind, const char *choice)
{
	const char *ref = decision_mail(h);

	return act(h, SECRETARY, true, (struct action){
	    .kind = ACTION_DECIDE, .body = "udsatteraad", .ref = ref,
	    .choice = choice, .text = "Fordi.", .point = (int)number(h,
	    arena_printf(h->arena, "SELECT number FROM decision_shown JOIN"
	    " decision USING (decision_id) WHERE kind = '%s'", kind)) });
}

static void
asks(struct house *h, enum action_kind kind)
{
	assert_int_equal(act(h, EMAIL, true, (struct action){ .kind = kind,
	    .body = "udsatteraad" }).end.outcome, OUTCOME_ACT);
}

static void
what_is_erased_is_in_no_file_and_the_letter_is_the_last(void **state)
{
	struct house *h = house_of_one();
	struct import_change *changes;
	struct err err = { "" };
	bool is;
	size_t n;

	(void)state;
	asks(h, ACTION_DATA_ERASE);
	assert_int_equal(decides(h, "data-erase", "yes").end.outcome,
	    OUTCOME_ACT);
	all_sent(h);
	assert_true(files_with(h, CANARY) > 0);
	night(h, 1);
	/* the address alone, for the letter */
	assert_int_equal(files_with(h, "Kanariefugl"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE"
	    " to_email = '" EMAIL "' AND state = 0"), 1);
	assert_non_null(strstr(letter(h, "data-erased/1"),
	    "Det er gjort."));
	all_sent(h);
	night(h, 2);
	assert_int_equal(files_with(h, CANARY), 0);
	assert_int_equal(files_with(h, NAME), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM erasure WHERE"
	    " done_at IS NOT NULL AND email IS NULL"), 1);
	/* of others all is there */
	assert_string_equal(look(h, "SELECT email FROM nomination"),
	    "per@mail.example");
	/* nor does the list of members bring her back */
	assert_int_equal(erasure_is(h->store, EMAIL, &is, &err), RC_OK);
	assert_true(is);
	assert_int_equal(erasure_is(h->store, "per@mail.example", &is, &err),
	    RC_OK);
	assert_false(is);
	{
		static const struct file_place her[] = {
			{ .name = NAME, .email = EMAIL, .role = ROLE_MEMBER },
		};
		static const struct file_body body = {
			.slug = "integrationsraad", .kind = BODY_COUNCIL,
			.name = "Integrationsr\xc3\xa5" "det",
			.takes_applications = true, .places = her,
			.n_places = 1, .has_places = true };

		assert_int_equal(import_apply(h->store, h->arena,
		    &(struct council_file){ .bodies = &body, .n_bodies = 1 },
		    NOW, &changes, &n, &err), RC_OK);
	}
	assert_int_equal(number(h, "SELECT count(*) FROM person WHERE email ="
	    " '" EMAIL "'"), 0);
	house_close(h);
}

static void
her_yes_is_taken_back_until_the_night(void **state)
{
	struct house *h = house_of_one();
	struct sent_mail m;
	const char *before;

	(void)state;
	asks(h, ACTION_DATA_ERASE);
	before = dump(h);
	m = decides(h, "data-erase", "yes");
	assert_int_equal(number(h, "SELECT count(*) FROM erasure"), 1);
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id), true, ACTION_UNDO,
	    NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM erasure"), 0);
	night(h, 1);
	assert_string_equal(dump(h), before);
	house_close(h);
}

static void
a_no_says_why_and_where_to_complain(void **state)
{
	struct house *h = house_of_one();
	const char *text;

	(void)state;
	asks(h, ACTION_DATA_ERASE);
	(void)decides(h, "data-erase", "no");
	text = look(h, "SELECT text FROM letter JOIN letter_raw"
	    " USING (letter_id) WHERE key LIKE 'data/%' AND due_at = made_at"
	    " + 600 AND to_email = '" EMAIL "'");
	assert_non_null(strstr(text, "Fordi."));
	assert_non_null(strstr(text, "datatilsynet.dk"));
	night(h, 1);
	assert_int_equal(number(h, "SELECT count(*) FROM erasure"), 0);
	house_close(h);
}

static void
the_file_has_all_of_her_and_nothing_of_others(void **state)
{
	struct house *h = house_of_one();
	struct err err = { "" };
	const char *text;

	(void)state;
	asks(h, ACTION_DATA_ACCESS);
	(void)decides(h, "data-access", "yes");
	assert_int_equal(number(h, "SELECT count(*) FROM letter JOIN"
	    " letter_raw USING (letter_id) WHERE key LIKE 'data/%' AND"
	    " to_email = '" EMAIL "' AND instr(raw,"
	    " 'det-vi-har-gemt.txt') > 0"), 1);
	assert_int_equal(data_file(h->store, h->arena, EMAIL, "da", NOW,
	    &text, &err), RC_OK);
	assert_non_null(strstr(text, NAME));
	assert_non_null(strstr(text, "## Dine ans\xc3\xb8gninger\n"));
	assert_non_null(strstr(text, "Jeg, " CANARY));
	assert_non_null(strstr(text, "Boliger til " CANARY));
	assert_non_null(strstr(text, "## Mails til dig\n"));
	assert_non_null(strstr(text, "udsatteraad/2026-11-26: comes"));
	assert_null(strstr(text, "(null)"));
	assert_null(strstr(text, "aase@mail.example"));
	assert_int_equal(data_file(h->store, h->arena, "nobody@mail.example",
	    "da", NOW, &text, &err), RC_OK);
	assert_non_null(strstr(text, "Vi har ikke gemt noget"));
	house_close(h);
}

static void
she_is_reminded_on_day_14_and_25_until_she_answers(void **state)
{
	struct house *h = house_of_one();

	(void)state;
	asks(h, ACTION_DATA_ACCESS);
	night(h, 13);
	assert_int_equal(letters(h, "data-due/"), 0);
	night(h, 14);
	assert_int_equal(letters(h, "data-due/"), 1);
	night(h, 15);
	assert_int_equal(letters(h, "data-due/"), 1);
	night(h, 25);
	assert_int_equal(letters(h, "data-due/"), 2);
	night(h, 40);
	assert_int_equal(letters(h, "data-due/"), 2);
	assert_null(strstr(look(h, "SELECT text FROM letter JOIN letter_raw"
	    " USING (letter_id) WHERE key LIKE 'data-due/%'"), CANARY));
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_is_erased_is_in_no_file_and_the_letter_is_the_last),
		cmocka_unit_test(her_yes_is_taken_back_until_the_night),
		cmocka_unit_test(a_no_says_why_and_where_to_complain),
		cmocka_unit_test(
		    the_file_has_all_of_her_and_nothing_of_others),
		cmocka_unit_test(
		    she_is_reminded_on_day_14_and_25_until_she_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
