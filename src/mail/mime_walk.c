/* SPDX-License-Identifier: MIT */
/* The structure of a mail, found in one pass over its lines. */
#include "mail/mime_walk.h"

#include <string.h>

#include "base/arena.h"

#define PART_HEAD_MAX ((size_t)8 * 1024) /* of a part within the mail */
#define BOUNDARY_MAX 250 /* RFC 2046 §5.1.1 says 70; programs exceed it */
#define PART_NAME_MAX 200 /* a file name that file systems take */

struct boundary {
	const char *text;
	size_t n;
	int part;	/* the multipart that it belongs to */
};

struct walk {
	struct arena *arena;
	struct bytes raw;
	struct mime_walk out;
	size_t cap;
	struct boundary open[MIME_MAX_DEPTH];
	int n_open;
};

/* The first of a doubled field counts (LIBRARIES, G3). */
static struct head_params
params_of(struct walk *w, const struct head *head, const char *name,
    bool *is_there)
{
	const struct head_field *f = head_find(head, name);

	*is_there = f != NULL;
	if (f == NULL)
		return (struct head_params){ .value = "" };
	return head_params_read(w->arena, f->value, NULL);
}

static bool
is_type(const char *value)
{
	const char *slash = strchr(value, '/');

	return slash != NULL && slash != value && slash[1] != '\0'
	    && strchr(slash + 1, '/') == NULL;
}

static struct mime_part *
part_open(struct walk *w)
{
	if (w->out.n == w->cap) {
		size_t cap = w->cap == 0 ? 8 : w->cap * 2;
		struct mime_part *more = arena_array(w->arena, cap,
		    sizeof *more);

		if (w->out.n != 0)
			memcpy(more, w->out.parts, w->out.n * sizeof *more);
		w->out.parts = more;
		w->cap = cap;
	}
	return &w->out.parts[w->out.n++];
}

/* Reads the head at `at` and says where the body begins. In a multipart/
 * digest a part without a type is a message (RFC 2046 §5.1.5). */
static size_t
part_read(struct walk *w, size_t at, int parent)
{
	struct bytes rest = { w->raw.data + at, w->raw.n - at };
	struct mime_part *part = part_open(w);
	const struct head_field *f;
	bool is_digest = parent >= 0 && strcmp(
	    w->out.parts[parent].type.value, "multipart/digest") == 0;
	bool is_there;

	*part = (struct mime_part){ .parent = parent, .depth = w->n_open };
	part->head = head_read(w->arena, rest,
	    parent < 0 ? HEAD_MAX_BYTES : PART_HEAD_MAX);
	if (part->head.why != NULL)
		w->out.why = part->head.why;
	part->type = params_of(w, &part->head, "Content-Type", &is_there);
	part->has_type = is_there && is_type(part->type.value);
	if (!part->has_type)
		part->type.value = is_digest ? "message/rfc822"
		    : "text/plain";
	part->disposition = params_of(w, &part->head, "Content-Disposition",
	    &is_there);
	f = head_find(&part->head, "Content-Transfer-Encoding");
	if (f != NULL) {
		struct head_params how = head_params_read(w->arena, f->value,
		    NULL);

		part->transfer = transfer_by_name(how.value);
	}
	if (part->type.is_cut || part->disposition.is_cut)
		w->out.why = "a part has too many parameters";
	return at + part->head.body_at;
}

/* RFC 2046 §5.1: opens the multipart whose head was just read, where it is
 * one and has a boundary. */
static void
multipart_open(struct walk *w, int index)
{
	struct mime_part *part = &w->out.parts[index];
	const char *boundary;
	size_t n;

	if (!text_starts(part->type.value, "multipart/"))
		return;
	boundary = head_param(&part->type, "boundary");
	n = boundary == NULL ? 0 : strlen(boundary);
	if (n == 0 || n > BOUNDARY_MAX) {
		w->out.why = "a multipart has no boundary";
		return;
	}
	if (w->n_open == MIME_MAX_DEPTH) {
		w->out.why = "the parts nest too deep";
		return;
	}
	part->is_multipart = true;
	w->open[w->n_open++] = (struct boundary){ boundary, n, index };
}

/* Which open boundary this line is, the innermost first; -1. `is_last` where
 * "--" follows it. RFC 2046 §5.1.1: blanks may follow. */
