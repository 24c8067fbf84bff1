/* SPDX-License-Identifier: MIT */
/* base/embedded.h: the files that are built in (schema, templates, lexicon).
 *
 * Shapes   named by their path in the source tree: "templates/da/receipt.md",
 *          "src/store/schema.sql", "src/understand/da.lexicon"
 * Owner    the program's own, for ever; each ends in a NUL that `n` leaves out
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
	const char *name;
	const char *data;
	size_t n;
};

/* All of them, sorted by name; made by the Makefile. */
extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* NULL where there is none of that name. */
const struct embedded *embedded_find(const char *name);

#endif
