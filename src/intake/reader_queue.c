/* SPDX-License-Identifier: MIT */
/* What the engine asked for, until it is done. */
#include "intake/reader_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

void
reader_forget(struct reader *r)
{
	while (r->first != NULL) {
		struct request *next = r->first->next;

		free(r->first);
		r->first = next;
	}
	r->last = &r->first;
}

void
reader_put_back(struct reader *r, struct request *request)
{
	request->next = r->first;
	if (r->first == NULL)
		r->last = &request->next;
	r->first = request;
}

bool
reader_is_wanted(void *self)
{
	const struct reader *r = self;
	bool moves_wait = clock_ms() < r->move_at_ms;

	if (r->gone || r->list_whole)
		return true;
	for (const struct request *q = r->first; q != NULL; q = q->next)
		if (q->kind != READER_MOVE || !moves_wait)
			return true;
	return false;
}

/* Put together, since a move of 50 mails costs a server hardly more than of
 * one. */
struct request *
reader_next(struct reader *r, bool moves_wait)
{
	struct request **at = &r->first, *request, **other, *more;
	size_t n;

	while (*at != NULL && moves_wait && (*at)->kind == READER_MOVE)
		at = &(*at)->next;
	if ((request = *at) == NULL)
		return NULL;
	n = request->n;
	*at = request->next;
	for (other = at; *other != NULL && (*other)->kind == request->kind;) {
		more = *other;
		if (more->uidvalidity != request->uidvalidity
		    || more->folder != request->folder) {
			other = &more->next;
			continue;
		}
		request = realloc(request, sizeof *request
		    + (n + more->n) * sizeof request->uids[0]);
		if (request == NULL)
			abort();
		memcpy(request->uids + n, more->uids,
		    more->n * sizeof more->uids[0]);
		n += more->n;
		*other = more->next;
		free(more);
	}
	request->n = n;
	request->next = NULL;
	r->last = &r->first;
	while (*r->last != NULL)
		r->last = &(*r->last)->next;
	return request;
}
