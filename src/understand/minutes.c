/* SPDX-License-Identifier: MIT */
/* Minutes: handed in, approved, corrected. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/cpr.h"
#include "understand/clause.h"
#include "understand/sense.h"
#include "understand/which.h"

#define COMMENT_WORDS 4	/* between the lines, this many say something */
#define FORM_WORDS 3	/* «Aase kom ikke» */
#define REMARK_WORDS 8	/* above them, without a word of correction */

static bool
in_draft_thread(const struct sense *s)
{
	return sense_is_letter(s, LETTER_MINUTES_DRAFT)
	    || sense_is_letter(s, LETTER_MINUTES);
}

static bool
is_about_minutes(const struct sense *s)
{
	if (in_draft_thread(s) || sense_is_letter(s, LETTER_MINUTES_FORM))
		return true;
	if (s->thread.letter != NULL)
		return false;
	return sense_says(s, MEANS_MINUTES)
	    || s->thread.presumes == PRESUMES_MINUTES;
}

/* The meeting held that is meant: the letter's, the day told, the last. */
static void
minutes_which(const struct sense *s, struct which *w)
{
	struct pick pick;

	if (in_draft_thread(s) || sense_is_letter(s, LETTER_MINUTES_FORM))
		if (which_thread(s, &pick)) {
			*w = (struct which){ .n = 1, .pick = { pick } };
			return;
		}
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];

		if (m->meaning != MEANS_MINUTES && m->meaning != MEANS_SUBMIT)
			continue;
		which_in(s, tokens_sentence_begin(&s->tokens, m->begin),
		    tokens_sentence_end(&s->tokens, m->begin), true, w);
		if (w->n > 0 || w->wrong)
			break;
		*w = (struct which){ 0 };
	}
	if (w->n == 0 && !w->wrong)
		which_in(s, 0, s->tokens.text_at, true, w);
	/* «den 21. oktober» is wrong; a day to come is no minutes' */
	if (w->n > 0 && !which_is_past(s, w->pick[0].meeting)) {
		w->n = 0;
		w->wrong = true;
	}
	if (w->n > 0 || w->wrong)
		return;
	for (size_t b = 0; s->n_bodies == 1 && b < s->bodies[0]->n_meetings;
	    b++)
		if (which_is_past(s, &s->bodies[0]->meetings[b])) {
			w->n = 1;
			w->pick[0] = (struct pick){ s->bodies[0],
				&s->bodies[0]->meetings[b] };
		}
}

static int
minutes_part(const struct sense *s)
{
	for (size_t i = 0; i < s->mail->n_attachments; i++) {
		const struct mail_attachment *a = &s->mail->attachments[i];

		if (!a->is_inline && a->type != NULL
		    && !text_starts(a->type, "image/")
		    && !text_starts(a->type, "text/calendar")
		    && strstr(a->type, "pkcs7") == NULL)
			return (int)a->part;
	}
	return -1;
}

/* A form comes back with what was written between its lines: all of the mail
 * counts, its quoted headings too. The form's own words are known later. */
static const char *
form_text(const struct sense *s)
{
	const char *whole = s->mail->text != NULL ? s->mail->text :
	    s->mail->html_text;

	return whole == NULL ? sense_text(s) : cpr_mask(s->arena, whole,
	    CPR_POSSIBLE, NULL);
}

static const char *
minutes_text(const struct sense *s)
{
	const char *text = sense_is_letter(s, LETTER_MINUTES_FORM) ?
	    form_text(s) : sense_text(s);

	for (size_t i = 0; i < s->mail->n_attachments; i++)
		if (s->mail->attachments[i].text != NULL
		    && !s->mail->attachments[i].is_inline)
			return arena_printf(s->arena, "%s\n\n%s", text,
			    s->mail->attachments[i].text);
	return text;
}

static void
meeting_set(struct finding *one, const struct sense *s,
    const struct which *w)
{
	if (w->n == 1 && !w->wrong) {
		one->action.meeting = w->pick[0].meeting->id;
		one->action.body = w->pick[0].body->slug;
		return;
	}
	which_ask(s, w, one);
}

static bool
is_submission(const struct sense *s, bool lead)
{
	const struct match *m = sense_first(s, MEANS_SUBMIT, 0);

	if (m != NULL && (!clause_is_question(s, m)))
		return lead || minutes_part(s) >= 0
		    || sense_words(s) > 60 || strcmp(lexicon_rule_text(
		    s->lexicon, m->rule), "mit ..2 @minutes") == 0;
	if (!lead)
		return false;
	/* whatever she answers to the form, a picture too: it is said there
	 * what can be used */
	if (sense_is_letter(s, LETTER_MINUTES_FORM))
		return sense_words(s) >= FORM_WORDS ||
		    s->mail->n_attachments > 0;
	return s->thread.presumes == PRESUMES_MINUTES
	    && (minutes_part(s) >= 0 || sense_words(s) > 40);
}

/* What is neither thanks, nor about coming, nor a greeting. */
static size_t
words_left(const struct sense *s)
{
	const struct tokens *t = &s->tokens;
	size_t words = 0;

	for (size_t i = t->text_at; i < t->n; ) {
		size_t end = tokens_sentence_end(t, i);
		bool other = (lexicon_in(s->lexicon, &t->list[i],
		    SET_GREETING) && end - i < 8) || sense_has_in(s, MEANS_THANKS, i, end)
		    || sense_has_in(s, MEANS_ABSENCE, i, end)
		    || sense_has_in(s, MEANS_ATTENDANCE, i, end)
		    || sense_has_in(s, MEANS_TENTATIVE, i, end)
		    || sense_has_in(s, MEANS_ITEM, i, end)
		    || sense_has_in(s, MEANS_FINE, i, end)
		    || sense_has_in(s, MEANS_APPROVE, i, end)
		    || sense_has_in(s, MEANS_NO_CHANGE, i, end)
		    || sense_has_in(s, MEANS_DEFER, i, end)
		    || tokens_is_question(t, t->list[i].sentence);

		if (!other)
			for (size_t k = i; k < end; k++)
				words += t->list[k].kind == TOKEN_WORD;
		i = end;
	}
	return words;
}

