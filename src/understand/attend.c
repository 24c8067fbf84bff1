/* SPDX-License-Identifier: MIT */
/* Who comes and who does not: regrets, a yes, a maybe, somebody else instead.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/behalf.h"
#include "understand/clause.h"
#include "understand/sense.h"
#include "understand/which.h"

#define READINGS_MAX 32	/* of one mail; who says it more often says no more */
#define SUBJECT_WORDS 10 /* a text so short leaves its subject «Afbud» alone */

struct reading {
	enum action_kind kind;
	const struct match *match;
	struct pick pick;
	const char *person;	/* that the secretary writes for; NULL */
	bool weak;		/* ja, nej, vi ses: gives way to a plain one */
	bool told;		/* its own words name the meeting */
	bool gone;
};

struct attend {
	const struct sense *s;
	struct findings *f;
	struct reading list[READINGS_MAX];
	size_t n;
	bool conditional;	/* «jeg kommer, men hvis …, kan jeg ikke»: a
				 * person reads all of it */
	bool told_only;		/* the letter answered is about another
				 * matter: only a meeting named counts */
};

static bool
kind_of(enum meaning meaning, enum action_kind *kind)
{
	switch (meaning) {
	case MEANS_ABSENCE: case MEANS_NO:
		*kind = ACTION_ABSENCE;
		return true;
	case MEANS_ATTENDANCE: case MEANS_YES:
		*kind = ACTION_ATTENDANCE;
		return true;
	case MEANS_TENTATIVE:
		*kind = ACTION_TENTATIVE;
		return true;
	default:
		return false;
	}
}

static bool
is_weak(const struct match *m)
{
	return m->meaning == MEANS_YES || m->meaning == MEANS_NO;
}

static bool
asks_for_answer(const struct sense *s)
{
	return sense_is_letter(s, LETTER_INVITATION)
	    || sense_is_letter(s, LETTER_REMINDER)
	    || sense_is_letter(s, LETTER_SUBSTITUTE_CALL);
}

static bool
is_past_mail(const struct sense *s)
{
	return sense_says(s, MEANS_PAST);
}

static void
reading_add(struct attend *a, enum action_kind kind, const struct match *m,
    struct pick pick, bool told)
{
	if (a->n == READINGS_MAX)
		return;
	a->list[a->n++] = (struct reading){ .kind = kind, .match = m,
		.pick = pick, .told = told, .weak = is_weak(m)
		    || a->s->tokens.list[m->begin].in_subject };
}

static bool
is_greeted(const struct sense *s, size_t at)
{
	return at > 0 && lexicon_in(s->lexicon, &s->tokens.list[at - 1],
	    SET_GREETING);
}

/* Somebody else's coming: that member is asked, nobody is excused. */
static void
other_add(struct attend *a, enum action_kind kind, const struct match *m,
    const struct named *who)
{
	struct finding *f;
	const char *other;
	struct which w;

	if (clause_is_question(a->s, m))
		return;
	which_for(a->s, m->begin, m->end, false, &w);
	if (clause_is_condition(a->s, m) || clause_is_when(a->s, m))
		other = NULL;
	else if ((other = behalf_person(a->s, m, who, &w)) != NULL
	    && a->n < READINGS_MAX) {
		reading_add(a, kind, m, w.pick[0], w.by_words);
		a->list[a->n - 1].person = other;
		return;
	}
	if (kind != ACTION_ABSENCE && kind != ACTION_TENTATIVE)
		return;
	f = finding_none(a->f, NEED_ASK, "other-person", m->begin);
	for (size_t i = 0; who == NULL && i < a->s->n_names; i++)
		if (a->s->names[i].person != NULL
		    && a->s->names[i].begin < m->begin
		    && !is_greeted(a->s, a->s->names[i].begin))
			who = &a->s->names[i];
	if (who == NULL || who->person == NULL || w.n == 0)
		return;
	f->action.kind = kind;
	f->action.person = who->person->email;
	f->action.meeting = w.pick[0].meeting->id;
	f->action.body = w.pick[0].body->slug;
	f->drop_action = false;
}

