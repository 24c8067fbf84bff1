/* SPDX-License-Identifier: MIT */
/* One gate in front of all the families: words that look like an act and are
 * none, because they are asked, quoted, reported, or about another matter. */
#include "understand/sift.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/clause.h"
#include "understand/sense.h"
#include "understand/which.h"

#define SAYS_NEAR 3	/* tokens between «Mogens» and «skrev» at most */

static bool
is_in(const struct sense *s, size_t at, enum lexicon_set set)
{
	return at < s->tokens.n
	    && lexicon_in(s->lexicon, &s->tokens.list[at], set);
}

static bool
is_word(const struct sense *s, size_t at, const char *const *words, size_t n)
{
	for (size_t i = 0; at < s->tokens.n && i < n; i++)
		if (strcmp(s->tokens.list[at].norm, words[i]) == 0)
			return true;
	return false;
}

/* --- asked ------------------------------------------------------------- */

/* «er det …», «har I …»: the verb with a subject that is no request. */
static bool
has_plain_subject(const struct sense *s, size_t at)
{
	static const char *const words[] = { "det", "der", "i", "du", "man",
		"den", "de", "it", "there", "you", "anyone", "nogen" };

	return is_word(s, at, words, sizeof(words) / sizeof(words[0]));
}

/* «Er det muligt at få …?», «Er der plads til …?» do ask for it. */
static bool
is_polite(const struct sense *s, size_t begin, size_t end)
{
	static const char *const words[] = { "muligt", "mulighed", "plads",
		"muligheden", "lov", "ok", "okay", "possible", "chance" };

	for (size_t i = begin; i < end; i++)
		if (is_word(s, i, words, sizeof(words) / sizeof(words[0])))
			return true;
	return false;
}

/* The first word of a clause that says something. */
static size_t
clause_head(const struct sense *s, size_t begin, size_t end)
{
	size_t i = begin;

	while (i < end && (s->tokens.list[i].kind != TOKEN_WORD
	    || s->tokens.list[i].name >= 0
	    || is_in(s, i, SET_GREETING) || is_in(s, i, SET_AND)
	    || strcmp(s->tokens.list[i].norm, "eller") == 0
	    || (is_in(s, i, SET_FILLER) && !is_in(s, i, SET_STATE))))
		i = s->tokens.list[i].next;
	return i;
}

static bool
is_asked(const struct sense *s, size_t at, bool wish)
{
	const struct tokens *t = &s->tokens;
	size_t begin = tokens_sentence_begin(t, at);
	size_t last = tokens_sentence_end(t, at) - 1;

	if (!tokens_is_question(t, t->list[at].sentence))
		return false;
	while (last > at && t->list[last].kind == TOKEN_MARK)
		last--;
	for (size_t i = begin; i <= at; i = tokens_clause_end(t, i)) {
		size_t end = tokens_clause_end(t, i);
		size_t head = clause_head(s, i, end);

		if (head > at || head >= end)
			continue;
		if (is_in(s, head, SET_ASKS))
			return true;
		if (is_in(s, head, SET_MODAL) && !wish
		    && head + 1 < end && (is_in(s, head + 1, SET_GENERAL)
		    || strcmp(t->list[head + 1].norm, "man") == 0))
			return true;
		if (is_in(s, head, SET_STATE)
		    && (t->list[last].clause == t->list[head].clause
		    || has_plain_subject(s, head + 1))
		    && !(wish && is_polite(s, head, end)))
			return true;
	}
	return false;
}

bool
sift_is_asked(const struct sense *s, size_t at)
{
	return is_asked(s, at, false);
}

/* --- others' words ----------------------------------------------------- */

static bool
is_self(const struct sense *s, size_t at)
{
	const struct token *t = &s->tokens.list[at];

	if (t->name >= 0) {
		const struct named *n = &s->names[t->name];

		return n->person != NULL && s->who.email != NULL
		    && strcmp(n->person->email, s->who.email) == 0;
	}
	return lexicon_in(s->lexicon, t, SET_SELF);
}

static bool
is_other(const struct sense *s, size_t at)
{
	const struct token *t = &s->tokens.list[at];

	return !is_self(s, at) && !t->in_subject && (t->name >= 0
	    || t->inside || lexicon_in(s->lexicon, t, SET_THIRD)
	    || lexicon_in(s->lexicon, t, SET_RELATION)
	    || strcmp(t->norm, "der") == 0);
}

