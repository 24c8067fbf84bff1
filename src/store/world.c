/* SPDX-License-Identifier: MIT */
/* Loads the tables as rules/world.h has them. */
#include "store/world.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/hearing.h"
#include "store/db.h"

#define MEETINGS_BACK_S (400 * 86400LL)	/* a year's minutes can be commented */
#define SENT_MOST 256	/* ids that one mail may name; more is no thread */
#define WISHES_MOST 8	/* one may apply to as many councils as there are */
#define TOKEN_CHARS 26	/* base 32 of 128 bits */

enum {
	CURRENT, SETTING, ADDRESSES, BODIES, PEOPLE, MEETINGS, HEARINGS, PARTIES,
	TOPICS, GROUPS, NEWEST, SENT, SENT_BY_TOKEN, WISHES, SET, N_STATEMENTS
};
static const char *const sql[N_STATEMENTS] = {
[CURRENT] =
	"SELECT version FROM world",
[SETTING] =
	"SELECT value FROM setting WHERE name = :name",
[ADDRESSES] =
	/* A council's own address is one of ours; a committee's is its own. */
	"SELECT email, slug FROM address LEFT JOIN body USING (body_id)"
	" WHERE ended_at IS NULL"
	" UNION SELECT address, slug FROM body WHERE kind = 'council'"
	" AND address IS NOT NULL AND address NOT IN"
	" (SELECT email FROM address WHERE ended_at IS NULL) ORDER BY 1",
[BODIES] =
	"SELECT body_id, slug, name, kind, language, address, case_number,"
	" committee, takes_applications, (SELECT value FROM rule"
	" WHERE rule.body_id = body.body_id AND rule.name = 'chair-plans')"
	" = 'yes' FROM body ORDER BY body_id",
[PEOPLE] =
	"SELECT name, email, role, seat, substitute_for FROM place"
	" JOIN person USING (person_id) WHERE body_id = :body"
	" AND (until_day IS NULL OR until_day >= :today)"
	" AND (from_day IS NULL OR from_day <= :today)"
	" ORDER BY place_id",
[MEETINGS] =
	"SELECT slug, kind, state, start_at, end_at, points_until_at, place,"
	" theme, with_body, uid, round, (SELECT h.slug FROM meeting h"
	" WHERE h.meeting_id = meeting.host_id), (SELECT ' ' ||"
	" group_concat(email, ' ') || ' ' FROM meeting_guest g"
	" WHERE g.meeting_id = meeting.meeting_id"
	" AND replaced_by IS NULL), (SELECT places FROM workshop w"
	" WHERE w.meeting_id = meeting.meeting_id) FROM meeting"
	" WHERE body_id = :body AND start_at >= :since"
	" ORDER BY start_at, meeting_id",
[HEARINGS] =
	/* those over can be spoken of for a year */
	"SELECT slug, title, deadline_day, from_email, state, hearing_id"
	" FROM hearing WHERE body_id = :body AND (state NOT IN ('answered',"
	" 'closed', 'declined') OR changed_at >= :since)"
	" ORDER BY state IN ('answered', 'closed', 'declined'), deadline_day,"
	" hearing_id",
[PARTIES] =
	"SELECT email, name FROM hearing_party WHERE hearing_id = :hearing"
	" ORDER BY party_id",
[TOPICS] =
	"SELECT letter, title FROM topic WHERE body_id = :body"
	" AND ended_at IS NULL ORDER BY letter",
[GROUPS] =
	"SELECT tag, title, chair_email, coalesce(letter, ''), ' ' ||"
	" coalesce((SELECT group_concat(email, ' ') FROM"
	" working_group_member AS m WHERE m.group_id ="
	" working_group.group_id AND left_by IS NULL), '') || ' '"
	" FROM working_group WHERE body_id = :body AND state = 'active'"
	" ORDER BY group_id",
[NEWEST] =
	"SELECT max(letter_id) FROM letter",
#define SENT_ROW "SELECT message_id, ref, body, to_email, text, token, kind" \
	" FROM letter LEFT JOIN letter_raw USING (letter_id) "
[SENT] =
	SENT_ROW "WHERE letter_id >> 15 = :stretch AND message_id = :value",
[SENT_BY_TOKEN] =
	SENT_ROW "WHERE letter_id >> 13 = :stretch"
	" AND token = :value COLLATE NOCASE",
[WISHES] =
	"SELECT slug, asks IS NOT NULL AND NOT EXISTS (SELECT 1"
	" FROM application_note n"
	" WHERE n.application_id = application.application_id)"
	" FROM application JOIN body USING (body_id) WHERE email = :email"
	" AND replaced_by IS NULL"
	" AND state IN ('received', 'late', 'reserve')"
	" ORDER BY application_id LIMIT :limit",
[SET] =
	"INSERT INTO setting (name, value) VALUES (:name, :value)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value"
	" WHERE value <> excluded.value",
};
const struct statements world_statements = { sql, N_STATEMENTS };

