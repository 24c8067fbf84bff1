/* SPDX-License-Identifier: MIT */
/* The secretary opens a workshop for outsiders. Nothing leaves before the stop
 * window is over. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/workshop.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/workshop_facts.h"
#include "rules/year.h"

static const char **
words_split(struct arena *arena, const char *text, size_t *n)
{
	const char **list = arena_array(arena, strlen(text) / 2 + 2,
	    sizeof *list);

	for (*n = 0; *text != '\0';) {
		size_t word = strcspn(text, " ");

		if (word > 0)
			list[(*n)++] = arena_strndup(arena, text, word);
		text += word + strspn(text + word, " ");
	}
	return list;
}

static enum rc
meeting_of(struct act *act, const struct world_body *body,
    const struct action *action, const char **meeting, struct err *err)
{
	struct date day;
	enum rc rc;

	if (action->meeting != NULL) {
		*meeting = action->meeting;
		return RC_OK;
	}
	if (action->title == NULL || !date_parse(action->title, &day))
		return fail(err, RC_PARK, "no day");
	rc = workshop_meeting(act->council->store, act->arena, body->slug,
	    date_at(day, 0, 0), date_at(date_add_days(day, 1), 0, 0), meeting,
	    err);
	return rc == RC_NONE ? fail(err, RC_PARK, "no workshop that day") :
	    rc;
}

static void
end_fill(struct act *act, const struct world_body *body,
    const struct workshop_row *row, size_t n, struct deed_end *end)
{
	const char *language = act_language(act, body);
	struct json_fields *fields = fields_open(act->arena);

	fields_text(fields, "process", row->process);
	fields_number(fields, "places", row->places);
	fields_number(fields, "invited", (long)n);
	fields_text(fields, "sends", day_words_at(act->arena, language,
	    row->send_at));
	fields_text(fields, "report", row->report_day.year == 0 ? NULL :
	    day_words(act->arena, language, row->report_day));
	end->body = body;
	end->template = "receipt-workshop";
	end->fields = fields;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct workshop_row row = { .workshop_id = 0 }, old;
	struct workshop_person *people;
	struct workshop_facts facts;
	const char **list, *meeting;
	size_t n;
	enum rc rc;

	if (body == NULL || !workshop_facts_read(act->arena, action->text,
	    &facts))
		return fail(err, RC_PARK, "no body, or no places");
	if ((rc = meeting_of(act, body, action, &meeting, err)) != RC_OK)
		return rc;
	rc = workshop_by_meeting(act->council->store, act->arena, meeting,
	    &old, err);
	if (rc != RC_NONE)
		return rc == RC_OK ? fail(err, RC_PARK, "it is open") : rc;
	row = (struct workshop_row){ .meeting = meeting, .body = body->slug,
		.process = facts.process != NULL ? facts.process : body->name,
		.places = facts.places, .themes = facts.themes,
		.principles = facts.principles, .way = facts.way,
		.contact = facts.contact, .report_day = facts.report_day,
		.report_to = facts.report_to, .journal_id = journal_id,
		.send_at = year_awake(act->council->now_at +
		    WORKSHOP_STOP_S) };
	list = words_split(act->arena, facts.to != NULL ? facts.to : "", &n);
	if ((rc = workshop_add(act->council->store, &row, list, n, err)) !=
	    RC_OK || (rc = workshop_load(act->council->store, act->arena,
	    row.workshop_id, &row, err)) != RC_OK)
		return rc;
	if (row.meeting_cancelled || row.start_at <= act->council->now_at)
		return fail(err, RC_PARK, "it is over or called off");
	if ((rc = workshop_invited(act->council->store, act->arena, &row,
	    &people, &n, err)) != RC_OK)
		return rc;
	end_fill(act, body, &row, n, end);
	return RC_OK;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return workshop_undo(act->council->store, journal_id, err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct workshop_row row;
	enum rc rc = workshop_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	*gone = rc == RC_OK && row.state != WORKSHOP_ANNOUNCED;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_workshop_open = {
	.action = ACTION_WORKSHOP_OPEN,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
	.gone = gone,
};
