/* SPDX-License-Identifier: MIT */
/* council/publish.h: the public pages, from the rows to the files.
 *
 * Shapes   index.html, style.css, and for each council that has pages (rule
 *          `pages`, yes unless it says `no`) index.html, calendar.ics,
 *          feed.xml and a page for each meeting. Names only as the rule
 *          `page-names` says: none (default), chair, all. Words of strangers
 *          are never shown; nothing but what was sent, by the views for the
 *          public
 * Errors   RC_STOP: a template is missing; else as store.h and site.h
 * Owner    the arena
 * Source   THREATS 21, law 12; WCAG 2.1 AA; RFC 4287, RFC 5545
 */
#ifndef COUNCIL_PUBLISH_H
#define COUNCIL_PUBLISH_H

#include "base/err.h"
#include "council/council.h"
#include "outbox/site.h"
#include "store/public.h"

struct arena;
struct json_fields;

enum publish_names { NAMES_NONE, NAMES_CHAIR, NAMES_ALL };

struct publish {
	struct council *council;	/* borrowed, all of these */
	struct arena *arena;
	struct site *site;
	const char *language;		/* of the first page */
	const char *url;		/* where the folder is seen; "" */
};

/* One council. */
struct published {
	const struct publish *publish;
	const struct world_body *body;
	enum publish_names names;
	const struct public_meeting *meetings;	/* the last one first */
	size_t n_meetings;
	const char *next;		/* day of the next one; NULL */
};

enum rc publish_all(const struct publish *publish, struct err *err);

/* publish_page.c: words into the frame, and into the site. `root` leads from
 * the page to the first one: "", "../". The template's first line is
 * «Title: …». */
struct page_draft {
	const char *path, *root, *language, *template;
	const struct world_body *body;	/* for the way back; NULL */
	const char *municipality;
	const struct json_fields *fields;
};
enum rc page_publish(const struct publish *publish,
	const struct page_draft *draft, struct err *err);

/* publish_meeting.c */
enum rc meeting_publish(const struct published *council,
	const struct public_meeting *meeting, struct err *err);
/* publish_feed.c */
enum rc feeds_publish(const struct published *council, struct err *err);
/* publish_body.c */
enum rc body_publish(struct published *council, struct err *err);

/* "2022-06-09" of "udsatteraad/2022-06-09". */
const char *meeting_folder(const struct public_meeting *meeting);

#endif
