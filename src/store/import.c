/* SPDX-License-Identifier: MIT */
/* Compares a council file with the tables, and brings the tables up to it.
 *
 * Every thing has an image: one line of words that holds all that the file
 * can say of it. The tables give the same line. Where the two differ, that
 * line is what a person is shown, and what is written. */
#include "store/import.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "rules/meeting.h"
#include "store/db.h"
#include "store/erasure.h"

#define DAY_S 86400
#define POINTS_DAYS 14	/* FIELD: D-14 is the deadline for points */

enum {
	SETTING, SETTING_PUT, BODY, BODY_PUT, RULE, RULE_PUT, ADDRESS,
	ADDRESS_PUT, PERSON_PUT, PLACE, PLACE_ADD, PLACE_PUT, PLACES,
	PLACE_END, SEAT, SEAT_PUT, SEATS, SEAT_END, MEETING, MEETING_PUT,
	HEARING, HEARING_PUT, TOPIC, TOPIC_ADD, TOPIC_PUT, TOPICS, TOPIC_END,
	N_STATEMENTS
};
#define BODY_ID "(SELECT body_id FROM body WHERE slug = :body)"
#define PERSON_ID "(SELECT person_id FROM person WHERE email = :email)"
static const char *const sql[N_STATEMENTS] = {
[SETTING] =
	"SELECT value FROM setting WHERE name = :key",
[SETTING_PUT] =
	"INSERT INTO setting (name, value) VALUES (:key, :value)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value",
[BODY] =
	"SELECT format('%s, %s, language %s, address %s, case number %s,"
	" advises %s, applications %s', name, kind, language,"
	" coalesce(address, '-'), coalesce(case_number, '-'),"
	" coalesce(committee, '-'), iif(takes_applications, 'yes', 'no'))"
	" FROM body WHERE slug = :body",
[BODY_PUT] =
	"INSERT INTO body (slug, name, kind, language, address, case_number,"
	" committee, takes_applications, changed_at) VALUES (:body, :name,"
	" :kind, :language, :address, :case, :committee, :takes, :now)"
	" ON CONFLICT (slug) DO UPDATE SET name = excluded.name,"
	" kind = excluded.kind, language = excluded.language,"
	" address = excluded.address, case_number = excluded.case_number,"
	" committee = excluded.committee,"
	" takes_applications = excluded.takes_applications,"
	" changed_at = excluded.changed_at",
[RULE] =
	"SELECT value FROM rule WHERE body_id = " BODY_ID " AND name = :key",
[RULE_PUT] =
	"INSERT INTO rule (body_id, name, value) VALUES (" BODY_ID ", :key,"
	" :value) ON CONFLICT (body_id, name)"
	" DO UPDATE SET value = excluded.value",
[ADDRESS] =
	"SELECT coalesce(slug, 'the common mailbox') FROM address"
	" LEFT JOIN body USING (body_id) WHERE email = :key"
	" AND ended_at IS NULL",
[ADDRESS_PUT] =
	"INSERT INTO address (email, body_id) VALUES (:key, " BODY_ID ")"
	" ON CONFLICT (email) DO UPDATE SET body_id = excluded.body_id,"
	" ended_at = NULL",
[PERSON_PUT] =
	"INSERT INTO person (email, name, phone, changed_at)"
	" VALUES (:email, :name, :phone, :now) ON CONFLICT (email)"
	" DO UPDATE SET name = excluded.name,"
	" phone = coalesce(excluded.phone, phone),"
	" changed_at = excluded.changed_at"
	" WHERE name <> excluded.name"
	" OR phone IS NOT coalesce(excluded.phone, phone)",
[PLACE] =
	"SELECT format('%s, seat %s, for %s, from %s until %s', name,"
	" coalesce(seat, '-'), coalesce(substitute_for, '-'),"
	" coalesce(date(from_day * 86400, 'unixepoch'), '-'),"
	" coalesce(date(until_day * 86400, 'unixepoch'), '-'))"
	" FROM place JOIN person USING (person_id) WHERE body_id = " BODY_ID
	" AND email = :email AND role = :role"
	" AND (until_day IS NULL OR until_day >= :today)"
	" ORDER BY until_day IS NULL DESC LIMIT 1",
[PLACE_ADD] =
	"INSERT INTO place (body_id, person_id, role, seat, substitute_for,"
	" from_day, until_day, changed_at) VALUES (" BODY_ID ", " PERSON_ID
	", :role, :seat, :for, :from, :until, :now)",
[PLACE_PUT] =
	"UPDATE place SET seat = :seat, substitute_for = :for,"
	" from_day = :from, until_day = :until, changed_at = :now"
	" WHERE body_id = " BODY_ID " AND person_id = " PERSON_ID
	" AND role = :role AND (until_day IS NULL OR until_day >= :today)",
[PLACES] =
	"SELECT email, role, name FROM place JOIN person USING (person_id)"
	" WHERE body_id = " BODY_ID
	" AND (until_day IS NULL OR until_day >= :today) ORDER BY place_id",
[PLACE_END] =
	"UPDATE place SET until_day = :today - 1, changed_at = :now"
	" WHERE body_id = " BODY_ID " AND person_id = " PERSON_ID
	" AND role = :role AND (until_day IS NULL OR until_day >= :today)",
[SEAT] =
	"SELECT format('%d, at least %d, appointed by %s, also %s,"
	" named by %s, rule %s', number, at_least,"
	" coalesce(appointed_by, '-'), coalesce(also, '-'),"
	" coalesce(named_by, '-'), coalesce(rule, '-'))"
	" FROM seat WHERE body_id = " BODY_ID " AND seat = :key"
	" AND ended_at IS NULL",
[SEAT_PUT] =
	"INSERT INTO seat (body_id, seat, number, at_least, appointed_by,"
	" also, named_by, rule) VALUES (" BODY_ID ", :key, :number, :least,"
	" :by, :also, :named, :rule)"
	" ON CONFLICT (body_id, seat) DO UPDATE SET number = excluded.number,"
	" at_least = excluded.at_least, appointed_by = excluded.appointed_by,"
	" also = excluded.also, named_by = excluded.named_by,"
	" rule = excluded.rule, ended_at = NULL",
[SEATS] =
	"SELECT seat FROM seat WHERE body_id = " BODY_ID
	" AND ended_at IS NULL ORDER BY seat_id",
[SEAT_END] =
	"UPDATE seat SET ended_at = :now WHERE body_id = " BODY_ID
	" AND seat = :key",
[MEETING] =
	"SELECT kind, state, start_at, end_at, points_until_at, place, theme,"
	" with_body, (SELECT count(*) FROM meeting_change c"
	" WHERE c.meeting_id = meeting.meeting_id AND what <> 'guest')"
	" FROM meeting WHERE slug = :key",
[MEETING_PUT] =
	"INSERT INTO meeting (slug, body_id, kind, state, start_at, end_at,"
	" points_until_at, place, theme, with_body, uid, changed_at)"
	" VALUES (:key, " BODY_ID ", :kind, :state, :start, :end, :points,"
	" :place, :theme, :with, :uid, :now) ON CONFLICT (slug) DO UPDATE SET"
	" kind = excluded.kind, state = excluded.state,"
	" start_at = excluded.start_at, end_at = excluded.end_at,"
	" points_until_at = excluded.points_until_at,"
	" place = excluded.place, theme = excluded.theme,"
	" with_body = excluded.with_body, sequence = sequence + 1,"
	" round = round + (start_at <> excluded.start_at),"
	" changed_at = excluded.changed_at",
[HEARING] =
	"SELECT format('%s, from %s, answer by %s', title,"
	" coalesce(from_email, '-'), date(deadline_day * 86400, 'unixepoch'))"
	" FROM hearing WHERE slug = :key",
[HEARING_PUT] =
	"INSERT INTO hearing (slug, body_id, title, from_email, deadline_day,"
	" changed_at) VALUES (:key, " BODY_ID ", :title, :from, :deadline,"
	" :now) ON CONFLICT (slug) DO UPDATE SET title = excluded.title,"
	" from_email = excluded.from_email,"
	" deadline_day = excluded.deadline_day,"
	" changed_at = excluded.changed_at",
[TOPIC] =
	"SELECT title FROM topic WHERE body_id = " BODY_ID
	" AND letter = :key AND ended_at IS NULL",
[TOPIC_ADD] =
	"INSERT INTO topic (body_id, letter, title) VALUES (" BODY_ID
	", :key, :title)",
[TOPIC_PUT] =
	"UPDATE topic SET title = :title WHERE body_id = " BODY_ID
	" AND letter = :key AND ended_at IS NULL",
[TOPICS] =
	"SELECT letter FROM topic WHERE body_id = " BODY_ID
	" AND ended_at IS NULL ORDER BY letter",
[TOPIC_END] =
	"UPDATE topic SET ended_at = :now, state = 'ended'"
	" WHERE body_id = " BODY_ID
	" AND letter = :key AND ended_at IS NULL",
};
const struct statements import_statements = { sql, N_STATEMENTS };

