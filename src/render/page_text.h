/* SPDX-License-Identifier: MIT */
/* render/page_text.h: words as HTML for a page.
 *
 * Shapes   page_markdown: the secretary's own words, by cmark in its safe
 *          mode: no raw HTML, no pictures, links to http(s), mailto and tel;
 *          headings from `level` on, none left out between them.
 *          page_plain: what anybody wrote, escaped, its lines kept
 * Units    more than TEMPLATE_OUT_BYTES of Markdown is taken as plain
 * Errors   none
 * Owner    the arena
 */
#ifndef RENDER_PAGE_TEXT_H
#define RENDER_PAGE_TEXT_H

struct arena;

const char *page_markdown(struct arena *arena, const char *markdown,
	int level);
const char *page_plain(struct arena *arena, const char *text);

#endif
