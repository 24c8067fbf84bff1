/* SPDX-License-Identifier: MIT */
/* An installation and drafts for the tests of this room. A draft is a small
 * text file: a word and its value a line; `item LIST` opens an object, to
 * which the lines behind it belong that begin with two spaces; a value that
 * is `<<` goes on until a line with a dot. */
#ifndef TESTS_OUTBOX_SAMPLE_H
#define TESTS_OUTBOX_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "outbox/finish.h"
#include "render/fields.h"

static const struct world_body sample_body = {
	.slug = "udsatteraad", .name = "Udsatterådet", .language = "da",
	.address = "udsatteraad@fjordby.example",
	.case_number = "00.22.00-A00-7-26", .kind = BODY_COUNCIL,
};

static const struct outbox sample_outbox = {
	.municipality = "Fjordby Kommune",
	.mailbox = "raadspost@fjordby.example",
	.domain = "fjordby.example",
	.secretary = "mekr@fjordby.example",
	.phone_help = "Livslinien: 70 201 201, hele døgnet\n"
	    "Fjordby Kommune, akuttelefon: 55 00 00 00",
	.now_at = 1793869920,	/* 2026-11-05 10:12 in Copenhagen */
};

static inline char *
sample_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "re");
	struct buf out = buf_open(arena);
	char part[4096];
	size_t n;

	if (file == NULL)
		return NULL;
	while ((n = fread(part, 1, sizeof(part), file)) > 0)
		buf_add_n(&out, part, n);
	(void)fclose(file);
	(void)buf_text(&out);
	return out.data;
}

static inline void
sample_read(struct arena *arena, const char *path, struct outbox *outbox,
    struct outbox_draft *draft, const char **token)
{
	struct json_fields *fields = fields_open(arena), *item = fields, *in;
	const char **lines, *text = sample_file(arena, path);
	size_t n;

	assert_non_null(text);
	*outbox = sample_outbox;
	*draft = (struct outbox_draft){ .key = path, .language = "da",
		.to = "kirsten.holst@posteo.example",
		.to_name = "Kirsten Holst", .fields = fields,
		.body = &sample_body, .kind = LETTER_RECEIPT,
		.class = LETTER_ANSWER };
	*token = NULL;
	lines = text_lines(arena, text, &n);
	for (size_t i = 0; i < n; i++) {
		const char *line = lines[i] + strspn(lines[i], " ");
		size_t m = strcspn(line, " ");
		const char *word = arena_strndup(arena, line, m);
		const char *value = line + m + (line[m] == ' ');
		const char *name = arena_strndup(arena, value,
		    strcspn(value, " "));
		const char *rest = value + strlen(name);

		rest += *rest == ' ';
		in = lines[i][0] == ' ' ? item : fields;
		if (strcmp(rest, "<<") == 0) {
			struct buf more = buf_open(arena);

			for (i++; i < n && strcmp(lines[i], ".") != 0; i++)
				buf_addf(&more, "%s\n", lines[i]);
			rest = text_trim(arena, buf_text(&more));
		}
		if (word[0] == '#' || word[0] == '\0')
			continue;
		if (strcmp(word, "field") == 0)
			fields_text(in, name, rest);
		else if (strcmp(word, "flag") == 0)
			fields_flag(in, name, true);
		else if (strcmp(word, "item") == 0)
			item = fields_item(fields, name);
		else if (strcmp(word, "template") == 0)
			draft->template = value;
		else if (strcmp(word, "language") == 0)
			draft->language = value;
		else if (strcmp(word, "key") == 0)
			draft->key = value;
		else if (strcmp(word, "to") == 0)
			draft->to = value;
		else if (strcmp(word, "to-name") == 0)
			draft->to_name = value[0] == '\0' ? NULL : value;
		else if (strcmp(word, "answers") == 0)
			draft->in_reply_to = value;
		else if (strcmp(word, "references") == 0)
			draft->references = value;
		else if (strcmp(word, "reply-subject") == 0)
			draft->reply_subject = value;
		else if (strcmp(word, "token") == 0)
			*token = value;
		else if (strcmp(word, "no-body") == 0)
			draft->body = NULL;
		else if (strcmp(word, "list") == 0)
			draft->is_list = true;
		else if (strcmp(word, "trial") == 0)
			outbox->trial = true;
		else {
			print_error("%s:%zu: what is «%s»?\n", path, i + 1,
			    word);
			assert_true(false);
		}
	}
}

#endif
