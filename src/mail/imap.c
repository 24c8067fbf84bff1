/* SPDX-License-Identifier: MIT */
/* A session with an IMAP server: its beginning, its end, and what lies in
 * the mailbox. */
#include "mail/imap_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/imap_login.h"

#define SEARCH_MAX_BYTES ((size_t)16 * 1024 * 1024) /* 1.5 million UIDs */

void
imap_begin(struct imap *imap, uint64_t may_get, size_t line_max,
    size_t literal_max)
{
	imap_stream_limit(imap->stream, may_get, line_max, literal_max);
}

/* The words of the last line, without tag: `NO [X] text`. */
static const char *
last_words(const struct imap *imap)
{
	const char *line = imap->stream->gate.last;
	const char *space = strchr(line, ' ');

	return space == NULL ? line : space + 1;
}

enum rc
imap_end(struct imap *imap, int code, const char *what, struct err *err)
{
	switch (code) {
	case MAILIMAP_NO_ERROR:
	case MAILIMAP_NO_ERROR_AUTHENTICATED:
	case MAILIMAP_NO_ERROR_NON_AUTHENTICATED:
		if (!imap->stream->dead)
			return RC_OK;
		break;
	case MAILIMAP_ERROR_PARSE:
		imap_stream_kill(imap->stream,
		    "the server's answer is not IMAP");
		break;
	case MAILIMAP_ERROR_STREAM:
	case MAILIMAP_ERROR_PROTOCOL:
	case MAILIMAP_ERROR_MEMORY:
	case MAILIMAP_ERROR_FATAL:
	case MAILIMAP_ERROR_BAD_STATE:
	case MAILIMAP_ERROR_INVAL:
		imap_stream_kill(imap->stream, "the session is out of step");
		break;
	default:
		if (!imap->stream->dead)
			return fail(err, RC_PARK, "%s: %s: %.200s",
			    imap->host, what, last_words(imap));
	}
	return fail(err, imap->stream->called_off ? RC_NONE : RC_LATER,
	    "%s: %s: %s", imap->host, what, imap->stream->why);
}

