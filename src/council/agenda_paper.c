/* SPDX-License-Identifier: MIT */
/* An agenda's facts for the paper. */
#include "council/agenda_paper.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "outbox/paper_make.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/meeting.h"

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

static void
point_add(const struct gathering *g, const struct agenda_point *p, size_t at,
    bool inside, struct json_fields *fields)
{
	struct json_fields *item = fields_item(fields, "points");

	fields_number(item, "number", (long)at + 1);
	fields_text(item, "title", p->title[0] != '\0' ? p->title :
	    word(g, "closed-point"));
	fields_text(item, "proposer", p->by);
	fields_text(item, "words", inside ? p->words : NULL);
	fields_flag(item, "closed", p->closed && p->title[0] != '\0');
}

/* Closed points as the members know them: none may stand in the public's. */
static enum rc
secrets_of(const struct gathering *g, const struct agenda_row *row,
    const char ***secrets, size_t *n, struct err *err)
{
	struct agenda all;
	enum rc rc = agenda_points(g->council->store, g->arena,
	    row->agenda_id, AUDIENCE_MEMBERS, &all, err);

	if (rc != RC_OK)
		return rc;
	*secrets = arena_array(g->arena, 2 * all.n + 1, sizeof **secrets);
	for (size_t i = 0; i < all.n; i++) {
		if (!all.points[i].closed)
			continue;
		(*secrets)[(*n)++] = all.points[i].title;
		if (all.points[i].words != NULL)
			(*secrets)[(*n)++] = all.points[i].words;
	}
	return RC_OK;
}

enum rc
agenda_paper(const struct gathering *g, const struct agenda_row *row,
    enum audience audience, struct bytes *pdf, struct err *err)
{
	struct json_fields *fields = fields_open(g->arena);
	const char **secrets = NULL;
	struct paper_draft draft = { .template = "paper-agenda",
		.language = g->language, .body = g->body,
		.ref = g->meeting->id, .fields = fields,
		.made_at = row->made_at };
	struct agenda agenda;
	enum rc rc;

	if ((rc = agenda_points(g->council->store, g->arena, row->agenda_id,
	    audience, &agenda, err)) != RC_OK ||
	    (audience != AUDIENCE_MEMBERS && (rc = secrets_of(g, row,
	    &secrets, &draft.n_secrets, err)) != RC_OK))
		return rc;
	draft.secrets = secrets;
	gathering_fields(g, fields);
	fields_flag(fields, "is_draft", row->state == AGENDA_DRAFT);
	fields_text(fields, "made", day_words(g->arena, g->language,
	    date_local(row->made_at).day));
	for (size_t i = 0; i < agenda.n; i++)
		point_add(g, &agenda.points[i], i, audience ==
		    AUDIENCE_MEMBERS, fields);
	return paper_make(g->council->outbox, g->arena, &draft, pdf, err);
}

enum rc
paper_is_wanted(const struct gathering *g, struct err *err)
{
	const char *value;
	enum rc rc;

	if (g->council->outbox->paper == NULL)
		return RC_NONE;
	rc = rule_load(g->council->store, g->arena, g->body->slug, "paper",
	    &value, err);
	return rc == RC_OK && !text_equal_nocase(value, "yes") ? RC_NONE : rc;
}

const char *
paper_name(const struct gathering *g, const char *name)
{
	char day[DATE_TEXT_BYTES];

	date_format(g->meeting->day, day);
	return arena_printf(g->arena, "%s-%s.pdf", word(g, name), day);
}

enum rc
agenda_paper_file(const struct gathering *g, const struct agenda_row *row,
    enum audience audience, struct outbox_file *file, struct err *err)
{
	struct bytes pdf;
	enum rc rc = paper_is_wanted(g, err);

	if (rc != RC_OK)
		return rc;
	rc = agenda_paper(g, row, audience, &pdf, err);
	if (rc == RC_PARK) {
		log_warning("agenda meeting=%s: its paper is held back",
		    g->meeting->id);
		return RC_NONE;
	}
	if (rc != RC_OK)
		return rc;
	*file = (struct outbox_file){ .name = paper_name(g, "file-agenda"),
		.type = "application/pdf", .data = pdf };
	return RC_OK;
}
