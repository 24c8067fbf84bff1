/* SPDX-License-Identifier: MIT */
/* From what the secretary wrote to minutes: who came, what belongs to which
 * item, and what a person must look at. */
#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "base/text.h"
#include "council/minutes_deed.h"
#include "council/minutes_text.h"
#include "council/minutes_words.h"
#include "render/day_words.h"
#include "rules/closed.h"
#include "store/agenda.h"

#define CAME_MOST 50	/* names in one line */
#define NAMES_MOST 60	/* that are told of */

/* --- people --------------------------------------------------------------- */

/* Whether `name` is what a person calls `whole`: all of it, or its first
 * words. */
static bool
is_called(struct arena *arena, const char *whole, const char *name)
{
	const char *have = text_lower(arena, whole);
	const char *low = text_lower(arena, name);
	size_t n = strlen(low);

	return n > 0 && strncmp(have, low, n) == 0 && (have[n] == '\0' ||
	    have[n] == ' ' || have[n] == ',');
}

/* The one of them that is meant; -1 none, -2 several. */
static int
person_find(struct arena *arena, const struct minutes_person *list, size_t n,
    const char *name)
{
	int found = -1;

	for (size_t i = 0; i < n; i++) {
		if (list[i].came == CAME_WRITER ||
		    !is_called(arena, list[i].name, name))
			continue;
		if (strcmp(list[i].name, name) == 0)
			return (int)i;
		found = found == -1 ? (int)i : -2;
	}
	return found;
}

/* The address of a name in the body, or in those that it meets. */
static const char *
address_find(const struct gathering *g, const char *name)
{
	const struct world *world = g->council->world;
	const struct world_body *bodies[] = { g->body, world_body(world,
	    g->meeting->with_body), world_body(world, g->body->committee) };
	const char *found = NULL;

	for (size_t b = 0; b < 3; b++)
		for (size_t i = 0; bodies[b] != NULL &&
		    i < bodies[b]->n_people; i++) {
			const struct world_person *p = &bodies[b]->people[i];

			if (p->name == NULL || !is_called(g->arena, p->name,
			    name))
				continue;
			if (found != NULL && !text_equal_nocase(found,
			    p->email))
				return NULL;
			found = p->email;
		}
	return found;
}

struct names {
	const char *list[NAMES_MOST];
	size_t n;
};

static void
name_add(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->list[i], name) == 0)
			return;
	if (names->n < NAMES_MOST)
		names->list[names->n++] = name;
}

static const char *
names_join(const struct gathering *g, const struct names *names)
{
	return names->n == 0 ? NULL : words_join(g->arena, g->language,
	    names->list, names->n);
}

/* A name begins with a capital, or is no name: «og hvem der» is none. */
static bool
is_name(const char *name)
{
	const char *at = name;
	uint32_t code = text_next(&at);

	return text_is_letter(code) && text_lower_code(code) != code;
}

/* «Aase kom ikke, Bent kom alligevel» moves them; a guest nobody knows is
 * added, any other is told of. */
static size_t
people_correct(struct act *act, const struct gathering *g, const char *text,
    struct minutes *m, struct names *unknown)
{
	struct minutes_person said[CAME_MOST], *list;
	size_t n = minutes_came_read(act->arena, minutes_words_load(
	    act->arena, g->language), text, said, CAME_MOST), done = 0;

	list = arena_array(act->arena, m->n_people + n + 1, sizeof *list);
	if (m->n_people > 0)
		memcpy(list, m->people, m->n_people * sizeof *list);
	for (size_t i = 0; i < n; i++) {
		int at = person_find(act->arena, list, m->n_people,
		    said[i].name);
		bool guest = said[i].came == CAME_GUEST ||
		    said[i].came == CAME_OBSERVER;
		const char *email = address_find(g, said[i].name);

		if (!is_name(said[i].name))
			continue;
		if (at >= 0) {
			list[at].came = said[i].came;
		} else if (at == -1 && (guest || email != NULL)) {
			list[m->n_people++] = said[i];
			list[m->n_people - 1].email = email;
		} else {
			name_add(unknown, said[i].name);
			continue;
		}
		done++;
	}
	m->people = list;
	return done;
}

/* Names of the head get the addresses that they have. */
static void
people_address(const struct gathering *g, struct minutes *m)
{
	struct minutes_person *list = arena_array(g->arena, m->n_people + 1,
	    sizeof *list);

	for (size_t i = 0; i < m->n_people; i++) {
		list[i] = m->people[i];
		if (list[i].email == NULL)
			list[i].email = address_find(g, list[i].name);
	}
	m->people = list;
}

