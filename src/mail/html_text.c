/* SPDX-License-Identifier: MIT */
/* HTML to text: what stands where a reader would see it, quotations marked,
 * hidden words put aside. One pass; no tree is built. */
#include "mail/html_text.h"

#include <string.h>

#include "base/arena.h"
#include "mail/html_lines.h"
#include "mail/html_style.h"
#include "mail/html_tag.h"
#include "mail/html_token.h"

#define STACK_MAX 600	/* open elements whose style is followed; chains of
			 * answers nest some hundred deep */
#define INLINE_MAX 64	/* elements of words in each other: an end tag looks no
			 * further for what it ends */
#define STACK_FIRST 32	/* room for most */
#define CLASS_MAX 300	/* bytes of a class attribute that are looked at */
#define STYLE_MAX 20000	/* and of a style */
#define COLOUR_NEAR 12	/* two colours that nobody tells apart: so much in
			 * each of red, green, blue */
#define COLOUR_STRONG 70 /* between the strongest and weakest of the three:
			  * a colour that is meant to be seen */
#define GMAIL_PURPLE 0x500050u /* Gmail paints quotations so by itself */

struct element {
	enum tag tag;
	enum form form;
	char name[HTML_NAME_MAX];
	bool gone;		/* nothing within can be seen */
	bool invisible, tiny;	/* what is within may say otherwise */
	bool pre, in_link, in_heading;
	bool is_wrap;		/* a quotation up to its first blockquote */
	bool has_cell;		/* a row: after its first cell */
	unsigned char quotes;	/* levels that it adds */
	int item;		/* an ordered list's next number */
	uint32_t color, background;
};

struct html {
	struct arena *arena;
	struct html_sheet *sheet;
	struct element *stack;
	int n, cap;		/* open elements; 0 is the root */
	size_t skipped;		/* opened beyond STACK_MAX, not yet closed */
	size_t counts[N_TAGS];	/* open elements of each tag */
	int quotes;		/* levels of all that are open */
	bool rest_is_quote;	/* after the head of Outlook's quotation */
	bool is_cut;

	struct html_lines lines;
	size_t n_coloured, n_usual; /* letters of quotations */
};

static struct element *
top(struct html *h)
{
	return &h->stack[h->n - 1];
}

static int
level(const struct html *h)
{
	int n = h->quotes + (h->rest_is_quote ? 1 : 0);

	return n > 20 ? 20 : n;
}

/* --- colours ----------------------------------------------------------- */

static unsigned
channel(uint32_t color, int which)
{
	return color >> (8 * which) & 0xFF;
}

static bool
is_real(uint32_t color)
{
	return color <= 0xFFFFFF;
}

static bool
is_near(uint32_t a, uint32_t b)
{
	for (int i = 0; i < 3; i++) {
		unsigned x = channel(a, i), y = channel(b, i);

		if ((x > y ? x - y : y - x) > COLOUR_NEAR)
			return false;
	}
	return true;
}

static bool
is_strong(uint32_t c)
{
	unsigned most = 0, least = 255;

	for (int i = 0; i < 3; i++) {
		unsigned v = channel(c, i);

		most = v > most ? v : most;
		least = v < least ? v : least;
	}
	return most - least >= COLOUR_STRONG;
}

static bool
is_hidden(const struct element *e)
{
	if (e->gone || e->invisible || e->tiny || e->color == STYLE_CLEAR)
		return true;
	return is_real(e->color) && is_real(e->background)
	    && is_near(e->color, e->background);
}

static size_t
count_letters(const char *at, size_t n)
{
	size_t letters = 0;

	for (size_t i = 0; i < n; i++)
		letters += (at[i] >= 'a' && at[i] <= 'z')
		    || (at[i] >= 'A' && at[i] <= 'Z');
	return letters;
}

static void
text_take(struct html *h, const char *at, size_t n)
{
	const struct element *e = top(h);

	if (is_hidden(e)) {
		html_lines_hide(&h->lines, at, n);
		return;
	}
	if (level(h) > 0 && !e->in_link && !e->in_heading) {
		bool coloured = is_real(e->color) && is_strong(e->color)
		    && e->color != GMAIL_PURPLE;

		*(coloured ? &h->n_coloured : &h->n_usual)
		    += count_letters(at, n);
	}
	html_lines_add(&h->lines, at, n, e->pre);
}

/* --- quotations -------------------------------------------------------- */

static bool
has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || p[-1] == ' ' || p[-1] == '_')
		    && (p[n] == '\0' || p[n] == ' '))
			return true;
	return false;
}

