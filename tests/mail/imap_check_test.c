/* SPDX-License-Identifier: MIT */
/* Alone: what needs no server. With HOST PORT TLS CA USER PASSWORD MAILBOX,
 * as imap_check.check calls it: prints what imap_check found there. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "mail/imap.h"

static const char *const folders[3] = { "R\xC3\xA5" "dspost/Behandlet",
	"R\xC3\xA5" "dspost/Til sekret\xC3\xA6ren", "R\xC3\xA5" "dspost/Fejl" };

/* test.h gives cmocka's `fail` away. */
#define report_fault(...) \
	do { print_error(__VA_ARGS__); assert_true(false); } while (0)

static void
faults_that_need_no_server_name_their_cure(void **state)
{
	static const struct {
		struct server server;
		enum rc rc;
		const char *words;
	} cases[] = {
		{ { .host = "127.0.0.1", .port = 1, .timeout_s = 5 },
		    RC_LATER, "refuses the connection on port 1" },
		{ { .host = "no-such-host.invalid", .port = 993,
		    .timeout_s = 5 }, RC_LATER, "there is no host" },
		{ { .host = "a b.example", .port = 993, .timeout_s = 5 },
		    RC_STOP, "is no host name" },
		{ { .host = "x/../y", .port = 993, .timeout_s = 5 },
		    RC_STOP, "is no host name" },
		{ { .host = "", .port = 993, .timeout_s = 5 }, RC_STOP,
		    "no host" },
		{ { .host = "127.0.0.1", .port = 1, .timeout_s = 5,
		    .user = "a\r\nb" }, RC_STOP, "line break" },
		{ { .host = "127.0.0.1", .port = 1, .timeout_s = 5,
		    .ca_file = "/nowhere/ca.pem" }, RC_STOP,
		    "/nowhere/ca.pem" },
		/* an address for documentation, RFC 5737: never called */
		{ { .host = "192.0.2.1", .port = 143, .timeout_s = 5,
		    .tls = SERVER_TLS_NONE }, RC_LATER,
		    "is not on this machine" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct server server = cases[i].server;
		struct imap_report report;
		struct err err = { .text = "" };
		enum rc rc;

		server.auth = SERVER_AUTH_PASSWORD;
		if (server.user == NULL)
			server.user = "raad@x.example";
		server.secret = "hemmelig";
		rc = imap_check(&server, arena, "INBOX", folders, &report,
		    &err);
		if (rc != cases[i].rc
		    || strstr(err.text, cases[i].words) == NULL
		    || strstr(err.text, "hemmelig") != NULL)
			report_fault("%s: %d %s", cases[i].words, (int)rc,
			    err.text);
	}
	arena_close(&arena);
}

static int
print_report(char **argv)
{
	const struct server server = {
		.host = argv[1], .port = (uint16_t)atoi(argv[2]),
		.tls = strcmp(argv[3], "starttls") == 0
		    ? SERVER_TLS_STARTTLS : SERVER_TLS_IMPLICIT,
		.ca_file = argv[4], .auth = SERVER_AUTH_PASSWORD,
		.user = argv[5], .secret = argv[6], .timeout_s = 10,
	};
	struct arena *arena = arena_open();
	struct imap_report r;
	struct err err = { .text = "" };
	enum rc rc;

	rc = imap_check(&server, arena, argv[7], folders, &r, &err);
	if (rc != RC_OK)
		printf("rc %d: %s\n", (int)rc, err.text);
	else
		printf("idle %d move %d uidplus %d mails %zu %s: %d %d %d "
		    "%s\n", r.idle, r.move, r.uidplus, r.n_mails,
		    r.mailbox_name, r.folder_there[0], r.folder_there[1],
		    r.folder_there[2], r.folder_names[1]);
	arena_close(&arena);
	return rc == RC_OK ? 0 : 1;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_that_need_no_server_name_their_cure),
	};

	if (argc == 8)
		return print_report(argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
