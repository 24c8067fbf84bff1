/* SPDX-License-Identifier: MIT */
/* The sender's jail, in numbers. */
#include "dispatch/sender_jail.h"

#include "base/jail.h"

enum rc
sender_jail(struct err *err)
{
	static const struct jail jail = {
		.kind = JAIL_LINE,
		/* a letter of 30 MB is far below */
		.memory_bytes = (uint64_t)768 * 1024 * 1024,
		/* connections, their resolvers, memory files */
		.descriptors = 256,
	};

	return jail_close(&jail, err);
}
