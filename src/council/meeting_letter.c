/* SPDX-License-Identifier: MIT */
/* Who was invited hears what is new, and answers again where the day is. */
#include "council/meeting_letter.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "outbox/outbox.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/due.h"
#include "store/meeting_guest.h"

struct tell {
	struct gathering *g;
	const struct meeting_image *was;
	int64_t change_id, journal_id;
	bool called;		/* people have an invitation */
	bool cancelled, differs;
	bool moved;		/* begins at another time: all answer again */
	bool near;
};

static bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool
meeting_is_near(const struct gathering *g,
    const struct meeting_change *changes, size_t n)
{
	int64_t soon = g->council->now_at + MEETING_NEAR_S;

	return g->meeting->start_at < soon || (n > 0 &&
	    changes[0].was.start_at < soon);
}

static struct tell
tell_open(struct gathering *g, const struct meeting_change *changes,
    size_t n)
{
	const struct world_meeting *m = g->meeting;
	struct tell t = { .g = g, .was = &changes[0].was,
		.change_id = changes[n - 1].change_id,
		.journal_id = changes[n - 1].journal_id,
		.called = changes[0].was.state == MEETING_CALLED,
		.cancelled = m->state == MEETING_CANCELLED,
		.near = meeting_is_near(g, changes, n) };

	t.moved = t.was->start_at != m->start_at;
	t.differs = t.moved || t.cancelled || t.was->end_at != m->end_at ||
	    !same_text(t.was->place, m->place) ||
	    !same_text(t.was->theme, m->theme);
	return t;
}

/* --- the letters ------------------------------------------------------------ */

static enum rc
queue(const struct tell *t, const struct guest *guest, const char *key,
    struct outbox_draft draft, struct err *err)
{
	const struct gathering *g = t->g;
	struct err why = { "" };
	enum rc rc;

	draft.key = arena_printf(g->arena, "%s/%s/%lld/%s", key,
	    g->meeting->id, (long long)t->change_id, guest->email);
	draft.language = g->language;
	draft.class = t->near ? LETTER_URGENT : LETTER_BULK;
	draft.ref = g->meeting->id;
	draft.body = g->body;
	draft.to = guest->email;
	draft.to_name = guest->name;
	rc = outbox_queue(g->council->outbox, g->arena, &draft, NULL, NULL,
	    &why);
	if (rc == RC_PARK)
		log_warning("meeting=%s: a letter cannot leave: %s",
		    g->meeting->id, why.text);
	return rc == RC_NONE || rc == RC_PARK || rc == RC_OK ? RC_OK :
	    fail(err, rc, "%s", why.text);
}

/* What stands beside what it was: only what is another. */
static void
was_fields(const struct tell *t, struct json_fields *fields)
{
	const struct world_meeting *m = t->g->meeting;
	const char *when = day_words_span(t->g->arena, t->g->language,
	    t->was->start_at, t->was->end_at);

	fields_flag(fields, "new_when", t->was->start_at != m->start_at ||
	    t->was->end_at != m->end_at);
	fields_text(fields, "was_when", when);
	fields_flag(fields, "new_place", !same_text(t->was->place, m->place));
	fields_text(fields, "was_place", t->was->place);
	fields_flag(fields, "new_theme", !same_text(t->was->theme, m->theme));
	fields_text(fields, "was_theme", t->was->theme);
}

static enum rc
change_send(const struct tell *t, const struct guest *guest,
    bool substitute, struct err *err)
{
	const struct gathering *g = t->g;
	struct json_fields *fields = fields_open(g->arena);
	bool asks = guest->answers && t->moved && !substitute;
	bool off = t->cancelled || (substitute && t->moved);
	struct outbox_draft draft = {
		.template = t->cancelled ? "meeting-cancel" :
		    "meeting-change",
		.kind = t->cancelled ? LETTER_OTHER : LETTER_INVITATION,
		.fields = fields,
		.calendar_method = off ? "CANCEL" : "REQUEST" };
	/* The answers for the old day are over: each calendar asks again. */
	struct gathering anew = *g;
	enum rc rc;

	if (t->moved)
		anew.n_answers = 0;
	rc = gathering_calendar(&anew, guest, off, &draft.calendar, err);
	if (rc != RC_OK)
		return rc;
	gathering_fields(g, fields);
	was_fields(t, fields);
	fields_flag(fields, "moved", t->moved);
	fields_flag(fields, "asks", asks || (guest->answers && !t->moved &&
	    gathering_is_silent(g, guest->email)));
	fields_flag(fields, "again", asks && !gathering_is_silent(g,
	    guest->email));
	fields_flag(fields, "kept", guest->answers && !t->moved &&
	    !gathering_is_silent(g, guest->email));
	fields_flag(fields, "substitute", substitute && t->moved);
	return queue(t, guest, t->cancelled ? "meeting-cancel" :
	    "meeting-change", draft, err);
}

