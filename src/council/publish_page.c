/* SPDX-License-Identifier: MIT */
/* A page: its words, the frame around them, its place in the site. */
#include <string.h>

#include "base/arena.h"
#include "council/publish.h"
#include "render/fields.h"
#include "render/template.h"

#define TITLE "Title: "

enum rc
page_publish(const struct publish *publish, const struct page_draft *draft,
    struct err *err)
{
	const char *folder = publish->council->outbox->templates;
	struct json_fields *frame = fields_open(publish->arena);
	const char *content, *page, *end;
	enum rc rc = template_html(folder, draft->language, draft->template,
	    publish->arena, draft->fields, &content, err);

	if (rc != RC_OK)
		return rc;
	end = strchr(content, '\n');
	if (!text_starts(content, TITLE) || end == NULL)
		return fail(err, RC_STOP, "templates/%s/%s: no «Title: …» in "
		    "its first line", draft->language, draft->template);
	fields_text(frame, "title", arena_strndup(publish->arena, content +
	    strlen(TITLE), (size_t)(end - content) - strlen(TITLE)));
	fields_text(frame, "language", draft->language);
	fields_text(frame, "root", draft->root);
	fields_text(frame, "municipality", draft->municipality);
	fields_text(frame, "body", draft->body == NULL ? NULL :
	    draft->body->name);
	fields_text(frame, "slug", draft->body == NULL ? NULL :
	    draft->body->slug);
	fields_text(frame, "content", end + 1);
	rc = template_html(folder, draft->language, "page.html",
	    publish->arena, frame, &page, err);
	return rc != RC_OK ? rc : site_put(publish->site, draft->path,
	    (struct bytes){ (const unsigned char *)page, strlen(page) },
	    err);
}

const char *
meeting_folder(const struct public_meeting *meeting)
{
	const char *slash = strrchr(meeting->id, '/');

	return slash == NULL ? meeting->id : slash + 1;
}
