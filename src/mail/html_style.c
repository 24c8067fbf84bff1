/* SPDX-License-Identifier: MIT */
/* CSS, as far as it hides words from the one who reads the mail. */
#include "mail/html_style.h"

#include <string.h>

#include "base/arena.h"

#define RULES_MAX 128	/* that hide or colour; a sheet of more is no letter */
#define SHEET_MAX_BYTES ((size_t)128 * 1024)

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* --- values ------------------------------------------------------------ */

/* A word or value, borrowed, without the blanks around it. */
struct word {
	const char *s;
	size_t n;
};

static struct word
trim(const char *s, size_t n)
{
	while (n > 0 && is_space(*s)) {
		s++;
		n--;
	}
	while (n > 0 && is_space(s[n - 1]))
		n--;
	return (struct word){ s, n };
}

static bool
is(struct word w, const char *text)
{
	size_t n = strlen(text);

	if (w.n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(w.s[i]) != text[i])
			return false;
	return true;
}

static bool
starts(struct word w, const char *text)
{
	size_t n = strlen(text);

	return w.n >= n && is((struct word){ w.s, n }, text);
}

static bool
holds(struct word w, const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i + n <= w.n; i++)
		if (is((struct word){ w.s + i, n }, text))
			return true;
	return false;
}

/* A number in thousandths, with its unit left in *unit. */
static bool
number_read(struct word w, long *milli, struct word *unit)
{
	long v = 0, scale = 1000;
	size_t i = 0;
	bool minus = false, any = false, fraction = false;

	if (i < w.n && (w.s[i] == '-' || w.s[i] == '+'))
		minus = w.s[i++] == '-';
	for (; i < w.n; i++) {
		if (w.s[i] == '.' && !fraction) {
			fraction = true;
			continue;
		}
		if (w.s[i] < '0' || w.s[i] > '9')
			break;
		any = true;
		if (fraction) {
			scale /= 10;
			v += (w.s[i] - '0') * scale;
		} else if (v < 100000000)
			v = v * 10 + (w.s[i] - '0') * 1000;
	}
	*milli = minus ? -v : v;
	*unit = trim(w.s + i, w.n - i);
	return any;
}

/* font-size: 0, 1px, 1pt, .05em, 5%: nobody reads that. */
static signed char
tiny_of(struct word w)
{
	struct word unit;
	long v;

	if (!number_read(w, &v, &unit))
		return 0;
	if (is(unit, "em") || is(unit, "rem"))
		return v <= 150;
	if (is(unit, "%"))
		return v <= 15000;
	return v <= (is(unit, "pt") ? 1000 : 2000);
}

