/* SPDX-License-Identifier: MIT */
/* Lines of our own letters that come back without marks. A line is ours when
 * its runs of four words stand in the letter, so that wrapping at another
 * column does not hide it; a shorter one when a line of the letter is the
 * same and its neighbours are ours.
 *
 * What a secretary types may well repeat our lines (a new agenda, minutes in
 * the form we sent). So lines are taken only below a header block or between
 * marked lines, or where a run of them has the letter's beginning or end. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/words_part.h"

#define SHINGLE 4 /* words */
#define MAX_LETTER_WORDS 20000
#define MIN_RUN 4 /* lines of a letter without any sign of a quotation */

struct shingles {
	uint64_t *slot;
	size_t cap;	/* a power of two */
	size_t n;
};

static bool
set_has(const struct shingles *set, uint64_t key)
{
	for (size_t at = key & (set->cap - 1); set->slot[at] != 0;
	    at = (at + 1) & (set->cap - 1))
		if (set->slot[at] == key)
			return true;
	return false;
}

static void
set_add(struct shingles *set, uint64_t key)
{
	size_t at = key & (set->cap - 1);

	if (set->n * 2 >= set->cap)
		return;
	while (set->slot[at] != 0 && set->slot[at] != key)
		at = (at + 1) & (set->cap - 1);
	set->n += set->slot[at] == 0;
	set->slot[at] = key;
}

static bool
is_part(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0xC3;
}

/* The hash of the next word of a lower case text (FNV-1a); 0 at the end. */
static uint64_t
word_next(const char **at)
{
	uint64_t hash = 14695981039346656037u;
	const char *p = *at;

	while (*p != '\0' && !is_part(*p))
		p++;
	if (*p == '\0') {
		*at = p;
		return 0;
	}
	for (; is_part(*p) || ((unsigned char)*p & 0xC0) == 0x80; p++) {
		hash ^= (unsigned char)*p;
		hash *= 1099511628211u;
	}
	*at = p;
	return hash | 1;
}

static uint64_t
mix(const uint64_t *words, size_t n)
{
	uint64_t hash = n;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15u + (hash >> 29);
	return hash | 1;
}

static void
letter_add(struct arena *arena, struct shingles *set, const char *text)
{
	const char *low = text_lower(arena, text);
	uint64_t run[SHINGLE] = { 0 }, line[SHINGLE];
	size_t n = 0, in_line = 0;

	while (*low != '\0' && n < MAX_LETTER_WORDS) {
		const char *before = low;
		uint64_t word = word_next(&low);
		const char *lf = memchr(before, '\n', (size_t)(low - before));

		if (lf != NULL || word == 0) {
			if (in_line > 0 && in_line < SHINGLE)
				set_add(set, mix(line, in_line));
			in_line = 0;
		}
		if (word == 0)
			break;
		if (in_line < SHINGLE)
			line[in_line] = word;
		in_line++;
		memmove(run, run + 1, sizeof(run) - sizeof(run[0]));
		run[SHINGLE - 1] = word;
		if (++n >= SHINGLE)
			set_add(set, mix(run, SHINGLE));
		/* a rest of three words; two would be «jeg kommer» */
		if (n >= 3)
			set_add(set, mix(run + SHINGLE - 3, 3));
	}
	if (in_line > 0 && in_line < SHINGLE)
		set_add(set, mix(line, in_line));
}

enum fit { FIT_NO, FIT_SHORT, FIT_YES };

static enum fit
line_fit(const struct shingles *set, const char *low)
{
	uint64_t run[SHINGLE] = { 0 }, word;
	size_t n = 0, hits = 0;

	while ((word = word_next(&low)) != 0) {
		if (n < SHINGLE)
			run[n] = word;
		else {
			memmove(run, run + 1, sizeof(run) - sizeof(run[0]));
			run[SHINGLE - 1] = word;
		}
		if (++n >= SHINGLE)
			hits += set_has(set, mix(run, SHINGLE));
	}
	if (n >= SHINGLE)
		return hits * 4 >= (n - SHINGLE + 1) * 3 ? FIT_YES : FIT_NO;
	return n > 0 && set_has(set, mix(run, n)) ? FIT_SHORT : FIT_NO;
}

/* Short lines count where a line above or below them does. */
static void
fits_settle(const struct lines *l, enum fit *fit)
{
	enum fit last = FIT_NO;

	for (size_t i = 0; i < l->n; i++) {
		if (l->at[i].blank)
			continue;
		if (fit[i] == FIT_SHORT && last == FIT_YES)
			fit[i] = FIT_YES;
		last = fit[i];
	}
	last = FIT_NO;
	for (size_t i = l->n; i-- > 0;) {
		if (l->at[i].blank)
			continue;
		if (fit[i] == FIT_SHORT)
			fit[i] = last == FIT_YES ? FIT_YES : FIT_NO;
		last = fit[i];
	}
}

