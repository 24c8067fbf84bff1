/* SPDX-License-Identifier: MIT */
/* raadspost-corpus: the understanding, held against a corpus of labelled
 * mails; and the lexicon, held against its own examples. */
#include <jansson.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli/corpus_score.h"
#include "cli/corpus_world.h"
#include "mail/mime_read.h"
#include "understand/explain.h"
#include "understand/lexicon.h"
#include "understand/person.h"
#include "understand/understand.h"
#include "understand/when.h"

#define MAIL_MAX ((size_t)64 * 1024 * 1024)
#define INTENTS (ACTION_KINDS + 4)	/* and one for each outcome */

struct tally {
	int n, right;
};

struct run {
	struct lexicon *lexicon;
	struct world world;
	struct auth_trust trust;
	int verdicts[VERDICTS];
	struct tally intent[INTENTS];
	int pending, pending_right;
	double spent_ms, longest_ms;
	const char *longest;
	bool verbose, explain;
};

static const char *const verdict_words[VERDICTS] = {
	"right", "missed", "wrong action", "loop", "other outcome",
};

static double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* What the mail is about, for the table: its first action, or its outcome. */
static size_t
intent_of(const json_t *e)
{
	const json_t *first = json_array_get(json_object_get(e, "actions"),
	    0);
	const char *outcome = json_string_value(json_object_get(e,
	    "outcome"));
	enum action_kind kind;

	if (first == NULL)
		first = json_array_get(json_object_get(e, "pending"), 0);
	if (first != NULL && action_read(json_string_value(json_object_get(
	    first, "intent")), &kind))
		return kind;
	for (enum outcome o = OUTCOME_ACT; o <= OUTCOME_SILENT; o++)
		if (outcome != NULL && strcmp(outcome, outcome_word(o)) == 0)
			return ACTION_KINDS + (size_t)o;
	return ACTION_KINDS;
}

static void
actions_print(const char *head, const struct action *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%s%s %s %s", i > 0 ? "; " : head,
		    action_word(list[i].kind), list[i].person != NULL
		    ? list[i].person : list[i].name != NULL ? list[i].name
		    : "", list[i].meeting != NULL ? list[i].meeting
		    : list[i].hearing != NULL ? list[i].hearing
		    : list[i].body != NULL ? list[i].body : "");
}

static void
line_print(const char *name, const json_t *e, const struct purpose *p,
    struct score score)
{
	const char *why = json_string_value(json_object_get(e, "why"));
	char *want = json_dumps(json_object_get(e, "actions"), JSON_COMPACT);

	printf("%s: %s%s: is %s (%s)", name, verdict_words[score.verdict],
	    score.has_pending && !score.pending_right ? ", pending differs"
	    : "", outcome_word(p->outcome), p->reason != NULL ? p->reason
	    : "-");
	actions_print(" ", p->actions, p->n_actions);
	actions_print(" pending ", p->pending, p->n_pending);
	printf("\n    wants %s %s | %s\n", json_string_value(json_object_get(e,
	    "outcome")), want, why != NULL ? why : "");
	free(want);
}

static enum rc
mail_score(struct run *run, struct arena *arena, const char *name,
    struct bytes raw, const json_t *e, struct err *err)
{
	const struct mail *mail;
	struct purpose purpose;
	struct score score;
	size_t intent = intent_of(e);
	double begin = now_ms(), spent;
	enum rc rc;

	if ((rc = mime_read(arena, &run->trust, raw, -1, &mail, err)) != RC_OK)
		return fail_in(err, rc, "%s", name);
	if ((rc = understand(arena, run->lexicon, mail, &run->world, &purpose,
	    err)) != RC_OK)
		return fail_in(err, rc, "%s", name);
	spent = now_ms() - begin;
	run->spent_ms += spent;
	if (spent > run->longest_ms) {
		run->longest_ms = spent;
		run->longest = name;
	}
	score = corpus_score(arena, &run->world, e, &purpose);
	run->verdicts[score.verdict]++;
	run->intent[intent].n++;
	run->intent[intent].right += score.verdict == VERDICT_RIGHT;
	run->pending += score.has_pending;
	run->pending_right += score.pending_right;
	if (score.verdict != VERDICT_RIGHT || run->verbose
	    || (score.has_pending && !score.pending_right))
		line_print(name, e, &purpose, score);
	if (run->explain) {
		struct buf out = buf_open(arena);

		purpose_text(&out, mail, &purpose);
		printf("%s\n", buf_text(&out));
	}
	return RC_OK;
}