static bool
has_any(const char *list, const char *const *words)
{
	for (; *words != NULL; words++)
		if (has_word(list, *words))
			return true;
	return false;
}

/* What mail programs put around the mail they answer. A wrap holds the line
 * «N. wrote:» and then a blockquote; answers between the quoted lines stand
 * in it behind a blockquote, so it only counts up to its first. */
static void
quote_mark(struct html *h, struct element *e, const char *classes,
    const char *id, const struct html_token *t,
    const struct html_style *style)
{
	static const char *const wraps[] = { "gmail_quote",
		"protonmail_quote", "moz-forward-container", "zmail_extra",
		"quote", NULL };
	static const char *const whole[] = { "yahoo_quoted",
		"OutlookMessageHeader", NULL };
	static const char *const lines[] = { "moz-cite-prefix", "gmail_attr",
		"moz-email-headers-table", NULL };
	static const char *const rests[] = { "divRplyFwdMsg", "appendonsend",
		"mail-editor-reference-message-container", NULL };

	if (e->tag == TAG_BLOCKQUOTE) {
		if (style->is_indent && !t->has[HTML_TYPE] && *classes == '\0')
			return;
		e->quotes = 1;
		for (int i = h->n - 1; i > 0; i--)
			if (h->stack[i].is_wrap) {
				h->quotes -= h->stack[i].quotes;
				h->stack[i].quotes = 0;
				h->stack[i].is_wrap = false;
				break;
			}
		return;
	}
	if (e->tag != TAG_DIV && e->tag != TAG_SPAN && e->tag != TAG_P
	    && e->tag != TAG_TABLE)
		return;
	if (has_any(id, rests) || (e->tag == TAG_DIV && style->is_reply_rule))
		h->rest_is_quote = true;
	else if (level(h) > 0)
		return; /* within a quotation its lines are quoted already */
	else if (e->tag == TAG_DIV && (has_any(classes, wraps)
	    || (t->has[HTML_NAME] && t->attrs[HTML_NAME].n == 5
	    && memcmp(t->attrs[HTML_NAME].data, "quote", 5) == 0))) {
		e->is_wrap = true;
		e->quotes = 1;
	} else if (has_any(classes, whole) || has_any(classes, lines)
	    || has_word(id, "reply-intro") || strstr(id, "yahoo_quoted"))
		e->quotes = 1;
}

/* --- elements ---------------------------------------------------------- */

static void
pop(struct html *h)
{
	struct element *e = top(h);

	h->quotes -= e->quotes;
	h->lines.level = level(h);
	h->counts[e->tag]--;
	if (e->quotes != 0)
		h->lines.fresh = false;
	if (e->form == FORM_SPACED && e->item == 0)
		html_lines_owe(&h->lines, 2);
	else if (e->form == FORM_SPACED || e->quotes != 0)
		html_lines_owe(&h->lines, 1);
	else if (e->tag == TAG_TD)
		h->lines.breaks = 0;
	else if (e->form == FORM_BLOCK)
		html_lines_owe(&h->lines, 1);
	h->n--;
}

/* Closes what an opening tag ends by itself (§13.2.6.4): p before a block,
 * li before li, td before td and tr. */
static void
pop_implied(struct html *h, enum tag tag, enum form form)
{
	if (form == FORM_INLINE || form == FORM_VOID)
		return;
	if (h->n > 1 && h->counts[TAG_P] > 0) {
		int i = h->n - 1;

		while (i > 0 && h->stack[i].form == FORM_INLINE)
			i--;
		if (i > 0 && h->stack[i].tag == TAG_P)
			while (h->n > i)
				pop(h);
	}
	if (tag != TAG_LI && tag != TAG_TD && tag != TAG_TR)
		return;
	for (int i = h->n - 1; i > 0; i--) {
		enum tag open = h->stack[i].tag;

		if (open == TAG_TABLE || open == TAG_UL || open == TAG_OL
		    || open == TAG_BLOCKQUOTE)
			return;
		if (open == tag || (tag == TAG_TR && open == TAG_TD)) {
			while (h->n > i)
				pop(h);
			if (tag != TAG_TR)
				return;
		} else if (h->stack[i].form == FORM_BLOCK
		    && open != TAG_BLOCK && open != TAG_TR
		    && open != TAG_TD)
			return;
	}
}

