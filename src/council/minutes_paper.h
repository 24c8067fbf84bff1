/* SPDX-License-Identifier: MIT */
/* council/minutes_paper.h: minutes as PDF, as their reader may see them.
 *
 * Shapes   the head of a municipality's letter (Forum, Tid, Sted, Deltagere,
 *          Afbud, Ikke mødt, Referent, Dato, Sagsnr., Sagsbehandler), then
 *          each item with text, contributions, decision and promises
 * Errors   RC_NONE: none this time (rule `paper` of the body, no text: they
 *          came as a file, or it could not be printed, which the log says)
 * Owner    the arena of the gathering
 * Source   FIELD: Albertslund, 9 June 2022; outbox/paper_make.h
 */
#ifndef COUNCIL_MINUTES_PAPER_H
#define COUNCIL_MINUTES_PAPER_H

#include "base/err.h"
#include "base/text.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "rules/agenda.h"
#include "store/minutes.h"

/* Whatever the rule says. */
enum rc minutes_paper(const struct gathering *g,
	const struct minutes_row *row, enum audience audience,
	struct bytes *pdf, struct err *err);

/* As a letter's file, where the body's rule `paper` says `yes`. */
enum rc minutes_paper_file(const struct gathering *g,
	const struct minutes_row *row, enum audience audience,
	struct outbox_file *file, struct err *err);

#endif
