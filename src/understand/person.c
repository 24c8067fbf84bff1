/* SPDX-License-Identifier: MIT */
/* Names: those on file by any part of them, others by their capitals. */
#include "understand/person.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define NAMES_MAX 200	/* names in one mail that are looked at */
#define WORDS_MAX 6	/* of one name */

struct known {
	const char *word[WORDS_MAX];
	size_t n;
	const struct world_person *person;
	bool first;		/* of the body meant */
};

struct namer {
	const struct lexicon *lex;
	struct arena *arena;
	struct tokens *tokens;
	struct known *known;
	size_t n_known;
	const char *municipality;
	bool shouting;		/* capitals throughout say nothing */
	struct named *list;
	size_t n;
};

static void
known_add(struct namer *r, const struct world_person *person, bool first)
{
	struct known *k = &r->known[r->n_known];
	char *save = NULL, *word, *norm;

	for (size_t i = 0; i < r->n_known; i++)
		if (text_equal_nocase(r->known[i].person->email,
		    person->email)) {
			r->known[i].first = r->known[i].first || first;
			return;
		}
	*k = (struct known){ .person = person, .first = first };
	norm = token_norm(r->arena, person->name, strlen(person->name));
	for (word = strtok_r(norm, " ", &save); word != NULL
	    && k->n < WORDS_MAX; word = strtok_r(NULL, " ", &save))
		k->word[k->n++] = word;
	if (k->n > 0)
		r->n_known++;
}

static void
known_read(struct namer *r, const struct world *world,
    const struct world_body *first)
{
	size_t n = 0;

	for (size_t b = 0; b < world->n_bodies; b++)
		n += world->bodies[b].n_people;
	r->known = arena_array(r->arena, n + 1, sizeof(*r->known));
	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t p = 0; p < world->bodies[b].n_people; p++)
			if (world->bodies[b].people[p].name != NULL)
				known_add(r, &world->bodies[b].people[p],
				    &world->bodies[b] == first);
}

static bool
word_is(const char *token, const char *word)
{
	size_t n = strlen(word);

	/* «Mettes», «Jens'» */
	return strncmp(token, word, n) == 0 && (token[n] == '\0'
	    || (token[n] == 's' && token[n + 1] == '\0'));
}

/* «J-O» for Jens-Ole, «JO»; capitals only. */
static bool
is_initials(const char *token, const char *word)
{
	const char *second = strchr(word, '-');

	return second != NULL && token[0] == word[0] && token[1] == '-'
	    && token[2] == second[1] && token[3] == '\0';
}

/* How many tokens from `at` name this person; 0 none. */
static size_t
known_length(const struct namer *r, size_t at, const struct known *k)
{
	const struct tokens *t = r->tokens;
	size_t i = at, w = 0;
	bool first_name = word_is(t->list[at].norm, k->word[0])
	    || is_initials(t->list[at].norm, k->word[0]);

	if (!first_name) {
		/* last name alone, or «Van Long»: written with a capital */
		if (!t->list[at].capital || k->n < 2
		    || !word_is(t->list[at].norm, k->word[k->n - 1]))
			return 0;
		return 1;
	}
	for (i++, w++; i < t->n && w < k->n; w++)
		if (t->list[i].kind == TOKEN_WORD
		    && word_is(t->list[i].norm, k->word[w]))
			i++;
	/* the first name goes on with another: somebody else, «Mette Hansen» */
	if (i == at + 1 && k->n > 1 && i < t->n && !r->shouting
	    && t->list[i].kind == TOKEN_WORD && t->list[i].capital
	    && t->list[at].capital && t->list[i].word == 0
	    && t->list[i].sentence == t->list[at].sentence
	    && t->list[i].end - t->list[i].begin > 2)
		return 0;
	return i - at;
}

static bool
known_find(const struct namer *r, size_t at, struct named *named)
{
	size_t best = 0;
	bool first = false;

	*named = (struct named){ .begin = at };
	for (size_t k = 0; k < r->n_known; k++) {
		size_t n = known_length(r, at, &r->known[k]);

		if (n == 0 || n < best)
			continue;
		if (n == best && first && !r->known[k].first)
			continue;
		named->several = n == best && first == r->known[k].first;
		if (named->several)
			continue;
		named->person = r->known[k].person;
		best = n;
		first = r->known[k].first;
	}
	named->end = at + best;
	return best > 0;
}

static bool
is_particle(const char *norm)
{
	static const char *const words[] = { "van", "von", "de", "af", "al",
		"el", "da", "der", "del", "bin", "ben" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], norm) == 0)
			return true;
	return false;
}

static bool
is_name_word(const struct namer *r, size_t i, bool begins)
{
	const struct token *t = &r->tokens->list[i];

	if (i >= r->tokens->n || t->kind != TOKEN_WORD || !t->capital
	    || t->date >= 0 || t->inside)
		return false;
	if (lexicon_in(r->lex, t, SET_NO_NAME)
	    || lexicon_in(r->lex, t, SET_TITLE)
	    || lexicon_in(r->lex, t, SET_GREETING)
	    || lexicon_in(r->lex, t, SET_CLOSING)
	    || lexicon_in(r->lex, t, SET_MEETING)
	    || lexicon_in(r->lex, t, SET_BODY))
		return false;
	if (r->municipality != NULL && strcmp(t->norm, r->municipality) == 0)
		return false;
	/* «JEG KAN IKKE KOMME» */
	if (t->shouts && t->word != 0)
		return false;
	/* a word of the language at the head of a sentence */
	if (begins && t->word != 0 && !lexicon_in(r->lex, t, SET_NAME))
		return false;
	return true;
}

