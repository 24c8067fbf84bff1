/* SPDX-License-Identifier: MIT */
/* Hearings: an authority asks for the council's opinion, a member
 * contributes. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/clause.h"
#include "understand/sense.h"
#include "understand/which.h"

#define CONTRIBUTION_WORDS 3

/* --- asked ------------------------------------------------------------- */

static bool
is_member(const struct sense *s)
{
	for (size_t i = 0; i < s->who.n_places; i++)
		switch (s->who.places[i].person->role) {
		case ROLE_CHAIR: case ROLE_VICE_CHAIR: case ROLE_MEMBER:
		case ROLE_SUBSTITUTE:
			if (s->who.places[i].body->kind == BODY_COUNCIL)
				return true;
			break;
		default:
			break;
		}
	return false;
}

static bool
deadline_in(const struct sense *s, size_t begin, size_t end,
    struct date *day)
{
	for (size_t i = begin; i < end; i++) {
		int date = s->tokens.list[i].date;

		if (date >= 0 && when_day(&s->whens[date], s->sent_day, true,
		    day))
			return true;
	}
	return false;
}

static bool
deadline(const struct sense *s, struct date *day)
{
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_DEADLINE
		    && !s->tokens.list[s->matches[i].begin].context
		    && deadline_in(s, s->matches[i].begin,
		    s->tokens.list[s->matches[i].end - 1].next, day))
			return true;
	return false;
}

static const char *
hearing_title(const struct sense *s)
{
	static const char *const heads[] = { "hoering", "hoeringen", "over",
		"om", "af", "vedr", "vedroerende", "haster", "offentlig",
		"udkast", "til", "partshoering", "ny", "nyt", "anmodning" };
	const struct tokens *t = &s->tokens;
	size_t begin = 0, end = t->text_at;

	for (size_t i = 0; i < end; i++)	/* «- frist 4. december» */
		if (i > 0 && (t->list[i].mark == '-' || t->list[i].mark == ','
		    || t->list[i].mark == '(')
		    && sense_has_in(s, MEANS_DEADLINE, i, end))
			end = i;
	while (begin < end) {
		bool head = t->list[begin].kind == TOKEN_MARK;

		for (size_t k = 0; k < sizeof(heads) / sizeof(heads[0]); k++)
			head = head || strcmp(t->list[begin].norm, heads[k])
			    == 0;
		if (!head)
			break;
		begin++;
	}
	if (begin < end)
		return text_squeeze(s->arena, sense_cut(s, begin, end));
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_HEARING)
			return text_squeeze(s->arena, sense_cut(s,
			    s->matches[i].begin, tokens_sentence_end(t,
			    s->matches[i].begin)));
	return s->words.subject;
}

static void
open_add(const struct sense *s, struct findings *f,
    const struct world_body *body, size_t at)
{
	struct finding *one = finding_add(f, ACTION_HEARING_OPEN, at);

	one->action.title = hearing_title(s);
	one->action.text = sense_text(s);
	if (!deadline(s, &one->action.deadline_day)) {
		one->need = NEED_ASK;
		one->reason = "no-deadline";
	} else if (date_to_days(one->action.deadline_day) < date_to_days(
	    date_local(s->world->now_at).day)) {
		one->action.deadline_day = (struct date){ 0, 0, 0 };
		one->need = NEED_ASK;
		one->reason = "past-deadline";
	}
	if (body == NULL)
		finding_ask_body(s, one);
	else
		one->action.body = body->slug;
}

static bool
open_find(const struct sense *s, struct findings *f)
{
	const struct match *m = sense_first(s, MEANS_HEARING, 0);
	struct date day;

	if (s->thread.letter != NULL || s->words.is_reply_subject)
		return false;
	/* «Tak for rådets høringssvar» asks for none */
	if (m != NULL && sense_has_in(s, MEANS_THANKS, tokens_sentence_begin(
	    &s->tokens, m->begin), m->end) && !deadline(s, &day))
		return false;
	if (m == NULL && !(s->thread.presumes == PRESUMES_HEARING
	    && deadline(s, &day)))
		return false;
	/* a member who speaks of the hearing contributes to it, unless a
	 * date for the council's answer shows that he asks for one */
	if (is_member(s) && !(deadline(s, &day)
	    && sense_has_in(s, MEANS_HEARING, s->tokens.text_at,
	    s->tokens.n)))
		return false;
	if (m != NULL && tokens_is_question(&s->tokens,
	    s->tokens.list[m->begin].sentence) && !deadline(s, &day))
		return false;
	if (s->n_bodies > 1 && (s->body_by_words
	    || s->thread.n_address_bodies > 1))
		for (size_t i = 0; i < s->n_bodies; i++)
			open_add(s, f, s->bodies[i], m != NULL ? m->begin : 0);
	else
		open_add(s, f, sense_body(s), m != NULL ? m->begin : 0);
	return true;
}

/* --- answered ---------------------------------------------------------- */

/* A word of the title that few other things are called: the longest, with
 * its ending free («boligpolitikken»). */
static bool
names_hearing(const struct sense *s, const struct world_hearing *h)
{
	char *norm = token_norm(s->arena, h->title, strlen(h->title));
	char *save = NULL, *word, *longest = NULL;

	for (word = strtok_r(norm, " ,:-0123456789", &save); word != NULL;
	    word = strtok_r(NULL, " ,:-0123456789", &save))
		if (longest == NULL || strlen(word) > strlen(longest))
			longest = word;
	if (longest == NULL || strlen(longest) < 6)
		return false;
	for (size_t i = 0; i < s->tokens.n; i++)
		if (!s->tokens.list[i].context
		    && text_starts(s->tokens.list[i].norm, longest))
			return true;
	return false;
}

