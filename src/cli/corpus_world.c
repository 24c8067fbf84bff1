/* SPDX-License-Identifier: MIT */
/* world.json, read by jansson and copied out. */
#include "cli/corpus_world.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"

#define POINTS_DAYS 14	/* before a meeting: the deadline for points */

static const char *
word(struct arena *arena, const json_t *object, const char *name)
{
	return arena_strdup(arena, json_string_value(json_object_get(object,
	    name)));
}

static int64_t
instant(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	int64_t at = -1;

	if (text != NULL)
		(void)date_parse_instant(text, &at);
	return at;
}

static void
people_read(struct arena *arena, const json_t *list, struct world_body *body)
{
	struct world_person *people = arena_array(arena,
	    json_array_size(list) + 1, sizeof(*people));

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *p = json_array_get(list, i);
		const char *role = json_string_value(json_object_get(p,
		    "role"));

		people[i].name = word(arena, p, "name");
		people[i].email = word(arena, p, "email");
		people[i].seat = word(arena, p, "seat");
		people[i].substitute_for = word(arena, p, "substitute_for");
		if (role == NULL || !world_role_read(role, &people[i].role))
			people[i].role = ROLE_MEMBER;
	}
	body->people = people;
	body->n_people = json_array_size(list);
}

static int
meeting_order(const void *a, const void *b)
{
	const struct world_meeting *x = a, *y = b;

	return x->start_at < y->start_at ? -1 : x->start_at > y->start_at;
}

static void
meetings_read(struct arena *arena, const json_t *list,
    struct world_body *body)
{
	struct world_meeting *meetings = arena_array(arena,
	    json_array_size(list) + 1, sizeof(*meetings));

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *m = json_array_get(list, i);
		const char *kind = json_string_value(json_object_get(m,
		    "kind"));
		const char *state = json_string_value(json_object_get(m,
		    "state"));
		struct world_meeting *at = &meetings[i];

		at->id = word(arena, m, "id");
		at->place = word(arena, m, "place");
		at->theme = word(arena, m, "theme");
		at->with_body = word(arena, m, "with_body");
		at->uid = word(arena, m, "uid");
		at->start_at = instant(m, "start");
		at->end_at = instant(m, "end");
		at->day = date_local(at->start_at).day;
		at->points_until_at = date_at(date_add_days(at->day,
		    1 - POINTS_DAYS), 0, 0) - 1;
		if (kind == NULL || !world_meeting_kind_read(kind, &at->kind))
			at->kind = MEETING_ORDINARY;
		if (state == NULL || !world_meeting_state_read(state,
		    &at->state))
			at->state = MEETING_PLANNED;
	}
	qsort(meetings, json_array_size(list), sizeof(*meetings),
	    meeting_order);
	body->meetings = meetings;
	body->n_meetings = json_array_size(list);
}

static void
hearings_read(struct arena *arena, const json_t *list,
    struct world_body *body)
{
	struct world_hearing *hearings = arena_array(arena,
	    json_array_size(list) + 1, sizeof(*hearings));

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *h = json_array_get(list, i);
		const char *day = json_string_value(json_object_get(h,
		    "deadline"));

		hearings[i].id = word(arena, h, "id");
		hearings[i].title = word(arena, h, "title");
		if (day != NULL)
			(void)date_parse(day, &hearings[i].deadline_day);
	}
	body->hearings = hearings;
	body->n_hearings = json_array_size(list);
}

static void
topics_read(struct arena *arena, const json_t *list, struct world_body *body)
{
	struct world_topic *topics = arena_array(arena,
	    json_array_size(list) + 1, sizeof(*topics));

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *t = json_array_get(list, i);
		const char *letter = json_string_value(json_object_get(t,
		    "letter"));

		topics[i].letter = letter == NULL ? '?' : letter[0];
		topics[i].title = word(arena, t, "title");
	}
	body->topics = topics;
	body->n_topics = json_array_size(list);
}

static void
body_read(struct arena *arena, const json_t *b, struct world_body *body)
{
	const char *kind = json_string_value(json_object_get(b, "kind"));

	body->slug = word(arena, b, "slug");
	body->name = word(arena, b, "name");
	body->language = word(arena, b, "language");
	body->address = word(arena, b, "address");
	body->case_number = word(arena, b, "case_number");
	body->committee = word(arena, b, "committee");
	if (kind == NULL || !world_body_kind_read(kind, &body->kind))
		body->kind = BODY_COUNCIL;
	body->takes_applications = body->kind == BODY_COUNCIL;
	people_read(arena, json_object_get(b, "members"), body);
	meetings_read(arena, json_object_get(b, "meetings"), body);
	hearings_read(arena, json_object_get(b, "hearings"), body);
	topics_read(arena, json_object_get(b, "topics"), body);
}

static void
sent_read(struct arena *arena, const json_t *list, struct world *world)
{
	struct world_sent *sent = arena_array(arena,
	    json_array_size(list) + 1, sizeof(*sent));

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *l = json_array_get(list, i);
		const char *kind = json_string_value(json_object_get(l,
		    "kind"));

		sent[i].message_id = word(arena, l, "message_id");
		sent[i].ref = word(arena, l, "ref");
		sent[i].to = word(arena, l, "to");
		sent[i].text = word(arena, l, "text");
		sent[i].token = word(arena, l, "token");
		sent[i].kind = kind == NULL ? LETTER_OTHER
		    : world_letter_kind_read(kind);
	}
	world->sent = sent;
	world->n_sent = json_array_size(list);
}

static void
addresses_read(struct arena *arena, json_t *object, struct world *world)
{
	struct world_address *list = arena_array(arena,
	    json_object_size(object) + 1, sizeof(*list));
	const char *key;
	json_t *value;
	size_t n = 0;

	json_object_foreach(object, key, value) {
		list[n].email = arena_strdup(arena, key);
		list[n++].body = arena_strdup(arena,
		    json_string_value(value));
	}
	world->addresses = list;
	world->n_addresses = n;
}

enum rc
corpus_world_read(struct arena *arena, const char *path, struct world *world,
    const char **authserv_id, struct err *err)
{
	json_error_t why;
	json_t *root = json_load_file(path, 0, &why), *bodies;
	struct world_body *list;

	if (root == NULL)
		return fail(err, RC_STOP, "%s:%d: %s", path, why.line,
		    why.text);
	*world = (struct world){ 0 };
	world->municipality = word(arena, root, "municipality");
	world->mailbox = word(arena, root, "mailbox");
	world->now_at = instant(root, "now");
	*authserv_id = word(arena, root, "authserv_id");
	addresses_read(arena, json_object_get(root, "addresses"), world);
	bodies = json_object_get(root, "bodies");
	list = arena_array(arena, json_array_size(bodies) + 1, sizeof(*list));
	for (size_t i = 0; i < json_array_size(bodies); i++)
		body_read(arena, json_array_get(bodies, i), &list[i]);
	world->bodies = list;
	world->n_bodies = json_array_size(bodies);
	sent_read(arena, json_object_get(root, "sent"), world);
	json_decref(root);
	if (world->now_at < 0 || world->n_bodies == 0)
		return fail(err, RC_STOP, "%s: needs «now» and «bodies»",
		    path);
	return RC_OK;
}
