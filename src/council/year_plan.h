/* SPDX-License-Identifier: MIT */
/* council/year_plan.h: next year's meetings, taken by the secretary's «ok»;
 * and the dialogue meeting that nobody can forget.
 *
 * Shapes   each is asked once a year and body in the decision mail
 * Errors   RC_NONE: asked before, or nothing to ask; else as store.h
 * Owner    the arena
 * Source   FIELD «yearly», Gladsaxe
 */
#ifndef COUNCIL_YEAR_PLAN_H
#define COUNCIL_YEAR_PLAN_H

#include "base/err.h"
#include "council/decision.h"

/* Proposes the meetings of `year`. */
enum rc year_plan_ask(struct council *council, struct arena *arena,
	const struct world_body *body, int year, struct err *err);
/* Says that `year` has no dialogue meeting, or takes that back. */
enum rc dialogue_ask(struct council *council, struct arena *arena,
	const struct world_body *body, int year, struct err *err);

extern const struct decision_kind decision_year_plan,
	decision_dialogue_missing;

#endif
