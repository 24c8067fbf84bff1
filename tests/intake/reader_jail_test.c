/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memfd_create, openat2 */
#include "test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "intake/reader_jail.h"

/* Each is tried in a child that has been locked in; 0 when it was let. */
static int
try_write(void)
{
	return open("/tmp/raadspost-jail", O_WRONLY | O_CREAT, 0600) < 0;
}

static int
try_append(void)
{
	return open("/dev/null", O_RDWR | O_APPEND) < 0;
}

static int
try_write_openat2(void)
{
	const uint64_t how[3] = { O_WRONLY, 0, 0 };

	return syscall(SYS_openat2, AT_FDCWD, "/dev/null", how, sizeof how)
	    < 0;
}

static int
try_unlink(void)
{
	return unlink("/tmp/raadspost-jail-none") != 0 && errno == EPERM;
}

static int
try_exec(void)
{
	char *argv[] = { NULL };

	(void)execve("/bin/true", argv, argv);
	return 1;
}

static int
try_listen(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	int s = socket(AF_INET, SOCK_STREAM, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return s < 0 || bind(s, (struct sockaddr *)&in, sizeof in) != 0
	    || listen(s, 1) != 0;
}

static int
try_io_uring(void)
{
	char params[256] = { 0 };

	return syscall(SYS_io_uring_setup, 1, params) < 0;
}

static int
try_read(void)
{
	char byte;
	int fd = open("/etc/hosts", O_RDONLY | O_CLOEXEC);

	return fd < 0 || read(fd, &byte, 1) != 1;
}

static int
try_memory_file(void)
{
	int fd = memfd_create("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	return fd < 0 || write(fd, "x", 1) != 1
	    || fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) != 0;
}

static int
try_resolve(void)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;

	return getaddrinfo("localhost", "993", &hints, &found) != 0;
}

static void *
nothing(void *self)
{
	return self;
}

static int
try_thread(void)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, nothing, NULL) != 0
	    || pthread_join(thread, NULL) != 0;
}

static const struct {
	const char *says;
	int (*try)(void);
	int refused;
} tries[] = {
	{ "a file to write", try_write, 1 },
	{ "a device to write", try_append, 1 },
	{ "a file to write, the new way", try_write_openat2, 1 },
	{ "removing a file", try_unlink, 1 },
	{ "another program", try_exec, 1 },
	{ "being called", try_listen, 1 },
	{ "a way around system calls", try_io_uring, 1 },
	{ "a file to read", try_read, 0 },
	{ "a memory file", try_memory_file, 0 },
	{ "a name to resolve", try_resolve, 0 },
	{ "a thread", try_thread, 0 },
};

static int
in_jail(int (*try)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(reader_jail(NULL) != RC_OK ? 77 : try() != 0 ? 1 : 0);
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

/* test.h gives cmocka's `fail` away. */
#define report_fault(...) \
	do { print_error(__VA_ARGS__); assert_true(0); } while (0)

static void
the_reader_keeps_what_it_needs_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		int got = in_jail(tries[i].try);

		if (got != tries[i].refused)
			report_fault("%s: %d", tries[i].says, got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_reader_keeps_what_it_needs_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
