/* SPDX-License-Identifier: MIT */
/* From a mail to what it wants: silence first, then who, then each family of
 * action, then what the sender may; at last one answer out of what was found.
 */
#include "understand/understand.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/cpr.h"
#include "rules/meeting.h"
#include "understand/clause.h"
#include "understand/lexicon.h"
#include "understand/reply.h"
#include "understand/right.h"
#include "understand/seat_words.h"
#include "understand/sense.h"
#include "understand/sift.h"
#include "understand/silence.h"
#include "understand/which.h"

/* --- the sense of one mail --------------------------------------------- */

/* A thumb, a tick or a cross is the whole answer of some. */
static void
signs_read(struct sense *s)
{
	static const struct { const char *sign, *word; } signs[] = {
		{ "\xf0\x9f\x91\x8d", "ja" },	/* thumb up */
		{ "\xf0\x9f\x91\x8c", "ja" },	/* ok hand */
		{ "\xe2\x9c\x93", "ja" },	/* tick */
		{ "\xe2\x9c\x94", "ja" },
		{ "\xe2\x9c\x85", "ja" },
		{ "\xf0\x9f\x91\x8e", "nej" },	/* thumb down */
		{ "\xe2\x9d\x8c", "nej" },	/* cross */
	};
	const char *text = text_trim(s->arena, s->words.text);

	if (strlen(text) > 12)
		return;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (text_starts(text, signs[i].sign)) {
			const char *rest = text + strlen(signs[i].sign);

			while ((unsigned char)*rest >= 0x80)
				rest++;
			if (*rest != '\0')
				return;
			s->words.text = signs[i].word;
			s->words.empty = false;
			return;
		}
}

static void
sense_open(struct sense *s, struct arena *arena, const struct lexicon *lexicon,
    const struct mail *mail, const struct world *world)
{
	int64_t at = mail->date_at >= 0 ? mail->date_at : world->now_at;

	*s = (struct sense){ .arena = arena, .lexicon = lexicon,
		.mail = mail, .world = world };
	/* a Date of another year is a wrong clock, or an old mail's */
	if (at > world->now_at + 86400 || at < world->now_at - 200 * 86400LL)
		at = world->now_at;
	s->sent_day = date_local(at).day;
	words_read(arena, mail, world, &s->words);
	signs_read(s);
	thread_read(arena, mail, &s->words, world, &s->thread);
	who_read(arena, mail, world, s->thread.token_ok, &s->who);
}

static void
sense_read(struct sense *s)
{
	bool context = s->thread.letter != NULL || s->words.is_reply_subject
	    || s->words.is_forward;

	tokens_read(s->arena, s->words.subject, context, s->words.text,
	    &s->tokens);
	lexicon_know(s->lexicon, s->arena, &s->tokens);
	s->whens = when_find(s->lexicon, s->arena, &s->tokens, s->sent_day,
	    &s->n_whens);
	which_bodies(s);
	s->names = person_find(s->lexicon, s->arena, &s->tokens, s->world,
	    sense_body(s), &s->n_names);
	s->matches = lexicon_find(s->lexicon, s->arena, &s->tokens,
	    &s->n_matches);
	sift(s);
}

/* --- what goes to a person before anything is read in it --------------- */

/* Own case or crisis. A word of despair alone may be said of anything; two,
 * or one beside an own case, are read by a person. */
static bool
is_distress(const struct sense *s)
{
	size_t despair = 0, own = 0;

	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		const char *rule = lexicon_rule_text(s->lexicon, m->rule);

		if (s->tokens.list[m->begin].context)
			continue;
		own += m->meaning == MEANS_OWN_CASE;
		if (m->meaning != MEANS_DISTRESS)
			continue;
		despair++;
		if (strstr(rule, "selvmord") != NULL
		    || strstr(rule, "myself") != NULL
		    || strstr(rule, "livet") != NULL
		    || strstr(rule, "vil bare") != NULL)
			return true;
	}
	if (sense_is_letter(s, LETTER_HEARING)
	    || sense_is_letter(s, LETTER_MINUTES_DRAFT))
		return false;
	return despair >= 2 || (despair >= 1 && own >= 1)
	    || (own >= 1 && s->who.n_places == 0
	    && !sense_says(s, MEANS_ITEM) && !sense_says(s, MEANS_APPLY));
}