/* A verb of saying at `at` whose subject is somebody else. */
static bool
other_says(const struct sense *s, size_t at)
{
	size_t begin = tokens_sentence_begin(&s->tokens, at);
	size_t end = tokens_sentence_end(&s->tokens, at);

	if (!is_in(s, at, SET_SAYS))
		return false;
	for (size_t i = at; i-- > begin && i + SAYS_NEAR >= at; )
		if (is_self(s, i))
			return false;
		else if (is_other(s, i))
			return true;
	return at + 1 < end && !is_self(s, at + 1) && is_other(s, at + 1);
}

/* The mark that opens the quotation around `at`; SIZE_MAX none. Marks are
 * paired within a paragraph. */
static size_t
quote_open(const struct sense *s, size_t at)
{
	const struct tokens *t = &s->tokens;
	size_t from = at, open = SIZE_MAX;

	while (from > 0 && t->list[from].line - t->list[from - 1].line <= 1
	    && t->list[from - 1].in_subject == t->list[at].in_subject)
		from--;
	for (size_t i = from; i < at; i++)
		if (t->list[i].mark == '"')
			open = open == SIZE_MAX ? i : SIZE_MAX;
	if (open == SIZE_MAX)
		return SIZE_MAX;
	for (size_t i = at; i < t->n && (i == at
	    || t->list[i].line - t->list[i - 1].line <= 1); i++)
		if (t->list[i].mark == '"')
			return open;
	return SIZE_MAX;
}

/* «Svar: "godkendt"», a reply that copies the marks, is the sender's own;
 * what another says, or what is asked about, is not. */
static bool
is_quoted(const struct sense *s, size_t at)
{
	const struct tokens *t = &s->tokens;
	size_t open = quote_open(s, at), begin;
	bool self = false, words = false;

	if (open == SIZE_MAX || open == 0)
		return false;
	begin = tokens_sentence_begin(t, open);
	if (begin == open && t->list[open - 1].mark == ':'
	    && !t->list[open - 1].in_subject)
		begin = tokens_sentence_begin(t, open - 1);
	for (size_t i = begin; i < open; i++) {
		if (other_says(s, i))
			return true;
		self = self || is_self(s, i);
		words = words || t->list[i].kind == TOKEN_WORD;
	}
	return words && (!self
	    || tokens_is_question(t, t->list[open].sentence));
}

/* «Mogens skrev: Jeg kan ikke», told word by word. */
static bool
is_told(const struct sense *s, size_t at)
{
	size_t begin = tokens_sentence_begin(&s->tokens, at);

	for (size_t i = begin; i < at; i++) {
		if (!other_says(s, i))
			continue;
		for (size_t k = i + 1; k < at && k < i + 6; k++)
			if (s->tokens.list[k].mark == ':')
				return true;
	}
	return false;
}

/* «han siger, at den er godkendt», and no «jeg» behind it. */
static bool
is_reported(const struct sense *s, size_t at)
{
	size_t begin = tokens_sentence_begin(&s->tokens, at);

	for (size_t i = at; i-- > begin; ) {
		if (is_self(s, i) || strcmp(s->tokens.list[i].norm, "men")
		    == 0)
			return false;
		if (other_says(s, i))
			return true;
	}
	return false;
}

/* «Birthe foreslog Ulla Skov», «Kan du anbefale …?»: no proposal of his. */
static bool
is_proposed_by_other(const struct sense *s, const struct match *m)
{
	static const char *const past[] = { "foreslog", "anbefalede",
		"indstillede", "pegede", "suggested", "proposed" };
	static const char *const asks[] = { "anbefale", "foreslaa",
		"recommend" };
	const struct named *who;
	enum subject subject = clause_subject(s, m, &who);
	bool by_past = false, by_asking = false;

	for (size_t i = m->begin; i < m->end; i++) {
		by_past = by_past || is_word(s, i, past, sizeof(past)
		    / sizeof(past[0]));
		by_asking = by_asking || is_word(s, i, asks, sizeof(asks)
		    / sizeof(asks[0]));
	}
	/* «Kirsten, som foreslår at du ringer» */
	if (m->begin > 0 && strcmp(s->tokens.list[m->begin - 1].norm, "som")
	    == 0)
		return true;
	return (by_past && subject == SUBJECT_OTHER)
	    || (by_asking && subject == SUBJECT_READER
	    && clause_is_question(s, m));
}

bool
sift_is_others(const struct sense *s, size_t at)
{
	return is_quoted(s, at) || is_told(s, at) || is_reported(s, at);
}

/* --- another matter ---------------------------------------------------- */

