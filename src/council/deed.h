/* SPDX-License-Identifier: MIT */
/* council/deed.h: what the council can do; this room's own header.
 *
 * Shapes   a deed per action, one file each, listed in deeds.c. `run` writes
 *          its rows under the line of the journal that it is given; `undo`
 *          takes those rows away again; `gone` says that the effect has left
 *          the house, so that only a person can take it back
 * Errors   run: RC_PARK where the tables know no such thing: a person looks
 * Owner    the arena of the mail
 * Source   STYLE 2; DESIGN 3
 */
#ifndef COUNCIL_DEED_H
#define COUNCIL_DEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "council/council.h"
#include "outbox/outbox.h"
#include "rules/purpose.h"
#include "store/journal.h"

struct json_fields;

/* One mail that is carried out. */
struct act {
	struct council *council;
	struct arena *arena;
	const struct mail *mail;	/* NULL: it could not be read */
	const struct purpose *purpose;	/* NULL likewise */
	int64_t mail_id;
	int64_t said_mail_id;		/* whose words and files these are:
					 * with a «ja», that of the question */
	/* Who stands behind it: the sender, or whoever confirmed it. */
	struct purpose_sender sender;
	bool cpr;			/* a personal number was masked */
	bool no_subject;		/* it tells why somebody stays away */
	bool answered;			/* a deed that could not be done sent
					 * its own answer */
	const char *reason;		/* … or says why a person looks; NULL */
	struct buf why;			/* lines for the mail's row */
};

/* Who may: anybody, also somebody that nobody vouches for; or a verified
 * sender with a place in the body. */
enum may { MAY_ANYONE, MAY_MEMBER, MAY_SECRETARY };

/* What came of one action. */
struct deed_end {
	const struct action *action;
	const struct world_body *body;	/* NULL: of the whole house */
	int64_t journal_id;
	int64_t number;		/* of an application or nomination; 0 */
	bool asked;		/* the nominee was asked */
	bool told;		/* the secretary has her own notice of it */
	bool tell;		/* she should hear of it at once */
	bool answers;		/* its own letter to the sender says what was
				 * recorded: no receipt beside it */
	bool urgent;
	const char *sends;	/* of a release: when it goes, and to whom */
	size_t members, others, along;
	size_t files_left;	/* of the mail, that could not be kept */
	const char *fault;	/* of an answer to the decision mail: it was
				 * not carried out, and leaves no line; NULL */
	const char *decision;	/* its kind; NULL */
	/* of an application: */
	const char *asks;	/* what is missing: "residence words"; NULL */
	bool late;		/* after the deadline: may it be kept? */
	bool replaces;		/* an earlier one */
	bool for_other;		/* kept as a proposal */
	/* a receipt of its own, with these fields and files; NULL */
	const char *template;
	struct json_fields *fields;
	const struct outbox_file *files;
	size_t n_files;
	bool no_line;		/* it changed nothing: no line either */
	bool late_item;		/* a point after the deadline */
};

struct deed {
	enum action_kind action;
	enum may who;
	enum rc (*run)(struct act *act, const struct action *action,
	    int64_t journal_id, struct deed_end *end, struct err *err);
	enum rc (*undo)(struct act *act, int64_t journal_id, struct err *err);
	/* NULL: never too late. */
	enum rc (*gone)(struct act *act, int64_t journal_id, bool *gone,
	    struct err *err);
};

extern const struct deed deed_absence, deed_attendance, deed_tentative,
	deed_substitute, deed_agenda_item, deed_idea, deed_application,
	deed_nomination, deed_hearing_comment, deed_minutes_approve,
	deed_minutes_comment, deed_ranking, deed_subscribe, deed_unsubscribe,
	deed_data_access, deed_data_erase, deed_consent, deed_consent_refuse,
	deed_minutes_submit, deed_follow_up_done, deed_follow_up_date,
	deed_meeting_plan, deed_meeting_move, deed_meeting_cancel,
	deed_meeting_change, deed_meeting_guest, deed_guest_reply,
	deed_application_add, deed_application_keep,
	deed_application_withdraw, deed_call_open, deed_appoint,
	deed_agenda_approve, deed_reader_choice, deed_find,
	deed_agenda_edit, deed_hearing_open,
	deed_hearing_approve, deed_hearing_edit, deed_hearing_status,
	deed_topic_name, deed_topic_end, deed_topic_list, deed_round_open,
	deed_round_stop, deed_group_open, deed_group_join, deed_group_leave,
	deed_group_end, deed_group_post, deed_group_status,
	deed_workshop_open, deed_register, deed_register_cancel,
	deed_workshop_idea, deed_workshop_group, deed_workshop_release,
	deed_workshop_decided, deed_workshop_stop,
	deed_hearing_time, deed_decide, deed_trail_stop,
	deed_resign, deed_member_add, deed_member_leave, deed_member_role,
	deed_member_reached, deed_address_change;

