/* SPDX-License-Identifier: MIT */
/* Seats in a council: who applies, and who is proposed. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/seat.h"
#include "understand/clause.h"
#include "understand/seat_words.h"
#include "understand/sense.h"
#include "understand/which.h"

/* --- who --------------------------------------------------------------- */

/* «Hun hedder», «en kvinde, der hedder». */
static bool
is_of_other(const struct sense *s, size_t at)
{
	const struct token *t = at > 0 ? &s->tokens.list[at - 1] : NULL;

	return t != NULL && (lexicon_in(s->lexicon, t, SET_THIRD)
	    || lexicon_in(s->lexicon, t, SET_RELATION)
	    || strcmp(t->norm, "der") == 0 || strcmp(t->norm, "som") == 0);
}

/* «Jeg hedder Jimmy Storm», «My name is …»: the words behind it. */
static const char *
name_told(const struct sense *s)
{
	const struct tokens *t = &s->tokens;

	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		size_t end = m->end;

		if (m->meaning != MEANS_SELF_NAME || m->end >= t->n
		    || is_of_other(s, m->begin))
			continue;
		while (end < t->n && t->list[end].kind == TOKEN_WORD
		    && t->list[end].capital && end < m->end + 5
		    && t->list[end].line == t->list[m->end].line)
			end++;
		if (end > m->end)
			return tokens_text(s->arena, t, m->end, end);
	}
	return NULL;
}

/* A line without «Hilsen», «Mvh.» at its head. */
static const char *
name_line(const struct sense *s, const char *line)
{
	struct tokens t;
	size_t from = 0;

	if (strlen(line) > 80)
		return line;
	tokens_read(s->arena, "", false, line, &t);
	lexicon_know(s->lexicon, s->arena, &t);
	while (from < t.n && (t.list[from].kind == TOKEN_MARK
	    || lexicon_in(s->lexicon, &t.list[from], SET_CLOSING)
	    || lexicon_in(s->lexicon, &t.list[from], SET_GREETING)))
		from++;
	return from == 0 ? line : tokens_text(s->arena, &t, from, t.n);
}

static size_t
name_words(const char *name)
{
	size_t n = 0;

	for (; name != NULL && *name != '\0'; name++)
		n += *name == ' ' || name[1] == '\0';
	return n;
}

/* A line of the signature, or the last of the text, that is a name. */
static const char *
name_signed(const struct sense *s)
{
	const char *texts[2] = { s->words.signature, s->words.text };

	for (size_t k = 0; k < 2; k++) {
		const char **lines;
		size_t n;

		if (texts[k] == NULL)
			continue;
		lines = text_lines(s->arena, texts[k], &n);
		for (size_t i = 0; i < n; i++) {
			const char *line = name_line(s, text_trim(s->arena,
			    k == 0 ? lines[i] : lines[n - 1 - i]));

			if (k == 1 && i > 1)
				break;
			if (person_is_name(s->arena, line))
				return line;
		}
	}
	for (size_t i = 0; i < s->words.n_pieces; i++) {
		const char **lines;
		size_t n;

		if (s->words.pieces[i].kind != WORDS_SIGNATURE
		    && s->words.pieces[i].kind != WORDS_NOISE)
			continue;
		lines = text_lines(s->arena, s->words.pieces[i].text, &n);
		for (size_t k = 0; k < n && k < 4; k++) {
			const char *line = name_line(s, lines[k]);

			if (person_is_name(s->arena, line))
				return line;
		}
	}
	/* «Hilsen Samira Noori», «Linda KM» at the end */
	for (size_t i = s->n_names; i-- > 0; )
		if (s->names[i].person == NULL
		    && s->names[i].end + 2 >= s->tokens.n)
			return s->names[i].name;
	return NULL;
}

/* The fullest name: what he says, what he signs, what the program writes;
 * one that belongs with what he says, and else what he signs. */
static const char *
sender_name(const struct sense *s)
{
	const char *told = name_told(s), *sign = name_signed(s);
	const char *from = s->who.name;
	const char *best = told;

	if (told != NULL && name_words(told) >= 2)
		return told;
	if (from != NULL && name_words(from) >= 2
	    && (told == NULL || person_same(s->arena, told, from))
	    && person_is_name(s->arena, from)
	    && (sign == NULL || person_same(s->arena, sign, from)))
		return name_words(sign) > name_words(from) ? sign : from;
	if (sign != NULL && (told == NULL
	    || person_same(s->arena, told, sign)))
		return sign;
	if (best == NULL || (from != NULL && person_same(s->arena, best,
	    from)))
		best = from != NULL ? from : best;
	return best != NULL ? best : s->who.email;
}

