/* SPDX-License-Identifier: MIT */
/* Reads and writes whole files. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#define SECRET_MAX_BYTES 4096 /* a key is shorter, a wrong file longer */

static enum rc
fail_errno(struct err *err, const char *path, const char *what)
{
	int e = errno;
	enum rc rc = e == ENOENT ? RC_NONE
	    : e == ENOSPC || e == EDQUOT ? RC_LATER : RC_STOP;

	return fail(err, rc, "%s: %s: %s", path, what, strerror(e));
}

enum rc
file_read_fd(struct arena *arena, int fd, const char *name, size_t most_bytes,
    struct bytes *bytes, struct err *err)
{
	size_t n = 0, cap = 16384;
	unsigned char *data = arena_alloc(arena, cap + 1);

	for (;;) {
		ssize_t got = read(fd, data + n, cap - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, name, "read");
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > most_bytes)
			return fail(err, RC_STOP, "%s: larger than %zu bytes",
			    name, most_bytes);
		if (n == cap) {
			unsigned char *more = arena_alloc(arena, cap * 2 + 1);

			memcpy(more, data, n);
			data = more;
			cap *= 2;
		}
	}
	data[n] = '\0';
	*bytes = (struct bytes){ data, n };
	return RC_OK;
}

enum rc
file_read(struct arena *arena, const char *path, size_t most_bytes,
    struct bytes *bytes, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum rc rc;

	if (fd < 0)
		return fail_errno(err, path, "open");
	rc = file_read_fd(arena, fd, path, most_bytes, bytes, err);
	(void)close(fd);
	return rc;
}

static enum rc
write_all(int fd, const char *path, struct bytes bytes, struct err *err)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.data, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return fail_errno(err, path, "write");
		bytes.data += n;
		bytes.n -= (size_t)n;
	}
	return fsync(fd) == 0 ? RC_OK : fail_errno(err, path, "fsync");
}

enum rc
file_create(const char *path, unsigned mode, struct bytes bytes,
    struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    (mode_t)mode);
	enum rc rc;

	if (fd < 0 && errno == EEXIST)
		return fail(err, RC_STOP, "%s: is there already, and is never "
		    "written over; move it away first", path);
	if (fd < 0)
		return errno == ENOENT ? fail(err, RC_STOP,
		    "%s: its folder is missing; make it first", path)
		    : fail_errno(err, path, "create");
	rc = fchmod(fd, (mode_t)mode) == 0 ? write_all(fd, path, bytes, err)
	    : fail_errno(err, path, "mode");
	(void)close(fd);
	if (rc != RC_OK)
		(void)unlink(path);
	return rc;
}

enum rc
file_read_secret(struct arena *arena, const char *path, const char **secret,
    struct err *err)
{
	struct bytes bytes;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum rc rc;
	char *text;

	if (fd < 0)
		return fail_errno(err, path, "open");
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		(void)close(fd);
		return fail(err, RC_STOP, "%s: no plain file", path);
	}
	if ((st.st_mode & 077) != 0) {
		(void)close(fd);
		return fail(err, RC_STOP, "%s: others may read this secret "
		    "(mode %04o); chmod 600 it, and change the password",
		    path, (unsigned)(st.st_mode & 07777));
	}
	rc = file_read_fd(arena, fd, path, SECRET_MAX_BYTES, &bytes, err);
	(void)close(fd);
	if (rc != RC_OK)
		return rc;
	text = arena_strndup(arena, (const char *)bytes.data, bytes.n);
	explicit_bzero((void *)(size_t)bytes.data, bytes.n);
	text[strcspn(text, "\r\n")] = '\0';
	if (*text == '\0' || strlen(text) + 2 < bytes.n)
		return fail(err, RC_STOP, "%s: must hold the secret alone, on "
		    "its first line", path);
	*secret = text;
	return RC_OK;
}
