/* SPDX-License-Identifier: MIT */
/* Frames between the processes: whole, bounded, and never read past the end. */
#include "test.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/wire.h"

static void
a_frame_comes_as_it_went(void **state)
{
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);
	struct bytes mapped;
	struct frame frame;
	struct wire_in in;
	struct err err;
	int ends[2], fd;

	(void)state;
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	assert_int_equal(wire_memory_open(&fd, &err), RC_OK);
	assert_int_equal(wire_memory_write(fd, (struct bytes){
	    (const unsigned char *)"mail", 4 }, &err), RC_OK);
	assert_int_equal(wire_memory_seal(fd, &err), RC_OK);
	wire_put_u32(&out, 7);
	wire_put_text(&out, NULL);
	wire_put_text(&out, "r\xc3\xa5" "d");
	wire_put_i64(&out, -2);
	assert_int_equal(wire_write(ends[0], 3, wire_bytes(&out), fd, &err),
	    RC_OK);
	(void)close(fd);
	assert_int_equal(wire_read(ends[1], arena, 1000, &frame, &err), RC_OK);
	assert_int_equal(frame.kind, 3);
	in = wire_in(arena, frame.payload);
	assert_int_equal(wire_get_u32(&in), 7);
	assert_null(wire_get_text(&in));
	assert_string_equal(wire_get_text(&in), "r\xc3\xa5" "d");
	assert_int_equal(wire_get_i64(&in), -2);
	assert_false(in.bad);
	assert_int_equal(in.left.n, 0);
	assert_int_equal(wire_map(frame.fd, &mapped, &err), RC_OK);
	assert_memory_equal(mapped.data, "mail", 4);
	wire_unmap(&mapped);
	(void)close(frame.fd);
	(void)close(ends[0]);
	assert_int_equal(wire_read(ends[1], arena, 1000, &frame, &err),
	    RC_NONE);
	(void)close(ends[1]);
	arena_close(&arena);
}

static void
a_lie_is_refused(void **state)
{
	struct arena *arena = arena_open();
	unsigned char head[8] = { 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0 };
	unsigned char many[4] = { 0xff, 0xff, 0xff, 0x7f };
	struct wire_in in = wire_in(arena, (struct bytes){ many, 4 });
	struct frame frame;
	struct err err;
	int ends[2];

	(void)state;
	assert_int_equal(wire_get_count(&in, 4), 0);
	assert_true(in.bad);
	assert_null(wire_get_text(&in));
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	assert_int_equal(wire_read(ends[1], arena, 0, &frame, &err), RC_LATER);
	assert_int_equal(send(ends[0], head, sizeof head, 0), sizeof head);
	assert_int_equal(wire_read(ends[1], arena, 1000, &frame, &err),
	    RC_STOP);
	(void)close(ends[0]);
	(void)close(ends[1]);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_comes_as_it_went),
		cmocka_unit_test(a_lie_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
