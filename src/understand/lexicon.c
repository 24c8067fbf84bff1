/* SPDX-License-Identifier: MIT */
/* The lexicon files, read into one tree of tokens. */
#include "understand/understand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"
#include "understand/lexicon_trie.h"

#define TYPO_LEAST 6	/* letters; «mode» may be a word of its own, a long
			 * word with one letter wrong is still that word */
#define PATTERN_MAX 20	/* tokens of one pattern */
#define FILE_MAX (512 * 1024) /* a shadowing file must not fill the memory */

static const char *const meaning_words[MEANINGS] = {
	[MEANS_NOTHING] = "nothing",
	[MEANS_ABSENCE] = "absence",
	[MEANS_ATTENDANCE] = "attendance",
	[MEANS_TENTATIVE] = "tentative",
	[MEANS_SUBSTITUTE] = "substitute",
	[MEANS_EXCUSE] = "excuse",
	[MEANS_YES] = "yes",
	[MEANS_NO] = "no",
	[MEANS_ITEM] = "item",
	[MEANS_IDEA] = "idea",
	[MEANS_PROPOSE] = "propose",
	[MEANS_APPLY] = "apply",
	[MEANS_NOMINATE] = "nominate",
	[MEANS_SEAT] = "seat",
	[MEANS_APPROVE] = "approve",
	[MEANS_NOT_APPROVE] = "not-approve",
	[MEANS_NO_CHANGE] = "no-change",
	[MEANS_FINE] = "fine",
	[MEANS_EDIT] = "edit",
	[MEANS_AGENDA] = "agenda",
	[MEANS_MINUTES] = "minutes",
	[MEANS_SUBMIT] = "submit",
	[MEANS_CORRECT] = "correct",
	[MEANS_HEARING] = "hearing",
	[MEANS_DEADLINE] = "deadline",
	[MEANS_CONTRIBUTE] = "contribute",
	[MEANS_SUBSCRIBE] = "subscribe",
	[MEANS_UNSUBSCRIBE] = "unsubscribe",
	[MEANS_ACCESS] = "access",
	[MEANS_ERASE] = "erase",
	[MEANS_ADDRESS] = "address",
	[MEANS_UNDO] = "undo",
	[MEANS_WITHDRAW] = "withdraw",
	[MEANS_RESIGN] = "resign",
	[MEANS_MOVE_MEETING] = "move-meeting",
	[MEANS_DOCUMENTS] = "documents",
	[MEANS_DISTRESS] = "distress",
	[MEANS_OWN_CASE] = "own-case",
	[MEANS_THANKS] = "thanks",
	[MEANS_PRESS] = "press",
	[MEANS_WHOLE_BODY] = "whole-body",
	[MEANS_FORWARDED] = "forwarded",
	[MEANS_COLOURED] = "coloured",
	[MEANS_QUESTION] = "question",
	[MEANS_PAST] = "past",
	[MEANS_SELF_NAME] = "self-name",
	[MEANS_OWN_EMAIL] = "own-email",
	[MEANS_REPORTED] = "reported",
	[MEANS_SPAM] = "spam",
	[MEANS_LIST_OTHER] = "list-other",
	[MEANS_TIE] = "tie",
	[MEANS_CHANGED] = "changed",
	[MEANS_INELIGIBLE] = "ineligible",
};

static const char *const set_words[SETS] = {
	[SET_NEGATION] = "negation",
	[SET_FIRST] = "first",
	[SET_THIRD] = "third",
	[SET_CONDITION] = "condition",
	[SET_MEETING] = "meeting",
	[SET_DIALOGUE] = "dialogue",
	[SET_NEXT] = "next",
	[SET_BODY] = "body",
	[SET_THERE] = "there",
	[SET_BUT] = "but",
	[SET_FILLER] = "filler",
	[SET_SUBJECT_TAG] = "subject-tag",
	[SET_FIRST_RANK] = "first-rank",
	[SET_LAST_RANK] = "last-rank",
	[SET_TITLE] = "title",
	[SET_RELATION] = "relation",
	[SET_NO_NAME] = "no-name",
	[SET_GREETING] = "greeting",
	[SET_CLOSING] = "closing",
	[SET_BOTH] = "both",
	[SET_OTHER_MEETINGS] = "other-meetings",
	[SET_DATE_WORD] = "date-word",
	[SET_AGO] = "ago",
	[SET_EXCLUDE] = "exclude",
	[SET_WORKSHOP] = "workshop",
	[SET_THEME] = "theme",
	[SET_JOINT] = "joint",
	[SET_WHEN] = "when",
	[SET_SELF] = "self",
	[SET_AND] = "and",
	[SET_NAME] = "name",
	[SET_MODAL] = "modal",
	[SET_DROP_RANK] = "drop-rank",
	[SET_GENERAL] = "general",
};