/* --- items ---------------------------------------------------------------- */

static const struct minutes_item *
item_of(const struct minutes *m, size_t number)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->items[i].number == number)
			return &m->items[i];
	return NULL;
}

/* All points of the agenda, what was written, and of the rest what an earlier
 * version said: a change of one item leaves the others. */
static void
items_merge(struct act *act, const struct agenda *agenda,
    const struct minutes *read, const struct minutes *old,
    struct minutes *out)
{
	struct minutes_item *list = arena_array(act->arena, MINUTES_ITEMS + 1,
	    sizeof *list);
	size_t n = 0;

	for (size_t number = 1; number <= MINUTES_ITEMS; number++) {
		const struct minutes_item *is = item_of(read, number);
		const struct minutes_item *was = item_of(old, number);

		if (is != NULL && (!minutes_item_is_empty(is) ||
		    was == NULL)) {
			list[n] = *is;
			/* a new text under «Punkt 3:» keeps the title */
			if (was != NULL)
				list[n].title = was->title;
			if (was != NULL)
				list[n].extra = was->extra;
			if (was != NULL && was->closed && !is->opened)
				list[n].closed = true;
			n++;
		} else if (was != NULL) {
			list[n++] = *was;
		} else if (number <= agenda->n) {
			list[n++] = (struct minutes_item){ .number = number,
				.title = agenda->points[number - 1].title,
				.closed = agenda->points[number - 1].closed };
		}
	}
	out->items = list;
	out->n = n;
}

/* --- what leaks ----------------------------------------------------------- */

static bool
says(struct arena *arena, const struct minutes_item *item, const char *secret)
{
	if ((item->text != NULL && closed_leaks(arena, secret, item->text)) ||
	    (item->decision != NULL && closed_leaks(arena, secret,
	    item->decision)))
		return true;
	for (size_t i = 0; i < item->n_speeches; i++)
		if (closed_leaks(arena, secret, item->speeches[i].words))
			return true;
	for (size_t i = 0; i < item->n_promises; i++)
		if (closed_leaks(arena, secret, item->promises[i].task))
			return true;
	return false;
}

static bool
leaks_from(struct arena *arena, const struct minutes_item *item,
    const struct minutes_item *closed)
{
	if (says(arena, item, closed->title) || (closed->text != NULL &&
	    says(arena, item, closed->text)) || (closed->decision != NULL &&
	    says(arena, item, closed->decision)))
		return true;
	for (size_t i = 0; i < closed->n_speeches; i++)
		if (says(arena, item, closed->speeches[i].words))
			return true;
	return false;
}

/* An open item with words of a closed one is closed, until she says that it
 * is open: a slip must not leave the house. */
static void
leaks_close(struct act *act, struct minutes_reading *r)
{
	struct minutes_item *list = arena_array(act->arena, r->minutes.n + 1,
	    sizeof *list);

	r->leaks = arena_array(act->arena, r->minutes.n + 1,
	    sizeof *r->leaks);
	if (r->minutes.n > 0)
		memcpy(list, r->minutes.items, r->minutes.n * sizeof *list);
	for (size_t i = 0; i < r->minutes.n; i++)
		for (size_t k = 0; k < r->minutes.n && !list[i].closed; k++)
			if (r->minutes.items[k].closed && !list[i].opened &&
			    leaks_from(act->arena, &list[i],
			    &r->minutes.items[k]))
				r->leaks[i] = list[i].closed = true;
	r->minutes.items = list;
}

/* --- what is told --------------------------------------------------------- */

static void
told(struct act *act, const struct gathering *g, struct minutes_reading *r)
{
	struct names extra = { .n = 0 }, leaking = { .n = 0 };
	struct names strangers = { .n = 0 };

	for (size_t i = 0; i < r->minutes.n; i++) {
		const struct minutes_item *it = &r->minutes.items[i];
		const char *number = arena_printf(act->arena, "%zu",
		    it->number);

		if (it->extra)
			name_add(&extra, number);
		if (r->leaks[i])
			name_add(&leaking, number);
		r->decides = r->decides || it->decision != NULL;
		for (size_t k = 0; k < it->n_promises; k++)
			if (address_find(g, it->promises[k].who) == NULL)
				name_add(&strangers, it->promises[k].who);
	}
	r->extra = names_join(g, &extra);
	r->leaking = names_join(g, &leaking);
	r->strangers = names_join(g, &strangers);
}

/* --- the whole ------------------------------------------------------------ */

