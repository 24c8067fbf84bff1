/* SPDX-License-Identifier: MIT */
/* outbox/facts.h: what the council knows, as the fields of a letter.
 *
 * Shapes   the parts «deed», «choices», «reason» and «the-mail» of
 *          templates/LANG list the fields that are set here
 * Errors   none: what the world does not know is left out or shown as it is
 * Owner    the fields' arena; nothing is kept
 */
#ifndef OUTBOX_FACTS_H
#define OUTBOX_FACTS_H

#include <stddef.h>

#include "mail/mail.h"
#include "render/fields.h"
#include "rules/purpose.h"
#include "rules/world.h"

struct arena;

/* Adds an action to the list `list` ("done", "asked_for", "undone", "gone").
 * `reader` is the address of the one who gets the letter: of others the name
 * is said. Gives the object, for more fields. */
struct json_fields *facts_deed(struct json_fields *fields, const char *list,
	struct arena *arena, const char *language, const struct world *world,
	const struct action *action, const char *reader);

/* All actions of a list. */
void facts_deeds(struct json_fields *fields, const char *list,
	struct arena *arena, const char *language, const struct world *world,
	const struct action *actions, size_t n, const char *reader);

/* The list `choices`: ids of meetings and hearings, slugs, letters of topics
 * or action words become words that a person can choose between. */
void facts_choices(struct json_fields *fields, struct arena *arena,
	const char *language, const struct world *world,
	const char *const *choices, size_t n);

/* The list `topics` of a body, for a ranking. */
void facts_topics(struct json_fields *fields, struct arena *arena,
	const struct world_body *body);

/* Which mail a notice is about; its words too where `text` is not NULL. */
void facts_mail(struct json_fields *fields, struct arena *arena,
	const char *language, int64_t mail_id, int64_t came_at,
	const struct mail *mail, const struct purpose *purpose,
	const char *text);

/* «torsdag den 26. november 2026 kl. 16.00–18.00» of a meeting's id; the id
 * itself where there is no such meeting; NULL for NULL. */
const char *facts_meeting(struct arena *arena, const char *language,
	const struct world *world, const char *id);

/* A name that a letter may say to somebody who did not write it himself: 60
 * letters at most, with spaces, hyphens, apostrophes, commas and the dots of
 * initials; NULL for anything else. Whoever proposes «Win at evil.example»
 * for a seat must not have us send it (THREATS 14, relay spam). */
const char *facts_plain_name(struct arena *arena, const char *name);

/* The name that goes with an address, in any body; the address itself. */
const char *facts_name(const struct world *world, const char *email);

#endif
