/* SPDX-License-Identifier: MIT */
/* The ideas of all rounds by theme, held against the principles: to the
 * secretary, who groups and releases them; to the committee; and in the end
 * what was decided, to everybody. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/seats.h"
#include "council/workshop.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "render/template.h"
#include "rules/year.h"

#define IDEAS_MOST 4000

/* --- what it says ---------------------------------------------------------- */

static void
theme_fields(const struct workshop_work *w, struct json_fields *fields,
    const struct workshop_idea *ideas, size_t n, size_t first, bool numbered)
{
	struct json_fields *item = fields_item(fields, "rows");
	const char *name = ideas[first].theme;

	fields_text(item, "theme_name", name != NULL ? name :
	    words_get(w->arena, w->g.language, "workshop-no-theme"));
	fields_text(item, "words", NULL);
	fields_text(item, "number", NULL);
	for (size_t i = first; i < n; i++) {
		if (name == NULL ? ideas[i].theme != NULL : ideas[i].theme ==
		    NULL || !text_equal_nocase(ideas[i].theme, name))
			continue;
		item = fields_item(fields, "rows");
		fields_text(item, "theme_name", NULL);
		fields_text(item, "number", numbered ? arena_printf(w->arena,
		    "%lld", (long long)ideas[i].idea_id) : NULL);
		fields_text(item, "words", text_trim(w->arena,
		    ideas[i].words));
	}
}

static bool
is_first_of_theme(const struct workshop_idea *ideas, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (ideas[i].theme == NULL ? ideas[at].theme == NULL :
		    ideas[at].theme != NULL && text_equal_nocase(
		    ideas[i].theme, ideas[at].theme))
			return false;
	return true;
}

/* Without a name or an address of anybody. */
static enum rc
report_fields(const struct workshop_work *w, bool numbered,
    struct json_fields **out, struct err *err)
{
	struct json_fields *fields = workshop_fields(w);
	struct workshop_idea *ideas;
	int64_t came;
	size_t n;
	enum rc rc = workshop_ideas(w->council->store, w->arena, &w->row,
	    &ideas, &n, err);

	if (rc != RC_OK || (rc = workshop_took_part(w->council->store,
	    &w->row, &came, err)) != RC_OK)
		return rc;
	fields_number(fields, "came", (long)came);
	fields_number(fields, "n_ideas", (long)n);
	fields_text(fields, "report_day", w->row.report_day.year == 0 ? NULL :
	    day_words(w->arena, w->g.language, w->row.report_day));
	for (int none = 0; none < 2; none++)	/* those without come last */
		for (size_t i = 0; i < n; i++)
			if ((ideas[i].theme == NULL) == (none == 1) &&
			    is_first_of_theme(ideas, i))
				theme_fields(w, fields, ideas, n, i,
				    numbered);
	*out = fields;
	return RC_OK;
}

static enum rc
file_make(const struct workshop_work *w, struct outbox_file *file,
    struct err *err)
{
	const struct template *template;
	const char *subject, *text;
	struct json_fields *fields;
	enum rc rc = report_fields(w, false, &fields, err);

	if (rc != RC_OK || (rc = template_load(
	    w->council->outbox->templates, w->g.language,
	    "workshop-report-file", &template, err)) != RC_OK ||
	    (rc = template_render(template, w->arena, fields, NULL, &subject,
	    &text, err)) != RC_OK)
		return rc;
	text = seat_markdown_light(w->arena, text);
	*file = (struct outbox_file){ .name = "rapport.md",
		.type = "text/markdown",
		.data = { (const unsigned char *)text, strlen(text) } };
	return RC_OK;
}

static const char *
role_email(const struct world_body *body, enum role role)
{
	for (size_t i = 0; body != NULL && i < body->n_people; i++)
		if (body->people[i].role == role)
			return body->people[i].email;
	return NULL;
}

const char *
workshop_committee(const struct workshop_work *w)
{
	return w->row.report_to != NULL ? w->row.report_to : role_email(
	    world_body(w->council->world, w->g.body->committee),
	    ROLE_SECRETARY);
}

/* --- to the secretary ------------------------------------------------------- */

/* After a round, and as the report; a regrouped one comes again. */
static enum rc
list_send(const struct workshop_work *w, const char *key,
    const struct outbox_file *file, struct err *err)
{
	struct act act = { .council = w->council, .arena = w->arena,
		.why = buf_open(w->arena) };
	const char *to = secretary_of(&act, w->g.body);
	struct json_fields *fields;
	enum rc rc = report_fields(w, true, &fields, err);

	if (rc != RC_OK || to == NULL)
		return rc;
	fields_flag(fields, "report", file != NULL);
	fields_text(fields, "committee", workshop_committee(w));
	return workshop_letter(w, (struct outbox_draft){ .key = key,
	    .template = "workshop-report", .kind = LETTER_WORKSHOP_REPORT,
	    .class = LETTER_ANSWER, .to = to, .fields = fields,
	    .wants_token = true, .files = file, .n_files = file != NULL },
	    err);
}

