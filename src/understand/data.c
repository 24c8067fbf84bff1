/* SPDX-License-Identifier: MIT */
/* What somebody may ask about his own data: to see it (GDPR article 15), to
 * be forgotten (17), to be written to at another address. */
#include <string.h>

#include "base/text.h"
#include "understand/clause.h"
#include "understand/sense.h"

static struct finding *
confirm_add(struct findings *f, enum action_kind kind, size_t at)
{
	struct finding *one = finding_add(f, kind, at);

	one->need = NEED_ASK;
	one->reason = "confirm";
	return one;
}

static bool
is_on_file(const struct sense *s, const char *email)
{
	for (size_t b = 0; b < s->world->n_bodies; b++)
		if (world_person(&s->world->bodies[b], email) != NULL)
			return true;
	return false;
}

/* The member on file whose name he bears or gives. */
static const char *
member_by_name(const struct sense *s)
{
	for (size_t b = 0; s->who.name != NULL && b < s->world->n_bodies;
	    b++) {
		const struct world_body *body = &s->world->bodies[b];

		for (size_t i = 0; i < body->n_people; i++)
			if (person_same(s->arena, body->people[i].name,
			    s->who.name))
				return body->people[i].email;
	}
	return NULL;
}

static void
address_find(const struct sense *s, struct findings *f)
{
	const struct match *m = sense_first(s, MEANS_ADDRESS, 0);
	const char *person = NULL, *to = NULL;
	struct finding *one;

	if (m == NULL || findings_has(f, ACTION_SUBSCRIBE)
	    || findings_has(f, ACTION_NOMINATION)
	    || findings_has(f, ACTION_APPLICATION)
	    || findings_has(f, ACTION_HEARING_OPEN))
		return;
	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++) {
		const char *email = s->tokens.list[i].norm;

		if (s->tokens.list[i].kind != TOKEN_EMAIL)
			continue;
		if (is_on_file(s, email) && person == NULL)
			person = email;
		else if (to == NULL && (s->who.email == NULL
		    || strcmp(email, s->who.email) != 0))
			to = email;
	}
	if (is_on_file(s, s->who.email))
		person = s->who.email;
	else if (person == NULL)
		person = member_by_name(s);
	if (to == NULL && s->who.n_places == 0)
		to = s->who.email;
	if (to == NULL || person == NULL || strcmp(to, person) == 0) {
		if (to != NULL && person == NULL)
			finding_none(f, NEED_ASK, "unknown-person", m->begin);
		return;
	}
	one = confirm_add(f, ACTION_ADDRESS_CHANGE, m->begin);
	one->action.person = person;
	one->action.to = to;
}

/* «Slet mig fra listen» leaves the list, no more. */
static const struct match *
erasure(const struct sense *s)
{
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		bool covered = false;

		if (m->meaning != MEANS_ERASE
		    || s->tokens.list[m->begin].context)
			continue;
		for (size_t k = 0; k < s->n_matches; k++)
			covered = covered || (s->matches[k].meaning
			    == MEANS_UNSUBSCRIBE
			    && s->matches[k].begin < m->end
			    && s->matches[k].end > m->end);
		if (!covered)
			return m;
	}
	return NULL;
}

static bool
is_in_council_work(const struct sense *s)
{
	return sense_is_letter(s, LETTER_AGENDA_DRAFT)
	    || sense_is_letter(s, LETTER_MINUTES_DRAFT)
	    || sense_is_letter(s, LETTER_MINUTES_FORM)
	    || sense_is_letter(s, LETTER_HEARING);
}

void
data_find(const struct sense *s, struct findings *f)
{
	const struct match *see = sense_first(s, MEANS_ACCESS, 0);
	const struct match *forget = erasure(s);

	/* «slet alt, hvad I har om mig»: what is to go, not to be seen */
	if (see != NULL && forget != NULL && see->begin > forget->begin
	    && s->tokens.list[see->begin].sentence
	    == s->tokens.list[forget->begin].sentence)
		see = NULL;
	if (!is_in_council_work(s) && !sense_says(s, MEANS_DOCUMENTS)
	    && !findings_has(f, ACTION_AGENDA_EDIT)
	    && !findings_has(f, ACTION_MINUTES_COMMENT)) {
		if (see != NULL)
			confirm_add(f, ACTION_DATA_ACCESS, see->begin)
			    ->action.email = s->who.email;
		if (forget != NULL)
			confirm_add(f, ACTION_DATA_ERASE, forget->begin)
			    ->action.email = s->who.email;
	}
	address_find(s, f);
}
