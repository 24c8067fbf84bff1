/* SPDX-License-Identifier: MIT */
/* Prints rows. */
#include "cli/table.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "cli/json.h"

#define WIDTH_MOST 48	/* a long subject does not push the rest away */

struct table
table_open(struct arena *arena, const char *names)
{
	struct table t = { .arena = arena };

	while (*names != '\0' && t.n_columns < TABLE_COLUMNS) {
		size_t n = strcspn(names, " ");

		t.names[t.n_columns++] = arena_strndup(arena, names, n);
		names += n + (names[n] == ' ');
	}
	return t;
}

const char **
table_row(struct table *t)
{
	if (t->n == t->cap) {
		const char *(*more)[TABLE_COLUMNS];

		t->cap = t->cap == 0 ? 64 : t->cap * 2;
		more = arena_array(t->arena, t->cap, sizeof *more);
		if (t->n > 0)
			memcpy(more, t->rows, t->n * sizeof *more);
		t->rows = more;
	}
	return t->rows[t->n++];
}

static size_t
width(const char *text)
{
	size_t n = 0;

	while (text != NULL && text_next(&text) != 0)
		n++;
	return n;
}

static void
row_print(const struct table *t, const char *const cells[], const size_t w[])
{
	for (size_t i = 0; i < t->n_columns; i++) {
		const char *text = cells[i] == NULL ? "" : cells[i];
		size_t n = width(text);
		bool last = i + 1 == t->n_columns;

		(void)printf("%s%*s", text,
		    last ? 0 : (int)(n < w[i] ? w[i] - n + 2 : 2), "");
	}
	(void)putchar('\n');
}

static void
text_print(const struct table *t)
{
	size_t w[TABLE_COLUMNS];

	for (size_t i = 0; i < t->n_columns; i++) {
		w[i] = width(t->names[i]);
		for (size_t r = 0; r < t->n; r++)
			if (width(t->rows[r][i]) > w[i])
				w[i] = width(t->rows[r][i]);
		if (w[i] > WIDTH_MOST)
			w[i] = WIDTH_MOST;
	}
	row_print(t, t->names, w);
	for (size_t r = 0; r < t->n; r++)
		row_print(t, t->rows[r], w);
}

static void
json_print(const struct table *t)
{
	struct buf buf = buf_open(t->arena);

	json_open(&buf, NULL, '[');
	for (size_t r = 0; r < t->n; r++) {
		json_open(&buf, NULL, '{');
		for (size_t i = 0; i < t->n_columns; i++)
			json_text(&buf, t->names[i], t->rows[r][i]);
		json_close(&buf, '}');
	}
	json_close(&buf, ']');
	(void)puts(buf_text(&buf));
}

void
table_print(const struct table *table, bool json)
{
	if (json)
		json_print(table);
	else
		text_print(table);
}

const char *
table_number(struct arena *arena, int64_t number)
{
	return arena_printf(arena, "%lld", (long long)number);
}

const char *
table_instant(struct arena *arena, int64_t at)
{
	struct local l;

	if (at == 0)
		return NULL;
	l = date_local(at);
	return arena_printf(arena, "%04d-%02d-%02d %02d:%02d", l.day.year,
	    l.day.month, l.day.day, l.hour, l.minute);
}
