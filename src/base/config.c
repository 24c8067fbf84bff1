/* SPDX-License-Identifier: MIT */
/* Reads a file of keys by libconfuse, copies it into the arena, and says in
 * plain words what is wrong and where. */
#include "base/config.h"

#include <confuse.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

#define FILE_MAX_BYTES (4 * 1024 * 1024) /* a mail folder by mistake */
/* libconfuse takes the end of the file for the end of every section that is
 * open. A key of our own behind it tells: it may stand on the top level only. */
#define LAST_KEY "the-end-of-this-file"
#define NEAR_MOST 3	/* letters apart, for «did you mean» */

struct value {
	int line;		/* 0: not in the file */
	const char *text;
	long number;
	const char **list;
	size_t n;		/* of list or sections */
	struct config **sections;
};

struct config {
	const char *file, *title;
	int line;
	const struct config_key *keys;
	struct value *values;	/* one a key */
};

/* libconfuse hands its errors to a function without a place for our own:
 * one file is read at a time. */
static struct reading {
	struct arena *arena;
	const char *name;
	struct err *err;
	bool failed;
} *reading;

static size_t
keys_count(const struct config_key *keys)
{
	size_t n = 0;

	while (keys[n].type != CONFIG_END)
		n++;
	return n;
}

static struct value *
value_of(const struct config *config, const char *key)
{
	for (size_t i = 0; config->keys[i].type != CONFIG_END; i++)
		if (strcmp(config->keys[i].name, key) == 0)
			return &config->values[i];
	abort(); /* a key that is in no table is our own mistake */
}

/* How many letters must be changed, added or left out, or swapped with the
 * next (Damerau, optimal string alignment). Keys are short. */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][64], n = strlen(b);

	if (n >= 63 || strlen(a) >= 63)
		return SIZE_MAX;
	for (size_t j = 0; j <= n; j++)
		rows[0][j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t *now = rows[i % 3], *before = rows[(i + 2) % 3];
		const size_t *two = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t least = before[j - 1] + (a[i - 1] != b[j - 1]);

			if (before[j] + 1 < least)
				least = before[j] + 1;
			if (now[j - 1] + 1 < least)
				least = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2]
			    && a[i - 2] == b[j - 1] && two[j - 2] + 1 < least)
				least = two[j - 2] + 1;
			now[j] = least;
		}
	}
	return rows[strlen(a) % 3][n];
}

static void
complain(int line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
complain(int line, const char *format, ...)
{
	va_list args;

	if (reading->failed)
		return; /* the first is the cause, the rest follow from it */
	reading->failed = true;
	va_start(args, format);
	(void)fail(reading->err, RC_STOP, "%s:%d: %s", reading->name, line,
	    arena_vprintf(reading->arena, format, args));
	va_end(args);
}

static void
complain_unknown(cfg_t *cfg, const char *key)
{
	const char *near = NULL;
	size_t least = NEAR_MOST + 1;
	const char *in = cfg->name == NULL || strcmp(cfg->name, "root") == 0
	    ? "" : cfg->name;

	if (strcmp(key, LAST_KEY) == 0) {
		complain(cfg->line - 1, "the file ends inside a section; is a "
		    "«}» missing?");
		return;
	}
	for (cfg_opt_t *o = cfg->opts; o != NULL && o->name != NULL; o++) {
		size_t d = distance(key, o->name);

		if (d < least && d < strlen(o->name)) {
			least = d;
			near = o->name;
		}
	}
	if (near != NULL)
		complain(cfg->line, "unknown key «%s%s%s»; did you mean «%s»?",
		    in, *in ? "." : "", key, near);
	else
		complain(cfg->line, "unknown key «%s%s%s»; see "
		    "raadspost.conf(5) for those there are", in,
		    *in ? "." : "", key);
}

/* libconfuse's own words, where they need a cure. */
static void
on_error(cfg_t *cfg, const char *format, va_list args)
{
	char *text = arena_vprintf(reading->arena, format, args);
	char *from = strchr(text, '\''), *to = NULL;

	if (from != NULL)
		to = strchr(++from, '\'');
	if (text_starts(text, "no such option") && to != NULL) {
		*to = '\0';
		complain_unknown(cfg, from);
	} else if (text_starts(text, "missing equal sign") && to != NULL) {
		*to = '\0';
		complain(cfg->line, "«%s» wants a value: write «%s = …»",
		    from, from);
	} else if (text_starts(text, "found duplicate title") && to != NULL) {
		*to = '\0';
		complain(cfg->line, "«%s» is there already; titles must "
		    "differ", from);
	} else if (text_starts(text, "missing opening brace")) {
		complain(cfg->line, "a section opens with «{»: %s", text);
	} else if (text_starts(text, "premature end")) {
		complain(cfg->line, "the file ends inside a value");
	} else if (text_starts(text, "unterminated string")) {
		complain(cfg->line, "a quote is opened and never closed");
	} else {
		complain(cfg->line, "%s", text);
	}
}

/* Notes the line at which a key stands; twice is a mistake. */
static int
on_value(cfg_t *cfg, cfg_opt_t *opt)
{
	bool is_one = (opt->flags & (CFGF_LIST | CFGF_MULTI)) == 0;

	if (opt->comment != NULL && is_one) {
		complain(cfg->line, "«%s» stands on line %s already", opt->name,
		    opt->comment);
		return -1;
	}
	if (opt->comment == NULL && cfg_opt_setcomment(opt,
	    arena_printf(reading->arena, "%d", cfg->line)) != 0)
		return -1;
	return 0;
}

static cfg_opt_t *
opts_build(struct arena *arena, const struct config_key *keys, bool is_top)
{
	size_t n = keys_count(keys);
	cfg_opt_t *opts = arena_array(arena, n + 2, sizeof *opts);

	for (size_t i = 0; i < n; i++) {
		const struct config_key *k = &keys[i];

		opts[i].name = k->name;
		opts[i].validcb = on_value;
		switch (k->type) {
		case CONFIG_SECTION:
		case CONFIG_SECTIONS:
			opts[i].type = CFGT_SEC;
			opts[i].subopts = opts_build(arena, k->keys, false);
			if (k->type == CONFIG_SECTIONS)
				opts[i].flags = CFGF_MULTI | CFGF_TITLE
				    | CFGF_NO_TITLE_DUPES;
			break;
		case CONFIG_LIST:
			opts[i].type = CFGT_STR;
			opts[i].flags = CFGF_LIST;
			break;
		case CONFIG_END:
		case CONFIG_TEXT:
		case CONFIG_PROSE:
		case CONFIG_NUMBER:
		case CONFIG_FLAG:
			opts[i].type = CFGT_STR;
			opts[i].flags = CFGF_NODEFAULT;
			break;
		}
	}
	if (is_top)
		opts[n++] = (cfg_opt_t)CFG_STR(LAST_KEY, NULL, CFGF_NODEFAULT);
	opts[n] = (cfg_opt_t)CFG_END();
	return opts;
}

static bool
is_choice(const char *choices, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = choices; at != NULL && *at != '\0';) {
		size_t long_n = strcspn(at, " ");

		if (long_n == n && memcmp(at, word, n) == 0)
			return true;
		at += long_n + (at[long_n] == ' ');
	}
	return false;
}

