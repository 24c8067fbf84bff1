/* SPDX-License-Identifier: MIT */
/* Finds amounts in sentences, and adds them up. */
#include "rules/budget.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define AMOUNT_MOST INT64_C(1000000000000)	/* ten milliard kroner: no
						 * council has more to spend */

static bool
has_any(struct arena *arena, const char *list, const char *low)
{
	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t n = strcspn(at, ";");
		const char *word = text_trim(arena, arena_strndup(arena, at,
		    n));

		at += n + (at[n] != '\0');
		if (word[0] != '\0' && strstr(low, word) != NULL)
			return true;
	}
	return false;
}

/* «5.000», «4.900,50», «5000»; the dot parts thousands, the comma øre. */
static const char *
amount_read(const char *at, int64_t *ore)
{
	int64_t kroner = 0, rest = 0;

	while ((*at >= '0' && *at <= '9') || (*at == '.' && at[1] >= '0' &&
	    at[1] <= '9')) {
		if (*at != '.' && (kroner = kroner * 10 + (*at - '0')) >
		    AMOUNT_MOST)
			return NULL;
		at++;
	}
	if (*at == ',' && at[1] >= '0' && at[1] <= '9') {
		rest = (at[1] - '0') * 10;
		at += 2;
		if (*at >= '0' && *at <= '9')
			rest += *at++ - '0';
	} else if (*at == ',' && at[1] == '-') {
		at += 2;
	}
	*ore = kroner * 100 + rest;
	return at;
}

/* The first amount with its unit behind or before it. */
static bool
amount_find(struct arena *arena, const char *unit, const char *low,
    int64_t *ore)
{
	for (const char *at = low; *at != '\0';) {
		const char *end;
		size_t n;	/* before it, without «. » */

		if (*at < '0' || *at > '9') {
			at++;
			continue;
		}
		if ((end = amount_read(at, ore)) == NULL)
			return false;
		n = (size_t)(at - low);
		while (n > 0 && (low[n - 1] == ' ' || low[n - 1] == '.'))
			n--;
		while (*end == ' ' || strncmp(end, "\302\240", 2) == 0)
			end += *end == ' ' ? 1 : 2;
		for (const char *u = unit; u != NULL && *u != '\0';) {
			size_t len = strcspn(u, ";");
			const char *word = text_trim(arena, arena_strndup(
			    arena, u, len));
			size_t m = strlen(word);

			u += len + (u[len] != '\0');
			if (m > 0 && (strncmp(end, word, m) == 0 || (n >= m &&
			    strncmp(low + n - m, word, m) == 0)))
				return true;
		}
		at = end;
	}
	return false;
}

/* A sentence ends at a line's end, or at a dot before a space and a capital
 * or the end; «kr.» and «5.000» go on. */
static size_t
sentence_length(const char *at)
{
	for (size_t i = 0; at[i] != '\0'; i++) {
		if (at[i] == '\n' || at[i] == ';')
			return i;
		if (at[i] == '.' && at[i + 1] == ' ' &&
		    ((at[i + 2] >= 'A' && at[i + 2] <= 'Z') ||
		    (unsigned char)at[i + 2] == 0xc3))
			return i;
	}
	return strlen(at);
}

size_t
budget_read(struct arena *arena, const struct budget_words *words,
    const char *text, int year, struct budget_line *lines, size_t most)
{
	size_t count = 0;

	while (text != NULL && *text != '\0' && count < most) {
		size_t n = sentence_length(text);
		const char *sentence = text_squeeze(arena, arena_strndup(
		    arena, text, n));
		const char *low = text_lower(arena, sentence);
		bool granted = has_any(arena, words->granted, low);
		bool used = has_any(arena, words->used, low);
		int64_t ore;

		if (granted != used && amount_find(arena, words->unit, low,
		    &ore))
			lines[count++] = (struct budget_line){
			    granted ? BUDGET_GRANTED : BUDGET_USED, ore,
			    year - has_any(arena, words->last_year, low),
			    sentence };
		text += n;
		text += *text != '\0';
	}
	return count;
}

struct budget_sum
budget_add_up(const struct budget_line *lines, size_t n, int year)
{
	struct budget_sum sum = { 0, 0, false };

	for (size_t i = 0; i < n; i++) {
		if (lines[i].year != year)
			continue;
		sum.any = true;
		if (lines[i].kind == BUDGET_GRANTED)
			sum.granted_ore += lines[i].amount_ore;
		else
			sum.used_ore += lines[i].amount_ore;
	}
	return sum;
}

const char *
budget_amount(struct arena *arena, int64_t amount_ore)
{
	int64_t whole = amount_ore < 0 ? -amount_ore : amount_ore;
	const char *digits = arena_printf(arena, "%lld",
	    (long long)(whole / 100));
	size_t n = strlen(digits);
	struct buf out = buf_open(arena);

	if (amount_ore < 0)
		buf_add_char(&out, '-');
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			buf_add_char(&out, '.');
		buf_add_char(&out, digits[i]);
	}
	if (whole % 100 != 0)
		buf_addf(&out, ",%02d", (int)(whole % 100));
	return buf_text(&out);
}
