/* SPDX-License-Identifier: MIT */
/* rules/minutes_inside.h: minutes while they are read; for the two files that
 * read them.
 *
 * Owner    the arena of the parse
 */
#ifndef RULES_MINUTES_INSIDE_H
#define RULES_MINUTES_INSIDE_H

#include "base/text.h"
#include "rules/minutes.h"

#define NAME_BYTES 80	/* «Navn:» of a line is no longer; a sentence with a
			 * colon is no speaker */

enum part { PART_TEXT, PART_DECISION, PART_SPEECHES, PART_PROMISES, PARTS };

/* An item while it is read: what was found under each of its headings. */
struct reading {
	struct minutes_item item;
	struct buf words[PARTS];
	bool seen;
};

struct parse {
	struct arena *arena;
	const struct minutes_source *source;
	struct minutes *out;
	const char **form;		/* its lines, squeezed */
	size_t n_form;
	struct reading *items;		/* by number - 1 */
	size_t n, last;			/* last heading's number */
	struct buf above;
	struct buf head[WORD_CASE_WORKER + 1];
	int head_at;			/* line of the head that goes on; -1 */
	bool head_seen[WORD_CASE_WORKER + 1];
	enum part part;
	const char **keys;		/* of the agenda's titles */
	const char *title_left;		/* key of a title that was wrapped */
	bool in_head, ended, blank;
	bool wrapped;			/* a promise may go on */
};

/* minutes_below.c: what stands under a heading. A promise begins with a byte
 * 1 where an arrow stood. */
const char *minutes_part_text(struct parse *p, struct reading *r,
	enum part part);
void minutes_speeches_read(struct parse *p, struct reading *r);
void minutes_promises_read(struct parse *p, struct reading *r);
/* A line that long, without its day, may have been wrapped. */
bool minutes_goes_on(struct parse *p, const char *line);

#endif
