/* SPDX-License-Identifier: MIT */
/* What the council knows, put into the words' places. */
#include "outbox/facts.h"

#include <string.h>

#include "base/arena.h"
#include "render/day_words.h"
#include "rules/meeting_facts.h"

#define NAME_LETTERS 60

const char *
facts_plain_name(struct arena *arena, const char *name)
{
	const char *at, *next;
	size_t n = 0;

	if (name == NULL)
		return NULL;
	name = text_squeeze(arena, text_one_line(arena, name));
	for (at = name; *at != '\0'; at = next) {
		uint32_t code;

		next = at;
		code = text_next(&next);
		if (++n > NAME_LETTERS)
			return NULL;
		if (code == '.') {
			/* «J.P. Holm» has initials, «evil.example» a dot */
			const char *after = next;

			if (text_is_letter(text_next(&after)) && *after != '.')
				return NULL;
		} else if (!text_is_letter(code) &&
		    (code > 0x7f || strchr(" -',", (int)code) == NULL)) {
			return NULL;
		}
	}
	return n == 0 ? NULL : name;
}

const char *
facts_name(const struct world *world, const char *email)
{
	for (size_t i = 0; email != NULL && i < world->n_bodies; i++) {
		const struct world_person *person =
		    world_person(&world->bodies[i], email);

		if (person != NULL && person->name != NULL)
			return person->name;
	}
	return email;
}

const char *
facts_meeting(struct arena *arena, const char *language,
    const struct world *world, const char *id)
{
	const struct world_meeting *meeting;

	if (id == NULL)
		return NULL;
	meeting = world_meeting(world, id, NULL);
	return meeting == NULL ? id : day_words_span(arena, language,
	    meeting->start_at, meeting->end_at);
}

static const struct world_hearing *
find_hearing(const struct world *world, const char *id)
{
	for (size_t i = 0; id != NULL && i < world->n_bodies; i++)
		for (size_t k = 0; k < world->bodies[i].n_hearings; k++)
			if (strcmp(world->bodies[i].hearings[k].id, id) == 0)
				return &world->bodies[i].hearings[k];
	return NULL;
}

/* "DAC" is read as «D, A, C». */
static const char *
order_words(struct arena *arena, const char *order)
{
	struct buf out = buf_open(arena);

	for (; *order != '\0'; order++)
		buf_addf(&out, "%s%c", out.n > 0 ? ", " : "", *order);
	return buf_text(&out);
}

/* Sets a field only where there is something: an object's field hides one of
 * the same name that the letter or the house has. */
static void
text_if(struct json_fields *fields, const char *name, const char *text)
{
	if (text != NULL && text[0] != '\0')
		fields_text(fields, name, text);
}

/* «stor skrift og på engelsk» for "large english". */
static const char *
choice_words(struct arena *arena, const char *language, const char *choices)
{
	const char *list[8];
	size_t n = 0;

	while (choices != NULL && *choices != '\0' && n < 8) {
		size_t k = strcspn(choices, " ");
		const char *word = words_get(arena, language, arena_printf(
		    arena, "reader-%.*s", (int)k, choices));

		if (word != NULL)
			list[n++] = word;
		choices += k + strspn(choices + k, " ");
	}
	return n == 0 ? NULL : words_join(arena, language, list, n);
}

/* What is to be of a meeting. Where only the journal is left, the day. */
static void
meeting_fields(struct json_fields *deed, struct arena *arena,
    const char *language, const struct world *world,
    const struct action *action)
{
	const struct world_meeting *old = world_meeting(world,
	    action->meeting, NULL);
	struct meeting_facts facts;
	int64_t start_at, end_at;
	struct date day;

	if (action->kind < ACTION_MEETING_PLAN ||
	    action->kind > ACTION_MEETING_GUEST)
		return;
	if (action->text == NULL || !meeting_facts_read(arena, action->text,
	    &facts)) {
		if (action->title != NULL && date_parse(action->title, &day))
			fields_text(deed, "new_when", day_words(arena,
			    language, day));
		fields_flag(deed, "bare", true);
		return;
	}
	meeting_facts_times(&facts, old, &start_at, &end_at);
	if (facts.day.year != 0 || facts.start_min != MEETING_UNTOLD ||
	    facts.end_min != MEETING_UNTOLD)
		fields_text(deed, "new_when", day_words_span(arena, language,
		    start_at, end_at));
	text_if(deed, "new_place", facts.place);
	text_if(deed, "new_theme", facts.theme);
	text_if(deed, "guest", facts.name != NULL ? facts.name :
	    facts.email);
}