static bool
is_length_up_to(struct word w, long milli)
{
	struct word unit;
	long v;

	return number_read(w, &v, &unit) && v <= milli;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static uint32_t
rgb_read(struct word w)
{
	uint32_t v[4] = { 0, 0, 0, 255 };
	size_t at = 0, n = 0;

	while (at < w.n && w.s[at] != '(')
		at++;
	for (at++; at < w.n && n < 4; n++) {
		struct word unit, part;
		size_t from;
		long milli;

		while (at < w.n && (is_space(w.s[at]) || w.s[at] == ','
		    || w.s[at] == '/'))
			at++;
		for (from = at; at < w.n && strchr(" ,/)", w.s[at]) == NULL;)
			at++;
		part = trim(w.s + from, at - from);
		if (!number_read(part, &milli, &unit) || milli < 0)
			break;
		if (is(unit, "%"))
			milli = milli * 255 / 100;
		else if (n == 3)
			milli *= 255;
		v[n] = milli > 255000 ? 255 : (uint32_t)(milli / 1000);
	}
	if (n < 3)
		return STYLE_UNKNOWN;
	return v[3] < 13 ? STYLE_CLEAR : v[0] << 16 | v[1] << 8 | v[2];
}

static uint32_t
color_of(struct word w)
{
	static const struct {
		const char *name;
		uint32_t rgb;
	} names[] = {
		{ "white", 0xFFFFFF }, { "black", 0 }, { "red", 0xFF0000 },
		{ "blue", 0x0000FF }, { "green", 0x008000 },
		{ "gray", 0x808080 }, { "grey", 0x808080 },
		{ "silver", 0xC0C0C0 }, { "yellow", 0xFFFF00 },
		{ "orange", 0xFFA500 }, { "purple", 0x800080 },
		{ "maroon", 0x800000 }, { "navy", 0x000080 },
		{ "teal", 0x008080 }, { "olive", 0x808000 },
		{ "lime", 0x00FF00 }, { "aqua", 0x00FFFF },
		{ "cyan", 0x00FFFF }, { "fuchsia", 0xFF00FF },
		{ "magenta", 0xFF00FF }, { "brown", 0xA52A2A },
		{ "pink", 0xFFC0CB }, { "crimson", 0xDC143C },
		{ "darkred", 0x8B0000 }, { "firebrick", 0xB22222 },
		{ "darkblue", 0x00008B }, { "darkgreen", 0x006400 },
		{ "dimgray", 0x696969 }, { "darkgray", 0xA9A9A9 },
		{ "lightgray", 0xD3D3D3 }, { "lightgrey", 0xD3D3D3 },
		{ "gainsboro", 0xDCDCDC }, { "whitesmoke", 0xF5F5F5 },
		{ "snow", 0xFFFAFA }, { "ivory", 0xFFFFF0 },
		{ "ghostwhite", 0xF8F8FF }, { "floralwhite", 0xFFFAF0 },
		{ "windowtext", 0 }, { "window", 0xFFFFFF },
		{ "royalblue", 0x4169E1 }, { "darkorange", 0xFF8C00 },
	};

	if (w.n == 0)
		return STYLE_UNSET;
	if (*w.s == '#') {
		uint32_t v = 0;

		if (w.n != 4 && w.n != 5 && w.n != 7 && w.n != 9)
			return STYLE_UNKNOWN;
		for (size_t i = 1; i < w.n && i < (w.n > 5 ? 7 : 4); i++) {
			int h = hex(w.s[i]);

			if (h < 0)
				return STYLE_UNKNOWN;
			v = w.n > 5 ? v << 4 | (uint32_t)h
			    : v << 8 | (uint32_t)(h * 17);
		}
		/* The last of #RGBA and #RRGGBBAA. */
		if ((w.n == 5 && hex(w.s[4]) == 0)
		    || (w.n == 9 && hex(w.s[7]) == 0))
			return STYLE_CLEAR;
		return v;
	}
	if (starts(w, "rgb"))
		return rgb_read(w);
	if (is(w, "transparent"))
		return STYLE_CLEAR;
	if (is(w, "inherit") || is(w, "initial") || is(w, "unset")
	    || is(w, "currentcolor") || is(w, "auto"))
		return STYLE_UNSET;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is(w, names[i].name))
			return names[i].rgb;
	return STYLE_UNKNOWN;
}

uint32_t
html_color_read(const char *text, size_t n)
{
	struct word w = trim(text, n);
	char six[7] = "#";
	uint32_t color = color_of(w);

	/* bgcolor="ffffff" without its sign. */
	if (color == STYLE_UNKNOWN && w.n == 6) {
		memcpy(six + 1, w.s, 6);
		color = color_of((struct word){ six, 7 });
	}
	return color;
}

/* background: takes many things in any order; the first colour among its
 * words counts, a picture makes all of it unknown. */
static uint32_t
background_of(struct word w)
{
	size_t at = 0;

	if (holds(w, "url(") || holds(w, "gradient("))
		return STYLE_UNKNOWN;
	if (is(w, "none"))
		return STYLE_CLEAR;
	while (at < w.n) {
		size_t from = at, depth = 0;
		uint32_t c;

		while (at < w.n && (depth > 0 || !is_space(w.s[at]))) {
			depth += w.s[at] == '(';
			depth -= w.s[at] == ')' && depth > 0;
			at++;
		}
		c = color_of((struct word){ w.s + from, at - from });
		if (c != STYLE_UNKNOWN && c != STYLE_UNSET)
			return c;
		while (at < w.n && is_space(w.s[at]))
			at++;
	}
	return STYLE_UNSET;
}

/* --- declarations ------------------------------------------------------ */

/* What only counts together with another declaration. */
struct pending {
	bool flat, clipped, moved_away;
	bool top_line, rule_padding, no_border;
};

