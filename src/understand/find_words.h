/* SPDX-License-Identifier: MIT */
/* understand/find_words.h: what somebody looks for, as the index is asked.
 *
 * Shapes   «boliger 2025»: every word as the beginning of a word, without its
 *          ending, each in quotation marks, so that no sign of the index's
 *          own language gets through; a year is a year
 * Units    year 0: any
 * Errors   false: there is no word in it
 * Owner    the arena
 * Source   SQLite FTS5 §3.1; phrases in find.lexicon
 */
#ifndef UNDERSTAND_FIND_WORDS_H
#define UNDERSTAND_FIND_WORDS_H

#include <stdbool.h>

struct arena;

struct find_words {
	const char *match;
	int year;
};

bool find_words_read(struct arena *arena, const char *words,
	struct find_words *find);

/* The number that «nr. 12» asks for; 0: none. */
int find_number_read(struct arena *arena, const char *words);

/* What follows the command in a line that is one; NULL: it is none. */
const char *find_command_read(struct arena *arena, const char *line);

#endif