/* A guest gets the own item and time, and is asked for the title. */
static enum rc
guest_send(const struct tell *t, const struct meeting_guest *row,
    const struct guest *guest, struct err *err)
{
	const struct gathering *g = t->g;
	struct json_fields *fields = fields_open(g->arena);
	struct outbox_draft draft = { .template = "guest-invitation",
		.kind = LETTER_GUEST, .fields = fields, .wants_token = true,
		.calendar_method = "REQUEST" };
	/* The others are nobody the guest must know of. */
	struct gathering own = *g;
	enum rc rc = gathering_calendar(g, guest, false, &draft.calendar,
	    err);

	if (rc != RC_OK)
		return rc;
	own.n_guests = 0;
	gathering_fields(&own, fields);
	fields_text(fields, "own_time", row->from_at == 0 ? NULL :
	    day_words_time(g->arena, g->language, row->from_at));
	fields_text(fields, "matter", row->matter);
	if (row->point > 0)
		fields_number(fields, "point", (long)row->point);
	if ((rc = queue(t, guest, "guest", draft, err)) != RC_OK)
		return rc;
	return meeting_guest_invited(g->council->store, row->guest_id,
	    g->council->now_at, err);
}

/* «sundhedsplejerske Ida Holm» is called Ida Holm. */
static const char *
called(const char *name)
{
	const char *at = name;

	while (at != NULL && *at >= 'a' && *at <= 'z') {
		at = strchr(at, ' ');
		if (at != NULL)
			at++;
	}
	return at != NULL ? at : name;
}

/* --- who -------------------------------------------------------------------- */

static enum rc
members_tell(const struct tell *t, struct err *err)
{
	size_t n, k;
	struct guest *list = gathering_invited(t->g, &n);
	struct guest *substitutes = gathering_substitutes(t->g, &k);
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = change_send(t, &list[i], false, err);
	for (size_t i = 0; i < k && rc == RC_OK; i++)
		rc = change_send(t, &substitutes[i], true, err);
	return rc;
}

/* At the same time after the start as before, on the new day. */
static int64_t
guest_time(const struct tell *t, int64_t from_at)
{
	struct local from = date_local(from_at);
	struct local was = date_local(t->was->start_at);
	struct local now = date_local(t->g->meeting->start_at);
	int minutes = (from.hour - was.hour + now.hour) * 60 + from.minute -
	    was.minute + now.minute;

	return date_at(now.day, minutes / 60, minutes % 60);
}

static enum rc
guests_tell(const struct tell *t, struct err *err)
{
	const struct gathering *g = t->g;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < g->n_guests && rc == RC_OK; i++) {
		struct meeting_guest row = g->guests[i];
		struct guest guest = { row.email, called(row.name), true };
		bool no = row.reply != NULL && strcmp(row.reply, "no") == 0;

		if (t->moved && row.from_at != 0) {
			row.from_at = guest_time(t, row.from_at);
			rc = meeting_guest_moved(g->council->store,
			    row.guest_id, row.from_at, err);
		}
		if (rc != RC_OK || no)
			continue;
		if (row.invited_at != 0 && t->differs)
			rc = change_send(t, &guest, false, err);
		else if (row.invited_at == 0 && !t->cancelled)
			rc = guest_send(t, &row, &guest, err);
	}
	return rc;
}

/* The letter of the move was the invitation of its round. */
static enum rc
invitation_done(const struct tell *t, struct err *err)
{
	const struct gathering *g = t->g;
	const char *key = gathering_key(g, "invitation");
	bool done;
	enum rc rc = due_is_done(g->council->store, key, &done, err);

	return rc != RC_OK || done ? rc : due_set(g->council->store, key,
	    g->council->now_at, DUE_DONE, err);
}

enum rc
meeting_tell(struct gathering *g, const struct meeting_change *changes,
    size_t n, struct err *err)
{
	struct tell t = tell_open(g, changes, n);
	struct store *store = g->council->store;
	enum rc rc = meeting_changes_sent(store, g->meeting->id, t.differs,
	    g->council->now_at, err);

	/* a part of a joint meeting: its host tells */
	if (rc != RC_OK || g->meeting->host != NULL)
		return rc;
	if (t.called && t.differs && (rc = members_tell(&t, err)) != RC_OK)
		return rc;
	if ((rc = guests_tell(&t, err)) != RC_OK || !t.called ||
	    t.cancelled || !t.moved)
		return rc;
	if ((rc = meeting_answers_end(store, g->meeting->id, t.journal_id,
	    err)) != RC_OK)
		return rc;
	return invitation_done(&t, err);
}
