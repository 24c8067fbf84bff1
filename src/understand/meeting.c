/* SPDX-License-Identifier: MIT */
/* The secretary plans, moves, changes, calls off a meeting, or asks a guest to
 * one; and the guest's answer. Only of those who may: what anybody else writes
 * of a meeting to be moved goes to a person (attend.c). A sentence that doubts
 * or asks is no order: then nothing is read here. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/cpr.h"
#include "rules/meeting.h"
#include "understand/meeting_words.h"
#include "understand/sense.h"
#include "understand/which.h"

#define ORDERS_MOST 8	/* meetings that one mail may be about */
#define TITLE_LEAST 4	/* letters of a title of a talk … */
#define TITLE_WORDS 16	/* … and words, where it stands alone */

struct order {
	enum action_kind kind;
	const struct world_body *body;		/* NULL: which? */
	const struct world_meeting *meeting;	/* of all but a plan */
	struct meeting_facts facts;
	struct which which;
	size_t at, end;				/* tokens of its sentence */
};

struct orders {
	const struct sense *s;
	struct order list[ORDERS_MOST];
	size_t n;
	bool doubt;
};

static bool
may_plan(const struct sense *s, const struct world_body *body)
{
	const struct world_person *p = who_in(&s->who, body);

	return p != NULL && meeting_may_plan(body, p->role);
}

static bool
plans_any(const struct sense *s)
{
	for (size_t i = 0; i < s->who.n_places; i++)
		if (may_plan(s, s->who.places[i].body))
			return true;
	return false;
}

/* --- which meeting, which day ----------------------------------------------- */

static void
meetings_on(const struct sense *s, const struct when *when,
    struct which *w)
{
	for (size_t b = 0; b < s->n_bodies; b++)
		for (size_t k = 0; k < s->bodies[b]->n_meetings; k++) {
			const struct world_meeting *m =
			    &s->bodies[b]->meetings[k];

			if (which_is_past(s, m) || !meeting_is_ahead(m->state)
			    || m->host != NULL || when_fits(when, s->sent_day,
			    m->day) != WHEN_FITS || w->n == PICKS_MAX)
				continue;
			w->pick[w->n++] = (struct pick){ s->bodies[b], m };
		}
}

/* The meeting that tokens [begin, end) name, else the letter's, else the only
 * one that lies ahead. */
static void
meeting_find(const struct sense *s, size_t begin, size_t end,
    struct which *w)
{
	struct pick pick;

	*w = (struct which){ 0 };
	for (size_t i = begin; i < end; i++) {
		struct when when;

		if (s->tokens.list[i].date < 0 || s->tokens.list[i].inside)
			continue;
		when = s->whens[s->tokens.list[i].date];
		when.is_range = false;
		meetings_on(s, &when, w);
		if (w->n == 0 && when.day != 0) {
			when.month = 0;	/* «den 26. til den 3. december» */
			meetings_on(s, &when, w);
		}
		w->told = true;
		w->wrong = w->n == 0;
		return;
	}
	which_in(s, begin, end, false, w);
	if (w->told && (w->n > 0 || w->wrong) && !w->bare)
		return;
	if (which_thread(s, &pick) && !which_is_past(s, pick.meeting)) {
		*w = (struct which){ .n = 1, .told = true, .pick = { pick } };
		return;
	}
	*w = (struct which){ 0 };
	for (size_t b = 0; b < s->n_bodies; b++)
		for (size_t k = 0; k < s->bodies[b]->n_meetings; k++) {
			const struct world_meeting *m =
			    &s->bodies[b]->meetings[k];

			if (!which_is_past(s, m) && meeting_is_ahead(m->state)
			    && m->host == NULL && w->n < PICKS_MAX)
				w->pick[w->n++] = (struct pick){
				    s->bodies[b], m };
		}
}

static void
day_read(const struct sense *s, const struct when *when,
    struct meeting_facts *f)
{
	struct when one = *when;

	one.is_range = false;
	f->weekday = one.weekday;
	if (when_day(&one, s->sent_day, true, &f->day))
		return;
	/* a day that no calendar has: the answer says so */
	if (one.day != 0 && one.month != 0)
		f->day = (struct date){ one.year != 0 ? one.year :
		    s->sent_day.year + (one.month < s->sent_day.month),
		    one.month, one.day };
}

