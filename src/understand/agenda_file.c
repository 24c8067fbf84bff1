/* SPDX-License-Identifier: MIT */
/* Lists in a text file. */
#include "understand/agenda_file.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* What stands behind «3.», «3)», «-», «*» or «+» at the margin (three blanks
 * at most, CommonMark §5.2; deeper is a note to a point); NULL. */
static const char *
entry(const char *line, bool numbers)
{
	size_t blanks = strspn(line, " "), digits;

	if (blanks > 3)
		return NULL;
	line += blanks;
	digits = strspn(line, "0123456789");
	if (numbers && digits > 0 && digits < 4 && (line[digits] == '.' ||
	    line[digits] == ')'))
		return line + digits + 1;
	if (!numbers && strchr("-*+", *line) != NULL && *line != '\0' &&
	    line[1] == ' ')
		return line + 1;
	return NULL;
}

/* Emphasis, a tick box and escapes are Markdown, not words. */
static const char *
plain(struct arena *arena, const char *text)
{
	char *out = text_squeeze(arena, text), *to = out;

	for (const char *at = out; *at != '\0'; at++) {
		if (*at == '*' || *at == '`')
			continue;
		if (*at == '\\' && at[1] != '\0' && strchr("\\`*_{}[]()#+-.!<>",
		    at[1]) != NULL)
			at++;
		*to++ = *at;
	}
	*to = '\0';
	return text_trim(arena, out);
}

static size_t
list_read(struct arena *arena, const char **lines, size_t n, bool numbers,
    struct buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < n && count < AGENDA_FILE_POINTS; i++) {
		const char *at = entry(lines[i], numbers), *title;

		if (at == NULL)
			continue;
		title = plain(arena, at);
		if (title[0] != '\0')
			buf_addf(out, "%zu. %s\n", ++count, title);
	}
	return count;
}

const char *
agenda_file_read(struct arena *arena, const char *text)
{
	struct buf numbered = buf_open(arena), dashed = buf_open(arena);
	const char **lines;
	size_t n;

	if (text == NULL)
		return NULL;
	lines = text_lines(arena, text, &n);
	if (list_read(arena, lines, n, true, &numbered) >= 2)
		return buf_text(&numbered);
	if (list_read(arena, lines, n, false, &dashed) >= 2)
		return buf_text(&dashed);
	return NULL;
}
