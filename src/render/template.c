/* SPDX-License-Identifier: MIT */
/* Reads templates: finds the file, checks it against the list of fields at
 * its head, and turns it into steps. The language is a part of Mustache. */
#include "render/template.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"
#include "render/template_ops.h"

#define MAX_DEPTH 8 /* parts in parts: one that names itself must end */
#define MAX_FILE_BYTES 100000
#define MAX_DECLARED 160
#define NAME_BYTES 128

/* A line of the comment at the head. */
struct declared {
	const char *name;
	bool may_lack, is_list, used;
	unsigned line;
};

/* One file being read. */
struct reading {
	struct arena *arena;
	const char *folder, *language;
	const char *file;	/* for errors */
	const char *source, *at;
	struct declared declared[MAX_DECLARED];
	size_t n_declared;
	struct ops *ops;
	struct {
		size_t op;
		const char *name;	/* with the lists it stands in */
		bool is_list;
	} open[MAX_DEPTH];
	size_t n_open;
	int depth;		/* of parts */
	bool is_page;
};

/* The engine's one thread reads each template once; what was read stays. */
static struct {
	struct arena *arena;
	struct template *first;
} cache;

void
template_forget(void)
{
	arena_close(&cache.arena);
	cache.first = NULL;
}

/* Anything but a short plain name could leave the folder. */
static bool
name_is_plain(const char *name)
{
	if (name[0] == '\0' || strlen(name) >= NAME_BYTES)
		return false;
	return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") ==
	    strlen(name) && strstr(name, "..") == NULL;
}

const char *
template_file(const char *folder, struct arena *arena, const char *language,
    const char *name, const char **where)
{
	const struct embedded *built_in;
	char *data;
	FILE *file;
	size_t n;

	if (!name_is_plain(language) || !name_is_plain(name))
		return NULL;
	if (folder != NULL) {
		*where = arena_printf(arena, "%s/%s/%s", folder, language,
		    name);
		file = fopen(*where, "re");
		if (file != NULL) {
			data = arena_alloc(arena, MAX_FILE_BYTES + 1);
			n = fread(data, 1, MAX_FILE_BYTES, file);
			fclose(file);
			return text_repair(arena, data, n);
		}
	}
	*where = arena_printf(arena, "templates/%s/%s", language, name);
	built_in = embedded_find(*where);
	return built_in == NULL ? NULL : built_in->data;
}

static unsigned
line_of(const struct reading *r, const char *at)
{
	unsigned line = 1;

	for (const char *p = r->source; p < at; p++)
		line += *p == '\n';
	return line;
}

/* `{{! … }}` at the head: a field a line, after two spaces. */
static enum rc
read_declared(struct reading *r, struct err *err)
{
	const char *end, *p;
	struct declared *d;
	size_t n;

	if (!text_starts(r->at, "{{!") ||
	    (end = strstr(r->at, "\n}}\n")) == NULL)
		return fail(err, RC_STOP, "%s:1: a template opens with a "
		    "comment {{! … }} that lists its fields", r->file);
	for (p = strchr(r->at, '\n'); p < end; p = strchr(p + 1, '\n')) {
		if (p[1] != ' ' || p[2] != ' ')
			continue;
		n = strcspn(p + 3, " \t\n");
		if (n == 0)
			continue;
		if (r->n_declared == MAX_DECLARED)
			return fail(err, RC_STOP, "%s: too many fields",
			    r->file);
		d = &r->declared[r->n_declared++];
		d->line = line_of(r, p + 1);
		d->is_list = p[2 + n] == '*';
		d->may_lack = d->is_list || p[2 + n] == '?';
		if (d->may_lack)
			n--;
		d->name = arena_strndup(r->arena, p + 3, n);
	}
	r->at = end + 4;
	return RC_OK;
}

static struct declared *
declared_find(struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->n_declared; i++)
		if (strcmp(r->declared[i].name, name) == 0)
			return &r->declared[i];
	return NULL;
}

