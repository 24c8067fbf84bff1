/* SPDX-License-Identifier: MIT */
/* The mails that are under way: what the reader brings is stored, what is
 * stored goes to a parser, what was parsed is carried out and moved. */
#include "intake/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "base/log.h"
#include "intake/carry.h"
#include "intake/move.h"
#include "intake/parser.h"
#include "mail/mail.h"
#include "store/inbox.h"

#define GIVEN_MOST 128	/* mails in a parser's hands, so that it never
			 * waits for us … */
#define GIVEN_BYTES (1024 * 1024)	/* … but not more bytes than this */
#define DEATHS_MOST 2	/* of a parser over one mail */
#define ALONE_ATTEMPTS 2	/* then no other mail shares its risk */
#define MOVE_LEAST 200	/* a MOVE of 50 costs the server as much as of 500 */
#define MOVE_WAIT_MS 1000
#define RECOVER_MOST 100000

struct job {
	int64_t mail_id, size_bytes;
	uint32_t uidvalidity, uid;
	int32_t attempts;
	uint32_t deaths;
	bool head_only;
	bool counted;	/* this attempt is in the store */
};

/* list[from..n) is in the queue. */
struct jobs {
	struct job *list;
	size_t from, n, cap;
	int64_t bytes;
};

struct intake {
	struct intake_rules rules;
	struct carry carry;
	struct channel *reader;			/* borrowed; NULL down */
	struct channel *parsers[INTAKE_PARSERS];/* borrowed; NULL down */
	struct jobs ready, given[INTAKE_PARSERS];
	int64_t head_ms[INTAKE_PARSERS];	/* since when the first is in
						 * hand */
	struct move move;
	bool listed;			/* since the reader is up */
	struct intake_count count;
};

static void
jobs_add(struct jobs *q, struct job job)
{
	if (q->from > 0 && q->from == q->n)
		q->from = q->n = 0;
	if (q->n == q->cap) {
		q->cap = q->cap == 0 ? 64 : q->cap * 2;
		q->list = realloc(q->list, q->cap * sizeof *q->list);
		if (q->list == NULL)
			abort();
	}
	q->list[q->n++] = job;
	q->bytes += job.size_bytes;
}

static size_t
jobs_count(const struct jobs *q)
{
	return q->n - q->from;
}

static struct job *
jobs_first(const struct jobs *q)
{
	return jobs_count(q) == 0 ? NULL : &q->list[q->from];
}

static struct job
jobs_take(struct jobs *q)
{
	struct job job = q->list[q->from++];

	q->bytes -= job.size_bytes;
	return job;
}

/* All of `back` before all of `q`, in their order. */
static void
jobs_return(struct jobs *q, struct jobs *back)
{
	struct jobs whole = { .list = NULL };

	while (jobs_count(back) > 0)
		jobs_add(&whole, jobs_take(back));
	while (jobs_count(q) > 0)
		jobs_add(&whole, jobs_take(q));
	free(q->list);
	*q = whole;
}

struct intake *
intake_open(const struct intake_rules *rules)
{
	struct intake *in = calloc(1, sizeof *in);

	if (in == NULL)
		abort();
	in->rules = *rules;
	carry_open(&in->carry, &in->rules);
	return in;
}

void
intake_close(struct intake **intake)
{
	struct intake *in = *intake;

	if (in == NULL)
		return;
	carry_close(&in->carry);
	move_close(&in->move);
	free(in->ready.list);
	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		free(in->given[i].list);
	free(in);
	*intake = NULL;
}

static enum rc
mail_aside(struct intake *in, struct arena *arena, const struct job *job,
    const struct mail *mail, const char *reason, struct err *err)
{
	int32_t folder;
	enum rc rc;

	rc = carry_aside(&in->carry, arena, job->mail_id, mail, reason,
	    &folder, err);
	if (rc != RC_OK)
		return rc;
	in->count.done++;
	if (job->uidvalidity == in->move.uidvalidity)
		move_done(&in->move, job->uid, folder, clock_ms());
	return RC_OK;
}

