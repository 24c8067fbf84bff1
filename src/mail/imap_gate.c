/* SPDX-License-Identifier: MIT */
/* Follows lines and literals as they come, and stops what would harm. */
#include "mail/imap_gate.h"

#include <string.h>
#include <strings.h>

#define DEPTH_MAX 32 /* BODYSTRUCTURE 20,000 deep overflows libetpan's stack;
		      * nothing that we ask for nests deeper than 4 */

enum { OUTSIDE, IN_NUMBER, CLOSED, CLOSED_CR };

/* Text for people has no literals and no lists: its braces and parentheses
 * are only words (resp-text, RFC 9051 §9). */
static bool
is_text_line(const struct imap_gate *gate)
{
	static const char *const words[] = { "OK", "NO", "BAD", "BYE",
		"PREAUTH" };
	const char *word = gate->line;

	if (gate->line[0] == '+')
		return true;
	word += strcspn(word, " ");
	if (*word++ == '\0')
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);

		if (strncasecmp(word, words[i], n) == 0
		    && strchr(" \r\n", word[n]) != NULL)
			return true;
	}
	return false;
}

/* `* 12 EXISTS` */
static bool
says_exists(const char *line)
{
	size_t digits;

	if (strncmp(line, "* ", 2) != 0)
		return false;
	digits = strspn(line + 2, "0123456789");
	return digits > 0 && strncasecmp(line + 2 + digits, " EXISTS", 7) == 0;
}

static const char *
end_line(struct imap_gate *gate)
{
	const char *why = NULL;

	memcpy(gate->last, gate->line, sizeof gate->last);
	gate->last[strcspn(gate->last, "\r\n")] = '\0';
	if (says_exists(gate->last))
		gate->exists = true;
	if (strncasecmp(gate->last, "* BYE", 5) == 0 && !gate->may_end)
		why = "the server ends the connection";
	if (gate->literal_state >= CLOSED && !is_text_line(gate)) {
		if (gate->announced > gate->literal_max)
			why = "the server announces more bytes than were "
			    "asked for";
		gate->literal_left = gate->announced;
		/* the line goes on behind the literal */
		gate->goes_on = true;
	} else {
		gate->depth = 0;
		gate->goes_on = false;
		memset(gate->line, 0, sizeof gate->line);
	}
	gate->line_n = 0;
	gate->quoted = gate->escaped = false;
	gate->literal_state = OUTSIDE;
	return why;
}

static void
follow_literal(struct imap_gate *gate, unsigned char c)
{
	if (c == '{') {
		gate->literal_state = IN_NUMBER;
		gate->announced = 0;
	} else if (gate->literal_state == IN_NUMBER && c >= '0' && c <= '9') {
		if (gate->announced <= UINT32_MAX)
			gate->announced = gate->announced * 10
			    + (uint64_t)(c - '0');
	} else if (gate->literal_state == IN_NUMBER && c == '}')
		gate->literal_state = CLOSED;
	else if (gate->literal_state == CLOSED && c == '\r')
		gate->literal_state = CLOSED_CR;
	else if (gate->literal_state != IN_NUMBER || c != '+')
		gate->literal_state = OUTSIDE;
}

static const char *
pass_byte(struct imap_gate *gate, unsigned char c)
{
	if (c == '\0')
		return "the server sends a NUL outside a mail";
	if (gate->line_n < sizeof gate->line - 1 && !gate->goes_on)
		gate->line[gate->line_n] = (char)c;
	if (++gate->line_n > gate->line_max)
		return "the server sends a line without end";
	if (c == '\n')
		return end_line(gate);
	if (gate->quoted) {
		gate->quoted = gate->escaped || c != '"';
		gate->escaped = !gate->escaped && c == '\\';
		return NULL;
	}
	follow_literal(gate, c);
	if (c == '"')
		gate->quoted = true;
	else if (c == '(' && ++gate->depth > DEPTH_MAX && !is_text_line(gate))
		return "the server nests its answer too deep";
	else if (c == ')' && gate->depth > 0)
		gate->depth--;
	return NULL;
}

const char *
imap_gate_pass(struct imap_gate *gate, const unsigned char *data, size_t n)
{
	const char *why = NULL;

	for (size_t i = 0; i < n && why == NULL; i++) {
		if (gate->literal_left > 0) {
			uint64_t skip = gate->literal_left < n - i
			    ? gate->literal_left : n - i;

			gate->literal_left -= skip;
			i += (size_t)skip - 1;
			continue;
		}
		why = pass_byte(gate, data[i]);
	}
	return why;
}

const char *
imap_gate_line(const struct imap_gate *gate)
{
	return gate->line_n > 0 && !gate->goes_on ? gate->line : gate->last;
}
