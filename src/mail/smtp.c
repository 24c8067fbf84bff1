/* SPDX-License-Identifier: MIT */
/* One letter said to a server, and what came of it. */
#include "mail/smtp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "mail/oauth2.h"
#include "mail/smtp_fault.h"
#include "mail/smtp_letter.h"
#include "mail/smtp_talk.h"

#define TIMEOUT_MS ((int64_t)60 * 1000)
#define FINAL_MS ((int64_t)600 * 1000)	/* RFC 5321 §4.5.3.2.6: ten minutes
					 * for the answer to the dot; less
					 * makes doubles */
#define RESET_MS ((int64_t)5 * 1000)
#define IDLE_MS ((int64_t)30 * 1000)	/* servers close after 60 s and more */
#define PIECE_BYTES ((size_t)64 * 1024)	/* what is held back for the dot */

enum phase { PHASE_MAIL, PHASE_RCPT, PHASE_ECHO, PHASE_DATA, PHASE_DOT };

static const char *const phase_words[] = {
	[PHASE_MAIL] = "at MAIL", [PHASE_RCPT] = "at RCPT",
	[PHASE_ECHO] = "at the echo's RCPT", [PHASE_DATA] = "at DATA",
	[PHASE_DOT] = "in the letter or after its final dot",
};

struct smtp {
	const struct server *server;	/* borrowed */
	struct smtp_talk *talk;
	struct arena *arena;		/* emptied for each letter */
	/* of the letter under way */
	const struct smtp_owner *owner;
	const char *from, *to, *echo;	/* as they are said */
	struct bytes bytes;		/* with its dots doubled */
	bool needs_utf8, begun;
	bool dot_out;			/* the last byte of the dot is */
	enum phase phase;
	enum smtp_got got;
	struct smtp_reply reply;	/* that settled it; code 0: none */
};

/* The commands before the letter, in one piece: what each answers is its
 * phase. */
struct commands {
	struct buf text;
	enum phase phases[4];
	size_t ends[4], n;
};

static int64_t
answer_by(const struct smtp *smtp)
{
	return clock_ms() + (smtp->server->timeout_s != 0 ? (int64_t)1000
	    * smtp->server->timeout_s : TIMEOUT_MS);
}

static void
command_add(struct commands *c, enum phase phase)
{
	c->phases[c->n] = phase;
	c->ends[c->n++] = c->text.n;
}

/* RFC 5321 §4.1.1.2, §4.1.1.3; SIZE by RFC 1870, SMTPUTF8 by RFC 6531. */
static void
commands_write(const struct smtp *smtp, struct commands *c)
{
	const struct smtp_hello *hello = smtp_talk_hello(smtp->talk);

	c->text = buf_open(smtp->arena);
	c->n = 0;
	buf_addf(&c->text, "MAIL FROM:<%s>", smtp->from);
	if (hello->size)
		buf_addf(&c->text, " SIZE=%zu", smtp->bytes.n);
	buf_add(&c->text, smtp->needs_utf8 ? " SMTPUTF8\r\n" : "\r\n");
	command_add(c, PHASE_MAIL);
	buf_addf(&c->text, "RCPT TO:<%s>\r\n", smtp->to);
	command_add(c, PHASE_RCPT);
	if (smtp->echo != NULL) {
		buf_addf(&c->text, "RCPT TO:<%s>\r\n", smtp->echo);
		command_add(c, PHASE_ECHO);
	}
	buf_add(&c->text, "DATA\r\n");
	command_add(c, PHASE_DATA);
}

/* One answer; false where it ends the letter, which `reply` then tells. */
static bool
answer_take(struct smtp *smtp, enum phase phase, struct smtp_answer *answer)
{
	struct smtp_reply reply;

	smtp->phase = phase;
	smtp->got = smtp_talk_read(smtp->talk, smtp->owner, &reply,
	    answer_by(smtp));
	if (smtp->got == SMTP_GOT_IT && phase == PHASE_ECHO
	    && reply.code >= 400 && reply.code != 421) {
		answer->echo_refused = true;
		return true;
	}
	if (smtp->got == SMTP_GOT_IT && (phase == PHASE_DATA
	    ? reply.code == 354 : reply.code / 100 == 2))
		return true;
	smtp->reply = reply;
	return false;
}

