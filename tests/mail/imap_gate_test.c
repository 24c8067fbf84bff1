/* SPDX-License-Identifier: MIT */
#include "test.h"

#include <stdlib.h>

#include "mail/imap_gate.h"

#define DEEP "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((("

/* What a server says, and what libetpan is given of it; NULL where the
 * connection ends, for the reason in `out`. */
static const struct {
	const char *says, *given, *passed, *why;
} lines[] = {
	/* how a command ended */
	{ "an end", "7 OK done\r\n", "7 OK said\r\n", NULL },
	{ "an end with a code", "7 NO [TRYCREATE (\\ ((] x\r\n",
	    "7 NO said\r\n", NULL },
	{ "an end without words", "7 OK\r\n", "7 OK said\r\n", NULL },
	{ "a brace in its words", "7 BAD {9}\r\n8 OK\r\n",
	    "7 BAD said\r\n8 OK said\r\n", NULL },
	{ "a lone LF", "7 OK done\n", "7 OK said\r\n", NULL },
	{ "another's tag", "a7 OK done\r\n", NULL, "not IMAP" },
	{ "no status", "7 FINE\r\n", NULL, "not IMAP" },
	{ "nothing", "\r\n", NULL, "not IMAP" },
	{ "a continuation", "+ {9}\r\n", "+ said\r\n", NULL },
	/* status in between */
	{ "an alert", "* OK [ALERT] hello {9}\r\n", "", NULL },
	{ "what crashed libetpan 1.9.4",
	    "* OK [PERMANENTFLAGS (\\ (UID 2 RFC822.SIZE 5)\r\n", "", NULL },
	{ "goodbye", "* BYE too late\r\n", NULL, "ends the connection" },
	/* answers */
	{ "a search", "* SEARCH 1 4294967295 3 (MODSEQ 9)\r\n",
	    "* SEARCH 1 4294967295 3\r\n", NULL },
	{ "one that found nothing", "* SEARCH\r\n", "* SEARCH\r\n", NULL },
	{ "a number that wraps", "* SEARCH 4294967296\r\n", NULL,
	    "not IMAP" },
	{ "a search of rev2", "* ESEARCH (TAG \"5\") UID ALL 2:4,9\r\n",
	    "* SEARCH 2 3 4 9\r\n", NULL },
	{ "one that names all there could be",
	    "* ESEARCH (TAG \"5\") UID ALL 1:4294967295\r\n", NULL,
	    "not IMAP" },
	{ "capabilities", "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH= M\"X "
	    "IDLE\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN M IDLE "
	    "X-SAID\r\n", NULL },
	{ "a folder", "* LIST (\\HasNoChildren \\Sent) \".\" \"a {9}\"\r\n",
	    "* LIST () \".\" \"said\"\r\n", NULL },
	{ "a folder that is none", "* LIST (\\noselect) NIL a\r\n",
	    "* LIST (\\Noselect) NIL \"said\"\r\n", NULL },
	{ "a folder as a literal", "* LIST () \"/\" {5}\r\na\r\n((\r\n"
	    "* SEARCH 1\r\n",
	    "* LIST () \"/\" \"said\"\r\n* SEARCH 1\r\n", NULL },
	{ "a namespace", "* NAMESPACE ((\"INBOX.\" \".\" \"X\" (\"y\"))"
	    "(\"\" \"/\")) NIL ((\"a\" \"/\"))\r\n",
	    "* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL\r\n", NULL },
	{ "no namespace", "* NAMESPACE NIL NIL NIL\r\n", "", NULL },
	/* mails */
	{ "a mail", "* 1 FETCH (UID 2 BODY[] {5}\r\nhe(\r\n)\r\n",
	    "* 1 FETCH (UID 2 BODY[] {5}\r\nhe(\r\n)\r\n", NULL },
	{ "its UID behind it", "* 1 FETCH (BODY[] {3}\r\n((( UID 2)\r\n",
	    "* 1 FETCH (BODY[] {3}\r\n((( UID 2)\r\n", NULL },
	{ "with what was not asked for", "* 1 FETCH (FLAGS (\\Seen $x) UID 2 "
	    "MODSEQ (5) INTERNALDATE \"a b\" BODY[] \"x\\\"y\")\r\n",
	    "* 1 FETCH (UID 2 BODY[] \"x\\\"y\")\r\n", NULL },
	{ "two literals", "* 1 FETCH (BODY[HEADER]<0> {2}\r\n\r\n BODY[] {0}"
	    "\r\n UID 2)\r\n", "* 1 FETCH (BODY[HEADER]<0> {2}\r\n\r\n"
	    " BODY[] {0}\r\n UID 2)\r\n", NULL },
	{ "NIL", "* 1 FETCH (BODY[] nil UID 2)\r\n",
	    "* 1 FETCH (BODY[] NIL UID 2)\r\n", NULL },
	{ "a size", "* 1 FETCH (RFC822.SIZE 00012 UID 2)\r\n",
	    "* 1 FETCH (RFC822.SIZE 12 UID 2)\r\n", NULL },
	{ "flags alone", "* 1 FETCH (UID 2 FLAGS (\\Seen))\r\n", "", NULL },
	{ "what was never asked for", "* 1 FETCH (UID 2 ENVELOPE " DEEP
	    " {3}\r\n) x\r\n* SEARCH 1\r\n", "* SEARCH 1\r\n", NULL },
	{ "the same behind a mail", "* 1 FETCH (BODY[] {1}\r\nx ENVELOPE ("
	    "\r\n", NULL, "not IMAP" },
	{ "a UID that wraps", "* 1 FETCH (UID 4294967297 BODY[] \"x\")\r\n",
	    "", NULL },
	{ "a literal above the limit", "* 1 FETCH (BODY[] {101}\r\n", NULL,
	    "more bytes" },
	{ "one that needs no leave", "* 1 FETCH (BODY[] {101+}\r\n", NULL,
	    "more bytes" },
	{ "one whose number wraps",
	    "* 1 FETCH (BODY[] {18446744073709551617}\r\n", NULL,
	    "more bytes" },
	/* the rest */
	{ "what nobody knows", "* XYZZY " DEEP "\r\n", "", NULL },
	{ "its literal", "* XYZZY {7}\r\n* 9 OK\r {2}\r\n\r\n x\r\n7 OK\r\n",
	    "7 OK said\r\n", NULL },
	{ "a line without end", DEEP DEEP DEEP, NULL, "without end" },
};

