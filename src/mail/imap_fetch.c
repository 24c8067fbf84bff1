/* SPDX-License-Identifier: MIT */
/* Mails out of the mailbox: the small ones many to a command and handed on as
 * they come, the large ones one by one into a memory file. */
#include "mail/imap_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/wire.h"

#define BATCH_UIDS 500
#define HEAD_BYTES 65536 /* of a mail that is too large, all that is read */
#define LINE_BYTES 256	 /* what an answer costs beside its mail */

/* Sizes are the server's word, and some are wrong by a little (line ends
 * counted once, headers added late): the double is still believed. */
#define LITERAL_MAX(size) ((size_t)(size) * 2 + HEAD_BYTES)

enum answered { WAITING, ANSWERED };

struct fetch {
	struct imap *imap;
	const struct imap_sink *sink;
	int64_t limit_bytes;
	/* the batch, by UID */
	const uint32_t *uids;
	size_t n;
	int64_t size_bytes[BATCH_UIDS];	/* -1 not told */
	uint8_t answered[BATCH_UIDS];
	/* what the sink said */
	enum rc rc;
	struct err *err;
	/* the mail that streams in */
	int fd;
	int64_t streamed;
	uint32_t streamed_uid;	/* 0 where the server did not say */
	uint32_t next;		/* the mail that is to come */
};

/* What one answer of the server holds. */
struct answer {
	uint32_t uid;
	bool sized;
	uint32_t size;
	bool has_body, has_head;
	struct bytes body;
};

static void
read_answer(const struct mailimap_msg_att *att, struct answer *answer)
{
	memset(answer, 0, sizeof *answer);
	if (att == NULL || att->att_list == NULL)
		return;
	for (clistiter *i = clist_begin(att->att_list); i != NULL;
	    i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);
		const struct mailimap_msg_att_static *what;
		const struct mailimap_msg_att_body_section *section;

		if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC)
			continue;
		what = item->att_data.att_static;
		switch (what->att_type) {
		case MAILIMAP_MSG_ATT_UID:
			answer->uid = what->att_data.att_uid;
			break;
		case MAILIMAP_MSG_ATT_RFC822_SIZE:
			answer->sized = true;
			answer->size = what->att_data.att_rfc822_size;
			break;
		case MAILIMAP_MSG_ATT_BODY_SECTION:
			section = what->att_data.att_body_section;
			answer->has_body = section->sec_body_part != NULL;
			answer->body = (struct bytes){
			    (const unsigned char *)section->sec_body_part,
			    section->sec_length };
			break;
		default:
			break; /* flags that changed, and the like */
		}
	}
}

