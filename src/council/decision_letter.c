/* SPDX-License-Identifier: MIT */
/* Writes the decision mail: what waits, then what was done by itself. */
#include "council/decision_letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/digest_fields.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/journal_copy.h"

#define WORDS_BYTES 600		/* of one point; the rest is in its own mail */
#define READERS_MOST 16

struct reader {
	const char *email, *name;
};

struct sheet {
	struct council *council;
	struct arena *arena;
	const struct world_body *body;
	const char *language;
	const struct decision_row *rows;
	size_t n;
	bool now;		/* one that goes at once */
};

static struct sheet
sheet_open(struct council *council, struct arena *arena,
    const struct world_body *body)
{
	return (struct sheet){ .council = council, .arena = arena,
		.body = body, .language = body != NULL ? body->language :
		council->world->n_bodies > 0 ?
		council->world->bodies[0].language : "da" };
}

static const char *
word(const struct sheet *s, const char *head, const char *kind,
    const char *tail)
{
	return words_get(s->arena, s->language, arena_printf(s->arena,
	    "%s-%s%s%s", head, kind, tail != NULL ? "-" : "",
	    tail != NULL ? tail : ""));
}

/* --- what waits --------------------------------------------------------------- */

/* «ok» (kommer på dagsordenen), «næste møde» eller «afvis» (…) */
static const char *
choices_words(const struct sheet *s, const struct decision_kind *kind)
{
	struct buf out = buf_open(s->arena);
	const char *or = words_get(s->arena, s->language, "or");

	for (const char *at = kind->choices; *at != '\0';) {
		size_t n = strcspn(at, " ");
		const char *choice = arena_strndup(s->arena, at, n);
		const char *says = word(s, "choice", choice, NULL);
		const char *means = word(s, "decide", kind->name, choice);

		at += n + strspn(at + n, " ");
		if (out.n > 0 && *at == '\0')
			buf_addf(&out, " %s ", or != NULL ? or : "/");
		else if (out.n > 0)
			buf_add(&out, ", ");
		buf_addf(&out, "«%s»", says != NULL ? says : choice);
		if (means != NULL)
			buf_addf(&out, " (%s)", means);
	}
	return buf_text(&out);
}

static bool
is_overdue(const struct sheet *s, const struct decision_row *row)
{
	struct date next = year_add(date_local(row->made_at).day,
	    (struct year_days){ 1, true });

	return row->until_at != 0 && row->until_at <= s->council->now_at ?
	    true : date_compare(date_local(s->council->now_at).day, next) > 0;
}

static void
point_fields(const struct sheet *s, struct json_fields *fields, size_t i,
    bool trusted)
{
	const struct decision_row *row = &s->rows[i];
	const struct decision_kind *kind = decision_kind_of(row->kind);
	const char *what = word(s, "decide", row->kind, NULL);
	struct json_fields *item = fields_item(fields, "points");

	fields_number(item, "number", (long)i + 1);
	fields_text(item, "what", what != NULL ? what : row->kind);
	fields_text(item, "label", row->label);
	fields_text(item, "words", !trusted || row->words == NULL ? NULL :
	    text_cut(s->arena, row->words, WORDS_BYTES));
	fields_text(item, "until", row->until_at == 0 ? NULL : day_words(
	    s->arena, s->language, date_local(row->until_at - 1).day));
	fields_text(item, "waited", s->now || !is_overdue(s, row) ? NULL :
	    day_words(s->arena, s->language, date_local(row->made_at).day));
	fields_text(item, "answers", kind == NULL ? "" :
	    choices_words(s, kind));
}

/* What is overdue first, then what has a day, the nearest first. */
static int
row_order(const void *a, const void *b)
{
	const struct decision_row *x = a, *y = b;

	if (x->urgent != y->urgent)
		return x->urgent ? -1 : 1;
	if (x->until_at != y->until_at) {
		if (x->until_at == 0 || y->until_at == 0)
			return x->until_at == 0 ? 1 : -1;
		return x->until_at < y->until_at ? -1 : 1;
	}
	return x->decision_id < y->decision_id ? -1 : 1;
}

static void
rows_sort(struct sheet *s, struct decision_row *rows, size_t n)
{
	struct decision_row *late = arena_array(s->arena, n + 1, sizeof *late);
	struct decision_row *rest = arena_array(s->arena, n + 1, sizeof *rest);
	size_t n_late = 0, n_rest = 0;

	for (size_t i = 0; i < n; i++)
		if (is_overdue(s, &rows[i]))
			late[n_late++] = rows[i];
		else
			rest[n_rest++] = rows[i];
	qsort(late, n_late, sizeof *late, row_order);
	qsort(rest, n_rest, sizeof *rest, row_order);
	for (size_t i = 0; i < n_rest; i++)
		late[n_late++] = rest[i];
	s->rows = late;
	s->n = n_late;
}

/* --- to whom ------------------------------------------------------------------ */

static void
reader_add(struct reader *list, size_t *n, const char *email,
    const char *name)
{
	for (size_t i = 0; i < *n; i++)
		if (text_equal_nocase(list[i].email, email))
			return;
	if (email != NULL && *n < READERS_MOST)
		list[(*n)++] = (struct reader){ email, name };
}

/* The secretary and her deputies (all with that place), the installation's
 * where there is none; the chair where the body wants it. */
