/* SPDX-License-Identifier: MIT */
/* Dates in Danish and its neighbours, from «26/11» to «torsdag om tre uger».
 */
#include "understand/when.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define NEAR_DAYS 183	/* a day without a year is the nearest such day */

struct reader {
	const struct lexicon *lex;
	struct tokens *tokens;
	struct date sent;
	struct when *list;
	size_t n, cap;
};

static const struct token *
token_at(const struct reader *r, size_t i)
{
	static const struct token none = { .norm = "", .number = -1,
		.kind = TOKEN_MARK, .mark = ' ' };

	return i < r->tokens->n ? &r->tokens->list[i] : &none;
}

static bool
is_word(const struct reader *r, size_t i, const char *const words[])
{
	const struct token *t = token_at(r, i);

	for (size_t k = 0; t->kind == TOKEN_WORD && words[k] != NULL; k++)
		if (t->norm[0] == words[k][0]
		    && strcmp(t->norm, words[k]) == 0)
			return true;
	return false;
}

static int
value(const struct reader *r, size_t i, enum value_kind kind)
{
	return lexicon_value(r->lex, token_at(r, i), kind);
}

static bool
touches(const struct reader *r, size_t i)
{
	return i > 0 && i < r->tokens->n
	    && r->tokens->list[i - 1].end == r->tokens->list[i].begin;
}

/* «novembermødet», «decembermøde» name a month too. */
static int
month_at(const struct reader *r, size_t i)
{
	const struct token *t = token_at(r, i);
	int month = value(r, i, VALUE_MONTH);
	static const char *const names[] = { "januar", "februar", "marts",
		"april", "maj", "juni", "juli", "august", "september",
		"oktober", "november", "december" };

	if (month > 0 || t->kind != TOKEN_WORD
	    || !lexicon_in(r->lex, t, SET_MEETING))
		return month > 0 ? month : 0;
	for (int m = 0; m < 12; m++)
		if (strncmp(t->norm, names[m], strlen(names[m])) == 0)
			return m + 1;
	return 0;
}

static bool
is_year(int n)
{
	return n >= 2000 && n < 2100;
}

/* A day of the month: digits with or without a dot or ending, or a word. */
static size_t
day_read(const struct reader *r, size_t i, int *day)
{
	static const char *const endings[] = { "th", "st", "nd", "rd", "ende",
		"e", "de", "te", NULL };
	const struct token *t = token_at(r, i);
	size_t end = i + 1;

	if (t->kind == TOKEN_WORD && value(r, i, VALUE_DAY) > 0) {
		*day = value(r, i, VALUE_DAY);
		return i + 1;
	}
	if (t->kind != TOKEN_NUMBER || t->number < 1 || t->number > 31
	    || t->end - t->begin > 2)
		return i;
	*day = t->number;
	if (touches(r, end) && is_word(r, end, endings))
		end++;
	else if (touches(r, end) && token_at(r, end)->mark == '\''
	    && is_word(r, end + 1, endings))
		end += 2;
	return end;
}

static size_t
year_read(const struct reader *r, size_t i, struct when *w)
{
	size_t at = i;

	if (token_at(r, at)->mark == '-' || token_at(r, at)->mark == '/'
	    || token_at(r, at)->mark == '.' || token_at(r, at)->mark == ',')
		at++;
	if (token_at(r, at)->kind != TOKEN_NUMBER)
		return i;
	if (is_year(token_at(r, at)->number)) {
		w->year = token_at(r, at)->number;
		return at + 1;
	}
	if (at == i + 1 && touches(r, i) && touches(r, at)
	    && token_at(r, at)->number >= 20 && token_at(r, at)->number < 70
	    && token_at(r, at)->end - token_at(r, at)->begin == 2
	    && !(touches(r, at + 1) && token_at(r, at + 1)->kind
	    == TOKEN_NUMBER)) {
		w->year = 2000 + token_at(r, at)->number;
		return at + 1;
	}
	return i;
}