/* What a yes without its subject means is decided by the letter: «Er på». */
static bool
is_meant(const struct attend *a, const struct match *m, enum action_kind kind,
    enum subject subject)
{
	if (subject == SUBJECT_SELF)
		return true;
	if (subject == SUBJECT_LEFT_OUT)
		return kind != ACTION_ATTENDANCE || asks_for_answer(a->s)
		    || is_weak(m) || a->s->tokens.list[m->begin].in_subject;
	return kind == ACTION_TENTATIVE && subject == SUBJECT_UNKNOWN
	    && asks_for_answer(a->s);
}

static void
which_missing(struct attend *a, const struct match *m,
    const struct which *w)
{
	struct finding *f;

	if (a->s->n_bodies == 0) {
		f = finding_none(a->f, NEED_ASK, "which-meeting", m->begin);
		return;
	}
	f = finding_none(a->f, NEED_ASK, "which-meeting", m->begin);
	which_ask(a->s, w, f);
}

/* «jeg alligevel ikke kan den 18.»: the yes shares a word with a no. */
static bool
is_overlapped(const struct sense *s, const struct match *m)
{
	for (size_t i = 0; i < s->n_matches; i++)
		if ((s->matches[i].meaning == MEANS_ABSENCE
		    || s->matches[i].meaning == MEANS_TENTATIVE)
		    && s->matches[i].begin < m->end
		    && m->begin < s->matches[i].end)
			return true;
	return false;
}

static bool
speaks_of_meeting(const struct sense *s, const struct match *m)
{
	static const char *const words[] = { "afbud", "avbud", "deltag",
		"forfald", "attend", "apologi", "regret", "fravaer",
		"forhindr" };

	for (size_t i = m->begin; i < m->end; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (text_starts(s->tokens.list[i].norm, words[k]))
				return true;
	return false;
}

static bool
says_neither(const struct sense *s, const struct match *m)
{
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);

	for (size_t i = m->begin; i-- > begin; )
		if (strcmp(s->tokens.list[i].norm, "hverken") == 0
		    || strcmp(s->tokens.list[i].norm, "verken") == 0
		    || strcmp(s->tokens.list[i].norm, "neither") == 0)
			return true;
	return false;
}

