/* SPDX-License-Identifier: MIT */
/* Reads a server's replies, and its offer in EHLO. */
#include "mail/smtp_reply.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void
smtp_reply_open(struct smtp_reply *reply)
{
	reply->code = 0;
	reply->n = 0;
	reply->words[0] = '\0';
}

/* The words of a reply of many lines are put behind each other. */
static void
collect(struct smtp_reply *reply, const char *text, size_t n)
{
	size_t room = sizeof reply->words - 1 - reply->n;

	if (n > room)
		n = room;
	memcpy(reply->words + reply->n, text, n);
	reply->n += n;
	reply->words[reply->n] = '\0';
}

static size_t
without_end(const char *line, size_t n)
{
	while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
		n--;
	return n;
}

/* Reply-code = %x32-35 %x30-35 %x30-39, then "-", SP or the end. */
enum smtp_line
smtp_reply_line(struct smtp_reply *reply, const char *line, size_t n)
{
	uint32_t code = 0;

	n = without_end(line, n);
	if (n < 3 || (n > 3 && line[3] != '-' && line[3] != ' '))
		return SMTP_LINE_JUNK;
	for (size_t i = 0; i < 3; i++) {
		if (line[i] < '0' || line[i] > '9')
			return SMTP_LINE_JUNK;
		code = code * 10 + (uint32_t)(line[i] - '0');
	}
	if (code < 200 || code > 599)
		return SMTP_LINE_JUNK;
	if (reply->n == 0)
		collect(reply, line, 3);
	collect(reply, " ", 1);
	if (n > 4)
		collect(reply, line + 4, n - 4);
	reply->code = code;
	return n == 3 || line[3] == ' ' ? SMTP_LINE_LAST : SMTP_LINE_MORE;
}

/* What an earlier EHLO said counts no longer: a new connection, or TLS just
 * began (RFC 3207 §4.2). */
static void
forget_offer(struct smtp_hello *hello)
{
	hello->logged_in = hello->smtputf8 = hello->eight_bit = false;
	hello->pipelining = hello->size = hello->auth = false;
	hello->starttls = false;
	hello->size_max = 0;
	hello->mechanisms[0] = '\0';
}

void
smtp_hello_open(struct smtp_hello *hello)
{
	forget_offer(hello);
	hello->refused = false;
	smtp_reply_open(&hello->reply);
}

static bool
is_keyword(const char *text, size_t n, const char *keyword)
{
	size_t k = strlen(keyword);

	return n >= k && strncasecmp(text, keyword, k) == 0
	    && (n == k || text[k] == ' ' || text[k] == '=');
}

static void
size_read(struct smtp_hello *hello, const char *text, size_t n)
{
	char digits[20] = "";

	hello->size = true;
	if (n > 5)
		memcpy(digits, text + 5, n - 5 < sizeof digits - 1 ? n - 5
		    : sizeof digits - 1);
	hello->size_max = strtoll(digits, NULL, 10);
	if (hello->size_max < 0)
		hello->size_max = 0;
}

/* One line of EHLO's answer: ehlo-keyword and its parameters. */
static void
offer_line(struct smtp_hello *hello, const char *text, size_t n)
{
	if (is_keyword(text, n, "SMTPUTF8"))
		hello->smtputf8 = true;
	else if (is_keyword(text, n, "8BITMIME"))
		hello->eight_bit = true;
	else if (is_keyword(text, n, "PIPELINING"))
		hello->pipelining = true;
	else if (is_keyword(text, n, "STARTTLS"))
		hello->starttls = true;
	else if (is_keyword(text, n, "SIZE"))
		size_read(hello, text, n);
	else if (is_keyword(text, n, "AUTH")) {
		hello->auth = true;
		if (n > 5 && n - 5 < sizeof hello->mechanisms) {
			memcpy(hello->mechanisms, text + 5, n - 5);
			hello->mechanisms[n - 5] = '\0';
		}
	}
}

void
smtp_hello_line(struct smtp_hello *hello, const char *line, size_t n)
{
	enum smtp_line kind;

	if (hello->refused)
		return;
	kind = smtp_reply_line(&hello->reply, line, n);
	if (kind == SMTP_LINE_JUNK)
		return;
	n = without_end(line, n);
	if (hello->reply.code == 250 && n > 4)
		offer_line(hello, line + 4, n - 4);
	if (kind != SMTP_LINE_LAST)
		return;
	if (hello->reply.code == 220) /* greeting, or STARTTLS' go-ahead */
		forget_offer(hello);
	else if (hello->reply.code == 235)
		hello->logged_in = true;
	else if (hello->reply.code >= 400) {
		hello->refused = true;
		return;
	}
	smtp_reply_open(&hello->reply);
}