static void
purpose_reason(struct purpose *p, enum outcome outcome, const char *reason)
{
	p->outcome = outcome;
	p->reason = reason;
}

static bool
person_needed(const struct sense *s, struct purpose *p)
{
	const char *like = s->who.email == NULL ? NULL
	    : who_look_alike(s->arena, s->world, s->who.email);

	if (is_distress(s)) {
		p->distress = true;
		purpose_reason(p, OUTCOME_HUMAN, "distress");
	} else if (sense_says(s, MEANS_DOCUMENTS))
		purpose_reason(p, OUTCOME_HUMAN, "documents");
	else if (like != NULL && s->who.n_places == 0 && s->who.looks_alike)
		purpose_reason(p, OUTCOME_HUMAN, "lookalike");
	else if (sense_says(s, MEANS_RESIGN) && s->who.n_places > 0 &&
	    !topic_leaves_group(s))
		purpose_reason(p, OUTCOME_HUMAN, "resigns");
	else if (s->words.html_differs)
		purpose_reason(p, OUTCOME_ASK, "html-differs");
	else if (s->words.is_forward && (sense_says(s, MEANS_FORWARDED)
	    || sense_words(s) < 4))
		purpose_reason(p, OUTCOME_HUMAN, "forwarded");
	else if (sense_says(s, MEANS_FORWARDED) && s->mail->inner != NULL)
		purpose_reason(p, OUTCOME_HUMAN, "mail-as-attachment");
	else
		return false;
	return true;
}

/* --- calendar replies -------------------------------------------------- */

static enum action_kind
reply_action(enum reply_says says)
{
	return says == REPLY_YES ? ACTION_ATTENDANCE
	    : says == REPLY_NO ? ACTION_ABSENCE : ACTION_TENTATIVE;
}

static void
reply_answer(const struct sense *s, const struct reply *r, struct findings *f)
{
	enum action_kind kind = reply_action(r->says);
	struct finding *one;
	size_t n = f->n;

	/* the words typed beside the button */
	attend_find(s, f);
	for (size_t i = n; i < f->n; i++) {
		struct finding *w = &f->list[i];

		if (w->action.kind == ACTION_SUBSTITUTE
		    && kind == ACTION_ABSENCE)
			continue;
		if (w->action.kind != kind || w->need != NEED_NOTHING) {
			f->n = n;
			one = finding_none(f, NEED_ASK, "calendar-words", 0);
			one->choices[one->n_choices++] = action_word(kind);
			if (w->action.kind < ACTION_KINDS)
				one->choices[one->n_choices++] =
				    action_word(w->action.kind);
			return;
		}
		if (strcmp(w->action.meeting, r->meeting->id) == 0) {
			memmove(w, w + 1, (size_t)(f->list + f->n - w - 1)
			    * sizeof(*w));
			f->n--;
			i--;
		}
	}
	one = finding_add(f, kind, 0);
	one->action.person = r->person;
	one->action.meeting = r->meeting->id;
	one->action.body = r->body->slug;
	if (which_is_past(s, r->meeting)) {
		one->need = NEED_HUMAN;
		one->reason = "past-meeting";
	}
	if (!r->person_is_sender) {
		one->need = NEED_ASK;
		one->reason = "calendar-other";
	}
}

