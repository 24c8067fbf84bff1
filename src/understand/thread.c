/* SPDX-License-Identifier: MIT */
/* Which letter of ours a mail answers. Programs keep In-Reply-To best; the
 * References of a long thread end with the nearest letter; where a server
 * replaced our ids, the token that stands in the address and the words is
 * left. */
#include "understand/thread.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"

#define TOKEN_CHARS 26 /* 128 bits in base 32 */
#define MAX_TAG 64

static const struct {
	const char *section;
	enum thread_presumes presumes;
} tags[] = {
	{ "absence", PRESUMES_ABSENCE },
	{ "item", PRESUMES_ITEM },
	{ "application", PRESUMES_APPLICATION },
	{ "hearing", PRESUMES_HEARING },
	{ "idea", PRESUMES_IDEA },
	{ "workshop", PRESUMES_WORKSHOP },
	{ "minutes", PRESUMES_MINUTES },
	{ "subscribe", PRESUMES_SUBSCRIBE },
	{ "unsubscribe", PRESUMES_UNSUBSCRIBE },
};

/* --- addresses --------------------------------------------------------- */

/* One tag between two plus signs: a body, a purpose, or a token. */
static void
tag_read(const struct world *world, const char *tag, size_t n,
    const struct world_body **body, enum thread_presumes *presumes)
{
	char word[MAX_TAG];

	if (n == 0 || n >= sizeof(word))
		return;
	memcpy(word, tag, n);
	word[n] = '\0';
	if (body != NULL && world_body(world, word) != NULL)
		*body = world_body(world, word);
	for (size_t i = 0; presumes != NULL &&
	    i < sizeof(tags) / sizeof(tags[0]); i++)
		if (phrases_is(phrases_section(
		    "src/understand/address.lexicon", tags[i].section), word))
			*presumes = tags[i].presumes;
}

bool
thread_address(const struct world *world, const char *email,
    const struct world_body **body, enum thread_presumes *presumes)
{
	const char *at = email == NULL ? NULL : strrchr(email, '@');
	size_t local = at == NULL ? 0 : (size_t)(at - email);
	size_t base = at == NULL ? 0 : strcspn(email, "+");

	if (at == NULL)
		return false;
	if (base > local)
		base = local;
	for (size_t i = 0; i < world->n_addresses; i++) {
		const char *own = world->addresses[i].email;
		size_t n = strcspn(own, "@");

		if (n != base || strncmp(own, email, n) != 0 ||
		    !text_equal_nocase(own + n, at))
			continue;
		if (body != NULL && world->addresses[i].body != NULL)
			*body = world_body(world, world->addresses[i].body);
		for (size_t k = base; k < local;) {
			size_t end = k + 1;

			while (end < local && email[end] != '+')
				end++;
			tag_read(world, email + k + 1, end - k - 1, body,
			    presumes);
			k = end;
		}
		return true;
	}
	return false;
}

struct finder {
	const struct world *world;
	struct thread *thread;
	const struct world_body **bodies;
	bool in_to, in_cc;
};

static bool
address_take(struct finder *f, const char *email)
{
	const struct world_body *body = NULL;
	enum thread_presumes presumes = PRESUMES_NOTHING;
	struct thread *t = f->thread;

	if (!thread_address(f->world, email, &body, &presumes))
		return false;
	if (presumes != PRESUMES_NOTHING && t->presumes == PRESUMES_NOTHING)
		t->presumes = presumes;
	for (size_t i = 0; body != NULL && i < t->n_address_bodies; i++)
		if (f->bodies[i] == body)
			body = NULL;
	if (body != NULL && t->n_address_bodies < f->world->n_bodies)
		f->bodies[t->n_address_bodies++] = body;
	return true;
}

/* To names the body before Cc, and Cc before Delivered-To, which is the
 * common mailbox's mostly. */
static void
addresses_find(struct arena *arena, const struct mail *mail,
    struct finder *f)
{
	struct thread *t = f->thread;

	f->bodies = arena_array(arena, f->world->n_bodies + 1,
	    sizeof(*f->bodies));
	for (size_t i = 0; i < mail->to.n; i++)
		f->in_to |= address_take(f, mail->to.list[i].email);
	for (size_t i = 0; i < mail->cc.n; i++)
		f->in_cc |= address_take(f, mail->cc.list[i].email);
	t->to_us = f->in_to || f->in_cc;
	for (size_t i = 0; i < mail->n_delivered_to; i++)
		if (t->n_address_bodies == 0 || t->presumes ==
		    PRESUMES_NOTHING)
			t->to_us |= address_take(f, mail->delivered_to[i]);
	t->only_cc = f->in_cc && !f->in_to;
	t->address_bodies = f->bodies;
	t->ambiguous_body = t->n_address_bodies > 1;
	if (t->n_address_bodies == 1)
		t->address_body = f->bodies[0];
}

/* --- tokens ------------------------------------------------------------ */

