/* SPDX-License-Identifier: MIT */
/* Waiting for mail: IDLE (RFC 2177) where the server has it, in some lines of
 * our own, since libetpan's loses the session when an untagged line comes
 * before the «+» (LIBRARIES E6). */
#include "mail/imap_session.h"

#include <poll.h>
#include <string.h>

#include "base/clock.h"

#define IDLE_LEAVE_MS ((int64_t)22 * 60 * 1000) /* servers hang up at 30 min,
						 * RFC 2177 */

enum line { LINE_UNTAGGED, LINE_CONTINUE, LINE_TAGGED, LINE_NONE };

static enum line
read_line(struct imap *imap, MMAPString *line)
{
	const char *text = mailstream_read_line_remove_eol(
	    imap->session->imap_stream, line);

	if (text == NULL)
		return LINE_NONE;
	return text[0] == '*' ? LINE_UNTAGGED : text[0] == '+' ? LINE_CONTINUE
	    : LINE_TAGGED;
}

static enum rc
idle_broke(struct imap *imap, struct err *err)
{
	imap_stream_kill(imap->stream, "the connection is out of step");
	return fail(err, imap->stream->called_off ? RC_NONE : RC_LATER,
	    "%s: IDLE: %s", imap->host, imap->stream->why);
}

static bool
say(struct imap *imap, const char *text)
{
	mailstream *stream = imap->session->imap_stream;
	size_t n = strlen(text);

	return mailstream_write(stream, text, n) == (ssize_t)n
	    && mailstream_flush(stream) == 0;
}

static enum rc
idle_begin(struct imap *imap, MMAPString *line, struct err *err)
{
	enum line got;

	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	if (mailimap_send_current_tag(imap->session) != MAILIMAP_NO_ERROR
	    || !say(imap, "IDLE\r\n"))
		return idle_broke(imap, err);
	while ((got = read_line(imap, line)) == LINE_UNTAGGED)
		continue;
	if (got == LINE_TAGGED) { /* NO or BAD: it can not, after all */
		imap->idle_refused = true;
		return RC_NONE;
	}
	return got == LINE_CONTINUE ? RC_OK : idle_broke(imap, err);
}

static enum rc
idle_end(struct imap *imap, MMAPString *line, struct err *err)
{
	enum line got;

	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	if (!say(imap, "DONE\r\n"))
		return idle_broke(imap, err);
	while ((got = read_line(imap, line)) == LINE_UNTAGGED)
		continue;
	return got == LINE_TAGGED ? RC_OK : idle_broke(imap, err);
}

static bool
watch_goes_on(struct imap *imap)
{
	const struct imap_watch *watch = &imap->stream->watch;

	if (watch->go_on == NULL || watch->go_on(watch->self))
		return true;
	imap->stream->called_off = true;
	imap_stream_kill(imap->stream, "called off");
	return false;
}

/* What go_on took in while a command ran shows on no descriptor. */
static bool
is_wanted(const struct imap *imap)
{
	const struct imap_watch *watch = &imap->stream->watch;

	return imap->stream->gate.exists || (watch->is_wanted != NULL
	    && watch->is_wanted(watch->self));
}

/* How long until go_on is to be called. */
static int64_t
step_ms(const struct imap *imap, int64_t left)
{
	int64_t every = imap->stream->watch.idle_ms;

	return every > 0 && every < left ? every : left;
}

/* Until news, the other descriptor, or the time. The gate hears the lines and
 * drops them; what it does not drop is read at the end. */
static enum rc
idle_listen(struct imap *imap, int other, int64_t until, struct err *err)
{
	int64_t left;

	while (!is_wanted(imap)) {
		left = until - clock_ms();
		switch (imap_stream_wait(imap->stream, other,
		    step_ms(imap, left))) {
		case IMAP_WAITED_DATA:
			if (imap->stream->gate.out_n > LINE_MAX_BYTES) {
				imap_stream_kill(imap->stream, "the server "
				    "sends more than was asked for");
				return idle_broke(imap, err);
			}
			/* Each packet is an answer of its own. */
			imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES,
			    1024);
			break;
		case IMAP_WAITED_OTHER:
			return RC_OK;
		case IMAP_WAITED_TIME:
			if (step_ms(imap, left) == left)
				return RC_OK;
			if (!watch_goes_on(imap))
				return idle_broke(imap, err);
			break;
		case IMAP_WAITED_DEAD:
			return idle_broke(imap, err);
		}
	}
	return RC_OK;
}

static enum rc
idle(struct imap *imap, int other, int64_t wait_ms, struct err *err)
{
	MMAPString *line = mmap_string_new("");
	int64_t until = clock_ms()
	    + (wait_ms < IDLE_LEAVE_MS ? wait_ms : IDLE_LEAVE_MS);
	enum rc rc;

	if (line == NULL)
		return fail(err, RC_STOP, "out of memory");
	if ((rc = idle_begin(imap, line, err)) == RC_OK
	    && (rc = idle_listen(imap, other, until, err)) == RC_OK)
		rc = idle_end(imap, line, err);
	mmap_string_free(line);
	return rc;
}

/* Without IDLE: only the other end can end the wait, and a server that hangs
 * up. */
static enum rc
sleep_through(struct imap *imap, int other, int64_t wait_ms, struct err *err)
{
	int64_t until = clock_ms() + wait_ms, left;

	while (!is_wanted(imap) && (left = until - clock_ms()) > 0) {
		switch (imap_stream_wait(imap->stream, other,
		    step_ms(imap, left))) {
		case IMAP_WAITED_OTHER:
			return RC_OK;
		case IMAP_WAITED_DEAD:
			return idle_broke(imap, err);
		case IMAP_WAITED_DATA:	/* read by the command that follows */
			return imap_noop(imap, err);
		case IMAP_WAITED_TIME:
			if (!watch_goes_on(imap))
				return idle_broke(imap, err);
		}
	}
	return is_wanted(imap) ? RC_OK : imap_noop(imap, err);
}

enum rc
imap_wait(struct imap *imap, int other, int64_t wait_ms, struct err *err)
{
	enum rc rc;

	if (is_wanted(imap))
		return RC_OK;
	if (imap_has_idle(imap)) {
		rc = idle(imap, other, wait_ms, err);
		/* Refused: the caller asks anew, by its poll's time. */
		return rc == RC_NONE && !imap->stream->dead ? RC_OK : rc;
	}
	return sleep_through(imap, other, wait_ms, err);
}

enum rc
imap_noop(struct imap *imap, struct err *err)
{
	enum rc rc;

	imap_begin(imap, ANSWER_MAX_BYTES * 4, LINE_MAX_BYTES, 1024);
	rc = imap_end(imap, mailimap_noop(imap->session), "NOOP", err);
	return rc == RC_PARK ? RC_LATER : rc;
}
