/* SPDX-License-Identifier: MIT */
/* Points for the agenda, and ideas that are tied to no meeting. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/clause.h"
#include "understand/sense.h"
#include "understand/which.h"

#define TITLE_BYTES 160	/* a title is a line; the rest stands in the text */

/* --- the title --------------------------------------------------------- */

/* Words that say «a point for the meeting» and no matter. */
static bool
is_tag(const struct sense *s, const struct token *t)
{
	return t->kind == TOKEN_MARK || t->date >= 0 || t->inside
	    || (t->kind == TOKEN_NUMBER)
	    || lexicon_in(s->lexicon, t, SET_SUBJECT_TAG)
	    || lexicon_in(s->lexicon, t, SET_MEETING)
	    || lexicon_in(s->lexicon, t, SET_DIALOGUE)
	    || lexicon_in(s->lexicon, t, SET_NEXT)
	    || lexicon_in(s->lexicon, t, SET_BODY)
	    || lexicon_in(s->lexicon, t, SET_GREETING);
}

static bool
says_matter(const struct sense *s, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++) {
		const struct token *t = &s->tokens.list[i];
		bool body = which_body_in(s, i, i + 1) != NULL;

		if (!is_tag(s, t) && !body)
			return true;
	}
	return false;
}

static const char *
title_of(const struct sense *s, size_t begin, size_t end)
{
	const char *text;

	/* «Punkt: Madpakkeordningen» is about the second */
	for (size_t i = begin; i + 1 < end && i < begin + 4; i++)
		if (s->tokens.list[i].mark == ':'
		    && !says_matter(s, begin, i)
		    && says_matter(s, i + 1, end)) {
			begin = i + 1;
			break;
		}
	while (begin < end && s->tokens.list[begin].kind == TOKEN_MARK
	    && s->tokens.list[begin].mark != '"')
		begin++;
	while (end > begin && s->tokens.list[end - 1].kind == TOKEN_MARK
	    && strchr("?\"", s->tokens.list[end - 1].mark) == NULL)
		end--;
	text = text_squeeze(s->arena, sense_cut(s, begin, end));
	return text[0] == '\0' ? NULL : text_cut(s->arena, text, TITLE_BYTES);
}

/* The subject without «Punkt til dagsordenen:», «- punkt til mødet», a date
 * or a council's name at its ends. */
static const char *
title_by_subject(const struct sense *s)
{
	const struct tokens *t = &s->tokens;
	size_t begin = 0, end = t->text_at;

	if (end == 0 || t->list[0].context)
		return NULL;
	for (size_t i = 0; i + 1 < end; i++)
		if (t->list[i].mark == ':' && says_matter(s, i + 1, end)
		    && !says_matter(s, 0, i)) {
			begin = i + 1;
			break;
		}
	for (size_t i = end; i-- > begin + 1; )
		if (t->list[i].mark == '-' && !says_matter(s, i + 1, end)
		    && says_matter(s, begin, i)) {
			end = i;
			break;
		}
	while (begin < end && (is_tag(s, &t->list[begin])
	    || which_body_in(s, begin, begin + 1) != NULL))
		begin++;
	while (end > begin && (t->list[end - 1].date >= 0
	    || t->list[end - 1].inside))
		end--;
	if (begin >= end || !says_matter(s, begin, end))
		return NULL;
	/* «Punkt fra udvalget» tells who, not what */
	for (size_t i = 0; i < begin; i++)
		if (strcmp(t->list[i].norm, "fra") == 0 && end - begin <= 3)
			return NULL;
	return title_of(s, begin, end);
}

static bool
says_about(const struct sense *s, size_t begin, size_t end)
{
	static const char *const about[] = { "om", "vedroerende", "vedr",
		"angaaende", "about" };

	for (size_t i = begin; i < end; i++)
		for (size_t k = 0; k < sizeof(about) / sizeof(about[0]); k++)
			if (strcmp(s->tokens.list[i].norm, about[k]) == 0
			    && !s->tokens.list[i].inside)
				return true;
	return false;
}

