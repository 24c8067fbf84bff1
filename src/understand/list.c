/* SPDX-License-Identifier: MIT */
/* The public list: who gets agendas and minutes, and who no longer does. */
#include <string.h>

#include "understand/clause.h"
#include "understand/sense.h"
#include "understand/which.h"

static bool
is_member(const struct sense *s)
{
	for (size_t i = 0; i < s->who.n_places; i++)
		if (s->who.places[i].person->role != ROLE_SUBSCRIBER
		    && s->who.places[i].person->role != ROLE_GUEST)
			return true;
	return false;
}

static bool
names_other_address(const struct sense *s)
{
	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++)
		if (s->tokens.list[i].kind == TOKEN_EMAIL
		    && s->who.email != NULL
		    && strcmp(s->tokens.list[i].norm, s->who.email) != 0)
			return true;
	return false;
}

/* Agendas, minutes, a list or news: what the list carries. */
static bool
is_about_list(const struct sense *s)
{
	if (sense_words(s) <= 6)
		return true;
	if (sense_has(s, MEANS_MINUTES) || sense_has(s, MEANS_AGENDA))
		return true;
	for (size_t i = 0; i < s->tokens.n; i++) {
		const char *norm = s->tokens.list[i].norm;

		if (strncmp(norm, "list", 4) == 0
		    || strncmp(norm, "mail", 4) == 0
		    || strncmp(norm, "nyhed", 5) == 0
		    || strncmp(norm, "abonn", 5) == 0)
			return true;
	}
	return false;
}

/* «Kan I sende mig referatet fra mødet i september?»: one paper, no list. */
static bool
is_one_document(const struct sense *s, const struct match *m)
{
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);
	size_t end = tokens_sentence_end(&s->tokens, m->begin);
	bool one = false;

	for (size_t i = begin; i < end; i++) {
		const struct token *t = &s->tokens.list[i];

		if (strcmp(t->norm, "fremover") == 0
		    || strncmp(t->norm, "list", 4) == 0)
			return false;
		one = one || t->date >= 0
		    || lexicon_in(s->lexicon, t, SET_AGO);
	}
	return one;
}

static void
list_add(const struct sense *s, struct findings *f, enum action_kind kind,
    size_t at, const struct world_body *body)
{
	struct finding *one = finding_add(f, kind, at);

	one->action.email = s->who.email;
	if (body == NULL)
		finding_ask_body(s, one);
	else
		one->action.body = body->slug;
}

static void
list_each(const struct sense *s, struct findings *f, enum action_kind kind,
    size_t at)
{
	if (s->n_bodies > 1 && (s->body_by_words
	    || s->thread.n_address_bodies > 1))
		for (size_t i = 0; i < s->n_bodies; i++)
			list_add(s, f, kind, at, s->bodies[i]);
	else
		list_add(s, f, kind, at, sense_body(s));
}

static bool
says_first(const struct sense *s, const struct match *m)
{
	size_t end = tokens_sentence_end(&s->tokens, m->begin);

	for (size_t i = tokens_sentence_begin(&s->tokens, m->begin); i < end;
	    i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_FIRST))
			return true;
	return false;
}

void
list_find(const struct sense *s, struct findings *f)
{
	const struct match *off = sense_first(s, MEANS_UNSUBSCRIBE, 0);
	const struct match *on = sense_first(s, MEANS_SUBSCRIBE, 0);
	bool presumed_off = s->thread.presumes == PRESUMES_UNSUBSCRIBE;
	bool presumed_on = s->thread.presumes == PRESUMES_SUBSCRIBE;

	if (off != NULL || (presumed_off && on == NULL)) {
		if (is_member(s)) {
			finding_none(f, NEED_HUMAN, "unsubscribe-member",
			    off != NULL ? off->begin : 0);
			return;
		}
		if (off == NULL || is_about_list(s))
			list_each(s, f, ACTION_UNSUBSCRIBE, off != NULL
			    ? off->begin : 0);
		return;
	}
	if (on == NULL && sense_says(s, MEANS_LIST_OTHER)
	    && names_other_address(s) && (sense_says(s, MEANS_MINUTES)
	    || sense_says(s, MEANS_AGENDA))) {
		finding_none(f, NEED_ASK, "other-address", 0);
		return;
	}
	if (on == NULL && !presumed_on)
		return;
	/* «Er det kun medlemmer, der kan få dem?» asks for none */
	if (on != NULL && clause_is_question(s, on) && !says_first(s, on))
		return;
	if (on != NULL && (!is_about_list(s) || is_one_document(s, on)
	    || clause_has_loose_negation(s, on)))
		return;
	/* «tilmeld mig» from a member answers the invitation */
	if (is_member(s) && (f->n > 0 || s->thread.letter != NULL))
		return;
	if (sense_says(s, MEANS_ITEM) || findings_has(f, ACTION_APPLICATION)
	    || findings_has(f, ACTION_MINUTES_SUBMIT)
	    || findings_has(f, ACTION_DATA_ACCESS))
		return;
	if (sense_says(s, MEANS_LIST_OTHER) || names_other_address(s)) {
		finding_none(f, NEED_ASK, "other-address", on != NULL
		    ? on->begin : 0);
		return;
	}
	list_each(s, f, ACTION_SUBSCRIBE, on != NULL ? on->begin : 0);
}
