/* SPDX-License-Identifier: MIT */
/* Reads a council file: keys into the plain values of rules/council_file.h. */
#include "cli/council_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"

static const struct config_key seat_keys[] = {
	{ .name = "number", .type = CONFIG_NUMBER, .required = true,
	    .least = 0, .most = 200 },
	{ .name = "at-least", .type = CONFIG_NUMBER, .preset = "0",
	    .least = 0, .most = 200 },
	{ .name = "appointed-by", .type = CONFIG_TEXT },
	{ .name = "also", .type = CONFIG_TEXT },
	{ .name = "named-by", .type = CONFIG_TEXT },
	{ .name = "rule", .type = CONFIG_PROSE },
	{ .type = CONFIG_END },
};
static const struct config_key person_keys[] = {
	{ .name = "name", .type = CONFIG_TEXT, .required = true },
	{ .name = "role", .type = CONFIG_TEXT, .preset = "member",
	    .choices = "chair vice-chair member appointee substitute "
	    "secretary guest subscriber" },
	{ .name = "also", .type = CONFIG_TEXT, .choices = "chair vice-chair "
	    "member appointee substitute secretary guest subscriber" },
	{ .name = "seat", .type = CONFIG_TEXT },
	{ .name = "substitute-for", .type = CONFIG_TEXT },
	{ .name = "phone", .type = CONFIG_TEXT },
	{ .name = "from", .type = CONFIG_TEXT },
	{ .name = "until", .type = CONFIG_TEXT },
	{ .type = CONFIG_END },
};
static const struct config_key meeting_keys[] = {
	{ .name = "start", .type = CONFIG_TEXT, .required = true },
	{ .name = "end", .type = CONFIG_TEXT, .required = true },
	{ .name = "place", .type = CONFIG_TEXT },
	{ .name = "theme", .type = CONFIG_TEXT },
	{ .name = "kind", .type = CONFIG_TEXT, .preset = "ordinary",
	    .choices = "ordinary dialogue theme joint workshop" },
	{ .name = "state", .type = CONFIG_TEXT, .preset = "planned",
	    .choices = "planned called held minutes-draft minutes-released "
	    "cancelled" },
	{ .name = "with-body", .type = CONFIG_TEXT },
	{ .name = "points-until", .type = CONFIG_TEXT },
	{ .name = "uid", .type = CONFIG_TEXT },
	{ .type = CONFIG_END },
};
static const struct config_key hearing_keys[] = {
	{ .name = "title", .type = CONFIG_TEXT, .required = true },
	{ .name = "deadline", .type = CONFIG_TEXT, .required = true },
	{ .name = "from", .type = CONFIG_TEXT },
	{ .type = CONFIG_END },
};
static const struct config_key topic_keys[] = {
	{ .name = "title", .type = CONFIG_TEXT, .required = true },
	{ .type = CONFIG_END },
};
static const struct config_key rule_keys[] = {
	{ .name = "value", .type = CONFIG_PROSE, .required = true },
	{ .type = CONFIG_END },
};
static const struct config_key address_keys[] = {
	{ .name = "body", .type = CONFIG_TEXT },
	{ .type = CONFIG_END },
};
static const struct config_key body_keys[] = {
	{ .name = "name", .type = CONFIG_TEXT, .required = true },
	{ .name = "kind", .type = CONFIG_TEXT, .preset = "council",
	    .choices = "council committee authority" },
	{ .name = "language", .type = CONFIG_TEXT, .preset = "da" },
	{ .name = "address", .type = CONFIG_TEXT },
	{ .name = "case-number", .type = CONFIG_TEXT },
	{ .name = "committee", .type = CONFIG_TEXT },
	{ .name = "takes-applications", .type = CONFIG_FLAG },
	{ .name = "seat", .type = CONFIG_SECTIONS, .keys = seat_keys },
	{ .name = "person", .type = CONFIG_SECTIONS, .keys = person_keys },
	{ .name = "meeting", .type = CONFIG_SECTIONS, .keys = meeting_keys },
	{ .name = "hearing", .type = CONFIG_SECTIONS, .keys = hearing_keys },
	{ .name = "topic", .type = CONFIG_SECTIONS, .keys = topic_keys },
	{ .name = "rule", .type = CONFIG_SECTIONS, .keys = rule_keys },
	{ .type = CONFIG_END },
};
static const struct config_key file_keys[] = {
	{ .name = "municipality", .type = CONFIG_TEXT },
	{ .name = "mailbox", .type = CONFIG_TEXT },
	{ .name = "address", .type = CONFIG_SECTIONS, .keys = address_keys },
	{ .name = "body", .type = CONFIG_SECTIONS, .keys = body_keys },
	{ .type = CONFIG_END },
};

