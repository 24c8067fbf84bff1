/* SPDX-License-Identifier: MIT */
/* The payloads that engine and parser send each other. */
#include "intake/parser.h"

#include "base/arena.h"

struct bytes
parser_open_payload(struct arena *arena, const struct auth_trust *trust)
{
	struct wire_out out = wire_out(arena);

	wire_put_u8(&out, (uint8_t)trust->profile);
	wire_put_text(&out, trust->authserv_id);
	wire_put_u32(&out, (uint32_t)trust->n_hosts);
	for (size_t i = 0; i < trust->n_hosts; i++)
		wire_put_text(&out, trust->hosts[i]);
	wire_put_u8(&out, trust->is_below);
	return wire_bytes(&out);
}

struct bytes
parser_read_payload(struct arena *arena, uint32_t tag, struct bytes raw)
{
	struct wire_out out = wire_out(arena);

	wire_put_u32(&out, tag);
	buf_add_n(&out.buf, (const char *)raw.data, raw.n);
	return wire_bytes(&out);
}

struct bytes
parser_part_payload(struct arena *arena, uint32_t tag, uint32_t part,
    struct bytes raw)
{
	struct wire_out out = wire_out(arena);

	wire_put_u32(&out, tag);
	wire_put_u32(&out, part);
	buf_add_n(&out.buf, (const char *)raw.data, raw.n);
	return wire_bytes(&out);
}

enum rc
parser_answer_read(struct arena *arena, const struct frame *frame,
    struct parser_answer *answer, struct err *err)
{
	struct wire_in in = wire_in(arena, frame->payload);
	struct parser_answer a = { .kind = (enum parser_frame)frame->kind };
	enum rc rc;

	a.tag = wire_get_u32(&in);
	switch (frame->kind) {
	case PARSER_MAIL:
		rc = mail_read(arena, in.left, &a.mail, err);
		if (rc != RC_OK)
			return rc;
		break;
	case PARSER_BYTES:
		a.size_bytes = wire_get_i64(&in);
		if (frame->fd < 0 || a.size_bytes < 0 || in.left.n != 0)
			in.bad = true;
		break;
	case PARSER_REFUSED:
		a.why = wire_get_text(&in);
		if (a.why == NULL || in.left.n != 0)
			in.bad = true;
		break;
	default:
		in.bad = true;
		break;
	}
	if (in.bad)
		return fail(err, RC_STOP, "the parser sent a frame %u that "
		    "is none", frame->kind);
	*answer = a;
	return RC_OK;
}

static void
trust_get(struct wire_in *in, struct auth_trust *trust)
{
	uint8_t profile = wire_get_u8(in);
	const char **hosts;

	if (profile > AUTH_EXCHANGE)
		in->bad = true;
	trust->profile = (enum auth_profile)profile;
	trust->authserv_id = wire_get_text(in);
	trust->n_hosts = wire_get_count(in, 4);
	hosts = arena_array(in->arena, trust->n_hosts + 1, sizeof *hosts);
	for (size_t i = 0; i < trust->n_hosts; i++)
		if ((hosts[i] = wire_get_text(in)) == NULL)
			in->bad = true;
	trust->hosts = hosts;
	trust->is_below = wire_get_u8(in) != 0;
}

enum rc
parser_request_read(struct arena *arena, const struct frame *frame,
    struct parser_request *request, struct err *err)
{
	struct wire_in in = wire_in(arena, frame->payload);
	struct parser_request r = { .kind = (enum parser_frame)frame->kind };

	switch (frame->kind) {
	case PARSER_OPEN:
		trust_get(&in, &r.trust);
		if (in.left.n != 0)
			in.bad = true;
		break;
	case PARSER_PART:
	case PARSER_READ:
		r.tag = wire_get_u32(&in);
		if (frame->kind == PARSER_PART)
			r.part = wire_get_u32(&in);
		r.raw = in.left;
		/* Both would be two mails. */
		if (frame->fd >= 0 && r.raw.n != 0)
			in.bad = true;
		break;
	default:
		in.bad = true;
		break;
	}
	if (in.bad)
		return fail(err, RC_STOP, "a question %u that is none",
		    frame->kind);
	*request = r;
	return RC_OK;
}
