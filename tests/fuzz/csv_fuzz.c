/* SPDX-License-Identifier: MIT */
/* What a spreadsheet saves; each cell written again is no formula. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	struct err err = { "" };
	struct csv csv;

	if (csv_read(arena, (struct bytes){ data, n }, &csv, &err) == RC_OK)
		for (size_t r = 0; r < csv.n; r++)
			for (size_t c = 0; c < csv.rows[r].n; c++) {
				struct buf out = buf_open(arena);

				csv_cell(&out, csv.rows[r].cells[c]);
				if (strchr("=+-@\t\r\n",
				    buf_text(&out)[1]) != NULL &&
				    buf_text(&out)[1] != '\0')
					abort();
			}
	arena_close(&arena);
	return 0;
}