struct mailimap_set *
imap_set(const uint32_t *uids, size_t n, size_t *at, size_t most)
{
	struct mailimap_set *set = mailimap_set_new_empty();
	size_t first = *at, end = first + most < n ? first + most : n;

	for (size_t ranges = 0; set != NULL && first < end
	    && ranges < SET_RANGES_MAX; ranges++) {
		size_t last = first;

		while (last + 1 < end && uids[last + 1] == uids[last] + 1)
			last++;
		if (mailimap_set_add_interval(set, uids[first], uids[last])
		    != MAILIMAP_NO_ERROR) {
			mailimap_set_free(set);
			return NULL;
		}
		first = last + 1;
	}
	*at = first;
	return set;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

enum rc
imap_search(struct imap *imap, struct arena *arena,
    struct mailimap_search_key *key, const uint32_t **uids, size_t *n,
    struct err *err)
{
	clist *found = NULL;
	uint32_t *list;
	size_t count = 0, kept = 0;
	enum rc rc;
	int code;

	if (key == NULL)
		return fail(err, RC_STOP, "out of memory");
	imap_begin(imap, SEARCH_MAX_BYTES, SEARCH_MAX_BYTES, 0);
	code = mailimap_uid_search(imap->session, NULL, key, &found);
	mailimap_search_key_free(key);
	/* On an error `found` dangles (LIBRARIES E4). */
	if ((rc = imap_end(imap, code, "UID SEARCH", err)) != RC_OK)
		return rc;
	if (found == NULL) { /* a server with nothing to say says nothing */
		*uids = NULL;
		*n = 0;
		return RC_OK;
	}
	list = arena_array(arena, (size_t)clist_count(found) + 1,
	    sizeof *list);
	for (clistiter *i = clist_begin(found); i != NULL; i = clist_next(i))
		list[count++] = *(uint32_t *)clist_content(i);
	mailimap_search_result_free(found);
	qsort(list, count, sizeof *list, by_number);
	for (size_t i = 0; i < count; i++)
		if (list[i] != 0 && (kept == 0 || list[kept - 1] != list[i]))
			list[kept++] = list[i];
	*uids = list;
	*n = kept;
	return RC_OK;
}

enum rc
imap_list(struct imap *imap, struct arena *arena, uint32_t first,
    const uint32_t **uids, size_t *n, struct err *err)
{
	struct mailimap_set *set;
	size_t skip = 0;
	enum rc rc;

	/* Before the search: what comes during it is news again. */
	imap->stream->gate.exists = false;
	if (first <= 1)
		return imap_search(imap, arena, mailimap_search_key_new_all(),
		    uids, n, err);
	set = mailimap_set_new_interval(first, 0); /* n:* */
	if (set == NULL)
		return fail(err, RC_STOP, "out of memory");
	rc = imap_search(imap, arena, mailimap_search_key_new_uid(set), uids,
	    n, err);
	if (rc != RC_OK)
		return rc;
	/* `n:*` names the last mail also where it is older (RFC 9051 §9,
	 * seq-range). */
	while (skip < *n && (*uids)[skip] < first)
		skip++;
	*uids += skip;
	*n -= skip;
	return RC_OK;
}

enum rc
imap_select(struct imap *imap, const char *path, uint32_t *uidvalidity,
    struct err *err)
{
	struct imap_gate *gate = &imap->stream->gate;
	struct arena *arena = arena_open();
	const char *name = imap_folder_name(imap, arena, path);
	enum rc rc;
	int code;

	imap->uidvalidity = gate->uidvalidity = 0;
	gate->read_only = gate->keywords = false;
	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	code = mailimap_select(imap->session, name);
	arena_close(&arena);
	rc = imap_end(imap, code, "SELECT", err);
	if (rc == RC_PARK) {
		(void)fail_in(err, RC_NONE, "mailbox «%.100s» cannot be "
		    "opened: look at its name", path);
		return RC_NONE;
	}
	if (rc != RC_OK)
		return rc;
	if (gate->uidvalidity == 0)
		return fail(err, RC_LATER, "%s gives the mailbox no "
		    "UIDVALIDITY: mails could not be told apart", imap->host);
	if (gate->read_only)
		return fail(err, RC_LATER, "%s opens the mailbox for reading "
		    "only: mails could not be moved; give the account the "
		    "right to", imap->host);
	imap->uidvalidity = *uidvalidity = gate->uidvalidity;
	return RC_OK;
}

bool
imap_has_news(const struct imap *imap)
{
	return imap->stream->gate.exists;
}

bool
imap_is_renumbered(const struct imap *imap)
{
	return imap->uidvalidity != 0
	    && imap->stream->gate.uidvalidity != imap->uidvalidity;
}

bool
imap_has_idle(const struct imap *imap)
{
	return imap->idle && !imap->idle_refused;
}

bool
imap_has_move(const struct imap *imap)
{
	return imap->move;
}

bool
imap_has_uidplus(const struct imap *imap)
{
	return imap->uidplus;
}

/* What the server can after the log-in; what it said before may have come
 * from somebody else (RFC 9051 §6.2.1). */
static enum rc
ask_capabilities(struct imap *imap, struct err *err)
{
	const struct mailimap_connection_info *info;
	enum rc rc;

	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 0);
	/* mailimap_capability() would follow NULL where none are given. */
	rc = imap_end(imap, mailimap_custom_command(imap->session,
	    "CAPABILITY"), "CAPABILITY", err);
	if (rc != RC_OK)
		return rc == RC_PARK ? RC_LATER : rc;
	info = imap->session->imap_connection_info;
	if (info == NULL || info->imap_capability == NULL)
		return fail(err, RC_LATER, "%s does not say what it can",
		    imap->host);
	for (clistiter *i = clist_begin(info->imap_capability->cap_list);
	    i != NULL; i = clist_next(i)) {
		const struct mailimap_capability *cap = clist_content(i);
		const char *name = cap->cap_type == MAILIMAP_CAPABILITY_NAME
		    ? cap->cap_data.cap_name : NULL;

		if (text_equal_nocase(name, "IDLE"))
			imap->idle = true;
		else if (text_equal_nocase(name, "MOVE"))
			imap->move = true;
		else if (text_equal_nocase(name, "UIDPLUS"))
			imap->uidplus = true;
		else if (text_equal_nocase(name, "NAMESPACE"))
			imap->namespaced = true;
	}
	return RC_OK;
}

