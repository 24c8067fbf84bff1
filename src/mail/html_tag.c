/* SPDX-License-Identifier: MIT */
/* The elements of HTML that mail is written with, sorted by name. */
#include "mail/html_tag.h"

#include <string.h>

static const struct {
	const char *name;
	enum tag tag;
	enum form form;
} known[] = {
	{ "a", TAG_A, FORM_INLINE }, { "abbr", TAG_INLINE, FORM_INLINE },
	{ "address", TAG_BLOCK, FORM_BLOCK }, { "area", TAG_VOID, FORM_VOID },
	{ "article", TAG_BLOCK, FORM_BLOCK },
	{ "aside", TAG_BLOCK, FORM_BLOCK }, { "b", TAG_INLINE, FORM_INLINE },
	{ "base", TAG_VOID, FORM_VOID }, { "big", TAG_INLINE, FORM_INLINE },
	{ "blockquote", TAG_BLOCKQUOTE, FORM_BLOCK },
	{ "body", TAG_BODY, FORM_BLOCK }, { "br", TAG_BR, FORM_VOID },
	{ "caption", TAG_BLOCK, FORM_BLOCK },
	{ "center", TAG_BLOCK, FORM_BLOCK }, { "col", TAG_VOID, FORM_VOID },
	{ "dd", TAG_BLOCK, FORM_BLOCK }, { "div", TAG_DIV, FORM_BLOCK },
	{ "dl", TAG_BLOCK, FORM_BLOCK }, { "dt", TAG_BLOCK, FORM_BLOCK },
	{ "em", TAG_INLINE, FORM_INLINE }, { "embed", TAG_VOID, FORM_VOID },
	{ "fieldset", TAG_BLOCK, FORM_BLOCK },
	{ "font", TAG_FONT, FORM_INLINE }, { "footer", TAG_BLOCK, FORM_BLOCK },
	{ "form", TAG_BLOCK, FORM_BLOCK }, { "h1", TAG_HEADING, FORM_SPACED },
	{ "h2", TAG_HEADING, FORM_SPACED }, { "h3", TAG_HEADING, FORM_SPACED },
	{ "h4", TAG_HEADING, FORM_SPACED }, { "h5", TAG_HEADING, FORM_SPACED },
	{ "h6", TAG_HEADING, FORM_SPACED },
	{ "header", TAG_BLOCK, FORM_BLOCK }, { "hr", TAG_HR, FORM_VOID },
	{ "html", TAG_BLOCK, FORM_BLOCK }, { "i", TAG_INLINE, FORM_INLINE },
	{ "img", TAG_IMG, FORM_VOID }, { "input", TAG_VOID, FORM_VOID },
	{ "li", TAG_LI, FORM_BLOCK }, { "link", TAG_VOID, FORM_VOID },
	{ "main", TAG_BLOCK, FORM_BLOCK }, { "meta", TAG_VOID, FORM_VOID },
	{ "nav", TAG_BLOCK, FORM_BLOCK }, { "ol", TAG_OL, FORM_BLOCK },
	{ "p", TAG_P, FORM_SPACED }, { "pre", TAG_PRE, FORM_BLOCK },
	{ "s", TAG_INLINE, FORM_INLINE }, { "script", TAG_RAW, FORM_RAW },
	{ "section", TAG_BLOCK, FORM_BLOCK },
	{ "small", TAG_INLINE, FORM_INLINE },
	{ "source", TAG_VOID, FORM_VOID }, { "span", TAG_SPAN, FORM_INLINE },
	{ "strong", TAG_INLINE, FORM_INLINE },
	{ "style", TAG_STYLE, FORM_RAW }, { "sub", TAG_INLINE, FORM_INLINE },
	{ "sup", TAG_INLINE, FORM_INLINE },
	{ "table", TAG_TABLE, FORM_BLOCK }, { "tbody", TAG_BLOCK, FORM_BLOCK },
	{ "td", TAG_TD, FORM_BLOCK }, { "template", TAG_TEMPLATE, FORM_BLOCK },
	{ "tfoot", TAG_BLOCK, FORM_BLOCK }, { "th", TAG_TD, FORM_BLOCK },
	{ "thead", TAG_BLOCK, FORM_BLOCK }, { "title", TAG_RAW, FORM_RAW },
	{ "tr", TAG_TR, FORM_BLOCK }, { "tt", TAG_INLINE, FORM_INLINE },
	{ "u", TAG_INLINE, FORM_INLINE }, { "ul", TAG_UL, FORM_BLOCK },
	{ "wbr", TAG_VOID, FORM_VOID }, { "xmp", TAG_PRE, FORM_BLOCK },
};

void
html_tag_find(const char *name, enum tag *tag, enum form *form)
{
	size_t low = 0, high = sizeof known / sizeof *known;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, known[middle].name);

		if (order == 0) {
			*tag = known[middle].tag;
			*form = known[middle].form;
			return;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	*tag = TAG_OTHER;
	*form = FORM_INLINE;
}
