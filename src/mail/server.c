/* SPDX-License-Identifier: MIT */
/* A mail server's description as a frame's payload. */
#include "mail/server.h"

#include <stddef.h>

void
server_write(struct wire_out *out, const struct server *server)
{
	wire_put_text(out, server->host);
	wire_put_u32(out, server->port);
	wire_put_u8(out, (uint8_t)server->tls);
	wire_put_text(out, server->ca_file);
	wire_put_u8(out, (uint8_t)server->auth);
	wire_put_text(out, server->user);
	wire_put_text(out, server->secret);
	wire_put_text(out, server->token_url);
	wire_put_text(out, server->client_id);
	wire_put_text(out, server->scope);
	wire_put_u32(out, server->timeout_s);
}

enum rc
server_read(struct wire_in *in, struct server *server, struct err *err)
{
	struct server s = { .host = wire_get_text(in) };
	uint32_t port = wire_get_u32(in);
	uint8_t tls = wire_get_u8(in), auth;

	s.ca_file = wire_get_text(in);
	auth = wire_get_u8(in);
	s.user = wire_get_text(in);
	s.secret = wire_get_text(in);
	s.token_url = wire_get_text(in);
	s.client_id = wire_get_text(in);
	s.scope = wire_get_text(in);
	s.timeout_s = wire_get_u32(in);
	if (in->bad || s.host == NULL || port == 0 || port > UINT16_MAX
	    || tls > SERVER_TLS_NONE || auth > SERVER_AUTH_XOAUTH2)
		return fail(err, RC_STOP, "the frame describes no server");
	s.port = (uint16_t)port;
	s.tls = (enum server_tls)tls;
	s.auth = (enum server_auth)auth;
	*server = s;
	return RC_OK;
}
