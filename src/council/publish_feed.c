/* SPDX-License-Identifier: MIT */
/* What other programs fetch: the meetings for a calendar, the news for a
 * reader of feeds. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "council/publish.h"
#include "mail/ical_write.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "render/template.h"

#define NEWS_MOST 40

static enum rc
calendar_publish(const struct published *c, struct err *err)
{
	struct arena *arena = c->publish->arena;
	struct ical_event *events = arena_array(arena, c->n_meetings + 1,
	    sizeof *events);
	const char *text;

	for (size_t i = 0; i < c->n_meetings; i++) {
		const struct public_meeting *m = &c->meetings[i];

		events[i] = (struct ical_event){ .uid = m->uid,
			.sequence = m->sequence, .start_at = m->start_at,
			.end_at = m->end_at, .stamp_at = m->changed_at,
			.summary = arena_printf(arena, "%s: %s",
			    c->body->name, m->theme != NULL ? m->theme :
			    words_get(arena, c->body->language, "event")),
			.location = m->place,
			.cancel = m->state == MEETING_CANCELLED };
	}
	text = ical_feed(arena, c->body->name, events, c->n_meetings);
	return site_put(c->publish->site, arena_printf(arena,
	    "%s/calendar.ics", c->body->slug), (struct bytes){
	    (const unsigned char *)text, strlen(text) }, err);
}

/* --- news (RFC 4287) -------------------------------------------------------- */

struct news {
	const struct public_meeting *meeting;
	struct public_text text;
	bool minutes;
};

static int
news_compare(const void *a, const void *b)
{
	const struct news *x = a, *y = b;

	if (x->text.sent_at != y->text.sent_at)
		return x->text.sent_at < y->text.sent_at ? 1 : -1;
	return strcmp(y->meeting->id, x->meeting->id);
}

static enum rc
news_load(const struct published *c, struct news *news, size_t *n,
    struct err *err)
{
	struct store *store = c->publish->council->store;
	struct arena *arena = c->publish->arena;
	struct public_text *texts;
	size_t count;
	enum rc rc;

	*n = 0;
	for (size_t i = 0; i < c->n_meetings; i++)
		for (int minutes = 0; minutes < 2; minutes++) {
			const struct public_meeting *m = &c->meetings[i];

			rc = minutes ? public_minutes(store, arena, m->id,
			    &texts, &count, err) : public_agendas(store,
			    arena, m->id, &texts, &count, err);
			if (rc != RC_OK)
				return rc;
			if (count > 0)
				news[(*n)++] = (struct news){ m, texts[0],
					minutes };
		}
	qsort(news, *n, sizeof *news, news_compare);
	return RC_OK;
}

/* RFC 3339, in UTC. */
static const char *
instant(struct arena *arena, int64_t at)
{
	struct date day = date_from_days(at / 86400);
	int s = (int)(at % 86400);

	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", day.year,
	    day.month, day.day, s / 3600, s / 60 % 60, s % 60);
}

static void
news_fields(const struct published *c, const struct news *news,
    struct json_fields *fields)
{
	struct arena *arena = c->publish->arena;
	struct json_fields *item = fields_item(fields, "news");

	fields_flag(item, "minutes", news->minutes);
	fields_text(item, "day", day_words(arena, c->body->language,
	    date_local(news->meeting->start_at).day));
	fields_text(item, "updated", instant(arena, news->text.sent_at));
	fields_text(item, "link", arena_printf(arena, "%s/index.html#%s",
	    meeting_folder(news->meeting), news->minutes ? "minutes" :
	    "agenda"));
	/* RFC 4151; the same for ever, a new version is another entry */
	fields_text(item, "id", arena_printf(arena, "tag:%s,2019:%s/%s/%lld",
	    c->publish->council->outbox->domain, news->meeting->id,
	    news->minutes ? "minutes" : "agenda",
	    (long long)news->text.version));
}

static enum rc
feed_publish(const struct published *c, struct err *err)
{
	const struct publish *p = c->publish;
	struct json_fields *fields = fields_open(p->arena);
	struct news *news = arena_array(p->arena, 2 * c->n_meetings + 1,
	    sizeof *news);
	const char *text;
	size_t n;
	enum rc rc = news_load(c, news, &n, err);

	if (rc != RC_OK)
		return rc;
	fields_text(fields, "body", c->body->name);
	fields_text(fields, "municipality", p->council->outbox->municipality);
	fields_text(fields, "language", c->body->language);
	fields_text(fields, "id", arena_printf(p->arena, "tag:%s,2019:%s",
	    p->council->outbox->domain, c->body->slug));
	fields_text(fields, "base", p->url[0] == '\0' ? NULL :
	    arena_printf(p->arena, "%s%s%s/", p->url, text_ends(p->url, "/") ?
	    "" : "/", c->body->slug));
	fields_text(fields, "updated", instant(p->arena, n == 0 ? 0 :
	    news[0].text.sent_at));
	for (size_t i = 0; i < n && i < NEWS_MOST; i++)
		news_fields(c, &news[i], fields);
	rc = template_html(p->council->outbox->templates, c->body->language,
	    "feed.xml", p->arena, fields, &text, err);
	return rc != RC_OK ? rc : site_put(p->site, arena_printf(p->arena,
	    "%s/feed.xml", c->body->slug), (struct bytes){
	    (const unsigned char *)text, strlen(text) }, err);
}

enum rc
feeds_publish(const struct published *c, struct err *err)
{
	enum rc rc = calendar_publish(c, err);

	return rc != RC_OK ? rc : feed_publish(c, err);
}
