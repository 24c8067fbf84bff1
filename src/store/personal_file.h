/* SPDX-License-Identifier: MIT */
/* store/personal_file.h: all that is kept about one address, as rows to read.
 *
 * Shapes   one row a fact, by kind ("mail", "application" …), oldest first
 *          within a kind; what others said or were is not selected
 * Units    at in UTC seconds; 0 not known
 * Errors   as store.h
 * Owner    the arena
 * Source   GDPR art. 15; store/personal.h; THREATS, law 5
 */
#ifndef STORE_PERSONAL_FILE_H
#define STORE_PERSONAL_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct personal_fact {
	const char *kind;
	int64_t at;
	const char *words;
};

enum rc personal_file(struct store *store, struct arena *arena,
	const char *email, struct personal_fact **rows, size_t *n,
	struct err *err);

/* Who got which bytes, and when, because of one mail, or one letter: the
 * letter and each attempt to send it. */
struct incident_line {
	int64_t letter_id, at, size_bytes;
	const char *key, *to, *state, *answer;
};
enum rc incident_of_mail(struct store *store, struct arena *arena,
	int64_t mail_id, struct incident_line **rows, size_t *n,
	struct err *err);
enum rc incident_of_letter(struct store *store, struct arena *arena,
	int64_t letter_id, struct incident_line **rows, size_t *n,
	struct err *err);

#endif
