/* SPDX-License-Identifier: MIT */
/* Numbers and the choices that follow or precede them. A number opens an
 * answer at the start of a line, after a comma, a full stop or «og», and
 * where the last answer has just ended, but then only where a choice follows
 * it: «afvis: det koster 5 kroner, 2 gange om året» is one answer. */
#include "understand/decide_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"

#define NUMBERS_MOST 40		/* of one answer, «1-40 ja» */

struct reader {
	struct arena *arena;
	const char *text, *low;		/* of the same length */
	struct decide_words out;
	size_t first;			/* of the answers that words follow */
	size_t words_at;		/* where these begin; 0 none */
	struct buf rest;
	bool closed;			/* «Mvh»: a name is all that follows */
};

static const struct phrases *
section(const char *name)
{
	return phrases_section("src/understand/decide.lexicon", name);
}

static size_t
blanks(const char *low, size_t at)
{
	while (low[at] == ' ' || low[at] == '\t')
		at++;
	return at;
}

/* Blanks and the marks that may stand between a number and its answer. */
static size_t
marks(const char *low, size_t at)
{
	static const char *const dashes[] = { "–", "—", "→", "»", "«", "…" };

	for (;;) {
		size_t n = 0;

		for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
			if (text_starts(low + at, dashes[i]))
				n = strlen(dashes[i]);
		if (n == 0 && low[at] != '\0' &&
		    strchr(" \t:=>.)(-\"*", low[at]) != NULL)
			n = 1;
		if (n == 0)
			return at;
		at += n;
	}
}

static size_t
number_at(const char *low, size_t at, int *number)
{
	size_t n = 0;

	*number = 0;
	while (low[at + n] >= '0' && low[at + n] <= '9' && n < 4)
		*number = *number * 10 + (low[at + n++] - '0');
	if (n == 0 || n > 3 || *number == 0 || (low[at + n] >= 'a' &&
	    low[at + n] <= 'z') || (low[at + n] & 0x80) != 0)
		return text_starts(low + at + n, "–") && n > 0 && n <= 3 &&
		    *number > 0 ? n : 0;
	return n;
}

struct numbers {
	int list[NUMBERS_MOST];
	size_t ends[NUMBERS_MOST];	/* where the text up to it ends */
	size_t n;
};

static void
numbers_add(struct numbers *numbers, int number, size_t end)
{
	if (numbers->n == NUMBERS_MOST)
		return;
	numbers->list[numbers->n] = number;
	numbers->ends[numbers->n++] = end;
}

/* «–», «til», «,», «og» before another number; 0 where it is none. */
static size_t
joint(const char *low, size_t at, bool *range)
{
	static const struct {
		const char *word;
		bool range;
	} all[] = { { "-", true }, { "–", true }, { "til ", true },
		{ "to ", true }, { ",", false }, { "og ", false },
		{ "and ", false }, { "&", false }, { "+", false } };

	at = blanks(low, at);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (text_starts(low + at, all[i].word)) {
			*range = all[i].range;
			at = blanks(low, at + strlen(all[i].word));
			if (!*range && text_starts(low + at, "og "))
				at = blanks(low, at + 3);
			return at;
		}
	return 0;
}

/* «punkt 1, 2 og 4-6»; 0 where no number stands there. */
static size_t
numbers_at(const char *low, size_t at, struct numbers *numbers)
{
	int number;
	size_t n;

	*numbers = (struct numbers){ .n = 0 };
	at = blanks(low, at);
	if (low[at] == '#')
		at++;
	at = blanks(low, at + phrases_at(section("number"), low + at));
	if ((n = number_at(low, at, &number)) == 0)
		return 0;
	numbers_add(numbers, number, at += n);
	for (;;) {
		bool range = false;
		size_t next = joint(low, at, &range);
		int last = number;

		if (next == 0 || (n = number_at(low, next, &number)) == 0)
			return at;
		at = next + n;
		if (range && number <= last)
			return 0;	/* «5-3» */
		for (int i = range ? last + 1 : number; i <= number; i++)
			numbers_add(numbers, i, at);
	}
}

/* The choice that stands there, behind words that fill; 0 none. */
static size_t
choice_at(const char *low, size_t at, enum choice *choice)
{
	for (int fillers = 0; fillers < 4; fillers++) {
		size_t best = 0, n;

		at = marks(low, at);
		for (int i = 0; i < CHOICES; i++) {
			if (i == CHOICE_DATE || i == CHOICE_OTHER)
				continue;
			n = phrases_at(section(choice_word((enum choice)i)),
			    low + at);
			if (n > best) {
				best = n;
				*choice = (enum choice)i;
			}
		}
		n = phrases_at(section("filler"), low + at);
		if (best >= n && best > 0) {
			at += best;
			return text_starts(low + at, " tak") ? at + 4 : at;
		}
		if (n == 0)
			return 0;
		at += n;
	}
	return 0;
}

