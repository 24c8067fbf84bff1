/* SPDX-License-Identifier: MIT */
/* Phrases lie in buckets by their first two bytes, so that a word of the
 * text is compared with a handful of them only. */
#include "understand/phrases.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"

#define BUCKETS 256
#define SLOTS 64	/* of sections, by their name */

struct phrase {
	const char *text;
	size_t n;
	bool is_stem;		/* ended in '*' */
	struct phrase *next;
};

struct phrases {
	const char *file, *section;
	struct phrases *next;
	struct phrase *bucket[BUCKETS];
};

/* What was read so far: the lists never change, so they are kept. */
static struct arena *kept;
static struct phrases *all[SLOTS];
static struct file {
	const char *name;
	struct file *next;
} *files;

static unsigned int
slot_of(const char *section)
{
	unsigned int hash = 5381;

	for (; *section != '\0'; section++)
		hash = hash * 33 ^ (unsigned char)*section;
	return hash % SLOTS;
}

static unsigned int
bucket_of(const char *low)
{
	unsigned int a = (unsigned char)low[0];
	unsigned int b = a == 0 ? 0 : (unsigned char)low[1];

	return (a * 31 + b) % BUCKETS;
}

static void
phrase_add(struct phrases *list, const char *text, size_t n)
{
	struct phrase *p;
	unsigned int at;

	if (n == 0)
		return;
	p = arena_alloc(kept, sizeof(*p));
	p->is_stem = n > 2 && text[n - 1] == '*';
	p->n = p->is_stem ? n - 1 : n;
	p->text = arena_strndup(kept, text, p->n);
	at = bucket_of(p->text);
	p->next = list->bucket[at];
	list->bucket[at] = p;
}

static void
file_read(const char *file)
{
	const struct embedded *data = embedded_find(file);
	struct file *known = arena_alloc(kept, sizeof(*known));
	struct phrases *list = NULL;
	const char *line, *end;

	assert(data != NULL);
	*known = (struct file){ data->name, files };
	files = known;
	for (line = data->data; *line != '\0'; line = end + (*end == '\n')) {
		size_t n;

		end = line + strcspn(line, "\n");
		n = strcspn(line, "#\n");
		while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'))
			n--;
		if (n > 2 && line[0] == '[' && line[n - 1] == ']') {
			list = arena_alloc(kept, sizeof(*list));
			list->file = data->name;
			list->section = arena_strndup(kept, line + 1, n - 2);
			list->next = all[slot_of(list->section)];
			all[slot_of(list->section)] = list;
		} else if (list != NULL)
			phrase_add(list, line, n);
	}
}

static const struct phrases *
section_find(const char *file, const char *section)
{
	for (const struct phrases *l = all[slot_of(section)]; l != NULL;
	    l = l->next)
		if (strcmp(l->section, section) == 0 &&
		    strcmp(l->file, file) == 0)
			return l;
	return NULL;
}

static bool
is_read(const char *file)
{
	for (const struct file *f = files; f != NULL; f = f->next)
		if (strcmp(f->name, file) == 0)
			return true;
	return false;
}

const struct phrases *
phrases_section(const char *file, const char *section)
{
	const struct phrases *found = section_find(file, section);

	if (found != NULL || is_read(file))
		return found;
	if (kept == NULL)
		kept = arena_open();
	file_read(file);
	return section_find(file, section);
}

/* Letters and digits, and every byte of a letter beyond ASCII; so are the
 * bytes of a dash or a quotation mark, which no phrase borders on. */
static bool
is_word_byte(char c)
{
	return ((unsigned char)c >= 0xC3 && (unsigned char)c <= 0xDF) ||
	    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

size_t
phrases_at(const struct phrases *phrases, const char *low)
{
	size_t best = 0;

	if (phrases == NULL || low[0] == '\0')
		return 0;
	for (const struct phrase *p = phrases->bucket[bucket_of(low)];
	    p != NULL; p = p->next) {
		if (p->n <= best || strncmp(low, p->text, p->n) != 0)
			continue;
		if (p->is_stem || !is_word_byte(p->text[p->n - 1]) ||
		    !is_word_byte(low[p->n]))
			best = p->n;
	}
	return best;
}

const char *
phrases_text(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);
	const char *at = text_lower(arena, text);
	bool in_word = false;

	while (*at != '\0') {
		uint32_t code = text_next(&at);
		bool is = text_is_letter(code);

		if (is && !in_word && out.n > 0)
			buf_add_char(&out, ' ');
		if (is)
			buf_add_code(&out, code);
		in_word = is;
	}
	return buf_text(&out);
}

const char *
phrases_in(const struct phrases *phrases, const char *low, size_t *n)
{
	bool inside = false;	/* a word */

	for (const char *at = low; *at != '\0'; at++) {
		size_t got = 0;

		if (!inside && (got = phrases_at(phrases, at)) != 0) {
			if (n != NULL)
				*n = got;
			return at;
		}
		if (is_word_byte(*at)) {
			inside = true;
			while (is_word_byte(at[1]))
				at++;
		} else if (((unsigned char)*at & 0xC0) != 0x80) {
			inside = false;
		}
	}
	return NULL;
}

int
phrases_is(const struct phrases *phrases, const char *low)
{
	size_t n = phrases_at(phrases, low);

	return n != 0 && low[n] == '\0';
}