/* A list of things of one size that grows in the arena. */
struct list {
	struct arena *arena;
	void *data;
	size_t n, cap, size_bytes;
};

static void *
list_next(struct list *list)
{
	if (list->n == list->cap) {
		size_t cap = list->cap == 0 ? 16 : list->cap * 2;
		void *more = arena_array(list->arena, cap, list->size_bytes);

		if (list->n > 0)
			memcpy(more, list->data, list->n * list->size_bytes);
		list->data = more;
		list->cap = cap;
	}
	return (char *)list->data + list->n++ * list->size_bytes;
}

enum rc
setting_load(struct store *store, struct arena *arena, const char *name,
    const char **value, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, SETTING);
	enum rc rc;

	query_text(&q, ":name", name);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*value = column_text(arena, &q, 0);
	query_end(&q);
	return RC_OK;
}

enum rc
setting_save(struct store *store, const char *name, const char *value,
    struct err *err)
{
	struct query q = query_open(store, OF_WORLD, SET);

	query_text(&q, ":name", name);
	query_text(&q, ":value", value);
	return query_run(&q, err);
}

static enum rc
people_load(struct store *store, struct arena *arena, int64_t body_id,
    int64_t today, struct world_body *body, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, PEOPLE);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_person) };
	struct world_person *p;
	enum rc rc;

	query_int(&q, ":body", body_id);
	query_int(&q, ":today", today);
	while ((rc = query_row(&q, err)) == RC_OK) {
		p = list_next(&list);
		p->name = column_text(arena, &q, 0);
		p->email = column_text(arena, &q, 1);
		(void)world_role_read(column_text(arena, &q, 2), &p->role);
		p->seat = column_text(arena, &q, 3);
		p->substitute_for = column_text(arena, &q, 4);
	}
	body->people = list.data;
	body->n_people = list.n;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
meetings_load(struct store *store, struct arena *arena, int64_t body_id,
    int64_t now_at, struct world_body *body, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, MEETINGS);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_meeting) };
	struct world_meeting *m;
	enum rc rc;

	query_int(&q, ":body", body_id);
	query_int(&q, ":since", now_at - MEETINGS_BACK_S);
	while ((rc = query_row(&q, err)) == RC_OK) {
		m = list_next(&list);
		m->id = column_text(arena, &q, 0);
		(void)world_meeting_kind_read(column_text(arena, &q, 1),
		    &m->kind);
		(void)world_meeting_state_read(column_text(arena, &q, 2),
		    &m->state);
		m->start_at = column_int(&q, 3);
		m->end_at = column_int(&q, 4);
		m->points_until_at = column_int(&q, 5);
		m->place = column_text(arena, &q, 6);
		m->theme = column_text(arena, &q, 7);
		m->with_body = column_text(arena, &q, 8);
		m->uid = column_text(arena, &q, 9);
		m->round = (int)column_int(&q, 10);
		m->host = column_text(arena, &q, 11);
		m->guests = column_text(arena, &q, 12);
		m->places = (int)column_int(&q, 13);
		m->day = date_local(m->start_at).day;
	}
	body->meetings = list.data;
	body->n_meetings = list.n;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
