/* SPDX-License-Identifier: MIT */
/* Workshops that outsiders come to: the secretary opens one and answers its
 * report, people come, stay away, and have ideas. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/sense.h"
#include "understand/workshop_words.h"

#define TOGETHER_MOST 5		/* that one mail brings; more are for a person
				 * to look at */
#define SHORT_WORDS 12		/* a longer text says more than yes or stop */
#define IDEA_WORDS 3
#define COMPANION_WORDS 3

/* --- the secretary --------------------------------------------------------- */

static bool
leads_any(const struct sense *s)
{
	for (size_t b = 0; b < s->world->n_bodies; b++)
		if (sense_is_lead(s, &s->world->bodies[b]))
			return true;
	return false;
}

/* Of those in her mail, without the ones that are somebody to call. */
static const char *
list_of(const struct sense *s, const struct workshop_facts *facts)
{
	const char *all = sense_addresses(s);
	struct buf out = buf_open(s->arena);

	while (all != NULL && *all != '\0') {
		size_t n = strcspn(all, " ");
		const char *one = arena_strndup(s->arena, all, n);

		if ((facts->contact == NULL || text_find_nocase(
		    facts->contact, one) == NULL) && (facts->report_to ==
		    NULL || !text_equal_nocase(facts->report_to, one)))
			buf_addf(&out, "%s%s", out.n > 0 ? " " : "", one);
		all += n + (all[n] != '\0');
	}
	return out.n > 0 ? buf_text(&out) : NULL;
}

/* The day on her line «Rapport senest:», among the days of the mail. */
static bool
report_day(const struct sense *s, const char *line, struct date *day)
{
	for (size_t i = 0; line != NULL && i < s->n_whens; i++) {
		const struct when *w = &s->whens[i];

		if (strstr(line, sense_cut(s, w->begin, w->end)) != NULL &&
		    when_day(w, s->sent_day, true, day))
			return true;
	}
	return false;
}

static const struct world_meeting *
meeting_on(const struct world_body *body, struct date day, bool open_only)
{
	for (size_t i = body->n_meetings; i-- > 0;)
		if (body->meetings[i].kind == MEETING_WORKSHOP &&
		    (!open_only || body->meetings[i].places > 0) &&
		    date_compare(body->meetings[i].day, day) == 0)
			return &body->meetings[i];
	return NULL;
}

/* Also where the meeting itself is planned in the same mail: then it is found
 * by its day when that is done. */
static bool
open_find(const struct sense *s, struct findings *f)
{
	const struct world_body *body = sense_body(s);
	struct workshop_facts facts = { 0 };
	const char *line = workshop_label(s->arena, "report", sense_text(s));
	struct date day = { 0, 0, 0 }, on;
	struct finding *one;
	char text[DATE_TEXT_BYTES];
	size_t kept = 0;

	if (s->words.is_forward || !leads_any(s) || s->thread.letter != NULL ||
	    !workshop_says(s->arena, "workshop", sense_text(s)) ||
	    !workshop_says(s->arena, "open", sense_text(s)))
		return false;
	workshop_facts_find(s->arena, sense_text(s), &facts);
	if (facts.places == 0)
		return false;
	facts.to = list_of(s, &facts);
	(void)report_day(s, line, &facts.report_day);
	for (size_t i = 0; i < s->n_whens && day.year == 0; i++)
		if (when_day(&s->whens[i], s->sent_day, true, &on) &&
		    date_compare(on, facts.report_day) != 0)
			day = on;
	meeting_orders_find(s, f);
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].action.kind == ACTION_MEETING_PLAN)
			f->list[kept++] = f->list[i];
	f->n = kept;
	one = finding_add(f, ACTION_WORKSHOP_OPEN, s->tokens.n);
	one->action.text = workshop_facts_write(s->arena, &facts);
	if (body == NULL) {
		finding_ask_body(s, one);
		return true;
	}
	one->action.body = body->slug;
	if (day.year == 0 || (kept == 0 && meeting_on(body, day, false) ==
	    NULL)) {
		one->need = NEED_ASK;
		one->reason = "no-meeting-that-day";
		one->drop_action = true;
		return true;
	}
	date_format(day, text);
	one->action.title = arena_strdup(s->arena, text);
	return true;
}

static struct finding *
report_add(const struct sense *s, struct findings *f, enum action_kind kind)
{
	struct finding *one = finding_add(f, kind, s->tokens.text_at);

	one->action.meeting = s->thread.letter->ref;
	one->action.ref = s->thread.letter->message_id;
	one->action.token = s->thread.token;
	if (s->thread.body != NULL)
		one->action.body = s->thread.body->slug;
	return one;
}