static const struct world_hearing *
which_hearing(const struct sense *s, const struct world_body **body,
    size_t *n)
{
	const struct world_hearing *found = NULL;

	*n = 0;
	if (sense_is_letter(s, LETTER_HEARING) && s->thread.hearing != NULL) {
		*body = s->thread.body;
		*n = 1;
		return s->thread.hearing;
	}
	/* named and open, named and over, any that is open, any */
	for (int round = 0; round < 4 && *n == 0; round++)
		for (size_t i = 0; i < s->n_bodies; i++)
			for (size_t k = 0; k < s->bodies[i]->n_hearings; k++) {
				const struct world_hearing *h =
				    &s->bodies[i]->hearings[k];

				if ((round < 2 && !names_hearing(s, h))
				    || h->closed != (round % 2 == 1))
					continue;
				found = h;
				*body = s->bodies[i];
				(*n)++;
			}
	return found;
}

static bool
names_any(const struct sense *s)
{
	for (size_t i = 0; i < s->n_bodies; i++)
		for (size_t k = 0; k < s->bodies[i]->n_hearings; k++)
			if (names_hearing(s, &s->bodies[i]->hearings[k]))
				return true;
	return false;
}

/* «høring om akutmodtagelsen», and none of ours: somebody else's. */
static bool
names_other(const struct sense *s)
{
	static const char *const about[] = { "om", "over", "vedr",
		"vedroerende", "angaaende" };
	const struct tokens *t = &s->tokens;

	for (size_t i = t->text_at; i + 2 < t->n; i++)
		for (size_t k = 0; text_starts(t->list[i].norm, "hoering")
		    && k < sizeof(about) / sizeof(about[0]); k++)
			if (strcmp(t->list[i + 1].norm, about[k]) == 0)
				return true;
	return false;
}

/* «Tak for materialet» says nothing, «flere bænke, tak» does. */
static bool
begins_with_thanks(const struct sense *s, size_t begin)
{
	const struct match *m = sense_first(s, MEANS_THANKS, 0);

	for (; m != NULL && m < s->matches + s->n_matches; m++)
		if (m->meaning == MEANS_THANKS && m->begin >= begin
		    && m->begin <= begin + 2)
			return true;
	return false;
}

/* Words that are neither a question nor about coming: «de skal med fra
 * starten» is about coming only where somebody comes to a meeting. To our own
 * question «ingen bemærkninger» is an answer. */
static size_t
words_of_opinion(const struct sense *s, const struct findings *f)
{
	bool thread = sense_is_letter(s, LETTER_HEARING);
	bool coming = f->n > 0 || !thread;

	const struct tokens *t = &s->tokens;
	size_t words = 0;

	for (size_t i = t->text_at; i < t->n; ) {
		size_t end = tokens_sentence_end(t, i);

		/* «Til høringssvaret: …» greets nobody */
		if (!(lexicon_in(s->lexicon, &t->list[i], SET_GREETING)
		    && end - i < 8)
		    && !(coming && sense_has_in(s, MEANS_ABSENCE, i, end))
		    && !(coming && sense_has_in(s, MEANS_ATTENDANCE, i, end))
		    && !begins_with_thanks(s, i)
		    && !sense_has_in(s, MEANS_ITEM, i, end)
		    && !(!thread && sense_has_in(s, MEANS_NO_CHANGE, i, end))
		    && !sense_has_in(s, MEANS_INELIGIBLE, i, end)
		    && !sense_has_in(s, MEANS_DEFER, i, end)
		    && !tokens_is_question(t, t->list[i].sentence))
			for (size_t k = i; k < end; k++)
				words += t->list[k].kind == TOKEN_WORD;
		i = end;
	}
	return words;
}

static void
contribution_find(const struct sense *s, struct findings *f)
{
	bool thread = sense_is_letter(s, LETTER_HEARING);
	bool named = names_any(s);
	bool says = sense_says(s, MEANS_CONTRIBUTE)
	    || s->thread.presumes == PRESUMES_HEARING;
	const struct world_hearing *h;
	const struct world_body *body = NULL;
	struct finding *one;
	size_t n;

	if (!thread && s->thread.letter != NULL && !(named && says))
		return;
	if (!thread && (!(named || says) || (!named && names_other(s))))
		return;
	if (!thread && (sense_says(s, MEANS_ITEM) || (!says && is_member(s)
	    && !sense_says(s, MEANS_HEARING))))
		return;
	if (words_of_opinion(s, f) < CONTRIBUTION_WORDS)
		return;
	h = which_hearing(s, &body, &n);
	if (h == NULL)
		return;
	if (!thread && s->who.n_places == 0
	    && !world_hearing_asks(h, s->who.email)) {
		one = finding_none(f, NEED_HUMAN, "hearing-citizen", 0);
		one->action.hearing = n == 1 ? h->id : NULL;
		return;
	}
	one = finding_add(f, ACTION_HEARING_COMMENT, s->tokens.text_at);
	one->action.hearing = h->id;
	one->action.body = body->slug;
	one->action.person = s->who.email;
	one->action.text = sense_text(s);
	if (n > 1) {
		one->need = NEED_ASK;
		one->reason = "which-hearing";
		for (size_t i = 0; i < body->n_hearings
		    && one->n_choices < 8; i++)
			if (body->hearings[i].closed == h->closed)
				one->choices[one->n_choices++] =
				    body->hearings[i].id;
	}
}

void
hearing_find(const struct sense *s, struct findings *f)
{
	if (!open_find(s, f) && !findings_has(f, ACTION_AGENDA_EDIT)
	    && !findings_has(f, ACTION_AGENDA_APPROVE))
		contribution_find(s, f);
}
