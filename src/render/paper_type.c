/* SPDX-License-Identifier: MIT */
/* Type: fonts, paragraphs set in lines, and lines drawn run by run. */
#include "render/paper_press.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "base/arena.h"

#define FONTS "/usr/share/fonts/truetype/dejavu/"

/* Debian's fonts-dejavu-core; slanted letters are made from upright ones. */
static const char *const font_files[] = { FONTS "DejaVuSans.ttf",
	FONTS "DejaVuSans-Bold.ttf", FONTS "DejaVuSansMono.ttf" };

/* Pango asks fontconfig from a new thread for every size and script. In the
 * jail there are no threads: what GLib would run in one is run here and now,
 * since the linker takes a program's own function before a library's. The
 * first one (FcInit) is asked for under a lock that it takes itself, so it
 * waits until fonts_open has let go. */
static struct {
	GThreadFunc run;
	gpointer data;
	bool is_open;
} first;

GThread *
g_thread_new(const gchar *name, GThreadFunc run, gpointer data)
{
	(void)name;
	if (first.is_open) {
		(void)run(data);
	} else {
		first.run = run;
		first.data = data;
	}
	return g_thread_ref(g_thread_self());
}

static void
threads_open(void)
{
	first.is_open = true;
	if (first.run != NULL)
		(void)first.run(first.data);
}

static cairo_status_t
pdf_take(void *closure, const unsigned char *data, unsigned n)
{
	struct buf *pdf = closure;

	/* twice as much as may be sent is enough to know it is too much */
	if (pdf->n + n > 2 * PAPER_PDF_BYTES)
		return CAIRO_STATUS_WRITE_ERROR;
	buf_add_n(pdf, (const char *)data, n);
	return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
pdf_drop(void *closure, const unsigned char *data, unsigned n)
{
	(void)closure;
	(void)data;
	(void)n;
	return CAIRO_STATUS_SUCCESS;
}

static enum rc
fonts_open(struct press *press, struct err *err)
{
	FcConfig *config = FcConfigCreate();
	cairo_font_options_t *options = cairo_font_options_create();

	for (size_t i = 0; i < sizeof font_files / sizeof *font_files; i++)
		if (!FcConfigAppFontAddFile(config,
		    (const FcChar8 *)font_files[i]))
			return fail(err, RC_STOP, "%s: no such font; install "
			    "the package fonts-dejavu-core", font_files[i]);
	/* the only one: the system's own is neither read nor cached */
	FcConfigSetCurrent(config);
	press->map = pango_cairo_font_map_new_for_font_type(
	    CAIRO_FONT_TYPE_FT);
	threads_open();
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(press->map), config);
	FcConfigDestroy(config);
	press->context = pango_font_map_create_context(press->map);
	pango_cairo_context_set_resolution(press->context, 72);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(press->context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(press->context, FALSE);
	return RC_OK;
}

/* One line in every font, drawn to nowhere: from here on all is in memory. */
static void
fonts_read(struct press *press)
{
	static const struct type types[] = { { 10, 12, false, false },
		{ 10, 12, true, false }, { 10, 12, false, true } };
	/* with a character that no font has, and Arabic, which is shaped */
	struct words words = { .text = "Aæøå 1 \xd8\xa7\xd8\xa8 \xe4\xb8\xad" };
	struct mark mark = { MARK_EMPH, 0, 5, NULL };

	words.marks = &mark;
	words.n_marks = 1;
	press->surface = cairo_pdf_surface_create_for_stream(pdf_drop, NULL,
	    PAGE_WIDTH, PAGE_HEIGHT);
	press->cr = cairo_create(press->surface);
	press->draws = true;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		PangoLayout *layout = type_layout(press, &words, &types[i],
		    200);
		bool span = false;

		type_draw(press, layout, 0, &words, 10, 10, 200, false,
		    false, &span);
		g_object_unref(layout);
	}
	cairo_show_page(press->cr);
	cairo_destroy(press->cr);
	cairo_surface_finish(press->surface);
	cairo_surface_destroy(press->surface);
	press->draws = false;
}

enum rc
press_open(struct press *press, struct arena *arena, struct err *err)
{
	enum rc rc;

	*press = (struct press){ .arena = arena };
	if ((rc = fonts_open(press, err)) != RC_OK)
		return rc;
	fonts_read(press);
	press->pdf = buf_open(arena);
	press->scopes = buf_open(arena);
	press->surface = cairo_pdf_surface_create_for_stream(pdf_take,
	    &press->pdf, PAGE_WIDTH, PAGE_HEIGHT);
	press->cr = cairo_create(press->surface);
	return cairo_status(press->cr) == CAIRO_STATUS_SUCCESS ? RC_OK :
	    fail(err, RC_STOP, "cairo: %s",
	    cairo_status_to_string(cairo_status(press->cr)));
}

void
press_close(struct press *press)
{
	if (press->cr != NULL)
		cairo_destroy(press->cr);
	if (press->surface != NULL)
		cairo_surface_destroy(press->surface);
	if (press->context != NULL)
		g_object_unref(press->context);
	if (press->map != NULL)
		g_object_unref(press->map);
	press->cr = NULL;
	press->surface = NULL;
	press->context = NULL;
	press->map = NULL;
}

/* --- setting ---------------------------------------------------------------- */

static void
attr_add(PangoAttrList *list, PangoAttribute *attr, const struct mark *mark)
{
	attr->start_index = (guint)mark->from;
	attr->end_index = (guint)mark->to;
	pango_attr_list_insert(list, attr);
}