/* The place of a UID in the batch; n for one that was not asked for. */
static size_t
place(const struct fetch *fetch, uint32_t uid)
{
	size_t low = 0, high = fetch->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (fetch->uids[middle] < uid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < fetch->n && fetch->uids[low] == uid ? low : fetch->n;
}

static void
stop_fetch(struct fetch *fetch, enum rc rc)
{
	fetch->rc = rc;
	imap_stream_kill(fetch->imap->stream, "called off");
}

static void
size_came(struct mailimap_msg_att *att, void *self)
{
	struct fetch *fetch = self;
	struct answer answer;
	size_t at;

	read_answer(att, &answer);
	if (!answer.sized || (at = place(fetch, answer.uid)) == fetch->n)
		return;
	fetch->size_bytes[at] = answer.size;
	if (at + 1 < fetch->n)
		fetch->next = fetch->uids[at + 1];
}

static bool
is_small(const struct fetch *fetch, size_t at)
{
	return fetch->size_bytes[at] >= 0
	    && fetch->size_bytes[at] < IMAP_STREAM_BYTES
	    && fetch->size_bytes[at] <= fetch->limit_bytes;
}

static uint32_t
next_small(const struct fetch *fetch, size_t at)
{
	while (at < fetch->n && !is_small(fetch, at))
		at++;
	return at < fetch->n ? fetch->uids[at] : 0;
}

static void
mail_came(struct mailimap_msg_att *att, void *self)
{
	struct fetch *fetch = self;
	struct answer answer;
	size_t at;
	enum rc rc;

	read_answer(att, &answer);
	if (fetch->rc != RC_OK || !answer.has_body
	    || (at = place(fetch, answer.uid)) == fetch->n
	    || fetch->answered[at] == ANSWERED)
		return;
	/* An empty mail is only believed of a server that says so twice. */
	if (answer.body.n == 0 && fetch->size_bytes[at] > 0)
		return;
	fetch->answered[at] = ANSWERED;
	fetch->next = next_small(fetch, at + 1);
	rc = fetch->sink->mail(fetch->sink->self, answer.uid, answer.body,
	    fetch->err);
	if (rc != RC_OK)
		stop_fetch(fetch, rc);
}

static void
head_came(struct mailimap_msg_att *att, void *self)
{
	struct fetch *fetch = self;
	struct answer answer;
	size_t at;
	enum rc rc;

	read_answer(att, &answer);
	if (fetch->rc != RC_OK || !answer.has_body
	    || (at = place(fetch, answer.uid)) == fetch->n
	    || fetch->answered[at] == ANSWERED)
		return;
	fetch->answered[at] = ANSWERED;
	rc = fetch->sink->too_large(fetch->sink->self, answer.uid,
	    fetch->size_bytes[at], answer.body, fetch->err);
	if (rc != RC_OK)
		stop_fetch(fetch, rc);
}

/* libetpan calls the handler above only where a progress is asked for
 * (LIBRARIES E7). */
static void
no_progress(size_t now, size_t all, void *self)
{
	(void)now;
	(void)all;
	(void)self;
}

static enum rc
run_fetch(struct fetch *fetch, struct mailimap_set *set,
    struct mailimap_fetch_att *what, mailimap_msg_att_handler *came)
{
	mailimap *session = fetch->imap->session;
	struct mailimap_fetch_type *type =
	    mailimap_fetch_type_new_fetch_att_list_empty();
	clist *list = NULL;
	int code;

	if (type == NULL || set == NULL || what == NULL)
		return fail(fetch->err, RC_STOP, "out of memory");
	mailimap_fetch_type_new_fetch_att_list_add(type,
	    mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(type, what);
	mailimap_set_progress_callback(session, no_progress, no_progress,
	    NULL);
	mailimap_set_msg_att_handler(session, came, fetch);
	code = mailimap_uid_fetch(session, set, type, &list);
	mailimap_set_msg_att_handler(session, NULL, NULL);
	mailimap_set_progress_callback(session, NULL, NULL, NULL);
	mailimap_fetch_type_free(type);
	mailimap_set_free(set);
	/* On an error the list dangles (LIBRARIES E4). */
	if (code == MAILIMAP_NO_ERROR && list != NULL)
		mailimap_fetch_list_free(list);
	if (fetch->rc != RC_OK)
		return fetch->rc;
	return imap_end(fetch->imap, code, "UID FETCH", fetch->err);
}

static enum rc
ask_sizes(struct fetch *fetch)
{
	size_t at = 0;
	enum rc rc;

	for (size_t i = 0; i < fetch->n; i++) {
		fetch->size_bytes[i] = -1;
		fetch->answered[i] = WAITING;
	}
	fetch->next = fetch->uids[0];
	while (at < fetch->n) {
		struct mailimap_set *set = imap_set(fetch->uids, fetch->n,
		    &at, BATCH_UIDS);

		imap_begin(fetch->imap, ANSWER_MAX_BYTES
		    + fetch->n * LINE_BYTES, LINE_MAX_BYTES, 1024);
		rc = run_fetch(fetch, set,
		    mailimap_fetch_att_new_rfc822_size(), size_came);
		/* A refusal: each mail is asked for, and may be missing. */
		if (rc != RC_OK && rc != RC_PARK)
			return rc;
	}
	return RC_OK;
}

static struct mailimap_fetch_att *
whole_mail(void)
{
	struct mailimap_section *section = mailimap_section_new(NULL);

	return section == NULL ? NULL
	    : mailimap_fetch_att_new_body_peek_section(section);
}

/* Those below IMAP_STREAM_BYTES; each is handed on as it comes. */
static enum rc
fetch_small(struct fetch *fetch)
{
	uint32_t small[BATCH_UIDS];
	uint64_t sum = 0;
	size_t n = 0, at = 0;
	enum rc rc;

	for (size_t i = 0; i < fetch->n; i++)
		if (is_small(fetch, i)) {
			small[n++] = fetch->uids[i];
			sum += (uint64_t)fetch->size_bytes[i];
		}
	while (at < n) {
		struct mailimap_set *set;

		fetch->next = small[at];
		set = imap_set(small, n, &at, BATCH_UIDS);

		imap_begin(fetch->imap, sum * 2 + ANSWER_MAX_BYTES
		    + n * (LINE_BYTES + HEAD_BYTES), LINE_MAX_BYTES,
		    LITERAL_MAX(IMAP_STREAM_BYTES));
		rc = run_fetch(fetch, set, whole_mail(), mail_came);
		if (rc != RC_OK && rc != RC_PARK)
			return rc;
	}
	return RC_OK;
}

/* A piece of the mail that streams in. */
static bool
piece_came(int type, struct mailimap_msg_att_body_section *section,
    const char *data, size_t n, void *self)
{
	struct fetch *fetch = self;
	enum rc rc;

	(void)type;
	(void)section;
	if (fetch->rc != RC_OK)
		return false;
	fetch->streamed += (int64_t)n;
	rc = wire_memory_write(fetch->fd,
	    (struct bytes){ (const unsigned char *)data, n }, fetch->err);
	if (rc != RC_OK)
		stop_fetch(fetch, rc);
	return rc == RC_OK;
}

/* The rest of the answer: its UID, and a body that was no literal. */
static void
streamed_came(struct mailimap_msg_att *att, void *self)
{
	struct fetch *fetch = self;
	struct answer answer;

	read_answer(att, &answer);
	if (answer.uid != 0)
		fetch->streamed_uid = answer.uid;
	if (answer.has_body && answer.body.n > 0 && fetch->streamed == 0)
		(void)piece_came(0, NULL, (const char *)answer.body.data,
		    answer.body.n, self);
}

static enum rc
hand_on_file(struct fetch *fetch, size_t at)
{
	enum rc rc;

	if (fetch->streamed == 0 || (fetch->streamed_uid != 0
	    && fetch->streamed_uid != fetch->uids[at]))
		return RC_OK; /* missing */
	fetch->answered[at] = ANSWERED;
	if ((rc = wire_memory_seal(fetch->fd, fetch->err)) != RC_OK)
		return rc;
	return fetch->sink->mail_file(fetch->sink->self, fetch->uids[at],
	    fetch->streamed, fetch->fd, fetch->err);
}

static enum rc
fetch_streamed(struct fetch *fetch, size_t at)
{
	mailimap *session = fetch->imap->session;
	uint64_t size = (uint64_t)fetch->size_bytes[at];
	enum rc rc;

	if ((rc = wire_memory_open(&fetch->fd, fetch->err)) != RC_OK)
		return rc;
	fetch->streamed = 0;
	fetch->streamed_uid = 0;
	imap_begin(fetch->imap, size * 2 + ANSWER_MAX_BYTES, LINE_MAX_BYTES,
	    LITERAL_MAX(size));
	mailimap_set_msg_body_handler(session, piece_came, fetch);
	rc = run_fetch(fetch, mailimap_set_new_single(fetch->uids[at]),
	    whole_mail(), streamed_came);
	mailimap_set_msg_body_handler(session, NULL, NULL);
	if (rc == RC_OK)
		rc = hand_on_file(fetch, at);
	else if (rc == RC_PARK)
		rc = RC_OK;
	(void)close(fetch->fd);
	return rc;
}

static enum rc
fetch_head(struct fetch *fetch, size_t at)
{
	struct mailimap_section *section = mailimap_section_new_header();
	enum rc rc;

	imap_begin(fetch->imap, HEAD_BYTES + ANSWER_MAX_BYTES,
	    LINE_MAX_BYTES, LITERAL_MAX(HEAD_BYTES));
	rc = run_fetch(fetch, mailimap_set_new_single(fetch->uids[at]),
	    section == NULL ? NULL
	    : mailimap_fetch_att_new_body_peek_section_partial(section, 0,
	    HEAD_BYTES), head_came);
	return rc == RC_PARK ? RC_OK : rc;
}

static enum rc
fetch_large(struct fetch *fetch)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < fetch->n && rc == RC_OK; i++) {
		fetch->next = fetch->uids[i];
		if (fetch->size_bytes[i] > fetch->limit_bytes)
			rc = fetch_head(fetch, i);
		else if (fetch->size_bytes[i] >= IMAP_STREAM_BYTES)
			rc = fetch_streamed(fetch, i);
	}
	return rc;
}

