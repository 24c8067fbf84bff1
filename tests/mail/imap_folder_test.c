/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "base/arena.h"
#include "mail/imap_session.h"

static void
names_are_written_in_modified_utf7(void **state)
{
	static const struct { const char *given, *want; } names[] = {
		{ "INBOX", "INBOX" },
		{ "R\xC3\xA5" "dspost", "R&AOU-dspost" },
		{ "Til sekret\xC3\xA6ren", "Til sekret&AOY-ren" },
		{ "\xC3\xA6\xC3\xB8\xC3\xA5", "&AOYA+ADl-" },
		{ "Fr & Fru", "Fr &- Fru" },
		{ "\xC3\xA5&\xC3\xA5", "&AOU-&-&AOU-" },
		/* the RFC's own example, without its slash: ~peter, mail,
		 * Taipei and Japanese in kanji */
		{ "\xE5\x8F\xB0\xE5\x8C\x97", "&U,BTFw-" },
		{ "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", "&ZeVnLIqe-" },
		{ "\xF0\x9F\x98\x80", "&2D3eAA-" }, /* above U+FFFF */
		{ "", "" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_string_equal(imap_utf7(arena, names[i].given),
		    names[i].want);
	arena_close(&arena);
}

static void
a_path_takes_the_servers_prefix_and_delimiter(void **state)
{
	static const struct {
		const char *prefix;
		char delimiter;
		const char *path, *want;
	} paths[] = {
		{ "", '/', "inbox", "INBOX" },
		{ "INBOX.", '.', "INBOX", "INBOX" },
		{ "", '/', "R\xC3\xA5" "dspost/Fejl", "R&AOU-dspost/Fejl" },
		{ "", '.', "R\xC3\xA5" "dspost/Fejl", "R&AOU-dspost.Fejl" },
		{ "INBOX.", '.', "A/B", "INBOX.A.B" },
		{ "INBOX.", '.', "INBOX/A/B", "INBOX.A.B" },
		{ "INBOX/", '/', "INBOXES/A", "INBOX/INBOXES/A" },
		{ "", '.', "Til. alle/x", "Til_ alle.x" },
		{ "", '\0', "A/B", "A-B" },
		{ "", '/', "A\r\nB/50%*", "A__B/50__" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct imap imap = { .delimiter = paths[i].delimiter };

		memcpy(imap.prefix, paths[i].prefix,
		    strlen(paths[i].prefix) + 1);
		assert_string_equal(imap_folder_name(&imap, arena,
		    paths[i].path), paths[i].want);
	}
	arena_close(&arena);
}

static void
a_set_names_runs_and_stops_where_a_command_is_full(void **state)
{
	uint32_t uids[2000];
	struct mailimap_set *set;
	size_t at = 0;

	(void)state;
	for (uint32_t i = 0; i < 1000; i++)
		uids[i] = i + 1;
	for (uint32_t i = 1000; i < 2000; i++)
		uids[i] = i * 2;
	set = imap_set(uids, 2000, &at, 2000);
	assert_non_null(set);
	assert_int_equal(clist_count(set->set_list), SET_RANGES_MAX);
	assert_int_equal(at, 1000 + SET_RANGES_MAX - 1);
	mailimap_set_free(set);
	at = 0;
	set = imap_set(uids, 2000, &at, 500);
	assert_int_equal(clist_count(set->set_list), 1);
	assert_int_equal(at, 500);
	mailimap_set_free(set);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_written_in_modified_utf7),
		cmocka_unit_test(
		    a_path_takes_the_servers_prefix_and_delimiter),
		cmocka_unit_test(
		    a_set_names_runs_and_stops_where_a_command_is_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
