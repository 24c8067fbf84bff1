/* SPDX-License-Identifier: MIT */
/* Bounces in the words that mail servers write to people: who failed, why,
 * and for how long. */
#include "mail/report.h"

#include <string.h>

#include "base/arena.h"
#include "mail/address.h"

#define LINES_MAX 400	/* of a bounce's words: the rest is our own mail */
#define REASON_LINES 6	/* behind an address, in which its reason stands */

static bool
has_any(const char *text, const char *const *words)
{
	for (; *words != NULL; words++)
		if (text_find_nocase(text, *words) != NULL)
			return true;
	return false;
}

static bool
is_daemon(const char *email)
{
	static const char *const names[] = { "mailer-daemon@", "postmaster@",
		"mail-daemon@", "mdaemon@", "microsoftexchange", "daemon@" };

	for (size_t i = 0; email != NULL && i < sizeof names / sizeof *names;
	    i++)
		if (text_starts(email, names[i]))
			return true;
	return false;
}

/* A bounce says so twice: by who writes it, and by what it calls itself. */
static bool
is_bounce(const struct mail *m)
{
	static const char *const subjects[] = {
		"undeliver", "delivery status notification", "failure notice",
		"delivery failure", "delivery failed", "returned mail",
		"mail delivery", "delivery notification", "mail system error",
		"could not be delivered", "message delayed", "non-delivery",
		"nondeliverable", "returned to sender", "rejected:",
		"kan ikke leveres", "ikke leveret", "kunne ikke leveres",
		"levering mislykkedes", "unzustellbar", "nicht zugestellt",
		"kunde inte levereras", "olevererbar", "ej levererat",
		"kan ikke leveres", "ikke levert", "leveringsfejl",
		"forsinket levering", NULL };
	bool by_daemon = (m->return_path != NULL && *m->return_path == '\0')
	    || (m->from.n > 0 && is_daemon(m->from.list[0].email));

	if (mail_header(m, "X-Failed-Recipients") != NULL)
		return by_daemon || mail_header(m, "Auto-Submitted") != NULL;
	return by_daemon && m->subject != NULL
	    && has_any(m->subject, subjects);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* RFC 3463 §2: class "." subject "." detail, standing alone. */
static const char *
status_find(struct arena *arena, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		size_t a, b;

		if ((*p != '2' && *p != '4' && *p != '5') || p[1] != '.'
		    || (p > text && (is_digit(p[-1]) || p[-1] == '.')))
			continue;
		for (a = 2; is_digit(p[a]) && a < 5; a++)
			;
		if (a == 2 || p[a] != '.')
			continue;
		for (b = a + 1; is_digit(p[b]) && b < a + 4; b++)
			;
		if (b == a + 1 || is_digit(p[b]) || (p[b] == '.'
		    && is_digit(p[b + 1])))
			continue;
		return arena_strndup(arena, p, b);
	}
	return NULL;
}

/* A reply code of SMTP: "550 …", "550-…", standing alone. */
static char
code_class(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if ((*p == '4' || *p == '5') && is_digit(p[1])
		    && is_digit(p[2]) && !is_digit(p[3])
		    && (p[3] == ' ' || p[3] == '-' || p[3] == ':')
		    && (p == text || strchr(" :(#[<\n", p[-1]) != NULL))
			return *p;
	return '\0';
}

/* What the words mean where no code stands. */
static const char *
status_guess(struct arena *arena, const char *reason)
{
	static const char *const unknown[] = { "user unknown",
		"unknown user", "no such user", "no such recipient",
		"does not exist", "doesn't exist", "no mailbox",
		"mailbox not found", "unknown recipient", "address rejected",
		"recipient rejected", "invalid recipient", "not found",
		"account has been disabled", "doesn't have a",
		"unrouteable address", "no mailbox here by that name",
		"findes ikke", "ikke fundet", "ikke blev fundet",
		"finns inte", "finnes ikke",
		"existiert nicht", NULL };
	static const char *const full[] = { "quota", "mailbox full",
		"mailbox is full", "over limit", "er fuld", "er full",
		"insufficient storage", "voll", NULL };
	static const char *const host[] = { "host unknown",
		"host not found", "domain not found", "couldn't find any host",
		"no such domain", "domain name not found", "name server",
		NULL };
	const char *status = status_find(arena, reason);
	char class = code_class(reason);

	if (status != NULL)
		return status;
	if (has_any(reason, full))
		return class == '4' ? "4.2.2" : "5.2.2";
	if (class == '4')
		return "4.0.0";
	if (has_any(reason, host))
		return "5.1.2";
	if (has_any(reason, unknown))
		return "5.1.1";
	return class == '5' ? "5.0.0" : NULL;
}

