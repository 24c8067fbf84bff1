/* SPDX-License-Identifier: MIT */
/* No column of text or bytes is in the schema that nobody thought of. */
#include "test.h"

#include <sqlite3.h>
#include <string.h>

#include "base/embedded.h"
#include "place.h"
#include "store/personal.h"

static const struct personal_column *
column_of(const char *table, const char *column)
{
	for (size_t i = 0; i < personal_count; i++)
		if (strcmp(personal_columns[i].table, table) == 0 &&
		    strcmp(personal_columns[i].column, column) == 0)
			return &personal_columns[i];
	return NULL;
}

/* A name of a column that speaks of people, whoever made the table. */
static bool
speaks_of_people(const char *column)
{
	static const char *const words[] = { "email", "phone", "words",
	    "who", "by_name", "from_name", "own_words", "raw" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(column, words[i]) == 0)
			return true;
	return false;
}

static void
every_column_is_on_the_list(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	sqlite3 *db;
	sqlite3_stmt *stmt;
	size_t n = 0, missing = 0;

	(void)state;
	store_close(&store);
	assert_int_equal(sqlite3_open(place.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT t.name, c.name FROM"
	    " sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type ="
	    " 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE"
	    " 'passage_index%' AND c.type IN ('TEXT',"
	    " 'BLOB')", -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(stmt, 0);
		const char *column = (const char *)sqlite3_column_text(stmt,
		    1);
		const struct personal_column *c = column_of(table, column);

		n++;
		if (c == NULL)
			print_error("%s.%s is not in store/personal.c\n",
			    table, column);
		else if (c->when_erased == EFFECT_NONE &&
		    speaks_of_people(column) && strcmp(table, "address") !=
		    0 && strcmp(table, "year_plan") != 0)
			print_error("%s.%s speaks of people\n", table,
			    column);
		else
			continue;
		missing++;
	}
	assert_int_equal(missing, 0);
	assert_int_equal(n, personal_count);	/* none that is gone */
	(void)sqlite3_finalize(stmt);
	(void)sqlite3_close(db);
	place_close(&place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_is_on_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
