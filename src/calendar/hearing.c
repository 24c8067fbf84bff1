/* SPDX-License-Identifier: MIT */
/* The days of hearings: reminders, the draft, the answer and its proof, and
 * who has answered when the deadline is over. */
#include "calendar/hearing.h"

#include "base/arena.h"
#include "base/log.h"
#include "calendar/calendar.h"
#include "council/decision.h"
#include "council/hearing.h"
#include "rules/year.h"
#include "store/due.h"
#include "store/store.h"

#define HEARINGS_MOST 1000	/* that live at the same time */
#define WAIT_DAYS 2		/* working days, until a draft is asked after */
#define PROOF_S 120		/* the server is asked again */

struct step {
	struct council *council;
	struct arena *arena;
	bool run;
	int64_t *next_at;
	size_t *n;
	struct hearing_work *w;
};

static void
sooner(const struct step *s, int64_t at)
{
	if (at < *s->next_at)
		*s->next_at = at;
}

/* Once under its key, in a mark of its own: what cannot be done costs no
 * other hearing. */
static enum rc
step_run(const struct step *s, const char *key,
    enum rc (*what)(struct hearing_work *, struct err *), struct err *err)
{
	struct store *store = s->council->store;
	enum due_outcome outcome = DUE_DONE;
	bool done;
	enum rc rc = due_is_done(store, key, &done, err);

	if (rc != RC_OK || done)
		return rc;
	if (!s->run) {
		sooner(s, s->council->now_at);
		return RC_OK;
	}
	if ((rc = store_mark(store, err)) != RC_OK)
		return rc;
	rc = what(s->w, err);
	if (rc == RC_PARK) {
		log_warning("hearing=%lld failed: %s",
		    (long long)s->w->row.hearing_id, err->text);
		if ((rc = store_drop(store, err)) != RC_OK)
			return rc;
		outcome = DUE_FAILED;
	} else if (rc != RC_OK || (rc = store_keep(store, err)) != RC_OK) {
		return rc;
	}
	log_info("due=hearing hearing=%lld state=%s",
	    (long long)s->w->row.hearing_id,
	    hearing_state_word(s->w->row.state));
	(*s->n)++;
	return due_set(store, key, s->council->now_at, outcome, err);
}

static int64_t
morning(struct date day)
{
	return year_awake(date_at(day, GATHERING_HOUR, 0));
}

/* True where the moment has come; else it is noted when. */
static bool
is_due(const struct step *s, int64_t at)
{
	if (at <= s->council->now_at)
		return true;
	sooner(s, at);
	return false;
}

/* --- what each moment does ---------------------------------------------------- */

static enum rc
remind_first(struct hearing_work *w, struct err *err)
{
	return hearing_remind(w, 0, err);
}

static enum rc
remind_last(struct hearing_work *w, struct err *err)
{
	return hearing_remind(w, 1, err);
}

static enum rc
lapse(struct hearing_work *w, struct err *err)
{
	enum rc rc = decision_moot(w->council, arena_printf(w->arena,
	    "hearing/%s", w->row.slug), err);

	return rc != RC_OK ? rc : hearing_move(w->council->store, &w->row,
	    HEARING_LAPSE, w->council->now_at, err);
}

