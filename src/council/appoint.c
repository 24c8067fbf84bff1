/* SPDX-License-Identifier: MIT */
/* The secretary says who is appointed. What will happen is shown, with what
 * the rules still want; nothing leaves before the stop window is over. The
 * program chooses nobody (GDPR art. 22, THREATS law 13). */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/seats.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/seat.h"

struct choice {
	struct candidate *list;	/* outcome, seat and rank as she says */
	size_t n;
	struct seat_rules rules;
	bool *said;		/* of each, in this mail */
	int64_t rank;		/* the last on the reserve list */
};

/* --- her words, held against the list ------------------------------------ */

static enum candidate_outcome
outcome_read(const char *word, size_t n)
{
	if (n == 7 && strncmp(word, "appoint", n) == 0)
		return CANDIDATE_APPOINTED;
	if (n == 7 && strncmp(word, "reserve", n) == 0)
		return CANDIDATE_RESERVE;
	return n == 6 && strncmp(word, "reject", n) == 0 ?
	    CANDIDATE_REJECTED : CANDIDATE_OPEN;
}

static bool
is_group(const struct choice *c, const char *group)
{
	for (size_t i = 0; i < c->rules.n; i++)
		if (strcmp(c->rules.groups[i].group, group) == 0)
			return c->rules.groups[i].named_by == NULL;
	return false;
}

static void
give(struct choice *c, size_t i, enum candidate_outcome outcome,
    const char *seat)
{
	c->list[i].outcome = outcome;
	c->list[i].seat = outcome == CANDIDATE_APPOINTED ? seat : NULL;
	c->list[i].rank = outcome == CANDIDATE_RESERVE ? ++c->rank : 0;
	c->said[i] = true;
}

/* «3» or «3=user»; false for a number that waits for no answer. */
static bool
number_give(struct choice *c, const char *word,
    enum candidate_outcome outcome)
{
	char *end;
	long number = strtol(word, &end, 10);

	if (*end == '=' && !is_group(c, end + 1))
		return false;
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].number == number) {
			if (c->list[i].told || c->said[i])
				return false;
			give(c, i, outcome, *end == '=' ? end + 1 : NULL);
			return true;
		}
	return false;
}

static void
rest_give(struct choice *c, enum candidate_outcome outcome)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->said[i] && !c->list[i].told)
			give(c, i, outcome, NULL);
}

/* «appoint 1 3=user; reserve 2; reject rest» (understand/seat_choice.c); the
 * rest comes last, whatever stands behind it. */
static bool
choice_read(struct arena *arena, const char *text, struct choice *c)
{
	enum candidate_outcome outcome = CANDIDATE_OPEN, rest = CANDIDATE_OPEN;

	for (const char *at = text; *at != '\0';) {
		size_t n = strcspn(at, " ;");
		const char *word = arena_strndup(arena, at, n);
		enum candidate_outcome next = outcome_read(word, n);

		at += n + strspn(at + n, " ;");
		if (next != CANDIDATE_OPEN)
			outcome = next;
		else if (outcome == CANDIDATE_OPEN)
			return false;
		else if (strcmp(word, "rest") == 0)
			rest = outcome;
		else if (!number_give(c, word, outcome))
			return false;
	}
	if (rest != CANDIDATE_OPEN)
		rest_give(c, rest);
	return outcome != CANDIDATE_OPEN;
}

/* --- what will happen ---------------------------------------------------- */

static const char *
replace_all(struct arena *arena, const char *text, const char *mark,
    const char *with)
{
	struct buf out = buf_open(arena);
	const char *at;

	while ((at = strstr(text, mark)) != NULL) {
		buf_add_n(&out, text, (size_t)(at - text));
		buf_add(&out, with);
		text = at + strlen(mark);
	}
	buf_add(&out, text);
	return buf_text(&out);
}

static void
want_field(struct act *act, const char *language, const struct choice *c,
    const struct candidate *const *chosen, const struct seat_want *want,
    struct json_fields *fields)
{
	static const char *const names[] = {
		[WANT_SEATS] = "want-seats", [WANT_AT_LEAST] = "want-least",
		[WANT_TOO_MANY] = "want-many", [WANT_GROUP] = "want-group",
		[WANT_SEAT] = "want-seat", [WANT_RESIDENCE] =
		    "want-residence",
	};
	const char *words = words_get(act->arena, language,
	    want->kind == WANT_TOO_MANY && want->group == SEAT_NONE ?
	    "want-many-all" : names[want->kind]);

	if (words == NULL)
		return;
	words = replace_all(act->arena, words, "%n", arena_printf(act->arena,
	    "%zu", want->n));
	if (want->group != SEAT_NONE)
		words = replace_all(act->arena, words, "%g",
		    seat_group_words(act->arena, language,
		    c->rules.groups[want->group].group));
	if (want->person != SEAT_NONE)
		words = replace_all(act->arena, words, "%p", arena_printf(
		    act->arena, "%lld",
		    (long long)chosen[want->person]->number));
	fields_text(fields_item(fields, "wants"), "words", words);
}

/* Those appointed by this mail are given seats by what they said. */
static void
seats_give(struct act *act, const char *language, struct choice *c,
    struct json_fields *fields)
{
	struct seat_person *persons = arena_array(act->arena, c->n + 1,
	    sizeof *persons);
	struct candidate **chosen = arena_array(act->arena, c->n + 1,
	    sizeof(struct candidate *));
	size_t *place = arena_array(act->arena, c->n + 1, sizeof *place);
	const struct seat_want *wants;
	size_t n = 0, n_wants;