/* «intet at tilføje» adds nothing. */
static bool
is_in_no_change(const struct sense *s, const struct match *m)
{
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_NO_CHANGE
		    && s->matches[i].begin < m->end
		    && m->begin < s->matches[i].end)
			return true;
	return false;
}

static bool
has_correction(const struct sense *s)
{
	for (size_t i = 0; i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_CORRECT
		    && !is_in_no_change(s, &s->matches[i])
		    && !s->tokens.list[s->matches[i].begin].context
		    && !s->tokens.list[s->matches[i].begin].in_subject)
			return true;
	return false;
}

/* «godkendt», not «må gerne sendes ud», which speaks of an agenda. */
static bool
is_approved(const struct sense *s)
{
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct token *t = &s->tokens.list[s->matches[i].begin];

		if (s->matches[i].meaning == MEANS_APPROVE && !t->context
		    && strstr(lexicon_rule_text(s->lexicon,
		    s->matches[i].rule), "odkend") != NULL)
			return true;
		if (s->matches[i].meaning == MEANS_APPROVE && !t->context
		    && text_starts(t->norm, "approve"))
			return true;
	}
	return false;
}

/* «Fint, men det var Ruth, der holdt oplægget»: what stands behind the but
 * and is about nothing else is a correction. */
static bool
has_but(const struct sense *s)
{
	static const char *const words[] = { "men", "dog", "bortset",
		"undtagen", "but", "except" };
	static const enum meaning other[] = { MEANS_ABSENCE,
		MEANS_ATTENDANCE, MEANS_TENTATIVE, MEANS_ITEM, MEANS_THANKS,
		MEANS_APPROVE, MEANS_FINE, MEANS_NO_CHANGE, MEANS_EXCUSE,
		MEANS_PROPOSE, MEANS_IDEA };
	const struct tokens *t = &s->tokens;

	for (size_t i = t->text_at; i < t->n; i++) {
		size_t end = tokens_sentence_end(t, i), said = 0;
		bool but = false, about = false;

		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			but = but || strcmp(t->list[i].norm, words[k]) == 0;
		if (!but || tokens_is_question(t, t->list[i].sentence))
			continue;
		for (size_t k = 0; k < sizeof(other) / sizeof(other[0]); k++)
			about = about || sense_has_in(s, other[k], i, end);
		for (size_t k = i + 1; k < end; k++)
			said += t->list[k].kind == TOKEN_WORD;
		if (!about && said >= COMMENT_WORDS)
			return true;
	}
	return false;
}

static void
reply_find(const struct sense *s, struct findings *f)
{
	bool thread = in_draft_thread(s);
	bool fine = sense_says(s, MEANS_NO_CHANGE)
	    || sense_says(s, MEANS_FINE) || is_approved(s)
	    || (thread && sense_says(s, MEANS_YES) && sense_words(s) < 8);
	bool corrects = has_correction(s) || (s->words.between
	    && sense_words(s) >= COMMENT_WORDS);
	struct finding *one;
	struct which w = { 0 };

	if (thread && !corrects && !fine && words_left(s) >= REMARK_WORDS
	    && f->n == 0)
		corrects = true;
	if (sense_says(s, MEANS_NOT_APPROVE) || (thread && fine && has_but(s)))
		corrects = true;
	if (!corrects && (!fine || (!thread && !sense_says(s, MEANS_MINUTES))))
		return;
	/* «Jeg vil gerne have referatet» corrects nothing */
	if (!thread && (findings_has(f, ACTION_SUBSCRIBE)
	    || findings_has(f, ACTION_UNSUBSCRIBE)
	    || findings_has(f, ACTION_AGENDA_APPROVE)
	    || findings_has(f, ACTION_AGENDA_EDIT)))
		return;
	minutes_which(s, &w);
	if (!thread && w.n == 0 && !w.wrong)
		return;
	one = finding_add(f, corrects ? ACTION_MINUTES_COMMENT
	    : ACTION_MINUTES_APPROVE, s->tokens.text_at);
	one->action.person = s->who.email;
	if (corrects)
		one->action.text = sense_text(s);
	meeting_set(one, s, &w);
}

void
minutes_find(const struct sense *s, struct findings *f)
{
	if (is_about_minutes(s))
		reply_find(s, f);
}

/* Minutes handed in are the whole mail: nothing else is read in them. */
void
submission_find(const struct sense *s, struct findings *f)
{
	bool lead = false;
	struct finding *one;
	struct which w = { 0 };

	for (size_t i = 0; i < s->n_bodies; i++)
		lead = lead || sense_is_lead(s, s->bodies[i]);
	if (!is_about_minutes(s) || !is_submission(s, lead))
		return;
	minutes_which(s, &w);
	one = finding_add(f, ACTION_MINUTES_SUBMIT, s->tokens.text_at);
	one->action.text = minutes_text(s);
	one->action.part = minutes_part(s);
	meeting_set(one, s, &w);
}