static void
match_read(struct attend *a, const struct match *m)
{
	const struct sense *s = a->s;
	enum action_kind kind;
	const struct named *who = NULL;
	enum subject subject;
	struct which w;

	if (!kind_of(m->meaning, &kind) || s->tokens.list[m->begin].context)
		return;
	if (m->meaning == MEANS_ATTENDANCE && is_overlapped(s, m))
		return;
	/* «ja dagsordenen den 26. godkender jeg» */
	if (is_weak(m) && !asks_for_answer(s) && (sense_says(s, MEANS_APPROVE)
	    || sense_says(s, MEANS_AGENDA)))
		return;
	subject = clause_subject(s, m, &who);
	if (subject != SUBJECT_SELF && behalf_named(s, m, &who))
		subject = SUBJECT_OTHER;
	if (subject == SUBJECT_OTHER) {
		other_add(a, kind, m, who);
		return;
	}
	if (!is_meant(a, m, kind, subject) || clause_is_question(s, m))
		return;
	if (is_weak(m) && !asks_for_answer(s))
		which_in(s, tokens_sentence_begin(&s->tokens, m->begin),
		    tokens_sentence_end(&s->tokens, m->begin), false, &w);
	else
		which_for(s, m->begin, m->end, false, &w);
	if (is_weak(m) && !asks_for_answer(s) && !w.told)
		return;
	if (is_weak(m) && s->thread.letter != NULL && !asks_for_answer(s)
	    && !w.whole_day)
		return;
	if (a->told_only && (!w.told || (w.n == 1
	    && w.pick[0].meeting == s->thread.meeting))) {
		/* «afbud» to the reminder of a meeting that is over */
		if (asks_for_answer(s) && !is_weak(m)
		    && kind == ACTION_ABSENCE)
			finding_none(a->f, NEED_HUMAN, "past-meeting",
			    m->begin);
		return;
	}
	/* «hverken den 8., den 21. eller i juni kan jeg være med» */
	if (kind == ACTION_ATTENDANCE && says_neither(s, m)) {
		kind = ACTION_ABSENCE;
		which_in(s, tokens_sentence_begin(&s->tokens, m->begin),
		    tokens_sentence_end(&s->tokens, m->begin), false, &w);
	}
	if (kind == ACTION_ATTENDANCE && clause_has_loose_negation(s, m))
		return;
	if (clause_is_condition(s, m) && tokens_is_question(&s->tokens,
	    s->tokens.list[m->begin].sentence)) {
		finding_none(a->f, NEED_HUMAN, "condition", m->begin);
		return;
	}
	if (clause_is_condition(s, m) && kind != ACTION_TENTATIVE) {
		if (kind == ACTION_ABSENCE) {
			finding_none(a->f, NEED_HUMAN, "condition", m->begin);
			a->conditional = true;
			return;
		}
		kind = ACTION_TENTATIVE;
	}
	if (kind == ACTION_ATTENDANCE && clause_is_when(s, m))
		return;
	if (w.wrong || w.n == 0) {
		if (!is_weak(m))
			which_missing(a, m, &w);
		return;
	}
	/* a mail of its own that names no meeting: «jeg er der til kl. 15» says
	 * nothing of one, «jeg melder afbud» does */
	if (!w.told && s->thread.letter == NULL) {
		if (kind == ACTION_ABSENCE && !speaks_of_meeting(s, m))
			which_missing(a, m, &(struct which){ 0 });
		if (kind != ACTION_ABSENCE || !speaks_of_meeting(s, m))
			return;
	}
	if (w.past) {
		if (!is_weak(m))
			finding_none(a->f, NEED_HUMAN, "past-meeting",
			    m->begin);
		return;
	}
	if (w.several) {
		which_missing(a, m, &w);
		return;
	}
	for (size_t i = 0; i < w.n; i++)
		reading_add(a, kind, m, w.pick[i], w.by_words);
}

/* --- substitutes ------------------------------------------------------- */

/* The member's own substitute on file. */
static const struct world_person *
substitute_on_file(const struct sense *s, const struct world_body *body)
{
	for (size_t i = 0; s->who.email != NULL && i < body->n_people; i++)
		if (body->people[i].substitute_for != NULL
		    && strcmp(body->people[i].substitute_for, s->who.email)
		    == 0)
			return &body->people[i];
	return NULL;
}

static bool
is_sender(const struct sense *s, const struct named *n)
{
	return (n->person != NULL && s->who.email != NULL
	    && strcmp(n->person->email, s->who.email) == 0)
	    || (s->who.name != NULL
	    && person_same(s->arena, n->name, s->who.name))
	    || (s->who.person != NULL
	    && person_same(s->arena, n->name, s->who.person));
}

/* «KAJ MIKKELSEN OVERTAGER»: in capitals all words could be names. */
static size_t
shouted_begin(const struct sense *s, size_t i)
{
	while (i > 0 && s->tokens.list[i].shouts
	    && s->tokens.list[i - 1].shouts
	    && s->tokens.list[i - 1].word == 0
	    && s->tokens.list[i - 1].n_symbols == 0
	    && s->tokens.list[i - 1].sentence == s->tokens.list[i].sentence)
		i--;
	return i;
}

/* A first name alone that nobody on file has: «sender Karin i stedet». */
static const char *
single_name(const struct sense *s, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++) {
		const struct token *t = &s->tokens.list[i];

		if (t->kind == TOKEN_WORD && t->capital && t->word == 0
		    && t->n_symbols == 0 && i > begin && t->date < 0
		    && !t->inside && t->name < 0
		    && s->tokens.list[i - 1].sentence == t->sentence)
			return person_plain(s->arena, tokens_text(s->arena,
			    &s->tokens, shouted_begin(s, i), i + 1));
	}
	return NULL;
}

