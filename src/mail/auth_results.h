/* SPDX-License-Identifier: MIT */
/* mail/auth_results.h: one Authentication-Results field, by its grammar.
 *
 * Shapes   unfolded in; names and values in lower case out, quotes and
 *          comments gone
 * Units    what is beyond the counts below is left out
 * Errors   none: what does not fit the grammar is skipped to the next ';'
 * Owner    the arena's
 * Source   RFC 8601 §2.2
 */
#ifndef MAIL_AUTH_RESULTS_H
#define MAIL_AUTH_RESULTS_H

#include <stddef.h>

struct arena;

#define AUTH_MAX_RESULTS 24	/* methods in one field */
#define AUTH_MAX_PROPS 10	/* properties of one method */

struct auth_prop {
	const char *name;	/* "header.from", lower case */
	const char *value;
};

struct auth_result {
	const char *method;	/* "dmarc", lower case, without version */
	const char *value;	/* "pass", lower case */
	struct auth_prop props[AUTH_MAX_PROPS];
	size_t n_props;
};

struct auth_results {
	const char *id;		/* NULL where the field has none */
	struct auth_result list[AUTH_MAX_RESULTS];
	size_t n;
};

void auth_results_read(struct arena *arena, const char *value,
	struct auth_results *out);

/* The property of that name; NULL. */
const char *auth_prop(const struct auth_result *result, const char *name);

/* Behind the blanks and comments at `p`. */
const char *auth_skip_cfws(const char *p);

#endif
