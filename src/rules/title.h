/* SPDX-License-Identifier: MIT */
/* rules/title.h: a title as it is to stand on an agenda.
 *
 * Shapes   cut from a sentence it begins small and ends in a mark: it gets a
 *          capital letter, and keeps only the mark of a real question. A word
 *          that is written with a capital inside («iPad») stays as it is
 * Errors   none
 * Owner    the arena
 */
#ifndef RULES_TITLE_H
#define RULES_TITLE_H

struct arena;

/* `asking` are the words that a question begins with, space between; NULL:
 * every question mark goes. NULL stays NULL. */
const char *title_nice(struct arena *arena, const char *title,
	const char *asking);

#endif
