/* SPDX-License-Identifier: MIT */
/* A member ranks the topics: «D A C», «1. A 2. D», «først boligerne, så
 * sygeplejersken». */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/sense.h"
#include "understand/sift.h"

#define RANKS_MAX 26
#define STEM_LEAST 5	/* letters that two words share to be one */

struct rank {
	char letter;
	int number;	/* place told in figures or words; 0 none */
	bool last;	/* «til sidst E» */
	bool drop;	/* «C er ligegyldig» */
	size_t at;
};

struct ranker {
	const struct sense *s;
	const struct world_body *body;
	struct rank list[RANKS_MAX];
	size_t n;
	bool stranger;		/* a letter that is no topic's */
	bool tie, range;
	bool idle;		/* letters asked about, or told of others */
	bool missed;		/* a part of the list that names no topic */
};

static bool
is_topic(const struct ranker *r, char letter)
{
	for (size_t i = 0; i < r->body->n_topics; i++)
		if (r->body->topics[i].letter == letter)
			return true;
	return false;
}

static bool
is_letters_only(const struct sense *s)
{
	size_t letters = 0, words = 0;

	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++)
		if (s->tokens.list[i].kind == TOKEN_WORD) {
			words++;
			letters += strlen(s->tokens.list[i].norm) == 1;
		}
	return letters > 0 && letters * 2 >= words;
}

/* The place told beside a letter: «1. A», «C skal være nummer ét». */
static int
number_beside(const struct ranker *r, size_t at)
{
	const struct tokens *t = &r->s->tokens;
	size_t begin = at, end = tokens_clause_end(t, at);

	/* in front: «1. A», «1) A», «1: A», «nr. 1 A», «1 A» */
	while (begin > t->text_at && at - begin < 3
	    && (t->list[begin - 1].kind == TOKEN_MARK
	    && strchr(".):=-", t->list[begin - 1].mark) != NULL))
		begin--;
	if (begin > t->text_at && t->list[begin - 1].kind == TOKEN_NUMBER
	    && t->list[begin - 1].number >= 1
	    && t->list[begin - 1].number <= 26
	    && t->list[begin - 1].line == t->list[at].line)
		return t->list[begin - 1].number;
	/* behind: «A: 2», «A = 1», «C skal være nummer ét» */
	for (size_t i = at + 1; i < end + 1 && i < t->n && i < at + 6; i++) {
		int number = t->list[i].number;

		if (t->list[i].line != t->list[at].line && i > at + 1
		    && t->list[i - 1].kind != TOKEN_WORD)
			break;
		if (t->list[i].kind == TOKEN_WORD
		    && (strcmp(t->list[i].norm, "nummer") == 0
		    || strcmp(t->list[i].norm, "nr") == 0) && i + 1 < t->n) {
			size_t k = t->list[i + 1].mark == '.' ? i + 2 : i + 1;

			number = k < t->n ? t->list[k].number : -1;
			if (number < 0 && k < t->n)
				number = lexicon_value(r->s->lexicon,
				    &t->list[k], VALUE_NUMBER);
			return number > 0 ? number : 0;
		}
		if (number >= 1 && number <= 26 && i <= at + 2
		    && (t->list[i - 1].mark == ':' || t->list[i - 1].mark
		    == '=' || t->list[i - 1].mark == '-'))
			return number;
		if (t->list[i].kind == TOKEN_WORD && i > at + 1
		    && strlen(t->list[i].norm) == 1 && t->list[i].capital)
			break;
	}
	return 0;
}

/* «… er ligegyldig», «til sidst E»: in the letter's own clause. */
static bool
stands_with(const struct ranker *r, size_t at, enum lexicon_set set)
{
	const struct tokens *t = &r->s->tokens;
	size_t begin = tokens_clause_begin(t, at);
	size_t end = tokens_clause_end(t, at);

	for (size_t i = begin; i < end; i++)
		if (lexicon_in(r->s->lexicon, &t->list[i], set))
			return true;
	return false;
}

static void
rank_add(struct ranker *r, char letter, size_t at)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->list[i].letter == letter)
			return;
	if (r->n < RANKS_MAX)
		r->list[r->n++] = (struct rank){ .letter = letter, .at = at,
			.number = number_beside(r, at),
			.last = stands_with(r, at, SET_LAST_RANK),
			.drop = stands_with(r, at, SET_DROP_RANK) };
}

