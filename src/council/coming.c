/* SPDX-License-Identifier: MIT */
/* Looks at the roll before and after an answer, and tells who must know. */
#include "council/coming.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "council/agenda_letter.h"
#include "council/gathering.h"
#include "outbox/facts.h"
#include "outbox/outbox.h"
#include "render/fields.h"
#include "rules/attendance.h"
#include "rules/meeting.h"

#define SOON_DAYS 2	/* the day of the last reminder, and on */
#define LETTERS_MOST 500 /* to the substitutes of one meeting */
#define PARTS_MOST 8	/* bodies of one joint meeting */

/* One answer: who comes as it was, and as it is now, in one body's part of
 * the meeting. */
struct change {
	struct act *act;
	const char *person;
	struct gathering before, after;
};

struct changes {
	struct change part[PARTS_MOST];
	size_t n;
};

static enum rc
letter(const struct change *c, const struct guest *guest, const char *name,
    struct outbox_draft draft, struct err *err)
{
	const struct gathering *g = &c->after;
	enum rc rc;

	draft.key = arena_printf(g->arena, "%s/%s/mail-%lld/%s", name,
	    g->meeting->id, (long long)c->act->mail_id, guest->email);
	draft.template = name;
	draft.language = g->language;
	draft.ref = g->meeting->id;
	draft.body = g->body;
	draft.to = guest->email;
	draft.to_name = guest->name;
	draft.mail_id = c->act->mail_id;
	rc = outbox_queue(c->act->council->outbox, g->arena, &draft, NULL,
	    NULL, err);
	return rc == RC_NONE || rc == RC_PARK ? RC_OK : rc;
}

static const struct roll_line *
line_of(const struct gathering *g, const char *email)
{
	for (size_t i = 0; i < g->roll.n; i++)
		if (text_equal_nocase(g->roll.lines[i].email, email))
			return &g->roll.lines[i];
	return NULL;
}

/* --- the substitutes -------------------------------------------------------- */

static struct json_fields *
member_fields(const struct change *c, const struct roll_line *line)
{
	struct json_fields *fields = fields_open(c->after.arena);

	gathering_fields(&c->after, fields);
	fields_text(fields, "member", line->name != NULL ? line->name :
	    line->email);
	return fields;
}

/* «Kan du møde i stedet?» */
static enum rc
call(const struct change *c, const struct roll_line *line,
    const struct guest *guest, struct err *err)
{
	struct outbox_draft draft = { .kind = LETTER_SUBSTITUTE_CALL,
		.class = LETTER_ANSWER, .fields = member_fields(c, line),
		.calendar_method = "REQUEST" };
	enum rc rc = gathering_calendar(&c->after, guest, false,
	    &draft.calendar, err);

	return rc != RC_OK ? rc : letter(c, guest, "substitute-call", draft,
	    err);
}

/* «Du skal ikke møde alligevel.» */
static enum rc
call_off(const struct change *c, const struct roll_line *line,
    const struct guest *guest, bool returned, struct err *err)
{
	struct json_fields *fields = member_fields(c, line);
	struct outbox_draft draft = { .kind = LETTER_OTHER,
		.class = LETTER_ANSWER, .fields = fields,
		.calendar_method = "CANCEL" };
	enum rc rc = gathering_calendar(&c->after, guest, true,
	    &draft.calendar, err);

	fields_flag(fields, "returned", returned);
	return rc != RC_OK ? rc : letter(c, guest, "substitute-off", draft,
	    err);
}

/* Whoever steps in after the agenda went out has none yet. */
static enum rc
agenda_hand_on(const struct change *c, const struct guest *guest,
    struct err *err)
{
	struct agenda_row row;
	enum rc rc = agenda_load_mailed(c->act->council->store,
	    c->after.arena, c->after.meeting->id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	return agenda_send_member(&c->after, &row, guest, err);
}

static bool
names_another(const struct change *c)
{
	const struct purpose *p = c->act->purpose;

	for (size_t i = 0; p != NULL && i < p->n_actions; i++)
		if (p->actions[i].kind == ACTION_SUBSTITUTE)
			return true;
	return false;
}

static bool
stands_in(const struct roll_line *line, const struct world_person *p)
{
	return line->stand_in != NULL && (text_equal_nocase(line->stand_in,
	    p->email) || (p->name != NULL && strcmp(line->stand_in,
	    p->name) == 0));
}

static enum rc
last_letter(const struct change *c, enum letter_kind kind, const char *name,
    const char *email, int64_t *letter_id, struct err *err)
{
	const struct gathering *g = &c->after;
	struct letter_row *rows;
	size_t n;
	enum rc rc = letter_of_ref(c->act->council->store, g->arena,
	    g->meeting->id, kind, LETTERS_MOST, &rows, &n, err);

	*letter_id = 0;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (text_equal_nocase(rows[i].to, email) &&
		    text_starts(rows[i].key, name) &&
		    rows[i].letter_id > *letter_id)
			*letter_id = rows[i].letter_id;
	return rc == RC_NONE ? RC_OK : rc;
}

/* He thinks that he may be needed: he was asked, and nobody has told him
 * since that he is not. */
static enum rc
is_waiting(const struct change *c, const struct world_person *p, bool *waits,
    struct err *err)
{
	int64_t asked, told;
	enum rc rc = last_letter(c, LETTER_SUBSTITUTE_CALL,
	    "substitute-call/", p->email, &asked, err);

