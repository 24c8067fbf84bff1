/* SPDX-License-Identifier: MIT */
/* mail/html_style.h: the few declarations of CSS that hide words or colour
 * them.
 *
 * Shapes   a style is what one element says; what it inherits is the
 *          caller's business
 * Units    colours as 0xRRGGBB, or one of the two below
 * Errors   none: what is not understood says nothing
 * Owner    sheets live in the arena
 * Source   CSS 2.2, by what mail programs write; THREATS 16
 */
#ifndef MAIL_HTML_STYLE_H
#define MAIL_HTML_STYLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define STYLE_UNSET 0xFF000000u	/* not said */
#define STYLE_UNKNOWN 0xFE000000u /* a picture, or beyond us */
#define STYLE_CLEAR 0xFD000000u	/* transparent */

struct html_style {
	signed char display;	/* -1 not said, 0 none, 1 something */
	signed char visible;	/* -1 not said, 0 hidden, 1 visible */
	signed char tiny;	/* -1 not said, 1 a size nobody can read */
	signed char pre;	/* -1 not said, 1 white space is kept */
	bool hides;		/* by opacity, height, place */
	bool is_important;	/* its display: none beats the element's own */
	bool no_margin;		/* paragraphs without a blank line between */
	bool is_reply_rule;	/* the line that Outlook draws above the mail
				 * it answers */
	bool is_indent;		/* a blockquote that only indents */
	uint32_t color, background;
};

#define STYLE_NONE ((struct html_style){ .display = -1, .visible = -1, \
	.tiny = -1, .pre = -1, .color = STYLE_UNSET, \
	.background = STYLE_UNSET })

/* Declarations "a: b; c: d" on top of what `style` says already. */
void html_style_read(struct html_style *style, const char *declarations,
	size_t n);

uint32_t html_color_read(const char *text, size_t n);

/* The rules of <style> elements with one tag, class or id as selector. */
struct html_sheet;
struct html_sheet *html_sheet_open(struct arena *arena);
void html_sheet_add(struct html_sheet *sheet, const char *css, size_t n);
void html_sheet_apply(const struct html_sheet *sheet, const char *tag,
	const char *classes, const char *id, struct html_style *style,
	bool *important);

#endif
