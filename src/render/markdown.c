/* SPDX-License-Identifier: MIT */
/* Markdown to text and HTML: one walk over cmark's tree writes both. */
#include "render/markdown.h"

#include <cmark.h>
#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/template.h"

#define MAX_LISTS 8

struct walk {
	struct buf text, html, line;	/* line: the paragraph being read */
	struct {
		int number;	/* 0: bullets */
	} lists[MAX_LISTS];
	size_t n_lists, quotes;
	bool item_starts;	/* its mark is yet to be written */
	bool tight;
	bool any;		/* text has a paragraph already */
};

/* How each element looks. Margins only: fonts and colours are the frame's. */
static const char *const opening[] = {
	[CMARK_NODE_PARAGRAPH] = "<p style=\"margin:0 0 16px\">",
	[CMARK_NODE_BLOCK_QUOTE] = "<blockquote style=\"margin:0 0 16px;"
	    "padding:0 0 0 12px;border-left:3px solid #888\">",
	[CMARK_NODE_ITEM] = "<li style=\"margin:0 0 4px\">",
	[CMARK_NODE_STRONG] = "<strong>",
	[CMARK_NODE_EMPH] = "<em>",
};
static const char *const closing[] = {
	[CMARK_NODE_PARAGRAPH] = "</p>\n",
	[CMARK_NODE_BLOCK_QUOTE] = "</blockquote>\n",
	[CMARK_NODE_ITEM] = "</li>\n",
	[CMARK_NODE_STRONG] = "</strong>",
	[CMARK_NODE_EMPH] = "</em>",
};

static void
add_escaped(struct buf *html, const char *text)
{
	size_t n;

	while (*text != '\0') {
		n = strcspn(text, "&<>\"");
		buf_add_n(html, text, n);
		text += n;
		if (*text == '\0')
			return;
		buf_add(html, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" :
		    *text == '>' ? "&gt;" : "&quot;");
		text++;
	}
}

static bool
link_is_safe(const char *url)
{
	return text_starts(url, "https://") || text_starts(url, "http://") ||
	    text_starts(url, "mailto:") || text_starts(url, "tel:");
}

static bool
is_tight(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);

	return item != NULL && cmark_node_get_type(item) == CMARK_NODE_ITEM &&
	    cmark_node_get_list_tight(cmark_node_parent(item)) != 0;
}

static void
add_marks(struct walk *w)
{
	for (size_t i = 0; i < w->quotes; i++)
		buf_add(&w->text, "> ");
}

/* Ends the paragraph: each of its lines goes to the text behind its marks. */
static void
end_line(struct walk *w, bool close_to_last)
{
	const char *at = buf_text(&w->line);
	bool first = true;

	if (w->any && !close_to_last) {
		for (size_t i = 0; i < w->quotes; i++)
			buf_add(&w->text, i + 1 < w->quotes ? "> " : ">");
		buf_add_char(&w->text, '\n');
	}
	for (;;) {
		size_t n = strcspn(at, "\n");

		add_marks(w);
		if (first && w->item_starts) {
			int *number = &w->lists[w->n_lists - 1].number;

			for (size_t i = 1; i < w->n_lists; i++)
				buf_add(&w->text, "  ");
			if (*number > 0)
				buf_addf(&w->text, "%d. ", (*number)++);
			else
				buf_add(&w->text, "- ");
			w->item_starts = false;
		} else if (*at == '>') {
			buf_add_char(&w->text, ' ');	/* is no quote */
		}
		first = false;
		buf_add_n(&w->text, at, n);
		buf_add_char(&w->text, '\n');
		if (at[n] == '\0')
			break;
		at += n + 1;
	}
	w->any = true;
	w->line.n = 0;
	if (w->line.data != NULL)
		w->line.data[0] = '\0';
}

static void
enter_list(struct walk *w, cmark_node *node)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = ordered ? cmark_node_get_list_start(node) : 0;

	if (w->n_lists < MAX_LISTS)
		w->lists[w->n_lists++].number = start;
	buf_add(&w->html, ordered ? "<ol" : "<ul");
	if (start > 1)
		buf_addf(&w->html, " start=\"%d\"", start);
	buf_add(&w->html, " style=\"margin:0 0 16px;padding:0 0 0 24px\">\n");
}

static void
enter_link(struct walk *w, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);

	if (!link_is_safe(url))
		return;
	buf_add(&w->html, "<a href=\"");
	add_escaped(&w->html, url);
	buf_add(&w->html, "\">");
}

/* In the text the address stands behind the words, unless they are it. */
static void
leave_link(struct walk *w, cmark_node *node)
{
	const char *url = cmark_node_get_url(node), *shown = url;

	if (!link_is_safe(url))
		return;
	buf_add(&w->html, "</a>");
	if (text_starts(url, "mailto:"))
		shown += 7;
	else if (text_starts(url, "tel:"))
		shown += 4;
	if (!text_ends(buf_text(&w->line), shown))
		buf_addf(&w->line, " (%s)", shown);
}

