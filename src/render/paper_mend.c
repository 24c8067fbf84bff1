/* SPDX-License-Identifier: MIT */
/* What cairo 1.16 leaves out of a tagged file, added behind it as an
 * incremental update: the language, the metadata, the title in the window's
 * bar, and which cells a head cell is the head of. */
#include "render/paper_press.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"

/* The file as cairo wrote it, and what comes behind it. */
struct file {
	struct arena *arena;
	const char *data;
	size_t n;
	size_t *offsets;	/* of each object; 0 none */
	size_t objects, xref;
	struct buf update;
	size_t *changed;	/* offset of its new form; 0 none */
	const char *trailer;
};

/* ISO 32000-1 7.5.4: 20 bytes an entry, one section from object 0 on. */
static bool
xref_read(struct file *f)
{
	const char *at = NULL, *entry;
	char *end;

	for (size_t i = f->n; i > 9 && at == NULL; i--)
		if (memcmp(f->data + i - 9, "startxref", 9) == 0)
			at = f->data + i - 9;
	if (at == NULL)
		return false;
	f->xref = strtoul(at + 9, NULL, 10);
	if (f->xref >= f->n || memcmp(f->data + f->xref, "xref\n0 ", 7) != 0)
		return false;
	f->objects = strtoul(f->data + f->xref + 7, &end, 10);
	entry = end + 1;
	if (f->objects == 0 || f->objects > f->n / 20 ||
	    entry + f->objects * 20 > f->data + f->n)
		return false;
	f->offsets = arena_array(f->arena, f->objects, sizeof *f->offsets);
	f->changed = arena_array(f->arena, f->objects + 1,
	    sizeof *f->changed);
	for (size_t i = 1; i < f->objects; i++)
		if (entry[i * 20 + 17] == 'n')
			f->offsets[i] = strtoul(entry + i * 20, NULL, 10);
	f->trailer = entry + f->objects * 20;
	return memcmp(f->trailer, "trailer", 7) == 0;
}

/* The words of an object that is a dictionary alone; NULL: it is not. */
static const char *
object_text(const struct file *f, size_t number)
{
	const char *at, *end;

	if (number >= f->objects || f->offsets[number] == 0 ||
	    f->offsets[number] >= f->n)
		return NULL;
	at = f->data + f->offsets[number];
	end = strstr(at, "endobj");
	if (end == NULL)
		return NULL;
	at = arena_strndup(f->arena, at, (size_t)(end - at));
	return strstr(at, "stream\n") == NULL ? at : NULL;
}

/* Before the last «>>» something is put in. */
static bool
object_add(struct file *f, size_t number, const char *text, const char *more)
{
	const char *last = NULL;

	for (const char *p = strstr(text, ">>"); p != NULL;
	    p = strstr(p + 1, ">>"))
		last = p;
	if (last == NULL)
		return false;
	f->changed[number] = f->n + f->update.n;
	buf_add_n(&f->update, text, (size_t)(last - text));
	buf_addf(&f->update, "%s\n>>\nendobj\n", more);
	return true;
}

static size_t
trailer_number(const struct file *f, const char *name)
{
	const char *at = strstr(f->trailer, name);

	return at == NULL ? 0 : strtoul(at + strlen(name), NULL, 10);
}

/* --- what is added ---------------------------------------------------------- */

static void
xml_add(struct buf *out, const char *text)
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
		default:
			buf_add_char(out, *text);
		}
}