static enum rc
name_missing(struct fetch *fetch)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < fetch->n && rc == RC_OK; i++)
		if (fetch->answered[i] == WAITING)
			rc = fetch->sink->missing(fetch->sink->self,
			    fetch->uids[i], fetch->size_bytes[i] < 0
			    ? "it is no longer in the mailbox"
			    : "the server lists it and does not give it",
			    fetch->err);
	return rc;
}

enum rc
imap_fetch(struct imap *imap, const uint32_t *uids, size_t n,
    int64_t limit_bytes, const struct imap_sink *sink, uint32_t *broke_at,
    struct err *err)
{
	struct fetch *fetch = calloc(1, sizeof *fetch);
	enum rc rc = RC_OK;

	if (fetch == NULL)
		return fail(err, RC_STOP, "out of memory");
	fetch->imap = imap;
	fetch->sink = sink;
	fetch->limit_bytes = limit_bytes;
	fetch->err = err;
	for (size_t at = 0; at < n && rc == RC_OK; at += fetch->n) {
		fetch->uids = uids + at;
		fetch->n = n - at < BATCH_UIDS ? n - at : BATCH_UIDS;
		if ((rc = ask_sizes(fetch)) == RC_OK
		    && (rc = fetch_small(fetch)) == RC_OK
		    && (rc = fetch_large(fetch)) == RC_OK)
			rc = name_missing(fetch);
	}
	*broke_at = fetch->next;
	free(fetch);
	return rc;
}