static struct reader *
readers(const struct sheet *s, bool to_chair, size_t *n)
{
	struct reader *list = arena_array(s->arena, READERS_MOST,
	    sizeof *list);
	const struct world_body *b = s->body;

	*n = 0;
	for (size_t i = 0; b != NULL && i < b->n_people; i++)
		if (b->people[i].role == ROLE_SECRETARY)
			reader_add(list, n, b->people[i].email,
			    b->people[i].name);
	if (*n == 0)
		reader_add(list, n, s->council->outbox->secretary, NULL);
	for (size_t i = 0; to_chair && b != NULL && i < b->n_people; i++)
		if (b->people[i].role == ROLE_CHAIR)
			reader_add(list, n, b->people[i].email,
			    b->people[i].name);
	return list;
}

/* Citizens' words stay within the municipality's own mail (law 2). */
static bool
is_trusted(const struct sheet *s, const char *email)
{
	const char *ours = strrchr(s->council->outbox->mailbox, '@');
	const char *hers = strrchr(email, '@');

	return ours != NULL && text_equal_nocase(ours, hers);
}

/* --- the letter --------------------------------------------------------------- */

static enum rc
one_send(const struct sheet *s, const struct reader *to, const char *key,
    struct json_fields *fields, struct err *err)
{
	int64_t letter_id = 0;
	enum rc rc;

	fields_number(fields, "n", (long)s->n);
	fields_flag(fields, "one", s->n == 1);
	fields_flag(fields, "urgent", s->now);
	for (size_t i = 0; i < s->n; i++)
		point_fields(s, fields, i, is_trusted(s, to->email));
	rc = outbox_queue(s->council->outbox, s->arena,
	    &(struct outbox_draft){ .key = arena_printf(s->arena, "%s/%s",
	    key, to->email), .template = "decision-mail",
	    .language = s->language, .kind = LETTER_DECISION,
	    .class = s->now ? LETTER_URGENT : LETTER_ANSWER,
	    .ref = s->body == NULL ? NULL : s->body->slug, .body = s->body,
	    .to = to->email, .to_name = to->name, .fields = fields,
	    .wants_token = s->n > 0 }, &letter_id, NULL, err);
	if (rc == RC_NONE)
		return RC_OK;
	if (rc == RC_PARK) {
		log_warning("a decision mail cannot leave: %s", err->text);
		return RC_OK;
	}
	for (size_t i = 0; i < s->n && rc == RC_OK; i++)
		rc = decision_show(s->council->store, letter_id, i + 1,
		    s->rows[i].decision_id, err);
	return rc;
}

enum rc
decision_house_has(struct council *council, struct arena *arena, bool *has,
    struct err *err)
{
	struct decision_row *rows;
	struct digest digest;
	size_t n;
	enum rc rc = decision_waiting(council, arena, NULL, &rows, &n, err);

	if (rc == RC_OK)
		rc = digest_load(council, arena, NULL, &digest, err);
	if (rc == RC_OK)
		*has = n > 0 || digest.n_trouble > 0;
	return rc;
}

enum rc
decision_mail_send(struct council *council, struct arena *arena,
    const struct decision_mail *mail, struct err *err)
{
	struct sheet s = sheet_open(council, arena, mail->body);
	const char *slug = mail->body == NULL ? NULL : mail->body->slug;
	struct decision_row *rows;
	struct reader *to;
	struct digest digest;
	size_t n, n_to, late = 0;
	enum rc rc;

	if ((rc = decision_waiting(council, arena, slug, &rows, &n,
	    err)) != RC_OK ||
	    (rc = digest_load(council, arena, slug, &digest, err)) != RC_OK)
		return rc;
	if (council->outbox->journal != NULL && (rc = journal_copy_late(
	    council->store, date_at(year_add(date_local(
	    council->now_at).day, (struct year_days){ -1, true }), 0, 0),
	    &late, err)) != RC_OK)
		return rc;
	if (n == 0 && !mail->heartbeat && late == 0 && (slug == NULL ?
	    digest.n_trouble == 0 : !digest_has(&digest)))
		return RC_NONE;
	rows_sort(&s, rows, n);
	to = readers(&s, mail->to_chair, &n_to);
	for (size_t i = 0; i < n_to && rc == RC_OK; i++) {
		struct json_fields *fields = fields_open(arena);

		digest_fields(council, arena, s.language, &digest, fields);
		fields_text(fields, "unjournaled", late == 0 ? NULL :
		    arena_printf(arena, "%zu", late));
		fields_text(fields, "read", council->read_at == 0 ? NULL :
		    day_words_at(arena, s.language, council->read_at));
		fields_text(fields, "next", mail->next_at == 0 ? NULL :
		    day_words_at(arena, s.language, mail->next_at));
		rc = one_send(&s, &to[i], arena_printf(arena,
		    "decision/%s/%s", slug == NULL ? "-" : slug, mail->day),
		    fields, err);
	}
	return rc;
}

enum rc
decision_send_now(struct council *council, struct arena *arena,
    const struct decision_row *row, bool to_chair, struct err *err)
{
	struct sheet s = sheet_open(council, arena, row->body == NULL ? NULL :
	    world_body(council->world, row->body));
	struct digest digest = { .n_deeds = 0 };
	struct reader *to;
	size_t n;
	enum rc rc = RC_OK;

	s.rows = row;
	s.n = 1;
	s.now = true;
	to = readers(&s, to_chair, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct json_fields *fields = fields_open(arena);

		digest_fields(council, arena, s.language, &digest, fields);
		fields_text(fields, "unjournaled", NULL);
		fields_text(fields, "read", NULL);
		fields_text(fields, "next", NULL);
		rc = one_send(&s, &to[i], arena_printf(arena,
		    "decision-now/%lld", (long long)row->decision_id),
		    fields, err);
	}
	return rc;
}
