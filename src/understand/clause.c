/* SPDX-License-Identifier: MIT */
/* The subject of a phrase, its conditions and its questions. */
#include "understand/clause.h"

#include <string.h>

size_t
clause_part_begin(const struct sense *s, size_t at)
{
	size_t begin = tokens_clause_begin(&s->tokens, at);

	for (size_t i = at; i-- > begin; )
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_BUT))
			return i;
	return begin;
}

size_t
clause_part_end(const struct sense *s, size_t at)
{
	size_t end = tokens_clause_end(&s->tokens, at);

	for (size_t i = at; i < end; i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_BUT))
			return i;
	return end;
}

/* English I, which in Danish says «you»: known by the verb behind it. */
static bool
is_english_i(const struct sense *s, size_t i)
{
	static const char *const verbs[] = { "will", "am", "can", "cannot",
		"can't", "have", "must", "would", "shall", "may", "might",
		"do", "don't", "won't", "look", "want", "wish", "suggest",
		"propose", "unfortunately", "hereby", "also", "think" };

	if (strcmp(s->tokens.list[i].norm, "i") != 0
	    || !s->tokens.list[i].capital || i + 1 >= s->tokens.n)
		return false;
	for (size_t k = 0; k < sizeof(verbs) / sizeof(verbs[0]); k++)
		if (strcmp(s->tokens.list[i + 1].norm, verbs[k]) == 0)
			return true;
	return false;
}

/* «ER I TYSKLAND»: in a text without small letters I is a preposition. */
static bool
is_shouted(const struct sense *s)
{
	for (const char *p = s->words.text; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			return false;
	return true;
}

static bool
is_reader(const struct sense *s, const struct token *t)
{
	static const char *const words[] = { "du", "i", "man", "you", "dere" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(t->norm, words[i]) == 0)
			return strcmp(words[i], "i") != 0
			    || (t->capital && !is_shouted(s));
	return false;
}

static bool
is_own_name(const struct sense *s, const struct named *named)
{
	if (named->person != NULL && s->who.email != NULL
	    && strcmp(named->person->email, s->who.email) == 0)
		return true;
	return s->who.name != NULL && person_same(s->arena, named->name,
	    s->who.name);
}

static bool
subject_at(const struct sense *s, size_t i, enum subject *subject,
    const struct named **who)
{
	const struct token *t = &s->tokens.list[i];

	if (lexicon_in(s->lexicon, t, SET_SELF) || is_english_i(s, i)) {
		*subject = SUBJECT_SELF;
		return true;
	}
	/* «Hej Mette, kan ikke komme»: she is spoken to */
	if (t->name >= 0 && i > 0 && lexicon_in(s->lexicon,
	    &s->tokens.list[i - 1], SET_GREETING))
		return false;
	if (t->name >= 0) {
		*who = &s->names[t->name];
		*subject = is_own_name(s, *who) ? SUBJECT_SELF
		    : SUBJECT_OTHER;
		return true;
	}
	if (is_reader(s, t)) {
		*subject = SUBJECT_READER;
		return true;
	}
	if (lexicon_in(s->lexicon, t, SET_GENERAL)) {
		*subject = SUBJECT_READER;
		return true;
	}
	if (lexicon_in(s->lexicon, t, SET_RELATION)
	    || lexicon_in(s->lexicon, t, SET_THIRD)) {
		if (t->date >= 0 || t->inside)
			return false;
		*subject = SUBJECT_OTHER;
		return true;
	}
	return false;
}

/* «dem, der ikke kan», «som foreslår»: the clause speaks of those named
 * before it. «Der kan jeg ikke» has its subject behind the verb, and was
 * found by that. */
static bool
is_relative(const struct sense *s, size_t begin, size_t at)
{
	size_t i = at;

	while (i > begin && (lexicon_in(s->lexicon, &s->tokens.list[i - 1],
	    SET_FILLER) || lexicon_in(s->lexicon, &s->tokens.list[i - 1],
	    SET_NEGATION)))
		i--;
	if (i == 0 || s->tokens.list[i - 1].in_subject)
		return false;
	return strcmp(s->tokens.list[i - 1].norm, "som") == 0
	    || (strcmp(s->tokens.list[i - 1].norm, "der") == 0 && i > 1
	    && !s->tokens.list[i - 1].capital
	    && s->tokens.list[i - 2].sentence
	    == s->tokens.list[i - 1].sentence
	    && (lexicon_in(s->lexicon, &s->tokens.list[at], SET_NEGATION)
	    || i < at));
}

/* Nothing but fillers, dates and greetings before the phrase. */
static bool
is_bare_before(const struct sense *s, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i = s->tokens.list[i].next) {
		const struct token *t = &s->tokens.list[i];

		if (t->kind != TOKEN_WORD || t->date >= 0
		    || lexicon_in(s->lexicon, t, SET_FILLER)
		    || lexicon_in(s->lexicon, t, SET_GREETING)
		    || lexicon_in(s->lexicon, t, SET_BUT)
		    || lexicon_in(s->lexicon, t, SET_MEETING)
		    || lexicon_in(s->lexicon, t, SET_THERE)
		    || lexicon_in(s->lexicon, t, SET_DATE_WORD)
		    || lexicon_in(s->lexicon, t, SET_MODAL)
		    || strcmp(t->norm, "nej") == 0
		    || strcmp(t->norm, "ja") == 0)
			continue;
		return false;
	}
	return true;
}

