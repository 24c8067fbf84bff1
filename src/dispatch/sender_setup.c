/* SPDX-License-Identifier: MIT */
/* The sender's setup as a frame's payload. */
#include "dispatch/sender.h"

#define PER_MINUTE_MOST 100000	/* more is no pace; 0 says that */

void
sender_setup_write(struct wire_out *out, const struct sender_setup *setup)
{
	server_write(out, &setup->server);
	wire_put_u32(out, setup->connections);
	wire_put_u32(out, setup->per_minute);
	wire_put_text(out, setup->hello);
}

enum rc
sender_setup_read(struct wire_in *in, struct sender_setup *setup,
    struct err *err)
{
	struct sender_setup s;
	enum rc rc = server_read(in, &s.server, err);

	if (rc != RC_OK)
		return rc;
	s.connections = wire_get_u32(in);
	s.per_minute = wire_get_u32(in);
	s.hello = wire_get_text(in);
	if (in->bad || s.connections == 0
	    || s.connections > SENDER_CONNECTIONS_MOST
	    || s.per_minute > PER_MINUTE_MOST || s.hello == NULL)
		return fail(err, RC_STOP, "the frame describes no sender");
	*setup = s;
	return RC_OK;
}
