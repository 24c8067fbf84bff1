/* SPDX-License-Identifier: MIT */
/* A year of a council as one letter. */
#include "council/year_report.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/year_report.h"

#define BLOCKS 10	/* of a bar: it stands in a line of a telephone */

/* «████████░░»; the number beside it says the same. */
static const char *
bar(struct arena *arena, int64_t part, int64_t whole)
{
	struct buf out = buf_open(arena);
	int64_t full = whole <= 0 ? 0 : (part * BLOCKS + whole / 2) / whole;

	for (int64_t i = 0; i < BLOCKS; i++)
		buf_add(&out, i < full ? "█" : "░");
	return buf_text(&out);
}

static void
line_add(struct arena *arena, struct json_fields *fields, const char *list,
    const char *label, int64_t part, int64_t whole)
{
	struct json_fields *item = fields_item(fields, list);

	fields_text(item, "label", label);
	fields_number(item, "part", (long)part);
	fields_number(item, "whole", (long)whole);
	fields_number(item, "percent", whole <= 0 ? 0 :
	    (long)((part * 100 + whole / 2) / whole));
	fields_text(item, "bar", bar(arena, part, whole));
}

static const char *
word(struct arena *arena, const char *language, const char *name)
{
	const char *found = words_get(arena, language, name);

	return found != NULL ? found : name;
}

static const char *
group_word(struct arena *arena, const char *language, const char *seat)
{
	const char *found = seat[0] == '\0' ? NULL : words_get(arena,
	    language, arena_printf(arena, "group-%s", seat));

	return seat[0] == '\0' ? word(arena, language, "year-group-other") :
	    found != NULL ? found : seat;
}

static void
report_fields(struct arena *arena, const char *language,
    const struct year_report *r, struct json_fields *fields)
{
	const struct hearing_count *h = &r->hearings;
	const struct { const char *name; int64_t n; } points[] = {
		{ "year-by-members", r->by_members },
		{ "year-by-politicians", r->by_politicians },
		{ "year-by-citizens", r->by_citizens },
		{ "year-by-administration", r->by_administration },
	};
	int64_t all = 0;

	fields_number(fields, "meetings", (long)r->meetings);
	fields_flag(fields, "one_meeting", r->meetings == 1);
	fields_text(fields, "cancelled", r->cancelled == 0 ? NULL :
	    arena_printf(arena, "%lld", (long long)r->cancelled));
	fields_number(fields, "with_minutes", (long)r->with_minutes);
	for (size_t i = 0; i < r->n_groups; i++)
		line_add(arena, fields, "groups", group_word(arena, language,
		    r->groups[i].seat), r->groups[i].came,
		    r->groups[i].asked);
	if (h->asked > 0) {
		line_add(arena, fields, "hearings", word(arena, language,
		    "year-answered"), h->answered, h->asked);
		line_add(arena, fields, "hearings", word(arena, language,
		    "year-in-time"), h->in_time, h->asked);
		if (h->statutory > 0)
			line_add(arena, fields, "hearings", word(arena,
			    language, "year-statutory"),
			    h->statutory_in_time, h->statutory);
	}
	for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
		all += points[i].n;
	fields_number(fields, "points", (long)all);
	for (size_t i = 0; all > 0 && i < sizeof points / sizeof points[0];
	    i++)
		line_add(arena, fields, "origins", word(arena, language,
		    points[i].name), points[i].n, all);
	fields_number(fields, "applications", (long)r->applications);
	fields_number(fields, "nominations", (long)r->nominations);
}

static enum rc
one_send(struct council *council, struct arena *arena,
    const struct world_body *body, int year, const char *to,
    const char *to_name, const struct json_fields *fields, struct err *err)
{
	enum rc rc = outbox_queue(council->outbox, arena,
	    &(struct outbox_draft){ .key = arena_printf(arena,
	    "year-report/%s/%d/%s", body->slug, year, to),
	    .template = "year-report", .language = body->language != NULL ?
	    body->language : "da", .kind = LETTER_NOTICE,
	    .class = LETTER_BULK, .ref = body->slug, .body = body, .to = to,
	    .to_name = to_name, .fields = fields }, NULL, NULL, err);

	if (rc == RC_PARK)
		log_warning("a yearly report cannot leave: %s", err->text);
	return rc == RC_NONE || rc == RC_PARK ? RC_OK : rc;
}

enum rc
year_report_send(struct council *council, struct arena *arena,
    const struct world_body *body, int year, struct err *err)
{
	const char *language = body->language != NULL ? body->language : "da";
	struct json_fields *fields = fields_open(arena);
	struct year_report report;
	bool sent = false;
	enum rc rc = year_report_load(council->store, arena, body->slug,
	    date_at((struct date){ year, 1, 1 }, 0, 0),
	    date_at((struct date){ year + 1, 1, 1 }, 0, 0), &report, err);

	if (rc != RC_OK)
		return rc;
	if (report.meetings == 0)
		return RC_NONE;
	report_fields(arena, language, &report, fields);
	fields_number(fields, "year", year);
	for (size_t i = 0; i < body->n_people && rc == RC_OK; i++)
		if (body->people[i].role == ROLE_SECRETARY) {
			rc = one_send(council, arena, body, year,
			    body->people[i].email, body->people[i].name,
			    fields, err);
			sent = true;
		}
	if (!sent && council->outbox->secretary != NULL && rc == RC_OK)
		rc = one_send(council, arena, body, year,
		    council->outbox->secretary, NULL, fields, err);
	return rc;
}
