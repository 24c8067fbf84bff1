/* SPDX-License-Identifier: MIT */
/* HTML to text: what stands where a reader would see it, quotations marked,
 * hidden words put aside. One pass; no tree is built. */
#include "mail/html_text.h"

#include <string.h>

#include "base/arena.h"
#include "mail/html_style.h"
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

enum form { FORM_INLINE = 1, FORM_BLOCK, FORM_SPACED, FORM_VOID, FORM_RAW };

enum tag {
	TAG_OTHER, TAG_A, TAG_BLOCKQUOTE, TAG_BODY, TAG_BR, TAG_DIV, TAG_FONT,
	TAG_HEADING, TAG_HR, TAG_IMG, TAG_LI, TAG_OL, TAG_P, TAG_PRE,
	TAG_SPAN, TAG_STYLE, TAG_TABLE, TAG_TD, TAG_TR, TAG_UL, TAG_TEMPLATE,
	TAG_BLOCK, TAG_VOID, TAG_RAW, TAG_INLINE, N_TAGS
};

static const struct {
	const char *name;
	enum tag tag;
	enum form form;
} known[] = {
	{ "a", TAG_A, FORM_INLINE }, { "abbr", TAG_INLINE, FORM_INLINE },
	{ "address", TAG_BLOCK, FORM_BLOCK }, { "area", TAG_VOID, FORM_VOID },
	{ "article", TAG_BLOCK, FORM_BLOCK },
	{ "aside", TAG_BLOCK, FORM_BLOCK }, { "b", TAG_INLINE, FORM_INLINE },
	{ "base", TAG_VOID, FORM_VOID }, { "big", TAG_INLINE, FORM_INLINE },
	{ "blockquote", TAG_BLOCKQUOTE, FORM_BLOCK },
	{ "body", TAG_BODY, FORM_BLOCK }, { "br", TAG_BR, FORM_VOID },
	{ "caption", TAG_BLOCK, FORM_BLOCK },
	{ "center", TAG_BLOCK, FORM_BLOCK }, { "col", TAG_VOID, FORM_VOID },
	{ "dd", TAG_BLOCK, FORM_BLOCK }, { "div", TAG_DIV, FORM_BLOCK },
	{ "dl", TAG_BLOCK, FORM_BLOCK }, { "dt", TAG_BLOCK, FORM_BLOCK },
	{ "em", TAG_INLINE, FORM_INLINE }, { "embed", TAG_VOID, FORM_VOID },
	{ "fieldset", TAG_BLOCK, FORM_BLOCK },
	{ "font", TAG_FONT, FORM_INLINE }, { "footer", TAG_BLOCK, FORM_BLOCK },
	{ "form", TAG_BLOCK, FORM_BLOCK }, { "h1", TAG_HEADING, FORM_SPACED },
	{ "h2", TAG_HEADING, FORM_SPACED }, { "h3", TAG_HEADING, FORM_SPACED },
	{ "h4", TAG_HEADING, FORM_SPACED }, { "h5", TAG_HEADING, FORM_SPACED },
	{ "h6", TAG_HEADING, FORM_SPACED },
	{ "header", TAG_BLOCK, FORM_BLOCK }, { "hr", TAG_HR, FORM_VOID },
	{ "html", TAG_BLOCK, FORM_BLOCK }, { "i", TAG_INLINE, FORM_INLINE },
	{ "img", TAG_IMG, FORM_VOID }, { "input", TAG_VOID, FORM_VOID },
	{ "li", TAG_LI, FORM_BLOCK }, { "link", TAG_VOID, FORM_VOID },
	{ "main", TAG_BLOCK, FORM_BLOCK }, { "meta", TAG_VOID, FORM_VOID },
	{ "nav", TAG_BLOCK, FORM_BLOCK }, { "ol", TAG_OL, FORM_BLOCK },
	{ "p", TAG_P, FORM_SPACED }, { "pre", TAG_PRE, FORM_BLOCK },
	{ "s", TAG_INLINE, FORM_INLINE }, { "script", TAG_RAW, FORM_RAW },
	{ "section", TAG_BLOCK, FORM_BLOCK },
	{ "small", TAG_INLINE, FORM_INLINE },
	{ "source", TAG_VOID, FORM_VOID }, { "span", TAG_SPAN, FORM_INLINE },
	{ "strong", TAG_INLINE, FORM_INLINE },
	{ "style", TAG_STYLE, FORM_RAW }, { "sub", TAG_INLINE, FORM_INLINE },
	{ "sup", TAG_INLINE, FORM_INLINE },
	{ "table", TAG_TABLE, FORM_BLOCK }, { "tbody", TAG_BLOCK, FORM_BLOCK },
	{ "td", TAG_TD, FORM_BLOCK }, { "template", TAG_TEMPLATE, FORM_BLOCK },
	{ "tfoot", TAG_BLOCK, FORM_BLOCK }, { "th", TAG_TD, FORM_BLOCK },
	{ "thead", TAG_BLOCK, FORM_BLOCK }, { "title", TAG_RAW, FORM_RAW },
	{ "tr", TAG_TR, FORM_BLOCK }, { "tt", TAG_INLINE, FORM_INLINE },
	{ "u", TAG_INLINE, FORM_INLINE }, { "ul", TAG_UL, FORM_BLOCK },
	{ "wbr", TAG_VOID, FORM_VOID }, { "xmp", TAG_PRE, FORM_BLOCK },
};

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

	struct buf out, hidden;
	int breaks;		/* line ends owed before the next word */
	bool at_start;		/* of a line */
	bool space;		/* a blank owed before the next word */
	bool fresh;		/* of a cell or item: no line end at once */
	int blank_lines;	/* in a row, at the end of `out` */
	size_t line_from;	/* where the words of this line begin */
	int line_level;		/* levels of the last line with words */
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

