/* SPDX-License-Identifier: MIT */
/* One sentence about a meeting, read by its signs. */
#include "understand/meeting_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"

#define LEXICON "src/understand/meeting.lexicon"
#define NAME_WORDS 8	/* of a guest, with the title of the job */

static const struct phrases *
section(const char *name)
{
	return phrases_section(LEXICON, name);
}

bool
meeting_says(const char *name, const char *low)
{
	return phrases_in(section(name), low, NULL) != NULL;
}

/* --- hours ------------------------------------------------------------------ */

static const char *
blanks(const char *at)
{
	return at + strspn(at, " \t\n");
}

/* «16», «16.30», «16:30»; NULL where none is. */
static const char *
clock_read(const char *at, int *minutes)
{
	char *end;
	long hour, minute = 0;

	if (*at < '0' || *at > '9')
		return NULL;
	hour = strtol(at, &end, 10);
	if (hour > 24 || end - at > 2)
		return NULL;
	if ((*end == '.' || *end == ':') && end[1] >= '0' && end[1] <= '5' &&
	    end[2] >= '0' && end[2] <= '9' && !(end[3] >= '0' &&
	    end[3] <= '9')) {
		minute = (end[1] - '0') * 10 + end[2] - '0';
		end += 3;
	}
	*minutes = (int)(hour * 60 + minute);
	return end;
}

/* A dash of any kind, or «til», with «kl.» behind it. */
static const char *
to_read(const char *at)
{
	static const char *const dashes[] = { "-", "\xe2\x80\x93",
		"\xe2\x80\x94" };
	const char *from = at;
	size_t n;

	at = blanks(at);
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
		if (text_starts(at, dashes[i]))
			return blanks(at + strlen(dashes[i]));
	if (at == from || (n = phrases_at(section("until"), at)) == 0)
		return NULL;
	at = blanks(at + n);
	if ((n = phrases_at(section("hour"), at)) > 0)
		at = blanks(at + n + (at[n] == '.'));
	return at;
}

static bool
span_read(const char *at, bool both, int *start, int *end)
{
	const char *next = clock_read(at, start), *to;

	if (next == NULL)
		return false;
	to = to_read(next);
	*end = MEETING_UNTOLD;
	if (to != NULL && (next = clock_read(to, end)) == NULL)
		*end = MEETING_UNTOLD;
	return !both || *end != MEETING_UNTOLD;
}

static bool
is_start(const char *low, const char *at)
{
	return at == low || strchr(" \t\n(,;:.", at[-1]) != NULL;
}

/* «… og slutter kl. 18»: told between the last hour and this one. */
static bool
is_end(struct arena *arena, const char *from, const char *at)
{
	return meeting_says("ends", arena_strndup(arena, from,
	    (size_t)(at - from)));
}

static void
hours_read(struct arena *arena, const char *low, struct meeting_facts *f)
{
	const char *from = low;

	for (const char *at = low; *at != '\0'; at++) {
		int start, end;
		size_t n = is_start(low, at) ? phrases_at(section("hour"),
		    at) : 0;
		const char *to = n == 0 ? at : blanks(at + n + (at[n] ==
		    '.'));
		/* without «kl.» only a whole span with its minutes is one */
		bool bare = n == 0 && is_start(low, at) && at[0] >= '0' &&
		    at[0] <= '9' && strcspn(at, ".:") <= 2 && at[strcspn(at,
		    ".:")] != '\0' && at[strcspn(at, ".:") + 1] >= '0' &&
		    at[strcspn(at, ".:") + 1] <= '9';

		if ((n == 0 && !bare) || !span_read(to, bare, &start, &end))
			continue;
		if (is_end(arena, from, at)) {
			f->end_min = start;
			return;
		}
		if (f->start_min == MEETING_UNTOLD) {
			f->start_min = start;
			f->end_min = end;
		}
		if (end != MEETING_UNTOLD)
			return;
		from = at = to;
	}
}

/* --- places and themes ------------------------------------------------------ */

/* The end of what a name may be: a comma, a stop, or a word of [stop]. */
static size_t
name_length(const char *low, bool commas)
{
	size_t n = 0;

	for (; low[n] != '\0'; n++) {
		const char *next = low + n + 1;

		if (strchr(";\n!?", low[n]) != NULL || (low[n] == ',' &&
		    (commas || phrases_at(section("stop"), blanks(next)) > 0
		    || phrases_at(section("place"), blanks(next)) > 0)))
			break;
		if (low[n] == '.' && (*next == '\0' || *next == ' ' ||
		    *next == '\n'))
			break;
		if (low[n] == ' ' && phrases_at(section("stop"), next) > 0)
			break;
	}
	return n;
}

