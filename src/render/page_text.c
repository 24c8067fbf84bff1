/* SPDX-License-Identifier: MIT */
/* Words of a page: what is Markdown by cmark, all else escaped. */
#include "render/page_text.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/template.h"
#include "rules/cpr.h"

static void
add_escaped(struct buf *out, const char *text)
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

const char *
page_plain(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);
	const char **lines;
	bool open = false;
	size_t n;

	text = cpr_mask(arena, text_many_lines(arena, text), CPR_POSSIBLE,
	    NULL);
	lines = text_lines(arena, text, &n);
	for (size_t i = 0; i < n; i++) {
		const char *line = text_squeeze(arena, lines[i]);

		if (line[0] == '\0') {
			buf_add(&out, open ? "</p>\n" : "");
			open = false;
			continue;
		}
		buf_add(&out, open ? "<br>\n" : "<p>");
		open = true;
		add_escaped(&out, line);
	}
	buf_add(&out, open ? "</p>\n" : "");
	return buf_text(&out);
}

static bool
link_is_safe(const char *url)
{
	return text_starts(url, "https://") || text_starts(url, "http://") ||
	    text_starts(url, "mailto:") || text_starts(url, "tel:");
}

/* A picture, or a link to elsewhere, leaves its words behind. */
static void
unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL)
		(void)cmark_node_insert_before(node, child);
	cmark_node_free(node);
}

static void
tree_mend(struct arena *arena, cmark_node *document, int level)
{
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;
	cmark_node **bad = NULL;
	size_t n = 0, cap = 0;
	int last = level - 1;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		int want;

		if (event == CMARK_EVENT_ENTER && type == CMARK_NODE_HEADING) {
			want = cmark_node_get_heading_level(node) + level - 1;
			want = want > last + 1 ? last + 1 : want;
			last = want > 6 ? 6 : want;
			(void)cmark_node_set_heading_level(node, last);
		}
		if (event != CMARK_EVENT_EXIT || (type != CMARK_NODE_IMAGE &&
		    (type != CMARK_NODE_LINK ||
		    link_is_safe(cmark_node_get_url(node)))))
			continue;
		if (n == cap) {
			cmark_node **more;

			cap = cap == 0 ? 16 : cap * 2;
			more = arena_array(arena, cap, sizeof(cmark_node *));
			if (n > 0)
				memcpy(more, bad, n * sizeof(cmark_node *));
			bad = more;
		}
		bad[n++] = node;
	}
	cmark_iter_free(iter);
	for (size_t i = 0; i < n; i++)
		unwrap(bad[i]);
}

const char *
page_markdown(struct arena *arena, const char *markdown, int level)
{
	cmark_node *document;
	const char *html;
	char *made;

	if (strlen(markdown) > TEMPLATE_OUT_BYTES)
		return page_plain(arena, markdown);
	markdown = cpr_mask(arena, text_many_lines(arena, markdown),
	    CPR_POSSIBLE, NULL);
	document = cmark_parse_document(markdown, strlen(markdown),
	    CMARK_OPT_DEFAULT);
	tree_mend(arena, document, level);
	made = cmark_render_html(document, CMARK_OPT_SAFE);
	html = arena_strdup(arena, made);
	free(made);
	cmark_node_free(document);
	return html;
}
