/* SPDX-License-Identifier: MIT */
/* Mails: stored once, known again, given back byte for byte. */
#define _GNU_SOURCE
#include "test.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "base/wire.h"
#include "place.h"
#include "store/inbox.h"

#define LARGE (25 * 1024 * 1024)
#ifdef __SANITIZE_ADDRESS__
#define GROWS_KIB (400 * 1024)	/* the sanitizer keeps what was freed */
#else
#define GROWS_KIB (40 * 1024)	/* the page cache, once, 24 MiB of it */
#endif

struct fixture {
	struct place place;
	struct store *store;
	struct arena *arena;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	f->place = place_open();
	f->store = place_store(&f->place);
	f->arena = arena_open();
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	store_close(&f->store);
	arena_close(&f->arena);
	place_close(&f->place);
	free(f);
	return 0;
}

static int64_t
put(struct fixture *f, uint32_t validity, uint32_t uid, enum rc want)
{
	struct err err;
	int64_t id = 0;

	assert_int_equal(inbox_add(f->store, &(struct inbox_new){
	    .uidvalidity = validity, .uid = uid, .came_at = 7,
	    .raw = { (const unsigned char *)"From: a\r\n\r\nx\0y", 14 },
	    .fd = -1 }, &id, &err), want);
	return id;
}

static void
a_mail_fetched_twice_is_kept_once(void **state)
{
	struct fixture *f = *state;
	int64_t id = put(f, 1, 5, RC_OK);
	struct bytes raw;
	struct err err;
	int fd;

	assert_int_equal(put(f, 1, 5, RC_NONE), id);
	assert_int_not_equal(put(f, 2, 5, RC_OK), id);
	assert_int_equal(inbox_raw(f->store, f->arena, id, &raw, &fd, &err),
	    RC_OK);
	assert_int_equal(fd, -1);
	assert_int_equal(raw.n, 14);
	assert_memory_equal(raw.data, "From: a\r\n\r\nx\0y", 14);
	assert_int_equal(inbox_raw(f->store, f->arena, 99, &raw, &fd, &err),
	    RC_NONE);
}

static void
a_mail_goes_its_way_and_waits_until_it_is_done(void **state)
{
	struct fixture *f = *state;
	int64_t one = put(f, 1, 5, RC_OK), two = put(f, 1, 6, RC_OK);
	struct inbox_row row, *rows;
	uint32_t uid = 5;
	struct err err;
	size_t n;

	assert_int_equal(inbox_attempt(f->store, one, &err), RC_OK);
	assert_int_equal(inbox_attempt(f->store, one, &err), RC_OK);
	assert_int_equal(inbox_done(f->store, one, OUTCOME_HUMAN,
	    "human-question", "asks something", 1, &err), RC_OK);
	assert_int_equal(inbox_waiting(f->store, f->arena, 10, &rows, &n,
	    &err), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].mail_id, two);
	assert_int_equal(inbox_find(f->store, f->arena, 1, 5, &row, &err),
	    RC_OK);
	assert_int_equal(row.attempts, 2);
	assert_int_equal(row.state, INBOX_DONE);
	assert_int_equal(row.outcome, OUTCOME_HUMAN);
	assert_int_equal(row.folder, 1);
	assert_string_equal(row.reason, "human-question");
	assert_int_equal(inbox_filed(f->store, 1, &uid, 1, &err), RC_OK);
	assert_int_equal(inbox_load(f->store, f->arena, one, &row, &err),
	    RC_OK);
	assert_int_equal(row.state, INBOX_FILED);
	uid = 6;
	assert_int_equal(inbox_filed(f->store, 1, &uid, 1, &err), RC_OK);
	assert_int_equal(inbox_load(f->store, f->arena, two, &row, &err),
	    RC_OK);
	assert_int_equal(row.state, INBOX_STORED);
	assert_int_equal(inbox_find(f->store, f->arena, 3, 5, &row, &err),
	    RC_NONE);
}

static void
a_listing_is_sorted_into_unknown_and_done(void **state)
{
	struct fixture *f = *state;
	uint32_t uids[] = { 1, 2, 3, 4, 900, 901, 100000, 4294967295u };
	uint32_t *fetch;
	struct inbox_row *move;
	size_t n_fetch, n_move;
	struct err err;

	(void)put(f, 1, 2, RC_OK);
	(void)put(f, 2, 3, RC_OK);
	assert_int_equal(inbox_done(f->store, put(f, 1, 4, RC_OK),
	    OUTCOME_ACT, NULL, NULL, 0, &err), RC_OK);
	assert_int_equal(inbox_done(f->store, put(f, 1, 901, RC_OK),
	    OUTCOME_HUMAN, NULL, NULL, 2, &err), RC_OK);
	(void)put(f, 1, 4294967295u, RC_OK);
	assert_int_equal(inbox_sort(f->store, f->arena, 1, uids, 8, &fetch,
	    &n_fetch, &move, &n_move, &err), RC_OK);
	assert_int_equal(n_fetch, 4);
	assert_int_equal(fetch[0], 1);
	assert_int_equal(fetch[1], 3);
	assert_int_equal(fetch[2], 900);
	assert_int_equal(fetch[3], 100000);
	assert_int_equal(n_move, 2);
	assert_int_equal(move[0].uid, 4);
	assert_int_equal(move[1].uid, 901);
	assert_int_equal(move[1].folder, 2);
	assert_int_equal(move[1].uidvalidity, 1);
	assert_int_equal(inbox_sort(f->store, f->arena, 1, uids, 0, &fetch,
	    &n_fetch, &move, &n_move, &err), RC_OK);
	assert_int_equal(n_fetch + n_move, 0);
}

