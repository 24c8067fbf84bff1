/* SPDX-License-Identifier: MIT */
/* What the phrases of a text show: the tree is walked once from each token.
 */
#include "understand/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "understand/lexicon_trie.h"

#define FILLERS_MAX 4	/* between two words of a pattern; «kan jeg så nok
			 * desværre ikke» */
#define STEPS_MAX 2000	/* from one token; a text made of fillers alone must
			 * not cost more than a real one */
#define SPAN_MAX 40	/* tokens a match can be long, gaps and all */

static void
symbols_add(struct arena *arena, struct symbol_list *out,
    const struct symbol_list *more)
{
	uint16_t *list;

	if (more->n == 0)
		return;
	list = arena_array(arena, (size_t)out->n + more->n, sizeof(*list));
	if (out->n > 0)
		memcpy(list, out->list, out->n * sizeof(*list));
	memcpy(list + out->n, more->list, more->n * sizeof(*list));
	out->list = list;
	out->n = (uint16_t)(out->n + more->n);
}

/* A word not known: does it begin or end as one that is? */
static void
token_affixes(const struct lexicon *lex, struct arena *arena,
    struct token *token)
{
	struct symbol_list out = { 0 };
	size_t n = strlen(token->norm);
	char head[65];

	if (n >= sizeof(head))
		return;
	for (size_t k = 2; k <= n; k++) {
		uint32_t p, s;

		memcpy(head, token->norm, k);
		head[k] = '\0';
		p = table_find(&lex->prefixes, head);
		s = table_find(&lex->suffixes, token->norm + n - k);
		if (p != 0)
			symbols_add(arena, &out, &lex->prefix_symbols[p]);
		if (s != 0)
			symbols_add(arena, &out, &lex->suffix_symbols[s]);
	}
	token->symbols = out.list;
	token->n_symbols = out.n;
}

/* One letter off, in a word of six or more, the first letter right. */
static uint32_t
typo_find(const struct lexicon *lex, const char *norm)
{
	size_t n = strlen(norm);
	char rest[64];
	uint32_t at;

	if (n < 6 || n >= sizeof(rest))
		return 0;
	if ((at = table_find(&lex->typos, norm)) != 0)
		return at;
	for (size_t i = 1; i < n; i++) {
		memcpy(rest, norm, i);
		memcpy(rest + i, norm + i + 1, n - i);
		at = table_find(&lex->words, rest);
		if (at != 0 && n > 6)
			return at;
		if ((at = table_find(&lex->typos, rest)) != 0
		    && strlen(lex->word[at].norm) >= 6)
			return at;
	}
	return 0;
}

/* Two letters that changed places, in a short word of ours: «kna», «ikek»,
 * «jge», as thumbs write them. The first letter stays. */
static uint32_t
swap_find(const struct lexicon *lex, const char *norm)
{
	size_t n = strlen(norm);
	char swapped[8];
	uint32_t at;

	if (n < 3 || n > 6)
		return 0;
	for (size_t i = 1; i + 1 < n; i++) {
		memcpy(swapped, norm, n + 1);
		swapped[i] = norm[i + 1];
		swapped[i + 1] = norm[i];
		if (norm[i] != norm[i + 1]
		    && (at = table_find(&lex->words, swapped)) != 0)
			return at;
	}
	return 0;
}

void
lexicon_know(const struct lexicon *lex, struct arena *arena,
    struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->n; i++) {
		struct token *token = &tokens->list[i];
		uint32_t at;

		if (token->kind != TOKEN_WORD)
			continue;
		at = table_find(&lex->words, token->norm);
		if (at == 0) {
			token_affixes(lex, arena, token);
			if (token->n_symbols != 0)
				continue;
			at = table_find(&lex->loose,
			    lexicon_loose(arena, token->norm));
		}
		if (at == 0 && !(token->capital && i > 0
		    && tokens->list[i - 1].sentence == token->sentence))
			at = typo_find(lex, token->norm);
		if (at == 0 && !token->capital)
			at = swap_find(lex, token->norm);
		if (at == 0)
			continue;
		token->word = (uint16_t)at;
		token->symbols = lex->word[at].symbols.list;
		token->n_symbols = lex->word[at].symbols.n;
	}
}

static bool
token_has(const struct token *token, uint16_t symbol)
{
	for (uint16_t i = 0; i < token->n_symbols; i++)
		if (token->symbols[i] == symbol)
			return true;
	return false;
}

