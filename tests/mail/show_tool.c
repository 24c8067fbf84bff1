/* SPDX-License-Identifier: MIT */
/* show [-x] FILE…: what the parser makes of a mail, as text. With -x as the
 * exchange profile reads it. `show -t N FILE…` reads all of them N times and
 * prints the time of one. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/wire.h"
#include "mail/mime_read.h"

static void
line(const char *name, const char *value)
{
	if (value != NULL)
		(void)printf("%-14s %s\n", name, value);
}

static void
lines(const char *name, const char *text)
{
	if (text == NULL)
		return;
	(void)printf("--- %s\n", name);
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		(void)printf("  | %.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
}

static void
people(const char *name, const struct mail_addresses *a)
{
	for (size_t i = 0; i < a->n; i++)
		(void)printf("%-14s %s <%s>\n", name,
		    a->list[i].name == NULL ? "-" : a->list[i].name,
		    a->list[i].email == NULL ? "-" : a->list[i].email);
}

static void
digest(const char *name, const uint8_t *sha)
{
	(void)printf("%-14s ", name);
	for (int i = 0; i < 8; i++)
		(void)printf("%02x", sha[i]);
	(void)printf("…\n");
}

static void
show(const struct mail *m)
{
	static const char *const auths[] = { "none", "pass", "fail", "error",
		"FORGED" };

	line("return-path", m->return_path);
	for (size_t i = 0; i < m->n_delivered_to; i++)
		line("delivered-to", m->delivered_to[i]);
	line("message-id", m->message_id);
	for (size_t i = 0; i < m->n_in_reply_to; i++)
		line("in-reply-to", m->in_reply_to[i]);
	for (size_t i = 0; i < m->n_references; i++)
		line("references", m->references[i]);
	people(m->from_is_plain ? "from" : "from (odd)", &m->from);
	people("sender", &m->sender);
	people("reply-to", &m->reply_to);
	people("to", &m->to);
	people("cc", &m->cc);
	line("subject", m->subject);
	(void)printf("%-14s %lld %+d\n", "date", (long long)m->date_at,
	    m->date_offset_s);
	(void)printf("%-14s %zu, %lld bytes%s%s%s%s%s%s\n", "fields",
	    m->n_headers, (long long)m->size_bytes,
	    m->is_encrypted ? ", encrypted" : "",
	    m->is_signed ? ", signed" : "",
	    m->html_differs ? ", html differs" : "",
	    m->html_has_coloured ? ", coloured" : "",
	    m->is_broken ? ", BROKEN: " : "",
	    m->broken_why == NULL ? "" : m->broken_why);
	(void)printf("%-14s %s: %s\n", "auth", auths[m->auth],
	    m->auth_why == NULL ? "-" : m->auth_why);
	digest("content", m->content_sha256);
	for (size_t i = 0; i < m->n_attachments; i++) {
		const struct mail_attachment *a = &m->attachments[i];

		(void)printf("%-14s %u %s %s %lld bytes%s\n", "attachment",
		    a->part, a->type, a->name == NULL ? "-" : a->name,
		    (long long)a->size_bytes, a->is_inline ? " inline" : "");
		digest("", a->sha256);
		lines("its text", a->text);
	}
	for (size_t i = 0; i < m->n_calendars; i++) {
		const struct mail_calendar *c = &m->calendars[i];

		(void)printf("%-14s %s (%s) uid=%s start=%lld stamp=%lld "
		    "rec=%lld seq=%d org=%s att=%s partstat=%s sent-by=%s "
		    "comment=%s summary=%s%s\n", "calendar",
		    c->method == NULL ? "-" : c->method,
		    c->type_method == NULL ? "-" : c->type_method,
		    c->uid == NULL ? "-" : c->uid, (long long)c->start_at,
		    (long long)c->stamp_at, (long long)c->recurrence_at,
		    c->sequence, c->organizer == NULL ? "-" : c->organizer,
		    c->attendee == NULL ? "-" : c->attendee,
		    c->partstat == NULL ? "-" : c->partstat,
		    c->sent_by == NULL ? "-" : c->sent_by,
		    c->comment == NULL ? "-" : c->comment,
		    c->summary == NULL ? "-" : c->summary,
		    c->counter_proposed ? " COUNTER" : "");
	}
	for (size_t i = 0; i < m->n_reports; i++) {
		const struct mail_report *p = &m->reports[i];

		(void)printf("%-14s kind=%d %s action=%s status=%s %s\n",
		    "report", (int)p->kind,
		    p->recipient == NULL ? "-" : p->recipient,
		    p->action == NULL ? "-" : p->action,
		    p->status == NULL ? "-" : p->status,
		    p->diagnostic == NULL ? "-" : p->diagnostic);
	}
	for (size_t i = 0; i < m->n_report_ids; i++)
		line("report-id", m->report_ids[i]);
	lines("text", m->text);
	lines("html", m->html_text);
	lines("hidden", m->html_hidden);
	if (m->inner != NULL) {
		(void)printf("=== attached mail\n");
		show(m->inner);
	}
}

static struct bytes
map(const char *path, int *fd)
{
	struct stat st;
	void *data;

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0 || fstat(*fd, &st) != 0) {
		perror(path);
		exit(1);
	}
	if (st.st_size == 0)
		return (struct bytes){ .n = 0 };
	data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, *fd, 0);
	if (data == MAP_FAILED) {
		perror(path);
		exit(1);
	}
	return (struct bytes){ data, (size_t)st.st_size };
}

static double
now_s(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct auth_trust trust = { .profile = AUTH_STANDARD,
		.authserv_id = "mx.fjordby.example" };
	struct arena *arena = arena_open();
	int first = 1, times = 0, n = 0;
	double start;

	if (argc > first && strcmp(argv[first], "-x") == 0) {
		trust.profile = AUTH_EXCHANGE;
		first++;
	}
	if (argc > first + 1 && strcmp(argv[first], "-t") == 0) {
		times = atoi(argv[first + 1]);
		first += 2;
	}
	mime_open();
	start = now_s();
	for (int t = 0; t < (times == 0 ? 1 : times); t++)
		for (int i = first; i < argc; i++) {
			const struct mail *mail;
			struct wire_out out;
			struct err err;
			int fd;
			struct bytes raw = map(argv[i], &fd);

			if (mime_read(arena, &trust, raw, fd, &mail, &err)
			    != RC_OK) {
				(void)printf("%s: %s\n", argv[i], err.text);
				return 1;
			}
			out = wire_out(arena);
			mail_write(&out, mail);
			if (times == 0) {
				(void)printf("##### %s\n", argv[i]);
				show(mail);
			}
			(void)close(fd);
			wire_unmap(&raw);
			arena_reset(arena);
			n++;
		}
	if (times > 0)
		(void)printf("%d mails, %.1f us each\n", n,
		    (now_s() - start) / n * 1e6);
	arena_close(&arena);
	return 0;
}
