/* SPDX-License-Identifier: MIT */
/* render/fields.h: the facts that a template fills in.
 *
 * Shapes   an object of texts, flags, and lists of objects (sections); a
 *          name set twice keeps the later value
 * Errors   none: without memory the process ends
 * Owner    the arena's; texts and names are copied
 */
#ifndef RENDER_FIELDS_H
#define RENDER_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct json_fields;

struct json_fields *fields_open(struct arena *arena);
/* A NULL text leaves the field empty, which a section takes as false. */
void fields_text(struct json_fields *fields, const char *name,
	const char *text);
void fields_flag(struct json_fields *fields, const char *name, bool is_set);
void fields_number(struct json_fields *fields, const char *name, long number);
/* A new object at the end of the list `name`. */
struct json_fields *fields_item(struct json_fields *fields, const char *name);

/* One value, as the template engine reads it. */
struct field {
	const char *name;
	const char *text;	/* NULL: a flag or a list */
	struct json_fields **items;
	size_t n_items, cap_items;
	bool is_set;		/* a section of it is shown */
};

/* NULL where nothing of that name was set. `fields` may be NULL. */
const struct field *fields_find(const struct json_fields *fields,
	const char *name);

#endif
