/* SPDX-License-Identifier: MIT */
/* Answers to what we asked: undo, consent, confirmation. */
#include "understand/sense.h"

#include <string.h>

#define ANSWER_WORDS 12	/* a longer text says more than yes or no */

static struct finding *
answer_add(const struct sense *s, struct findings *f, enum action_kind kind)
{
	struct finding *one = finding_add(f, kind, s->tokens.text_at);

	one->action.ref = s->thread.letter->message_id;
	one->action.token = s->thread.token;
	one->action.person = s->who.email;
	one->action.text = sense_text(s);
	/* «4. december», to the question for a day */
	for (size_t i = 0; i < s->n_whens; i++)
		if (s->whens[i].begin >= s->tokens.text_at
		    && when_day(&s->whens[i], s->sent_day, true,
		    &one->action.deadline_day))
			break;
	return one;
}

static void
consent_find(const struct sense *s, struct findings *f)
{
	bool no = sense_says(s, MEANS_NO) || sense_says(s, MEANS_ABSENCE)
	    || sense_says(s, MEANS_WITHDRAW);
	bool yes = sense_says(s, MEANS_YES) || sense_says(s, MEANS_APPLY)
	    || sense_says(s, MEANS_ATTENDANCE);

	if (yes == no) {
		finding_none(f, yes ? NEED_ASK : NEED_HUMAN, yes
		    ? "two-readings" : "question", s->tokens.text_at);
		return;
	}
	(void)answer_add(s, f, yes ? ACTION_CONSENT
	    : ACTION_CONSENT_REFUSE);
}

/* What was missing in an application comes: everything but a question back, a
 * new wish or an end. */
static bool
application_completes(const struct sense *s)
{
	bool asked = false;

	for (size_t i = 0; i < s->world->n_wishes; i++)
		asked = asked || s->world->wishes[i].asked;
	return asked && sense_words(s) > 0 && !sense_says(s, MEANS_WITHDRAW)
	    && !sense_says(s, MEANS_ERASE) && !sense_says(s, MEANS_ACCESS)
	    && !sense_says(s, MEANS_APPLY) && !sense_says(s, MEANS_NOMINATE)
	    && !s->tokens.questions[s->tokens.n_sentences - 1];
}

/* «Nej tak» to whether a late application may be kept. */
static bool
is_late_application(const struct sense *s)
{
	const char *ref = s->thread.letter->ref;

	return ref != NULL && strncmp(ref, "application:", 12) == 0;
}

/* The whole mail answers a question of ours; nothing else is read in it. */
void
answer_find(const struct sense *s, struct findings *f)
{
	if (s->thread.letter == NULL)
		return;
	switch (s->thread.letter->kind) {
	case LETTER_RECEIPT:
	case LETTER_APPLICATION_RECEIPT:
		if (sense_says(s, MEANS_UNDO)
		    && sense_words(s) <= ANSWER_WORDS
		    && !sense_says(s, MEANS_ERASE))
			(void)answer_add(s, f, ACTION_UNDO);
		else if (s->thread.letter->kind == LETTER_APPLICATION_RECEIPT
		    && application_completes(s))
			(void)answer_add(s, f, ACTION_APPLICATION_ADD);
		break;
	case LETTER_SEAT_LIST:
		(void)appoint_find(s, f);
		break;
	case LETTER_AGENDA_DRAFT:
		/* a draft that came back after her changes is its receipt */
		if (sense_says(s, MEANS_UNDO) && sense_words(s) <= 3
		    && !sense_says(s, MEANS_EDIT))
			(void)answer_add(s, f, ACTION_UNDO);
		break;
	case LETTER_CONSENT:
		consent_find(s, f);
		break;
	case LETTER_FOLLOW_UP:
		follow_up_find(s, f);
		break;
	case LETTER_TRAIL:
		if ((sense_says(s, MEANS_UNDO) ||
		    sense_says(s, MEANS_UNSUBSCRIBE))
		    && sense_words(s) <= ANSWER_WORDS)
			(void)answer_add(s, f, ACTION_TRAIL_STOP);
		break;
	case LETTER_LATE_ITEM:
		if (sense_says(s, MEANS_UNDO)
		    && sense_words(s) <= ANSWER_WORDS)
			(void)answer_add(s, f, ACTION_UNDO);
		else
			late_find(s, f);
		break;
	case LETTER_DECISION:
		decide_find(s, f);
		break;
	case LETTER_CONFIRM:
		if (sense_words(s) == 0 || sense_words(s) > ANSWER_WORDS)
			break;
		if (is_late_application(s) && (sense_says(s, MEANS_UNDO)
		    || (sense_says(s, MEANS_NO) && !sense_says(s, MEANS_YES))))
			(void)answer_add(s, f, ACTION_APPLICATION_WITHDRAW);
		else if (sense_says(s, MEANS_NO) && !sense_says(s, MEANS_YES))
			finding_none(f, NEED_HUMAN, "late",
			    s->tokens.text_at);
		else if (sense_says(s, MEANS_YES) ||
		    strpbrk(sense_text(s), "123456789") != NULL)
			(void)answer_add(s, f, ACTION_CONFIRM);
		break;
	default:
		break;
	}
}
