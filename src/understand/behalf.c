/* SPDX-License-Identifier: MIT */
/* The secretary's word for a member. */
#include "understand/behalf.h"

#include <string.h>

#include "understand/clause.h"

static const struct named *
name_behind(const struct sense *s, const struct match *m)
{
	for (size_t i = 0; i < s->n_names; i++)
		if (s->names[i].begin == m->end
		    && s->names[i].person != NULL)
			return &s->names[i];
	return NULL;
}

bool
behalf_named(const struct sense *s, const struct match *m,
    const struct named **who)
{
	const struct named *found = NULL;

	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *b = &s->matches[i];

		if (b->meaning == MEANS_WHOLE_BODY && b->end <= m->begin
		    && name_behind(s, b) != NULL)
			found = name_behind(s, b);
	}
	if (found != NULL)
		*who = found;
	return found != NULL;
}

bool
behalf_of_many(const struct sense *s)
{
	if (!sense_says(s, MEANS_WHOLE_BODY))
		return false;
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_WHOLE_BODY
		    && name_behind(s, &s->matches[i]) == NULL)
			return true;
	return false;
}

static bool
is_spoken_to(const struct sense *s, const struct named *n)
{
	return n->begin > 0 && lexicon_in(s->lexicon,
	    &s->tokens.list[n->begin - 1], SET_GREETING);
}

/* «Aase har ringet. Hun kan ikke komme»: the last one named before. */
static const struct named *
nearest(const struct sense *s, const struct match *m)
{
	const struct named *best = NULL;

	for (size_t i = 0; i < s->n_names; i++)
		if (s->names[i].begin < m->begin
		    && !is_spoken_to(s, &s->names[i])
		    && (best == NULL || s->names[i].begin > best->begin))
			best = &s->names[i];
	return best;
}

const char *
behalf_person(const struct sense *s, const struct match *m,
    const struct named *who, const struct which *w)
{
	if (who == NULL)
		who = nearest(s, m);
	if (who == NULL || who->person == NULL || who->several
	    || !s->who.verified || w->n != 1 || w->wrong || w->past
	    || w->several || !w->told)
		return NULL;
	if (sense_role(s, w->pick[0].body) != ROLE_SECRETARY
	    || world_person(w->pick[0].body, who->person->email) == NULL)
		return NULL;
	return who->person->email;
}