enum rc
intake_recover(struct intake *in, struct err *err)
{
	struct arena *arena = arena_open();
	struct inbox_row *rows;
	size_t n;
	enum rc rc;

	rc = inbox_waiting(in->rules.store, arena, RECOVER_MOST, &rows, &n,
	    err);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct job job = {
			.mail_id = rows[i].mail_id,
			.size_bytes = rows[i].size_bytes,
			.uidvalidity = rows[i].uidvalidity,
			.uid = rows[i].uid,
			.attempts = rows[i].attempts,
			.head_only = rows[i].size_bytes
			    > in->rules.mail_limit_bytes,
		};

		if (job.head_only)
			job.size_bytes = 0;
		if (job.attempts >= INTAKE_ATTEMPTS)
			rc = mail_aside(in, arena, &job, NULL,
			    "human-unreadable", err);
		else
			jobs_add(&in->ready, job);
	}
	arena_close(&arena);
	return rc;
}

void
intake_forget(struct intake *in)
{
	move_forget(&in->move, 0);
	in->ready.from = in->ready.n = 0;
	in->ready.bytes = 0;
	for (size_t i = 0; i < INTAKE_PARSERS; i++) {
		in->given[i].from = in->given[i].n = 0;
		in->given[i].bytes = 0;
	}
	in->listed = false;
}

void
intake_reader_up(struct intake *in, struct channel *reader)
{
	in->reader = reader;
	in->listed = false;
	move_forget(&in->move, 0);
}

void
intake_reader_down(struct intake *in)
{
	in->reader = NULL;
	in->listed = false;
	in->count.state = READER_AWAY;
	move_forget(&in->move, 0);
}

void
intake_parser_up(struct intake *in, size_t i, struct channel *parser)
{
	in->parsers[i] = parser;
}

/* The first in hand is the suspect, since answers come in order. */
enum rc
intake_parser_down(struct intake *in, size_t i, bool died, struct err *err)
{
	struct jobs *given = &in->given[i];
	struct job *head = jobs_first(given);
	enum rc rc = RC_OK;

	in->parsers[i] = NULL;
	if (died && head != NULL) {
		head->deaths++;
		head->counted = false;
	}
	if (head != NULL && head->deaths >= DEATHS_MOST) {
		struct job job = jobs_take(given);
		struct arena *arena = arena_open();

		rc = mail_aside(in, arena, &job, NULL, "human-unreadable",
		    err);
		arena_close(&arena);
	}
	jobs_return(&in->ready, given);
	return rc;
}

/* --- what the reader says ------------------------------------------------ */

static enum rc
lie(struct err *err, const char *who)
{
	return fail(err, RC_PARK, "the %s sent a frame that is none", who);
}

static enum rc
on_listed(struct intake *in, struct arena *arena, struct wire_in *w,
    struct err *err)
{
	uint32_t uidvalidity = wire_get_u32(w), *uids, *fetch;
	bool whole = wire_get_u8(w) != 0;
	size_t n = wire_get_count(w, sizeof *uids), n_fetch, n_move;
	struct inbox_row *rows;
	enum rc rc;

