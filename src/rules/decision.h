/* SPDX-License-Identifier: MIT */
/* rules/decision.h: what waits for a person: its life, and the few words in
 * which it can be answered.
 *
 * Shapes   a decision is open until somebody answers it, or until it needs no
 *          answer any more; taken back, it is open again. A choice is one of
 *          the canonical words, which the lexicon knows the Danish of
 * Errors   false: there is no such step, or no such word
 * Owner    nothing here allocates
 * Source   DESIGN «The secretary decides once a day»; STYLE 10
 */
#ifndef RULES_DECISION_H
#define RULES_DECISION_H

#include <stdbool.h>

enum decision_state { DECISION_OPEN, DECISION_ANSWERED, DECISION_MOOT,
	DECISION_STATES };
enum decision_act {
	DECISION_ANSWER,	/* by number, or by a direct reply */
	DECISION_LAPSE,		/* needs no answer any more */
	DECISION_REOPEN,	/* the answer was taken back */
	DECISION_ACTS
};

enum choice {
	CHOICE_ACCEPT,		/* «ok», «på dagsordenen» */
	CHOICE_REJECT,		/* «afvis», with words */
	CHOICE_NEXT,		/* «næste møde» */
	CHOICE_ASK_CHAIR,	/* «spørg formanden» */
	CHOICE_YES,
	CHOICE_NO,
	CHOICE_DONE,		/* «klaret» */
	CHOICE_DATE,		/* a day; it stands in the words */
	CHOICE_OTHER,		/* free words */
	CHOICES
};

bool decision_may(enum decision_state from, enum decision_act act,
	enum decision_state *to);
const char *decision_state_word(enum decision_state state);
bool decision_state_read(const char *word, enum decision_state *state);

const char *choice_word(enum choice choice);
bool choice_read(const char *word, enum choice *choice);
/* Whether `choices`, canonical words with a space between, has that one. */
bool choice_is_among(const char *choices, enum choice choice);
/* What was said, as the choices have it: «ok» and «ja» are one where only one
 * of them is offered, and so are «nej» and «afvis»; free words are taken where
 * `choices` has «other». False: that is not to be chosen here. */
bool choice_fit(const char *choices, enum choice said, enum choice *choice);

#endif
