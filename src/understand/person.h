/* SPDX-License-Identifier: MIT */
/* understand/person.h: the people that a text names.
 *
 * Shapes   members by first, last or whole name or initials, in any case;
 *          others as two or more capitalised words
 * Errors   none: what names nobody is no name
 * Owner    the arena; borrows from the world
 * Source   how members write of each other: «Tove», «J-O», «Mrs. Pham»
 */
#ifndef UNDERSTAND_PERSON_H
#define UNDERSTAND_PERSON_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/world.h"
#include "understand/lexicon.h"
#include "understand/token.h"

struct arena;

struct named {
	const char *name;		/* as written */
	const struct world_person *person; /* NULL: not on file */
	bool several;			/* more than one has that name */
	size_t begin, end;		/* tokens */
};

/* Finds the names and makes each a unit of the tokens. People of `first`
 * (NULL none) are meant before those of other bodies. */
const struct named *person_find(const struct lexicon *lexicon,
	struct arena *arena, struct tokens *tokens, const struct world *world,
	const struct world_body *first, size_t *n);

/* Whether two names can be one person's: the words of the shorter are all in
 * the longer. */
bool person_same(struct arena *arena, const char *a, const char *b);
/* «KAJ MIKKELSEN» as «Kaj Mikkelsen»; a name with a small letter, or of
 * initials, as it is. */
const char *person_plain(struct arena *arena, const char *name);
/* A text that looks like a person's name: two to five capitalised words. */
bool person_is_name(struct arena *arena, const char *text);

#endif
