/* SPDX-License-Identifier: MIT */
/* The outbox: once under its key, in order, through every crash. */
#include "test.h"

#include <sqlite3.h>

#include "base/arena.h"
#include "place.h"
#include "store/letter.h"
#include "store/world.h"

static int64_t
add(struct store *store, const char *key, enum letter_class class,
    int64_t due_at, enum rc want)
{
	char id[64], token[32];
	struct err err;
	int64_t letter_id = 0;

	(void)snprintf(id, sizeof id, "<%s@fjordby.example>", key);
	(void)snprintf(token, sizeof token, "abcdefghijklmnopqrstuvwx%02d",
	    22 + key[strlen(key) - 1] % 50);
	assert_int_equal(letter_add(store, &(struct letter_new){ .key = key,
	    .kind = LETTER_RECEIPT, .class = class, .from = "",
	    .to = "a@b.example", .message_id = id, .token = token,
	    .subject = "Kvittering", .text = "Ordene",
	    .raw = { (const unsigned char *)"bytes", 5 }, .made_at = 100,
	    .due_at = due_at }, &letter_id, &err), want);
	return letter_id;
}

static void
move(struct store *store, int64_t id, enum letter_state to, enum rc want)
{
	struct err err;

	assert_int_equal(letter_move(store, id, to, 200, 0, NULL, &err),
	    want);
}

static void
a_letter_is_made_once_under_its_key(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	size_t n[LETTER_STATES];
	struct err err;

	(void)state;
	(void)add(store, "receipt/1", LETTER_ANSWER, 100, RC_OK);
	(void)add(store, "receipt/1", LETTER_ANSWER, 100, RC_NONE);
	assert_int_equal(letter_count(store, n, &err), RC_OK);
	assert_int_equal(n[LETTER_QUEUED], 1);
	store_close(&store);
	place_close(&place);
}

