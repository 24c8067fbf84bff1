/* SPDX-License-Identifier: MIT */
/* The tables of a lexicon in memory: its words, its symbols, its tree. */
#include "understand/lexicon_trie.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define TYPO_LEAST 6	/* letters; «mode» may be a word of its own, a long
			 * word with one letter wrong is still that word */

/* --- tables ------------------------------------------------------------ */

static uint32_t
hash_text(const char *s)
{
	uint32_t h = 2166136261u;	/* FNV-1a */

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h ^ h >> 15;
}

static size_t
table_slot(const struct table *t, const char *key)
{
	size_t i = hash_text(key) & (t->cap - 1);

	while (t->list[i].key != NULL && strcmp(t->list[i].key, key) != 0)
		i = (i + 1) & (t->cap - 1);
	return i;
}

uint32_t
table_find(const struct table *t, const char *key)
{
	return t->cap == 0 ? 0 : t->list[table_slot(t, key)].value;
}

void
table_put(struct arena *arena, struct table *t, const char *key,
    uint32_t value)
{
	size_t i;

	if (t->n * 2 >= t->cap) {
		struct table old = *t;

		t->cap = old.cap == 0 ? 256 : old.cap * 2;
		t->list = arena_array(arena, t->cap, sizeof(t->list[0]));
		for (i = 0; i < old.cap; i++)
			if (old.list[i].key != NULL)
				t->list[table_slot(t, old.list[i].key)] =
				    old.list[i];
	}
	i = table_slot(t, key);
	if (t->list[i].key == NULL) {
		t->list[i].key = arena_strdup(arena, key);
		t->n++;
	}
	t->list[i].value = value;
}

void *
list_grow(struct arena *arena, void *list, size_t n, size_t *cap, size_t size)
{
	void *more;

	if (n < *cap)
		return list;
	*cap = *cap == 0 ? 256 : *cap * 2;
	more = arena_array(arena, *cap, size);
	if (n > 0)
		memcpy(more, list, n * size);
	return more;
}

void
symbol_list_add(struct arena *arena, struct symbol_list *s, uint16_t symbol)
{
	for (uint16_t i = 0; i < s->n; i++)
		if (s->list[i] == symbol)
			return;
	if (s->n == s->cap) {
		uint16_t *more;

		s->cap = (uint16_t)(s->cap == 0 ? 4 : s->cap * 2);
		more = arena_array(arena, s->cap, sizeof(uint16_t));
		if (s->n > 0)
			memcpy(more, s->list, s->n * sizeof(uint16_t));
		s->list = more;
	}
	s->list[s->n++] = symbol;
}

/* --- words ------------------------------------------------------------- */

/* The Danish letters may also have lost their second half: «modet», «pa». */
const char *
lexicon_loose(struct arena *arena, const char *norm)
{
	struct buf out = buf_open(arena);

	for (size_t i = 0; norm[i] != '\0'; i++) {
		if (strncmp(norm + i, "ae", 2) == 0
		    || strncmp(norm + i, "aa", 2) == 0
		    || strncmp(norm + i, "oe", 2) == 0) {
			buf_add_char(&out, norm[i]);
			i++;
		} else
			buf_add_char(&out, norm[i]);
	}
	return buf_text(&out);
}

/* A long word is found again by what is left when any one letter is left
 * out: two words one edit apart share such a rest. */
static void
typos_add(struct lexicon *lex, const char *norm, uint32_t word)
{
	size_t n = strlen(norm);
	char rest[64];

	if (n < TYPO_LEAST || n >= sizeof(rest))
		return;
	for (size_t i = 1; i < n; i++) {
		memcpy(rest, norm, i);
		memcpy(rest + i, norm + i + 1, n - i);
		if (table_find(&lex->typos, rest) == 0)
			table_put(lex->arena, &lex->typos, rest, word);
	}
	if (table_find(&lex->typos, norm) == 0)
		table_put(lex->arena, &lex->typos, norm, word);
}

struct lexicon_word *
lexicon_word_add(struct lexicon *lex, const char *norm)
{
	uint32_t at = table_find(&lex->words, norm);
	const char *loose;

	if (at != 0)
		return &lex->word[at];
	lex->word = list_grow(lex->arena, lex->word, lex->n_words,
	    &lex->words_cap, sizeof(lex->word[0]));
	at = (uint32_t)lex->n_words++;
	lex->word[at] = (struct lexicon_word){
		.norm = arena_strdup(lex->arena, norm) };
	for (size_t i = 0; i <= VALUE_SEASON; i++)
		lex->word[at].value[i] = -1;
	table_put(lex->arena, &lex->words, norm, at);
	loose = lexicon_loose(lex->arena, norm);
	if (table_find(&lex->loose, loose) == 0)
		table_put(lex->arena, &lex->loose, loose, at);
	typos_add(lex, norm, at);
	return &lex->word[at];
}

