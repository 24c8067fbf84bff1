/* SPDX-License-Identifier: MIT */
/* The parser's jail, in numbers. */
#include "intake/parser_jail.h"

#include "base/jail.h"

enum rc
parser_jail(struct err *err)
{
	static const struct jail jail = {
		.kind = JAIL_BYTES,
		/* any mail within its limits takes a tenth of it */
		.memory_bytes = (uint64_t)512 * 1024 * 1024,
		/* the socket, a mail, one part of it */
		.descriptors = 16,
		/* one part of one mail, decoded */
		.file_bytes = (uint64_t)64 * 1024 * 1024,
	};

	return jail_close(&jail, err);
}
