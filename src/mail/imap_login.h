/* SPDX-License-Identifier: MIT */
/* mail/imap_login.h: an IMAP connection, verified and logged in, by libcurl.
 *
 * Errors   as imap_open
 * Owner    the handle is the caller's; within the room: imap*.c only
 * Source   RFC 8314 §3; RFC 4954-like SASL of RFC 9051 §6.2.2; XOAUTH2 as
 *          Microsoft and Google describe it
 */
#ifndef MAIL_IMAP_LOGIN_H
#define MAIL_IMAP_LOGIN_H

#include <curl/curl.h>

#include "base/err.h"
#include "mail/imap.h"

struct arena;

enum rc imap_login(struct arena *arena, const struct server *server,
	const struct imap_watch *watch, CURL **curl, enum imap_fault *fault,
	struct err *err);

#endif
