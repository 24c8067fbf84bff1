/* SPDX-License-Identifier: MIT */
/* The clock, which a test may set. */
#include "base/clock.h"

#include <time.h>

static int64_t ahead_s;	/* what clock_set moved it by */

int64_t
clock_now(void)
{
	return (int64_t)time(NULL) + ahead_s;
}

int64_t
clock_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
clock_set(int64_t at)
{
	ahead_s = at - (int64_t)time(NULL);
}
