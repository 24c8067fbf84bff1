/* SPDX-License-Identifier: MIT */
/* rules/composition.h: of whom a council is made: who fits which seat, and
 * what its rules still want.
 *
 * Shapes   a group of seats is for those who say that they are of it, or of a
 *          group in `also`; `at_least` of the whole council must be of the
 *          group itself. Whoever said nothing of his group may fit any seat,
 *          and is given none by the program. Nobody is ranked or left out
 *          here: a person decides, the rules only say what is missing
 * Units    whole seats
 * Errors   none: every choice has an answer, also one that breaks the rules
 * Owner    the arena; groups and persons are the caller's
 * Source   FIELD, Glostrup: «four of the seven from local organisations,
 *          users and individuals with insight, of them at least two users»;
 *          GDPR art. 22, THREATS law 13: a human decides
 */
#ifndef RULES_COMPOSITION_H
#define RULES_COMPOSITION_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct seat_group {
	const char *group;	/* "user" */
	const char *also;	/* groups that may sit here too, a space
				 * between; NULL */
	const char *named_by;	/* who names its own to these seats: nobody
				 * applies for them; NULL */
	size_t number;
	size_t at_least;
	size_t taken;		/* by those who sit there now */
};

struct seat_rules {
	const struct seat_group *groups;
	size_t n;
	bool residence;		/* members live in the municipality */
};

struct seat_person {
	const char *groups;	/* that he said he is of, a space between;
				 * NULL: not said */
	const char *seat;	/* that a person decided on; NULL */
	bool resident;		/* said that he lives in the municipality */
};

enum seat_fit { FIT_NO, FIT_UNSAID, FIT_SAID };
enum seat_fit seat_fits(const struct seat_group *group,
	const struct seat_person *person);
/* Seats that people can apply for now; 0 where somebody names his own. */
size_t seat_free(const struct seat_group *group);
size_t seat_free_all(const struct seat_rules *rules);

#define SEAT_NONE ((size_t)-1)
/* Gives each of the chosen a seat (place[i], an index of a group): those first
 * of whom a person said which, then those who said their group, as many as can
 * be seated together. SEAT_NONE for the others. */
void seat_place(struct arena *arena, const struct seat_rules *rules,
	const struct seat_person *persons, size_t n, size_t *place);

enum seat_want_kind {
	WANT_SEATS,		/* `n` seats of the group stay empty */
	WANT_AT_LEAST,		/* `n` more of the group are needed */
	WANT_TOO_MANY,		/* `n` more persons than free seats */
	WANT_GROUP,		/* of that person no group is known */
	WANT_SEAT,		/* he said his group, and no seat of it is
				 * free */
	WANT_RESIDENCE,		/* nor whether he lives here */
};
struct seat_want {
	enum seat_want_kind kind;
	size_t group;		/* index; SEAT_NONE where it is a person's */
	size_t person;		/* index; SEAT_NONE where it is a group's */
	size_t n;
};
/* What the rules still want when these are appointed as placed. */
const struct seat_want *seat_wants(struct arena *arena,
	const struct seat_rules *rules, const struct seat_person *persons,
	size_t n, const size_t *place, size_t *n_wants);

/* Whether `group` stands in a list with spaces between. */
bool seat_in_list(const char *list, const char *group);

#endif
