/* SPDX-License-Identifier: MIT */
/* mail/auth.h: what our own mailbox's server says of the sender.
 *
 * Shapes   fields in the order of the mail's head, unfolded, not decoded
 * Errors   none: what is not understood does not count
 * Owner    `why` lives in the arena
 * Source   RFC 8601 §2.2 (grammar), §5 (which fields to trust); THREATS 1-5
 */
#ifndef MAIL_AUTH_H
#define MAIL_AUTH_H

#include <stddef.h>

#include "mail/mail.h"

enum auth_profile {
	AUTH_STANDARD,	/* the topmost field with our authserv-id, above the
			 * first Received that is not our own host's */
	AUTH_EXCHANGE,	/* Microsoft 365 writes no authserv-id: the topmost
			 * field only, and AuthAs: Internal above the first
			 * outside Received */
};

struct auth_trust {
	enum auth_profile profile;
	const char *authserv_id;	/* for AUTH_STANDARD */
	const char *const *hosts;	/* names our own servers give in the
					 * `by` of Received; may be none: then
					 * the authserv_id is the only one */
	size_t n_hosts;
};

/* What counts for a mail from `from` (address; NULL gives MAIL_AUTH_NONE). */
enum mail_auth auth_judge(struct arena *arena, const struct auth_trust *trust,
	const struct mail_header *headers, size_t n_headers, const char *from,
	const char **why);

#endif
