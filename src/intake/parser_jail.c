/* SPDX-License-Identifier: MIT */
/* The parser's jail: rlimits, and a list of the few calls it may make. */
#define _GNU_SOURCE /* AT_EMPTY_PATH */
#include "intake/parser_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MEMORY_BYTES ((rlim_t)512 * 1024 * 1024) /* address space */
#define FILE_BYTES ((rlim_t)64 * 1024 * 1024) /* a memory file: one part of
					       * one mail, decoded */
#define DESCRIPTORS 16

static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(pread64),
	SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(poll),
	SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
	SCMP_SYS(madvise), SCMP_SYS(memfd_create), SCMP_SYS(ftruncate),
	SCMP_SYS(fcntl), SCMP_SYS(futex), SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigaction), SCMP_SYS(restart_syscall),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

/* Calls of which only one form is needed. */
static int
allow_narrow(scmp_filter_ctx filter)
{
	int got;

	/* No memory that can be run. */
	got = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0));
	if (got == 0)
		got = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(mprotect), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0));
	/* fstat, as the C library calls it now. */
	if (got == 0)
		got = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(newfstatat), 1,
		    SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH));
	/* abort(3) to itself. */
	if (got == 0)
		got = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(tgkill), 1,
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	return got;
}

static enum rc
filter_calls(struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int got = filter == NULL ? -ENOMEM : 0;

	for (size_t i = 0; i < sizeof allowed / sizeof *allowed && got == 0;
	    i++)
		got = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	if (got == 0)
		got = allow_narrow(filter);
	if (got == 0)
		got = seccomp_load(filter);
	seccomp_release(filter);
	return got == 0 ? RC_OK : fail(err, RC_STOP, "seccomp: %s",
	    strerror(-got));
}

static enum rc
limit(int what, rlim_t most, struct err *err)
{
	const struct rlimit r = { .rlim_cur = most, .rlim_max = most };

	return setrlimit((__rlimit_resource_t)what, &r) == 0 ? RC_OK
	    : fail(err, RC_STOP, "rlimit: %s", strerror(errno));
}

enum rc
parser_jail(struct err *err)
{
	enum rc rc;

	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0
	    || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail(err, RC_STOP, "prctl: %s", strerror(errno));
	if ((rc = limit(RLIMIT_CORE, 0, err)) != RC_OK
	    || (rc = limit(RLIMIT_NOFILE, DESCRIPTORS, err)) != RC_OK
	    || (rc = limit(RLIMIT_FSIZE, FILE_BYTES, err)) != RC_OK)
		return rc;
#ifdef __SANITIZE_ADDRESS__
	/* The sanitizer maps terabytes, and reads files to report. */
	(void)filter_calls;
	return RC_OK;
#else
	if ((rc = limit(RLIMIT_AS, MEMORY_BYTES, err)) != RC_OK)
		return rc;
	return filter_calls(err);
#endif
}
