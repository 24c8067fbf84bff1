/* SPDX-License-Identifier: MIT */
/* All pages: the first one, and each council's. */
#include "council/publish.h"

#include <string.h>

#include "base/arena.h"
#include "render/fields.h"
#include "render/template.h"
#include "store/meeting.h"

/* RC_NONE: this body has no pages. */
static enum rc
rules_load(struct published *c, struct err *err)
{
	const struct publish *p = c->publish;
	const char *value;
	enum rc rc;

	if (c->body->kind != BODY_COUNCIL)
		return RC_NONE;
	rc = rule_load(p->council->store, p->arena, c->body->slug, "pages",
	    &value, err);
	if (rc == RC_OK && text_equal_nocase(value, "no"))
		return RC_NONE;
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	rc = rule_load(p->council->store, p->arena, c->body->slug,
	    "page-names", &value, err);
	/* a word that is none of these names nobody */
	c->names = rc != RC_OK ? NAMES_NONE : text_equal_nocase(value, "all")
	    ? NAMES_ALL : text_equal_nocase(value, "chair") ? NAMES_CHAIR :
	    NAMES_NONE;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
council_publish(struct published *c, struct err *err)
{
	struct public_meeting *meetings;
	enum rc rc = public_meetings(c->publish->council->store,
	    c->publish->arena, c->body->slug, &meetings, &c->n_meetings,
	    err);

	if (rc != RC_OK)
		return rc;
	c->meetings = meetings;
	if ((rc = body_publish(c, err)) != RC_OK ||
	    (rc = feeds_publish(c, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < c->n_meetings && rc == RC_OK; i++)
		rc = meeting_publish(c, &meetings[i], err);
	return rc;
}

static enum rc
style_publish(const struct publish *p, struct err *err)
{
	const char *where, *style = template_file(
	    p->council->outbox->templates, p->arena, "layout", "style.css",
	    &where);

	if (style == NULL)
		return fail(err, RC_STOP, "templates/layout/style.css is "
		    "missing");
	return site_put(p->site, "style.css", (struct bytes){
	    (const unsigned char *)style, strlen(style) }, err);
}

enum rc
publish_all(const struct publish *publish, struct err *err)
{
	const struct world *world = publish->council->world;
	const struct outbox *outbox = publish->council->outbox;
	struct json_fields *fields = fields_open(publish->arena), *item;
	enum rc rc = style_publish(publish, err);

	fields_text(fields, "municipality", outbox->municipality);
	for (size_t i = 0; i < world->n_bodies && rc == RC_OK; i++) {
		struct published c = { .publish = publish,
			.body = &world->bodies[i] };

		rc = rules_load(&c, err);
		if (rc == RC_NONE) {
			rc = RC_OK;
			continue;
		}
		if (rc == RC_OK && (rc = council_publish(&c, err)) == RC_OK) {
			item = fields_item(fields, "bodies");
			fields_text(item, "name", c.body->name);
			fields_text(item, "slug", c.body->slug);
			fields_text(item, "next", c.next);
		}
	}
	return rc != RC_OK ? rc : page_publish(publish,
	    &(struct page_draft){ .path = "index.html", .root = "",
	    .language = publish->language, .template = "page-index.html",
	    .municipality = outbox->municipality, .fields = fields }, err);
}