static bool
is_to(const struct sense *s, size_t i)
{
	const char *norm = s->tokens.list[i].norm;

	return strcmp(norm, "til") == 0 || strcmp(norm, "to") == 0;
}

/* The date of [begin, end) that is the goal: behind «til», or the last of
 * two. `end` where there is none. */
static size_t
goal_find(const struct sense *s, size_t begin, size_t end)
{
	size_t last = end, n = 0;

	for (size_t i = begin; i < end; i++) {
		const struct token *t = &s->tokens.list[i];

		if (t->date < 0 || t->inside)
			continue;
		n++;
		last = i;
		for (size_t k = s->whens[t->date].begin; k > begin && k + 3 >
		    s->whens[t->date].begin; k--)
			if (is_to(s, k) || is_to(s, k - 1))
				return i;
		if (is_to(s, s->whens[t->date].begin))
			return i;
	}
	return n > 1 ? last : end;
}

/* --- one sentence ----------------------------------------------------------- */

static enum action_kind
kind_of(const char *low, bool about_meeting)
{
	bool agenda = meeting_says("agenda", low);

	if (meeting_says("guest", low))
		return ACTION_MEETING_GUEST;
	if (meeting_says("cancel", low) && about_meeting)
		return ACTION_MEETING_CANCEL;
	if (meeting_says("move", low) && about_meeting && !agenda)
		return ACTION_MEETING_MOVE;
	if (meeting_says("plan", low) && about_meeting)
		return ACTION_MEETING_PLAN;
	if (meeting_says("change", low) && about_meeting && !agenda)
		return ACTION_MEETING_CHANGE;
	return ACTION_KINDS;
}

static void
kind_read(const char *low, struct meeting_facts *f)
{
	if (meeting_says("dialogue", low))
		f->kind = MEETING_DIALOGUE;
	else if (meeting_says("theme-kind", low))
		f->kind = MEETING_THEME;
	else if (meeting_says("workshop", low))
		f->kind = MEETING_WORKSHOP;
	else if (meeting_says("joint", low))
		f->kind = MEETING_JOINT;
}

/* The other councils that a joint meeting is with. */
static void
with_read(struct order *o, const struct sense *s)
{
	struct buf out = buf_open(s->arena);

	if (o->facts.kind != MEETING_JOINT)
		return;
	for (size_t b = 0; b < s->world->n_bodies; b++) {
		const struct world_body *body = &s->world->bodies[b];

		if (body != o->body && body->kind == BODY_COUNCIL &&
		    which_body_in(s, o->at, o->end) != NULL &&
		    body == which_body_in(s, o->at, o->end))
			buf_addf(&out, "%s%s", out.n > 0 ? " " : "",
			    body->slug);
	}
	if (out.n > 0)
		o->facts.with = buf_text(&out);
}

/* The body of a new meeting: the only one that can be meant and that the
 * sender plans for; of a joint one his own. */
static const struct world_body *
body_of(const struct sense *s, const struct meeting_facts *f)
{
	const struct world_body *found = NULL;

	for (size_t i = 0; i < s->n_bodies; i++)
		if (may_plan(s, s->bodies[i]) && s->bodies[i]->kind ==
		    BODY_COUNCIL) {
			if (found != NULL)
				return NULL;
			found = s->bodies[i];
		}
	if (f->kind == MEETING_JOINT && s->thread.address_body != NULL &&
	    may_plan(s, s->thread.address_body))
		return s->thread.address_body;
	return found;
}

static void
plan_read(struct order *o, const struct sense *s, const char *low)
{
	for (size_t i = o->at; i < o->end; i++)
		if (s->tokens.list[i].date >= 0 && !s->tokens.list[i].inside
		    && o->facts.day.year == 0)
			day_read(s, &s->whens[s->tokens.list[i].date],
			    &o->facts);
	kind_read(low, &o->facts);
	o->body = body_of(s, &o->facts);
	with_read(o, s);
}

