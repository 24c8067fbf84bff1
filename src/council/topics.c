/* SPDX-License-Identifier: MIT */
/* Topics of a body: their list for the secretary, their names, and their
 * end. */
#include "council/topics.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/deed.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/meeting.h"

struct topics_work
topics_open(struct council *council, struct arena *arena,
    const struct world_body *body)
{
	return (struct topics_work){ council, arena, body,
		body->language != NULL ? body->language : "da" };
}

const char *
topics_word(const struct topics_work *w, const char *name)
{
	const char *found = words_get(w->arena, w->language, name);

	return found != NULL ? found : name;
}

struct guest *
topics_voters(const struct topics_work *w, size_t *n)
{
	struct guest *list = arena_array(w->arena, w->body->n_people + 1,
	    sizeof *list);
	size_t count = 0;

	for (size_t i = 0; i < w->body->n_people; i++) {
		const struct world_person *p = &w->body->people[i];
		bool there = false;

		for (size_t k = 0; k < count; k++)
			there = there || text_equal_nocase(list[k].email,
			    p->email);
		if (!there && (p->role == ROLE_CHAIR || p->role ==
		    ROLE_VICE_CHAIR || p->role == ROLE_MEMBER))
			list[count++] = (struct guest){ p->email, p->name,
			    true };
	}
	*n = count;
	return list;
}

const char *
topics_secretary(const struct topics_work *w)
{
	for (size_t i = 0; i < w->body->n_people; i++)
		if (w->body->people[i].role == ROLE_SECRETARY)
			return w->body->people[i].email;
	return w->council->outbox->secretary;
}

enum rc
topics_letter(const struct topics_work *w, const char *to,
    const char *to_name, struct outbox_draft draft, struct err *err)
{
	struct err why = { "" };
	enum rc rc;

	if (to == NULL)
		return RC_OK;
	draft.language = w->language;
	draft.body = w->body;
	draft.to = to;
	draft.to_name = to_name;
	if (draft.ref == NULL)
		draft.ref = w->body->slug;
	rc = outbox_queue(w->council->outbox, w->arena, &draft, NULL, NULL,
	    &why);
	if (rc == RC_PARK) {
		log_warning("topics=%s: a letter cannot leave: %s",
		    w->body->slug, why.text);
		return RC_OK;
	}
	return rc == RC_OK || rc == RC_NONE ? RC_OK : fail(err, rc, "%s",
	    why.text);
}

const struct world_meeting *
topics_next(const struct topics_work *w)
{
	for (size_t i = 0; i < w->body->n_meetings; i++) {
		const struct world_meeting *m = &w->body->meetings[i];

		if (meeting_is_ahead(m->state) && m->points_until_at >
		    w->council->now_at)
			return m;
	}
	return NULL;
}

enum rc
topics_refuse(struct act *act, const struct world_body *body,
    const char *flag, struct err *err)
{
	struct topics_work w = topics_open(act->council, act->arena, body);
	struct json_fields *fields = fields_open(act->arena);
	enum rc rc;

	fields_flag(fields, flag, true);
	rc = topics_letter(&w, act->sender.email, act->sender.person,
	    (struct outbox_draft){ .key = arena_printf(act->arena,
	    "topic-refused/mail-%lld", (long long)act->mail_id),
	    .template = "topic-refused", .kind = LETTER_OTHER,
	    .class = LETTER_ANSWER, .mail_id = act->mail_id,
	    .fields = fields }, err);
	if (rc != RC_OK)
		return rc;
	act->answered = true;
	return fail(err, RC_PARK, "refused: %s", flag);
}

/* --- the list --------------------------------------------------------------- */

static void
idea_line(const struct topics_work *w, struct json_fields *to,
    const char *list, const struct idea *idea)
{
	struct json_fields *item = fields_item(to, list);

	fields_number(item, "number", (long)idea->number);
	if (idea->letter != 0)
		fields_text(item, "letter", arena_printf(w->arena, "%c",
		    idea->letter));
	fields_text(item, "title", idea->title);
	fields_text(item, "day", day_words(w->arena, w->language,
	    date_local(idea->at).day));
}