static void
style_take(struct html *h, struct element *e, const struct html_token *t)
{
	const char *css = html_value(h->arena, t->attrs[HTML_STYLE],
	    STYLE_MAX);
	const char *classes = !t->has[HTML_CLASS] ? "" : html_value(h->arena,
	    t->attrs[HTML_CLASS], CLASS_MAX);
	const char *id = !t->has[HTML_ID] ? "" : html_value(h->arena,
	    t->attrs[HTML_ID], CLASS_MAX);
	struct html_style style = STYLE_NONE;
	bool important = false;

	if (t->has[HTML_COLOR])
		style.color = html_color_read(
		    (const char *)t->attrs[HTML_COLOR].data,
		    t->attrs[HTML_COLOR].n);
	if (t->has[HTML_BGCOLOR])
		style.background = html_color_read(
		    (const char *)t->attrs[HTML_BGCOLOR].data,
		    t->attrs[HTML_BGCOLOR].n);
	html_sheet_apply(h->sheet, t->name, classes, id, &style, &important);
	if (t->has[HTML_STYLE])
		html_style_read(&style, css, strlen(css));
	e->gone |= style.hides || style.display == 0 || important
	    || t->has[HTML_HIDDEN];
	if (style.visible >= 0)
		e->invisible = style.visible == 0;
	if (style.tiny >= 0)
		e->tiny = style.tiny == 1;
	if (style.pre >= 0)
		e->pre = style.pre == 1;
	if (style.color != STYLE_UNSET)
		e->color = style.color;
	if (style.background != STYLE_UNSET
	    && style.background != STYLE_CLEAR)
		e->background = style.background;
	/* Word's paragraphs have no space between them. */
	e->item = e->form == FORM_SPACED && (style.no_margin
	    || strncmp(classes, "Mso", 3) == 0);
	quote_mark(h, e, classes, id, t, &style);
}

static void
item_begin(struct html *h)
{
	struct element *list = NULL;

	for (int i = h->n - 1; i > 0 && list == NULL; i--)
		if (h->stack[i].tag == TAG_OL || h->stack[i].tag == TAG_UL)
			list = &h->stack[i];
	html_lines_owe(&h->lines, 1);
	if (is_hidden(top(h)))
		return;
	html_lines_begin(&h->lines);
	if (list != NULL && list->tag == TAG_OL)
		buf_addf(&h->lines.out, "%d. ", list->item++);
	else
		buf_add(&h->lines.out, "- ");
	h->lines.fresh = true;
}

static void
cell_begin(struct html *h)
{
	struct element *row = NULL;

	for (int i = h->n - 1; i > 0 && row == NULL; i--) {
		if (h->stack[i].tag == TAG_TR)
			row = &h->stack[i];
		if (h->stack[i].tag == TAG_TABLE)
			break;
	}
	if (row != NULL && row->has_cell && !h->lines.at_start) {
		h->lines.breaks = 0;
		h->lines.space = false;
		if (!is_hidden(top(h)))
			buf_add(&h->lines.out, "  ");
		h->lines.fresh = true;
	}
	if (row != NULL)
		row->has_cell = true;
}

/* A picture is not read, but for the small ones that stand for a sign. */
static void
image_show(struct html *h, const struct html_token *t)
{
	const char *alt, *p;
	uint32_t code;

	if (!t->has[HTML_ALT] || t->attrs[HTML_ALT].n > 40)
		return;
	alt = p = html_value(h->arena, t->attrs[HTML_ALT], 40);
	code = text_next(&p);
	if (code >= 0x2190 && html_is_seen(code))
		text_take(h, alt, strlen(alt));
}

static int
start_of(const struct html_token *t)
{
	int v = 0;

	for (size_t i = 0; t->has[HTML_START] && i < t->attrs[HTML_START].n
	    && i < 4; i++) {
		unsigned char c = t->attrs[HTML_START].data[i];

		if (c < '0' || c > '9')
			break;
		v = v * 10 + (c - '0');
	}
	return v == 0 ? 1 : v;
}

static void
stack_grow(struct html *h)
{
	struct element *more;

	h->cap = h->cap == 0 ? STACK_FIRST : h->cap * 2;
	more = arena_array(h->arena, (size_t)h->cap, sizeof *more);
	if (h->n > 0)
		memcpy(more, h->stack, (size_t)h->n * sizeof *more);
	h->stack = more;
}