static void
order_read(struct orders *all, enum action_kind kind, const char *text,
    const char *low, size_t begin, size_t end)
{
	const struct sense *s = all->s;
	struct order *o = &all->list[all->n];
	size_t goal = end;

	/* «Nyt møde» over «Nyt møde den 25. februar …» is one */
	if (all->n > 0 && begin >= s->tokens.text_at && o[-1].at <
	    s->tokens.text_at && o[-1].kind == kind) {
		o--;
		all->n--;
	}
	*o = (struct order){ .kind = kind, .at = begin, .end = end,
		.facts = meeting_facts_none() };
	if (kind == ACTION_MEETING_PLAN) {
		plan_read(o, s, low);
	} else {
		if (kind == ACTION_MEETING_MOVE)
			goal = goal_find(s, begin, end);
		meeting_find(s, begin, goal, &o->which);
		if (goal < end)
			day_read(s, &s->whens[s->tokens.list[goal].date],
			    &o->facts);
	}
	if (kind == ACTION_MEETING_GUEST) {
		meeting_guest_read(s->arena, text, &o->facts);
		for (size_t i = begin; i < end; i++)
			if (s->tokens.list[i].kind == TOKEN_EMAIL)
				o->facts.email = sense_cut(s, i, i + 1);
	} else if (kind != ACTION_MEETING_CANCEL) {
		meeting_words_read(s->arena, text, kind !=
		    ACTION_MEETING_MOVE, &o->facts);
	}
	/* «flyttes til kl. 17» stays on its day */
	if (kind == ACTION_MEETING_MOVE && o->facts.day.year == 0 &&
	    o->facts.start_min != MEETING_UNTOLD)
		o->kind = ACTION_MEETING_CHANGE;
	all->n++;
}

/* «Sted: biblioteket.» behind an order belongs to it. */
static void
more_read(struct orders *all, const char *text, size_t begin, size_t end)
{
	const struct sense *s = all->s;
	struct order *o = &all->list[all->n - 1];
	bool told = o->kind == ACTION_MEETING_PLAN && o->facts.start_min ==
	    MEETING_UNTOLD;

	if (o->kind == ACTION_MEETING_CANCEL || o->kind ==
	    ACTION_MEETING_GUEST)
		return;
	for (size_t i = begin; i < end && told; i++)
		if (s->tokens.list[i].date >= 0 && !s->tokens.list[i].inside)
			day_read(s, &s->whens[s->tokens.list[i].date],
			    &o->facts);
	meeting_words_read(s->arena, text, told, &o->facts);
}

static bool
about_meeting(const struct sense *s, const char *low)
{
	return meeting_says("meeting", low) || (s->thread.meeting != NULL
	    && strstr(low, "det ") != NULL);
}

static void
sentence_read(struct orders *all, size_t begin, size_t end)
{
	const struct sense *s = all->s;
	const char *text = tokens_text(s->arena, &s->tokens, begin, end);
	const char *low = text_lower(s->arena, text);
	enum action_kind kind = kind_of(low, about_meeting(s, low));

	if (kind != ACTION_KINDS && (meeting_says("doubt", low) ||
	    tokens_is_question(&s->tokens, s->tokens.list[begin].sentence))) {
		all->doubt = true;
		return;
	}
	if (kind != ACTION_KINDS && all->n < ORDERS_MOST &&
	    !(all->n > 0 && kind == ACTION_MEETING_CHANGE &&
	    all->list[all->n - 1].kind == ACTION_MEETING_PLAN))
		order_read(all, kind, text, low, begin, end);
	else if (all->n > 0)
		more_read(all, text, begin, end);
}

/* --- what comes of it ------------------------------------------------------- */

static void
order_ask(struct finding *one, const char *reason, bool drop)
{
	one->need = NEED_ASK;
	one->reason = reason;
	one->drop_action = drop;
}

static const char *
fault_reason(const struct sense *s, enum meeting_fault fault)
{
	return arena_printf(s->arena, "meeting-%s", meeting_fault_word(
	    fault));
}

static bool
guest_is_told(const struct order *o)
{
	const struct meeting_facts *f = &o->facts;
	int64_t at;

	if (f->email == NULL || o->meeting == NULL ||
	    f->start_min == MEETING_UNTOLD)
		return f->email != NULL;
	at = date_at(o->meeting->day, f->start_min / 60, f->start_min % 60);
	return at >= o->meeting->start_at && at < o->meeting->end_at;
}

static enum meeting_fault
fault_of(const struct sense *s, const struct order *o)
{
	if (o->kind == ACTION_MEETING_CANCEL ||
	    o->kind == ACTION_MEETING_GUEST)
		return MEETING_RIGHT;
	if (o->kind == ACTION_MEETING_MOVE && o->facts.day.year == 0)
		return MEETING_NO_WHEN;
	return meeting_facts_check(&o->facts, o->body, o->meeting,
	    s->world->now_at);
}