parties_load(struct store *store, struct arena *arena, int64_t hearing_id,
    struct world_hearing *h, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, PARTIES);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_party) };
	enum rc rc;

	query_int(&q, ":hearing", hearing_id);
	while ((rc = query_row(&q, err)) == RC_OK)
		*(struct world_party *)list_next(&list) =
		    (struct world_party){ column_text(arena, &q, 0),
		    column_text(arena, &q, 1) };
	h->parties = list.data;
	h->n_parties = list.n;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
hearings_load(struct store *store, struct arena *arena, int64_t body_id,
    int64_t now_at, struct world_body *body, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, HEARINGS);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_hearing) };
	struct list ids = { arena, NULL, 0, 0, sizeof(int64_t) };
	struct world_hearing *h;
	enum rc rc;

	query_int(&q, ":body", body_id);
	query_int(&q, ":since", now_at - MEETINGS_BACK_S);
	while ((rc = query_row(&q, err)) == RC_OK) {
		enum hearing_state state = HEARING_ASKED;

		h = list_next(&list);
		h->id = column_text(arena, &q, 0);
		h->title = column_text(arena, &q, 1);
		h->deadline_day = date_from_days(column_int(&q, 2));
		h->from = column_text(arena, &q, 3);
		(void)hearing_state_read(column_text(arena, &q, 4), &state);
		h->late = !hearing_is_open(state);
		h->closed = hearing_is_over(state);
		*(int64_t *)list_next(&ids) = column_int(&q, 5);
	}
	if (rc == RC_NONE)
		rc = RC_OK;
	h = list.data;
	for (size_t i = 0; i < list.n && rc == RC_OK; i++)
		rc = parties_load(store, arena, ((int64_t *)ids.data)[i],
		    &h[i], err);
	body->hearings = list.data;
	body->n_hearings = list.n;
	return rc;
}

static enum rc
topics_load(struct store *store, struct arena *arena, int64_t body_id,
    struct world_body *body, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, TOPICS);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_topic) };
	struct world_topic *t;
	enum rc rc;

	query_int(&q, ":body", body_id);
	while ((rc = query_row(&q, err)) == RC_OK) {
		t = list_next(&list);
		t->letter = column_text(arena, &q, 0)[0];
		t->title = column_text(arena, &q, 1);
	}
	body->topics = list.data;
	body->n_topics = list.n;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
groups_load(struct store *store, struct arena *arena, int64_t body_id,
    struct world_body *body, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, GROUPS);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_group) };
	struct world_group *g;
	enum rc rc;

	query_int(&q, ":body", body_id);
	while ((rc = query_row(&q, err)) == RC_OK) {
		g = list_next(&list);
		g->tag = column_text(arena, &q, 0);
		g->title = column_text(arena, &q, 1);
		g->chair = column_text(arena, &q, 2);
		g->letter = column_text(arena, &q, 3)[0];
		g->members = column_text(arena, &q, 4);
	}
	body->groups = list.data;
	body->n_groups = list.n;
	return rc == RC_NONE ? RC_OK : rc;
}

static struct world_body *
body_read(struct arena *arena, struct query *q, struct list *list)
{
	struct world_body *b = list_next(list);

	b->slug = column_text(arena, q, 1);
	b->name = column_text(arena, q, 2);
	(void)world_body_kind_read(column_text(arena, q, 3), &b->kind);
	b->language = column_text(arena, q, 4);
	b->address = column_text(arena, q, 5);
	b->case_number = column_text(arena, q, 6);
	b->committee = column_text(arena, q, 7);
	b->takes_applications = column_int(q, 8) != 0;
	b->chair_plans = column_int(q, 9) != 0;
	return b;
}

