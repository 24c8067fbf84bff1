/* SPDX-License-Identifier: MIT */
/* mail/smtp_talk.h: a connection to a submission server: libcurl makes it,
 * verifies it and logs in; what is said then is ours to say.
 *
 * libcurl's own upload was tried: it escapes byte by byte (two thirds of all
 * the time), waits for each answer before the next command, closes after a
 * refusal, and its result does not tell whether the dot was out.
 *
 * Shapes   open (of a server), connected, hung up, connected again …
 * Units    instants in ms of clock_ms
 * Errors   what went wrong in connecting is kept for smtp_talk_words
 * Owner    the caller's; server, hello, oauth2 are borrowed
 * Source   RFC 3207, RFC 4954; LIBRARIES C1-C4
 */
#ifndef MAIL_SMTP_TALK_H
#define MAIL_SMTP_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "mail/server.h"
#include "mail/smtp.h"
#include "mail/smtp_reply.h"

struct arena;
struct oauth2;
struct smtp_talk;

enum smtp_got {
	SMTP_GOT_IT,
	SMTP_GOT_GONE,		/* the connection broke */
	SMTP_GOT_TIMEOUT,
	SMTP_GOT_ENDING,	/* the owner is to stop */
};

struct smtp_talk *smtp_talk_open(const struct server *server,
	const char *hello, struct oauth2 *oauth2);
void smtp_talk_close(struct smtp_talk **talk);

/* Connects where it is not. RC_OK; RC_LATER: see the fault and the words;
 * RC_STOP, RC_NONE and RC_LATER from the configuration or the token: `err`.
 * `owner` may be NULL. */
enum rc smtp_talk_connect(struct smtp_talk *talk, struct arena *arena,
	const struct smtp_owner *owner, enum smtp_fault *fault,
	struct err *err);
bool smtp_talk_is_open(const struct smtp_talk *talk);
int64_t smtp_talk_used_ms(const struct smtp_talk *talk);
const struct smtp_hello *smtp_talk_hello(const struct smtp_talk *talk);

/* Writes all before `until_ms`; `sent` counts what the connection took. */
enum smtp_got smtp_talk_write(struct smtp_talk *talk,
	const struct smtp_owner *owner, const void *data, size_t n,
	int64_t until_ms, size_t *sent);
/* One whole reply before `until_ms`, however slowly it drips. */
enum smtp_got smtp_talk_read(struct smtp_talk *talk,
	const struct smtp_owner *owner, struct smtp_reply *reply,
	int64_t until_ms);

/* Says QUIT where `polite`, and closes; its answer is not awaited. */
void smtp_talk_hang_up(struct smtp_talk *talk, bool polite);

#endif
