/* SPDX-License-Identifier: MIT */
/* A configuration: what is read, and what a typing error is told. */
#include "test.h"

#include "base/arena.h"
#include "base/config.h"

static const struct config_key server_keys[] = {
	{ .name = "host", .type = CONFIG_TEXT, .required = true },
	{ .name = "port", .type = CONFIG_NUMBER, .preset = "993", .least = 1,
	    .most = 65535 },
	{ .name = "verify", .type = CONFIG_FLAG, .preset = "yes" },
	{ .type = CONFIG_END },
};
static const struct config_key body_keys[] = {
	{ .name = "name", .type = CONFIG_TEXT },
	{ .name = "aims", .type = CONFIG_PROSE },
	{ .type = CONFIG_END },
};
static const struct config_key keys[] = {
	{ .name = "mode", .type = CONFIG_TEXT, .preset = "live",
	    .choices = "live trial" },
	{ .name = "hosts", .type = CONFIG_LIST },
	{ .name = "imap", .type = CONFIG_SECTION, .keys = server_keys },
	{ .name = "body", .type = CONFIG_SECTIONS, .keys = body_keys },
	{ .type = CONFIG_END },
};

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_open();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static void
keys_sections_and_lists_are_read(void **state)
{
	const struct config *c = NULL;
	const char *const *list;
	struct err err;
	size_t n;

	(void)state;
	assert_int_equal(config_read(arena, "a.conf",
	    "# note\nmode = trial\nhosts = {a.example, \"b.example\"}\n"
	    "imap {\n\thost = 'mail.example'\n\tverify = no\n}\n"
	    "body \"udsatteraad\" { name = \"Udsatterådet\"\n"
	    "aims = \"a\nb\" }\nbody \"x\" { }\n", keys, &c, &err), RC_OK);
	assert_string_equal(config_text(c, "mode"), "trial");
	list = config_list(c, "hosts", &n);
	assert_int_equal(n, 2);
	assert_string_equal(list[1], "b.example");
	assert_int_equal(config_number(config_section(c, "imap", 0), "port"),
	    993);
	assert_false(config_flag(config_section(c, "imap", 0), "verify"));
	assert_int_equal(config_count(c, "body"), 2);
	assert_string_equal(config_title(config_section(c, "body", 0)),
	    "udsatteraad");
	assert_string_equal(config_text(config_section(c, "body", 0), "name"),
	    "Udsatterådet");
	assert_string_equal(config_text(config_section(c, "body", 0), "aims"),
	    "a\nb");
	assert_null(config_section(c, "body", 2));
}

static void
a_mistake_is_told_with_file_line_and_cure(void **state)
{
	static const struct { const char *given, *want; } table[] = {
		{ "mode = live\nimap {\nhsot = x\n}\n", "a.conf:3: unknown key "
		    "«imap.hsot»; did you mean «host»?" },
		{ "moed = live\n", "a.conf:1: unknown key «moed»; did you mean "
		    "«mode»?" },
		{ "wibble = live\n", "a.conf:1: unknown key «wibble»; see "
		    "raadspost.conf(5) for those there are" },
		{ "\nmode = lvie\nimap { host = x }\n", "a.conf:2: «mode» "
		    "cannot be «lvie»; one of: live trial" },
		{ "imap {\n host = x\n port = 99999\n}\n", "a.conf:3: «port» is "
		    "a whole number from 1 to 65535, not «99999»" },
		{ "imap {\n host = x\n port = 12x\n}\n", "a.conf:3: «port» is "
		    "a whole number from 1 to 65535, not «12x»" },
		{ "imap {\n host = x\n verify = perhaps\n}\n", "a.conf:3: "
		    "«verify» is yes or no, not «perhaps»" },
		{ "imap {\n host = x\n host = y\n}\n", "a.conf:3: «host» "
		    "stands on line 2 already" },
		{ "imap {\n port = 1\n}\n", "a.conf:3: «host» is missing" },
		{ "mode\n", "a.conf:" },
		{ "imap {\n host = x\n", "a.conf:3: the file ends inside a "
		    "section; is a «}» missing?" },
		{ "imap {\n host = x }\nmode = \"x\n", "a.conf:" },
		{ "imap {\n host = \"a\nb\"\n}\n", "a.conf:" },
		{ "body \"a\" { }\nbody \"a\" { }\nimap { host = x }\n",
		    "a.conf:2: «a» is there already; titles must differ" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct config *c = NULL;
		struct err err = { "" };

		assert_int_equal(config_read(arena, "a.conf", table[i].given,
		    keys, &c, &err), RC_STOP);
		if (strlen(table[i].want) < 10)
			err.text[strlen(table[i].want)] = '\0';
		assert_string_equal(err.text, table[i].want);
	}
}

static void
a_later_fault_names_the_line_of_its_key(void **state)
{
	const struct config *c = NULL;
	struct err err;

	(void)state;
	assert_int_equal(config_read(arena, "b.conf",
	    "mode = live\n\nimap {\n\n host = x\n}\n", keys, &c, &err), RC_OK);
	assert_int_equal(config_fail(config_section(c, "imap", 0), "host", &err,
	    "no server «%s»", "x"), RC_STOP);
	assert_string_equal(err.text, "b.conf:5: no server «x»");
	assert_true(config_is_given(c, "mode"));
	assert_false(config_is_given(c, "hosts"));
}

static void
a_file_that_is_not_there_is_none(void **state)
{
	const struct config *c = NULL;
	struct err err;

	(void)state;
	assert_int_equal(config_read_file(arena, "/nonexistent/a.conf", keys,
	    &c, &err), RC_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    keys_sections_and_lists_are_read, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_mistake_is_told_with_file_line_and_cure, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_later_fault_names_the_line_of_its_key, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_file_that_is_not_there_is_none, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
