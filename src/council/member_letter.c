/* SPDX-License-Identifier: MIT */
/* The welcome letter: the year's meetings, how to write, whom to ask. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "council/member_deed.h"
#include "mail/ical_write.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/meeting.h"
#include "rules/year.h"
#include "store/meeting.h"

#define MEETINGS_MOST 40	/* of a letter; a council has eight a year */

static const char *
ref_of(struct arena *arena, int64_t journal_id)
{
	return arena_printf(arena, "member:%lld", (long long)journal_id);
}

/* The meetings that lie ahead, as a list and as a file for a calendar. */
static enum rc
meetings_fields(struct council *council, struct arena *arena,
    const struct world_body *body, struct json_fields *fields,
    struct outbox_file *file, bool *any, struct err *err)
{
	struct ical_event *events = arena_array(arena, MEETINGS_MOST,
	    sizeof *events);
	const char *text;
	size_t n = 0;
	enum rc rc;

	for (size_t i = 0; i < body->n_meetings && n < MEETINGS_MOST; i++) {
		const struct world_meeting *m = &body->meetings[i];
		struct json_fields *item;
		int64_t sequence;

		if (!meeting_is_ahead(m->state) ||
		    m->start_at <= council->now_at)
			continue;
		if ((rc = meeting_sequence(council->store, m->id, &sequence,
		    err)) != RC_OK)
			return rc;
		item = fields_item(fields, "meetings");
		fields_text(item, "when", day_words_span(arena,
		    body->language, m->start_at, m->end_at));
		fields_text(item, "place", m->place);
		events[n++] = (struct ical_event){ .uid = m->uid,
			.sequence = sequence, .start_at = m->start_at,
			.end_at = m->end_at, .stamp_at = council->now_at,
			.summary = body->name, .location = m->place };
	}
	*any = n > 0;
	text = ical_feed(arena, body->name, events, n);
	*file = (struct outbox_file){ .name = "moeder.ics",
		.type = "text/calendar", .data = {
		(const unsigned char *)text, strlen(text) } };
	return RC_OK;
}

static void
secretary_fields(const struct world_body *body, struct json_fields *fields)
{
	for (size_t i = 0; i < body->n_people; i++)
		if (body->people[i].role == ROLE_SECRETARY) {
			fields_text(fields, "secretary",
			    body->people[i].name);
			fields_text(fields, "secretary_email",
			    body->people[i].email);
			return;
		}
}

static void
role_fields(const struct place_row *place, struct json_fields *fields)
{
	fields_flag(fields, "substitute", place->role == ROLE_SUBSTITUTE);
	fields_flag(fields, "appointee", place->role == ROLE_APPOINTEE);
	fields_flag(fields, "chair", place->role == ROLE_CHAIR ||
	    place->role == ROLE_VICE_CHAIR);
}

enum rc
member_welcome(struct council *council, struct arena *arena,
    const struct world_body *body, const struct place_row *place,
    int64_t journal_id, struct err *err)
{
	struct json_fields *fields = fields_open(arena);
	struct date from = place->from_day.year != 0 ? place->from_day :
	    date_local(council->now_at).day;
	struct err why = { "" };
	struct outbox_file file;
	bool any;
	enum rc rc = meetings_fields(council, arena, body, fields, &file,
	    &any, err);

	if (rc != RC_OK)
		return rc;
	fields_text(fields, "from", day_words(arena, body->language, from));
	fields_text(fields, "until", place->until_day.year == 0 ? NULL :
	    day_words(arena, body->language, place->until_day));
	secretary_fields(body, fields);
	role_fields(place, fields);
	rc = outbox_queue(council->outbox, arena, &(struct outbox_draft){
	    .key = arena_printf(arena, "welcome/%lld/%s",
	    (long long)journal_id, place->email),
	    .template = "welcome", .language = body->language,
	    .kind = LETTER_OTHER, .class = LETTER_BULK,
	    .ref = ref_of(arena, journal_id), .body = body,
	    .to = place->email, .to_name = place->name, .fields = fields,
	    .files = &file, .n_files = any ? 1 : 0,
	    .due_at = year_awake(council->now_at + MEMBER_STOP_S) }, NULL,
	    NULL, &why);
	if (rc == RC_PARK)
		log_warning("welcome body=%s: the letter cannot leave: %s",
		    body->slug, why.text);
	return rc == RC_OK || rc == RC_NONE || rc == RC_PARK ? RC_OK :
	    fail(err, rc, "%s", why.text);
}

#define LETTERS_MOST 200	/* of one deed: a whole roster is welcomed */

enum rc
member_letters_undo(struct council *council, struct arena *arena,
    int64_t journal_id, struct err *err)
{
	struct letter_row *rows;
	size_t n;
	enum rc rc = letter_of_ref(council->store, arena, ref_of(arena,
	    journal_id), LETTER_OTHER, LETTERS_MOST, &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (letter_may_move(rows[i].state, LETTER_WITHDRAWN) &&
		    rows[i].state != LETTER_SENDING)
			rc = letter_move(council->store, rows[i].letter_id,
			    LETTER_WITHDRAWN, council->now_at, 0, NULL, err);
	return rc;
}

enum rc
member_letters_gone(struct council *council, struct arena *arena,
    int64_t journal_id, bool *gone, struct err *err)
{
	struct letter_row *rows;
	size_t n;
	enum rc rc = letter_of_ref(council->store, arena, ref_of(arena,
	    journal_id), LETTER_OTHER, LETTERS_MOST, &rows, &n, err);

	*gone = false;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		*gone = *gone || (rows[i].state != LETTER_QUEUED &&
		    rows[i].state != LETTER_DEFERRED &&
		    rows[i].state != LETTER_WITHDRAWN &&
		    rows[i].state != LETTER_FAILED);
	return rc;
}