/* 2026-11-26. */
static size_t
iso_read(const struct reader *r, size_t i, struct when *w)
{
	if (!is_year(token_at(r, i)->number) || !touches(r, i + 1)
	    || strchr("-./", token_at(r, i + 1)->mark) == NULL
	    || token_at(r, i + 1)->mark == '\0' || !touches(r, i + 3)
	    || token_at(r, i + 2)->number < 1
	    || token_at(r, i + 2)->number > 12
	    || token_at(r, i + 4)->number < 1
	    || token_at(r, i + 4)->number > 31)
		return i;
	w->year = token_at(r, i)->number;
	w->month = token_at(r, i + 2)->number;
	w->day = token_at(r, i + 4)->number;
	return i + 5;
}

/* 26/11, 26.11., 26-11-2026. «16.30» has no month 30; what follows «kl» is
 * a time, and 3.000 no date. */
static size_t
figures_read(const struct reader *r, size_t i, bool introduced,
    struct when *w)
{
	const struct token *day = token_at(r, i), *sign = token_at(r, i + 1),
	    *month = token_at(r, i + 2);
	size_t end;

	if (day->number < 1 || day->number > 31 || day->end - day->begin > 2
	    || !touches(r, i + 1) || sign->mark == '\0'
	    || strchr("/.-", sign->mark) == NULL || !touches(r, i + 2)
	    || month->number < 1 || month->number > 12
	    || month->end - month->begin > 2)
		return i;
	w->day = day->number;
	w->month = month->number;
	end = year_read(r, i + 3, w);
	if (end == i + 3 && sign->mark != '/' && !introduced
	    && !(sign->mark == '.' && touches(r, end)
	    && token_at(r, end)->mark == '.'))
		return i;
	if (end == i + 3 && touches(r, end) && token_at(r, end)->mark == '.'
	    && sign->mark == '.')
		end++;
	return end;
}

/* «26. november 2026», «november 26th», «den 26.», «26. ds.». */
static size_t
words_read_day(const struct reader *r, size_t i, bool introduced,
    struct when *w)
{
	static const char *const this_month[] = { "ds", "denne", "dennes",
		"dm", NULL };
	static const char *const of[] = { "i", "of", "af", NULL };
	int day = 0;
	size_t end = day_read(r, i, &day), at, next;

	if (end == i)
		return i;
	at = end;
	if (token_at(r, at)->mark == '.' && touches(r, at))
		at++;
	next = at;
	if (is_word(r, next, of))
		next++;
	w->day = day;
	if (month_at(r, next) != 0) {
		w->month = month_at(r, next);
		next++;
		if (token_at(r, next)->mark == '.' && touches(r, next)
		    && token_at(r, next + 1)->kind == TOKEN_NUMBER)
			next++;
		return year_read(r, next, w);
	}
	if (is_word(r, at, this_month)) {
		w->month = r->sent.month;
		w->year = r->sent.year;
		at++;
		if (token_at(r, at)->mark == '.' && touches(r, at))
			at++;
		return at;
	}
	/* «26. og 27. november», «18.-20. november»: the month comes later */
	if (introduced || at > end || end > i + 1
	    || token_at(r, i)->kind == TOKEN_WORD) {
		struct when later = { 0 };
		static const char *const and[] = { "og", "eller", "til", "and",
			"or", NULL };
		size_t k = at;

		if (is_word(r, k, and) || token_at(r, k)->mark == '-'
		    || token_at(r, k)->mark == ',') {
			int other = 0;

			if (strcmp(token_at(r, k + 1)->norm, "den") == 0)
				k++;
			k = day_read(r, k + 1, &other);
			if (other > 0 && token_at(r, k)->mark == '.')
				k++;
			later.month = other > 0 ? month_at(r, k) : 0;
		}
		w->month = later.month;
	}
	if (introduced || w->month != 0)
		return at;
	w->day = 0;
	return i;
}

static size_t
month_first_read(const struct reader *r, size_t i, struct when *w)
{
	int day = 0;
	size_t end;

	if (month_at(r, i) == 0)
		return i;
	end = day_read(r, i + 1, &day);
	if (end > i + 1 && (end > i + 2 || token_at(r, end)->mark == ',')
	    && !touches(r, end)) {
		w->month = month_at(r, i);
		w->day = day;
		return year_read(r, end, w);
	}
	return i;
}

static struct date
weekday_from(struct date day, int weekday)	/* on or after */
{
	return date_add_days(day, (weekday - date_weekday(day) + 7) % 7);
}

