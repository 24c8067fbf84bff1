/* SPDX-License-Identifier: MIT */
/* Phrases of matters about persons. */
#include "understand/person_matter.h"

#include "base/arena.h"
#include "understand/phrases.h"

bool
person_matter_is(struct arena *arena, const char *text)
{
	return text != NULL && phrases_in(phrases_section(
	    "src/understand/person_matter.lexicon", "person"),
	    phrases_text(arena, text), NULL) != NULL;
}
