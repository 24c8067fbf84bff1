/* SPDX-License-Identifier: MIT */
/* The letters that are under way: what the sender asks and answers, written
 * into the store before anything follows from it. */
#include "dispatch/dispatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "base/log.h"
#include "council/council.h"
#include "dispatch/sender.h"
#include "store/letter.h"
#include "store/store.h"
#include "store/world.h"

#define A_CONNECTION 4	/* letters under way for each, so that none waits */
#define ANSWER_BYTES 400
#define UNCERTAIN_MOST 1000	/* looked at in one turn */
/* How the answer of a letter begins that went out a second time. */
#define ONCE_MORE "sent once more: "

/* A letter in the sender's hands. `have` is in the store, `want` follows from
 * what the sender said. */
struct item {
	int64_t letter_id, made_at, due_at;
	int32_t attempts;
	enum letter_kind kind;
	enum letter_state have, want;
	bool fresh;		/* handed over in this turn */
	bool once_more;		/* it was uncertain before */
	char answer[ANSWER_BYTES];	/* "" none */
};

struct dispatch {
	struct dispatch_rules rules;
	struct channel *sender;		/* borrowed; NULL down */
	struct item *items;
	size_t n, most;
	bool look;			/* more may be due */
	int64_t next_due_at;		/* 0 none */
	int64_t next_uncertain_at;	/* 0 none */
	bool back;			/* the server is there again */
	int64_t back_at;		/* when that was last made use of */
	struct dispatch_count count;
};

struct dispatch *
dispatch_open(const struct dispatch_rules *rules)
{
	struct dispatch *d = calloc(1, sizeof *d);

	if (d == NULL)
		abort();
	d->rules = *rules;
	d->most = (size_t)rules->connections * A_CONNECTION;
	d->items = calloc(d->most, sizeof *d->items);
	if (d->items == NULL)
		abort();
	d->look = true;
	return d;
}

void
dispatch_close(struct dispatch **dispatch)
{
	if (*dispatch == NULL)
		return;
	free((*dispatch)->items);
	free(*dispatch);
	*dispatch = NULL;
}

enum rc
dispatch_recover(struct dispatch *d, struct err *err)
{
	size_t queued, uncertain;
	enum rc rc = letter_recover(d->rules.store, clock_now(), &queued,
	    &uncertain, err);

	if (rc != RC_OK)
		return rc;
	if (queued + uncertain > 0)
		log_warning("after a crash: letters queued again=%zu"
		    " uncertain=%zu", queued, uncertain);
	d->next_uncertain_at = 1; /* look at once */
	d->back = true;		/* for all we know */
	return RC_OK;
}

void
dispatch_sender_up(struct dispatch *d, struct channel *sender)
{
	d->sender = sender;
	d->look = true;
	d->count.up = true;
	d->count.why[0] = '\0';
}

void
dispatch_sender_down(struct dispatch *d)
{
	d->sender = NULL;
	d->count.up = false;
	for (size_t i = 0; i < d->n; i++) {
		struct item *it = &d->items[i];

		if (it->have == LETTER_DOT && it->want == LETTER_DOT) {
			it->want = LETTER_UNCERTAIN;
			(void)snprintf(it->answer, sizeof it->answer,
			    "the sender died after the letter was out");
		} else if (it->have == LETTER_SENDING
		    && (it->want == LETTER_SENDING
		    || it->want == LETTER_DOT)) {
			it->want = LETTER_QUEUED;
		}
	}
}

void
dispatch_look(struct dispatch *d)
{
	d->look = true;
}

/* --- what the sender says ------------------------------------------------ */

static struct item *
item_find(struct dispatch *d, int64_t letter_id)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->items[i].letter_id == letter_id)
			return &d->items[i];
	return NULL;
}

/* One minute, two, four … an hour. */
static int64_t
pause_s(const struct dispatch *d, int32_t attempts)
{
	int64_t pause = d->rules.retry_s;

	while (attempts-- > 1 && pause < d->rules.retry_most_s)
		pause *= 2;
	return pause < d->rules.retry_most_s ? pause : d->rules.retry_most_s;
}

static void
result_take(struct dispatch *d, struct item *it, enum sender_verdict verdict)
{
	int64_t now_at = clock_now();

	switch (verdict) {
	case SENDER_DELIVERED:
		it->want = LETTER_SENT;
		break;
	case SENDER_RETRY:
		it->want = LETTER_DEFERRED;
		it->due_at = now_at + pause_s(d, it->attempts);
		if (it->due_at - it->made_at > d->rules.give_up_s)
			it->want = LETTER_FAILED;
		break;
	case SENDER_REFUSED:
		it->want = LETTER_FAILED;
		break;
	case SENDER_UNCERTAIN:
		it->want = LETTER_UNCERTAIN;
		break;
	case SENDER_WITHDRAWN:
		it->want = LETTER_WITHDRAWN;
		break;
	}
}