/* «om tre uger», «om 14 dage», «i næste uge», «uge 48», «in two weeks». */
static size_t
ahead_read(const struct reader *r, size_t i, int weekday, struct when *w)
{
	static const char *const in[] = { "om", "in", NULL };
	static const char *const next[] = { "naeste", "neste", "nasta",
		"next", "kommende", NULL };
	static const char *const this[] = { "denne", "this", "indevaerende",
		NULL };
	int count, days;

	if (is_word(r, i, in) && (days = value(r, i + 2, VALUE_UNIT)) > 0) {
		count = token_at(r, i + 1)->number;
		if (count < 0)
			count = value(r, i + 1, VALUE_NUMBER);
		if (count <= 0 || count > 60 || days > 7)
			return i;
		w->on = date_add_days(weekday == 0 ? r->sent
		    : weekday_from(r->sent, weekday), count * days);
		w->is_relative = true;
		w->is_week = weekday == 0 && days == 7;
		w->weekday = 0;
		return i + 3;
	}
	if (value(r, i, VALUE_WEEK) > 0
	    && token_at(r, i + 1)->number >= 1
	    && token_at(r, i + 1)->number <= 53) {
		w->week = token_at(r, i + 1)->number;
		return i + 2;
	}
	if ((is_word(r, i, next) || is_word(r, i, this))
	    && value(r, i + 1, VALUE_UNIT) == 7) {
		w->on = date_add_days(r->sent, is_word(r, i, next) ? 7 : 0);
		w->is_relative = true;
		w->is_week = true;
		if (weekday != 0) {
			w->on = date_add_days(w->on,
			    weekday - date_weekday(w->on));
			w->is_week = false;
			w->weekday = 0;
		}
		return i + 2;
	}
	return i;
}

/* What stands behind a weekday, or a weekday alone. `before` is the word
 * that led to it: «på torsdag» is a day, «om torsdagen» is none. */
static size_t
weekday_read(const struct reader *r, size_t i, struct when *w)
{
	static const char *const on[] = { "paa", "pa", "on", "foerstkommende",
		"kommende", "coming", "this", "nu", NULL };
	static const char *const next[] = { "naeste", "neste", "next",
		"nasta", NULL };
	static const char *const begins[] = { "den", "d", "the", NULL };
	static const char *const in[] = { "i", NULL };
	int weekday = value(r, i, VALUE_WEEKDAY);
	size_t at = i + 1, end;
	bool introduced = false, alone = true;

	if (weekday <= 0)
		return i;
	/* «man», «søn» are words of their own where no date follows */
	if (strlen(token_at(r, i)->norm) <= 4)
		alone = false;
	w->weekday = weekday;
	if (token_at(r, at)->mark == '.' && touches(r, at))
		at++;
	if (token_at(r, at)->mark == ',')
		at++;
	if (is_word(r, at, begins)) {
		introduced = true;
		at++;
		if (token_at(r, at)->mark == '.')
			at++;
	}
	if ((end = iso_read(r, at, w)) != at
	    || (end = figures_read(r, at, true, w)) != at
	    || (end = month_first_read(r, at, w)) != at)
		return end;
	if ((introduced || (touches(r, at + 1)
	    && token_at(r, at + 1)->mark == '.')
	    || month_at(r, at + 1) != 0)
	    && (end = words_read_day(r, at, true, w)) != at)
		return end;
	at = i + 1;
	if (is_word(r, at, in))
		at++;
	if ((end = ahead_read(r, at, weekday, w)) != at)
		return end;
	if (!alone) {
		w->weekday = 0;
		return i;
	}
	if (i > 0 && (is_word(r, i - 1, on) || is_word(r, i - 1, next))) {
		w->is_relative = true;
		w->on = weekday_from(date_add_days(r->sent, 1), weekday);
		w->or_week_later = is_word(r, i - 1, next);
		w->weekday = 0;
		return i + 1;
	}
	w->weekday_only = true;
	return i + 1;
}

static bool
is_introduced(const struct reader *r, size_t i)
{
	static const char *const words[] = { "den", "d", "the", "dato", NULL };

	if (i == 0)
		return false;
	if (is_word(r, i - 1, words))
		return true;
	if (i > 1 && token_at(r, i - 1)->mark == '.'
	    && is_word(r, i - 2, words))
		return true;
	/* «møde 26» */
	return lexicon_in(r->lex, token_at(r, i - 1), SET_MEETING)
	    && token_at(r, i)->kind == TOKEN_NUMBER;
}