static enum rc
agenda_of(struct act *act, const struct gathering *g, struct agenda *agenda,
    struct err *err)
{
	struct store *store = act->council->store;
	struct agenda_row row;
	enum rc rc = agenda_load_mailed(store, act->arena, g->meeting->id,
	    &row, err);

	*agenda = (struct agenda){ NULL, 0 };
	if (rc == RC_NONE)
		rc = agenda_load(store, act->arena, g->meeting->id, &row,
		    err);
	if (rc == RC_NONE)
		return RC_OK;
	return rc != RC_OK ? rc : agenda_points(store, act->arena,
	    row.agenda_id, AUDIENCE_MEMBERS, agenda, err);
}

/* The text of the form that is answered, so that its lines are known. */
static const char *
form_of(const struct act *act)
{
	const struct world *world = act->council->world;

	for (size_t i = 0; i < world->n_sent; i++)
		if (world->sent[i].kind == LETTER_MINUTES_FORM)
			return world->sent[i].text;
	return NULL;
}

/* A file that is no text; a picture is none that can be minutes. */
static const struct mail_attachment *
file_of(const struct act *act, const struct action *action, bool *photo)
{
	*photo = false;
	for (size_t i = 0; act->mail != NULL &&
	    i < act->mail->n_attachments; i++) {
		const struct mail_attachment *a = &act->mail->attachments[i];

		if (a->is_inline)
			continue;
		if (a->type != NULL && text_starts(a->type, "image/"))
			*photo = true;
		else if ((int)a->part == action->part && a->text == NULL)
			return a;
	}
	return NULL;
}

static bool
are_of_this(const struct minutes *m, const struct agenda *agenda)
{
	size_t filled = 0, extra = 0;

	for (size_t i = 0; i < m->n; i++) {
		filled += !minutes_item_is_empty(&m->items[i]);
		extra += !minutes_item_is_empty(&m->items[i]) &&
		    m->items[i].extra;
	}
	return agenda->n == 0 || filled < 2 || extra < filled;
}

enum rc
minutes_read(struct act *act, const struct gathering *g,
    const struct minutes_row *row, const struct action *action,
    struct minutes_reading *r, struct err *err)
{
	const char *text = action->text != NULL ? action->text : "";
	struct minutes read, old = { .n = 0 };
	struct names unknown = { .n = 0 };
	struct agenda agenda, known;
	bool photo, empty = true;
	size_t moved;
	enum rc rc = agenda_of(act, g, &agenda, err);

	*r = (struct minutes_reading){ .file = file_of(act, action,
	    &photo) != NULL };
	if (rc != RC_OK)
		return rc;
	if (row->version > 0)
		rc = minutes_text_load(act->council->store, act->arena,
		    row->minutes_id, AUDIENCE_MEMBERS, &old, err);
	else
		minutes_people_of(g, &old);
	if (rc != RC_OK)
		return rc;
	/* an item that was added stands there by now */
	known = old.n > 0 ? minutes_agenda(act->arena, &old) : agenda;
	sha256_of(text, strlen(text), r->content);
	minutes_parse(act->arena, &(struct minutes_source){
	    .words = minutes_words_load(act->arena, g->language),
	    .agenda = known.n > 0 ? &known : NULL, .form = form_of(act),
	    .day = g->meeting->day }, text, &read);
	for (size_t i = 0; i < read.n; i++)
		empty = empty && minutes_item_is_empty(&read.items[i]);
	r->minutes = old;
	if (read.has_people) {
		r->minutes.people = read.people;
		r->minutes.n_people = read.n_people;
	}
	r->minutes.case_worker = read.case_worker;
	people_address(g, &r->minutes);
	moved = read.above == NULL ? 0 : people_correct(act, g, read.above,
	    &r->minutes, &unknown);
	r->unknown = names_join(g, &unknown);
	r->only_people = empty && !r->file && !photo && (moved > 0 ||
	    unknown.n > 0);
	if (read.cut && !r->file)
		r->refused = "long";
	else if (read.day.year != 0 && date_compare(read.day,
	    g->meeting->day) != 0)
		r->refused = "wrong";
	else if (!empty && !are_of_this(&read, &known))
		r->refused = "other_points";
	else if (empty && photo && !r->file)
		r->refused = "photo";
	else if (empty && !r->file && !r->only_people)
		r->refused = "empty";
	else if (!r->file && row->version > 0 && memcmp(r->content,
	    row->content, sizeof r->content) == 0)
		r->refused = "twice";
	if (r->refused != NULL)
		return RC_OK;
	items_merge(act, &agenda, &read, &old, &r->minutes);
	leaks_close(act, r);
	told(act, g, r);
	return RC_OK;
}
