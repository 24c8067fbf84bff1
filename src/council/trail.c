/* SPDX-License-Identifier: MIT */
/* The trail of a point, to the one who proposed it. */
#include "council/trail.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/deed.h"
#include "outbox/outbox.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/item.h"
#include "store/trail.h"

#define TAKE_BACK_S 600		/* as for an agenda: «FORTRYD» in time */

static const char *const words_of[] = {
	[TRAIL_AGENDA] = "agenda",
	[TRAIL_NEXT] = "next",
	[TRAIL_REJECTED] = "rejected",
	[TRAIL_RESULT] = "result",
};

/* May he read a closed point, and does he need to be told at all? */
static bool
is_inside(const struct world_body *body, const char *email)
{
	const struct world_person *p = world_person(body, email);

	return p != NULL && p->role != ROLE_GUEST &&
	    p->role != ROLE_SUBSCRIBER && p->role != ROLE_NONE;
}

static bool
is_secretary(const struct world_body *body, const char *email)
{
	const struct world_person *p = world_person(body, email);

	return p != NULL && p->role == ROLE_SECRETARY;
}

static struct json_fields *
trail_fields(struct council *council, struct arena *arena,
    const struct world_body *body, const struct item *item,
    enum trail_what what, const char *words, bool quotes)
{
	struct json_fields *fields = fields_open(arena);
	const struct world_meeting *m = world_meeting(council->world,
	    item->meeting, NULL);

	fields_flag(fields, words_of[what], true);
	fields_text(fields, "title", quotes ? item->title : NULL);
	fields_text(fields, "words", quotes ? words : NULL);
	fields_text(fields, "proposed", day_words(arena, body->language,
	    date_local(item->at).day));
	fields_text(fields, "meeting", m == NULL ? NULL : day_words(arena,
	    body->language, m->day));
	fields_flag(fields, "closed", item->closed != NULL);
	return fields;
}

enum rc
trail_tell(struct council *council, struct arena *arena, int64_t item_id,
    enum trail_what what, const char *words, int64_t mail_id,
    struct err *err)
{
	const struct world_body *body;
	const struct world_person *person;
	struct err why = { "" };
	struct trail trail;
	struct item item;
	bool quotes;
	enum rc rc;

	if ((rc = item_load(council->store, arena, item_id, &item, err)) !=
	    RC_OK || (rc = trail_load(council->store, arena, item_id, &trail,
	    err)) != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	body = world_body(council->world, item.body);
	if (body == NULL || trail.stopped || trail.undone ||
	    item.by[0] == '\0' || is_secretary(body, item.by))
		return RC_OK;
	person = world_person(body, item.by);
	quotes = trail.by_what != NULL && strcmp(trail.by_what, "nothing") !=
	    0 && (item.closed == NULL || is_inside(body, item.by));
	rc = outbox_queue(council->outbox, arena, &(struct outbox_draft){
	    .key = arena_printf(arena, "trail/%lld/%s/%s/%lld",
	    (long long)item_id, words_of[what], item.meeting == NULL ? "-" :
	    item.meeting, (long long)mail_id), .template = "trail",
	    .language = body->language, .kind = LETTER_TRAIL,
	    .class = LETTER_ANSWER, .ref = arena_printf(arena, "item:%lld",
	    (long long)item_id), .body = body, .to = item.by,
	    .to_name = person == NULL ? NULL : person->name,
	    .mail_id = mail_id, .fields = trail_fields(council, arena, body,
	    &item, what, words, quotes), .wants_token = true,
	    .due_at = mail_id == 0 ? 0 : council->now_at + TAKE_BACK_S },
	    NULL, NULL, &why);
	if (rc == RC_NONE)
		return RC_OK;
	if (rc == RC_PARK) {
		log_warning("trail item=%lld: a letter cannot leave: %s",
		    (long long)item_id, why.text);
		return RC_OK;
	}
	return rc == RC_OK ? RC_OK : fail(err, rc, "%s", why.text);
}

enum rc
trail_withdraw(struct council *council, int64_t journal_id, struct err *err)
{
	int64_t mail_id;
	size_t withdrawn, gone;
	enum rc rc = trail_mail(council->store, journal_id, &mail_id, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	return letter_withdraw(council->store, mail_id, LETTER_TRAIL,
	    council->now_at, &withdrawn, &gone, err);
}

enum rc
trail_gone(struct council *council, int64_t journal_id, bool *gone,
    struct err *err)
{
	int64_t n = 0;
	enum rc rc = trail_left(council->store, journal_id, LETTER_TRAIL, &n,
	    err);

	*gone = n > 0;
	return rc;
}