/* Two or more capitalised words in a row, on one line. */
static size_t
unknown_length(const struct namer *r, size_t at)
{
	const struct tokens *t = r->tokens;
	bool begins = at == 0 || t->list[at - 1].clause != t->list[at].clause;
	size_t i = at, words = 0;

	while (i < t->n && words < WORDS_MAX
	    && t->list[i].sentence == t->list[at].sentence) {
		if (is_name_word(r, i, begins && i == at)) {
			i++;
			words++;
		} else if (words > 0 && i + 1 < t->n
		    && is_particle(t->list[i].norm)
		    && is_name_word(r, i + 1, false))
			i++;
		else if (words > 0 && t->list[i].mark == '.'
		    && t->list[i - 1].end - t->list[i - 1].begin == 1
		    && i + 1 < t->n && is_name_word(r, i + 1, false))
			i++;	/* an initial: «Poul E. Hansen» */
		else
			break;
	}
	return words >= 2 ? i - at : 0;
}

const char *
person_plain(struct arena *arena, const char *name)
{
	char *plain = arena_strdup(arena, text_lower(arena, name));
	size_t letters = 0, longest = 0;
	bool begins = true;

	if (strlen(plain) != strlen(name))
		return name;
	for (const char *at = name; *at != '\0'; ) {
		const char *from = at;
		uint32_t code = text_next(&at);
		bool letter = text_is_letter(code);

		if (letter && text_lower_code(code) == code)
			return name;
		letters = letter ? letters + 1 : 0;
		longest = letters > longest ? letters : longest;
		if (letter && begins)
			memcpy(plain + (from - name), from,
			    (size_t)(at - from));
		begins = !letter;
	}
	return longest > 2 ? plain : name;
}

static void
name_add(struct namer *r, struct named named)
{
	struct token *first = &r->tokens->list[named.begin];

	named.name = person_plain(r->arena, text_squeeze(r->arena,
	    tokens_text(r->arena, r->tokens, named.begin, named.end)));
	first->name = (int)r->n;
	first->next = (uint32_t)named.end;
	for (size_t i = named.begin + 1; i < named.end; i++)
		r->tokens->list[i].inside = true;
	r->list[r->n++] = named;
}

static bool
is_shouting(const struct tokens *t)
{
	size_t words = 0, capitals = 0;

	for (size_t i = t->text_at; i < t->n; i++)
		if (t->list[i].kind == TOKEN_WORD) {
			words++;
			capitals += t->list[i].capital;
		}
	return words > 6 && capitals * 10 > words * 6;
}

const struct named *
person_find(const struct lexicon *lexicon, struct arena *arena,
    struct tokens *tokens, const struct world *world,
    const struct world_body *first, size_t *n)
{
	struct namer r = { .lex = lexicon, .arena = arena, .tokens = tokens };
	uint32_t begins[8] = { 0 };

	r.list = arena_array(arena, NAMES_MAX, sizeof(*r.list));
	r.shouting = is_shouting(tokens);
	if (world->municipality != NULL)
		r.municipality = token_norm(arena, world->municipality,
		    strcspn(world->municipality, " "));
	known_read(&r, world, first);
	for (size_t k = 0; k < r.n_known; k++)
		for (size_t w = 0; w < r.known[k].n; w += r.known[k].n > 1
		    ? r.known[k].n - 1 : 1) {
			unsigned char c = (unsigned char)r.known[k].word[w][0];

			begins[c >> 5] |= 1u << (c & 31);
		}
	for (size_t i = 0; i < tokens->n && r.n < NAMES_MAX; i++) {
		const struct token *t = &tokens->list[i];
		unsigned char c = (unsigned char)t->norm[0];
		struct named named;
		size_t length;

		if (t->kind != TOKEN_WORD || t->inside || t->date >= 0)
			continue;
		if ((begins[c >> 5] & 1u << (c & 31)) != 0
		    && (t->capital || t->word == 0)
		    && known_find(&r, i, &named))
			name_add(&r, named);
		else if (!r.shouting && t->capital
		    && (length = unknown_length(&r, i)) != 0)
			name_add(&r, (struct named){ .begin = i,
				.end = i + length });
	}
	*n = r.n;
	return r.list;
}

bool
person_same(struct arena *arena, const char *a, const char *b)
{
	const char *x = token_norm(arena, a, strlen(a));
	const char *y = token_norm(arena, b, strlen(b));
	const char *shorter = strlen(x) <= strlen(y) ? x : y;
	const char *longer = shorter == x ? y : x;
	char *save = NULL, *word, *words = arena_strdup(arena, shorter);
	size_t n = 0;

	for (word = strtok_r(words, " ", &save); word != NULL;
	    word = strtok_r(NULL, " ", &save), n++) {
		const char *at = strstr(longer, word);

		if (at == NULL)
			return false;
	}
	return n > 0;
}

bool
person_is_name(struct arena *arena, const char *text)
{
	struct tokens t;
	size_t words = 0;

	if (strlen(text) > 60)
		return false;
	tokens_read(arena, "", false, text, &t);
	for (size_t i = 0; i < t.n; i++) {
		if (t.list[i].kind == TOKEN_WORD && t.list[i].capital)
			words++;
		else if (t.list[i].kind != TOKEN_WORD
		    || !is_particle(t.list[i].norm)) {
			if (t.list[i].mark == '.' && i > 0
			    && t.list[i - 1].end - t.list[i - 1].begin == 1)
				continue;
			return false;
		}
	}
	return words >= 2 && words <= 5;
}