struct walk {
	struct store *store;
	struct arena *arena;
	const char *body;	/* slug of the body that is walked */
	int64_t now_at, today;
	bool apply;
	struct import_change *changes;
	size_t n, cap;
};

static const char *
or_dash(const char *text)
{
	return text != NULL ? text : "-";
}

static void
change_add(struct walk *w, enum import_what what, const char *thing,
    const char *from, const char *to)
{
	struct import_change *more;

	if (w->n == w->cap) {
		w->cap = w->cap == 0 ? 64 : w->cap * 2;
		more = arena_array(w->arena, w->cap, sizeof *more);
		if (w->n > 0)
			memcpy(more, w->changes, w->n * sizeof *more);
		w->changes = more;
	}
	w->changes[w->n++] = (struct import_change){ what, thing, from, to };
}

/* What the tables have under a key; NULL nothing. */
static enum rc
image_of(struct walk *w, struct query *q, const char **image, struct err *err)
{
	enum rc rc = query_row(q, err);

	*image = NULL;
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	*image = column_text(w->arena, q, 0);
	query_end(q);
	return RC_OK;
}

/* Notes a difference; true where there is something to write. */
static bool
differs(struct walk *w, const char *thing, const char *have, const char *want)
{
	if (have != NULL && strcmp(have, want) == 0)
		return false;
	change_add(w, have == NULL ? IMPORT_ADDED : IMPORT_CHANGED, thing,
	    have, want);
	return w->apply;
}