/* Whatever the packets. */
static const char *
pass(struct imap_gate *gate, const char *given, size_t n, size_t step)
{
	const char *why = NULL;

	*gate = (struct imap_gate){ .line_max = 150, .literal_max = 100 };
	for (size_t i = 0; i < n && why == NULL; i += step)
		why = imap_gate_pass(gate, (const unsigned char *)given + i,
		    n - i < step ? n - i : step);
	return why;
}

static void
each_line_is_said_again_in_our_words(void **state)
{
	static const size_t steps[] = { 4096, 1, 2, 3, 7 };
	struct imap_gate gate;
	char out[512];

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
			const char *why = pass(&gate, lines[i].given,
			    strlen(lines[i].given), steps[k]);

			out[imap_gate_take(&gate, out, sizeof out - 1)] = '\0';
			imap_gate_close(&gate);
			if (lines[i].passed == NULL ? why == NULL
			    || strstr(why, lines[i].why) == NULL
			    : why != NULL || strcmp(out, lines[i].passed) != 0)
				fail_msg("%s, in steps of %zu: %s %s",
				    lines[i].says, steps[k],
				    why == NULL ? "passes" : why, out);
		}
}

static void
what_codes_tell_is_heard(void **state)
{
	static const char said[] =
	    "* 12 exists\r\n"
	    "* OK [UIDVALIDITY 77] ok\r\n"
	    "* OK [PERMANENTFLAGS (\\Deleted \\*)] ok\r\n"
	    "* OK [COPYUID 9 2,4:6,9:8 1:6] ok\r\n"
	    "5 OK [READ-ONLY] selected\r\n";
	struct imap_gate gate;

	(void)state;
	assert_null(pass(&gate, said, sizeof said - 1, 4096));
	assert_true(gate.exists);
	assert_int_equal(gate.uidvalidity, 77);
	assert_true(gate.keywords);
	assert_true(gate.read_only);
	assert_int_equal(gate.n_copied, 6);
	assert_string_equal(gate.last, "5 OK [READ-ONLY] selected");
	imap_gate_close(&gate);
}

static void
what_only_looks_like_a_code_is_not(void **state)
{
	static const char said[] =
	    "* OK 12 EXISTS\r\n"
	    "* XYZZY {14}\r\n* 12 EXISTS\r\n\r\n"
	    "* OK [UIDVALIDITY 99999999999] ok\r\n"
	    "* OK ok [UIDVALIDITY 5]\r\n"
	    "* OK [PERMANENTFLAGS (\\Deleted)] \\*\r\n"
	    "* OK [COPYUID 9 1:x 1] ok\r\n";
	struct imap_gate gate;

	(void)state;
	assert_null(pass(&gate, said, sizeof said - 1, 4096));
	assert_false(gate.exists);
	assert_int_equal(gate.uidvalidity, 0);
	assert_false(gate.keywords);
	assert_int_equal(gate.n_copied, 0);
	imap_gate_close(&gate);
}

static void
a_nul_passes_in_a_mail_alone(void **state)
{
	static const char mail[] = "* 1 FETCH (BODY[] {3}\r\na\0b)\r\n";
	static const char line[] = "* 1 \0 FETCH\r\n";
	struct imap_gate gate;

	(void)state;
	assert_null(pass(&gate, mail, sizeof mail - 1, 4096));
	imap_gate_close(&gate);
	assert_non_null(pass(&gate, line, sizeof line - 1, 4096));
	imap_gate_close(&gate);
}

static void
goodbye_is_an_answer_to_logout(void **state)
{
	static const char bye[] = "* BYE bye\r\n";
	struct imap_gate gate = { .line_max = 100, .may_end = true };

	(void)state;
	assert_null(imap_gate_pass(&gate, (const unsigned char *)bye,
	    sizeof bye - 1));
	imap_gate_close(&gate);
}

/* 25 MB go through in pieces, and none of them stays. */
static void
a_large_mail_needs_no_memory(void **state)
{
	static const char head[] = "* 1 FETCH (BODY[] {26214400}\r\n";
	static unsigned char body[16384];
	struct imap_gate gate = { .line_max = 100,
		.literal_max = 26214400 };
	char out[16384];

	(void)state;
	assert_null(imap_gate_pass(&gate, (const unsigned char *)head,
	    sizeof head - 1));
	for (size_t n = 0; n < 26214400; n += sizeof body) {
		assert_null(imap_gate_pass(&gate, body, sizeof body));
		while (imap_gate_take(&gate, out, sizeof out) > 0)
			continue;
	}
	assert_int_equal(gate.literal_left, 0);
	assert_true(gate.out_cap <= 65536);
	imap_gate_close(&gate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_is_said_again_in_our_words),
		cmocka_unit_test(what_codes_tell_is_heard),
		cmocka_unit_test(what_only_looks_like_a_code_is_not),
		cmocka_unit_test(a_nul_passes_in_a_mail_alone),
		cmocka_unit_test(goodbye_is_an_answer_to_logout),
		cmocka_unit_test(a_large_mail_needs_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
