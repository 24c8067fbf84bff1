/* SPDX-License-Identifier: MIT */
/* «FORTRYD»: takes back what a mail's deeds wrote, by the journal. */
#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "render/fields.h"
#include "store/attendance.h"
#include "store/pending.h"

enum rc
answered_letter(struct act *act, const struct action *action,
    struct letter_row *letter, bool *proved, struct err *err)
{
	struct store *store = act->council->store;
	enum rc rc = RC_NONE;

	*proved = act->sender.verified;
	if (action->token != NULL) {
		rc = letter_by_token(store, act->arena, action->token, letter,
		    err);
		if (rc == RC_OK)
			*proved = true;
	}
	if (rc == RC_NONE && action->ref != NULL)
		rc = letter_by_message_id(store, act->arena, action->ref,
		    letter, err);
	return rc;
}

/* The lines that can be taken back, last first; *is_gone where one of them
 * has left the house. */
static enum rc
lines_load(struct act *act, int64_t mail_id, struct journal_row **rows,
    size_t *n, bool *is_gone, struct err *err)
{
	struct journal_row *list;
	size_t all, count = 0;
	enum rc rc = journal_of_mail(act->council->store, act->arena, mail_id,
	    &list, &all, err);

	*is_gone = false;
	for (size_t i = 0; rc == RC_OK && i < all; i++) {
		const struct deed *deed;
		enum action_kind kind;
		bool gone = false;

		if (list[i].undone || !action_read(list[i].deed, &kind) ||
		    (deed = deed_of(kind)) == NULL)
			continue;
		if (deed->gone != NULL)
			rc = deed->gone(act, list[i].journal_id, &gone, err);
		*is_gone = *is_gone || gone || deed->undo == NULL;
		list[count++] = list[i];
	}
	*rows = list;
	*n = count;
	return rc;
}

static enum rc
lines_undo(struct act *act, int64_t mail_id, const struct journal_row *rows,
    size_t n, struct err *err)
{
	struct store *store = act->council->store;
	int64_t now_at = act->council->now_at;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		enum action_kind kind;

		(void)action_read(rows[i].deed, &kind);
		rc = deed_of(kind)->undo(act, rows[i].journal_id, err);
		if (rc == RC_OK)
			rc = journal_undone(store, rows[i].journal_id, now_at,
			    act->mail_id, err);
	}
	return rc != RC_OK ? rc : pending_close_mail(store, mail_id, now_at,
	    err);
}

static void
lines_fields(struct act *act, const struct journal_row *rows, size_t n,
    const char *list, const char *reader, struct json_fields *fields)
{
	for (size_t i = n; i-- > 0;) {
		struct action a = action_of_journal(&rows[i]);

		deed_fields(act, fields, list, &a, reader);
	}
}

/* The secretary's notice of the deed goes with it where it is still in the
 * house; else she hears that it was taken back. */
static enum rc
secretary_tell(struct act *act, int64_t mail_id,
    const struct journal_row *rows, size_t n, bool too_late, bool by_other,
    struct err *err)
{
	const struct world_body *body = world_body(act->council->world,
	    rows[0].body);
	struct json_fields *fields = fields_open(act->arena);
	size_t withdrawn = 0, gone = 0;
	enum rc rc;

	/* Too late, and it was her own: her receipt says so. */
	if (too_late && text_equal_nocase(secretary_of(act, body),
	    act->sender.email))
		return RC_OK;
	if (!too_late) {
		rc = letter_withdraw(act->council->store, mail_id,
		    LETTER_NOTICE, act->council->now_at, &withdrawn, &gone,
		    err);
		/* what she wrote for another is hers to know, too */
		if (rc != RC_OK || (gone == 0 && !by_other))
			return rc;
	}
	fields_number(fields, "mail", (long)act->mail_id);
	fields_text(fields, "by", act->sender.person != NULL ?
	    act->sender.person : act->sender.email);
	lines_fields(act, rows, n, too_late ? "gone" : "undone", NULL,
	    fields);
	return notice_queue(act, &(struct notice){ .name = too_late ?
	    "undo-late" : "undo", .body = body, .fields = fields }, err);
}

