/* SPDX-License-Identifier: MIT */
/* What a calendar program sends when its button is pressed. Only METHOD in
 * the data counts: Google sends a COUNTER under `method=REPLY`. */
#include "understand/reply.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/thread.h"

static bool
is_ours(const struct world *world, const char *email)
{
	return email != NULL && thread_address(world, email, NULL, NULL);
}

static bool
is_word(const char *a, const char *b)
{
	return a != NULL && text_equal_nocase(a, b);
}

/* By its UID. */
static const struct world_meeting *
uid_meeting(const struct world *world, const char *uid,
    const struct world_body **body)
{
	for (size_t b = 0; uid != NULL && b < world->n_bodies; b++)
		for (size_t m = 0; m < world->bodies[b].n_meetings; m++) {
			const struct world_meeting *meeting =
			    &world->bodies[b].meetings[m];

			if (!is_word(meeting->uid, uid))
				continue;
			*body = &world->bodies[b];
			return meeting;
		}
	return NULL;
}

/*
 * By its time, where exactly one meeting of a body that he has a place in
 * begins then, and nobody else invited to it (some phones make a new UID).
 */
static const struct world_meeting *
time_meeting(const struct world *world, const struct mail_calendar *c,
    const struct who *who, const struct world_body **body)
{
	const struct world_meeting *found = NULL;

	if (c->start_at < 0 || (c->organizer != NULL &&
	    !is_ours(world, c->organizer)))
		return NULL;
	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t m = 0; m < world->bodies[b].n_meetings; m++) {
			const struct world_meeting *meeting =
			    &world->bodies[b].meetings[m];

			if (meeting->start_at != c->start_at || who_at(who,
			    world, &world->bodies[b], meeting) == NULL)
				continue;
			if (found != NULL)
				return NULL;
			found = meeting;
			*body = &world->bodies[b];
		}
	return found;
}

static enum reply_says
says_of(const char *partstat)
{
	return is_word(partstat, "ACCEPTED") ? REPLY_YES :
	    is_word(partstat, "DECLINED") ? REPLY_NO :
	    is_word(partstat, "TENTATIVE") ? REPLY_MAYBE : REPLY_SAYS_NONE;
}

static void
person_read(const struct mail_calendar *c, const struct who *who,
    struct reply *r)
{
	r->person = c->attendee != NULL ? c->attendee : who->email;
	r->person_is_sender = r->person != NULL && who->email != NULL &&
	    strcmp(r->person, who->email) == 0;
	r->sent_by = c->sent_by;
	if (!r->person_is_sender) {
		r->kind = REPLY_DELEGATE;
		r->delegate = c->sent_by != NULL ? c->sent_by : who->email;
		r->why = "somebody else than the one invited pressed the "
		    "button";
	} else if (is_word(c->partstat, "DELEGATED")) {
		r->kind = REPLY_DELEGATE;
		r->why = "the invitation was handed on";
	}
}

/* A calendar part as an answer; false where it says nothing. */
static bool
calendar_read(struct arena *arena, const struct mail_calendar *c,
    const struct world *world, const struct who *who, struct reply *r)
{
	const char *comment = c->comment == NULL ? "" :
	    text_trim(arena, c->comment);

	*r = (struct reply){ .recurring = c->recurrence_at >= 0 };
	r->comment = *comment == '\0' ? NULL : comment;
	r->meeting = uid_meeting(world, c->uid, &r->body);
	if (is_word(c->method, "CANCEL")) {
		r->kind = REPLY_CANCEL;
		r->why = "somebody else cancels an event";
		return true;
	}
	if (is_word(c->method, "REQUEST") || is_word(c->method, "PUBLISH") ||
	    is_word(c->method, "ADD")) {
		r->kind = REPLY_FOREIGN_INVITATION;
		r->why = "somebody else's invitation";
		return true;
	}
	if (!is_word(c->method, "REPLY") && !is_word(c->method, "COUNTER"))
		return false;
	if (r->meeting == NULL)
		r->meeting = time_meeting(world, c, who, &r->body);
	r->says = says_of(c->partstat);
	if (is_word(c->method, "COUNTER") || c->counter_proposed) {
		r->kind = REPLY_COUNTER;
		r->why = "another time is proposed";
	} else if (r->meeting != NULL && r->meeting->round > 0 &&
	    c->start_at >= 0 && c->start_at != r->meeting->start_at) {
		/* the old day's button, pressed after the move */
		r->kind = REPLY_FOREIGN_EVENT;
		r->why = "an answer for the day before the meeting was moved";
	} else if (r->meeting == NULL) {
		r->kind = REPLY_FOREIGN_EVENT;
		r->why = "an answer to an event that is none of our meetings";
	} else {
		r->kind = REPLY_ANSWER;
		r->why = arena_printf(arena, "the button says %s to %s",
		    r->says == REPLY_YES ? "yes" : r->says == REPLY_NO ?
		    "no" : r->says == REPLY_MAYBE ? "maybe" : "nothing",
		    r->meeting->id);
	}
	person_read(c, who, r);
	if (r->kind == REPLY_DELEGATE && r->meeting == NULL)
		r->kind = REPLY_FOREIGN_EVENT;
	return true;
}

static bool
is_same_event(const struct mail_calendar *a, const struct mail_calendar *b)
{
	if (a->uid != NULL && b->uid != NULL)
		return is_word(a->uid, b->uid) &&
		    a->recurrence_at == b->recurrence_at &&
		    (a->attendee == NULL || b->attendee == NULL ||
		    is_word(a->attendee, b->attendee));
	return a->start_at == b->start_at && a->start_at >= 0;
}

static bool
is_counter(const struct mail_calendar *c)
{
	return is_word(c->method, "COUNTER") || c->counter_proposed;
}

/* Does `a` stand where `b` says something else of the same event? A counter
 * proposal does; else the newer DTSTAMP, then the higher SEQUENCE. */
static bool
is_stronger(const struct mail_calendar *a, const struct mail_calendar *b)
{
	if (is_counter(a) != is_counter(b))
		return is_counter(a);
	if (a->stamp_at != b->stamp_at)
		return a->stamp_at > b->stamp_at;
	return a->sequence > b->sequence;
}

const struct reply *
reply_read(struct arena *arena, const struct mail *mail,
    const struct world *world, const struct who *who, size_t *n)
{
	struct reply *replies = arena_array(arena, mail->n_calendars + 1,
	    sizeof(*replies));
	const struct mail_calendar **from = arena_array(arena,
	    mail->n_calendars + 1, sizeof(*from));

	*n = 0;
	for (size_t i = 0; i < mail->n_calendars; i++) {
		const struct mail_calendar *c = &mail->calendars[i];
		struct reply r;
		size_t k = 0;

		if (!calendar_read(arena, c, world, who, &r))
			continue;
		while (k < *n && !is_same_event(from[k], c))
			k++;
		if (k < *n && !is_stronger(c, from[k]))
			continue;
		replies[k] = r;
		from[k] = c;
		*n += k == *n;
	}
	return replies;
}