/* Runs a statement that writes; a constraint is a fault of the file. */
static enum rc
put(struct query *q, const char *thing, struct err *err)
{
	enum rc rc = query_run(q, err);

	return rc == RC_STOP ? fail_in(err, rc, "%s", thing) : rc;
}

static struct query
keyed(struct walk *w, int which, const char *key)
{
	struct query q = query_open(w->store, OF_IMPORT, which);

	if (w->body != NULL)
		query_text(&q, ":body", w->body);
	if (key != NULL)
		query_text(&q, ":key", key);
	return q;
}

static enum rc
setting_walk(struct walk *w, const char *name, const char *value,
    struct err *err)
{
	struct query q = query_open(w->store, OF_IMPORT, SETTING);
	const char *have;
	enum rc rc;

	if (value == NULL)
		return RC_OK;
	query_text(&q, ":key", name);
	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, name, have, value))
		return rc;
	q = query_open(w->store, OF_IMPORT, SETTING_PUT);
	query_text(&q, ":key", name);
	query_text(&q, ":value", value);
	return put(&q, name, err);
}

static enum rc
address_walk(struct walk *w, const struct file_address *a, struct err *err)
{
	const char *thing = arena_printf(w->arena, "address %s", a->email);
	struct query q = query_open(w->store, OF_IMPORT, ADDRESS);
	const char *have;
	enum rc rc;

	query_text(&q, ":key", a->email);
	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, thing, have, a->body != NULL ? a->body :
	    "the common mailbox"))
		return rc;
	q = query_open(w->store, OF_IMPORT, ADDRESS_PUT);
	query_text(&q, ":key", a->email);
	query_text(&q, ":body", a->body);
	return put(&q, thing, err);
}

static enum rc
body_put(struct walk *w, const struct file_body *b, const char *thing,
    struct err *err)
{
	static const char *const kinds[] = { "council", "committee",
	    "authority" };
	struct query q = keyed(w, BODY_PUT, NULL);