bool
lexicon_in(const struct lexicon *lex, const struct token *token,
    enum lexicon_set set)
{
	return token_has(token, lex->set[set]);
}

int
lexicon_value(const struct lexicon *lex, const struct token *token,
    enum value_kind kind)
{
	return token->word == 0 ? -1 : lex->word[token->word].value[kind];
}

struct finder {
	const struct lexicon *lex;
	struct arena *arena;
	const struct tokens *tokens;
	struct match *list;
	size_t n, cap;
	size_t from, first;	/* where this walk began; its first match */
	int steps;
};

static void
match_add(struct finder *f, const struct trie_accept *accept, size_t end)
{
	const struct lexicon_rule *rule = &f->lex->rule[accept->rule];
	struct match *more;

	for (size_t i = f->first; i < f->n; i++)
		if (f->list[i].rule == accept->rule) {
			if (end < f->list[i].end)
				f->list[i].end = (uint32_t)end;
			return;
		}
	if (f->n == f->cap) {
		f->cap = f->cap == 0 ? 64 : f->cap * 2;
		more = arena_array(f->arena, f->cap, sizeof(*more));
		if (f->n > 0)
			memcpy(more, f->list, f->n * sizeof(*more));
		f->list = more;
	}
	f->list[f->n++] = (struct match){ .meaning = rule->meaning,
		.self = rule->self, .rule = accept->rule,
		.begin = (uint32_t)f->from, .end = (uint32_t)end };
}

static bool
is_filler(const struct finder *f, const struct token *token)
{
	if (token->date >= 0)
		return true;
	return token->kind == TOKEN_WORD
	    && token_has(token, f->lex->set[SET_FILLER]);
}

static bool
clause_ends(const struct finder *f, size_t at)
{
	const struct tokens *t = f->tokens;

	while (at < t->n && t->list[at - 1].clause == t->list[at].clause
	    && (is_filler(f, &t->list[at])
	    || (t->list[at].kind == TOKEN_MARK)))
		at = t->list[at].next;
	return at >= t->n || t->list[at - 1].clause != t->list[at].clause;
}

static void walk(struct finder *f, uint32_t node, size_t at, size_t end,
    int fillers, int gap);

static void
walk_symbol(struct finder *f, uint32_t node, size_t at, uint16_t symbol)
{
	size_t next = f->tokens->list[at].next;
	uint32_t child;

	if ((f->lex->node[node].symbols >> (symbol & 63) & 1) == 0)
		return;
	child = trie_step(f->lex, node, symbol);
	if (child != 0)
		walk(f, child, next, next, FILLERS_MAX, 0);
}

static void
walk_token(struct finder *f, uint32_t node, size_t at)
{
	const struct token *token = &f->tokens->list[at];

	for (uint16_t i = 0; i < token->n_symbols; i++)
		walk_symbol(f, node, at, token->symbols[i]);
	if (token->date >= 0)
		walk_symbol(f, node, at, SYMBOL_DATE);
	if (token->name >= 0)
		walk_symbol(f, node, at, SYMBOL_NAME);
	if (token->kind == TOKEN_NUMBER)
		walk_symbol(f, node, at, SYMBOL_NUM);
	if (token->kind == TOKEN_EMAIL)
		walk_symbol(f, node, at, SYMBOL_EMAIL);
	if (token->mark == ',')
		walk_symbol(f, node, at, SYMBOL_COMMA);
	if (token->mark == ':')
		walk_symbol(f, node, at, SYMBOL_COLON);
	if (token->kind == TOKEN_WORD && token->capital
	    && token->end - token->begin == 1)
		walk_symbol(f, node, at, SYMBOL_LETTER);
}

