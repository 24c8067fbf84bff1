/* SPDX-License-Identifier: MIT */
/* Follows the server's replies through one letter. */
#include "mail/smtp_reply.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void
smtp_replies_open(struct smtp_replies *replies, bool has_echo)
{
	replies->phase = SMTP_PHASE_HELLO;
	replies->settled = false;
	replies->has_echo = has_echo;
	replies->echo_refused = false;
	replies->n_replies = 0;
	replies->code = 0;
	replies->words[0] = '\0';
	replies->n_coming = 0;
}

void
smtp_replies_begin(struct smtp_replies *replies)
{
	replies->phase = SMTP_PHASE_MAIL;
	replies->settled = false; /* a server that knows HELO alone */
	replies->code = 0;
	replies->words[0] = '\0';
}

/* What an earlier EHLO said counts no longer: a new connection, or TLS just
 * began (RFC 3207 §4.2). */
static void
forget_offer(struct smtp_replies *replies)
{
	replies->logged_in = replies->smtputf8 = replies->eight_bit = false;
	replies->auth = replies->starttls = false;
	replies->size_max = 0;
	replies->mechanisms[0] = '\0';
}

static bool
is_keyword(const char *text, size_t n, const char *keyword)
{
	size_t k = strlen(keyword);

	return n >= k && strncasecmp(text, keyword, k) == 0
	    && (n == k || text[k] == ' ' || text[k] == '=');
}

/* One line of EHLO's answer (RFC 5321 §4.1.1.1): ehlo-keyword and params. */
static void
offer_line(struct smtp_replies *replies, const char *text, size_t n)
{
	if (is_keyword(text, n, "SMTPUTF8"))
		replies->smtputf8 = true;
	else if (is_keyword(text, n, "8BITMIME"))
		replies->eight_bit = true;
	else if (is_keyword(text, n, "STARTTLS"))
		replies->starttls = true;
	else if (is_keyword(text, n, "SIZE")) {
		char digits[20] = "";

		if (n > 5)
			memcpy(digits, text + 5, n - 5 < sizeof digits - 1
			    ? n - 5 : sizeof digits - 1);
		replies->size_max = strtoll(digits, NULL, 10);
		if (replies->size_max < 0)
			replies->size_max = 0;
	} else if (is_keyword(text, n, "AUTH")) {
		replies->auth = true;
		if (n > 5 && n - 5 < sizeof replies->mechanisms) {
			memcpy(replies->mechanisms, text + 5, n - 5);
			replies->mechanisms[n - 5] = '\0';
		}
	}
}

static void
settle(struct smtp_replies *replies, uint32_t code)
{
	replies->settled = true;
	replies->code = code;
	memcpy(replies->words, replies->coming, replies->n_coming);
	replies->words[replies->n_coming] = '\0';
}

/* A whole reply to MAIL, RCPT, DATA or the final dot. */
static bool
letter_reply(struct smtp_replies *replies, uint32_t code)
{
	static const enum smtp_phase next[SMTP_PHASES] = {
		[SMTP_PHASE_MAIL] = SMTP_PHASE_RCPT,
		[SMTP_PHASE_ECHO] = SMTP_PHASE_DATA,
		[SMTP_PHASE_DATA] = SMTP_PHASE_BODY,
	};

	if (replies->phase == SMTP_PHASE_BODY) {
		settle(replies, code);
		return true;
	}
	if (replies->phase == SMTP_PHASE_ECHO && code >= 400) {
		replies->echo_refused = true;
		replies->phase = SMTP_PHASE_DATA;
		return true;
	}
	if (code >= 400 || (replies->phase == SMTP_PHASE_DATA
	    && code != 354)) {
		settle(replies, code);
		return replies->phase != SMTP_PHASE_RCPT;
	}
	replies->phase = replies->phase != SMTP_PHASE_RCPT
	    ? next[replies->phase]
	    : replies->has_echo ? SMTP_PHASE_ECHO : SMTP_PHASE_DATA;
	return true;
}

static bool
whole_reply(struct smtp_replies *replies, uint32_t code)
{
	replies->n_replies++;
	if (replies->phase != SMTP_PHASE_HELLO)
		return letter_reply(replies, code);
	if (code == 220)	/* the greeting, or STARTTLS' go-ahead */
		forget_offer(replies);
	else if (code == 235)	/* RFC 4954 §6 */
		replies->logged_in = true;
	else if (code >= 400)
		settle(replies, code);
	return true;
}

/* The words of a reply of many lines are put behind each other. */
static void
collect(struct smtp_replies *replies, const char *text, size_t n)
{
	size_t room = sizeof replies->coming - 1 - replies->n_coming;

	if (n > room)
		n = room;
	memcpy(replies->coming + replies->n_coming, text, n);
	replies->n_coming += n;
}

bool
smtp_replies_line(struct smtp_replies *replies, const char *line, size_t n)
{
	uint32_t code = 0;
	bool last;

	while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
		n--;
	/* Reply-code = %x32-35 %x30-35 %x30-39, then "-", SP or the end */
	if (n < 3 || (n > 3 && line[3] != '-' && line[3] != ' '))
		return true;
	for (size_t i = 0; i < 3; i++) {
		if (line[i] < '0' || line[i] > '9')
			return true;
		code = code * 10 + (uint32_t)(line[i] - '0');
	}
	last = n == 3 || line[3] == ' ';
	/* QUIT's answer, which is nobody's verdict, is 221 and only that. */
	if (replies->settled || code == 221)
		return true;
	if (replies->phase == SMTP_PHASE_HELLO && code == 250 && n > 4)
		offer_line(replies, line + 4, n - 4);
	if (replies->n_coming == 0)
		collect(replies, line, 3);
	collect(replies, " ", 1);
	if (n > 4)
		collect(replies, line + 4, n - 4);
	if (!last)
		return true;
	last = whole_reply(replies, code);
	replies->n_coming = 0;
	return last;
}