static bool
is_base32(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '2' && c <= '7');
}

static const struct world_sent *
token_at(const struct world *world, const char *run)
{
	for (size_t i = 0; i < world->n_sent; i++) {
		const char *token = world->sent[i].token;
		size_t k = 0;

		while (token != NULL && k < TOKEN_CHARS && token[k] != '\0' &&
		    (token[k] | 0x20) == (run[k] | 0x20))
			k++;
		if (k == TOKEN_CHARS)
			return &world->sent[i];
	}
	return NULL;
}

/* The letter whose token stands in `text` as a run of 26 characters. */
static const struct world_sent *
token_find(const struct world *world, const char *text)
{
	for (const char *p = text; p != NULL && *p != '\0';) {
		const struct world_sent *letter = NULL;
		size_t n = 0;

		while (is_base32(p[n]))
			n++;
		if (n == TOKEN_CHARS &&
		    (letter = token_at(world, p)) != NULL)
			return letter;
		p += n + (p[n] != '\0');
	}
	return NULL;
}

static const struct world_sent *
token_letter(const struct mail *mail, const struct world *world)
{
	const struct mail_addresses lists[] = { mail->to, mail->cc };
	const struct world_sent *letter = NULL;

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; letter == NULL && i < lists[k].n; i++)
			letter = token_find(world, lists[k].list[i].email);
	for (size_t i = 0; letter == NULL && i < mail->n_delivered_to; i++)
		letter = token_find(world, mail->delivered_to[i]);
	if (letter == NULL)
		letter = token_find(world, mail->subject);
	if (letter == NULL)
		letter = token_find(world, mail->text);
	if (letter == NULL)
		letter = token_find(world, mail->html_text);
	return letter;
}

/* --- the letter -------------------------------------------------------- */

static const struct world_sent *
ids_letter(const struct mail *mail, const struct world *world)
{
	const struct world_sent *letter = NULL;

	for (size_t i = 0; letter == NULL && i < mail->n_in_reply_to; i++)
		letter = world_sent(world, mail->in_reply_to[i]);
	for (size_t i = mail->n_references; letter == NULL && i-- > 0;)
		letter = world_sent(world, mail->references[i]);
	return letter;
}

static bool
has_others(const struct mail *mail, const struct world *world,
    const struct world_sent *letter)
{
	for (size_t i = 0; i < mail->n_references; i++) {
		const struct world_sent *other = world_sent(world,
		    mail->references[i]);

		if (other != NULL && other->ref != NULL &&
		    letter->ref != NULL && strcmp(other->ref,
		    letter->ref) != 0)
			return true;
	}
	return false;
}

/* What the letter was about: a meeting, a hearing, or a body alone. */
static void
ref_read(struct arena *arena, const struct world *world, struct thread *t)
{
	const char *ref = t->letter->ref;

	if (ref == NULL)
		return;
	t->meeting = world_meeting(world, ref, &t->body);
	if (t->meeting != NULL)
		return;
	t->body = world_body(world, arena_strndup(arena, ref,
	    strcspn(ref, "/")));
	for (size_t i = 0; t->body != NULL && i < t->body->n_hearings; i++)
		if (strcmp(t->body->hearings[i].id, ref) == 0)
			t->hearing = &t->body->hearings[i];
}

static void
letter_find(struct arena *arena, const struct mail *mail,
    const struct world *world, struct thread *t)
{
	const struct world_sent *by_token = token_letter(mail, world);
	const char *from = mail->from.n > 0 ? mail->from.list[0].email : NULL;

	t->letter = ids_letter(mail, world);
	if (by_token != NULL) {
		t->token = by_token->token;
		t->by_token = t->letter == NULL;
		if (t->letter == NULL)
			t->letter = by_token;
		t->token_ok = t->letter == by_token && from != NULL &&
		    text_equal_nocase(by_token->to, from) &&
		    (by_token->kind == LETTER_CONFIRM ||
		    by_token->kind == LETTER_CONSENT);
	}
	if (t->letter == NULL)
		return;
	t->other_letters = has_others(mail, world, t->letter);
	ref_read(arena, world, t);
}

void
thread_read(struct arena *arena, const struct mail *mail,
    const struct words *words, const struct world *world,
    struct thread *thread)
{
	struct finder f = { .world = world, .thread = thread };

	(void)words;
	*thread = (struct thread){ .letter = NULL };
	addresses_find(arena, mail, &f);
	letter_find(arena, mail, world, thread);
	if (thread->letter != NULL)
		thread->why = arena_printf(arena, "answers our %s about %s%s",
		    world_letter_kind_word(thread->letter->kind),
		    thread->letter->ref == NULL ? "nothing" :
		    thread->letter->ref, thread->by_token ?
		    ", known by its token" : "");
	else if (thread->address_body != NULL)
		thread->why = arena_printf(arena, "sent to the address of %s",
		    thread->address_body->slug);
}
