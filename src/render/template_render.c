/* SPDX-License-Identifier: MIT */
/* Fills in a template: walks its steps and escapes what goes in. */
#include "render/template.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/fields.h"
#include "render/template_ops.h"
#include "rules/cpr.h"

#define MAX_OBJECTS 8

enum escape { ESCAPE_MARKDOWN, ESCAPE_LINE, ESCAPE_HTML };

struct filling {
	struct arena *arena;
	struct buf out;
	enum escape escape;
	const struct json_fields *objects[MAX_OBJECTS];	/* innermost last */
	size_t n_objects;
	const struct json_fields *house;
};

static const struct field *
look_up(const struct filling *f, const char *name)
{
	const struct field *field;

	for (size_t i = f->n_objects; i > 0; i--)
		if ((field = fields_find(f->objects[i - 1], name)) != NULL)
			return field;
	return fields_find(f->house, name);
}

/* CommonMark 0.30 §2.4: any ASCII punctuation may be escaped; escaped, it is
 * never markup: no heading, list, link, HTML, entity or code. What is left
 * that could mark something up is white space, which is squeezed. */
static void
add_markdown(struct buf *out, const char *text, size_t n)
{
	bool gap = false, first = true;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == ' ' || c == '\t' || c == '\n') {
			gap = true;
			continue;
		}
		if (gap && !first)
			buf_add_char(out, ' ');
		gap = first = false;
		if (c < 0x80 && !((c >= '0' && c <= '9') ||
		    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')))
			buf_add_char(out, '\\');
		buf_add_char(out, (char)c);
	}
}

/* How much of the line so far is the mark of a quoted block: 0 where it is
 * anything else. */
static size_t
quote_mark(const struct buf *out)
{
	size_t n = out->n, quotes = 0;

	while (n > 0 && out->data[n - 1] != '\n') {
		n--;
		if (out->data[n] == '>')
			quotes++;
		else if (out->data[n] != ' ')
			return 0;
	}
	return quotes == 0 ? 0 : out->n - n;
}

/* A text of many lines inside a quoted block: each its own line, gaps kept
 * as one. */
static void
add_quoted(struct filling *f, const char *text, size_t mark)
{
	const char *quote = arena_strndup(f->arena,
	    f->out.data + f->out.n - mark, mark);
	const char **lines;
	bool gap = false, first = true;
	size_t n;

	lines = text_lines(f->arena, text, &n);
	for (size_t i = 0; i < n; i++) {
		const char *line = text_squeeze(f->arena, lines[i]);

		if (line[0] == '\0') {
			gap = true;
			continue;
		}
		if (!first) {
			buf_add(&f->out, gap ? "\n" : "\\\n");
			buf_add(&f->out, quote);
			if (gap) {
				buf_add(&f->out, "\n");
				buf_add(&f->out, quote);
			}
		}
		gap = first = false;
		add_markdown(&f->out, line, strlen(line));
	}
}

static void
add_html(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
		case '&':
			buf_add(out, "&amp;");
			break;
		case '<':
			buf_add(out, "&lt;");
			break;
		case '>':
			buf_add(out, "&gt;");
			break;
		case '"':
			buf_add(out, "&quot;");
			break;
		default:
			buf_add_char(out, *text);
		}
}

static const char *
cut(struct arena *arena, const char *text)
{
	if (strlen(text) <= TEMPLATE_TEXT_BYTES)
		return text;
	return arena_printf(arena, "%s …",
	    text_cut(arena, text, TEMPLATE_TEXT_BYTES));
}

static void
add_text(struct filling *f, const char *text)
{
	size_t mark;

	if (text == NULL || text[0] == '\0')
		return;
	/* law 3: masked here too, whoever forgot to; a number that is only
	 * possible may be one */
	text = cpr_mask(f->arena, cut(f->arena, text), CPR_POSSIBLE, NULL);
	switch (f->escape) {
	case ESCAPE_LINE:
		text = text_one_line(f->arena, text);
		buf_add(&f->out, text_squeeze(f->arena, text));
		break;
	case ESCAPE_HTML:
		add_html(&f->out, text_many_lines(f->arena, text));
		break;
	case ESCAPE_MARKDOWN:
		text = text_many_lines(f->arena, text);
		mark = strchr(text, '\n') == NULL ? 0 : quote_mark(&f->out);
		if (mark > 0)
			add_quoted(f, text, mark);
		else
			add_markdown(&f->out, text, strlen(text));
		break;
	}
}

static enum rc fill(struct filling *f, const struct ops *ops, size_t from,
    size_t to, struct err *err);