	uids = arena_array(arena, n, sizeof *uids);
	for (size_t i = 0; i < n; i++)
		uids[i] = wire_get_u32(w);
	if (w->bad)
		return lie(err, "reader");
	if (uidvalidity != in->move.uidvalidity) {
		if (in->move.uidvalidity != 0)
			log_warning("mailbox uidvalidity %u -> %u: read again",
			    in->move.uidvalidity, uidvalidity);
		move_forget(&in->move, uidvalidity);
	}
	rc = inbox_sort(in->rules.store, arena, uidvalidity, uids, n, &fetch,
	    &n_fetch, &rows, &n_move, err);
	if (rc != RC_OK)
		return rc;
	if (whole && (rc = inbox_gone(in->rules.store, arena, uidvalidity,
	    uids, n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n_fetch; i++)
		move_want(&in->move, fetch[i]);
	for (size_t i = 0; i < n_move; i++)
		move_done(&in->move, rows[i].uid, rows[i].folder, clock_ms());
	in->count.listed_at = clock_now();
	in->listed = in->listed || whole;
	return RC_OK;
}

/* Known already: fetched, stored, and the connection broke before the reader
 * could say more. Done, it is only to be moved. */
static enum rc
mail_known(struct intake *in, struct arena *arena, const struct inbox_new *new,
    struct err *err)
{
	struct inbox_row row;
	enum rc rc;

	rc = inbox_find(in->rules.store, arena, new->uidvalidity, new->uid,
	    &row, err);
	if (rc == RC_OK && row.state != INBOX_STORED)
		move_done(&in->move, row.uid, row.folder, clock_ms());
	return rc == RC_NONE ? RC_OK : rc;
}

static size_t
parser_free(const struct intake *in, int64_t size_bytes)
{
	size_t best = INTAKE_PARSERS;

	for (size_t i = 0; i < INTAKE_PARSERS; i++) {
		const struct jobs *given = &in->given[i];
		const struct job *head = jobs_first(given);

		if (in->parsers[i] == NULL
		    || jobs_count(given) >= GIVEN_MOST
		    || (head != NULL && (head->attempts > ALONE_ATTEMPTS
		    || head->deaths > 0
		    || given->bytes + size_bytes > GIVEN_BYTES)))
			continue;
		if (best == INTAKE_PARSERS
		    || jobs_count(given) < jobs_count(&in->given[best]))
			best = i;
	}
	return best;
}

static enum rc
job_give(struct intake *in, size_t i, struct job job, struct bytes raw,
    int fd, struct err *err)
{
	struct arena *arena = arena_open();
	enum rc rc;

	rc = channel_put(in->parsers[i], PARSER_READ, parser_read_payload(arena,
	    (uint32_t)job.mail_id, fd < 0 ? raw : (struct bytes){ .n = 0 }),
	    fd, err);
	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	if (jobs_count(&in->given[i]) == 0)
		in->head_ms[i] = clock_ms();
	jobs_add(&in->given[i], job);
	return RC_OK;
}

/* A new mail: stored with its first attempt counted, and handed on at once
 * where a parser has room: the frame waits in its channel for the commit. */
static enum rc
mail_take(struct intake *in, struct arena *arena, struct inbox_new *new,
    struct err *err)
{
	struct job job = { .uidvalidity = new->uidvalidity, .uid = new->uid,
		.size_bytes = new->head_only ? 0 : new->size_bytes,
		.attempts = 1, .counted = true,
		.head_only = new->head_only };
	size_t parser;
	enum rc rc;

	new->attempts = job.attempts;
	rc = inbox_add(in->rules.store, new, &job.mail_id, err);
	if (rc == RC_NONE)
		return mail_known(in, arena, new, err);
	if (rc != RC_OK)
		return rc;
	in->count.taken++;
	parser = jobs_count(&in->ready) > 0 ? INTAKE_PARSERS
	    : parser_free(in, job.size_bytes);
	if (parser < INTAKE_PARSERS)
		return job_give(in, parser, job, new->raw, new->fd, err);
	jobs_add(&in->ready, job);
	return RC_OK;
}

static enum rc
on_mail(struct intake *in, struct arena *arena, struct wire_in *w, int fd,
    bool head_only, struct err *err)
{
	struct inbox_new new = {
		.uidvalidity = wire_get_u32(w),
		.uid = wire_get_u32(w),
		.size_bytes = wire_get_i64(w),
		.came_at = clock_now(),
		.fd = fd,
		.head_only = head_only,
	};

	if (fd < 0)
		new.raw = wire_get_bytes(w);
	if (w->bad || new.size_bytes < 0
	    || (fd < 0 && !head_only && new.size_bytes != (int64_t)new.raw.n))
		return lie(err, "reader");
	if (new.uidvalidity != in->move.uidvalidity)
		return RC_OK; /* asked of another mailbox; it will be listed */
	move_came(&in->move, new.uid, false);
	return mail_take(in, arena, &new, err);
}

static enum rc
on_missing(struct intake *in, struct wire_in *w, struct err *err)
{
	uint32_t uidvalidity = wire_get_u32(w), uid = wire_get_u32(w);
	const char *why = wire_get_text(w);

	if (w->bad)
		return lie(err, "reader");
	if (uidvalidity != in->move.uidvalidity)
		return RC_OK;
	move_came(&in->move, uid, true);
	log_warning("uid=%u cannot be fetched: %s", uid,
	    why == NULL ? "gone" : why);
	return RC_OK;
}

static enum rc
on_moved(struct intake *in, struct arena *arena, struct wire_in *w,
    struct err *err)
{
	uint32_t uidvalidity = wire_get_u32(w), *uids;
	uint8_t folder = wire_get_u8(w);
	size_t n = wire_get_count(w, sizeof *uids);

	uids = arena_array(arena, n, sizeof *uids);
	for (size_t i = 0; i < n; i++) {
		uids[i] = wire_get_u32(w);
		if (uidvalidity == in->move.uidvalidity)
			move_moved(&in->move, uids[i]);
	}
	if (w->bad || folder >= READER_FOLDERS)
		return lie(err, "reader");
	return inbox_filed(in->rules.store, uidvalidity, uids, n, err);
}

static enum rc
on_state(struct intake *in, struct wire_in *w, struct err *err)
{
	uint8_t state = wire_get_u8(w);
	const char *why = wire_get_text(w);
	int64_t again_ms = wire_get_i64(w);

	if (w->bad || state > READER_IDLE)
		return lie(err, "reader");
	if (state == READER_AWAY) {
		if (in->count.state != READER_AWAY || why == NULL
		    || strcmp(in->count.why, why) != 0)
			log_err("mailbox away: %s", why == NULL ? "" : why);
		in->listed = false;
		move_forget(&in->move, 0);
	} else if (in->count.state == READER_AWAY) {
		log_info("mailbox connected");
	}
	in->count.state = (enum reader_state)state;
	in->count.again_ms = again_ms;
	(void)snprintf(in->count.why, sizeof in->count.why, "%s",
	    why == NULL ? "" : why);
	return RC_OK;
}

enum rc
intake_reader_frame(struct intake *in, struct arena *arena,
    const struct frame *frame, struct err *err)
{
	struct wire_in w = wire_in(arena, frame->payload);

	switch ((enum reader_frame)frame->kind) {
	case READER_LISTED:
		return on_listed(in, arena, &w, err);
	case READER_MAIL:
		return on_mail(in, arena, &w, frame->fd, false, err);
	case READER_TOO_LARGE:
		return on_mail(in, arena, &w, -1, true, err);
	case READER_MISSING:
		return on_missing(in, &w, err);
	case READER_MOVED:
		return on_moved(in, arena, &w, err);
	case READER_STATE:
		return on_state(in, &w, err);
	case READER_ALIVE:
		return RC_OK;
	case READER_OPEN:
	case READER_FETCH:
	case READER_MOVE:
	case READER_LIST:
	case READER_CLOSE:
		break;
	}
	return lie(err, "reader");
}

/* --- what a parser says -------------------------------------------------- */

static enum rc
mail_carry(struct intake *in, struct arena *arena, const struct job *job,
    const struct mail *mail, struct err *err)
{
	int32_t folder;
	enum rc rc;

	if (job->head_only)
		return mail_aside(in, arena, job, mail, "human-too-large",
		    err);
	rc = carry_mail(&in->carry, arena, job->mail_id, mail, &folder, err);
	if (rc != RC_OK)
		return fail_in(err, rc == RC_NONE || rc == RC_PARK ? RC_STOP
		    : rc, "mail=%lld", (long long)job->mail_id);
	in->count.done++;
	if (job->uidvalidity == in->move.uidvalidity)
		move_done(&in->move, job->uid, folder, clock_ms());
	return RC_OK;
}

enum rc
intake_parser_frame(struct intake *in, size_t i, struct arena *arena,
    const struct frame *frame, struct err *err)
{
	const struct job *head = jobs_first(&in->given[i]);
	struct parser_answer answer;
	struct job job;

	if (head == NULL
	    || parser_answer_read(arena, frame, &answer, err) != RC_OK
	    || answer.tag != (uint32_t)head->mail_id
	    || answer.kind == PARSER_BYTES)
		return lie(err, "parser");
	job = jobs_take(&in->given[i]);
	in->head_ms[i] = clock_ms();
	if (answer.kind == PARSER_MAIL)
		return mail_carry(in, arena, &job, answer.mail, err);
	log_warning("mail=%lld refused by the parser: %s",
	    (long long)job.mail_id, answer.why == NULL ? "" : answer.why);
	return mail_aside(in, arena, &job, NULL, "human-unreadable", err);
}

/* --- what is to be done next --------------------------------------------- */

/* From the store, where no room was when it came. An attempt that a mail
 * makes alone is counted by itself. */
static enum rc
job_resume(struct intake *in, size_t i, struct err *err)
{
	struct job job = jobs_take(&in->ready);
	struct arena *arena = arena_open();
	struct bytes raw = { .data = NULL };
	int fd = -1;
	enum rc rc = RC_OK;

	if (!job.counted) {
		job.attempts++;
		job.counted = true;
		rc = inbox_attempt(in->rules.store, job.mail_id, err);
	}
	if (rc == RC_OK)
		rc = inbox_raw(in->rules.store, arena, job.mail_id, &raw, &fd,
		    err);
	if (rc == RC_OK)
		rc = job_give(in, i, job, raw, fd, err);
	if (fd >= 0)
		(void)close(fd);
	arena_close(&arena);
	return rc;
}

static bool
is_alone(const struct job *job)
{
	return job->attempts >= ALONE_ATTEMPTS || job->deaths > 0;
}

static enum rc
parsers_feed(struct intake *in, struct err *err)
{
	struct job *first;
	enum rc rc;

	while ((first = jobs_first(&in->ready)) != NULL) {
		size_t i = parser_free(in, first->size_bytes);

		if (i == INTAKE_PARSERS
		    || (is_alone(first) && jobs_count(&in->given[i]) > 0))
			return RC_OK;
		if ((rc = job_resume(in, i, err)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static size_t
jobs_all(const struct intake *in)
{
	size_t n = jobs_count(&in->ready);

	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		n += jobs_count(&in->given[i]);
	return n;
}

static size_t
wanted(const struct intake *in)
{
	return in->move.want.n - in->move.want.from + in->move.n_asked;
}

enum rc
intake_turn(struct intake *in, bool stop, struct err *err)
{
	size_t under_way = jobs_all(in) + in->move.n_asked;
	enum rc rc;

	if (!stop && (rc = parsers_feed(in, err)) != RC_OK)
		return rc;
	if (in->reader == NULL)
		return RC_OK;
	if (!stop && under_way < INTAKE_AHEAD / 2) {
		rc = move_fetch(&in->move, in->reader,
		    INTAKE_AHEAD - under_way, err);
		if (rc != RC_OK)
			return rc;
	}
	if (move_waiting(&in->move) == 0)
		return RC_OK;
	if ((stop && jobs_all(in) == jobs_count(&in->ready))
	    || jobs_all(in) + wanted(in) == 0
	    || clock_ms() - in->move.oldest_ms >= MOVE_WAIT_MS)
		return move_flush(&in->move, in->reader, 1, err);
	return move_flush(&in->move, in->reader, MOVE_LEAST, err);
}

bool
intake_wants_mail(const struct intake *in)
{
	int64_t bytes = in->ready.bytes;

	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		bytes += in->given[i].bytes;
	return bytes < INTAKE_AHEAD_BYTES || jobs_all(in) == 0;
}

int
intake_late_parser(const struct intake *in, int64_t now_ms)
{
	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		if (in->parsers[i] != NULL && jobs_count(&in->given[i]) > 0
		    && now_ms - in->head_ms[i] > in->rules.parse_ms)
			return (int)i;
	return -1;
}

int64_t
intake_wait_ms(const struct intake *in, int64_t now_ms)
{
	int64_t wait = -1;

	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		if (in->parsers[i] != NULL && jobs_count(&in->given[i]) > 0) {
			int64_t left = in->head_ms[i] + in->rules.parse_ms + 1
			    - now_ms;

			if (wait < 0 || left < wait)
				wait = left < 0 ? 0 : left;
		}
	if (move_waiting(&in->move) > 0 && in->reader != NULL
	    && (wait < 0 || wait > MOVE_WAIT_MS))
		wait = MOVE_WAIT_MS;
	return wait;
}

bool
intake_is_quiet(const struct intake *in)
{
	size_t given = 0;

	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		given += jobs_count(&in->given[i]);
	return given == 0 && move_waiting(&in->move) == 0
	    && in->move.n_moving == 0;
}

bool
intake_is_done(const struct intake *in)
{
	return in->listed && jobs_all(in) == 0 && wanted(in) == 0
	    && move_waiting(&in->move) == 0 && in->move.n_moving == 0;
}

void
intake_count(const struct intake *in, struct intake_count *count)
{
	*count = in->count;
	count->waiting = jobs_all(in);
	count->listed = wanted(in);
	count->to_move = move_waiting(&in->move) + in->move.n_moving;
}
