/* SPDX-License-Identifier: MIT */
/* Bodies and meetings by what people call them. */
#include "understand/which.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define BACK_MAX 600	/* tokens: «den dag» goes back a page, no more */
#define STEM_LEAST 5	/* letters of a body's name that must stand there */

/* --- bodies ------------------------------------------------------------ */

/* «Udsatterådet» without its ending, «Social- og Sundhedsudvalget» by its
 * last word; the stem is what is left before råd or udvalg. */
static const char *
body_stem(struct arena *arena, const struct world_body *body)
{
	static const char *const ends[] = { "raadet", "raad", "udvalget",
		"udvalg", "naevnet", "forum" };
	char *norm = token_norm(arena, body->name, strlen(body->name));
	char *space = strrchr(norm, ' ');
	char *last = space != NULL ? space + 1 : norm;
	size_t n = strlen(last);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (text_ends(last, ends[i]) && n - strlen(ends[i])
		    >= STEM_LEAST) {
			last[n - strlen(ends[i])] = '\0';
			return last;
		}
	if (space == NULL || n >= STEM_LEAST + 3)
		return last;
	return norm;	/* «groent raad»: more words than one */
}

/* The body's name begins at token i; «integrations råd» and «Integration
 * Council» too. */
static bool
body_at(const struct sense *s, size_t i, const char *stem)
{
	const struct tokens *t = &s->tokens;
	size_t n = strlen(stem), have = strlen(t->list[i].norm);
	const char *rest;

	if (strchr(stem, ' ') != NULL) {
		const char *loose = tokens_text(s->arena, t, i, i + 2);

		return text_starts(token_norm(s->arena, loose,
		    strlen(loose)), stem);
	}
	if (strncmp(t->list[i].norm, stem, n < have ? n : have) != 0
	    || have + 1 < n)
		return false;
	rest = have > n ? t->list[i].norm + n : "";
	if (text_starts(rest, "raad") || text_starts(rest, "rad")
	    || text_starts(rest, "udvalg"))
		return true;
	return have >= STEM_LEAST && strlen(rest) < 3 && i + 1 < t->n
	    && (lexicon_in(s->lexicon, &t->list[i + 1], SET_BODY)
	    || text_starts(t->list[i + 1].norm, "council"));
}

static void
body_add(struct sense *s, const struct world_body *body)
{
	for (size_t i = 0; i < s->n_bodies; i++)
		if (s->bodies[i] == body)
			return;
	if (body != NULL && s->n_bodies < 8)
		s->bodies[s->n_bodies++] = body;
}

/* The bodies' names as tokens are written: asked for again and again. */
static void
stems_read(struct sense *s)
{
	if (s->stems != NULL)
		return;
	s->stems = arena_array(s->arena, s->world->n_bodies + 1,
	    sizeof(s->stems[0]));
	for (size_t b = 0; b < s->world->n_bodies; b++)
		s->stems[b] = body_stem(s->arena, &s->world->bodies[b]);
}

static bool
bodies_by_words(struct sense *s, size_t from, size_t to, bool committees)
{
	stems_read(s);
	for (size_t b = 0; b < s->world->n_bodies; b++) {
		const struct world_body *body = &s->world->bodies[b];
		const char *stem = s->stems[b];

		if ((body->kind == BODY_COUNCIL) == committees)
			continue;
		for (size_t i = from; i < to; i++)
			if (s->tokens.list[i].kind == TOKEN_WORD
			    && body_at(s, i, stem)) {
				body_add(s, body);
				break;
			}
	}
	return s->n_bodies > 0;
}

/* The greeting speaks to somebody, it does not say what the mail is about:
 * only the rest of the text counts first. */
