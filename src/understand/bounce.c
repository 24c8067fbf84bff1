/* SPDX-License-Identifier: MIT */
/* A report is believed only where it carries what a stranger cannot know: the
 * Message-ID or the token of a letter of ours. Our letters go to one address
 * each, so the letter tells who is out of reach, also where his own server
 * sent it on. */
#include "understand/bounce.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/thread.h"

#define BOUNCE_LEXICON "src/understand/bounce.lexicon"
#define MAX_READ_BYTES 65536 /* a report says it at its head */

static const struct phrases *
section(const char *name)
{
	return phrases_section(BOUNCE_LEXICON, name);
}

static bool
has(const char *list, const char *low)
{
	return low != NULL && phrases_in(section(list), low, NULL) != NULL;
}

/* --- is it one? -------------------------------------------------------- */

static bool
from_daemon(const struct mail *mail)
{
	const char *from = mail->from.n > 0 ? mail->from.list[0].email : NULL;
	const struct phrases *list = phrases_section(
	    "src/understand/silence.lexicon", "daemon");

	return (mail->return_path != NULL && *mail->return_path == '\0') ||
	    (from != NULL && phrases_at(list, from) != 0);
}

static const struct mail_report *
delivery_report(const struct mail *mail)
{
	const struct mail_report *first = NULL;

	for (size_t i = 0; i < mail->n_reports; i++) {
		const struct mail_report *r = &mail->reports[i];

		if (r->kind != MAIL_REPORT_DELIVERY)
			continue;
		if (r->action != NULL && strcmp(r->action, "failed") == 0)
			return r;
		if (first == NULL)
			first = r;
	}
	return first;
}

/* --- which letter came back? ------------------------------------------- */

static const struct world_sent *
text_letter(const struct world *world, const char *text)
{
	for (const char *p = text; p != NULL && (p = strchr(p, '<')) != NULL;
	    p++) {
		const char *end = strpbrk(p + 1, "<> \n");

		if (end == NULL || *end != '>')
			continue;
		for (size_t i = 0; i < world->n_sent; i++) {
			const char *id = world->sent[i].message_id;
			size_t n = (size_t)(end - p) + 1;

			if (strlen(id) == n && memcmp(id, p, n) == 0)
				return &world->sent[i];
		}
	}
	return NULL;
}

static const struct world_sent *
letter_of(struct arena *arena, const struct mail *mail,
    const struct words *words, const struct world *world)
{
	const struct world_sent *letter = NULL;
	struct thread thread;

	for (size_t i = 0; letter == NULL && i < mail->n_report_ids; i++)
		letter = world_sent(world, mail->report_ids[i]);
	if (letter == NULL && mail->inner != NULL)
		letter = world_sent(world, mail->inner->message_id);
	if (letter == NULL)
		letter = text_letter(world, mail->text);
	if (letter == NULL) {
		thread_read(arena, mail, words, world, &thread);
		letter = thread.letter;
	}
	return letter;
}

/* --- for whom, and for good? ------------------------------------------- */

/* An address in a text: the first that is neither ours nor a daemon's. */
static const char *
text_recipient(struct arena *arena, const struct world *world,
    const char *low)
{
	static const char in_address[] =
	    "abcdefghijklmnopqrstuvwxyz0123456789._+-=";

	for (const char *at = low; (at = strchr(at, '@')) != NULL; at++) {
		const char *from = at, *domain = at + 1;
		size_t n = strspn(domain, "abcdefghijklmnopqrstuvwxyz"
		    "0123456789.-");
		const char *email;

		while (from > low && strchr(in_address, from[-1]) != NULL)
			from--;
		while (n > 0 && domain[n - 1] == '.')
			n--;
		if (from == at || n < 3)
			continue;
		/* the id of a mail has a bracket before it and no address */
		email = arena_strndup(arena, from,
		    (size_t)(domain - from) + n);
		if (!thread_address(world, email, NULL, NULL) &&
		    phrases_at(phrases_section(
		    "src/understand/silence.lexicon", "machine"),
		    email) == 0)
			return email;
	}
	return NULL;
}

static bool
is_hard(const char *status, const char *low)
{
	if (has("full", low))
		return false;
	if (status == NULL || strlen(status) < 3)
		return has("hard", low);
	if (status[0] != '5')
		return false;
	if (text_starts(status, "5.1.") || strcmp(status, "5.2.1") == 0 ||
	    strcmp(status, "5.4.4") == 0)
		return true;
	if (text_starts(status, "5.2.") || text_starts(status, "5.3.") ||
	    text_starts(status, "5.7."))
		return false;
	return has("hard", low);
}

static enum bounce_kind
kind_of(const struct mail_report *report, const char *subject,
    const char *low)
{
	const char *action = report == NULL ? NULL : report->action;

	if (action != NULL)
		return strcmp(action, "failed") == 0 ? BOUNCE_FAILED :
		    strcmp(action, "delayed") == 0 ? BOUNCE_DELAYED :
		    BOUNCE_DELIVERED;
	if (has("delayed", subject) || has("delayed", low))
		return BOUNCE_DELAYED;
	if (has("delivered", subject) && !has("text", low))
		return BOUNCE_DELIVERED;
	return BOUNCE_FAILED;
}

bool
bounce_read(struct arena *arena, const struct mail *mail,
    const struct words *words, const struct world *world,
    struct bounce *bounce)
{
	const struct mail_report *report = delivery_report(mail);
	const char *failed = mail_header(mail, "X-Failed-Recipients");
	const char *text = mail->text != NULL ? mail->text : mail->html_text;
	const char *subject = text_lower(arena, mail->subject == NULL ? "" :
	    mail->subject);
	const char *low = text_lower(arena, text_cut(arena,
	    text == NULL ? "" : text, MAX_READ_BYTES));

	*bounce = (struct bounce){ .kind = BOUNCE_FAILED };
	if (report == NULL && failed == NULL && !(from_daemon(mail) &&
	    (has("subject", subject) || has("text", low))))
		return false;
	bounce->letter = letter_of(arena, mail, words, world);
	bounce->kind = kind_of(report, subject, low);
	bounce->hard = bounce->kind == BOUNCE_FAILED &&
	    is_hard(report == NULL ? NULL : report->status,
	    report != NULL && report->diagnostic != NULL ?
	    text_lower(arena, report->diagnostic) : low);
	if (bounce->letter != NULL)
		bounce->recipient = bounce->letter->to;
	else if (report != NULL && report->recipient != NULL)
		bounce->recipient = report->recipient;
	else
		bounce->recipient = text_recipient(arena, world,
		    failed != NULL ? text_lower(arena, failed) : low);
	bounce->why = bounce->letter == NULL ?
	    "a report that names no letter of ours: not believed" :
	    arena_printf(arena, "our %s to %s %s%s",
	    world_letter_kind_word(bounce->letter->kind),
	    bounce->letter->to, bounce->kind == BOUNCE_FAILED ?
	    "came back" : bounce->kind == BOUNCE_DELAYED ? "is delayed" :
	    "arrived", bounce->hard ? " for good" : "");
	return true;
}