static const char *
substitute_name(const struct sense *s, const struct match *m,
    const struct world_body *body)
{
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);
	size_t end = tokens_sentence_end(&s->tokens, m->begin);
	const struct named *best = NULL;
	const struct world_person *known;
	size_t near = 0;

	for (size_t i = 0; i < s->n_names; i++) {
		const struct named *n = &s->names[i];
		size_t far = n->begin > m->end ? n->begin - m->end
		    : m->begin > n->end ? m->begin - n->end : 0;

		if (n->begin < begin || n->end > end || is_sender(s, n)
		    || is_greeted(s, n->begin))
			continue;
		if (best == NULL || far < near) {
			best = n;
			near = far;
		}
	}
	if (best != NULL)
		return best->person != NULL && !best->several
		    ? best->person->email : best->name;
	for (size_t i = begin; i < end; i++)
		if (text_starts(s->tokens.list[i].norm, "suppleant")
		    || text_starts(s->tokens.list[i].norm, "stedfortraeder")
		    || text_starts(s->tokens.list[i].norm, "vara"))
			if ((known = substitute_on_file(s, body)) != NULL)
				return known->email;
	return single_name(s, begin, end);
}

static void
substitute_read(struct attend *a, const struct match *m)
{
	const struct sense *s = a->s;
	const char *name;
	struct finding *f;
	struct which w;
	bool excused = false;

	if (s->tokens.list[m->begin].context)
		return;
	if (clause_is_question(s, m) || clause_is_condition(s, m)) {
		finding_none(a->f, NEED_HUMAN, "question", m->begin);
		return;
	}
	which_for(s, m->begin, m->end, false, &w);
	/* regrets said beside it settle the meeting */
	for (size_t i = 0; i < a->n; i++)
		if (a->list[i].kind == ACTION_ABSENCE && !a->list[i].gone) {
			excused = true;
			if (!w.whole_day) {
				w = (struct which){ .n = 1,
					.pick = { a->list[i].pick } };
				break;
			}
		}
	if (w.n != 1 || w.wrong || w.past) {
		if (!excused)
			which_missing(a, m, &w);
		return;
	}
	if (!excused)
		reading_add(a, ACTION_ABSENCE, m, w.pick[0], w.by_words);
	name = substitute_name(s, m, w.pick[0].body);
	if (name == NULL) {
		finding_none(a->f, NEED_ASK, "no-name", m->begin);
		return;
	}
	for (size_t i = 0; i < a->f->n; i++)	/* said in two ways */
		if (a->f->list[i].action.kind == ACTION_SUBSTITUTE
		    && a->f->list[i].action.meeting == w.pick[0].meeting->id)
			return;
	f = finding_add(a->f, ACTION_SUBSTITUTE, m->begin);
	f->action.person = s->who.email;
	f->action.meeting = w.pick[0].meeting->id;
	f->action.body = w.pick[0].body->slug;
	f->action.substitute = name;
}

/* --- together ---------------------------------------------------------- */

static bool
is_changed(const struct attend *a, const struct reading *x,
    const struct reading *y)
{
	return clause_but_between(a->s, x->match, y->match)
	    || sense_says(a->s, MEANS_CHANGED);
}

static bool
text_supports(const struct sense *s)
{
	return sense_has_in(s, MEANS_ABSENCE, s->tokens.text_at, s->tokens.n)
	    || sense_has_in(s, MEANS_ATTENDANCE, s->tokens.text_at,
	    s->tokens.n) || sense_has_in(s, MEANS_EXCUSE, s->tokens.text_at,
	    s->tokens.n);
}

/* «Jeg kan ikke. Jeg kommer næste gang»: the one after. */
static bool
is_next_time(const struct sense *s, const struct match *m)
{
	size_t end = tokens_clause_end(&s->tokens, m->begin);

	for (size_t i = tokens_clause_begin(&s->tokens, m->begin); i < end;
	    i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_NEXT))
			return true;
	return false;
}