/* Our own council or a seat in it is named beside. */
static bool
names_ours(const struct sense *s, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if ((is_in(s, i, SET_BODY) && !is_in(s, i, SET_ELSEWHERE))
		    || which_body_in(s, i, i + 1) != NULL)
			return true;
	return false;
}

/* «Jeg søger stillingen», «stiller op til byrådet». */
static bool
is_other_seat(const struct sense *s, const struct match *m)
{
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);
	size_t end = tokens_sentence_end(&s->tokens, m->begin);
	bool other = false;

	/* the subject «Ansøgning» is about what the text applies for */
	if (s->tokens.list[m->begin].in_subject) {
		begin = 0;
		end = s->tokens.n;
	}
	for (size_t i = begin; i < end; i++)
		other = other || is_in(s, i, SET_ELSEWHERE);
	return other && !names_ours(s, begin, end);
}

/* «til koncerten», «til min datters fødselsdag»: what no letter of ours
 * invites to. */
static bool
goes_elsewhere(const struct sense *s, size_t at, size_t end)
{
	const struct tokens *t = &s->tokens;
	bool other = false;

	if (at + 1 >= end || strcmp(t->list[at].norm, "til") != 0)
		return false;
	for (size_t i = at + 1; i < end && t->list[i].date < 0; i++) {
		if (t->list[i].kind != TOKEN_WORD || t->list[i].n_symbols > 0
		    || strlen(t->list[i].norm) < 5 || t->list[i].name >= 0
		    || t->list[i].inside)
			if (which_is_meeting(s, i) || is_in(s, i,
			    SET_DIALOGUE) || is_in(s, i, SET_BODY)
			    || is_in(s, i, SET_THEME) || is_in(s, i,
			    SET_JOINT) || is_in(s, i, SET_WORKSHOP)
			    || which_body_in(s, i, i + 1) != NULL)
				return false;
		if (t->list[i].kind == TOKEN_WORD && t->list[i].word == 0
		    && strlen(t->list[i].norm) >= 5
		    && which_body_in(s, i, i + 1) == NULL
		    && !text_starts(t->list[i].norm, "moed"))
			other = true;
	}
	return other;
}

/* «forældremødet den 18. må jeg melde afbud til», «afbud til
 * generalforsamlingen»; but not «jeg skal til forældremøde». */
static bool
is_other_meeting(const struct sense *s, const struct match *m)
{
	const struct tokens *t = &s->tokens;
	size_t begin = clause_part_begin(s, m->begin);
	size_t end = clause_part_end(s, m->end - 1);

	/* the subject «Afbud» is about what the text gives regrets for */
	for (size_t i = 0; t->list[m->begin].in_subject && i < s->n_matches;
	    i++)
		if (s->matches[i].meaning == m->meaning
		    && !t->list[s->matches[i].begin].in_subject)
			return is_other_meeting(s, &s->matches[i]);
	if (s->thread.letter == NULL && goes_elsewhere(s, m->end, end))
		return true;
	for (size_t i = begin; i < end; i++) {
		if (!is_in(s, i, SET_ELSE_MEETING))
			continue;
		if (i >= m->end && (strcmp(t->list[i - 1].norm, "til") == 0
		    || strcmp(t->list[i - 1].norm, "paa") == 0
		    || strcmp(t->list[i - 1].norm, "i") == 0))
			return true;
		if (i < m->begin && (clause_head(s, begin, end) == i))
			return true;
	}
	return false;
}

/* «Jeg foreslår, at vi aflyser mødet»: a wish about the meeting, no point
 * for it. */
static bool
is_about_the_date(const struct sense *s, const struct match *m)
{
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_MOVE_MEETING
		    && s->tokens.list[s->matches[i].begin].sentence
		    == s->tokens.list[m->begin].sentence)
			return true;
	return false;
}

/* «Jeg havde sendt Pia i mit sted»: it was so, back then. */
static bool
is_long_past(const struct sense *s, const struct match *m)
{
	size_t begin = clause_part_begin(s, m->begin);

	for (size_t i = m->end; i-- > begin; )
		if (strcmp(s->tokens.list[i].norm, "havde") == 0)
			return true;
	return false;
}

/* --- the gate ---------------------------------------------------------- */

enum sifts {
	SIFT_NOT = 0,
	SIFT_ASKED = 1,		/* none where it is asked */
	SIFT_WISH = 2,		/* … unless asked for politely */
	SIFT_QUOTED = 4,
	SIFT_REPORTED = 8,
	SIFT_ANY_QUESTION = 16,	/* any question at all takes it away */
	SIFT_WAITS = 32,	/* «når den er godkendt» */
};