static void
push(struct html *h, const struct html_token *t, enum tag tag, enum form form)
{
	struct element *e, *above;

	if (h->n == STACK_MAX) {
		h->skipped++;
		h->is_cut = true;
		if (form != FORM_INLINE)
			html_lines_owe(&h->lines, 1);
		return;
	}
	if (h->n == h->cap)
		stack_grow(h);
	above = top(h);
	e = &h->stack[h->n];
	*e = *above;
	e->tag = tag;
	e->form = form;
	e->quotes = 0;
	e->is_wrap = e->has_cell = false;
	memcpy(e->name, t->name, sizeof e->name);
	e->in_link |= tag == TAG_A;
	e->in_heading |= tag == TAG_HEADING;
	e->pre |= tag == TAG_PRE;
	e->gone |= tag == TAG_TEMPLATE;
	style_take(h, e, t);
	if (tag == TAG_OL)
		e->item = start_of(t);
	/* The breaks before it are owed before its quotation begins. */
	if (form == FORM_SPACED)
		html_lines_owe(&h->lines, e->item ? 1 : 2);
	else if (e->quotes != 0) {
		h->lines.fresh = false;
		html_lines_owe(&h->lines, 1);
	} else if (form == FORM_BLOCK && tag != TAG_TD && tag != TAG_LI)
		html_lines_owe(&h->lines, 1);
	h->quotes += e->quotes;
	h->lines.level = level(h);
	h->counts[tag]++;
	h->n++;
	if (tag == TAG_LI)
		item_begin(h);
	else if (tag == TAG_TD)
		cell_begin(h);
}


static void
open_take(struct html *h, struct html_reader *r, const struct html_token *t)
{
	enum tag tag;
	enum form form;

	html_tag_find(t->name, &tag, &form);
	if (form == FORM_RAW) {
		struct bytes raw = html_raw(r, t->name);

		if (tag == TAG_STYLE)
			html_sheet_add(h->sheet, (const char *)raw.data,
			    raw.n);
		return;
	}
	pop_implied(h, tag, form);
	if (form != FORM_VOID)
		push(h, t, tag, form);
	else if (is_hidden(top(h)))
		return;
	else if (tag == TAG_BR)
		html_lines_break(&h->lines);
	else if (tag == TAG_HR)
		html_lines_owe(&h->lines, 1);
	else if (tag == TAG_IMG)
		image_show(h, t);
}

/* An end tag ends what it names, and what is open within that. One of a word
 * («</b>») does not reach beyond its block, one of a block not beyond its
 * cell. */
static void
close_take(struct html *h, const struct html_token *t)
{
	enum tag tag;
	enum form form;
	int i;

	html_tag_find(t->name, &tag, &form);
	if (tag == TAG_BR) {
		html_lines_break(&h->lines);
		return;
	}
	if (form == FORM_VOID || form == FORM_RAW)
		return;
	if (h->skipped > 0) {
		h->skipped--;
		return;
	}
	if (h->counts[tag] == 0)
		return;
	for (i = h->n - 1; i > 0; i--) {
		const struct element *e = &h->stack[i];

		if (e->tag == tag && strcmp(e->name, t->name) == 0)
			break;
		if ((form == FORM_INLINE && (e->form != FORM_INLINE
		    || h->n - i > INLINE_MAX))
		    || (e->tag == TAG_TD && tag != TAG_TR
		    && tag != TAG_TABLE && tag != TAG_BLOCK
		    && tag != TAG_BODY))
			return;
	}
	while (i > 0 && h->n > i)
		pop(h);
}

struct html_text
html_text_read(struct arena *arena, const char *html)
{
	struct html h = { .arena = arena, .lines = html_lines(arena) };
	struct html_reader reader = html_reader(html);
	struct html_token token;
	const char *text, *hidden, *p;
	bool has_words = false;

	h.sheet = html_sheet_open(arena);
	stack_grow(&h);
	h.n = 1;
	h.stack[0] = (struct element){ .form = FORM_BLOCK,
		.color = STYLE_UNSET, .background = 0xFFFFFF };
	for (html_next(&reader, &token); token.kind != HTML_END;
	    html_next(&reader, &token)) {
		if (token.kind == HTML_TEXT)
			text_take(&h, token.data, token.n);
		else if (token.kind == HTML_OPEN)
			open_take(&h, &reader, &token);
		else
			close_take(&h, &token);
	}
	text = html_lines_close(&h.lines);
	hidden = buf_text(&h.lines.hidden);
	for (p = hidden; *p != '\0' && !has_words;)
		has_words = text_is_letter(text_next(&p));
	return (struct html_text){ .text = text,
		.hidden = has_words ? text_trim(arena, hidden) : NULL,
		.has_coloured = h.n_coloured > 1 && h.n_usual > 1,
		.is_cut = h.is_cut };
}