void
which_bodies(struct sense *s)
{
	size_t from = 0;

	while (from < s->tokens.n && s->tokens.list[from].context)
		from++;
	s->body_by_words = bodies_by_words(s, from, s->tokens.n, false);
	/* the address decides where the words name others beside its body */
	if (s->n_bodies > 1 && s->thread.n_address_bodies == 1) {
		s->n_bodies = 0;
		body_add(s, s->thread.address_body);
	}
	if (s->n_bodies > 0)
		return;
	if (s->thread.body != NULL) {
		body_add(s, s->thread.body);
		return;
	}
	for (size_t i = 0; i < s->thread.n_address_bodies; i++)
		body_add(s, s->thread.address_bodies[i]);
	if (s->n_bodies == 0)
		body_add(s, s->thread.address_body);
	if (s->n_bodies > 0)
		return;
	if (from > 0 && bodies_by_words(s, 0, from, false))
		return;
	for (size_t i = 0; i < s->who.n_places; i++)
		body_add(s, s->who.places[i].body);
}

const struct world_body *
which_body_in(const struct sense *s, size_t begin, size_t end)
{
	struct sense only = *s;

	only.n_bodies = 0;
	(void)bodies_by_words(&only, begin, end, false);
	return only.n_bodies == 1 ? only.bodies[0] : NULL;
}

/* --- meetings ---------------------------------------------------------- */

bool
which_is_meeting(const struct sense *s, size_t at)
{
	static const char *const before[] = { "naeste", "neste", "jeres",
		"raadets", "et", "dette", "det", "vores", "kommende",
		"foerstkommende", "hvert", "dit", "ert", "sit", "begge",
		"to", "nasta", "next", "of", "mine", "til", "paa" };
	const struct token *t = &s->tokens.list[at];

	if (!lexicon_in(s->lexicon, t, SET_MEETING))
		return false;
	if (strcmp(t->norm, "moede") != 0 && strcmp(t->norm, "moeder") != 0
	    && strcmp(t->norm, "moedes") != 0)
		return true;
	if (at == 0 || t->in_subject)
		return true;
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		if (strcmp(s->tokens.list[at - 1].norm, before[i]) == 0)
			return true;
	return text_ends(s->tokens.list[at - 1].norm, "raadets")
	    || s->tokens.list[at - 1].date >= 0
	    || s->tokens.list[t->next < s->tokens.n ? t->next : at].date >= 0;
}

bool
which_is_past(const struct sense *s, const struct world_meeting *m)
{
	return m->start_at < s->world->now_at || m->state == MEETING_HELD
	    || m->state == MEETING_MINUTES_DRAFT
	    || m->state == MEETING_MINUTES_RELEASED;
}

static void
pick_add(struct which *w, const struct world_body *body,
    const struct world_meeting *meeting)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->pick[i].meeting == meeting)
			return;
	if (w->n < PICKS_MAX)
		w->pick[w->n++] = (struct pick){ body, meeting };
}

static void
near_add(struct which *w, const struct world_body *body,
    const struct world_meeting *meeting)
{
	for (size_t i = 0; i < w->n_near; i++)
		if (w->near[i].meeting == meeting)
			return;
	if (w->n_near < PICKS_MAX)
		w->near[w->n_near++] = (struct pick){ body, meeting };
}

/* Whether a mention can mean this meeting. */
struct mention {
	const struct sense *s;
	const struct when *when;	/* NULL: by kind */
	enum meeting_kind kind;
	bool by_kind;
	const char *const *words;	/* of a theme or place */
};

static enum when_fit
mention_fits(const struct mention *m, const struct world_meeting *meeting)
{
	if (m->by_kind)
		return meeting->kind == m->kind ? WHEN_FITS : WHEN_NO;
	return when_fits(m->when, m->s->sent_day, meeting->day);
}

static bool
may_mean(const struct sense *s, const struct world_body *body, bool meant)
{
	bool listed = false;

	for (size_t i = 0; i < s->n_bodies; i++)
		listed = listed || s->bodies[i] == body;
	if (meant)
		return listed;
	if (listed || s->body_by_words)
		return false;
	for (size_t i = 0; i < s->who.n_places; i++) {
		if (s->who.places[i].body == body)
			return true;
		for (size_t k = 0; k < body->n_meetings; k++)
			if (world_is_with(&body->meetings[k],
			    s->who.places[i].body->slug))
				return true;
	}
	return false;
}