/* Behind «punkt …:» to the end of the sentence, or the next line. */
static const char *
title_by_colon(const struct sense *s, const struct match *m)
{
	const struct tokens *t = &s->tokens;
	size_t end = tokens_sentence_end(t, m->begin), i = m->begin;

	for (; i < end; i++)
		if (t->list[i].mark == ':' && !(i > 0
		    && t->list[i - 1].kind == TOKEN_NUMBER && i + 1 < end
		    && t->list[i + 1].kind == TOKEN_NUMBER))
			break;
	if (i >= end || t->list[i].in_subject)
		return NULL;
	/* «punkt om parkering: Vi får bøder» said it before the colon */
	if (m->end < i && says_matter(s, m->end, i)
	    && says_about(s, m->end, i))
		return NULL;
	if (i + 1 < end)
		return title_of(s, i + 1, end);
	if (end < t->n)		/* a line of its own */
		return title_of(s, end, tokens_sentence_end(t, end));
	return NULL;
}

/* «emnet «Frivillighedsstrategi 2027»». */
static const char *
title_by_quotes(const struct sense *s, const struct match *m)
{
	const struct tokens *t = &s->tokens;
	size_t begin = tokens_sentence_begin(t, m->begin);
	size_t end = tokens_sentence_end(t, m->begin), open = 0;

	for (size_t i = begin; i < end; i++)
		if (t->list[i].mark == '"') {
			if (open != 0)
				return title_of(s, open, i);
			open = i + 1;
		}
	return NULL;
}

static bool
puts_on(const struct token *t)
{
	static const char *const verbs[] = { "have", "faa", "saette", "saet",
		"saetter", "tage", "tag", "tager", "skrive", "skriv" };

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(t->norm, verbs[i]) == 0)
			return true;
	return false;
}

/* «gadejuristen på som punkt»: what stands before it; «et punkt om børn af psykisk syge», «sætte julehjælpen på dagsordenen». */
static const char *
title_by_object(const struct sense *s, const struct match *m)
{
	static const char *const about[] = { "om", "vedroerende", "vedr",
		"angaaende", "about", "at", "op", "hvad", "hvordan", "hvorfor",
		"nemlig" };
	const struct tokens *t = &s->tokens;
	size_t end = tokens_sentence_end(t, m->begin);

	if (strcmp(t->list[m->begin].norm, "paa") == 0)
		for (size_t i = m->begin; i > 0 && i + 8 > m->begin
		    && t->list[i].clause == t->list[m->begin].clause; i--)
			if (puts_on(&t->list[i]) && says_matter(s, i + 1,
			    m->begin))
				return title_of(s, i + 1, m->begin);
	for (size_t i = m->begin; i < end; i++)
		for (size_t k = 0; k < sizeof(about) / sizeof(about[0]); k++)
			if (strcmp(t->list[i].norm, about[k]) == 0
			    && !t->list[i].inside && i + 1 < end
			    && (i < m->end || t->list[i].clause
			    == t->list[m->end - 1].clause)
			    && says_matter(s, i + 1, end))
				return title_of(s, i + 1, end);
	for (size_t i = m->end; i-- > m->begin + 1; )
		if (strcmp(t->list[i].norm, "paa") == 0
		    && says_matter(s, m->begin + 1, i))
			return title_of(s, m->begin + 1, i);
	return NULL;
}

/* The first sentence that says something, the greeting left out. */
static const char *
title_by_sentence(const struct sense *s, size_t from)
{
	const struct tokens *t = &s->tokens;

	for (size_t i = from; i < t->n; ) {
		size_t end = tokens_sentence_end(t, i);

		if (!lexicon_in(s->lexicon, &t->list[i], SET_GREETING)
		    && says_matter(s, i, end) && end - i > 2)
			return title_of(s, i, end);
		i = end;
	}
	return NULL;
}

/* The longest sentence that speaks of an idea: «hvad med …», «kunne man
 * ikke …». */
static const char *
title_by_idea(const struct sense *s)
{
	size_t best = 0, longest = 0;

	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		size_t begin, end;

		if ((m->meaning != MEANS_IDEA && m->meaning != MEANS_PROPOSE)
		    || s->tokens.list[m->begin].in_subject)
			continue;
		begin = tokens_sentence_begin(&s->tokens, m->begin);
		end = tokens_sentence_end(&s->tokens, m->begin);
		if (end - begin > longest && says_matter(s, begin, end)) {
			longest = end - begin;
			best = begin;
		}
	}
	return longest < 5 ? NULL : title_of(s, best,
	    tokens_sentence_end(&s->tokens, best));
}

