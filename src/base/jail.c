/* SPDX-License-Identifier: MIT */
/* Rlimits and seccomp filters: a list of what is forbidden for one that holds
 * a connection, a list of what is allowed for one that reads bytes. */
#define _GNU_SOURCE /* AT_EMPTY_PATH */
#include "base/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The sanitizers map terabytes, read files to report, and look at themselves
 * for leaks: under them only the rest of the jail is closed. */
#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

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

static const char *const forbidden[] = {
	/* programs and other processes */
	"execve", "execveat", "fork", "vfork", "process_vm_readv",
#ifndef __SANITIZE_ADDRESS__ /* whose leak finder looks at itself by it */
	"ptrace",
#endif
	"process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd",
	/* files made, removed, changed */
	"creat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename",
	"renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
	"mknod", "mknodat", "truncate", "chmod", "fchmodat", "chown",
	"lchown", "fchownat", "setxattr", "lsetxattr", "removexattr",
	"utimensat", "open_by_handle_at", "name_to_handle_at",
	/* being called, instead of calling */
	"listen", "accept", "accept4",
	/* the system */
	"mount", "umount2", "pivot_root", "chroot", "unshare", "setns",
	"bpf", "perf_event_open", "userfaultfd", "io_uring_setup",
	"keyctl", "add_key", "request_key", "init_module", "finit_module",
	"delete_module", "kexec_load", "swapon", "swapoff", "reboot",
	"syslog", "acct", "settimeofday", "clock_settime", "sethostname",
	"setdomainname", "personality", "quotactl", "fanotify_init",
};

static int
forbid(scmp_filter_ctx filter, const char *name)
{
	int number = seccomp_syscall_resolve_name(name);

	/* One that this kernel does not know needs no rule. */
	return number == __NR_SCMP_ERROR ? 0
	    : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
}

/* Opening for writing, whatever the other flags. */
static int
forbid_writing(scmp_filter_ctx filter)
{
	static const unsigned flags[] = { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC };
	int got = 0;

	for (size_t i = 0; i < sizeof flags / sizeof *flags && got == 0; i++) {
		got = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EROFS),
		    SCMP_SYS(openat), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
		if (got == 0)
			got = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EROFS),
			    SCMP_SYS(open), 1,
			    SCMP_A1(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
	}
	/* Its flags lie in memory, where a filter cannot see them. */
	if (got == 0)
		got = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
		    SCMP_SYS(openat2), 0);
	return got;
}

static int
allow_bytes(scmp_filter_ctx filter, const struct jail *jail)
{
	int got = 0;

	for (size_t i = 0; i < jail->n_also && got == 0; i++)
		got = seccomp_rule_add(filter, SCMP_ACT_ALLOW, jail->also[i],
		    0);
	for (size_t i = 0; i < COUNT(allowed) && got == 0; i++)
		got = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	return got == 0 ? allow_narrow(filter) : got;
}

static int
forbid_line(scmp_filter_ctx filter)
{
	int got = 0;

	for (size_t i = 0; i < COUNT(forbidden) && got == 0; i++)
		got = forbid(filter, forbidden[i]);
	return got == 0 ? forbid_writing(filter) : got;
}

static enum rc
filter_calls(const struct jail *jail, struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(jail->kind == JAIL_BYTES
	    ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ALLOW);
	int got = filter == NULL ? -ENOMEM
	    : jail->kind == JAIL_BYTES ? allow_bytes(filter, jail)
	    : forbid_line(filter);

	if (got == 0)
		got = seccomp_load(filter);
	seccomp_release(filter);
	return got == 0 ? RC_OK : fail(err, RC_STOP, "seccomp: %s",
	    strerror(-got));
}

static enum rc
limit(int what, uint64_t most, struct err *err)
{
	const struct rlimit r = { .rlim_cur = most, .rlim_max = most };

	return setrlimit((__rlimit_resource_t)what, &r) == 0 ? RC_OK
	    : fail(err, RC_STOP, "rlimit: %s", strerror(errno));
}

enum rc
jail_close(const struct jail *jail, struct err *err)
{
	enum rc rc;

	if (prctl(PR_SET_DUMPABLE, IS_SANITIZED, 0, 0, 0) != 0
	    || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail(err, RC_STOP, "prctl: %s", strerror(errno));
	if ((rc = limit(RLIMIT_CORE, 0, err)) != RC_OK
	    || (rc = limit(RLIMIT_NOFILE, jail->descriptors, err)) != RC_OK
	    || (jail->file_bytes != 0 && (rc = limit(RLIMIT_FSIZE,
	    jail->file_bytes, err)) != RC_OK))
		return rc;
	if (IS_SANITIZED && jail->kind == JAIL_BYTES)
		return RC_OK;
	if (!IS_SANITIZED && (rc = limit(RLIMIT_AS, jail->memory_bytes,
	    err)) != RC_OK)
		return rc;
	return filter_calls(jail, err);
}