static enum rc
corpus_run(struct run *run, const char *folder, const char *only,
    struct err *err)
{
	struct arena *arena = arena_open(), *keep = arena_open();
	const char *path = arena_printf(keep, "%s/expect.json", folder);
	json_error_t why;
	json_t *root = json_load_file(path, 0, &why), *e;
	const char *name;
	enum rc rc = RC_OK;

	if (root == NULL)
		rc = fail(err, RC_STOP, "%s:%d: %s", path, why.line,
		    why.text);
	json_object_foreach(root, name, e) {
		struct bytes raw;

		if (only != NULL && strstr(name, only) == NULL)
			continue;
		arena_reset(arena);
		path = arena_printf(arena, "%s/mail/%s.eml", folder, name);
		if ((rc = file_read(arena, path, MAIL_MAX, &raw, err))
		    != RC_OK || (rc = mail_score(run, arena, name, raw, e,
		    err)) != RC_OK)
			break;
	}
	run->longest = arena_strdup(keep, run->longest);
	if (rc == RC_OK)
		printf("longest: %s, %.2f ms\n", run->longest != NULL
		    ? run->longest : "-", run->longest_ms);
	json_decref(root);
	arena_close(&arena);
	arena_close(&keep);
	return rc;
}

/* --- rows: a mail a line -------------------------------------------------- */

/* FROM|OUTCOME|INTENT WHAT; …|TO or REPLY-TO-LETTER|SUBJECT|TEXT: a short
 * mail and what it must come to, in the corpus's world. «\n» breaks lines. */