/* The sentence that asks for the point, where it names the matter by a word
 * that the lexicon does not know. */
static const char *
title_by_own(const struct sense *s, const struct match *m)
{
	const struct tokens *t = &s->tokens;
	size_t begin = tokens_sentence_begin(t, m->begin);
	size_t end = tokens_sentence_end(t, m->begin);

	if (t->list[m->begin].in_subject)
		return NULL;
	for (size_t i = begin; i < end; i++)
		if (t->list[i].kind == TOKEN_WORD && t->list[i].n_symbols == 0
		    && !is_tag(s, &t->list[i])
		    && strlen(t->list[i].norm) >= 6
		    && which_body_in(s, i, i + 1) == NULL)
			return title_of(s, begin, end);
	return NULL;
}

/* The phrase that asks for the point, where the subject says it too. */
static const struct match *
item_in_text(const struct sense *s, const struct match *m)
{
	if (m == NULL || !s->tokens.list[m->begin].in_subject)
		return m;
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == m->meaning
		    && !s->tokens.list[s->matches[i].begin].in_subject)
			return &s->matches[i];
	return m;
}

static const char *
title_find(const struct sense *s, const struct match *m)
{
	const char *title = NULL;

	m = item_in_text(s, m);
	if (m != NULL && !s->tokens.list[m->begin].in_subject) {
		title = title_by_quotes(s, m);
		if (title == NULL)
			title = title_by_colon(s, m);
	}
	/* the subject «Agenda item» above «an item for the meeting: shelters» */
	for (size_t i = 0; m != NULL && title == NULL
	    && s->tokens.list[m->begin].in_subject && i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_ITEM
		    && !s->tokens.list[s->matches[i].begin].in_subject
		    && title_by_subject(s) == NULL)
			title = title_by_colon(s, &s->matches[i]);
	if (title == NULL)
		title = title_by_subject(s);
	if (title == NULL && m != NULL)
		title = title_by_object(s, m);
	if (title == NULL && m != NULL)
		title = title_by_own(s, m);
	if (title == NULL && m != NULL && !s->tokens.list[m->begin].in_subject)
		title = title_by_sentence(s, tokens_sentence_end(&s->tokens,
		    m->begin));
	if (title == NULL)
		title = title_by_sentence(s, s->tokens.text_at);
	return title;
}

/* --- the meeting ------------------------------------------------------- */

static bool
item_which(const struct sense *s, const struct world_body *body,
    struct which *w)
{
	const struct tokens *t = &s->tokens;
	struct pick pick;

	*w = (struct which){ 0 };
	for (size_t i = 0; i < s->n_matches && w->n == 0; i++) {
		const struct match *at = &s->matches[i];

		if ((at->meaning != MEANS_ITEM && at->meaning
		    != MEANS_PROPOSE) || t->list[at->begin].context)
			continue;
		which_in(s, tokens_sentence_begin(t, at->begin),
		    tokens_sentence_end(t, at->begin), false, w);
		if (at->meaning == MEANS_ITEM && w->wrong && w->n == 0)
			return false;
	}
	if (w->n == 0)
		which_in(s, 0, t->text_at, false, w);
	for (size_t i = t->text_at; i < t->n && w->n == 0;
	    i = tokens_sentence_end(t, i)) {
		size_t end = tokens_sentence_end(t, i);

		for (size_t k = i; k < end; k++)
			if (lexicon_in(s->lexicon, &t->list[k], SET_MEETING)
			    || lexicon_in(s->lexicon, &t->list[k],
			    SET_DIALOGUE)) {
				which_in(s, i, end, false, w);
				break;
			}
	}
	if (w->n > 0 && !w->past)
		return true;
	if (which_thread(s, &pick) && !which_is_past(s, pick.meeting)
	    && pick.meeting->kind != MEETING_DIALOGUE) {
		*w = (struct which){ .n = 1, .pick = { pick } };
		return true;
	}
	*w = (struct which){ 0 };
	if (which_next(s, body, true, &pick))
		*w = (struct which){ .n = 1, .pick = { pick } };
	return true;
}

