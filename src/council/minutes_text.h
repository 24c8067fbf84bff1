/* SPDX-License-Identifier: MIT */
/* council/minutes_text.h: minutes as Markdown, and as the fields of a letter.
 *
 * Shapes   the head as lines, each item with its heading; of a closed one,
 *          for those who may not see it, the number alone. Paper, pages and
 *          archive take the Markdown
 * Errors   RC_NONE: none were sent yet; else as store.h
 * Owner    the arena
 * Source   FIELD: the head of Albertslund, 9 June 2022
 */
#ifndef COUNCIL_MINUTES_TEXT_H
#define COUNCIL_MINUTES_TEXT_H

#include "base/err.h"
#include "council/gathering.h"
#include "rules/minutes.h"
#include "store/minutes.h"

struct json_fields;

/* The last minutes of a meeting that were sent, as that audience may read
 * them. For paper, pages and archive. */
enum rc minutes_markdown_load(struct council *council, struct arena *arena,
	const char *meeting, enum audience audience, const char **markdown,
	struct err *err);
/* Of this version. */
enum rc minutes_markdown(const struct gathering *g,
	const struct minutes_row *row, enum audience audience,
	const char **markdown, struct err *err);

/* The fields of the parts «minutes-head» and «minutes-points». */
void minutes_head_fields(const struct gathering *g,
	const struct minutes_row *row, const struct minutes *minutes,
	struct json_fields *fields);
void minutes_point_fields(const struct gathering *g,
	const struct minutes *minutes, struct json_fields *fields);
/* The lines of one item as a reader sees them, into the list `name` of
 * `fields`; those that `old` lacks are marked. */
void minutes_item_fields(const struct gathering *g,
	const struct minutes_item *item, const struct minutes_item *old,
	struct json_fields *fields, const char *name);
/* How long the letter would get. */
size_t minutes_bytes(const struct minutes *minutes);

/* «Aase Lind, Bent Dahl og Ida Holm»; NULL nobody. */
const char *minutes_names(const struct gathering *g,
	const struct minutes *minutes, enum minutes_came came);
/* Those who came as the answers say, before anybody corrects it. */
void minutes_people_of(const struct gathering *g, struct minutes *minutes);

#endif
