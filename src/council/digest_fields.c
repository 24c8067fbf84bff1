/* SPDX-License-Identifier: MIT */
/* What was done by itself, in a few lines. */
#include "council/digest_fields.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/purpose.h"

#define WEEK_S (7 * 86400)	/* where there was no letter before */
#define DAY_S 86400		/* within which an answer may well come */
#define NAMES_MOST 4		/* of one line: the journal has them all */

enum rc
digest_load(struct council *council, struct arena *arena, const char *body,
    struct digest *digest, struct err *err)
{
	struct store *store = council->store;
	struct digest d = { .body = body };
	int64_t last_id = 0, since = council->now_at - WEEK_S;
	enum rc rc = digest_last(store, body, &last_id, &since, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if ((rc = digest_deeds(store, arena, body, since, &d.deeds,
	    &d.n_deeds, err)) != RC_OK ||
	    (rc = digest_dues(store, arena, since, &d.dues, &d.n_dues,
	    err)) != RC_OK ||
	    (rc = digest_sent(store, arena, body, last_id, last_id == 0 ?
	    since : 0, &d.sent, &d.n_sent, err)) != RC_OK ||
	    (rc = digest_trouble(store, arena, body, since, &d.trouble,
	    &d.n_trouble, err)) != RC_OK ||
	    (rc = digest_unanswered(store, arena, body,
	    council->now_at - DAY_S, council->now_at, &d.unanswered,
	    &d.n_unanswered, err)) != RC_OK)
		return rc;
	*digest = d;
	return RC_OK;
}

/* «invitation/udsatteraad/2026-11-26»: its name, and the meeting after it;
 * NULL where it is of another body, or of none. */
static const char *
due_meeting(struct arena *arena, const struct digest *d, const char *key,
    const char **name)
{
	const char *at = strchr(key, '/');
	size_t n = d->body == NULL ? 0 : strlen(d->body);

	if (at == NULL || n == 0 || strncmp(at + 1, d->body, n) != 0 ||
	    at[n + 1] != '/')
		return NULL;
	*name = arena_strndup(arena, key, (size_t)(at - key));
	at++;
	return arena_strndup(arena, at, n + 1 + strcspn(at + n + 1, "/"));
}

bool
digest_has(const struct digest *d)
{
	struct arena *arena = arena_open();
	const char *name;
	bool has = d->n_trouble > 0;

	for (size_t i = 0; i < d->n_deeds && !has; i++)
		has = words_get(arena, "da", arena_printf(arena, "did-%s",
		    d->deeds[i].what)) != NULL;
	for (size_t i = 0; i < d->n_dues && !has; i++)
		has = due_meeting(arena, d, d->dues[i].what, &name) != NULL &&
		    words_get(arena, "da", arena_printf(arena, "due-%s",
		    name)) != NULL;
	for (size_t i = 0; i < d->n_sent && !has; i++)
		has = d->sent[i].kind != LETTER_DECISION &&
		    d->sent[i].kind != LETTER_NOTICE;
	arena_close(&arena);
	return has;
}

/* --- deeds ------------------------------------------------------------------- */

/* What of a deed may be named: who comes, which points; never an applicant. */
static const char *
name_of(const struct council *council, const struct digest_row *row)
{
	enum action_kind kind;

	if (!action_read(row->what, &kind))
		return NULL;
	switch (kind) {
	case ACTION_ABSENCE:
	case ACTION_ATTENDANCE:
	case ACTION_TENTATIVE:
	case ACTION_SUBSTITUTE:
		return facts_name(council->world, row->who);
	case ACTION_AGENDA_ITEM:
	case ACTION_IDEA:
		return row->label;
	default:
		return NULL;
	}
}

static void
deed_line(const struct council *council, struct arena *arena,
    const char *language, const struct digest *d, size_t first,
    struct json_fields *fields)
{
	const char *what = words_get(arena, language, arena_printf(arena,
	    "did-%s", d->deeds[first].what));
	struct buf names = buf_open(arena);
	struct json_fields *item;
	size_t n = 0, named = 0;

