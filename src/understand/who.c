/* SPDX-License-Identifier: MIT */
/* Identity is the From address that our own server vouches for. A name, a
 * Reply-To, a signature say nothing; an address that only looks like one on
 * file says that somebody should look. */
#include "understand/who.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/lookalike.h"
#include "understand/thread.h"

/* Initials of colleagues differ by a letter; longer local parts do not by
 * chance. */
const char *
who_look_alike(struct arena *arena, const struct world *world,
    const char *email)
{
	(void)arena;
	for (size_t b = 0; email != NULL && b < world->n_bodies; b++)
		for (size_t p = 0; p < world->bodies[b].n_people; p++)
			if (address_looks_alike(email, world->bodies[b].people[p].email))
				return world->bodies[b].people[p].email;
	for (size_t i = 0; email != NULL && i < world->n_addresses; i++)
		if (address_looks_alike(email, world->addresses[i].email))
			return world->addresses[i].email;
	return NULL;
}

/* The address of somebody on file with this display name. */
static const char *
namesake(struct arena *arena, const struct world *world, const char *name)
{
	const char *low;

	if (name == NULL || strchr(name, ' ') == NULL)
		return NULL;
	low = text_squeeze(arena, text_lower(arena, name));
	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t p = 0; p < world->bodies[b].n_people; p++) {
			const struct world_person *on =
			    &world->bodies[b].people[p];

			if (strcmp(low, text_lower(arena, on->name)) == 0)
				return on->email;
		}
	return NULL;
}

/* --- who it is --------------------------------------------------------- */

static void
places_find(struct arena *arena, const struct world *world, struct who *who)
{
	struct who_place *places = arena_array(arena, world->n_bodies + 1,
	    sizeof(*places));
	struct buf roles = buf_open(arena);

	for (size_t b = 0; who->email != NULL && b < world->n_bodies; b++) {
		const struct world_body *body = &world->bodies[b];
		const struct world_person *p = world_person(body, who->email);

		if (p == NULL)
			continue;
		places[who->n_places++] = (struct who_place){ body, p };
		if (who->person == NULL)
			who->person = p->name;
		buf_addf(&roles, "%s%s:%s", roles.n > 0 ? ", " : "",
		    body->slug, world_role_word(p->role));
	}
	who->places = places;
	who->roles = roles.n > 0 ? roles.data : NULL;
}

/* «dmarc=pass» out of the words that the parser found. */
static const char *
by_of(struct arena *arena, const struct mail *mail, bool token_ok)
{
	const char *why = mail->auth_why == NULL ? "" : mail->auth_why;
	size_t n = strcspn(why, " ;,");

	if (token_ok && mail->auth != MAIL_AUTH_PASS)
		return "token";
	if (mail->auth == MAIL_AUTH_FORGED)
		return "forged";
	return memchr(why, '=', n) == NULL ? "nothing" :
	    arena_strndup(arena, why, n);
}

static const char *
why_of(struct arena *arena, const struct who *who, const struct mail *mail)
{
	if (who->email == NULL)
		return "no sender that can be named";
	if (!mail->from_is_plain)
		return "the From field is not one plain address: nobody is "
		    "known by it";
	if (who->alarm)
		return "somebody else wrote results in our server's name: "
		    "forgery";
	return arena_printf(arena, "%s is %s, %s (%s)%s%s%s", who->email,
	    who->person != NULL ? "on file" : "not on file",
	    who->verified ? "verified" : "not verified", who->by,
	    who->looks_alike ? "; the address looks like " :
	    who->same_name ? "; the name is that of " : "",
	    who->like != NULL ? who->like : "",
	    who->like != NULL ? ", which it is not" : "");
}

void
who_read(struct arena *arena, const struct mail *mail,
    const struct world *world, bool token_ok, struct who *who)
{
	const struct mail_address *from = mail->from.n > 0 ?
	    &mail->from.list[0] : NULL;

	*who = (struct who){
		.email = from == NULL ? NULL : from->email,
		.name = from == NULL ? NULL : from->name,
		.by = by_of(arena, mail, token_ok),
		.alarm = mail->auth == MAIL_AUTH_FORGED,
	};
	who->verified = who->email != NULL && mail->from_is_plain &&
	    mail->from.n == 1 && (mail->auth == MAIL_AUTH_PASS || token_ok);
	who->is_ours = who->email != NULL &&
	    thread_address(world, who->email, NULL, NULL);
	places_find(arena, world, who);
	if (who->n_places == 0 && who->email != NULL && !who->is_ours) {
		who->like = who_look_alike(arena, world, who->email);
		who->looks_alike = who->like != NULL;
		if (who->like == NULL)
			who->like = namesake(arena, world, who->name);
		who->same_name = who->like != NULL && !who->looks_alike;
	}
	who->why = why_of(arena, who, mail);
}

const struct world_person *
who_in(const struct who *who, const struct world_body *body)
{
	for (size_t i = 0; i < who->n_places; i++)
		if (who->places[i].body == body)
			return who->places[i].person;
	return NULL;
}

const struct world_person *
who_at(const struct who *who, const struct world *world,
    const struct world_body *body, const struct world_meeting *meeting)
{
	const struct world_person *p = body == NULL ? NULL :
	    who_in(who, body);
	const struct world_body *with;

	for (size_t i = 0; p == NULL && meeting != NULL; i++) {
		if ((with = world_with(world, meeting, i)) == NULL)
			break;
		p = who_in(who, with);
	}
	return p;
}
