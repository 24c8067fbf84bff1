/* SPDX-License-Identifier: MIT */
/* cli/json.h: JSON for a program that reads our answers.
 *
 * Shapes   values are added one after another; commas are put where they
 *          belong; a NULL name adds a list's item, a NULL text null
 * Errors   none: text is UTF-8 by base/text.h
 * Owner    the buffer's arena
 * Source   RFC 8259
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

void json_open(struct buf *buf, const char *name, char bracket);
void json_close(struct buf *buf, char bracket);
void json_text(struct buf *buf, const char *name, const char *text);
void json_number(struct buf *buf, const char *name, int64_t number);
void json_flag(struct buf *buf, const char *name, bool flag);
/* An instant as "2026-11-05T09:00:00+01:00"; 0 is null. */
void json_instant(struct buf *buf, const char *name, int64_t at);

#endif