static bool
is_slug(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && n <= 60 && text[n] == '\0';
}

static bool
is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at > text && strchr(at, '.') != NULL
	    && strchr(at + 1, '@') == NULL
	    && strpbrk(text, " <>,;:\"\\()") == NULL;
}

/* An address in lower case; where it is none, the line says so. */
static enum rc
address_read(struct arena *arena, const struct config *c, const char *key,
    const char *text, const char **address, struct err *err)
{
	if (text == NULL)
		return RC_OK;
	if (!is_address(text))
		return config_fail(c, key, err, "«%s» is no e-mail address",
		    text);
	*address = text_lower(arena, text);
	return RC_OK;
}

static enum rc
day_read(const struct config *c, const char *key, struct date *day,
    struct err *err)
{
	const char *text = config_text(c, key);

	if (text == NULL || date_parse(text, day))
		return RC_OK;
	return config_fail(c, key, err, "«%s» is no day, as 2026-11-26", text);
}

/* "16:00" or "16.00" on that day. */
static enum rc
time_read(const struct config *c, const char *key, struct date day,
    int64_t *at, struct err *err)
{
	const char *text = config_text(c, key);
	char sep, rest;
	int hour, minute;

	if (sscanf(text, "%2d%c%2d%c", &hour, &sep, &minute, &rest) != 3
	    || (sep != ':' && sep != '.') || hour < 0 || hour > 23
	    || minute < 0 || minute > 59)
		return config_fail(c, key, err, "«%s» is no time of day, as "
		    "16:00", text);
	*at = date_at(day, hour, minute);
	return RC_OK;
}

static enum rc
places_read(struct arena *arena, const struct config *c,
    struct file_body *body, struct err *err)
{
	size_t n = config_count(c, "person"), k = 0;
	struct file_place *places = arena_array(arena, n * 2, sizeof *places);
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		const struct config *p = config_section(c, "person", i);
		struct file_place *place = &places[k++];

		place->name = config_text(p, "name");
		place->seat = config_text(p, "seat");
		place->phone = config_text(p, "phone");
		if (!world_role_read(config_text(p, "role"), &place->role))
			return config_fail(p, "role", err, "no such role");
		if ((rc = address_read(arena, p, NULL, config_title(p),
		    &place->email, err)) != RC_OK
		    || (rc = address_read(arena, p, "substitute-for",
		    config_text(p, "substitute-for"), &place->substitute_for,
		    err)) != RC_OK
		    || (rc = day_read(p, "from", &place->from_day, err))
		    != RC_OK
		    || (rc = day_read(p, "until", &place->until_day, err))
		    != RC_OK)
			return rc;
		if (config_text(p, "also") == NULL)
			continue;
		places[k] = *place;
		if (!world_role_read(config_text(p, "also"),
		    &places[k++].role))
			return config_fail(p, "also", err, "no such role");
	}
	body->places = places;
	body->n_places = k;
	body->has_places = n > 0;
	return RC_OK;
}

static enum rc
seats_read(struct arena *arena, const struct config *c, struct file_body *body,
    struct err *err)
{
	size_t n = config_count(c, "seat");
	struct file_seat *seats = arena_array(arena, n, sizeof *seats);