static bool
has_missing(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].reason != NULL && (strcmp(f->list[i].reason,
		    "no-meeting-that-day") == 0
		    || strcmp(f->list[i].reason, "which-meeting") == 0))
			return true;
	return false;
}

/* Two things said of one meeting: a plain word goes before a polite one, the
 * later before the earlier where a «men» lies between; else it is asked. */
static void
readings_settle(struct attend *a)
{
	bool asked = false, other = false;

	for (size_t i = 0; a->conditional && i < a->n; i++)
		a->list[i].gone = true;
	/* the subject «Afbud» gives way to what the text makes of it */
	for (size_t i = 0; i < a->f->n; i++)
		asked = asked || a->f->list[i].need != NEED_NOTHING;
	/* … and to a longer text that says nothing of the kind */
	if (sense_words(a->s) > SUBJECT_WORDS)
		asked = asked || !text_supports(a->s);
	for (size_t i = 0; i < a->n; i++)
		other = other || a->list[i].person != NULL;
	/* … and to another's regrets in the text */
	for (size_t i = 0; i < a->n; i++)
		a->list[i].gone = a->list[i].gone || ((asked || (other
		    && a->list[i].person == NULL)) && a->s->tokens.list[
		    a->list[i].match->begin].in_subject);
	/* «Onsdag den 26. passer dårligt, jeg kan ikke komme»: the day that is
	 * none is asked, the meeting of the letter not assumed */
	for (size_t i = 0; i < a->n; i++)
		a->list[i].gone = a->list[i].gone || (!a->list[i].told
		    && has_missing(a->f));
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = i + 1; k < a->n; k++) {
			struct reading *x = &a->list[i], *y = &a->list[k];

			if (x->gone || y->gone || x->person != y->person
			    || x->pick.meeting != y->pick.meeting)
				continue;
			if (x->kind == y->kind && x->weak == y->weak)
				x->match = y->match;	/* the last word */
			if (x->kind == y->kind
			    || (y->kind == ACTION_ATTENDANCE
			    && is_next_time(a->s, y->match)))
				y->gone = true;
			else if (x->weak != y->weak)
				*(x->weak ? &x->gone : &y->gone) = true;
			else if (x->kind == ACTION_TENTATIVE
			    && y->kind == ACTION_ATTENDANCE)
				y->gone = true;
			else if (y->kind == ACTION_TENTATIVE
			    && x->kind == ACTION_ATTENDANCE)
				x->gone = true;
			else if (is_changed(a, x, y))
				x->gone = true;
			else {
				struct finding *f;

				x->gone = y->gone = true;
				f = finding_none(a->f, NEED_ASK,
				    "two-readings", x->match->begin);
				f->choices[f->n_choices++] =
				    action_word(x->kind);
				f->choices[f->n_choices++] =
				    action_word(y->kind);
			}
		}
}

static void
readings_write(struct attend *a)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct reading *r = &a->list[i];
		struct finding *f;

		if (r->gone)
			continue;
		f = finding_add(a->f, r->kind, r->match->begin);
		f->action.person = r->person != NULL ? r->person :
		    a->s->who.email;
		f->action.meeting = r->pick.meeting->id;
		f->action.body = r->pick.body->slug;
		if (a->s->thread.only_cc && a->s->thread.letter == NULL
		    && r->weak) {
			f->need = NEED_ASK;
			f->reason = "which-meeting";
		}
	}
}

static bool
says_that_day(const struct sense *s, const struct match *m)
{
	static const char *const before[] = { "den", "samme", "netop" };
	static const char *const days[] = { "dag", "aften", "eftermiddag",
		"formiddag", "uge" };
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);
	size_t end = tokens_sentence_end(&s->tokens, m->begin);

	for (size_t i = begin + 1; i < end; i++)
		for (size_t k = 0; k < 15; k++)
			if (strcmp(s->tokens.list[i].norm, days[k % 5]) == 0
			    && strcmp(s->tokens.list[i - 1].norm,
			    before[k / 5]) == 0)
				return true;
	return false;
}