static enum rc
fill_section(struct filling *f, const struct ops *ops, size_t at,
    const struct field *field, struct err *err)
{
	enum rc rc = RC_OK;

	if (field->n_items == 0 || ops->list[at].once)
		return fill(f, ops, at + 1, ops->list[at].end, err);
	if (f->n_objects == MAX_OBJECTS)
		return fail(err, RC_STOP, "%s:%u: lists too deep",
		    ops->list[at].file, ops->list[at].line);
	f->n_objects++;
	for (size_t i = 0; i < field->n_items && rc == RC_OK; i++) {
		f->objects[f->n_objects - 1] = field->items[i];
		rc = fill(f, ops, at + 1, ops->list[at].end, err);
	}
	f->n_objects--;
	return rc;
}

static enum rc
fill(struct filling *f, const struct ops *ops, size_t from, size_t to,
    struct err *err)
{
	enum rc rc;

	for (size_t i = from; i < to;) {
		const struct op *op = &ops->list[i];
		const struct field *field = NULL;

		if (op->kind != OP_WORDS) {
			field = look_up(f, op->text);
			if (field == NULL && !op->may_lack)
				return fail(err, RC_STOP, "%s:%u: the field "
				    "«%s» was not given", op->file, op->line,
				    op->text);
		}
		switch (op->kind) {
		case OP_WORDS:
			buf_add_n(&f->out, op->text, op->n);
			break;
		case OP_FIELD:
			if (field != NULL)
				add_text(f, field->text);
			break;
		case OP_RAW:
			if (field != NULL && field->text != NULL)
				buf_add(&f->out, field->text);
			break;
		case OP_SECTION:
			if (field != NULL && field->is_set &&
			    (rc = fill_section(f, ops, i, field, err)) != RC_OK)
				return rc;
			break;
		case OP_UNLESS:
			if ((field == NULL || !field->is_set) &&
			    (rc = fill(f, ops, i + 1, op->end, err)) != RC_OK)
				return rc;
			break;
		}
		i = op->kind == OP_SECTION || op->kind == OP_UNLESS ?
		    op->end : i + 1;
	}
	return RC_OK;
}

/* The first line that says it is the subject. */
static const char *
subject_line(struct arena *arena, const char *text)
{
	const char **lines;
	size_t n;

	lines = text_lines(arena, text, &n);
	for (size_t i = 0; i < n; i++)
		if (text_starts_nocase(lines[i], "Subject:"))
			return text_squeeze(arena, lines[i] + 8);
	return "";
}

enum rc
template_render(const struct template *template, struct arena *arena,
    const struct json_fields *fields, const struct json_fields *house,
    const char **subject, const char **markdown, struct err *err)
{
	struct filling head = { .arena = arena, .out = buf_open(arena),
		.escape = ESCAPE_LINE, .objects = { fields }, .n_objects = 1,
		.house = house };
	struct filling f = head;
	const char *line;
	enum rc rc;

	f.escape = ESCAPE_MARKDOWN;
	rc = fill(&head, &template->subject, 0, template->subject.n, err);
	if (rc != RC_OK)
		return rc;
	rc = fill(&f, &template->body, 0, template->body.n, err);
	if (rc != RC_OK)
		return rc;
	line = subject_line(arena, buf_text(&head.out));
	if (line[0] == '\0')
		return fail(err, RC_STOP, "%s: the letter has no subject",
		    template->key);
	if (f.out.n > TEMPLATE_OUT_BYTES)
		return fail(err, RC_PARK, "%s: the letter is too long",
		    template->key);
	*subject = line;
	*markdown = buf_text(&f.out);
	return RC_OK;
}

enum rc
template_html(const char *folder, const char *language, const char *name,
    struct arena *arena, const struct json_fields *fields,
    const char **html, struct err *err)
{
	struct filling f = { .arena = arena, .out = buf_open(arena),
		.escape = ESCAPE_HTML, .objects = { fields },
		.n_objects = 1 };
	const struct template *page = NULL;
	enum rc rc;

	if ((rc = template_page_load(folder, language, name, &page,
	    err)) != RC_OK ||
	    (rc = fill(&f, &page->body, 0, page->body.n, err)) != RC_OK)
		return rc;
	*html = buf_text(&f.out);
	return RC_OK;
}

enum rc
template_page(const char *folder, const char *name, struct arena *arena,
    const struct json_fields *fields, const char **html, struct err *err)
{
	return template_html(folder, "layout", arena_printf(arena, "%s.html",
	    name), arena, fields, html, err);
}