static bool
replies_find(struct sense *s, struct findings *f)
{
	size_t n;
	const struct reply *list = reply_read(s->arena, s->mail, s->world,
	    &s->who, &n);

	for (size_t i = 0; i < n; i++) {
		const struct reply *r = &list[i];

		findings_why(f, "calendar: %s", r->why != NULL ? r->why
		    : "a calendar part");
		switch (r->kind) {
		case REPLY_ANSWER:
			if (r->meeting == NULL || r->says == REPLY_SAYS_NONE)
				finding_none(f, NEED_ASK, "calendar-unknown",
				    0);
			else
				reply_answer(s, r, f);
			break;
		case REPLY_COUNTER:
			finding_none(f, NEED_HUMAN, "calendar-counter", 0);
			break;
		case REPLY_DELEGATE:
			finding_none(f, NEED_ASK, "calendar-other", 0);
			break;
		case REPLY_FOREIGN_EVENT:
			finding_none(f, NEED_ASK, "calendar-unknown", 0);
			break;
		case REPLY_FOREIGN_INVITATION:
		case REPLY_CANCEL:
			finding_none(f, NEED_HUMAN, "foreign-invitation", 0);
			break;
		default:
			continue;
		}
	}
	return f->n > 0;
}

/* --- one answer out of all --------------------------------------------- */

static bool
is_firm(const char *reason)
{
	static const char *const firm[] = { "withdrawn", "whole-body",
		"move-meeting", "coloured", "not-released", "past-meeting",
		"condition", "resigns" };

	for (size_t i = 0; i < sizeof(firm) / sizeof(firm[0]); i++)
		if (strcmp(firm[i], reason) == 0)
			return true;
	return false;
}

static int
finding_order(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	/* a change comes before the release that follows it */
	if (x->action.kind == ACTION_AGENDA_EDIT
	    && y->action.kind == ACTION_AGENDA_APPROVE)
		return -1;
	if (y->action.kind == ACTION_AGENDA_EDIT
	    && x->action.kind == ACTION_AGENDA_APPROVE)
		return 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void
actions_add(struct arena *arena, const struct action **list, size_t *n,
    const struct action *action)
{
	struct action *more = arena_array(arena, *n + 1, sizeof(*more));

	if (*n > 0)
		memcpy(more, *list, *n * sizeof(*more));
	more[*n] = *action;
	*list = more;
	(*n)++;
}

static void
purpose_fill(const struct sense *s, struct findings *f, struct purpose *p,
    bool all_asked)
{
	const struct finding *ask = NULL, *human = NULL;

	qsort(f->list, f->n, sizeof(f->list[0]), finding_order);
	for (size_t i = 0; i < f->n; i++) {
		const struct finding *one = &f->list[i];

		if (one->need == NEED_NOTHING && !all_asked)
			actions_add(s->arena, &p->actions, &p->n_actions,
			    &one->action);
		else if (one->need != NEED_HUMAN && !one->drop_action)
			actions_add(s->arena, &p->pending, &p->n_pending,
			    &one->action);
		if (one->need == NEED_ASK && ask == NULL)
			ask = one;
		if (one->need == NEED_HUMAN && (human == NULL
		    || (is_firm(one->reason) && !is_firm(human->reason))))
			human = one;
	}
	if (p->n_actions > 0) {
		purpose_reason(p, OUTCOME_ACT, ask != NULL ? ask->reason
		    : NULL);
	} else if (ask != NULL && (human == NULL || !is_firm(human->reason)))
		purpose_reason(p, OUTCOME_ASK, ask->reason);
	else if (human != NULL)
		purpose_reason(p, OUTCOME_HUMAN, human->reason);
	if (p->outcome == OUTCOME_HUMAN) {
		p->hearing = human != NULL ? human->action.hearing : NULL;
		p->pending = NULL;
		p->n_pending = 0;
	} else if (ask != NULL && ask->n_choices > 0) {
		const char **choices = arena_array(s->arena, ask->n_choices,
		    sizeof(*choices));

		for (size_t i = 0; i < ask->n_choices; i++)
			choices[i] = ask->choices[i];
		p->choices = choices;
		p->n_choices = ask->n_choices;
	}
	for (size_t i = 0; i < p->n_actions && p->body == NULL; i++)
		p->body = p->actions[i].body;
}

/* Erasure and insight are always confirmed, and what is asked of the list
 * beside them goes into the same question. */
static bool
is_all_asked(const struct findings *f)
{
	bool data = false;

	for (size_t i = 0; i < f->n; i++)
		data = data || f->list[i].action.kind == ACTION_DATA_ERASE
		    || f->list[i].action.kind == ACTION_DATA_ACCESS;
	for (size_t i = 0; data && i < f->n; i++)
		if (f->list[i].need == NEED_NOTHING
		    && f->list[i].action.kind != ACTION_UNSUBSCRIBE
		    && f->list[i].action.kind != ACTION_SUBSCRIBE)
			return false;
	return data;
}

/* Nothing fits: what kind of letter is it at least? */
static void
nothing_found(const struct sense *s, struct purpose *p)
{
	bool question = sense_says(s, MEANS_QUESTION);

	for (size_t i = 0; i < s->tokens.n_sentences; i++)
		question = question || (tokens_is_question(&s->tokens,
		    (uint32_t)i));
	if (s->words.empty || sense_words(s) == 0)
		purpose_reason(p, OUTCOME_HUMAN, s->words.is_forward
		    ? "forwarded" : "empty");
	else if (s->words.is_forward)
		purpose_reason(p, OUTCOME_HUMAN, "forwarded");
	else if (sense_says(s, MEANS_PRESS))
		purpose_reason(p, OUTCOME_HUMAN, "press");
	else if (question)
		purpose_reason(p, OUTCOME_HUMAN, "question");
	else if (sense_says(s, MEANS_THANKS) && sense_words(s) < 40)
		purpose_reason(p, OUTCOME_HUMAN, "thanks");
	else if (sense_says(s, MEANS_APPLY) && (seat_is_elsewhere(s->arena,
	    s->words.subject) || seat_is_elsewhere(s->arena, sense_text(s))))
		purpose_reason(p, OUTCOME_HUMAN, "other-application");
	else
		purpose_reason(p, OUTCOME_HUMAN, "not-understood");
}

/* A stranger's «jeg kommer gerne til en samtale» beside his application
 * answers no invitation. */
static void
findings_thin(const struct sense *s, struct findings *f)
{
	bool other = false;
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++)
		other = other || (f->list[i].need == NEED_NOTHING
		    && right_of(f->list[i].action.kind) == RIGHT_ANYONE
		    && f->list[i].action.kind < ACTION_KINDS);
	for (size_t i = 0; i < f->n; i++) {
		enum action_kind kind = f->list[i].action.kind;
		bool attend = kind <= ACTION_SUBSTITUTE
		    || (kind == ACTION_KINDS && f->list[i].reason != NULL
		    && (strcmp(f->list[i].reason, "which-meeting") == 0
		    || strcmp(f->list[i].reason, "no-meeting-that-day")
		    == 0));

		if (attend && s->who.n_places == 0 && (other
		    || (kind == ACTION_KINDS && s->who.verified
		    && right_claimed(s) == NULL)))
			continue;
		f->list[kept++] = f->list[i];
	}
	f->n = kept;
}