/* --- one answer ------------------------------------------------------------- */

/* «…, hvis formanden er enig», «ok?»: no answer to carry out. */
static bool
is_unclear(struct reader *r, const struct decide_answer *a, const char *low)
{
	bool reasons = a->choice == CHOICE_REJECT || a->choice == CHOICE_NO ||
	    a->choice == CHOICE_OTHER || a->choice == CHOICE_DONE;

	(void)r;
	if (low[blanks(low, 0)] == '?')
		return true;
	return !reasons && (strchr(low, '?') != NULL ||
	    phrases_in(section("condition"), low, NULL) != NULL);
}

static const char *
trimmed(struct reader *r, const char *words)
{
	static const char marks_first[] = " \t\r\n:,;.-)!>", marks_last[] =
	    " \t\r\n,;-";
	size_t n;

	words += strspn(words, marks_first);
	n = strlen(words);
	while (n > 0 && strchr(marks_last, words[n - 1]) != NULL)
		n--;
	if (n >= 3 && strncmp(words + n - 3, " og", 3) == 0)
		n -= 3;
	else if (n == 2 && strncmp(words, "og", 2) == 0)
		n = 0;
	words = text_squeeze(r->arena, arena_strndup(r->arena, words, n));
	return words[0] == '\0' || strcmp(words, "tak") == 0 ||
	    strcmp(words, "tak.") == 0 ? NULL : words;
}

/* What stands between the last answer and `to` are its words. */
static void
words_end(struct reader *r, size_t to)
{
	const char *low;

	if (r->words_at == 0)
		return;
	low = arena_strndup(r->arena, r->low + r->words_at,
	    to - r->words_at);
	for (size_t i = r->first; i < r->out.n; i++) {
		struct decide_answer *a = &r->out.list[i];

		a->words = trimmed(r, arena_strndup(r->arena, r->text +
		    r->words_at, to - r->words_at));
		a->unclear = is_unclear(r, a, low);
	}
	r->words_at = 0;
}

static void
answer_add(struct reader *r, int point, enum choice choice)
{
	if (r->out.n == DECIDE_ANSWERS_MOST) {
		r->out.cut = true;
		return;
	}
	r->out.list[r->out.n++] = (struct decide_answer){ .point = point,
		.choice = choice };
}

/* From `at` on stands an answer up to `end`. */
static size_t
found(struct reader *r, size_t at, size_t end, const struct numbers *numbers,
    enum choice choice)
{
	words_end(r, at);
	r->first = r->out.n;
	for (size_t i = 0; numbers != NULL && i < numbers->n; i++)
		answer_add(r, numbers->list[i], choice);
	if (numbers == NULL)
		answer_add(r, DECIDE_ALL, choice);
	r->words_at = end;
	return end;
}

/* «1-3 ja» */
static size_t
number_first(struct reader *r, size_t at)
{
	struct numbers numbers;
	enum choice choice;
	size_t end = numbers_at(r->low, at, &numbers);

	if (end == 0 || (end = choice_at(r->low, end, &choice)) == 0)
		return 0;
	return found(r, at, end, &numbers, choice);
}

/* «ja til 1 og 2», «ok til det hele» */
static size_t
choice_first(struct reader *r, size_t at)
{
	struct numbers numbers;
	enum choice choice, other;
	size_t begin, end = choice_at(r->low, at, &choice), n;

	if (end == 0)
		return 0;
	for (int fillers = 0; fillers < 3; fillers++) {
		begin = marks(r->low, end);
		n = phrases_at(section("all"), r->low + begin);
		if (n > 0)
			return found(r, at, begin + n, NULL, choice);
		if ((n = numbers_at(r->low, begin, &numbers)) > 0) {
			/* «ja til 1, 2 nej»: 2 has its own */
			if (choice_at(r->low, n, &other) > 0) {
				if (numbers.n < 2)
					return 0;
				numbers.n--;
				n = numbers.ends[numbers.n - 1];
			}
			return found(r, at, n, &numbers, choice);
		}
		if ((n = phrases_at(section("filler"), r->low + begin)) == 0)
			return 0;
		end = begin + n;
	}
	return 0;
}

/* «det hele er ok» */
static size_t
all_first(struct reader *r, size_t at)
{
	enum choice choice;
	size_t n = phrases_at(section("all"), r->low + blanks(r->low, at)),
	    end;

	if (n == 0 || (end = choice_at(r->low, blanks(r->low, at) + n,
	    &choice)) == 0)
		return 0;
	return found(r, at, end, NULL, choice);
}

/* «2 torsdag den 25. februar», «2 kald det Økonomi»: at a line's start alone
 * a number is enough. */
