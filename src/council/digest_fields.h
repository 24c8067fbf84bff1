/* SPDX-License-Identifier: MIT */
/* council/digest_fields.h: what was done by itself since the last decision
 * mail, and what is in trouble.
 *
 * Shapes   counted by kind and named briefly; words.txt has a line for each
 *          kind that is told (did-DEED, due-NAME, letters-KIND), what has no
 *          line there is not told
 * Errors   as store.h
 * Owner    the arena
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef COUNCIL_DIGEST_FIELDS_H
#define COUNCIL_DIGEST_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "council/council.h"
#include "store/digest.h"

struct arena;
struct json_fields;

struct digest {
	const char *body;		/* slug; NULL */
	struct digest_row *deeds, *dues, *unanswered;
	size_t n_deeds, n_dues, n_unanswered;
	struct digest_letters *sent;
	size_t n_sent;
	struct digest_trouble *trouble;
	size_t n_trouble;
};

enum rc digest_load(struct council *council, struct arena *arena,
	const char *body, struct digest *digest, struct err *err);
/* Whether there is anything that somebody should hear of. */
bool digest_has(const struct digest *digest);
/* done, sent, trouble, unanswered: lists */
void digest_fields(struct council *council, struct arena *arena,
	const char *language, const struct digest *digest,
	struct json_fields *fields);

#endif
