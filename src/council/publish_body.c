/* SPDX-License-Identifier: MIT */
/* The page of one council: who it is, when it meets, what it has met on. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "council/publish.h"
#include "render/day_words.h"
#include "render/fields.h"

static const char *
day_of(const struct published *c, int64_t at)
{
	return day_words(c->publish->arena, c->body->language,
	    date_local(at).day);
}

static void
role_fields(const struct published *c, struct json_fields *fields,
    enum role role)
{
	struct arena *arena = c->publish->arena;
	const struct world_body *body = c->body;
	const char **names = arena_array(arena, body->n_people + 1,
	    sizeof *names);
	bool named = c->names == NAMES_ALL || (c->names == NAMES_CHAIR &&
	    (role == ROLE_CHAIR || role == ROLE_VICE_CHAIR));
	struct json_fields *item;
	size_t n = 0;

	for (size_t i = 0; i < body->n_people; i++)
		if (body->people[i].role == role)
			names[n++] = body->people[i].name;
	if (n == 0)
		return;
	item = fields_item(fields, "roles");
	fields_text(item, "role", words_get(arena, body->language,
	    arena_printf(arena, "role-%s", world_role_word(role))));
	fields_number(item, "number", (long)n);
	fields_text(item, "names", named ? words_join(arena, body->language,
	    names, n) : NULL);
}

static void
meeting_fields(struct published *c, struct json_fields *fields,
    const struct public_meeting *m, bool ahead)
{
	struct json_fields *item = fields_item(fields, ahead ? "ahead" :
	    "past");

	fields_text(item, "folder", meeting_folder(m));
	fields_text(item, "day", day_of(c, m->start_at));	/* of the past */
	fields_text(item, "when", day_words_span(c->publish->arena,
	    c->body->language, m->start_at, m->end_at));
	fields_text(item, "place", m->place);
	fields_text(item, "theme", m->theme);
	fields_text(item, "until", day_of(c, m->points_until_at));
	fields_flag(item, "cancelled", m->state == MEETING_CANCELLED);
	fields_flag(item, "minutes", m->state == MEETING_MINUTES_RELEASED);
	if (ahead && m->state != MEETING_CANCELLED && c->next == NULL)
		c->next = day_of(c, m->start_at);
}

static enum rc
call_fields(const struct published *c, struct json_fields *fields,
    struct err *err)
{
	struct public_call call;
	enum rc rc = public_call_open(c->publish->council->store,
	    c->publish->arena, c->body->slug, &call, err);

	if (rc == RC_OK)
		fields_text(fields, "call", day_words(c->publish->arena,
		    c->body->language, date_from_days(call.deadline_day)));
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
body_publish(struct published *c, struct err *err)
{
	static const enum role roles[] = { ROLE_CHAIR, ROLE_VICE_CHAIR,
		ROLE_MEMBER, ROLE_APPOINTEE, ROLE_SUBSTITUTE,
		ROLE_SECRETARY };
	const struct publish *p = c->publish;
	const struct outbox *outbox = p->council->outbox;
	const struct world_body *committee = c->body->committee == NULL ?
	    NULL : world_body(p->council->world, c->body->committee);
	struct json_fields *fields = fields_open(p->arena);
	enum rc rc;

	fields_text(fields, "body", c->body->name);
	fields_text(fields, "municipality", outbox->municipality);
	fields_text(fields, "committee", committee == NULL ? NULL :
	    committee->name);
	fields_text(fields, "mailbox", c->body->address != NULL ?
	    c->body->address : outbox->mailbox);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		role_fields(c, fields, roles[i]);
	if ((rc = call_fields(c, fields, err)) != RC_OK)
		return rc;
	/* what comes in the order in which it comes, what was the last first */
	for (size_t i = c->n_meetings; i > 0; i--)
		if (c->meetings[i - 1].end_at > p->council->now_at)
			meeting_fields(c, fields, &c->meetings[i - 1], true);
	for (size_t i = 0; i < c->n_meetings; i++)
		if (c->meetings[i].end_at <= p->council->now_at)
			meeting_fields(c, fields, &c->meetings[i], false);
	return page_publish(p, &(struct page_draft){
	    .path = arena_printf(p->arena, "%s/index.html", c->body->slug),
	    .root = "../", .language = c->body->language,
	    .template = "page-body.html", .municipality =
	    outbox->municipality, .fields = fields }, err);
}
