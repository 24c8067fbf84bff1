/* SPDX-License-Identifier: MIT */
/* rules/world.h: the council's world as the understanding may see it.
 *
 * Shapes   read-only, loaded by store for one mail (the bodies once, the
 *          letters that the mail's thread names for each); enums carry what
 *          the tables carry as words, world_*_word gives the word back
 * Units    instants in UTC seconds; a meeting's day and minute of the day in
 *          the body's zone
 * Errors   none: what is not there is NULL
 * Owner    the caller's arena; the pointers between structs are borrowed
 * Source   FIELD: who mails, words; the corpus's world.json has this form
 */
#ifndef RULES_WORLD_H
#define RULES_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

enum body_kind { BODY_COUNCIL, BODY_COMMITTEE, BODY_AUTHORITY };

enum role {
	ROLE_NONE,
	ROLE_CHAIR,
	ROLE_VICE_CHAIR,
	ROLE_MEMBER,
	ROLE_APPOINTEE,		/* of the administration, no vote */
	ROLE_SUBSTITUTE,
	ROLE_SECRETARY,
	ROLE_GUEST,
	ROLE_SUBSCRIBER,
};

enum meeting_kind {
	MEETING_ORDINARY,
	MEETING_DIALOGUE,	/* the yearly one with the committee */
	MEETING_THEME,
	MEETING_JOINT,
	MEETING_WORKSHOP,
};

enum meeting_state {
	MEETING_PLANNED,
	MEETING_CALLED,
	MEETING_HELD,
	MEETING_MINUTES_DRAFT,
	MEETING_MINUTES_RELEASED,
	MEETING_CANCELLED,
};

enum letter_kind {		/* what a letter of ours asks or says */
	LETTER_OTHER,
	LETTER_RECEIPT,
	LETTER_INVITATION,
	LETTER_AGENDA_DRAFT,
	LETTER_AGENDA,
	LETTER_REMINDER,
	LETTER_MINUTES_FORM,
	LETTER_MINUTES_DRAFT,
	LETTER_MINUTES,
	LETTER_HEARING,
	LETTER_TOPIC_RANKING,
	LETTER_APPLICATION_RECEIPT,
	LETTER_CONSENT,		/* a nominee is asked */
	LETTER_CONFIRM,		/* the address on file is asked */
	LETTER_NOTICE,		/* to the secretary */
	LETTER_SUBSTITUTE_CALL,
	LETTER_FOLLOW_UP,	/* a promise is due */
	LETTER_CALL,		/* for members */
	LETTER_SEAT_LIST,	/* who applied, for the appointment */
	LETTER_DECISION,	/* what waits for the secretary, numbered */
	LETTER_TRAIL,		/* what became of a point */
	LETTER_LATE_ITEM,	/* a point too late: the next meeting, or is
				 * the chair to be asked? */
	LETTER_GUEST,		/* a speaker is asked */
	LETTER_TOPICS,		/* ideas and topics, for the secretary */
	LETTER_GROUP,		/* a mail to a working group, or about it */
	LETTER_GROUP_STATUS,	/* its chair is asked what was done */
	LETTER_WORKSHOP,	/* to those whom a workshop is for */
	LETTER_WORKSHOP_OFFER,	/* a place became free */
	LETTER_WORKSHOP_REPORT,	/* its ideas, to the secretary */
	LETTER_HEARING_DRAFT,	/* the council's answer, to be approved */
};

struct world_person {		/* one place of one person in one body */
	const char *name;
	const char *email;	/* lower case */
	const char *seat;	/* group: "user", "relative", …; NULL */
	const char *substitute_for;	/* address; NULL */
	enum role role;
};

struct world_meeting {
	const char *id;		/* "udsatteraad/2026-11-26" */
	const char *place, *theme;	/* NULL */
	const char *with_body;	/* slugs of those invited, a space between;
				 * NULL */
	const char *host;	/* id of the meeting whose invitation and
				 * answers this body's part of a joint meeting
				 * shares; NULL */
	const char *uid;	/* of its calendar event */
	struct date day;
	int64_t start_at, end_at;
	int64_t points_until_at;	/* deadline for points (D-14) */
	int round;		/* how often it was moved */
	const char *guests;	/* addresses, a space before and behind each;
				 * NULL */
	int places;		/* of a workshop that outsiders come to; 0 */
	enum meeting_kind kind;
	enum meeting_state state;
};