/* `end` is behind the last token that a word of the pattern took. */
static void
walk(struct finder *f, uint32_t node, size_t at, size_t end, int fillers,
    int gap)
{
	const struct tokens *t = f->tokens;
	const struct trie_node *n = &f->lex->node[node];
	const struct token *token;

	if (++f->steps > STEPS_MAX)
		return;
	for (uint32_t a = gap == 0 && at == end ? n->accept : 0; a != 0;
	    a = f->lex->accept[a].next)
		if (!f->lex->accept[a].at_end || clause_ends(f, end))
			match_add(f, &f->lex->accept[a], end);
	if (at >= t->n || t->list[at].sentence != t->list[f->from].sentence
	    || at - f->from > SPAN_MAX)
		return;
	token = &t->list[at];
	walk_token(f, node, at);
	for (unsigned k = 1; gap == 0 && at == end && k <= GAP_MAX; k++)
		if ((n->gaps & 1u << k) != 0)
			walk(f, trie_step(f->lex, node,
			    (uint16_t)(SYMBOL_GAP + k)), at, end,
			    FILLERS_MAX, (int)k);
	if (at == f->from)
		return;
	if (gap > 0) {
		if (token->kind != TOKEN_MARK || strchr("\"'~*-(/&+",
		    token->mark) != NULL)
			walk(f, node, token->next, end, fillers, gap - 1);
	} else if (fillers > 0 && (is_filler(f, token)
	    || (token->kind == TOKEN_MARK && strchr("\"'~", token->mark)
	    != NULL)))
		walk(f, node, token->next, end, fillers - 1, 0);
}

/* Meanings that answer the same question: the longer phrase knows better. */
static int
family(enum meaning m)
{
	switch (m) {
	case MEANS_ABSENCE: case MEANS_ATTENDANCE: case MEANS_TENTATIVE:
	case MEANS_EXCUSE: case MEANS_YES: case MEANS_NO:
		return 1;
	case MEANS_APPROVE: case MEANS_NOT_APPROVE: case MEANS_NO_CHANGE:
	case MEANS_FINE:
		return 2;
	case MEANS_SUBSCRIBE: case MEANS_UNSUBSCRIBE:
		return 3;
	case MEANS_ACCESS: case MEANS_ERASE:
		return 4;
	case MEANS_ITEM: case MEANS_IDEA: case MEANS_PROPOSE:
		return 5;
	case MEANS_APPLY: case MEANS_NOMINATE:
		return 6;
	default:
		return 16 + (int)m;
	}
}

static bool
is_hidden(const struct match *m, const struct match *by)
{
	bool inside = m->begin >= by->begin && m->end <= by->end;
	uint32_t length = m->end - m->begin, by_length = by->end - by->begin;

	/* «jeg kommer ikke med bemærkninger» is no regret, yet it says that
	 * there are none: what covers exactly the same is another matter */
	if (by->meaning == MEANS_NOTHING && m->begin == by->begin
	    && m->end == by->end && family(m->meaning) != 1)
		return false;
	if (by->meaning == MEANS_NOTHING)
		return m->meaning != MEANS_NOTHING && (inside
		    || (m->begin > by->begin && m->begin < by->end)
		    || (m->begin < by->end && by->begin < m->end
		    && by_length > length));
	return inside && by_length > length
	    && family(m->meaning) == family(by->meaning);
}

static int
match_order(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static void
matches_thin(struct finder *f)
{
	bool *gone = arena_array(f->arena, f->n + 1, sizeof(bool));
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++) {
		for (size_t k = i; !gone[i] && k-- > 0
		    && f->list[k].begin + 2 * SPAN_MAX > f->list[i].begin; )
			gone[i] = is_hidden(&f->list[i], &f->list[k]);
		for (size_t k = i + 1; !gone[i] && k < f->n
		    && f->list[k].begin < f->list[i].end; k++)
			gone[i] = is_hidden(&f->list[i], &f->list[k]);
	}
	for (size_t i = 0; i < f->n; i++)
		if (!gone[i])
			f->list[kept++] = f->list[i];
	f->n = kept;
}

const struct match *
lexicon_find(const struct lexicon *lex, struct arena *arena,
    const struct tokens *tokens, size_t *n)
{
	struct finder f = { .lex = lex, .arena = arena, .tokens = tokens };

	for (size_t i = 0; i < tokens->n; i++) {
		f.from = i;
		f.first = f.n;
		f.steps = 0;
		if (tokens->list[i].inside)
			continue;
		walk(&f, TRIE_ROOT, i, i, 0, 0);
		if (i == 0 || tokens->list[i - 1].clause
		    != tokens->list[i].clause)
			walk(&f, TRIE_ROOT_BEGIN, i, i, 0, 0);
	}
	if (f.n > 0)
		qsort(f.list, f.n, sizeof(f.list[0]), match_order);
	matches_thin(&f);
	*n = f.n;
	return f.list;
}
