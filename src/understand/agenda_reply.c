/* SPDX-License-Identifier: MIT */
/* The secretary or chair answers a draft agenda: releases it, changes it, or
 * does not. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/cpr.h"
#include "understand/agenda_file.h"
#include "understand/clause.h"
#include "understand/sense.h"
#include "understand/which.h"

/* «Jeg godkender den i morgen», «… når den er rettet»: not yet. */
static bool
is_later(const struct sense *s, const struct match *m)
{
	static const char *const words[] = { "morgen", "senere", "tomorrow",
		"later", "weekenden", "naar", "inden" };
	size_t end = clause_part_end(s, m->end - 1);

	for (size_t i = m->begin; i < end; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (strcmp(s->tokens.list[i].norm, words[k]) == 0)
				return true;
	return false;
}

static const struct match *
approval(const struct sense *s, bool *condition)
{
	static const enum meaning all[] = { MEANS_APPROVE, MEANS_NO_CHANGE };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < s->n_matches; i++) {
			const struct match *m = &s->matches[i];

			if (m->meaning != all[k]
			    || s->tokens.list[m->begin].context)
				continue;
			if (is_later(s, m) || (clause_is_when(s, m)
			    && strcmp(s->tokens.list[m->begin].norm,
			    "godkendt") != 0))
				continue;
			if (clause_is_condition(s, m))
				*condition = true;
			return m;
		}
	return NULL;
}

static bool
leads_any(const struct sense *s)
{
	if (s->thread.body != NULL)
		return sense_is_lead(s, s->thread.body);
	for (size_t i = 0; i < s->n_bodies; i++)
		if (sense_is_lead(s, s->bodies[i]))
			return true;
	return false;
}

static bool
is_about_draft(const struct sense *s)
{
	if (sense_is_letter(s, LETTER_AGENDA_DRAFT))
		return true;
	/* what was sent may be changed by those who released it */
	if (sense_is_letter(s, LETTER_AGENDA))
		return leads_any(s) && sense_says(s, MEANS_EDIT);
	if (s->thread.letter != NULL)
		return false;
	return sense_says(s, MEANS_AGENDA) || (sense_has(s, MEANS_AGENDA)
	    && s->words.is_reply_subject);
}

/* Which draft: the one answered, unless the words name another council. */
static void
draft_which(const struct sense *s, size_t begin, size_t end,
    struct which *w, bool *other)
{
	const struct world_body *named = which_body_in(s, s->tokens.text_at,
	    s->tokens.n);
	struct pick pick;

	*other = false;
	if ((sense_is_letter(s, LETTER_AGENDA_DRAFT)
	    || sense_is_letter(s, LETTER_AGENDA)) && which_thread(s, &pick)) {
		*other = named != NULL && named != pick.body
		    && named->kind == BODY_COUNCIL;
		*w = (struct which){ .n = 1, .told = true, .pick = { pick } };
		return;
	}
	which_for(s, begin, end, false, w);
	if (w->n == 0 && !w->told)
		which_in(s, 0, s->tokens.n, false, w);
}

/* The draft's own file, or another text with a list, sent back with a reply
 * to the draft; as a list that is numbered from 1. NULL: there is none. */
static const char *
sent_back(const struct sense *s)
{
	if (!sense_is_letter(s, LETTER_AGENDA_DRAFT))
		return NULL;
	for (size_t i = 0; i < s->mail->n_attachments; i++) {
		const char *list = agenda_file_read(s->arena,
		    s->mail->attachments[i].text);

		if (list != NULL)
			return list;
	}
	return NULL;
}

/* What she wrote, and behind it the list that she sent back: it is the whole
 * agenda, so what stands in the mail comes on top of it. */
static const char *
edit_text(const struct sense *s)
{
	const char *list = sent_back(s), *text = sense_text(s);

	if (list == NULL)
		return text;
	return cpr_mask(s->arena, arena_printf(s->arena, "%s\n%s", list,
	    text == NULL ? "" : text), CPR_POSSIBLE, NULL);
}

/* Answers between the lines, a list of its own, or a word of change. */
static bool
is_edit(const struct sense *s)
{
	if (sense_says(s, MEANS_EDIT) || sent_back(s) != NULL)
		return true;
	return s->words.between && sense_is_letter(s, LETTER_AGENDA_DRAFT)
	    && sense_words(s) > 3;
}