/* The bytes of a word without its ending: «boligerne» as «boliger». */
static size_t
stem_length(const char *word, size_t n)
{
	static const char *const ends[] = { "ernes", "erne", "ens", "ets",
		"ene", "en", "et", "er", "ne", "e", "n", "t", "s" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t k = strlen(ends[i]);

		if (n >= k + STEM_LEAST && memcmp(word + n - k, ends[i], k)
		    == 0)
			return n - k;
	}
	return n;
}

/* «sygeplejersken» of the title «Socialsygeplejerske», «aftenstøtten» of
 * «støtte»: one stem ends in the other. */
static bool
stems_meet(const char *a, size_t a_n, const char *b, size_t b_n)
{
	size_t x = stem_length(a, a_n), y = stem_length(b, b_n);
	size_t least = x < y ? x : y;

	return least >= STEM_LEAST
	    && memcmp(a + x - least, b + y - least, least) == 0;
}

static bool
words_meet(const char *norm, size_t n, const char *word, const char *title)
{
	size_t k = strlen(word), most = k < n ? k : n;
	size_t least = most > 6 ? most - 2 : most;

	/* «it» is a topic's «IT» */
	if (k == n && n >= 2 && n < 4 && strcmp(norm, word) == 0)
		return title[0] >= 'A' && title[0] <= 'Z' && title[1] >= 'A'
		    && title[1] <= 'Z';
	if (k < 4 || n < 4)
		return false;
	if (strncmp(norm, word, least) == 0 && n <= k + 4 && k <= n + 4)
		return true;
	return stems_meet(norm, n, word, k);
}

/* The topic that a word names, where only one title has it; 0 none. */
static char
topic_word(const struct ranker *r, const char *norm)
{
	char found = 0;
	const char *hyphen = strrchr(norm, '-');
	size_t n;

	if (hyphen != NULL)	/* «IT-hjælpen» */
		norm = hyphen + 1;
	n = strlen(norm);
	for (size_t i = 0; i < r->body->n_topics; i++) {
		const char *title = r->body->topics[i].title;
		char *copy = token_norm(r->s->arena, title, strlen(title));
		char *save = NULL, *word;

		for (word = strtok_r(copy, " ,.-/()", &save); word != NULL;
		    word = strtok_r(NULL, " ,.-/()", &save)) {
			/* capitals are only looked at in its first word */
			if (!words_meet(norm, n, word, word == copy ? title
			    : "  "))
				continue;
			if (found != 0 && found != r->body->topics[i].letter)
				return 0;
			found = r->body->topics[i].letter;
		}
	}
	return found;
}

/* What is asked, told of somebody else, or not wanted, ranks nothing. */
static bool
is_idle(struct ranker *r, size_t at)
{
	const struct sense *s = r->s;
	size_t begin = tokens_sentence_begin(&s->tokens, at);

	if (sift_is_asked(s, at) || sift_is_others(s, at)
	    || lexicon_in(s->lexicon, &s->tokens.list[begin], SET_ASKS)) {
		r->idle = true;
		return true;
	}
	for (size_t i = begin; i < at; i++)
		if (lexicon_in(s->lexicon, &s->tokens.list[i], SET_NEGATION)
		    && i > begin && (lexicon_in(s->lexicon,
		    &s->tokens.list[i - 1], SET_MODAL)
		    || lexicon_in(s->lexicon, &s->tokens.list[i - 1],
		    SET_FILLER) || strcmp(s->tokens.list[i - 1].norm,
		    "forstaar") == 0)) {
			r->idle = true;
			return true;
		}
	return false;
}

/* A word of the list that says something: no number, no «først». */
static bool
is_matter(const struct ranker *r, size_t at)
{
	static const enum lexicon_set idle[] = { SET_FILLER, SET_FIRST_RANK,
		SET_LAST_RANK, SET_GREETING, SET_CLOSING, SET_AND, SET_BUT,
		SET_MODAL, SET_DATE_WORD, SET_SELF, SET_FIRST, SET_STATE,
		SET_GENERAL };
	const struct token *t = &r->s->tokens.list[at];

	if (t->kind != TOKEN_WORD || strlen(t->norm) < 4 || t->name >= 0
	    || t->inside)
		return false;
	for (size_t i = 0; i < sizeof(idle) / sizeof(idle[0]); i++)
		if (lexicon_in(r->s->lexicon, t, idle[i]))
			return false;
	return true;
}