static bool
is_time(const struct reader *r, size_t i)
{
	static const char *const words[] = { "kl", "klokken", "klokka",
		"clock", "at", "punkt", "pkt", "nr", "nummer", "side", "tlf",
		"telefon", "ca", "paragraf", "artikel", NULL };

	return i > 0 && (is_word(r, i - 1, words)
	    || (i > 1 && token_at(r, i - 1)->mark == '.'
	    && is_word(r, i - 2, words)));
}

static size_t
date_read(const struct reader *r, size_t i, struct when *w)
{
	static const char *const in[] = { "i", "til", "in", "for", "hele",
		"medio", "ultimo", "primo", "fra", "efter", "inden", "foer",
		"sidst", "start", "slutningen", "begyndelsen", "starten",
		"midten", "er", NULL };
	size_t end;
	int days;
	bool introduced = is_introduced(r, i);

	if (token_at(r, i)->kind == TOKEN_MARK || is_time(r, i))
		return i;
	if ((end = weekday_read(r, i, w)) != i
	    || (end = ahead_read(r, i, 0, w)) != i
	    || (end = iso_read(r, i, w)) != i
	    || (end = figures_read(r, i, introduced, w)) != i
	    || (end = words_read_day(r, i, introduced, w)) != i
	    || (end = month_first_read(r, i, w)) != i)
		return end;
	if ((days = value(r, i, VALUE_DAYS_AHEAD)) >= 0) {
		w->is_relative = true;
		w->on = date_add_days(r->sent, days);
		return i + 1;
	}
	/* «maj» and «May» may be a name or a verb, «the May meeting» is none */
	if (month_at(r, i) != 0 && (token_at(r, i)->end
	    - token_at(r, i)->begin > 3 || (i > 0 && is_word(r, i - 1, in))
	    || (i + 1 < r->tokens->n && lexicon_in(r->lex,
	    &r->tokens->list[i + 1], SET_MEETING)))) {
		w->month = month_at(r, i);
		return year_read(r, i + 1, w);
	}
	return i;
}

/* «den», «på», «til» and the like before a date belong to it. */
static size_t
lead_read(const struct reader *r, size_t begin)
{
	for (int k = 0; k < 4 && begin > 0; k++) {
		const struct token *t = token_at(r, begin - 1);

		if (t->inside || t->sentence
		    != token_at(r, begin)->sentence)
			break;
		if (t->mark == '.' && begin > 1
		    && strcmp(token_at(r, begin - 2)->norm, "d") == 0) {
			begin--;
			continue;
		}
		if (t->kind != TOKEN_WORD
		    || !lexicon_in(r->lex, t, SET_DATE_WORD))
			break;
		begin--;
	}
	return begin;
}

static void
date_add(struct reader *r, struct arena *arena, struct when w)
{
	struct token *first;

	if (r->n == r->cap) {
		struct when *more;

		r->cap = r->cap == 0 ? 16 : r->cap * 2;
		more = arena_array(arena, r->cap, sizeof(*more));
		if (r->n > 0)
			memcpy(more, r->list, r->n * sizeof(*more));
		r->list = more;
	}
	first = &r->tokens->list[w.begin];
	first->date = (int)r->n;
	first->next = (uint32_t)w.end;
	for (size_t i = w.begin + 1; i < w.end; i++)
		r->tokens->list[i].inside = true;
	r->list[r->n++] = w;
}

