/* SPDX-License-Identifier: MIT */
/* base/notify.h: what systemd is told, without libsystemd.
 *
 * Shapes   "READY=1\nSTATUS=…", "WATCHDOG=1", "STOPPING=1"
 * Errors   none: without systemd nothing happens
 * Source   sd_notify(3): NOTIFY_SOCKET, a path or an abstract name
 */
#ifndef BASE_NOTIFY_H
#define BASE_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

void notify(const char *state);
/* How often WATCHDOG=1 is due, half of what systemd allows; 0: not wanted. */
int64_t notify_watchdog_ms(void);
/* In a child: whether the engine is watched, and so wants to hear of us also
 * while nothing happens. Without that nobody wakes for nothing. */
bool notify_wants_signs(void);

#endif