static const char *
xmp(struct arena *arena, const struct paper *paper)
{
	struct date day = date_from_days(paper->made_at / 86400);
	int64_t s = paper->made_at % 86400;
	struct buf out = buf_open(arena);

	buf_add(&out, "<?xpacket begin=\"\xef\xbb\xbf\" "
	    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\""
	    "http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\""
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
	    "<pdfuaid:part>1</pdfuaid:part>\n"
	    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
	xml_add(&out, paper->title);
	buf_add(&out, "</rdf:li></rdf:Alt></dc:title>\n"
	    "<dc:creator><rdf:Seq><rdf:li>");
	xml_add(&out, paper->municipality);
	buf_add(&out, "</rdf:li></rdf:Seq></dc:creator>\n"
	    "<dc:language><rdf:Bag><rdf:li>");
	xml_add(&out, paper->language);
	buf_addf(&out, "</rdf:li></rdf:Bag></dc:language>\n<xmp:CreateDate>"
	    "%04d-%02d-%02dT%02d:%02d:%02dZ</xmp:CreateDate>\n"
	    "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
	    "<?xpacket end=\"w\"?>", day.year, day.month, day.day,
	    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
	return buf_text(&out);
}

static bool
catalog_mend(struct file *f, const struct paper *paper)
{
	size_t root = trailer_number(f, "/Root ");
	const char *text = object_text(f, root), *packet = xmp(f->arena,
	    paper);
	struct buf more = buf_open(f->arena);

	if (text == NULL)
		return false;
	/* a language is letters, digits and hyphens: checked by the caller */
	buf_addf(&more, "   /Lang (%s)\n   /Metadata %zu 0 R\n"
	    "   /ViewerPreferences << /DisplayDocTitle true >>",
	    paper->language, f->objects);
	if (strstr(text, "/MarkInfo") == NULL)
		buf_add(&more, "\n   /MarkInfo << /Marked true >>");
	if (!object_add(f, root, text, buf_text(&more)))
		return false;
	f->changed[f->objects] = f->n + f->update.n;
	buf_addf(&f->update, "%zu 0 obj\n<< /Type /Metadata\n   /Subtype "
	    "/XML\n   /Length %zu\n>>\nstream\n%s\nendstream\nendobj\n",
	    f->objects, strlen(packet), packet);
	return true;
}

/* ISO 32000-1 table 349: Scope; 12.5 and 14.8.5: the order of the tab key. */
static void
objects_mend(struct file *f, const char *scopes)
{
	for (size_t i = 1; i < f->objects; i++) {
		const char *text = object_text(f, i);

		if (text == NULL)
			continue;
		if (strstr(text, "/S /TH\n") != NULL && *scopes != '\0') {
			(void)object_add(f, i, text, *scopes == 'r' ?
			    "   /A << /O /Table /Scope /Row >>" :
			    "   /A << /O /Table /Scope /Column >>");
			scopes++;
		} else if (strstr(text, "/Type /Page\n") != NULL) {
			(void)object_add(f, i, text, "   /Tabs /S");
		}
	}
}

static void
xref_write(struct file *f)
{
	size_t xref = f->n + f->update.n;

	buf_add(&f->update, "xref\n0 1\n0000000000 65535 f \n");
	for (size_t i = 1; i <= f->objects; i++)
		if (f->changed[i] != 0)
			buf_addf(&f->update, "%zu 1\n%010zu 00000 n \n", i,
			    f->changed[i]);
	buf_addf(&f->update, "trailer\n<< /Size %zu\n   /Root %zu 0 R\n"
	    "   /Info %zu 0 R\n   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n",
	    f->objects + 1, trailer_number(f, "/Root "), trailer_number(f,
	    "/Info "), f->xref, xref);
}

static bool
language_is_plain(const char *language)
{
	return language[0] != '\0' && strspn(language, "abcdefghijklmnopqrst"
	    "uvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
	    strlen(language);
}

enum rc
paper_mend(struct arena *arena, const struct paper *paper,
    const char *scopes, struct bytes *pdf, struct err *err)
{
	struct file f = { .arena = arena, .data = (const char *)pdf->data,
		.n = pdf->n, .update = buf_open(arena) };
	char *whole;

	if (!language_is_plain(paper->language))
		return fail(err, RC_PARK, "paper: no language");
	if (!xref_read(&f) || !catalog_mend(&f, paper))
		return fail(err, RC_STOP, "paper: cairo wrote a file of "
		    "another form");
	objects_mend(&f, scopes);
	xref_write(&f);
	whole = arena_room(arena, f.n + f.update.n);
	memcpy(whole, f.data, f.n);
	memcpy(whole + f.n, f.update.data, f.update.n);
	*pdf = (struct bytes){ (const unsigned char *)whole,
		f.n + f.update.n };
	return RC_OK;
}
