/* SPDX-License-Identifier: MIT */
/* A round in which the members put the topics in order: asked, reminded of,
 * counted, or stopped. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/topics.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/item.h"
#include "store/ranking.h"

static struct date
last_day(const struct round *round)
{
	return date_local(round->deadline_at - 1).day;
}

static enum rc
round_fields(const struct topics_work *w, const struct round *round,
    struct json_fields *fields, struct err *err)
{
	struct round_topic *topics;
	size_t n;
	enum rc rc = round_topics(w->council->store, w->arena,
	    round->round_id, &topics, &n, err);

	fields_text(fields, "deadline", day_words(w->arena, w->language,
	    last_day(round)));
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct json_fields *item = fields_item(fields, "topics");

		fields_text(item, "letter", arena_printf(w->arena, "%c",
		    topics[i].letter));
		fields_text(item, "title", topics[i].title);
		if (topics[i].place > 0)
			fields_number(item, "place", (long)topics[i].place);
		fields_flag(item, "shared", topics[i].shared);
	}
	return rc;
}

static bool
has_voted(const struct ranking *rows, size_t n, const char *email)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(rows[i].email, email))
			return true;
	return false;
}

/* One letter each; `silent` only to those without a ballot. */
static enum rc
voters_write(const struct topics_work *w, const struct round *round,
    const char *template, const char *key, bool silent,
    struct json_fields *fields, struct err *err)
{
	struct ranking *rows;
	struct guest *list;
	size_t n, n_rows;
	enum rc rc = ranking_of_round(w->council->store, w->arena,
	    round->round_id, TOPICS_VOTERS_MOST, &rows, &n_rows, err);

	list = topics_voters(w, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (!silent || !has_voted(rows, n_rows, list[i].email))
			rc = topics_letter(w, list[i].email, list[i].name,
			    (struct outbox_draft){
			    .key = arena_printf(w->arena, "%s/%lld/%s", key,
			    (long long)round->round_id, list[i].email),
			    .template = template,
			    .kind = LETTER_TOPIC_RANKING,
			    .class = LETTER_BULK, .fields = fields }, err);
	return rc;
}

enum rc
round_ask(struct topics_work *w, struct round *round, struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);
	enum rc rc = round_asked(w->council->store, round,
	    w->council->now_at, err);

	if (rc == RC_OK)
		rc = round_fields(w, round, fields, err);
	fields_flag(fields, "moved", false);
	return rc != RC_OK ? rc : voters_write(w, round, "ranking-ask",
	    "ranking-ask", false, fields, err);
}

enum rc
round_move_tell(struct topics_work *w, const struct round *round,
    struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);
	char day[DATE_TEXT_BYTES];
	enum rc rc = round_fields(w, round, fields, err);

	date_format(last_day(round), day);
	fields_flag(fields, "moved", true);
	return rc != RC_OK ? rc : voters_write(w, round, "ranking-ask",
	    arena_printf(w->arena, "ranking-moved/%s", day), true, fields,
	    err);
}

enum rc
round_stop_tell(struct topics_work *w, const struct round *round,
    struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);
	enum rc rc = round_fields(w, round, fields, err);

	return rc != RC_OK ? rc : voters_write(w, round, "ranking-stopped",
	    "ranking-stopped", false, fields, err);
}

/* Who has not answered, by name; nothing of those who have. */
static enum rc
secretary_write(const struct topics_work *w, const struct round *round,
    const char *template, const char *key, struct json_fields *fields,
    struct err *err)
{
	struct ranking *rows;
	struct guest *list;
	size_t n, n_rows, answered = 0;
	enum rc rc = ranking_of_round(w->council->store, w->arena,
	    round->round_id, TOPICS_VOTERS_MOST, &rows, &n_rows, err);

	list = topics_voters(w, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (has_voted(rows, n_rows, list[i].email))
			answered++;
		else
			fields_text(fields_item(fields, "missing"), "name",
			    list[i].name);
	fields_number(fields, "members", (long)n);
	fields_number(fields, "answered", (long)answered);
	return rc != RC_OK ? rc : topics_letter(w, topics_secretary(w), NULL,
	    (struct outbox_draft){ .key = arena_printf(w->arena, "%s/%lld",
	    key, (long long)round->round_id), .template = template,
	    .kind = LETTER_NOTICE, .class = LETTER_ANSWER,
	    .fields = fields }, err);
}

enum rc
round_remind(struct topics_work *w, struct round *round, struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);
	struct json_fields *own = fields_open(w->arena);
	enum rc rc = round_reminded(w->council->store, round,
	    w->council->now_at, err);

