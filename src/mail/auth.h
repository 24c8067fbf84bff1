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

#include <stdbool.h>
#include <stddef.h>

#include "mail/mail.h"

enum auth_profile {
	AUTH_STANDARD,	/* fields with our authserv-id above the Received by
			 * which the mail came into our house */
	AUTH_EXCHANGE,	/* Microsoft 365 writes no authserv-id: the topmost
			 * field only, with dmarc=pass and compauth=pass; or
			 * AuthAs: Internal above the first Received that no
			 * host of ours wrote (`hosts` are domains here,
			 * "outlook.com" where none is given) */
};

struct auth_trust {
	enum auth_profile profile;
	const char *authserv_id;	/* for AUTH_STANDARD */
	const char *const *hosts;	/* names our own servers give in the
					 * `by` of Received; may be none: then
					 * the authserv_id is the only one */
	size_t n_hosts;
	bool is_below;	/* our server writes its results below its own
			 * Received (some filters do): those between it and
			 * the next field that is no trace count */
};

/* What counts for a mail from `from` (address; NULL gives MAIL_AUTH_NONE). */
enum mail_auth auth_judge(struct arena *arena, const struct auth_trust *trust,
	const struct mail_header *headers, size_t n_headers, const char *from,
	const char **why);

#endif
