/* SPDX-License-Identifier: MIT */
/* store/attendance.h: who comes to a meeting, and who does not.
 *
 * Shapes   one answer per person and meeting counts, the last; earlier ones
 *          stay as history. No reason is ever stored
 * Errors   RC_PARK: no such meeting, or no answer that a substitute fits
 * Source   FIELD «afbud», «suppleant»; DESIGN «People before process»
 */
#ifndef STORE_ATTENDANCE_H
#define STORE_ATTENDANCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

enum reply { REPLY_ABSENT, REPLY_COMES, REPLY_TENTATIVE };

struct attendance {
	const char *meeting, *email;
	const char *substitute;		/* address or name; NULL */
	const char *by;		/* read: who said it, where it was another; NULL */
	enum reply reply;
	int64_t at, journal_id;
};

enum rc attendance_set(struct store *store, const struct attendance *row,
	struct err *err);
/* The answers that count, by person. */
enum rc attendance_list(struct store *store, struct arena *arena,
	const char *meeting, struct attendance **rows, size_t *n,
	struct err *err);
/* The answer under that line of the journal. RC_NONE: none, or taken back. */
enum rc attendance_load(struct store *store, struct arena *arena,
	int64_t journal_id, struct attendance *row, struct err *err);
enum rc attendance_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
