/* SPDX-License-Identifier: MIT */
/* Mails into their folder, by what the server has: MOVE, or COPY and the
 * expunging of those mails alone.
 *
 * A kill between COPY and expunge leaves the mail twice: in the folder and
 * still here. So that the next move does not copy it again, it is marked
 * with a keyword of ours in the same STORE that flags it \Deleted. (Not by
 * \Deleted alone: a person may have set that.) Only a kill in the round trip
 * between COPY and STORE leaves a second copy in the folder, where nobody
 * reads it as a mail again. */
#include "mail/imap_session.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define MOVE_UIDS 1000
#define MARK "$RaadspostFiled"

static struct mailimap_set *
all(const uint32_t *uids, size_t n)
{
	size_t at = 0;

	return imap_set(uids, n, &at, n);
}

static void
begin(struct imap *imap, size_t n)
{
	/* An EXPUNGE line a mail, and the two sets of COPYUID. */
	imap_begin(imap, ANSWER_MAX_BYTES + n * 128,
	    LINE_MAX_BYTES + n * 32, 1024);
}

/* Of `uids` those that `key` finds as well; `key` is freed. */
static enum rc
search_among(struct imap *imap, struct arena *arena, const uint32_t *uids,
    size_t n, struct mailimap_search_key *key, const uint32_t **found,
    size_t *n_found, struct err *err)
{
	struct mailimap_search_key *both =
	    mailimap_search_key_new_multiple_empty();
	struct mailimap_set *set = all(uids, n);

	if (both == NULL || set == NULL)
		return fail(err, RC_STOP, "out of memory");
	mailimap_search_key_multiple_add(both,
	    mailimap_search_key_new_uid(set));
	if (key != NULL)
		mailimap_search_key_multiple_add(both, key);
	return imap_search(imap, arena, both, found, n_found, err);
}

static bool
is_among(const uint32_t *uids, size_t n, uint32_t uid)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (uids[middle] < uid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && uids[low] == uid;
}