static size_t
number_alone(struct reader *r, size_t at)
{
	struct numbers numbers;
	size_t end = numbers_at(r->low, at, &numbers), begin;

	if (end == 0 || (r->low[end] == '.' && r->low[end + 1] != ' '))
		return 0;
	begin = marks(r->low, end);
	if (r->low[begin] == '\0' || r->low[begin] == '\n')
		return 0;
	return found(r, at, end, &numbers, phrases_at(section("date"),
	    r->low + begin) > 0 || (r->low[begin] >= '1' &&
	    r->low[begin] <= '9') ? CHOICE_DATE : CHOICE_OTHER);
}

static size_t
answer_at(struct reader *r, size_t at)
{
	size_t end = number_first(r, at);

	if (end == 0)
		end = all_first(r, at);
	return end != 0 ? end : choice_first(r, at);
}

/* --- the text --------------------------------------------------------------- */

static size_t
line_end(const char *low, size_t at)
{
	return at + strcspn(low + at, "\n");
}

/* Behind what may stand before an answer: a bullet, a quotation's mark. */
static size_t
bullet(const char *low, size_t at)
{
	for (;;) {
		at = blanks(low, at);
		if (text_starts(low + at, "•"))
			at += strlen("•");
		else if (low[at] == '-' || low[at] == '*')
			at++;
		else
			return at;
	}
}

/* The places within a line where an answer may begin. */
static size_t
next_place(const char *low, size_t at, size_t end)
{
	for (; at < end; at++) {
		if (strchr(",;.!", low[at]) != NULL)
			return at + 1;
		if (low[at] == ' ' && (text_starts(low + at, " og ") ||
		    text_starts(low + at, " and ")))
			return at + (low[at + 1] == 'o' ? 4 : 5);
	}
	return 0;
}

static void
line_read(struct reader *r, size_t at, size_t end)
{
	size_t begin = bullet(r->low, at), place = begin, got;

	if ((got = answer_at(r, begin)) == 0 &&
	    (got = number_alone(r, begin)) == 0) {
		bool skip = phrases_at(section("skip"), r->low + begin) > 0;

		r->closed = r->closed || phrases_at(section("closing"),
		    r->low + begin) > 0;
		if (skip || r->closed)
			words_end(r, at);
		if (r->words_at == 0) {
			/* «Hej Ida, 1 ok» */
			while ((place = next_place(r->low, place, end)) != 0)
				if ((got = answer_at(r, place)) != 0)
					break;
			if (got == 0 && !skip && !r->closed)
				buf_addf(&r->rest, "%s%.*s", r->rest.n > 0 ?
				    "\n" : "", (int)(end - begin),
				    r->text + begin);
		}
	}
	place = got != 0 ? got : begin;
	while (got != 0 && (got = answer_at(r, place)) != 0)
		place = got;	/* «1 ok 2 næste møde» */
	while (r->words_at != 0 &&
	    (place = next_place(r->low, place, end)) != 0)
		while ((got = answer_at(r, place)) != 0)
			place = got;
}

/* A choice alone, in a text of a few words. */
static void
only_read(struct reader *r)
{
	enum choice choice;
	size_t at = 0, end;

	while (r->low[at] != '\0') {
		size_t line = bullet(r->low, at);

		if ((end = choice_at(r->low, line, &choice)) != 0) {
			r->first = r->out.n;
			answer_add(r, DECIDE_ONLY, choice);
			r->words_at = end;
			words_end(r, line_end(r->low, end));
			return;
		}
		if (line < line_end(r->low, at) &&
		    phrases_at(section("skip"), r->low + line) == 0)
			return;	/* other words stand before it */
		at = line_end(r->low, at);
		at += r->low[at] == '\n';
	}
}

struct decide_words
decide_words_read(struct arena *arena, const char *text)
{
	struct reader r = { .arena = arena, .text = text,
		.low = text_lower(arena, text), .rest = buf_open(arena) };
	size_t at = 0;

	if (strlen(r.low) != strlen(text))
		r.text = r.low;
	r.out.list = arena_array(arena, DECIDE_ANSWERS_MOST + 1,
	    sizeof *r.out.list);
	while (r.low[at] != '\0') {
		size_t end = line_end(r.low, at);

		if (blanks(r.low, at) == end || (r.low[end - 1] == '\r' &&
		    blanks(r.low, at) == end - 1))
			words_end(&r, at);
		else
			line_read(&r, at, end);
		at = end + (r.low[end] == '\n');
	}
	words_end(&r, at);
	if (r.out.n == 0)
		only_read(&r);
	else if (r.rest.n > 0 && r.out.n < DECIDE_ANSWERS_MOST)
		r.out.list[r.out.n++] = (struct decide_answer){
			.point = DECIDE_REST, .choice = CHOICE_OTHER,
			.unclear = true, .words = buf_text(&r.rest) };
	return r.out;
}