/* «Den 26. er jeg i Spanien» in an answer to the invitation, of the very day
 * it invites to, is regrets; where the day is not told it is asked. */
static void
implied_find(struct attend *a)
{
	const struct sense *s = a->s;
	const struct named *who = NULL;
	struct finding *f;
	struct which w;

	if (a->f->n > 0 || a->n > 0 || !asks_for_answer(s))
		return;
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		enum subject subject;

		if (m->meaning != MEANS_EXCUSE
		    || s->tokens.list[m->begin].context
		    || clause_is_question(s, m) || clause_is_condition(s, m)
		    || clause_has_loose_negation(s, m))
			continue;
		subject = clause_subject(s, m, &who);
		if (subject != SUBJECT_SELF && subject != SUBJECT_LEFT_OUT)
			continue;
		which_in(s, tokens_sentence_begin(&s->tokens, m->begin),
		    tokens_sentence_end(&s->tokens, m->begin), false, &w);
		/* «jeg sidder i toget den dag», «samme aften» */
		if (!w.told && says_that_day(s, m) && which_thread(s,
		    &w.pick[0]) && !which_is_past(s, w.pick[0].meeting)) {
			w.told = true;
			w.n = 1;
		}
		if (w.told && w.n == 1 && !w.wrong && !w.past && !w.several
		    && w.pick[0].meeting == s->thread.meeting) {
			reading_add(a, ACTION_ABSENCE, m, w.pick[0], true);
			readings_write(a);
			return;
		}
		f = finding_none(a->f, NEED_ASK, "two-readings", m->begin);
		f->choices[f->n_choices++] = action_word(ACTION_ABSENCE);
		f->choices[f->n_choices++] = action_word(ACTION_ATTENDANCE);
		return;
	}
}

void
attend_find(const struct sense *s, struct findings *f)
{
	struct attend a = { .s = s, .f = f };

	a.told_only = s->thread.letter != NULL && s->thread.meeting != NULL
	    && which_is_past(s, s->thread.meeting);
	a.told_only = a.told_only || sense_is_letter(s, LETTER_HEARING)
	    || sense_is_letter(s, LETTER_TOPIC_RANKING)
	    || sense_is_letter(s, LETTER_MINUTES_DRAFT)
	    || sense_is_letter(s, LETTER_MINUTES_FORM);
	/* minutes are about the past: «jeg kom ikke, så jeg retter intet» */
	if (is_past_mail(s) && (sense_is_letter(s, LETTER_MINUTES_DRAFT)
	    || sense_is_letter(s, LETTER_MINUTES_FORM)))
		return;
	if (is_past_mail(s)) {
		finding_none(f, NEED_HUMAN, "past-meeting", 0);
		return;
	}
	if (sense_says(s, MEANS_MOVE_MEETING)) {
		finding_none(f, NEED_HUMAN, "move-meeting", 0);
		return;
	}
	for (size_t i = 0; i < s->n_matches && a.n < READINGS_MAX; i++)
		match_read(&a, &s->matches[i]);
	for (size_t i = 0; i < s->n_matches && a.n < READINGS_MAX; i++)
		if (s->matches[i].meaning == MEANS_SUBSTITUTE)
			substitute_read(&a, &s->matches[i]);
	readings_settle(&a);
	if (behalf_of_many(s) && a.n > 0) {
		finding_none(f, NEED_HUMAN, "whole-body", 0);
		return;
	}
	readings_write(&a);
	implied_find(&a);
	/* +afbud@ presumes it, where nothing else was said */
	if (f->n == 0 && s->thread.presumes == PRESUMES_ABSENCE
	    && sense_body(s) != NULL) {
		struct which w;
		struct finding *one;

		which_for(s, s->tokens.text_at, s->tokens.text_at, false, &w);
		if (w.n != 1 || w.wrong || w.past)
			return;
		one = finding_add(f, ACTION_ABSENCE, s->tokens.text_at);
		one->action.person = s->who.email;
		one->action.meeting = w.pick[0].meeting->id;
		one->action.body = w.pick[0].body->slug;
	}
}
