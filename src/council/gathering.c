/* SPDX-License-Identifier: MIT */
/* Who belongs to a meeting, and its facts as fields. */
#include "council/gathering.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "mail/ical_write.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/attendance.h"
#include "store/meeting.h"
#include "store/meeting_guest.h"
#include "store/subscription.h"

#define SUBSCRIBERS_MOST 5000

static bool
has_seat(enum role role)
{
	return role == ROLE_CHAIR || role == ROLE_VICE_CHAIR ||
	    role == ROLE_MEMBER || role == ROLE_APPOINTEE;
}

static const struct attendance *
answer_of(const struct attendance *rows, size_t n, const char *email)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(rows[i].email, email))
			return &rows[i];
	return NULL;
}

/* The registered substitute who said yes first: the rows' order is by
 * person, so the time decides. */
static const char *
stand_in_of(const struct world_body *body, const struct attendance *rows,
    size_t n, const char *member)
{
	const struct attendance *first = NULL;
	const char *name = NULL;

	for (size_t i = 0; i < body->n_people; i++) {
		const struct world_person *p = &body->people[i];
		const struct attendance *a;

		if (p->role != ROLE_SUBSTITUTE ||
		    !text_equal_nocase(p->substitute_for, member))
			continue;
		a = answer_of(rows, n, p->email);
		if (a != NULL && a->reply == REPLY_COMES && (first == NULL ||
		    a->at < first->at)) {
			first = a;
			name = p->name != NULL ? p->name : p->email;
		}
	}
	return name;
}

static void
line_read(const struct world_body *body, const struct attendance *rows,
    size_t n, struct roll_line *line)
{
	const struct attendance *a = answer_of(rows, n, line->email);

	if (a == NULL)
		return;
	line->said_by = a->by;
	line->reply = a->reply == REPLY_COMES ? SEAT_COMES :
	    a->reply == REPLY_TENTATIVE ? SEAT_TENTATIVE : SEAT_ABSENT;
	/* who stepped in keeps the seat until the member says yes */
	if (line->reply == SEAT_COMES)
		return;
	line->stand_in = a->substitute != NULL ? a->substitute :
	    stand_in_of(body, rows, n, line->email);
	if (line->stand_in != NULL)
		line->reply = SEAT_FILLED;
}

static bool
is_listed(const struct roll *roll, const char *email)
{
	for (size_t i = 0; i < roll->n; i++)
		if (text_equal_nocase(roll->lines[i].email, email))
			return true;
	return false;
}

enum rc
gathering_open(struct council *council, struct arena *arena,
    const struct world_body *body, const struct world_meeting *meeting,
    struct gathering *g, struct err *err)
{
	const char *quorum = NULL;
	struct attendance *rows;
	size_t n;
	struct meeting_guest *guests;
	size_t n_guests;
	/* the parts of a joint meeting share the answers */
	enum rc rc = attendance_list(council->store, arena, meeting->host !=
	    NULL ? meeting->host : meeting->id, &rows, &n, err);