static void
declare(struct html_style *s, struct pending *p, struct word name,
    struct word value, bool important)
{
	if (is(name, "display")) {
		s->display = !is(value, "none");
		s->is_important = important && s->display == 0;
	} else if (is(name, "visibility"))
		s->visible = !is(value, "hidden") && !is(value, "collapse");
	else if (is(name, "font-size"))
		s->tiny = tiny_of(value);
	else if (is(name, "color"))
		s->color = color_of(value);
	else if (is(name, "background-color"))
		s->background = color_of(value);
	else if (is(name, "background"))
		s->background = background_of(value);
	else if (is(name, "background-image"))
		s->background = is(value, "none") ? s->background
		    : STYLE_UNKNOWN;
	else if (is(name, "white-space"))
		s->pre = starts(value, "pre") || starts(value, "break-spaces");
	else if (is(name, "opacity"))
		s->hides |= is_length_up_to(value, 50);
	else if (is(name, "max-height"))
		s->hides |= is_length_up_to(value, 0);
	else if (is(name, "mso-hide"))
		s->hides |= is(value, "all");
	else if (is(name, "height"))
		p->flat = is_length_up_to(value, 1000);
	else if (is(name, "overflow"))
		p->clipped = is(value, "hidden");
	else if (is(name, "text-indent") || is(name, "left")
	    || is(name, "top") || is(name, "margin-left"))
		s->hides |= is_length_up_to(value, -900000);
	else if (is(name, "transform"))
		s->hides |= holds(value, "scale(0)");
	else if (is(name, "margin") || is(name, "margin-bottom"))
		s->no_margin = is_length_up_to(value, 0);
	else if (is(name, "border-top"))
		p->top_line = starts(value, "solid");
	else if (is(name, "border"))
		p->no_border = is(value, "none");
	else if (is(name, "padding"))
		p->rule_padding = starts(value, "3.0pt 0")
		    || starts(value, "3pt 0");
	if (is(name, "margin") && holds(value, "40px"))
		s->is_indent = true;
}

void
html_style_read(struct html_style *s, const char *css, size_t n)
{
	struct pending p = { .flat = false };
	size_t at = 0;

	while (at < n) {
		size_t from = at, colon = n, end;
		struct word value;
		bool important = false;

		while (at < n && css[at] != ';') {
			if (css[at] == ':' && colon == n)
				colon = at;
			at++;
		}
		end = at++;
		if (colon >= end)
			continue;
		value = trim(css + colon + 1, end - colon - 1);
		if (value.n > 10 && is((struct word){ value.s + value.n - 10,
		    10 }, "!important")) {
			important = true;
			value = trim(value.s, value.n - 10);
		}
		declare(s, &p, trim(css + from, colon - from), value,
		    important);
	}
	s->hides |= p.flat && p.clipped;
	s->is_reply_rule = p.top_line && p.rule_padding;
	s->is_indent &= p.no_border;
}

/* --- sheets ------------------------------------------------------------ */

struct rule {
	struct word tag, class, id;	/* empty: any */
	struct html_style style;
};

struct html_sheet {
	struct arena *arena;	/* borrowed */
	struct rule *rules;
	size_t n, cap;
};

struct html_sheet *
html_sheet_open(struct arena *arena)
{
	struct html_sheet *sheet = arena_alloc(arena, sizeof *sheet);

	sheet->arena = arena;
	return sheet;
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
	    || (c >= '0' && c <= '9') || c == '-' || c == '_' || c < 0;
}

/* tag, .class, #id, and one of each; what is longer than that depends on
 * places that we do not follow. */
static bool
selector_read(struct word w, struct rule *rule)
{
	size_t at = 0;

	while (at < w.n) {
		char kind = w.s[at];
		size_t from = kind == '.' || kind == '#' ? at + 1 : at;
		size_t end = from;
		struct word *to = kind == '.' ? &rule->class
		    : kind == '#' ? &rule->id : &rule->tag;

		if (kind == '*' && w.n > 1) {
			at++;
			continue;
		}
		while (end < w.n && is_name(w.s[end]))
			end++;
		if (end == from || to->n != 0)
			return false;
		*to = (struct word){ w.s + from, end - from };
		at = end;
	}
	return rule->tag.n + rule->class.n + rule->id.n > 0;
}

static void
rule_keep(struct html_sheet *sheet, const struct rule *rule)
{
	if (sheet->n == sheet->cap) {
		size_t cap = sheet->cap == 0 ? 8 : sheet->cap * 2;
		struct rule *more = arena_array(sheet->arena, cap,
		    sizeof *more);

		if (sheet->n > 0)
			memcpy(more, sheet->rules, sheet->n * sizeof *more);
		sheet->rules = more;
		sheet->cap = cap;
	}
	sheet->rules[sheet->n++] = *rule;
}