/* One mention: those to come first, of the body meant first. A meeting held
 * is only meant when none to come fits (or `past` asks for it). */
static void
mention_resolve(const struct mention *m, bool past, struct which *w)
{
	const struct sense *s = m->s;
	struct which found = { 0 };
	bool wrong = false, held = false;

	w->told = true;
	for (int round = 0; round < 4 && found.n == 0; round++)
		for (size_t b = 0; b < s->world->n_bodies; b++) {
			const struct world_body *body = &s->world->bodies[b];

			if (!may_mean(s, body, round % 2 == 0))
				continue;
			for (size_t k = 0; k < body->n_meetings; k++) {
				const struct world_meeting *at =
				    &body->meetings[k];
				bool is_past = which_is_past(s, at);
				enum when_fit fit;

				if (at->state == MEETING_CANCELLED
				    || is_past != ((round >= 2) != past))
					continue;
				fit = mention_fits(m, at);
				if (fit == WHEN_FITS) {
					pick_add(&found, body, at);
					held = is_past;
				}
				if (fit == WHEN_WRONG_WEEKDAY) {
					wrong = true;
					near_add(w, body, at);
				}
			}
		}
	if (found.n == 0) {
		w->wrong = true;
		return;
	}
	if (wrong && found.n == 0)
		w->wrong = true;
	w->past = w->past || held;
	/* «den 26.» in two months, «dialogmødet» of two years: the nearest */
	if (found.n > 1) {
		bool one_body = true;

		for (size_t i = 1; i < found.n; i++)
			one_body = one_body
			    && found.pick[i].body == found.pick[0].body;
		if (one_body && (m->by_kind || m->when->day != 0)) {
			if (past)
				found.pick[0] = found.pick[found.n - 1];
			found.n = 1;
		} else
			w->several = true;
	}
	for (size_t i = 0; i < found.n; i++)
		pick_add(w, found.pick[i].body, found.pick[i].meeting);
}

/* The thread settles what the words leave open: a weekday, «den 26.» in two
 * bodies. */
static void
which_settle(const struct sense *s, struct which *w)
{
	const struct world_meeting *meeting = s->thread.meeting;

	for (size_t i = 0; w->several && meeting != NULL && i < w->n; i++)
		if (w->pick[i].meeting == meeting) {
			w->pick[0] = w->pick[i];
			w->n = 1;
			w->several = false;
		}
}

/* Words of a theme or a place, long ones, in the tokens: all but one of
 * three, both of two. */
static bool
words_stand(const struct sense *s, size_t begin, size_t end, const char *name)
{
	char *save = NULL, *word, *norm;
	size_t words = 0, found = 0;

	if (name == NULL)
		return false;
	norm = token_norm(s->arena, name, strlen(name));
	for (word = strtok_r(norm, " ,;.:()\"0123456789", &save);
	    word != NULL; word = strtok_r(NULL, " ,;.:()\"0123456789", &save)) {
		size_t n = strlen(word);

		if (n < 4)
			continue;
		words++;
		for (size_t i = begin; i < end; i++)
			if (s->tokens.list[i].kind == TOKEN_WORD
			    && strncmp(s->tokens.list[i].norm, word,
			    n < 7 ? n : n - 2) == 0) {
				found++;
				break;
			}
	}
	return words > 0 && found + (words > 2) >= words;
}