static int
boundary_find(const struct walk *w, const unsigned char *line, size_t n,
    bool *is_last)
{
	while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'
	    || line[n - 1] == ' ' || line[n - 1] == '\t'))
		n--;
	for (int i = w->n_open - 1; i >= 0; i--) {
		const struct boundary *b = &w->open[i];

		if (n != b->n + 2 && n != b->n + 4)
			continue;
		if (line[2] != (unsigned char)b->text[0]
		    || memcmp(line + 2, b->text, b->n) != 0)
			continue;
		*is_last = n == b->n + 4;
		if (!*is_last || memcmp(line + b->n + 2, "--", 2) == 0)
			return i;
	}
	return -1;
}

/* The line end before a boundary belongs to it (RFC 2046 §5.1.1). */
static void
body_close(struct walk *w, int index, size_t from, size_t to)
{
	if (to > from && w->raw.data[to - 1] == '\n')
		to--;
	if (to > from && w->raw.data[to - 1] == '\r')
		to--;
	w->out.parts[index].body = (struct bytes){ w->raw.data + from,
		to - from };
}

/* The next line that begins with "--", from a line's beginning at `at`. */
static size_t
dashes_find(struct bytes raw, size_t at)
{
	while (at < raw.n) {
		const unsigned char *lf;

		if (raw.data[at] == '-' && at + 1 < raw.n
		    && raw.data[at + 1] == '-')
			return at;
		lf = memchr(raw.data + at, '\n', raw.n - at);
		if (lf == NULL)
			return raw.n;
		at = (size_t)(lf - raw.data) + 1;
	}
	return raw.n;
}

static size_t
line_end(struct bytes raw, size_t at)
{
	const unsigned char *lf = memchr(raw.data + at, '\n', raw.n - at);

	return lf == NULL ? raw.n : (size_t)(lf - raw.data) + 1;
}

struct mime_walk
mime_walk(struct arena *arena, struct bytes raw)
{
	struct walk w = { .arena = arena, .raw = raw };
	int leaf = 0;	/* the part whose body is being passed; -1 between */
	size_t from, at;

	from = at = part_read(&w, 0, -1);
	multipart_open(&w, 0);
	while (w.n_open > 0 && (at = dashes_find(raw, at)) < raw.n) {
		size_t end = line_end(raw, at);
		bool is_last = false;
		int found = boundary_find(&w, raw.data + at, end - at,
		    &is_last);

		if (found < 0) {
			at = end;
			continue;
		}
		if (leaf >= 0)
			body_close(&w, leaf, from, at);
		w.n_open = is_last ? found : found + 1;
		leaf = -1;
		at = end;
		if (is_last)
			continue;
		if (w.out.n == MIME_MAX_PARTS) {
			w.out.why = "the mail has too many parts";
			return w.out;
		}
		from = at = part_read(&w, at, w.open[found].part);
		leaf = (int)w.out.n - 1;
		multipart_open(&w, leaf);
	}
	if (leaf >= 0)
		w.out.parts[leaf].body = (struct bytes){ raw.data + from,
			raw.n - from };
	/* A multipart in which no part was found: its words are all we have.
	 */
	if (w.out.n == 1 && w.out.parts[0].is_multipart) {
		w.out.parts[0].is_multipart = false;
		w.out.parts[0].type.value = "text/plain";
		w.out.why = "a multipart has no parts";
	}
	return w.out;
}

/* No path, no controls, no dot in front: it is shown, and written by mail
 * programs into folders (THREATS 7, 13). */
const char *
mime_part_name(struct arena *arena, const struct mime_part *part)
{
	const char *name = head_param(&part->disposition, "filename");
	const char *slash;
	char *safe;

	if (name == NULL || *name == '\0')
		name = head_param(&part->type, "name");
	if (name == NULL)
		return NULL;
	while ((slash = strpbrk(name, "/\\")) != NULL)
		name = slash + 1;
	safe = text_squeeze(arena, text_one_line(arena, name));
	for (char *p = safe; *p != '\0'; p++)
		if (strchr("<>:\"|?*", *p) != NULL)
			*p = '_';
	while (*safe == '.')
		safe++;
	if (strlen(safe) > PART_NAME_MAX) {
		const char *dot = strrchr(safe, '.');
		const char *tail = dot != NULL && strlen(dot) < 12 ? dot : "";

		safe = arena_printf(arena, "%s%s", text_cut(arena, safe,
		    PART_NAME_MAX - strlen(tail)), tail);
	}
	return *safe == '\0' ? NULL : safe;
}
