/* SPDX-License-Identifier: MIT */
/* Who may what: what was found, held against who sent it. */
#include "understand/right.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/meeting.h"
#include "understand/sense.h"

enum right
right_of(enum action_kind kind)
{
	switch (kind) {
	case ACTION_AGENDA_ITEM: case ACTION_IDEA: case ACTION_APPLICATION:
	case ACTION_NOMINATION: case ACTION_UNDO: case ACTION_CONSENT:
	case ACTION_CONSENT_REFUSE: case ACTION_CONFIRM:
	case ACTION_TRAIL_STOP: case ACTION_REGISTER:
	case ACTION_WORKSHOP_IDEA:
	case ACTION_DATA_ACCESS: case ACTION_DATA_ERASE:
	case ACTION_ADDRESS_CHANGE: case ACTION_APPLICATION_ADD:
	case ACTION_APPLICATION_KEEP: case ACTION_APPLICATION_WITHDRAW:
	case ACTION_GUEST_REPLY:
		return RIGHT_ANYONE;
	/* the council knows who may answer what waits */
	case ACTION_DECIDE:
	case ACTION_FOLLOW_UP_DONE: case ACTION_FOLLOW_UP_DATE:
	case ACTION_SUBSCRIBE: case ACTION_UNSUBSCRIBE:
	case ACTION_READER_CHOICE:
	case ACTION_HEARING_OPEN: case ACTION_HEARING_STATUS:
	/* somebody's own place, and the letters that he gets */
	case ACTION_REGISTER_CANCEL: case ACTION_WORKSHOP_STOP:
		return RIGHT_VERIFIED;
	case ACTION_MEMBER_ROLE: case ACTION_MEMBER_LEAVE:
	case ACTION_MEMBER_REACHED: case ACTION_MEMBER_ADD:
	case ACTION_AGENDA_APPROVE: case ACTION_AGENDA_EDIT:
	case ACTION_MINUTES_SUBMIT: case ACTION_CALL_OPEN: case ACTION_APPOINT:
	case ACTION_HEARING_APPROVE: case ACTION_HEARING_EDIT:
	case ACTION_TOPIC_NAME: case ACTION_TOPIC_END: case ACTION_TOPIC_LIST:
	case ACTION_ROUND_OPEN: case ACTION_ROUND_STOP:
	case ACTION_GROUP_OPEN: case ACTION_GROUP_END:
	case ACTION_WORKSHOP_OPEN: case ACTION_WORKSHOP_GROUP:
	case ACTION_WORKSHOP_RELEASE: case ACTION_WORKSHOP_DECIDED:
		return RIGHT_LEAD;
	case ACTION_MEETING_PLAN: case ACTION_MEETING_MOVE:
	case ACTION_MEETING_CANCEL: case ACTION_MEETING_CHANGE:
	case ACTION_MEETING_GUEST:
		return RIGHT_PLAN;
	default:
		return RIGHT_MEMBER;
	}
}

static const struct world_person *
place_for(const struct sense *s, const struct action *a)
{
	const struct world_body *body = NULL;
	const struct world_meeting *meeting = world_meeting(s->world,
	    a->meeting, &body);

	if (meeting != NULL)
		return who_at(&s->who, s->world, body, meeting);
	body = world_body(s->world, a->body);
	return body == NULL ? NULL : who_in(&s->who, body);
}

/* In that very body: the committee's secretary moves no council's meeting. */
static bool
plans(const struct sense *s, const struct world_body *body)
{
	const struct world_person *p = body == NULL ? NULL :
	    who_in(&s->who, body);

	return p != NULL && meeting_may_plan(body, p->role);
}

static bool
has_right(const struct sense *s, const struct finding *f, enum right right)
{
	const struct world_person *place = place_for(s, &f->action);

	if (place == NULL)
		return false;
	if (right == RIGHT_PLAN)
		return f->action.body != NULL && plans(s, world_body(s->world,
		    f->action.body));
	if (right == RIGHT_LEAD)
		return place->role == ROLE_CHAIR
		    || place->role == ROLE_SECRETARY;
	if (f->action.kind == ACTION_RANKING
	    && (place->role == ROLE_APPOINTEE
	    || place->role == ROLE_SECRETARY))
		return false;
	return place->role != ROLE_GUEST && place->role != ROLE_SUBSCRIBER;
}

/* The member whose name he bears, or says he is. */
const struct world_person *
right_claimed(const struct sense *s)
{
	for (size_t b = 0; b < s->world->n_bodies; b++)
		for (size_t i = 0; i < s->world->bodies[b].n_people; i++) {
			const struct world_person *p =
			    &s->world->bodies[b].people[i];

			if (s->who.name != NULL && person_is_name(s->arena,
			    s->who.name) && person_same(s->arena, p->name,
			    s->who.name))
				return p;
			if (s->who.like != NULL
			    && strcmp(s->who.like, p->email) == 0)
				return p;
		}
	return NULL;
}

/* A guest's button or «jeg kommer» is a guest's answer. */
void
right_guest(const struct sense *s, struct finding *f)
{
	enum action_kind kind = f->action.kind;
	const struct world_meeting *m = world_meeting(s->world,
	    f->action.meeting, NULL);

	/* … and of a workshop, that of somebody who has a place */
	if ((kind == ACTION_ABSENCE || kind == ACTION_ATTENDANCE) &&
	    m != NULL && m->places > 0 && s->who.email != NULL &&
	    place_for(s, &f->action) == NULL) {
		f->action.kind = kind == ACTION_ABSENCE ?
		    ACTION_REGISTER_CANCEL : ACTION_REGISTER;
		return;
	}
	if ((kind != ACTION_ABSENCE && kind != ACTION_ATTENDANCE) ||
	    m == NULL || m->guests == NULL || s->who.email == NULL ||
	    place_for(s, &f->action) != NULL || strstr(m->guests,
	    arena_printf(s->arena, " %s ", s->who.email)) == NULL)
		return;
	f->action.kind = ACTION_GUEST_REPLY;
	f->action.order = kind == ACTION_ABSENCE ? "no" : "yes";
}

void
right_gate(const struct sense *s, struct finding *f)
{
	enum right right = right_of(f->action.kind);
	const struct world_person *place, *other;

	if (f->need != NEED_NOTHING || right == RIGHT_ANYONE)
		return;
	if (right == RIGHT_VERIFIED) {
		if (!s->who.verified) {
			f->need = NEED_ASK;
			f->reason = "unverified";
		}
		return;
	}
	if (has_right(s, f, right)) {
		if (!s->who.verified) {
			f->need = NEED_ASK;
			f->reason = "unverified";
		}
		return;
	}
	/* one outside who was asked, too, answers for himself */
	if (f->action.kind == ACTION_HEARING_COMMENT
	    && world_hearing_asks(world_hearing(s->world, f->action.hearing,
	    NULL), s->who.email)) {
		if (!s->who.verified) {
			f->need = NEED_ASK;
			f->reason = "unverified";
		}
		return;
	}
	place = place_for(s, &f->action);
	other = s->who.n_places == 0 ? right_claimed(s) : NULL;
	if (other != NULL) {
		f->need = NEED_ASK;
		f->reason = "unknown-person";
		if (f->action.person != NULL)
			f->action.person = other->email;
	} else if (!s->who.verified) {
		f->need = NEED_ASK;
		f->reason = "unverified";
		f->drop_action = place == NULL && s->who.n_places == 0;
	} else {
		f->need = NEED_HUMAN;
		f->reason = place != NULL ? "not-allowed" : "not-a-member";
	}
}
