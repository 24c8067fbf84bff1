/* SPDX-License-Identifier: MIT */
/* Any text at all as the words of a mail: nothing breaks, and what comes out
 * is UTF-8. The first line is the subject, the second letter of it chooses
 * whether the text is the HTML's as well.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/fixture.h"
#include "understand/silence.h"
#include "understand/thread.h"
#include "understand/who.h"
#include "understand/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	char *text = text_repair(arena, (const char *)data, n);
	size_t subject = strcspn(text, "\n");
	struct mail_address from = { "Kirsten Holst",
		"kirsten.holst@posteo.example" };
	struct mail mail = {
		.from = { &from, 1 }, .from_is_plain = true,
		.subject = text_one_line(arena, arena_strndup(arena, text,
		    subject)),
		.text = text_many_lines(arena, text + subject),
	};
	struct words words;
	struct silence silence;
	struct thread thread;
	struct who who;

	if (subject > 1 && (text[1] & 1) != 0) {
		mail.html_text = mail.text;
		mail.html_differs = true;
	}
	words_read(arena, &mail, &fixture, &words);
	assert(text_is_utf8(words.text, strlen(words.text)));
	assert(text_is_utf8(words.subject, strlen(words.subject)));
	for (size_t i = 0; i < words.n_pieces; i++)
		assert(text_is_utf8(words.pieces[i].text,
		    strlen(words.pieces[i].text)));
	(void)silence_read(arena, &mail, &words, &fixture, &silence);
	thread_read(arena, &mail, &words, &fixture, &thread);
	from.email = words.subject;
	who_read(arena, &mail, &fixture, false, &who);
	arena_close(&arena);
	return 0;
}
