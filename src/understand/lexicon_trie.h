/* SPDX-License-Identifier: MIT */
/* understand/lexicon_trie.h: how a lexicon lies in memory; for lexicon.c,
 * which reads it from files, and lexicon_find.c, which walks it.
 *
 * Shapes   patterns share their beginnings in one tree of tokens, so that
 *          the cost of a text is its length times the depth reached, however
 *          many rules there are
 * Owner    the lexicon's own arena
 */
#ifndef UNDERSTAND_LEXICON_TRIE_H
#define UNDERSTAND_LEXICON_TRIE_H

#include "understand/lexicon.h"

enum {				/* symbols that are no word's */
	SYMBOL_NONE,
	SYMBOL_DATE,
	SYMBOL_NAME,
	SYMBOL_NUM,
	SYMBOL_EMAIL,
	SYMBOL_LETTER,
	SYMBOL_COMMA,
	SYMBOL_COLON,
	SYMBOL_FIRST_WORD,
};
#define SYMBOL_GAP 0xFF00u	/* + most tokens left out */
#define GAP_MAX 15

/* Text to number; open addressing, grown by doubling. */
struct table_entry {
	const char *key;
	uint32_t value;		/* first; entries of one key follow on */
};
struct table {
	struct table_entry *list;
	size_t n, cap;
};

struct symbol_list {
	uint16_t *list;
	uint16_t n, cap;
};

struct lexicon_word {
	const char *norm;
	struct symbol_list symbols;
	int16_t value[VALUE_SEASON + 1];
	bool is_known_only;
};

struct trie_edge {
	uint32_t node;
	uint16_t symbol;
	uint32_t child;
};

struct trie_accept {
	uint16_t rule;
	bool at_end;		/* only where the clause ends */
	uint32_t next;		/* 0 none */
};

struct trie_node {
	uint32_t accept;	/* 0 none */
	uint16_t gaps;		/* a bit for each gap that leaves here */
	uint64_t symbols;	/* a bit for each symbol & 63 that does: most
				 * that are asked for are not there */
};

struct lexicon_rule {
	const char *text, *example, *place;
	enum meaning meaning;
	bool self;
};

struct lexicon {
	struct arena *arena;
	struct table words, loose, typos, prefixes, suffixes, sets;
	struct lexicon_word *word;
	size_t n_words, words_cap;
	struct symbol_list *prefix_symbols, *suffix_symbols;
	size_t n_prefixes, n_suffixes, affix_cap;
	uint32_t n_symbols;
	uint16_t set[SETS];
	struct trie_edge *edge;	/* open addressing */
	size_t n_edges, edge_cap;
	struct trie_node *node;
	size_t n_nodes, node_cap;
	struct trie_accept *accept;
	size_t n_accepts, accept_cap;
	struct lexicon_rule *rule;
	size_t n_rules, rule_cap;
	size_t without;
};

#define TRIE_ROOT 1u
#define TRIE_ROOT_BEGIN 2u	/* patterns that begin with ^ */

/* 0 where there is none. */
uint32_t table_find(const struct table *table, const char *key);
uint32_t trie_step(const struct lexicon *lexicon, uint32_t node,
	uint16_t symbol);
void table_put(struct arena *arena, struct table *table, const char *key,
	uint32_t value);
/* A list with room for one more, moved when it has none. */
void *list_grow(struct arena *arena, void *list, size_t n, size_t *cap,
	size_t size_bytes);
void symbol_list_add(struct arena *arena, struct symbol_list *list,
	uint16_t symbol);
struct lexicon_word *lexicon_word_add(struct lexicon *lexicon,
	const char *norm);
/* `written` (word, word* or *word) may stand for the symbol. */
void lexicon_symbol_give(struct lexicon *lexicon, uint16_t symbol,
	const char *written);
uint16_t lexicon_set_symbol(struct lexicon *lexicon, const char *name);
uint32_t trie_node_add(struct lexicon *lexicon);
uint32_t trie_edge_add(struct lexicon *lexicon, uint32_t node,
	uint16_t symbol);
void trie_accept_add(struct lexicon *lexicon, uint32_t node, uint16_t rule,
	bool at_end);
const char *lexicon_loose(struct arena *arena, const char *norm);

#endif
