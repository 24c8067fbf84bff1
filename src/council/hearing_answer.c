/* SPDX-License-Identifier: MIT */
/* A council's answer to a hearing: put together in the members' own words, and
 * shown to those who release it. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/hearing.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "understand/hearing_words.h"

#define LONG_BYTES 8000		/* a longer contribution is a file of its own */
#define LETTER_BYTES 30000	/* a longer answer is read in the file alone */
#define PIECES_MOST 4000

/* --- put together ------------------------------------------------------------ */

struct sorted {
	struct hearing_piece *list;
	size_t n;
};

static void
pieces_add(struct sorted *all, const struct hearing_piece *more, size_t n)
{
	for (size_t i = 0; i < n && all->n < PIECES_MOST; i++)
		all->list[all->n++] = more[i];
}

/* All pieces in the order in which they came; of a long one only where it
 * lies. */
static struct sorted
said_sort(const struct hearing_work *w, const struct contribution *said,
    size_t n)
{
	struct sorted all = { arena_array(w->arena, PIECES_MOST + 1,
	    sizeof *all.list), 0 };
	size_t n_questions, annex = 0, n_more;
	const char **questions = hearing_questions(w->arena,
	    w->request.words, &n_questions);

	for (size_t i = 0; i < n; i++) {
		const struct hearing_piece *more;

		if (said[i].role != CONTRIBUTION_MEMBER || said[i].late)
			continue;
		if (strlen(said[i].words) > LONG_BYTES) {
			pieces_add(&all, &(struct hearing_piece){
			    .words = arena_printf(w->arena, "%s %zu.",
			    hearing_word(w, "hearing-annex-see"), ++annex) },
			    1);
			continue;
		}
		more = hearing_pieces(w->arena, said[i].words, questions,
		    n_questions, &n_more);
		pieces_add(&all, more, n_more);
	}
	return all;
}

static void
theme_add(const struct hearing_work *w, struct buf *out,
    const struct sorted *all, const char *theme, const char *heading)
{
	bool begun = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct hearing_piece *p = &all->list[i];

		if (p->dissent || !hearing_same_theme(w->arena, p->theme,
		    theme))
			continue;
		if (!begun && heading != NULL)
			buf_addf(out, "\n\n## %s", heading);
		begun = true;
		buf_addf(out, "\n\n%s", p->words);
	}
}

static bool
is_earlier(const struct hearing_work *w, const struct sorted *all, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (!all->list[i].dissent && hearing_same_theme(w->arena,
		    all->list[i].theme, all->list[at].theme))
			return true;
	return false;
}

/* The authority's questions first, in its order, then themes of the members'
 * own, in general last; who disagrees stands by itself at the end. */
static const char *
answer_write(const struct hearing_work *w, const struct sorted *all)
{
	struct buf out = buf_open(w->arena);
	size_t n_questions, dissents = 0;
	const char **questions = hearing_questions(w->arena,
	    w->request.words, &n_questions);
	bool themes = false;

	buf_addf(&out, "# %s: %s\n\n%s", hearing_word(w, "hearing-answer"),
	    w->row.title, hearing_word(w, all->n == 0 ? "hearing-answer-none"
	    : "hearing-answer-intro"));
	for (size_t i = 0; i < n_questions; i++)
		theme_add(w, &out, all, questions[i], questions[i]);
	for (size_t i = 0; i < all->n; i++) {
		const struct hearing_piece *p = &all->list[i];
		bool asked = false;

		dissents += p->dissent;
		themes = themes || (p->theme != NULL && !p->dissent);
		for (size_t k = 0; k < n_questions; k++)
			asked = asked || hearing_same_theme(w->arena,
			    questions[k], p->theme);
		if (!asked && p->theme != NULL && !p->dissent &&
		    !is_earlier(w, all, i))
			theme_add(w, &out, all, p->theme, p->theme);
	}
	theme_add(w, &out, all, NULL, themes ? hearing_word(w,
	    "hearing-general") : NULL);
	if (dissents > 0)
		buf_addf(&out, "\n\n## %s", hearing_word(w,
		    "hearing-dissent"));
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].dissent)
			buf_addf(&out, "\n\n%s", all->list[i].words);
	return buf_text(&out);
}