	if (rc != RC_OK || (rc = round_fields(w, round, fields, err)) !=
	    RC_OK || (rc = round_fields(w, round, own, err)) != RC_OK)
		return rc;
	rc = voters_write(w, round, "ranking-remind", arena_printf(w->arena,
	    "ranking-remind/%lld", (long long)round->deadline_at), true,
	    fields, err);
	return rc != RC_OK ? rc : secretary_write(w, round,
	    "notice-ranking-missing", arena_printf(w->arena,
	    "ranking-missing/%lld", (long long)round->deadline_at), own, err);
}

/* --- the end ------------------------------------------------------------------ */

/* Its letters, as they were when it was opened, by letter. */
static enum rc
letters_of(const struct topics_work *w, const struct round *round,
    const char **letters, struct err *err)
{
	struct round_topic *topics;
	struct buf out = buf_open(w->arena);
	size_t n;
	enum rc rc = round_topics(w->council->store, w->arena,
	    round->round_id, &topics, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		buf_add_char(&out, topics[i].letter);
	*letters = buf_text(&out);
	return rc;
}

/* A point for the next meeting that still takes points; without one it comes
 * by itself, as what was put off. */
static enum rc
item_make(const struct topics_work *w, const struct round *round,
    struct err *err)
{
	const struct world_meeting *m = topics_next(w);
	struct buf words = buf_open(w->arena);
	struct round_topic *topics;
	size_t n;
	int64_t number;
	enum rc rc = round_topics(w->council->store, w->arena,
	    round->round_id, &topics, &n, err);

	buf_addf(&words, "%s: %lld / %lld\n", topics_word(w,
	    "ranking-item-answers"), (long long)round->ballots,
	    (long long)round->members);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		buf_addf(&words, "\n%zu: %c, %s%s%s%s", topics[i].place,
		    topics[i].letter, topics[i].title, topics[i].shared ?
		    " (" : "", topics[i].shared ? topics_word(w,
		    "ranking-item-shared") : "", topics[i].shared ? ")" : "");
	return rc != RC_OK ? rc : item_add(w->council->store, &(struct item){
	    .body = w->body->slug, .meeting = m != NULL ? m->id : NULL,
	    .title = topics_word(w, "ranking-item-title"),
	    .words = buf_text(&words),
	    .by = round->by, .state = m != NULL ? ITEM_ACCEPTED :
	    ITEM_POSTPONED, .at = w->council->now_at,
	    .journal_id = round->journal_id }, &number, err);
}

static enum rc
result_tell(const struct topics_work *w, const struct round *round,
    struct err *err)
{
	const struct world_meeting *m = topics_next(w);
	struct json_fields *fields = fields_open(w->arena);
	struct json_fields *own = fields_open(w->arena);
	struct json_fields *const both[] = { fields, own };
	enum rc rc = RC_OK;

	for (int i = 0; i < 2 && rc == RC_OK; i++) {
		fields_number(both[i], "ballots", (long)round->ballots);
		fields_number(both[i], "voters", (long)round->members);
		fields_text(both[i], "meeting", m == NULL ? NULL : day_words(
		    w->arena, w->language, m->day));
		rc = round_fields(w, round, both[i], err);
	}
	if (rc == RC_OK)
		rc = voters_write(w, round, "ranking-result",
		    "ranking-result", false, fields, err);
	return rc != RC_OK ? rc : secretary_write(w, round,
	    "notice-ranking-result", "notice-ranking-result", own, err);
}

enum rc
round_close(struct topics_work *w, struct round *round, struct err *err)
{
	struct ranking *rows;
	const char **ballots, *letters;
	struct count *count = arena_alloc(w->arena, sizeof *count);
	size_t n, voters;
	enum rc rc = ranking_of_round(w->council->store, w->arena,
	    round->round_id, TOPICS_VOTERS_MOST, &rows, &n, err);

	if (rc != RC_OK || (rc = letters_of(w, round, &letters, err)) !=
	    RC_OK)
		return rc;
	ballots = arena_array(w->arena, n + 1, sizeof *ballots);
	for (size_t i = 0; i < n; i++)
		ballots[i] = rows[i].letters;
	count_ballots(letters, ballots, n, count);
	(void)topics_voters(w, &voters);
	if (count->ballots < COUNT_LEAST) {
		struct json_fields *fields = fields_open(w->arena);

		if ((rc = round_end(w->council->store, w->arena, round,
		    ROUND_GIVE_UP, NULL, (int64_t)voters,
		    (int64_t)count->ballots, w->council->now_at, err)) !=
		    RC_OK || (rc = round_fields(w, round, fields, err)) !=
		    RC_OK)
			return rc;
		fields_number(fields, "least", COUNT_LEAST);
		return secretary_write(w, round, "notice-ranking-few",
		    "notice-ranking-few", fields, err);
	}
	if ((rc = round_end(w->council->store, w->arena, round, ROUND_COUNT,
	    count, (int64_t)voters, (int64_t)count->ballots,
	    w->council->now_at, err)) != RC_OK ||
	    (rc = item_make(w, round, err)) != RC_OK)
		return rc;
	log_info("ranking round=%lld ballots=%zu",
	    (long long)round->round_id, count->ballots);
	return result_tell(w, round, err);
}

enum rc
round_late_tell(struct topics_work *w, const struct round *round,
    const char *to, int64_t mail_id, struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);

	fields_text(fields, "deadline", day_words(w->arena, w->language,
	    last_day(round)));
	fields_flag(fields, "stopped", round->state == ROUND_STOPPED);
	return topics_letter(w, to, NULL, (struct outbox_draft){
	    .key = arena_printf(w->arena, "ranking-late/mail-%lld",
	    (long long)mail_id), .template = "ranking-late",
	    .kind = LETTER_OTHER, .class = LETTER_ANSWER,
	    .mail_id = mail_id, .fields = fields }, err);
}