enum rc
workshop_report_send(struct workshop_work *w, struct err *err)
{
	struct outbox_file file;
	enum rc rc = workshop_move(w->council->store, &w->row,
	    WORKSHOP_REPORT, 0, 0, NULL, err);

	if (rc != RC_OK || (rc = file_make(w, &file, err)) != RC_OK)
		return rc;
	return list_send(w, arena_printf(w->arena, "workshop-report/%lld/%lld",
	    (long long)w->row.workshop_id, (long long)w->row.report), &file,
	    err);
}

static enum rc
work_of(struct act *act, const struct action *action,
    struct workshop_work *w, struct err *err)
{
	enum rc rc = workshop_open_meeting(act->council, act->arena,
	    action->meeting, w, err);

	if (rc == RC_NONE)
		return fail(err, RC_PARK, "no such workshop");
	if (rc == RC_OK && !act->sender.verified)
		return fail(err, RC_PARK, "nobody vouches for the sender");
	return rc;
}

/* «12 15: Mad» of one line. */
static enum rc
line_group(struct act *act, const char *line, struct workshop_idea *ideas,
    size_t n, int64_t journal_id, size_t *done, struct err *err)
{
	const char *colon = strchr(line, ':'), *at = line;
	enum rc rc = RC_OK;

	while (colon != NULL && at < colon && rc == RC_OK) {
		char *end;
		long number = strtol(at, &end, 10);

		for (size_t i = 0; i < n && rc == RC_OK; i++)
			if (ideas[i].idea_id == number) {
				rc = workshop_idea_group(act->council->store,
				    &ideas[i], text_trim(act->arena,
				    colon + 1), journal_id, err);
				(*done)++;
			}
		at = end > at ? end : at + 1;
		at += strspn(at, " ");
	}
	return rc;
}

static enum rc
group_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct workshop_idea *ideas;
	struct workshop_work w;
	size_t n, n_lines, done = 0;
	const char **lines;
	enum rc rc = work_of(act, action, &w, err);

	if (rc != RC_OK)
		return rc;
	if (w.row.state > WORKSHOP_REPORTED)
		return fail(err, RC_PARK, "the report is released");
	if ((rc = workshop_ideas(act->council->store, act->arena, &w.row,
	    &ideas, &n, err)) != RC_OK)
		return rc;
	lines = text_lines(act->arena, action->order, &n_lines);
	for (size_t i = 0; i < n_lines && rc == RC_OK; i++)
		rc = line_group(act, lines[i], ideas, n, journal_id, &done,
		    err);
	if (rc != RC_OK)
		return rc;
	if (done == 0)
		return fail(err, RC_PARK, "no idea of that number");
	end->answers = true;
	/* what she released answers this one from now on */
	return w.row.state == WORKSHOP_REPORTED ? workshop_report_send(&w,
	    err) : list_send(&w, arena_printf(act->arena,
	    "workshop-ideas/%lld/mail/%lld", (long long)w.row.workshop_id,
	    (long long)act->mail_id), NULL, err);
}

static enum rc
group_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return workshop_idea_undo(act->council->store, journal_id, err);
}

const struct deed deed_workshop_group = {
	.action = ACTION_WORKSHOP_GROUP,
	.who = MAY_SECRETARY,
	.run = group_run,
	.undo = group_undo,
};

/* --- released, decided ------------------------------------------------------- */

/* The newest report, so that she releases what she has read. */
static enum rc
is_newest(struct act *act, const struct workshop_work *w,
    const struct action *action, bool *newest, struct err *err)
{
	struct letter_row letter;
	bool proved;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	*newest = rc == RC_OK && strcmp(letter.key, arena_printf(act->arena,
	    "workshop-report/%lld/%lld", (long long)w->row.workshop_id,
	    (long long)w->row.report)) == 0;
	return rc == RC_NONE ? RC_OK : rc;
}

static void
wait_fields(struct act *act, const struct workshop_work *w, const char *what,
    const char *to, struct deed_end *end)
{
	struct json_fields *fields = workshop_fields(w);

	fields_flag(fields, what, true);
	fields_text(fields, "committee", to);
	fields_text(fields, "goes", day_words_at(act->arena, w->g.language,
	    w->row.send_at));
	end->template = "receipt-workshop-report";
	end->fields = fields;
}

static enum rc
release_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct workshop_work w;
	bool newest;
	enum rc rc = work_of(act, action, &w, err);

	if (rc != RC_OK)
		return rc;
	if (w.row.state != WORKSHOP_REPORTED || workshop_committee(&w) ==
	    NULL)
		return fail(err, RC_PARK, "nothing to release, or nobody "
		    "to send it to");
	if ((rc = is_newest(act, &w, action, &newest, err)) != RC_OK)
		return rc;
	if (!newest)
		return fail(err, RC_PARK, "answers an older report");
	rc = workshop_move(act->council->store, &w.row, WORKSHOP_RELEASE,
	    year_awake(act->council->now_at + WORKSHOP_STOP_S), journal_id,
	    NULL, err);
	wait_fields(act, &w, "release", workshop_committee(&w), end);
	return rc;
}

