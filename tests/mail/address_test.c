/* SPDX-License-Identifier: MIT */
/* Addresses as people, programs and tricksters write them. */
#include "test.h"

#include <stdio.h>

#include "base/arena.h"
#include "mail/address.h"

struct row {
	const char *says, *text;
	const char *name, *email;	/* of the first */
	size_t n;
	bool is_plain;
};

static const struct row rows[] = {
	{ "an address alone", "a@b.example", NULL, "a@b.example", 1, true },
	{ "a name", "Mette Krogh <mekr@fjordby.example>", "Mette Krogh",
	  "mekr@fjordby.example", 1, true },
	{ "other case", "MeKr@Fjordby.EXAMPLE", NULL, "mekr@fjordby.example",
	  1, true },
	{ "a name in quotes", "\"Krogh, Mette\" <m@b.example>",
	  "Krogh, Mette", "m@b.example", 1, true },
	{ "an escaped quote", "\"A \\\"B\\\" C\" <m@b.example>", "A \"B\" C",
	  "m@b.example", 1, true },
	{ "an encoded name", "=?utf-8?Q?S=C3=B8ren?= <s@b.example>", "Søren",
	  "s@b.example", 1, true },
	{ "an encoded name in quotes", "\"=?utf-8?B?U8O4cmVu?=\" "
	  "<s@b.example>", "Søren", "s@b.example", 1, true },
	{ "a name in single quotes", "'Mette' <m@b.example>", "Mette",
	  "m@b.example", 1, true },
	{ "the old form", "m@b.example (Mette Krogh)", "Mette Krogh",
	  "m@b.example", 1, true },
	{ "a plus", "udsat+afbud@b.example", NULL, "udsat+afbud@b.example",
	  1, true },
	{ "an apostrophe", "o'neill@b.example", NULL, "o'neill@b.example", 1,
	  true },
	{ "two", "a@b.example, c@d.example", NULL, "a@b.example", 2, false },
	{ "semicolons as Outlook wrote them", "a@b.example; c@d.example",
	  NULL, "a@b.example", 2, false },
	{ "commas too many", ",,a@b.example,,", NULL, "a@b.example", 1,
	  true },
	{ "a group", "friends: a@b.example, c@d.example;", NULL,
	  "a@b.example", 2, false },
	{ "nobody", "undisclosed-recipients:;", NULL, NULL, 0, false },
	{ "a domain with letters of our own", "a@m\xc3\xb8""de.example", NULL,
	  "a@xn--mde-0na.example", 1, true },
	{ "a dot behind the domain", "a@b.example.", NULL, "a@b.example", 1,
	  true },
	/* THREATS 4 */
	{ "an address as an encoded word", "=?utf-8?q?a=40b.example?=",
	  "a@b.example", NULL, 1, false },
	{ "an encoded local part", "=?utf-8?q?a?=@b.example",
	  "a@b.example", NULL, 1, false },
	{ "an encoded address in angles", "A <=?utf-8?q?a=40b.example?=>",
	  "A", NULL, 1, false },
	{ "a quoted local part", "\"mekr\"@fjordby.example",
	  "mekr@fjordby.example", NULL, 1, false },
	{ "a quoted local part in angles", "<\"mekr\"@fjordby.example>", NULL,
	  NULL, 0, false },
	{ "two angles", "A <a@b.example> <c@d.example>", "A", "c@d.example",
	  1, false },
	{ "an address before the angles", "boss@b.example <c@d.example>",
	  "boss@b.example", "c@d.example", 1, false },
	{ "an address in quotes before the angles",
	  "\"boss@b.example\" <c@d.example>", "boss@b.example",
	  "c@d.example", 1, true },
	{ "an address in a comment", "c@d.example (<boss@b.example>)",
	  "<boss@b.example>", "c@d.example", 1, false },
	{ "words behind the angles", "A <c@d.example> x", "A x",
	  "c@d.example", 1, false },
	{ "a route", "<@a.example,@b.example:c@d.example>", NULL,
	  "c@d.example", 1, false },
	{ "angles that never close", "A <c@d.example", "A", "c@d.example", 1,
	  false },
	{ "two signs", "a@b@c.example", "a@b@c.example", NULL, 1, false },
	{ "a blank within", "a b@c.example", "a b@c.example", NULL, 1,
	  false },
	{ "no domain", "a@", "a@", NULL, 1, false },
	{ "no local part", "@b.example", "@b.example", NULL, 1, false },
	{ "two dots", "a..b@c.example", "a..b@c.example", NULL, 1, false },
	{ "a dot in front", ".a@c.example", ".a@c.example", NULL, 1, false },
	{ "two dots in the domain", "a@c..example", "a@c..example", NULL, 1,
	  false },
	{ "a number as domain", "a@[192.0.2.1]", "a@[192.0.2.1]", NULL, 1,
	  false },
	{ "a hyphen in front", "a@-b.example", "a@-b.example", NULL, 1,
	  false },
	{ "Greek among Latin is another domain",
	  "mekr@fj\xce\xbfrdby.example", NULL,
	  "mekr@xn--fjrdby-j0e.example", 1, true },
	{ "Greek in the local part", "m\xce\xb5kr@fjordby.example",
	  "m\xce\xb5kr@fjordby.example", NULL, 1, false },
	{ "a percent route is one local part", "a%b.example@c.example", NULL,
	  "a%b.example@c.example", 1, true },
	{ "comments in comments", "(a (b) c) c@d.example (e)", "a (b) c e",
	  "c@d.example", 1, true },
	{ "a comment within the address", "c(x)@d.example", "x",
	  "c@d.example", 1, false },
};

