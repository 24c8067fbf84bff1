/* SPDX-License-Identifier: MIT */
/* intake/parser_jail.h: what the parser keeps while it reads hostile bytes.
 *
 * It keeps its socket, its memory and memory files; every other call of the
 * system ends it at once.
 *
 * Errors   RC_STOP where the kernel grants no such jail
 * Source   THREATS 11, 12, 25; seccomp(2), prctl(2)
 */
#ifndef INTAKE_PARSER_JAIL_H
#define INTAKE_PARSER_JAIL_H

#include "base/err.h"

enum rc parser_jail(struct err *err);

#endif
