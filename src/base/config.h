/* SPDX-License-Identifier: MIT */
/* base/config.h: what a person wrote in a file of keys and values, read
 * against a table of what may stand there.
 *
 * Shapes   `key = value`, `key = {a, b}`, `section { … }`, and
 *          `section "title" { … }` where there may be several; `#` to the end
 *          of the line is a comment; quotes where a value has spaces
 * Units    as the table's numbers say; lines count from 1
 * Errors   RC_STOP with `file:line: what is wrong; the cure`, always of one
 *          line; an unknown key is answered with the nearest known one
 * Owner    the arena's, texts too
 * Source   libconfuse(3); the traps in its double quotes (`${VAR}` is
 *          expanded there, not in single ones)
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct config;

enum config_type {
	CONFIG_END,		/* closes a table */
	CONFIG_TEXT,		/* one line, no control characters */
	CONFIG_PROSE,		/* may have several lines */
	CONFIG_NUMBER,		/* whole, between least and most */
	CONFIG_FLAG,		/* yes or no */
	CONFIG_LIST,		/* of texts */
	CONFIG_SECTION,		/* once */
	CONFIG_SECTIONS,	/* any number, each with its title */
};

struct config_key {
	const char *name;
	enum config_type type;
	const char *preset;	/* as it would be written; NULL: absent */
	const char *choices;	/* words with a space between; NULL any */
	long least, most;	/* of a number */
	const struct config_key *keys;	/* of a section */
	bool required;
};

/* `name` stands in the errors. */
enum rc config_read(struct arena *arena, const char *name, const char *text,
	const struct config_key *keys, const struct config **config,
	struct err *err);
/* The same of a file; RC_NONE where there is no such file. */
enum rc config_read_file(struct arena *arena, const char *path,
	const struct config_key *keys, const struct config **config,
	struct err *err);

/* Only for keys of the section's table; NULL, 0 and false where absent. */
const char *config_text(const struct config *config, const char *key);
long config_number(const struct config *config, const char *key);
bool config_flag(const struct config *config, const char *key);
const char *const *config_list(const struct config *config, const char *key,
	size_t *n);
bool config_is_given(const struct config *config, const char *key);

size_t config_count(const struct config *config, const char *key);
/* A section that was left out is there with its presets. */
const struct config *config_section(const struct config *config,
	const char *key, size_t i);
const char *config_title(const struct config *config);

/* What only the caller can know to be wrong: `file:line: …`, the line being
 * the key's (NULL: the section's). Returns RC_STOP. */
enum rc config_fail(const struct config *config, const char *key,
	struct err *err, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
