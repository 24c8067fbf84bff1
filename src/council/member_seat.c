/* SPDX-License-Identifier: MIT */
/* Somebody gets a place, or leaves one. */
#include <string.h>

#include "base/arena.h"
#include "council/deed.h"
#include "council/member_deed.h"

bool
member_is_seat(enum role role)
{
	return role == ROLE_CHAIR || role == ROLE_VICE_CHAIR ||
	    role == ROLE_MEMBER || role == ROLE_APPOINTEE ||
	    role == ROLE_SUBSTITUTE;
}

const char *
member_fault(const char *word)
{
	static const struct { const char *word, *says; } faults[] = {
		{ "no-member", "nobody of that address has a seat there; "
		    "see «raadspost list members»" },
		{ "seated", "that address has such a place there already" },
		{ "address", "that is no address, as kirsten@mail.example" },
		{ "taken", "that address is on file already, or is one of "
		    "our own" },
		{ "look-alike", "that address looks like another one on file; "
		    "look at each letter of it" },
		{ "role", "the role is none of chair, vice-chair, member, "
		    "appointee, substitute" },
		{ "order", "its last day comes before its first" },
		{ "no-substitute", "no substitute waits for that seat" },
	};

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
		if (strcmp(faults[i].word, word) == 0)
			return faults[i].says;
	return word;
}

enum rc
member_seat(struct council *council, struct arena *arena,
    const struct world_body *body, const struct place_row *place,
    int64_t journal_id, struct err *err)
{
	struct date today = date_local(council->now_at).day;
	struct place_row *rows;
	size_t n;
	enum rc rc = place_of(council->store, arena, body->slug, place->email,
	    today, &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (rows[i].role == place->role &&
		    (rows[i].until_day.year == 0 || place->from_day.year == 0
		    || date_to_days(rows[i].until_day) >=
		    date_to_days(place->from_day)))
			return fail(err, RC_PARK, "seated");
	if (rc != RC_OK || (rc = place_add(council->store, body->slug, place,
	    (struct step){ journal_id, council->now_at }, NULL, err)) !=
	    RC_OK)
		return rc;
	return member_welcome(council, arena, body, place, journal_id, err);
}

enum rc
member_unseat(struct council *council, struct arena *arena,
    const struct world_body *body, const char *email, struct date last,
    int64_t journal_id, struct place_row *was, struct err *err)
{
	struct date today = date_local(council->now_at).day;
	struct place_row *rows;
	bool found = false;
	size_t n;
	enum rc rc = place_of(council->store, arena, body->slug, email, today,
	    &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (!member_is_seat(rows[i].role))
			continue;
		/* the seat itself is what becomes vacant, not the chair */
		if (!found || rows[i].seat != NULL)
			*was = rows[i];
		found = true;
		rc = place_end(council->store, rows[i].place_id, last,
		    (struct step){ journal_id, council->now_at }, err);
	}
	if (rc != RC_OK)
		return rc;
	return found ? RC_OK : fail(err, RC_PARK, "no-member");
}
