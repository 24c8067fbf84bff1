/* SPDX-License-Identifier: MIT */
/* Short things in minutes: a day at the end of a task, and who came. */
#include "rules/minutes.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* --- days ----------------------------------------------------------------- */

static int
month_of(struct arena *arena, const char *months, const char *word)
{
	const char *low = text_lower(arena, word);
	size_t n = strlen(low);
	int month = 0;

	while (n > 0 && (low[n - 1] == '.' || low[n - 1] == ','))
		n--;
	for (const char *at = months; at != NULL && *at != '\0';) {
		size_t len = strcspn(at, " ");

		month++;
		/* «juni», «sept.», «jan» */
		if (n >= 3 && n <= len && strncmp(text_lower(arena,
		    arena_strndup(arena, at, len)), low, n) == 0)
			return month;
		at += len;
		while (*at == ' ')
			at++;
	}
	return 0;
}

/* «1/9», «1.9.2022», «1/9-22», «2022-09-01». */
static bool
day_digits(const char *word, struct date *day)
{
	char *end;
	long a, b, y = 0;

	if (date_parse(word, day))
		return true;
	if (*word < '0' || *word > '9')
		return false;
	a = strtol(word, &end, 10);
	if ((*end != '/' && *end != '.' && *end != '-') || end[1] < '0' ||
	    end[1] > '9')
		return false;
	b = strtol(end + 1, &end, 10);
	if ((*end == '/' || *end == '-' || *end == '.') && end[1] >= '0' &&
	    end[1] <= '9')
		y = strtol(end + 1, &end, 10);
	if ((*end != '\0' && strcmp(end, ".") != 0) || a < 1 || a > 31 ||
	    b < 1 || b > 12 || y < 0 || y > 9999)
		return false;
	*day = (struct date){ (int)(y > 0 && y < 100 ? 2000 + y : y), (int)b,
		(int)a };
	return true;
}

static bool
number_is(const char *word, long low, long high, long *number)
{
	char *end;

	if (*word < '0' || *word > '9')
		return false;
	*number = strtol(word, &end, 10);
	while (*end == '.' || *end == ',')
		end++;
	return *end == '\0' && *number >= low && *number <= high;
}

/* The last words of a text, from its end. */
#define LAST_WORDS 6
static size_t
last_words(struct arena *arena, const char *text, const char *(*words)[
    LAST_WORDS], size_t (*begins)[LAST_WORDS])
{
	size_t end = strlen(text), n = 0;

	while (n < LAST_WORDS) {
		size_t begin;

		while (end > 0 && strchr(" .,;", text[end - 1]) != NULL)
			end--;
		for (begin = end; begin > 0 && text[begin - 1] != ' ';)
			begin--;
		if (begin == end)
			break;
		(*words)[n] = arena_strndup(arena, text + begin, end - begin);
		(*begins)[n++] = begin;
		end = begin;
	}
	return n;
}

/* «den», «senest», «inden»: they belong to the day. */
static bool
is_lead(struct arena *arena, const char *list, const char *word)
{
	const char *low = text_lower(arena, word);

	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t n = strcspn(at, ";");

		if (strcmp(text_trim(arena, arena_strndup(arena, at, n)),
		    low) == 0)
			return true;
		at += n + (at[n] != '\0');
	}
	return false;
}

bool
minutes_day_cut(struct arena *arena, const struct minutes_words *words,
    struct date from, const char **task, struct date *day)
{
	const char *w[LAST_WORDS] = { NULL };
	size_t begins[LAST_WORDS] = { 0 }, n, used = 0, cut;
	struct date found = { 0, 0, 0 };
	long d = 0, y = 0;
	int month;

