/* SPDX-License-Identifier: MIT */
/* The sender's jail: rlimits and a seccomp filter of what is forbidden. */
#include "dispatch/sender_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define MEMORY_BYTES ((rlim_t)768 * 1024 * 1024) /* address space; a letter
						  * of 30 MB is far below */
#define DESCRIPTORS 256 /* connections, their resolvers, memory files */

static const char *const forbidden[] = {
	/* programs and other processes */
	"execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv",
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

static enum rc
filter_calls(struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int got = filter == NULL ? -ENOMEM : 0;

	for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden
	    && got == 0; i++)
		got = forbid(filter, forbidden[i]);
	if (got == 0)
		got = forbid_writing(filter);
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
sender_jail(struct err *err)
{
	enum rc rc;

	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0
	    || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail(err, RC_STOP, "prctl: %s", strerror(errno));
	if ((rc = limit(RLIMIT_CORE, 0, err)) != RC_OK
	    || (rc = limit(RLIMIT_NOFILE, DESCRIPTORS, err)) != RC_OK)
		return rc;
#ifndef __SANITIZE_ADDRESS__ /* its shadow takes terabytes of address space */
	if ((rc = limit(RLIMIT_AS, MEMORY_BYTES, err)) != RC_OK)
		return rc;
#endif
	return filter_calls(err);
}
