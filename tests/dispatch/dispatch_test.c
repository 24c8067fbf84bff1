/* SPDX-License-Identifier: MIT */
/* A letter's way through the engine, with a real store and a sender that the
 * test plays. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "dispatch/dispatch.h"
#include "dispatch/sender.h"
#include "store/letter.h"
#include "store/store.h"

#define RAW "From: raad@by.example\r\nTo: a@b.example\r\n\r\nHej\r\n"

static struct arena *arena;
static struct store *store;
static struct outbox outbox;
static struct dispatch *dispatch;
static struct channel *ours, *theirs;
static char folder[64];

static void
dispatch_new(void)
{
	dispatch = dispatch_open(&(struct dispatch_rules){
		.store = store, .outbox = &outbox, .connections = 1,
		.retry_s = 60, .retry_most_s = 3600, .give_up_s = 432000,
		.uncertain_wait_s = 600, .answers_per_hour = 20,
		.stranger_answers_per_day = 1 });
}

static int
setup(void **state)
{
	struct err err = { "" };
	int ends[2];

	(void)state;
	arena = arena_open();
	clock_set(1561532400);
	(void)snprintf(folder, sizeof folder, "/tmp/raadspost-test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(store_open(arena_printf(arena, "%s/a.db", folder),
	    STORE_WRITE, &store, &err), RC_OK);
	outbox = (struct outbox){ .store = store, .municipality = "By",
		.mailbox = "raad@by.example", .domain = "by.example",
		.secretary = "sekretaer@by.example" };
	dispatch_new();
	assert_int_equal(wire_pair(ends, &err), RC_OK);
	ours = channel_open(ends[0]);
	theirs = channel_open(ends[1]);
	dispatch_sender_up(dispatch, ours);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	dispatch_close(&dispatch);
	channel_close(&ours);
	channel_close(&theirs);
	store_close(&store);
	for (int i = 0; i < 4; i++) {
		static const char *const ends[] = { "", "-wal", "-shm",
			".lock" };

		(void)unlink(arena_printf(arena, "%s/a.db%s", folder,
		    ends[i]));
	}
	(void)rmdir(folder);
	arena_close(&arena);
	return 0;
}

static int64_t
letter(const char *key, enum letter_kind kind)
{
	struct err err = { "" };
	int64_t id = 0;

	assert_int_equal(letter_add(store, &(struct letter_new){ .key = key,
	    .kind = kind, .class = LETTER_ANSWER, .from = "raad@by.example",
	    .to = "a@b.example",
	    .message_id = arena_printf(arena, "<%s@by.example>", key),
	    .subject = "Kvittering",
	    .raw = { (const unsigned char *)RAW, strlen(RAW) },
	    .made_at = clock_now(), .due_at = clock_now() }, &id, &err), RC_OK);
	dispatch_look(dispatch);
	return id;
}

static enum letter_state
state_of(int64_t id)
{
	struct letter_row row;
	struct err err;

	assert_int_equal(letter_load(store, arena, id, &row, &err), RC_OK);
	return row.state;
}

/* One turn; with a commit, or as a full disk ends it. */
static void
turn(bool commits)
{
	struct err err = { "" };
	enum rc rc;

	assert_int_equal(store_begin(store, &err), RC_OK);
	rc = dispatch_turn(dispatch, false, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(rc, RC_OK);
	if (commits) {
		assert_int_equal(store_commit(store, &err), RC_OK);
		dispatch_committed(dispatch);
		channel_release(ours);
	} else {
		store_rollback(store);
		channel_drop(ours);
		dispatch_rolled_back(dispatch);
	}
	assert_int_equal(channel_flush(ours, &err), RC_OK);
}

/* What the sender hears next; 0 nothing. */
static uint16_t
heard(int64_t *id)
{
	struct frame frame;
	struct wire_in w;
	struct err err;

	assert_int_equal(channel_fill(theirs, &err), RC_OK);
	if (channel_take(theirs, arena, &frame, &err) != RC_OK)
		return 0;
	w = wire_in(arena, frame.payload);
	*id = wire_get_i64(&w);
	return frame.kind;
}

static enum rc
say(uint16_t kind, int64_t id, enum sender_verdict verdict, uint32_t code)
{
	struct wire_out out = wire_out(arena);
	struct err err;

	wire_put_i64(&out, id);
	if (kind == SENDER_RESULT) {
		wire_put_u8(&out, (uint8_t)verdict);
		wire_put_u32(&out, code);
		wire_put_text(&out, "words");
	}
	return dispatch_frame(dispatch, arena, &(struct frame){ .kind = kind,
	    .payload = wire_bytes(&out), .fd = -1 }, &err);
}

static void
to_dot(int64_t id)
{
	int64_t got = 0;

	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	assert_int_equal(got, id);
	assert_int_equal(say(SENDER_DOT, id, 0, 0), RC_OK);
	turn(true);
	assert_int_equal(heard(&got), SENDER_DOT_OK);
	assert_int_equal(state_of(id), LETTER_DOT);
}

static void
a_letter_is_sent_and_each_step_is_committed_first(void **state)
{
	int64_t id = letter("a", LETTER_RECEIPT), got = 0;

	(void)state;
	turn(false);
	assert_int_equal(heard(&got), 0);
	assert_int_equal(state_of(id), LETTER_QUEUED);
	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	assert_int_equal(state_of(id), LETTER_SENDING);
	assert_int_equal(say(SENDER_DOT, id, 0, 0), RC_OK);
	turn(false);
	assert_int_equal(heard(&got), 0);
	turn(true);
	assert_int_equal(heard(&got), SENDER_DOT_OK);
	assert_int_equal(state_of(id), LETTER_DOT);
	assert_int_equal(say(SENDER_RESULT, id, SENDER_DELIVERED, 250), RC_OK);
	turn(false);
	assert_int_equal(state_of(id), LETTER_DOT);
	turn(true);
	assert_int_equal(state_of(id), LETTER_SENT);
	assert_true(dispatch_is_done(dispatch));
}

static void
a_temporary_failure_waits_longer_each_time(void **state)
{
	static const int64_t pauses[] = { 60, 120, 240, 480, 960, 1920, 3600,
		3600 };
	int64_t id = letter("a", LETTER_RECEIPT), got;

	(void)state;
	for (size_t i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
		turn(true);
		assert_int_equal(heard(&got), SENDER_LETTER);
		assert_int_equal(say(SENDER_RESULT, id, SENDER_RETRY, 451),
		    RC_OK);
		turn(true);
		assert_int_equal(state_of(id), LETTER_DEFERRED);
		clock_set(clock_now() + pauses[i] - 2);
		turn(true);
		assert_int_equal(heard(&got), 0);
		clock_set(clock_now() + 2);
	}
	clock_set(clock_now() + 5 * 86400);
	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	assert_int_equal(say(SENDER_RESULT, id, SENDER_RETRY, 451), RC_OK);
	turn(true);
	assert_int_equal(state_of(id), LETTER_FAILED);
}

static void
a_sender_that_dies_leaves_uncertain_only_what_was_allowed(void **state)
{
	int64_t a = letter("a", LETTER_RECEIPT), b, got;

	(void)state;
	to_dot(a);
	b = letter("b", LETTER_RECEIPT);
	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	dispatch_sender_down(dispatch);
	turn(true);
	assert_int_equal(state_of(a), LETTER_UNCERTAIN);
	assert_int_equal(state_of(b), LETTER_QUEUED);
}

static void
an_uncertain_receipt_is_let_go_an_agenda_sent_once_more(void **state)
{
	int64_t a = letter("a", LETTER_RECEIPT), b;

	(void)state;
	to_dot(a);
	assert_int_equal(say(SENDER_RESULT, a, SENDER_UNCERTAIN, 0), RC_OK);
	turn(true);
	assert_int_equal(state_of(a), LETTER_UNCERTAIN);
	clock_set(clock_now() + 590);
	turn(true);
	assert_int_equal(state_of(a), LETTER_UNCERTAIN);
	clock_set(clock_now() + 11);
	turn(true);
	assert_int_equal(state_of(a), LETTER_FAILED);

	b = letter("b", LETTER_AGENDA);
	to_dot(b);
	assert_int_equal(say(SENDER_RESULT, b, SENDER_UNCERTAIN, 0), RC_OK);
	turn(true);
	clock_set(clock_now() + 601);
	turn(true);
	assert_int_equal(state_of(b), LETTER_SENDING);
}

static void
a_sender_that_lies_is_found_out(void **state)
{
	int64_t id = letter("a", LETTER_RECEIPT), got;

	(void)state;
	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	/* sent, without ever asking for the dot; a letter that it never had */
	assert_int_equal(say(SENDER_RESULT, id, SENDER_DELIVERED, 250),
	    RC_PARK);
	assert_int_equal(say(SENDER_DOT, id + 1, 0, 0), RC_PARK);
	assert_int_equal(say(SENDER_RESULT, id, (enum sender_verdict)9, 250),
	    RC_PARK);
	assert_int_equal(say(SENDER_LETTER, id, 0, 0), RC_PARK);
	turn(true);
	assert_int_equal(state_of(id), LETTER_SENDING);
}

static void
after_a_crash_the_store_tells(void **state)
{
	int64_t a = letter("a", LETTER_RECEIPT), b, got;
	struct err err = { "" };

	(void)state;
	to_dot(a);
	b = letter("b", LETTER_RECEIPT);
	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	dispatch_close(&dispatch);
	dispatch_new();
	assert_int_equal(store_begin(store, &err), RC_OK);
	assert_int_equal(dispatch_recover(dispatch, &err), RC_OK);
	assert_int_equal(store_commit(store, &err), RC_OK);
	assert_int_equal(state_of(a), LETTER_UNCERTAIN);
	assert_int_equal(state_of(b), LETTER_QUEUED);
	dispatch_sender_up(dispatch, ours);
	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	assert_int_equal(got, b);
}

static void
state_said(bool up)
{
	struct wire_out out = wire_out(arena);
	struct err err;

	wire_put_u8(&out, up);
	wire_put_text(&out, up ? NULL : "nobody there");
	wire_put_i64(&out, 0);
	assert_int_equal(dispatch_frame(dispatch, arena, &(struct frame){
	    .kind = SENDER_STATE, .payload = wire_bytes(&out), .fd = -1 },
	    &err), RC_OK);
}

/* Deferred eight times, so that its pause is an hour. */
static int64_t
long_deferred(const char *key, uint32_t code)
{
	int64_t id = letter(key, LETTER_RECEIPT), got;

	for (int i = 0; i < 8; i++) {
		turn(true);
		assert_int_equal(heard(&got), SENDER_LETTER);
		assert_int_equal(say(SENDER_RESULT, id, SENDER_RETRY, code),
		    RC_OK);
		turn(true);
		if (i < 7)
			clock_set(clock_now() + 3600);
	}
	assert_int_equal(state_of(id), LETTER_DEFERRED);
	return id;
}

static void
a_server_that_is_back_gets_at_once_what_waited_for_it(void **state)
{
	int64_t a = long_deferred("a", 0), got = 0;

	(void)state;
	state_said(false);
	turn(true);
	clock_set(clock_now() + 61);
	turn(true);
	assert_int_equal(heard(&got), 0);
	state_said(true);
	turn(true);
	assert_int_equal(heard(&got), SENDER_LETTER);
	assert_int_equal(got, a);
	/* it drops the letter and comes back: not a second time this minute */
	assert_int_equal(say(SENDER_RESULT, a, SENDER_RETRY, 0), RC_OK);
	state_said(false);
	turn(true);
	state_said(true);
	turn(true);
	assert_int_equal(heard(&got), 0);
}

static void
what_the_server_deferred_itself_keeps_its_pause(void **state)
{
	int64_t got = 0;

	(void)state;
	(void)long_deferred("a", 451);
	state_said(false);
	turn(true);
	clock_set(clock_now() + 61);
	state_said(true);
	turn(true);
	assert_int_equal(heard(&got), 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_letter_is_sent_and_each_step_is_committed_first),
		TEST(a_temporary_failure_waits_longer_each_time),
		TEST(a_sender_that_dies_leaves_uncertain_only_what_was_allowed),
		TEST(an_uncertain_receipt_is_let_go_an_agenda_sent_once_more),
		TEST(a_sender_that_lies_is_found_out),
		TEST(after_a_crash_the_store_tells),
		TEST(a_server_that_is_back_gets_at_once_what_waited_for_it),
		TEST(what_the_server_deferred_itself_keeps_its_pause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