/* The address that a line is about: "<a@b>: reason", "a@b", "a@b (reason)",
 * "Name<mailto:a@b>", "… delivered to a@b because …". */
static const char *
line_recipient(struct arena *arena, const char *line, const char **reason)
{
	static const char *const leads[] = { "delivered to ", "deliver to ",
		"leveret til ", "leveres til ", "levererats till ",
		"levert til ", "recipient: ", "address: ", "recipient ", NULL };
	const char *p = line + strspn(line, " \t*-"), *mailto, *got;
	size_t n;

	*reason = "";
	mailto = strstr(p, "<mailto:");
	if (mailto != NULL) {
		p = mailto + strlen("<mailto:");
		n = strcspn(p, ">?");
		return address_read(arena, arena_strndup(arena, p, n));
	}
	for (size_t i = 0; leads[i] != NULL; i++) {
		const char *lead = text_find_nocase(p, leads[i]);

		if (lead == NULL)
			continue;
		lead += strlen(leads[i]);
		lead += *lead == '<';
		n = strcspn(lead, " ,>:;)");
		while (n > 0 && lead[n - 1] == '.')
			n--;
		got = address_read(arena, arena_strndup(arena, lead, n));
		if (got != NULL) {
			*reason = lead + n + strspn(lead + n, " ,>:;.");
			return got;
		}
	}
	/* "Name (a@b)" and nothing behind it: Exchange. */
	mailto = strrchr(p, '(');
	if (mailto != NULL && strlen(p) < 200 && text_ends(p, ")")) {
		n = strlen(mailto + 1) - 1;
		got = strcspn(mailto + 1, " <>") < n ? NULL
		    : address_read(arena, arena_strndup(arena, mailto + 1, n));
		if (got != NULL)
			return got;
	}
	p += *p == '<';
	n = strcspn(p, " \t>:;,(<");
	if (n == 0 || memchr(p, '@', n) == NULL)
		return NULL;
	got = address_read(arena, arena_strndup(arena, p, n));
	p += n + strspn(p + n, ">");
	/* The address leads the line: what follows is a reason, no sentence.
	 */
	if (*p != '\0' && strchr(":(<", *p) == NULL
	    && strchr("(<:", p[strspn(p, " \t")]) == NULL)
		return NULL;
	*reason = p + strspn(p, " \t:>");
	return got;
}

/* Where the copy of our own mail begins: its addresses are not about what
 * failed. */
static bool
is_copy_mark(const char *line)
{
	static const char *const marks[] = { "below this line is a copy",
		"this is a copy of the message", "original message follows",
		"original message headers", "message header follows",
		"unsent message", "returned message", "original message ---",
		"oprindelige meddelelsesheadere", "message headers follow",
		"included message", "undelivered message",
		"copy of your message", NULL };

	return has_any(line, marks);
}

static bool
is_own_address(const struct mail *m, const char *address)
{
	for (size_t i = 0; i < m->to.n; i++)
		if (m->to.list[i].email != NULL
		    && strcmp(m->to.list[i].email, address) == 0)
			return true;
	for (size_t i = 0; i < m->from.n; i++)
		if (m->from.list[i].email != NULL
		    && strcmp(m->from.list[i].email, address) == 0)
			return true;
	return false;
}

static bool
is_delay(const struct mail *m, const char *text)
{
	static const char *const subject[] = { "delay", "warning",
		"forsink", "försen", "verzöger", NULL };
	static const char *const words[] = {
		"has not yet been delivered", "not been delivered yet",
		"will continue to be", "still trying", "will retry",
		"you do not need to resend", "delivery attempts will continue",
		"there is no need to resend", "this is a warning message only",
		"forsøger stadig", NULL };

	return (m->subject != NULL && has_any(m->subject, subject))
	    || (text != NULL && has_any(text, words));
}

