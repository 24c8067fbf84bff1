/* SPDX-License-Identifier: MIT */
/* Files out of a mail, beside a point, minutes, a hearing. */
#include "council/files.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "mail/attachment.h"
#include "rules/cpr.h"
#include "store/mail_part.h"

/* A picture or a PDF is not looked into; what can be read as it lies is. */
static bool
has_number(struct act *act, const char *type, struct bytes bytes)
{
	return type != NULL && text_starts(type, "text/") &&
	    cpr_find(text_repair(act->arena, (const char *)bytes.data,
	    bytes.n)) != CPR_NONE;
}

static enum rc
one_take(struct act *act, const struct mail_attachment *file,
    struct file_row *row, struct files_taken *taken, struct err *err)
{
	struct store *store = act->council->store;
	struct bytes range, bytes;
	const char *type;
	struct err why = { "" };
	enum rc rc = mail_part_range(store, act->arena, act->said_mail_id,
	    file, &range, &why);

	if (rc == RC_OK)
		rc = attachment_decode(act->arena, range, file, &bytes, &why);
	if (rc == RC_NONE || rc == RC_PARK) {
		log_warning("mail=%lld part=%u is not kept: %s",
		    (long long)act->said_mail_id, file->part, why.text);
		taken->left++;
		return RC_OK;
	}
	if (rc != RC_OK)
		return fail(err, rc, "%s", why.text);
	row->name = cpr_mask(act->arena, attachment_name(act->arena,
	    file->name, file->part), CPR_POSSIBLE, NULL);
	type = attachment_type(row->name, bytes);
	row->open = type != NULL && !has_number(act, type, bytes);
	row->type = type != NULL ? type : "application/octet-stream";
	if ((rc = file_add(store, row, bytes, err)) != RC_OK)
		return rc;
	taken->n++;
	taken->held += !row->open;
	return RC_OK;
}

enum rc
files_take(struct act *act, const char *owner, int64_t owner_id,
    int64_t journal_id, int32_t part, struct files_taken *taken,
    struct err *err)
{
	struct mail_attachment *files;
	int64_t bytes = 0;
	size_t n;
	enum rc rc = mail_part_list(act->council->store, act->arena,
	    act->said_mail_id, &files, &n, err);

	*taken = (struct files_taken){ .n = 0 };
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct file_row row = { .owner = owner, .owner_id = owner_id,
			.journal_id = journal_id };

		if (part >= 0 && files[i].part != (uint32_t)part)
			continue;
		bytes += files[i].size_bytes;
		if (taken->n >= ATTACHMENTS_MOST ||
		    bytes > ATTACHMENT_MAX_BYTES)
			taken->left++;
		else
			rc = one_take(act, &files[i], &row, taken, err);
	}
	return rc;
}