/* «Min egen mail er …»; else the address he writes from. */
static const char *
sender_email(const struct sense *s)
{
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];

		if (m->meaning != MEANS_OWN_EMAIL)
			continue;
		for (size_t k = m->begin; k < m->end; k++)
			if (s->tokens.list[k].kind == TOKEN_EMAIL)
				return s->tokens.list[k].norm;
	}
	return s->who.email;
}

bool
seat_is_sender(const struct sense *s, const char *name)
{
	const char *own[] = { s->who.name, s->who.person, name_told(s) };

	for (size_t i = 0; i < 3; i++)
		if (own[i] != NULL && person_same(s->arena, name, own[i]))
			return true;
	return s->words.signature != NULL
	    && strstr(s->words.signature, name) != NULL;
}

/* «Jeg søger en plads på et botilbud»: no seat of ours. */
static bool
is_elsewhere(const struct sense *s, const struct match *m)
{
	static const char *const words[] = { "paa", "hos", "ved" };

	/* «en plads i børnehaven» */
	if (m->end < s->tokens.n && strcmp(s->tokens.list[m->end].norm, "i")
	    == 0 && lexicon_in(s->lexicon, &s->tokens.list[m->end - 1],
	    SET_BODY) == false) {
		size_t end = tokens_clause_end(&s->tokens, m->end);

		for (size_t i = m->end; i < end; i++)
			if (lexicon_in(s->lexicon, &s->tokens.list[i],
			    SET_BODY) || which_body_in(s, i, i + 1) != NULL
			    || s->tokens.list[i].number >= 0)
				return false;
		return which_body_in(s, m->begin, m->end) == NULL;
	}
	for (size_t i = 0; m->end < s->tokens.n
	    && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(s->tokens.list[m->end].norm, words[i]) == 0)
			return true;
	return false;
}

/* «Jeg vil ikke være med i rådet», «I må endelig ikke vælge …». */
static bool
is_refused(const struct sense *s, const struct match *m)
{
	size_t begin = clause_part_begin(s, m->begin);

	if (clause_is_question(s, m))
		return false;
	for (size_t i = begin; i < m->end; i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_NEGATION)
		    && !(i > 0 && lexicon_in(s->lexicon,
		    &s->tokens.list[i - 1], SET_CONDITION)))
			return true;
	return false;
}

/* «Jeg søger …» in the text, and neither a council nor a seat anywhere. */
static bool
seeks_other(const struct sense *s)
{
	bool seeks = false;

	if (sense_has_in(s, MEANS_SEAT, s->tokens.text_at, s->tokens.n))
		return false;
	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++) {
		const char *norm = s->tokens.list[i].norm;

		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_BODY)
		    || which_body_in(s, i, i + 1) != NULL)
			return false;
		seeks = seeks || strcmp(norm, "soeger") == 0
		    || strcmp(norm, "soege") == 0
		    || strcmp(norm, "ansoeger") == 0
		    || strcmp(norm, "ansoege") == 0;
	}
	return seeks;
}

/* --- applications ------------------------------------------------------ */

/* «I laver et råd, det vil jeg gerne være med i»: who sits nowhere and
 * answers nothing cannot mean a meeting. */
static const struct match *
stranger_wish(const struct sense *s)
{
	const struct match *m = NULL;
	const struct named *who;
	bool council = s->body_by_words || sense_has(s, MEANS_SEAT);

	if (s->who.n_places > 0 || s->thread.letter != NULL)
		return NULL;
	for (size_t i = 0; i < s->tokens.n && !council; i++)
		council = lexicon_in(s->lexicon, &s->tokens.list[i], SET_BODY);
	for (size_t i = 0; council && m == NULL && i < s->n_matches; i++)
		if (s->matches[i].meaning == MEANS_WISH
		    && !s->tokens.list[s->matches[i].begin].context
		    && !clause_is_question(s, &s->matches[i])
		    && !clause_has_loose_negation(s, &s->matches[i])
		    && clause_subject(s, &s->matches[i], &who)
		    != SUBJECT_OTHER)
			m = &s->matches[i];
	return m;
}

