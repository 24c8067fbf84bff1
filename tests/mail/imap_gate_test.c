/* SPDX-License-Identifier: MIT */
#include "test.h"

#include <stdlib.h>

#include "mail/imap_gate.h"

struct line {
	const char *says, *given;
	const char *why;	/* part of it; NULL: it passes */
	bool exists;
};

static const struct line lines[] = {
	{ "an ordinary answer", "* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n"
	    "a1 OK done\r\n", NULL, false },
	{ "a mail came", "* 12 EXISTS\r\n", NULL, true },
	{ "a mail came, in small letters", "* 12 exists\r\n", NULL, true },
	{ "the word in a mail is none", "* 1 FETCH (BODY[] {13}\r\n"
	    "* 12 EXISTS\r\n)\r\n", NULL, false },
	{ "nor is it in other words", "* OK 12 EXISTS\r\n", NULL, false },
	{ "goodbye", "* BYE too late\r\n", "ends the connection", false },
	{ "goodbye within a mail", "* 1 FETCH (BODY[] {8}\r\n* BYE x\n)\r\n",
	    NULL, false },
	{ "a literal above the limit", "* 1 FETCH (BODY[] {101}\r\n",
	    "more bytes", false },
	{ "one that needs no leave", "* 1 FETCH (BODY[] {101+}\r\n",
	    "more bytes", false },
	{ "one whose number wraps",
	    "* 1 FETCH (BODY[] {18446744073709551617}\r\n", "more bytes",
	    false },
	{ "a brace in words is no literal", "* OK hello {999}\r\n"
	    "* 3 EXISTS\r\n", NULL, true },
	{ "nor in a tagged answer", "a1 NO {999}\r\n* 3 EXISTS\r\n", NULL,
	    true },
	{ "nor in quotes", "* LIST () \"/\" \"{999}\"\r\n* 3 EXISTS\r\n",
	    NULL, true },
	{ "nor before the line's end", "* LIST () \"/\" {999} x\r\n"
	    "* 3 EXISTS\r\n", NULL, true },
	{ "two literals in one line", "* 1 FETCH (A {2}\r\n)( B {2}\r\n)) "
	    "C)\r\n* 3 EXISTS\r\n", NULL, true },
	{ "an empty literal", "* 1 FETCH (A {0}\r\n B)\r\n* 3 EXISTS\r\n",
	    NULL, true },
	{ "a line without end", "* LIST 0123456789012345678901234567890123456"
	    "789012345678901234567890123456789012345678901234567890123456789"
	    "0123456789012345678901234567890", "without end", false },
	{ "parentheses without end", "* 1 FETCH ((((((((((((((((((((((((((((("
	    "((((((\r\n", "too deep", false },
	{ "parentheses in words", "* OK (((((((((((((((((((((((((((((((((((((("
	    "\r\n", NULL, false },
	{ "parentheses in quotes", "* LIST () \"/\" \"((((((((((((((((((((((("
	    "(((((((((((((\"\r\n", NULL, false },
	{ "an escaped quote ends no quotes", "* LIST () \"/\" \"\\\"(((((((((("
	    "(((((((((((((((((((((((((((\"\r\n", NULL, false },
};

static const char *
pass(struct imap_gate *gate, const char *given, size_t n, size_t step)
{
	const char *why = NULL;

	memset(gate, 0, sizeof *gate);
	gate->line_max = 120;
	gate->literal_max = 100;
	for (size_t i = 0; i < n && why == NULL; i += step)
		why = imap_gate_pass(gate, (const unsigned char *)given + i,
		    n - i < step ? n - i : step);
	return why;
}

/* Whatever the packets: whole, in pairs, byte by byte. */
static void
each_line_is_judged_the_same_in_any_pieces(void **state)
{
	static const size_t steps[] = { 4096, 1, 2, 3, 7 };
	struct imap_gate gate;

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
			const char *why = pass(&gate, lines[i].given,
			    strlen(lines[i].given), steps[k]);

			if ((why == NULL) != (lines[i].why == NULL)
			    || (why != NULL
			    && strstr(why, lines[i].why) == NULL)
			    || (why == NULL
			    && gate.exists != lines[i].exists))
				fail_msg("%s, in steps of %zu: %s",
				    lines[i].says, steps[k],
				    why == NULL ? "passes" : why);
		}
}

static void
a_nul_passes_in_a_mail_alone(void **state)
{
	static const char mail[] = "* 1 FETCH (BODY[] {3}\r\na\0b)\r\n";
	static const char line[] = "* 1 \0 FETCH\r\n";
	struct imap_gate gate;

	(void)state;
	assert_null(pass(&gate, mail, sizeof mail - 1, 4096));
	assert_non_null(pass(&gate, line, sizeof line - 1, 4096));
}

static void
the_last_line_is_kept_for_its_words(void **state)
{
	static const char two[] = "* 1 EXPUNGE\r\na7 NO [OVERQUOTA] full\r\n";
	struct imap_gate gate;

	(void)state;
	assert_null(pass(&gate, two, sizeof two - 1, 4096));
	assert_string_equal(gate.last, "a7 NO [OVERQUOTA] full");
	assert_string_equal(imap_gate_line(&gate), gate.last);
}

static void
goodbye_is_an_answer_to_logout(void **state)
{
	static const char bye[] = "* BYE bye\r\n";
	struct imap_gate gate = { .line_max = 100, .may_end = true };

	(void)state;
	assert_null(imap_gate_pass(&gate, (const unsigned char *)bye,
	    sizeof bye - 1));
}

/* A mail's bytes are stepped over, not looked at one by one. */
static void
a_literal_is_stepped_over(void **state)
{
	static const char head[] = "* 1 FETCH (BODY[] {26214400}\r\n";
	size_t n = 25 * 1024 * 1024;
	unsigned char *body = malloc(n);
	struct imap_gate gate = { .line_max = 100, .literal_max = n };

	(void)state;
	assert_non_null(body);
	memset(body, '(', n);
	assert_null(imap_gate_pass(&gate, (const unsigned char *)head,
	    sizeof head - 1));
	assert_null(imap_gate_pass(&gate, body, n - 1));
	assert_int_equal(gate.literal_left, 1);
	assert_null(imap_gate_pass(&gate, body, 1));
	assert_int_equal(gate.literal_left, 0);
	assert_int_equal(gate.depth, 1);
	free(body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_is_judged_the_same_in_any_pieces),
		cmocka_unit_test(a_nul_passes_in_a_mail_alone),
		cmocka_unit_test(the_last_line_is_kept_for_its_words),
		cmocka_unit_test(goodbye_is_an_answer_to_logout),
		cmocka_unit_test(a_literal_is_stepped_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