	if (rc == RC_OK)
		rc = meeting_guest_list(council->store, arena, meeting->id,
		    &guests, &n_guests, err);
	if (rc != RC_OK)
		return rc;
	rc = rule_load(council->store, arena, body->slug, "quorum", &quorum,
	    err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	*g = (struct gathering){ .council = council, .arena = arena,
		.body = body, .meeting = meeting,
		.language = body->language != NULL ? body->language : "da",
		.answers = rows, .n_answers = n,
		.guests = guests, .n_guests = n_guests,
		.quorum = quorum == NULL ? 0 : strtoul(quorum, NULL, 10) };
	g->roll.lines = arena_array(arena, body->n_people + 1,
	    sizeof *g->roll.lines);
	for (size_t i = 0; i < body->n_people; i++) {
		const struct world_person *p = &body->people[i];

		if (!has_seat(p->role) || is_listed(&g->roll, p->email))
			continue;
		g->roll.lines[g->roll.n] = (struct roll_line){
			.email = p->email, .name = p->name, .group = p->seat,
			.votes = p->role != ROLE_APPOINTEE };
		line_read(body, rows, n, &g->roll.lines[g->roll.n++]);
	}
	return RC_OK;
}

/* --- lists ---------------------------------------------------------------- */

struct guests {
	struct guest *list;
	size_t n, cap;
};

static void
add(struct guests *guests, const char *email, const char *name, bool answers)
{
	for (size_t i = 0; i < guests->n; i++)
		if (text_equal_nocase(guests->list[i].email, email))
			return;
	assert(guests->n < guests->cap);
	guests->list[guests->n++] = (struct guest){ email, name, answers };
}

static struct guests
room_for(struct arena *arena, size_t n)
{
	return (struct guests){ arena_array(arena, n + 1,
	    sizeof(struct guest)), 0, n + 1 };
}

static const struct world_body *
with_at(const struct gathering *g, size_t at)
{
	return world_with(g->council->world, g->meeting, at);
}

static struct guests
asked(const struct gathering *g, bool secretaries)
{
	const struct world_body *with;
	size_t room = g->roll.n;
	struct guests all;

	for (size_t b = 0; (with = with_at(g, b)) != NULL; b++)
		room += with->n_people;
	all = room_for(g->arena, room);
	for (size_t i = 0; i < g->roll.n; i++)
		add(&all, g->roll.lines[i].email, g->roll.lines[i].name,
		    true);
	for (size_t b = 0; (with = with_at(g, b)) != NULL; b++)
		for (size_t i = 0; i < with->n_people; i++)
			if (has_seat(with->people[i].role) || (secretaries &&
			    with->people[i].role == ROLE_SECRETARY))
				add(&all, with->people[i].email,
				    with->people[i].name,
				    has_seat(with->people[i].role));
	return all;
}

struct guest *
gathering_members(const struct gathering *g, size_t *n)
{
	struct guests all = asked(g, false);

	*n = all.n;
	return all.list;
}

struct guest *
gathering_invited(const struct gathering *g, size_t *n)
{
	struct guests all = asked(g, true);

	*n = all.n;
	return all.list;
}

const char *
gathering_key(const struct gathering *g, const char *name)
{
	return g->meeting->round == 0 ? arena_printf(g->arena, "%s/%s", name,
	    g->meeting->id) : arena_printf(g->arena, "%s/%s/moved-%d", name,
	    g->meeting->id, g->meeting->round);
}

bool
gathering_is_silent(const struct gathering *g, const char *email)
{
	return answer_of(g->answers, g->n_answers, email) == NULL;
}

bool
gathering_is_coming(const struct gathering *g, const char *email)
{
	const struct attendance *a = answer_of(g->answers, g->n_answers,
	    email);

	return a != NULL && a->reply == REPLY_COMES;
}

bool
gathering_is_absent(const struct gathering *g, const char *email)
{
	const struct attendance *a = answer_of(g->answers, g->n_answers,
	    email);

	return a != NULL && a->reply == REPLY_ABSENT;
}

struct guest *
gathering_leads(const struct gathering *g, size_t *n)
{
	struct guests all = room_for(g->arena, g->body->n_people + 1);
	const char *otherwise = g->council->outbox->secretary;

	for (size_t i = 0; i < g->body->n_people; i++)
		if (g->body->people[i].role == ROLE_SECRETARY)
			add(&all, g->body->people[i].email,
			    g->body->people[i].name, false);
	if (all.n == 0 && otherwise != NULL)
		add(&all, otherwise, NULL, false);
	for (size_t i = 0; i < g->body->n_people; i++)
		if (g->body->people[i].role == ROLE_CHAIR)
			add(&all, g->body->people[i].email,
			    g->body->people[i].name, false);
	*n = all.n;
	return all.list;
}

struct guest *
gathering_substitutes(const struct gathering *g, size_t *n)
{
	struct guests all = room_for(g->arena, g->body->n_people);

	for (size_t i = 0; i < g->roll.n; i++)
		for (size_t k = 0; k < g->body->n_people; k++) {
			const struct world_person *p = &g->body->people[k];

			if ((g->roll.lines[i].reply == SEAT_ABSENT ||
			    g->roll.lines[i].reply == SEAT_FILLED) &&
			    p->role == ROLE_SUBSTITUTE && text_equal_nocase(
			    p->substitute_for, g->roll.lines[i].email) &&
			    !gathering_is_absent(g, p->email))
				add(&all, p->email, p->name, true);
		}
	*n = all.n;
	return all.list;
}

struct guest *
gathering_stand_ins(const struct gathering *g, size_t *n)
{
	struct guests all = room_for(g->arena, g->body->n_people);

	for (size_t i = 0; i < g->roll.n; i++)
		for (size_t k = 0; g->roll.lines[i].stand_in != NULL &&
		    k < g->body->n_people; k++) {
			const struct world_person *p = &g->body->people[k];

			if (p->role == ROLE_SUBSTITUTE && (text_equal_nocase(
			    p->email, g->roll.lines[i].stand_in) ||
			    (p->name != NULL && strcmp(p->name,
			    g->roll.lines[i].stand_in) == 0)))
				add(&all, p->email, p->name, true);
		}
	*n = all.n;
	return all.list;
}

struct guest *
gathering_insiders(const struct gathering *g, size_t *n)
{
	size_t n_leads, n_stand_ins, count = 0;
	struct guest *leads = gathering_leads(g, &n_leads);
	struct guest *stand_ins = gathering_stand_ins(g, &n_stand_ins);
	struct guest *all = arena_array(g->arena, g->roll.n + n_leads +
	    n_stand_ins + 1, sizeof *all);

	for (size_t i = 0; i < g->roll.n; i++)
		all[count++] = (struct guest){ g->roll.lines[i].email,
			g->roll.lines[i].name, true };
	for (size_t i = 0; i < n_leads; i++)
		all[count++] = leads[i];
	for (size_t i = 0; i < n_stand_ins; i++)
		all[count++] = stand_ins[i];
	*n = count;
	return all;
}

enum rc
gathering_public(const struct gathering *g, struct guest **list, size_t *n,
    struct err *err)
{
	const struct world_body *committee = world_body(g->council->world,
	    g->body->committee);
	struct subscription *rows;
	struct guests all;
	size_t n_rows;
	enum rc rc = subscription_list(g->council->store, g->arena,
	    g->body->slug, SUBSCRIBERS_MOST, &rows, &n_rows, err);

