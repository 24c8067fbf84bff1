/* SPDX-License-Identifier: MIT */
/* A document on its way to the printer, field by field. */
#include "render/paper.h"

#include <string.h>

#include "base/arena.h"

struct bytes
paper_write(struct arena *arena, const struct paper *paper)
{
	struct wire_out out = wire_out(arena);

	wire_put_text(&out, paper->language);
	wire_put_text(&out, paper->title);
	wire_put_text(&out, paper->municipality);
	wire_put_text(&out, paper->sender);
	wire_put_text(&out, paper->letterhead);
	wire_put_text(&out, paper->footer);
	wire_put_text(&out, paper->page_words);
	wire_put_text(&out, paper->markdown);
	wire_put_i64(&out, paper->made_at);
	return wire_bytes(&out);
}

static const char *
text_get(struct wire_in *in)
{
	const char *text = wire_get_text(in);

	return text == NULL ? "" : text;
}

enum rc
paper_read(struct arena *arena, struct bytes payload, struct paper *paper,
    struct err *err)
{
	struct wire_in in = wire_in(arena, payload);

	paper->language = text_get(&in);
	paper->title = text_get(&in);
	paper->municipality = text_get(&in);
	paper->sender = text_get(&in);
	paper->letterhead = text_get(&in);
	paper->footer = text_get(&in);
	paper->page_words = text_get(&in);
	paper->markdown = text_get(&in);
	paper->made_at = wire_get_i64(&in);
	if (in.bad || in.left.n != 0)
		return fail(err, RC_STOP, "paper: a question that is none");
	if (strlen(paper->markdown) > PAPER_MARKDOWN_BYTES)
		return fail(err, RC_PARK, "paper: more than %zu bytes",
		    PAPER_MARKDOWN_BYTES);
	return RC_OK;
}