	if (what == NULL)
		return;
	for (size_t i = first; i < d->n_deeds; i++) {
		const char *name;

		if (strcmp(d->deeds[i].what, d->deeds[first].what) != 0)
			continue;
		n++;
		name = name_of(council, &d->deeds[i]);
		if (name == NULL || name[0] == '\0' || named > NAMES_MOST)
			continue;
		if (named++ == NAMES_MOST)
			buf_add(&names, " …");
		else
			buf_addf(&names, "%s%s", names.n > 0 ? ", " : "",
			    name);
	}
	item = fields_item(fields, "done");
	fields_text(item, "what", what);
	fields_number(item, "n", (long)n);
	fields_text(item, "names", names.n > 0 ? buf_text(&names) : NULL);
}

static void
deeds_fields(const struct council *council, struct arena *arena,
    const char *language, const struct digest *d, struct json_fields *fields)
{
	for (size_t i = 0; i < d->n_deeds; i++) {
		bool first = true;

		for (size_t k = 0; k < i && first; k++)
			first = strcmp(d->deeds[k].what,
			    d->deeds[i].what) != 0;
		if (first)
			deed_line(council, arena, language, d, i, fields);
	}
}

/* --- the rest ---------------------------------------------------------------- */

static void
dues_fields(const struct council *council, struct arena *arena,
    const char *language, const struct digest *d, struct json_fields *fields)
{
	for (size_t i = 0; i < d->n_dues; i++) {
		const char *name = NULL, *what, *id = due_meeting(arena, d,
		    d->dues[i].what, &name);
		const struct world_meeting *meeting = id == NULL ? NULL :
		    world_meeting(council->world, id, NULL);
		struct json_fields *item;

		what = id == NULL ? NULL : words_get(arena, language,
		    arena_printf(arena, "due-%s", name));
		if (what == NULL)
			continue;
		item = fields_item(fields, "dues");
		fields_text(item, "what", what);
		fields_text(item, "meeting", meeting == NULL ? NULL :
		    day_words(arena, language, meeting->day));
	}
}

static void
sent_fields(struct arena *arena, const char *language,
    const struct digest *d, struct json_fields *fields)
{
	int64_t others = 0;
	struct json_fields *item;

	for (size_t i = 0; i < d->n_sent; i++) {
		const char *what = words_get(arena, language, arena_printf(
		    arena, "letters-%s",
		    world_letter_kind_word(d->sent[i].kind)));

		if (d->sent[i].kind == LETTER_DECISION)
			continue;
		if (what == NULL) {
			others += d->sent[i].n;
			continue;
		}
		item = fields_item(fields, "sent");
		fields_text(item, "what", what);
		fields_number(item, "n", (long)d->sent[i].n);
	}
	if (others > 0) {
		item = fields_item(fields, "sent");
		fields_text(item, "what", words_get(arena, language,
		    "letters-other"));
		fields_number(item, "n", (long)others);
	}
}

static void
trouble_fields(struct arena *arena, const char *language,
    const struct digest *d, struct json_fields *fields)
{
	for (size_t i = 0; i < d->n_trouble; i++) {
		struct json_fields *item = fields_item(fields, "trouble");

		fields_number(item, "letter", (long)d->trouble[i].letter_id);
		fields_text(item, "to", d->trouble[i].to);
		fields_text(item, "words", words_get(arena, language,
		    arena_printf(arena, "letter-%s",
		    letter_state_word(d->trouble[i].state))));
	}
}

void
digest_fields(struct council *council, struct arena *arena,
    const char *language, const struct digest *d, struct json_fields *fields)
{
	deeds_fields(council, arena, language, d, fields);
	dues_fields(council, arena, language, d, fields);
	sent_fields(arena, language, d, fields);
	trouble_fields(arena, language, d, fields);
	for (size_t i = 0; i < d->n_unanswered; i++) {
		struct json_fields *item = fields_item(fields, "unanswered");

		fields_text(item, "who", facts_name(council->world,
		    d->unanswered[i].who));
		fields_text(item, "since", day_words(arena, language,
		    date_local(d->unanswered[i].at).day));
	}
}
