/* SPDX-License-Identifier: MIT */
/* Character sets by own tables, and by iconv for three East Asian families
 * alone: the C library's other modules have crashed and looped on hostile
 * bytes (CVE-2020-27618, CVE-2024-2961, CVE-2026-4046). */
#include "mail/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/arena.h"

#define BAD_CODE 0xFFFDu
#define NAME_MAX 40	/* the longest name on the list has 19 letters */

enum table {
	TABLE_ISO8859_1, TABLE_ISO8859_2, TABLE_ISO8859_3, TABLE_ISO8859_4,
	TABLE_ISO8859_5, TABLE_ISO8859_6, TABLE_ISO8859_7, TABLE_ISO8859_8,
	TABLE_ISO8859_9, TABLE_ISO8859_10, TABLE_ISO8859_13,
	TABLE_ISO8859_14, TABLE_ISO8859_15, TABLE_ISO8859_16,
	TABLE_CP1250, TABLE_CP1251, TABLE_CP1252, TABLE_CP1253, TABLE_CP1254,
	TABLE_CP1255, TABLE_CP1256, TABLE_CP1257, TABLE_CP1258,
	TABLE_CP437, TABLE_CP850, TABLE_CP865, TABLE_MAC_ROMAN,
	TABLE_KOI8_R, TABLE_KOI8_U, N_TABLES
};

static const uint16_t tables[N_TABLES][128] = {
#include "charset_table.inc"
};

enum kind { KIND_GUESS, KIND_UTF8, KIND_TABLE, KIND_UTF16, KIND_UTF7,
	KIND_ICONV, KIND_UNKNOWN };

enum { ICONV_GB18030, ICONV_BIG5, ICONV_2022_JP, ICONV_SJIS, ICONV_EUC_JP,
	ICONV_EUC_KR, N_ICONV };

static const char *const iconv_names[N_ICONV] = {
	"GB18030", "BIG5", "ISO-2022-JP", "SHIFT_JIS", "EUC-JP", "EUC-KR",
};

static iconv_t converters[N_ICONV];
static bool converters_open;

/* Names in lower case without '-', '_' and ' '. The Latin-1 labels mean
 * windows-1252 in practice (WHATWG Encoding §4.2). */
