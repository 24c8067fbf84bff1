/* SPDX-License-Identifier: MIT */
/* What is under way between the mailbox and us, by UID. */
#include "test.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "intake/move.h"

static struct move move;
static struct channel *ours, *theirs;
static struct arena *arena;

static int
setup(void **state)
{
	struct err err;
	int ends[2];

	(void)state;
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	ours = channel_open(ends[0]);
	theirs = channel_open(ends[1]);
	arena = arena_open();
	move_forget(&move, 7);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	move_close(&move);
	channel_close(&ours);
	channel_close(&theirs);
	arena_close(&arena);
	return 0;
}

/* The next frame that the reader gets: how many uids, the first in *first;
 * 0 where there is none. */
static size_t
heard(uint16_t kind, uint32_t *first)
{
	struct frame frame;
	struct wire_in w;
	struct err err;
	size_t n;

	channel_release(ours);
	assert_int_equal(channel_flush(ours, &err), RC_OK);
	assert_int_equal(channel_fill(theirs, &err), RC_OK);
	if (channel_take(theirs, arena, &frame, &err) != RC_OK)
		return 0;
	assert_int_equal(frame.kind, kind);
	w = wire_in(arena, frame.payload);
	assert_int_equal(wire_get_u32(&w), 7);
	if (kind == READER_MOVE)
		(void)wire_get_u8(&w);
	n = wire_get_count(&w, 4);
	*first = wire_get_u32(&w);
	assert_false(w.bad);
	return n;
}

static void
a_mail_is_asked_for_once(void **state)
{
	struct err err;
	uint32_t first = 0;

	(void)state;
	for (uint32_t uid = 1; uid <= 1000; uid++)
		move_want(&move, uid);
	move_want(&move, 5);
	assert_int_equal(move_fetch(&move, ours, 200, &err), RC_OK);
	assert_int_equal(heard(READER_FETCH, &first), 200);
	assert_int_equal(first, 1);
	/* a new listing names all of them again */
	for (uint32_t uid = 1; uid <= 1000; uid++)
		move_want(&move, uid);
	assert_int_equal(move_fetch(&move, ours, 5000, &err), RC_OK);
	assert_int_equal(heard(READER_FETCH, &first), 800);
	assert_int_equal(first, 201);
	assert_int_equal(move_fetch(&move, ours, 5000, &err), RC_OK);
	assert_int_equal(heard(READER_FETCH, &first), 0);
	assert_int_equal(move.n_asked, 1000);
}

static void
what_the_server_does_not_give_is_left_till_the_next_connection(void **state)
{
	struct err err;
	uint32_t first = 0;

	(void)state;
	move_want(&move, 3);
	assert_int_equal(move_fetch(&move, ours, 10, &err), RC_OK);
	assert_int_equal(heard(READER_FETCH, &first), 1);
	move_came(&move, 3, true);
	assert_int_equal(move.n_asked, 0);
	move_want(&move, 3);
	assert_int_equal(move_fetch(&move, ours, 10, &err), RC_OK);
	assert_int_equal(heard(READER_FETCH, &first), 0);
	move_forget(&move, 7);
	move_want(&move, 3);
	assert_int_equal(move_fetch(&move, ours, 10, &err), RC_OK);
	assert_int_equal(heard(READER_FETCH, &first), 1);
}

static void
moves_are_collected_by_folder(void **state)
{
	struct err err;
	uint32_t first = 0;

	(void)state;
	for (uint32_t uid = 1; uid <= 60; uid++)
		move_done(&move, uid, READER_DONE, 1);
	for (uint32_t uid = 61; uid <= 70; uid++)
		move_done(&move, uid, READER_SECRETARY, 1);
	move_done(&move, 5, READER_DONE, 1);	/* listed again meanwhile */
	assert_int_equal(move_flush(&move, ours, 50, &err), RC_OK);
	assert_int_equal(heard(READER_MOVE, &first), 60);
	assert_int_equal(heard(READER_MOVE, &first), 0);
	assert_int_equal(move_waiting(&move), 10);
	assert_int_equal(move_flush(&move, ours, 1, &err), RC_OK);
	assert_int_equal(heard(READER_MOVE, &first), 10);
	assert_int_equal(first, 61);
	assert_int_equal(move.n_moving, 70);
	for (uint32_t uid = 1; uid <= 70; uid++)
		move_moved(&move, uid);
	assert_int_equal(move.n_moving, 0);
	/* a uid that was let go may be wanted again */
	assert_int_equal(move_way(&move, 5), WAY_NONE);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_mail_is_asked_for_once),
		TEST(what_the_server_does_not_give_is_left_till_the_next_connection),
		TEST(moves_are_collected_by_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