	for (size_t i = 0; i < c->n; i++)
		if (c->said[i] && c->list[i].outcome == CANDIDATE_APPOINTED) {
			chosen[n] = &c->list[i];
			persons[n++] = candidate_person(&c->list[i]);
		}
	if (n == 0)
		return;
	seat_place(act->arena, &c->rules, persons, n, place);
	wants = seat_wants(act->arena, &c->rules, persons, n, place,
	    &n_wants);
	for (size_t i = 0; i < n; i++)
		if (place[i] != SEAT_NONE)
			chosen[i]->seat = c->rules.groups[place[i]].group;
	for (size_t i = 0; i < n_wants; i++)
		want_field(act, language, c,
		    (const struct candidate *const *)chosen, &wants[i],
		    fields);
}

static void
list_fields(struct act *act, const char *language, const struct choice *c,
    bool trusted, struct json_fields *fields)
{
	static const char *const lists[] = {
		[CANDIDATE_APPOINTED] = "appointed",
		[CANDIDATE_RESERVE] = "reserve",
		[CANDIDATE_REJECTED] = "rejected",
	};
	size_t open = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct candidate *one = &c->list[i];
		struct json_fields *item;

		if (one->told)
			continue;
		if (!c->said[i]) {
			open++;
			continue;
		}
		item = candidate_fields(act->arena, language, &c->rules, one,
		    trusted, fields, lists[one->outcome]);
		fields_text(item, "seat", one->seat == NULL ? words_get(
		    act->arena, language, "seat-unsaid") :
		    seat_group_words(act->arena, language, one->seat));
	}
	fields_text(fields, "open", open == 0 ? NULL : arena_printf(
	    act->arena, "%zu", open));
}

/* --- the deed ------------------------------------------------------------ */

/* It answers the list of that call: what is appointed is named by it. */
static enum rc
list_answered(struct act *act, const struct action *action,
    const struct call_row *call, struct err *err)
{
	struct letter_row letter;
	bool proved = false;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	if (rc == RC_NONE || (rc == RC_OK && strcmp(letter.key, arena_printf(
	    act->arena, "seat-list/%lld", (long long)call->call_id)) != 0))
		return fail(err, RC_PARK, "answers another list");
	return rc;
}

static bool
is_secretary(const struct act *act, const struct world_body *body)
{
	for (size_t i = 0; i < body->n_people; i++)
		if (body->people[i].role == ROLE_SECRETARY &&
		    text_equal_nocase(body->people[i].email,
		    act->sender.email))
			return true;
	return false;
}

static enum rc
choice_open(struct act *act, const struct action *action,
    const struct world_body *body, struct call_row *call, struct choice *c,
    struct err *err)
{
	struct store *store = act->council->store;
	bool sent = false;
	enum rc rc;

	if (!is_secretary(act, body))
		return fail(err, RC_PARK, "only the secretary appoints");
	rc = call_newest(store, act->arena, body->slug, call, err);
	if (rc == RC_NONE || (rc == RC_OK && call->state != CALL_CLOSED))
		return fail(err, RC_PARK, "no list waits for an answer");
	if (rc != RC_OK ||
	    (rc = list_answered(act, action, call, err)) != RC_OK ||
	    (rc = candidates_load(store, act->arena, call->call_id, &c->list,
	    &c->n, err)) != RC_OK ||
	    (rc = seats_load(store, act->arena, body->slug, date_local(
	    act->council->now_at).day, &c->rules, err)) != RC_OK)
		return rc;
	c->said = arena_array(act->arena, c->n + 1, sizeof *c->said);
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].rank > c->rank)
			c->rank = c->list[i].rank;
	if (action->title != NULL && choice_read(act->arena, action->title,
	    c))
		return RC_OK;
	if ((rc = ask_queue(act, NULL, 0, "which-numbers", &sent, err)) !=
	    RC_OK)
		return rc;
	act->answered = sent;
	return fail(err, RC_PARK, "numbers that are not on the list");
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct json_fields *fields = fields_open(act->arena);
	int64_t send_at = year_awake(act->council->now_at + CALL_STOP_S);
	struct choice c = { .n = 0 };
	struct call_row call;
	const char *language;
	enum rc rc;

	if (body == NULL)
		return fail(err, RC_PARK, "no council");
	if ((rc = choice_open(act, action, body, &call, &c, err)) != RC_OK)
		return rc;
	language = act_language(act, body);
	seats_give(act, language, &c, fields);
	for (size_t i = 0; i < c.n && rc == RC_OK; i++)
		if (c.said[i])
			rc = candidate_decide(act->council->store,
			    call.call_id, c.list[i].number, c.list[i].outcome,
			    c.list[i].seat, c.list[i].rank, journal_id, err);
	if (rc != RC_OK)
		return rc;
	list_fields(act, language, &c, secretary_is_trusted(act,
	    act->sender.email), fields);
	fields_text(fields, "body", body->name);
	fields_text(fields, "sends", day_words_at(act->arena, language,
	    send_at));
	end->body = body;
	end->template = "receipt-appoint";
	end->fields = fields;
	return call_move(act->council->store, &call, CALL_APPOINT, send_at,
	    journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct call_row call;
	enum rc rc = call_by_journal(act->council->store, act->arena,
	    journal_id, &call, err);

	if (rc != RC_OK || call.state != CALL_DECIDED)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = candidates_undo(act->council->store, journal_id, err)) !=
	    RC_OK)
		return rc;
	return call_move(act->council->store, &call, CALL_TAKE_BACK, 0, 0,
	    err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct call_row call;
	enum rc rc = call_by_journal(act->council->store, act->arena,
	    journal_id, &call, err);

	*gone = rc == RC_NONE || (rc == RC_OK && call.state != CALL_DECIDED);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_appoint = {
	.action = ACTION_APPOINT,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
	.gone = gone,
};
