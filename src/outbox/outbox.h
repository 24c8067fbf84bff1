/* SPDX-License-Identifier: MIT */
/* outbox/outbox.h: a finished letter, made once under its key.
 *
 * Shapes   a draft names a template and its fields; outbox_queue renders it
 *          (render), writes the MIME (mail), checks the bytes, and adds the
 *          row (store). In trial mode the letter goes to the secretary with
 *          «would have gone to …» on top.
 * Errors   RC_NONE: the key is there already (asked before any work);
 *          RC_STOP: a template or field is missing; RC_PARK: this letter
 *          cannot leave: an address that is none, too long, or the finished
 *          bytes failed their check
 * Owner    the caller's arena
 * Source   DESIGN 4; RFC 5322, 2045-2047, 3834 §5, 2919, 8058; THREATS 7, 8,
 *          14, 22
 */
#ifndef OUTBOX_OUTBOX_H
#define OUTBOX_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/mail.h"
#include "rules/purpose.h"
#include "rules/world.h"
#include "store/letter.h"

struct arena;
struct store;
struct json_fields;	/* render/fields.h */

/* What is the same for all letters of an installation. */
struct outbox {
	struct store *store;		/* borrowed */
	const char *templates;		/* folder that shadows those built in */
	const char *municipality;
	const char *mailbox;		/* our common address, envelope sender */
	const char *domain;		/* right side of our Message-IDs */
	const char *secretary;		/* of the installation, where a body
					 * has none */
	const char *phone_help;		/* numbers for people in distress */
	const char *journal;		/* where copies for the municipality's
					 * journal go; NULL: nowhere */
	const char *letterhead;		/* of papers: lines, `;` between; NULL */
	const char *paper;		/* path of raadspost-paper; NULL: no
					 * letter has a PDF */
	bool trial;
	int64_t now_at;			/* set anew for each mail or due date */
};

struct outbox_file {
	const char *name, *type;
	struct bytes data;
};

struct outbox_draft {
	const char *key;
	const char *template;		/* "receipt-application" */
	const char *language;		/* "da" */
	enum letter_kind kind;
	enum letter_class class;
	const char *ref;		/* what it is about; NULL */
	const struct world_body *body;	/* From and List-Id; NULL the house */
	const char *to, *to_name;	/* a name that is none (a web address,
				 * an advertisement) is left out; NULL for an
				 * unverified sender */
	int64_t mail_id;		/* that it answers; 0 */
	const char *in_reply_to;	/* Message-ID of that mail; NULL */
	const char *references;		/* its References, space between; NULL */
	const char *reply_subject;	/* answers keep the mail's subject, as
					 * «SV: …»; NULL: the template's own.
					 * Never set for an unverified sender */
	const struct json_fields *fields;
	const struct outbox_file *files;
	size_t n_files;
	const char *calendar;		/* an iTIP part's text; NULL */
	const char *calendar_method;
	bool wants_token;		/* a one-time word in Reply-To and text */
	const char *const *secrets;	/* words that must not stand in it:
					 * closed points */
	size_t n_secrets;
	bool is_list;			/* List-Id, List-Unsubscribe */
	int64_t due_at;			/* 0: at once */
};

/* Besides the draft's own fields every template may use these, set here:
 * to_name, municipality, body (its name), case_number, mailbox (the address
 * that the letter comes from), phones (a list of words, one a line or `;` of
 * phone_help), token.
 * *letter_id and *token may be NULL. */
enum rc outbox_queue(const struct outbox *outbox, struct arena *arena,
	const struct outbox_draft *draft, int64_t *letter_id,
	const char **token, struct err *err);

#endif
