/* SPDX-License-Identifier: MIT */
/* render/markdown.h: Markdown to what a person reads.
 *
 * Shapes   text: a paragraph a line, an empty line between them; «> » before
 *          what is quoted, «- » and «1. » before what is listed. HTML: only
 *          p h1-h4 ul ol li blockquote br strong em a code hr, each with its
 *          style; links only to http(s), mailto and tel. Raw HTML and
 *          pictures are left out.
 * Units    at most TEMPLATE_OUT_BYTES of Markdown
 * Errors   RC_PARK for more than that
 * Owner    the arena
 * Source   CommonMark 0.30 (cmark); LIBRARIES: the tree is walked with
 *          cmark_iter, never by recursion
 */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "base/err.h"

struct arena;

struct markdown_out {
	const char *text, *html;
};

enum rc markdown_render(struct arena *arena, const char *markdown,
	struct markdown_out *out, struct err *err);

#endif
