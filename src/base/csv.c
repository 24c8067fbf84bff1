/* SPDX-License-Identifier: MIT */
/* Comma- and semicolon-separated values, read strictly: what could be read in
 * two ways is a fault with its line. */
#include "base/csv.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* 0x80 to 0x9f; 0: no letter there. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static void
code_add(struct buf *out, uint32_t code)
{
	if (code < 0x80) {
		buf_add_char(out, (char)code);
	} else if (code < 0x800) {
		buf_add_char(out, (char)(0xc0 | code >> 6));
		buf_add_char(out, (char)(0x80 | (code & 0x3f)));
	} else {
		buf_add_char(out, (char)(0xe0 | code >> 12));
		buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
		buf_add_char(out, (char)(0x80 | (code & 0x3f)));
	}
}

/* As UTF-8, without a byte order mark. Bytes that are no UTF-8 are what
 * Danish spreadsheets save: windows-1252. */
static const char *
utf8_of(struct arena *arena, struct bytes file)
{
	struct buf out = buf_open(arena);

	if (file.n >= 3 && memcmp(file.data, "\xef\xbb\xbf", 3) == 0) {
		file.data += 3;
		file.n -= 3;
	}
	if (file.n == 0)
		return "";
	if (text_is_utf8((const char *)file.data, file.n))
		return arena_strndup(arena, (const char *)file.data, file.n);
	for (size_t i = 0; i < file.n; i++) {
		uint32_t code = file.data[i];

		if (code >= 0x80 && code < 0xa0)
			code = windows_1252[code - 0x80] != 0 ?
			    windows_1252[code - 0x80] : 0xfffd;
		code_add(&out, code);
	}
	return buf_text(&out);
}

/* Outside quotes, in the first row. */
static char
separator_of(const char *text)
{
	static const char marks[] = { ';', ',', '\t' };
	size_t n[3] = { 0 }, best = 0;
	bool quoted = false;

	for (; *text != '\0' && (quoted || (*text != '\n' && *text != '\r'));
	    text++) {
		quoted = quoted != (*text == '"');
		for (size_t i = 0; i < 3 && !quoted; i++)
			n[i] += *text == marks[i];
	}
	for (size_t i = 1; i < 3; i++)
		if (n[i] > n[best])
			best = i;
	return marks[best];
}

struct reader {
	struct arena *arena;
	const char *at;
	size_t line;
	char separator;
};

/* Within the quotes; two of them are one. */
static enum rc
quoted_read(struct reader *r, struct buf *out, struct err *err)
{
	size_t line = r->line;

	for (r->at++; ; r->at++) {
		if (*r->at == '\0')
			return fail(err, RC_PARK, "line %zu: a cell begins "
			    "with «\"» and no «\"» ends it; save the list "
			    "from the spreadsheet once more", line);
		if (*r->at == '\n')
			r->line++;
		if (*r->at == '"' && *++r->at != '"')
			break;
		buf_add_char(out, *r->at);
	}
	r->at += strspn(r->at, " ");
	if (*r->at != '\0' && *r->at != r->separator && *r->at != '\n' &&
	    *r->at != '\r')
		return fail(err, RC_PARK, "line %zu: words stand behind the "
		    "«\"» that ends a cell; write a «\"» within a cell twice",
		    r->line);
	return RC_OK;
}

static enum rc
cell_read(struct reader *r, const char **cell, struct err *err)
{
	struct buf out = buf_open(r->arena);
	enum rc rc = RC_OK;

	while (*r->at == ' ' && r->separator != ' ')
		r->at++;
	if (*r->at == '"') {
		rc = quoted_read(r, &out, err);
	} else {
		size_t n = 0;

		while (r->at[n] != '\0' && r->at[n] != r->separator &&
		    r->at[n] != '\n' && r->at[n] != '\r' && r->at[n] != '"')
			n++;
		if (r->at[n] == '"')
			return fail(err, RC_PARK, "line %zu: a «\"» stands "
			    "within a cell; put the whole cell in «\"» and "
			    "write it twice there", r->line);
		buf_add_n(&out, r->at, n);
		r->at += n;
	}
	*cell = text_trim(r->arena, buf_text(&out));
	return rc;
}

static enum rc
row_read(struct reader *r, struct csv_row *row, bool *is_empty,
    struct err *err)
{
	enum rc rc;

	*row = (struct csv_row){ .line = r->line,
		.cells = arena_array(r->arena, CSV_CELLS,
		sizeof(const char *)) };
	*is_empty = true;
	for (;;) {
		if (row->n == CSV_CELLS)
			return fail(err, RC_PARK, "line %zu: more than %d "
			    "cells; this is no list of members", r->line,
			    CSV_CELLS);
		if ((rc = cell_read(r, &row->cells[row->n], err)) != RC_OK)
			return rc;
		*is_empty = *is_empty && *row->cells[row->n] == '\0';
		row->n++;
		if (*r->at != r->separator)
			break;
		r->at++;
	}
	if (*r->at == '\r')
		r->at++;
	if (*r->at == '\n')
		r->at++;
	r->line++;
	return RC_OK;
}

enum rc
csv_read(struct arena *arena, struct bytes file, struct csv *csv,
    struct err *err)
{
	struct reader r = { .arena = arena, .line = 1 };

	if (memchr(file.data, '\0', file.n) != NULL)
		return fail(err, RC_PARK, "line 1: this is no text; save the "
		    "list as CSV from the spreadsheet");
	r.at = utf8_of(arena, file);
	r.separator = separator_of(r.at);
	*csv = (struct csv){ .rows = NULL };
	while (*r.at != '\0') {
		struct csv_row row;
		bool is_empty;
		enum rc rc = row_read(&r, &row, &is_empty, err);

		if (rc != RC_OK)
			return rc;
		if (is_empty)
			continue;
		if (csv->n == CSV_ROWS)
			return fail(err, RC_PARK, "line %zu: more than %d "
			    "rows; this is no list of members", row.line,
			    CSV_ROWS);
		if (csv->n % 256 == 0) {
			struct csv_row *more = arena_array(arena,
			    csv->n + 256, sizeof *more);

			if (csv->n > 0)
				memcpy(more, csv->rows, csv->n * sizeof *more);
			csv->rows = more;
		}
		csv->rows[csv->n++] = row;
	}
	return RC_OK;
}

void
csv_cell(struct buf *out, const char *text)
{
	const char *first = text + strspn(text, " ");

	buf_add_char(out, '"');
	if (*first != '\0' && strchr("=+-@\t\r\n", *first) != NULL)
		buf_add_char(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_add_char(out, '"');
		buf_add_char(out, *text);
	}
	buf_add_char(out, '"');
}
