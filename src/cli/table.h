/* SPDX-License-Identifier: MIT */
/* cli/table.h: rows, as aligned columns for a person or JSON for a program.
 *
 * Shapes   every cell is a text; NULL is an empty cell, null in JSON
 * Units    widths in code points
 * Errors   none
 * Owner    the arena's
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define TABLE_COLUMNS 10

struct table {
	struct arena *arena;		/* borrowed */
	const char *names[TABLE_COLUMNS];
	size_t n_columns;
	const char *(*rows)[TABLE_COLUMNS];
	size_t n, cap;
};

/* `names` has a space between them. */
struct table table_open(struct arena *arena, const char *names);
/* A new row, its cells NULL. */
const char **table_row(struct table *table);
void table_print(const struct table *table, bool json);

const char *table_number(struct arena *arena, int64_t number);
const char *table_instant(struct arena *arena, int64_t at); /* 0: NULL */

#endif
