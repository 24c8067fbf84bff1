/* SPDX-License-Identifier: MIT */
/* base/clock.h: the one place that asks what time it is.
 *
 * Units    clock_now in UTC seconds since 1970; clock_ms in milliseconds of
 *          a clock that never jumps, for waiting
 * Errors   none
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);
int64_t clock_ms(void);

/* From here on clock_now starts at `at` and runs on: a test or the
 * demonstration lives on another day. clock_ms stays as it is. */
void clock_set(int64_t at);

#endif
