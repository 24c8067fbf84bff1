/* SPDX-License-Identifier: MIT */
/* understand/behalf.h: who writes for whom.
 *
 * Shapes   «på vegne af Aase: afbud» is hers; «på vegne af udvalget» nobody's
 *          alone
 * Errors   none
 * Owner    borrows from the sense
 * Source   FIELD «afbud»: the secretary who was rung up says it for a member
 */
#ifndef UNDERSTAND_BEHALF_H
#define UNDERSTAND_BEHALF_H

#include "understand/sense.h"
#include "understand/which.h"

/* «på vegne af» and a name before the phrase; *who is set where it is so. */
bool behalf_named(const struct sense *s, const struct match *m,
	const struct named **who);
/* «på vegne af» something that is no person on file. */
bool behalf_of_many(const struct sense *s);
/* The address of the one that the phrase speaks of, where the secretary of
 * that body says it of the meeting; NULL: that one is asked first. `who` NULL:
 * «hun», the nearest named before. */
const char *behalf_person(const struct sense *s, const struct match *m,
	const struct named *who, const struct which *w);

#endif