	for (size_t i = 0; i < n; i++) {
		const struct config *s = config_section(c, "seat", i);

		seats[i] = (struct file_seat){
			.group = config_title(s),
			.appointed_by = config_text(s, "appointed-by"),
			.also = config_text(s, "also"),
			.named_by = config_text(s, "named-by"),
			.rule = config_text(s, "rule"),
			.number = (int)config_number(s, "number"),
			.at_least = (int)config_number(s, "at-least"),
		};
		if (!is_slug(seats[i].group))
			return config_fail(s, NULL, err, "«%s»: a group of "
			    "seats is named by a-z, 0-9 and «-»",
			    seats[i].group);
		if (seats[i].at_least > seats[i].number)
			return config_fail(s, "at-least", err, "«at-least» is "
			    "more than «number»");
	}
	body->seats = seats;
	body->n_seats = n;
	body->has_seats = n > 0;
	return RC_OK;
}

/* The title is the day, with -2 for a second meeting on it. */
static enum rc
meeting_read(struct arena *arena, const struct config *m, const char *slug,
    struct file_meeting *meeting, struct err *err)
{
	const char *title = config_title(m), *until;
	struct date day;
	enum rc rc;

	if (strlen(title) < 10 || (title[10] != '\0' && title[10] != '-')
	    || !date_parse(arena_strndup(arena, title, 10), &day))
		return config_fail(m, NULL, err, "«%s»: a meeting is named by "
		    "its day, as \"2026-11-26\" (a second one: "
		    "\"2026-11-26-2\")", title);
	meeting->id = arena_printf(arena, "%s/%s", slug, title);
	meeting->place = config_text(m, "place");
	meeting->theme = config_text(m, "theme");
	meeting->with_body = config_text(m, "with-body");
	meeting->uid = config_text(m, "uid");
	if (!world_meeting_kind_read(config_text(m, "kind"), &meeting->kind)
	    || !world_meeting_state_read(config_text(m, "state"),
	    &meeting->state))
		return config_fail(m, "kind", err, "no such kind or state");
	if ((rc = time_read(m, "start", day, &meeting->start_at, err)) != RC_OK
	    || (rc = time_read(m, "end", day, &meeting->end_at, err)) != RC_OK)
		return rc;
	if (meeting->end_at <= meeting->start_at)
		return config_fail(m, "end", err, "the meeting ends before it "
		    "begins");
	until = config_text(m, "points-until");
	if (until == NULL)
		return RC_OK;
	if (!date_parse(until, &day))
		return config_fail(m, "points-until", err, "«%s» is no day, as "
		    "2026-11-12", until);
	meeting->points_until_at = date_at(date_add_days(day, 1), 0, 0);
	return RC_OK;
}

static enum rc
hearing_read(struct arena *arena, const struct config *h, const char *slug,
    struct file_hearing *hearing, struct err *err)
{
	enum rc rc;

	if (!is_slug(config_title(h)))
		return config_fail(h, NULL, err, "«%s»: a hearing is named by "
		    "a-z, 0-9 and «-»", config_title(h));
	hearing->id = arena_printf(arena, "%s/h/%s", slug, config_title(h));
	hearing->title = config_text(h, "title");
	if ((rc = address_read(arena, h, "from", config_text(h, "from"),
	    &hearing->from, err)) != RC_OK)
		return rc;
	return day_read(h, "deadline", &hearing->deadline_day, err);
}

static enum rc
topic_read(const struct config *t, struct file_topic *topic, struct err *err)
{
	const char *title = config_title(t);

	if (title[0] < 'A' || title[0] > 'Z' || title[1] != '\0')
		return config_fail(t, NULL, err, "«%s»: a topic is one letter, "
		    "A to Z", title);
	*topic = (struct file_topic){ title[0], config_text(t, "title") };
	return RC_OK;
}

