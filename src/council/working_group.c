/* SPDX-License-Identifier: MIT */
/* Working groups: set up, joined, left, written to, asked, ended. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/topics.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/file.h"
#include "store/item.h"
#include "store/letter.h"

/* One deed's group; its members as addresses. */
struct group_work {
	struct topics_work w;
	struct group group;
	const char **members;
	size_t n;
};

const char *
group_address(const struct topics_work *w, const char *tag)
{
	const char *own = w->body->address != NULL ? w->body->address :
	    w->council->outbox->mailbox;
	size_t n = strcspn(own, "@");

	/* the common mailbox must be told whose group it is */
	return w->body->address != NULL ? arena_printf(w->arena,
	    "%.*s+%s%s", (int)n, own, tag, own + n) : arena_printf(w->arena,
	    "%.*s+%s+%s%s", (int)n, own, w->body->slug, tag, own + n);
}

static void
members_split(struct group_work *g)
{
	const char *at = g->group.members;

	g->members = arena_array(g->w.arena, (size_t)g->group.n_members + 1,
	    sizeof *g->members);
	g->n = 0;
	while (at != NULL && *at != '\0' && g->n <
	    (size_t)g->group.n_members) {
		size_t n = strcspn(at, " ");

		g->members[g->n++] = arena_strndup(g->w.arena, at, n);
		at += n + strspn(at + n, " ");
	}
}

static bool
is_member(const struct group_work *g, const char *email)
{
	for (size_t i = 0; i < g->n; i++)
		if (text_equal_nocase(g->members[i], email))
			return true;
	return false;
}

static enum rc
work_open(struct act *act, const struct action *action,
    enum group_act what, struct group_work *g, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	enum group_state to;
	enum rc rc;

	if (body == NULL || action->to == NULL)
		return fail(err, RC_PARK, "no body, or no group");
	g->w = topics_open(act->council, act->arena, body);
	rc = group_load(act->council->store, act->arena, body->slug,
	    action->to, &g->group, err);
	if (rc == RC_NONE || (rc == RC_OK && !group_may(g->group.state, what,
	    &to)))
		return topics_refuse(act, body, "no_group", err);
	if (rc == RC_OK)
		members_split(g);
	return rc;
}

static struct json_fields *
group_fields(const struct group_work *g)
{
	struct json_fields *fields = fields_open(g->w.arena);

	fields_text(fields, "title", g->group.title);
	fields_text(fields, "chair", facts_name(g->w.council->world,
	    g->group.chair));
	fields_text(fields, "group_address", group_address(&g->w,
	    g->group.tag));
	return fields;
}

static enum rc
letter_write(const struct group_work *g, const char *email,
    struct outbox_draft draft, struct err *err)
{
	draft.ref = arena_printf(g->w.arena, "%s/g/%s", g->w.body->slug,
	    g->group.tag);
	draft.kind = LETTER_GROUP;
	draft.class = LETTER_BULK;
	return topics_letter(&g->w, email, facts_name(g->w.council->world,
	    email), draft, err);
}

/* --- set up ------------------------------------------------------------------ */

/* All who may join hear of it; ten minutes later, for FORTRYD. */
static enum rc
new_tell(struct act *act, const struct group_work *g, struct err *err)
{
	struct guest *list;
	size_t n;
	enum rc rc = RC_OK;

	list = topics_voters(&g->w, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct json_fields *fields = group_fields(g);

		fields_flag(fields, "in_it", is_member(g, list[i].email));
		fields_flag(fields, "is_chair", text_equal_nocase(
		    list[i].email, g->group.chair));
		rc = letter_write(g, list[i].email, (struct outbox_draft){
		    .key = arena_printf(act->arena, "group-new/%lld/%s",
		    (long long)g->group.group_id, list[i].email),
		    .template = "group-new", .mail_id = act->mail_id,
		    .due_at = act->council->now_at + TOPICS_STOP_S,
		    .fields = fields }, err);
	}
	return rc;
}

static enum rc
open_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct store *store = act->council->store;
	struct group_work g = { 0 };
	const char *at = action->email;
	enum rc rc;

	(void)end;
	if (body == NULL || action->to == NULL || action->title == NULL ||
	    world_person(body, action->person) == NULL)
		return fail(err, RC_PARK, "no body, title or chair");
	g.w = topics_open(act->council, act->arena, body);
	g.group = (struct group){ .body = body->slug, .tag = action->to,
		.title = action->title, .chair = action->person,
		.letter = action->order != NULL ? action->order[0] : '\0',
		.at = act->council->now_at, .journal_id = journal_id };
	rc = group_add(store, &g.group, err);
	if (rc == RC_PARK)
		return topics_refuse(act, body, "group_there", err);
	while (rc == RC_OK && at != NULL && *at != '\0') {
		size_t n = strcspn(at, " ");
		const char *email = arena_strndup(act->arena, at, n);

		if (world_person(body, email) != NULL)
			rc = group_join(store, &g.group, email,
			    act->council->now_at, journal_id, err);
		rc = rc == RC_NONE ? RC_OK : rc;
		at += n + strspn(at + n, " ");
	}
	if (rc == RC_OK)
		rc = group_load(store, act->arena, body->slug, action->to,
		    &g.group, err);
	if (rc != RC_OK)
		return rc;
	members_split(&g);
	return new_tell(act, &g, err);
}

