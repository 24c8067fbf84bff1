/* SPDX-License-Identifier: MIT */
/* The engine's end of a conversation: order, descriptors, nothing early. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"

static struct bytes
bytes_of(const char *text)
{
	return (struct bytes){ (const unsigned char *)text, strlen(text) };
}

static int
memory_of(const char *text)
{
	struct err err;
	int fd = -1;

	assert_int_equal(wire_memory_open(&fd, &err), RC_OK);
	assert_int_equal(wire_memory_write(fd, bytes_of(text), &err), RC_OK);
	assert_int_equal(wire_memory_seal(fd, &err), RC_OK);
	return fd;
}

static void
frames_and_descriptors_arrive_in_order(void **state)
{
	struct arena *arena = arena_open();
	struct channel *a, *b;
	struct frame frame;
	struct err err;
	int ends[2];

	(void)state;
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	a = channel_open(ends[0]);
	b = channel_open(ends[1]);
	for (int i = 0; i < 200; i++) {
		char text[24];
		int fd = i % 3 == 1 ? -1 : 0;

		(void)snprintf(text, sizeof text, "mail %d", i);
		fd = fd == 0 ? memory_of(text) : -1;
		assert_int_equal(channel_put(a, (uint16_t)i, bytes_of(text),
		    fd, &err), RC_OK);
		if (fd >= 0)
			(void)close(fd);
	}
	channel_release(a);
	for (int i = 0; i < 200; i++) {
		struct bytes map;

		while (channel_take(b, arena, &frame, &err) == RC_LATER) {
			assert_int_equal(channel_flush(a, &err), RC_OK);
			assert_int_equal(channel_fill(b, &err), RC_OK);
		}
		assert_int_equal(frame.kind, i);
		if (i % 3 == 1) {
			assert_int_equal(frame.fd, -1);
			continue;
		}
		assert_true(frame.fd >= 0);
		assert_int_equal(wire_map(frame.fd, &map, &err), RC_OK);
		assert_int_equal(map.n, frame.payload.n);
		assert_memory_equal(map.data, frame.payload.data, map.n);
		wire_unmap(&map);
		(void)close(frame.fd);
	}
	channel_close(&a);
	assert_int_equal(channel_fill(b, &err), RC_NONE);
	channel_close(&b);
	arena_close(&arena);
}

static void
nothing_leaves_before_it_is_released(void **state)
{
	struct arena *arena = arena_open();
	struct channel *a, *b;
	struct frame frame;
	struct err err;
	int ends[2], fd = memory_of("x");

	(void)state;
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	a = channel_open(ends[0]);
	b = channel_open(ends[1]);
	assert_int_equal(channel_put(a, 1, bytes_of("kept"), -1, &err), RC_OK);
	channel_release(a);
	assert_int_equal(channel_put(a, 2, bytes_of("lost"), fd, &err), RC_OK);
	assert_int_equal(channel_flush(a, &err), RC_OK);
	channel_drop(a);
	assert_int_equal(channel_put(a, 3, bytes_of("new"), -1, &err), RC_OK);
	channel_release(a);
	assert_int_equal(channel_flush(a, &err), RC_OK);
	assert_int_equal(channel_fill(b, &err), RC_OK);
	assert_int_equal(channel_take(b, arena, &frame, &err), RC_OK);
	assert_int_equal(frame.kind, 1);
	assert_int_equal(channel_take(b, arena, &frame, &err), RC_OK);
	assert_int_equal(frame.kind, 3);
	assert_int_equal(frame.fd, -1);
	assert_int_equal(channel_take(b, arena, &frame, &err), RC_LATER);
	(void)close(fd);
	channel_close(&a);
	channel_close(&b);
	arena_close(&arena);
}

static void
large_frames_wait_for_the_peer_and_not_we(void **state)
{
	struct arena *arena = arena_open();
	unsigned char *data = calloc(1, 3000000);
	struct channel *a, *b;
	struct frame frame;
	struct err err;
	int ends[2];

	(void)state;
	assert_non_null(data);
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	a = channel_open(ends[0]);
	b = channel_open(ends[1]);
	for (int i = 0; i < 3; i++) {
		data[2999999] = (unsigned char)i;
		assert_int_equal(channel_put(a, 7,
		    (struct bytes){ data, 3000000 }, -1, &err), RC_OK);
	}
	channel_release(a);
	assert_int_equal(channel_flush(a, &err), RC_OK);
	assert_true(channel_waiting(a) > 0);
	for (int i = 0; i < 3; i++) {
		while (channel_take(b, arena, &frame, &err) == RC_LATER) {
			assert_int_equal(channel_flush(a, &err), RC_OK);
			assert_int_equal(channel_fill(b, &err), RC_OK);
		}
		assert_int_equal(frame.payload.n, 3000000);
		assert_int_equal(frame.payload.data[2999999], i);
	}
	free(data);
	channel_close(&a);
	channel_close(&b);
	arena_close(&arena);
}

static void
what_is_no_frame_stops(void **state)
{
	struct arena *arena = arena_open();
	struct channel *b;
	struct frame frame;
	struct err err;
	int ends[2];

	(void)state;
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	b = channel_open(ends[1]);
	assert_int_equal(write(ends[0], "\377\377\377\377\1\0\0\0", 8), 8);
	assert_int_equal(channel_fill(b, &err), RC_OK);
	assert_int_equal(channel_take(b, arena, &frame, &err), RC_STOP);
	(void)close(ends[0]);
	channel_close(&b);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_and_descriptors_arrive_in_order),
		cmocka_unit_test(nothing_leaves_before_it_is_released),
		cmocka_unit_test(large_frames_wait_for_the_peer_and_not_we),
		cmocka_unit_test(what_is_no_frame_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
