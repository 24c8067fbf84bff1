/* SPDX-License-Identifier: MIT */
/* What the families of action ask of one mail, and where they put what they
 * found. */
#include "understand/sense.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/cpr.h"

static const struct finding none = {
	.action = { .part = -1 },
};

struct finding *
finding_add(struct findings *f, enum action_kind kind, size_t at)
{
	if (f->n == FINDINGS_MAX) {
		f->overflow = true;
		f->spare = none;
		return &f->spare;
	}
	f->list[f->n] = none;
	f->list[f->n].action.kind = kind;
	f->list[f->n].at = at;
	return &f->list[f->n++];
}

struct finding *
finding_none(struct findings *f, enum need need, const char *reason,
    size_t at)
{
	struct finding *finding = finding_add(f, ACTION_KINDS, at);

	finding->need = need;
	finding->reason = reason;
	finding->drop_action = true;
	return finding;
}

bool
findings_has(const struct findings *f, enum action_kind kind)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].action.kind == kind)
			return true;
	return false;
}

void
findings_why(struct findings *f, const char *format, ...)
{
	va_list args;

	if (f->n_why == sizeof(f->why) / sizeof(f->why[0]))
		return;
	va_start(args, format);
	f->why[f->n_why++] = arena_vprintf(f->arena, format, args);
	va_end(args);
}

const struct match *
sense_first(const struct sense *s, enum meaning meaning, size_t from)
{
	for (size_t i = from; i < s->n_matches; i++)
		if (s->matches[i].meaning == meaning
		    && !s->tokens.list[s->matches[i].begin].context)
			return &s->matches[i];
	return NULL;
}

bool
sense_has(const struct sense *s, enum meaning meaning)
{
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == meaning)
			return true;
	return false;
}

bool
sense_says(const struct sense *s, enum meaning meaning)
{
	return sense_first(s, meaning, 0) != NULL;
}

bool
sense_has_in(const struct sense *s, enum meaning meaning, size_t begin,
    size_t end)
{
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == meaning
		    && s->matches[i].begin >= begin
		    && s->matches[i].end <= end)
			return true;
	return false;
}

const char *
sense_text(const struct sense *s)
{
	return cpr_mask(s->arena, s->words.text, CPR_POSSIBLE, NULL);
}

const char *
sense_cut(const struct sense *s, size_t begin, size_t end)
{
	const char *text = tokens_text(s->arena, &s->tokens, begin, end);

	return cpr_mask(s->arena, text_trim(s->arena, text), CPR_POSSIBLE,
	    NULL);
}

size_t
sense_words(const struct sense *s)
{
	size_t n = 0;

	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++)
		n += s->tokens.list[i].kind != TOKEN_MARK;
	return n;
}

bool
sense_is_letter(const struct sense *s, enum letter_kind kind)
{
	return s->thread.letter != NULL && s->thread.letter->kind == kind;
}

const struct world_body *
sense_body(const struct sense *s)
{
	return s->n_bodies == 1 ? s->bodies[0] : NULL;
}

enum role
sense_role(const struct sense *s, const struct world_body *body)
{
	const struct world_person *person = body == NULL ? NULL
	    : who_in(&s->who, body);

	return person == NULL ? ROLE_NONE : person->role;
}

bool
sense_is_lead(const struct sense *s, const struct world_body *body)
{
	enum role role = sense_role(s, body);

	return role == ROLE_CHAIR || role == ROLE_SECRETARY;
}

void
finding_ask_body(const struct sense *s, struct finding *f)
{
	f->need = NEED_ASK;
	f->reason = "which-body";
	for (size_t i = 0; i < s->n_bodies && f->n_choices < 8; i++)
		f->choices[f->n_choices++] = s->bodies[i]->slug;
	for (size_t b = 0; s->n_bodies == 0 && b < s->world->n_bodies
	    && f->n_choices < 8; b++)
		if (s->world->bodies[b].kind == BODY_COUNCIL)
			f->choices[f->n_choices++] = s->world->bodies[b].slug;
}