/* NULL: not carried out yet, a person does it. */
const struct deed *deed_of(enum action_kind kind);

/* deeds.c: carries out what may be; the rest is counted in *left. */
enum rc deeds_run(struct act *act, const struct action *actions, size_t n,
	struct deed_end **ends, size_t *n_ends, size_t *left,
	struct err *err);
const struct action *actions_masked(const struct act *act,
	const struct action *actions, size_t n);
/* A title as it stands on an agenda (rules/title.h); every title of a point
 * comes through here. */
const char *agenda_title(const struct act *act,
	const struct world_body *body, const char *title);
/* The body that an action is about; NULL none. */
const struct world_body *action_body(const struct act *act,
	const struct action *action);
/* Adds an action to a list of the template part «deed», as `reader` is to
 * read it. */
void deed_fields(const struct act *act, struct json_fields *fields,
	const char *list, const struct action *action, const char *reader);
/* An action as far as a line of the journal remembers it. */
struct action action_of_journal(const struct journal_row *row);

/* undo.c, confirm.c: answers to letters of ours. *end_reason is NULL where
 * it was carried out, else why a person must look. */
enum rc undo_run(struct act *act, const struct action *action,
	const char **end_reason, struct err *err);
enum rc confirm_run(struct act *act, const struct action *action,
	struct deed_end **ends, size_t *n_ends, size_t *left,
	const char **end_reason, struct err *err);
/* The letter that an action answers: by token, else by Message-ID. *proved
 * where the token came with it, or the sender is verified. RC_NONE: no letter
 * of ours. */
enum rc answered_letter(struct act *act, const struct action *action,
	struct letter_row *letter, bool *proved, struct err *err);

/* answer.c: what goes to the sender. Each counts against the limits; over
 * them nothing is queued, *sent stays false, and `why` says so. */
bool answer_possible(const struct act *act);
enum rc answer_queue(struct act *act, struct outbox_draft *draft,
	bool *sent, int64_t *letter_id, struct err *err);
/* Sends the draft to `to` without looking at the sender's own limits, as for
 * somebody who is asked because of a mail that may not be his. */
enum rc answer_other(struct act *act, struct outbox_draft *draft,
	const char *to, const char *to_name, bool *sent, int64_t *letter_id,
	struct err *err);
enum rc receipt_queue(struct act *act, const struct deed_end *ends, size_t n,
	size_t left, struct err *err);
enum rc human_receipt(struct act *act, const char *reason, bool *sent,
	struct err *err);
const struct world_body *act_body(const struct act *act);
const char *act_language(const struct act *act,
	const struct world_body *body);
/* A sum of days after now, in the body's words. */
const char *day_after(const struct act *act, const char *language, int days);

/* ask.c */
enum rc ask_queue(struct act *act, const struct action *pending, size_t n,
	const char *reason, bool *sent, struct err *err);

/* mail_waiting.c: it stands in the decision mail until it is answered. */
enum rc mail_waiting_ask(struct act *act, const char *reason,
	struct err *err);

/* reason.c: why somebody does not come is kept nowhere but in the mail.
 * Whether its words may tell; and its subject is taken out of the tables,
 * unless it is that of our own letter. */
bool reason_may_be_told(const struct purpose *purpose);
enum rc reason_forget(struct act *act, bool *forgot, struct err *err);

/* notice.c: what goes to the secretary. */
struct notice {
	const char *name;		/* of the key, and of the template */
	const struct world_body *body;	/* NULL: the installation's */
	struct json_fields *fields;
	bool urgent;
	const char *of;			/* of several of one mail: which; NULL */
};
const char *secretary_of(const struct act *act,
	const struct world_body *body);
/* Whether the words of citizens may be mailed there (THREATS, law 2). */
bool secretary_is_trusted(const struct act *act, const char *email);
enum rc notice_queue(struct act *act, const struct notice *notice,
	struct err *err);
enum rc notice_human(struct act *act, const char *reason, bool answered,
	struct err *err);
enum rc notice_done(struct act *act, const struct deed_end *ends, size_t n,
	struct err *err);

void act_why(struct act *act, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