static void
lead_find(const struct sense *s, struct findings *f)
{
	bool condition = false, other;
	const struct match *yes = approval(s, &condition);
	const struct match *edit = sense_first(s, MEANS_EDIT, 0);
	bool in_thread = sense_is_letter(s, LETTER_AGENDA_DRAFT);
	size_t at = yes != NULL ? yes->begin : edit != NULL ? edit->begin
	    : s->tokens.text_at;
	struct finding *one;
	struct which w;

	if (sense_says(s, MEANS_COLOURED) || s->mail->html_has_coloured) {
		finding_none(f, NEED_HUMAN, "coloured", at);
		return;
	}
	if (sense_says(s, MEANS_NOT_APPROVE)) {
		finding_none(f, NEED_HUMAN, "not-released", at);
		return;
	}
	if (!in_thread && !sense_says(s, MEANS_EDIT) && yes == NULL)
		return;
	/* a point that the chair proposes is no change to the draft */
	if (!in_thread && yes == NULL && sense_says(s, MEANS_ITEM)
	    && sense_first(s, MEANS_ITEM, 0)->begin < edit->end)
		return;
	draft_which(s, at, at + 1, &w, &other);
	if (other) {
		one = finding_none(f, NEED_ASK, "two-readings", at);
		one->choices[one->n_choices++] = w.pick[0].meeting->id;
		return;
	}
	if (w.n != 1 || w.wrong || w.past) {
		if (yes == NULL && edit == NULL)
			return;
		one = finding_none(f, NEED_ASK, "which-meeting", at);
		which_ask(s, &w, one);
		return;
	}
	if (condition) {
		one = finding_add(f, ACTION_AGENDA_APPROVE, at);
		one->action.meeting = w.pick[0].meeting->id;
		one->action.body = w.pick[0].body->slug;
		one->need = NEED_ASK;
		one->reason = "condition";
		return;
	}
	if (is_edit(s)) {
		one = finding_add(f, ACTION_AGENDA_EDIT, at);
		one->action.meeting = w.pick[0].meeting->id;
		one->action.body = w.pick[0].body->slug;
		one->action.text = edit_text(s);
		/* opening what is closed takes it (THREATS, law 9) */
		one->action.token = s->thread.token_ok ? s->thread.token :
		    NULL;
	}
	if (yes == NULL && in_thread && (sense_says(s, MEANS_YES)
	    || sense_says(s, MEANS_FINE)) && !is_edit(s)
	    && sense_words(s) <= 12)
		yes = sense_says(s, MEANS_YES) ? sense_first(s, MEANS_YES, 0)
		    : sense_first(s, MEANS_FINE, 0);
	if (yes != NULL && !(is_edit(s) && yes->meaning == MEANS_NO_CHANGE)) {
		one = finding_add(f, ACTION_AGENDA_APPROVE, at);
		one->action.meeting = w.pick[0].meeting->id;
		one->action.body = w.pick[0].body->slug;
		/* «ser fint ud» alone releases nothing */
		if (yes->meaning == MEANS_FINE) {
			one->need = NEED_ASK;
			one->reason = "two-readings";
		}
	}
}

void
agenda_reply_find(const struct sense *s, struct findings *f)
{
	bool condition = false;

	if (!is_about_draft(s))
		return;
	if (sense_says(s, MEANS_SUBMIT) && !sense_is_letter(s,
	    LETTER_AGENDA_DRAFT))
		return;
	if (leads_any(s)) {
		lead_find(s, f);
		return;
	}
	/* others may like it or not, they release nothing */
	if (approval(s, &condition) != NULL || sense_says(s, MEANS_FINE)
	    || (sense_says(s, MEANS_EDIT) && sense_is_letter(s,
	    LETTER_AGENDA_DRAFT))) {
		struct finding *one;
		struct which w;
		bool other;

		if (sense_says(s, MEANS_ITEM) && !sense_is_letter(s,
		    LETTER_AGENDA_DRAFT))
			return;
		one = finding_add(f, approval(s, &condition) != NULL
		    ? ACTION_AGENDA_APPROVE : ACTION_AGENDA_EDIT,
		    s->tokens.text_at);
		draft_which(s, s->tokens.text_at, s->tokens.text_at, &w,
		    &other);
		if (w.n != 1 || w.past)
			one->drop_action = true;
		else {
			one->action.meeting = w.pick[0].meeting->id;
			one->action.body = w.pick[0].body->slug;
		}
		one->need = NEED_HUMAN;
		one->reason = "not-allowed";
		if (!s->who.verified || s->who.n_places == 0) {
			one->need = NEED_ASK;
			one->reason = s->who.n_places == 0
			    ? "unknown-person" : "unverified";
		}
	}
}