static int
sifts_of(enum meaning meaning)
{
	switch (meaning) {
	case MEANS_ABSENCE: case MEANS_ATTENDANCE: case MEANS_TENTATIVE:
		return SIFT_ASKED | SIFT_QUOTED;
	case MEANS_YES: case MEANS_NO:
		return SIFT_ASKED | SIFT_QUOTED | SIFT_REPORTED;
	case MEANS_SUBSTITUTE: case MEANS_WITHDRAW: case MEANS_RESIGN:
	case MEANS_UNDO:
		return SIFT_QUOTED;
	case MEANS_ITEM: case MEANS_SUBSCRIBE: case MEANS_APPLY:
		return SIFT_ASKED | SIFT_WISH | SIFT_QUOTED;
	case MEANS_PROPOSE: case MEANS_NOMINATE:
		return SIFT_ASKED | SIFT_QUOTED | SIFT_REPORTED;
	case MEANS_CORRECT: case MEANS_SUBMIT:
		return SIFT_ASKED;
	case MEANS_UNSUBSCRIBE:
		return SIFT_QUOTED;
	case MEANS_APPROVE: case MEANS_NO_CHANGE: case MEANS_FINE:
		return SIFT_ASKED | SIFT_QUOTED | SIFT_REPORTED
		    | SIFT_ANY_QUESTION | SIFT_WAITS;
	default:
		return SIFT_NOT;
	}
}

/* «Vil du sende den ud?» does ask for it. */
static bool
asks_reader(const struct sense *s, const struct match *m)
{
	static const char *const words[] = { "du", "i", "you" };

	for (size_t i = m->begin; i < m->end; i++)
		if (is_word(s, i, words, sizeof(words) / sizeof(words[0])))
			return true;
	return false;
}

/* «Jeg skriver, når den er godkendt»: not yet. */
static bool
waits(const struct sense *s, const struct match *m)
{
	size_t begin = tokens_clause_begin(&s->tokens, m->begin);

	for (size_t i = begin; i < m->begin; i++)
		if (is_in(s, i, SET_WHEN) || is_in(s, i, SET_CONDITION))
			return !is_in(s, i, SET_CONDITION);
	return false;
}

static const char *
sifted_why(const struct sense *s, const struct match *m)
{
	int sifts = sifts_of(m->meaning);
	const struct token *t = &s->tokens.list[m->begin];

	if ((m->meaning == MEANS_PROPOSE || m->meaning == MEANS_IDEA)
	    && is_about_the_date(s, m))
		return "is about the date of a meeting";
	if (sifts == SIFT_NOT || t->context)
		return NULL;
	if ((sifts & SIFT_ASKED) != 0 && is_asked(s, m->begin,
	    (sifts & SIFT_WISH) != 0))
		return "is asked";
	if ((sifts & SIFT_ANY_QUESTION) != 0 && clause_is_question(s, m)
	    && !asks_reader(s, m))
		return "is asked";
	if ((sifts & SIFT_WAITS) != 0 && waits(s, m))
		return "is waited for";
	if ((sifts & SIFT_QUOTED) != 0 && (is_quoted(s, m->begin)
	    || is_told(s, m->begin)))
		return "is quoted";
	if ((sifts & SIFT_REPORTED) != 0 && is_reported(s, m->begin))
		return "is reported";
	if ((m->meaning == MEANS_PROPOSE || m->meaning == MEANS_NOMINATE)
	    && is_proposed_by_other(s, m))
		return "is another's";
	if (m->meaning == MEANS_SUBSTITUTE && is_long_past(s, m))
		return "was so at an earlier time";
	if (m->meaning == MEANS_APPLY && is_other_seat(s, m))
		return "is about no seat of ours";
	if ((m->meaning == MEANS_ABSENCE || m->meaning == MEANS_ATTENDANCE
	    || m->meaning == MEANS_TENTATIVE) && is_other_meeting(s, m))
		return "is about no meeting of ours";
	return NULL;
}

void
sift(struct sense *s)
{
	struct match *kept = arena_array(s->arena, s->n_matches + 1,
	    sizeof(*kept));
	size_t n = 0;

	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		const char *why = sifted_why(s, m);

		if (why == NULL)
			kept[n++] = *m;
		else if (s->n_sifted < sizeof(s->sifted)
		    / sizeof(s->sifted[0]))
			s->sifted[s->n_sifted++] = arena_printf(s->arena,
			    "«%s» %s", sense_cut(s, m->begin, m->end), why);
	}
	s->matches = kept;
	s->n_matches = n;
}
