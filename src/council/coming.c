/* SPDX-License-Identifier: MIT */
/* Looks at the roll before and after an answer, and tells who must know. */
#include "council/coming.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/agenda_letter.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "render/fields.h"
#include "rules/meeting.h"

/* One answer: who comes as it was, and as it is now. */
struct change {
	struct act *act;
	const struct action *action;
	struct gathering before, after;
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

/* The member whose seat the person's answer is about: himself, or the one he
 * is a substitute for. */
static const char *
member_of(const struct gathering *g, const char *email)
{
	if (line_of(g, email) != NULL)
		return email;
	for (size_t i = 0; i < g->body->n_people; i++)
		if (g->body->people[i].role == ROLE_SUBSTITUTE &&
		    text_equal_nocase(g->body->people[i].email, email))
			return g->body->people[i].substitute_for;
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

/* Said yes, and another had said it before. */
static bool
is_second(const struct change *c, const struct roll_line *was,
    const struct roll_line *is, const struct world_person *p)
{
	const char *name = p->name != NULL ? p->name : p->email;

	return was->reply == SEAT_FILLED && is->reply == SEAT_FILLED &&
	    text_equal_nocase(p->email, c->action->person) &&
	    gathering_is_coming(&c->after, p->email) &&
	    strcmp(is->stand_in, name) != 0;
}

static enum rc
substitutes_tell(const struct change *c, const struct roll_line *was,
    const struct roll_line *is, struct err *err)
{
	const struct gathering *g = &c->after;
	bool empty = is->reply == SEAT_ABSENT && was->reply != SEAT_ABSENT &&
	    !names_another(c);
	bool filled = is->reply == SEAT_FILLED && was->reply == SEAT_ABSENT;
	bool returned = (was->reply == SEAT_FILLED || was->reply ==
	    SEAT_ABSENT) && (is->reply == SEAT_COMES);
	enum rc rc = RC_OK;

	for (size_t i = 0; i < g->body->n_people && rc == RC_OK; i++) {
		const struct world_person *p = &g->body->people[i];
		struct guest guest = { p->email, p->name, true };

		if (p->role != ROLE_SUBSTITUTE || !text_equal_nocase(
		    p->substitute_for, is->email))
			continue;
		if (empty && !gathering_is_absent(g, p->email))
			rc = call(c, is, &guest, err);
		else if (filled && text_equal_nocase(p->email,
		    c->action->person))
			rc = agenda_hand_on(c, &guest, err);
		else if (is_second(c, was, is, p) || ((filled || returned) &&
		    !gathering_is_absent(g, p->email)))
			rc = call_off(c, is, &guest, returned, err);
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

enum rc
coming_set(struct act *act, const struct action *action, enum reply reply,
    const char *substitute, int64_t journal_id, struct err *err)
{
	struct council *council = act->council;
	struct change c = { .act = act, .action = action };
	const struct world_body *body = NULL;
	const struct world_meeting *meeting = world_meeting(council->world,
	    action->meeting, &body);
	const struct roll_line *was, *is;
	const char *member;
	enum rc rc = RC_OK;

	if (meeting != NULL)
		rc = gathering_open(council, act->arena, body, meeting,
		    &c.before, err);
	if (rc != RC_OK || (rc = attendance_set(council->store,
	    &(struct attendance){ .meeting = action->meeting,
	    .email = action->person, .reply = reply,
	    .substitute = substitute, .at = council->now_at,
	    .journal_id = journal_id }, err)) != RC_OK)
		return rc;
	if (meeting == NULL || !meeting_is_ahead(meeting->state) ||
	    meeting->start_at <= council->now_at)
		return RC_OK;
	if ((rc = gathering_open(council, act->arena, body, meeting,
	    &c.after, err)) != RC_OK)
		return rc;
	member = member_of(&c.after, action->person);
	was = line_of(&c.before, member);
	is = line_of(&c.after, member);
	if (was == NULL || is == NULL)
		return RC_OK;
	if ((rc = substitutes_tell(&c, was, is, err)) != RC_OK)
		return rc;
	return is_worse(&c) ? leads_tell(&c, err) : RC_OK;
}
