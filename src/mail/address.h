/* SPDX-License-Identifier: MIT */
/* mail/address.h: addresses, as people write them and as we trust them.
 *
 * Shapes   an address is lower case ASCII, local@domain, the domain in ACE
 *          form; a name is one line of UTF-8
 * Units    at most ADDRESS_MAX mailboxes of a field are read
 * Errors   what is no valid address is NULL, its name is kept
 * Owner    the arena's
 * Source   RFC 5322 §3.4, RFC 5321 §4.1.2, RFC 5891; THREATS 4, 6, 11
 */
#ifndef MAIL_ADDRESS_H
#define MAIL_ADDRESS_H

#include "mail/mail.h"

#define ADDRESS_MAX 500

struct address_list {
	struct mail_addresses addresses;
	bool is_plain;	/* one mailbox, written as every reader reads it */
	bool is_cut;	/* there were more than ADDRESS_MAX */
};

/* `text` is the unfolded value, not yet decoded (head_unfold). */
struct address_list address_list_read(struct arena *arena, const char *text);

/* One address alone, with or without angles; NULL where it is none. */
const char *address_read(struct arena *arena, const char *text);

/* True for an address in exactly the form that address_read gives. */
bool address_is_valid(const char *address);

/* After the '@'; the whole for a text without one. */
const char *address_domain(const char *address);

#endif