/* Its letters that wait go with it. */
static enum rc
open_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct journal_row line;
	size_t withdrawn, gone;
	enum rc rc = journal_load(act->council->store, act->arena,
	    journal_id, &line, err);

	if (rc == RC_OK)
		rc = letter_withdraw(act->council->store, line.mail_id,
		    LETTER_GROUP, act->council->now_at, &withdrawn, &gone,
		    err);
	return rc != RC_OK ? rc : group_undo(act->council->store, journal_id,
	    err);
}

static enum rc
open_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct journal_row line;
	enum rc rc = journal_load(act->council->store, act->arena,
	    journal_id, &line, err);

	*gone = rc == RC_OK && line.at + TOPICS_STOP_S <=
	    act->council->now_at;
	return rc;
}

const struct deed deed_group_open = {
	.action = ACTION_GROUP_OPEN,
	.who = MAY_SECRETARY,
	.run = open_run,
	.undo = open_undo,
	.gone = open_gone,
};

/* --- in and out -------------------------------------------------------------- */

static const char *
person_of(const struct act *act, const struct action *action)
{
	return action->person != NULL ? action->person : act->sender.email;
}

/* The chair hears who comes and who goes. */
static enum rc
chair_tell(struct act *act, const struct group_work *g, bool joins,
    struct err *err)
{
	struct json_fields *fields = group_fields(g);

	if (text_equal_nocase(g->group.chair, act->sender.email))
		return RC_OK;
	fields_text(fields, "name", facts_name(act->council->world,
	    act->sender.email));
	fields_flag(fields, "joins", joins);
	return letter_write(g, g->group.chair, (struct outbox_draft){
	    .key = arena_printf(act->arena, "group-change/mail-%lld",
	    (long long)act->mail_id), .template = "group-change",
	    .mail_id = act->mail_id, .due_at = act->council->now_at +
	    TOPICS_STOP_S, .fields = fields }, err);
}

static enum rc
join_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct group_work g = { 0 };
	enum rc rc = work_open(act, action, GROUP_JOIN, &g, err);

	(void)end;
	if (rc != RC_OK)
		return rc;
	rc = group_join(act->council->store, &g.group, person_of(act,
	    action), act->council->now_at, journal_id, err);
	if (rc == RC_NONE)
		return topics_refuse(act, g.w.body, "in_it", err);
	return rc != RC_OK ? rc : chair_tell(act, &g, true, err);
}

static enum rc
leave_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct group_work g = { 0 };
	enum rc rc = work_open(act, action, GROUP_LEAVE, &g, err);

	if (rc != RC_OK)
		return rc;
	rc = group_leave(act->council->store, &g.group, person_of(act,
	    action), journal_id, err);
	if (rc == RC_NONE)
		return topics_refuse(act, g.w.body, "not_in_it", err);
	/* a group without its chair is for the secretary */
	end->tell = text_equal_nocase(g.group.chair, act->sender.email);
	return rc != RC_OK ? rc : chair_tell(act, &g, false, err);
}

const struct deed deed_group_join = {
	.action = ACTION_GROUP_JOIN,
	.who = MAY_MEMBER,
	.run = join_run,
	.undo = open_undo,
};

const struct deed deed_group_leave = {
	.action = ACTION_GROUP_LEAVE,
	.who = MAY_MEMBER,
	.run = leave_run,
	.undo = open_undo,
};

static enum rc
end_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct group_work g = { 0 };
	enum rc rc = work_open(act, action, GROUP_END, &g, err);

	(void)end;
	if (rc == RC_OK)
		rc = group_end(act->council->store, &g.group, journal_id,
		    err);
	for (size_t i = 0; i < g.n && rc == RC_OK; i++)
		rc = letter_write(&g, g.members[i], (struct outbox_draft){
		    .key = arena_printf(act->arena, "group-end/%lld/%lld/%s",
		    (long long)g.group.group_id, (long long)journal_id,
		    g.members[i]), .template = "group-end",
		    .mail_id = act->mail_id, .due_at = act->council->now_at +
		    TOPICS_STOP_S, .fields = group_fields(&g) }, err);
	return rc;
}

const struct deed deed_group_end = {
	.action = ACTION_GROUP_END,
	.who = MAY_SECRETARY,
	.run = end_run,
	.undo = open_undo,
	.gone = open_gone,
};