static enum rc
lie(struct err *err)
{
	return fail(err, RC_PARK, "the sender sent a frame that is none");
}

static enum rc
on_result(struct dispatch *d, struct wire_in *w, struct err *err)
{
	int64_t id = wire_get_i64(w);
	uint8_t verdict = wire_get_u8(w);
	uint32_t code = wire_get_u32(w);
	const char *text = wire_get_text(w);
	struct item *it = item_find(d, id);

	if (w->bad || it == NULL || verdict > SENDER_WITHDRAWN)
		return lie(err);
	result_take(d, it, (enum sender_verdict)verdict);
	if (!letter_may_move(it->have, it->want)) {
		it->want = it->have;
		return lie(err);
	}
	if (code != 0)
		(void)snprintf(it->answer, sizeof it->answer, "%s%u %s",
		    it->once_more ? ONCE_MORE : "", code,
		    text == NULL ? "" : text);
	else
		(void)snprintf(it->answer, sizeof it->answer, "%s%s",
		    it->once_more ? ONCE_MORE : "",
		    text == NULL ? "" : text);
	return RC_OK;
}

static enum rc
on_dot(struct dispatch *d, struct wire_in *w, struct err *err)
{
	struct item *it = item_find(d, wire_get_i64(w));

	if (w->bad || it == NULL || it->want != LETTER_SENDING)
		return lie(err);
	it->want = LETTER_DOT;
	return RC_OK;
}

static enum rc
on_state(struct dispatch *d, struct wire_in *w, struct err *err)
{
	bool up = wire_get_u8(w) != 0;
	const char *why = wire_get_text(w);

	d->count.again_ms = wire_get_i64(w);
	if (w->bad)
		return lie(err);
	if (why == NULL)
		why = "";
	if (!up && strcmp(d->count.why, why) != 0)
		log_err("mail server away: %s", why);
	if (up && !d->count.up)
		log_info("mail server connected");
	if (up)
		d->look = true;
	d->back = up && (d->back || !d->count.up);
	d->count.up = up;
	(void)snprintf(d->count.why, sizeof d->count.why, "%s", why);
	return RC_OK;
}

enum rc
dispatch_frame(struct dispatch *d, struct arena *arena,
    const struct frame *frame, struct err *err)
{
	struct wire_in w = wire_in(arena, frame->payload);

	switch ((enum sender_frame)frame->kind) {
	case SENDER_DOT:
		return on_dot(d, &w, err);
	case SENDER_RESULT:
		return on_result(d, &w, err);
	case SENDER_STATE:
		return on_state(d, &w, err);
	case SENDER_ALIVE:
		return RC_OK;
	case SENDER_OPEN:
	case SENDER_LETTER:
	case SENDER_DOT_OK:
	case SENDER_DOT_NO:
	case SENDER_CLOSE:
		break;
	}
	return lie(err);
}

/* --- what is written, and handed over ------------------------------------ */

/* The secretary is told, in the same transaction. A notice to her that cannot
 * be delivered is the operator's to hear of: a notice of it would follow it. */