static const char *
row_mail(struct arena *arena, const struct run *run, char *field[6])
{
	struct buf out = buf_open(arena);
	const char *to = run->world.mailbox, *reply = NULL, *domain;
	bool verified = field[0][0] != '?';
	const char *from = verified ? field[0] : field[0] + 1;

	if (strchr(field[3], '@') != NULL)
		to = field[3];
	for (size_t i = 0; field[3][0] != '\0' && i < run->world.n_sent
	    && reply == NULL; i++)
		if (strstr(run->world.sent[i].message_id, field[3]) != NULL
		    && strcmp(run->world.sent[i].to, from) == 0)
			reply = run->world.sent[i].message_id;
	domain = strrchr(from, '@');
	domain = domain == NULL ? "" : arena_strndup(arena, domain + 1,
	    strcspn(domain + 1, ">"));
	if (verified)
		buf_addf(&out, "Authentication-Results: %s; dmarc=pass"
		    " header.from=%s\r\n", run->trust.authserv_id, domain);
	buf_addf(&out, "From: %s\r\nTo: %s\r\nSubject: %s\r\n", from, to,
	    reply != NULL && field[4][0] == '\0' ? "Re: et brev" : field[4]);
	buf_add(&out, "Date: Wed, 04 Nov 2026 12:00:00 +0100\r\n");
	buf_addf(&out, "Message-ID: <row@mail.example>\r\n");
	if (reply != NULL)
		buf_addf(&out, "In-Reply-To: %s\r\n", reply);
	buf_add(&out, "MIME-Version: 1.0\r\nContent-Type: text/plain;"
	    " charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
	for (const char *at = field[5]; *at != '\0'; at++)
		if (at[0] == '\\' && at[1] == 'n') {
			buf_add(&out, "\r\n");
			at++;
		} else
			buf_add_char(&out, *at);
	buf_add(&out, "\r\n");
	return buf_text(&out);
}

/* «absence udsatteraad/2026-11-26; item …»: the intents and what they are
 * for; a field of its own («title=toilet») is compared too. */
static json_t *
row_expect(const char *outcome, char *actions)
{
	json_t *e = json_object(), *list = json_array();
	char *save = NULL, *each;

	for (each = strtok_r(actions, ";", &save); each != NULL;
	    each = strtok_r(NULL, ";", &save)) {
		json_t *action = json_object();
		char *inner = NULL, *part = strtok_r(each, " ", &inner);

		if (part == NULL)
			continue;
		(void)json_object_set_new(action, "intent",
		    json_string(part));
		while ((part = strtok_r(NULL, " ", &inner)) != NULL) {
			char *equal = strchr(part, '=');
			const char *name = strchr(part, '/') == NULL ? "body"
			    : strstr(part, "/h/") != NULL ? "hearing"
			    : "meeting";

			if (equal != NULL) {
				*equal = '\0';
				name = part;
				part = equal + 1;
				for (char *c = part; *c != '\0'; c++)
					if (*c == '_')
						*c = ' ';
			}
			if (strcmp(name, "order") == 0) {
				json_t *order = json_array();

				for (; *part != '\0'; part++)
					(void)json_array_append_new(order,
					    json_stringn(part, 1));
				(void)json_object_set_new(action, name, order);
			} else if (strcmp(name, "contains") == 0 ||
			    strcmp(name, "lacks") == 0) {
				json_t *parts = json_object_get(action, name);

				if (parts == NULL) {
					parts = json_array();
					(void)json_object_set_new(action,
					    name, parts);
				}
				(void)json_array_append_new(parts,
				    json_string(part));
			} else
				(void)json_object_set_new(action, name,
				    json_string(part));
		}
		(void)json_array_append_new(list, action);
	}
	(void)json_object_set_new(e, "outcome", json_stringn(outcome,
	    strcspn(outcome, "/")));
	if (strchr(outcome, '/') != NULL) {
		json_t *accept = json_array();

		(void)json_array_append_new(accept, json_string(strchr(
		    outcome, '/') + 1));
		(void)json_object_set_new(e, "accept", accept);
	}
	(void)json_object_set_new(e, "actions", list);
	return e;
}

static enum rc
rows_run(struct run *run, const char *path, struct err *err)
{
	struct arena *arena = arena_open(), *keep = arena_open();
	struct bytes file;
	const char **lines;
	size_t n;
	enum rc rc;

	if ((rc = file_read(keep, path, MAIL_MAX, &file, err)) != RC_OK)
		return rc;
	lines = text_lines(keep, (const char *)file.data, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		char *field[6], *at;
		const char *raw, *name;
		json_t *e;
		size_t k = 0;

		if (lines[i][0] == '#' || lines[i][0] == '\0')
			continue;
		arena_reset(arena);
		name = arena_printf(arena, "%s:%zu", path, i + 1);
		for (at = arena_strdup(arena, lines[i]); k < 6; k++) {
			field[k] = at;
			at = k < 5 ? strchr(at, '|') : NULL;
			if (at == NULL)
				break;
			*at++ = '\0';
		}
		if (k != 5) {
			rc = fail(err, RC_STOP, "%s: a row has six fields",
			    name);
			break;
		}
		e = row_expect(field[1], field[2]);
		(void)json_object_set_new(e, "why", json_string(field[5]));
		raw = row_mail(arena, run, field);
		rc = mail_score(run, arena, name, (struct bytes){
		    .data = (const unsigned char *)raw, .n = strlen(raw) }, e,
		    err);
		run->longest = NULL;
		json_decref(e);
	}
	arena_close(&arena);
	arena_close(&keep);
	return rc;
}

/* --- the lexicon's own examples ------------------------------------------- */

/* All that a sentence shows, as one line: the meaning and its words, each
 * once. */
static const char *
example_line(struct arena *arena, const struct lexicon *lexicon,
    const char *example)
{
	struct buf out = buf_open(arena);
	struct tokens tokens;
	struct date sent = { 2026, 11, 4 };
	struct world world = { 0 };
	const struct match *list;
	size_t n;

	tokens_read(arena, "", false, example, &tokens);
	lexicon_know(lexicon, arena, &tokens);
	(void)when_find(lexicon, arena, &tokens, sent, &n);
	(void)person_find(lexicon, arena, &tokens, &world, NULL, &n);
	list = lexicon_find(lexicon, arena, &tokens, &n);
	for (size_t i = 0; i < n; i++) {
		const char *one = arena_printf(arena, "%s «%s»; ",
		    meaning_word(list[i].meaning), tokens_text(arena, &tokens,
		    list[i].begin, list[i].end));

		if (strstr(buf_text(&out), one) == NULL)
			buf_add(&out, one);
	}
	return buf_text(&out);
}

/* The number of the first example whose line changes; the count where none
 * does. Its own is tried first: it is the likeliest. */
static size_t
examples_differ(struct arena *arena, const struct lexicon *lexicon,
    const char *const *lines, size_t n, size_t first)
{
	for (size_t i = 0; i < n; i++) {
		size_t rule = (first + i) % n;

		arena_reset(arena);
		if (strcmp(example_line(arena, lexicon, lexicon_rule_example(
		    lexicon, rule)), lines[rule]) != 0)
			return rule;
	}
	return n;
}

static const char *const *
example_lines(struct arena *keep, const struct lexicon *lexicon)
{
	size_t n = lexicon_rules(lexicon);
	const char **lines = arena_array(keep, n + 1, sizeof(*lines));

	for (size_t i = 0; i < n; i++)
		lines[i] = example_line(keep, lexicon,
		    lexicon_rule_example(lexicon, i));
	return lines;
}

/* For tests/understand/examples.golden: what each example shows. */
static int
examples_print(void)
{
	struct arena *keep = arena_open();
	struct lexicon *lexicon = NULL;
	struct err err = { "" };
	const char *const *lines;

	if (lexicon_open(NULL, &lexicon, &err) != RC_OK) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	lines = example_lines(keep, lexicon);
	for (size_t i = 0; i < lexicon_rules(lexicon); i++)
		printf("%s\n\t%s\n", lexicon_rule_example(lexicon, i),
		    lines[i]);
	lexicon_close(&lexicon);
	arena_close(&keep);
	return 0;
}

static int
mutants_run(void)
{
	struct arena *arena = arena_open(), *keep = arena_open();
	struct lexicon *whole = NULL, *less = NULL;
	struct err err = { "" };
	const char *const *lines;
	int alive = 0;
	size_t n;

	if (lexicon_open(NULL, &whole, &err) != RC_OK) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	n = lexicon_rules(whole);
	lines = example_lines(keep, whole);
	for (size_t i = 0; i < n; i++) {
		if (lexicon_open_without(NULL, i, &less, &err) != RC_OK) {
			fprintf(stderr, "%s\n", err.text);
			return 1;
		}
		if (examples_differ(arena, less, lines, n, i) == n) {
			printf("%s: nobody misses «%s %s»\n",
			    lexicon_rule_place(whole, i),
			    meaning_word(lexicon_rule_meaning(whole, i)),
			    lexicon_rule_text(whole, i));
			alive++;
		}
		lexicon_close(&less);
	}
	printf("%zu rules, %d that nobody misses\n", n, alive);
	printf("%d passed, %d failed\n", (int)n - alive, alive);
	lexicon_close(&whole);
	arena_close(&arena);
	arena_close(&keep);
	return alive > 0;
}

/* --- the table ------------------------------------------------------------ */

static int
table_print(const struct run *run)
{
	int failed = 0;

	printf("\n%-18s %5s %5s\n", "about", "mails", "right");
	for (size_t i = 0; i < INTENTS; i++)
		if (run->intent[i].n > 0)
			printf("%-18s %5d %5d\n", i < ACTION_KINDS
			    ? action_word((enum action_kind)i)
			    : outcome_word((enum outcome)(i - ACTION_KINDS)),
			    run->intent[i].n, run->intent[i].right);
	for (size_t i = 1; i < VERDICTS; i++)
		failed += run->verdicts[i];
	for (size_t i = 0; i < VERDICTS; i++)
		printf("%s%d %s", i > 0 ? ", " : "\n", run->verdicts[i],
		    verdict_words[i]);
	printf("; pending right %d of %d\n", run->pending_right,
	    run->pending);
	printf("%d mails in %.0f ms\n", run->verdicts[0] + failed,
	    run->spent_ms);
	printf("%d passed, %d failed\n", run->verdicts[0], failed);
	return failed > 0;
}

static int
usage(void)
{
	fprintf(stderr, "use: raadspost-corpus [-v] [-e] DIR [NAME]\n"
	    "     raadspost-corpus DIR --rows FILE\n"
	    "     raadspost-corpus --mutants | --examples\n");
	return 2;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_open();
	struct run run = { .trust = { .profile = AUTH_STANDARD } };
	struct err err = { "" };
	const char *folder, *path;
	int at = 1;
	enum rc rc;

	(void)setlocale(LC_ALL, "C.UTF-8");
	if (setenv("TZ", "Europe/Copenhagen", 1) != 0)
		return 1;
	tzset();
	for (; at < argc && argv[at][0] == '-' && argv[at][2] == '\0'; at++) {
		run.verbose = run.verbose || argv[at][1] == 'v';
		run.explain = run.explain || argv[at][1] == 'e';
	}
	if (at >= argc)
		return usage();
	mime_open();
	if (strcmp(argv[at], "--mutants") == 0)
		return mutants_run();
	if (strcmp(argv[at], "--examples") == 0)
		return examples_print();
	folder = argv[at++];
	path = arena_printf(arena, "%s/world.json", folder);
	if ((rc = corpus_world_read(arena, path, &run.world,
	    &run.trust.authserv_id, &err)) == RC_OK
	    && (rc = lexicon_open(NULL, &run.lexicon, &err)) == RC_OK) {
		if (at + 1 < argc && strcmp(argv[at], "--rows") == 0)
			rc = rows_run(&run, argv[at + 1], &err);
		else
			rc = corpus_run(&run, folder, at < argc ? argv[at]
			    : NULL, &err);
	}
	if (rc != RC_OK) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	at = table_print(&run);
	lexicon_close(&run.lexicon);
	arena_close(&arena);
	return at;
}