	n = last_words(arena, *task, &w, &begins);
	if (n >= 1 && day_digits(w[0], &found)) {
		used = 1;
	} else if (n >= 3 && number_is(w[0], 1900, 2999, &y) &&
	    (month = month_of(arena, words->of[WORD_MONTHS], w[1])) > 0 &&
	    number_is(w[2], 1, 31, &d)) {
		found = (struct date){ (int)y, month, (int)d };
		used = 3;
	} else if (n >= 2 && (month = month_of(arena,
	    words->of[WORD_MONTHS], w[0])) > 0 && number_is(w[1], 1, 31,
	    &d)) {
		found = (struct date){ 0, month, (int)d };
		used = 2;
	} else {
		return false;
	}
	if (found.year == 0) {
		found.year = from.year;
		if (date_compare(found, from) < 0)
			found.year++;
	}
	if (!date_is_valid(found))
		return false;
	cut = begins[used - 1];
	/* «…, senest den 1. september» */
	for (size_t i = used; i < n && is_lead(arena, words->of[WORD_BY],
	    w[i]); i++)
		cut = begins[i];
	while (cut > 0 && strchr(" ,;.", (*task)[cut - 1]) != NULL)
		cut--;
	*task = arena_strndup(arena, *task, cut);
	*day = found;
	return true;
}

/* --- who came ------------------------------------------------------------- */

static const char *
phrase_in(struct arena *arena, const char *list, const char *low)
{
	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t n = strcspn(at, ";");
		const char *word = text_trim(arena, text_lower(arena,
		    arena_strndup(arena, at, n)));
		const char *found = word[0] == '\0' ? NULL : strstr(low,
		    arena_printf(arena, " %s", word));

		at += n + (at[n] != '\0');
		if (found != NULL)
			return found;
	}
	return NULL;
}

static bool
clause_read(struct arena *arena, const struct minutes_words *words,
    const char *clause, struct minutes_person *person)
{
	static const struct {
		enum minutes_word word;
		enum minutes_came came;
	} says[] = {
		/* «kom ikke» before «kom» */
		{ WORD_SAYS_MISSING, CAME_MISSING },
		{ WORD_SAYS_REGRETS, CAME_REGRETS },
		{ WORD_SAYS_GUEST, CAME_GUEST },
		{ WORD_SAYS_OBSERVER, CAME_OBSERVER },
		{ WORD_SAYS_PRESENT, CAME_PRESENT },
	};
	const char *low = text_lower(arena, clause);

	/* Lower case may be longer or shorter: a name is cut by its own
	 * length, so only texts of the same length are read. */
	if (strlen(low) != strlen(clause))
		return false;
	for (size_t i = 0; i < sizeof says / sizeof says[0]; i++) {
		const char *at = phrase_in(arena, words->of[says[i].word],
		    low);

		if (at == NULL)
			continue;
		*person = (struct minutes_person){ text_trim(arena,
		    arena_strndup(arena, clause, (size_t)(at - low))), NULL,
		    says[i].came };
		return person->name[0] != '\0' && strlen(person->name) <= 80;
	}
	return false;
}

/* «Aase, Ida og Bent kom ikke»: the names before share the verb. */
#define SHARE_MOST 20

size_t
minutes_came_read(struct arena *arena, const struct minutes_words *words,
    const char *text, struct minutes_person *list, size_t most)
{
	const char *and = words->of[WORD_AND] == NULL ? " & " :
	    arena_printf(arena, " %s ", words->of[WORD_AND]);
	const char *names[SHARE_MOST];
	size_t count = 0, n_names = 0;
	bool joined = false;

	while (text != NULL && *text != '\0' && count < most) {
		size_t n = strcspn(text, ",;.\n!"), skip = 1;
		const char *at = strstr(text, and), *clause;
		bool by_and = at != NULL && (size_t)(at - text) < n;

		if (by_and) {
			n = (size_t)(at - text);
			skip = strlen(and);
		}
		clause = n < 300 ? text_squeeze(arena, arena_strndup(arena,
		    text, n)) : "";
		if (clause_read(arena, words, clause, &list[count])) {
			enum minutes_came came = list[count++].came;

			for (size_t i = 0; joined && i < n_names &&
			    count < most; i++)
				list[count++] = (struct minutes_person){
				    names[i], NULL, came };
			n_names = 0;
		} else if (clause[0] != '\0' && strlen(clause) <= 80 &&
		    n_names < SHARE_MOST) {
			names[n_names++] = clause;
		}
		joined = by_and;
		text += n;
		/* a sentence ends what was shared */
		if (*text == '.' || *text == '\n' || *text == '!')
			n_names = 0;
		text += *text == '\0' ? 0 : skip;
	}
	return count;
}