static const char *const value_words[] = {
	[VALUE_MONTH] = "month",
	[VALUE_WEEKDAY] = "weekday",
	[VALUE_DAY] = "day",
	[VALUE_NUMBER] = "number",
	[VALUE_DAYS_AHEAD] = "days-ahead",
	[VALUE_UNIT] = "unit",
	[VALUE_WEEK] = "week",
	[VALUE_SEASON] = "season",
};

static const char *const unit_words[] = {	/* <date> … in a pattern */
	[SYMBOL_DATE] = "<date>",
	[SYMBOL_NAME] = "<name>",
	[SYMBOL_NUM] = "<num>",
	[SYMBOL_EMAIL] = "<email>",
	[SYMBOL_LETTER] = "<letter>",
	[SYMBOL_COMMA] = ",",
	[SYMBOL_COLON] = ":",
};

static const char *const languages[] = { "da", "en", "no", "sv" };

const char *
meaning_word(enum meaning meaning)
{
	return meaning_words[meaning];
}

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

static void
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

static void *
grown(struct arena *arena, void *list, size_t n, size_t *cap, size_t size)
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

static void
symbol_add(struct arena *arena, struct symbol_list *s, uint16_t symbol)
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

static struct lexicon_word *
word_add(struct lexicon *lex, const char *norm)
{
	uint32_t at = table_find(&lex->words, norm);
	const char *loose;

	if (at != 0)
		return &lex->word[at];
	lex->word = grown(lex->arena, lex->word, lex->n_words,
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
	symbol_add(lex->arena, &(*list)[at], symbol);
}

/* `written` (word, word* or *word) may stand for the symbol. */
static void
symbol_give(struct lexicon *lex, uint16_t symbol, const char *written)
{
	size_t n = strlen(written);
	char *norm = token_norm(lex->arena, written, n);

	n = strlen(norm);
	if (n > 1 && norm[n - 1] == '*') {
		norm[n - 1] = '\0';
		affix_add(lex, &lex->prefixes, &lex->prefix_symbols,
		    &lex->n_prefixes, norm, symbol);
		(void)word_add(lex, norm);
	} else if (n > 1 && norm[0] == '*')
		affix_add(lex, &lex->suffixes, &lex->suffix_symbols,
		    &lex->n_suffixes, norm + 1, symbol);
	else
		symbol_add(lex->arena, &word_add(lex, norm)->symbols, symbol);
}

static uint16_t
set_symbol(struct lexicon *lex, const char *name)
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

static uint32_t
node_new(struct lexicon *lex)
{
	lex->node = grown(lex->arena, lex->node, lex->n_nodes,
	    &lex->node_cap, sizeof(lex->node[0]));
	lex->node[lex->n_nodes] = (struct trie_node){ 0 };
	return (uint32_t)lex->n_nodes++;
}

static uint32_t
edge_add(struct lexicon *lex, uint32_t node, uint16_t symbol)
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
			node_new(lex) };
		lex->n_edges++;
	}
	return lex->edge[i].child;
}

static void
accept_add(struct lexicon *lex, uint32_t node, uint16_t rule, bool at_end)
{
	lex->accept = grown(lex->arena, lex->accept, lex->n_accepts,
	    &lex->accept_cap, sizeof(lex->accept[0]));
	lex->accept[lex->n_accepts] = (struct trie_accept){
		.rule = rule, .at_end = at_end,
		.next = lex->node[node].accept };
	lex->node[node].accept = (uint32_t)lex->n_accepts++;
}

/* --- one rule ---------------------------------------------------------- */