/* --- lines -------------------------------------------------------------------- */

static void
line_end(struct html *h)
{
	bool is_blank = h->at_start;

	while (h->out.n > h->line_from && h->out.data[h->out.n - 1] == ' ')
		h->out.data[--h->out.n] = '\0';
	if (h->out.n == h->line_from && !h->at_start) {
		/* Only blanks stood there, behind "> " perhaps. */
		is_blank = true;
		if (h->out.n > 0 && h->out.data[h->out.n - 1] == ' ')
			h->out.data[--h->out.n] = '\0';
	}
	h->space = false;
	if (is_blank) {
		if (h->blank_lines > 0 || h->out.n == 0) {
			h->at_start = true;
			h->line_from = h->out.n;
			return;
		}
		/* Between a quotation and what is none, it is neither's. */
		for (int i = 0; h->at_start && i < level(h)
		    && i < h->line_level; i++)
			buf_add_char(&h->out, '>');
		h->blank_lines++;
	} else
		h->blank_lines = 0;
	buf_add_char(&h->out, '\n');
	h->at_start = true;
	h->line_from = h->out.n;
}

static void
owe_breaks(struct html *h, int n)
{
	if (h->hidden.n > 0 && h->hidden.data[h->hidden.n - 1] != ' ')
		buf_add_char(&h->hidden, ' ');
	if (h->fresh)
		return;
	if (h->breaks < n)
		h->breaks = n;
}

static void
pay_breaks(struct html *h)
{
	if (h->breaks == 0)
		return;
	if (!h->at_start)
		line_end(h);
	if (h->breaks > 1 && h->out.n > 0 && h->blank_lines == 0)
		line_end(h);
	h->breaks = 0;
	h->space = false;
}

/* Before anything that is seen: the line ends and the blank that are owed,
 * and at a line's start the marks of the quotation. */
static void
word_begin(struct html *h)
{
	pay_breaks(h);
	if (h->at_start) {
		int n = level(h);

		for (int i = 0; i < n; i++)
			buf_add_char(&h->out, '>');
		if (n > 0)
			buf_add_char(&h->out, ' ');
		h->line_from = h->out.n;
		h->line_level = n;
		h->at_start = false;
	} else if (h->space)
		buf_add_char(&h->out, ' ');
	h->space = false;
	h->fresh = false;
}

static void
hard_break(struct html *h)
{
	pay_breaks(h);
	line_end(h);
	h->fresh = false;
}

/* --- words -------------------------------------------------------------------- */

static bool
is_seen(uint32_t c)
{
	return !(c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD
	    || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E)
	    || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x34F
	    || c == 0x061C || c == 0x180E);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void
code_show(struct html *h, uint32_t c)
{
	if (c == 0xA0 || c == 0x2007 || c == 0x202F) {
		word_begin(h);
		buf_add_char(&h->out, ' ');
	} else if (c == ' ' || c == '\n' || c == '\t' || c == 0x2028)
		h->space = true;
	else if (is_seen(c)) {
		word_begin(h);
		buf_add_code(&h->out, c);
	}
}

static void
text_show(struct html *h, const char *at, size_t n)
{
	const char *end = at + n;
	bool pre = top(h)->pre;

	while (at < end) {
		const char *from = at, *after = at;
		uint32_t code;

		if (is_space(*at)) {
			if (pre && *at == '\n')
				hard_break(h);
			else if (pre)
				code_show(h, 0xA0);
			else
				h->space = !h->at_start;
			at++;
			continue;
		}
		if (*at == '&') {
			code = html_entity(at, end, &after);
			if (code != 0) {
				code_show(h, code);
				at = after;
				continue;
			}
			at++;
		} else if (*at == '\xC2' && at + 1 < end
		    && at[1] == '\xA0') {
			code_show(h, 0xA0);
			at += 2;
			continue;
		}
		while (at < end && !is_space(*at) && *at != '&'
		    && *at != '\xC2')
			at++;
		if (at == from)
			at++;
		/* The rest of a letter whose first byte was looked at. */
		if (*from == '\xC2' && at == from + 1 && at < end)
			at++;
		word_begin(h);
		buf_add_n(&h->out, from, (size_t)(at - from));
	}
}