static const struct {
	const char *name;
	enum kind kind;
	int which;
} names[] = {
	{ "utf8", KIND_UTF8, 0 },
	{ "unicode11utf8", KIND_UTF8, 0 },
	{ "usascii", KIND_GUESS, 0 },
	{ "ascii", KIND_GUESS, 0 },
	{ "ansix3.41968", KIND_GUESS, 0 },
	{ "unknown8bit", KIND_GUESS, 0 },
	{ "xunknown", KIND_GUESS, 0 },
	{ "8bit", KIND_GUESS, 0 },
	{ "binary", KIND_GUESS, 0 },
	{ "iso88591", KIND_GUESS, 0 },
	{ "latin1", KIND_GUESS, 0 },
	{ "l1", KIND_GUESS, 0 },
	{ "windows1252", KIND_GUESS, 0 },
	{ "cp1252", KIND_GUESS, 0 },
	{ "iso88592", KIND_TABLE, TABLE_ISO8859_2 },
	{ "latin2", KIND_TABLE, TABLE_ISO8859_2 },
	{ "iso88593", KIND_TABLE, TABLE_ISO8859_3 },
	{ "iso88594", KIND_TABLE, TABLE_ISO8859_4 },
	{ "iso88595", KIND_TABLE, TABLE_ISO8859_5 },
	{ "iso88596", KIND_TABLE, TABLE_ISO8859_6 },
	{ "iso88597", KIND_TABLE, TABLE_ISO8859_7 },
	{ "iso88598", KIND_TABLE, TABLE_ISO8859_8 },
	{ "iso88598i", KIND_TABLE, TABLE_ISO8859_8 },
	{ "iso88599", KIND_TABLE, TABLE_CP1254 },
	{ "latin5", KIND_TABLE, TABLE_CP1254 },
	{ "iso885910", KIND_TABLE, TABLE_ISO8859_10 },
	{ "iso885913", KIND_TABLE, TABLE_ISO8859_13 },
	{ "iso885914", KIND_TABLE, TABLE_ISO8859_14 },
	{ "iso885915", KIND_TABLE, TABLE_ISO8859_15 },
	{ "latin9", KIND_TABLE, TABLE_ISO8859_15 },
	{ "iso885916", KIND_TABLE, TABLE_ISO8859_16 },
	{ "windows1250", KIND_TABLE, TABLE_CP1250 },
	{ "cp1250", KIND_TABLE, TABLE_CP1250 },
	{ "windows1251", KIND_TABLE, TABLE_CP1251 },
	{ "cp1251", KIND_TABLE, TABLE_CP1251 },
	{ "windows1253", KIND_TABLE, TABLE_CP1253 },
	{ "windows1254", KIND_TABLE, TABLE_CP1254 },
	{ "cp1254", KIND_TABLE, TABLE_CP1254 },
	{ "windows1255", KIND_TABLE, TABLE_CP1255 },
	{ "windows1256", KIND_TABLE, TABLE_CP1256 },
	{ "cp1256", KIND_TABLE, TABLE_CP1256 },
	{ "windows1257", KIND_TABLE, TABLE_CP1257 },
	{ "cp1257", KIND_TABLE, TABLE_CP1257 },
	{ "windows1258", KIND_TABLE, TABLE_CP1258 },
	{ "ibm437", KIND_TABLE, TABLE_CP437 },
	{ "cp437", KIND_TABLE, TABLE_CP437 },
	{ "ibm850", KIND_TABLE, TABLE_CP850 },
	{ "cp850", KIND_TABLE, TABLE_CP850 },
	{ "ibm865", KIND_TABLE, TABLE_CP865 },
	{ "cp865", KIND_TABLE, TABLE_CP865 },
	{ "macintosh", KIND_TABLE, TABLE_MAC_ROMAN },
	{ "xmacroman", KIND_TABLE, TABLE_MAC_ROMAN },
	{ "macroman", KIND_TABLE, TABLE_MAC_ROMAN },
	{ "koi8r", KIND_TABLE, TABLE_KOI8_R },
	{ "koi8u", KIND_TABLE, TABLE_KOI8_U },
	{ "utf16", KIND_UTF16, 0 },
	{ "utf16le", KIND_UTF16, 1 },
	{ "utf16be", KIND_UTF16, 2 },
	{ "utf7", KIND_UTF7, 0 },
	{ "unicode11utf7", KIND_UTF7, 0 },
	{ "gb18030", KIND_ICONV, ICONV_GB18030 },
	{ "gb2312", KIND_ICONV, ICONV_GB18030 },
	{ "gbk", KIND_ICONV, ICONV_GB18030 },
	{ "big5", KIND_ICONV, ICONV_BIG5 },
	{ "iso2022jp", KIND_ICONV, ICONV_2022_JP },
	{ "shiftjis", KIND_ICONV, ICONV_SJIS },
	{ "sjis", KIND_ICONV, ICONV_SJIS },
	{ "eucjp", KIND_ICONV, ICONV_EUC_JP },
	{ "euckr", KIND_ICONV, ICONV_EUC_KR },
	{ "ksc56011987", KIND_ICONV, ICONV_EUC_KR },
};

void
charset_open(void)
{
	if (converters_open)
		return;
	for (int i = 0; i < N_ICONV; i++)
		converters[i] = iconv_open("UTF-8", iconv_names[i]);
	converters_open = true;
}

static enum kind
name_read(const char *name, int *which)
{
	char plain[NAME_MAX];
	size_t n = 0;

	*which = 0;
	if (name == NULL || *name == '\0')
		return KIND_GUESS;
	for (; *name != '\0'; name++) {
		char c = *name;

		if (c == '-' || c == '_' || c == ' ')
			continue;
		if (n == sizeof plain - 1)
			return KIND_UNKNOWN;
		plain[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	plain[n] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i].name, plain) == 0) {
			*which = names[i].which;
			return names[i].kind;
		}
	return KIND_UNKNOWN;
}

static char *
text_of(struct buf *buf)
{
	return buf->data == NULL ? arena_strdup(buf->arena, "") : buf->data;
}

