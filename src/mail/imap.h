/* SPDX-License-Identifier: MIT */
/* mail/imap.h: a mailbox on an IMAP server, as the reader needs it.
 *
 * libcurl owns TCP, TLS and the log-in, libetpan the commands after it, and
 * every byte between them passes a gate of our own (imap_gate.h).
 *
 * Shapes   mails are named by UID within a UIDVALIDITY; folders by UTF-8
 *          paths with "/", whatever the server makes of them
 * Units    bytes, seconds
 * Errors   RC_LATER the server is away or broke the rules: close, try again
 *          later; RC_PARK it refused this command alone (`err` has its
 *          words), the connection lives; RC_NONE called off by the watch;
 *          RC_STOP the configuration cannot work
 * Owner    imap_open's caller, until imap_close
 * Source   RFC 9051 and 3501; RFC 6851 MOVE; RFC 4315 UIDPLUS; RFC 2177 IDLE;
 *          RFC 2342 NAMESPACE; RFC 8314 TLS
 */
#ifndef MAIL_IMAP_H
#define MAIL_IMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/server.h"

struct arena;
struct imap;

/* Mails below this size come many in one command, held in memory one at a
 * time; above it one by one, streamed into a memory file. */
#define IMAP_STREAM_BYTES (512 * 1024)

/* Either function may be NULL. */
struct imap_watch {
	/* Called every second or so while the server is waited for; false
	 * calls the work off. */
	bool (*go_on)(void *self);
	int64_t idle_ms;	/* … and this often while imap_wait waits; 0:
				 * it is woken by its other descriptor alone */
	/* Asked before imap_wait waits: true where there is work already. */
	bool (*is_wanted)(void *self);
	void *self;		/* borrowed */
};

/* Why imap_open failed; it decides how soon to try again. */
enum imap_fault {
	IMAP_FAULT_AWAY,	/* network or server: soon */
	IMAP_FAULT_UNTRUSTED,	/* TLS: a person must act */
	IMAP_FAULT_REFUSED,	/* log-in: many tries lock the account */
};

/* Connects, verifies, logs in, and asks what the server can. `fault` is set
 * on error. */
enum rc imap_open(const struct server *server, const struct imap_watch *watch,
	struct imap **imap, enum imap_fault *fault, struct err *err);
void imap_close(struct imap **imap);

bool imap_has_idle(const struct imap *imap);
bool imap_has_move(const struct imap *imap);
bool imap_has_uidplus(const struct imap *imap);

/* The name of a folder on this server: prefix, delimiter, modified UTF-7. */
const char *imap_folder_name(const struct imap *imap, struct arena *arena,
	const char *path);

/* RC_NONE where it is not there. */
enum rc imap_folder_find(struct imap *imap, const char *path,
	struct err *err);

/* Makes it where it is missing, and subscribes. */
enum rc imap_folder_make(struct imap *imap, const char *path,
	struct err *err);

/* Opens the mailbox for reading and moving. RC_NONE where it is missing. */
enum rc imap_select(struct imap *imap, const char *path,
	uint32_t *uidvalidity, struct err *err);

/* The UIDs from `first` on, ascending; 1 for all. */
enum rc imap_list(struct imap *imap, struct arena *arena, uint32_t first,
	const uint32_t **uids, size_t *n, struct err *err);

/* Who takes what imap_fetch brings. Each mail asked for ends in exactly one
 * call; another code than RC_OK ends the fetch, and the connection. */
struct imap_sink {
	void *self;		/* borrowed */
	enum rc (*mail)(void *self, uint32_t uid, struct bytes bytes,
		struct err *err);
	/* as a sealed memory file, which stays the caller's to close */
	enum rc (*mail_file)(void *self, uint32_t uid, int64_t size_bytes,
		int fd, struct err *err);
	enum rc (*too_large)(void *self, uint32_t uid, int64_t size_bytes,
		struct bytes head, struct err *err);
	enum rc (*missing)(void *self, uint32_t uid, const char *why,
		struct err *err);
};

/* Fetches mails without marking them as seen. Above `limit_bytes` only the
 * head comes, and of that at most 64 kB. `uids` ascending, each once. Where
 * the connection breaks, *broke_at is the mail that was to come next. */
enum rc imap_fetch(struct imap *imap, const uint32_t *uids, size_t n,
	int64_t limit_bytes, const struct imap_sink *sink,
	uint32_t *broke_at, struct err *err);

/* Moves mails to a folder; no other mail is touched. Those no longer in the
 * mailbox, also because they never were, are counted in *n_gone, and stand
 * first in `uids` (which is sorted anew). What is left could not be moved:
 * `err` says why, with RC_PARK. */
enum rc imap_move(struct imap *imap, uint32_t *uids, size_t n,
	const char *path, size_t *n_gone, struct err *err);

/* True once the server said that mails came (until the next imap_list), or
 * that the mailbox was renumbered, which only imap_select sets right. */
bool imap_has_news(const struct imap *imap);
bool imap_is_renumbered(const struct imap *imap);

/* Waits until the server has news, `other` (a descriptor) can be read, or
 * the time is up; by IDLE where the server has it. */
enum rc imap_wait(struct imap *imap, int other, int64_t wait_ms,
	struct err *err);

/* Asks the server for news. */
enum rc imap_noop(struct imap *imap, struct err *err);

/* For `check`: logs in, looks, and changes nothing. */
struct imap_report {
	bool idle, move, uidplus;
	bool mailbox_there;
	uint32_t uidvalidity;
	size_t n_mails;
	const char *mailbox_name, *folder_names[3];	/* on the server */
	bool folder_there[3];	/* a missing one is made at first use */
};

enum rc imap_check(const struct server *server, struct arena *arena,
	const char *mailbox, const char *const folders[3],
	struct imap_report *report, struct err *err);

/* Modified UTF-7 (RFC 3501 §5.1.3) of one path component. */
const char *imap_utf7(struct arena *arena, const char *text);

#endif
