/* SPDX-License-Identifier: MIT */
/* «find boliger 2025»: somebody with a place in a council looks something up.
 * Only where the whole mail is that one command, so that «Find vedlagt
 * referatet» is read as what it is. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/find_words.h"
#include "understand/sense.h"

/* The one line that was written; the subject where none was. NULL: more. */
static const char *
line_of(const struct sense *s)
{
	const char *text = text_trim(s->arena, sense_text(s));

	if (text[0] == '\0')
		return s->words.is_reply_subject ? NULL : s->words.subject;
	return strchr(text, '\n') == NULL ? text : NULL;
}

/* Subscribers have no place of their own: they get what is sent. */
static const struct world_body *
place_of(const struct sense *s)
{
	for (size_t i = 0; i < s->who.n_places; i++)
		if (s->who.places[i].person->role != ROLE_SUBSCRIBER)
			return s->who.places[i].body;
	return NULL;
}

bool
search_find(const struct sense *s, struct findings *f)
{
	const struct world_body *body = sense_body(s), *place = place_of(s);
	const char *line = line_of(s), *words;
	struct finding *one;

	if (line == NULL || s->words.is_forward || s->mail->n_attachments > 0
	    || place == NULL ||
	    (words = find_command_read(s->arena, line)) == NULL)
		return false;
	one = finding_add(f, ACTION_FIND, s->tokens.text_at);
	one->action.body = body != NULL && who_in(&s->who, body) != NULL ?
	    body->slug : place->slug;
	one->action.text = words;
	one->action.point = find_number_read(s->arena, words);
	return true;
}