/* --- a mail to all of it ------------------------------------------------------ */

static enum rc
post_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct group_work g = { 0 };
	enum rc rc = work_open(act, action, GROUP_POST, &g, err);

	(void)journal_id;
	if (rc != RC_OK)
		return rc;
	end->files_left = act->mail != NULL ? act->mail->n_attachments : 0;
	for (size_t i = 0; i < g.n && rc == RC_OK; i++) {
		struct json_fields *fields;

		if (text_equal_nocase(g.members[i], act->sender.email) ||
		    world_person(g.w.body, g.members[i]) == NULL)
			continue;	/* whose place ended reads nothing */
		fields = group_fields(&g);
		fields_text(fields, "from_name", facts_name(
		    act->council->world, act->sender.email));
		fields_text(fields, "from", act->sender.email);
		fields_text(fields, "words", action->text);
		fields_flag(fields, "files", end->files_left > 0);
		rc = letter_write(&g, g.members[i], (struct outbox_draft){
		    .key = arena_printf(act->arena, "group-post/mail-%lld/%s",
		    (long long)act->mail_id, g.members[i]),
		    .template = "group-post", .mail_id = act->mail_id,
		    .fields = fields }, err);
	}
	return rc;
}

/* No undo: they have read it. */
const struct deed deed_group_post = {
	.action = ACTION_GROUP_POST,
	.who = MAY_MEMBER,
	.run = post_run,
};

/* --- its status for a meeting -------------------------------------------------- */

enum rc
group_status_ask(const struct gathering *gathering, struct err *err)
{
	struct group_work g = { .w = topics_open(gathering->council,
	    gathering->arena, gathering->body) };
	struct group *groups;
	size_t n;
	enum rc rc = group_list(gathering->council->store, gathering->arena,
	    gathering->body->slug, &groups, &n, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct json_fields *fields;

		if (groups[i].state != GROUP_ACTIVE)
			continue;
		g.group = groups[i];
		fields = group_fields(&g);
		fields_text(fields, "meeting", day_words(gathering->arena,
		    g.w.language, gathering->meeting->day));
		fields_text(fields, "points_until", day_words(
		    gathering->arena, g.w.language, date_local(
		    gathering->meeting->points_until_at).day));
		rc = topics_letter(&g.w, g.group.chair, facts_name(
		    g.w.council->world, g.group.chair), (struct outbox_draft){
		    .key = arena_printf(gathering->arena, "%s/%s/%s",
		    gathering_key(gathering, "group-status"), g.group.tag,
		    g.group.chair), .template = "group-status",
		    .kind = LETTER_GROUP_STATUS, .class = LETTER_BULK,
		    .ref = arena_printf(gathering->arena, "%s/g/%s",
		    g.w.body->slug, g.group.tag), .fields = fields }, err);
	}
	return rc;
}

static enum rc
status_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct store *store = act->council->store;
	const struct world_meeting *m;
	struct group_work g = { 0 };
	int64_t old, number;
	enum rc rc = work_open(act, action, GROUP_REPORT, &g, err);

	if (rc != RC_OK)
		return rc;
	if (!is_member(&g, act->sender.email) && !text_equal_nocase(
	    secretary_of(act, g.w.body), act->sender.email))
		return fail(err, RC_PARK, "somebody outside the group");
	if ((m = topics_next(&g.w)) == NULL)
		return topics_refuse(act, g.w.body, "no_meeting", err);
	rc = group_report_load(store, g.group.group_id, m->id, &old, err);
	if (rc == RC_OK)	/* told before: this replaces it */
		rc = item_move(store, old, ITEM_WITHDRAW, NULL,
		    act->council->now_at, journal_id, err);
	if (rc == RC_NONE || rc == RC_PARK)
		rc = RC_OK;
	if (rc == RC_OK)
		rc = item_add(store, &(struct item){ .body = g.w.body->slug,
		    .meeting = m->id, .title = arena_printf(act->arena,
		    "%s: %s", topics_word(&g.w, "group-item-title"),
		    g.group.title), .words = action->text,
		    .by = act->sender.email, .state = ITEM_ACCEPTED,
		    .at = act->council->now_at, .journal_id = journal_id },
		    &number, err);
	if (rc != RC_OK)
		return rc;
	end->number = number;
	return group_report_add(store, g.group.group_id, m->id, number,
	    journal_id, err);
}

static enum rc
status_undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = group_undo(act->council->store, journal_id, err);

	return rc != RC_OK ? rc : item_undo(act->council->store, journal_id,
	    err);
}

const struct deed deed_group_status = {
	.action = ACTION_GROUP_STATUS,
	.who = MAY_MEMBER,
	.run = status_run,
	.undo = status_undo,
};
