/* SPDX-License-Identifier: MIT */
/* The sender's own words, out of everything a mail carries: lines are sorted
 * into own, quoted, passed on, signature and noise, and put together again
 * as pieces. */
#include "understand/words.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/words_part.h"

/* --- lines ------------------------------------------------------------- */

static const char *
marks_skip(const char *text, int *depth)
{
	const char *p = text + strspn(text, " ");

	/* an mbox file's «>From », RFC 4155, is no quotation */
	if (p - text > 3 || *p != '>' || text_starts(p, ">From "))
		return text;
	while (*p == '>') {
		++*depth;
		text = ++p;
		if (*p == ' ')
			text = ++p;
		p += strspn(p, " ");
	}
	return text;
}

static void
line_open(struct arena *arena, struct line *line, const char *raw)
{
	size_t n;

	line->is_dash = strcmp(raw, "-- ") == 0;
	raw = marks_skip(raw, &line->depth);
	/* a byte order mark before the quoted text (iOS) */
	if (text_starts(raw, "\xef\xbb\xbf"))
		raw += 3;
	n = strlen(raw);
	if (n > MAX_LINE_BYTES)
		n = MAX_LINE_BYTES;
	while (n > 0 && (raw[n - 1] == ' ' || raw[n - 1] == '\t'))
		n--;
	if (n >= 2 && memcmp(raw + n - 2, "\xc2\xa0", 2) == 0)
		n -= 2;
	line->text = n < MAX_LINE_BYTES ? arena_strndup(arena, raw, n) :
	    text_cut(arena, raw, n);
	line->low = text_lower(arena, line->text);
	line->blank = line->text[strspn(line->text, " \t")] == '\0';
	line->kind = WORDS_OWN;
}

void
lines_open(struct lines *lines, struct arena *arena, const char *text)
{
	size_t n;
	const char **raw = text_lines(arena, text == NULL ? "" : text, &n);

	lines->arena = arena;
	if (n > MAX_LINES) {
		n = MAX_LINES;
		lines_sign(lines, "lines beyond the limit");
	}
	lines->at = arena_array(arena, n + 1, sizeof(*lines->at));
	for (size_t i = 0; i < n; i++)
		line_open(arena, &lines->at[i], raw[i]);
	lines->n = n;
}

void
lines_sign(struct lines *lines, const char *sign)
{
	size_t max = sizeof(lines->signs) / sizeof(lines->signs[0]);

	for (size_t i = 0; i < lines->n_signs; i++)
		if (strcmp(lines->signs[i], sign) == 0)
			return;
	if (lines->n_signs < max)
		lines->signs[lines->n_signs++] = sign;
}

size_t
lines_next(const struct lines *lines, size_t i)
{
	while (i < lines->n && lines->at[i].blank)
		i++;
	return i;
}

/* --- the sender's names ------------------------------------------------ */

#define MAX_NAMES 24

static void
names_add(struct lines *l, const char **names, const char *from)
{
	const char *low = text_lower(l->arena, from == NULL ? "" : from);

	while (*low != '\0' && l->n_names < MAX_NAMES) {
		size_t n = strcspn(low, " .,_-@\t()\"'0123456789");

		if (n > 1)
			names[l->n_names++] = arena_strndup(l->arena, low, n);
		low += n;
		low += strspn(low, " .,_-@\t()\"'0123456789");
	}
}

/* Of the display name, the address's local part, and the people on file
 * under that address: what he may sign with. */
static void
names_find(struct lines *l, const struct mail *mail,
    const struct world *world)
{
	const char **names = arena_array(l->arena, MAX_NAMES, sizeof(*names));
	const struct mail_address *from = mail->from.n > 0 ?
	    &mail->from.list[0] : NULL;

	l->names = names;
	if (from == NULL)
		return;
	for (size_t i = 0; world != NULL && from->email != NULL &&
	    i < world->n_bodies; i++) {
		const struct world_person *p = world_person(
		    &world->bodies[i], from->email);

		if (p != NULL) {
			names_add(l, names, p->name);
			break;
		}
	}
	names_add(l, names, from->name);
	if (from->email != NULL)
		names_add(l, names, arena_strndup(l->arena, from->email,
		    strcspn(from->email, "@")));
}