static enum rc
decided_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct workshop_work w;
	enum rc rc = work_of(act, action, &w, err);

	if (rc != RC_OK)
		return rc;
	if (w.row.state != WORKSHOP_SENT)
		return fail(err, RC_PARK, "the committee has no report of it");
	rc = workshop_move(act->council->store, &w.row, WORKSHOP_DECIDE,
	    year_awake(act->council->now_at + WORKSHOP_STOP_S), journal_id,
	    action->text, err);
	wait_fields(act, &w, "tell", NULL, end);
	return rc;
}

static enum rc
step_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct workshop_row row;
	enum rc rc = workshop_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	return workshop_move(act->council->store, &row, WORKSHOP_TAKE_BACK, 0,
	    0, NULL, err);
}

static enum rc
step_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct workshop_row row;
	enum rc rc = workshop_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	*gone = rc == RC_OK && !(row.state == WORKSHOP_RELEASED &&
	    row.released_by == journal_id) && !(row.state ==
	    WORKSHOP_DECIDED && row.decided_by == journal_id);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_workshop_release = {
	.action = ACTION_WORKSHOP_RELEASE,
	.who = MAY_SECRETARY,
	.run = release_run,
	.undo = step_undo,
	.gone = step_gone,
};
const struct deed deed_workshop_decided = {
	.action = ACTION_WORKSHOP_DECIDED,
	.who = MAY_SECRETARY,
	.run = decided_run,
	.undo = step_undo,
	.gone = step_gone,
};

/* --- what the days bring ------------------------------------------------------ */

enum rc
council_workshop_report_at(const struct workshop_work *w, int64_t *at,
    struct err *err)
{
	struct date day, after = date_add_days(date_local(w->row.end_at).day,
	    2);
	int days;
	enum rc rc = workshop_rule(w, "workshop-report-days",
	    WORKSHOP_REPORT_DAYS, &days, err);

	*at = 0;
	if (rc != RC_OK || w->row.report_day.year == 0)
		return rc;
	day = date_add_days(w->row.report_day, -days);
	if (date_compare(day, after) < 0)
		day = after;
	*at = date_at(year_not_holiday(day), GATHERING_HOUR, 0);
	return RC_OK;
}

/* The day after: thanks to those who had a place, the ideas to her. */
enum rc
council_workshop_after(struct workshop_work *w, struct err *err)
{
	struct registration_row *rows;
	size_t n;
	enum rc rc = registration_list(w->council->store, w->arena,
	    w->row.workshop_id, NULL, &rows, &n, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (rows[i].state == REGISTRATION_CAME &&
		    rows[i].companion[0] == '\0')
			rc = workshop_letter(w, (struct outbox_draft){
			    .key = arena_printf(w->arena,
			    "workshop-after/%lld/%s",
			    (long long)w->row.workshop_id, rows[i].email),
			    .template = "workshop-after",
			    .kind = LETTER_WORKSHOP, .class = LETTER_BULK,
			    .to = rows[i].email, .to_name = rows[i].name,
			    .fields = workshop_fields(w),
			    .wants_token = true }, err);
	return rc != RC_OK ? rc : list_send(w, arena_printf(w->arena,
	    "workshop-ideas/%lld", (long long)w->row.workshop_id), NULL, err);
}

enum rc
council_workshop_deliver(struct workshop_work *w, struct err *err)
{
	struct json_fields *fields;
	struct outbox_file file;
	enum rc rc = report_fields(w, false, &fields, err);

	if (rc != RC_OK || (rc = file_make(w, &file, err)) != RC_OK ||
	    (rc = workshop_letter(w, (struct outbox_draft){
	    .key = arena_printf(w->arena, "workshop-committee/%lld/%lld",
	    (long long)w->row.workshop_id, (long long)w->row.report),
	    .template = "workshop-committee", .kind = LETTER_OTHER,
	    .class = LETTER_ANSWER, .to = workshop_committee(w),
	    .fields = fields, .files = &file, .n_files = 1 }, err)) != RC_OK)
		return rc;
	return workshop_move(w->council->store, &w->row, WORKSHOP_DELIVER, 0,
	    0, NULL, err);
}

enum rc
council_workshop_tell(struct workshop_work *w, struct err *err)
{
	struct json_fields *fields = workshop_fields(w);
	struct workshop_person *list;
	size_t n;
	enum rc rc = workshop_everybody(w->council->store, w->arena, &w->row,
	    &list, &n, err);

	fields_text(fields, "decided", w->row.decided);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = workshop_letter(w, (struct outbox_draft){
		    .key = arena_printf(w->arena, "workshop-told/%lld/%s",
		    (long long)w->row.workshop_id, list[i].email),
		    .template = "workshop-told", .kind = LETTER_OTHER,
		    .class = LETTER_BULK, .to = list[i].email,
		    .to_name = list[i].name, .fields = fields }, err);
	return rc != RC_OK ? rc : workshop_move(w->council->store, &w->row,
	    WORKSHOP_TELL, 0, 0, NULL, err);
}
