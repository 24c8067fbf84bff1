/* SPDX-License-Identifier: MIT */
/* Somebody of a council looks up what it has said, and gets one letter. */
#include "council/find.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "council/deed.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "understand/find_words.h"

#define HITS_MOST 20		/* a letter is read, not leafed through */

/* --- where ------------------------------------------------------------------- */

static bool
sees_closed(enum role role)
{
	return role == ROLE_CHAIR || role == ROLE_VICE_CHAIR ||
	    role == ROLE_MEMBER || role == ROLE_APPOINTEE ||
	    role == ROLE_SECRETARY;
}

const char *
find_inside(struct arena *arena, const struct world *world,
    const char *email)
{
	struct buf out = buf_open(arena);

	buf_add_char(&out, ' ');
	for (size_t b = 0; b < world->n_bodies; b++) {
		const struct world_body *body = &world->bodies[b];
		bool in = email == NULL;

		for (size_t i = 0; i < body->n_people && !in; i++)
			in = sees_closed(body->people[i].role) &&
			    text_equal_nocase(body->people[i].email, email);
		if (in)
			buf_addf(&out, "%s ", body->slug);
	}
	return buf_text(&out);
}

/* --- what -------------------------------------------------------------------- */

static void
year_set(struct find_wish *wish, int year)
{
	wish->from_at = year == 0 ? 0 : date_at((struct date){ year, 1, 1 },
	    0, 0);
	wish->to_at = year == 0 ? INT64_MAX : date_at((struct date){
	    year + 1, 1, 1 }, 0, 0);
}

enum rc
find_run(struct council *council, struct arena *arena, const char *words,
    const char *inside, size_t limit, struct find_row **rows, size_t *n,
    size_t *all, struct err *err)
{
	struct find_words find;
	struct find_wish wish = { .inside = inside, .limit = limit };

	if (!find_words_read(arena, words, &find))
		return fail(err, RC_NONE, "there is no word to look for");
	wish.match = find.match;
	year_set(&wish, find.year);
	return find_search(council->store, arena, &wish, rows, n, all, err);
}

/* --- the letter --------------------------------------------------------------- */

static void
row_fields(const struct act *act, const char *language,
    const struct find_row *row, const struct world_body *own,
    struct json_fields *fields)
{
	const struct world_body *body = world_body(act->council->world,
	    row->body);

	fields_number(fields, "number", (long)row->number);
	fields_text(fields, "what", words_get(act->arena, language,
	    arena_printf(act->arena, "found-%s", row->kind)));
	fields_text(fields, "day", day_words(act->arena, language,
	    date_local(row->at).day));
	fields_text(fields, "council", body == NULL || body == own ? NULL :
	    body->name);
	fields_text(fields, "item", row->item == 0 ? NULL : arena_printf(
	    act->arena, "%lld", (long long)row->item));
	fields_text(fields, "title", row->title);
	fields_flag(fields, "closed", row->closed);
	fields_text(fields, "line", row->line);
}

/* The words as she or he wrote them, a paragraph a line. */
static void
text_fields(const struct act *act, const struct find_row *row,
    struct json_fields *fields)
{
	const char *parts[] = { row->words, row->decision };

	for (size_t k = 0; k < 2; k++) {
		size_t n;
		const char **lines = parts[k] == NULL ? NULL :
		    text_lines(act->arena, parts[k], &n);

		for (size_t i = 0; lines != NULL && i < n; i++) {
			const char *line = text_squeeze(act->arena, lines[i]);
			struct json_fields *item;

			if (line[0] == '\0')
				continue;
			item = fields_item(fields, k == 0 ? "lines" :
			    "decisions");
			fields_text(item, "text", line);
		}
	}
}

static enum rc
text_show(struct act *act, const struct action *action, const char *inside,
    struct deed_end *end, struct err *err)
{
	const char *language = act_language(act, end->body);
	struct find_row row;
	enum rc rc = find_load(act->council->store, act->arena,
	    action->point, inside, &row, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	fields_flag(end->fields, "one", rc == RC_OK);
	fields_flag(end->fields, "gone", rc == RC_NONE);
	fields_number(end->fields, "asked_number", action->point);
	if (rc == RC_NONE)
		return RC_OK;
	row_fields(act, language, &row, end->body, end->fields);
	text_fields(act, &row, end->fields);
	return RC_OK;
}

static enum rc
hits_show(struct act *act, const struct action *action, const char *inside,
    struct deed_end *end, struct err *err)
{
	const char *language = act_language(act, end->body);
	struct find_row *rows;
	size_t n, all;
	enum rc rc = find_run(act->council, act->arena, action->text, inside,
	    HITS_MOST, &rows, &n, &all, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no words") : rc;
	fields_text(end->fields, "words", action->text);
	fields_number(end->fields, "n", (long)n);
	fields_number(end->fields, "all", (long)all);
	fields_flag(end->fields, "more", all > n);
	for (size_t i = 0; i < n; i++)
		row_fields(act, language, &rows[i], end->body,
		    fields_item(end->fields, "hits"));
	return RC_OK;
}

/* What the letter may name; most of it is left out of each. */
static struct json_fields *
fields_empty(struct arena *arena)
{
	static const char *const texts[] = { "words", "n", "all",
		"asked_number", "what", "day", "council", "item", "title" };
	struct json_fields *fields = fields_open(arena);

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		fields_text(fields, texts[i], NULL);
	fields_flag(fields, "more", false);
	fields_flag(fields, "one", false);
	fields_flag(fields, "gone", false);
	fields_flag(fields, "closed", false);
	return fields;
}

/* Only for the sender's own, verified address: a hit may be a closed point. */
static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const char *inside;

	(void)journal_id;
	if (!act->sender.verified || act->sender.email == NULL ||
	    action->text == NULL)
		return fail(err, RC_PARK, "not a verified sender");
	inside = find_inside(act->arena, act->council->world,
	    act->sender.email);
	end->template = "receipt-find";
	end->fields = fields_empty(act->arena);
	end->no_line = true;	/* to look changes nothing */
	return action->point > 0 ? text_show(act, action, inside, end, err) :
	    hits_show(act, action, inside, end, err);
}

const struct deed deed_find = {
	.action = ACTION_FIND,
	.who = MAY_MEMBER,
	.run = run,
};