static void
affix_add(struct lexicon *lex, struct table *table, struct symbol_list **list,
    size_t *n, const char *norm, uint16_t symbol)
{
	uint32_t at = table_find(table, norm);

	if (*list == NULL) {
		*list = arena_array(lex->arena, 4096, sizeof(**list));
		*n = 1;
	}
	if (at == 0) {
		if (*n >= 4096)
			return;
		at = (uint32_t)(*n)++;
		table_put(lex->arena, table, norm, at);
	}
	symbol_list_add(lex->arena, &(*list)[at], symbol);
}

/* `written` (word, word* or *word) may stand for the symbol. */
void
lexicon_symbol_give(struct lexicon *lex, uint16_t symbol, const char *written)
{
	size_t n = strlen(written);
	char *norm = token_norm(lex->arena, written, n);

	n = strlen(norm);
	if (n > 1 && norm[n - 1] == '*') {
		norm[n - 1] = '\0';
		affix_add(lex, &lex->prefixes, &lex->prefix_symbols,
		    &lex->n_prefixes, norm, symbol);
		(void)lexicon_word_add(lex, norm);
	} else if (n > 1 && norm[0] == '*')
		affix_add(lex, &lex->suffixes, &lex->suffix_symbols,
		    &lex->n_suffixes, norm + 1, symbol);
	else
		symbol_list_add(lex->arena, &lexicon_word_add(lex, norm)->symbols, symbol);
}

uint16_t
lexicon_set_symbol(struct lexicon *lex, const char *name)
{
	uint32_t at = table_find(&lex->sets, name);

	if (at == 0) {
		at = lex->n_symbols++;
		table_put(lex->arena, &lex->sets, name, at);
	}
	return (uint16_t)at;
}

/* --- the tree ---------------------------------------------------------- */

static size_t
edge_slot(const struct lexicon *lex, uint32_t node, uint16_t symbol)
{
	size_t i = ((node * 2654435761u) ^ (symbol * 40503u))
	    & (lex->edge_cap - 1);

	while (lex->edge[i].child != 0 && (lex->edge[i].node != node
	    || lex->edge[i].symbol != symbol))
		i = (i + 1) & (lex->edge_cap - 1);
	return i;
}

uint32_t
trie_step(const struct lexicon *lex, uint32_t node, uint16_t symbol)
{
	return lex->edge_cap == 0 ? 0
	    : lex->edge[edge_slot(lex, node, symbol)].child;
}

uint32_t
trie_node_add(struct lexicon *lex)
{
	lex->node = list_grow(lex->arena, lex->node, lex->n_nodes,
	    &lex->node_cap, sizeof(lex->node[0]));
	lex->node[lex->n_nodes] = (struct trie_node){ 0 };
	return (uint32_t)lex->n_nodes++;
}

uint32_t
trie_edge_add(struct lexicon *lex, uint32_t node, uint16_t symbol)
{
	size_t i;

	if (lex->n_edges * 2 >= lex->edge_cap) {
		struct trie_edge *old = lex->edge;
		size_t cap = lex->edge_cap;

		lex->edge_cap = cap == 0 ? 1024 : cap * 2;
		lex->edge = arena_array(lex->arena, lex->edge_cap,
		    sizeof(lex->edge[0]));
		for (i = 0; i < cap; i++)
			if (old[i].child != 0)
				lex->edge[edge_slot(lex, old[i].node,
				    old[i].symbol)] = old[i];
	}
	i = edge_slot(lex, node, symbol);
	if (lex->edge[i].child == 0) {
		lex->edge[i] = (struct trie_edge){ node, symbol,
			trie_node_add(lex) };
		lex->node[node].symbols |= UINT64_C(1) << (symbol & 63);
		lex->n_edges++;
	}
	return lex->edge[i].child;
}

void
trie_accept_add(struct lexicon *lex, uint32_t node, uint16_t rule, bool at_end)
{
	lex->accept = list_grow(lex->arena, lex->accept, lex->n_accepts,
	    &lex->accept_cap, sizeof(lex->accept[0]));
	lex->accept[lex->n_accepts] = (struct trie_accept){
		.rule = rule, .at_end = at_end,
		.next = lex->node[node].accept };
	lex->node[node].accept = (uint32_t)lex->n_accepts++;
}