static enum rc
bodies_load(struct store *store, struct arena *arena, int64_t now_at,
    struct world *world, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, BODIES);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_body) };
	struct list ids = { arena, NULL, 0, 0, sizeof(int64_t) };
	int64_t today = date_to_days(date_local(now_at).day);
	struct world_body *bodies;
	enum rc rc;

	while ((rc = query_row(&q, err)) == RC_OK) {
		(void)body_read(arena, &q, &list);
		*(int64_t *)list_next(&ids) = column_int(&q, 0);
	}
	bodies = list.data;
	if (rc == RC_NONE)
		rc = RC_OK;
	for (size_t i = 0; i < list.n && rc == RC_OK; i++) {
		int64_t id = ((int64_t *)ids.data)[i];

		if ((rc = people_load(store, arena, id, today, &bodies[i],
		    err)) == RC_OK &&
		    (rc = meetings_load(store, arena, id, now_at, &bodies[i],
		    err)) == RC_OK &&
		    (rc = hearings_load(store, arena, id, now_at, &bodies[i],
		    err)) == RC_OK)
			rc = topics_load(store, arena, id, &bodies[i], err);
		if (rc == RC_OK)
			rc = groups_load(store, arena, id, &bodies[i], err);
	}
	world->bodies = bodies;
	world->n_bodies = list.n;
	return rc;
}

static enum rc
addresses_load(struct store *store, struct arena *arena, struct world *world,
    struct err *err)
{
	struct query q = query_open(store, OF_WORLD, ADDRESSES);
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_address) };
	enum rc rc;

	while ((rc = query_row(&q, err)) == RC_OK) {
		struct world_address *a = list_next(&list);

		a->email = column_text(arena, &q, 0);
		a->body = column_text(arena, &q, 1);
	}
	world->addresses = list.data;
	world->n_addresses = list.n;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
world_load(struct store *store, struct arena *arena, int64_t now_at,
    struct world *out, struct err *err)
{
	struct world world = { .now_at = now_at };
	enum rc rc;

	rc = setting_load(store, arena, "municipality", &world.municipality,
	    err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	rc = setting_load(store, arena, "mailbox", &world.mailbox, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if ((rc = addresses_load(store, arena, &world, err)) != RC_OK ||
	    (rc = bodies_load(store, arena, now_at, &world, err)) != RC_OK)
		return rc;
	*out = world;
	return RC_OK;
}

enum rc
world_version(struct store *store, int64_t *version, struct err *err)
{
	struct query q = query_open(store, OF_WORLD, CURRENT);

	return query_number(&q, version, 0, err);
}

/* Letters that a mail names, by id or by one-time word. */
struct sent_list {
	struct list list;
	struct store *store;	/* borrowed */
	int64_t newest;		/* letter; -1 where nobody asked yet */
};

static void
sent_add(struct arena *arena, const struct query *q, struct list *list)
{
	const struct world_sent *have = list->data;
	const char *id = column_text(arena, q, 0), *ref;
	struct world_sent *s;

	for (size_t i = 0; i < list->n; i++)
		if (strcmp(have[i].message_id, id) == 0)
			return;
	s = list_next(list);
	s->message_id = id;
	ref = column_text(arena, q, 1);
	s->ref = ref != NULL ? ref : column_text(arena, q, 2);
	s->to = column_text(arena, q, 3);
	s->text = column_text(arena, q, 4);
	s->token = column_text(arena, q, 5);
	s->kind = (enum letter_kind)column_int(q, 6);
}

/* Adds the letter of that id or word, where there is one that is not there
 * yet. The index is cut into stretches of 2^shift letters (schema.sql): the
 * newest first, since most mails answer a letter of these days. */
static enum rc
sent_find(struct sent_list *sent, int which, int shift, const char *value,
    struct err *err)
{
	enum rc rc;

	if (sent->newest < 0) {
		struct query q = query_open(sent->store, OF_WORLD, NEWEST);

		if ((rc = query_number(&q, &sent->newest, 0, err)) != RC_OK)
			return rc;
	}
	for (int64_t n = sent->newest >> shift; n >= 0; n--) {
		struct query q = query_open(sent->store, OF_WORLD, which);

		query_int(&q, ":stretch", n);
		query_text(&q, ":value", value);
		if ((rc = query_row(&q, err)) == RC_NONE)
			continue;
		if (rc != RC_OK)
			return rc;
		sent_add(sent->list.arena, &q, &sent->list);
		query_end(&q);
		break;
	}
	return RC_OK;
}

static enum rc
sent_by_ids(struct sent_list *sent, const char *const *ids, size_t n,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = n; i-- > 0 && rc == RC_OK && sent->list.n < SENT_MOST;)
		rc = sent_find(sent, SENT, 15, ids[i], err);
	return rc;
}

static bool
is_token_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '2' && c <= '7');
}