/* A proposal that gets its answer: its words are no topic either. */
static bool
is_nominee_answered(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].reason != NULL
		    && text_starts(f->list[i].reason, "nominee-"))
			return true;
	return false;
}

static void
families_find(const struct sense *s, struct findings *f)
{
	if (search_find(s, f) || group_mail_find(s, f))
		return;
	answer_find(s, f);
	if (f->n == 0 && (call_find(s, f) || workshop_find(s, f) ||
	    topic_find(s, f) || member_find(s, f)))
		return;
	if (f->n == 0)
		hearing_reply_find(s, f);
	if (f->n == 0)
		submission_find(s, f);
	if (f->n == 0)
		guest_reply_find(s, f);
	if (f->n > 0)
		return;
	meeting_orders_find(s, f);
	if (f->n > 0) {
		if (sense_is_letter(s, LETTER_AGENDA_DRAFT))
			agenda_reply_find(s, f);
		return;
	}
	reader_choice_find(s, f);
	if (f->n > 0)
		return;
	attend_find(s, f);
	agenda_reply_find(s, f);
	hearing_find(s, f);
	seat_find(s, f);
	if (is_nominee_answered(f))
		return;
	list_find(s, f);
	data_find(s, f);
	minutes_find(s, f);
	ranking_find(s, f);
	item_find(s, f);
}

