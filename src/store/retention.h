/* SPDX-License-Identifier: MIT */
/* store/retention.h: what the law and our own letters say goes, and when.
 *
 * Shapes   each function takes away at most `limit` things and says in *n how
 *          many, so that a night's work is many small transactions; fewer
 *          than `limit` means that nothing is left to do. What is erased is
 *          overwritten (secure_delete); the write-ahead log keeps the old
 *          pages until store_scrub
 * Units    `before_at`: what is older goes, in UTC seconds
 * Errors   as store.h
 * Owner    rows live in the arena
 * Source   schema.sql, KEPT; THREATS, law 6 and 7; GDPR art. 5(1)(e)
 */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

/* Class raw: bytes, sender, subject and why of mails that are done; bytes,
 * text, recipient, subject and one-time word of letters that have come to
 * their end. What is left says that there was one, and when. */
enum rc retention_mails(struct store *store, int64_t before_at, size_t limit,
	size_t *n, struct err *err);
enum rc retention_letters(struct store *store, int64_t before_at,
	size_t limit, size_t *n, struct err *err);
/* The same for mails whose application or nomination was undone, refused or
 * has ended, whatever their age: our letters say that it is erased. */
enum rc retention_ended(struct store *store, size_t limit, size_t *n,
	struct err *err);
/* Class log. */
enum rc retention_sent(struct store *store, int64_t before_at, size_t limit,
	size_t *n, struct err *err);
/* Questions that were answered, or ran out. */
enum rc retention_pending(struct store *store, int64_t before_at,
	size_t limit, size_t *n, struct err *err);

/* Places that ended before, people without one, and the accepted applications
 * of those. */
enum rc retention_people(struct store *store, int64_t before_at,
	size_t limit, size_t *n, struct err *err);
/* Subscriptions that were ended before. */
enum rc retention_subscriptions(struct store *store, int64_t before_at,
	size_t limit, size_t *n, struct err *err);
/* Addresses of calls whose deadline was before. */
enum rc retention_called(struct store *store, int64_t before_at,
	size_t limit, size_t *n, struct err *err);

/* Applications of which no seat came, and consented nominations, whose time
 * began before; with their lines in the journal made nameless. */
enum rc retention_seats(struct store *store, int64_t before_at, size_t limit,
	size_t *n, struct err *err);

/* Applications that came after the deadline, and nobody said that they may be
 * kept. */
enum rc retention_late(struct store *store, int64_t before_at, size_t limit,
	size_t *n, struct err *err);

/* One that is to go. */
struct retention_seat {
	int64_t number, came_at;
	bool is_nomination;
};
/* Those of a body that began before and of which the secretary was not told
 * yet, at most `limit`; they count as told from now on. */
enum rc retention_list(struct store *store, struct arena *arena,
	const char *body, int64_t before_at, int64_t now_at, size_t limit,
	struct retention_seat **rows, size_t *n, struct err *err);

/* Nominations that nobody answered, from before: their numbers. */
enum rc retention_silent(struct store *store, struct arena *arena,
	int64_t before_at, size_t limit, int64_t **numbers, size_t *n,
	struct err *err);

#endif
