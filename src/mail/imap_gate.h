/* SPDX-License-Identifier: MIT */
/* mail/imap_gate.h: what a server may send before libetpan parses it.
 *
 * A small automaton that knows lines and literals and nothing else, and
 * refuses what harms a parser: a literal longer than asked for (it would be
 * allocated before it is read), a line without end, parentheses nested
 * thousands deep. It also hears the few lines that may come at any time.
 *
 * Units    bytes; depth in open parentheses
 * Errors   imap_gate_pass returns why, NULL while all is well
 * Owner    the caller's; nothing allocates
 * Source   RFC 9051 §9: literal, response-data; §7.1.5 BYE; §7.4.1 EXISTS
 */
#ifndef MAIL_IMAP_GATE_H
#define MAIL_IMAP_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMAP_LINE_BYTES 256 /* as much of a line as is worth keeping */

struct imap_gate {
	size_t line_max, literal_max;	/* of the command under way */
	bool may_end;			/* after LOGOUT: BYE is an answer */
	/* heard since the caller last cleared it */
	bool exists;			/* `* n EXISTS`: something came */
	char last[IMAP_LINE_BYTES];	/* the last whole line */
	/* inside */
	char line[IMAP_LINE_BYTES];	/* its beginning, before a literal */
	bool goes_on;			/* behind a literal */
	size_t line_n;			/* also counts what `line` drops */
	uint64_t literal_left;
	uint64_t announced;
	uint8_t literal_state;
	bool quoted, escaped;
	uint32_t depth;
};

const char *imap_gate_pass(struct imap_gate *gate, const unsigned char *data,
	size_t n);

/* The line under way, or the last one where none is. */
const char *imap_gate_line(const struct imap_gate *gate);

#endif