/* --- for the reader of explain ----------------------------------------- */

static void
why_write(const struct sense *s, struct findings *f, struct purpose *p)
{
	if (s->words.why != NULL)
		findings_why(f, "%s", s->words.why);
	if (s->who.why != NULL)
		findings_why(f, "sender: %s", s->who.why);
	if (s->thread.why != NULL)
		findings_why(f, "thread: %s", s->thread.why);
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];

		if (m->meaning == MEANS_NOTHING)
			findings_why(f, "«%s» is an idiom (%s)",
			    sense_cut(s, m->begin, m->end),
			    lexicon_rule_place(s->lexicon, m->rule));
		else
			findings_why(f, "«%s» shows %s (%s)",
			    sense_cut(s, m->begin, m->end),
			    meaning_word(m->meaning),
			    lexicon_rule_place(s->lexicon, m->rule));
	}
	for (size_t i = 0; i < s->n_sifted; i++)
		findings_why(f, "%s, no act", s->sifted[i]);
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].need != NEED_NOTHING)
			findings_why(f, "%s%s needs %s: %s",
			    f->list[i].action.kind < ACTION_KINDS
			    ? action_word(f->list[i].action.kind) : "",
			    f->list[i].action.kind < ACTION_KINDS ? "" : "it",
			    f->list[i].need == NEED_ASK ? "a question"
			    : "a person", f->list[i].reason);
	p->why = arena_array(s->arena, f->n_why + 1, sizeof(*p->why));
	memcpy((void *)(uintptr_t)p->why, f->why, f->n_why * sizeof(f->why[0]));
	p->n_why = f->n_why;
}

static void
sender_fill(const struct sense *s, struct purpose *p)
{
	p->sender = (struct purpose_sender){ .email = s->who.email,
		.name = s->who.name, .person = s->who.person,
		.roles = s->who.roles, .verified = s->who.verified,
		.by = s->who.by };
	p->alarm = s->who.alarm;
	p->text = cpr_mask(s->arena, s->words.text, CPR_POSSIBLE, NULL);
	p->subject = cpr_mask(s->arena, s->words.subject, CPR_POSSIBLE, NULL);
}

enum rc
understand(struct arena *arena, const struct lexicon *lexicon,
    const struct mail *mail, const struct world *world,
    struct purpose *purpose, struct err *err)
{
	struct findings *f = arena_alloc(arena, sizeof(*f));
	struct sense *s = arena_alloc(arena, sizeof(*s));
	struct silence silence = { 0 };

	(void)err;
	f->arena = arena;
	*purpose = (struct purpose){ .outcome = OUTCOME_HUMAN };
	sense_open(s, arena, lexicon, mail, world);
	sender_fill(s, purpose);
	if (silence_read(arena, mail, &s->words, world, &silence)) {
		purpose_reason(purpose, silence.outcome, silence.reason);
		purpose->unreachable = silence.unreachable;
		purpose->unreachable_hard = silence.hard;
		if (silence.why != NULL)
			findings_why(f, "%s", silence.why);
		sense_read(s);
		purpose->body = sense_body(s) != NULL ? sense_body(s)->slug
		    : NULL;
		s->n_matches = 0;
		why_write(s, f, purpose);
		return RC_OK;
	}
	sense_read(s);
	if (sense_body(s) != NULL)
		purpose->body = sense_body(s)->slug;
	if (!replies_find(s, f)) {
		if (person_needed(s, purpose)) {
			why_write(s, f, purpose);
			return RC_OK;
		}
		families_find(s, f);
	}
	findings_thin(s, f);
	for (size_t i = 0; i < f->n; i++) {
		right_guest(s, &f->list[i]);
		right_gate(s, &f->list[i]);
	}
	if (f->overflow)
		f->n = 0;
	if (f->n == 0)
		nothing_found(s, purpose);
	else
		purpose_fill(s, f, purpose, is_all_asked(f));
	why_write(s, f, purpose);
	return RC_OK;
}
