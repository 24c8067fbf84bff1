/* SPDX-License-Identifier: MIT */
/* The reader's jail, in numbers. */
#include "intake/reader_jail.h"

#include "base/jail.h"

enum rc
reader_jail(struct err *err)
{
	static const struct jail jail = {
		.kind = JAIL_LINE,
		/* a server that lies about sizes ends us, not the machine */
		.memory_bytes = (uint64_t)768 * 1024 * 1024,
		/* one connection, its resolver, memory files */
		.descriptors = 64,
	};

	return jail_close(&jail, err);
}