/* --- one or several ---------------------------------------------------- */

static bool
is_list_mark(const struct tokens *t, size_t i)
{
	if (i + 1 >= t->n || (i > 0 && t->list[i - 1].line == t->list[i].line))
		return false;
	if (t->list[i].kind == TOKEN_NUMBER)
		return t->list[i + 1].mark == ')' || t->list[i + 1].mark == '.'
		    || t->list[i + 1].mark == ':';
	return t->list[i].mark == '-' || t->list[i].mark == '*';
}

static void
item_add(const struct sense *s, struct findings *f, const struct match *m,
    const struct world_body *body, const char *title, const char *text)
{
	struct finding *one = finding_add(f, ACTION_AGENDA_ITEM,
	    m == NULL ? s->tokens.text_at : m->begin);
	struct which w;

	one->action.title = title;
	one->action.text = text;
	if (body == NULL) {
		finding_ask_body(s, one);
		return;
	}
	one->action.body = body->slug;
	if (!item_which(s, body, &w)) {
		which_ask(s, &w, one);
		return;
	}
	if (w.n > 1) {
		which_ask(s, &w, one);
		return;
	}
	if (w.n == 1) {
		one->action.meeting = w.pick[0].meeting->id;
		one->action.body = w.pick[0].body->slug;
	}
}

/* «To punkter fra mig: 1) … 2) …»: each line of the list is a point. */
static size_t
items_by_list(const struct sense *s, struct findings *f,
    const struct match *m, const struct world_body *body)
{
	const struct tokens *t = &s->tokens;
	size_t marks[12], n = 0;

	for (size_t i = t->text_at; i < t->n && n < 12; i++)
		if (is_list_mark(t, i))
			marks[n++] = i;
	if (n < 2)
		return 0;
	for (size_t i = t->text_at; ; i++) {
		if (i >= marks[0])
			return 0;
		if (text_starts(t->list[i].norm, "punkter")
		    || strcmp(t->list[i].norm, "emner") == 0
		    || strcmp(t->list[i].norm, "items") == 0
		    || strcmp(t->list[i].norm, "points") == 0)
			break;
	}
	for (size_t k = 0; k < n; k++) {
		size_t from = marks[k] + (t->list[marks[k]].kind
		    == TOKEN_NUMBER ? 2 : 1);
		size_t to = k + 1 < n ? marks[k + 1] : t->n;

		/* a line behind a blank one closes the list */
		for (size_t i = from + 1; k + 1 == n && i < to; i++)
			if (t->list[i].line > t->list[i - 1].line + 1)
				to = i;
		if (from >= to)
			continue;
		item_add(s, f, m, body, title_of(s, from,
		    tokens_sentence_end(t, from) < to
		    ? tokens_sentence_end(t, from) : to),
		    sense_cut(s, from, to));
	}
	return n;
}

/* --- whether ---------------------------------------------------------------*/

static bool
answers_other(const struct sense *s)
{
	return sense_is_letter(s, LETTER_MINUTES_DRAFT)
	    || sense_is_letter(s, LETTER_TOPIC_RANKING)
	    || sense_is_letter(s, LETTER_MINUTES_FORM)
	    || sense_is_letter(s, LETTER_HEARING)
	    || sense_is_letter(s, LETTER_AGENDA_DRAFT);
}

/* A proposal that speaks of a meeting of ours is a point. */
static const struct match *
proposal_for_meeting(const struct sense *s)
{
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		size_t begin, end;

		if (m->meaning != MEANS_PROPOSE)
			continue;
		begin = tokens_sentence_begin(&s->tokens, m->begin);
		end = tokens_sentence_end(&s->tokens, m->begin);
		for (size_t k = begin; k < end; k++)
			if (which_is_meeting(s, k) || lexicon_in(s->lexicon, &s->tokens.list[k],
			    SET_DIALOGUE)) {
				struct which w;

				which_in(s, begin, end, false, &w);
				return w.n > 0 ? m : NULL;
			}
	}
	return NULL;
}