	query_text(&q, ":name", b->name);
	query_text(&q, ":kind", kinds[b->kind]);
	query_text(&q, ":language", b->language ? b->language : "da");
	query_text(&q, ":address", b->address);
	query_text(&q, ":case", b->case_number);
	query_text(&q, ":committee", b->committee);
	query_int(&q, ":takes", b->takes_applications);
	query_int(&q, ":now", w->now_at);
	return put(&q, thing, err);
}

static enum rc
body_itself_walk(struct walk *w, const struct file_body *b, struct err *err)
{
	static const char *const kinds[] = { "council", "committee",
	    "authority" };
	const char *thing = arena_printf(w->arena, "body %s", b->slug);
	const char *want = arena_printf(w->arena, "%s, %s, language %s, "
	    "address %s, case number %s, advises %s, applications %s",
	    or_dash(b->name), kinds[b->kind], b->language ? b->language : "da",
	    or_dash(b->address), or_dash(b->case_number),
	    or_dash(b->committee), b->takes_applications ? "yes" : "no");
	struct query q = keyed(w, BODY, NULL);
	const char *have;
	enum rc rc;

	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, thing, have, want))
		return rc;
	return body_put(w, b, thing, err);
}

static enum rc
rule_walk(struct walk *w, const struct file_rule *r, struct err *err)
{
	const char *thing = arena_printf(w->arena, "%s: rule %s", w->body,
	    r->name);
	struct query q = keyed(w, RULE, r->name);
	const char *have;
	enum rc rc;

	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, thing, have, r->value))
		return rc;
	q = keyed(w, RULE_PUT, r->name);
	query_text(&q, ":value", r->value);
	return put(&q, thing, err);
}

static void
day_set(struct query *q, const char *name, struct date day)
{
	if (day.year != 0)
		query_int(q, name, date_to_days(day));
	else
		query_null(q, name);
}

static const char *
day_words(struct walk *w, struct date day)
{
	char text[DATE_TEXT_BYTES];

	if (day.year == 0)
		return "-";
	date_format(day, text);
	return arena_strdup(w->arena, text);
}

static enum rc
place_put(struct walk *w, const struct file_place *p, bool is_new,
    const char *thing, struct err *err)
{
	struct query q = query_open(w->store, OF_IMPORT, PERSON_PUT);
	enum rc rc;

	query_text(&q, ":email", p->email);
	query_text(&q, ":name", p->name);
	query_text(&q, ":phone", p->phone);
	query_int(&q, ":now", w->now_at);
	if ((rc = put(&q, thing, err)) != RC_OK)
		return rc;
	q = keyed(w, is_new ? PLACE_ADD : PLACE_PUT, NULL);
	query_text(&q, ":email", p->email);
	query_text(&q, ":role", world_role_word(p->role));
	query_text(&q, ":seat", p->seat);
	query_text(&q, ":for", p->substitute_for);
	day_set(&q, ":from", p->from_day);
	day_set(&q, ":until", p->until_day);
	query_int(&q, ":now", w->now_at);
	if (!is_new)
		query_int(&q, ":today", w->today);
	return put(&q, thing, err);
}

static const char *
place_thing(struct walk *w, const char *email, const char *role)
{
	return arena_printf(w->arena, "%s: %s %s", w->body, role, email);
}

static enum rc
place_walk(struct walk *w, const struct file_place *p, struct err *err)
{
	const char *role = world_role_word(p->role);
	const char *thing = place_thing(w, p->email, role);
	const char *want = arena_printf(w->arena, "%s, seat %s, for %s, "
	    "from %s until %s", p->name, or_dash(p->seat),
	    or_dash(p->substitute_for), day_words(w, p->from_day),
	    day_words(w, p->until_day));
	struct query q;
	const char *have;
	bool erased;
	enum rc rc = erasure_is(w->store, p->email, &erased, err);

	/* whoever asked to be forgotten is not brought back by a list */
	if (rc != RC_OK || erased)
		return rc;
	q = keyed(w, PLACE, NULL);
	query_text(&q, ":email", p->email);
	query_text(&q, ":role", role);
	query_int(&q, ":today", w->today);
	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, thing, have, want))
		return rc;
	return place_put(w, p, have == NULL, thing, err);
}