static enum rc
lists_read(struct arena *arena, const struct config *c, struct file_body *body,
    struct err *err)
{
	size_t n_meetings = config_count(c, "meeting");
	size_t n_hearings = config_count(c, "hearing");
	size_t n_topics = config_count(c, "topic");
	size_t n_rules = config_count(c, "rule");
	struct file_meeting *meetings = arena_array(arena, n_meetings,
	    sizeof *meetings);
	struct file_hearing *hearings = arena_array(arena, n_hearings,
	    sizeof *hearings);
	struct file_topic *topics = arena_array(arena, n_topics,
	    sizeof *topics);
	struct file_rule *rules = arena_array(arena, n_rules, sizeof *rules);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n_meetings; i++)
		rc = meeting_read(arena, config_section(c, "meeting", i),
		    body->slug, &meetings[i], err);
	for (size_t i = 0; rc == RC_OK && i < n_hearings; i++)
		rc = hearing_read(arena, config_section(c, "hearing", i),
		    body->slug, &hearings[i], err);
	for (size_t i = 0; rc == RC_OK && i < n_topics; i++)
		rc = topic_read(config_section(c, "topic", i), &topics[i],
		    err);
	for (size_t i = 0; i < n_rules; i++) {
		const struct config *r = config_section(c, "rule", i);

		rules[i] = (struct file_rule){ config_title(r),
			config_text(r, "value") };
	}
	body->meetings = meetings;
	body->n_meetings = n_meetings;
	body->hearings = hearings;
	body->n_hearings = n_hearings;
	body->topics = topics;
	body->n_topics = n_topics;
	body->has_topics = n_topics > 0;
	body->rules = rules;
	body->n_rules = n_rules;
	return rc;
}

static enum rc
body_read(struct arena *arena, const struct config *c, struct file_body *body,
    struct err *err)
{
	enum rc rc;

	body->slug = config_title(c);
	if (!is_slug(body->slug))
		return config_fail(c, NULL, err, "«%s»: a body is named by "
		    "a-z, 0-9 and «-», as \"udsatteraad\"", body->slug);
	body->name = config_text(c, "name");
	body->language = config_text(c, "language");
	body->case_number = config_text(c, "case-number");
	body->committee = config_text(c, "committee");
	if (!world_body_kind_read(config_text(c, "kind"), &body->kind))
		return config_fail(c, "kind", err, "no such kind");
	body->takes_applications = config_is_given(c, "takes-applications")
	    ? config_flag(c, "takes-applications")
	    : body->kind == BODY_COUNCIL;
	if ((rc = address_read(arena, c, "address", config_text(c, "address"),
	    &body->address, err)) != RC_OK
	    || (rc = places_read(arena, c, body, err)) != RC_OK
	    || (rc = seats_read(arena, c, body, err)) != RC_OK)
		return rc;
	return lists_read(arena, c, body, err);
}

enum rc
council_file_read(struct arena *arena, const char *name, const char *text,
    struct council_file *file, struct err *err)
{
	const struct config *c;
	struct file_body *bodies;
	struct file_address *addresses;
	struct council_file f = { .municipality = NULL };
	enum rc rc;

	if ((rc = config_read(arena, name, text, file_keys, &c, err)) != RC_OK)
		return rc;
	f.municipality = config_text(c, "municipality");
	if ((rc = address_read(arena, c, "mailbox", config_text(c, "mailbox"),
	    &f.mailbox, err)) != RC_OK)
		return rc;
	f.n_bodies = config_count(c, "body");
	f.n_addresses = config_count(c, "address");
	if (f.n_bodies + f.n_addresses == 0)
		return config_fail(c, NULL, err, "no «body» in this file; is "
		    "it a council file?");
	bodies = arena_array(arena, f.n_bodies, sizeof *bodies);
	addresses = arena_array(arena, f.n_addresses, sizeof *addresses);
	for (size_t i = 0; i < f.n_bodies; i++)
		if ((rc = body_read(arena, config_section(c, "body", i),
		    &bodies[i], err)) != RC_OK)
			return rc;
	for (size_t i = 0; i < f.n_addresses; i++) {
		const struct config *a = config_section(c, "address", i);

		addresses[i].body = config_text(a, "body");
		if ((rc = address_read(arena, a, NULL, config_title(a),
		    &addresses[i].email, err)) != RC_OK)
			return rc;
	}
	f.bodies = bodies;
	f.addresses = addresses;
	*file = f;
	return RC_OK;
}
