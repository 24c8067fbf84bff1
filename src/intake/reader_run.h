/* SPDX-License-Identifier: MIT */
/* intake/reader_run.h: the reader's loop, on whatever socket.
 *
 * Errors   RC_OK the engine said close, or is gone; RC_STOP what it said
 *          made no sense
 * Owner    the socket stays the caller's
 */
#ifndef INTAKE_READER_RUN_H
#define INTAKE_READER_RUN_H

#include "base/err.h"

enum rc reader_run(int engine, struct err *err);

#endif
