/* SPDX-License-Identifier: MIT */
/* Writes JSON, name by name. */
#include "cli/json.h"

#include <string.h>

#include "base/date.h"

static void
quoted(struct buf *buf, const char *text)
{
	buf_add_char(buf, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			buf_addf(buf, "\\%c", c);
		else if (c == '\n')
			buf_add(buf, "\\n");
		else if (c < ' ')
			buf_addf(buf, "\\u%04x", c);
		else
			buf_add_char(buf, (char)c);
	}
	buf_add_char(buf, '"');
}

/* A comma behind a value, none behind an opening bracket. */
static void
name_add(struct buf *buf, const char *name)
{
	if (buf->n > 0 && strchr("{[", buf->data[buf->n - 1]) == NULL)
		buf_add(buf, ", ");
	if (name == NULL)
		return;
	quoted(buf, name);
	buf_add(buf, ": ");
}

void
json_open(struct buf *buf, const char *name, char bracket)
{
	name_add(buf, name);
	buf_add_char(buf, bracket);
}

void
json_close(struct buf *buf, char bracket)
{
	buf_add_char(buf, bracket);
}

void
json_text(struct buf *buf, const char *name, const char *text)
{
	name_add(buf, name);
	if (text == NULL)
		buf_add(buf, "null");
	else
		quoted(buf, text);
}

void
json_number(struct buf *buf, const char *name, int64_t number)
{
	name_add(buf, name);
	buf_addf(buf, "%lld", (long long)number);
}

void
json_flag(struct buf *buf, const char *name, bool flag)
{
	name_add(buf, name);
	buf_add(buf, flag ? "true" : "false");
}

void
json_instant(struct buf *buf, const char *name, int64_t at)
{
	char text[DATE_TEXT_BYTES];

	if (at == 0) {
		json_text(buf, name, NULL);
		return;
	}
	date_format_instant(at, text);
	json_text(buf, name, text);
}