static bool
is_kind_word(const struct sense *s, const struct token *t,
    enum meeting_kind *kind)
{
	static const struct { enum lexicon_set set; enum meeting_kind kind; }
	kinds[] = {
		{ SET_DIALOGUE, MEETING_DIALOGUE },
		{ SET_THEME, MEETING_THEME },
		{ SET_JOINT, MEETING_JOINT },
		{ SET_WORKSHOP, MEETING_WORKSHOP },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (lexicon_in(s->lexicon, t, kinds[i].set)) {
			*kind = kinds[i].kind;
			return true;
		}
	return false;
}

static bool
has_kind(const struct sense *s, enum meeting_kind kind)
{
	for (size_t b = 0; b < s->world->n_bodies; b++)
		for (size_t k = 0; k < s->world->bodies[b].n_meetings; k++)
			if (s->world->bodies[b].meetings[k].kind == kind
			    && (may_mean(s, &s->world->bodies[b], true)
			    || may_mean(s, &s->world->bodies[b], false)))
				return true;
	return false;
}

static void
theme_resolve(const struct sense *s, size_t begin, size_t end,
    struct which *w)
{
	for (size_t i = 0; i < s->n_bodies; i++)
		for (size_t k = 0; k < s->bodies[i]->n_meetings; k++) {
			const struct world_meeting *m =
			    &s->bodies[i]->meetings[k];

			if (which_is_past(s, m)
			    || m->state == MEETING_CANCELLED)
				continue;
			if (words_stand(s, begin, end, m->theme)) {
				w->told = true;
				w->whole_day = true;
				pick_add(w, s->bodies[i], m);
			}
		}
}

/* The place names a meeting where no other meeting to come is held there. */
static void
place_resolve(const struct sense *s, size_t begin, size_t end,
    struct which *w)
{
	struct which found = { 0 };

	for (size_t i = 0; i < s->n_bodies; i++)
		for (size_t k = 0; k < s->bodies[i]->n_meetings; k++) {
			const struct world_meeting *m =
			    &s->bodies[i]->meetings[k];

			if (!which_is_past(s, m)
			    && m->state != MEETING_CANCELLED
			    && words_stand(s, begin, end, m->place))
				pick_add(&found, s->bodies[i], m);
		}
	if (found.n != 1)
		return;
	w->told = true;
	pick_add(w, found.pick[0].body, found.pick[0].meeting);
}

/* «kommer ikke ud før i december» speaks of no meeting in December. */
static bool
is_until(const struct sense *s, const struct when *when)
{
	static const char *const words[] = { "foer", "foerend", "foerst",
		"before", "until" };
	const struct token *t = s->tokens.list;
	size_t i = when->begin;

	if (when->day != 0 || when->month == 0 || i == 0)
		return false;
	if (i > 1 && (strcmp(t[i - 1].norm, "i") == 0
	    || strcmp(t[i - 1].norm, "til") == 0))
		i--;
	for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (strcmp(t[i - 1].norm, words[k]) == 0)
			return true;
	return false;
}

void
which_in(const struct sense *s, size_t begin, size_t end, bool past,
    struct which *w)
{
	const struct tokens *t = &s->tokens;
	bool meeting_word = false, next_word = false, both = false;
	struct pick pick;