static bool
read_flag(const char *text, bool *flag)
{
	static const char *const yes[] = { "yes", "true", "on", "ja" };
	static const char *const no[] = { "no", "false", "off", "nej" };

	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
		if (text_equal_nocase(text, yes[i]))
			return *flag = true, true;
		if (text_equal_nocase(text, no[i]))
			return *flag = false, true;
	}
	return false;
}

/* A line break or an escape in a host name is no typing error to live with:
 * it would end up in a command to a server. */
static bool
has_control(const char *text, bool is_prose)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c < ' ' && !(is_prose && (c == '\n' || c == '\t')))
		    || c == 0x7F)
			return true;
	}
	return false;
}

static enum rc
scalar_read(struct config *config, const struct config_key *k,
    struct value *v, const char *text, struct err *err)
{
	char *end;
	bool flag;

	if (!text_is_utf8(text, strlen(text))
	    || has_control(text, k->type == CONFIG_PROSE))
		return config_fail(config, k->name, err, "«%s» holds a "
		    "character that does not belong there (a line break, or "
		    "no UTF-8)", k->name);
	v->text = arena_strdup(reading->arena, text);
	if (k->choices != NULL && !is_choice(k->choices, text))
		return config_fail(config, k->name, err,
		    "«%s» cannot be «%s»; one of: %s", k->name, text,
		    k->choices);
	if (k->type == CONFIG_FLAG) {
		if (!read_flag(text, &flag))
			return config_fail(config, k->name, err,
			    "«%s» is yes or no, not «%s»", k->name, text);
		v->number = flag;
	}
	if (k->type == CONFIG_NUMBER) {
		errno = 0;
		v->number = strtol(text, &end, 10);
		if (end == text || *end != '\0' || errno != 0
		    || v->number < k->least || v->number > k->most)
			return config_fail(config, k->name, err, "«%s» is a "
			    "whole number from %ld to %ld, not «%s»", k->name,
			    k->least, k->most, text);
	}
	return RC_OK;
}

static enum rc copy(struct arena *arena, cfg_t *cfg,
	const struct config_key *keys, struct config **config,
	struct err *err);

static enum rc
sections_copy(struct arena *arena, cfg_opt_t *opt, const struct config_key *k,
    struct value *v, struct err *err)
{
	enum rc rc;

	v->n = cfg_opt_size(opt);
	v->sections = arena_array(arena, v->n, sizeof *v->sections);
	for (unsigned i = 0; i < v->n; i++)
		if ((rc = copy(arena, cfg_opt_getnsec(opt, i), k->keys,
		    &v->sections[i], err)) != RC_OK)
			return rc;
	return RC_OK;
}

static enum rc
list_copy(struct arena *arena, struct config *config, cfg_opt_t *opt,
    const struct config_key *k, struct value *v, struct err *err)
{
	struct value one = { .line = v->line };
	enum rc rc;

	v->n = cfg_opt_size(opt);
	v->list = arena_array(arena, v->n + 1, sizeof *v->list);
	for (unsigned i = 0; i < v->n; i++) {
		if ((rc = scalar_read(config, k, &one,
		    cfg_opt_getnstr(opt, i), err)) != RC_OK)
			return rc;
		v->list[i] = one.text;
	}
	return RC_OK;
}

