/* SPDX-License-Identifier: MIT */
/* council/files.h: the files of a mail are kept beside what the mail made.
 *
 * Shapes   all that somebody meant to send, in their order; a kind that is
 *          not on the list, or a text with a personal number in it, is kept
 *          for the secretary alone (open false)
 * Units    ATTACHMENTS_MOST files of ATTACHMENT_MAX_BYTES in all
 * Errors   none for a file that cannot be kept: it is counted
 * Owner    the arena of the mail
 * Source   mail/attachment.h; THREATS 13, law 3
 */
#ifndef COUNCIL_FILES_H
#define COUNCIL_FILES_H

#include <stddef.h>

#include "base/err.h"
#include "council/deed.h"
#include "store/file.h"

struct files_taken {
	size_t n;		/* that were kept, … */
	size_t held;		/* … of them for the secretary alone */
	size_t left;		/* over the limits, or not to be read */
};

#define FILES_ALL (-1)

/* Files of the mail that `act` carries out (of the one that asked, where a
 * «ja» is carried out now); only the part `part`, or FILES_ALL. Taken back by
 * file_undo(journal_id). */
enum rc files_take(struct act *act, const char *owner, int64_t owner_id,
	int64_t journal_id, int32_t part, struct files_taken *taken,
	struct err *err);

#endif