/* --- pieces ------------------------------------------------------------ */

/* The lines [from, to) with at most one blank line in a row. */
static const char *
text_join(struct lines *l, size_t from, size_t to)
{
	struct buf buf = buf_open(l->arena);
	bool gap = false;

	for (size_t i = from; i < to; i++) {
		if (l->at[i].blank) {
			gap = buf.n > 0;
			continue;
		}
		if (buf.n > 0)
			buf_add(&buf, gap ? "\n\n" : "\n");
		buf_add(&buf, l->at[i].text);
		gap = false;
	}
	return buf_text(&buf);
}

static void
part_add(struct buf *buf, const char *text)
{
	if (*text == '\0')
		return;
	if (buf->n > 0)
		buf_add(buf, "\n\n");
	buf_add(buf, text);
}

static const char *
or_null(const struct buf *buf)
{
	return buf->n == 0 ? NULL : buf->data;
}

static size_t
piece_end(const struct lines *l, size_t i)
{
	size_t end = i + 1;

	for (size_t k = i + 1; k < l->n; k++) {
		if (l->at[k].blank)
			continue;
		if (l->at[k].kind != l->at[i].kind ||
		    l->at[k].depth != l->at[i].depth)
			break;
		end = k + 1;
	}
	return end;
}

static void
pieces_find(struct lines *l, struct words *w)
{
	struct words_piece *pieces;
	struct buf own = buf_open(l->arena), quoted = own, passed = own;
	struct buf signature = own;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += !l->at[i].blank;
	pieces = arena_array(l->arena, n + 1, sizeof(*pieces));
	n = 0;
	for (size_t i = lines_next(l, 0), end; i < l->n;
	    i = lines_next(l, end)) {
		struct words_piece *p = &pieces[n];

		end = piece_end(l, i);
		p->kind = l->at[i].kind;
		p->depth = l->at[i].depth;
		p->text = text_join(l, i, end);
		if (*p->text == '\0')
			continue;
		n++;
		part_add(p->kind == WORDS_OWN ? &own :
		    p->kind == WORDS_QUOTED ? &quoted :
		    p->kind == WORDS_FORWARDED ? &passed : &signature,
		    p->kind == WORDS_NOISE ? "" : p->text);
	}
	w->pieces = pieces;
	w->n_pieces = n;
	w->text = buf_text(&own);
	w->quoted = or_null(&quoted);
	w->forwarded = or_null(&passed);
	w->signature = or_null(&signature);
}

static void
between_find(struct words *w)
{
	bool quoted = false, answered = false;

	for (size_t i = 0; i < w->n_pieces; i++) {
		if (w->pieces[i].kind == WORDS_QUOTED) {
			w->between = w->between || answered;
			quoted = true;
		} else if (w->pieces[i].kind == WORDS_OWN)
			answered = quoted;
	}
}

static void
why_write(struct lines *l, struct words *w)
{
	struct buf buf = buf_open(l->arena);

	for (size_t i = 0; i < l->n_signs; i++) {
		buf_add(&buf, i == 0 ? "left out: " : ", ");
		buf_add(&buf, l->signs[i]);
	}
	w->why = or_null(&buf);
}

static void
lines_sort(struct lines *l, const struct world *world, struct words *w)
{
	words_quote(l);
	words_letter(l, world);
	words_signature(l);
	pieces_find(l, w);
	between_find(w);
	why_write(l, w);
	w->forwarded_subject = l->forwarded_subject;
	w->empty = w->n_pieces == 0;
	w->only_quoted = !w->empty && *w->text == '\0' &&
	    (w->quoted != NULL || w->forwarded != NULL);
}

