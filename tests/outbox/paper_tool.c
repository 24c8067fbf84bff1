/* SPDX-License-Identifier: MIT */
/* Prints a Markdown file by raadspost-paper, for the tests and for a look:
 *   paper_tool PROGRAM FILE.md > FILE.pdf
 * Lines of the form «Name: value» at the head of the file, up to the first
 * empty one, are the paper's facts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "outbox/paper_make.h"
#include "render/paper.h"

static const char **
fact_of(struct paper *paper, const char *line)
{
	return text_starts(line, "Title: ") ? &paper->title :
	    text_starts(line, "Language: ") ? &paper->language :
	    text_starts(line, "Municipality: ") ? &paper->municipality :
	    text_starts(line, "Sender: ") ? &paper->sender :
	    text_starts(line, "Letterhead: ") ? &paper->letterhead :
	    text_starts(line, "Footer: ") ? &paper->footer : NULL;
}

static void
head_read(struct arena *arena, char *text, struct paper *paper)
{
	while (*text != '\0' && *text != '\n') {
		size_t n = strcspn(text, "\n");
		const char **fact = fact_of(paper, text);
		char *value;

		if (fact == NULL)
			break;
		value = arena_strndup(arena, strchr(text, ':') + 2,
		    n - (size_t)(strchr(text, ':') + 2 - text));
		for (char *p = value; *p != '\0'; p++)
			*p = *p == ';' ? '\n' : *p;
		*fact = value;
		text += n + (text[n] == '\n');
	}
	paper->markdown = text;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_open();
	struct paper paper = { .language = "da", .title = "Prøve",
		.municipality = "", .sender = "", .letterhead = "",
		.footer = "", .page_words = "Side $p af $n",
		.made_at = 1654790400 };
	struct bytes file, pdf;
	struct err err = { "" };

	if (argc != 3)
		return 2;
	if (file_read(arena, argv[2], (size_t)64 << 20, &file, &err) !=
	    RC_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	head_read(arena, text_repair(arena, (const char *)file.data, file.n),
	    &paper);
	if (paper_print(argv[1], arena, &paper, &pdf, &err) != RC_OK) {
		(void)fprintf(stderr, "no PDF: %s\n", err.text);
		return 1;
	}
	(void)fwrite(pdf.data, 1, pdf.n, stdout);
	arena_close(&arena);
	return 0;
}
