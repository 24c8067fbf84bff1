/* SPDX-License-Identifier: MIT */
/* council/agenda_paper.h: an agenda as PDF, as its reader may see it.
 *
 * Shapes   members: every point with its words; the public: the open ones by
 *          their titles, as the letters have them
 * Errors   RC_NONE: none this time (the body's rule `paper` does not say
 *          `yes`, or it could not be printed, which the log says); a letter
 *          goes without it
 * Owner    the arena of the gathering
 * Source   DESIGN «Closed items»; outbox/paper_make.h
 */
#ifndef COUNCIL_AGENDA_PAPER_H
#define COUNCIL_AGENDA_PAPER_H

#include "base/err.h"
#include "base/text.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "rules/agenda.h"
#include "store/agenda.h"

/* Whatever the rule says, for one who asks for it. */
enum rc agenda_paper(const struct gathering *g, const struct agenda_row *row,
	enum audience audience, struct bytes *pdf, struct err *err);

/* As a letter's file, where the body's rule wants one. */
enum rc agenda_paper_file(const struct gathering *g,
	const struct agenda_row *row, enum audience audience,
	struct outbox_file *file, struct err *err);

/* Whether the body's rule `paper` says `yes`. */
enum rc paper_is_wanted(const struct gathering *g, struct err *err);
/* "dagsorden-2022-06-09.pdf", by the entry `name` of words.txt. */
const char *paper_name(const struct gathering *g, const char *name);

#endif