/* --- text or HTML ------------------------------------------------------ */

static bool
is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\n")] == '\0';
}

static bool
has_marks(const char *text)
{
	return text[0] == '>' || strstr(text, "\n>") != NULL;
}

/* The words of a text, without addresses of links and pictures: for the
 * question whether two texts say the same. */
static const char *
words_only(struct arena *arena, const char *text)
{
	struct buf buf = buf_open(arena);
	const char *low = text_lower(arena, text);

	while (*low != '\0') {
		size_t n = strcspn(low, " \t\n<[");

		if (text_starts(low, "<http") || text_starts(low, "<mailto") ||
		    text_starts(low, "[cid:") || text_starts(low, "[image")) {
			low += strcspn(low, ">]");
			low += *low != '\0';
			continue;
		}
		if (n == 0) {
			low++;
			continue;
		}
		if (!text_starts(low, "http") && !text_starts(low, "[logo"))
			for (size_t i = 0; i < n; i++)
				if ((unsigned char)low[i] >= 0x80 ||
				    (low[i] >= 'a' && low[i] <= 'z') ||
				    (low[i] >= '0' && low[i] <= '9'))
					buf_add_char(&buf, low[i]);
		low += n;
	}
	return buf_text(&buf);
}

/*
 * The plain text is read, unless the HTML knows better: there is no plain
 * text; or the HTML has quotations that the plain text's programs left
 * unmarked, and the own words are the shorter there; or the plain text has
 * lost all its lines.
 */
static void
best_read(struct arena *arena, const struct mail *mail,
    const struct world *world, struct lines *base, struct words *w)
{
	struct lines plain = *base, html = *base;
	struct words other = { 0 };
	bool lost;

	if (is_blank(mail->text)) {
		lines_open(&html, arena, mail->html_text);
		lines_sort(&html, world, w);
		w->from_html = !is_blank(mail->html_text);
		return;
	}
	lines_open(&plain, arena, mail->text);
	lines_sort(&plain, world, w);
	if (is_blank(mail->html_text))
		return;
	lines_open(&html, arena, mail->html_text);
	lost = plain.n < 3 && html.n > 6;
	if (!lost && !mail->html_differs &&
	    !(w->quoted == NULL && has_marks(mail->html_text)))
		return;
	lines_sort(&html, world, &other);
	w->html_differs = mail->html_differs && strcmp(
	    words_only(arena, w->text), words_only(arena, other.text)) != 0;
	if (w->html_differs)
		return;
	if (lost || (other.quoted != NULL && !other.empty &&
	    strlen(other.text) < strlen(w->text))) {
		*w = other;
		w->from_html = true;
	}
}

void
words_read(struct arena *arena, const struct mail *mail,
    const struct world *world, struct words *words)
{
	struct lines base = { .arena = arena };
	bool reply = false, forward = false, automatic = false;
	const char *subject;

	subject = words_subject(arena, mail->subject, &reply, &forward,
	    &automatic);
	names_find(&base, mail, world);
	base.is_forward = forward;
	for (size_t i = 0; i < mail->n_calendars; i++)
		if (text_equal_nocase(mail->calendars[i].method, "REPLY") ||
		    text_equal_nocase(mail->calendars[i].method, "COUNTER"))
			base.has_calendar = true;
	*words = (struct words){ .text = "" };
	best_read(arena, mail, world, &base, words);
	words->subject = subject;
	words->is_reply_subject = reply;
	words->is_forward = forward || words->forwarded != NULL;
	words->is_auto_subject = automatic;
	words->hidden = mail->html_hidden;
}

void
words_read_text(struct arena *arena, const char *text,
    const struct world *world, struct words *words)
{
	struct lines lines = { .arena = arena };

	*words = (struct words){ .text = "" };
	lines_open(&lines, arena, text);
	lines_sort(&lines, world, words);
	words->subject = "";
}