/* The delimiter without NAMESPACE: LIST "" "" (RFC 9051 §6.3.9). */
static enum rc
ask_delimiter(struct imap *imap, struct err *err)
{
	clist *found = NULL;
	enum rc rc;

	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	rc = imap_end(imap, mailimap_list(imap->session, "", "", &found),
	    "LIST", err);
	if (rc != RC_OK)
		return rc == RC_PARK ? RC_OK : rc;
	if (found != NULL && clist_begin(found) != NULL) {
		const struct mailimap_mailbox_list *box =
		    clist_content(clist_begin(found));

		imap->delimiter = box->mb_delimiter;
	}
	if (found != NULL)
		mailimap_list_result_free(found);
	return RC_OK;
}

static enum rc
ask_namespace(struct imap *imap, struct err *err)
{
	struct mailimap_namespace_data *data = NULL;
	enum rc rc;

	if (!imap->namespaced)
		return ask_delimiter(imap, err);
	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	rc = imap_end(imap, mailimap_namespace(imap->session, &data),
	    "NAMESPACE", err);
	if (rc != RC_OK)
		return rc == RC_PARK ? ask_delimiter(imap, err) : rc;
	if (data != NULL && data->ns_personal != NULL
	    && clist_begin(data->ns_personal->ns_data_list) != NULL) {
		const struct mailimap_namespace_info *own = clist_content(
		    clist_begin(data->ns_personal->ns_data_list));

		imap->delimiter = own->ns_delimiter;
		(void)snprintf(imap->prefix, sizeof imap->prefix, "%s",
		    own->ns_prefix == NULL ? "" : own->ns_prefix);
		if (strpbrk(imap->prefix, "\r\n\"\\") != NULL)
			imap->prefix[0] = '\0';
	}
	if (data != NULL)
		mailimap_namespace_data_free(data);
	return imap->delimiter == '\0' ? ask_delimiter(imap, err) : RC_OK;
}

static enum rc
start_session(struct imap *imap, struct err *err)
{
	mailstream_low *low = imap_stream_low(imap->stream);
	mailstream *stream = low == NULL ? NULL : mailstream_new(low, 65536);
	enum rc rc;

	if (stream == NULL || (imap->session = mailimap_new(0, NULL)) == NULL)
		return fail(err, RC_STOP, "out of memory");
	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 0);
	/* Authenticated by curl: the driver greets with PREAUTH (C3). */
	rc = imap_end(imap, mailimap_connect(imap->session, stream),
	    "greeting", err);
	if (rc == RC_OK)
		rc = ask_capabilities(imap, err);
	if (rc == RC_OK)
		rc = ask_namespace(imap, err);
	return rc;
}

enum rc
imap_open(const struct server *server, const struct imap_watch *watch,
    struct imap **imap, enum imap_fault *fault, struct err *err)
{
	struct arena *arena = arena_open();
	struct imap *i = NULL;
	CURL *curl = NULL;
	enum rc rc;

	rc = imap_login(arena, server, watch, &curl, fault, err);
	if (rc != RC_OK)
		goto out;
	*fault = IMAP_FAULT_AWAY;
	if ((i = calloc(1, sizeof *i)) == NULL) {
		curl_easy_cleanup(curl);
		rc = fail(err, RC_STOP, "out of memory");
		goto out;
	}
	(void)snprintf(i->host, sizeof i->host, "%s", server->host);
	rc = imap_stream_open(curl, server->timeout_s, watch, &i->stream, err);
	if (rc != RC_OK) {
		curl_easy_cleanup(curl);
		free(i);
		goto out;
	}
	if ((rc = start_session(i, err)) == RC_OK)
		*imap = i;
	else
		imap_close(&i);
out:
	arena_close(&arena);
	return rc;
}

void
imap_close(struct imap **imap)
{
	if (*imap == NULL)
		return;
	if ((*imap)->session != NULL) {
		/* Says LOGOUT where the stream lives; a goodbye is worth no
		 * long wait. */
		(*imap)->stream->gate.may_end = true;
		(*imap)->stream->watch = (struct imap_watch){ .go_on = NULL };
		(*imap)->stream->timeout_s = 2;
		imap_begin(*imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 0);
		mailimap_free((*imap)->session);
	}
	imap_stream_close(&(*imap)->stream);
	free(*imap);
	*imap = NULL;
}
