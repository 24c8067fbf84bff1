/* SPDX-License-Identifier: MIT */
/* intake/reader_jail.h: what the reader gives up before it meets a server.
 *
 * A JAIL_LINE of base/jail.h.
 *
 * Errors   RC_STOP where the kernel grants no such jail
 * Source   THREATS 25; seccomp(2), prctl(2)
 */
#ifndef INTAKE_READER_JAIL_H
#define INTAKE_READER_JAIL_H

#include "base/err.h"

enum rc reader_jail(struct err *err);

#endif
