/* SPDX-License-Identifier: MIT */
/* Queues a letter, once. */
#include "outbox/outbox.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "base/arena.h"
#include "outbox/finish.h"

#define TOKEN_CHARS 26	/* 130 bits of base 32: THREATS 1 wants 128 */

/* A one-time word; lower case, since a mail program may fold the case of an
 * address; base 32 has no digit that looks like a letter (RFC 4648 §6). */
static enum rc
token_make(struct arena *arena, const char **token, struct err *err)
{
	unsigned char random[TOKEN_CHARS];
	char *word = arena_alloc(arena, TOKEN_CHARS + 1);

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return fail(err, RC_LATER, "no random bytes: %s",
		    strerror(errno));
	for (size_t i = 0; i < TOKEN_CHARS; i++)
		word[i] = "abcdefghijklmnopqrstuvwxyz234567"[random[i] & 31];
	*token = word;
	return RC_OK;
}

enum rc
outbox_queue(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft, int64_t *letter_id, const char **token,
    struct err *err)
{
	const char *word = NULL;
	struct letter_new letter;
	int64_t id = 0;
	enum rc rc;

	rc = letter_by_key(outbox->store, letter_key(outbox, arena, draft),
	    letter_id, err);
	if (rc != RC_NONE)
		return rc == RC_OK ? RC_NONE : rc;
	if (draft->wants_token &&
	    (rc = token_make(arena, &word, err)) != RC_OK)
		return rc;
	if ((rc = letter_finish(outbox, arena, draft, word, &letter,
	    err)) != RC_OK ||
	    (rc = letter_add(outbox->store, &letter, &id, err)) != RC_OK)
		return rc;
	if (letter_id != NULL)
		*letter_id = id;
	if (token != NULL)
		*token = word;
	return RC_OK;
}
