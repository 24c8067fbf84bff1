/* SPDX-License-Identifier: MIT */
/* What the parser can no longer do once it is in its jail. */
#define _GNU_SOURCE /* memfd_create */
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/wire.h"
#include "intake/parser_jail.h"
#include "mail/mime_read.h"

/* The signal that ended a child which did `deed` in jail; its exit status
 * negative where none did. */
static int
in_jail(void (*deed)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct err err;

		if (parser_jail(&err) != RC_OK)
			_exit(99);
		deed();
		_exit(0);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void
open_a_file(void)
{
	(void)open("/etc/passwd", O_RDONLY);
}

static void
make_a_socket(void)
{
	(void)socket(AF_INET, SOCK_STREAM, 0);
}

static void
start_a_program(void)
{
	(void)execl("/bin/true", "true", (char *)NULL);
}

static void
fork_a_child(void)
{
	(void)fork();
}

static void
map_code(void)
{
	(void)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
kill_another(void)
{
	(void)kill(getppid(), SIGCONT);
}

static void
write_a_large_file(void)
{
	static unsigned char piece[1 << 20];
	struct err err;
	int fd;

	(void)signal(SIGXFSZ, SIG_DFL);
	if (wire_memory_open(&fd, &err) != RC_OK)
		_exit(98);
	for (int i = 0; i < 80; i++)
		if (wire_memory_write(fd, (struct bytes){ piece,
		    sizeof piece }, &err) != RC_OK)
			_exit(97);
}

static void
read_a_mail(void)
{
	static const unsigned char raw[] = "From: a@m\xc3\xb8""de.example\n"
	    "Content-Type: text/plain; charset=gb18030\n\n\xc4\xe3";
	static const struct auth_trust trust = { .authserv_id = "x" };
	struct arena *arena = arena_open();
	const struct mail *mail;
	struct err err;
	int fd;

	if (mime_read(arena, &trust, (struct bytes){ raw, sizeof raw - 1 },
	    -1, &mail, &err) != RC_OK || mail->is_broken
	    || strcmp(mail->from.list[0].email, "a@xn--mde-0na.example") != 0)
		_exit(96);
	if (wire_memory_open(&fd, &err) != RC_OK
	    || wire_memory_write(fd, (struct bytes){ raw, 10 }, &err) != RC_OK
	    || wire_memory_seal(fd, &err) != RC_OK)
		_exit(95);
	arena_close(&arena);
}

static void
all_but_its_own_memory_is_gone(void **state)
{
	(void)state;
#ifndef __SANITIZE_ADDRESS__
	assert_int_equal(in_jail(open_a_file), SIGSYS);
	assert_int_equal(in_jail(make_a_socket), SIGSYS);
	assert_int_equal(in_jail(start_a_program), SIGSYS);
	assert_int_equal(in_jail(fork_a_child), SIGSYS);
	assert_int_equal(in_jail(map_code), SIGSYS);
	assert_int_equal(in_jail(kill_another), SIGSYS);
#else
	(void)open_a_file;
	(void)make_a_socket;
	(void)start_a_program;
	(void)fork_a_child;
	(void)map_code;
	(void)kill_another;
#endif
	assert_int_equal(in_jail(write_a_large_file), SIGXFSZ);
}

static void
mails_are_read_all_the_same(void **state)
{
	(void)state;
	mime_open();
	assert_int_equal(in_jail(read_a_mail), 0);
}

static void
a_program_that_breaks_may_say_so(void **state)
{
	(void)state;
	assert_int_equal(in_jail(abort), SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_are_read_all_the_same),
		cmocka_unit_test(all_but_its_own_memory_is_gone),
		cmocka_unit_test(a_program_that_breaks_may_say_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