/* A NULL table is ASCII: all other bytes are lost. */
static char *
table_read(struct arena *arena, const uint16_t *table, struct bytes bytes)
{
	struct buf out = buf_open(arena);
	size_t from = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		uint32_t code;

		if (bytes.data[i] < 0x80 && bytes.data[i] != 0)
			continue;
		buf_add_n(&out, (const char *)bytes.data + from, i - from);
		from = i + 1;
		code = bytes.data[i] == 0 || table == NULL ? BAD_CODE
		    : table[bytes.data[i] - 0x80];
		buf_add_code(&out, code);
	}
	buf_add_n(&out, (const char *)bytes.data + from, bytes.n - from);
	return text_of(&out);
}

static char *
utf8_read(struct arena *arena, struct bytes bytes)
{
	if (bytes.n >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0) {
		bytes.data += 3;
		bytes.n -= 3;
	}
	if (bytes.n == 0)
		return arena_strdup(arena, "");
	if (text_is_utf8((const char *)bytes.data, bytes.n)
	    && memchr(bytes.data, '\0', bytes.n) == NULL)
		return arena_strndup(arena, (const char *)bytes.data,
		    bytes.n);
	return text_repair(arena, (const char *)bytes.data, bytes.n);
}

/* True where at least one letter beyond ASCII is whole UTF-8. */
static bool
has_utf8_letter(struct bytes b)
{
	for (size_t i = 0; i + 1 < b.n; i++)
		if (b.data[i] >= 0xC3 && b.data[i] <= 0xF4
		    && (b.data[i + 1] & 0xC0) == 0x80
		    && (b.data[i] < 0xE0 || (i + 2 < b.n
		    && (b.data[i + 2] & 0xC0) == 0x80)))
			return true;
	return false;
}

/* Valid UTF-8 is hardly ever anything else; with a bad byte in it (a mail
 * cut in the middle of a letter) it still is UTF-8. */
static char *
guess_read(struct arena *arena, struct bytes bytes)
{
	if (bytes.n == 0 || text_is_utf8((const char *)bytes.data, bytes.n)
	    || has_utf8_letter(bytes))
		return utf8_read(arena, bytes);
	return table_read(arena, tables[TABLE_CP1252], bytes);
}

/* RFC 2781 §4.3: a byte order mark decides, else big-endian; mail without
 * one comes from little-endian programs, so a NUL in the first pair does. */
static char *
utf16_read(struct arena *arena, int order, struct bytes b)
{
	struct buf out = buf_open(arena);
	size_t i = 0;
	bool little;

	if (b.n >= 2 && b.data[0] == 0xFF && b.data[1] == 0xFE) {
		order = 1;
		i = 2;
	} else if (b.n >= 2 && b.data[0] == 0xFE && b.data[1] == 0xFF) {
		order = 2;
		i = 2;
	}
	little = order == 1
	    || (order == 0 && b.n >= 2 && b.data[0] != 0 && b.data[1] == 0);
	for (; i + 1 < b.n; i += 2) {
		uint32_t c = little ? (uint32_t)(b.data[i] | b.data[i + 1] << 8)
		    : (uint32_t)(b.data[i] << 8 | b.data[i + 1]);

		if (c >= 0xD800 && c <= 0xDBFF && i + 3 < b.n) {
			uint32_t low = little
			    ? (uint32_t)(b.data[i + 2] | b.data[i + 3] << 8)
			    : (uint32_t)(b.data[i + 2] << 8 | b.data[i + 3]);

			if (low >= 0xDC00 && low <= 0xDFFF) {
				c = 0x10000 + ((c - 0xD800) << 10)
				    + (low - 0xDC00);
				i += 2;
			}
		}
		if (c == 0 || (c >= 0xD800 && c <= 0xDFFF))
			c = BAD_CODE;
		buf_add_code(&out, c);
	}
	return text_of(&out);
}

