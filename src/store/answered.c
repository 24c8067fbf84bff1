/* SPDX-License-Identifier: MIT */
/* Counts the answers, so that no loop and no stranger's victim gets many. */
#include "store/answered.h"

#include <string.h>

#include "store/db.h"

#define HOUR_S 3600
#define DAY_S 86400

enum { ADD, TO_ADDRESS, TO_STRANGER, TO_DOMAIN, TO_STRANGERS, FORGET,
	N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO answered (at, email, domain)"
	" VALUES (:now, :email, :domain)",
[TO_ADDRESS] =
	"SELECT count(*) FROM answered WHERE email = :email AND at > :since",
[TO_STRANGER] =
	"SELECT count(*) FROM answered WHERE email = :email AND at > :since"
	" AND domain IS NOT NULL",
[TO_DOMAIN] =
	"SELECT count(*) FROM answered WHERE domain = :domain"
	" AND domain IS NOT NULL AND at > :since",
[TO_STRANGERS] =
	"SELECT count(*) FROM answered WHERE domain IS NOT NULL"
	" AND at > :since",
[FORGET] =
	"DELETE FROM answered WHERE at < :since",
};
const struct statements answered_statements = { sql, N_STATEMENTS };

static const char *
domain_of(const char *email)
{
	const char *at = strrchr(email, '@');

	return at == NULL ? email : at + 1;
}

static enum rc
count_of(struct store *store, int which, const char *name, const char *value,
    int64_t since, int64_t *count, struct err *err)
{
	struct query q = query_open(store, OF_ANSWERED, which);

	if (name != NULL)
		query_text(&q, name, value);
	query_int(&q, ":since", since);
	return query_number(&q, count, 0, err);
}

enum rc
answered_count(struct store *store, const char *email, bool stranger,
    int64_t now_at, struct answered *count, struct err *err)
{
	struct answered c = { 0 };
	enum rc rc;

	if ((rc = count_of(store, TO_ADDRESS, ":email", email,
	    now_at - HOUR_S, &c.address_hour, err)) == RC_OK && stranger &&
	    (rc = count_of(store, TO_STRANGER, ":email", email,
	    now_at - DAY_S, &c.stranger_day, err)) == RC_OK &&
	    (rc = count_of(store, TO_DOMAIN, ":domain", domain_of(email),
	    now_at - HOUR_S, &c.domain_hour, err)) == RC_OK)
		rc = count_of(store, TO_STRANGERS, NULL, NULL, now_at - DAY_S,
		    &c.strangers_day, err);
	if (rc == RC_OK)
		*count = c;
	return rc;
}

enum rc
answered_add(struct store *store, const char *email, bool stranger,
    int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_ANSWERED, ADD);

	query_int(&q, ":now", now_at);
	query_text(&q, ":email", email);
	query_text(&q, ":domain", stranger ? domain_of(email) : NULL);
	return query_run(&q, err);
}

enum rc
answered_forget(struct store *store, int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_ANSWERED, FORGET);

	query_int(&q, ":since", now_at - 2 * DAY_S);
	return query_run(&q, err);
}
