/* SPDX-License-Identifier: MIT */
/* Any bytes as a mail; what is read must be written and read again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/wire.h"
#include "mail/mime_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	static const struct auth_trust trust = {
		.authserv_id = "mx.fjordby.example" };
	struct bytes raw = { data, n }, part;
	struct wire_out once = wire_out(arena), twice = wire_out(arena);
	const struct mail *mail, *again;
	struct err err;

	if (mime_read(arena, &trust, raw, -1, &mail, &err) != RC_OK)
		abort();
	mail_write(&once, mail);
	if (mail_read(arena, wire_bytes(&once), &again, &err) != RC_OK)
		abort();
	mail_write(&twice, again);
	if (once.buf.n != twice.buf.n)
		abort();
	for (size_t i = 0; i < mail->n_attachments; i++)
		if (mime_read_part(arena, raw, -1, mail->attachments[i].part,
		    &part, &err) != RC_OK
		    || (int64_t)part.n != mail->attachments[i].size_bytes)
			abort();

	arena_close(&arena);
	return 0;
}