/* «Vi har talt om A og B»: letters in a sentence that ranks nothing. */
static bool
is_prose(const struct ranker *r, size_t at)
{
	static const char *const ranks[] = { "prioriter", "vigtig", "stem",
		"raekkefoelge", "vaelge", "helst", "peger", "synes", "mener",
		"dernaest", "derefter", "oensker", "foretraekker", "plads",
		"topp", "rang", "nummer", "point" };
	const struct tokens *t = &r->s->tokens;
	size_t begin = tokens_sentence_begin(t, at), letters = 0, matter = 0;
	size_t end = tokens_sentence_end(t, at);

	for (size_t i = begin; i < end; i++) {
		if (t->list[i].number >= 0
		    || lexicon_in(r->s->lexicon, &t->list[i], SET_FIRST_RANK)
		    || lexicon_in(r->s->lexicon, &t->list[i], SET_DROP_RANK)
		    || lexicon_in(r->s->lexicon, &t->list[i], SET_LAST_RANK))
			return false;
		for (size_t k = 0; k < sizeof(ranks) / sizeof(ranks[0]); k++)
			if (text_starts(t->list[i].norm, ranks[k]))
				return false;
		letters += strlen(t->list[i].norm) == 1 && t->list[i].kind
		    == TOKEN_WORD && t->list[i].capital;
		matter += is_matter(r, i);
	}
	return matter >= 2 && matter >= letters;
}

static void
letters_read(struct ranker *r)
{
	const struct tokens *t = &r->s->tokens;
	bool lower = is_letters_only(r->s);

	for (size_t i = t->text_at; i < t->n; i++) {
		const struct token *token = &t->list[i];
		char c;

		if (token->kind != TOKEN_WORD)
			continue;
		/* «DAC», «dac» written as one word */
		if (strlen(token->norm) > 1 && strlen(token->norm) <= 6
		    && t->n - t->text_at <= 3 && token->word == 0) {
			for (const char *p = token->norm; *p != '\0'; p++)
				if (is_topic(r, (char)toupper((unsigned char)
				    *p)))
					rank_add(r, (char)toupper(
					    (unsigned char)*p), i);
			continue;
		}
		if (strlen(token->norm) != 1 || !(token->capital || lower))
			continue;
		c = (char)toupper((unsigned char)token->norm[0]);
		if (c == 'I' && !lower)
			continue;
		if (!is_topic(r, c)) {
			/* alone on a last line it is a signature */
			r->stranger = r->stranger || (c >= 'A' && c <= 'Z'
			    && lower && (i + 1 < t->n || (i > t->text_at
			    && t->list[i - 1].line == token->line)));
			continue;
		}
		/* «fra A til E» ranks nothing */
		if (i + 2 < t->n && strlen(t->list[i + 2].norm) == 1
		    && (strcmp(t->list[i + 1].norm, "til") == 0
		    || (strcmp(t->list[i + 1].norm, "-") == 0 && i > 0
		    && strcmp(t->list[i - 1].norm, "fra") == 0))) {
			r->range = true;
			i += 2;
			continue;
		}
		if (!is_idle(r, i)) {
			rank_add(r, c, i);
			r->missed = r->missed || is_prose(r, i);
		}
	}
}

static bool
ends_part(const struct ranker *r, size_t at)
{
	const struct tokens *t = &r->s->tokens;

	return at + 1 >= t->n || t->list[at + 1].clause != t->list[at].clause
	    || lexicon_in(r->s->lexicon, &t->list[at + 1], SET_AND)
	    || strcmp(t->list[at + 1].norm, "saa") == 0
	    || t->list[at + 1].kind == TOKEN_NUMBER;
}

/* The topics by their names. Where a sentence names one, each part of it
 * that speaks of a matter must name one, too: nothing is left out in
 * silence. */
static void
words_read_topics(struct ranker *r)
{
	const struct tokens *t = &r->s->tokens;
	bool topic = false, matter = false, named = false, lost = false;

	for (size_t i = t->text_at; i < t->n; i++) {
		char letter = t->list[i].kind == TOKEN_WORD
		    ? topic_word(r, t->list[i].norm) : 0;

		if (letter != 0 && !is_idle(r, i)) {
			rank_add(r, letter, i);
			topic = true;
		}
		matter = matter || is_matter(r, i);
		if (!ends_part(r, i))
			continue;
		named = named || topic;
		/* what comes before the first is no part of the list */
		lost = lost || (named && matter && !topic);
		topic = matter = false;
		if (i + 1 >= t->n || t->list[i + 1].sentence
		    != t->list[i].sentence) {
			r->missed = r->missed || lost;
			named = lost = false;
		}
	}
}

