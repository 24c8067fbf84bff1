/* SPDX-License-Identifier: MIT */
/* Folders by the names people gave them, on whatever server. */
#include "mail/imap_session.h"

#include <string.h>

#include "base/arena.h"

#define BASE64_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
	"0123456789+,"

/* Bits collect until they make letters of base64. */
struct bits {
	struct buf *buf;
	uint32_t held;
	unsigned n;
};

static void
add_unit(struct bits *bits, uint32_t unit)
{
	bits->held = bits->held << 16 | unit;
	bits->n += 16;
	while (bits->n >= 6) {
		bits->n -= 6;
		buf_add_char(bits->buf,
		    BASE64_LETTERS[bits->held >> bits->n & 0x3F]);
	}
	bits->held &= (1u << bits->n) - 1;
}

static void
end_shift(struct bits *bits)
{
	if (bits->n > 0)
		buf_add_char(bits->buf,
		    BASE64_LETTERS[bits->held << (6 - bits->n) & 0x3F]);
	buf_add_char(bits->buf, '-');
	bits->held = 0;
	bits->n = 0;
}

/* RFC 3501 §5.1.3: printable ASCII as it is, "&" as "&-", the rest UTF-16 in
 * a base64 of its own between "&" and "-". */
const char *
imap_utf7(struct arena *arena, const char *text)
{
	struct buf buf = buf_open(arena);
	struct bits bits = { .buf = &buf };
	bool shifted = false;
	uint32_t code;

	while ((code = text_next(&text)) != 0) {
		bool plain = code >= ' ' && code <= '~';

		if (plain && shifted) {
			end_shift(&bits);
			shifted = false;
		}
		if (plain) {
			buf_add_char(&buf, (char)code);
			if (code == '&')
				buf_add_char(&buf, '-');
			continue;
		}
		if (!shifted)
			buf_add_char(&buf, '&');
		shifted = true;
		if (code < 0x10000) {
			add_unit(&bits, code);
			continue;
		}
		add_unit(&bits, 0xD800 + ((code - 0x10000) >> 10));
		add_unit(&bits, 0xDC00 + ((code - 0x10000) & 0x3FF));
	}
	if (shifted)
		end_shift(&bits);
	return buf_text(&buf);
}

/* One component of the path, in which the server's delimiter and control
 * characters mean nothing. */
static void
add_component(const struct imap *imap, struct arena *arena, struct buf *buf,
    const char *from, size_t n)
{
	char *part = arena_strndup(arena, from, n);

	for (size_t i = 0; i < n; i++)
		if ((imap->delimiter != '\0' && part[i] == imap->delimiter)
		    || (unsigned char)part[i] < ' ' || part[i] == 0x7F
		    || part[i] == '*' || part[i] == '%')
			part[i] = '_';
	buf_add(buf, imap_utf7(arena, part));
}

static bool
is_prefixed(const struct imap *imap, const char *path)
{
	size_t n = strlen(imap->prefix);

	/* "INBOX." in the configuration reads "INBOX/". */
	return n > 1 && strncmp(path, imap->prefix, n - 1) == 0
	    && path[n - 1] == '/';
}

const char *
imap_folder_name(const struct imap *imap, struct arena *arena,
    const char *path)
{
	struct buf buf = buf_open(arena);
	size_t n;

	if (text_equal_nocase(path, "INBOX"))
		return "INBOX";
	if (!is_prefixed(imap, path))
		buf_add(&buf, imap->prefix);
	for (;;) {
		n = strcspn(path, "/");
		add_component(imap, arena, &buf, path, n);
		if (path[n] == '\0')
			return buf_text(&buf);
		buf_add_char(&buf, imap->delimiter == '\0' ? '-'
		    : imap->delimiter);
		path += n + 1;
	}
}

static bool
is_selectable(const struct mailimap_mailbox_list *box)
{
	const struct mailimap_mbx_list_flags *flags = box->mb_flag;

	if (flags == NULL)
		return true;
	if (flags->mbf_type == MAILIMAP_MBX_LIST_FLAGS_SFLAG
	    && flags->mbf_sflag == MAILIMAP_MBX_LIST_SFLAG_NOSELECT)
		return false;
	for (clistiter *i = clist_begin(flags->mbf_oflags); i != NULL;
	    i = clist_next(i)) {
		const struct mailimap_mbx_list_oflag *flag = clist_content(i);

		if (flag->of_type == MAILIMAP_MBX_LIST_OFLAG_FLAG_EXT
		    && text_equal_nocase(flag->of_flag_ext, "NonExistent"))
			return false;
	}
	return true;
}

static enum rc
find(struct imap *imap, const char *name, struct err *err)
{
	clist *found = NULL;
	bool there = false;
	enum rc rc;

	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	rc = imap_end(imap, mailimap_list(imap->session, "", name, &found),
	    "LIST", err);
	if (rc != RC_OK)
		return rc == RC_PARK ? RC_NONE : rc;
	if (found == NULL)
		return RC_NONE;
	for (clistiter *i = clist_begin(found); i != NULL; i = clist_next(i))
		there = there || is_selectable(clist_content(i));
	mailimap_list_result_free(found);
	return there ? RC_OK : RC_NONE;
}

enum rc
imap_folder_find(struct imap *imap, const char *path, struct err *err)
{
	struct arena *arena = arena_open();
	enum rc rc = find(imap, imap_folder_name(imap, arena, path), err);

	arena_close(&arena);
	return rc;
}

static enum rc
create(struct imap *imap, const char *name, struct err *err)
{
	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	return imap_end(imap, mailimap_create(imap->session, name), "CREATE",
	    err);
}

/* For servers that make no folder within one that is not there, though they
 * should (RFC 9051 §6.3.4). */
static enum rc
create_above(struct imap *imap, const char *path, struct err *err)
{
	struct arena *arena = arena_open();
	const char *slash = path;
	enum rc rc = RC_OK;

	while ((rc == RC_OK || rc == RC_PARK)
	    && (slash = strchr(slash, '/')) != NULL) {
		const char *above = arena_strndup(arena, path,
		    (size_t)(slash - path));

		rc = create(imap, imap_folder_name(imap, arena, above), err);
		slash++;
	}
	arena_close(&arena);
	return rc == RC_PARK ? RC_OK : rc;
}

static enum rc
make(struct imap *imap, const char *path, const char *name, struct err *err)
{
	struct err ignored;
	enum rc rc;

	rc = create(imap, name, err);
	/* Somebody else may have made it in between. */
	if (rc == RC_PARK && (rc = find(imap, name, &ignored)) == RC_NONE
	    && (rc = create_above(imap, path, &ignored)) == RC_OK)
		rc = create(imap, name, err);
	if (rc == RC_PARK)
		return fail_in(err, RC_PARK, "folder «%.100s» cannot be made",
		    path);
	if (rc != RC_OK)
		return rc;
	imap_begin(imap, ANSWER_MAX_BYTES, LINE_MAX_BYTES, 1024);
	rc = imap_end(imap, mailimap_subscribe(imap->session, name),
	    "SUBSCRIBE", err);
	/* Only a mail program's list of folders is the poorer for it. */
	return rc == RC_PARK ? RC_OK : rc;
}

enum rc
imap_folder_make(struct imap *imap, const char *path, struct err *err)
{
	struct arena *arena = arena_open();
	const char *name = imap_folder_name(imap, arena, path);
	enum rc rc = find(imap, name, err);

	if (rc == RC_NONE)
		rc = make(imap, path, name, err);
	arena_close(&arena);
	return rc;
}
