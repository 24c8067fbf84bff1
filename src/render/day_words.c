/* SPDX-License-Identifier: MIT */
/* Days in words: patterns and names come from templates/LANG/words.txt. */
#include "render/day_words.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/template.h"

/* What a pattern may name. */
struct moment {
	struct date day;
	int hour, minute, to_hour, to_minute;
};

const char *
words_get(struct arena *arena, const char *language, const char *name)
{
	const char *where, *at = template_file(NULL, arena, language,
	    "words.txt", &where);
	size_t n = strlen(name);

	while (at != NULL && *at != '\0') {
		const char *end = at + strcspn(at, "\n");

		if (strncmp(at, name, n) == 0 && strncmp(at + n, " = ", 3) == 0)
			return arena_strndup(arena, at + n + 3,
			    (size_t)(end - at) - n - 3);
		at = *end == '\0' ? end : end + 1;
	}
	return NULL;
}

/* The n-th of names that stand with a space between; "" past the end. */
static const char *
nth_name(struct arena *arena, const char *names, int nth)
{
	while (names != NULL && nth-- > 0) {
		names = strchr(names, ' ');
		if (names != NULL)
			names++;
	}
	if (names == NULL)
		return "";
	return arena_strndup(arena, names, strcspn(names, " "));
}

/* $W weekday, $d day, $M month's name, $y year, $h.$m from, $H.$N to. */
static const char *
write_pattern(struct arena *arena, const char *language, const char *pattern,
    const struct moment *at)
{
	struct buf out = buf_open(arena);

	for (; *pattern != '\0'; pattern++) {
		if (*pattern != '$' || pattern[1] == '\0') {
			buf_add_char(&out, *pattern);
			continue;
		}
		switch (*++pattern) {
		case 'W':
			buf_add(&out, nth_name(arena, words_get(arena,
			    language, "weekdays"), date_weekday(at->day) - 1));
			break;
		case 'M':
			buf_add(&out, nth_name(arena, words_get(arena,
			    language, "months"), at->day.month - 1));
			break;
		case 'd':
			buf_addf(&out, "%d", at->day.day);
			break;
		case 'y':
			buf_addf(&out, "%d", at->day.year);
			break;
		case 'h':
			buf_addf(&out, "%02d", at->hour);
			break;
		case 'm':
			buf_addf(&out, "%02d", at->minute);
			break;
		case 'H':
			buf_addf(&out, "%02d", at->to_hour);
			break;
		case 'N':
			buf_addf(&out, "%02d", at->to_minute);
			break;
		default:
			buf_add_char(&out, *pattern);
		}
	}
	return buf_text(&out);
}

static const char *
write_named(struct arena *arena, const char *language, const char *name,
    const struct moment *at)
{
	const char *pattern = words_get(arena, language, name);
	char iso[DATE_TEXT_BYTES];

	if (pattern != NULL)
		return write_pattern(arena, language, pattern, at);
	date_format(at->day, iso);
	return arena_strdup(arena, iso);
}

const char *
day_words(struct arena *arena, const char *language, struct date day)
{
	return write_named(arena, language, "day",
	    &(struct moment){ .day = day });
}

const char *
day_words_short(struct arena *arena, const char *language, struct date day)
{
	return write_named(arena, language, "day-short",
	    &(struct moment){ .day = day });
}

const char *
day_words_at(struct arena *arena, const char *language, int64_t at)
{
	struct local l = date_local(at);

	return write_named(arena, language, "day-at", &(struct moment){
	    .day = l.day, .hour = l.hour, .minute = l.minute });
}

const char *
day_words_time(struct arena *arena, const char *language, int64_t at)
{
	struct local l = date_local(at);

	return write_named(arena, language, "time", &(struct moment){
	    .day = l.day, .hour = l.hour, .minute = l.minute });
}

const char *
day_words_span(struct arena *arena, const char *language, int64_t start_at,
    int64_t end_at)
{
	struct local a = date_local(start_at), b = date_local(end_at);

	if (end_at <= start_at)
		return day_words_at(arena, language, start_at);
	if (date_compare(a.day, b.day) != 0)
		return arena_printf(arena, "%s – %s",
		    day_words_at(arena, language, start_at),
		    day_words_at(arena, language, end_at));
	return write_named(arena, language, "day-span", &(struct moment){
	    .day = a.day, .hour = a.hour, .minute = a.minute,
	    .to_hour = b.hour, .to_minute = b.minute });
}

const char *
words_join(struct arena *arena, const char *language,
    const char *const *words, size_t n)
{
	const char *last = words_get(arena, language, "and");
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && i + 1 == n)
			buf_addf(&out, " %s ", last == NULL ? "+" : last);
		else if (i > 0)
			buf_add(&out, ", ");
		buf_add(&out, words[i]);
	}
	return buf_text(&out);
}
