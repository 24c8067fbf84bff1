/* SPDX-License-Identifier: MIT */
/* Tells the secretary, a week ahead, what is to be erased: numbers alone,
 * since what they are about is what is to go. */
#include "base/arena.h"
#include "base/date.h"
#include "council/deed.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/retention.h"

static void
seat_fields(const struct act *act, const char *language,
    const struct retention_seat *seat, struct json_fields *fields)
{
	struct json_fields *item = fields_item(fields, "going");

	fields_number(item, "number", (long)seat->number);
	fields_flag(item, "proposed", seat->is_nomination);
	fields_text(item, "on", day_words(act->arena, language,
	    date_add_days(date_local(seat->came_at).day,
	    COUNCIL_KEEP_DAYS)));
}

enum rc
council_retention_tell(struct council *council, struct arena *arena,
    const struct world_body *body, const struct retention_seat *seats,
    size_t n, struct err *err)
{
	struct act act = { .council = council, .arena = arena };
	const char *language = act_language(&act, body);
	struct json_fields *fields = fields_open(arena);
	const char *to = secretary_of(&act, body);
	char day[DATE_TEXT_BYTES];
	enum rc rc;

	if (to == NULL || n == 0)
		return RC_OK;
	for (size_t i = 0; i < n; i++)
		seat_fields(&act, language, &seats[i], fields);
	fields_text(fields, "body", body->name);
	date_format(date_local(council->now_at).day, day);
	rc = outbox_queue(council->outbox, arena, &(struct outbox_draft){
	    .key = arena_printf(arena, "notice/retention/%s/%s/%s%lld",
	    body->slug, day, seats[0].is_nomination ? "n" : "a",
	    (long long)seats[0].number),
	    .template = "notice-retention",
	    .language = language,
	    .kind = LETTER_NOTICE,
	    .class = LETTER_ANSWER,
	    .body = body,
	    .to = to,
	    .due_at = year_awake(council->now_at),
	    .fields = fields }, NULL, NULL, err);
	return rc == RC_NONE ? RC_OK : rc;
}
