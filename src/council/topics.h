/* SPDX-License-Identifier: MIT */
/* council/topics.h: rounds in which a body's members put its topics in order,
 * and its working groups.
 *
 * Shapes   the secretary opens a round; ten minutes later the members get a
 *          letter, two days before the end those who are silent one more; at
 *          the end it is counted (rules/count.h). Who has not answered is
 *          shown to the secretary, what somebody answered to nobody
 * Units    instants in UTC seconds
 * Errors   as store.h. A letter that cannot leave is logged, and costs no
 *          other
 * Owner    the arena
 * Source   FIELD: Gladsaxe, topics A-E
 */
#ifndef COUNCIL_TOPICS_H
#define COUNCIL_TOPICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "store/topic.h"
#include "store/working_group.h"

struct arena;

#define TOPICS_STOP_S 600	/* FORTRYD takes an opening back until then */
#define TOPICS_VOTERS_MOST 500

struct topics_work {
	struct council *council;	/* borrowed, all four */
	struct arena *arena;
	const struct world_body *body;
	const char *language;
};

struct topics_work topics_open(struct council *council, struct arena *arena,
	const struct world_body *body);
const char *topics_word(const struct topics_work *w, const char *name);
/* Those who rank: all with a vote. */
struct guest *topics_voters(const struct topics_work *w, size_t *n);
const char *topics_secretary(const struct topics_work *w);
/* Queues a letter; RC_PARK is logged and taken for done. */
enum rc topics_letter(const struct topics_work *w, const char *to,
	const char *to_name, struct outbox_draft draft, struct err *err);
/* The meeting for which points are still gathered; NULL. */
const struct world_meeting *topics_next(const struct topics_work *w);

/* The answer to what cannot be done: `flag` of topic-refused.md. Always
 * RC_PARK, or a fault of the store's. */
struct act;
enum rc topics_refuse(struct act *act, const struct world_body *body,
	const char *flag, struct err *err);

/* round.c: each moves the round on. */
enum rc round_ask(struct topics_work *w, struct round *round,
	struct err *err);
enum rc round_remind(struct topics_work *w, struct round *round,
	struct err *err);
enum rc round_close(struct topics_work *w, struct round *round,
	struct err *err);
/* To all who were asked: it is stopped. */
enum rc round_stop_tell(struct topics_work *w, const struct round *round,
	struct err *err);
/* The other deadline, to those who have not answered. */
enum rc round_move_tell(struct topics_work *w, const struct round *round,
	struct err *err);
/* A ballot that came when none is open. */
enum rc round_late_tell(struct topics_work *w, const struct round *round,
	const char *to, int64_t mail_id, struct err *err);

/* working_group.c: the chair of each group is asked what it has done. */
enum rc group_status_ask(const struct gathering *g, struct err *err);
/* «raad+gruppe-a@kommune.example» */
const char *group_address(const struct topics_work *w, const char *tag);

#endif
