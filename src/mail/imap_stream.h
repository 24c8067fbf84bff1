/* SPDX-License-Identifier: MIT */
/* mail/imap_stream.h: the bytes between libcurl's connection and libetpan.
 *
 * Every byte of the server passes the gate (imap_gate.h) before libetpan
 * sees it, under the limits of the command under way. A stream that broke
 * one is dead: reads and writes fail at once, and `why` says what it was.
 *
 * Units    patience in ms of waiting for the server, not of our own work
 * Errors   the first cause of death stays
 * Owner    within the room: imap*.c only
 */
#ifndef MAIL_IMAP_STREAM_H
#define MAIL_IMAP_STREAM_H

#include <curl/curl.h>
#include <libetpan/libetpan.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "mail/imap.h"
#include "mail/imap_gate.h"

#define RAW_BYTES 16384 /* a TLS record */

struct imap_stream {
	CURL *curl;		/* ours; closed with the stream */
	int socket;		/* borrowed from curl, to wait on */
	struct imap_watch watch;
	bool greeted;		/* libetpan has had its made-up greeting */
	bool dead;
	bool called_off;	/* by the watch: the engine is gone */
	char why[IMAP_LINE_BYTES + 64];
	struct imap_gate gate;
	uint32_t timeout_s;
	/* the command under way */
	int64_t waited_ms;	/* so far, for the server */
	uint64_t got, may_get;	/* bytes */
	unsigned char raw[RAW_BYTES];	/* on its way from curl to the gate */
};

/* Takes `curl`, connected and logged in. */
enum rc imap_stream_open(CURL *curl, uint32_t timeout_s,
	const struct imap_watch *watch, struct imap_stream **stream,
	struct err *err);
void imap_stream_close(struct imap_stream **stream);

/* libetpan's view of it; frees itself with libetpan's stream, `stream`
 * stays. */
mailstream_low *imap_stream_low(struct imap_stream *stream);

/* Before each command: what it may cost. */
void imap_stream_limit(struct imap_stream *stream, uint64_t may_get,
	size_t line_max, size_t literal_max);

void imap_stream_kill(struct imap_stream *stream, const char *why);

enum imap_waited {
	IMAP_WAITED_DATA,	/* the server said something */
	IMAP_WAITED_OTHER,	/* the other descriptor did */
	IMAP_WAITED_TIME,	/* nobody did */
	IMAP_WAITED_DEAD,
};

/* Waits until something passed the gate, which may have heard what no one
 * will read. `other` may be -1. */
enum imap_waited imap_stream_wait(struct imap_stream *stream, int other,
	int64_t wait_ms);

#endif