struct json_fields *
facts_deed(struct json_fields *fields, const char *list, struct arena *arena,
    const char *language, const struct world *world,
    const struct action *action, const char *reader)
{
	const struct world_hearing *hearing =
	    find_hearing(world, action->hearing);
	struct json_fields *deed = fields_item(fields, list);
	const struct world_body *body = action->body == NULL ? NULL :
	    world_body(world, action->body);

	fields_flag(deed, action_word(action->kind), true);
	text_if(deed, "meeting", facts_meeting(arena, language, world,
	    action->meeting));
	if (action->person != NULL && (reader == NULL ||
	    !text_equal_nocase(action->person, reader)))
		fields_text(deed, "for_whom",
		    facts_name(world, action->person));
	text_if(deed, "stand_in", facts_name(world, action->substitute));
	text_if(deed, "title", action->title != NULL ? action->title :
	    hearing != NULL ? hearing->title : action->hearing);
	fields_flag(deed, "late", hearing != NULL && hearing->late &&
	    action->kind == ACTION_HEARING_COMMENT);
	text_if(deed, "name", action->name);
	text_if(deed, "email", action->email);
	text_if(deed, "to", action->kind == ACTION_READER_CHOICE ?
	    choice_words(arena, language, action->to) : action->to);
	if (body != NULL)
		fields_text(deed, "body", body->name);
	if (action->order != NULL)
		fields_text(deed, "order", order_words(arena, action->order));
	if (date_is_valid(action->deadline_day))
		fields_text(deed, "deadline", day_words(arena, language,
		    action->deadline_day));
	if (action->kind == ACTION_MEMBER_ROLE && action->choice != NULL)
		text_if(deed, "role", words_get(arena, language, arena_printf(
		    arena, "role-one-%s", action->choice)));
	meeting_fields(deed, arena, language, world, action);
	return deed;
}

void
facts_deeds(struct json_fields *fields, const char *list,
    struct arena *arena, const char *language, const struct world *world,
    const struct action *actions, size_t n, const char *reader)
{
	for (size_t i = 0; i < n; i++)
		(void)facts_deed(fields, list, arena, language, world,
		    &actions[i], reader);
}

/* A meeting with its council and place, since two may be on one day. */
static const char *
meeting_choice(struct arena *arena, const char *language,
    const struct world_meeting *meeting, const struct world_body *body)
{
	const char *when = day_words_span(arena, language, meeting->start_at,
	    meeting->end_at);

	return meeting->place == NULL ?
	    arena_printf(arena, "%s, %s", when, body->name) :
	    arena_printf(arena, "%s, %s, %s", when, body->name,
	    meeting->place);
}

/* With its day where two have one name. */
static const char *
hearing_choice(struct arena *arena, const char *language,
    const struct world *world, const struct world_hearing *hearing)
{
	size_t same = 0;

	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t i = 0; i < world->bodies[b].n_hearings; i++)
			same += text_equal_nocase(hearing->title,
			    world->bodies[b].hearings[i].title);
	return same < 2 || !date_is_valid(hearing->deadline_day) ?
	    hearing->title : arena_printf(arena, "%s (%s)", hearing->title,
	    day_words(arena, language, hearing->deadline_day));
}

static void
add_choice(struct json_fields *fields, struct arena *arena,
    const char *language, const struct world *world, const char *choice)
{
	struct json_fields *item = fields_item(fields, "choices");
	const struct world_body *body = NULL;
	const struct world_meeting *meeting =
	    world_meeting(world, choice, &body);
	const struct world_hearing *hearing = find_hearing(world, choice);
	enum action_kind kind;

	if (meeting != NULL && body != NULL)
		fields_text(item, "words", meeting_choice(arena, language,
		    meeting, body));
	else if (hearing != NULL)
		fields_text(item, "words", hearing_choice(arena, language,
		    world, hearing));
	else if ((body = world_body(world, choice)) != NULL)
		fields_text(item, "words", body->name);
	else if (action_read(choice, &kind) && kind < ACTION_UNDO)
		fields_flag(item, choice, true);
	else
		fields_text(item, "words", choice);
}

void
facts_choices(struct json_fields *fields, struct arena *arena,
    const char *language, const struct world *world,
    const char *const *choices, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_choice(fields, arena, language, world, choices[i]);
}

void
facts_topics(struct json_fields *fields, struct arena *arena,
    const struct world_body *body)
{
	for (size_t i = 0; body != NULL && i < body->n_topics; i++) {
		struct json_fields *item = fields_item(fields, "topics");

		fields_text(item, "letter", arena_printf(arena, "%c",
		    body->topics[i].letter));
		fields_text(item, "title", body->topics[i].title);
	}
}

void
facts_mail(struct json_fields *fields, struct arena *arena,
    const char *language, int64_t mail_id, int64_t came_at,
    const struct mail *mail, const struct purpose *purpose, const char *text)
{
	const struct purpose_sender *sender =
	    purpose == NULL ? NULL : &purpose->sender;

	fields_number(fields, "mail", (long)mail_id);
	if (came_at > 0)
		fields_text(fields, "came", day_words_at(arena, language,
		    came_at));
	if (mail != NULL)
		text_if(fields, "mail_subject", mail->subject);
	if (sender != NULL) {
		text_if(fields, "from", sender->email);
		text_if(fields, "from_name", sender->person != NULL &&
		    sender->verified ? sender->person : sender->name);
		fields_flag(fields, "verified", sender->verified);
		if (purpose->reason != NULL)
			fields_flag(fields, purpose->reason, true);
	}
	text_if(fields, "text", text);
}
