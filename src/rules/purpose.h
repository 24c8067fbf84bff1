/* SPDX-License-Identifier: MIT */
/* rules/purpose.h: what a mail wants: the understanding's answer, and all
 * that the council may act on.
 *
 * Shapes   an outcome, the actions to carry out (none unless the outcome is
 *          OUTCOME_ACT), those that only an answer would carry out, and why
 * Errors   none: not to understand is an outcome
 * Owner    the mail's arena
 * Source   the corpus's README: actions, fields and what decides
 */
#ifndef RULES_PURPOSE_H
#define RULES_PURPOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "rules/world.h"

enum outcome { OUTCOME_ACT, OUTCOME_ASK, OUTCOME_HUMAN, OUTCOME_SILENT };

enum action_kind {
	ACTION_ABSENCE,
	ACTION_ATTENDANCE,
	ACTION_TENTATIVE,
	ACTION_SUBSTITUTE,
	ACTION_AGENDA_ITEM,
	ACTION_APPLICATION,
	ACTION_NOMINATION,
	ACTION_AGENDA_APPROVE,
	ACTION_AGENDA_EDIT,
	ACTION_MINUTES_SUBMIT,
	ACTION_MINUTES_APPROVE,
	ACTION_MINUTES_COMMENT,
	ACTION_HEARING_OPEN,
	ACTION_HEARING_COMMENT,
	ACTION_IDEA,
	ACTION_RANKING,
	ACTION_SUBSCRIBE,
	ACTION_UNSUBSCRIBE,
	ACTION_DATA_ACCESS,
	ACTION_DATA_ERASE,
	ACTION_ADDRESS_CHANGE,
	/* what the corpus has no label for: answers to our own questions */
	ACTION_UNDO,		/* «FORTRYD» in a reply to a receipt */
	ACTION_CONSENT,		/* a nominee says yes … */
	ACTION_CONSENT_REFUSE,	/* … or no */
	ACTION_CONFIRM,		/* «ja» to a confirmation request */
	ACTION_KINDS
};

/* The fields that an action of its kind has are set, the others NULL. */
struct action {
	enum action_kind kind;
	const char *body;	/* slug */
	const char *meeting;	/* id */
	const char *hearing;	/* id */
	const char *person;	/* address of the one it concerns */
	const char *name, *email;	/* of the applicant or nominee */
	const char *by;		/* address of the one who proposes */
	const char *substitute;	/* address or name */
	const char *title;
	const char *text;	/* the words that go into the store */
	const char *order;	/* "DAC": letters of a ranking */
	const char *to;		/* a new address */
	const char *ref;	/* message id of the letter answered, for undo,
				 * consent and confirm */
	const char *token;	/* that came with it; NULL */
	struct date deadline_day;
	int part;		/* attachment that is the minutes; -1 */
};

struct purpose_sender {
	const char *email;	/* NULL: nobody can be answered */
	const char *name;
	const char *person;	/* name on file, where the address is; NULL */
	const char *roles;	/* "udsatteraad:member, …"; NULL */
	bool verified;
	const char *by;		/* "dmarc=pass", "token", "nothing" */
};

/* Why an answer looks as it does: the template "ask-REASON" or
 * "human-REASON" answers in these words. */
struct purpose {
	enum outcome outcome;
	struct purpose_sender sender;
	const char *body;	/* slug, where one is meant; NULL */
	const char *text;	/* the sender's own words */
	const char *subject;	/* without its prefixes */
	const struct action *actions;
	size_t n_actions;
	const struct action *pending;
	size_t n_pending;
	const char *reason;	/* "which-meeting", "unverified", "bounce", … */
	const char *const *why;	/* what spoke for and against, a line each */
	size_t n_why;
	const char *const *choices;	/* for a question: what to choose
					 * between, ids of meetings or slugs */
	size_t n_choices;
	bool distress;		/* own case or crisis: the lane of its own */
	bool alarm;		/* forgery: the secretary is told at once */
	const char *unreachable;/* address that a bounce says is out of reach */
	bool unreachable_hard;
};

const char *outcome_word(enum outcome outcome);
const char *action_word(enum action_kind kind);
bool action_read(const char *word, enum action_kind *kind);

#endif