static const struct match *
application(const struct sense *s)
{
	const struct match *found = NULL;

	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];
		const struct named *who;

		if (m->meaning != MEANS_APPLY
		    || s->tokens.list[m->begin].context)
			continue;
		if (clause_subject(s, m, &who) == SUBJECT_OTHER
		    || clause_is_question(s, m) || is_elsewhere(s, m))
			continue;
		if (clause_has_loose_negation(s, m)
		    || is_refused(s, m))
			return NULL;
		if (found == NULL || s->tokens.list[found->begin].in_subject)
			found = m;
	}
	if (found == NULL)
		found = stranger_wish(s);
	/* the subject «Ansøgning» above «jeg søger tilskud», no seat of ours */
	if (found != NULL && seeks_other(s) && (s->tokens.list[
	    found->begin].in_subject || seat_is_elsewhere(s->arena,
	    sense_text(s))))
		return NULL;
	/* the subject «Min ansøgning» above a question hands none in */
	if (found != NULL && s->tokens.list[found->begin].in_subject
	    && sense_words(s) > 0 && sense_words(s) < 25
	    && s->tokens.questions[s->tokens.n_sentences - 1])
		return NULL;
	return found;
}

/* A name in full that is not the one the mail comes from, a mailbox that is no
 * one person's, or an address of his own that is another: it may be that
 * somebody applies for him, so he is asked first. */
static bool
is_for_other(const struct sense *s, const char *email)
{
	const char *told = name_told(s), *sign = name_signed(s);
	const char *name = told != NULL && name_words(told) >= 2 ? told : sign;
	const char *from = s->who.name;

	if (email != NULL && s->who.email != NULL
	    && strcmp(email, s->who.email) != 0)
		return true;
	if (name == NULL || name_words(name) < 2)
		return false;
	if (from != NULL && person_same(s->arena, name, from))
		return false;
	return seat_is_shared(s->arena, from, s->who.email)
	    || (from != NULL && name_words(from) >= 2
	    && person_is_name(s->arena, from)
	    && person_is_name(s->arena, name));
}

static void
application_add(const struct sense *s, struct findings *f, size_t at,
    const struct world_body *body)
{
	struct finding *one;

	if (sense_role(s, body) != ROLE_NONE) {	/* sits there already */
		finding_none(f, NEED_HUMAN, "not-understood", at);
		return;
	}
	one = finding_add(f, ACTION_APPLICATION, at);
	one->action.name = person_plain(s->arena, sender_name(s));
	one->action.email = sender_email(s);
	one->action.text = sense_text(s);
	if (is_for_other(s, one->action.email))
		one->action.by = s->who.email;
	if (body == NULL)
		finding_ask_body(s, one);
	else
		one->action.body = body->slug;
}

/* «Jeg trækker min ansøgning tilbage», from the applicant's own address or
 * with the word that only his receipt holds; else a person sees to it. */
static bool
withdrawal_find(const struct sense *s, struct findings *f)
{
	const struct world_sent *letter = s->thread.letter;
	const struct world_body *named = s->body_by_words ? sense_body(s)
	    : NULL;
	bool proved = s->who.verified || (letter != NULL
	    && s->thread.token != NULL && s->who.email != NULL
	    && text_equal_nocase(letter->to, s->who.email));
	const char *body = NULL;
	size_t fits = 0;
	struct finding *one;

	for (size_t i = 0; proved && i < s->world->n_wishes; i++)
		if (named == NULL || strcmp(named->slug,
		    s->world->wishes[i].body) == 0) {
			body = s->world->wishes[i].body;
			fits++;
		}
	if (fits == 0)
		return false;
	one = finding_add(f, ACTION_APPLICATION_WITHDRAW, s->tokens.text_at);
	one->action.ref = letter != NULL ? letter->message_id : NULL;
	one->action.token = s->thread.token;
	one->action.body = body;
	if (fits == 1)
		return true;
	one->action.body = NULL;
	one->need = NEED_ASK;
	one->reason = "which-body";
	for (size_t i = 0; i < s->world->n_wishes && one->n_choices < 8; i++)
		one->choices[one->n_choices++] = s->world->wishes[i].body;
	return true;
}

/* «Min mor Ida Holm vil gerne søge en plads»: said by her relative, so it is a
 * proposal, and she is asked. */
static bool
relative_find(const struct sense *s, struct findings *f)
{
	for (size_t i = 0; i < s->n_matches; i++) {
		const struct match *m = &s->matches[i];

		if ((m->meaning != MEANS_APPLY && m->meaning != MEANS_WISH)
		    || s->tokens.list[m->begin].in_subject)
			continue;
		for (size_t k = 0; k < s->n_names; k++) {
			const struct named *n = &s->names[k];
			size_t at = n->begin;

			if (n->end > m->begin || m->begin - n->end > 4
			    || !nomination_may_be(s, n))
				continue;
			while (at > 0 && n->begin - at < 2
			    && s->tokens.list[at - 1].kind == TOKEN_MARK)
				at--;
			if (at > 0 && lexicon_in(s->lexicon,
			    &s->tokens.list[at - 1], SET_RELATION)
			    && nominees_find(s, f, sense_body(s), n->begin,
			    n->end, 1) > 0)
				return true;
		}
	}
	return false;
}