static bool
report_find(const struct sense *s, struct findings *f)
{
	const char *groups = workshop_groups(s->arena, sense_text(s));
	const char *decided = workshop_label(s->arena, "decided",
	    sense_text(s));

	if (decided != NULL && decided[0] != '\0') {
		report_add(s, f, ACTION_WORKSHOP_DECIDED)->action.text =
		    decided;
		return true;
	}
	if (groups != NULL)
		report_add(s, f, ACTION_WORKSHOP_GROUP)->action.order =
		    groups;
	if (!sense_says(s, MEANS_NOT_APPROVE) && (sense_says(s,
	    MEANS_APPROVE) || (groups == NULL && sense_words(s) <=
	    SHORT_WORDS && sense_says(s, MEANS_YES))))
		(void)report_add(s, f, ACTION_WORKSHOP_RELEASE);
	return f->n > 0;
}

/* --- which workshop -------------------------------------------------------- */

struct pick {
	const struct world_body *body;
	const struct world_meeting *meeting;
	const char *ahead[8];
	size_t n_ahead;
	bool other_day;		/* a day on which there is none */
};

static bool
is_ahead(const struct sense *s, const struct world_meeting *m)
{
	return m->start_at > s->world->now_at &&
	    m->state != MEETING_CANCELLED;
}

static void
pick_day(const struct sense *s, struct pick *pick)
{
	struct date day;

	for (size_t w = 0; w < s->n_whens && pick->meeting == NULL; w++) {
		if (!when_day(&s->whens[w], s->sent_day, true, &day))
			continue;
		pick->other_day = true;
		for (size_t b = 0; b < s->n_bodies && pick->meeting == NULL;
		    b++)
			if ((pick->meeting = meeting_on(s->bodies[b], day,
			    true)) != NULL)
				pick->body = s->bodies[b];
	}
	pick->other_day = pick->other_day && pick->meeting == NULL;
}

static struct pick
pick_workshop(const struct sense *s)
{
	struct pick pick = { .body = NULL };
	const struct world_meeting *next = NULL, *last = NULL;
	const struct world_body *of_next = NULL, *of_last = NULL;

	pick_day(s, &pick);
	if (pick.meeting != NULL)
		return pick;
	if (s->thread.meeting != NULL && s->thread.meeting->places > 0) {
		pick.meeting = s->thread.meeting;
		pick.body = s->thread.body;
		pick.other_day = false;
		return pick;
	}
	for (size_t b = 0; b < s->n_bodies; b++)
		for (size_t i = 0; i < s->bodies[b]->n_meetings; i++) {
			const struct world_meeting *m =
			    &s->bodies[b]->meetings[i];

			if (m->places == 0)
				continue;
			if (!is_ahead(s, m)) {
				last = m;
				of_last = s->bodies[b];
				continue;
			}
			if (pick.n_ahead < 8)
				pick.ahead[pick.n_ahead++] = m->id;
			if (next == NULL || m->start_at < next->start_at) {
				next = m;
				of_next = s->bodies[b];
			}
		}
	pick.meeting = next != NULL ? next : last;
	pick.body = next != NULL ? of_next : of_last;
	return pick;
}

static struct finding *
guest_add(const struct sense *s, struct findings *f, enum action_kind kind,
    const struct pick *pick)
{
	struct finding *one = finding_add(f, kind, s->tokens.text_at);

	one->action.body = pick->body->slug;
	one->action.meeting = pick->meeting->id;
	one->action.email = s->who.email;
	return one;
}

static void
ask_which(struct finding *one, const struct pick *pick)
{
	if (!pick->other_day && pick->n_ahead <= 1)
		return;
	one->need = NEED_ASK;
	one->reason = pick->other_day ? "no-meeting-that-day" :
	    "which-meeting";
	for (size_t i = 0; i < pick->n_ahead && one->n_choices < 8; i++)
		one->choices[one->n_choices++] = pick->ahead[i];
	if (pick->n_ahead != 1)
		one->action.meeting = NULL;
}

/* --- people ---------------------------------------------------------------- */

/* «min søster Karen Holm»; *end behind it. */
static const char *
companion_at(const struct sense *s, size_t i, size_t *end)
{
	const struct tokens *t = &s->tokens;
	size_t words = 1;

	if (!lexicon_in(s->lexicon, &t->list[i], SET_RELATION) || i == 0 ||
	    !workshop_says(s->arena, "my", t->list[i - 1].norm))
		return NULL;
	for (*end = i + 1; *end < t->n && words < COMPANION_WORDS &&
	    t->list[*end].kind == TOKEN_WORD; (*end)++, words++) {
		const char *word = sense_cut(s, *end, *end + 1);

		if (!(word[0] >= 'A' && word[0] <= 'Z') && word[0] != '\xc3')
			break;
	}
	return text_squeeze(s->arena, sense_cut(s, i, *end));
}

static bool
is_crowd(const struct sense *s, size_t companions)
{
	size_t persons = workshop_persons(s->arena, sense_text(s));
	size_t emails = 0;

	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++)
		emails += s->tokens.list[i].kind == TOKEN_EMAIL;
	return persons > companions + 1 || companions >= TOGETHER_MOST ||
	    emails > TOGETHER_MOST ||
	    workshop_names(s->arena, sense_text(s)) > TOGETHER_MOST;
}

