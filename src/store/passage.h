/* SPDX-License-Identifier: MIT */
/* store/passage.h: keeps what «find» looks through (store/find.h).
 *
 * Shapes   called by agenda, minutes and hearing as each is sent; what an
 *          earlier version left goes. In C and not in triggers: a database
 *          whose schema is not trusted may not call FTS5 from one
 * Errors   as store.h
 * Owner    nothing
 * Source   SQLite FTS5 §4.4.3, external content
 */
#ifndef STORE_PASSAGE_H
#define STORE_PASSAGE_H

#include <stdint.h>

#include "base/err.h"

struct store;

enum rc passage_keep_agenda(struct store *store, int64_t agenda_id,
	struct err *err);
enum rc passage_keep_minutes(struct store *store, int64_t minutes_id,
	struct err *err);
/* Its newest draft, which is the answer. */
enum rc passage_keep_hearing(struct store *store, int64_t hearing_id,
	struct err *err);

#endif