static bool
is_only_question(const struct sense *s, const struct match *m)
{
	static const char *const asks[] = { "er", "kom", "blev", "har",
		"staar", "var", "fik", "bliver" };
	const char *first = s->tokens.list[tokens_sentence_begin(&s->tokens,
	    m->begin)].norm;

	/* «Kom mit punkt med på dagsordenen?» */
	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++)
		if (clause_is_question(s, m) && strcmp(first, asks[i]) == 0)
			return true;
	return clause_is_question(s, m)
	    && sense_has_in(s, MEANS_QUESTION, tokens_sentence_begin(
	    &s->tokens, m->begin), m->begin + 1);
}

void
item_find(const struct sense *s, struct findings *f)
{
	const struct match *m = sense_first(s, MEANS_ITEM, 0);
	const struct world_body *body = sense_body(s);
	struct finding *one;

	if (findings_has(f, ACTION_AGENDA_EDIT)
	    || findings_has(f, ACTION_AGENDA_APPROVE)
	    || findings_has(f, ACTION_HEARING_OPEN)
	    || findings_has(f, ACTION_HEARING_COMMENT)
	    || findings_has(f, ACTION_MINUTES_SUBMIT)
	    || (findings_has(f, ACTION_RANKING) && s->thread.letter == NULL)
	    || findings_has(f, ACTION_DATA_ACCESS)
	    || findings_has(f, ACTION_DATA_ERASE)
	    || findings_has(f, ACTION_SUBSCRIBE)
	    || findings_has(f, ACTION_UNSUBSCRIBE))
		return;
	if (m == NULL && !answers_other(s))
		m = proposal_for_meeting(s);
	if (m == NULL && s->thread.presumes == PRESUMES_ITEM
	    && sense_words(s) > 2) {
		item_add(s, f, NULL, body, title_find(s, NULL), sense_text(s));
		return;
	}
	if (m != NULL && !is_only_question(s, m)) {
		const char *title;

		if (sense_says(s, MEANS_WITHDRAW)) {
			finding_none(f, NEED_HUMAN, "withdrawn", m->begin);
			return;
		}
		if (items_by_list(s, f, m, body) > 0)
			return;
		title = title_find(s, m);
		if (title == NULL) {
			finding_none(f, NEED_HUMAN, "not-understood",
			    m->begin);
			return;
		}
		item_add(s, f, m, body, title, sense_text(s));
		return;
	}
	for (size_t i = 0; i < f->n; i++)	/* «tag min nabo med» */
		if (f->list[i].reason != NULL
		    && strcmp(f->list[i].reason, "no-name") == 0)
			return;
	if (answers_other(s) || findings_has(f, ACTION_NOMINATION)
	    || findings_has(f, ACTION_APPLICATION)
	    || findings_has(f, ACTION_SUBSCRIBE))
		return;
	m = sense_first(s, MEANS_IDEA, 0);
	if (m == NULL)
		m = sense_first(s, MEANS_PROPOSE, 0);
	if (m == NULL && s->thread.presumes != PRESUMES_IDEA)
		return;
	if (m != NULL && is_only_question(s, m)
	    && m->meaning == MEANS_PROPOSE)
		return;
	if (s->n_bodies == 0 && s->thread.letter != NULL)
		return;
	/* «Kan man foreslå nogen, der bor i nabokommunen?» */
	if (m != NULL && m->meaning == MEANS_PROPOSE
	    && clause_is_question(s, m))
		return;
	if (sense_words(s) < 4)
		return;
	one = finding_add(f, ACTION_IDEA, m == NULL ? 0 : m->begin);
	if (m != NULL)
		one->action.title = title_by_colon(s, item_in_text(s, m));
	if (one->action.title == NULL)
		one->action.title = title_by_subject(s);
	if (one->action.title == NULL)
		one->action.title = title_by_idea(s);
	if (one->action.title == NULL)
		one->action.title = title_by_sentence(s, s->tokens.text_at);
	if (one->action.title == NULL)
		one->action.title = s->words.subject;
	one->action.text = sense_text(s);
	if (body == NULL)
		finding_ask_body(s, one);
	else
		one->action.body = body->slug;
}
