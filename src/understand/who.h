/* SPDX-License-Identifier: MIT */
/* understand/who.h: who sends this mail, and how sure is it?
 *
 * Shapes   identity is the From address, nothing else: no display name, no
 *          Sender, no Reply-To. A person has a place in one or more bodies
 * Errors   none: an unknown sender is one with email NULL or no places
 * Owner    the arena; places are borrowed from the world
 * Source   the corpus's README 5, 6, 9; THREATS 1-6
 */
#ifndef UNDERSTAND_WHO_H
#define UNDERSTAND_WHO_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/mail.h"
#include "rules/world.h"

struct arena;

struct who_place {
	const struct world_body *body;		/* borrowed */
	const struct world_person *person;	/* borrowed */
};

struct who {
	const char *email;	/* NULL: nobody that can be named */
	const char *name;	/* display name as sent; NULL */
	const char *person;	/* name on file; NULL */
	const char *roles;	/* "udsatteraad:member, …"; NULL */
	const struct who_place *places;
	size_t n_places;
	bool verified;
	const char *by;		/* "dmarc=pass", "token", "nothing",
				 * "dmarc=fail", "forged" … as read */
	bool is_ours;		/* From is one of our own addresses */
	bool looks_alike;	/* not on file, but nearly an address that is:
				 * to a person (README 9) */
	bool same_name;		/* not on file, but with the display name of
				 * somebody who is: perhaps his other address */
	const char *like;	/* that address on file */
	bool alarm;		/* forged results: tell the secretary now */
	const char *why;
};

/* `token_ok` says that a one-time word of ours for this very address came
 * with the mail (thread.h), which proves as much as DMARC does. */
void who_read(struct arena *arena, const struct mail *mail,
	const struct world *world, bool token_ok, struct who *who);

/* His place in that body; NULL. */
const struct world_person *who_in(const struct who *who,
	const struct world_body *body);
/* The same for a meeting: members of the body invited count as its own
 * (README 6). `body` is the meeting's. */
const struct world_person *who_at(const struct who *who,
	const struct world *world, const struct world_body *body,
	const struct world_meeting *meeting);

/* The addresses that look like one on file: one edit, or a mixed script,
 * or the same local part in another domain of the same look. NULL none. */
const char *who_look_alike(struct arena *arena, const struct world *world,
	const char *email);

#endif