static bool
has_report_for(const struct report_list *out, const char *recipient)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->reports[i].recipient != NULL
		    && strcmp(out->reports[i].recipient, recipient) == 0)
			return true;
	return false;
}

/* The lines behind an address up to the next empty one after a word, or the
 * next address. */
static const char *
reason_read(struct arena *arena, const char *first, const char *const *lines,
    size_t i, size_t n)
{
	struct buf out = buf_open(arena);
	const char *none;
	bool any = *first != '\0';

	buf_add(&out, first);
	for (size_t k = i + 1; k < n && k <= i + REASON_LINES; k++) {
		const char *line = lines[k] + strspn(lines[k], " \t");

		if (*line == '\0') {
			if (any)
				break;
			continue;
		}
		if (is_copy_mark(line)
		    || line_recipient(arena, line, &none) != NULL)
			break;
		buf_add_char(&out, ' ');
		buf_add(&out, line);
		any = true;
	}
	return report_line(arena, buf_text(&out), REPORT_LINE_MAX);
}

static void
words_read(struct arena *arena, const struct mail *m, const char *text,
    const char *action, struct report_list *out)
{
	size_t n;
	const char **lines = text_lines(arena, text, &n);

	if (n > LINES_MAX)
		n = LINES_MAX;
	for (size_t i = 0; i < n && !is_copy_mark(lines[i]); i++) {
		struct mail_report r = { .kind = MAIL_REPORT_DELIVERY,
			.action = action };
		const char *reason;

		if (strlen(lines[i]) > 1000)
			continue;
		r.recipient = line_recipient(arena, lines[i], &reason);
		if (r.recipient == NULL || is_own_address(m, r.recipient)
		    || has_report_for(out, r.recipient))
			continue;
		r.diagnostic = reason_read(arena, reason, lines, i, n);
		if (r.diagnostic != NULL)
			r.status = status_guess(arena, r.diagnostic);
		report_add(arena, out, &r);
	}
}

/* "X-Failed-Recipients: a@b, c@d", by Exim and Gmail. */
static void
failed_read(struct arena *arena, const struct mail *m, const char *text,
    struct report_list *out)
{
	const char *value = mail_header(m, "X-Failed-Recipients");
	struct address_list list;

	if (value == NULL)
		return;
	list = address_list_read(arena, value);
	for (size_t i = 0; i < list.addresses.n; i++) {
		struct mail_report r = { .kind = MAIL_REPORT_DELIVERY,
			.action = "failed",
			.recipient = list.addresses.list[i].email };

		if (r.recipient == NULL || has_report_for(out, r.recipient))
			continue;
		r.status = text == NULL ? NULL : status_guess(arena,
		    text_cut(arena, text, 4000));
		report_add(arena, out, &r);
	}
}

/* "Message-ID: <…>" in the words, as Exchange and qmail quote our head. */
static void
text_ids(struct arena *arena, const char *text, struct report_list *out)
{
	for (const char *p = text; (p = text_find_nocase(p, "message-id:"))
	    != NULL; p += strlen("message-id:")) {
		size_t n = strcspn(p, "\n");

		/* The id may stand on the next line. */
		if (strchr(arena_strndup(arena, p, n), '<') == NULL
		    && p[n] == '\n')
			n += 1 + strcspn(p + n + 1, "\n");
		report_add_ids(arena, out, arena_strndup(arena, p, n));
		if (out->n_ids == REPORT_MAX)
			return;
	}
}

void
report_text_read(struct arena *arena, const struct mail *m,
    struct report_list *out)
{
	const char *text = m->text != NULL ? m->text : m->html_text;
	bool bounce = is_bounce(m);

	if (out->n == 0 && !bounce) {
		/* A mail with another one attached is no report. */
		out->n_ids = 0;
		return;
	}
	if (text != NULL)
		text = text_cut(arena, text, REPORT_MAX_BYTES);
	if (bounce && out->n == 0) {
		const char *action = is_delay(m, text) ? "delayed"
		    : "failed";
		struct mail_report nobody = { .kind = MAIL_REPORT_DELIVERY,
			.action = action };

		if (text != NULL)
			words_read(arena, m, text, action, out);
		failed_read(arena, m, text, out);
		if (out->n == 0)
			report_add(arena, out, &nobody);
	}
	if (text != NULL)
		text_ids(arena, text, out);
}
