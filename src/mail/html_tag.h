/* SPDX-License-Identifier: MIT */
/* mail/html_tag.h: what an element does to the lines around it.
 *
 * Shapes   names in lower case; one that is not known is an element of words
 * Errors   none
 * Source   the HTML standard §15.3 (how elements are shown by default)
 */
#ifndef MAIL_HTML_TAG_H
#define MAIL_HTML_TAG_H

enum form {
	FORM_INLINE = 1,	/* within a line */
	FORM_BLOCK,		/* lines of its own */
	FORM_SPACED,		/* and an empty line around them */
	FORM_VOID,		/* nothing in it, no end tag */
	FORM_RAW,		/* its text is none to be seen */
};

enum tag {
	TAG_OTHER, TAG_A, TAG_BLOCKQUOTE, TAG_BODY, TAG_BR, TAG_DIV, TAG_FONT,
	TAG_HEADING, TAG_HR, TAG_IMG, TAG_LI, TAG_OL, TAG_P, TAG_PRE,
	TAG_SPAN, TAG_STYLE, TAG_TABLE, TAG_TD, TAG_TR, TAG_UL, TAG_TEMPLATE,
	TAG_BLOCK, TAG_VOID, TAG_RAW, TAG_INLINE, N_TAGS
};

void html_tag_find(const char *name, enum tag *tag, enum form *form);

#endif
