/* SPDX-License-Identifier: MIT */
/* understand/seat_words.h: what somebody says of himself for a seat, and what
 * the secretary says of a list.
 *
 * Shapes   only what is said in so many words: «jeg er bruger» is of the
 *          group user, «jeg har boet på herberg» is of none
 * Errors   none: nothing said is NULL and false
 * Owner    the arena
 * Source   FIELD, Glostrup; THREATS law 1: a seat as user says something of
 *          health, so nobody is given one by a guess
 */
#ifndef UNDERSTAND_SEAT_WORDS_H
#define UNDERSTAND_SEAT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The groups of a council that he says he is of, a space between; NULL. */
const char *seat_groups_said(struct arena *arena, const char *text);
/* Whether he says that he lives in the municipality (its name in its first
 * word: «Glostrup Kommune»), or tells where he lives. */
bool seat_residence_said(struct arena *arena, const char *text,
	const char *municipality);
/* Words of what one applies for elsewhere: a permit, a grant. */
bool seat_is_elsewhere(struct arena *arena, const char *text);
bool seat_is_dead(struct arena *arena, const char *text);
/* A display name or the local part of an address that is no one person's. */
bool seat_is_shared(struct arena *arena, const char *name,
	const char *email);

/* Whether `word` stands in a list with spaces between. */
bool seat_in_words(const char *list, const char *word);

/* «udpeg 1, 3 og 4; 2 på reservelisten; afslag til resten» as
 * «appoint 1 3 4; reserve 2; reject rest», a number with its group as
 * «1=user». NULL: it says nothing of that, or can be read in two ways. */
const char *seat_choice_read(struct arena *arena, const char *text);

#endif