	if (rc == RC_OK)
		rc = last_letter(c, LETTER_OTHER, "substitute-off/", p->email,
		    &told, err);
	if (rc == RC_OK)
		*waits = asked > told;
	return rc;
}

/* What one substitute of the seat must hear. */
static enum rc
substitute_tell(const struct change *c, const struct roll_line *was,
    const struct roll_line *is, enum seat_follow follow,
    const struct world_person *p, struct err *err)
{
	struct guest guest = { p->email, p->name, true };
	bool self = text_equal_nocase(p->email, c->person);
	bool absent = gathering_is_absent(&c->after, p->email);
	bool waits = false;
	enum rc rc = is_waiting(c, p, &waits, err);

	if (rc != RC_OK)
		return rc;
	waits = waits && !absent;
	switch (follow) {
	case SEAT_GOES_ON:
		break;
	case SEAT_IS_EMPTY:
		if (!absent && !self && !names_another(c))
			rc = call(c, is, &guest, err);
		break;
	case SEAT_IS_TAKEN:
		if (stands_in(is, p))
			return agenda_hand_on(c, &guest, err);
		if (waits)
			rc = call_off(c, is, &guest, false, err);
		break;
	case SEAT_IS_BACK:
		if (waits || stands_in(was, p))
			rc = call_off(c, is, &guest, true, err);
		break;
	case SEAT_HAS_ANOTHER:
		/* his yes came second, or his turn has come after all */
		if (self && !absent && !stands_in(is, p))
			rc = call_off(c, is, &guest, false, err);
		else if (stands_in(is, p) && !stands_in(was, p) &&
		    (rc = call(c, is, &guest, err)) == RC_OK)
			rc = agenda_hand_on(c, &guest, err);
		break;
	}
	return rc;
}

/* The seat is the person's own, or he is a substitute for it. */
static bool
is_about(const struct change *c, const struct roll_line *line)
{
	const struct world_body *body = c->after.body;

	if (text_equal_nocase(line->email, c->person))
		return true;
	for (size_t i = 0; i < body->n_people; i++)
		if (body->people[i].role == ROLE_SUBSTITUTE &&
		    text_equal_nocase(body->people[i].email, c->person) &&
		    text_equal_nocase(body->people[i].substitute_for,
		    line->email))
			return true;
	return false;
}

static enum rc
substitutes_tell(const struct change *c, const struct roll_line *was,
    const struct roll_line *is, struct err *err)
{
	const struct world_body *body = c->after.body;
	enum seat_follow follow;
	enum rc rc = RC_OK;

	if (!seat_may(was->reply, is->reply, &follow))
		return RC_OK;
	for (size_t i = 0; i < body->n_people && rc == RC_OK; i++)
		if (body->people[i].role == ROLE_SUBSTITUTE &&
		    text_equal_nocase(body->people[i].substitute_for,
		    is->email))
			rc = substitute_tell(c, was, is, follow,
			    &body->people[i], err);
	return rc;
}

/* The answer of one may change more than one seat: a substitute can be that
 * of two members. */
static enum rc
seats_tell(const struct change *c, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < c->after.roll.n && rc == RC_OK; i++) {
		const struct roll_line *is = &c->after.roll.lines[i];
		const struct roll_line *was = line_of(&c->before, is->email);

		if (was != NULL && is_about(c, is))
			rc = substitutes_tell(c, was, is, err);
	}
	return rc;
}

/* --- those who lead the meeting ----------------------------------------------- */

static bool
has_empty_group(const struct gathering *g, const char *group)
{
	for (size_t i = roll_empty_group(&g->roll, g->roll.n); i < g->roll.n;
	    i = roll_empty_group(&g->roll, i))
		if (strcmp(g->roll.lines[i].group, group) == 0)
			return true;
	return false;
}

static bool
is_worse(const struct change *c)
{
	const struct gathering *b = &c->before, *a = &c->after;

	if (roll_can_have_quorum(&b->roll, b->quorum) &&
	    !roll_can_have_quorum(&a->roll, a->quorum))
		return true;
	for (size_t i = roll_empty_group(&a->roll, a->roll.n); i < a->roll.n;
	    i = roll_empty_group(&a->roll, i))
		if (!has_empty_group(b, a->roll.lines[i].group))
			return true;
	return false;
}

