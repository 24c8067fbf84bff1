/* SPDX-License-Identifier: MIT */
/* Writes header fields: the one place where a value becomes part of a head. */
#include "mail/header_write.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"

#define LONG_WORD 60	/* longer ones are encoded, since they cannot fold */
#define ATOM_MARKS "!#$%&'*+-/=?^_`{|}~"

static bool
is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' &&
	    (c | 0x20) <= 'z');
}

/* A label of a domain, RFC 1123 §2.1. */
static bool
label_is_plain(const char *label, size_t n)
{
	if (n == 0 || n > 63 || label[0] == '-' || label[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_alnum((unsigned char)label[i]) && label[i] != '-')
			return false;
	return true;
}

static bool
domain_is_plain(const char *domain)
{
	for (;;) {
		size_t n = strcspn(domain, ".");

		if (!label_is_plain(domain, n))
			return false;
		if (domain[n] == '\0')
			return true;
		domain += n + 1;
	}
}

bool
address_is_plain(const char *email)
{
	const char *at = email == NULL ? NULL : strrchr(email, '@');

	if (at == NULL || at == email || at - email > 64 ||
	    strlen(email) > 254 || email[0] == '.' || at[-1] == '.')
		return false;
	for (const char *p = email; p < at; p++)
		if (*p == '.' ? p[1] == '.' : !is_alnum((unsigned char)*p) &&
		    strchr(ATOM_MARKS, *p) == NULL)
			return false;
	return domain_is_plain(at + 1);
}

bool
message_id_is_plain(const char *id, size_t n)
{
	size_t at = 0;

	if (n < 5 || n > 250 || id[0] != '<' || id[n - 1] != '>')
		return false;
	for (size_t i = 1; i + 1 < n; i++) {
		if (id[i] <= ' ' || id[i] > '~' || strchr("<>,;\"()", id[i]))
			return false;
		at += id[i] == '@';
	}
	return at == 1 && id[1] != '@' && id[n - 2] != '@';
}

/* THREATS 7: a decoded value with CR LF in it would be a header of its own.
 */
static enum rc
refuse_controls(const char *name, const char *value, struct err *err)
{
	for (const char *p = value; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return fail(err, RC_PARK, "header %s: control "
			    "character 0x%02x", name, (unsigned char)*p);
	return RC_OK;
}

/* How far the line that is being written has come. */
static size_t
column(const struct buf *out)
{
	size_t n = out->n;

	while (n > 0 && out->data[n - 1] != '\n')
		n--;
	return out->n - n;
}

/* Adds a piece that has no fold of its own, after a space or on a new line.
 */
static void
add_piece(struct buf *out, const char *piece, size_t n)
{
	buf_add(out, column(out) + 1 + n > HEADER_LINE ? "\r\n " : " ");
	buf_add_n(out, piece, n);
}

static void
add_pieces(struct buf *out, const char *value)
{
	while (*value != '\0') {
		size_t n = strcspn(value, " ");

		if (n > 0)
			add_piece(out, value, n);
		value += n + (value[n] == ' ');
	}
}

/* Whether plain words would come back as they are. */
static bool
needs_encoding(const char *value)
{
	size_t word = 0, n = strlen(value);

	if (strstr(value, "=?") != NULL || strstr(value, "  ") != NULL ||
	    value[0] == ' ' || (n > 0 && value[n - 1] == ' '))
		return true;
	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)value[i] > 0x7e)
			return true;
		word = value[i] == ' ' ? 0 : word + 1;
		if (word > LONG_WORD)
			return true;
	}
	return false;
}

/* RFC 2047 §5 (3): what may stand for itself even within a phrase. */
static bool
stands_for_itself(unsigned char c)
{
	return is_alnum(c) || (c != '\0' && strchr("!*+-/", c) != NULL);
}

/* How long the next encoded word may be: what is left of this line, or of a
 * new one where that is next to nothing. */
static size_t
room(const struct buf *out)
{
	size_t used = column(out) + 1;

	return used + 30 <= HEADER_LINE ? HEADER_LINE - used : HEADER_LINE - 1;
}

