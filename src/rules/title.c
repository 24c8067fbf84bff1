/* SPDX-License-Identifier: MIT */
/* Titles out of sentences. */
#include "rules/title.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static size_t
first_word(const char *title)
{
	return strcspn(title, " \t,:;.!?");
}

static bool
is_question(struct arena *arena, const char *title, const char *asking)
{
	const char *word = text_lower(arena, arena_strndup(arena, title,
	    first_word(title)));

	return asking != NULL && *word != '\0' && strstr(arena_printf(arena,
	    " %s ", asking), arena_printf(arena, " %s ", word)) != NULL;
}

/* ASCII and Latin-1; the rest of the alphabets is left as written. */
static uint32_t
upper(uint32_t code)
{
	if ((code >= 'a' && code <= 'z') || (code >= 0xE0 && code <= 0xFE &&
	    code != 0xF7))
		return code - 0x20;
	return code;
}

static bool
has_capital(const char *word, size_t n)
{
	for (const char *at = word; at < word + n;) {
		uint32_t code = text_next(&at);

		if (text_lower_code(code) != code)
			return true;
	}
	return false;
}

const char *
title_nice(struct arena *arena, const char *title, const char *asking)
{
	struct buf out = buf_open(arena);
	const char *at;
	size_t n;
	bool question;

	if (title == NULL)
		return NULL;
	title = text_squeeze(arena, title);
	n = strlen(title);
	question = n > 0 && title[n - 1] == '?' && is_question(arena, title,
	    asking);
	while (n > 0 && strchr(".,;:!? ", title[n - 1]) != NULL)
		n--;
	/* «m.v.», «osv.», «kl. 16-18 m.fl.» end in a mark of their own */
	if (n > 2 && title[n] == '.' && title[n - 2] == '.')
		n++;
	if (n == 0)
		return title;
	title = arena_strndup(arena, title, n);
	at = title;
	if (!has_capital(title, first_word(title)))
		buf_add_code(&out, upper(text_next(&at)));
	buf_add(&out, at);
	if (question)
		buf_add_char(&out, '?');
	return buf_text(&out);
}