static bool
place_is_listed(const struct file_body *b, const char *email,
    const char *role)
{
	for (size_t i = 0; i < b->n_places; i++)
		if (strcmp(b->places[i].email, email) == 0 &&
		    strcmp(world_role_word(b->places[i].role), role) == 0)
			return true;
	return false;
}

/* A column of ended things is read whole before any is written. */
static enum rc
texts_read(struct walk *w, struct query *q, int columns, const char ***texts,
    size_t *n, struct err *err)
{
	const char **list = NULL;
	size_t cap = 0;
	enum rc rc;

	*n = 0;
	while ((rc = query_row(q, err)) == RC_OK)
		for (int i = 0; i < columns; i++) {
			if (*n == cap) {
				const char **more;

				cap = cap == 0 ? 64 : cap * 2;
				more = arena_array(w->arena, cap,
				    sizeof *more);
				if (*n > 0)
					memcpy(more, list, *n * sizeof *more);
				list = more;
			}
			list[(*n)++] = column_text(w->arena, q, i);
		}
	*texts = list;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
places_end(struct walk *w, const struct file_body *b, struct err *err)
{
	struct query q = keyed(w, PLACES, NULL);
	const char **t;
	size_t n;
	enum rc rc;

	query_int(&q, ":today", w->today);
	if ((rc = texts_read(w, &q, 3, &t, &n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n && rc == RC_OK; i += 3) {
		const char *thing = place_thing(w, t[i], t[i + 1]);

		if (place_is_listed(b, t[i], t[i + 1]))
			continue;
		change_add(w, IMPORT_ENDED, thing, t[i + 2], NULL);
		if (!w->apply)
			continue;
		q = keyed(w, PLACE_END, NULL);
		query_text(&q, ":email", t[i]);
		query_text(&q, ":role", t[i + 1]);
		query_int(&q, ":today", w->today);
		query_int(&q, ":now", w->now_at);
		rc = put(&q, thing, err);
	}
	return rc;
}

static enum rc
seat_walk(struct walk *w, const struct file_seat *s, struct err *err)
{
	const char *thing = arena_printf(w->arena, "%s: seats %s", w->body,
	    s->group);
	const char *want = arena_printf(w->arena, "%d, at least %d, "
	    "appointed by %s, also %s, named by %s, rule %s", s->number,
	    s->at_least, or_dash(s->appointed_by), or_dash(s->also),
	    or_dash(s->named_by), or_dash(s->rule));
	struct query q = keyed(w, SEAT, s->group);
	const char *have;
	enum rc rc;

	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, thing, have, want))
		return rc;
	q = keyed(w, SEAT_PUT, s->group);
	query_int(&q, ":number", s->number);
	query_int(&q, ":least", s->at_least);
	query_text(&q, ":by", s->appointed_by);
	query_text(&q, ":also", s->also);
	query_text(&q, ":named", s->named_by);
	query_text(&q, ":rule", s->rule);
	return put(&q, thing, err);
}

static bool
seat_is_listed(const struct file_body *b, const char *group)
{
	for (size_t i = 0; i < b->n_seats; i++)
		if (strcmp(b->seats[i].group, group) == 0)
			return true;
	return false;
}

static bool
topic_is_listed(const struct file_body *b, const char *letter)
{
	for (size_t i = 0; i < b->n_topics; i++)
		if (b->topics[i].letter == letter[0])
			return true;
	return false;
}

static enum rc
keys_end(struct walk *w, const struct file_body *b, int list, int end,
    const char *what, bool (*is_listed)(const struct file_body *,
    const char *), struct err *err)
{
	struct query q = keyed(w, list, NULL);
	const char **keys;
	size_t n;
	enum rc rc = texts_read(w, &q, 1, &keys, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char *thing = arena_printf(w->arena, "%s: %s %s",
		    w->body, what, keys[i]);

		if (is_listed(b, keys[i]))
			continue;
		change_add(w, IMPORT_ENDED, thing, keys[i], NULL);
		if (!w->apply)
			continue;
		q = keyed(w, end, keys[i]);
		query_int(&q, ":now", w->now_at);
		rc = put(&q, thing, err);
	}
	return rc;
}

/* D-14, the whole of that day. */
static int64_t
points_until(const struct file_meeting *m)
{
	struct date day;

	if (m->points_until_at != 0)
		return m->points_until_at;
	day = date_add_days(date_local(m->start_at).day, 1 - POINTS_DAYS);
	return date_at(day, 0, 0) - 1;
}

static enum rc
meeting_put(struct walk *w, const struct file_meeting *m, const char *thing,
    struct err *err)
{
	struct query q = keyed(w, MEETING_PUT, m->id);

	query_text(&q, ":kind", world_meeting_kind_word(m->kind));
	query_text(&q, ":state", world_meeting_state_word(m->state));
	query_int(&q, ":start", m->start_at);
	query_int(&q, ":end", m->end_at);
	query_int(&q, ":points", points_until(m));
	query_text(&q, ":place", m->place);
	query_text(&q, ":theme", m->theme);
	query_text(&q, ":with", m->with_body);
	query_text(&q, ":uid", m->uid != NULL ? m->uid :
	    arena_printf(w->arena, "%s@raadspost", m->id));
	query_int(&q, ":now", w->now_at);
	return put(&q, thing, err);
}

/* As people write it, in the zone's time: "26-11-2026 16:00". */
static const char *
time_words(struct walk *w, int64_t at)
{
	struct local t = date_local(at);

	return arena_printf(w->arena, "%02d-%02d-%d %02d:%02d", t.day.day,
	    t.day.month, t.day.year, t.hour, t.minute);
}

static const char *
meeting_image(struct walk *w, const char *kind, const char *state,
    const int64_t times[3], const char *place, const char *theme,
    const char *with)
{
	return arena_printf(w->arena, "%s, %s, %s to %s, points until %s, "
	    "at %s, theme %s, with %s", kind, state, time_words(w, times[0]),
	    time_words(w, times[1]), time_words(w, times[2]), or_dash(place),
	    or_dash(theme), or_dash(with));
}

/* What the tables have; NULL nothing. *lived: it was planned or changed here
 * since, and the file does not know. */
static enum rc
meeting_have(struct walk *w, const char *key, const char **have,
    enum meeting_state *state, bool *lived, struct err *err)
{
	struct query q = query_open(w->store, OF_IMPORT, MEETING);
	enum rc rc;

	*have = NULL;
	*lived = false;
	query_text(&q, ":key", key);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	*have = meeting_image(w, column_text(w->arena, &q, 0),
	    column_text(w->arena, &q, 1), (const int64_t[3]){
	    column_int(&q, 2), column_int(&q, 3), column_int(&q, 4) },
	    column_text(w->arena, &q, 5), column_text(w->arena, &q, 6),
	    column_text(w->arena, &q, 7));
	(void)world_meeting_state_read(column_text(w->arena, &q, 1), state);
	*lived = column_int(&q, 8) > 0;
	query_end(&q);
	return RC_OK;
}

/* A file is written once and read again for other reasons: what has become of
 * a meeting since then, a word by mail or a step of its life, stands. */
static enum rc
meeting_walk(struct walk *w, const struct file_meeting *from,
    struct err *err)
{
	const char *thing = arena_printf(w->arena, "meeting %s", from->id);
	struct file_meeting m = *from;
	enum meeting_state state = m.state;
	const char *have, *want;
	bool lived;
	enum rc rc = meeting_have(w, m.id, &have, &state, &lived, err);

	if (rc != RC_OK || lived)
		return rc;
	if (state == MEETING_CANCELLED || !meeting_may_move(state, m.state))
		m.state = state;
	want = meeting_image(w, world_meeting_kind_word(m.kind),
	    world_meeting_state_word(m.state), (const int64_t[3]){
	    m.start_at, m.end_at, points_until(&m) }, m.place, m.theme,
	    m.with_body);
	return !differs(w, thing, have, want) ? RC_OK :
	    meeting_put(w, &m, thing, err);
}

static enum rc
hearing_walk(struct walk *w, const struct file_hearing *h, struct err *err)
{
	const char *thing = arena_printf(w->arena, "hearing %s", h->id);
	const char *want = arena_printf(w->arena, "%s, from %s, answer by %s",
	    h->title, or_dash(h->from), day_words(w, h->deadline_day));
	struct query q = query_open(w->store, OF_IMPORT, HEARING);
	const char *have;
	enum rc rc;

	query_text(&q, ":key", h->id);
	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, thing, have, want))
		return rc;
	q = keyed(w, HEARING_PUT, h->id);
	query_text(&q, ":title", h->title);
	query_text(&q, ":from", h->from);
	day_set(&q, ":deadline", h->deadline_day);
	query_int(&q, ":now", w->now_at);
	return put(&q, thing, err);
}

