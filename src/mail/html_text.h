/* SPDX-License-Identifier: MIT */
/* mail/html_text.h: HTML as the one who reads the mail sees it.
 *
 * Shapes   UTF-8 in and out; LF at line ends, no blank lines in a row; lines
 *          of a quotation begin with '>' for each level; table cells apart
 *          by two spaces, list items behind "- " or "1. "
 * Units    linear in the input; elements beyond a depth of 200 are read, but
 *          their style is not
 * Errors   none: every text is some HTML
 * Owner    the arena's
 * Source   the HTML standard's parsing section, as far as words need it;
 *          CSS only where it hides; THREATS 16
 */
#ifndef MAIL_HTML_TEXT_H
#define MAIL_HTML_TEXT_H

#include <stdbool.h>

#include "base/text.h"

struct arena;

struct html_text {
	const char *text;	/* "" where nothing is seen */
	const char *hidden;	/* words that are not seen; NULL */
	bool has_coloured;	/* words in a quotation told apart by colour */
	bool is_cut;
};

struct html_text html_text_read(struct arena *arena, const char *html);

/* The set that the part's type names, else the one in a <meta>; NULL. */
const char *html_charset(struct arena *arena, const char *named,
	struct bytes html);

/* True where one of the two forms of a mail says words that the other does
 * not. White space, punctuation, links and pictures' names do not count. */
bool html_text_differs(struct arena *arena, const char *text,
	const char *html_text);

#endif
