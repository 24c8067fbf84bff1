/* SPDX-License-Identifier: MIT */
/* An agenda's letters: the draft, and what goes to whom. */
#include "council/agenda_letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/agenda_paper.h"
#include "outbox/outbox.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

/* --- fields ----------------------------------------------------------------- */

static void
point_fields(const struct gathering *g, const struct agenda *a,
    struct json_fields *fields, bool with_words)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_point *p = &a->points[i];
		struct json_fields *item = fields_item(fields, "points");

		fields_number(item, "number", (long)i + 1);
		fields_text(item, "title", p->title[0] != '\0' ? p->title :
		    word(g, "closed-point"));
		fields_text(item, "proposer", p->by);
		fields_text(item, "words", with_words ? p->words : NULL);
		fields_flag(item, "citizen", p->citizen);
		fields_flag(item, "closed", p->closed && p->title[0] !=
		    '\0');
	}
}

static bool
has(const struct agenda *a, const struct agenda_point *p, size_t *at)
{
	for (size_t i = 0; i < a->n; i++)
		if (agenda_is_same(&a->points[i], p)) {
			*at = i;
			return true;
		}
	return false;
}

/* An open point that was closed since is not named again. */
static bool
is_closed_now(const struct agenda *full, const char *title)
{
	for (size_t i = 0; i < full->n; i++)
		if (full->points[i].closed &&
		    strcmp(full->points[i].title, title) == 0)
			return true;
	return false;
}

/* What a reader would say changed: came, went, stands elsewhere among those
 * that stayed. */
static void
change_fields(const struct gathering *g, const struct agenda *old,
    const struct agenda *new, const struct agenda *full,
    struct json_fields *fields)
{
	for (size_t i = 0; i < old->n; i++) {
		struct json_fields *item;
		size_t at;

		if (has(new, &old->points[i], &at) ||
		    is_closed_now(full, old->points[i].title))
			continue;
		item = fields_item(fields, "changes");
		fields_flag(item, "gone", true);
		fields_text(item, "title", old->points[i].title[0] != '\0' ?
		    old->points[i].title : word(g, "closed-point"));
	}
	for (size_t i = 0; i < new->n; i++) {
		const struct agenda_point *p = &new->points[i];
		size_t at = 0, before_old = 0, before_new = 0, other;
		struct json_fields *item;
		bool stayed = has(old, p, &at);

		for (size_t k = 0; stayed && k < at; k++)
			before_old += has(new, &old->points[k], &other);
		for (size_t k = 0; stayed && k < i; k++)
			before_new += has(old, &new->points[k], &other);
		/* Of those that a move shifts only the one moved up counts. */
		if (stayed && before_new >= before_old)
			continue;
		item = fields_item(fields, "changes");
		fields_flag(item, stayed ? "moved" : "come", true);
		fields_number(item, "number", (long)i + 1);
		fields_text(item, "title", p->title[0] != '\0' ? p->title :
		    word(g, "closed-point"));
		fields_flag(item, "closed", p->closed && p->title[0] !=
		    '\0');
	}
}

/* --- the draft -------------------------------------------------------------- */

int64_t
agenda_of_key(const char *key)
{
	const char *at = key == NULL ? NULL : strstr(key, "/v");

	if (at == NULL || !text_starts(key, "agenda-draft/") ||
	    (at = strchr(at, '-')) == NULL)
		return 0;
	return strtoll(at + 1, NULL, 10);
}

enum rc
agenda_send_at(const struct gathering *g, int64_t *at, struct err *err)
{
	int64_t stop_at = g->council->now_at + AGENDA_STOP_S;
	enum rc rc = gathering_day(g, "agenda-days", AGENDA_DAYS, at, err);

	if (rc == RC_OK)
		*at = year_awake(*at > stop_at ? *at : stop_at);
	return rc;
}

static enum rc
draft_one(const struct gathering *g, const struct draft_letter *letter,
    const struct guest *guest, const struct json_fields *fields,
    struct err *err)
{
	const struct agenda_row *row = letter->row;
	const char *because = letter->day != NULL ? letter->day :
	    letter->only != NULL ? arena_printf(g->arena, "mail-%lld",
	    (long long)letter->mail_id) : "new";
	enum rc rc = outbox_queue(g->council->outbox, g->arena,
	    &(struct outbox_draft){
	    .key = arena_printf(g->arena, "agenda-draft/%s/v%lld-%lld/%s/%s",
	    g->meeting->id, (long long)row->version,
	    (long long)row->agenda_id, because, guest->email),
	    .template = "agenda-draft", .language = g->language,
	    .kind = LETTER_AGENDA_DRAFT, .class = LETTER_ANSWER,
	    .ref = g->meeting->id, .body = g->body, .to = guest->email,
	    .to_name = guest->name, .mail_id = letter->mail_id,
	    .fields = fields, .wants_token = true }, NULL, NULL, err);

