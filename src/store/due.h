/* SPDX-License-Identifier: MIT */
/* store/due.h: which due dates were carried out: each once, under its key.
 *
 * Errors   as store.h
 * Source   DESIGN «Nothing twice»; THREATS failure 11: a clock that goes back
 *          repeats nothing
 */
#ifndef STORE_DUE_H
#define STORE_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct store;

enum due_outcome { DUE_DONE, DUE_PASSED, DUE_FAILED };

enum rc due_is_done(struct store *store, const char *key, bool *done,
	struct err *err);
/* When; RC_NONE: not yet. */
enum rc due_done_at(struct store *store, const char *key, int64_t *at,
	struct err *err);
enum rc due_set(struct store *store, const char *key, int64_t at,
	enum due_outcome outcome, struct err *err);

#endif