static void
rule_add(struct html_sheet *sheet, struct word selectors,
    const struct html_style *style)
{
	size_t at = 0;

	while (at < selectors.n && sheet->n < RULES_MAX) {
		size_t from = at;
		struct rule rule = { .style = *style };

		while (at < selectors.n && selectors.s[at] != ',')
			at++;
		if (selector_read(trim(selectors.s + from, at - from), &rule))
			rule_keep(sheet, &rule);
		at++;
	}
}

static bool
says_something(const struct html_style *s)
{
	return s->display == 0 || s->visible == 0 || s->tiny == 1 || s->hides
	    || s->pre == 1 || s->color != STYLE_UNSET
	    || s->background != STYLE_UNSET || s->no_margin;
}

/* Skips "/ * … * /" and the marks "<!--", "-->" around a sheet. */
static size_t
skip_marks(const char *css, size_t n, size_t at)
{
	for (;;) {
		size_t end;

		while (at < n && is_space(css[at]))
			at++;
		if (n - at >= 4 && memcmp(css + at, "<!--", 4) == 0)
			at += 4;
		else if (n - at >= 3 && memcmp(css + at, "-->", 3) == 0)
			at += 3;
		else if (n - at >= 2 && css[at] == '/'
		    && css[at + 1] == '*') {
			for (end = at + 2; end + 1 < n
			    && !(css[end] == '*' && css[end + 1] == '/');)
				end++;
			at = end + 2 < n ? end + 2 : n;
		} else
			return at;
	}
}

void
html_sheet_add(struct html_sheet *sheet, const char *css, size_t n)
{
	size_t at = 0;

	if (n > SHEET_MAX_BYTES)
		n = SHEET_MAX_BYTES;
	while ((at = skip_marks(css, n, at)) < n && sheet->n < RULES_MAX) {
		size_t from = at, depth = 1, body;
		struct html_style style = STYLE_NONE;

		while (at < n && css[at] != '{' && css[at] != ';')
			at++;
		if (at >= n)
			break;
		if (css[at] == ';') {
			at++;	/* @import, @charset */
			continue;
		}
		body = ++at;
		while (at < n && depth > 0) {
			depth += css[at] == '{';
			depth -= css[at] == '}';
			at++;
		}
		/* @media and its like: another screen, or the paper. */
		if (css[from] == '@')
			continue;
		html_style_read(&style, css + body,
		    at - body - (depth == 0));
		if (says_something(&style))
			rule_add(sheet, trim(css + from, body - 1 - from),
			    &style);
	}
}

static bool
has_class(const char *classes, struct word class)
{
	for (const char *p = classes; *p != '\0';) {
		size_t n = strcspn(p, " \t\n\r\f");

		if (n == class.n && memcmp(p, class.s, n) == 0)
			return true;
		p += n;
		p += strspn(p, " \t\n\r\f");
	}
	return false;
}

static void
style_merge(struct html_style *to, const struct html_style *s)
{
	if (s->display >= 0)
		to->display = s->display;
	if (s->visible >= 0)
		to->visible = s->visible;
	if (s->tiny >= 0)
		to->tiny = s->tiny;
	if (s->pre >= 0)
		to->pre = s->pre;
	to->hides |= s->hides;
	to->no_margin |= s->no_margin;
	if (s->color != STYLE_UNSET)
		to->color = s->color;
	if (s->background != STYLE_UNSET)
		to->background = s->background;
}

void
html_sheet_apply(const struct html_sheet *sheet, const char *tag,
    const char *classes, const char *id, struct html_style *style,
    bool *important)
{
	for (size_t i = 0; i < sheet->n; i++) {
		const struct rule *r = &sheet->rules[i];

		if (r->class.n != 0 && (*classes == '\0'
		    || !has_class(classes, r->class)))
			continue;
		if (r->id.n != 0 && (strlen(id) != r->id.n
		    || memcmp(id, r->id.s, r->id.n) != 0))
			continue;
		if (r->tag.n != 0 && !is(r->tag, tag))
			continue;
		style_merge(style, &r->style);
		*important |= r->style.is_important;
	}
}