static void
register_find(const struct sense *s, struct findings *f,
    const struct pick *pick)
{
	const char *names[TOGETHER_MOST + 1];
	const char *needs = workshop_needs(s->arena, sense_text(s));
	size_t n = 0, end = 0;
	struct finding *one;

	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++) {
		const char *name = companion_at(s, i, &end);

		if (name != NULL && n <= TOGETHER_MOST - 1)
			names[n++] = name;
	}
	if (is_crowd(s, n)) {
		finding_none(f, NEED_HUMAN, "many-registrations",
		    s->tokens.text_at);
		return;
	}
	one = guest_add(s, f, ACTION_REGISTER, pick);
	one->action.text = needs;
	ask_which(one, pick);
	/* for somebody else only where it is sure who writes */
	for (size_t i = 0; i < n && s->who.verified; i++) {
		one = guest_add(s, f, ACTION_REGISTER, pick);
		one->action.name = names[i];
		ask_which(one, pick);
	}
}

static bool
is_short(const struct sense *s)
{
	return sense_words(s) <= SHORT_WORDS;
}

/* A word to the letter itself: yes, no, stop, undo. */
static bool
letter_find(const struct sense *s, struct findings *f,
    const struct pick *pick)
{
	struct finding *one;

	if (!is_short(s))
		return false;
	if (sense_is_letter(s, LETTER_WORKSHOP_OFFER) &&
	    (sense_says(s, MEANS_YES) != sense_says(s, MEANS_NO))) {
		(void)guest_add(s, f, sense_says(s, MEANS_YES) ?
		    ACTION_REGISTER : ACTION_REGISTER_CANCEL, pick);
		return true;
	}
	if (workshop_says(s->arena, "undo", sense_text(s)))
		one = finding_add(f, ACTION_UNDO, s->tokens.text_at);
	else if (workshop_says(s->arena, "stop", sense_text(s)))
		one = guest_add(s, f, ACTION_WORKSHOP_STOP, pick);
	else
		return false;
	one->action.ref = s->thread.letter->message_id;
	one->action.token = s->thread.token;
	return true;
}

/* The theme of the workshop is not known here; «idé til mad: …» names one. */
static void
idea_find(const struct sense *s, struct findings *f, const struct pick *pick)
{
	struct finding *one = guest_add(s, f, ACTION_WORKSHOP_IDEA, pick);

	one->action.text = sense_text(s);
}

static bool
only_asks(const struct sense *s)
{
	return strchr(sense_text(s), '?') != NULL && workshop_says(s->arena,
	    "asks", sense_text(s));
}

static bool
has_workshop(const struct sense *s)
{
	for (size_t b = 0; b < s->world->n_bodies; b++)
		for (size_t i = 0; i < s->world->bodies[b].n_meetings; i++)
			if (s->world->bodies[b].meetings[i].places > 0)
				return true;
	return false;
}

static bool
guest_find(const struct sense *s, struct findings *f)
{
	bool letter = sense_is_letter(s, LETTER_WORKSHOP) ||
	    sense_is_letter(s, LETTER_WORKSHOP_OFFER);
	bool tag = s->thread.presumes == PRESUMES_WORKSHOP;
	const char *text = sense_text(s);
	struct pick pick;

	if (!letter && !tag && !workshop_says(s->arena, "workshop", text) &&
	    (s->words.is_reply_subject || !workshop_says(s->arena, "workshop",
	    s->words.subject)))
		return false;
	pick = pick_workshop(s);
	if (pick.meeting == NULL)
		return false;
	if (letter && letter_find(s, f, &pick))
		return true;
	if (only_asks(s))
		return false;
	if (workshop_says(s->arena, "cancel", text) && s->who.n_places == 0)
		ask_which(guest_add(s, f, ACTION_REGISTER_CANCEL, &pick),
		    &pick);
	else if (workshop_says(s->arena, "idea", text) ||
	    (!s->words.is_reply_subject && workshop_says(s->arena, "idea",
	    s->words.subject)))
		idea_find(s, f, &pick);
	else if (workshop_says(s->arena, "register", text) ||
	    (letter && is_short(s) && sense_says(s, MEANS_YES)) ||
	    (!s->words.is_reply_subject && workshop_says(s->arena,
	    "register", s->words.subject)))
		register_find(s, f, &pick);
	else if (letter && s->who.n_places == 0 && sense_words(s) >=
	    IDEA_WORDS && strchr(text, '?') == NULL &&
	    !(is_short(s) && sense_says(s, MEANS_THANKS)))
		idea_find(s, f, &pick);
	return f->n > 0;
}

bool
workshop_find(const struct sense *s, struct findings *f)
{
	if (sense_is_letter(s, LETTER_WORKSHOP_REPORT))
		return report_find(s, f);
	if (open_find(s, f))
		return true;
	return has_workshop(s) && !s->words.is_forward && guest_find(s, f);
}