/* A name is looked for as the field of the lists it stands in, the innermost
 * first, then alone; its full name goes to `full`. */
static struct declared *
declared_here(struct reading *r, const char *name, const char **full)
{
	struct declared *d;

	for (size_t i = r->n_open; i > 0; i--) {
		if (!r->open[i - 1].is_list)
			continue;
		*full = arena_printf(r->arena, "%s.%s", r->open[i - 1].name,
		    name);
		if ((d = declared_find(r, *full)) != NULL)
			return d;
	}
	*full = name;
	return declared_find(r, name);
}

static struct op *
op_add(struct reading *r, enum op_kind kind, const char *text, size_t n)
{
	struct ops *ops = r->ops;
	struct op *more;

	if (ops->n == ops->cap) {
		ops->cap = ops->cap == 0 ? 32 : ops->cap * 2;
		more = arena_array(r->arena, ops->cap, sizeof(*more));
		if (ops->n > 0)
			memcpy(more, ops->list, ops->n * sizeof(*more));
		ops->list = more;
	}
	more = &ops->list[ops->n++];
	*more = (struct op){ .kind = kind,
		.text = arena_strndup(r->arena, text, n), .n = n,
		.file = r->file };
	return more;
}

/* A tag that is not a field and stands alone takes its whole line with it. */
static bool
stands_alone(const struct reading *r, const char *start, const char *end)
{
	while (start > r->source && (start[-1] == ' ' || start[-1] == '\t'))
		start--;
	if (start > r->source && start[-1] != '\n')
		return false;
	return end[strspn(end, " \t")] == '\n';
}

static enum rc read_part(struct reading *r, const char *name, unsigned line,
    struct err *err);

static enum rc
close_section(struct reading *r, const char *name, unsigned line,
    struct err *err)
{
	const char *dot;

	if (text_ends(name, "?"))
		name = arena_strndup(r->arena, name, strlen(name) - 1);
	if (r->n_open > 0) {
		dot = strrchr(r->open[r->n_open - 1].name, '.');
		dot = dot == NULL ? r->open[r->n_open - 1].name : dot + 1;
		if (strcmp(dot, name) == 0) {
			r->n_open--;
			r->ops->list[r->open[r->n_open].op].end = r->ops->n;
			return RC_OK;
		}
	}
	return fail(err, RC_STOP, "%s:%u: {{/%s}} closes nothing", r->file,
	    line, name);
}

/* One tag whose sigil and name are known. */
static enum rc
read_tag(struct reading *r, char sigil, const char *name, unsigned line,
    struct err *err)
{
	enum op_kind kind = sigil == '#' ? OP_SECTION :
	    sigil == '^' ? OP_UNLESS : sigil == '{' ? OP_RAW : OP_FIELD;
	struct declared *d;
	const char *full;
	bool once;
	struct op *op;

	if (sigil == '>')
		return read_part(r, name, line, err);
	if (sigil == '/')
		return close_section(r, name, line, err);
	once = text_ends(name, "?");
	if (once)
		name = arena_strndup(r->arena, name, strlen(name) - 1);
	if (kind == OP_RAW && !r->is_page)
		return fail(err, RC_STOP, "%s:%u: {{{%s}}} is only for pages",
		    r->file, line, name);
	d = declared_here(r, name, &full);
	if (d == NULL)
		return fail(err, RC_STOP, "%s:%u: «%s» is not in the list of "
		    "fields at the head", r->file, line, name);
	d->used = true;
	op = op_add(r, kind, name, strlen(name));
	op->line = line;
	op->may_lack = d->may_lack;
	op->once = once;
	if (kind == OP_FIELD || kind == OP_RAW)
		return RC_OK;
	if (r->n_open == MAX_DEPTH)
		return fail(err, RC_STOP, "%s:%u: sections too deep", r->file,
		    line);
	r->open[r->n_open].op = r->ops->n - 1;
	r->open[r->n_open].is_list = d->is_list && kind == OP_SECTION && !once;
	r->open[r->n_open].name = full;
	r->n_open++;
	return RC_OK;
}

