/* SPDX-License-Identifier: MIT */
/* The life of minutes, and how two of them are compared. */
#include "rules/minutes.h"

#include <string.h>

static const struct {
	enum minutes_state from;
	enum minutes_act act;
	enum minutes_state to;
} life[] = {
	{ MINUTES_FORM,     MINUTES_CORRECT,   MINUTES_FORM },
	{ MINUTES_FORM,     MINUTES_SUBMIT,    MINUTES_DRAFT },
	{ MINUTES_FORM,     MINUTES_ASK,       MINUTES_CHECK },
	{ MINUTES_CHECK,    MINUTES_SHOW,      MINUTES_DRAFT },
	{ MINUTES_CHECK,    MINUTES_SUBMIT,    MINUTES_DRAFT },
	{ MINUTES_DRAFT,    MINUTES_SUBMIT,    MINUTES_DRAFT },
	{ MINUTES_DRAFT,    MINUTES_OBJECT,    MINUTES_STOPPED },
	{ MINUTES_DRAFT,    MINUTES_END,       MINUTES_READY },
	{ MINUTES_STOPPED,  MINUTES_OBJECT,    MINUTES_STOPPED },
	{ MINUTES_STOPPED,  MINUTES_SETTLE,    MINUTES_DRAFT },
	{ MINUTES_STOPPED,  MINUTES_SUBMIT,    MINUTES_DRAFT },
	/* she has read the objection and keeps her words */
	{ MINUTES_STOPPED,  MINUTES_RELEASE,   MINUTES_RELEASED },
	{ MINUTES_READY,    MINUTES_SUBMIT,    MINUTES_DRAFT },
	{ MINUTES_READY,    MINUTES_RELEASE,   MINUTES_RELEASED },
	{ MINUTES_RELEASED, MINUTES_TAKE_BACK, MINUTES_READY },
	/* what is changed must be read and released anew */
	{ MINUTES_RELEASED, MINUTES_SUBMIT,    MINUTES_DRAFT },
	{ MINUTES_RELEASED, MINUTES_MAIL,      MINUTES_MAILED },
	{ MINUTES_MAILED,   MINUTES_SUBMIT,    MINUTES_DRAFT },
};

static const char *const state_words[] = {
	[MINUTES_FORM] = "form",
	[MINUTES_CHECK] = "check",
	[MINUTES_DRAFT] = "draft",
	[MINUTES_STOPPED] = "stopped",
	[MINUTES_READY] = "ready",
	[MINUTES_RELEASED] = "released",
	[MINUTES_MAILED] = "mailed",
};

bool
minutes_may(enum minutes_state from, enum minutes_act act,
    enum minutes_state *to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].act == act) {
			*to = life[i].to;
			return true;
		}
	return false;
}

const char *
minutes_state_word(enum minutes_state state)
{
	return state_words[state];
}

bool
minutes_state_read(const char *word, enum minutes_state *state)
{
	for (int i = 0; word != NULL && i < MINUTES_STATES; i++)
		if (strcmp(state_words[i], word) == 0) {
			*state = (enum minutes_state)i;
			return true;
		}
	return false;
}

bool
minutes_item_is_empty(const struct minutes_item *item)
{
	return item->text == NULL && item->decision == NULL &&
	    item->n_speeches == 0 && item->n_promises == 0;
}

static bool
is_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
minutes_item_is_same(const struct minutes_item *a,
    const struct minutes_item *b)
{
	if (!is_equal(a->title, b->title) || !is_equal(a->text, b->text) ||
	    !is_equal(a->decision, b->decision) || a->closed != b->closed ||
	    a->n_speeches != b->n_speeches || a->n_promises != b->n_promises)
		return false;
	for (size_t i = 0; i < a->n_speeches; i++)
		if (!is_equal(a->speeches[i].who, b->speeches[i].who) ||
		    !is_equal(a->speeches[i].words, b->speeches[i].words))
			return false;
	for (size_t i = 0; i < a->n_promises; i++)
		if (!is_equal(a->promises[i].who, b->promises[i].who) ||
		    !is_equal(a->promises[i].task, b->promises[i].task) ||
		    date_compare(a->promises[i].due_day,
		    b->promises[i].due_day) != 0)
			return false;
	return true;
}
