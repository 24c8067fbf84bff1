/* SPDX-License-Identifier: MIT */
/* What is answered to our letters about a hearing: the draft of the answer is
 * approved or changed, the authority asks who has answered. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/clause.h"
#include "understand/hearing_words.h"
#include "understand/sense.h"

#define YES_WORDS 12	/* a longer text says more than yes */

/* --- the draft ------------------------------------------------------------- */

static const struct match *
approval(const struct sense *s, bool *condition)
{
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];

		if (m->meaning != MEANS_APPROVE
		    || s->tokens.list[m->begin].context || clause_is_when(s, m))
			continue;
		*condition = clause_is_condition(s, m);
		return m;
	}
	if (sense_words(s) > YES_WORDS)
		return NULL;
	return sense_says(s, MEANS_YES) ? sense_first(s, MEANS_YES, 0) : NULL;
}

/* The attachment whose words are the new answer; -1. */
static int
answer_part(const struct sense *s)
{
	for (size_t i = 0; i < s->mail->n_attachments; i++)
		if (!s->mail->attachments[i].is_inline
		    && s->mail->attachments[i].text != NULL)
			return (int)s->mail->attachments[i].part;
	return -1;
}

static struct finding *
draft_add(const struct sense *s, struct findings *f, enum action_kind kind)
{
	struct finding *one = finding_add(f, kind, s->tokens.text_at);

	one->action.hearing = s->thread.letter->ref;
	one->action.body = s->thread.body != NULL ? s->thread.body->slug
	    : NULL;
	one->action.text = sense_text(s);
	return one;
}

static void
draft_find(const struct sense *s, struct findings *f)
{
	bool condition = false;
	const struct match *yes = approval(s, &condition);
	struct hearing_edits edits = hearing_edits_read(s->arena,
	    sense_text(s));
	int part = answer_part(s);
	struct finding *one;

	if (sense_says(s, MEANS_NOT_APPROVE) && edits.n == 0 && part < 0) {
		finding_none(f, NEED_HUMAN, "not-released", 0);
		return;
	}
	if (edits.n > 0 || edits.n_take > 0 || part >= 0
	    || (edits.rest != NULL && yes == NULL)) {
		one = draft_add(s, f, ACTION_HEARING_EDIT);
		one->action.part = part;
	}
	if (yes != NULL) {
		one = draft_add(s, f, ACTION_HEARING_APPROVE);
		if (condition) {
			one->need = NEED_ASK;
			one->reason = "condition";
		}
	}
}

/* --- the authority --------------------------------------------------------- */

static const struct world_hearing *
own_hearing(const struct sense *s, const struct world_body **body)
{
	const struct world_hearing *found = NULL;

	if (s->thread.letter != NULL && (found = world_hearing(s->world,
	    s->thread.letter->ref, body)) != NULL)
		return found->from != NULL && text_equal_nocase(found->from,
		    s->who.email) ? found : NULL;
	/* the newest of its own: ids grow with time within a council */
	for (size_t b = 0; b < s->world->n_bodies; b++)
		for (size_t i = 0; i < s->world->bodies[b].n_hearings; i++) {
			const struct world_hearing *h =
			    &s->world->bodies[b].hearings[i];

			if (h->from == NULL
			    || !text_equal_nocase(h->from, s->who.email)
			    || (found != NULL && (h->closed
			    || date_to_days(h->deadline_day)
			    <= date_to_days(found->deadline_day))))
				continue;
			found = h;
			*body = &s->world->bodies[b];
		}
	return found;
}

static void
status_find(const struct sense *s, struct findings *f)
{
	const struct world_body *body = NULL;
	const struct world_hearing *h;
	struct finding *one;

	if (s->who.email == NULL || (!hearing_asks_status(s->arena,
	    sense_text(s)) && !hearing_asks_status(s->arena,
	    s->words.subject)))
		return;
	if ((h = own_hearing(s, &body)) == NULL)
		return;
	one = finding_add(f, ACTION_HEARING_STATUS, s->tokens.text_at);
	one->action.hearing = h->id;
	one->action.body = body->slug;
}

void
hearing_reply_find(const struct sense *s, struct findings *f)
{
	if (s->thread.letter != NULL
	    && s->thread.letter->kind == LETTER_HEARING_DRAFT)
		draft_find(s, f);
	else
		status_find(s, f);
}