static int
base64_value(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 2152: "+" begins base64 of UTF-16, what is not base64 ends it, a "-"
 * there is swallowed; "+-" is a plus sign. */
static char *
utf7_read(struct arena *arena, struct bytes b)
{
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < b.n; i++) {
		uint32_t bits = 0, high = 0;
		int n_bits = 0, v;

		if (b.data[i] != '+') {
			buf_add_code(&out, b.data[i] >= 0x80
			    || b.data[i] == 0 ? BAD_CODE : b.data[i]);
			continue;
		}
		if (i + 1 < b.n && b.data[i + 1] == '-') {
			buf_add_char(&out, '+');
			i++;
			continue;
		}
		while (i + 1 < b.n && (v = base64_value(b.data[i + 1])) >= 0) {
			uint32_t c;

			bits = bits << 6 | (uint32_t)v;
			n_bits += 6;
			i++;
			if (n_bits < 16)
				continue;
			n_bits -= 16;
			c = bits >> n_bits & 0xFFFF;
			if (c >= 0xD800 && c <= 0xDBFF) {
				high = c;
				continue;
			}
			if (c >= 0xDC00 && c <= 0xDFFF && high != 0)
				c = 0x10000 + ((high - 0xD800) << 10)
				    + (c - 0xDC00);
			high = 0;
			buf_add_code(&out, c == 0 ? BAD_CODE : c);
		}
		if (i + 1 < b.n && b.data[i + 1] == '-')
			i++;
	}
	return text_of(&out);
}

/* One byte that does not fit costs one U+FFFD; every turn of the loop takes
 * at least one byte, so that no converter can hold us. */
static char *
iconv_read(struct arena *arena, iconv_t cd, struct bytes bytes)
{
	struct buf out = buf_open(arena);
	char *at = (char *)(uintptr_t)bytes.data;
	size_t left = bytes.n;

	if (cd == (iconv_t)-1)
		return table_read(arena, NULL, bytes);
	(void)iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0) {
		char piece[1024], *to = piece;
		size_t room = sizeof piece, before = left;
		size_t rc = iconv(cd, &at, &left, &to, &room);
		int why = errno;

		buf_add_n(&out, piece, sizeof piece - room);
		if (rc == (size_t)-1 && why == E2BIG && left < before)
			continue;
		if (rc == (size_t)-1 && left > 0) {
			buf_add_code(&out, BAD_CODE);
			at++;
			left--;
		}
	}
	return text_repair(arena, text_of(&out), out.n);
}

char *
charset_read(struct arena *arena, const char *name, struct bytes bytes,
    bool *lost)
{
	int which;

	switch (name_read(name, &which)) {
	case KIND_GUESS:
	case KIND_UTF8:
		/* A set that is wrongly called UTF-8 is a Western one. */
		return guess_read(arena, bytes);
	case KIND_TABLE:
		return table_read(arena, tables[which], bytes);
	case KIND_UTF16:
		return utf16_read(arena, which, bytes);
	case KIND_UTF7:
		return utf7_read(arena, bytes);
	case KIND_ICONV:
		charset_open();
		return iconv_read(arena, converters[which], bytes);
	case KIND_UNKNOWN:
		break;
	}
	if (lost != NULL)
		*lost = true;
	return table_read(arena, NULL, bytes);
}

/* Most of what comes is plain: no second pass over it. */
static bool
is_plain(struct bytes bytes, bool many)
{
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = bytes.data[i];

		if (c >= 0x7F || (c < 0x20
		    && !(many && (c == '\n' || c == '\t'))))
			return false;
	}
	return true;
}

static bool
is_ascii_based(const char *name)
{
	int which;
	enum kind kind = name_read(name, &which);

	return kind == KIND_GUESS || kind == KIND_UTF8 || kind == KIND_TABLE;
}

char *
charset_one_line(struct arena *arena, const char *name, struct bytes bytes,
    bool *lost)
{
	if (is_plain(bytes, false) && is_ascii_based(name))
		return arena_strndup(arena, (const char *)bytes.data,
		    bytes.n);
	return text_one_line(arena, charset_read(arena, name, bytes, lost));
}

char *
charset_many_lines(struct arena *arena, const char *name, struct bytes bytes,
    bool *lost)
{
	if (is_plain(bytes, true) && is_ascii_based(name))
		return arena_strndup(arena, (const char *)bytes.data,
		    bytes.n);
	return text_many_lines(arena, charset_read(arena, name, bytes, lost));
}