/* Reads up to `stop`: words, then a tag, and so on. */
static enum rc
read_until(struct reading *r, const char *stop, struct err *err)
{
	enum rc rc;

	while (r->at < stop) {
		const char *tag = strstr(r->at, "{{"), *name, *end;
		char sigil = ' ';
		const char *word;
		bool alone;
		size_t n;

		if (tag == NULL || tag >= stop)
			tag = stop;
		n = (size_t)(tag - r->at);
		if (tag == stop) {
			op_add(r, OP_WORDS, r->at, n);
			r->at = stop;
			break;
		}
		name = tag + 2;
		if (strchr("#^/>{", *name) != NULL)
			sigil = *name++;
		name += strspn(name, " ");
		end = name + strcspn(name, " }\n");
		if (end == name)
			return fail(err, RC_STOP, "%s:%u: a tag without a "
			    "name", r->file, line_of(r, tag));
		word = arena_strndup(r->arena, name, (size_t)(end - name));
		end += strspn(end, " ");
		if (!text_starts(end, sigil == '{' ? "}}}" : "}}"))
			return fail(err, RC_STOP, "%s:%u: {{%s is not closed",
			    r->file, line_of(r, tag), word);
		end += sigil == '{' ? 3 : 2;
		alone = sigil != ' ' && sigil != '{' &&
		    stands_alone(r, tag, end);
		if (alone)
			while (n > 0 && (r->at[n - 1] == ' ' ||
			    r->at[n - 1] == '\t'))
				n--;
		if (n > 0)
			op_add(r, OP_WORDS, r->at, n);
		r->at = alone ? end + strspn(end, " \t") + 1 : end;
		rc = read_tag(r, sigil, word, line_of(r, tag), err);
		if (rc != RC_OK)
			return rc;
	}
	if (r->n_open > 0)
		return fail(err, RC_STOP, "%s: {{#%s}} is never closed",
		    r->file, r->open[r->n_open - 1].name);
	return RC_OK;
}

static enum rc
all_used(const struct reading *r, struct err *err)
{
	for (size_t i = 0; i < r->n_declared; i++)
		if (!r->declared[i].used)
			return fail(err, RC_STOP, "%s:%u: «%s» is listed but "
			    "not used", r->file, r->declared[i].line,
			    r->declared[i].name);
	return RC_OK;
}

/* A part's steps go in where it is named; its fields are its own list's. */
static enum rc
read_part(struct reading *r, const char *name, unsigned line, struct err *err)
{
	struct reading part = { .arena = r->arena, .folder = r->folder,
		.language = r->language, .ops = r->ops,
		.depth = r->depth + 1 };
	enum rc rc;

	if (part.depth > MAX_DEPTH)
		return fail(err, RC_STOP, "%s:%u: parts too deep", r->file,
		    line);
	part.source = part.at = template_file(r->folder, r->arena,
	    r->language, arena_printf(r->arena, "%s.md", name), &part.file);
	if (part.source == NULL)
		return fail(err, RC_STOP, "%s:%u: no part «%s»", r->file,
		    line, name);
	if ((rc = read_declared(&part, err)) != RC_OK)
		return rc;
	rc = read_until(&part, part.at + strlen(part.at), err);
	return rc == RC_OK ? all_used(&part, err) : rc;
}