/* Encoded words in Q, each of whole code points (RFC 2047 §5: each must be
 * readable by itself). */
static void
add_encoded(struct buf *out, const char *value)
{
	static const char hex[] = "0123456789ABCDEF";
	char word[HEADER_LINE + 1] = "=?UTF-8?Q?";
	const size_t head = strlen(word);
	size_t n = head, most = room(out);

	while (*value != '\0') {
		const char *next = value;
		char piece[13];
		size_t m = 0;

		(void)text_next(&next);
		for (; value < next; value++) {
			unsigned char c = (unsigned char)*value;

			if (c == ' ' || stands_for_itself(c)) {
				piece[m++] = c == ' ' ? '_' : (char)c;
				continue;
			}
			piece[m++] = '=';
			piece[m++] = hex[c >> 4];
			piece[m++] = hex[c & 15];
		}
		if (n + m + 2 > most) {
			memcpy(word + n, "?=", 2);
			add_piece(out, word, n + 2);
			n = head;
			most = room(out);
		}
		memcpy(word + n, piece, m);
		n += m;
	}
	memcpy(word + n, "?=", 2);
	add_piece(out, word, n + 2);
}

static void
begin(struct buf *out, const char *name)
{
	buf_add(out, name);
	buf_add_char(out, ':');
}

enum rc
header_text(struct buf *out, const char *name, const char *value,
    struct err *err)
{
	enum rc rc = refuse_controls(name, value, err);

	if (rc != RC_OK)
		return rc;
	begin(out, name);
	if (needs_encoding(value))
		add_encoded(out, value);
	else
		add_pieces(out, value);
	buf_add(out, "\r\n");
	return RC_OK;
}

enum rc
header_plain(struct buf *out, const char *name, const char *value,
    struct err *err)
{
	enum rc rc = refuse_controls(name, value, err);

	if (rc != RC_OK)
		return rc;
	for (const char *p = value; *p != '\0'; p++)
		if ((unsigned char)*p > 0x7e)
			return fail(err, RC_PARK, "header %s: not ASCII",
			    name);
	begin(out, name);
	add_pieces(out, value);
	buf_add(out, "\r\n");
	return RC_OK;
}

/* RFC 5322 §3.2.5: atoms as they are, else a quoted string, else encoded. */
static void
add_phrase(struct buf *out, const char *phrase)
{
	struct buf quoted = buf_open(out->arena);
	bool plain = true;

	if (needs_encoding(phrase)) {
		add_encoded(out, phrase);
		return;
	}
	for (const char *p = phrase; *p != '\0'; p++)
		if (*p != ' ' && !is_alnum((unsigned char)*p) &&
		    strchr(ATOM_MARKS, *p) == NULL)
			plain = false;
	if (plain) {
		add_pieces(out, phrase);
		return;
	}
	buf_add_char(&quoted, '"');
	for (const char *p = phrase; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			buf_add_char(&quoted, '\\');
		buf_add_char(&quoted, *p);
	}
	buf_add_char(&quoted, '"');
	add_pieces(out, buf_text(&quoted));
}

enum rc
header_address(struct buf *out, const char *name,
    struct mail_address address, struct err *err)
{
	enum rc rc;

	if (!address_is_plain(address.email))
		return fail(err, RC_PARK, "header %s: not an address that can "
		    "be written to", name);
	if (address.name != NULL &&
	    (rc = refuse_controls(name, address.name, err)) != RC_OK)
		return rc;
	begin(out, name);
	if (address.name != NULL && address.name[0] != '\0') {
		struct buf angle = buf_open(out->arena);

		add_phrase(out, address.name);
		buf_addf(&angle, "<%s>", address.email);
		add_piece(out, angle.data, angle.n);
	} else {
		add_piece(out, address.email, strlen(address.email));
	}
	buf_add(out, "\r\n");
	return RC_OK;
}

enum rc
header_list_id(struct buf *out, const char *phrase, const char *id,
    struct err *err)
{
	enum rc rc = refuse_controls("List-Id", phrase, err);
	struct buf angle = buf_open(out->arena);