static bool
pattern_symbol(struct lexicon *lex, const char *word, uint16_t *symbol,
    const char **why)
{
	char *each, *save = NULL;

	for (size_t i = SYMBOL_DATE; i <= SYMBOL_COLON; i++)
		if (strcmp(word, unit_words[i]) == 0) {
			*symbol = (uint16_t)i;
			return true;
		}
	if (word[0] == '<') {
		*why = "no such unit";
		return false;
	}
	if (word[0] == '@') {
		*symbol = (uint16_t)table_find(&lex->sets, word);
		*why = "a set that no line above it tells";
		return *symbol != 0;
	}
	*symbol = (uint16_t)table_find(&lex->sets, word);
	if (*symbol != 0)
		return true;
	*symbol = set_symbol(lex, word);
	each = arena_strdup(lex->arena, word);
	for (each = strtok_r(each, "/", &save); each != NULL;
	    each = strtok_r(NULL, "/", &save))
		symbol_give(lex, *symbol, each);
	return true;
}

struct pattern {
	char *word[PATTERN_MAX];
	size_t n;
};

static bool pattern_add(struct lexicon *lex, const struct pattern *p,
    size_t i, uint32_t node, uint16_t rule, const char **why);

/* «a/b/@c/<date>»: the plain words are one set, each other a branch. */
static bool
choice_add(struct lexicon *lex, const struct pattern *p, size_t i,
    uint32_t node, uint16_t rule, const char *word, const char **why)
{
	struct buf plain = buf_open(lex->arena);
	char *each, *save = NULL, *copy = arena_strdup(lex->arena, word);
	uint16_t symbol;

	for (each = strtok_r(copy, "/", &save); each != NULL;
	    each = strtok_r(NULL, "/", &save)) {
		if (strchr("@<,:", each[0]) == NULL) {
			buf_addf(&plain, "%s%s", plain.n > 0 ? "/" : "", each);
			continue;
		}
		if (!pattern_symbol(lex, each, &symbol, why)
		    || !pattern_add(lex, p, i + 1,
		    edge_add(lex, node, symbol), rule, why))
			return false;
	}
	if (plain.n == 0)
		return true;
	return pattern_symbol(lex, buf_text(&plain), &symbol, why)
	    && pattern_add(lex, p, i + 1, edge_add(lex, node, symbol), rule,
	    why);
}

static bool
pattern_add(struct lexicon *lex, const struct pattern *p, size_t i,
    uint32_t node, uint16_t rule, const char **why)
{
	uint16_t symbol;
	size_t n;
	char *word;

	if (i == p->n) {
		accept_add(lex, node, rule, false);
		return true;
	}
	word = p->word[i];
	if (strcmp(word, "$") == 0 && i + 1 == p->n) {
		accept_add(lex, node, rule, true);
		return true;
	}
	if (strncmp(word, "..", 2) == 0) {
		int most = word[2] == '\0' ? 4 : atoi(word + 2);

		if (most < 1 || most > GAP_MAX) {
			*why = "a gap is ..1 to ..15";
			return false;
		}
		symbol = (uint16_t)(SYMBOL_GAP + (unsigned)most);
		n = edge_add(lex, node, symbol);
		lex->node[node].gaps |= (uint16_t)(1u << most);
		return pattern_add(lex, p, i + 1, (uint32_t)n, rule, why);
	}
	word = arena_strdup(lex->arena, word);
	n = strlen(word);
	if (word[0] == '(') {
		/* (x) and (a/b)? may be left out, (a/b) may not */
		bool may_go = word[n - 1] == '?' || strchr(word, '/') == NULL;

		if (word[n - 1] == '?')
			word[--n] = '\0';
		if (word[n - 1] != ')') {
			*why = "a parenthesis is not closed";
			return false;
		}
		word[n - 1] = '\0';
		word++;
		if (may_go && !pattern_add(lex, p, i + 1, node, rule, why))
			return false;
	}
	return choice_add(lex, p, i, node, rule, word, why);
}

