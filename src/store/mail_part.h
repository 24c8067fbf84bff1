/* SPDX-License-Identifier: MIT */
/* store/mail_part.h: where the files of a mail lie in its bytes.
 *
 * Shapes   written when the mail was parsed, read by whoever keeps a file of
 *          it, in the same transaction or days later
 * Errors   RC_NONE: the mail's bytes are gone, or the range is not in them
 * Owner    rows and bytes live in the arena
 */
#ifndef STORE_MAIL_PART_H
#define STORE_MAIL_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/mail.h"

struct arena;
struct store;

#define MAIL_PARTS_MOST 200	/* of a mail that are remembered */

/* Those of the mail that somebody meant to send (mail/attachment.h). */
enum rc mail_part_add(struct store *store, int64_t mail_id,
	const struct mail *mail, struct err *err);
/* In the order of the mail, without their texts. */
enum rc mail_part_list(struct store *store, struct arena *arena,
	int64_t mail_id, struct mail_attachment **files, size_t *n,
	struct err *err);
/* The bytes of that range of the raw mail, still encoded. */
enum rc mail_part_range(struct store *store, struct arena *arena,
	int64_t mail_id, const struct mail_attachment *file,
	struct bytes *range, struct err *err);

#endif
