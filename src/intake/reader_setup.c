/* SPDX-License-Identifier: MIT */
/* What the reader is told at its start, as a frame's payload. */
#include "intake/reader.h"

#include <stddef.h>

void
reader_setup_write(struct wire_out *out, const struct reader_setup *setup)
{
	server_write(out, &setup->server);
	wire_put_text(out, setup->mailbox);
	for (size_t i = 0; i < READER_FOLDERS; i++)
		wire_put_text(out, setup->folders[i]);
	wire_put_i64(out, setup->mail_limit_bytes);
	wire_put_u32(out, setup->poll_s);
}

enum rc
reader_setup_read(struct wire_in *in, struct reader_setup *setup,
    struct err *err)
{
	struct reader_setup s = { .poll_s = 0 };
	enum rc rc;

	if ((rc = server_read(in, &s.server, err)) != RC_OK)
		return rc;
	s.mailbox = wire_get_text(in);
	for (size_t i = 0; i < READER_FOLDERS; i++)
		s.folders[i] = wire_get_text(in);
	s.mail_limit_bytes = wire_get_i64(in);
	s.poll_s = wire_get_u32(in);
	if (in->bad || s.mailbox == NULL || s.mailbox[0] == '\0'
	    || s.mail_limit_bytes <= 0 || s.poll_s == 0)
		return fail(err, RC_STOP, "the frame sets up no reader");
	for (size_t i = 0; i < READER_FOLDERS; i++)
		if (s.folders[i] == NULL || s.folders[i][0] == '\0')
			return fail(err, RC_STOP,
			    "the frame names too few folders");
	*setup = s;
	return RC_OK;
}
