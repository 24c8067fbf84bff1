/* SPDX-License-Identifier: MIT */
/* Identity is the From address that our own server vouches for. A name, a
 * Reply-To, a signature say nothing; an address that only looks like one on
 * file says that somebody should look. */
#include "understand/who.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/thread.h"

#define MAX_ADDRESS 256
/* Initials of colleagues differ by a letter; longer local parts do not by
 * chance. */
#define MIN_LOCAL 8

/* --- looking alike ----------------------------------------------------- */

/* At most one letter more, less or other, or two neighbours swapped. */
static bool
is_near(const char *a, size_t an, const char *b, size_t bn)
{
	size_t i = 0, ae = an, be = bn;

	if (an > bn + 1 || bn > an + 1)
		return false;
	while (i < an && i < bn && a[i] == b[i])
		i++;
	while (ae > i && be > i && a[ae - 1] == b[be - 1]) {
		ae--;
		be--;
	}
	if (ae - i <= 1 && be - i <= 1)
		return true;
	return ae - i == 2 && be - i == 2 && a[i] == b[i + 1] &&
	    a[i + 1] == b[i];
}

/* What the eye takes for the same: 0 and o, 1 and l and i, rn and m, vv and
 * w; dots and dashes are overlooked. */
static size_t
skeleton(const char *text, size_t n, char out[MAX_ADDRESS])
{
	size_t k = 0;

	for (size_t i = 0; i < n && k + 1 < MAX_ADDRESS; i++) {
		char c = text[i];

		if (c == '.' || c == '-' || c == '_')
			continue;
		if (c == 'r' && i + 1 < n && text[i + 1] == 'n') {
			c = 'm';
			i++;
		} else if (c == 'v' && i + 1 < n && text[i + 1] == 'v') {
			c = 'w';
			i++;
		}
		out[k++] = c == '0' ? 'o' : c == '1' || c == 'i' ? 'l' :
		    c == '5' ? 's' : c;
	}
	out[k] = '\0';
	return k;
}

static bool
is_same_look(const char *a, size_t an, const char *b, size_t bn)
{
	char as[MAX_ADDRESS], bs[MAX_ADDRESS];

	return skeleton(a, an, as) == skeleton(b, bn, bs) &&
	    strcmp(as, bs) == 0;
}

/* A domain that pretends to be `real`: near it, the same to the eye, under
 * another domain, with something hung on its first label, or in letters that
 * are not Latin (an ACE label). */
static bool
is_domain_alike(const char *domain, const char *real)
{
	size_t n = strlen(domain), rn = strlen(real);
	size_t first = strcspn(real, ".");

	if (strcmp(domain, real) == 0)
		return false;
	if (is_near(domain, n, real, rn) || is_same_look(domain, n, real, rn))
		return true;
	if (text_starts(domain, "xn--") || strstr(domain, ".xn--") != NULL)
		return true;
	if (strncmp(domain, real, rn) == 0 && domain[rn] == '.')
		return true;
	return first >= 5 && strncmp(domain, real, first) == 0 &&
	    (domain[first] == '-' || domain[first] == '.');
}

static bool
is_alike(const char *email, const char *real)
{
	const char *at = strrchr(email, '@'), *rat = strrchr(real, '@');
	size_t n, rn;

	if (at == NULL || rat == NULL || strcmp(email, real) == 0 ||
	    strlen(email) >= MAX_ADDRESS || strlen(real) >= MAX_ADDRESS)
		return false;
	n = (size_t)(at - email);
	rn = (size_t)(rat - real);
	if (strcmp(at, rat) == 0) {
		if (is_same_look(email, n, real, rn) && rn >= 4)
			return true;
		return n >= MIN_LOCAL && rn >= MIN_LOCAL &&
		    is_near(email, n, real, rn);
	}
	return (n == rn && memcmp(email, real, n) == 0 &&
	    is_domain_alike(at + 1, rat + 1)) ||
	    (is_same_look(email, n, real, rn) && is_near(at + 1,
	    strlen(at + 1), rat + 1, strlen(rat + 1)));
}

const char *
who_look_alike(struct arena *arena, const struct world *world,
    const char *email)
{
	(void)arena;
	for (size_t b = 0; email != NULL && b < world->n_bodies; b++)
		for (size_t p = 0; p < world->bodies[b].n_people; p++)
			if (is_alike(email, world->bodies[b].people[p].email))
				return world->bodies[b].people[p].email;
	for (size_t i = 0; email != NULL && i < world->n_addresses; i++)
		if (is_alike(email, world->addresses[i].email))
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
