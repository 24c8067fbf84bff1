/* SPDX-License-Identifier: MIT */
/* The secretary's word on who sits where: «Kirsten er ny formand fra 1.
 * januar», «Aase er trådt ud». One person who is on file is named, and
 * nothing is asked or doubted; else the mail is read as any other. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/sense.h"

#define LEXICON "src/understand/member.lexicon"

static const struct {
	const char *section;
	enum action_kind kind;
	const char *choice;
} orders[] = {
	{ "vice-chair", ACTION_MEMBER_ROLE, "vice-chair" },
	{ "chair", ACTION_MEMBER_ROLE, "chair" },
	{ "left", ACTION_MEMBER_LEAVE, NULL },
	{ "reached", ACTION_MEMBER_REACHED, NULL },
};

/* The one who is named, and the body whose secretary writes; NULL. */
static const struct world_person *
named_one(const struct sense *s, const struct world_body **body)
{
	const struct world_person *found = NULL;

	for (size_t i = 0; i < s->n_names; i++) {
		const struct named *n = &s->names[i];

		if (n->begin < s->tokens.text_at || n->person == NULL)
			continue;
		if (n->several || (found != NULL && strcmp(found->email,
		    n->person->email) != 0))
			return NULL;
		found = n->person;
	}
	*body = NULL;
	for (size_t b = 0; found != NULL && b < s->world->n_bodies; b++)
		if (sense_role(s, &s->world->bodies[b]) == ROLE_SECRETARY &&
		    world_person(&s->world->bodies[b], found->email) !=
		    NULL) {
			if (*body != NULL && *body != sense_body(s))
				*body = sense_body(s);
			else
				*body = &s->world->bodies[b];
		}
	return *body == NULL ? NULL : found;
}

bool
member_find(const struct sense *s, struct findings *f)
{
	const char *low = text_lower(s->arena, sense_text(s));
	const struct world_person *person;
	const struct world_body *body;

	if (s->words.is_forward || strchr(low, '?') != NULL ||
	    (person = named_one(s, &body)) == NULL ||
	    phrases_in(phrases_section(LEXICON, "not"), low, NULL) != NULL)
		return false;
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
		struct finding *one;

		if (phrases_in(phrases_section(LEXICON, orders[i].section),
		    low, NULL) == NULL)
			continue;
		one = finding_add(f, orders[i].kind, s->tokens.text_at);
		one->action.body = body->slug;
		one->action.person = person->email;
		one->action.choice = orders[i].choice;
		if (s->n_whens > 0)
			(void)when_day(&s->whens[0], s->sent_day, true,
			    &one->action.deadline_day);
		return true;
	}
	return false;
}
