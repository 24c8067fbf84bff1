/* SPDX-License-Identifier: MIT */
/* understand/token.h: a text cut into words, sentences and clauses.
 *
 * Shapes   a token's norm is lower case ASCII: ae, oe, aa for the Danish
 *          letters (whatever keyboard wrote them), other accents dropped
 * Units    begin, end: bytes in the text, end behind the last
 * Errors   none: a text beyond TOKENS_MAX is cut, and says so
 * Owner    the arena; offsets are into the borrowed text
 * Source   none; how a sentence ends is told at sentences_set
 */
#ifndef UNDERSTAND_TOKEN_H
#define UNDERSTAND_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define TOKENS_MAX 8000 /* a text of a million words must not cost seconds;
			 * what a mail wants is said in its first pages */

enum token_kind {
	TOKEN_WORD,
	TOKEN_NUMBER,	/* digits only */
	TOKEN_EMAIL,
	TOKEN_LINK,
	TOKEN_MARK,	/* one sign: , . : ? ( " - … */
};

struct token {
	const char *norm;
	uint32_t begin, end;
	uint32_t line;		/* of the text, from 0 */
	uint32_t sentence;	/* from 0 */
	uint32_t clause;	/* from 0, through the whole text */
	uint32_t next;		/* the token behind the unit that begins here:
				 * this one, or a date, or a name */
	int number;		/* of TOKEN_NUMBER, -1 where too large */
	int date;		/* index of the date that begins here; -1 */
	int name;		/* index of the person named here; -1 */
	uint8_t kind;
	char mark;		/* of TOKEN_MARK; '\0' else */
	bool capital;		/* begins with a capital */
	bool shouts;		/* has no small letter, and more than one */
	bool in_subject;	/* the subject stands before the text */
	bool context;		/* … but was not written by the sender */
	bool inside;		/* of a unit, not its beginning */
	/* set by the lexicon */
	const uint16_t *symbols;
	uint16_t n_symbols;
	uint16_t word;		/* index of the word known; 0 unknown */
};

struct tokens {
	const char *text;	/* subject, a blank line, own words */
	struct token *list;
	size_t n, cap;
	size_t text_at;		/* first token behind the subject */
	size_t n_sentences, n_clauses;
	const bool *questions;	/* by sentence */
	bool cut;
};

/* Reads subject and text (each may be ""); `context`: the subject is a
 * reply's, so its words are not the sender's. */
void tokens_read(struct arena *arena, const char *subject, bool context,
	const char *text, struct tokens *tokens);

/* The norm of a word or of a whole phrase (letters folded, the rest kept). */
char *token_norm(struct arena *arena, const char *text, size_t n);

/* Whether that sentence ends in a question mark. */
bool tokens_is_question(const struct tokens *tokens, uint32_t sentence);
size_t tokens_sentence_begin(const struct tokens *tokens, size_t at);
size_t tokens_sentence_end(const struct tokens *tokens, size_t at);
size_t tokens_clause_begin(const struct tokens *tokens, size_t at);
size_t tokens_clause_end(const struct tokens *tokens, size_t at);
/* The words from token `from` to before `to`, as written. */
char *tokens_text(struct arena *arena, const struct tokens *tokens,
	size_t from, size_t to);

#endif