static const char *
cut(struct arena *arena, const char *text, size_t n)
{
	static const char *const marks[] = { "\"", "\xc2\xab", "\xc2\xbb",
		"\xe2\x80\x9d", "\xe2\x80\x9c", "'", "." };
	const char *name = text_squeeze(arena, arena_strndup(arena, text, n));

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		size_t length = strlen(marks[i]);

		if (text_starts(name, marks[i]))
			name += length;
		if (strlen(name) > length && text_ends(name, marks[i]))
			name = arena_strndup(arena, name, strlen(name) -
			    length);
	}
	return *name == '\0' ? NULL : name;
}

/* «sted: X», «temaet er X»: behind a colon or a whole phrase of two words. */
static const char *
labelled(struct arena *arena, const char *name, const char *text,
    const char *low, bool commas)
{
	for (const char *at = low; *at != '\0'; at++) {
		size_t n = is_start(low, at) ? phrases_at(section(name), at) :
		    0;
		const char *to;
		bool two = n > 0 && memchr(at, ' ', n) != NULL;

		if (n == 0)
			continue;
		to = blanks(at + n);
		if (*to == ':')
			to = blanks(to + 1);
		else if (strchr(to, ':') != NULL && (size_t)(strchr(to, ':') -
		    to) < 80 && two)
			to = blanks(strchr(to, ':') + 1); /* «nyt sted for …:» */
		else if (!two)
			continue;
		return cut(arena, text + (to - low), name_length(to, commas));
	}
	return NULL;
}

static bool
is_day_word(const char *low)
{
	static const char *const words[] = { "mandag", "tirsdag", "onsdag",
		"torsdag", "fredag", "l\xc3\xb8rdag", "s\xc3\xb8ndag",
		"januar", "februar", "marts", "april", "maj", "juni", "juli",
		"august", "september", "oktober", "november", "december",
		"monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday", "january", "february", "march", "may",
		"june", "july", "october" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (text_starts(low, words[i]))
			return true;
	return low[0] >= '0' && low[0] <= '9';
}

/* «på biblioteket», «i Kulturhuset», «hos Kirkens Korshær»: the last such
 * place of the sentence that is no day. */
static const char *
place_loose(struct arena *arena, const char *text, const char *low)
{
	const char *found = NULL;

	for (const char *at = low; *at != '\0'; at++) {
		size_t n = is_start(low, at) ? phrases_at(section("at"), at) :
		    0;
		const char *to = at + n;

		if (n == 0 || *to != ' ' || is_day_word(blanks(to)) ||
		    phrases_at(section("no-place"), blanks(to)) > 0)
			continue;
		found = blanks(to);
	}
	return found == NULL ? NULL : cut(arena, text + (found - low),
	    name_length(found, true));
}

void
meeting_words_read(struct arena *arena, const char *sentence, bool loose,
    struct meeting_facts *f)
{
	const char *low = text_lower(arena, sentence);

	if (strlen(low) != strlen(sentence))
		return;	/* letters of another length: offsets would lie */
	hours_read(arena, low, f);
	if (f->theme == NULL)
		f->theme = labelled(arena, "theme", sentence, low, false);
	if (f->place == NULL)
		f->place = labelled(arena, "place", sentence, low, false);
	if (f->place == NULL && loose)
		f->place = place_loose(arena, sentence, low);
}

/* --- guests ----------------------------------------------------------------- */

void
meeting_guest_read(struct arena *arena, const char *sentence,
    struct meeting_facts *f)
{
	const char *low = text_lower(arena, sentence), *at;
	size_t n, length = 0, words = 0;

	if (strlen(low) != strlen(sentence) || (at = phrases_in(section(
	    "guest"), low, &n)) == NULL)
		return;
	at = blanks(at + n);
	while (at[length] != '\0' && strchr("(<,;:\n@", at[length]) == NULL &&
	    words < NAME_WORDS) {
		if (at[length] == ' ') {
			words++;
			if (phrases_at(section("until"), at + length + 1) > 0
			    || phrases_at(section("matter"), at + length +
			    1) > 0)
				break;
		}
		length++;
	}
	/* an address without brackets is no name */
	if (at[length] == '@')
		while (length > 0 && at[length] != ' ')
			length--;
	f->name = cut(arena, sentence + (at - low), length);
	at = phrases_in(section("point"), low, &n);
	if (at != NULL) {
		long number = strtol(blanks(at + n + (at[n] == '.')), NULL,
		    10);

		if (number > 0 && number < 100)
			f->point = (int)number;
	}
	at = phrases_in(section("matter"), low, &n);
	if (at != NULL)
		f->matter = cut(arena, sentence + (blanks(at + n) - low),
		    name_length(blanks(at + n), true));
	hours_read(arena, low, f);
}

const char *
meeting_title_read(struct arena *arena, const char *text)
{
	const char *low = text_lower(arena, text);

	return strlen(low) != strlen(text) ? NULL : labelled(arena, "title",
	    text, low, false);
}
