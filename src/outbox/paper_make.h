/* SPDX-License-Identifier: MIT */
/* outbox/paper_make.h: a document as PDF in the municipality's letter form.
 *
 * Shapes   by a template of its own, whose subject is the title; the program
 *          raadspost-paper is started for one document and ends with it
 * Units    made_at in UTC seconds, the date that the file says
 * Errors   RC_NONE: no PDF this time, the log says why: a letter goes without
 *          it; RC_PARK: words of a closed point stand in it, and the letter
 *          must not go; RC_STOP: a template or field is missing
 * Owner    the arena
 * Source   render/paper.h; DESIGN «Closed items»; LIBRARIES P1
 */
#ifndef OUTBOX_PAPER_MAKE_H
#define OUTBOX_PAPER_MAKE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "outbox/outbox.h"

struct arena;
struct json_fields;
struct paper;

struct paper_draft {
	const char *template;		/* "paper-agenda" */
	const char *language;
	const struct world_body *body;	/* its sender; NULL the house */
	const char *ref;		/* for the log */
	const struct json_fields *fields;
	const char *const *secrets;	/* closed points: as in outbox.h */
	size_t n_secrets;
	int64_t made_at;
};

/* The templates may name what those of letters may, but for to_name, phones
 * and token. */
enum rc paper_make(const struct outbox *outbox, struct arena *arena,
	const struct paper_draft *draft, struct bytes *pdf, struct err *err);

/* Starts the program at `path`, hands it the paper, waits for the pages.
 * RC_NONE: it died, was too slow, or refused; err says why. */
enum rc paper_print(const char *path, struct arena *arena,
	const struct paper *paper, struct bytes *pdf, struct err *err);

#endif
