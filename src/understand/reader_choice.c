/* SPDX-License-Identifier: MIT */
/* «Kun tekst», «stor skrift», «in English please»: a short mail about how our
 * letters are to look, and nothing else. Phrases in reader_choice.lexicon. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"
#include "understand/sense.h"

#define WORDS_MOST 12	/* a longer mail says more than that */

/* « in english please »: lower case, one space around each word. */
static const char *
words_of(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);
	const char *at = text_lower(arena, text == NULL ? "" : text);
	bool in_word = false;

	buf_add_char(&out, ' ');
	while (*at != '\0') {
		uint32_t code = text_next(&at);
		bool is = text_is_letter(code);

		if (is)
			buf_add_code(&out, code);
		else if (in_word)
			buf_add_char(&out, ' ');
		in_word = is;
	}
	if (in_word)
		buf_add_char(&out, ' ');
	return buf_text(&out);
}

/* The choices that the words name, each once: "text large". */
static const char *
choices_in(struct arena *arena, const char *text)
{
	const struct embedded *file = embedded_find(
	    "src/understand/reader_choice.lexicon");
	const char *words = words_of(arena, text), **lines;
	struct buf out = buf_open(arena);
	size_t n;

	assert(file != NULL);
	lines = text_lines(arena, arena_strndup(arena, file->data, file->n),
	    &n);
	for (size_t i = 0; i < n; i++) {
		size_t kind = strcspn(lines[i], " ");
		const char *word = arena_strndup(arena, lines[i], kind);

		if (lines[i][0] == '#' || lines[i][0] == '[' ||
		    lines[i][kind] == '\0' || strstr(words, words_of(arena,
		    lines[i] + kind)) == NULL || (out.n > 0 &&
		    strstr(buf_text(&out), word) != NULL))
			continue;
		buf_addf(&out, "%s%s", out.n > 0 ? " " : "", word);
	}
	return out.n > 0 ? buf_text(&out) : NULL;
}

/* «Is the meeting in Danish only?» asks, and asks for nothing; «Kan jeg få
 * den med stor skrift?» does. */
static bool
is_plain_question(const struct sense *s)
{
	static const char *const asks[] = { "can", "could", "may", "kan",
		"kunne", "maa", "vil", "would", "please" };
	size_t at = s->tokens.text_at;

	if (at >= s->tokens.n || strchr(s->words.text, '?') == NULL)
		return false;
	for (; at < s->tokens.n; at++)
		for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++)
			if (strcmp(s->tokens.list[at].norm, asks[i]) == 0)
				return false;
	return true;
}

void
reader_choice_find(const struct sense *s, struct findings *f)
{
	const char *choices;
	struct finding *one;

	if (s->words.is_forward || sense_words(s) > WORDS_MOST ||
	    is_plain_question(s))
		return;
	choices = choices_in(s->arena, s->words.text);
	/* a subject alone, where it is no answer's */
	if (choices == NULL && sense_words(s) == 0 &&
	    !s->words.is_reply_subject)
		choices = choices_in(s->arena, s->words.subject);
	if (choices == NULL)
		return;
	one = finding_add(f, ACTION_READER_CHOICE, s->tokens.text_at);
	one->action.to = choices;
	one->action.email = s->who.email;
}