static enum rc
topic_walk(struct walk *w, const struct file_topic *t, struct err *err)
{
	const char letter[2] = { t->letter, '\0' };
	const char *thing = arena_printf(w->arena, "%s: topic %s", w->body,
	    letter);
	struct query q = keyed(w, TOPIC, letter);
	const char *have;
	enum rc rc;

	if ((rc = image_of(w, &q, &have, err)) != RC_OK ||
	    !differs(w, thing, have, t->title))
		return rc;
	q = keyed(w, have == NULL ? TOPIC_ADD : TOPIC_PUT, letter);
	query_text(&q, ":title", t->title);
	return put(&q, thing, err);
}

static enum rc
body_walk(struct walk *w, const struct file_body *b, struct err *err)
{
	enum rc rc;

	w->body = b->slug;
	rc = body_itself_walk(w, b, err);
	for (size_t i = 0; i < b->n_rules && rc == RC_OK; i++)
		rc = rule_walk(w, &b->rules[i], err);
	for (size_t i = 0; i < b->n_seats && rc == RC_OK; i++)
		rc = seat_walk(w, &b->seats[i], err);
	for (size_t i = 0; i < b->n_places && rc == RC_OK; i++)
		rc = place_walk(w, &b->places[i], err);
	for (size_t i = 0; i < b->n_meetings && rc == RC_OK; i++)
		rc = meeting_walk(w, &b->meetings[i], err);
	for (size_t i = 0; i < b->n_hearings && rc == RC_OK; i++)
		rc = hearing_walk(w, &b->hearings[i], err);
	for (size_t i = 0; i < b->n_topics && rc == RC_OK; i++)
		rc = topic_walk(w, &b->topics[i], err);
	if (rc == RC_OK && b->has_places)
		rc = places_end(w, b, err);
	if (rc == RC_OK && b->has_seats)
		rc = keys_end(w, b, SEATS, SEAT_END, "seats", seat_is_listed,
		    err);
	if (rc == RC_OK && b->has_topics)
		rc = keys_end(w, b, TOPICS, TOPIC_END, "topic",
		    topic_is_listed, err);
	w->body = NULL;
	return rc;
}

