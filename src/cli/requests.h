/* SPDX-License-Identifier: MIT */
/* cli/requests.h: what commands ask of the store or the running engine, the
 * same with and without one.
 *
 * Shapes   the answer is text for a person, or JSON
 * Errors   RC_PARK: refused, err says why; RC_LATER, RC_STOP as store.h
 * Owner    the arena's
 */
#ifndef CLI_REQUESTS_H
#define CLI_REQUESTS_H

#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "base/wire.h"

struct arena;
struct engine;
struct store;

/* JSON: as raadspost(8) lists it. */
enum rc request_status(const struct engine *engine, struct arena *arena,
	const char **answer);

/* u8 apply, u32 n, n × (text name, text file): the difference as text, ""
 * where there is none. */
enum rc request_import(struct store *store, struct arena *arena,
	struct wire_in *request, const char **answer, struct err *err);

/* i64 mail, text by. */
enum rc request_undo(struct engine *engine, struct arena *arena,
	struct wire_in *request, const char **answer, struct err *err);

/* CONTROL_MEETING: what was done, when letters go and how many. */
enum rc request_meeting(struct engine *engine, struct arena *arena,
	struct wire_in *request, const char **answer, struct err *err);

/* CONTROL_PERSON; in cli/person.c. */
enum rc request_person(struct engine *engine, struct arena *arena,
	struct wire_in *request, const char **answer, struct err *err);

/* text verb («open», «stop»), body, day, addresses; in cli/call.c. */
enum rc request_call(struct engine *engine, struct arena *arena,
	struct wire_in *request, const char **answer, struct err *err);

/* CONTROL_ROSTER, as request_import, for a list of members; in cli/roster.c.
 * Where the file has faults the answer is «!» and a line for each. */
enum rc request_roster(struct engine *engine, struct arena *arena,
	struct wire_in *request, const char **answer, struct err *err);
/* CONTROL_MEMBER; in cli/member.c. */
enum rc request_member(struct engine *engine, struct arena *arena,
	struct wire_in *request, const char **answer, struct err *err);
struct import_change;
void changes_write(struct buf *buf, const struct import_change *changes,
	size_t n);

#endif
