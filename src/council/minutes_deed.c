/* SPDX-License-Identifier: MIT */
/* Which minutes a mail is about, and who may release them. */
#include "council/minutes_deed.h"

#include "base/arena.h"
#include "base/text.h"
#include "council/minutes_letter.h"
#include "council/minutes_words.h"
#include "rules/meeting.h"
#include "store/letter.h"

enum rc
minutes_deed_open(struct act *act, const struct action *action,
    struct gathering *g, struct minutes_row *row, struct err *err)
{
	const struct world_body *body = NULL;
	const struct world_meeting *meeting = world_meeting(
	    act->council->world, action->meeting, &body);
	enum rc rc;

	if (meeting == NULL || meeting->state == MEETING_CANCELLED ||
	    meeting->start_at > act->council->now_at)
		return fail(err, RC_PARK, "no meeting that was held");
	if ((rc = gathering_open(act->council, act->arena, body, meeting, g,
	    err)) != RC_OK)
		return rc;
	rc = minutes_load(act->council->store, act->arena, meeting->id, row,
	    err);
	if (rc == RC_NONE)
		*row = (struct minutes_row){ .meeting = meeting->id };
	return rc == RC_NONE ? RC_OK : rc;
}

bool
minutes_deed_writes(const struct act *act, const struct gathering *g)
{
	bool any = false;

	if (!act->sender.verified)
		return false;
	for (size_t i = 0; i < g->body->n_people; i++) {
		if (g->body->people[i].role != ROLE_SECRETARY)
			continue;
		any = true;
		if (text_equal_nocase(g->body->people[i].email,
		    act->sender.email))
			return true;
	}
	return !any && text_equal_nocase(act->council->outbox->secretary,
	    act->sender.email);
}

enum rc
minutes_deed_answers(struct act *act, int64_t *minutes_id, struct err *err)
{
	const struct world *world = act->council->world;

	*minutes_id = 0;
	for (size_t i = 0; i < world->n_sent; i++) {
		struct letter_row letter;
		int64_t id;
		enum rc rc;

		if (world->sent[i].kind != LETTER_MINUTES_DRAFT ||
		    !text_equal_nocase(world->sent[i].to, act->sender.email))
			continue;
		rc = letter_by_message_id(act->council->store, act->arena,
		    world->sent[i].message_id, &letter, err);
		if (rc == RC_NONE)
			continue;
		if (rc != RC_OK)
			return rc;
		id = letter_key_row(letter.key, "minutes-");
		if (id > *minutes_id)
			*minutes_id = id;
	}
	return RC_OK;
}

bool
minutes_deed_has_points(struct act *act, const struct gathering *g,
    const struct minutes *old, const char *words)
{
	struct agenda agenda = minutes_agenda(act->arena, old);
	struct minutes m;

	if (words == NULL)
		return false;
	minutes_parse(act->arena, &(struct minutes_source){
	    .words = minutes_words_load(act->arena, g->language),
	    .agenda = &agenda, .day = g->meeting->day }, words, &m);
	for (size_t i = 0; i < m.n; i++)
		if (!minutes_item_is_empty(&m.items[i]))
			return true;
	return false;
}

struct agenda
minutes_agenda(struct arena *arena, const struct minutes *minutes)
{
	struct agenda agenda = { arena_array(arena, MINUTES_ITEMS + 1,
	    sizeof *agenda.points), 0 };

	for (size_t i = 0; i < MINUTES_ITEMS; i++)
		agenda.points[i].title = "";
	for (size_t i = 0; i < minutes->n; i++) {
		const struct minutes_item *it = &minutes->items[i];

		agenda.points[it->number - 1].title = it->title;
		agenda.points[it->number - 1].closed = it->closed;
		if (it->number > agenda.n)
			agenda.n = it->number;
	}
	return agenda;
}