static enum rc
sender_tell(struct act *act, const struct journal_row *rows, size_t n,
    const char *template, const char *list, struct err *err)
{
	const struct world_body *body = n == 0 ? NULL : world_body(
	    act->council->world, rows[0].body);
	struct json_fields *fields = fields_open(act->arena);
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "receipt/mail/%lld",
		    (long long)act->mail_id),
		.template = template,
		.language = act_language(act, body),
		.kind = LETTER_RECEIPT,
		.class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = body,
		.fields = fields,
	};
	bool sent;

	lines_fields(act, rows, n, list, act->sender.email, fields);
	fields_flag(fields, "own", text_equal_nocase(secretary_of(act, body),
	    act->sender.email));
	return answer_queue(act, &draft, &sent, NULL, err);
}

/* Only whoever did it takes it back: a member whose colleague forwards the
 * receipt is not undone by the colleague. What was said of a member's coming
 * by another is the member's own, too. */
static enum rc
own_only(struct act *act, struct journal_row *rows, size_t *n,
    bool *by_other, struct err *err)
{
	struct attendance said;
	size_t count = 0;

	for (size_t i = 0; i < *n; i++) {
		enum rc rc;

		rc = attendance_load(act->council->store, act->arena,
		    rows[i].journal_id, &said, err);
		if (rc != RC_OK && rc != RC_NONE)
			return rc;
		if (rc == RC_NONE)
			said.email = rows[i].by;
		if (!text_equal_nocase(rows[i].by, act->sender.email) &&
		    !text_equal_nocase(said.email, act->sender.email))
			continue;
		*by_other = *by_other || !text_equal_nocase(rows[i].by,
		    act->sender.email);
		rows[i].by = said.email;	/* whom the letters name */
		rows[count++] = rows[i];
	}
	*n = count;
	return RC_OK;
}

enum rc
undo_run(struct act *act, const struct action *action,
    const char **end_reason, struct err *err)
{
	struct letter_row letter;
	struct journal_row *rows;
	bool proved, is_gone, by_other = false;
	size_t n, all;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	*end_reason = NULL;
	if (rc == RC_NONE || (rc == RC_OK && (!proved ||
	    letter.mail_id == 0))) {
		act_why(act, "undo: no receipt that the sender got");
		*end_reason = "late";
		return RC_OK;
	}
	if (rc != RC_OK || (rc = lines_load(act, letter.mail_id, &rows, &n,
	    &is_gone, err)) != RC_OK)
		return rc;
	all = n;
	if ((rc = own_only(act, rows, &n, &by_other, err)) != RC_OK)
		return rc;
	if (n == 0 && all > 0) {
		act_why(act, "undo: somebody else's");
		*end_reason = "late";
		return RC_OK;
	}
	if (n == 0) {
		act_why(act, "undo: nothing is left to undo");
		return sender_tell(act, rows, 0, "undo-nothing", "undone",
		    err);
	}
	if (is_gone) {
		act_why(act, "undo: too late, the secretary decides");
		if ((rc = secretary_tell(act, letter.mail_id, rows, n, true,
		    by_other, err)) != RC_OK)
			return rc;
		return sender_tell(act, rows, n, "undo-too-late", "gone",
		    err);
	}
	act_why(act, "undo: %zu taken back", n);
	if ((rc = lines_undo(act, letter.mail_id, rows, n, err)) != RC_OK ||
	    (rc = secretary_tell(act, letter.mail_id, rows, n, false,
	    by_other, err)) != RC_OK)
		return rc;
	return sender_tell(act, rows, n, "undo-done", "undone", err);
}

/* The same from the command line: no letters but the secretary's. */
enum rc
council_undo(struct council *council, struct arena *arena, int64_t mail_id,
    const char *by, const char **why, struct err *err)
{
	struct act act = {
		.council = council,
		.arena = arena,
		.mail_id = mail_id,
		.sender = { .email = by, .verified = true, .by = "command" },
		.why = buf_open(arena),
	};
	struct journal_row *rows;
	bool is_gone;
	size_t n;
	enum rc rc = lines_load(&act, mail_id, &rows, &n, &is_gone, err);

	if (rc != RC_OK)
		return rc;
	if (n == 0)
		return RC_NONE;
	if (is_gone) {
		*why = "its effect has left the house";
		return RC_PARK;
	}
	return lines_undo(&act, mail_id, rows, n, err);
}
