/* SPDX-License-Identifier: MIT */
/* «find boliger 2026»: what stands where, and who may see it. */
#include "test.h"

#include "house.h"
#include "store/passage.h"

#define AASE "aase@mail.example"
#define MOGENS "mb@center.example"
#define SECRETARY "mekr@fjordby.example"
#define ELSEWHERE "sofie@elsewhere.example"	/* of another council */

static void
write_rows(struct house *h, const char *sql)
{
	sqlite3 *db;
	char *why = NULL;

	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		print_error("%s\n", why);
	assert_null(why);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* An agenda and minutes of 26 November, each with a closed point. */
static struct house *
open_archive(void)
{
	struct house *h = house_open();
	struct err err = { "" };

	write_rows(h, "INSERT INTO agenda (agenda_id, meeting_id, version,"
	    " state, made_at, send_at) SELECT 1, meeting_id, 1, 'released',"
	    " 1, 1 FROM meeting WHERE slug = 'udsatteraad/2026-11-26';"
	    "INSERT INTO agenda_point (agenda_id, number, title, words,"
	    " citizen, closed) VALUES"
	    " (1, 1, 'Skæve boliger', 'Vi mangler en social vicevært.', 0, 0),"
	    " (1, 2, 'Kanariefuglens klage', 'Fløjten forstummede.', 0, 1);"
	    "UPDATE agenda SET state = 'mailed';");
	assert_int_equal(passage_keep_agenda(h->store, 1, &err), RC_OK);
	write_rows(h, "INSERT INTO minutes (minutes_id, meeting_id, version,"
	    " state, made_at, send_at) SELECT 1, meeting_id, 1, 'released',"
	    " 1, 1 FROM meeting WHERE slug = 'udsatteraad/2026-11-26';"
	    "INSERT INTO minutes_item VALUES"
	    " (1, 1, 'Skæve boliger', 'Rådet så på boligen.', 'Vi skriver'"
	    " || ' til udvalget.', 0, 0, 0),"
	    " (1, 2, 'Kanariefuglens klage', 'Fløjten igen.', NULL, 1, 0, 0);"
	    "INSERT INTO minutes_line VALUES (1, 1, 1, 'speech', 'Aase',"
	    " 'Viceværten er god.', NULL);"
	    "UPDATE minutes SET state = 'mailed';");
	assert_int_equal(passage_keep_minutes(h->store, 1, &err), RC_OK);
	return h;
}

static struct sent_mail
find_mail(struct house *h, const char *who, const char *words, int point)
{
	return act(h, who, true, (struct action){ .kind = ACTION_FIND,
	    .body = strcmp(who, ELSEWHERE) == 0 ? "integrationsraad" :
	    "udsatteraad", .text = words, .point = point });
}

static const char *
found(struct house *h, const char *who, const char *words, int point)
{
	struct sent_mail m = find_mail(h, who, words, point);

	return letter(h, arena_printf(h->arena, "receipt/mail/%ld",
	    (long)m.mail_id));
}

static void
a_word_is_found_in_every_form_with_its_day_and_line(void **state)
{
	struct house *h = open_archive();
	const char *text = found(h, AASE, "boligerne 2026", 0);

	(void)state;
	assert_non_null(strstr(text, "Referat, torsdag den 26. november"));
	assert_non_null(strstr(text, "Dagsorden, torsdag den 26. november"));
	assert_non_null(strstr(text, "1. Skæve boliger"));
	assert_non_null(strstr(text, "Rådet så på boligen."));
	assert_non_null(strstr(text, "find nr. "));
	assert_non_null(strstr(found(h, AASE, "vicevært", 0), "vicevært"));
	assert_non_null(strstr(found(h, AASE, "udvalg", 0),
	    "Vi skriver til udvalget."));
	assert_non_null(strstr(found(h, AASE, "boliger 2025", 0),
	    "De ord står ikke sammen"));
	/* signs of the index's own language are no command to it */
	assert_non_null(strstr(found(h, AASE, "boliger* OR \"NEAR(title:", 0),
	    "De ord står ikke sammen"));
	assert_int_equal(number(h, "SELECT count(*) FROM journal"), 0);
	house_close(h);
}

static void
a_closed_point_is_found_by_its_own_council_alone(void **state)
{
	static const char *const words[] = { "kanariefuglen", "fløjten",
		"forstummede", "klage", "vicevært" };
	struct house *h = open_archive();

	(void)state;
	assert_non_null(strstr(found(h, AASE, "kanariefuglen", 0),
	    "(lukket punkt)"));
	assert_non_null(strstr(found(h, SECRETARY, "fløjten", 0), "Fløjten"));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		assert_non_null(strstr(found(h, ELSEWHERE, words[i], 0),
		    "De ord står ikke sammen"));
	assert_non_null(strstr(found(h, ELSEWHERE, "boliger", 0),
	    "Skæve boliger"));
	for (int i = 1; i <= (int)number(h,
	    "SELECT max(passage_id) FROM passage"); i++)
		assert_null(strstr(found(h, ELSEWHERE, "nr", i), "Fløjt"));
	house_close(h);
}

static void
a_point_closed_since_is_not_found_from_outside(void **state)
{
	struct house *h = open_archive();

	(void)state;
	write_rows(h, "INSERT INTO agenda (agenda_id, meeting_id, version,"
	    " state, made_at) SELECT 2, meeting_id, 2, 'draft', 2 FROM meeting"
	    " WHERE slug = 'udsatteraad/2026-11-26'; INSERT INTO agenda_point"
	    " (agenda_id, number, title, citizen, closed) VALUES"
	    " (2, 1, 'Skæve boliger', 0, 1);");
	assert_null(strstr(found(h, ELSEWHERE, "boliger", 0), "Dagsorden, "));
	assert_non_null(strstr(found(h, AASE, "boliger", 0), "Dagsorden, "));
	house_close(h);
}

static void
the_text_of_one_is_shown_by_its_number(void **state)
{
	struct house *h = open_archive();
	int at = (int)number(h, "SELECT passage_id FROM passage WHERE kind ="
	    " 'minutes' AND audience = 'members' AND closed");
	const char *text = found(h, MOGENS, "nr", at);

	(void)state;
	assert_non_null(strstr(text, "Fløjten igen."));
	assert_non_null(strstr(text, "Send det ikke videre"));
	assert_null(strstr(found(h, ELSEWHERE, "nr", at), "Fløjten"));
	assert_non_null(strstr(found(h, MOGENS, "nr", 99),
	    "ikke noget med nummer 99"));
	house_close(h);
}

static void
nobody_unverified_and_no_stranger_finds_anything(void **state)
{
	struct house *h = open_archive();

	(void)state;
	(void)act(h, AASE, false, (struct action){ .kind = ACTION_FIND,
	    .body = "udsatteraad", .text = "boliger" });
	(void)find_mail(h, "ida@mail.example", "boliger", 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw"
	    " WHERE text LIKE '%Skæve%'"), 0);
	house_close(h);
}