struct world_party {		/* somebody outside who is heard, too */
	const char *email, *name;	/* name NULL */
};

struct world_hearing {
	const char *id;		/* "udsatteraad/h/boligpolitik" */
	const char *title;
	const char *from;	/* address of the authority that asks; NULL */
	struct date deadline_day;
	bool late;		/* its answer is a draft already, or sent */
	bool closed;		/* … sent, or there will be none */
	const struct world_party *parties;	/* asked by this council */
	size_t n_parties;
};

struct world_topic {
	char letter;		/* 'A' … */
	const char *title;
};

struct world_group {		/* a working group */
	const char *tag;	/* of its address: "gruppe-a" */
	const char *title, *chair;	/* chair: address */
	const char *members;	/* addresses, a space before and behind each;
				 * the chair's too */
	char letter;		/* of its topic; 0 */
};

struct world_body {
	const char *slug, *name, *language, *address, *case_number;
	const char *committee;	/* slug; NULL */
	enum body_kind kind;
	const struct world_person *people;
	size_t n_people;
	const struct world_meeting *meetings;	/* by start */
	size_t n_meetings;
	const struct world_hearing *hearings;	/* open ones first */
	size_t n_hearings;
	const struct world_topic *topics;
	size_t n_topics;
	const struct world_group *groups;
	size_t n_groups;
	bool takes_applications; /* a committee does not */
	bool chair_plans;	/* the chair may move a meeting, too */
};

struct world_sent {		/* a letter of ours that the mail may answer */
	const char *message_id;	/* with <> */
	const char *ref;	/* meeting, hearing, body or mail it is about */
	const char *to;		/* address */
	const char *text;	/* the plain text as sent, so that quoting is
				 * recognised line by line; NULL not kept */
	const char *token;	/* 26 characters of base 32, in Reply-To and
				 * text; NULL */
	enum letter_kind kind;
};

struct world_wish {		/* an application of the mail's sender that waits
				 * for an answer */
	const char *body;	/* slug */
	bool asked;		/* something was missing, and asked for */
};

struct world_address {		/* a mailbox address of ours */
	const char *email;
	const char *body;	/* slug; NULL the common one */
};

struct world {
	const char *municipality;
	const char *mailbox;	/* the common address */
	const struct world_address *addresses;
	size_t n_addresses;
	const struct world_body *bodies;
	size_t n_bodies;
	const struct world_sent *sent;	/* those the mail's thread, token or
					 * report names */
	size_t n_sent;
	const struct world_wish *wishes;	/* of the mail's sender */
	size_t n_wishes;
	int64_t now_at;
};

const struct world_body *world_body(const struct world *world,
	const char *slug);
const struct world_meeting *world_meeting(const struct world *world,
	const char *id, const struct world_body **body);
/* The bodies that a meeting is held with, one after another; NULL: no more. */
const struct world_body *world_with(const struct world *world,
	const struct world_meeting *meeting, size_t at);
bool world_is_with(const struct world_meeting *meeting, const char *slug);
const struct world_sent *world_sent(const struct world *world,
	const char *message_id);
/* The hearing of that id, and its body where that is not NULL; NULL. */
const struct world_hearing *world_hearing(const struct world *world,
	const char *id, const struct world_body **body);
/* The group that a letter's ref names ("udsatteraad/g/gruppe-a"), or the tag
 * of an address; NULL. */
const struct world_group *world_group_ref(const struct world *world,
	const char *ref, const struct world_body **body);
const struct world_group *world_group(const struct world_body *body,
	const char *tag);
bool world_group_has(const struct world_group *group, const char *email);
/* Whether that address was asked as one outside the council. */
bool world_hearing_asks(const struct world_hearing *hearing,
	const char *email);
/* The place of an address in a body; NULL where it has none. */
const struct world_person *world_person(const struct world_body *body,
	const char *email);

const char *world_role_word(enum role role);
const char *world_meeting_state_word(enum meeting_state state);
const char *world_meeting_kind_word(enum meeting_kind kind);
const char *world_letter_kind_word(enum letter_kind kind);
bool world_role_read(const char *word, enum role *role);
bool world_meeting_state_read(const char *word, enum meeting_state *state);
bool world_meeting_kind_read(const char *word, enum meeting_kind *kind);
bool world_body_kind_read(const char *word, enum body_kind *kind);
/* An unknown word is LETTER_OTHER. */
enum letter_kind world_letter_kind_read(const char *word);

#endif