static bool
is_word_char(char c)
{
	return is_token_char(c) || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

/* Every run of exactly 26 characters of base 32 may be a one-time word. */
static enum rc
sent_by_tokens(struct sent_list *sent, const char *text, struct err *err)
{
	int looked = 0;
	enum rc rc = RC_OK;

	while (text != NULL && *text != '\0' && rc == RC_OK) {
		char token[TOKEN_CHARS + 1];
		size_t n = 0;
		bool fits = true;

		for (; is_word_char(text[n]); n++)
			fits = fits && is_token_char(text[n]);
		if (n == TOKEN_CHARS && fits && looked++ < SENT_MOST) {
			memcpy(token, text, TOKEN_CHARS);
			token[TOKEN_CHARS] = '\0';
			rc = sent_find(sent, SENT_BY_TOKEN, 13, token, err);
		}
		text += n == 0 ? 1 : n;
	}
	return rc;
}

static enum rc
sent_by_addresses(struct sent_list *sent, struct mail_addresses addresses,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < addresses.n && rc == RC_OK; i++)
		rc = sent_by_tokens(sent, addresses.list[i].email, err);
	return rc;
}

/* The sender's own applications that wait. */
static enum rc
wishes_load(struct store *store, struct arena *arena,
    const struct mail *mail, struct world *world, struct err *err)
{
	struct list list = { arena, NULL, 0, 0, sizeof(struct world_wish) };
	struct query q;
	enum rc rc = RC_NONE;

	if (mail->from.n == 1 && mail->from.list[0].email != NULL) {
		q = query_open(store, OF_WORLD, WISHES);
		query_text(&q, ":email", mail->from.list[0].email);
		query_int(&q, ":limit", WISHES_MOST);
		while ((rc = query_row(&q, err)) == RC_OK) {
			struct world_wish *w = list_next(&list);

			w->body = column_text(arena, &q, 0);
			w->asked = column_int(&q, 1) != 0;
		}
	}
	world->wishes = list.data;
	world->n_wishes = list.n;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
world_load_sent(struct store *store, struct arena *arena,
    const struct mail *mail, struct world *world, struct err *err)
{
	struct sent_list sent = { { arena, NULL, 0, 0,
	    sizeof(struct world_sent) }, store, -1 };
	enum rc rc;

	if ((rc = sent_by_ids(&sent, mail->in_reply_to, mail->n_in_reply_to,
	    err)) != RC_OK ||
	    (rc = sent_by_ids(&sent, mail->references, mail->n_references,
	    err)) != RC_OK ||
	    (rc = sent_by_ids(&sent, mail->report_ids, mail->n_report_ids,
	    err)) != RC_OK ||
	    (rc = sent_by_addresses(&sent, mail->to, err)) != RC_OK ||
	    (rc = sent_by_addresses(&sent, mail->cc, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < mail->n_delivered_to && rc == RC_OK; i++)
		rc = sent_by_tokens(&sent, mail->delivered_to[i], err);
	/* Our own mail that comes back is known by its id, too. */
	if (rc == RC_OK && mail->message_id != NULL)
		rc = sent_by_ids(&sent, &mail->message_id, 1, err);
	if (rc == RC_OK)
		rc = sent_by_tokens(&sent, mail->subject, err);
	if (rc == RC_OK)
		rc = sent_by_tokens(&sent, mail->text, err);
	if (rc == RC_OK)
		rc = sent_by_tokens(&sent, mail->html_text, err);
	if (rc != RC_OK)
		return rc;
	world->sent = sent.list.data;
	world->n_sent = sent.list.n;
	return wishes_load(store, arena, mail, world, err);
}
