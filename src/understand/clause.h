/* SPDX-License-Identifier: MIT */
/* understand/clause.h: who a phrase speaks of, and whether it is meant.
 *
 * Shapes   a phrase is a match; its part is the clause between «men», «så»,
 *          «og» and the like
 * Errors   none
 * Owner    borrows from the sense
 * Source   Danish word order: the subject stands before the verb, or right
 *          behind it where something else comes first
 */
#ifndef UNDERSTAND_CLAUSE_H
#define UNDERSTAND_CLAUSE_H

#include "understand/sense.h"

enum subject {
	SUBJECT_SELF,		/* jeg, vi */
	SUBJECT_LEFT_OUT,	/* «kan ikke den 26.» */
	SUBJECT_OTHER,		/* a person named, han, hun, min kone */
	SUBJECT_READER,		/* du, I, man */
	SUBJECT_UNKNOWN,
};

enum subject clause_subject(const struct sense *s, const struct match *m,
	const struct named **who);
/* «hvis …» in the same breath. */
bool clause_is_condition(const struct sense *s, const struct match *m);
/* «når …» too, for what is only said of some other time. */
bool clause_is_when(const struct sense *s, const struct match *m);
bool clause_is_question(const struct sense *s, const struct match *m);
/* A word of negation in the part that no phrase has taken. */
bool clause_has_loose_negation(const struct sense *s, const struct match *m);
/* A but between the two. */
bool clause_but_between(const struct sense *s, const struct match *a,
	const struct match *b);
size_t clause_part_begin(const struct sense *s, size_t at);
size_t clause_part_end(const struct sense *s, size_t at);

#endif
