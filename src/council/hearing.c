/* SPDX-License-Identifier: MIT */
/* One council's hearing, its people, and the facts that its letters share. */
#include "council/hearing.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/meeting.h"

static enum rc
rule_days(const struct hearing_work *w, const char *name,
    const char *otherwise, struct year_days *days, struct err *err)
{
	const char *value = NULL;
	enum rc rc = rule_load(w->council->store, w->arena, w->body->slug,
	    name, &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK && !year_days_read(value, days)) {
		log_warning("body=%s rule=%s is no number of days",
		    w->body->slug, name);
		rc = RC_NONE;
	}
	if (rc == RC_NONE)
		(void)year_days_read(otherwise, days);
	return RC_OK;
}

/* Counted from the day on which it came; a member's day that was set when
 * they were asked stays. */
static enum rc
plan(struct hearing_work *w, struct err *err)
{
	struct year_days least, answer, remind;
	int64_t from_at = w->request.request_id == 0 ||
	    w->row.state == HEARING_RECEIVED ? w->council->now_at :
	    w->request.asked_at;
	enum rc rc;

	if ((rc = rule_days(w, "hearing-least-days", HEARING_LEAST_DAYS,
	    &least, err)) != RC_OK ||
	    (rc = rule_days(w, "hearing-answer-days", HEARING_ANSWER_DAYS,
	    &answer, err)) != RC_OK ||
	    (rc = rule_days(w, "hearing-remind-days", HEARING_REMIND_DAYS,
	    &remind, err)) != RC_OK)
		return rc;
	w->days = hearing_plan(date_local(from_at).day, w->row.deadline_day,
	    least, answer, remind);
	if (w->row.members_day.year != 0)
		w->days.members = w->row.members_day;
	return RC_OK;
}

enum rc
hearing_work_of(struct council *council, struct arena *arena,
    const struct hearing_row *row, struct hearing_work *w, struct err *err)
{
	enum rc rc;

	*w = (struct hearing_work){ .council = council, .arena = arena,
		.row = *row, .body = world_body(council->world, row->body) };
	if (w->body == NULL)
		return RC_NONE;
	w->language = w->body->language != NULL ? w->body->language : "da";
	if (row->request_id != 0) {
		rc = hearing_request_load(council->store, arena,
		    row->request_id, &w->request, err);
		if (rc != RC_OK)
			return rc;
	}
	return plan(w, err);
}

enum rc
hearing_work_open(struct council *council, struct arena *arena,
    const char *slug, struct hearing_work *w, struct err *err)
{
	struct hearing_row row;
	enum rc rc = slug == NULL ? RC_NONE : hearing_load(council->store,
	    arena, slug, &row, err);

	return rc != RC_OK ? rc : hearing_work_of(council, arena, &row, w,
	    err);
}

/* --- people ----------------------------------------------------------------- */

static bool
is_there(const struct guest *list, size_t n, const char *email)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(list[i].email, email))
			return true;
	return false;
}

static struct guest *
people(const struct hearing_work *w, const enum role *roles, size_t n_roles,
    size_t *n)
{
	struct guest *list = arena_array(w->arena, w->body->n_people + 2,
	    sizeof *list);
	size_t count = 0;

	for (size_t i = 0; i < w->body->n_people; i++) {
		const struct world_person *p = &w->body->people[i];

		for (size_t k = 0; k < n_roles; k++)
			if (p->role == roles[k] && !is_there(list, count,
			    p->email))
				list[count++] = (struct guest){ p->email,
				    p->name, true };
	}
	*n = count;
	return list;
}

struct guest *
hearing_members(const struct hearing_work *w, size_t *n)
{
	static const enum role roles[] = { ROLE_CHAIR, ROLE_VICE_CHAIR,
		ROLE_MEMBER, ROLE_APPOINTEE };

	return people(w, roles, 4, n);
}

struct guest *
hearing_leads(const struct hearing_work *w, size_t *n)
{
	static const enum role roles[] = { ROLE_SECRETARY, ROLE_CHAIR };
	struct guest *list = people(w, roles, 2, n);
	const char *house = w->council->outbox->secretary;

	if (*n == 0 && house != NULL)
		list[(*n)++] = (struct guest){ house, NULL, false };
	return list;
}

bool
hearing_is_chair(const struct hearing_work *w, const char *email)
{
	for (size_t i = 0; email != NULL && i < w->body->n_people; i++) {
		const struct world_person *p = &w->body->people[i];

		if ((p->role == ROLE_CHAIR || p->role == ROLE_VICE_CHAIR) &&
		    text_equal_nocase(p->email, email))
			return true;
	}
	return false;
}

bool
hearing_has_chair(const struct hearing_work *w)
{
	for (size_t i = 0; i < w->body->n_people; i++)
		if (w->body->people[i].role == ROLE_CHAIR)
			return true;
	return false;
}

const char *
hearing_secretary(const struct hearing_work *w)
{
	for (size_t i = 0; i < w->body->n_people; i++)
		if (w->body->people[i].role == ROLE_SECRETARY)
			return w->body->people[i].email;
	return w->council->outbox->secretary;
}

/* --- facts ------------------------------------------------------------------ */

const char *
hearing_word(const struct hearing_work *w, const char *name)
{
	const char *found = words_get(w->arena, w->language, name);

	return found != NULL ? found : name;
}

const char *
hearing_deadline_words(const struct hearing_work *w)
{
	struct local end = date_local(w->request.deadline_at);

	/* midnight is the end of the day before, which people say */
	return w->request.request_id == 0 || (end.hour == 0 && end.minute ==
	    0) ? day_words(w->arena, w->language, w->row.deadline_day) :
	    day_words_at(w->arena, w->language, w->request.deadline_at);
}

void
hearing_fields(const struct hearing_work *w, struct json_fields *fields)
{
	const struct hearing_request *r = &w->request;

	fields_text(fields, "title", w->row.title);
	if (r->request_id != 0) {
		const char *name = facts_plain_name(w->arena, r->from_name);

		fields_text(fields, "authority", name != NULL ? name :
		    r->from);
		fields_text(fields, "their_case", r->case_number);
	}
	fields_flag(fields, "statutory", r->statutory);
	fields_text(fields, "deadline", hearing_deadline_words(w));
	fields_text(fields, "members_day", day_words(w->arena, w->language,
	    w->days.members));
}

enum rc
hearing_letter(const struct hearing_work *w, const char *to,
    const char *to_name, struct outbox_draft draft, int64_t *letter_id,
    struct err *err)
{
	struct err why = { "" };
	enum rc rc;

	if (to == NULL)
		return RC_OK;
	draft.language = w->language;
	draft.ref = w->row.slug;
	draft.to = to;
	draft.to_name = to_name;
	rc = outbox_queue(w->council->outbox, w->arena, &draft, letter_id,
	    NULL, &why);
	if (rc == RC_PARK) {
		log_warning("hearing=%lld: a letter cannot leave: %s",
		    (long long)w->row.hearing_id, why.text);
		return RC_OK;
	}
	return rc == RC_OK || rc == RC_NONE ? RC_OK : fail(err, rc, "%s",
	    why.text);
}
