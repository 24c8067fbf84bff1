/* SPDX-License-Identifier: MIT */
/* store/export.h: the letters and mails of one meeting, with their bytes.
 *
 * Shapes   letters that have left, of the meeting's ref; mails whose deeds
 *          about the meeting stand, but for who comes and who does not: those
 *          say something of somebody's health as often as not. What retention
 *          has erased is not there
 * Errors   as store.h
 * Owner    rows live in the arena
 */
#ifndef STORE_EXPORT_H
#define STORE_EXPORT_H

#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct store;

struct export_row {
	int64_t id, at;
	const char *what;	/* kind of a letter as a number; deed */
	const char *text;	/* of a letter, as sent; NULL */
	const char *subject;
	struct bytes raw;
};

enum rc export_letters(struct store *store, struct arena *arena,
	const char *meeting, size_t limit, struct export_row **rows,
	size_t *n, struct err *err);
enum rc export_mails(struct store *store, struct arena *arena,
	const char *meeting, size_t limit, struct export_row **rows,
	size_t *n, struct err *err);

#endif