static int
rank_order(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->last != y->last)
		return x->last ? 1 : -1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* «først», «vigtigst» in a clause moves its letter to the front. */
static void
firsts_move(struct ranker *r)
{
	const struct tokens *t = &r->s->tokens;

	for (size_t i = 1; i < r->n; i++) {
		size_t begin = tokens_clause_begin(t, r->list[i].at);
		size_t end = tokens_clause_end(t, r->list[i].at);
		bool other = false;

		for (size_t k = 0; k < r->n; k++)
			other = other || (k != i && r->list[k].at >= begin
			    && r->list[k].at < end);
		for (size_t k = begin; !other && k < end; k++)
			if (lexicon_in(r->s->lexicon, &t->list[k],
			    SET_FIRST_RANK) && t->list[k].kind == TOKEN_WORD
			    && strcmp(t->list[k].norm, "nummer") != 0
			    && strcmp(t->list[k].norm, "nr") != 0) {
				struct rank first = r->list[i];

				memmove(r->list + 1, r->list,
				    i * sizeof(r->list[0]));
				r->list[0] = first;
				return;
			}
	}
}

static const char *
order_write(struct ranker *r)
{
	bool numbered = r->n > 0;
	struct buf out = buf_open(r->s->arena);

	for (size_t i = 0; i < r->n; i++)
		numbered = numbered && (r->list[i].number > 0
		    || r->list[i].last);
	if (!numbered)
		firsts_move(r);
	for (size_t i = 0; i < r->n; i++)
		if (!numbered) {
			r->list[i].number = 0;
			r->list[i].at = i;
		}
	for (size_t i = 0; numbered && i < r->n; i++)
		for (size_t k = i + 1; k < r->n; k++)
			if (r->list[i].number == r->list[k].number
			    && !r->list[i].last)
				r->tie = true;
	qsort(r->list, r->n, sizeof(r->list[0]), rank_order);
	for (size_t i = 0; i < r->n; i++)
		if (!r->list[i].drop)
			buf_add_char(&out, r->list[i].letter);
	return buf_text(&out);
}

/* «Emner, prioriteret: C, D, B» in a mail of its own. */
static bool
is_list_told(const struct sense *s)
{
	size_t letters = 0;
	bool told = false;

	for (size_t i = 0; i < s->tokens.n; i++) {
		const char *norm = s->tokens.list[i].norm;

		if (s->tokens.list[i].context)
			continue;
		told = told || text_starts(norm, "prioriter")
		    || text_starts(norm, "raekkefoelge");
		letters += told && strlen(norm) == 1
		    && s->tokens.list[i].capital && i + 1 < s->tokens.n
		    && (s->tokens.list[i + 1].kind == TOKEN_MARK
		    || (i > 0 && s->tokens.list[i - 1].kind == TOKEN_MARK));
	}
	return letters >= 2;
}

void
ranking_find(const struct sense *s, struct findings *f)
{
	struct ranker r = { .s = s, .body = sense_body(s) };
	bool thread = sense_is_letter(s, LETTER_TOPIC_RANKING);
	struct finding *one;

	if (thread)
		r.body = s->thread.body;
	if (r.body == NULL || r.body->n_topics == 0)
		return;
	if (!thread && (s->thread.letter != NULL
	    || (strstr(token_norm(s->arena, s->words.subject,
	    strlen(s->words.subject)), "prioriter") == NULL
	    && !is_list_told(s))))
		return;
	/* «jeg vil ikke vælge mellem A og F» ranks nothing */
	if (sense_says(s, MEANS_PROTEST)) {
		finding_none(f, NEED_HUMAN, "ranking-protest",
		    s->tokens.text_at);
		return;
	}
	letters_read(&r);
	if (r.n == 0 && !r.range && !r.idle)
		words_read_topics(&r);
	if (r.n == 0) {
		if (thread && f->n == 0)
			finding_none(f, NEED_HUMAN, sense_words(s) == 0
			    ? "empty" : "ranking-protest", s->tokens.text_at);
		return;
	}
	r.tie = sense_says(s, MEANS_TIE);
	one = finding_add(f, ACTION_RANKING, s->tokens.text_at);
	one->action.body = r.body->slug;
	one->action.person = s->who.email;
	one->action.order = order_write(&r);
	if (r.tie || r.stranger || r.missed
	    || one->action.order[0] == '\0') {
		one->need = NEED_ASK;
		one->reason = "no-order";
		one->drop_action = true;
	}
}
