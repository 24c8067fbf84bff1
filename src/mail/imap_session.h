/* SPDX-License-Identifier: MIT */
/* mail/imap_session.h: the inside of a struct imap, for imap*.c alone.
 *
 * Errors   every libetpan call goes imap_begin … imap_end: its limits first,
 *          its code put into words after; a stream out of step is dead
 *          (LIBRARIES E4)
 */
#ifndef MAIL_IMAP_SESSION_H
#define MAIL_IMAP_SESSION_H

#include <libetpan/libetpan.h>

#include "mail/imap.h"
#include "mail/imap_stream.h"

#define LINE_MAX_BYTES ((size_t)64 * 1024)
#define ANSWER_MAX_BYTES ((uint64_t)1024 * 1024) /* to a command that lists
						  * nothing */
#define SET_RANGES_MAX 400 /* a command line stays below the 8192 bytes that
			    * servers must take (RFC 9051 §4) */

struct imap {
	mailimap *session;
	struct imap_stream *stream;
	char host[128];
	bool idle, move, uidplus, namespaced;
	char delimiter;		/* 0 where folders do not nest */
	char prefix[128];	/* of the personal namespace, as it is sent */
	uint32_t uidvalidity;	/* of the mailbox selected; 0 none */
	bool idle_refused;
};

/* The limits of the next command. */
void imap_begin(struct imap *imap, uint64_t may_get, size_t line_max,
	size_t literal_max);

/* The outcome of a libetpan call: RC_OK, RC_PARK for a NO or BAD with the
 * server's words, RC_LATER with a dead stream for everything else. */
enum rc imap_end(struct imap *imap, int code, const char *what,
	struct err *err);

/* A set of UIDs as ranges, from `*at` on, as many as one command takes;
 * `*at` moves on. NULL without memory. */
struct mailimap_set *imap_set(const uint32_t *uids, size_t n, size_t *at,
	size_t most);

/* UID SEARCH; the UIDs ascending, without 0 and doubles. Frees `key`. */
enum rc imap_search(struct imap *imap, struct arena *arena,
	struct mailimap_search_key *key, const uint32_t **uids, size_t *n,
	struct err *err);

#endif
