/* SPDX-License-Identifier: MIT */
/* The database file: one writer, known tables, whole transactions. */
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "place.h"
#include "store/inbox.h"
#include "store/world.h"

static void
raw_sql(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t
mail_count(struct store *store, int64_t *last)
{
	struct arena *arena = arena_open();
	struct inbox_row *rows;
	struct err err;
	size_t n;

	assert_int_equal(inbox_list(store, arena, 0, 1000000, &rows, &n, &err),
	    RC_OK);
	if (last != NULL)
		*last = n > 0 ? rows[0].uid : 0;
	arena_close(&arena);
	return (int64_t)n;
}

static enum rc
mail_put(struct store *store, uint32_t uid, struct bytes raw, struct err *err)
{
	int64_t id;

	return inbox_add(store, &(struct inbox_new){ .uidvalidity = 1,
	    .uid = uid, .came_at = 1000, .raw = raw, .fd = -1 }, &id, err);
}

static void
a_new_database_is_private_and_opens_again(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct err err;
	struct stat st;

	(void)state;
	assert_int_equal(stat(place.db, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(store_verify(store, &err), RC_OK);
	store_close(&store);
	assert_null(store);
	store = place_store(&place);
	store_close(&store);
	store_close(&store);
	place_close(&place);
}

static void
a_second_writer_is_refused_within_a_second(void **state)
{
	struct place place = place_open();
	struct store *first = place_store(&place), *second = NULL;
	int64_t before_ms = clock_ms();
	struct err err;

	(void)state;
	assert_int_equal(store_open(place.db, STORE_WRITE, &second, &err),
	    RC_LATER);
	assert_true(clock_ms() - before_ms < 1000);
	assert_null(second);
	assert_non_null(strstr(err.text, "another raadspost"));
	assert_int_equal(store_open(place.db, STORE_READ, &second, &err),
	    RC_OK);
	assert_int_not_equal(mail_put(second, 1, (struct bytes){
	    (const unsigned char *)"x", 1 }, &err), RC_OK);
	store_close(&second);
	store_close(&first);
	first = place_store(&place);
	store_close(&first);
	place_close(&place);
}

static void
a_newer_schema_is_refused_and_says_what_to_do(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct err err;

	(void)state;
	store_close(&store);
	raw_sql(place.db, "PRAGMA user_version = 999");
	assert_int_equal(store_open(place.db, STORE_WRITE, &store, &err),
	    RC_STOP);
	assert_non_null(strstr(err.text, "newer raadspost"));
	assert_non_null(strstr(err.text, "install"));
	place_close(&place);
}

static void
another_programs_file_is_not_taken(void **state)
{
	struct place place = place_open();
	struct store *store = NULL;
	struct err err;
	FILE *f;

	(void)state;
	raw_sql(place.db, "CREATE TABLE t (a)");
	assert_int_equal(store_open(place.db, STORE_WRITE, &store, &err),
	    RC_STOP);
	assert_non_null(strstr(err.text, "no database of raadspost"));
	f = fopen(place.db, "w");
	for (int i = 0; i < 1000; i++)
		assert_true(fputs("this is no database\n", f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(store_open(place.db, STORE_WRITE, &store, &err),
	    RC_STOP);
	place_close(&place);
}

/* What a child that is not root sees; 0 is right. */
static int
as_nobody(const char *path, const char *want)
{
	struct store *store = NULL;
	struct err err = { "" };
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (seteuid(65534) != 0)
			_exit(2);
		if (store_open(path, STORE_WRITE, &store, &err) != RC_STOP)
			_exit(3);
		_exit(strstr(err.text, want) != NULL ? 0 : 4);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

static void
a_file_of_another_owner_or_read_only_is_refused(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	char lock[120];

	(void)state;
	store_close(&store);
	if (geteuid() != 0) {
		place_close(&place);
		return;
	}
	(void)snprintf(lock, sizeof lock, "%s.lock", place.db);
	assert_int_equal(chmod(place.folder, 0777), 0);
	assert_int_equal(chown(lock, 65534, 65534), 0);
	assert_int_equal(chmod(place.db, 0666), 0);
	assert_int_equal(as_nobody(place.db, "belongs to user 0"), 0);
	assert_int_equal(chown(place.db, 65534, 65534), 0);
	assert_int_equal(chmod(place.db, 0400), 0);
	assert_int_equal(as_nobody(place.db, "must be writable"), 0);
	place_close(&place);
}

static void
what_is_rolled_back_was_never_there(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct bytes raw = { (const unsigned char *)"mail", 4 };
	struct err err;

	(void)state;
	assert_int_equal(store_begin(store, &err), RC_OK);
	assert_int_equal(mail_put(store, 1, raw, &err), RC_OK);
	assert_int_equal(store_mark(store, &err), RC_OK);
	assert_int_equal(mail_put(store, 2, raw, &err), RC_OK);
	assert_int_equal(store_drop(store, &err), RC_OK);
	assert_int_equal(store_mark(store, &err), RC_OK);
	assert_int_equal(mail_put(store, 3, raw, &err), RC_OK);
	assert_int_equal(store_keep(store, &err), RC_OK);
	assert_int_equal(store_commit(store, &err), RC_OK);
	assert_int_equal(mail_count(store, NULL), 2);
	assert_int_equal(store_begin(store, &err), RC_OK);
	assert_int_equal(mail_put(store, 4, raw, &err), RC_OK);
	store_rollback(store);
	assert_false(store_is_open(store));
	assert_int_equal(mail_count(store, NULL), 2);
	store_close(&store);
	place_close(&place);
}

static void
a_copy_is_whole_private_and_never_over_a_file(void **state)
{
	struct place place = place_open(), other = place_open();
	struct store *store = place_store(&place);
	struct err err;
	struct stat st;

	(void)state;
	assert_int_equal(mail_put(store, 1, (struct bytes){
	    (const unsigned char *)"mail", 4 }, &err), RC_OK);
	assert_int_equal(store_backup(store, other.db, &err), RC_OK);
	assert_int_equal(stat(other.db, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(store_backup(store, other.db, &err), RC_STOP);
	store_close(&store);
	store = place_store(&other);
	assert_int_equal(mail_count(store, NULL), 1);
	store_close(&store);
	place_close(&place);
	place_close(&other);
}

/* The child writes the uid of each mail to a pipe once its commit returned;
 * what the pipe holds must be in the database after a kill -9. */
static void
write_until_killed(const char *path, int pipe)
{
	static unsigned char raw[6000];
	struct store *store = NULL;
	struct err err;
	int64_t last;
	uint32_t uid;

	if (store_open(path, STORE_WRITE, &store, &err) != RC_OK)
		_exit(1);
	(void)mail_count(store, &last);
	for (uid = (uint32_t)last + 1;; uid++) {
		if (store_begin(store, &err) != RC_OK ||
		    mail_put(store, uid, (struct bytes){ raw, sizeof raw },
		    &err) != RC_OK || store_commit(store, &err) != RC_OK)
			_exit(2);
		if (write(pipe, &uid, sizeof uid) != sizeof uid)
			_exit(3);
	}
}

static void
nothing_acknowledged_is_lost_to_a_kill(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct timespec wait = { 0, 0 };
	struct err err;
	int64_t there, last, acknowledged = 0;

	(void)state;
	store_close(&store);
	srand(7);
	for (int round = 0; round < 40; round++) {
		uint32_t uid;
		int ends[2], status;
		pid_t pid;

		assert_int_equal(pipe(ends), 0);
		if ((pid = fork()) == 0)
			write_until_killed(place.db, ends[1]);
		(void)close(ends[1]);
		assert_int_equal(read(ends[0], &uid, sizeof uid), sizeof uid);
		acknowledged = uid;
		wait.tv_nsec = rand() % 15000000;
		(void)nanosleep(&wait, NULL);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		while (read(ends[0], &uid, sizeof uid) == sizeof uid)
			acknowledged = uid;
		(void)close(ends[0]);
		store = place_store(&place);
		there = mail_count(store, &last);
		assert_int_equal(there, last);
		assert_true(last >= acknowledged);
		store_close(&store);
	}
	assert_true(acknowledged >= 40);
	store = place_store(&place);
	assert_int_equal(store_verify(store, &err), RC_OK);
	store_close(&store);
	place_close(&place);
}

/* RLIMIT_FSIZE stands for the full disk: the same write fails, with EFBIG. */
static int
fill(const char *path)
{
	static unsigned char raw[20000];
	struct rlimit limit = { 1500000, 1500000 };
	struct store *store = NULL;
	struct err err = { "" };
	enum rc rc = RC_OK;
	uint32_t uid = 1;

	(void)signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
	    store_open(path, STORE_WRITE, &store, &err) != RC_OK)
		return 1;
	for (; rc == RC_OK && uid < 100000; uid += 2) {
		rc = store_begin(store, &err);
		for (uint32_t i = 0; i < 2 && rc == RC_OK; i++)
			rc = mail_put(store, uid + i, (struct bytes){ raw,
			    sizeof raw }, &err);
		if (rc == RC_OK)
			rc = store_commit(store, &err);
		else
			store_rollback(store);
	}
	if (rc != RC_LATER || strstr(err.text, "space") == NULL ||
	    store_is_open(store) || uid < 10)
		return 2;
	/* Only whole pairs are there, and the next try fails the same way. */
	if (mail_count(store, NULL) % 2 != 0 || mail_count(store, NULL) == 0)
		return 3;
	store_close(&store);
	return 0;
}

static void
a_full_disk_is_later_and_leaves_no_half_rows(void **state)
{
	struct place place = place_open();
	struct store *store;
	struct err err;
	int status;
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(fill(place.db));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	store = place_store(&place);
	assert_int_equal(mail_count(store, NULL) % 2, 0);
	assert_int_equal(store_verify(store, &err), RC_OK);
	assert_int_equal(mail_put(store, 1000000, (struct bytes){
	    (const unsigned char *)"space again", 11 }, &err), RC_OK);
	store_close(&store);
	place_close(&place);
}

static void
damage_is_seen_by_verify(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct err err;
	unsigned char junk[4096];
	int fd;

	(void)state;
	for (uint32_t i = 1; i < 200; i++)
		assert_int_equal(mail_put(store, i, (struct bytes){
		    (const unsigned char *)"mail", 4 }, &err), RC_OK);
	store_close(&store);
	memset(junk, 0x5a, sizeof junk);
	fd = open(place.db, O_WRONLY);
	for (off_t page = 20; page < 40; page++)
		assert_int_equal(pwrite(fd, junk, sizeof junk, page * 4096),
		    sizeof junk);
	(void)close(fd);
	if (store_open(place.db, STORE_WRITE, &store, &err) == RC_OK)
		assert_int_equal(store_verify(store, &err), RC_STOP);
	store_close(&store);
	place_close(&place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_database_is_private_and_opens_again),
		cmocka_unit_test(a_second_writer_is_refused_within_a_second),
		cmocka_unit_test(a_newer_schema_is_refused_and_says_what_to_do),
		cmocka_unit_test(another_programs_file_is_not_taken),
		cmocka_unit_test(
		    a_file_of_another_owner_or_read_only_is_refused),
		cmocka_unit_test(what_is_rolled_back_was_never_there),
		cmocka_unit_test(a_copy_is_whole_private_and_never_over_a_file),
		cmocka_unit_test(nothing_acknowledged_is_lost_to_a_kill),
		cmocka_unit_test(a_full_disk_is_later_and_leaves_no_half_rows),
		cmocka_unit_test(damage_is_seen_by_verify),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
