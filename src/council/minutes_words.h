/* SPDX-License-Identifier: MIT */
/* council/minutes_words.h: the words of the form and of money, out of
 * templates/LANG/words.txt.
 *
 * Shapes   one word of the form is a list with `;`, the first of which we write
 *          and all of which we read
 * Errors   none: a language that lacks one has nothing to find
 * Owner    the arena
 */
#ifndef COUNCIL_MINUTES_WORDS_H
#define COUNCIL_MINUTES_WORDS_H

#include "rules/budget.h"
#include "rules/minutes.h"

struct arena;

const struct minutes_words *minutes_words_load(struct arena *arena,
	const char *language);
struct budget_words budget_words_load(struct arena *arena,
	const char *language);
/* The first of a list with `;`: what we write ourselves. */
const char *minutes_word_first(struct arena *arena,
	const struct minutes_words *words, enum minutes_word word);

#endif