static enum rc
secretary_tell(struct dispatch *d, struct arena *arena,
    const struct letter_row *row, struct err *err)
{
	struct world world;
	struct council council = {
		.store = d->rules.store,
		.outbox = d->rules.outbox,
		.world = &world,
		.now_at = clock_now(),
		.answers_per_hour = d->rules.answers_per_hour,
		.stranger_answers_per_day =
		    d->rules.stranger_answers_per_day,
	};
	enum rc rc;

	if (row->kind == LETTER_NOTICE) {
		log_err("letter=%lld to the secretary is %s",
		    (long long)row->letter_id, letter_state_word(row->state));
		return RC_OK;
	}
	rc = world_load(d->rules.store, arena, council.now_at, &world, err);
	if (rc != RC_OK)
		return rc;
	d->rules.outbox->now_at = council.now_at;
	d->look = true;
	rc = council_letter_failed(&council, arena, row, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
letter_tell(struct dispatch *d, int64_t letter_id, struct err *err)
{
	struct arena *arena = arena_open();
	struct letter_row row;
	enum rc rc = letter_load(d->rules.store, arena, letter_id, &row, err);

	if (rc == RC_OK)
		rc = secretary_tell(d, arena, &row, err);
	arena_close(&arena);
	return rc;
}

static enum rc
item_write(struct dispatch *d, const struct item *it, struct err *err)
{
	struct arena *arena;
	struct wire_out out;
	enum rc rc;

	rc = letter_move(d->rules.store, it->letter_id, it->want, clock_now(),
	    it->want == LETTER_DEFERRED ? it->due_at : 0,
	    *it->answer == '\0' ? NULL : it->answer, err);
	if (rc != RC_OK)
		return rc;
	if (it->want == LETTER_FAILED)
		return letter_tell(d, it->letter_id, err);
	if (it->want != LETTER_DOT || d->sender == NULL)
		return RC_OK;
	arena = arena_open();
	out = wire_out(arena);
	wire_put_i64(&out, it->letter_id);
	rc = channel_put(d->sender, SENDER_DOT_OK, wire_bytes(&out), -1, err);
	arena_close(&arena);
	return rc;
}

static enum rc
letter_put(struct dispatch *d, struct arena *arena,
    const struct letter_row *row, struct err *err)
{
	struct wire_out out = wire_out(arena);
	int fd = -1;
	enum rc rc = RC_OK;

	wire_put_i64(&out, row->letter_id);
	wire_put_text(&out, row->from == NULL ? "" : row->from);
	wire_put_text(&out, row->to);
	wire_put_text(&out, NULL);
	if (row->raw.n <= SENDER_INLINE_BYTES) {
		wire_put_bytes(&out, row->raw);
	} else if ((rc = wire_memory_open(&fd, err)) == RC_OK
	    && (rc = wire_memory_write(fd, row->raw, err)) == RC_OK) {
		rc = wire_memory_seal(fd, err);
	}
	if (rc == RC_OK)
		rc = channel_put(d->sender, SENDER_LETTER, wire_bytes(&out),
		    fd, err);
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

static enum rc
letter_give(struct dispatch *d, struct arena *arena,
    const struct letter_row *row, struct err *err)
{
	enum rc rc = letter_move(d->rules.store, row->letter_id,
	    LETTER_SENDING, clock_now(), 0, NULL, err);

	if (rc != RC_OK || (rc = letter_put(d, arena, row, err)) != RC_OK)
		return rc;
	d->items[d->n++] = (struct item){
		.letter_id = row->letter_id,
		.made_at = row->made_at,
		.attempts = row->attempts + 1,
		.kind = row->kind,
		.have = LETTER_SENDING,
		.want = LETTER_SENDING,
		.fresh = true,
		.once_more = row->answer != NULL
		    && strncmp(row->answer, ONCE_MORE,
		    strlen(ONCE_MORE)) == 0,
	};
	return RC_OK;
}

static enum rc
due_give(struct dispatch *d, struct err *err)
{
	size_t room = d->most - d->n, n;
	int64_t now_at = clock_now();
	struct letter_row *rows;
	struct arena *arena;
	enum rc rc;

	if (d->sender == NULL || !d->count.up || room == 0
	    || (!d->look && (d->next_due_at == 0 || d->next_due_at > now_at)))
		return RC_OK;
	arena = arena_open();
	rc = letter_due(d->rules.store, arena, now_at, room, &rows, &n, err);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = letter_give(d, arena, &rows[i], err);
	arena_close(&arena);
	if (rc != RC_OK || n == room)
		return rc;
	d->look = false;
	rc = letter_next_due(d->rules.store, &d->next_due_at, err);
	if (rc == RC_NONE)
		d->next_due_at = 0;
	return rc == RC_NONE ? RC_OK : rc;
}

static bool
is_dropped(enum letter_kind kind)
{
	return kind == LETTER_RECEIPT || kind == LETTER_APPLICATION_RECEIPT
	    || kind == LETTER_REMINDER;
}

/* Nobody knows whether it arrived, and the wait is over (THREATS failure 2):
 * a receipt or reminder is let go, since a second one harms more than none;
 * everything else goes once more, with the same bytes and Message-ID, which
 * Exchange, Cyrus and Sieve know as the same. */
static enum rc
uncertain_end(struct dispatch *d, struct arena *arena,
    const struct letter_row *row, struct err *err)
{
	bool again = !is_dropped(row->kind) && (row->answer == NULL
	    || strncmp(row->answer, ONCE_MORE, strlen(ONCE_MORE)) != 0);
	enum rc rc;

	log_warning("letter=%lld uncertain -> %s", (long long)row->letter_id,
	    again ? "queued once more" : "dropped");
	rc = letter_move(d->rules.store, row->letter_id,
	    again ? LETTER_QUEUED : LETTER_FAILED, clock_now(), clock_now(),
	    again ? ONCE_MORE "nobody knows whether it arrived"
	    : "dropped: nobody knows whether it arrived", err);
	if (rc != RC_OK)
		return rc;
	d->look = true;
	return is_dropped(row->kind) ? RC_OK
	    : secretary_tell(d, arena, row, err);
}

static enum rc
uncertain_look(struct dispatch *d, struct err *err)
{
	struct letter_row *rows;
	struct arena *arena;
	int64_t now_at = clock_now();
	size_t n;
	enum rc rc;

	if (d->next_uncertain_at == 0 || d->next_uncertain_at > now_at)
		return RC_OK;
	d->next_uncertain_at = 0;
	arena = arena_open();
	rc = letter_list(d->rules.store, arena, LETTER_UNCERTAIN,
	    UNCERTAIN_MOST, &rows, &n, err);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		int64_t end_at = rows[i].last_at + d->rules.uncertain_wait_s;

		if (end_at <= now_at)
			rc = uncertain_end(d, arena, &rows[i], err);
		else if (d->next_uncertain_at == 0
		    || end_at < d->next_uncertain_at)
			d->next_uncertain_at = end_at;
	}
	arena_close(&arena);
	return rc;
}

/* After a long outage nobody waits for the end of an hour's pause. At most
 * once in the shortest pause: a server that takes a connection and drops each
 * letter comes back all the time. */
static enum rc
back_look(struct dispatch *d, struct err *err)
{
	int64_t now_at = clock_now();
	size_t n;
	enum rc rc;

	if (!d->back || now_at - d->back_at < d->rules.retry_s)
		return RC_OK;
	rc = letter_retry_now(d->rules.store, now_at, &n, err);
	if (rc == RC_OK && n > 0) {
		log_info("mail server is back: letters due now=%zu", n);
		d->look = true;
	}
	return rc;
}

enum rc
dispatch_turn(struct dispatch *d, bool stop, struct err *err)
{
	enum rc rc;

	for (size_t i = 0; i < d->n; i++)
		if (d->items[i].want != d->items[i].have
		    && (rc = item_write(d, &d->items[i], err)) != RC_OK)
			return fail_in(err, rc, "letter=%lld",
			    (long long)d->items[i].letter_id);
	if ((rc = uncertain_look(d, err)) != RC_OK || stop ||
	    (rc = back_look(d, err)) != RC_OK)
		return rc;
	return due_give(d, err);
}

static void
count_end(struct dispatch *d, const struct item *it)
{
	int64_t wait_at = clock_now() + d->rules.uncertain_wait_s;

	switch (it->want) {
	case LETTER_SENT:
		d->count.sent++;
		d->count.sent_at = clock_now();
		log_info("letter=%lld sent", (long long)it->letter_id);
		break;
	case LETTER_DEFERRED:
		d->count.deferred++;
		d->look = true; /* its time is the next, perhaps */
		log_info("letter=%lld deferred attempts=%d",
		    (long long)it->letter_id, it->attempts);
		break;
	case LETTER_FAILED:
		d->count.failed++;
		log_warning("letter=%lld failed", (long long)it->letter_id);
		break;
	case LETTER_UNCERTAIN:
		d->count.uncertain++;
		if (d->next_uncertain_at == 0
		    || wait_at < d->next_uncertain_at)
			d->next_uncertain_at = wait_at;
		log_warning("letter=%lld uncertain",
		    (long long)it->letter_id);
		break;
	case LETTER_QUEUED:
	case LETTER_WITHDRAWN:
		d->look = true;
		break;
	case LETTER_SENDING:
	case LETTER_DOT:
	case LETTER_STATES:
		break;
	}
}

void
dispatch_committed(struct dispatch *d)
{
	size_t kept = 0;

	if (d->back) {
		if (clock_now() - d->back_at >= d->rules.retry_s)
			d->back_at = clock_now();
		d->back = false;
	}
	for (size_t i = 0; i < d->n; i++) {
		struct item *it = &d->items[i];

		if (it->want != it->have)
			count_end(d, it);
		it->have = it->want;
		it->fresh = false;
		if (it->have == LETTER_SENDING || it->have == LETTER_DOT)
			d->items[kept++] = *it;
	}
	if (kept < d->n && d->n == d->most)
		d->look = true; /* there is room again */
	d->n = kept;
}

void
dispatch_rolled_back(struct dispatch *d)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->n; i++)
		if (!d->items[i].fresh)
			d->items[kept++] = d->items[i];
	d->n = kept;
	d->look = true;
	d->next_uncertain_at = 1;
}

int64_t
dispatch_wait_ms(const struct dispatch *d)
{
	int64_t now_at = clock_now(), at = d->next_uncertain_at;

	if (d->count.up && d->n < d->most) {
		if (d->look)
			return 0;
		if (d->next_due_at != 0 && (at == 0 || d->next_due_at < at))
			at = d->next_due_at;
	}
	if (at == 0)
		return -1;
	return at <= now_at ? 0 : (at - now_at) * 1000;
}

bool
dispatch_is_done(const struct dispatch *d)
{
	return d->n == 0 && (!d->count.up || (!d->look
	    && (d->next_due_at == 0 || d->next_due_at > clock_now())));
}

size_t
dispatch_under_way(const struct dispatch *d)
{
	return d->n;
}

void
dispatch_count(const struct dispatch *d, struct dispatch_count *count)
{
	*count = d->count;
	count->under_way = d->n;
}
