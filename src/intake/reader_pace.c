/* SPDX-License-Identifier: MIT */
/* Patience with a server: doubled each time, up to ten minutes. */
#include "intake/reader_pace.h"

int64_t
pace_wait_ms(enum imap_fault fault, unsigned failures)
{
	int64_t wait_ms = PACE_FIRST_MS;

	/* Six tries an hour lock no account. */
	if (fault == IMAP_FAULT_REFUSED)
		return PACE_REFUSED_MS;
	while (failures-- > 1 && wait_ms < PACE_MOST_MS)
		wait_ms *= 2;
	return wait_ms < PACE_MOST_MS ? wait_ms : PACE_MOST_MS;
}