	*w = (struct which){ 0 };
	for (size_t i = begin; i < end && i < t->n; i++) {
		const struct token *token = &t->list[i];
		struct mention m = { .s = s };

		if (token->date >= 0 && is_until(s, &s->whens[token->date]))
			continue;
		if (token->date >= 0) {
			m.when = &s->whens[token->date];
			if (m.when->day != 0 && m.when->end - m.when->begin > 1)
				w->whole_day = true;
			mention_resolve(&m, past, w);
		}
		if (token->kind != TOKEN_WORD || token->date >= 0)
			continue;
		if (is_kind_word(s, token, &m.kind) && has_kind(s, m.kind)) {
			m.by_kind = true;
			w->whole_day = true;
			mention_resolve(&m, past, w);
		}
		meeting_word = meeting_word || which_is_meeting(s, i);
		next_word = next_word
		    || lexicon_in(s->lexicon, token, SET_NEXT);
		both = both || lexicon_in(s->lexicon, token, SET_BOTH);
	}
	/* «dialogmødet den 8. december» names one meeting twice; where one of
	 * the two fits none, the mention is wrong */
	if (!w->told && meeting_word)
		theme_resolve(s, begin, end, w);
	if (!w->told && meeting_word)
		place_resolve(s, begin, end, w);
	if (!w->told && (next_word || (meeting_word && !past))
	    && s->n_bodies == 1) {
		if (meeting_word && !next_word && s->thread.meeting != NULL
		    && which_thread(s, &pick)
		    && !which_is_past(s, pick.meeting))
			pick_add(w, pick.body, pick.meeting);
		else if (which_next(s, s->bodies[0], false, &pick))
			pick_add(w, pick.body, pick.meeting);
		w->told = w->n > 0;
		w->bare = !next_word;
	}
	which_settle(s, w);
	w->by_words = w->told && w->n > 0;
}

bool
which_next(const struct sense *s, const struct world_body *body, bool open,
    struct pick *pick)
{
	for (size_t k = 0; body != NULL && k < body->n_meetings; k++) {
		const struct world_meeting *m = &body->meetings[k];

		if (which_is_past(s, m) || m->kind != MEETING_ORDINARY
		    || m->state == MEETING_CANCELLED)
			continue;
		if (open && m->points_until_at < s->world->now_at)
			continue;
		*pick = (struct pick){ body, m };
		return true;
	}
	return false;
}

bool
which_thread(const struct sense *s, struct pick *pick)
{
	if (s->thread.meeting == NULL)
		return false;
	*pick = (struct pick){ s->thread.body, s->thread.meeting };
	return true;
}

/* Where this clause goes back to a day named before: «der», «den dag». */
static bool
points_back(const struct sense *s, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_THERE)
		    || (i + 1 < end && (strcmp(s->tokens.list[i].norm, "det")
		    == 0 || strcmp(s->tokens.list[i].norm, "that") == 0)
		    && lexicon_in(s->lexicon, &s->tokens.list[i + 1],
		    SET_MEETING)))
			return true;
	return false;
}

/* The last mention before `end`, within `begin`. */
static void
which_last_before(const struct sense *s, size_t begin, size_t end, bool past,
    struct which *w)
{
	if (end - begin > BACK_MAX)
		begin = end - BACK_MAX;
	for (size_t i = end; i-- > begin; ) {
		size_t next = s->tokens.list[i].next;

		if (s->tokens.list[i].inside || s->tokens.list[i].context)
			continue;
		which_in(s, i, next > end ? end : next, past, w);
		if (w->told && (w->n == 0 || w->whole_day
		    || s->tokens.list[i].date >= 0)) {
			/* with all else that its clause says of it */
			which_in(s, tokens_clause_begin(&s->tokens, i),
			    tokens_clause_end(&s->tokens, i) < end
			    ? tokens_clause_end(&s->tokens, i) : end, past, w);
			return;
		}
	}
	*w = (struct which){ 0 };
}

/* A clause may go on without a comma: «… den 24 og skal ligge stille så jeg
 * kommer ikke til mødet om torsdagen». What stands at the phrase's own side of
 * a but, so or and comes first. */
static size_t
part_begin(const struct sense *s, size_t at)
{
	size_t begin = tokens_clause_begin(&s->tokens, at);

	for (size_t i = at; i-- > begin; )
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_BUT))
			return i;
	return begin;
}

/* «den 26/11 og den 8/12», «den 26. eller til dialogmødet»: one list. */
static bool
goes_on(const struct sense *s, size_t at)
{
	static const char *const joins[] = { "og", "eller", "and", "or",
		"samt" };
	size_t next = at + 1;

	for (size_t k = 0; k < sizeof(joins) / sizeof(joins[0]); k++) {
		if (strcmp(s->tokens.list[at].norm, joins[k]) != 0)
			continue;
		if (next < s->tokens.n && s->tokens.list[next].date < 0
		    && (strcmp(s->tokens.list[next].norm, "til") == 0
		    || strcmp(s->tokens.list[next].norm, "heller") == 0
		    || strcmp(s->tokens.list[next].norm, "ikke") == 0))
			next++;
		return next < s->tokens.n && (s->tokens.list[next].date >= 0
		    || lexicon_in(s->lexicon, &s->tokens.list[next],
		    SET_DIALOGUE) || lexicon_in(s->lexicon,
		    &s->tokens.list[next], SET_MEETING));
	}
	return false;
}