static void
order_write(const struct sense *s, struct order *o, struct findings *f)
{
	struct finding *one;
	enum meeting_fault fault;
	char day[DATE_TEXT_BYTES] = "";
	bool plans = o->kind == ACTION_MEETING_PLAN;

	if (!plans && o->which.n == 1) {
		o->meeting = o->which.pick[0].meeting;
		o->body = o->which.pick[0].body;
	}
	one = finding_add(f, o->kind, o->at);
	fault = !plans && o->meeting == NULL ? MEETING_RIGHT : fault_of(s, o);
	if (fault == MEETING_SAME_DAY)
		o->facts.again = true;	/* what a «ja» would carry out */
	one->action.body = o->body == NULL ? NULL : o->body->slug;
	one->action.meeting = o->meeting == NULL ? NULL : o->meeting->id;
	one->action.text = meeting_facts_write(s->arena, &o->facts);
	if (date_is_valid(o->facts.day)) {
		date_format(o->facts.day, day);
		one->action.title = arena_strdup(s->arena, day);
	}
	if (o->body != NULL && !may_plan(s, o->body)) {
		one->need = NEED_HUMAN;
		one->reason = "move-meeting";
	} else if (plans && o->body == NULL) {
		finding_ask_body(s, one);
	} else if (!plans && o->meeting == NULL) {
		which_ask(s, &o->which, one);
		one->drop_action = false;
	} else if (fault != MEETING_RIGHT) {
		order_ask(one, fault_reason(s, fault), fault !=
		    MEETING_SAME_DAY);
	} else if (o->kind == ACTION_MEETING_GUEST && !guest_is_told(o)) {
		order_ask(one, "meeting-guest", true);
	}
}

void
meeting_orders_find(const struct sense *s, struct findings *f)
{
	struct orders *all;
	size_t i = 0;

	if (!plans_any(s) || s->words.is_forward)
		return;
	all = arena_alloc(s->arena, sizeof *all);
	all->s = s;
	while (i < s->tokens.n) {
		size_t end = tokens_sentence_end(&s->tokens, i);

		if (!s->tokens.list[i].context)
			sentence_read(all, i, end);
		i = end;
	}
	if (all->doubt)
		return;	/* «skal vi flytte mødet?» is for people */
	for (size_t k = 0; k < all->n; k++)
		order_write(s, &all->list[k], f);
}

/* --- the guest -------------------------------------------------------------- */

/* A letter that asked for a title, answered by one short line. */
static const char *
title_of(const struct sense *s)
{
	const char *text = text_trim(s->arena, s->words.text);
	const char *title = meeting_title_read(s->arena, text);

	if (title != NULL)
		return title;
	if (strchr(text, '\n') != NULL || strlen(text) < TITLE_LEAST ||
	    sense_words(s) > TITLE_WORDS || strchr(text, '?') != NULL ||
	    sense_says(s, MEANS_THANKS) || sense_says(s, MEANS_ABSENCE) ||
	    sense_says(s, MEANS_ATTENDANCE) || sense_says(s, MEANS_YES) ||
	    sense_says(s, MEANS_NO) || sense_says(s, MEANS_TENTATIVE))
		return NULL;
	return cpr_mask(s->arena, text, CPR_POSSIBLE, NULL);
}

void
guest_reply_find(const struct sense *s, struct findings *f)
{
	const struct world_meeting *meeting = s->thread.meeting;
	struct finding *one;
	const char *title, *order;

	if (!sense_is_letter(s, LETTER_GUEST) || meeting == NULL)
		return;
	title = title_of(s);
	order = sense_says(s, MEANS_ABSENCE) || sense_says(s, MEANS_NO) ?
	    "no" : title != NULL || sense_says(s, MEANS_ATTENDANCE) ||
	    sense_says(s, MEANS_YES) ? "yes" : NULL;
	if (order == NULL)
		return;
	one = finding_add(f, ACTION_GUEST_REPLY, s->tokens.text_at);
	one->action.meeting = meeting->id;
	one->action.body = s->thread.body->slug;
	one->action.person = s->who.email;
	one->action.order = order;
	one->action.title = title;
	if (!s->who.verified)
		order_ask(one, "unverified", false);
	else if (!text_equal_nocase(s->who.email, s->thread.letter->to))
		order_ask(one, "unknown-person", true);
}
