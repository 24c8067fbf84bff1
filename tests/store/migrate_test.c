/* SPDX-License-Identifier: MIT */
/* From schema to schema: all steps or none, and a copy first. */
#include "test.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "place.h"
#include "store/db.h"

static int
number(const char *path, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;
	int n = -1;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		n = sqlite3_column_int(stmt, 0);
	(void)sqlite3_finalize(stmt);
	(void)sqlite3_close(db);
	return n;
}

static const struct migration good[] = {
	{ SCHEMA_VERSION + 1, "CREATE TABLE two (a INTEGER) STRICT;"
		" INSERT INTO two VALUES (2)" },
	{ SCHEMA_VERSION + 2, "ALTER TABLE two ADD COLUMN b INTEGER" },
};

static void
an_older_schema_is_led_to_the_newest_with_a_copy_first(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct stat st;
	struct err err;
	char copy[120];

	(void)state;
	assert_int_equal(migrate(store, good, 2,
	    SCHEMA_VERSION + 2, &err), RC_OK);
	store_close(&store);
	assert_int_equal(number(place.db, "PRAGMA user_version"),
	    SCHEMA_VERSION + 2);
	assert_int_equal(number(place.db, "SELECT count(b) FROM two"), 0);
	(void)snprintf(copy, sizeof copy, "%s.schema-%d", place.db,
	    SCHEMA_VERSION);
	assert_int_equal(stat(copy, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(number(copy, "PRAGMA user_version"), SCHEMA_VERSION);
	/* This raadspost is the older one now. */
	assert_int_equal(store_open(place.db, STORE_WRITE, &store, &err),
	    RC_STOP);
	place_close(&place);
}

static void
a_step_that_fails_leaves_the_old_schema_whole(void **state)
{
	static const struct migration bad[] = {
		{ SCHEMA_VERSION + 1, "CREATE TABLE two (a INTEGER) STRICT" },
		{ SCHEMA_VERSION + 2, "CREATE TABLE three (a INTEGER); INSERT INTO none"
		     " VALUES (1)" },
	};
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct err err = { "" };

	(void)state;
	assert_int_not_equal(migrate(store, bad, 2,
	    SCHEMA_VERSION + 2, &err), RC_OK);
	assert_non_null(strstr(err.text, "to schema "));
	store_close(&store);
	assert_int_equal(number(place.db, "PRAGMA user_version"),
	    SCHEMA_VERSION);
	assert_int_equal(number(place.db, "SELECT count(*) FROM two"), -1);
	store = place_store(&place);
	store_close(&store);
	place_close(&place);
}

static void
a_gap_in_the_numbers_is_no_way(void **state)
{
	static const struct migration gap[] = { { SCHEMA_VERSION + 2,
	    "SELECT 1" } };
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct err err = { "" };

	(void)state;
	assert_int_equal(migrate(store, gap, 1,
	    SCHEMA_VERSION + 2, &err), RC_STOP);
	assert_non_null(strstr(err.text, "no way"));
	store_close(&store);
	place_close(&place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_older_schema_is_led_to_the_newest_with_a_copy_first),
		cmocka_unit_test(a_step_that_fails_leaves_the_old_schema_whole),
		cmocka_unit_test(a_gap_in_the_numbers_is_no_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
