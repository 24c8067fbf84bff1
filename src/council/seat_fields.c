/* SPDX-License-Identifier: MIT */
/* Seats and calls, as fields of a letter. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "council/deed.h"
#include "council/seats.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "render/template.h"
#include "store/meeting.h"
#include "store/seat.h"

const char *
seat_group_words(struct arena *arena, const char *language,
    const char *group)
{
	const char *words = words_get(arena, language, arena_printf(arena,
	    "group-%s", group));

	return words != NULL ? words : group;
}

const char *
seat_groups_or(struct arena *arena, const char *language,
    const char *const *words, size_t n)
{
	const char *or = words_get(arena, language, "or");
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s%s", i == 0 ? "" : i + 1 < n || or == NULL ?
		    ", " : arena_printf(arena, " %s ", or), words[i]);
	return buf_text(&out);
}

void
seat_fields(struct arena *arena, const char *language,
    const struct seat_rules *rules, struct json_fields *fields)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct seat_group *g = &rules->groups[i];
		struct json_fields *item;

		if (seat_free(g) == 0)
			continue;
		item = fields_item(fields, "seats");
		fields_number(item, "number", (long)seat_free(g));
		fields_text(item, "group", seat_group_words(arena, language,
		    g->group));
		fields_text(item, "least", g->at_least == 0 ? NULL :
		    arena_printf(arena, "%zu", g->at_least));
	}
}

void
seat_fields_named_by(const struct act *act, const struct world_body *body,
    struct json_fields *fields)
{
	const char *named_by = NULL;
	struct err err = { "" };

	fields_text(fields, "body", body == NULL ? NULL : body->name);
	if (body != NULL)
		(void)rule_load(act->council->store, act->arena, body->slug,
		    "named-by", &named_by, &err);
	fields_text(fields, "named_by", named_by);
}

enum rc
seat_days(struct council *council, struct arena *arena, const char *body,
    const char *rule, int otherwise, int *days, struct err *err)
{
	const char *value = NULL;
	enum rc rc = rule_load(council->store, arena, body, rule, &value,
	    err);
	long n;

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	n = rc == RC_NONE ? otherwise : strtol(value, NULL, 10);
	*days = n > 0 && n < 1000 ? (int)n : otherwise;
	return RC_OK;
}

void
call_fields(struct council *council, struct arena *arena,
    const struct world_body *body, const struct call_row *call,
    struct json_fields *fields)
{
	const char *language = body->language != NULL ? body->language : "da";

	fields_text(fields, "body", body->name);
	fields_text(fields, "address", body->address != NULL ? body->address :
	    council->outbox->mailbox);
	fields_text(fields, "deadline", day_words(arena, language,
	    call->deadline_day));
	fields_text(fields, "answer_by", day_words(arena, language,
	    call->answer_day));
}

const char *
seat_markdown_light(struct arena *arena, const char *markdown)
{
	struct buf out = buf_open(arena);
	bool head = true;	/* only signs and digits on this line so far */

	for (const char *at = markdown; *at != '\0'; at++) {
		if (*at == '\\' && !head && at[1] != '\0' &&
		    strchr("@.,:;!?()-+/'\"=&%$", at[1]) != NULL)
			continue;
		head = *at == '\n' || (head && !text_is_letter(
		    (unsigned char)*at));
		buf_add_char(&out, *at);
	}
	return buf_text(&out);
}

enum rc
call_page(struct council *council, struct arena *arena,
    const struct call_row *call, const char **markdown, struct err *err)
{
	const struct world_body *body = world_body(council->world,
	    call->body);
	struct json_fields *fields = fields_open(arena);
	const struct template *template;
	struct call_seat *seats;
	const char *subject, *language;
	size_t n;
	enum rc rc;

	if (body == NULL)
		return fail(err, RC_PARK, "no body %s", call->body);
	language = body->language != NULL ? body->language : "da";
	rc = call_seats(council->store, arena, call->call_id, &seats, &n,
	    err);
	if (rc != RC_OK || (rc = template_load(council->outbox->templates,
	    language, "call-page", &template, err)) != RC_OK)
		return rc;
	call_fields(council, arena, body, call, fields);
	for (size_t i = 0; i < n; i++) {
		struct json_fields *item = fields_item(fields, "seats");

		fields_number(item, "number", (long)seats[i].number);
		fields_text(item, "group", seat_group_words(arena, language,
		    seats[i].group));
	}
	rc = template_render(template, arena, fields, NULL, &subject,
	    markdown, err);
	if (rc == RC_OK)
		*markdown = seat_markdown_light(arena, *markdown);
	return rc;
}

struct seat_person
candidate_person(const struct candidate *c)
{
	return (struct seat_person){ .groups = c->groups, .seat = c->seat,
		.resident = c->resident };
}

/* «brugere eller organisationer», by what he said; never a guess. */
static const char *
fits_words(struct arena *arena, const char *language,
    const struct seat_rules *rules, const struct candidate *c)
{
	const char **words = arena_array(arena, rules->n + 1, sizeof *words);
	struct seat_person person = candidate_person(c);
	size_t n = 0;

	if (person.groups == NULL)
		return words_get(arena, language, "seat-unsaid");
	for (size_t i = 0; i < rules->n; i++)
		if (seat_free(&rules->groups[i]) > 0 &&
		    seat_fits(&rules->groups[i], &person) == FIT_SAID)
			words[n++] = seat_group_words(arena, language,
			    rules->groups[i].group);
	return n == 0 ? words_get(arena, language, "seat-none") :
	    seat_groups_or(arena, language, words, n);
}

struct json_fields *
candidate_fields(struct arena *arena, const char *language,
    const struct seat_rules *rules, const struct candidate *c,
    bool is_trusted, struct json_fields *fields, const char *list)
{
	struct json_fields *item = fields_item(fields, list);

	fields_number(item, "number", (long)c->number);
	fields_text(item, "name", !is_trusted || c->name == NULL ? "\xe2\x80"
	    "\x93" : c->name);
	fields_flag(item, "proposed", c->nomination_id != 0);
	fields_flag(item, "reserve", c->on_reserve);
	fields_flag(item, "lives", c->resident);
	fields_text(item, "fits", fits_words(arena, language, rules, c));
	return item;
}
