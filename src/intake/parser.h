/* SPDX-License-Identifier: MIT */
/* intake/parser.h: what engine and parser say to each other.
 *
 * One mail at a time, answers in the order of the questions. The parser has
 * no network, no files and little memory; a mail that kills it costs that
 * mail only. The engine bounds the time.
 */
#ifndef INTAKE_PARSER_H
#define INTAKE_PARSER_H

enum parser_frame {
	/* engine → parser */
	PARSER_OPEN = 1,	/* u8 enum auth_profile, text authserv_id,
				 * u32 n own hosts, n × text */
	PARSER_READ,		/* u32 tag; the mail as fd, or bytes */
	PARSER_PART,		/* u32 tag, u32 part; the mail as fd or bytes:
				 * the decoded bytes of one attachment */
	/* parser → engine */
	PARSER_MAIL = 64,	/* u32 tag, mail_write */
	PARSER_BYTES,		/* u32 tag, i64 size; fd (memory file) */
	PARSER_REFUSED,		/* u32 tag, text why */
};

#endif
