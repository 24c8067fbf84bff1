/* SPDX-License-Identifier: MIT */
/* mail/html_token.h: HTML cut into tags and text, in one pass.
 *
 * Shapes   a token borrows from the text; names are lower case
 * Errors   none: what is no tag is text, what is never closed ends the input
 * Owner    the caller's struct; decoded values are the arena's
 * Source   the HTML standard §13.2.5 (tokenization), as far as mail needs it
 */
#ifndef MAIL_HTML_TOKEN_H
#define MAIL_HTML_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum html_kind { HTML_END, HTML_TEXT, HTML_OPEN, HTML_CLOSE };

/* The attributes that change what is seen. */
enum html_attr {
	HTML_STYLE, HTML_CLASS, HTML_ID, HTML_COLOR, HTML_BGCOLOR,
	HTML_HIDDEN, HTML_TYPE, HTML_ALT, HTML_START, HTML_NAME, HTML_ATTRS
};

#define HTML_NAME_MAX 16 /* of a tag; longer ones are cut, and unknown */

struct html_token {
	enum html_kind kind;
	const char *data;	/* text, and raw text of script or style */
	size_t n;
	char name[HTML_NAME_MAX];
	bool has[HTML_ATTRS];
	struct bytes attrs[HTML_ATTRS];	/* as written, entities too */
};

struct html_reader {
	const char *at, *end;
};

struct html_reader html_reader(const char *html);
void html_next(struct html_reader *reader, struct html_token *token);

/* After the opening tag `name` of raw text: all up to its end tag. */
struct bytes html_raw(struct html_reader *reader, const char *name);

/* The character that "&…" at `at` means, and where it ends; 0 where it means
 * none. */
uint32_t html_entity(const char *at, const char *end, const char **after);

/* A value with its entities decoded, at most `max` bytes of it. */
const char *html_value(struct arena *arena, struct bytes value, size_t max);

#endif