static void
urgent_letters_go_first_and_none_before_its_time(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct arena *arena = arena_open();
	struct letter_row *rows;
	struct err err;
	int64_t at;
	size_t n;

	(void)state;
	assert_int_equal(letter_next_due(store, &at, &err), RC_NONE);
	(void)add(store, "bulk1", LETTER_BULK, 100, RC_OK);
	(void)add(store, "answer2", LETTER_ANSWER, 100, RC_OK);
	(void)add(store, "answer3", LETTER_ANSWER, 90, RC_OK);
	(void)add(store, "urgent4", LETTER_URGENT, 100, RC_OK);
	(void)add(store, "urgent5", LETTER_URGENT, 500, RC_OK);
	assert_int_equal(letter_due(store, arena, 100, 10, &rows, &n, &err),
	    RC_OK);
	assert_int_equal(n, 4);
	assert_string_equal(rows[0].key, "urgent4");
	assert_string_equal(rows[1].key, "answer3");
	assert_string_equal(rows[2].key, "answer2");
	assert_string_equal(rows[3].key, "bulk1");
	assert_int_equal(rows[0].raw.n, 5);
	assert_int_equal(letter_due(store, arena, 100, 2, &rows, &n, &err),
	    RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(letter_next_due(store, &at, &err), RC_OK);
	assert_int_equal(at, 90);
	arena_close(&arena);
	store_close(&store);
	place_close(&place);
}

static void
a_step_that_is_not_in_its_life_is_refused(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	int64_t id = add(store, "k1", LETTER_ANSWER, 100, RC_OK);

	(void)state;
	move(store, id, LETTER_SENT, RC_STOP);
	move(store, id, LETTER_SENDING, RC_OK);
	move(store, id, LETTER_DOT, RC_OK);
	move(store, id, LETTER_QUEUED, RC_STOP);
	move(store, id, LETTER_SENT, RC_OK);
	move(store, id, LETTER_QUEUED, RC_STOP);
	move(store, 99, LETTER_SENDING, RC_STOP);
	store_close(&store);
	place_close(&place);
}

static void
after_a_crash_only_a_letter_at_its_dot_is_uncertain(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct arena *arena = arena_open();
	int64_t a = add(store, "k1", LETTER_ANSWER, 100, RC_OK);
	int64_t b = add(store, "k2", LETTER_ANSWER, 100, RC_OK);
	int64_t c = add(store, "k3", LETTER_ANSWER, 100, RC_OK);
	size_t queued, uncertain;
	struct letter_row row;
	struct err err;

	(void)state;
	move(store, a, LETTER_SENDING, RC_OK);
	move(store, b, LETTER_SENDING, RC_OK);
	move(store, b, LETTER_DOT, RC_OK);
	store_close(&store);
	store = place_store(&place);
	assert_int_equal(letter_recover(store, 300, &queued, &uncertain,
	    &err), RC_OK);
	assert_int_equal(queued, 1);
	assert_int_equal(uncertain, 1);
	assert_int_equal(letter_load(store, arena, a, &row, &err), RC_OK);
	assert_int_equal(row.state, LETTER_QUEUED);
	assert_int_equal(row.attempts, 1);
	assert_int_equal(letter_load(store, arena, b, &row, &err), RC_OK);
	assert_int_equal(row.state, LETTER_UNCERTAIN);
	assert_int_equal(letter_load(store, arena, c, &row, &err), RC_OK);
	assert_int_equal(row.state, LETTER_QUEUED);
	assert_int_equal(row.attempts, 0);
	arena_close(&arena);
	store_close(&store);
	place_close(&place);
}

static void
a_letter_is_found_by_id_token_and_the_words_of_an_answer(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct arena *arena = arena_open();
	struct mail_address to = { NULL,
	    "raadspost+abcdefghijklmnopqrstuvwx22@fjordby.example" };
	const char *reference = "<k2@fjordby.example>";
	struct mail mail = { .references = &reference, .n_references = 1,
	    .text = "svar: ABCDEFGHIJKLMNOPQRSTUVWX24." };
	struct world world = { 0 };
	struct letter_row row;
	struct err err;

	(void)state;
	for (char key[] = "k1"; key[1] <= '4'; key[1]++)
		(void)add(store, key, LETTER_ANSWER, 100, RC_OK);
	assert_int_equal(letter_by_message_id(store, arena,
	    "<k3@fjordby.example>", &row, &err), RC_OK);
	assert_string_equal(row.key, "k3");
	assert_int_equal(letter_by_token(store, arena,
	    "ABCDEFGHIJKLMNOPQRSTUVWX22", &row, &err), RC_OK);
	assert_string_equal(row.key, "k2");
	assert_int_equal(letter_by_token(store, arena, "x", &row, &err),
	    RC_NONE);
	mail.to = (struct mail_addresses){ &to, 1 };
	assert_int_equal(world_load_sent(store, arena, &mail, &world, &err),
	    RC_OK);
	assert_int_equal(world.n_sent, 2);
	assert_string_equal(world.sent[1].message_id, "<k4@fjordby.example>");
	assert_string_equal(world.sent[0].message_id, "<k2@fjordby.example>");
	assert_string_equal(world.sent[0].text, "Ordene");
	arena_close(&arena);
	store_close(&store);
	place_close(&place);
}

/* The queue of today must not be found by looking at all letters ever. */
static void
each_look_at_the_queue_uses_its_index(void **state)
{
	static const char *const looks[][2] = {
		{ "SELECT 1 FROM letter WHERE state IN (0, 4) AND class = 1"
		  " AND due_at <= 5 ORDER BY due_at, letter_id", "letter_due" },
		{ "SELECT letter_id FROM letter WHERE state IN (1, 2)",
		  "letter_on_way" },
		{ "SELECT 1 FROM mail WHERE state = 0 ORDER BY mail_id",
		  "mail_waiting" },
		{ "SELECT 1 FROM letter WHERE letter_id >> 13 = 3"
		  " AND token = 'x' COLLATE NOCASE", "letter_token" },
		{ "SELECT 1 FROM letter WHERE letter_id >> 15 = 3"
		  " AND message_id = 'x'", "letter_message_id" },
		{ "SELECT 1 FROM mail WHERE mail_id >> 15 = 3"
		  " AND twin_key = 4 AND mail_id < 9", "mail_twin" },
		{ "SELECT count(*) FROM answered WHERE domain = 'x'"
		  " AND domain IS NOT NULL AND at > 5", "answered_domain" },
	};
	struct place place = place_open();
	struct store *store = place_store(&place);
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(place.db, &db), SQLITE_OK);
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
		char explain[400];
		sqlite3_stmt *stmt;

		(void)snprintf(explain, sizeof explain,
		    "EXPLAIN QUERY PLAN %s", looks[i][0]);
		assert_int_equal(sqlite3_prepare_v2(db, explain, -1, &stmt,
		    NULL), SQLITE_OK);
		assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
		if (strstr((const char *)sqlite3_column_text(stmt, 3),
		    looks[i][1]) == NULL)
			print_error("%s: %s\n", looks[i][1],
			    (const char *)sqlite3_column_text(stmt, 3));
		assert_non_null(strstr((const char *)
		    sqlite3_column_text(stmt, 3), looks[i][1]));
		(void)sqlite3_finalize(stmt);
	}
	(void)sqlite3_close(db);
	store_close(&store);
	place_close(&place);
}

static void
a_draft_is_known_by_the_key_of_its_letter(void **state)
{
	static const struct { const char *key, *kind; int64_t want; } rows[] = {
		{ "agenda-draft/udsatte/2026-03-10/v2-17/new/a@b.example",
		  "agenda-draft/", 17 },
		/* a body whose slug begins as a version does */
		{ "agenda-draft/vaeresteder/2015-09-08/v1-3/new/a@b.example",
		  "agenda-draft/", 3 },
		{ "hearing-draft/v2/h/vej-7/v1-9/new/a@b.example",
		  "hearing-draft/", 9 },
		{ "agenda/udsatte/2026-03-10/v2/a@b.example", "agenda", 0 },
		{ "agenda-draft/udsatte/2026-03-10/v2-17/new/a@b.example",
		  "minutes-", 0 },
		{ "agenda-draft/vaeresteder", "agenda-draft/", 0 },
		{ NULL, "agenda-draft/", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(letter_key_row(rows[i].key, rows[i].kind),
		    rows[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_is_made_once_under_its_key),
		cmocka_unit_test(
		    urgent_letters_go_first_and_none_before_its_time),
		cmocka_unit_test(a_step_that_is_not_in_its_life_is_refused),
		cmocka_unit_test(
		    after_a_crash_only_a_letter_at_its_dot_is_uncertain),
		cmocka_unit_test(
		    a_letter_is_found_by_id_token_and_the_words_of_an_answer),
		cmocka_unit_test(each_look_at_the_queue_uses_its_index),
		cmocka_unit_test(a_draft_is_known_by_the_key_of_its_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
