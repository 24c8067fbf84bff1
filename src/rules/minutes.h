/* SPDX-License-Identifier: MIT */
/* rules/minutes.h: the minutes of a meeting: their life, and what a person
 * wrote into the form.
 *
 * Shapes   a text is cut at the headings of the items and at the words of the
 *          form («Beslutning:»), never at marks: a mail program quotes, wraps
 *          and indents as it likes. What stands under a heading twice (the
 *          form's empty copy below the answer) is put together. Under it are
 *          text, the decision, who said what, and promises:
 *          «→ Navn: opgave, dato»
 * Units    items are numbered as on the agenda, those that were not on it
 *          from there on; days are civil dates
 * Errors   none: what is over a limit is cut, and `cut` says so
 * Owner    the arena
 * Source   FIELD: Albertslund 9 June 2022, Gladsaxe 1 November 2023; STYLE 10
 */
#ifndef RULES_MINUTES_H
#define RULES_MINUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "rules/agenda.h"

struct arena;

#define MINUTES_BYTES 200000	/* some eighty pages; more is a file */
#define MINUTES_ITEMS 100
#define MINUTES_LINES 60	/* contributions, or promises, of one item */

/* --- the life ------------------------------------------------------------- */

enum minutes_state {
	MINUTES_FORM,		/* the form is out */
	MINUTES_CHECK,		/* speakers read their own lines */
	MINUTES_DRAFT,		/* those who were there read it */
	MINUTES_STOPPED,	/* somebody objects: the clock stands */
	MINUTES_READY,		/* the days are over: the secretary's turn */
	MINUTES_RELEASED,	/* the stop window */
	MINUTES_MAILED,
	MINUTES_STATES
};
enum minutes_act {
	MINUTES_CORRECT,	/* who came, before there is a text */
	MINUTES_SUBMIT,		/* handed in, or anew: a version of its own */
	MINUTES_ASK,		/* handed in, the speakers first */
	MINUTES_SHOW,		/* they have read */
	MINUTES_OBJECT,
	MINUTES_SETTLE,		/* the last objection was taken back */
	MINUTES_END,		/* the days are over, or all have answered */
	MINUTES_RELEASE,	/* «godkend referatet» */
	MINUTES_TAKE_BACK,
	MINUTES_MAIL,
	MINUTES_ACTS
};

bool minutes_may(enum minutes_state from, enum minutes_act act,
	enum minutes_state *to);
const char *minutes_state_word(enum minutes_state state);
bool minutes_state_read(const char *word, enum minutes_state *state);

/* --- what they say -------------------------------------------------------- */

enum minutes_came {
	CAME_PRESENT,		/* «Deltagere» */
	CAME_REGRETS,		/* «Afbud» */
	CAME_MISSING,		/* «Ikke mødt» */
	CAME_GUEST,
	CAME_OBSERVER,
	CAME_WRITER,		/* «Referent» */
	CAME_KINDS
};

struct minutes_person {
	const char *name;
	const char *email;	/* NULL: somebody we do not know */
	enum minutes_came came;
};

struct minutes_speech {
	const char *who, *words;
};

struct minutes_promise {
	const char *who, *task;
	struct date due_day;	/* year 0: no day was said */
};

struct minutes_item {
	size_t number;
	const char *title;
	const char *text;	/* NULL where nothing was written; likewise */
	const char *decision;
	const struct minutes_speech *speeches;
	size_t n_speeches;
	const struct minutes_promise *promises;
	size_t n_promises;
	bool closed;
	bool extra;		/* was not on the agenda */
	bool opened;		/* its heading says that it is open */
};

struct minutes {
	const struct minutes_person *people;
	size_t n_people;
	bool has_people;	/* the head's lists were there */
	const char *case_worker;	/* «Sagsbehandler»; NULL */
	struct date day;	/* of the meeting, as «Tid» says; year 0 */
	const struct minutes_item *items;
	size_t n;
	const char *above;	/* what stands before the head; NULL */
	bool cut;
};

/* The words of the form in one language, each a list with `;` between. */
enum minutes_word {
	WORD_FORUM, WORD_WHEN, WORD_PLACE, WORD_PRESENT, WORD_REGRETS,
	WORD_MISSING, WORD_GUESTS, WORD_OBSERVERS, WORD_WRITER, WORD_DATE,
	WORD_CASE, WORD_CASE_WORKER,
	WORD_TEXT, WORD_DECISION, WORD_SPEECHES, WORD_PROMISES,
	WORD_END,		/* nothing of the minutes stands below it */
	WORD_QUOTED,		/* «Fra», «Sendt» above a quoted mail */
	WORD_POINT,		/* «Punkt 3» */
	WORD_CLOSED,		/* behind a heading: «(lukket punkt)» */
	WORD_OPEN,
	WORD_NOBODY,		/* «ingen» */
	WORD_AND,
	WORD_MONTHS,
	WORD_BY,		/* «den», «senest» before a day */
	/* in a line on who came: «Aase kom ikke» */
	WORD_SAYS_PRESENT, WORD_SAYS_REGRETS, WORD_SAYS_MISSING,
	WORD_SAYS_GUEST, WORD_SAYS_OBSERVER,
	MINUTES_WORDS
};
struct minutes_words {
	const char *of[MINUTES_WORDS];
};

/* `agenda` is what was sent, with NULL what stands in the text decides;
 * `form` the text of the form, whose own lines say nothing, or NULL. */
struct minutes_source {
	const struct minutes_words *words;
	const struct agenda *agenda;
	const char *form;
	struct date day;	/* of the meeting: a day without a year lies
				 * behind it */
};
void minutes_parse(struct arena *arena, const struct minutes_source *source,
	const char *text, struct minutes *minutes);

/* «Aase kom ikke, Bent kom alligevel»: names as they were written. */
size_t minutes_came_read(struct arena *arena,
	const struct minutes_words *words, const char *text,
	struct minutes_person *list, size_t most);

/* «1. september», «den 1/9 2022», «2022-09-01» at the end of a task, which is
 * cut there; a day without a year is the next such day from `from` on. */
bool minutes_day_cut(struct arena *arena, const struct minutes_words *words,
	struct date from, const char **task, struct date *day);

bool minutes_item_is_empty(const struct minutes_item *item);
bool minutes_item_is_same(const struct minutes_item *a,
	const struct minutes_item *b);

#endif