/* The subject's lines end at the first empty one. */
static enum rc
read_letter(struct reading *r, struct template *t, struct err *err)
{
	const char *gap;
	enum rc rc;

	if ((rc = read_declared(r, err)) != RC_OK)
		return rc;
	gap = strstr(r->at, "\n\n");
	if (gap == NULL || text_find_nocase(r->at, "Subject: ") == NULL ||
	    text_find_nocase(r->at, "Subject: ") > gap)
		return fail(err, RC_STOP, "%s: no «Subject: …» after the list "
		    "of fields", r->file);
	r->ops = &t->subject;
	if ((rc = read_until(r, gap + 1, err)) != RC_OK)
		return rc;
	r->at = gap + 2;
	r->ops = &t->body;
	if ((rc = read_until(r, r->at + strlen(r->at), err)) != RC_OK)
		return rc;
	return all_used(r, err);
}

static struct template *
cache_find(const char *key)
{
	for (struct template *t = cache.first; t != NULL; t = t->next)
		if (strcmp(t->key, key) == 0)
			return t;
	return NULL;
}

static struct template *
cache_add(const char *key)
{
	struct template *t = arena_alloc(cache.arena, sizeof(*t));

	t->key = arena_strdup(cache.arena, key);
	t->next = cache.first;
	return t;	/* joins the list once it was read without fault */
}

/* Finds the longest name that there is a file for. */
static const char *
find_source(struct reading *r, const char *name)
{
	char shorter[NAME_BYTES], *dash;

	if (strlen(name) >= NAME_BYTES - 4)
		return NULL;
	(void)snprintf(shorter, sizeof(shorter), "%s", name);
	for (;;) {
		r->source = template_file(r->folder, r->arena, r->language,
		    arena_printf(r->arena, "%s.md", shorter), &r->file);
		if (r->source != NULL)
			return r->source;
		if ((dash = strrchr(shorter, '-')) == NULL)
			return NULL;
		*dash = '\0';
	}
}

enum rc
template_load(const char *folder, const char *language, const char *name,
    const struct template **template, struct err *err)
{
	struct reading r = { .folder = folder, .language = language };
	char key[1024];
	struct template *t;
	enum rc rc;

	if ((size_t)snprintf(key, sizeof(key), "%s/%s/%s",
	    folder == NULL ? "" : folder, language, name) >= sizeof(key))
		return fail(err, RC_STOP, "template %.60s: name too long",
		    name);
	if ((t = cache_find(key)) == NULL) {
		if (cache.arena == NULL)
			cache.arena = arena_open();
		r.arena = cache.arena;
		if ((r.at = find_source(&r, name)) == NULL)
			return fail(err, RC_STOP, "templates/%s/%s.md: there "
			    "is no such template, nor one of a shorter name",
			    language, name);
		t = cache_add(key);
		if ((rc = read_letter(&r, t, err)) != RC_OK)
			return rc;
		cache.first = t;
	}
	*template = t;
	return RC_OK;
}

enum rc
template_page_load(const char *folder, const char *language,
    const char *name, const struct template **template, struct err *err)
{
	struct reading r = { .folder = folder, .language = language,
		.is_page = true };
	char key[1024];
	struct template *t;
	enum rc rc;

	if ((size_t)snprintf(key, sizeof(key), "%s//%s/%s",
	    folder == NULL ? "" : folder, language, name) >= sizeof(key))
		return fail(err, RC_STOP, "page %.60s: name too long", name);
	if ((t = cache_find(key)) == NULL) {
		if (cache.arena == NULL)
			cache.arena = arena_open();
		r.arena = cache.arena;
		r.source = r.at = template_file(folder, r.arena, language,
		    name, &r.file);
		if (r.source == NULL)
			return fail(err, RC_STOP, "templates/%s/%s is "
			    "missing", language, name);
		t = cache_add(key);
		r.ops = &t->body;
		if ((rc = read_declared(&r, err)) != RC_OK ||
		    (rc = read_until(&r, r.at + strlen(r.at), err)) != RC_OK ||
		    (rc = all_used(&r, err)) != RC_OK)
			return rc;
		cache.first = t;
	}
	*template = t;
	return RC_OK;
}