static enum rc
leads_tell(const struct change *c, struct err *err)
{
	struct json_fields *fields = fields_open(c->after.arena);
	struct guest *leads;
	enum rc rc = RC_OK;
	size_t n;

	gathering_fields(&c->after, fields);
	gathering_roll_fields(&c->after, fields);
	leads = gathering_leads(&c->after, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = letter(c, &leads[i], "notice-quorum",
		    (struct outbox_draft){ .kind = LETTER_NOTICE,
		    .class = LETTER_URGENT, .fields = fields }, err);
	return rc;
}

/* --- before and after ------------------------------------------------------- */

static enum rc
part_open(struct changes *all, struct act *act, const char *person,
    const struct world_body *body, const struct world_meeting *meeting,
    struct err *err)
{
	struct change *c = &all->part[all->n];

	if (all->n == PARTS_MOST || !meeting_is_ahead(meeting->state) ||
	    meeting->end_at <= act->council->now_at)
		return RC_OK;
	*c = (struct change){ .act = act, .person = person };
	all->n++;
	return gathering_open(act->council, act->arena, body, meeting,
	    &c->before, err);
}

/* The parts of a joint meeting share the answers, and each has its roll. */
static enum rc
changes_open(struct changes *all, struct act *act, const char *meeting,
    const char *person, struct err *err)
{
	const struct world *world = act->council->world;
	const struct world_meeting *m = world_meeting(world, meeting, NULL);
	const char *host = m == NULL || m->host == NULL ? meeting : m->host;
	enum rc rc = RC_OK;

	all->n = 0;
	if (m == NULL)
		return RC_OK;
	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t k = 0; k < world->bodies[b].n_meetings &&
		    rc == RC_OK; k++) {
			m = &world->bodies[b].meetings[k];
			if (strcmp(m->id, host) == 0 || (m->host != NULL &&
			    strcmp(m->host, host) == 0))
				rc = part_open(all, act, person,
				    &world->bodies[b], m, err);
		}
	return rc;
}

static enum rc
changes_tell(struct changes *all, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < all->n && rc == RC_OK; i++) {
		struct change *c = &all->part[i];

		rc = gathering_open(c->act->council, c->act->arena,
		    c->before.body, c->before.meeting, &c->after, err);
		if (rc == RC_OK)
			rc = seats_tell(c, err);
		if (rc == RC_OK && is_worse(c))
			rc = leads_tell(c, err);
	}
	return rc;
}

/* Somebody else wrote for him: a short note, with the way back. */
static enum rc
person_tell(const struct change *c, const struct action *action,
    struct err *err)
{
	const struct gathering *g = &c->before;
	struct json_fields *fields = fields_open(g->arena);
	struct outbox_draft draft = {
		.key = arena_printf(g->arena, "said-for/%s/mail-%lld/%s",
		    g->meeting->id, (long long)c->act->mail_id,
		    action->person),
		.template = "said-for",
		.language = g->language,
		.kind = LETTER_RECEIPT,
		.class = LETTER_ANSWER,
		.ref = g->meeting->id,
		.body = g->body,
		.to = action->person,
		.to_name = facts_name(c->act->council->world,
		    action->person),
		.mail_id = c->act->mail_id,
		.fields = fields,
		.wants_token = true,
	};
	enum rc rc;

	gathering_fields(g, fields);
	fields_flag(fields, action_word(action->kind), true);
	fields_text(fields, "by", facts_name(c->act->council->world,
	    c->act->sender.email));
	rc = outbox_queue(c->act->council->outbox, g->arena, &draft, NULL,
	    NULL, err);
	return rc == RC_NONE || rc == RC_PARK ? RC_OK : rc;
}

enum rc
coming_set(struct act *act, const struct action *action, enum reply reply,
    int64_t journal_id, struct err *err)
{
	struct council *council = act->council;
	const struct world_meeting *meeting = world_meeting(council->world,
	    action->meeting, NULL);
	struct changes all;
	enum rc rc;

	if (meeting != NULL && meeting->end_at <= council->now_at)
		return fail(err, RC_PARK, "the meeting is over");
	if ((rc = changes_open(&all, act, action->meeting, action->person,
	    err)) != RC_OK || (rc = attendance_set(council->store,
	    &(struct attendance){ .meeting = action->meeting,
	    .email = action->person, .reply = reply,
	    .substitute = action->kind == ACTION_SUBSTITUTE ?
	    action->substitute : NULL, .at = council->now_at,
	    .journal_id = journal_id }, err)) != RC_OK ||
	    (rc = changes_tell(&all, err)) != RC_OK)
		return rc;
	return all.n == 0 || text_equal_nocase(action->person,
	    act->sender.email) ? RC_OK : person_tell(&all.part[0], action,
	    err);
}

enum rc
coming_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct store *store = act->council->store;
	struct attendance row;
	struct changes all = { .n = 0 };
	enum rc rc = attendance_load(store, act->arena, journal_id, &row,
	    err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK && (rc = changes_open(&all, act, row.meeting,
	    row.email, err)) != RC_OK)
		return rc;
	rc = attendance_undo(store, journal_id, err);
	return rc != RC_OK ? rc : changes_tell(&all, err);
}

bool
coming_is_soon(const struct act *act, const struct action *action)
{
	const struct world_meeting *m = world_meeting(act->council->world,
	    action->meeting, NULL);

	return m != NULL && act->council->now_at >= date_at(date_add_days(
	    m->day, -SOON_DAYS), 0, 0);
}
