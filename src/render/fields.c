/* SPDX-License-Identifier: MIT */
/* Facts for a template: a small tree of our own, since a JSON library's hash
 * tables cost more than the whole letter. An object has at most some thirty
 * names, which are looked through one by one. */
#include "render/fields.h"

#include <string.h>

#include "base/arena.h"

struct json_fields {
	struct arena *arena;	/* borrowed */
	struct field *list;
	size_t n, cap;
};

struct json_fields *
fields_open(struct arena *arena)
{
	struct json_fields *fields = arena_alloc(arena, sizeof(*fields));

	fields->arena = arena;
	return fields;
}

static bool
is_name(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

const struct field *
fields_find(const struct json_fields *fields, const char *name)
{
	if (fields == NULL)
		return NULL;
	for (size_t i = 0; i < fields->n; i++)
		if (is_name(fields->list[i].name, name))
			return &fields->list[i];
	return NULL;
}

/* The place of `name`, made where there is none. */
static struct field *
field_at(struct json_fields *fields, const char *name)
{
	struct field *more;

	for (size_t i = 0; i < fields->n; i++)
		if (is_name(fields->list[i].name, name))
			return &fields->list[i];
	if (fields->n == fields->cap) {
		fields->cap = fields->cap == 0 ? 16 : fields->cap * 2;
		more = arena_array(fields->arena, fields->cap, sizeof(*more));
		if (fields->n > 0)
			memcpy(more, fields->list, fields->n * sizeof(*more));
		fields->list = more;
	}
	fields->list[fields->n].name = arena_strdup(fields->arena, name);
	return &fields->list[fields->n++];
}

void
fields_text(struct json_fields *fields, const char *name, const char *text)
{
	struct field *field = field_at(fields, name);

	field->text = arena_strdup(fields->arena, text == NULL ? "" : text);
	field->is_set = field->text[0] != '\0';
}

void
fields_flag(struct json_fields *fields, const char *name, bool is_set)
{
	field_at(fields, name)->is_set = is_set;
}

void
fields_number(struct json_fields *fields, const char *name, long number)
{
	struct field *field = field_at(fields, name);

	field->text = arena_printf(fields->arena, "%ld", number);
	field->is_set = number != 0;
}

struct json_fields *
fields_item(struct json_fields *fields, const char *name)
{
	struct field *field = field_at(fields, name);
	struct json_fields **more;

	if (field->n_items == field->cap_items) {
		field->cap_items =
		    field->cap_items == 0 ? 4 : field->cap_items * 2;
		more = arena_array(fields->arena, field->cap_items,
		    sizeof(struct json_fields *));
		if (field->n_items > 0)
			memcpy(more, field->items,
			    field->n_items * sizeof(*more));
		field->items = more;
	}
	field->items[field->n_items] = fields_open(fields->arena);
	field->is_set = true;
	return field->items[field->n_items++];
}