static PangoAttrList *
attrs(const struct words *words)
{
	PangoAttrList *list = pango_attr_list_new();

	/* a long address is broken, but no hyphen is put into it */
	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	for (size_t i = 0; i < words->n_marks; i++) {
		const struct mark *m = &words->marks[i];

		switch (m->kind) {
		case MARK_STRONG:
			attr_add(list, pango_attr_weight_new(
			    PANGO_WEIGHT_BOLD), m);
			break;
		case MARK_EMPH:
			attr_add(list, pango_attr_style_new(
			    PANGO_STYLE_ITALIC), m);
			break;
		case MARK_CODE:
			attr_add(list, pango_attr_family_new(
			    "DejaVu Sans Mono"), m);
			break;
		case MARK_LINK:	/* makes runs of their own */
			attr_add(list, pango_attr_underline_new(
			    PANGO_UNDERLINE_SINGLE), m);
			break;
		}
	}
	return list;
}

PangoLayout *
type_layout(struct press *press, const struct words *words,
    const struct type *type, double width)
{
	PangoLayout *layout = pango_layout_new(press->context);
	PangoFontDescription *font = pango_font_description_new();
	PangoAttrList *list = attrs(words);

	pango_font_description_set_family(font, type->mono ?
	    "DejaVu Sans Mono" : "DejaVu Sans");
	pango_font_description_set_size(font,
	    (int)(type->size * PANGO_SCALE));
	if (type->bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_attributes(layout, list);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(layout, width < 0 ? -1 :
	    (int)(width * PANGO_SCALE));
	pango_layout_set_text(layout, words->text, -1);
	pango_attr_list_unref(list);
	pango_font_description_free(font);
	return layout;
}

int
type_lines(PangoLayout *layout)
{
	return pango_layout_get_line_count(layout);
}

double
type_width(PangoLayout *layout)
{
	int width, height;

	pango_layout_get_size(layout, &width, &height);
	return (double)width / PANGO_SCALE;
}

/* --- drawing ---------------------------------------------------------------- */

bool
words_have_link(const struct words *words)
{
	for (size_t i = 0; i < words->n_marks; i++)
		if (words->marks[i].kind == MARK_LINK)
			return true;
	return false;
}

static const struct mark *
link_at(const struct words *words, size_t at)
{
	for (size_t i = 0; i < words->n_marks; i++)
		if (words->marks[i].kind == MARK_LINK &&
		    at >= words->marks[i].from && at < words->marks[i].to)
			return &words->marks[i];
	return NULL;
}

/* A string of cairo's attributes: what would end it is percent-encoded. */
static const char *
uri(struct arena *arena, const char *url)
{
	struct buf out = buf_open(arena);

	buf_add(&out, "uri='");
	for (; *url != '\0'; url++)
		if (*url == '\'' || *url == '\\' ||
		    (unsigned char)*url <= ' ' || (unsigned char)*url > '~')
			buf_addf(&out, "%%%02X", (unsigned char)*url);
		else
			buf_add_char(&out, *url);
	buf_add(&out, "'");
	return buf_text(&out);
}

/* Pango takes the space at which a line was broken away. On paper nobody
 * misses it; a screen reader would run two words into one. */
static void
space_keep(const struct words *words, PangoLayoutRun *run)
{
	PangoGlyphString *glyphs = run->glyphs;

	for (int i = 0; i < glyphs->num_glyphs; i++)
		if (glyphs->glyphs[i].glyph == PANGO_GLYPH_EMPTY &&
		    words->text[run->item->offset +
		    glyphs->log_clusters[i]] == ' ')
			glyphs->glyphs[i].glyph = pango_fc_font_get_glyph(
			    PANGO_FC_FONT(run->item->analysis.font), ' ');
}

static void
run_draw(struct press *press, const struct words *words,
    PangoLayoutRun *run, double x, double y, bool links, bool *span)
{
	double width = (double)pango_glyph_string_get_width(run->glyphs) /
	    PANGO_SCALE;
	const struct mark *mark = link_at(words, (size_t)run->item->offset);

	if (links && *span == (mark != NULL)) {
		if (mark != NULL)
			cairo_tag_end(press->cr, "Span");
		else
			cairo_tag_begin(press->cr, "Span", NULL);
		*span = mark == NULL;
	}
	if (mark != NULL && links)
		cairo_tag_begin(press->cr, CAIRO_TAG_LINK,
		    uri(press->arena, mark->url));
	space_keep(words, run);
	cairo_move_to(press->cr, x, y);
	pango_cairo_show_glyph_item(press->cr, words->text, run);
	if (mark != NULL && links)
		cairo_tag_end(press->cr, CAIRO_TAG_LINK);
	if (mark != NULL) {
		cairo_set_line_width(press->cr, 0.5);
		cairo_move_to(press->cr, x, y + 1.6);
		cairo_rel_line_to(press->cr, width, 0);
		cairo_stroke(press->cr);
	}
}

void
type_draw(struct press *press, PangoLayout *layout, int at,
    const struct words *words, double x, double y, double width, bool right,
    bool links, bool *span)
{
	PangoLayoutLine *line = pango_layout_get_line_readonly(layout, at);
	PangoRectangle logical;

	if (!press->draws)
		return;
	pango_layout_line_get_extents(line, NULL, &logical);
	if (right || line->resolved_dir == PANGO_DIRECTION_RTL)
		x += width - (double)logical.width / PANGO_SCALE;
	for (GSList *run = line->runs; run != NULL; run = run->next) {
		PangoLayoutRun *item = run->data;

		run_draw(press, words, item, x, y, links, span);
		x += (double)pango_glyph_string_get_width(item->glyphs) /
		    PANGO_SCALE;
	}
}