enum subject
clause_subject(const struct sense *s, const struct match *m,
    const struct named **who)
{
	enum subject subject = SUBJECT_UNKNOWN;
	size_t begin = clause_part_begin(s, m->begin);
	size_t end = tokens_clause_end(&s->tokens, m->begin);

	*who = NULL;
	if (m->self)
		return SUBJECT_SELF;
	for (size_t i = m->begin; i < m->end; i++)
		if (!s->tokens.list[i].inside
		    && subject_at(s, i, &subject, who))
			return subject;
	if (is_relative(s, begin, m->begin)) {
		begin = tokens_sentence_begin(&s->tokens, m->begin);
		for (size_t i = m->begin; i-- > begin; )
			if (s->tokens.list[i].name >= 0 && subject_at(s, i,
			    &subject, who))
				return subject;
		return SUBJECT_READER;
	}
	for (size_t i = m->begin; i-- > begin; )
		if (!s->tokens.list[i].inside
		    && subject_at(s, i, &subject, who))
			return subject;
	/* «nu skal Kirsten …»: right behind the verb */
	for (size_t i = m->end; i < end && i < m->end + 2;
	    i = s->tokens.list[i].next)
		if (subject_at(s, i, &subject, who))
			return subject;
	if (!is_bare_before(s, begin, m->begin))
		return SUBJECT_UNKNOWN;
	/* «Ruth har brækket benet og kommer ikke»: hers, too */
	if (lexicon_in(s->lexicon, &s->tokens.list[begin], SET_AND)) {
		size_t from = tokens_sentence_begin(&s->tokens, begin);

		for (size_t i = begin; i-- > from; )
			if (!s->tokens.list[i].inside
			    && subject_at(s, i, &subject, who))
				return subject;
	}
	return SUBJECT_LEFT_OUT;
}

static bool
has_near(const struct sense *s, const struct match *m, enum lexicon_set set)
{
	size_t begin = tokens_sentence_begin(&s->tokens, m->begin);
	size_t end = tokens_sentence_end(&s->tokens, m->begin);
	size_t from = begin, to = end;

	for (size_t i = m->begin; i-- > begin; )
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_AND)) {
			from = i;
			break;
		}
	for (size_t i = m->end; i < end; i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_AND)) {
			to = i;
			break;
		}
	for (size_t i = from; i < to; i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], set)
		    && (i < m->begin || i >= m->end))
			return true;
	return false;
}

bool
clause_is_condition(const struct sense *s, const struct match *m)
{
	return has_near(s, m, SET_CONDITION);
}

bool
clause_is_when(const struct sense *s, const struct match *m)
{
	return has_near(s, m, SET_WHEN);
}

/* «Jeg kommer, skal jeg have noget med?» asks in its last clause only. */
bool
clause_is_question(const struct sense *s, const struct match *m)
{
	const struct token *t = &s->tokens.list[m->begin];
	size_t last;

	if (!tokens_is_question(&s->tokens, t->sentence))
		return false;
	last = tokens_sentence_end(&s->tokens, m->begin) - 1;
	while (last > m->end && s->tokens.list[last].kind == TOKEN_MARK)
		last--;
	return s->tokens.list[last].clause == t->clause
	    || sense_has_in(s, MEANS_QUESTION,
	    tokens_clause_begin(&s->tokens, m->begin), m->end);
}

bool
clause_has_loose_negation(const struct sense *s, const struct match *m)
{
	size_t begin = clause_part_begin(s, m->begin);
	size_t end = clause_part_end(s, m->end > m->begin ? m->end - 1
	    : m->begin);

	for (size_t i = begin; i < end; i++) {
		bool taken = false;

		if (!lexicon_in(s->lexicon, &s->tokens.list[i], SET_NEGATION)
		    || (i >= m->begin && i < m->end))
			continue;
		for (size_t k = 0; k < s->n_matches && !taken; k++)
			taken = i >= s->matches[k].begin
			    && i < s->matches[k].end;
		if (!taken)
			return true;
	}
	return false;
}

bool
clause_but_between(const struct sense *s, const struct match *a,
    const struct match *b)
{
	for (size_t i = a->end; i < b->begin; i++)
		if (strcmp(s->tokens.list[i].norm, "men") == 0
		    || strcmp(s->tokens.list[i].norm, "but") == 0
		    || strcmp(s->tokens.list[i].norm, "alligevel") == 0)
			return true;
	for (size_t i = b->begin; i < b->end; i++)
		if (strcmp(s->tokens.list[i].norm, "alligevel") == 0)
			return true;
	return false;
}