static enum rc
value_copy(struct arena *arena, struct config *config, cfg_opt_t *opt,
    const struct config_key *k, struct value *v, struct err *err)
{
	const char *text;

	if (opt->comment != NULL)
		v->line = atoi(opt->comment);
	if (k->type == CONFIG_SECTION || k->type == CONFIG_SECTIONS)
		return sections_copy(arena, opt, k, v, err);
	if (k->type == CONFIG_LIST)
		return list_copy(arena, config, opt, k, v, err);
	text = cfg_opt_size(opt) > 0 ? cfg_opt_getnstr(opt, 0) : NULL;
	if (text == NULL && k->required)
		return config_fail(config, NULL, err, "«%s» is missing%s%s",
		    k->name, config->title != NULL ? " in " : "",
		    config->title != NULL ? config->title : "");
	if (text == NULL)
		text = k->preset;
	return text == NULL ? RC_OK
	    : scalar_read(config, k, v, text, err);
}

static enum rc
copy(struct arena *arena, cfg_t *cfg, const struct config_key *keys,
    struct config **config, struct err *err)
{
	size_t n = keys_count(keys);
	struct config *c = arena_alloc(arena, sizeof *c);
	enum rc rc;

	c->file = reading->name;
	c->keys = keys;
	c->line = cfg->line;
	c->title = arena_strdup(arena, cfg->title);
	c->values = arena_array(arena, n, sizeof *c->values);
	for (size_t i = 0; i < n; i++)
		if ((rc = value_copy(arena, c, &cfg->opts[i], &keys[i],
		    &c->values[i], err)) != RC_OK)
			return rc;
	*config = c;
	return RC_OK;
}

enum rc
config_read(struct arena *arena, const char *name, const char *text,
    const struct config_key *keys, const struct config **config,
    struct err *err)
{
	struct reading now = { .arena = arena, .err = err,
		.name = arena_strdup(arena, name) };
	struct config *read;
	cfg_t *cfg;
	enum rc rc = RC_STOP;
	int got;

	if (text_starts(text, "\xEF\xBB\xBF"))
		text += 3; /* a byte order mark, from Notepad */
	reading = &now;
	cfg = cfg_init(opts_build(arena, keys, true), CFGF_NONE);
	if (cfg == NULL)
		return fail(err, RC_STOP, "%s: out of memory", name);
	(void)cfg_set_error_function(cfg, on_error);
	got = cfg_parse_buf(cfg, arena_printf(arena, "%s\n" LAST_KEY "=.\n",
	    text));
	cfg->line = got == CFG_SUCCESS ? 1 : cfg->line; /* of what is missing */
	if (got == CFG_SUCCESS && !now.failed)
		rc = copy(arena, cfg, keys, &read, err);
	else if (!now.failed)
		complain(cfg->line, "this cannot be read");
	(void)cfg_free(cfg);
	reading = NULL;
	if (rc == RC_OK)
		*config = read;
	return rc;
}

enum rc
config_read_file(struct arena *arena, const char *path,
    const struct config_key *keys, const struct config **config,
    struct err *err)
{
	struct bytes text;
	enum rc rc;

	rc = file_read(arena, path, FILE_MAX_BYTES, &text, err);
	if (rc != RC_OK)
		return rc;
	if (memchr(text.data, '\0', text.n) != NULL)
		return fail(err, RC_STOP, "%s:1: this is no text file", path);
	return config_read(arena, path, (const char *)text.data, keys, config,
	    err);
}

const char *
config_text(const struct config *config, const char *key)
{
	return value_of(config, key)->text;
}

long
config_number(const struct config *config, const char *key)
{
	return value_of(config, key)->number;
}

bool
config_flag(const struct config *config, const char *key)
{
	return value_of(config, key)->number != 0;
}

const char *const *
config_list(const struct config *config, const char *key, size_t *n)
{
	const struct value *v = value_of(config, key);

	*n = v->n;
	return v->list;
}

bool
config_is_given(const struct config *config, const char *key)
{
	return value_of(config, key)->line != 0;
}

size_t
config_count(const struct config *config, const char *key)
{
	return value_of(config, key)->n;
}

const struct config *
config_section(const struct config *config, const char *key, size_t i)
{
	const struct value *v = value_of(config, key);

	return i < v->n ? v->sections[i] : NULL;
}

const char *
config_title(const struct config *config)
{
	return config->title;
}

enum rc
config_fail(const struct config *config, const char *key, struct err *err,
    const char *format, ...)
{
	char why[ERR_TEXT_BYTES];
	va_list args;
	int line = config->line;

	if (key != NULL && value_of(config, key)->line != 0)
		line = value_of(config, key)->line;
	va_start(args, format);
	(void)vsnprintf(why, sizeof why, format, args);
	va_end(args);
	return fail(err, RC_STOP, "%s:%d: %s", config->file, line, why);
}