static enum rc
rule_read(struct lexicon *lex, enum meaning meaning, bool self, char *rest,
    const char *place, struct err *err)
{
	struct pattern p = { .n = 0 };
	char *example = strchr(rest, ';'), *word, *save = NULL;
	uint32_t root = TRIE_ROOT;
	uint16_t number = (uint16_t)lex->n_rules;
	const char *why = NULL;

	if (example == NULL)
		return fail(err, RC_STOP, "%s: a rule needs «;» and the"
		    " sentence that taught it", place);
	*example++ = '\0';
	lex->rule = grown(lex->arena, lex->rule, lex->n_rules,
	    &lex->rule_cap, sizeof(lex->rule[0]));
	lex->rule[lex->n_rules++] = (struct lexicon_rule){
		.text = text_squeeze(lex->arena, rest),
		.example = text_trim(lex->arena, example),
		.place = place, .meaning = meaning, .self = self };
	if (number == lex->without)
		return RC_OK;
	for (word = strtok_r(rest, " \t", &save); word != NULL;
	    word = strtok_r(NULL, " \t", &save)) {
		if (p.n == PATTERN_MAX)
			return fail(err, RC_STOP, "%s: a pattern has at most"
			    " %d tokens", place, PATTERN_MAX);
		p.word[p.n++] = word;
	}
	if (p.n > 0 && strcmp(p.word[0], "^") == 0) {
		root = TRIE_ROOT_BEGIN;
		memmove(p.word, p.word + 1, --p.n * sizeof(p.word[0]));
	}
	if (p.n == 0)
		return fail(err, RC_STOP, "%s: an empty pattern", place);
	if (!pattern_add(lex, &p, 0, root, number, &why))
		return fail(err, RC_STOP, "%s: %s", place, why);
	return RC_OK;
}

/* --- one file ---------------------------------------------------------- */

static enum rc
set_read(struct lexicon *lex, char *rest, const char *place, struct err *err)
{
	char *save = NULL, *name = strtok_r(rest, " \t", &save), *word;
	uint16_t symbol;

	if (name == NULL)
		return fail(err, RC_STOP, "%s: a set needs a name", place);
	symbol = set_symbol(lex, arena_printf(lex->arena, "@%s", name));
	while ((word = strtok_r(NULL, " \t", &save)) != NULL)
		symbol_give(lex, symbol, word);
	return RC_OK;
}

static enum rc
value_read(struct lexicon *lex, char *rest, const char *place,
    struct err *err)
{
	char *save = NULL, *kind = strtok_r(rest, " \t", &save);
	char *number = strtok_r(NULL, " \t", &save), *word;

	for (size_t i = VALUE_MONTH; kind != NULL && number != NULL
	    && i <= VALUE_SEASON; i++) {
		if (strcmp(kind, value_words[i]) != 0)
			continue;
		while ((word = strtok_r(NULL, " \t", &save)) != NULL)
			word_add(lex, token_norm(lex->arena, word,
			    strlen(word)))->value[i] = (int16_t)atoi(number);
		return RC_OK;
	}
	return fail(err, RC_STOP, "%s: value KIND N WORD…", place);
}

static enum rc
line_read(struct lexicon *lex, char *line, const char *place, struct err *err)
{
	char *rest = line + strcspn(line, " \t");
	bool self = false;
	char *save = NULL, *word;

	if (*rest != '\0')
		*rest++ = '\0';
	if (strcmp(line, "set") == 0)
		return set_read(lex, rest, place, err);
	if (strcmp(line, "value") == 0)
		return value_read(lex, rest, place, err);
	if (strcmp(line, "known") == 0) {
		for (word = strtok_r(rest, " \t", &save); word != NULL;
		    word = strtok_r(NULL, " \t", &save))
			(void)word_add(lex, token_norm(lex->arena, word,
			    strlen(word)));
		return RC_OK;
	}
	if (line[0] != '\0' && line[strlen(line) - 1] == '!') {
		line[strlen(line) - 1] = '\0';
		self = true;
	}
	for (size_t i = 0; i < MEANINGS; i++)
		if (strcmp(line, meaning_words[i]) == 0)
			return rule_read(lex, (enum meaning)i, self, rest,
			    place, err);
	return fail(err, RC_STOP, "%s: «%s» is no meaning", place, line);
}

static enum rc
file_read(struct lexicon *lex, const char *name, const char *data, size_t n,
    struct err *err)
{
	char *text = arena_strndup(lex->arena, data, n), *line = text;

	for (int number = 1; line != NULL; number++) {
		char *end = strchr(line, '\n');
		const char *place;
		enum rc rc;

		if (end != NULL)
			*end++ = '\0';
		line = text_trim(lex->arena, line);
		if (line[0] != '\0' && line[0] != '#') {
			place = arena_printf(lex->arena, "%s:%d", name,
			    number);
			if ((rc = line_read(lex, line, place, err)) != RC_OK)
				return rc;
		}
		line = end;
	}
	return RC_OK;
}

