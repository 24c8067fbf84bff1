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
	[MEANS_PROTEST] = "protest",
	[MEANS_WISH] = "wish",
	[MEANS_DEFER] = "defer",
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
	[SET_ASKS] = "asks",
	[SET_STATE] = "state",
	[SET_SAYS] = "says",
	[SET_ELSEWHERE] = "elsewhere",
	[SET_ELSE_MEETING] = "else-meeting",
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
	*symbol = lexicon_set_symbol(lex, word);
	each = arena_strdup(lex->arena, word);
	for (each = strtok_r(each, "/", &save); each != NULL;
	    each = strtok_r(NULL, "/", &save))
		lexicon_symbol_give(lex, *symbol, each);
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
		    trie_edge_add(lex, node, symbol), rule, why))
			return false;
	}
	if (plain.n == 0)
		return true;
	return pattern_symbol(lex, buf_text(&plain), &symbol, why)
	    && pattern_add(lex, p, i + 1, trie_edge_add(lex, node, symbol), rule,
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
		trie_accept_add(lex, node, rule, false);
		return true;
	}
	word = p->word[i];
	if (strcmp(word, "$") == 0 && i + 1 == p->n) {
		trie_accept_add(lex, node, rule, true);
		return true;
	}
	if (strncmp(word, "..", 2) == 0) {
		int most = word[2] == '\0' ? 4 : atoi(word + 2);

		if (most < 1 || most > GAP_MAX) {
			*why = "a gap is ..1 to ..15";
			return false;
		}
		symbol = (uint16_t)(SYMBOL_GAP + (unsigned)most);
		n = trie_edge_add(lex, node, symbol);
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
	lex->rule = list_grow(lex->arena, lex->rule, lex->n_rules,
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
	symbol = lexicon_set_symbol(lex, arena_printf(lex->arena, "@%s", name));
	while ((word = strtok_r(NULL, " \t", &save)) != NULL)
		lexicon_symbol_give(lex, symbol, word);
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
			lexicon_word_add(lex, token_norm(lex->arena, word,
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
			(void)lexicon_word_add(lex, token_norm(lex->arena, word,
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
				symbol_list_add(lex->arena, &lex->word[w].symbols,
				    lex->prefix_symbols[p].list[i]);
			for (uint16_t i = 0; s != 0
			    && i < lex->suffix_symbols[s].n; i++)
				symbol_list_add(lex->arena, &lex->word[w].symbols,
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
		(void)trie_node_add(lex);
	for (size_t i = 0; i < SETS; i++)
		lex->set[i] = lexicon_set_symbol(lex, arena_printf(arena, "@%s",
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
