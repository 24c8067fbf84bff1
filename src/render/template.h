/* SPDX-License-Identifier: MIT */
/* render/template.h: a letter's words, with the facts put in.
 *
 * Shapes   templates/LANG/NAME.md is Markdown with
 *            {{field}}                a text
 *            {{#name}} … {{/name}}    where it is set; once for each of a list
 *            {{#name?}} … {{/name?}}  once where a list has anything
 *            {{^name}} … {{/name}}    where it is not
 *            {{> part}}               another file of the same language
 *          It opens with a comment {{! … }} that lists every field it uses,
 *          one a line after two spaces, with a word on each: `name` must be
 *          set, `name?` may be left out, `name*` is a list (which may be
 *          empty), `name.field` belongs to the objects of a list. Then come
 *          its `Subject:` lines, an empty line, and the letter.
 *          A text never becomes markup: it is escaped. Its lines are kept
 *          where it stands in a quoted block, «> {{text}}»; elsewhere they
 *          become one.
 * Units    a text at most TEMPLATE_TEXT_BYTES, longer ones are cut with «…»
 * Errors   RC_STOP with file:line for a template that is not right, for one
 *          that is missing, and for a field that was not given;
 *          RC_PARK for a letter of more than TEMPLATE_OUT_BYTES
 * Owner    loaded templates live as long as the process (the engine has one
 *          thread); what is rendered lives in the arena
 */
#ifndef RENDER_TEMPLATE_H
#define RENDER_TEMPLATE_H

#include <stddef.h>

#include "base/err.h"

struct arena;
struct json_fields;
struct template;

#define TEMPLATE_TEXT_BYTES 12000 /* a mail of a megabyte is not quoted whole */
#define TEMPLATE_OUT_BYTES 65536 /* cmark is quadratic on hostile text */

/* `folder` (or NULL) shadows the built-in files: FOLDER/LANG/NAME.md. A name
 * that is missing drops its last part: a-b-c, a-b, a. Read once, kept. */
enum rc template_load(const char *folder, const char *language,
	const char *name, const struct template **template, struct err *err);

/* Lets go of all that template_load kept (a test's end, changed files). */
void template_forget(void);

/* A field is looked for in `fields`, inside a list first in its object, then
 * in `house`, which holds what all letters share. *subject is one line. */
enum rc template_render(const struct template *template, struct arena *arena,
	const struct json_fields *fields, const struct json_fields *house,
	const char **subject, const char **markdown, struct err *err);

/* A page of HTML, `templates/layout/NAME.html`: texts are escaped for HTML,
 * {{{field}}} goes in as it is. */
enum rc template_page(const char *folder, const char *name,
	struct arena *arena, const struct json_fields *fields,
	const char **html, struct err *err);

/* The same of a file of one language, NAME with its end: «page-body.html»,
 * «feed.xml». */
enum rc template_html(const char *folder, const char *language,
	const char *name, struct arena *arena,
	const struct json_fields *fields, const char **html, struct err *err);

/* The bytes of LANG/NAME from the folder, else built in; NULL: neither. */
const char *template_file(const char *folder, struct arena *arena,
	const char *language, const char *name, const char **where);

#endif
