/* SPDX-License-Identifier: MIT */
/* The secretary calls for members, and appoints from the list that came of
 * it. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/seat_words.h"
#include "understand/sense.h"

#define LEXICON "src/understand/seat.lexicon"
#define ADDRESSES_MOST 1000	/* of a list; more is no list of ours */

static bool
leads_any(const struct sense *s)
{
	for (size_t b = 0; b < s->world->n_bodies; b++)
		if (sense_is_lead(s, &s->world->bodies[b]))
			return true;
	return false;
}

/* The day behind «frist», else the last day told: «fra 1. til 12. august». */
static bool
call_deadline(const struct sense *s, struct date *day)
{
	bool found = false, firm = false;

	for (size_t i = 0; i < s->n_whens; i++) {
		const struct when *w = &s->whens[i];
		struct date on;
		bool behind = sense_has_in(s, MEANS_DEADLINE,
		    tokens_clause_begin(&s->tokens, w->begin), w->end);

		if ((firm && !behind) || !when_day(w, s->sent_day, true, &on))
			continue;
		*day = w->is_range ? w->last : on;
		found = true;
		firm = firm || behind;
	}
	return found;
}

/* Addresses among some tokens, each once, our own left out. */
static void
addresses_add(const struct sense *s, const struct tokens *t, struct buf *out,
    size_t *n)
{
	for (size_t i = 0; i < t->n && *n < ADDRESSES_MOST; i++) {
		const char *email = t->list[i].norm;

		if (t->list[i].kind != TOKEN_EMAIL ||
		    thread_address(s->world, email, NULL, NULL) ||
		    seat_in_words(buf_text(out), email))
			continue;
		buf_addf(out, "%s%s", out->n > 0 ? " " : "", email);
		(*n)++;
	}
}

/* In the words and in what is attached as text or a spreadsheet's CSV, whose
 * separators are no part of an address. */
const char *
sense_addresses(const struct sense *s)
{
	struct buf out = buf_open(s->arena);
	size_t n = 0;

	addresses_add(s, &s->tokens, &out, &n);
	for (size_t i = 0; i < s->mail->n_attachments; i++) {
		struct tokens tokens;
		char *text;

		if (s->mail->attachments[i].text == NULL)
			continue;
		text = arena_strdup(s->arena, s->mail->attachments[i].text);
		for (char *c = text; *c != '\0'; c++)
			if (*c == ';' || *c == '"' || *c == '\t')
				*c = ' ';
		tokens_read(s->arena, "", false, text, &tokens);
		addresses_add(s, &tokens, &out, &n);
	}
	return n > 0 ? buf_text(&out) : NULL;
}

/* «Åbn for ansøgninger til Udsatterådet, frist 12. august, til: a@…». A
 * citizen who repeats these words calls nobody. */
bool
call_find(const struct sense *s, struct findings *f)
{
	const struct world_body *body = sense_body(s);
	struct finding *one;

	if (!leads_any(s) || s->words.is_forward || phrases_in(
	    phrases_section(LEXICON, "call"), text_lower(s->arena,
	    sense_text(s)), NULL) == NULL)
		return false;
	one = finding_add(f, ACTION_CALL_OPEN, s->tokens.text_at);
	one->action.to = sense_addresses(s);
	one->action.text = sense_text(s);
	if (!call_deadline(s, &one->action.deadline_day)) {
		one->need = NEED_ASK;
		one->reason = "call-deadline";
		one->drop_action = true;
	}
	if (body == NULL)
		finding_ask_body(s, one);
	else
		one->action.body = body->slug;
	return true;
}

/* «Udpeg 1, 3 og 4; afslag til resten», as an answer to the list. */
bool
appoint_find(const struct sense *s, struct findings *f)
{
	const char *choice = seat_choice_read(s->arena, sense_text(s));
	struct finding *one;

	if (choice == NULL && strpbrk(sense_text(s), "0123456789") == NULL)
		return false;
	if (choice == NULL) {
		finding_none(f, NEED_ASK, "which-numbers",
		    s->tokens.text_at);
		return true;
	}
	one = finding_add(f, ACTION_APPOINT, s->tokens.text_at);
	one->action.body = s->thread.body != NULL ? s->thread.body->slug :
	    NULL;
	one->action.title = choice;
	one->action.ref = s->thread.letter->message_id;
	one->action.token = s->thread.token;
	return true;
}
