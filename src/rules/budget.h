/* SPDX-License-Identifier: MIT */
/* rules/budget.h: money in the words of minutes: granted, used, left.
 *
 * Shapes   «bevilget op til 5.000 kr.», «4.900 kr. brugt sidste år»: a
 *          sentence with an amount and one of the words; a sentence with
 *          neither or both says nothing. «op til» changes nothing: it is the
 *          most that may be used
 * Units    øre; years
 * Errors   none: what is no amount is left out
 * Owner    the arena
 * Source   FIELD: Albertslund, item 4
 */
#ifndef RULES_BUDGET_H
#define RULES_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum budget_kind { BUDGET_GRANTED, BUDGET_USED };

struct budget_line {
	enum budget_kind kind;
	int64_t amount_ore;
	int year;
	const char *words;	/* the sentence */
};

/* The words of one language, lists with `;`. */
struct budget_words {
	const char *granted, *used, *unit, *last_year;
};

/* `year` is that of the meeting. At most `most` lines. */
size_t budget_read(struct arena *arena, const struct budget_words *words,
	const char *text, int year, struct budget_line *lines, size_t most);

struct budget_sum {
	int64_t granted_ore, used_ore;
	bool any;
};
/* Of one year. */
struct budget_sum budget_add_up(const struct budget_line *lines, size_t n,
	int year);
/* «5.000», «4.900,50»: as Danes write amounts. */
const char *budget_amount(struct arena *arena, int64_t amount_ore);

#endif