static void
text_hide(struct html *h, const char *at, size_t n)
{
	const char *value = html_value(h->arena, (struct bytes){
	    (const unsigned char *)at, n }, n);
	uint32_t c;

	while ((c = text_next(&value)) != 0) {
		if (c == 0xA0 || c < 0x20)
			c = ' ';
		if (c == ' ' && (h->hidden.n == 0
		    || h->hidden.data[h->hidden.n - 1] == ' '))
			continue;
		if (is_seen(c))
			buf_add_code(&h->hidden, c);
	}
}

/* --- colours ------------------------------------------------------------------ */

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
		text_hide(h, at, n);
		return;
	}
	if (level(h) > 0 && !e->in_link && !e->in_heading) {
		bool coloured = is_real(e->color) && is_strong(e->color)
		    && e->color != GMAIL_PURPLE;

		*(coloured ? &h->n_coloured : &h->n_usual)
		    += count_letters(at, n);
	}
	text_show(h, at, n);
}

/* --- quotations ---------------------------------------------------------------- */

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

/* --- elements ------------------------------------------------------------------- */

static void
pop(struct html *h)
{
	struct element *e = top(h);

	h->quotes -= e->quotes;
	h->counts[e->tag]--;
	if (e->quotes != 0)
		h->fresh = false;
	if (e->form == FORM_SPACED || e->quotes != 0)
		owe_breaks(h, e->form == FORM_SPACED && e->item == 0 ? 2 : 1);
	else if (e->tag == TAG_TD)
		h->breaks = 0;
	else if (e->form == FORM_BLOCK)
		owe_breaks(h, 1);
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
	owe_breaks(h, 1);
	if (is_hidden(top(h)))
		return;
	word_begin(h);
	if (list != NULL && list->tag == TAG_OL)
		buf_addf(&h->out, "%d. ", list->item++);
	else
		buf_add(&h->out, "- ");
	h->fresh = true;
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
	if (row != NULL && row->has_cell && !h->at_start) {
		h->breaks = 0;
		h->space = false;
		if (!is_hidden(top(h)))
			buf_add(&h->out, "  ");
		h->fresh = true;
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
	if (code >= 0x2190 && is_seen(code))
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
			owe_breaks(h, 1);
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
		owe_breaks(h, e->item ? 1 : 2);
	else if (e->quotes != 0) {
		h->fresh = false;
		owe_breaks(h, 1);
	} else if (form == FORM_BLOCK && tag != TAG_TD && tag != TAG_LI)
		owe_breaks(h, 1);
	h->quotes += e->quotes;
	h->counts[tag]++;
	h->n++;
	if (tag == TAG_LI)
		item_begin(h);
	else if (tag == TAG_TD)
		cell_begin(h);
}

static void
tag_find(const char *name, enum tag *tag, enum form *form)
{
	size_t low = 0, high = sizeof known / sizeof *known;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, known[middle].name);

		if (order == 0) {
			*tag = known[middle].tag;
			*form = known[middle].form;
			return;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	*tag = TAG_OTHER;
	*form = FORM_INLINE;
}

static void
open_take(struct html *h, struct html_reader *r, const struct html_token *t)
{
	enum tag tag;
	enum form form;

	tag_find(t->name, &tag, &form);
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
		hard_break(h);
	else if (tag == TAG_HR)
		owe_breaks(h, 1);
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

	tag_find(t->name, &tag, &form);
	if (tag == TAG_BR) {
		hard_break(h);
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
	struct html h = { .arena = arena, .out = buf_open(arena),
		.hidden = buf_open(arena), .at_start = true };
	struct html_reader reader = html_reader(html);
	struct html_token token;
	const char *hidden, *p;
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
	if (!h.at_start)
		line_end(&h);
	while (h.out.n > 1 && h.out.data[h.out.n - 2] == '\n')
		h.out.data[--h.out.n] = '\0';
	hidden = buf_text(&h.hidden);
	for (p = hidden; *p != '\0' && !has_words;)
		has_words = text_is_letter(text_next(&p));
	return (struct html_text){ .text = buf_text(&h.out),
		.hidden = has_words ? text_trim(arena, hidden) : NULL,
		.has_coloured = h.n_coloured > 1 && h.n_usual > 1,
		.is_cut = h.is_cut };
}
