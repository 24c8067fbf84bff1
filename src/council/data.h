/* SPDX-License-Identifier: MIT */
/* council/data.h: what somebody may ask about his own data, and what the
 * nights do about it.
 *
 * Shapes   asked, confirmed by a word to the address, decided by the
 *          secretary; access goes as one file of text, an erasure is carried
 *          out in the night after, and the letter that says so is the last
 * Units    days after the request: 14 and 25 remind, 30 is too late
 * Errors   as store.h
 * Owner    the arena
 * Source   GDPR art. 12(3), 12(4), 15, 17; THREATS, law 5 and 6
 */
#ifndef COUNCIL_DATA_H
#define COUNCIL_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"

#define DATA_DAYS 30

/* All that is kept about the address, with headings, purposes and periods in
 * the words of `language`. */
enum rc data_file(struct store *store, struct arena *arena,
	const char *email, const char *language, int64_t now_at,
	const char **text, struct err *err);

/* One night: erasures whose time has come, and those whose last letter has
 * left; *n counts both. */
enum rc data_erase_night(struct council *council, struct arena *arena,
	size_t *n, struct err *err);
/* Reminds the secretary of what she has not decided. */
enum rc data_remind_night(struct council *council, struct arena *arena,
	size_t *n, struct err *err);

#endif
