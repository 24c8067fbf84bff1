/* SPDX-License-Identifier: MIT */
/* render/paper.h: a document that is to be printed, as the engine hands it to
 * raadspost-paper, and the pages that come back.
 *
 * Shapes   Markdown (CommonMark), with two blocks of our own, since it has no
 *          tables. A row a line, cells between «|»; a cell is Markdown, too:
 *            ~~~head       the head of a letter: a name, and what it says
 *            ~~~table      the first row is the head, drawn again on each
 *                          page; a head cell that begins with «>» has its
 *                          column at the right edge, as figures stand
 *          A text that a template fills in cannot end a block: its marks are
 *          escaped. Raw HTML and pictures are left out
 * Units    UTC seconds; at most PAPER_MARKDOWN_BYTES in, PAPER_PDF_BYTES out
 * Errors   RC_STOP a frame that is none
 * Owner    the arena
 * Source   LIBRARIES P1; THREATS law 12; PDF 1.7 (ISO 32000-1) 14.7, 14.8
 */
#ifndef RENDER_PAPER_H
#define RENDER_PAPER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "base/wire.h"

struct arena;

#define PAPER_MARKDOWN_BYTES ((size_t)1024 * 1024) /* 300 pages */
#define PAPER_PDF_BYTES (WIRE_MAX_BYTES - 1024)
#define PAPER_SECONDS 5	/* of the processor: hostile Markdown is
				 * quadratic in cmark (LIBRARIES M1) */

enum paper_frame { PAPER_ASK = 1, PAPER_PDF, PAPER_REFUSED };

struct paper {
	const char *language;		/* "da" */
	const char *title;
	const char *municipality, *sender;	/* sender: the council */
	const char *letterhead;		/* lines beside them; "" */
	const char *footer;		/* at the foot of each page; "" */
	const char *page_words;		/* "Side $p af $n" */
	const char *markdown;
	int64_t made_at;		/* the date that the file says: given,
					 * so that the same words give the same
					 * bytes */
};

struct bytes paper_write(struct arena *arena, const struct paper *paper);
enum rc paper_read(struct arena *arena, struct bytes payload,
	struct paper *paper, struct err *err);

#endif
