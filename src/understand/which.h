/* SPDX-License-Identifier: MIT */
/* understand/which.h: which body and which meeting the words mean.
 *
 * Shapes   a mention is a place in the text that names a meeting: a date, a
 *          kind («dialogmødet»), a theme, a place, «næste møde»
 * Errors   none: a mention that no meeting fits says so
 * Owner    the arena; borrows from the world
 * Source   the corpus's README 1, 3, 6 and 7
 */
#ifndef UNDERSTAND_WHICH_H
#define UNDERSTAND_WHICH_H

#include "understand/sense.h"

#define PICKS_MAX 6	/* meetings that one sentence can be about */

struct pick {
	const struct world_body *body;
	const struct world_meeting *meeting;
};

struct which {
	struct pick pick[PICKS_MAX];
	size_t n;
	bool several;		/* all of them fit one mention: which? */
	bool told;		/* something was said of a meeting or day */
	bool wrong;		/* … on which there is none, or the weekday
				 * does not fit the date */
	bool past;		/* a meeting already held */
	bool by_words;		/* the words beside it name it, no fallback */
	bool bare;		/* only «mødet»: which one, stands elsewhere */
	bool whole_day;		/* told by a full date, a kind or a theme */
	struct pick near[PICKS_MAX];	/* to choose from where wrong */
	size_t n_near;
};

/* The bodies that the mail can be about, surest sign first (s->bodies). */
void which_bodies(struct sense *s);
/* The body that tokens [begin, end) name; NULL none or several. */
const struct world_body *which_body_in(const struct sense *s, size_t begin,
	size_t end);

/* The meetings mentioned within tokens [begin, end). `past`: a meeting held
 * is as good as one to come (minutes). */
void which_in(const struct sense *s, size_t begin, size_t end, bool past,
	struct which *which);
/* The next ordinary meeting, or (with `open`) the next whose deadline for
 * points has not passed. */
bool which_next(const struct sense *s, const struct world_body *body,
	bool open, struct pick *pick);
/* «mødet», «jeres møde», but not «at møde mennesker», «jeg møder». */
bool which_is_meeting(const struct sense *s, size_t at);
bool which_is_past(const struct sense *s, const struct world_meeting *m);
/* The meeting of a calendar or a letter as a pick. */
bool which_thread(const struct sense *s, struct pick *pick);
/* The meeting for a phrase at [begin, end): its own clause, «den dag», what
 * stands before it, the letter answered, the subject, the next meeting. */
void which_for(const struct sense *s, size_t begin, size_t end, bool past,
	struct which *which);
/* ask-which-meeting or ask-no-meeting-that-day with what to choose from. */
void which_ask(const struct sense *s, const struct which *which,
	struct finding *f);

#endif
