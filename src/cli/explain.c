/* SPDX-License-Identifier: MIT */
/* raadspost explain: what would be done with this mail, and why. It is read by
 * a parser process of its own, and nothing is changed. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/process.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "intake/parser.h"
#include "store/inbox.h"
#include "store/store.h"
#include "store/world.h"
#include "understand/explain.h"
#include "understand/understand.h"

/* The parser's answer to one frame put into its channel. */
static enum rc
answer_wait(struct process *p, struct arena *arena, int64_t wait_ms,
    struct frame *frame, struct err *err)
{
	int64_t until_ms = clock_ms() + wait_ms;
	enum rc rc;

	while ((rc = channel_take(p->channel, arena, frame, err))
	    == RC_LATER) {
		struct pollfd fd = { .fd = channel_socket(p->channel),
			.events = (short)(POLLIN
			    | (channel_waiting(p->channel) > 0
			    ? POLLOUT : 0)) };
		int64_t left = until_ms - clock_ms();

		if (left <= 0)
			return fail(err, RC_PARK, "the parser took more than "
			    "%lld ms over this mail", (long long)wait_ms);
		(void)poll(&fd, 1, (int)left);
		if ((rc = channel_flush(p->channel, err)) != RC_OK
		    || (rc = channel_fill(p->channel, err)) != RC_OK)
			return fail(err, RC_PARK, "the parser died over this "
			    "mail");
	}
	return rc;
}

static enum rc
mail_put(struct process *p, struct arena *arena, struct bytes raw,
    struct err *err)
{
	int fd = -1;
	enum rc rc = RC_OK;

	if (raw.n > INBOX_INLINE_BYTES
	    && (rc = wire_memory_open(&fd, err)) == RC_OK
	    && (rc = wire_memory_write(fd, raw, err)) == RC_OK)
		rc = wire_memory_seal(fd, err);
	if (rc == RC_OK)
		rc = channel_put(p->channel, PARSER_READ,
		    parser_read_payload(arena, 1,
		    fd < 0 ? raw : (struct bytes){ .n = 0 }), fd, err);
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

static enum rc
mail_parse(const struct command *c, const struct settings *s,
    struct bytes raw, const struct mail **mail, struct err *err)
{
	struct process p = { .name = "parser",
		.path = process_path(c->arena, c->program,
		"raadspost-parser") };
	struct parser_answer answer = { .mail = NULL };
	struct frame frame = { .fd = -1 };
	enum rc rc;

	if ((rc = process_start(&p, err)) != RC_OK)
		return rc;
	rc = channel_put(p.channel, PARSER_OPEN, parser_open_payload(c->arena,
	    &s->trust), -1, err);
	if (rc == RC_OK)
		rc = mail_put(&p, c->arena, raw, err);
	channel_release(p.channel);
	if (rc == RC_OK)
		rc = answer_wait(&p, c->arena, s->parse_ms, &frame, err);
	if (rc == RC_OK)
		rc = parser_answer_read(c->arena, &frame, &answer, err);
	process_close(&p);
	if (rc == RC_OK && answer.kind != PARSER_MAIL)
		return fail(err, RC_PARK, "the parser refused it: %s",
		    answer.why == NULL ? "" : answer.why);
	*mail = answer.mail;
	return rc;
}

static enum rc
raw_read(const struct command *c, int64_t limit_bytes, struct bytes *raw,
    struct err *err)
{
	size_t most = (size_t)limit_bytes;

	return c->n == 0 || strcmp(c->args[0], "-") == 0
	    ? file_read_fd(c->arena, STDIN_FILENO, "standard input", most, raw,
	    err) : file_read(c->arena, c->args[0], most, raw, err);
}

/* The text in *out. */
static enum rc
explain(const struct command *c, struct settings *s, struct store *store,
    struct buf *out, struct err *err)
{
	struct lexicon *lexicon = NULL;
	struct purpose purpose;
	const struct mail *mail = NULL;
	struct world world;
	struct bytes raw;
	enum rc rc;

	if ((rc = raw_read(c, s->reader.mail_limit_bytes, &raw, err)) != RC_OK
	    || (rc = mail_parse(c, s, raw, &mail, err)) != RC_OK
	    || (rc = world_load(store, c->arena, clock_now(), &world, err))
	    != RC_OK
	    || (rc = world_load_sent(store, c->arena, mail, &world, err))
	    != RC_OK
	    || (rc = lexicon_open(s->lexicons, &lexicon, err)) != RC_OK)
		return rc;
	rc = understand(c->arena, lexicon, mail, &world, &purpose, err);
	if (rc == RC_OK && c->json)
		purpose_json(out, mail, &purpose);
	else if (rc == RC_OK)
		purpose_text(out, mail, &purpose);
	lexicon_close(&lexicon);
	return rc;
}

int
command_explain(struct command *command)
{
	struct buf out = buf_open(command->arena);
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	enum rc rc;

	if (command->n > 1)
		return command_use(command);
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = explain(command, &settings, store, &out, &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)fputs(buf_text(&out), stdout);
	if (out.n > 0 && out.data[out.n - 1] != '\n')
		(void)putchar('\n');
	return EXIT_DONE;
}