	if (rc != RC_OK)
		return rc;
	buf_addf(&angle, "x@%s", id);
	if (!address_is_plain(angle.data))
		return fail(err, RC_PARK, "header List-Id: not a list's id");
	begin(out, "List-Id");
	if (phrase[0] != '\0')
		add_phrase(out, phrase);
	angle.n = 0;
	buf_addf(&angle, "<%s>", id);
	add_piece(out, angle.data, angle.n);
	buf_add(out, "\r\n");
	return RC_OK;
}

static char *
put_number(char *to, int number, int digits)
{
	for (int i = digits; i-- > 0; number /= 10)
		to[i] = (char)('0' + number % 10);
	return to + digits;
}

static char *
put_three(char *to, const char *name)
{
	memcpy(to, name, 3);
	to[3] = ' ';
	return to + 4;
}

/* Written by hand, since each letter has one: printf takes ten times as
 * long. A year has four digits for as long as this runs. */
void
header_date(struct buf *out, const char *name, int64_t at)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct local l = date_local(at);
	int east = l.offset_s < 0 ? -l.offset_s : l.offset_s;

	char text[40], *to = put_three(text,
	    days + 3 * (date_weekday(l.day) - 1));

	to[-1] = ',';
	*to++ = ' ';
	to = put_number(to, l.day.day, 2);
	*to++ = ' ';
	to = put_three(to, months + 3 * (l.day.month - 1));
	to = put_number(to, l.day.year, 4);
	*to++ = ' ';
	to = put_number(to, l.hour, 2);
	*to++ = ':';
	to = put_number(to, l.minute, 2);
	*to++ = ':';
	to = put_number(to, l.second, 2);
	*to++ = ' ';
	*to++ = l.offset_s < 0 ? '-' : '+';
	to = put_number(to, east / 3600 * 100 + east / 60 % 60, 4);
	*to++ = '\r';
	*to++ = '\n';
	buf_add(out, name);
	buf_add_n(out, ": ", 2);
	buf_add_n(out, text, (size_t)(to - text));
}

/* RFC 2231 §4, and §3 in pieces where it is long; never within «%XX». */
static void
add_parameter(struct buf *out, const char *name, const char *encoded)
{
	size_t n = strlen(encoded), most = 54;

	if (n <= most) {
		buf_addf(out, ";\r\n %s*=UTF-8''%s\r\n", name, encoded);
		return;
	}
	for (int piece = 0; n > 0; piece++) {
		size_t m = n < most ? n : most;

		if (m < n && encoded[m - 1] == '%')
			m -= 1;
		else if (m < n && encoded[m - 2] == '%')
			m -= 2;
		buf_addf(out, ";\r\n %s*%d*=%s%.*s", name, piece,
		    piece == 0 ? "UTF-8''" : "", (int)m, encoded);
		encoded += m;
		n -= m;
	}
	buf_add(out, "\r\n");
}

enum rc
header_file(struct buf *out, const char *file_name, struct err *err)
{
	static const char hex[] = "0123456789ABCDEF";
	enum rc rc = refuse_controls("Content-Disposition", file_name, err);
	struct buf encoded = buf_open(out->arena);
	bool plain = strlen(file_name) <= 50 && file_name[0] != '\0';

	if (rc != RC_OK)
		return rc;
	for (const char *p = file_name; *p != '\0'; p++)
		plain = plain && (is_alnum((unsigned char)*p) ||
		    strchr(" ._-+", *p) != NULL);
	if (plain) {
		buf_addf(out, "Content-Disposition: attachment;\r\n"
		    " filename=\"%s\"\r\n", file_name);
		return RC_OK;
	}
	for (const char *p = file_name; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (is_alnum(c) || c == '.' || c == '-')
			buf_add_char(&encoded, (char)c);
		else
			buf_addf(&encoded, "%%%c%c", hex[c >> 4], hex[c & 15]);
	}
	buf_add(out, "Content-Disposition: attachment");
	add_parameter(out, "filename", buf_text(&encoded));
	return RC_OK;
}
