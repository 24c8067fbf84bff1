/* SPDX-License-Identifier: MIT */
/* Mails from the server to the engine.
 *
 * One mail can end a connection (a server that chokes on it, an answer that
 * is none). So that it does not end every connection, the one that was to
 * come when it broke is fetched alone from then on, and when it breaks it
 * alone for the second time it is reported as missing. */
#include "intake/reader_inside.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"

#define MAX_DEATHS 2 /* once may be the network */

static struct wire_out
mail_out(struct reader *r, uint32_t uid, int64_t size_bytes)
{
	struct wire_out out;

	arena_reset(r->arena);
	out = wire_out(r->arena);
	wire_put_u32(&out, r->uidvalidity);
	wire_put_u32(&out, uid);
	wire_put_i64(&out, size_bytes);
	return out;
}

static enum rc
file_came(void *self, uint32_t uid, int64_t size_bytes, int fd,
    struct err *err)
{
	struct reader *r = self;
	struct wire_out out = mail_out(r, uid, size_bytes);

	return reader_say(r, READER_MAIL, wire_bytes(&out), fd, err);
}

static enum rc
mail_came(void *self, uint32_t uid, struct bytes bytes, struct err *err)
{
	struct reader *r = self;
	struct wire_out out;
	enum rc rc;
	int fd;

	if (bytes.n > READER_INLINE_BYTES) {
		if ((rc = wire_memory_open(&fd, err)) != RC_OK)
			return rc;
		if ((rc = wire_memory_write(fd, bytes, err)) == RC_OK
		    && (rc = wire_memory_seal(fd, err)) == RC_OK)
			rc = file_came(self, uid, (int64_t)bytes.n, fd, err);
		(void)close(fd);
		return rc;
	}
	out = mail_out(r, uid, (int64_t)bytes.n);
	wire_put_bytes(&out, bytes);
	return reader_say(r, READER_MAIL, wire_bytes(&out), -1, err);
}

static enum rc
head_came(void *self, uint32_t uid, int64_t size_bytes, struct bytes head,
    struct err *err)
{
	struct reader *r = self;
	struct wire_out out = mail_out(r, uid, size_bytes);

	wire_put_bytes(&out, head);
	return reader_say(r, READER_TOO_LARGE, wire_bytes(&out), -1, err);
}

static enum rc
none_came(void *self, uint32_t uid, const char *why, struct err *err)
{
	struct reader *r = self;

	return reader_say_missing(r, r->uidvalidity, uid, why, err);
}

static struct suspect *
suspect(struct reader *r, uint32_t uid)
{
	for (size_t i = 0; i < r->n_suspects; i++)
		if (r->suspects[i].uid == uid)
			return &r->suspects[i];
	return NULL;
}

/* After a fetch that broke at a mail, alone or not. */
static void
note_suspect(struct reader *r, uint32_t uid, bool alone)
{
	struct suspect *s = suspect(r, uid);

	if (s == NULL && r->n_suspects < MAX_SUSPECTS) {
		s = &r->suspects[r->n_suspects++];
		*s = (struct suspect){ .uid = uid };
	}
	if (s != NULL && alone)
		s->deaths++;
}

static enum rc
fetch_some(struct reader *r, const uint32_t *uids, size_t n, struct err *err)
{
	const struct imap_sink sink = { .self = r, .mail = mail_came,
		.mail_file = file_came, .too_large = head_came,
		.missing = none_came };
	uint32_t broke_at = 0;
	enum rc rc;

	rc = imap_fetch(r->imap, uids, n, r->setup.mail_limit_bytes, &sink,
	    &broke_at, err);
	if (rc == RC_LATER && !r->gone && broke_at != 0)
		note_suspect(r, broke_at, n == 1);
	return rc;
}

static enum rc
fetch_suspect(struct reader *r, struct suspect *s, struct err *err)
{
	uint32_t uid = s->uid;
	enum rc rc;

	if (s->deaths >= MAX_DEATHS) {
		log_warning("mail given up uid=%" PRIu32 ": each fetch of it "
		    "breaks the connection", uid);
		return reader_say_missing(r, r->uidvalidity, uid,
		    "each fetch of it breaks the connection", err);
	}
	if ((rc = fetch_some(r, &uid, 1, err)) == RC_OK)
		*s = r->suspects[--r->n_suspects];
	return rc;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

enum rc
reader_fetch(struct reader *r, uint32_t *uids, size_t n, struct err *err)
{
	struct suspect *s;
	size_t usual = 0;
	enum rc rc = RC_OK;

	qsort(uids, n, sizeof *uids, by_number);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		if (uids[i] == 0 || (i > 0 && uids[i] == uids[i - 1]))
			continue;
		if ((s = suspect(r, uids[i])) != NULL)
			rc = fetch_suspect(r, s, err);
		else
			uids[usual++] = uids[i];
	}
	return rc == RC_OK ? fetch_some(r, uids, usual, err) : rc;
}
