/* SPDX-License-Identifier: MIT */
/* What `check` asks of an IMAP server: everything but changes. */
#include "mail/imap_session.h"

#include <string.h>

#include "base/arena.h"

static enum rc
look(struct imap *imap, struct arena *arena, const char *mailbox,
    const char *const folders[3], struct imap_report *report, struct err *err)
{
	const uint32_t *uids;
	enum rc rc;

	report->idle = imap_has_idle(imap);
	report->move = imap_has_move(imap);
	report->uidplus = imap_has_uidplus(imap);
	report->mailbox_name = imap_folder_name(imap, arena, mailbox);
	for (size_t i = 0; i < 3; i++) {
		report->folder_names[i] = imap_folder_name(imap, arena,
		    folders[i]);
		rc = imap_folder_find(imap, folders[i], err);
		if (rc != RC_OK && rc != RC_NONE)
			return rc;
		report->folder_there[i] = rc == RC_OK;
	}
	rc = imap_select(imap, mailbox, &report->uidvalidity, err);
	if (rc != RC_OK)
		return rc;
	report->mailbox_there = true;
	return imap_list(imap, arena, 1, &uids, &report->n_mails, err);
}

enum rc
imap_check(const struct server *server, struct arena *arena,
    const char *mailbox, const char *const folders[3],
    struct imap_report *report, struct err *err)
{
	struct imap *imap = NULL;
	enum imap_fault fault;
	enum rc rc;

	memset(report, 0, sizeof *report);
	if ((rc = imap_open(server, NULL, &imap, &fault, err)) != RC_OK)
		return rc;
	rc = look(imap, arena, mailbox, folders, report, err);
	imap_close(&imap);
	return rc;
}
