/* SPDX-License-Identifier: MIT */
/* «Kun tekst», «stor skrift», «in English please»: a short mail about how our
 * letters are to look, and nothing else. Phrases in reader_choice.lexicon. */
#include <string.h>

#include "base/arena.h"
#include "understand/phrases.h"
#include "understand/sense.h"

#define WORDS_MOST 12	/* a longer mail says more than that */

/* In the order in which they are told. */
static const char *const choices[] = { "text", "html", "large", "normal",
	"english", "danish" };
#define CHOICES (sizeof choices / sizeof choices[0])

/* The longest phrase at the start of `low`, and whose it is. */
static size_t
choice_at(const char *low, size_t *choice)
{
	size_t best = 0;

	for (size_t i = 0; i < CHOICES; i++) {
		size_t n = phrases_at(phrases_section(
		    "src/understand/reader_choice.lexicon", choices[i]), low);

		if (n > best) {
			best = n;
			*choice = i;
		}
	}
	return best;
}

/* The choices that the words name, each once: "text large". */
static const char *
choices_in(struct arena *arena, const char *text)
{
	const char *at = phrases_text(arena, text == NULL ? "" : text);
	struct buf out = buf_open(arena);
	bool said[CHOICES] = { false };

	while (*at != '\0') {
		size_t choice = 0, n = choice_at(at, &choice);

		if (n > 0)
			said[choice] = true;
		at += n > 0 ? n : strcspn(at, " ");
		at += strspn(at, " ");
	}
	for (size_t i = 0; i < CHOICES; i++)
		if (said[i])
			buf_addf(&out, "%s%s", out.n > 0 ? " " : "",
			    choices[i]);
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
	const char *wanted;
	struct finding *one;

	if (s->words.is_forward || sense_words(s) > WORDS_MOST ||
	    is_plain_question(s))
		return;
	wanted = choices_in(s->arena, s->words.text);
	/* a subject alone, where it is no answer's */
	if (wanted == NULL && sense_words(s) == 0 &&
	    !s->words.is_reply_subject)
		wanted = choices_in(s->arena, s->words.subject);
	if (wanted == NULL)
		return;
	one = finding_add(f, ACTION_READER_CHOICE, s->tokens.text_at);
	one->action.to = wanted;
	one->action.email = s->who.email;
}
