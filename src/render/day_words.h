/* SPDX-License-Identifier: MIT */
/* render/day_words.h: days and times as a person writes them.
 *
 * Shapes   «torsdag den 26. november 2026 kl. 16.00–18.00», by the words of
 *          templates/LANG/words.txt, those built in (a folder that shadows
 *          templates does not shadow these: a date must not fail)
 * Units    instants in UTC seconds, shown in the body's zone
 * Errors   none: an unknown language gets ISO dates
 * Owner    the arena
 */
#ifndef RENDER_DAY_WORDS_H
#define RENDER_DAY_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

struct arena;

/* torsdag den 26. november 2026 */
const char *day_words(struct arena *arena, const char *language,
	struct date day);
/* 26. november */
const char *day_words_short(struct arena *arena, const char *language,
	struct date day);
/* torsdag den 26. november 2026 kl. 16.00 */
const char *day_words_at(struct arena *arena, const char *language,
	int64_t at);
/* 16.30 */
const char *day_words_time(struct arena *arena, const char *language,
	int64_t at);
/* torsdag den 26. november 2026 kl. 16.00–18.00; over midnight, both days */
const char *day_words_span(struct arena *arena, const char *language,
	int64_t start_at, int64_t end_at);

/* Another entry of words.txt; NULL where it has none. */
const char *words_get(struct arena *arena, const char *language,
	const char *name);
/* «A, B og C» */
const char *words_join(struct arena *arena, const char *language,
	const char *const *words, size_t n);

#endif