static void
every_form_is_read_as_all_read_it_or_not_trusted(void **state)
{
	struct arena *arena = arena_open();
	int faults = 0;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];
		struct address_list got = address_list_read(arena, r->text);
		const char *name = NULL, *email = NULL;

		if (got.addresses.n > 0) {
			name = got.addresses.list[0].name;
			email = got.addresses.list[0].email;
		}
		if (got.addresses.n != r->n || got.is_plain != r->is_plain
		    || (name == NULL) != (r->name == NULL)
		    || (name != NULL && strcmp(name, r->name) != 0)
		    || (email == NULL) != (r->email == NULL)
		    || (email != NULL && strcmp(email, r->email) != 0)) {
			print_error("%s: %zu, %s <%s>, %s\n", r->says,
			    got.addresses.n, name == NULL ? "-" : name,
			    email == NULL ? "-" : email,
			    got.is_plain ? "plain" : "odd");
			faults++;
		}
	}
	assert_int_equal(faults, 0);
	arena_close(&arena);
}

static void
a_valid_address_is_valid_again(void **state)
{
	(void)state;
	assert_true(address_is_valid("a@b.example"));
	assert_true(address_is_valid("a.b+c@xn--mde-0na.example"));
	assert_false(address_is_valid("A@b.example"));
	assert_false(address_is_valid("a@b.example\r\nRCPT TO:<x@y>"));
	assert_false(address_is_valid("a b@c.example"));
	assert_false(address_is_valid("a@b>c"));
	assert_false(address_is_valid(""));
	assert_false(address_is_valid("a"));
	assert_string_equal(address_domain("a@b.example"), "b.example");
}

static void
more_than_the_limit_is_said(void **state)
{
	struct arena *arena = arena_open();
	struct buf text = buf_open(arena);
	struct address_list got;

	(void)state;
	for (int i = 0; i < ADDRESS_MAX + 1; i++)
		buf_addf(&text, "a%d@b.example, ", i);
	got = address_list_read(arena, buf_text(&text));
	assert_int_equal(got.addresses.n, ADDRESS_MAX);
	assert_true(got.is_cut);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_form_is_read_as_all_read_it_or_not_trusted),
		cmocka_unit_test(a_valid_address_is_valid_again),
		cmocka_unit_test(more_than_the_limit_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
