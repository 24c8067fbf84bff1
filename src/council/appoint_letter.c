/* SPDX-License-Identifier: MIT */
/* The stop window is over: each is told what a person decided, and those
 * appointed have their places. */
#include "base/arena.h"
#include "base/log.h"
#include "council/deed.h"
#include "council/member_deed.h"
#include "council/seats.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/meeting.h"
#include "store/meeting.h"
#include "store/seat.h"

struct delivery {
	struct council *council;
	struct arena *arena;
	const struct world_body *body;
	const struct call_row *call;
	const char *language;
	struct date from_day, until_day;
	const char *appointed_by;
};

/* The term, where the body's rules «term-from» and «term-until» set one. */
static enum rc
term_read(struct delivery *d, struct err *err)
{
	struct store *store = d->council->store;
	const char *from = NULL, *until = NULL;
	enum rc rc;

	d->from_day = date_local(d->council->now_at).day;
	rc = rule_load(store, d->arena, d->body->slug, "term-from", &from,
	    err);
	if (rc == RC_OK || rc == RC_NONE)
		rc = rule_load(store, d->arena, d->body->slug, "term-until",
		    &until, err);
	if (rc == RC_OK || rc == RC_NONE)
		rc = rule_load(store, d->arena, d->body->slug,
		    "appointed-by", &d->appointed_by, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (from != NULL)
		(void)date_parse(from, &d->from_day);
	if (until != NULL)
		(void)date_parse(until, &d->until_day);
	return RC_OK;
}

static const char *
meeting_next(const struct delivery *d)
{
	for (size_t i = 0; i < d->body->n_meetings; i++) {
		const struct world_meeting *m = &d->body->meetings[i];

		if (meeting_is_ahead(m->state) && m->start_at >
		    d->council->now_at)
			return day_words_span(d->arena, d->language,
			    m->start_at, m->end_at);
	}
	return NULL;
}

static enum rc
letter_send(const struct delivery *d, const struct candidate *c,
    struct err *err)
{
	static const char *const templates[] = {
		[CANDIDATE_APPOINTED] = "seat-appointed",
		[CANDIDATE_RESERVE] = "seat-reserve",
		[CANDIDATE_REJECTED] = "seat-rejected",
	};
	struct json_fields *fields = fields_open(d->arena);
	int64_t counts_at = c->outcome == CANDIDATE_RESERVE ?
	    d->council->now_at : c->counts_at;
	struct err why = { "" };
	enum rc rc;

	fields_text(fields, "body", d->body->name);
	fields_text(fields, "appointed_by", d->appointed_by);
	fields_text(fields, "from", day_words(d->arena, d->language,
	    d->from_day));
	fields_text(fields, "until", d->until_day.year == 0 ? NULL :
	    day_words(d->arena, d->language, d->until_day));
	fields_text(fields, "meeting", meeting_next(d));
	fields_number(fields, "rank", (long)c->rank);
	fields_text(fields, "keep_until", day_words(d->arena, d->language,
	    date_add_days(date_local(counts_at).day, COUNCIL_KEEP_DAYS)));
	rc = outbox_queue(d->council->outbox, d->arena,
	    &(struct outbox_draft){
	    .key = arena_printf(d->arena, "seat-decision/%lld/%lld",
	    (long long)d->call->call_id, (long long)c->number),
	    .template = templates[c->outcome], .language = d->language,
	    .kind = LETTER_OTHER, .class = LETTER_BULK, .ref = d->body->slug,
	    .body = d->body, .to = c->email, .to_name = c->name,
	    .fields = fields }, NULL, NULL, &why);
	if (rc == RC_PARK) {
		log_warning("call=%lld number=%lld: the letter cannot leave: "
		    "%s", (long long)d->call->call_id, (long long)c->number,
		    why.text);
		return RC_OK;
	}
	return rc == RC_NONE || rc == RC_OK ? RC_OK : fail(err, rc, "%s",
	    why.text);
}

static enum rc
one_deliver(const struct delivery *d, const struct candidate *c,
    struct err *err)
{
	struct store *store = d->council->store;
	enum rc rc = c->email == NULL ? RC_OK : letter_send(d, c, err);

	if (rc == RC_OK)
		rc = candidate_tell(store, d->call->call_id, c,
		    d->council->now_at, err);
	if (rc != RC_OK || c->outcome != CANDIDATE_APPOINTED ||
	    c->email == NULL)
		return rc;
	rc = place_add_member(store, &(struct place_new){
	    .body = d->body->slug, .email = c->email, .name = c->name != NULL ?
	    c->name : c->email, .group = c->seat, .from_day = d->from_day,
	    .until_day = d->until_day }, d->council->now_at, err);
	if (rc == RC_OK)
		rc = member_welcome(d->council, d->arena, d->body,
		    &(struct place_row){ .email = c->email, .name = c->name,
		    .role = ROLE_MEMBER, .from_day = d->from_day,
		    .until_day = d->until_day }, d->call->journal_id, err);
	return rc == RC_NONE ? RC_OK : rc;	/* sits there already */
}

enum rc
council_call_deliver(struct council *council, struct arena *arena,
    struct call_row *call, struct err *err)
{
	struct delivery d = { .council = council, .arena = arena,
		.body = world_body(council->world, call->body),
		.call = call };
	struct candidate *list;
	size_t n, open = 0;
	enum rc rc;

	if (d.body == NULL)
		return fail(err, RC_PARK, "no body %s", call->body);
	d.language = d.body->language != NULL ? d.body->language : "da";
	if ((rc = term_read(&d, err)) != RC_OK ||
	    (rc = candidates_load(council->store, arena, call->call_id, &list,
	    &n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		open += list[i].outcome == CANDIDATE_OPEN;
		if (list[i].outcome != CANDIDATE_OPEN && !list[i].told)
			rc = one_deliver(&d, &list[i], err);
	}
	return rc != RC_OK ? rc : call_move(council->store, call, open > 0 ?
	    CALL_DELIVER_SOME : CALL_DELIVER, 0, 0, err);
}
