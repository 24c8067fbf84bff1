/* SPDX-License-Identifier: MIT */
/* dispatch/sender_pace.h: when the next letter may go, and on how many
 * connections: the server's pace, and the server's health.
 *
 * Shapes   values that are asked and told; they look at no clock
 * Units    milliseconds of clock_ms
 * Errors   none
 * Owner    the caller's, under its lock; pace_open's ring is its own
 * Source   LIBRARIES S12 (Microsoft 365: 30 letters a minute, 3 connections);
 *          THREATS failures 4 (back within a minute of the server's return)
 *          and 14 (at most six log-ins an hour where it is refused)
 */
#ifndef DISPATCH_SENDER_PACE_H
#define DISPATCH_SENDER_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mail/smtp.h"

/* Never more than per_minute letters in any minute; and within it a third
 * at once at most, so that a receipt behind an agenda does not wait for the
 * whole minute. */
struct pace {
	uint32_t per_minute;		/* 0: no limit */
	int64_t *starts;		/* of the last per_minute letters */
	size_t next;
	double tokens;
	int64_t filled_ms;
};

void pace_open(struct pace *pace, uint32_t per_minute, int64_t now_ms);
void pace_close(struct pace *pace);
/* 0: now. */
int64_t pace_wait_ms(const struct pace *pace, int64_t now_ms);
void pace_take(struct pace *pace, int64_t now_ms);

/* Whether the server is there, and how many connections it suffers. */
enum link_state {
	LINK_NEW,	/* nobody has spoken to it: one connection tries */
	LINK_UP,
	LINK_DOWN,	/* not before again_ms, and then one tries */
};

struct link {
	enum link_state state;
	uint32_t most, allowed;		/* connections */
	int64_t more_ms;		/* when one more may be tried */
	int64_t pause_ms, again_ms;
};

void link_open(struct link *link, uint32_t connections);
/* A connection stands and is logged in; true where that is news. */
bool link_up(struct link *link);
/* No connection can be had; true where that is news. */
bool link_down(struct link *link, enum smtp_fault fault, int64_t now_ms);
/* The server says that there are too many; false where there is but one. */
bool link_crowded(struct link *link, int64_t now_ms);
uint32_t link_allowed(struct link *link, int64_t now_ms);

#endif