static enum rc
walk(struct walk *w, const struct council_file *file, struct err *err)
{
	enum rc rc = setting_walk(w, "municipality", file->municipality, err);

	if (rc == RC_OK)
		rc = setting_walk(w, "mailbox", file->mailbox, err);
	for (size_t i = 0; i < file->n_bodies && rc == RC_OK; i++)
		rc = body_walk(w, &file->bodies[i], err);
	for (size_t i = 0; i < file->n_addresses && rc == RC_OK; i++)
		rc = address_walk(w, &file->addresses[i], err);
	return rc;
}

enum rc
import_difference(struct store *store, struct arena *arena,
    const struct council_file *file, int64_t now_at,
    struct import_change **changes, size_t *n, struct err *err)
{
	struct walk w = { .store = store, .arena = arena, .now_at = now_at,
	    .today = date_to_days(date_local(now_at).day) };
	enum rc rc = walk(&w, file, err);

	if (rc != RC_OK)
		return rc;
	*changes = w.changes;
	*n = w.n;
	return RC_OK;
}

enum rc
import_apply(struct store *store, struct arena *arena,
    const struct council_file *file, int64_t now_at,
    struct import_change **changes, size_t *n, struct err *err)
{
	struct walk w = { .store = store, .arena = arena, .now_at = now_at,
	    .today = date_to_days(date_local(now_at).day), .apply = true };
	bool own;
	enum rc rc = db_whole(store, &own, err);

	if (rc != RC_OK)
		return rc;
	rc = db_whole_end(store, own, walk(&w, file, err), err);
	if (rc != RC_OK)
		return rc;
	*changes = w.changes;
	*n = w.n;
	return RC_OK;
}
