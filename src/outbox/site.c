/* SPDX-License-Identifier: MIT */
/* Files of a site: compared, written beside and renamed, removed. */
#include "outbox/site.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

#define FILES_MOST 50000
#define FILE_BYTES ((size_t)16 * 1024 * 1024)
#define PATH_BYTES_MOST 300
#define TMP ".raadspost-new"

struct page {
	const char *path;
	struct bytes bytes;
	bool due;	/* put in this run */
	bool known;	/* the manifest had it */
};

struct site {
	struct arena *arena;
	const char *folder;
	int fd;			/* of the folder: locked, paths begin there */
	struct page *pages;
	size_t n;
};

static enum rc
fail_at(struct err *err, const struct site *site, const char *path)
{
	int e = errno;

	return fail(err, e == ENOSPC || e == EDQUOT ? RC_LATER : RC_STOP,
	    "%s/%s: %s", site->folder, path, strerror(e));
}

/* Nothing that could leave the folder, or hide in it. */
static bool
path_is_plain(const char *path)
{
	if (path[0] == '\0' || strlen(path) > PATH_BYTES_MOST ||
	    path[strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789-./")] !=
	    '\0' || strstr(path, "..") != NULL || path[0] == '/')
		return false;
	return strstr(path, "//") == NULL && strstr(path, "/.") == NULL &&
	    path[0] != '.';
}

static int
page_compare(const void *a, const void *b)
{
	return strcmp(((const struct page *)a)->path,
	    ((const struct page *)b)->path);
}

static struct page *
page_find(struct site *site, const char *path)
{
	/* few sites have more than some thousand files; the sorted part is
	 * what the manifest had */
	for (size_t i = 0; i < site->n; i++)
		if (strcmp(site->pages[i].path, path) == 0)
			return &site->pages[i];
	return NULL;
}

static enum rc
manifest_read(struct site *site, struct err *err)
{
	const char *path = arena_printf(site->arena, "%s/" SITE_MANIFEST,
	    site->folder);
	struct bytes bytes;
	const char **lines;
	size_t n;
	enum rc rc = file_read(site->arena, path, FILE_BYTES, &bytes, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	lines = text_lines(site->arena, text_repair(site->arena,
	    (const char *)bytes.data, bytes.n), &n);
	for (size_t i = 0; i < n && site->n < FILES_MOST; i++)
		if (path_is_plain(lines[i]))
			site->pages[site->n++] = (struct page){
				.path = lines[i], .known = true };
	return RC_OK;
}

enum rc
site_open(struct arena *arena, const char *folder, struct site **site,
    struct err *err)
{
	struct site *s = arena_alloc(arena, sizeof *s);
	enum rc rc;

	s->arena = arena;
	s->folder = folder;
	s->pages = arena_array(arena, FILES_MOST, sizeof *s->pages);
	if (mkdir(folder, 0755) == 0)
		(void)chmod(folder, 0755);
	else if (errno != EEXIST)
		return fail(err, RC_STOP, "%s: %s", folder, strerror(errno));
	s->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->fd < 0)
		return fail(err, RC_STOP, "%s: %s", folder, strerror(errno));
	*site = s;
	if (flock(s->fd, LOCK_EX | LOCK_NB) != 0)
		rc = fail(err, RC_LATER, "%s: another run is at work there",
		    folder);
	else
		rc = manifest_read(s, err);
	if (rc != RC_OK)
		site_close(site);
	return rc;
}

void
site_close(struct site **site)
{
	if (*site != NULL && (*site)->fd >= 0)
		(void)close((*site)->fd);
	*site = NULL;
}

enum rc
site_put(struct site *site, const char *path, struct bytes bytes,
    struct err *err)
{
	struct page *page = page_find(site, path);

	if (!path_is_plain(path))
		return fail(err, RC_STOP, "%s: no name for a page", path);
	if (page == NULL) {
		if (site->n == FILES_MOST)
			return fail(err, RC_STOP, "more than %d pages",
			    FILES_MOST);
		page = &site->pages[site->n++];
		page->path = arena_strdup(site->arena, path);
	}
	page->bytes = bytes;
	page->due = true;
	return RC_OK;
}

/* --- writing ---------------------------------------------------------------- */

static bool
is_as_it_was(const struct site *site, const struct page *page)
{
	struct bytes old;
	struct err err;

	return file_read(site->arena, arena_printf(site->arena, "%s/%s",
	    site->folder, page->path), FILE_BYTES, &old, &err) == RC_OK &&
	    old.n == page->bytes.n &&
	    memcmp(old.data, page->bytes.data, old.n) == 0;
}

/* The folders above a path. */
static void
folders_make(const struct site *site, const char *path)
{
	for (const char *p = strchr(path, '/'); p != NULL;
	    p = strchr(p + 1, '/')) {
		const char *folder = arena_strndup(site->arena, path,
		    (size_t)(p - path));

		/* our mask is for secrets; a failure shows at the file */
		if (mkdirat(site->fd, folder, 0755) == 0 &&
		    fchmodat(site->fd, folder, 0755, 0) != 0)
			return;
	}
}

static enum rc
file_put(const struct site *site, const char *path, struct bytes bytes,
    struct err *err)
{
	const char *slash = strrchr(path, '/');
	const char *tmp = arena_printf(site->arena, "%.*s" TMP,
	    slash == NULL ? 0 : (int)(slash + 1 - path), path);
	size_t done = 0;
	int fd;

	folders_make(site, path);
	(void)unlinkat(site->fd, tmp, 0);	/* of a run that was killed */
	fd = openat(site->fd, tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
	    O_NOFOLLOW, 0644);
	if (fd < 0)
		return fail_at(err, site, tmp);
	while (done < bytes.n) {
		ssize_t n = write(fd, bytes.data + done, bytes.n - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		done += (size_t)n;
	}
	if (done < bytes.n || fchmod(fd, 0644) != 0 || fsync(fd) != 0 ||
	    renameat(site->fd, tmp, site->fd, path) != 0) {
		enum rc rc = fail_at(err, site, path);

		(void)close(fd);
		(void)unlinkat(site->fd, tmp, 0);
		return rc;
	}
	(void)close(fd);
	return RC_OK;
}

/* Those that the manifest knows, those that are due, or both. */
static enum rc
manifest_write(const struct site *site, bool old_too, struct err *err)
{
	struct page manifest = { .path = SITE_MANIFEST };
	struct buf out = buf_open(site->arena);

	for (size_t i = 0; i < site->n; i++)
		if (site->pages[i].due || old_too)
			buf_addf(&out, "%s\n", site->pages[i].path);
	manifest.bytes = (struct bytes){
		(const unsigned char *)buf_text(&out), out.n };
	return is_as_it_was(site, &manifest) ? RC_OK :
	    file_put(site, SITE_MANIFEST, manifest.bytes, err);
}

/* Before anything is written: nobody else's file lies where ours is to go. */
static enum rc
strangers_look(const struct site *site, struct err *err)
{
	struct stat st;

	for (size_t i = 0; i < site->n; i++)
		if (!site->pages[i].known && fstatat(site->fd,
		    site->pages[i].path, &st, AT_SYMLINK_NOFOLLOW) == 0)
			return fail(err, RC_STOP, "%s/%s: is not ours, and is "
			    "never written over; move it away, or choose "
			    "another folder", site->folder,
			    site->pages[i].path);
	return RC_OK;
}

static void
remove_one(const struct site *site, const char *path,
    struct site_count *count)
{
	char *folder = arena_strdup(site->arena, path), *slash;

	if (unlinkat(site->fd, path, 0) != 0)
		return;
	count->removed++;
	while ((slash = strrchr(folder, '/')) != NULL) {
		*slash = '\0';
		if (unlinkat(site->fd, folder, AT_REMOVEDIR) != 0)
			return;	/* something else lies there */
	}
}

enum rc
site_write(struct site *site, struct site_count *count, struct err *err)
{
	enum rc rc, first;

	*count = (struct site_count){ .files = 0 };
	qsort(site->pages, site->n, sizeof *site->pages, page_compare);
	if ((rc = strangers_look(site, err)) != RC_OK ||
	    (rc = manifest_write(site, true, err)) != RC_OK)
		return rc;
	first = RC_OK;
	for (size_t i = 0; i < site->n; i++) {
		const struct page *page = &site->pages[i];

		if (!page->due) {	/* whatever fails: what must go goes */
			remove_one(site, page->path, count);
			continue;
		}
		count->files++;
		if (first != RC_OK || is_as_it_was(site, page))
			continue;
		first = file_put(site, page->path, page->bytes, err);
		count->written += first == RC_OK;
	}
	return first != RC_OK ? first : manifest_write(site, false, err);
}
