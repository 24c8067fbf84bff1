/* SPDX-License-Identifier: MIT */
/* intake/reader_pace.h: when to try a server again.
 *
 * Units    ms
 * Source   THREATS failures 4 and 14: back within a minute of its return,
 *          at most six log-ins an hour where the log-in is refused
 */
#ifndef INTAKE_READER_PACE_H
#define INTAKE_READER_PACE_H

#include <stdint.h>

#include "mail/imap.h"

#define PACE_FIRST_MS ((int64_t)1000)
#define PACE_MOST_MS ((int64_t)10 * 60 * 1000)
#define PACE_REFUSED_MS ((int64_t)10 * 60 * 1000 + 1000)

/* How long after the `failures`-th failure in a row (1 the first). */
int64_t pace_wait_ms(enum imap_fault fault, unsigned failures);

#endif
