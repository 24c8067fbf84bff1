/* SPDX-License-Identifier: MIT */
/* intake/parser.h: what engine and parser say to each other.
 *
 * One mail at a time, answers in the order of the questions. The parser has
 * no network, no files and little memory; a mail that kills it costs that
 * mail only. The engine bounds the time. After some thousand mails, and only
 * while nothing waits, the parser exits with status 0 to be started anew:
 * what has no answer then is asked again, and is not to blame.
 *
 * Shapes   frames of base/wire.h; the functions below make and take their
 *          payloads, for wire_write or channel_put
 * Errors   RC_STOP for a frame that is none
 * Owner    the arena's
 */
#ifndef INTAKE_PARSER_H
#define INTAKE_PARSER_H

#include "base/err.h"
#include "base/wire.h"
#include "mail/auth.h"
#include "mail/mail.h"

enum parser_frame {
	/* engine → parser */
	PARSER_OPEN = 1,	/* u8 enum auth_profile, text authserv_id,
				 * u32 n own hosts, n × text, u8 is_below */
	PARSER_READ,		/* u32 tag; the mail as fd, or bytes */
	PARSER_PART,		/* u32 tag, u32 part; the mail as fd or bytes:
				 * the decoded bytes of one attachment */
	/* parser → engine */
	PARSER_MAIL = 64,	/* u32 tag, mail_write */
	PARSER_BYTES,		/* u32 tag, i64 size; fd (memory file) */
	PARSER_REFUSED,		/* u32 tag, text why: beyond us (RC_PARK) */
};

/* --- the engine's side ----------------------------------------------- */

struct bytes parser_open_payload(struct arena *arena,
	const struct auth_trust *trust);

/* `raw` is empty where the mail goes along as a descriptor. */
struct bytes parser_read_payload(struct arena *arena, uint32_t tag,
	struct bytes raw);
struct bytes parser_part_payload(struct arena *arena, uint32_t tag,
	uint32_t part, struct bytes raw);

struct parser_answer {
	enum parser_frame kind;
	uint32_t tag;
	const struct mail *mail;	/* PARSER_MAIL */
	int64_t size_bytes;		/* PARSER_BYTES; the frame's fd holds
					 * them, and stays the caller's */
	const char *why;		/* PARSER_REFUSED */
};

enum rc parser_answer_read(struct arena *arena, const struct frame *frame,
	struct parser_answer *answer, struct err *err);

/* --- the parser's side ----------------------------------------------- */

struct parser_request {
	enum parser_frame kind;
	struct auth_trust trust;	/* PARSER_OPEN */
	uint32_t tag, part;
	struct bytes raw;	/* borrowed from the frame; empty with an fd */
};

enum rc parser_request_read(struct arena *arena, const struct frame *frame,
	struct parser_request *request, struct err *err);

#endif
