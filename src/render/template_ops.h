/* SPDX-License-Identifier: MIT */
/* render/template_ops.h: a template after reading, before the facts; only
 * for template.c (reads) and template_render.c (fills in).
 *
 * Shapes   a flat list of steps; a section's `end` is the step after it
 * Owner    the cache's arena
 */
#ifndef RENDER_TEMPLATE_OPS_H
#define RENDER_TEMPLATE_OPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum op_kind {
	OP_WORDS,	/* goes in as it is */
	OP_FIELD,
	OP_RAW,		/* {{{field}}}, only in a page */
	OP_SECTION,
	OP_UNLESS,
};

struct op {
	enum op_kind kind;
	const char *text;	/* the words, or the field's name */
	size_t n;
	size_t end;		/* of a section: the step after its last */
	const char *file;	/* where it stands, for the error */
	unsigned line;
	bool may_lack;		/* `name?` or `name*` */
	bool once;		/* {{#name?}}: not for each of a list */
};

struct ops {
	struct op *list;
	size_t n, cap;
};

struct template {
	const char *key;	/* folder, language and name, as asked */
	struct ops subject, body;
	struct template *next;
};


enum rc template_page_load(const char *folder, const char *language,
	const char *name, const struct template **template, struct err *err);

#endif
