/* SPDX-License-Identifier: MIT */
/* The table of deeds, who may do them, and how they are called in a letter. */
#include <string.h>

#include "base/arena.h"
#include "council/decide.h"
#include "council/deed.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "rules/cpr.h"
#include "rules/title.h"

/* What is not in here goes to a person, with a receipt that says so. */
static const struct deed *const deeds[] = {
	&deed_absence, &deed_attendance, &deed_tentative, &deed_substitute,
	&deed_agenda_item, &deed_idea, &deed_application, &deed_nomination,
	&deed_application_add, &deed_application_keep,
	&deed_application_withdraw, &deed_call_open, &deed_appoint,
	&deed_hearing_open, &deed_hearing_approve, &deed_hearing_edit,
	&deed_hearing_status, &deed_hearing_time, &deed_hearing_comment,
	&deed_minutes_approve, &deed_minutes_comment,
	&deed_reader_choice, &deed_find, &deed_ranking, &deed_subscribe,
	&deed_unsubscribe, &deed_resign, &deed_member_add,
	&deed_member_leave, &deed_member_role, &deed_member_reached,
	&deed_address_change, &deed_data_access,
	&deed_data_erase, &deed_consent, &deed_consent_refuse,
	&deed_minutes_submit, &deed_follow_up_done, &deed_follow_up_date,
	&deed_agenda_edit, &deed_agenda_approve, &deed_decide, &deed_trail_stop,
	&deed_topic_name, &deed_topic_end, &deed_topic_list,
	&deed_round_open, &deed_round_stop, &deed_group_open,
	&deed_group_join, &deed_group_leave, &deed_group_end,
	&deed_group_post, &deed_group_status,
	&deed_meeting_plan, &deed_meeting_move, &deed_meeting_cancel,
	&deed_meeting_change, &deed_meeting_guest, &deed_guest_reply,
	&deed_workshop_open, &deed_register, &deed_register_cancel,
	&deed_workshop_idea, &deed_workshop_group, &deed_workshop_release,
	&deed_workshop_decided, &deed_workshop_stop,
};

const struct deed *
deed_of(enum action_kind kind)
{
	for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
		if (deeds[i]->action == kind)
			return deeds[i];
	return NULL;
}

const struct world_body *
action_body(const struct act *act, const struct action *action)
{
	const struct world *world = act->council->world;
	const struct world_body *body = world_body(world, action->body);

	if (body == NULL)
		(void)world_meeting(world, action->meeting, &body);
	if (body == NULL)
		(void)world_hearing(world, action->hearing, &body);
	if (body == NULL && act->purpose != NULL)
		body = world_body(world, act->purpose->body);
	return body;
}

static bool
has_place(const struct act *act, const struct world_body *body,
    enum may wanted)
{
	const struct world_person *p;

	for (size_t i = 0; body != NULL && i < body->n_people; i++) {
		p = &body->people[i];
		if (act->sender.email == NULL ||
		    !text_equal_nocase(p->email, act->sender.email))
			continue;
		if (p->role == ROLE_SECRETARY || p->role == ROLE_CHAIR ||
		    p->role == ROLE_VICE_CHAIR)
			return true;
		if (wanted == MAY_MEMBER && p->role != ROLE_NONE &&
		    p->role != ROLE_SUBSCRIBER)
			return true;
	}
	return false;
}

/* The understanding has judged this already; the council looks again, since
 * one mistake there must not excuse the wrong person (corpus/README 6). */
static bool
may(const struct act *act, const struct deed *deed,
    const struct action *action)
{
	const struct world_body *body = action_body(act, action);
	const struct world_meeting *meeting = world_meeting(
	    act->council->world, action->meeting, NULL);
	bool own = action->person == NULL || text_equal_nocase(action->person,
	    act->sender.email);

	if (deed->who == MAY_ANYONE)
		return true;
	if (!act->sender.verified)
		return false;
	if (has_place(act, body, MAY_SECRETARY))
		return true;
	if (deed->who == MAY_SECRETARY || !own)
		return false;
	if (has_place(act, body, MAY_MEMBER))
		return true;
	/* one outside who was asked speaks for himself */
	if (action->kind == ACTION_HEARING_COMMENT && world_hearing_asks(
	    world_hearing(act->council->world, action->hearing, NULL),
	    act->sender.email))
		return true;
	for (size_t i = 0; meeting != NULL; i++) {
		body = world_with(act->council->world, meeting, i);
		if (body == NULL || has_place(act, body, MAY_MEMBER))
			return body != NULL;
	}
	return false;
}