static enum rc
list_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct json_fields *fields = fields_open(act->arena);
	struct topics_work w;
	struct topic *topics;
	struct idea *ideas;
	size_t n, n_ideas;
	enum rc rc;

	(void)journal_id;
	if (body == NULL)
		return fail(err, RC_PARK, "no body");
	w = topics_open(act->council, act->arena, body);
	end->no_line = end->answers = true;
	if ((rc = topic_list(act->council->store, act->arena, body->slug,
	    &topics, &n, err)) != RC_OK || (rc = idea_list(
	    act->council->store, act->arena, body->slug, &ideas, &n_ideas,
	    err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		struct json_fields *item = fields_item(fields, "topics");

		fields_text(item, "letter", arena_printf(act->arena, "%c",
		    topics[i].letter));
		fields_text(item, "title", topics[i].title);
	}
	for (size_t k = 0; k < n_ideas; k++)
		idea_line(&w, fields, ideas[k].letter == 0 ? "free" : "held",
		    &ideas[k]);
	return topics_letter(&w, act->sender.email, act->sender.person,
	    (struct outbox_draft){
	    .key = arena_printf(act->arena, "topics/%s/mail-%lld",
	    body->slug, (long long)act->mail_id), .template = "topics",
	    .kind = LETTER_TOPICS, .class = LETTER_ANSWER,
	    .mail_id = act->mail_id, .fields = fields }, err);
}

static enum rc
list_undo(struct act *act, int64_t journal_id, struct err *err)
{
	(void)act;		/* it changed nothing */
	(void)journal_id;
	(void)err;
	return RC_OK;
}

const struct deed deed_topic_list = {
	.action = ACTION_TOPIC_LIST,
	.who = MAY_SECRETARY,
	.run = list_run,
	.undo = list_undo,
};

/* --- names ------------------------------------------------------------------ */

static enum rc
ideas_take(struct act *act, const struct action *action, const char *body,
    char letter, int64_t journal_id, struct err *err)
{
	const char *at = action->text;
	enum rc rc = RC_OK;

	while (at != NULL && *at != '\0' && rc == RC_OK) {
		char *end;
		long number = strtol(at, &end, 10);

		if (end == at)
			break;
		rc = topic_take(act->council->store, body, letter, number,
		    journal_id, err);
		at = end + strspn(end, " ");
	}
	return rc;
}

/* All of it, or nothing: one wrong number of three groups none. */
static enum rc
name_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct store *store = act->council->store;
	struct topic topic;
	char letter = 0;
	enum rc rc;

	if (body == NULL || action->title == NULL)
		return fail(err, RC_PARK, "no body, or no title");
	if (action->order != NULL) {
		letter = action->order[0];
		rc = topic_by_letter(store, act->arena, body->slug, letter,
		    &topic, err);
		if (rc == RC_OK && strcmp(topic.title, action->title) != 0)
			rc = topic_rename(store, &topic, action->title,
			    journal_id, err);
		if (rc == RC_NONE)
			rc = fail(err, RC_PARK, "no such topic");
	} else {
		rc = topic_add(store, body->slug, action->title, journal_id,
		    &letter, err);
	}
	if (rc == RC_OK)
		rc = ideas_take(act, action, body->slug, letter, journal_id,
		    err);
	if (rc == RC_PARK) {
		enum rc undo = topic_undo(store, journal_id, err);

		return undo != RC_OK ? undo : topics_refuse(act, body, "idea",
		    err);
	}
	if (rc == RC_OK) {
		struct action *told = arena_alloc(act->arena, sizeof *told);

		*told = *action;	/* with the letter that it got */
		told->order = arena_printf(act->arena, "%c", letter);
		end->action = told;
	}
	return rc;
}

static enum rc
topic_line_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return topic_undo(act->council->store, journal_id, err);
}

/* People rank it, or have. */
static enum rc
topic_line_gone(struct act *act, int64_t journal_id, bool *gone,
    struct err *err)
{
	return topic_gone(act->council->store, journal_id, gone, err);
}

const struct deed deed_topic_name = {
	.action = ACTION_TOPIC_NAME,
	.who = MAY_SECRETARY,
	.run = name_run,
	.undo = topic_line_undo,
	.gone = topic_line_gone,
};

static enum rc
end_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct topic topic;
	enum rc rc;

	(void)end;
	if (body == NULL || action->order == NULL)
		return fail(err, RC_PARK, "no body, or no letter");
	rc = topic_by_letter(act->council->store, act->arena, body->slug,
	    action->order[0], &topic, err);
	if (rc == RC_OK)
		rc = topic_end(act->council->store, &topic,
		    act->council->now_at, journal_id, err);
	return rc == RC_NONE || rc == RC_PARK ? topics_refuse(act, body,
	    "idea", err) : rc;
}

const struct deed deed_topic_end = {
	.action = ACTION_TOPIC_END,
	.who = MAY_SECRETARY,
	.run = end_run,
	.undo = topic_line_undo,
	.gone = topic_line_gone,
};
