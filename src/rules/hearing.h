/* SPDX-License-Identifier: MIT */
/* rules/hearing.h: a hearing: its life, its days, and the parts of an answer.
 *
 * Shapes   an answer is a list of parts, numbered from 1 as people say them;
 *          each change gives a new list, the old one stays as it was
 * Units    civil days of the body's zone; parts from 1
 * Errors   false: there is no such step, no such part
 * Owner    the arena; texts are borrowed
 * Source   FIELD: Rødovre, Albertslund; STYLE 10
 */
#ifndef RULES_HEARING_H
#define RULES_HEARING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "rules/year.h"

struct arena;

enum hearing_state {
	HEARING_RECEIVED,	/* waits for the secretary's word */
	HEARING_ASKED,		/* the members have the question */
	HEARING_DRAFTING,	/* the answer is a draft */
	HEARING_WITH_CHAIR,	/* the secretary is content with it */
	HEARING_APPROVED,	/* «stop» still takes it back */
	HEARING_ANSWERED,
	HEARING_CLOSED,		/* over without an answer, or long since */
	HEARING_DECLINED,	/* the council does not answer */
	HEARING_STATES
};

enum hearing_act {
	HEARING_ASK,		/* the secretary's ok */
	HEARING_DECLINE,
	HEARING_COMPILE,	/* the members' days are over */
	HEARING_EDIT,
	HEARING_HAND,		/* the secretary's «godkend» */
	HEARING_APPROVE,	/* the chair's */
	HEARING_TAKE_BACK,	/* «stop», before it has left */
	HEARING_SEND,
	HEARING_LAPSE,		/* its time is over */
	HEARING_ACTS
};

bool hearing_may(enum hearing_state from, enum hearing_act act,
	enum hearing_state *to);
const char *hearing_state_word(enum hearing_state state);
bool hearing_state_read(const char *word, enum hearing_state *state);

/* Whether a contribution still comes into the answer by itself; else it is
 * shown as late. */
bool hearing_is_open(enum hearing_state state);
/* Whether it is over: no answer is written any more. */
bool hearing_is_over(enum hearing_state state);

/* Where the body says nothing: */
#define HEARING_LEAST_DAYS "10 working days"	/* that an answer takes */
#define HEARING_ANSWER_DAYS "-5 working days"	/* the members' last day,
						 * before the authority's */
#define HEARING_REMIND_DAYS "-3 working days"	/* before the members' day */
#define HEARING_OVER_DAYS 30			/* after the deadline */

/* The days of one hearing, counted back from its deadline. */
struct hearing_days {
	struct date members;	/* last day for contributions */
	struct date remind[2];	/* year 0: none */
	bool short_notice;	/* fewer days than the body needs */
	struct date better;	/* the deadline that would do */
};
/* `today` is the day on which the members are asked (or it came). */
struct hearing_days hearing_plan(struct date today, struct date deadline,
	struct year_days least, struct year_days answer,
	struct year_days remind);

/* The name of a hearing in an id: "boligpolitik-2027"; "hoering" where the
 * title has no letter. */
const char *hearing_slug(struct arena *arena, const char *title);

/* --- the answer's parts --------------------------------------------------- */

enum hearing_edit_kind {
	HEARING_EDIT_SET,	/* part `at` becomes `text` */
	HEARING_EDIT_DROP,
	HEARING_EDIT_ADD,	/* `text` before part `at`; 0: after the last */
	HEARING_EDIT_ALL,	/* the whole answer is `text` */
};
struct hearing_edit {
	enum hearing_edit_kind kind;
	size_t at;
	const char *text;
};

/* The parts of a text: what empty lines part. */
const char **hearing_parts(struct arena *arena, const char *words,
	size_t *n);
/* *changed is the new text; false: there is no such part, or nothing. */
bool hearing_change(struct arena *arena, const char *words,
	const struct hearing_edit *edit, const char **changed);

#endif