static const char *
label_of(const struct action *a)
{
	switch (a->kind) {
	case ACTION_SUBSTITUTE:
		return a->substitute;
	case ACTION_NOMINATION:
		return a->name;
	case ACTION_RANKING:
		return NULL;	/* how somebody votes is in no list */
	case ACTION_SUBSCRIBE:
	case ACTION_UNSUBSCRIBE:
	case ACTION_MEMBER_ADD:
		return a->email;
	case ACTION_RESIGN:
	case ACTION_MEMBER_LEAVE:
	case ACTION_MEMBER_ROLE:
	case ACTION_MEMBER_REACHED:
		return a->person;
	case ACTION_ADDRESS_CHANGE:
	case ACTION_READER_CHOICE:
		return a->to;
	default:
		return a->title;
	}
}

struct action
action_of_journal(const struct journal_row *row)
{
	struct action a = { .part = -1, .body = row->body,
		.person = row->by, .title = row->label, .name = row->label,
		.substitute = row->label,
		.email = row->label, .to = row->label };

	(void)action_read(row->deed, &a.kind);
	if (row->about != NULL && strstr(row->about, "/h/") != NULL)
		a.hearing = row->about;
	else
		a.meeting = row->about;
	if (a.kind == ACTION_DECIDE)
		a.to = NULL;
	return a;
}

const char *
agenda_title(const struct act *act, const struct world_body *body,
    const char *title)
{
	return title_nice(act->arena, title, words_get(act->arena,
	    act_language(act, body), "question-words"));
}

/* A copy that keeps no personal number in what people wrote; addresses and
 * ids are what they are. */
const struct action *
actions_masked(const struct act *act, const struct action *actions, size_t n)
{
	struct action *copy = arena_array(act->arena, n + 1, sizeof *copy);

	for (size_t i = 0; i < n; i++) {
		const char **words[] = { &copy[i].text, &copy[i].title,
			&copy[i].name, &copy[i].substitute, &copy[i].order };

		copy[i] = actions[i];
		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
			if (*words[k] != NULL)
				*words[k] = cpr_mask(act->arena, *words[k],
				    CPR_POSSIBLE, NULL);
		if (copy[i].kind == ACTION_AGENDA_ITEM ||
		    copy[i].kind == ACTION_IDEA)
			copy[i].title = agenda_title(act, action_body(act,
			    &copy[i]), copy[i].title);
	}
	return copy;
}

static enum rc
deed_run(struct act *act, const struct deed *deed,
    const struct action *action, struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	enum rc rc;

	*end = (struct deed_end){ .action = action, .body = body };
	rc = journal_add(act->council->store, &(struct journal_row){
	    .at = act->council->now_at, .mail_id = act->mail_id,
	    .deed = action_word(action->kind),
	    .body = body == NULL ? NULL : body->slug,
	    .by = act->sender.email, .by_what = act->sender.by,
	    .about = action->meeting != NULL ? action->meeting :
	    action->hearing, .label = label_of(action) }, &end->journal_id,
	    err);
	if (rc != RC_OK)
		return rc;
	rc = deed->run(act, action, end->journal_id, end, err);
	if (rc == RC_OK && (end->fault != NULL || end->no_line))
		return journal_drop(act->council->store, end->journal_id,
		    err);
	if (rc == RC_PARK)
		return journal_drop(act->council->store, end->journal_id,
		    NULL) == RC_OK ? RC_PARK : RC_STOP;
	return rc;
}

enum rc
deeds_run(struct act *act, const struct action *actions, size_t n,
    struct deed_end **ends, size_t *n_ends, size_t *left, struct err *err)
{
	struct deed_end *list;
	size_t done = 0;
	enum rc rc = decide_expand(act, &actions, &n, err);

	if (rc != RC_OK)
		return rc;
	*left = 0;
	list = arena_array(act->arena, n + 1, sizeof *list);
	actions = actions_masked(act, actions, n);
	for (size_t i = 0; i < n; i++) {
		const struct deed *deed = deed_of(actions[i].kind);
		const char *word = action_word(actions[i].kind);
		struct err why = { "" };

		rc = RC_PARK;
		if (deed == NULL)
			act_why(act, "%s: a person does this", word);
		else if (!may(act, deed, &actions[i]))
			act_why(act, "%s: the sender may not", word);
		else if ((rc = deed_run(act, deed, &actions[i], &list[done],
		    &why)) == RC_PARK)
			act_why(act, "%s: %s", word, why.text);
		if (rc == RC_OK) {
			act_why(act, "%s: done", word);
			done++;
		} else if (rc == RC_PARK) {
			(*left)++;
		} else {
			return fail(err, rc, "%s", why.text);
		}
	}
	*ends = list;
	*n_ends = done;
	return RC_OK;
}

void
deed_fields(const struct act *act, struct json_fields *fields,
    const char *list, const struct action *action, const char *reader)
{
	(void)facts_deed(fields, list, act->arena, act_language(act,
	    action_body(act, action)), act->council->world, action, reader);
}