static enum rc
language_read(struct lexicon *lex, const char *folder, const char *language,
    struct err *err)
{
	const char *name = arena_printf(lex->arena,
	    "src/understand/%s.lexicon", language);
	const struct embedded *built_in = embedded_find(name);
	const char *path;
	FILE *file;
	char *data;
	size_t n;

	if (folder != NULL) {
		path = arena_printf(lex->arena, "%s/%s.lexicon", folder,
		    language);
		if ((file = fopen(path, "re")) != NULL) {
			data = arena_alloc(lex->arena, FILE_MAX);
			n = fread(data, 1, FILE_MAX - 1, file);
			(void)fclose(file);
			return file_read(lex, path, data, n, err);
		}
	}
	if (built_in == NULL)
		return RC_OK;
	return file_read(lex, strrchr(name, '/') + 1, built_in->data,
	    built_in->n, err);
}

/* What a word written in a set by its beginning or end also is. */
static void
affixes_join(struct lexicon *lex)
{
	for (size_t w = 1; w < lex->n_words; w++) {
		const char *norm = lex->word[w].norm;
		size_t n = strlen(norm);

		for (size_t k = 2; k <= n; k++) {
			const char *head = arena_strndup(lex->arena, norm, k);
			uint32_t p = table_find(&lex->prefixes, head);
			uint32_t s = table_find(&lex->suffixes, norm + n - k);

			for (uint16_t i = 0; p != 0
			    && i < lex->prefix_symbols[p].n; i++)
				symbol_add(lex->arena, &lex->word[w].symbols,
				    lex->prefix_symbols[p].list[i]);
			for (uint16_t i = 0; s != 0
			    && i < lex->suffix_symbols[s].n; i++)
				symbol_add(lex->arena, &lex->word[w].symbols,
				    lex->suffix_symbols[s].list[i]);
		}
	}
}

enum rc
lexicon_open_without(const char *folder, size_t without,
    struct lexicon **lexicon, struct err *err)
{
	struct arena *arena = arena_open();
	struct lexicon *lex = arena_alloc(arena, sizeof(*lex));
	enum rc rc = RC_OK;

	*lex = (struct lexicon){ .arena = arena, .without = without,
		.n_words = 1, .n_accepts = 1, .n_symbols = SYMBOL_FIRST_WORD };
	lex->word = arena_array(arena, lex->words_cap = 4096,
	    sizeof(lex->word[0]));
	lex->accept = arena_array(arena, lex->accept_cap = 4096,
	    sizeof(lex->accept[0]));
	for (int i = 0; i < 3; i++)	/* none, the root, the root of ^ */
		(void)node_new(lex);
	for (size_t i = 0; i < SETS; i++)
		lex->set[i] = set_symbol(lex, arena_printf(arena, "@%s",
		    set_words[i]));
	for (size_t i = 0; rc == RC_OK
	    && i < sizeof(languages) / sizeof(languages[0]); i++)
		rc = language_read(lex, folder, languages[i], err);
	if (rc == RC_OK && lex->n_symbols >= SYMBOL_GAP)
		rc = fail(err, RC_STOP, "lexicon: more than %u symbols",
		    SYMBOL_GAP);
	if (rc != RC_OK) {
		arena_close(&arena);
		return rc;
	}
	affixes_join(lex);
	*lexicon = lex;
	return RC_OK;
}

enum rc
lexicon_open(const char *folder, struct lexicon **lexicon, struct err *err)
{
	return lexicon_open_without(folder, SIZE_MAX, lexicon, err);
}

void
lexicon_close(struct lexicon **lexicon)
{
	struct arena *arena;

	if (*lexicon == NULL)
		return;
	arena = (*lexicon)->arena;
	*lexicon = NULL;
	arena_close(&arena);
}

size_t
lexicon_rules(const struct lexicon *lexicon)
{
	return lexicon->n_rules;
}

const char *
lexicon_rule_text(const struct lexicon *lexicon, size_t rule)
{
	return lexicon->rule[rule].text;
}

const char *
lexicon_rule_example(const struct lexicon *lexicon, size_t rule)
{
	return lexicon->rule[rule].example;
}

const char *
lexicon_rule_place(const struct lexicon *lexicon, size_t rule)
{
	return lexicon->rule[rule].place;
}

enum meaning
lexicon_rule_meaning(const struct lexicon *lexicon, size_t rule)
{
	return lexicon->rule[rule].meaning;
}