static void
enter(struct walk *w, cmark_node *node, cmark_node_type type)
{
	const char *words;

	switch (type) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
		words = cmark_node_get_literal(node);
		buf_add(&w->line, words);
		if (type == CMARK_NODE_CODE)
			buf_add(&w->html, "<code>");
		add_escaped(&w->html, words);
		if (type == CMARK_NODE_CODE)
			buf_add(&w->html, "</code>");
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_add_char(&w->line, ' ');
		buf_add_char(&w->html, '\n');
		break;
	case CMARK_NODE_LINEBREAK:
		buf_add_char(&w->line, '\n');
		buf_add(&w->html, "<br>\n");
		break;
	case CMARK_NODE_CODE_BLOCK:
		buf_add(&w->line, text_trim(w->line.arena,
		    cmark_node_get_literal(node)));
		buf_add(&w->html, opening[CMARK_NODE_PARAGRAPH]);
		add_escaped(&w->html, buf_text(&w->line));
		buf_add(&w->html, closing[CMARK_NODE_PARAGRAPH]);
		end_line(w, false);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		buf_add(&w->line, "----------");
		buf_add(&w->html, "<hr style=\"border:0;border-top:1px solid "
		    "#888;margin:24px 0 16px\">\n");
		end_line(w, false);
		break;
	case CMARK_NODE_HEADING:
		buf_addf(&w->html, "<h%d style=\"margin:24px 0 8px;"
		    "font-size:%dpx;line-height:1.3\">",
		    cmark_node_get_heading_level(node),
		    cmark_node_get_heading_level(node) == 1 ? 22 : 18);
		break;
	case CMARK_NODE_LIST:
		enter_list(w, node);
		break;
	case CMARK_NODE_LINK:
		enter_link(w, node);
		break;
	case CMARK_NODE_PARAGRAPH:
		if (!is_tight(node))
			buf_add(&w->html, opening[type]);
		break;
	case CMARK_NODE_ITEM:
		w->item_starts = true;
		buf_add(&w->html, opening[type]);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		if (w->any) {
			add_marks(w);
			buf_add_char(&w->text, '\n');
			w->any = false;
		}
		w->quotes++;
		buf_add(&w->html, opening[type]);
		break;
	case CMARK_NODE_STRONG:
	case CMARK_NODE_EMPH:
		buf_add(&w->html, opening[type]);
		break;
	default:	/* raw HTML and pictures: nothing */
		break;
	}
}

static void
leave(struct walk *w, cmark_node *node, cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_HEADING:
		buf_addf(&w->html, "</h%d>\n",
		    cmark_node_get_heading_level(node));
		end_line(w, false);
		break;
	case CMARK_NODE_PARAGRAPH:
		if (!is_tight(node)) {
			buf_add(&w->html, closing[type]);
			end_line(w, false);
			break;
		}
		/* the first item of a list has a gap before it */
		end_line(w, cmark_node_previous(
		    cmark_node_parent(node)) != NULL || w->n_lists > 1);
		break;
	case CMARK_NODE_LIST:
		if (w->n_lists > 0)
			w->n_lists--;
		buf_add(&w->html, cmark_node_get_list_type(node) ==
		    CMARK_ORDERED_LIST ? "</ol>\n" : "</ul>\n");
		break;
	case CMARK_NODE_LINK:
		leave_link(w, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		w->quotes--;
		buf_add(&w->html, closing[type]);
		break;
	case CMARK_NODE_ITEM:
		w->item_starts = false;
		buf_add(&w->html, closing[type]);
		break;
	case CMARK_NODE_STRONG:
	case CMARK_NODE_EMPH:
		buf_add(&w->html, closing[type]);
		break;
	default:
		break;
	}
}

/* cmark asks for hundreds of small pieces a letter; they come from the
 * letter's arena and go with it. Its functions are given no context, so the
 * arena in use stands here; one letter is rendered at a time. */
static struct arena *room;

struct piece {
	size_t size_bytes;
	alignas(max_align_t) unsigned char data[];
};

static void *
piece_new(size_t n, size_t size_bytes)
{
	struct piece *piece = arena_alloc(room, sizeof *piece
	    + n * size_bytes);

	piece->size_bytes = n * size_bytes;
	return piece->data;
}

static void *
piece_grow(void *data, size_t size_bytes)
{
	void *grown = piece_new(1, size_bytes);

	if (data != NULL) {
		struct piece *old = (struct piece *)(void *)
		    ((unsigned char *)data - offsetof(struct piece, data));

		memcpy(grown, data, old->size_bytes < size_bytes
		    ? old->size_bytes : size_bytes);
	}
	return grown;
}

static void
piece_free(void *data)
{
	(void)data;
}

static cmark_node *
parse(struct arena *arena, const char *markdown, size_t n)
{
	static cmark_mem mem = { piece_new, piece_grow, piece_free };
	cmark_parser *parser;

	room = arena;
	parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &mem);
	cmark_parser_feed(parser, markdown, n);
	return cmark_parser_finish(parser);
}

enum rc
markdown_render(struct arena *arena, const char *markdown,
    struct markdown_out *out, struct err *err)
{
	struct walk w = { .text = buf_open(arena), .html = buf_open(arena),
		.line = buf_open(arena) };
	size_t n = strlen(markdown);
	cmark_event_type event;
	cmark_node *document;
	cmark_iter *iter;

	if (n > TEMPLATE_OUT_BYTES)
		return fail(err, RC_PARK, "markdown: the letter is too long");
	document = parse(arena, markdown, n);
	iter = cmark_iter_new(document);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_ENTER)
			enter(&w, node, cmark_node_get_type(node));
		else
			leave(&w, node, cmark_node_get_type(node));
	}
	out->text = buf_text(&w.text);
	out->html = buf_text(&w.html);
	return RC_OK;
}