struct twin {
	const char *id;
	unsigned char content;
	enum mail_auth auth;
	int want_as;		/* which earlier one, from 1; 0 none */
	bool want_id;
};

static void
a_mail_is_known_again_by_id_and_content_together(void **state)
{
	static const struct twin twins[] = {
		{ "<a@b.example>", 1, MAIL_AUTH_PASS, 0, false },
		{ "<a@b.example>", 1, MAIL_AUTH_PASS, 1, false },
		{ "<a@b.example>", 2, MAIL_AUTH_PASS, 0, true },
		{ NULL, 1, MAIL_AUTH_PASS, 0, false },
		{ NULL, 1, MAIL_AUTH_NONE, 4, false },
		{ NULL, 3, MAIL_AUTH_NONE, 0, false },
		/* a forgery that came first is not what the genuine one is */
		{ NULL, 3, MAIL_AUTH_PASS, 0, false },
		{ "<c@b.example>", 1, MAIL_AUTH_NONE, 0, false },
	};
	struct fixture *f = *state;

	for (uint32_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
		struct mail mail = { .message_id = twins[i].id,
		    .auth = twins[i].auth, .date_at = -1 };
		int64_t id = put(f, 1, i + 1, RC_OK), same_as = 0;
		bool same_id = false;
		struct err err;

		memset(mail.content_sha256, twins[i].content, 32);
		assert_int_equal(inbox_parsed(f->store, id, &mail, &same_as,
		    &same_id, &err), RC_OK);
		assert_int_equal(same_as, twins[i].want_as);
		assert_int_equal(same_id, twins[i].want_id);
	}
}

static long
peak_kib(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void
a_large_mail_passes_in_pieces(void **state)
{
	struct fixture *f = *state;
	int fd = memfd_create("mail", MFD_CLOEXEC), out;
	unsigned char piece[4096];
	struct bytes raw;
	struct err err;
	long before;
	int64_t id;

	for (size_t i = 0; i < sizeof piece; i++)
		piece[i] = (unsigned char)(i * 7);
	for (int i = 0; i < LARGE / (int)sizeof piece; i++) {
		piece[0] = (unsigned char)i;
		assert_int_equal(write(fd, piece, sizeof piece),
		    sizeof piece);
	}
	before = peak_kib();
	assert_int_equal(inbox_add(f->store, &(struct inbox_new){
	    .uidvalidity = 1, .uid = 1, .fd = fd, .size_bytes = LARGE }, &id,
	    &err), RC_OK);
	assert_int_equal(inbox_raw(f->store, f->arena, id, &raw, &out, &err),
	    RC_OK);
	assert_true(peak_kib() - before < GROWS_KIB);
	assert_int_not_equal(out, -1);
	assert_int_equal(wire_map(out, &raw, &err), RC_OK);
	assert_int_equal(raw.n, LARGE);
	for (int i = 0; i < LARGE / (int)sizeof piece; i++) {
		piece[0] = (unsigned char)i;
		assert_memory_equal(raw.data + (size_t)i * sizeof piece,
		    piece, sizeof piece);
	}
	wire_unmap(&raw);
	(void)close(out);
	(void)close(fd);
}

static void
a_file_that_ends_early_stores_nothing(void **state)
{
	struct fixture *f = *state;
	int fd = memfd_create("mail", MFD_CLOEXEC);
	struct inbox_row *rows;
	struct err err;
	int64_t id;
	size_t n;

	assert_int_equal(write(fd, "short", 5), 5);
	assert_int_equal(inbox_add(f->store, &(struct inbox_new){
	    .uidvalidity = 1, .uid = 1, .fd = fd, .size_bytes = 500000 },
	    &id, &err), RC_STOP);
	assert_int_equal(inbox_list(f->store, f->arena, 0, 10, &rows, &n,
	    &err), RC_OK);
	assert_int_equal(n, 0);
	(void)close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_mail_fetched_twice_is_kept_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_mail_goes_its_way_and_waits_until_it_is_done, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_listing_is_sorted_into_unknown_and_done, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_mail_is_known_again_by_id_and_content_together, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(a_large_mail_passes_in_pieces,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_file_that_ends_early_stores_nothing, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
