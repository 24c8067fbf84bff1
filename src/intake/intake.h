/* SPDX-License-Identifier: MIT */
/* intake/intake.h: a mail comes: the engine's side of the conversation with
 * the reader and the parsers.
 *
 * A mail goes: listed → fetched → stored, with one attempt counted, committed
 * → parsed by the child → understood and carried out, committed → moved. The
 * caller opens one transaction a turn, hands in what came, commits, and only
 * then lets the channels speak (base/channel.h): nothing is asked of anybody
 * that a commit has not made sure of.
 *
 * Shapes   at most INTAKE_AHEAD mails are fetched ahead of the parser
 * Units    milliseconds of clock_ms
 * Errors   RC_LATER: the disk is full; roll back, intake_forget, try again;
 *          RC_STOP: we are broken; RC_PARK: this child lies, end it
 * Owner    intake_open's caller; the channels are borrowed while they are up
 * Source   DESIGN 1-6; THREATS failures 1, 5, 6
 */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/wire.h"
#include "intake/reader.h"
#include "outbox/outbox.h"

struct arena;
struct channel;
struct intake;
struct lexicon;
struct store;

#define INTAKE_PARSERS 2
#define INTAKE_AHEAD 300		/* mails fetched and not yet parsed */
#define INTAKE_AHEAD_BYTES (8 * 1024 * 1024)
#define INTAKE_ATTEMPTS 5	/* of an engine that dies over a mail; a parser
				 * that dies over it twice is enough */

struct intake_rules {
	struct store *store;		/* borrowed, all three */
	const struct lexicon *lexicon;
	struct outbox *outbox;
	int answers_per_hour, stranger_answers_per_day;
	int64_t parse_ms;
	int64_t mail_limit_bytes;
};

/* For `status`. */
struct intake_count {
	uint64_t taken, done;		/* since the start */
	size_t waiting;			/* stored, not done */
	size_t listed;			/* wanted or asked for */
	size_t to_move;
	enum reader_state state;
	char why[256];			/* of READER_AWAY; "" fine */
	int64_t listed_at;		/* UTC s; when the mailbox was last
					 * read; 0 never */
	int64_t again_ms;
};

struct intake *intake_open(const struct intake_rules *rules);
void intake_close(struct intake **intake);

/* Takes up what a crash left; within a transaction. */
enum rc intake_recover(struct intake *intake, struct err *err);
/* After a rollback: all that was in memory is void. The parsers are ended by
 * the caller, the mailbox is listed again. */
void intake_forget(struct intake *intake);

void intake_reader_up(struct intake *intake, struct channel *reader);
void intake_reader_down(struct intake *intake);
void intake_parser_up(struct intake *intake, size_t i,
	struct channel *parser);
/* `died`: over the mail that it had in hand. */
enum rc intake_parser_down(struct intake *intake, size_t i, bool died,
	struct err *err);

enum rc intake_reader_frame(struct intake *intake, struct arena *arena,
	const struct frame *frame, struct err *err);
enum rc intake_parser_frame(struct intake *intake, size_t i,
	struct arena *arena, const struct frame *frame, struct err *err);

/* Hands on what waits: mails to the parsers, requests to the reader. `stop`:
 * nothing new is begun, what is done is moved. */
enum rc intake_turn(struct intake *intake, bool stop, struct err *err);

/* Whether the reader may be listened to, or has sent enough for now. */
bool intake_wants_mail(const struct intake *intake);
/* The parser that has exceeded its time with a mail; -1 none. */
int intake_late_parser(const struct intake *intake, int64_t now_ms);
/* Until the next time limit; -1 none. */
int64_t intake_wait_ms(const struct intake *intake, int64_t now_ms);
/* No mail is in a parser's hands, none waits to be moved. */
bool intake_is_quiet(const struct intake *intake);
/* The mailbox is read, every mail done and moved. */
bool intake_is_done(const struct intake *intake);
void intake_count(const struct intake *intake, struct intake_count *count);

#endif