static size_t
part_end(const struct sense *s, size_t at)
{
	size_t end = tokens_clause_end(&s->tokens, at);

	for (size_t i = at; i < end; i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_BUT)
		    && !goes_on(s, i))
			return i;
	return end;
}

/* «Den 20. januar er jeg i Kabul. Jeg kan ikke lede mødet»: that one, where
 * no letter of ours is answered. */
static bool
which_bare_back(const struct sense *s, size_t before, bool past,
    struct which *w)
{
	struct which back;

	if (!w->told || !w->bare || s->thread.meeting != NULL)
		return false;
	which_last_before(s, 0, before, past, &back);
	if (back.n > 0 && !back.wrong && !back.bare && back.past == past)
		*w = back;
	return true;
}

void
which_for(const struct sense *s, size_t begin, size_t end, bool past,
    struct which *w)
{
	const struct tokens *t = &s->tokens;
	size_t last = end > begin ? end - 1 : begin;
	size_t from = part_begin(s, begin), to = part_end(s, last);
	size_t clause = tokens_clause_begin(t, begin);
	size_t clause_to = tokens_clause_end(t, last);
	size_t sentence = tokens_sentence_begin(t, begin);
	struct pick pick;

	which_in(s, from, to, past, w);
	if (which_bare_back(s, from, past, w))
		return;
	if (w->told && (w->whole_day || w->n == 0 || !points_back(s, from, to)))
		return;
	if (points_back(s, from, to)) {
		which_last_before(s, 0, from, past, w);
		if (w->told)
			return;
	}
	which_in(s, clause, clause_to, past, w);
	if (which_bare_back(s, clause, past, w) || w->told)
		return;
	if (which_thread(s, &pick) && (past || !which_is_past(s,
	    pick.meeting))) {
		/* «Angående dialogmødet: jeg kan ikke komme» */
		which_last_before(s, sentence, begin, past, w);
		if (w->n > 0 && !w->wrong && w->whole_day)
			return;
		*w = (struct which){ .told = true, .n = 1, .pick = { pick } };
		return;
	}
	which_last_before(s, t->text_at < begin ? t->text_at : 0, begin, past,
	    w);
	if (w->told)
		return;
	for (size_t i = end; i < t->n && !w->told; i = t->list[i].next)
		which_in(s, i, t->list[i].next, past, w);
	if (w->told && w->n > 0 && !w->wrong)
		return;
	*w = (struct which){ 0 };
	which_in(s, 0, t->text_at, past, w);
	if (w->told)
		return;
	if (!past && s->n_bodies == 1
	    && which_next(s, s->bodies[0], false, &pick))
		pick_add(w, pick.body, pick.meeting);
}

void
which_ask(const struct sense *s, const struct which *w, struct finding *f)
{
	const struct pick *list = w->n > 1 ? w->pick : w->near;
	size_t n = w->n > 1 ? w->n : w->n_near;

	f->need = NEED_ASK;
	f->reason = w->wrong ? "no-meeting-that-day" : "which-meeting";
	f->drop_action = true;
	for (size_t i = 0; i < n && f->n_choices < 8; i++)
		f->choices[f->n_choices++] = list[i].meeting->id;
	for (size_t b = 0; f->n_choices == 0 && b < s->n_bodies; b++)
		for (size_t k = 0; k < s->bodies[b]->n_meetings
		    && f->n_choices < 8; k++)
			if (!which_is_past(s, &s->bodies[b]->meetings[k]))
				f->choices[f->n_choices++] =
				    s->bodies[b]->meetings[k].id;
}