	if (rc == RC_PARK) {
		log_warning("meeting=%s: a draft cannot leave: %s",
		    g->meeting->id, err->text);
		return RC_OK;
	}
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
agenda_draft_send(const struct gathering *g,
    const struct draft_letter *letter, struct err *err)
{
	struct json_fields *fields = fields_open(g->arena);
	struct agenda agenda;
	struct guest *leads;
	size_t n, members, others;
	int64_t at;
	enum rc rc;

	if ((rc = agenda_points(g->council->store, g->arena,
	    letter->row->agenda_id, AUDIENCE_MEMBERS, &agenda,
	    err)) != RC_OK ||
	    (rc = agenda_send_at(g, &at, err)) != RC_OK ||
	    (rc = agenda_count(g, &members, &others, err)) != RC_OK)
		return rc;
	gathering_fields(g, fields);
	gathering_roll_fields(g, fields);
	point_fields(g, &agenda, fields, true);
	if (letter->before != NULL)
		change_fields(g, letter->before, &agenda, &agenda, fields);
	fields_text(fields, "note", letter->row->note);
	fields_flag(fields, "remind", letter->day != NULL);
	fields_flag(fields, "stale", letter->stale);
	fields_flag(fields, "released", letter->released);
	fields_text(fields, "sends", day_words_at(g->arena, g->language,
	    letter->released ? letter->row->send_at : at));
	fields_number(fields, "members", (long)members);
	fields_number(fields, "others", (long)others);
	leads = gathering_leads(g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (letter->only == NULL || text_equal_nocase(leads[i].email,
		    letter->only))
			rc = draft_one(g, letter, &leads[i], fields, err);
	return rc;
}

/* --- the agenda ------------------------------------------------------------- */

struct send {
	const struct gathering *g;
	const struct agenda_row *row;
	struct agenda members, public;
	bool is_new;			/* than one that people have: */
	struct agenda had_members, had_public;
	const char **secrets;
	size_t n_secrets;
	const struct guest **done;	/* who has a copy */
	size_t n_done, stopped;
	struct outbox_file papers[2];	/* the public's, the members' */
	bool has_paper[2];
};

/* The council itself, those who step in, and who releases it. */
static struct guest *
insiders(const struct gathering *g, size_t *n)
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

/* The body that the meeting is held with, the committee, and subscribers. */
static enum rc
outsiders(const struct gathering *g, struct guest **list, size_t *n,
    struct err *err)
{
	struct guest *public, *all, *asked;
	size_t n_public, n_asked, count = 0;
	enum rc rc = gathering_public(g, &public, &n_public, err);

	if (rc != RC_OK)
		return rc;
	asked = gathering_members(g, &n_asked);
	all = arena_array(g->arena, n_public + n_asked + 1, sizeof *all);
	for (size_t i = 0; i < n_asked; i++)
		all[count++] = asked[i];
	for (size_t i = 0; i < n_public; i++)
		all[count++] = public[i];
	*list = all;
	*n = count;
	return RC_OK;
}

static bool
is_done(const struct send *s, const struct guest *guest)
{
	for (size_t i = 0; i < s->n_done; i++)
		if (text_equal_nocase(s->done[i]->email, guest->email))
			return true;
	return false;
}

static enum rc
send_one(struct send *s, const struct guest *guest, bool inside,
    struct err *err)
{
	const struct gathering *g = s->g;
	struct json_fields *fields = fields_open(g->arena);
	struct outbox_draft draft = {
		.key = arena_printf(g->arena, "agenda/%s/v%lld/%s",
		    g->meeting->id, (long long)s->row->version,
		    guest->email),
		.template = "agenda", .language = g->language,
		.kind = LETTER_AGENDA, .class = LETTER_BULK,
		.ref = g->meeting->id, .body = g->body, .to = guest->email,
		.to_name = guest->name, .fields = fields, .is_list = !inside,
		.files = &s->papers[inside], .n_files = s->has_paper[inside],
		/* none for those who may see them */
		.secrets = s->secrets,
		.n_secrets = inside ? 0 : s->n_secrets,
	};
	enum rc rc;

	gathering_fields(g, fields);
	point_fields(g, inside ? &s->members : &s->public, fields, inside);
	if (s->is_new)
		change_fields(g, inside ? &s->had_members : &s->had_public,
		    inside ? &s->members : &s->public, &s->members, fields);
	fields_flag(fields, "changed", s->is_new);
	fields_flag(fields, "asks", inside && guest->answers &&
	    gathering_is_silent(g, guest->email));
	rc = outbox_queue(g->council->outbox, g->arena, &draft, NULL, NULL,
	    err);
	if (rc == RC_PARK) {
		log_warning("agenda meeting=%s: a copy is held back",
		    g->meeting->id);
		s->stopped++;
		return RC_OK;
	}
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
send_all(struct send *s, const struct guest *list, size_t n, bool inside,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		if (is_done(s, &list[i]))
			continue;
		s->done[s->n_done++] = &list[i];
		rc = send_one(s, &list[i], inside, err);
	}
	return rc;
}

static enum rc
stopped_tell(const struct send *s, struct err *err)
{
	const struct gathering *g = s->g;
	struct json_fields *fields = fields_open(g->arena);
	struct guest *leads;
	size_t n;
	enum rc rc = RC_OK;

	gathering_fields(g, fields);
	fields_number(fields, "copies", (long)s->stopped);
	leads = gathering_leads(g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		rc = outbox_queue(g->council->outbox, g->arena,
		    &(struct outbox_draft){
		    .key = arena_printf(g->arena, "agenda-stopped/%s/v%lld/"
		    "%s", g->meeting->id, (long long)s->row->version,
		    leads[i].email),
		    .template = "notice-agenda-stopped",
		    .language = g->language, .kind = LETTER_NOTICE,
		    .class = LETTER_URGENT, .ref = g->meeting->id,
		    .body = g->body, .to = leads[i].email,
		    .to_name = leads[i].name, .fields = fields }, NULL, NULL,
		    err);
		/* One who cannot be told must not stop the agenda. */
		if (rc == RC_NONE || rc == RC_PARK)
			rc = RC_OK;
	}
	return rc;
}

static void
secrets_take(struct send *s)
{
	const struct agenda *a = &s->members;

	s->secrets = arena_array(s->g->arena, 2 * a->n + 1,
	    sizeof *s->secrets);
	for (size_t i = 0; i < a->n; i++) {
		if (!a->points[i].closed)
			continue;
		s->secrets[s->n_secrets++] = a->points[i].title;
		if (a->points[i].words != NULL)
			s->secrets[s->n_secrets++] = a->points[i].words;
	}
}

/* Where the body wants it; what cannot be printed stops no letter. */
static enum rc
paper_load(struct send *s, bool inside, struct err *err)
{
	enum rc rc = agenda_paper_file(s->g, s->row, inside ?
	    AUDIENCE_MEMBERS : AUDIENCE_PUBLIC, &s->papers[inside], err);

	s->has_paper[inside] = rc == RC_OK;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
had_load(struct send *s, struct err *err)
{
	const struct gathering *g = s->g;
	struct agenda_row had;
	enum rc rc = agenda_load_mailed(g->council->store, g->arena,
	    g->meeting->id, &had, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	s->is_new = true;
	if ((rc = agenda_points(g->council->store, g->arena, had.agenda_id,
	    AUDIENCE_MEMBERS, &s->had_members, err)) != RC_OK)
		return rc;
	return agenda_points(g->council->store, g->arena, had.agenda_id,
	    AUDIENCE_PUBLIC, &s->had_public, err);
}

enum rc
agenda_send(const struct gathering *g, const struct agenda_row *row,
    struct err *err)
{
	struct store *store = g->council->store;
	struct send s = { .g = g, .row = row };
	struct guest *inside, *outside;
	size_t n_inside, n_outside;
	enum rc rc;

	if ((rc = agenda_points(store, g->arena, row->agenda_id,
	    AUDIENCE_MEMBERS, &s.members, err)) != RC_OK ||
	    (rc = agenda_points(store, g->arena, row->agenda_id,
	    AUDIENCE_PUBLIC, &s.public, err)) != RC_OK ||
	    (rc = had_load(&s, err)) != RC_OK ||
	    (rc = paper_load(&s, true, err)) != RC_OK ||
	    (rc = paper_load(&s, false, err)) != RC_OK ||
	    (rc = outsiders(g, &outside, &n_outside, err)) != RC_OK)
		return rc;
	inside = insiders(g, &n_inside);
	s.done = arena_array(g->arena, n_inside + n_outside + 1,
	    sizeof *s.done);
	secrets_take(&s);
	if ((rc = send_all(&s, inside, n_inside, true, err)) != RC_OK ||
	    (rc = send_all(&s, outside, n_outside, false, err)) != RC_OK ||
	    (s.stopped > 0 && (rc = stopped_tell(&s, err)) != RC_OK))
		return rc;
	return agenda_move(store, row, AGENDA_MAIL, 0, 0, err);
}

enum rc
agenda_send_member(const struct gathering *g, const struct agenda_row *row,
    const struct guest *guest, struct err *err)
{
	struct send s = { .g = g, .row = row };
	enum rc rc = agenda_points(g->council->store, g->arena,
	    row->agenda_id, AUDIENCE_MEMBERS, &s.members, err);

	if (rc == RC_OK)
		rc = paper_load(&s, true, err);
	return rc != RC_OK ? rc : send_one(&s, guest, true, err);
}

enum rc
agenda_count(const struct gathering *g, size_t *members, size_t *others,
    struct err *err)
{
	struct guest *inside, *outside;
	size_t n_inside, n_outside, n = 0, m = 0;
	struct send s = { .g = g };
	enum rc rc = outsiders(g, &outside, &n_outside, err);

	if (rc != RC_OK)
		return rc;
	inside = insiders(g, &n_inside);
	s.done = arena_array(g->arena, n_inside + n_outside + 1,
	    sizeof *s.done);
	for (size_t i = 0; i < n_inside + n_outside; i++) {
		const struct guest *guest = i < n_inside ? &inside[i] :
		    &outside[i - n_inside];

		if (is_done(&s, guest))
			continue;
		s.done[s.n_done++] = guest;
		n += i < n_inside;
		m += i >= n_inside;
	}
	*members = n;
	*others = m;
	return RC_OK;
}