static enum rc
wait_remind(struct hearing_work *w, struct err *err)
{
	struct hearing_draft draft;
	char day[DATE_TEXT_BYTES];
	enum rc rc = hearing_draft_load(w->council->store, w->arena,
	    w->row.hearing_id, &draft, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	date_format(date_local(w->council->now_at).day, day);
	return hearing_draft_send(w, &(struct hearing_show){
	    .draft = &draft, .because = day, .remind = true }, err);
}

static enum rc
over_tell(struct hearing_work *w, struct err *err)
{
	return hearing_overview(w, "deadline", 0, err);
}

/* --- one hearing --------------------------------------------------------------- */

static enum rc
reminders_walk(const struct step *s, struct err *err)
{
	struct hearing_work *w = s->w;
	int64_t over_at = date_at(date_add_days(w->days.members, 1), 0, 0);
	enum rc rc = RC_OK;

	for (int i = 0; i < 2 && rc == RC_OK; i++)
		if (w->days.remind[i].year != 0 && s->council->now_at <
		    over_at && is_due(s, morning(w->days.remind[i])))
			rc = step_run(s, arena_printf(s->arena,
			    "hearing-remind/%s/%d", w->row.slug, i), i == 0 ?
			    remind_first : remind_last, err);
	return rc;
}

/* Two working days after a draft, and then each working day: it waits. */
static enum rc
waiting_walk(const struct step *s, struct err *err)
{
	struct hearing_work *w = s->w;
	struct hearing_draft draft;
	struct date today = date_local(s->council->now_at).day;
	char day[DATE_TEXT_BYTES];
	int64_t at;
	enum rc rc = hearing_draft_load(s->council->store, s->arena,
	    w->row.hearing_id, &draft, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	at = date_at(year_add(date_local(draft.made_at).day,
	    (struct year_days){ WAIT_DAYS, true }), GATHERING_HOUR, 0);
	if (!is_due(s, at))
		return RC_OK;
	sooner(s, date_at(date_add_days(today, 1), GATHERING_HOUR, 0));
	if (!year_is_working(today) || !is_due(s, date_at(today,
	    GATHERING_HOUR, 0)))
		return RC_OK;
	date_format(today, day);
	return step_run(s, arena_printf(s->arena, "hearing-wait/%s/%s",
	    w->row.slug, day), wait_remind, err);
}

/* Its letter's life says when the server took it. */
static enum rc
proof_walk(const struct step *s, struct err *err)
{
	enum rc rc;

	if (s->w->row.proof_at != 0)
		return RC_OK;
	if (!s->run) {
		sooner(s, s->council->now_at + PROOF_S);
		return RC_OK;
	}
	if ((rc = hearing_prove(s->w, err)) == RC_OK) {
		log_info("hearing=%lld answered letter=%lld",
		    (long long)s->w->row.hearing_id,
		    (long long)s->w->row.letter_id);
		(*s->n)++;
	} else if (rc == RC_NONE) {
		sooner(s, s->council->now_at + PROOF_S);
		rc = RC_OK;
	}
	return rc;
}

static enum rc
state_walk(const struct step *s, struct err *err)
{
	struct hearing_work *w = s->w;
	enum rc rc;

	switch (w->row.state) {
	case HEARING_RECEIVED:
		return !is_due(s, w->request.deadline_at) ? RC_OK :
		    step_run(s, arena_printf(s->arena, "hearing-lapse/%s",
		    w->row.slug), lapse, err);
	case HEARING_ASKED:
		if ((rc = reminders_walk(s, err)) != RC_OK)
			return rc;
		return !is_due(s, morning(date_add_days(w->days.members,
		    1))) ? RC_OK : step_run(s, arena_printf(s->arena,
		    "hearing-compile/%s", w->row.slug), hearing_compile, err);
	case HEARING_DRAFTING:
	case HEARING_WITH_CHAIR:
		return waiting_walk(s, err);
	case HEARING_APPROVED:
		return !is_due(s, w->row.send_at) ? RC_OK : step_run(s,
		    arena_printf(s->arena, "hearing-send/%s/%lld",
		    w->row.slug, (long long)w->row.send_at), hearing_send,
		    err);
	case HEARING_ANSWERED:
		return proof_walk(s, err);
	default:
		return RC_OK;
	}
}

static enum rc
hearing_walk(const struct step *s, bool several, struct err *err)
{
	struct hearing_work *w = s->w;
	int64_t closed_at = w->request.deadline_at + HEARING_OVER_DAYS *
	    86400LL;
	enum hearing_state to;
	enum rc rc = state_walk(s, err);

	if (rc == RC_OK && several && is_due(s, year_awake(
	    w->request.deadline_at)))
		rc = step_run(s, arena_printf(s->arena, "hearing-over/%lld",
		    (long long)w->row.request_id), over_tell, err);
	/* Late answers still count for something; a month later none comes. */
	if (rc == RC_OK && hearing_may(w->row.state, HEARING_LAPSE, &to) &&
	    w->row.state != HEARING_RECEIVED && is_due(s, closed_at))
		rc = step_run(s, arena_printf(s->arena, "hearing-lapse/%s",
		    w->row.slug), lapse, err);
	return rc;
}

/* Whether the authority asked more than one. */
static enum rc
is_several(const struct step *s, bool *several, struct err *err)
{
	struct hearing_party *parties;
	struct hearing_row *rows;
	size_t n, n_parties;
	enum rc rc = hearing_of_request(s->council->store, s->arena,
	    s->w->row.request_id, &rows, &n, err);

	if (rc == RC_OK)
		rc = hearing_parties(s->council->store, s->arena,
		    s->w->row.request_id, &parties, &n_parties, err);
	*several = rc == RC_OK && n + n_parties > 1;
	return rc;
}

enum rc
hearings_walk(struct council *council, struct arena *arena, bool run,
    int64_t *next_at, size_t *n, struct err *err)
{
	struct hearing_row *rows;
	size_t n_rows;
	enum rc rc = hearing_live(council->store, arena, HEARINGS_MOST, &rows,
	    &n_rows, err);

	for (size_t i = 0; i < n_rows && rc == RC_OK; i++) {
		struct hearing_work w;
		struct step s = { council, arena, run, next_at, n, &w };
		bool several;

		/* nobody's letters go at night, and these are all letters */
		if (year_is_quiet(council->now_at)) {
			sooner(&s, year_awake(council->now_at));
			return RC_OK;
		}
		rc = hearing_work_of(council, arena, &rows[i], &w, err);
		if (rc == RC_NONE) {
			rc = RC_OK;
			continue;
		}
		if (rc == RC_OK)
			rc = is_several(&s, &several, err);
		if (rc == RC_OK)
			rc = hearing_walk(&s, several, err);
	}
	return rc;
}