/* After a refusal the answers that are still to come are read, so that the
 * connection can be used again. Nothing but a refusal may come: a server that
 * says 354 though nobody is left to write to is hung up on. */
static void
rest_take(struct smtp *smtp, size_t left)
{
	struct smtp_reply reply;
	bool sound = true;

	while (left-- > 0 && sound)
		sound = smtp_talk_read(smtp->talk, smtp->owner, &reply,
		    clock_ms() + RESET_MS) == SMTP_GOT_IT
		    && reply.code != 354;
	if (!sound)
		smtp_talk_hang_up(smtp->talk, false);
}

/* MAIL, RCPT and DATA. Where the server takes it (RFC 2920), all that does
 * not depend on an answer goes at once: DATA too, but not with an echo, since
 * the echo alone must not get a letter whose recipient is refused. */
static bool
envelope_say(struct smtp *smtp, struct smtp_answer *answer)
{
	bool together = smtp_talk_hello(smtp->talk)->pipelining;
	struct commands c;
	size_t said = 0, sent;

	commands_write(smtp, &c);
	for (size_t i = 0; i < c.n; i++) {
		size_t last = i;

		if (together && (smtp->echo == NULL || c.n - i > 1))
			last = smtp->echo == NULL ? c.n - 1 : c.n - 2;
		if (said < c.ends[last]) {
			smtp->phase = c.phases[i];
			smtp->got = smtp_talk_write(smtp->talk, smtp->owner,
			    c.text.data + said, c.ends[last] - said,
			    answer_by(smtp), &sent);
			if (smtp->got != SMTP_GOT_IT)
				return false;
			said = c.ends[last];
		}
		if (!answer_take(smtp, c.phases[i], answer)) {
			size_t left = 0;

			for (size_t k = i + 1; k < c.n
			    && c.ends[k] <= said; k++)
				left++;
			if (smtp->got == SMTP_GOT_IT)
				rest_take(smtp, left);
			return false;
		}
	}
	return true;
}

/* The body, and the dot as soon as the owner allows it. A small letter waits
 * whole, so that it goes in one piece; of a large one the last piece. False
 * where the dot is not out. */
static bool
letter_say(struct smtp *smtp, bool *withdrawn)
{
	size_t first = smtp->bytes.n > PIECE_BYTES
	    ? smtp->bytes.n - PIECE_BYTES : 0, sent;
	const unsigned char *data = smtp->bytes.data;

	smtp->phase = PHASE_DOT;
	for (size_t at = 0; at < first; at += sent) {
		size_t n = first - at < PIECE_BYTES ? first - at
		    : PIECE_BYTES;

		smtp->got = smtp_talk_write(smtp->talk, smtp->owner,
		    data + at, n, answer_by(smtp), &sent);
		if (smtp->got != SMTP_GOT_IT)
			return false;
	}
	if (!smtp->owner->may_dot(smtp->owner->owner)) {
		*withdrawn = true;
		return false;
	}
	smtp->got = smtp_talk_write(smtp->talk, smtp->owner, data + first,
	    smtp->bytes.n - first, answer_by(smtp), &sent);
	smtp->dot_out = first + sent == smtp->bytes.n;
	return smtp->got == SMTP_GOT_IT;
}

static void
dot_answer_take(struct smtp *smtp)
{
	smtp->got = smtp_talk_read(smtp->talk, smtp->owner, &smtp->reply,
	    clock_ms() + FINAL_MS);
}

/* After anything but a delivery the server is asked to forget (Postfix says
 * «nested MAIL command» after a refused dot), or left. */
static void
reset(struct smtp *smtp)
{
	struct smtp_reply reply;
	size_t sent;

	if (!smtp_talk_is_open(smtp->talk))
		return;
	if (smtp->got == SMTP_GOT_IT && smtp->reply.code != 0
	    && smtp->reply.code != 421
	    && smtp_talk_write(smtp->talk, smtp->owner, "RSET\r\n", 6,
		clock_ms() + RESET_MS, &sent) == SMTP_GOT_IT
	    && smtp_talk_read(smtp->talk, smtp->owner, &reply,
		clock_ms() + RESET_MS) == SMTP_GOT_IT && reply.code == 250)
		return;
	smtp_talk_hang_up(smtp->talk, false);
}