	if (rc != RC_OK)
		return rc;
	all = room_for(g->arena, n_rows + g->body->n_people +
	    (committee == NULL ? 0 : committee->n_people));
	for (size_t i = 0; committee != NULL && i < committee->n_people; i++)
		add(&all, committee->people[i].email,
		    committee->people[i].name, false);
	for (size_t i = 0; i < g->body->n_people; i++)
		if (g->body->people[i].role == ROLE_SUBSCRIBER)
			add(&all, g->body->people[i].email,
			    g->body->people[i].name, false);
	for (size_t i = 0; i < n_rows; i++)
		add(&all, rows[i].email, NULL, false);
	*list = all.list;
	*n = all.n;
	return RC_OK;
}

/* A slip in a rule must not stop the year: the default counts, and the log
 * says so. */
enum rc
gathering_day(const struct gathering *g, const char *name,
    const char *otherwise, int64_t *at, struct err *err)
{
	const char *value = NULL;
	struct year_days days = { 0, false };
	enum rc rc = rule_load(g->council->store, g->arena, g->body->slug,
	    name, &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_NONE || !year_days_read(value, &days)) {
		if (rc == RC_OK)
			log_warning("rule %s of %s is no number of days",
			    name, g->body->slug);
		(void)year_days_read(otherwise, &days);
	}
	*at = date_at(year_not_holiday(year_add(g->meeting->day, days)),
	    GATHERING_HOUR, 0);
	return RC_OK;
}

/* --- fields --------------------------------------------------------------- */

/* Who says no is not named; what nobody has said yet is left out. */
static void
guest_fields(const struct gathering *g, struct json_fields *fields)
{
	for (size_t i = 0; i < g->n_guests; i++) {
		const struct meeting_guest *guest = &g->guests[i];
		struct json_fields *item;

		if (guest->reply != NULL && strcmp(guest->reply, "no") == 0)
			continue;
		item = fields_item(fields, "guests");
		fields_text(item, "guest_name", guest->name != NULL ?
		    guest->name : guest->email);
		fields_text(item, "guest_time", guest->from_at == 0 ? NULL :
		    day_words_time(g->arena, g->language, guest->from_at));
		fields_text(item, "guest_title", guest->title != NULL ?
		    guest->title : guest->matter);
		if (guest->point > 0)
			fields_number(item, "guest_point",
			    (long)guest->point);
	}
}

/* «temamøde»; what it is called where no word says otherwise: «møde». */
static const char *
kind_word(const struct gathering *g)
{
	static const char *const names[] = {
		[MEETING_ORDINARY] = "event",
		[MEETING_DIALOGUE] = "event-dialogue",
		[MEETING_THEME] = "event-theme",
		[MEETING_JOINT] = "event-joint",
		[MEETING_WORKSHOP] = "event-workshop",
	};
	const char *word = words_get(g->arena, g->language,
	    names[g->meeting->kind]);

	return word != NULL ? word : "meeting";
}

void
gathering_fields(const struct gathering *g, struct json_fields *fields)
{
	const struct world_meeting *m = g->meeting;
	const struct world_body *with;
	const char *names[8];
	size_t n = 0;

	while (n < 8 && (with = with_at(g, n)) != NULL)
		names[n++] = with->name;
	fields_text(fields, "when", day_words_span(g->arena, g->language,
	    m->start_at, m->end_at));
	fields_text(fields, "day", day_words(g->arena, g->language, m->day));
	fields_text(fields, "place", m->place);
	fields_text(fields, "theme", m->theme);
	fields_text(fields, "kind", kind_word(g));
	fields_flag(fields, "dialogue", m->kind == MEETING_DIALOGUE);
	fields_text(fields, "with_body", n == 0 ? NULL : words_join(
	    g->arena, g->language, names, n));
	fields_text(fields, "points_until", m->points_until_at <=
	    g->council->now_at ? NULL : day_words(g->arena, g->language,
	    date_local(m->points_until_at).day));
	guest_fields(g, fields);
}

/* «Aase Lind», «Aase Lind (meldt af Mette Krogh)»; who steps in stands
 * before the member: «Tove Abel (Aase Lind, meldt af Mette Krogh)». */
static const char *
name_of(const struct gathering *g, const struct roll_line *line)
{
	const char *name = line->name != NULL ? line->name : line->email;
	const char *word = words_get(g->arena, g->language, "said-by");
	const char *by = line->said_by == NULL || word == NULL ? NULL :
	    arena_printf(g->arena, "%s %s", word, facts_name(
	    g->council->world, line->said_by));

	if (line->stand_in != NULL)
		return arena_printf(g->arena, "%s (%s%s%s)", line->stand_in,
		    name, by != NULL ? ", " : "", by != NULL ? by : "");
	return by == NULL ? name : arena_printf(g->arena, "%s (%s)", name,
	    by);
}

/* «Aase Lind og Mogens Bæk» */
static const char *
names_of(const struct gathering *g, enum seat_reply reply)
{
	const char **names = arena_array(g->arena, g->roll.n + 1,
	    sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < g->roll.n; i++) {
		const struct roll_line *line = &g->roll.lines[i];

		if (line->reply == reply)
			names[n++] = name_of(g, line);
	}
	return n == 0 ? NULL : words_join(g->arena, g->language, names, n);
}

/* «brugere og pårørende»: the groups that nobody comes for. */
static const char *
empty_groups(const struct gathering *g)
{
	const char **words = arena_array(g->arena, g->roll.n + 1,
	    sizeof *words);
	size_t n = 0;

	for (size_t i = roll_empty_group(&g->roll, g->roll.n); i < g->roll.n;
	    i = roll_empty_group(&g->roll, i)) {
		const char *group = g->roll.lines[i].group;
		const char *word = words_get(g->arena, g->language,
		    arena_printf(g->arena, "group-%s", group));

		words[n++] = word != NULL ? word : group;
	}
	return n == 0 ? NULL : words_join(g->arena, g->language, words, n);
}

void
gathering_roll_fields(const struct gathering *g, struct json_fields *fields)
{
	fields_number(fields, "taken", (long)roll_taken(&g->roll));
	fields_number(fields, "seats", (long)roll_votes(&g->roll));
	fields_number(fields, "quorum", (long)roll_quorum(&g->roll,
	    g->quorum));
	fields_flag(fields, "can_decide", roll_has_quorum(&g->roll,
	    g->quorum));
	fields_flag(fields, "lost", !roll_can_have_quorum(&g->roll,
	    g->quorum));
	fields_text(fields, "empty_groups", empty_groups(g));
	fields_text(fields, "coming", names_of(g, SEAT_COMES));
	fields_text(fields, "stepping_in", names_of(g, SEAT_FILLED));
	fields_text(fields, "absent", names_of(g, SEAT_ABSENT));
	fields_text(fields, "tentative", names_of(g, SEAT_TENTATIVE));
	fields_text(fields, "silent", names_of(g, SEAT_SILENT));
}

enum rc
gathering_calendar(const struct gathering *g, const struct guest *guest,
    bool cancel, const char **text, struct err *err)
{
	const struct attendance *answer = answer_of(g->answers, g->n_answers,
	    guest->email);
	const struct outbox *outbox = g->council->outbox;
	int64_t sequence;
	enum rc rc = meeting_sequence(g->council->store, g->meeting->id,
	    &sequence, err);

	if (rc != RC_OK)
		return rc;
	/* No theme: what stands in a calendar is read over the shoulder. */
	return ical_write(g->arena, &(struct ical_event){
	    .uid = g->meeting->uid, .sequence = sequence,
	    .start_at = g->meeting->start_at, .end_at = g->meeting->end_at,
	    .stamp_at = g->council->now_at,
	    .summary = arena_printf(g->arena, "%s: %s", g->body->name,
	    kind_word(g)),
	    .location = g->meeting->place,
	    .organizer = g->body->address != NULL ? g->body->address :
	    outbox->mailbox,
	    .organizer_name = g->body->name,
	    .attendee = guest->email, .attendee_name = guest->name,
	    .partstat = answer == NULL ? NULL : answer->reply == REPLY_COMES ?
	    "ACCEPTED" : answer->reply == REPLY_ABSENT ? "DECLINED" :
	    "TENTATIVE",
	    .cancel = cancel }, text, err);
}