/* «fra den 20. til den 30. november», «18.-20. november». */
static void
ranges_join(struct reader *r)
{
	static const char *const to[] = { "til", "to", "till", NULL };
	static const char *const words[] = { "til", "og", "med", "to", "till",
		"frem", "den", "og", "and", NULL };
	static const char *const from[] = { "fra", "from", "mellem", "between",
		"fran", NULL };

	for (size_t i = 0; i + 1 < r->n; i++) {
		struct when *a = &r->list[i], *b = &r->list[i + 1];
		struct date first;
		bool range = false, others = false;

		for (size_t k = a->end; k < b->end && k < a->end + 5; k++) {
			if (is_word(r, k, to)
			    || token_at(r, k)->mark == '-')
				range = true;
			if (k < b->begin && !is_word(r, k, words)
			    && token_at(r, k)->kind == TOKEN_WORD)
				others = true;
		}
		if (b->begin > a->end + 4 || others || !range
		    || token_at(r, a->begin)->sentence
		    != token_at(r, b->begin)->sentence)
			continue;
		if (b->begin != a->end && !(a->begin > 0
		    && is_word(r, a->begin - 1, from))
		    && token_at(r, a->end)->mark != '-'
		    && !is_word(r, a->begin, from))
			if (!is_word(r, a->end, to))
				continue;
		if (!when_day(b, r->sent, true, &b->last)
		    || !when_day(a, r->sent, true, &first))
			continue;
		if (a->month == 0 && b->month != 0)
			a->month = b->month;
		a->last = b->last;
		a->is_range = true;
	}
}

const struct when *
when_find(const struct lexicon *lexicon, struct arena *arena,
    struct tokens *tokens, struct date sent, size_t *n)
{
	struct reader r = { .lex = lexicon, .tokens = tokens, .sent = sent };

	for (size_t i = 0; i < tokens->n; ) {
		struct when w = { 0 };
		size_t end = date_read(&r, i, &w);

		if (end == i) {
			i++;
			continue;
		}
		w.begin = lead_read(&r, i);
		w.end = end;
		date_add(&r, arena, w);
		i = end;
	}
	ranges_join(&r);
	*n = r.n;
	return r.list;
}

static int64_t
days_between(struct date a, struct date b)
{
	int64_t days = date_to_days(a) - date_to_days(b);

	return days < 0 ? -days : days;
}

bool
when_day(const struct when *w, struct date sent, bool ahead,
    struct date *day)
{
	struct date best = { 0 };

	if (w->is_relative && !w->is_week) {
		*day = w->on;
		return true;
	}
	if (w->day == 0)
		return false;
	for (int k = -12; k <= 18; k++) {
		int month = sent.month - 1 + k + 24, year = sent.year
		    + month / 12 - 2;
		struct date at = { w->year != 0 ? w->year : year,
			w->month != 0 ? w->month : month % 12 + 1, w->day };

		if (w->month != 0 && at.month != month % 12 + 1)
			continue;
		if (!date_is_valid(at)
		    || (ahead && w->year == 0 && date_compare(at, sent) < 0))
			continue;
		if (best.year == 0 || days_between(at, sent)
		    < days_between(best, sent))
			best = at;
	}
	if (best.year == 0)
		return false;
	*day = best;
	return true;
}

static enum when_fit
weekday_fits(const struct when *w, struct date day)
{
	return w->weekday != 0 && w->weekday != date_weekday(day)
	    ? WHEN_WRONG_WEEKDAY : WHEN_FITS;
}

enum when_fit
when_fits(const struct when *w, struct date sent, struct date day)
{
	struct date first;

	if (w->is_range && when_day(w, sent, true, &first))
		return date_compare(first, day) <= 0
		    && date_compare(day, w->last) <= 0 ? WHEN_FITS : WHEN_NO;
	if (w->is_relative && w->is_week)
		return date_week(w->on) == date_week(day)
		    && days_between(w->on, day) < 8 ? WHEN_FITS : WHEN_NO;
	if (w->is_relative)
		return date_compare(w->on, day) == 0 || (w->or_week_later
		    && date_compare(date_add_days(w->on, 7), day) == 0)
		    ? WHEN_FITS : WHEN_NO;
	if (w->week != 0)
		return w->week == date_week(day)
		    && days_between(sent, day) < NEAR_DAYS
		    ? weekday_fits(w, day) : WHEN_NO;
	if (w->year != 0 && w->year != day.year)
		return WHEN_NO;
	if (w->year == 0 && days_between(sent, day) > NEAR_DAYS)
		return WHEN_NO;
	if (w->month != 0 && w->month != day.month)
		return WHEN_NO;
	if (w->day != 0)
		return w->day == day.day ? weekday_fits(w, day) : WHEN_NO;
	if (w->month != 0)
		return weekday_fits(w, day);
	return w->weekday != 0 && w->weekday == date_weekday(day)
	    ? WHEN_FITS : WHEN_NO;
}
