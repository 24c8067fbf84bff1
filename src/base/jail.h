/* SPDX-License-Identifier: MIT */
/* base/jail.h: what a child gives up before it meets a stranger.
 *
 * Shapes   JAIL_LINE is for one that holds a connection: it keeps sockets,
 *          threads (the resolver's), reading files (the resolver's and the
 *          certificates) and memory files, and gives up writing, making or
 *          removing files, starting programs and looking into other
 *          processes. JAIL_BYTES is for one that reads hostile bytes: it
 *          keeps its socket, its memory and memory files; every other call
 *          of the system ends it at once.
 * Units    memory_bytes of address space, file_bytes of one memory file (0
 *          without limit)
 * Errors   RC_STOP where the kernel grants no such jail
 * Source   THREATS 11, 12, 25; seccomp(2), prctl(2), setrlimit(2)
 */
#ifndef BASE_JAIL_H
#define BASE_JAIL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum jail_kind { JAIL_LINE, JAIL_BYTES };

struct jail {
	enum jail_kind kind;
	uint64_t memory_bytes, file_bytes;
	unsigned descriptors;
	const int *also;	/* calls that a library of JAIL_BYTES cannot
				 * do without, by their numbers; NULL none */
	size_t n_also;
};

/* For the rest of this process's life. No core files, no new privileges, not
 * to be looked into. */
enum rc jail_close(const struct jail *jail, struct err *err);

#endif