static enum rc
said_load(const struct hearing_work *w, struct contribution **said, size_t *n,
    struct err *err)
{
	return contribution_list(w->council->store, w->arena, w->row.slug,
	    HEARING_SAID_MOST, said, n, err);
}

enum rc
hearing_compile(struct hearing_work *w, struct err *err)
{
	struct contribution *said;
	struct hearing_draft draft = { .hearing_id = w->row.hearing_id,
		.made_at = w->council->now_at };
	struct sorted all;
	size_t n;
	enum rc rc = said_load(w, &said, &n, err);

	if (rc != RC_OK)
		return rc;
	all = said_sort(w, said, n);
	draft.words = answer_write(w, &all);
	if ((rc = hearing_draft_add(w->council->store, &draft, err)) !=
	    RC_OK || (rc = hearing_move(w->council->store, &w->row,
	    HEARING_COMPILE, w->council->now_at, err)) != RC_OK)
		return rc;
	return hearing_draft_send(w, &(struct hearing_show){
	    .draft = &draft, .because = "new" }, err);
}

/* --- files -------------------------------------------------------------------- */

static const char *
said_name(const struct contribution *said)
{
	return said->name != NULL ? said->name : said->email;
}

/* Everything that was said, word for word, by person. */
static const char *
said_write(const struct hearing_work *w, const struct contribution *said,
    size_t n)
{
	struct buf out = buf_open(w->arena);

	buf_addf(&out, "# %s: %s\n", hearing_word(w, "hearing-said"),
	    w->row.title);
	for (size_t i = 0; i < n; i++) {
		const char *kind = said[i].role == CONTRIBUTION_PARTY ?
		    "hearing-said-party" : said[i].role == CONTRIBUTION_OTHER
		    ? "hearing-said-other" : said[i].late ?
		    "hearing-said-late" : NULL;

		buf_addf(&out, "\n## %zu. %s, %s%s%s%s\n\n%s\n", i + 1,
		    said_name(&said[i]), day_words_at(w->arena, w->language,
		    said[i].at), kind == NULL ? "" : " (", kind == NULL ? "" :
		    hearing_word(w, kind), kind == NULL ? "" : ")",
		    said[i].words);
	}
	return buf_text(&out);
}

static struct outbox_file
text_file(const char *name, const char *text)
{
	return (struct outbox_file){ name, "text/markdown", {
	    (const unsigned char *)text, strlen(text) } };
}

struct outbox_file *
hearing_files(const struct hearing_work *w, const struct hearing_draft *draft,
    bool with_said, size_t *n, struct err *err)
{
	struct contribution *said;
	struct outbox_file *list;
	size_t n_said, count = 0, annex = 0;

	if (said_load(w, &said, &n_said, err) != RC_OK)
		n_said = 0;
	list = arena_array(w->arena, n_said + 3, sizeof *list);
	list[count++] = text_file(hearing_word(w, "hearing-answer-file"),
	    draft->words);
	if (with_said)
		list[count++] = text_file(hearing_word(w,
		    "hearing-said-file"), said_write(w, said, n_said));
	for (size_t i = 0; i < n_said; i++)
		if (said[i].role == CONTRIBUTION_MEMBER && !said[i].late &&
		    strlen(said[i].words) > LONG_BYTES) {
			list[count] = text_file(arena_printf(w->arena,
			    "%s-%zu.txt", hearing_word(w,
			    "hearing-annex-file"), ++annex), said[i].words);
			list[count++].type = "text/plain";
		}
	*n = count;
	return list;
}

/* --- the draft's letters ------------------------------------------------------- */

bool
hearing_part_fields(const struct hearing_work *w, const char *words,
    struct json_fields *fields)
{
	size_t n;
	const char **parts = hearing_parts(w->arena, words, &n);

