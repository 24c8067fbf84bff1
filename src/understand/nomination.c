/* SPDX-License-Identifier: MIT */
/* Somebody is proposed for a seat: who, by what words, for which council. */
#include "understand/seat.h"

#include <string.h>
#include "base/arena.h"
#include "base/text.h"
#include "understand/clause.h"
#include "understand/seat_words.h"
#include "understand/sense.h"
#include "understand/which.h"

bool
nomination_may_be(const struct sense *s, const struct named *n)
{
	const struct token *before = n->begin > 0
	    ? &s->tokens.list[n->begin - 1] : NULL;

	if (n->person != NULL || seat_is_sender(s, n->name))
		return false;
	if (before != NULL && lexicon_in(s->lexicon, before, SET_GREETING))
		return false;
	for (size_t b = 0; b < s->world->n_bodies; b++)
		if (strcmp(s->world->bodies[b].name, n->name) == 0)
			return false;
	return which_body_in(s, n->begin, n->end) == NULL;
}

/* The address that stands after this name and before the next nominee's. */
static const char *
nominee_email(const struct sense *s, size_t from, size_t to)
{
	const struct tokens *t = &s->tokens;

	for (size_t i = from; i < to && i < t->n; i++) {
		const struct world_body *body;
		enum thread_presumes presumes;
		const char *email = t->list[i].norm;

		if (t->list[i].kind != TOKEN_EMAIL)
			continue;
		if (s->who.email != NULL && strcmp(email, s->who.email) == 0)
			continue;
		if (thread_address(s->world, email, &body, &presumes))
			continue;
		return email;
	}
	return NULL;
}

const struct match *
nomination_match(const struct sense *s)
{
	const struct match *m = sense_first(s, MEANS_NOMINATE, 0);
	const struct match *p = sense_first(s, MEANS_PROPOSE, 0);

	if (m == NULL && p != NULL && sense_says(s, MEANS_SEAT)
	    && (sense_has_in(s, MEANS_SEAT, 0, s->tokens.text_at)
	    || sense_has_in(s, MEANS_SEAT, tokens_sentence_begin(&s->tokens,
	    p->begin), tokens_sentence_end(&s->tokens, p->begin))))
		m = p;
	return m;
}

/* Speaks of a seat at all: «foreslår Poul Hansen som oplægsholder» does
 * not. */
static bool
is_about_seat(const struct sense *s, const struct match *m)
{
	static const char *const other[] = { "oplaegsholder", "ordstyrer",
		"referent", "taler", "oplaeg", "foredragsholder" };
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);
	size_t end = tokens_sentence_end(&s->tokens, m->begin);

	for (size_t i = begin; i < end; i++)
		for (size_t k = 0; k < sizeof(other) / sizeof(other[0]); k++)
			if (text_starts(s->tokens.list[i].norm, other[k]))
				return false;
	return true;
}

/* The address right behind a name is the sender's own: himself, by another
 * name, or one that is not the nominee's. */
static bool
is_self_nominee(const struct sense *s, const struct named *n)
{
	const struct tokens *t = &s->tokens;

	for (size_t k = n->end; k < n->end + 4 && k < t->n; k++)
		if (t->list[k].kind == TOKEN_EMAIL && s->who.email != NULL
		    && strcmp(t->list[k].norm, s->who.email) == 0)
			return true;
	return false;
}

static bool
has_self_nominee(const struct sense *s)
{
	for (size_t i = 0; i < s->n_names; i++)
		if (!seat_is_sender(s, s->names[i].name)
		    && nomination_may_be(s, &s->names[i])
		    && is_self_nominee(s, &s->names[i]))
			return true;
	return false;
}

/* Where nobody else is named: somebody who sits there already, or a
 * politician. NULL: neither. */
