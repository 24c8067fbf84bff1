/* SPDX-License-Identifier: MIT */
/* mail/imap_gate.h: what of a server's words libetpan gets to parse.
 *
 * libetpan's parser can be crashed by a response code of a few bytes, takes
 * every unknown line for the end of the session, and allocates a literal
 * before it is read. So every line is taken whole first, read by a small
 * strict grammar (imap_vet.c), and said again in our own words: sizes, UIDs,
 * bodies, searches, folders, and how a command ended. What we did not ask for
 * is dropped; what codes and counts tell is heard here.
 *
 * Units    bytes
 * Errors   imap_gate_pass returns why the connection must end, else NULL
 * Owner    the caller's, zeroed at first; imap_gate_close frees its buffers
 * Source   RFC 9051 §9: response-data, literal; §7.1 status, §7.4.1 EXISTS;
 *          RFC 4315 §3 COPYUID
 */
#ifndef MAIL_IMAP_GATE_H
#define MAIL_IMAP_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMAP_LINE_BYTES 256 /* as much of a line as is worth showing */

/* The answer that goes on behind a literal. */
enum imap_gate_in { GATE_NOTHING, GATE_FETCH, GATE_DROPPED };

struct imap_gate {
	size_t line_max, literal_max;	/* of the command under way */
	bool may_end;			/* after LOGOUT: BYE is an answer */
	/* heard; cleared by those who ask */
	bool exists;			/* `* n EXISTS`: something came */
	uint32_t uidvalidity;		/* the last that was said */
	bool read_only, keywords;	/* \* among PERMANENTFLAGS */
	size_t n_copied;		/* mails that COPYUID named */
	char last[IMAP_LINE_BYTES];	/* how the last line began */
	/* for libetpan */
	char *out;
	size_t out_at, out_n, out_cap;
	/* inside */
	char *line;
	size_t line_n, line_cap;
	enum imap_gate_in in;
	uint64_t literal_left;
};

const char *imap_gate_pass(struct imap_gate *gate, const unsigned char *data,
	size_t n);
void imap_gate_close(struct imap_gate *gate);

/* Takes at most n of the bytes for libetpan. */
size_t imap_gate_take(struct imap_gate *gate, char *data, size_t n);

/* For imap_vet.c: more for libetpan. False without memory. */
bool imap_gate_add(struct imap_gate *gate, const char *data, size_t n);

/* imap_vet.c: reads a whole line, its CRLF off, and adds what it means. Where
 * it announces a literal, `in` and `literal_left` are set. */
const char *imap_vet(struct imap_gate *gate, const char *line);

#endif