	if (strlen(words) > LETTER_BYTES)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct json_fields *item = fields_item(fields, "parts");
		bool heading = parts[i][0] == '#' && strchr(parts[i], '\n') ==
		    NULL;

		fields_number(item, "number", (long)i + 1);
		fields_flag(item, "heading", heading);
		fields_text(item, "words", heading ? text_trim(w->arena,
		    parts[i] + strspn(parts[i], "#")) : parts[i]);
	}
	return true;
}

static void
said_fields(const struct hearing_work *w, const struct contribution *said,
    size_t n, struct json_fields *fields)
{
	size_t n_list, n_silent = 0, n_talked = 0;
	struct guest *list = hearing_members(w, &n_list);
	const char **silent = arena_array(w->arena, n_list + 1,
	    sizeof *silent);
	const char **talked = arena_array(w->arena, n_list + 1,
	    sizeof *talked);

	for (size_t i = 0; i < n_list; i++) {
		const char *name = list[i].name != NULL ? list[i].name :
		    list[i].email;

		if (hearing_has_said(said, n, list[i].email))
			talked[n_talked++] = name;
		else
			silent[n_silent++] = name;
	}
	fields_text(fields, "silent", n_silent == 0 ? NULL : words_join(
	    w->arena, w->language, silent, n_silent));
	fields_text(fields, "talked", n_talked == 0 ? NULL : words_join(
	    w->arena, w->language, talked, n_talked));
	for (size_t i = 0; i < n; i++) {
		struct json_fields *item;

		if (!said[i].late || said[i].role != CONTRIBUTION_MEMBER)
			continue;
		item = fields_item(fields, "late");
		fields_number(item, "number", (long)i + 1);
		fields_text(item, "name", said_name(&said[i]));
		fields_text(item, "words", text_cut(w->arena, said[i].words,
		    LONG_BYTES / 4));
	}
}

static enum rc
draft_one(const struct hearing_work *w, const struct hearing_show *show,
    const struct guest *guest, const struct json_fields *fields,
    const struct outbox_file *files, size_t n_files, struct err *err)
{
	return hearing_letter(w, guest->email, guest->name,
	    (struct outbox_draft){
	    .key = arena_printf(w->arena, "hearing-draft/%s/v%lld-%lld/%s/%s",
	    w->row.slug, (long long)show->draft->version,
	    (long long)show->draft->draft_id, show->because, guest->email),
	    .template = "hearing-draft", .kind = LETTER_HEARING_DRAFT,
	    .class = LETTER_ANSWER, .body = w->body,
	    .mail_id = show->mail_id, .fields = fields, .files = files,
	    .n_files = n_files, .wants_token = true }, NULL, err);
}

enum rc
hearing_draft_send(const struct hearing_work *w,
    const struct hearing_show *show, struct err *err)
{
	struct contribution *said;
	struct outbox_file *files;
	struct guest *leads;
	size_t n, n_said, n_files;
	enum rc rc = said_load(w, &said, &n_said, err);

	if (rc != RC_OK)
		return rc;
	files = hearing_files(w, show->draft, true, &n_files, err);
	leads = hearing_leads(w, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct json_fields *fields = fields_open(w->arena);
		bool chair = hearing_is_chair(w, leads[i].email) ||
		    !hearing_has_chair(w);

		if (show->only != NULL && !text_equal_nocase(leads[i].email,
		    show->only))
			continue;
		hearing_fields(w, fields);
		said_fields(w, said, n_said, fields);
		fields_flag(fields, "in_file", !hearing_part_fields(w,
		    show->draft->words, fields));
		fields_text(fields, "note", show->draft->note);
		fields_flag(fields, "remind", show->remind);
		fields_flag(fields, "stale", show->stale);
		fields_flag(fields, "stopped", show->stopped);
		fields_flag(fields, "handed", show->handed && chair);
		fields_flag(fields, "chair", chair);
		rc = draft_one(w, show, &leads[i], fields, files, n_files,
		    err);
	}
	return rc;
}