/* --- the secretary ------------------------------------------------------------ */

static enum rc
open_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct store *store = act->council->store;
	struct topics_work w;
	struct round round;
	int64_t deadline_at;
	enum rc rc;

	(void)end;
	if (body == NULL || !date_is_valid(action->deadline_day))
		return fail(err, RC_PARK, "no body, or no deadline");
	w = topics_open(act->council, act->arena, body);
	deadline_at = date_at(date_add_days(action->deadline_day, 1), 0, 0);
	if (deadline_at <= act->council->now_at)
		return fail(err, RC_PARK, "the deadline is over");
	rc = round_newest(store, act->arena, body->slug, &round, err);
	if (rc == RC_OK && round.state == ROUND_OPEN) {
		rc = round_move(store, &round, deadline_at, journal_id, err);
		return rc != RC_OK || round.asked_at == 0 ? rc :
		    round_move_tell(&w, &round, err);
	}
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (body->n_topics < 2)
		return fail(err, RC_PARK, "fewer than two topics");
	round = (struct round){ .body = body->slug, .by = act->sender.email,
		.opened_at = act->council->now_at,
		.ask_at = act->council->now_at + TOPICS_STOP_S,
		.deadline_at = deadline_at, .journal_id = journal_id };
	rc = round_add(store, act->arena, &round, err);
	return rc == RC_PARK ? topics_refuse(act, body, "idea", err) : rc;
}

static enum rc
open_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return round_undo(act->council->store, journal_id, err);
}

/* The letters have gone. */
static enum rc
open_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct round round;
	bool opened = false;
	enum rc rc = round_of_line(act->council->store, act->arena,
	    journal_id, &round, &opened, err);

	*gone = rc == RC_OK && round.asked_at != 0;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_round_open = {
	.action = ACTION_ROUND_OPEN,
	.who = MAY_SECRETARY,
	.run = open_run,
	.undo = open_undo,
	.gone = open_gone,
};

static enum rc
stop_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct topics_work w;
	struct round round;
	bool asked;
	enum rc rc;

	(void)journal_id;
	(void)end;
	if (body == NULL)
		return fail(err, RC_PARK, "no body");
	w = topics_open(act->council, act->arena, body);
	rc = round_newest(act->council->store, act->arena, body->slug,
	    &round, err);
	if (rc == RC_NONE || (rc == RC_OK && round.state != ROUND_OPEN))
		return topics_refuse(act, body, "no_round", err);
	if (rc != RC_OK)
		return rc;
	asked = round.asked_at != 0;
	if ((rc = round_end(act->council->store, act->arena, &round,
	    ROUND_STOP, NULL, 0, 0, act->council->now_at, err)) != RC_OK)
		return rc;
	return asked ? round_stop_tell(&w, &round, err) : RC_OK;
}

/* No undo: the members are told; she opens another. */
const struct deed deed_round_stop = {
	.action = ACTION_ROUND_STOP,
	.who = MAY_SECRETARY,
	.run = stop_run,
};