/* Sorts `uids` into those gone, which come first, and those left. */
static enum rc
part_gone(struct imap *imap, struct arena *arena, uint32_t *uids, size_t n,
    size_t *n_gone, struct err *err)
{
	const uint32_t *left = NULL;
	size_t n_left = 0, at = 0;
	uint32_t *sorted;
	enum rc rc;

	rc = search_among(imap, arena, uids, n, NULL, &left, &n_left, err);
	if (rc != RC_OK)
		return rc;
	sorted = arena_array(arena, n, sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		if (!is_among(left, n_left, uids[i]))
			sorted[at++] = uids[i];
	*n_gone = at;
	for (size_t i = 0; i < n; i++)
		if (is_among(left, n_left, uids[i]))
			sorted[at++] = uids[i];
	memcpy(uids, sorted, n * sizeof *uids);
	return RC_OK;
}

/* UID MOVE (RFC 6851). Where COPYUID names them all, they are gone;
 * *certain says so, else the caller looks. */
static enum rc
move_by_move(struct imap *imap, const uint32_t *uids, size_t n,
    const char *name, bool *certain, struct err *err)
{
	struct mailimap_set *set = all(uids, n);
	int code;

	if (set == NULL)
		return fail(err, RC_STOP, "out of memory");
	begin(imap, n);
	imap->stream->gate.n_copied = 0;
	code = mailimap_uid_move(imap->session, set, name);
	mailimap_set_free(set);
	*certain = imap->stream->gate.n_copied == n;
	return imap_end(imap, code, "UID MOVE", err);
}

static enum rc
copy(struct imap *imap, const uint32_t *uids, size_t n, const char *name,
    struct err *err)
{
	struct mailimap_set *set = all(uids, n);
	int code;

	if (set == NULL)
		return fail(err, RC_STOP, "out of memory");
	begin(imap, n);
	code = mailimap_uid_copy(imap->session, set, name);
	mailimap_set_free(set);
	return imap_end(imap, code, "UID COPY", err);
}

static enum rc
flag_deleted(struct imap *imap, const uint32_t *uids, size_t n,
    struct err *err)
{
	struct mailimap_flag_list *flags = mailimap_flag_list_new_empty();
	struct mailimap_store_att_flags *store;
	struct mailimap_set *set = all(uids, n);
	char *mark = strdup(MARK);
	int code;

	if (flags == NULL || set == NULL || mark == NULL)
		return fail(err, RC_STOP, "out of memory");
	mailimap_flag_list_add(flags, mailimap_flag_new_deleted());
	if (imap->stream->gate.keywords)
		mailimap_flag_list_add(flags,
		    mailimap_flag_new_flag_keyword(mark));
	else
		free(mark);
	store = mailimap_store_att_flags_new_add_flags_silent(flags);
	begin(imap, n * 4);
	code = mailimap_uid_store(imap->session, set, store);
	mailimap_store_att_flags_free(store);
	mailimap_set_free(set);
	return imap_end(imap, code, "UID STORE", err);
}

/* Those that a move before this one copied, and could not take away. */
static enum rc
copy_unmarked(struct imap *imap, struct arena *arena, const uint32_t *uids,
    size_t n, const char *name, struct err *err)
{
	const uint32_t *marked = NULL;
	size_t n_marked = 0, n_rest = 0;
	uint32_t *rest = arena_array(arena, n, sizeof *rest);
	char *mark;
	enum rc rc;

	if (imap->stream->gate.keywords) {
		if ((mark = strdup(MARK)) == NULL)
			return fail(err, RC_STOP, "out of memory");
		rc = search_among(imap, arena, uids, n,
		    mailimap_search_key_new_keyword(mark), &marked, &n_marked,
		    err);
		/* Some servers know no keywords in a search. */
		if (rc != RC_OK && rc != RC_PARK)
			return rc;
	}
	for (size_t i = 0; i < n; i++)
		if (!is_among(marked, n_marked, uids[i]))
			rest[n_rest++] = uids[i];
	return n_rest == 0 ? RC_OK : copy(imap, rest, n_rest, name, err);
}

static struct mailimap_search_key *
deleted(void)
{
	return mailimap_search_key_new(MAILIMAP_SEARCH_KEY_DELETED, NULL,
	    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
	    NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL,
	    NULL);
}

/* EXPUNGE takes every mail flagged \Deleted, also those of others. So only
 * where all of them are ours. (A flag that somebody sets between this look
 * and the command goes with it; without UIDPLUS IMAP has no better.) */
static enum rc
expunge_if_only_ours(struct imap *imap, struct arena *arena,
    const uint32_t *uids, size_t n, struct err *err)
{
	const uint32_t *flagged = NULL;
	size_t n_flagged = 0;
	enum rc rc;

	rc = imap_search(imap, arena, deleted(), &flagged, &n_flagged, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n_flagged; i++)
		if (!is_among(uids, n, flagged[i]))
			return fail(err, RC_PARK, "%s: other mail in the "
			    "mailbox is marked as deleted, and this server "
			    "takes away all or none (no UIDPLUS): let a "
			    "person compact the mailbox", imap->host);
	begin(imap, n);
	return imap_end(imap, mailimap_expunge(imap->session), "EXPUNGE",
	    err);
}

static enum rc
expunge(struct imap *imap, struct arena *arena, const uint32_t *uids,
    size_t n, struct err *err)
{
	struct mailimap_set *set;
	int code;

	if (!imap->uidplus)
		return expunge_if_only_ours(imap, arena, uids, n, err);
	if ((set = all(uids, n)) == NULL)
		return fail(err, RC_STOP, "out of memory");
	begin(imap, n);
	code = mailimap_uid_expunge(imap->session, set);
	mailimap_set_free(set);
	return imap_end(imap, code, "UID EXPUNGE", err);
}

static enum rc
move_by_copy(struct imap *imap, struct arena *arena, const uint32_t *uids,
    size_t n, const char *name, struct err *err)
{
	enum rc rc;

	rc = copy_unmarked(imap, arena, uids, n, name, err);
	if (rc == RC_OK)
		rc = flag_deleted(imap, uids, n, err);
	return rc == RC_OK ? expunge(imap, arena, uids, n, err) : rc;
}

static enum rc
move_once(struct imap *imap, struct arena *arena, uint32_t *uids, size_t n,
    const char *name, size_t *n_gone, struct err *err)
{
	struct err why = { .text = "" }, *said = err == NULL ? &why : err;
	bool certain = false;
	enum rc rc, looked;

	rc = imap->move ? move_by_move(imap, uids, n, name, &certain, said)
	    : move_by_copy(imap, arena, uids, n, name, said);
	if (rc != RC_OK && rc != RC_PARK)
		return rc;
	if (rc == RC_OK && certain) {
		*n_gone = n;
		return RC_OK;
	}
	looked = part_gone(imap, arena, uids, n, n_gone,
	    rc == RC_OK ? said : &why);
	if (looked != RC_OK)
		return looked;
	if (*n_gone == n)
		return RC_OK;
	return rc != RC_OK ? rc : fail(err, RC_PARK,
	    "%s: %zu of %zu mails stayed in the mailbox", imap->host,
	    n - *n_gone, n);
}

/* The folder may have been removed since: RC_PARK, then made, then again. */
static enum rc
move_some(struct imap *imap, struct arena *arena, uint32_t *uids, size_t n,
    const char *path, size_t *n_gone, struct err *err)
{
	const char *name = imap_folder_name(imap, arena, path);
	size_t gone = 0;
	enum rc rc;

	rc = move_once(imap, arena, uids, n, name, n_gone, err);
	if (rc != RC_PARK || *n_gone == n
	    || imap_folder_find(imap, path, err) != RC_NONE)
		return rc;
	if ((rc = imap_folder_make(imap, path, err)) != RC_OK)
		return rc;
	rc = move_once(imap, arena, uids + *n_gone, n - *n_gone, name, &gone,
	    err);
	*n_gone += gone;
	return rc;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* How many from `uids` on fit one command. */
static size_t
one_command(const uint32_t *uids, size_t n)
{
	size_t at = 0;
	struct mailimap_set *set = imap_set(uids, n, &at, MOVE_UIDS);

	if (set != NULL)
		mailimap_set_free(set);
	return at;
}

enum rc
imap_move(struct imap *imap, uint32_t *uids, size_t n, const char *path,
    size_t *n_gone, struct err *err)
{
	struct arena *arena = arena_open();
	enum rc rc = RC_OK;
	size_t at = 0, kept = 0;

	*n_gone = 0;
	qsort(uids, n, sizeof *uids, by_number);
	for (size_t i = 0; i < n; i++)
		if (uids[i] != 0 && (kept == 0 || uids[kept - 1] != uids[i]))
			uids[kept++] = uids[i];
	while (at < kept && rc == RC_OK) {
		size_t some = one_command(uids + at, kept - at), gone = 0;

		if (some == 0)
			rc = fail(err, RC_STOP, "out of memory");
		else
			rc = move_some(imap, arena, uids + at, some, path,
			    &gone, err);
		*n_gone += gone;
		at += some;
		arena_reset(arena);
	}
	arena_close(&arena);
	return rc;
}