/* The server's words where it settled the letter, else ours. */
static const char *
words(const struct smtp *smtp)
{
	const char *why = smtp->got == SMTP_GOT_TIMEOUT ? "no answer in time"
	    : smtp->got == SMTP_GOT_ENDING ? "given up, we are to stop,"
	    : "the connection broke";

	if (smtp->reply.code != 0)
		return smtp_reply_text(smtp->arena, &smtp->reply);
	return arena_printf(smtp->arena, "smtp %s:%u: %s %s",
	    smtp->server->host, (unsigned)smtp->server->port, why,
	    phase_words[smtp->phase]);
}

/* Any 2xx after the dot is a delivery (251 will forward), 4xx for later, 5xx
 * for ever; without an answer nobody knows once the dot's last byte is out,
 * and it was never delivered before that. */
static enum smtp_verdict
verdict_of(const struct smtp *smtp)
{
	uint32_t code = smtp->reply.code;

	if (code >= 500 && !(smtp->phase != PHASE_DOT
	    && smtp_code_is_login(code)))
		return SMTP_REFUSED;
	if (code >= 400)
		return SMTP_RETRY;
	if (!smtp->dot_out)
		return SMTP_RETRY;
	return code / 100 == 2 ? SMTP_DELIVERED : SMTP_UNCERTAIN;
}

static enum smtp_fault
fault_of(const struct smtp *smtp, enum smtp_verdict verdict)
{
	if (smtp->reply.code == 0)
		return SMTP_FAULT_AWAY;
	if (verdict != SMTP_RETRY)
		return SMTP_FAULT_NONE;
	if (smtp_reply_is_crowded(&smtp->reply))
		return SMTP_FAULT_CROWDED;
	return smtp_code_is_login(smtp->reply.code) ? SMTP_FAULT_LOGIN
	    : SMTP_FAULT_NONE;
}

static void
answer_set(struct smtp *smtp, struct smtp_answer *answer,
    enum smtp_verdict verdict, enum smtp_fault fault, const char *text)
{
	answer->verdict = verdict;
	answer->fault = fault;
	answer->code = smtp->reply.code;
	(void)snprintf(answer->text, sizeof answer->text, "%s",
	    text_cut(smtp->arena, text, sizeof answer->text - 1));
}

/* The letter, on a connection that stands. */
static void
letter_go(struct smtp *smtp, struct smtp_answer *answer)
{
	bool withdrawn = false;
	enum smtp_verdict verdict;

	smtp_reply_open(&smtp->reply);
	smtp->dot_out = false;
	answer->echo_refused = false;
	if (envelope_say(smtp, answer) && letter_say(smtp, &withdrawn))
		dot_answer_take(smtp);
	if (withdrawn) { /* in the middle of the letter: no way but this */
		smtp_talk_hang_up(smtp->talk, false);
		answer_set(smtp, answer, SMTP_WITHDRAWN, SMTP_FAULT_NONE,
		    "withdrawn before the final dot");
		return;
	}
	verdict = verdict_of(smtp);
	answer_set(smtp, answer, verdict, fault_of(smtp, verdict),
	    words(smtp));
	if (verdict != SMTP_DELIVERED)
		reset(smtp);
}

/* A connection that the server closed while nobody spoke. */
static bool
was_stale(const struct smtp *smtp)
{
	return smtp->phase == PHASE_MAIL && (smtp->reply.code == 421
	    || (smtp->reply.code == 0 && smtp->got == SMTP_GOT_GONE));
}

static bool
connection_make(struct smtp *smtp, struct smtp_answer *answer)
{
	enum smtp_fault fault;
	struct err err = { .text = "" };

	if (smtp_talk_connect(smtp->talk, smtp->arena, smtp->owner, &fault,
	    &err) == RC_OK)
		return true;
	smtp_reply_open(&smtp->reply);
	answer_set(smtp, answer, SMTP_RETRY, fault, err.text);
	return false;
}

/* The envelope, checked; the body, checked. What fails here is our mistake. */
static enum rc
letter_check(struct smtp *smtp, const struct smtp_letter *letter,
    struct err *err)
{
	struct smtp_address from = { .text = "" }, to, echo = { .text = NULL };
	enum rc rc;