static const char *
known_nominee(const struct sense *s, const struct world_body *body)
{
	for (size_t i = 0; i < s->n_names; i++) {
		const struct world_person *p = s->names[i].person;

		if (p == NULL || seat_is_sender(s, s->names[i].name)
		    || (s->who.email != NULL
		    && strcmp(p->email, s->who.email) == 0))
			continue;
		if (body != NULL && world_person(body, p->email) != NULL)
			return "nominee-member";
		for (size_t b = 0; b < s->world->n_bodies; b++)
			if (s->world->bodies[b].kind == BODY_COMMITTEE
			    && world_person(&s->world->bodies[b], p->email)
			    != NULL)
				return "nominee-politician";
	}
	return NULL;
}

size_t
nominees_find(const struct sense *s, struct findings *f,
    const struct world_body *body, size_t begin, size_t end, size_t most)
{
	size_t added = 0;

	for (size_t i = 0; i < s->n_names && added < most; i++) {
		const struct named *n = &s->names[i];
		struct finding *one;
		size_t to = s->tokens.n;

		if (n->begin < begin || n->end > end || !nomination_may_be(s, n))
			continue;
		for (size_t k = i + 1; k < s->n_names && most > 1; k++)
			if (s->names[k].end <= end
			    && nomination_may_be(s, &s->names[k])) {
				to = s->names[k].begin;
				break;
			}
		one = finding_add(f, ACTION_NOMINATION, n->begin);
		one->action.name = n->name;
		one->action.email = nominee_email(s, n->end, to);
		one->action.by = s->who.email;
		one->action.text = sense_text(s);
		if (body == NULL)
			finding_ask_body(s, one);
		else
			one->action.body = body->slug;
		added++;
	}
	return added;
}

void
nomination_read(const struct sense *s, struct findings *f,
    const struct match *m)
{
	const struct world_body *body = sense_body(s);
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);
	size_t end = tokens_sentence_end(&s->tokens, m->begin);
	const char *known;
	struct finding *one;

	if (has_self_nominee(s)) {
		finding_none(f, NEED_ASK, "nominee-self", m->begin);
		return;
	}
	if (seat_is_dead(s->arena, sense_text(s))) {
		finding_none(f, NEED_HUMAN, "nominee-dead", m->begin);
		return;
	}
	if (!s->tokens.list[m->begin].in_subject) {
		if (nominees_find(s, f, body, m->begin, end, 4) > 0
		    || nominees_find(s, f, body, begin, end, 4) > 0
		    || nominees_find(s, f, body, end, s->tokens.n, 1) > 0)
			return;
	}
	if (nominees_find(s, f, body, s->tokens.text_at, s->tokens.n, 1) > 0
	    || nominees_find(s, f, body, 0, s->tokens.text_at, 1) > 0)
		return;
	if (findings_has(f, ACTION_APPLICATION))
		return;
	known = sense_says(s, MEANS_ITEM) ? NULL : known_nominee(s, body);
	if (known != NULL) {
		finding_none(f, NEED_HUMAN, known, m->begin);
		return;
	}
	one = finding_none(f, NEED_ASK, "no-name", m->begin);
	one->action.body = body != NULL ? body->slug : NULL;
}

bool
nomination_is_meant(const struct sense *s, const struct match *m)
{
	/* a bare «foreslår» with a name needs a seat to be about one */
	if (m->meaning == MEANS_PROPOSE || !is_about_seat(s, m))
		return is_about_seat(s, m);
	if (sense_has(s, MEANS_SEAT))
		return true;
	for (size_t i = tokens_sentence_begin(&s->tokens, m->begin);
	    i < tokens_sentence_end(&s->tokens, m->begin); i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_BODY)
		    && !sense_says(s, MEANS_ITEM))
			return true;
	for (size_t i = 0; i < s->n_names; i++)
		if (s->names[i].begin >= m->begin
		    && s->names[i].begin < m->end
		    && nomination_may_be(s, &s->names[i]))
			return !sense_says(s, MEANS_ITEM);
	return text_starts(s->tokens.list[m->begin].norm, "indstil")
	    || text_starts(s->tokens.list[m->begin].norm, "nominer");
}