static void
a_newer_version_takes_the_place_of_the_old_one(void **state)
{
	struct house *h = open_archive();
	struct err err = { "" };

	(void)state;
	write_rows(h, "INSERT INTO minutes (minutes_id, meeting_id, version,"
	    " state, made_at, send_at) SELECT 2, meeting_id, 2, 'released',"
	    " 2, 2 FROM meeting WHERE slug = 'udsatteraad/2026-11-26';"
	    "INSERT INTO minutes_item VALUES"
	    " (2, 1, 'Skæve boliger', 'Rettet tekst.', NULL, 0, 0, 0);"
	    "UPDATE minutes SET state = 'mailed' WHERE minutes_id = 2;");
	assert_int_equal(passage_keep_minutes(h->store, 2, &err), RC_OK);
	assert_non_null(strstr(found(h, AASE, "rettet", 0), "Rettet tekst"));
	assert_non_null(strstr(found(h, AASE, "udvalget", 0),
	    "De ord står ikke sammen"));
	house_close(h);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_word_is_found_in_every_form_with_its_day_and_line),
		cmocka_unit_test(
		    a_closed_point_is_found_by_its_own_council_alone),
		cmocka_unit_test(
		    a_point_closed_since_is_not_found_from_outside),
		cmocka_unit_test(the_text_of_one_is_shown_by_its_number),
		cmocka_unit_test(
		    nobody_unverified_and_no_stranger_finds_anything),
		cmocka_unit_test(
		    a_newer_version_takes_the_place_of_the_old_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