/* Below a header block: what is not in the letter was written between its
 * lines. Where less than half is the letter's, it is another letter. */
static void
answers_find(struct lines *l, const enum fit *fit)
{
	size_t ours = 0, all = 0, first = l->n, last = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->at[i].kind != WORDS_QUOTED || l->at[i].depth > 0 ||
		    l->at[i].blank)
			continue;
		all++;
		if (fit[i] != FIT_YES)
			continue;
		ours++;
		last = i;
		if (first == l->n)
			first = i;
	}
	if (all == 0 || ours * 2 < all)
		return;
	for (size_t i = first; i < l->n; i++)
		if (l->at[i].kind == WORDS_QUOTED && l->at[i].depth == 0 &&
		    fit[i] != FIT_YES && (!l->at[i].blank || i > last)) {
			l->at[i].kind = WORDS_OWN;
			lines_sign(l, "answers between the lines of our "
			    "letter");
		}
}

static bool
beside_marked(const struct lines *l, size_t i)
{
	size_t next = lines_next(l, i + 1);

	while (i > 0 && l->at[--i].blank)
		;
	return l->at[i].depth > 0 || (next < l->n && l->at[next].depth > 0);
}

/* A run of our lines without any sign: from `i`, over at most three lines
 * that are not ours; taken where it has the beginning or the end of a
 * letter. */
static size_t
run_take(struct lines *l, const enum fit *fit, size_t i,
    const struct shingles *edges)
{
	size_t end = i, hits = 0, strange = 0;
	bool edge = false;

	for (size_t k = i; k < l->n && strange <= 3; k++) {
		if (l->at[k].blank)
			continue;
		if (l->at[k].kind != WORDS_OWN || l->at[k].depth > 0)
			break;
		if (fit[k] != FIT_YES) {
			strange++;
			continue;
		}
		strange = 0;
		hits++;
		edge = edge || line_fit(edges, l->at[k].low) == FIT_YES;
		end = k + 1;
	}
	if (hits < MIN_RUN || !edge)
		return end;
	for (size_t k = i; k < end; k++)
		if (fit[k] == FIT_YES)
			l->at[k].kind = WORDS_QUOTED;
	lines_sign(l, "lines of our own letter");
	return end;
}

/* The letter's first and last lines of four words or more: its «Du indkaldes
 * til …» and its «Du får denne mail, fordi …». */
static void
edges_add(struct arena *arena, struct shingles *edges, const char *text)
{
	size_t n;
	const char **lines = text_lines(arena, text, &n);
	const char *first = NULL, *last = NULL;

	for (size_t i = 0; i < n; i++) {
		const char *p = lines[i], *low = text_lower(arena, p);
		size_t words = 0;

		while (word_next(&low) != 0)
			words++;
		if (words < SHINGLE)
			continue;
		if (first == NULL)
			first = p;
		last = p;
	}
	if (first != NULL)
		letter_add(arena, edges, first);
	if (last != NULL)
		letter_add(arena, edges, last);
}

static struct shingles
set_open(struct arena *arena, size_t words)
{
	struct shingles set = { .cap = 64 };

	while (set.cap < words * 8 && set.cap < MAX_LETTER_WORDS * 16u)
		set.cap *= 2;
	set.slot = arena_array(arena, set.cap, sizeof(*set.slot));
	return set;
}

void
words_letter(struct lines *l, const struct world *world)
{
	struct shingles set, edges;
	size_t bytes = 0;
	enum fit *fit;

	for (size_t i = 0; world != NULL && i < world->n_sent; i++)
		if (world->sent[i].text != NULL)
			bytes += strlen(world->sent[i].text);
	if (bytes == 0 || l->n == 0)
		return;
	set = set_open(l->arena, bytes / 4 + 1);
	edges = set_open(l->arena, 64 * world->n_sent);
	for (size_t i = 0; i < world->n_sent; i++)
		if (world->sent[i].text != NULL) {
			letter_add(l->arena, &set, world->sent[i].text);
			edges_add(l->arena, &edges, world->sent[i].text);
		}
	fit = arena_array(l->arena, l->n, sizeof(*fit));
	for (size_t i = 0; i < l->n; i++)
		if (!l->at[i].blank && l->at[i].depth == 0)
			fit[i] = line_fit(&set, l->at[i].low);
	fits_settle(l, fit);
	answers_find(l, fit);
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].kind == WORDS_OWN && fit[i] == FIT_YES) {
			if (beside_marked(l, i))
				l->at[i].kind = WORDS_QUOTED;
			else {
				size_t end = run_take(l, fit, i, &edges);

				i = end > i ? end - 1 : i;
			}
		}
}
