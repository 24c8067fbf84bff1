/* SPDX-License-Identifier: MIT */
/* store/personal.h: where personal data lives, column by column.
 *
 * Shapes   every column of text or bytes in schema.sql is a line here, so that
 *          a new one is thought of: tests/store/personal_test.c fails else.
 *          `when_erased` is what store/erasure.c does with it when somebody's
 *          data is erased
 * Errors   none: a table
 * Owner    for ever
 * Source   GDPR art. 5, 15, 17, 30; THREATS, law 5 to 7 and 11
 */
#ifndef STORE_PERSONAL_H
#define STORE_PERSONAL_H

#include <stddef.h>

/* How long it lives anyhow (schema.sql, KEPT). */
enum personal_class {
	CLASS_NONE,		/* says nothing of a person */
	CLASS_RAW,		/* bytes of mails and letters */
	CLASS_SENSITIVE,	/* a seat says something of health */
	CLASS_CASE,		/* of a meeting: as long as its minutes */
	CLASS_LOG,		/* attempts to send, who was answered */
	CLASS_PLACE,		/* as long as a place or a subscription */
	CLASS_ASKED,		/* until answered or run out */
	PERSONAL_CLASSES
};

enum personal_effect {
	EFFECT_NONE,	/* nothing of a person is there */
	EFFECT_ROW,	/* the whole row goes */
	EFFECT_EMPTY,	/* emptied: the row says that there was something */
	EFFECT_STAYS,	/* a document of the authority: minutes, an agenda or
			 * an answer that was sent (GDPR art. 17(3)(b) and (d),
			 * arkivloven): only archive rules take it */
};

struct personal_column {
	const char *table, *column;
	enum personal_class class;
	enum personal_effect when_erased;
};

extern const struct personal_column personal_columns[];
extern const size_t personal_count;

/* "raw", "sensitive" … */
const char *personal_class_word(enum personal_class class);

#endif