	if (*letter->from != '\0' && (rc = smtp_address(smtp->arena,
	    letter->from, &from, err)) != RC_OK)
		return rc;
	if ((rc = smtp_address(smtp->arena, letter->to, &to, err)) != RC_OK)
		return rc;
	if (letter->echo != NULL && (rc = smtp_address(smtp->arena,
	    letter->echo, &echo, err)) != RC_OK)
		return rc;
	smtp->needs_utf8 = from.is_utf8 || to.is_utf8 || echo.is_utf8;
	smtp->from = from.text;
	smtp->to = to.text;
	smtp->echo = echo.text;
	return smtp_bytes(smtp->arena, letter->bytes, smtp->needs_utf8,
	    &smtp->bytes, err);
}

static bool
begin(struct smtp *smtp, struct smtp_answer *answer)
{
	if (smtp->needs_utf8 && !smtp_talk_hello(smtp->talk)->smtputf8) {
		answer_set(smtp, answer, SMTP_REFUSED, SMTP_FAULT_NONE,
		    "the server takes no addresses with other letters than"
		    " a-z (SMTPUTF8)");
		return false;
	}
	if (!smtp->begun)
		smtp->owner->begin(smtp->owner->owner);
	smtp->begun = true;
	return true;
}

void
smtp_send(struct smtp *smtp, const struct smtp_letter *letter,
    const struct smtp_owner *owner, struct smtp_answer *answer)
{
	struct err err = { .text = "" };
	bool used;

	arena_reset(smtp->arena);
	*answer = (struct smtp_answer){ .code = 0 };
	smtp_reply_open(&smtp->reply);
	smtp->owner = owner;
	smtp->begun = false;
	if (letter_check(smtp, letter, &err) != RC_OK) {
		answer_set(smtp, answer, SMTP_REFUSED, SMTP_FAULT_NONE,
		    err.text);
		return;
	}
	if (clock_ms() - smtp_talk_used_ms(smtp->talk) >= IDLE_MS)
		smtp_talk_hang_up(smtp->talk, true);
	used = smtp_talk_is_open(smtp->talk);
	if ((!used && !connection_make(smtp, answer)) || !begin(smtp, answer))
		return;
	letter_go(smtp, answer);
	if (used && answer->verdict == SMTP_RETRY && was_stale(smtp)
	    && connection_make(smtp, answer))
		letter_go(smtp, answer);
}

struct smtp *
smtp_open(const struct server *server, const char *hello,
    struct oauth2 *oauth2)
{
	struct smtp *smtp = calloc(1, sizeof *smtp);

	if (smtp == NULL)
		abort();
	smtp->server = server;
	smtp->talk = smtp_talk_open(server, hello, oauth2);
	smtp->arena = arena_open();
	return smtp;
}

void
smtp_close(struct smtp **smtp)
{
	if (*smtp == NULL)
		return;
	smtp_talk_close(&(*smtp)->talk);
	arena_close(&(*smtp)->arena);
	free(*smtp);
	*smtp = NULL;
}

enum rc
smtp_check(struct arena *arena, const struct server *server,
    const char *hello, struct smtp_offer *offer, enum smtp_fault *fault,
    struct err *err)
{
	struct oauth2 *oauth2 = oauth2_open(server);
	struct smtp_talk *talk = smtp_talk_open(server, hello, oauth2);
	const struct smtp_hello *said = smtp_talk_hello(talk);
	enum smtp_fault got;
	enum rc rc = smtp_talk_connect(talk, arena, NULL, &got, err);

	if (fault != NULL)
		*fault = got;
	if (rc == RC_OK)
		*offer = (struct smtp_offer){
			.smtputf8 = said->smtputf8, .auth = said->auth,
			.eight_bit = said->eight_bit,
			.starttls = said->starttls,
			.size_max = said->size_max,
			.mechanisms = text_repair(arena, said->mechanisms,
			    strlen(said->mechanisms)),
		};
	smtp_talk_close(&talk);
	oauth2_close(&oauth2);
	return rc == RC_NONE ? RC_LATER : rc;
}