/* «I både Udsatterådet og Integrationsrådet»: the councils that are named side
 * by side in one sentence, whatever address it was sent to. */
static size_t
bodies_together(const struct sense *s, size_t at,
    const struct world_body *bodies[8])
{
	size_t begin = tokens_sentence_begin(&s->tokens, at);
	size_t end = tokens_sentence_end(&s->tokens, at), n = 0, last = 0;

	for (size_t i = begin; i < end && n < 8; i++) {
		const struct world_body *body = which_body_in(s, i, i + 1);

		if (body == NULL || (n > 0 && body == bodies[n - 1]))
			continue;
		if (n > 0 && i > last + 3)
			return 0;
		bodies[n++] = body;
		last = i;
	}
	return n > 1 ? n : 0;
}

/* «Ældrerådet», where there is none of that name: the address is not taken for
 * it, since it may have been the only one he found. */
static bool
is_other_council(const struct sense *s, size_t at)
{
	size_t end = tokens_sentence_end(&s->tokens, at);
	bool other = false;

	for (size_t i = at; i < end; i++) {
		const struct token *t = &s->tokens.list[i];
		size_t n = strlen(t->norm);

		if (which_body_in(s, i, i + 1) != NULL)
			return false;
		other = other || (t->kind == TOKEN_WORD && n > 8
		    && strcmp(t->norm + n - 6, "raadet") == 0
		    && !lexicon_in(s->lexicon, t, SET_BODY));
	}
	return other;
}

static void
applications_add(const struct sense *s, struct findings *f, size_t at)
{
	const struct world_body *together[8];
	size_t n = bodies_together(s, at, together);

	if (n == 0 && is_other_council(s, at)) {
		struct finding *one;

		application_add(s, f, at, NULL);
		one = &f->list[f->n - 1];
		one->n_choices = 0;
		for (size_t b = 0; b < s->world->n_bodies && one->n_choices
		    < 8; b++)
			if (s->world->bodies[b].takes_applications)
				one->choices[one->n_choices++] =
				    s->world->bodies[b].slug;
		return;
	}

	for (size_t i = 0; i < n; i++)
		application_add(s, f, at, together[i]);
	if (n > 0)
		return;
	if (s->n_bodies > 1 && (s->body_by_words
	    || s->thread.n_address_bodies > 1))
		for (size_t i = 0; i < s->n_bodies; i++)
			application_add(s, f, at, s->bodies[i]);
	else
		application_add(s, f, at, sense_body(s));
}

void
seat_find(const struct sense *s, struct findings *f)
{
	const struct match *apply = application(s);
	const struct match *name = nomination_match(s);
	/* an answer to our call is one, too */
	bool presumed = s->thread.presumes == PRESUMES_APPLICATION
	    || sense_is_letter(s, LETTER_CALL);

	if (sense_says(s, MEANS_WITHDRAW) && !sense_says(s, MEANS_ITEM)) {
		if (withdrawal_find(s, f))
			return;
		finding_none(f, NEED_HUMAN, "withdrawn", 0);
		return;
	}
	if (sense_says(s, MEANS_DOCUMENTS))
		return;
	if (findings_has(f, ACTION_HEARING_OPEN))
		return;
	/* «slet min ansøgning» hands none in */
	if (sense_says(s, MEANS_ERASE) || sense_says(s, MEANS_ACCESS))
		apply = NULL;
	if (name == NULL && relative_find(s, f))
		return;
	if (apply != NULL || (presumed && name == NULL && f->n == 0
	    && sense_words(s) > 4)) {
		applications_add(s, f, apply != NULL ? apply->begin :
		    s->tokens.text_at);
	}
	if (name != NULL && is_refused(s, name)) {
		finding_none(f, NEED_HUMAN, "not-understood", name->begin);
		return;
	}
	/* «Kan du anbefale en fodlæge?» proposes nobody */
	if (name != NULL && clause_is_question(s, name)
	    && strcmp(s->tokens.list[tokens_sentence_begin(&s->tokens,
	    name->begin)].norm, "kan") == 0)
		return;
	if (name != NULL && nomination_is_meant(s, name))
		nomination_read(s, f, name);
}
