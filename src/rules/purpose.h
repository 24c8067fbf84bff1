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
	/* the year of meetings; `text` is rules/meeting_facts.h's, `title` the
	 * day as «2027-02-25» */
	ACTION_MEETING_PLAN,
	ACTION_MEETING_MOVE,
	ACTION_MEETING_CANCEL,
	ACTION_MEETING_CHANGE,	/* place, hour or theme */
	ACTION_MEETING_GUEST,
	ACTION_GUEST_REPLY,	/* a guest's: `order` yes, no or NULL; `title` */
	/* what the corpus has no label for: answers to our own questions */
	ACTION_UNDO,		/* «FORTRYD» in a reply to a receipt */
	ACTION_CONSENT,		/* a nominee says yes … */
	ACTION_CONSENT_REFUSE,	/* … or no */
	ACTION_CONFIRM,		/* «ja» to a confirmation request */
	ACTION_FOLLOW_UP_DONE,	/* «gjort» to the reminder of a promise … */
	ACTION_FOLLOW_UP_DATE,	/* … or a new day (deadline_day) */
	/* seats, beyond what the corpus labels */
	ACTION_APPLICATION_ADD,	/* what was missing comes */
	ACTION_APPLICATION_KEEP,	/* too late, kept for the next time */
	ACTION_APPLICATION_WITHDRAW,	/* by the applicant */
	ACTION_CALL_OPEN,	/* the secretary calls for members */
	ACTION_APPOINT,		/* … and appoints from the list */
	/* who sits where */
	ACTION_RESIGN,		/* a member himself, confirmed */
	ACTION_MEMBER_ADD,	/* name, email; `choice` the role, `order` the
				 * group, `by` whom a substitute stands for,
				 * deadline_day the first day */
	ACTION_MEMBER_LEAVE,	/* person; deadline_day the last day */
	ACTION_MEMBER_ROLE,	/* person; `choice`; deadline_day the first */
	ACTION_MEMBER_REACHED,	/* person: mail to him arrives again */
	ACTION_HEARING_APPROVE,	/* the answer, by secretary or chair */
	ACTION_HEARING_EDIT,
	ACTION_HEARING_STATUS,	/* the authority asks who has answered */
	ACTION_HEARING_TIME,	/* the chair sends the request for more time */
	/* workshops: `meeting`; `name` of a companion, `text` needs or words */
	ACTION_WORKSHOP_OPEN,	/* `text` is rules/workshop_facts.h's */
	ACTION_REGISTER,
	ACTION_REGISTER_CANCEL,
	ACTION_WORKSHOP_IDEA,	/* `title` the theme; NULL */
	ACTION_WORKSHOP_GROUP,	/* `order` «12 15: Mad», a line each */
	ACTION_WORKSHOP_RELEASE,
	ACTION_WORKSHOP_DECIDED,
	ACTION_WORKSHOP_STOP,	/* no more about that process */
	ACTION_TRAIL_STOP,	/* «stop» to a letter about a point */
	ACTION_FIND,		/* `text`: words of an agenda, minutes …; or
				 * `point`: the number of what was found */
	ACTION_READER_CHOICE,	/* `to`: "text", "large", "english" … */
	/* topics and working groups; `to` is the tag of a group */
	ACTION_TOPIC_NAME,	/* ideas under a title: `text` "3 5", `title`;
				 * `order`: the letter that has it already */
	ACTION_TOPIC_END,	/* `order`: its letter */
	ACTION_TOPIC_LIST,	/* the secretary wants to see all */
	ACTION_ROUND_OPEN,	/* the members rank, until deadline_day */
	ACTION_ROUND_STOP,
	ACTION_GROUP_OPEN,	/* `person` its chair, `email` the others,
				 * `order` the topic's letter or NULL */
	ACTION_GROUP_JOIN,
	ACTION_GROUP_LEAVE,
	ACTION_GROUP_END,
	ACTION_GROUP_POST,	/* a mail for its members */
	ACTION_GROUP_STATUS,	/* what it has done, for the next meeting */
	ACTION_DECIDE,		/* «1 ok» to the decision mail: one point */
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
	const char *choice;	/* canonical word, rules/decision.h */
	int point;		/* number in the decision mail; 0: all */
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
 * "human-REASON" answers in these words. All there are (`choices` in
 * brackets, where the question offers some):
 *
 *   ask-which-meeting    no meeting named, or several fit [meetings]
 *   ask-no-meeting-that-day  a date without a meeting, or a weekday that does
 *                        not fit its date [meetings near it]
 *   ask-which-body       several councils could be meant [slugs]
 *   ask-which-hearing    several hearings are open [hearings]
 *   ask-unverified       a known address, but nobody vouches for the sender:
 *                        the address on file is asked (pending)
 *   ask-unknown-person   a member's name, or a member's right, from an address
 *                        that is not on file (pending)
 *   ask-other-person     somebody writes about another member's coming: that
 *                        member is asked (pending)
 *   ask-two-readings     the words can be read two ways [action words]
 *   ask-condition        yes, but on a condition («godkendt hvis …»)
 *   ask-no-matter        a point without a word of what it is about
 *   ask-no-deadline      a hearing without a date for the answer
 *   ask-past-deadline    … or with one that is over
 *   ask-no-name          a nomination without a name
 *   ask-no-order         a ranking with a tie, or a letter that is no topic
 *   ask-calendar-unknown a calendar reply to none of our meetings
 *   ask-calendar-words   the button and the words typed with it disagree
 *   ask-calendar-other   the button was pressed by somebody else (SENT-BY)
 *   ask-other-address    a subscription for an address that is not his own
 *   ask-confirm          always confirmed first: data-access, data-erase,
 *                        address-change (pending)
 *   ask-html-differs     the mail's two versions say different things
 *   ask-meeting-FAULT    a meeting that cannot be as it was said: no-when,
 *                        no-such-day, weekday, past, end, place, nothing;
 *                        same-day: there is one already (pending)
 *   ask-topic-FAULT      about topics and groups: no-deadline, past, few,
 *                        no-title, no-chair, no-group, which-group
 *   ask-sent-for-somebody  personal words through a mass mailer
 *
 *   human-question       asks something
 *   human-not-understood nothing fits
 *   human-distress       own case or crisis (with `distress`)
 *   human-thanks         friendly, and nothing asked
 *   human-empty          no words, nothing attached that speaks
 *   human-not-a-member   known sender, but only members may
 *   human-not-allowed    a member, but only secretary or chair may
 *   human-past-meeting   about a meeting already held
 *   human-not-released   the draft is expressly not approved
 *   human-coloured       changes written into the quoted text by colour
 *   human-withdrawn      an application or point is taken back
 *   human-resigns        a member leaves the council
 *   human-move-meeting   wants a meeting moved or cancelled
 *   human-whole-body     regrets or a yes for a whole committee or group
 *   human-unsubscribe-member  a member wants fewer mails
 *   human-hearing        an authority asks the council for its answer
 *   human-hearing-citizen  a citizen's view on a hearing that members answer
 *   human-group-outside  a mail to a working group from outside it
 *   human-ranking-protest  answers the ranking without ranking
 *   human-condition      «hvis nu jeg …»: nothing decided yet
 *   human-other-person   says something of others that nobody can be asked
 *   human-many-registrations  a whole group in one mail
 *   human-forwarded      somebody else's words, sent on
 *   human-mail-as-attachment  somebody else's mail is attached
 *   human-documents      access to documents (aktindsigt)
 *   human-encrypted      cannot be read here
 *   human-broken         broken beyond reading
 *   human-foreign-invitation  somebody else's invitation
 *   human-foreign-bounce a report about a letter that is not ours
 *   human-calendar-counter  another time is proposed
 *   human-recall         the sender's program recalls an earlier mail
 *   human-web-form       a web form writes for a person
 *   human-lookalike      an address that looks like a member's, but is not
 *   human-press          a journalist asks
 *   human-late           an undo, consent or confirmation without its letter
 *
 *   silent-…             as understand/silence.h lists them */
struct purpose {
	enum outcome outcome;
	struct purpose_sender sender;
	const char *body;	/* slug, where one is meant; NULL */
	const char *hearing;	/* id, that somebody outside speaks of; NULL */
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
