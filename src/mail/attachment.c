/* SPDX-License-Identifier: MIT */
/* Files of a mail: their bytes, their kind, their name. */
#include "mail/attachment.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"

#define NAME_MAX_BYTES 120

enum rc
attachment_decode(struct arena *arena, struct bytes range,
    const struct mail_attachment *file, struct bytes *bytes, struct err *err)
{
	uint8_t sha256[SHA256_BYTES];
	struct bytes got;

	if (file->size_bytes < 0 || file->size_bytes > ATTACHMENT_MAX_BYTES ||
	    (int64_t)range.n != file->length)
		return fail(err, RC_PARK, "a file of %lld bytes",
		    (long long)file->size_bytes);
	/* One more than there should be, so that too many are seen. */
	got = transfer_all(arena, file->transfer, range,
	    (size_t)file->size_bytes + 1);
	if ((int64_t)got.n != file->size_bytes)
		return fail(err, RC_PARK, "a file of other size");
	sha256_of(got.data, got.n, sha256);
	if (memcmp(sha256, file->sha256, sizeof sha256) != 0)
		return fail(err, RC_PARK, "a file of other bytes");
	*bytes = got;
	return RC_OK;
}

enum rc
attachment_read(struct arena *arena, struct bytes raw,
    const struct mail_attachment *file, struct bytes *bytes, struct err *err)
{
	if (file->begin < 0 || file->length < 0 ||
	    file->begin > (int64_t)raw.n ||
	    file->length > (int64_t)raw.n - file->begin)
		return fail(err, RC_PARK, "a file outside its mail");
	return attachment_decode(arena, (struct bytes){ raw.data +
	    file->begin, (size_t)file->length }, file, bytes, err);
}

/* --- kinds ------------------------------------------------------------------ */

/* Words and numbers: no NUL and no other control than what a text has, in
 * UTF-8, or in one of the old sets of one byte. */
static bool
is_text(struct bytes b)
{
	size_t n = b.n < 65536 ? b.n : 65536;

	for (size_t i = 0; i < n; i++)
		if (b.data[i] < ' ' && b.data[i] != '\t' &&
		    b.data[i] != '\n' && b.data[i] != '\r' &&
		    b.data[i] != '\f')
			return false;
	return true;
}

static bool
begins(struct bytes b, const char *magic, size_t n)
{
	return b.n >= n && memcmp(b.data, magic, n) == 0;
}

/* A zip whose first file is named so: what the office programs write. Nothing
 * is unpacked (THREATS 13). */
static bool
is_zip(struct bytes b, const char *first)
{
	size_t n = strlen(first);

	return begins(b, "PK\3\4", 4) && b.n > 30 + n &&
	    (first[0] == '\0' || memcmp(b.data + 30, first, n) == 0);
}

static bool
is_calendar(struct bytes b)
{
	if (begins(b, "\xEF\xBB\xBF", 3)) {
		b.data += 3;
		b.n -= 3;
	}
	return begins(b, "BEGIN:VCALENDAR", 15) && is_text(b);
}

enum magic { MAGIC_PDF, MAGIC_ZIP, MAGIC_ODT, MAGIC_PNG, MAGIC_JPEG,
	MAGIC_ICS, MAGIC_TEXT };

static bool
has_magic(struct bytes b, enum magic magic)
{
	switch (magic) {
	case MAGIC_PDF:
		return begins(b, "%PDF-", 5);
	case MAGIC_ZIP:
		return is_zip(b, "");
	case MAGIC_ODT:	/* OpenDocument 1.2 part 3 §3.3 */
		return is_zip(b, "mimetype");
	case MAGIC_PNG:
		return begins(b, "\x89PNG\r\n\x1A\n", 8);
	case MAGIC_JPEG:
		return begins(b, "\xFF\xD8\xFF", 3);
	case MAGIC_ICS:
		return is_calendar(b);
	case MAGIC_TEXT:
		return is_text(b);
	}
	return false;
}

#define OFFICE "application/vnd.openxmlformats-officedocument."
static const struct {
	const char *end, *type;
	enum magic magic;
} kinds[] = {
	{ ".pdf", "application/pdf", MAGIC_PDF },
	{ ".docx", OFFICE "wordprocessingml.document", MAGIC_ZIP },
	{ ".xlsx", OFFICE "spreadsheetml.sheet", MAGIC_ZIP },
	{ ".pptx", OFFICE "presentationml.presentation", MAGIC_ZIP },
	{ ".odt", "application/vnd.oasis.opendocument.text", MAGIC_ODT },
	{ ".png", "image/png", MAGIC_PNG },
	{ ".jpg", "image/jpeg", MAGIC_JPEG },
	{ ".jpeg", "image/jpeg", MAGIC_JPEG },
	{ ".ics", "text/calendar", MAGIC_ICS },
	{ ".txt", "text/plain", MAGIC_TEXT },
	{ ".md", "text/markdown", MAGIC_TEXT },
	{ ".csv", "text/csv", MAGIC_TEXT },
};

const char *
attachment_type(const char *name, struct bytes bytes)
{
	const char *end = name == NULL ? NULL : strrchr(name, '.');

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (text_equal_nocase(end, kinds[i].end))
			return has_magic(bytes, kinds[i].magic) ?
			    kinds[i].type : NULL;
	return NULL;
}

/* --- names ------------------------------------------------------------------ */

const char *
attachment_name(struct arena *arena, const char *name, size_t position)
{
	const char *slash, *dot;
	char *safe;

	while (name != NULL && (slash = strpbrk(name, "/\\")) != NULL)
		name = slash + 1;
	safe = text_squeeze(arena, text_one_line(arena, name != NULL ? name :
	    ""));
	for (char *p = safe; *p != '\0'; p++)
		if (strchr("<>:\"|?*;%&$`'", *p) != NULL)
			*p = '_';
	while (*safe == '.' || *safe == ' ' || *safe == '-')
		safe++;
	if (*safe == '\0')
		return arena_printf(arena, "file-%zu", position);
	if (strlen(safe) <= NAME_MAX_BYTES)
		return safe;
	dot = strrchr(safe, '.');
	if (dot == NULL || strlen(dot) > 8)
		dot = "";
	return arena_printf(arena, "%s%s", text_cut(arena, safe,
	    NAME_MAX_BYTES - strlen(dot)), dot);
}

bool
attachment_is_meant(const struct mail_attachment *file)
{
	static const char *const not[] = { "application/pgp-signature",
		"application/pkcs7-signature", "application/x-pkcs7-signature",
		"message/delivery-status", "text/rfc822-headers",
		"message/disposition-notification" };

	if (file->is_inline || file->size_bytes == 0)
		return false;
	for (size_t i = 0; i < sizeof not / sizeof not[0]; i++)
		if (strcmp(file->type, not[i]) == 0)
			return false;
	return strcmp(file->type, "text/calendar") != 0 || file->name != NULL;
}
