/* SPDX-License-Identifier: MIT */
/* council/export.h: one meeting as files for the municipality's document
 * system.
 *
 * Shapes   agenda and minutes as Markdown and PDF, the files that came with
 *          points and minutes, letters and the mails that carried something
 *          as .eml, all named by index.json. For the public: without what is
 *          closed, and without any letter or mail
 * Errors   RC_STOP: nothing to export; else as store.h
 * Owner    the arena
 * Source   THREATS law 8 (offentlighedsloven § 15); RFC 5322 (.eml), RFC 8259
 */
#ifndef COUNCIL_EXPORT_H
#define COUNCIL_EXPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "council/gathering.h"
#include "rules/agenda.h"

struct export_file {
	const char *name;	/* of a file, plain: a-z 0-9 . - */
	const char *direction;	/* "in", "out" */
	const char *title;	/* says nothing that is closed */
	int64_t at;
	bool closed;		/* words of a closed point may stand in it */
	struct bytes bytes;
};

struct export {
	struct export_file *files;
	size_t n, cap;
};

/* All but the index. */
enum rc export_meeting(const struct gathering *g, enum audience audience,
	struct export *export, struct err *err);

#endif
