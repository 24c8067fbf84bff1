/* SPDX-License-Identifier: MIT */
/* What counts of Authentication-Results, and what is somebody's trick. */
#include "test.h"

#include <stdio.h>

#include "base/arena.h"
#include "mail/auth.h"
#include "mail/head.h"

#define AR "Authentication-Results: mx.fjordby.example; "
#define IN "Received: from far.example (far.example [203.0.113.7])\n" \
	"\tby mx.fjordby.example (Postfix) with ESMTPS id 4A; " \
	"Tue, 3 Nov 2026 21:14:07 +0100\n"
#define FROM "From: Mette <mekr@fjordby.example>\n"
#define PASS "dmarc=pass header.from=fjordby.example"
#define SIGNED "DKIM-Signature: v=1; a=rsa-sha256; d=fjordby.example; s=m;\n" \
	" h=From:To:Subject:Date:Content-Type; bh=x; b=y\n"
#define SHORT "DKIM-Signature: v=1; d=fjordby.example; l=120; s=m;\n" \
	" h=From:Subject:Content-Type; bh=x; b=y\n"
#define BARE "DKIM-Signature: v=1; d=fjordby.example; s=m;\n" \
	" h=From:To:Subject:Date; bh=x; b=y\n"
#define MS "Received: from A.prod.outlook.com (2603::1) by " \
	"B.prod.outlook.com\n with Microsoft SMTP Server id 15; Tue, 3 Nov\n"
#define MSIN "Received: from far.example (203.0.113.7) by " \
	"C.mail.protection.outlook.com\n (10.1.1.1) with Microsoft SMTP; Tue\n"
#define MSAR "Authentication-Results: spf=pass (sender IP is 203.0.113.7)\n" \
	" smtp.mailfrom=fjordby.example; dkim=pass (signature was verified)\n" \
	" header.d=fjordby.example;dmarc=pass action=none\n" \
	" header.from=fjordby.example;compauth=pass reason=100\n"
#define FARIN "Received: from x.example by relay.far.example; Tue, 3 Nov\n"

struct row {
	const char *says, *head;
	enum mail_auth want;
};

static const struct row standard[] = {
	/* what our server says */
	{ "dmarc passes", AR PASS "\n" IN FROM, MAIL_AUTH_PASS },
	{ "dmarc fails", AR "dmarc=fail header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_FAIL },
	{ "dmarc's fail beats an aligned dkim", AR "dkim=pass "
	  "header.d=fjordby.example; dmarc=fail header.from=fjordby.example\n"
	  IN FROM, MAIL_AUTH_FAIL },
	{ "nothing is said", IN FROM, MAIL_AUTH_NONE },
	{ "no-result", AR "none\n" IN FROM, MAIL_AUTH_NONE },
	{ "dkim aligned, no dmarc", AR "dkim=pass header.d=fjordby.example\n"
	  IN FROM, MAIL_AUTH_PASS },
	{ "dkim by header.i", AR "dkim=pass header.i=@fjordby.example\n" IN
	  FROM, MAIL_AUTH_PASS },
	{ "dkim of a part of the organisation", AR
	  "dkim=pass header.d=mail.fjordby.example\n" IN FROM,
	  MAIL_AUTH_PASS },
	{ "dkim of somebody else", AR "dkim=pass header.d=bulk.example\n" IN
	  FROM, MAIL_AUTH_NONE },
	{ "a name that only ends alike", AR
	  "dkim=pass header.d=evilfjordby.example\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "spf aligned", AR "spf=pass smtp.mailfrom=mekr@fjordby.example\n" IN
	  FROM, MAIL_AUTH_PASS },
	{ "spf aligned, the domain alone", AR
	  "spf=pass smtp.mailfrom=fjordby.example\n" IN FROM,
	  MAIL_AUTH_PASS },
	{ "spf of the mailer", AR "spf=pass smtp.mailfrom=b@bulk.example\n" IN
	  FROM, MAIL_AUTH_NONE },
	{ "spf of the host's name is nobody's", AR
	  "spf=pass smtp.helo=fjordby.example\n" IN FROM, MAIL_AUTH_NONE },
	{ "spf fails, no dmarc", AR "spf=fail smtp.mailfrom=fjordby.example\n"
	  IN FROM, MAIL_AUTH_FAIL },
	{ "spf softfails", AR "spf=softfail smtp.mailfrom=fjordby.example\n"
	  IN FROM, MAIL_AUTH_NONE },
	{ "temporary trouble", AR "dkim=temperror header.d=fjordby.example; "
	  "dmarc=temperror header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_ERROR },
	{ "temporary trouble of dmarc, but dkim passed", AR "dkim=pass "
	  "header.d=fjordby.example; dmarc=temperror "
	  "header.from=fjordby.example\n" IN FROM, MAIL_AUTH_PASS },
	{ "bestguesspass is no pass", AR
	  "dmarc=bestguesspass header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "action=pass is no pass", AR
	  "dmarc=none action=pass header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "policy.x=pass is no pass", AR
	  "dmarc=none policy.dmarc=pass header.from=fjordby.example\n" IN
	  FROM, MAIL_AUTH_NONE },
	{ "dmarc of another From", AR
	  "dmarc=pass header.from=other.example\n" IN FROM, MAIL_AUTH_NONE },
	{ "logged in as the sender", AR
	  "auth=pass smtp.auth=mekr@fjordby.example\n" IN FROM,
	  MAIL_AUTH_PASS },
	{ "logged in as another", AR
	  "auth=pass smtp.auth=gima@fjordby.example\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "two fields of ours, dkim and dmarc apart", AR
	  "dmarc=pass header.from=fjordby.example\n" AR
	  "dkim=pass header.d=fjordby.example\n" IN FROM, MAIL_AUTH_PASS },
	{ "two fields of ours, one says fail", AR "dkim=pass "
	  "header.d=fjordby.example\n" AR
	  "dmarc=fail header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_FAIL },
	/* the grammar */
	{ "another case", "authentication-results: MX.Fjordby.Example; "
	  "DMARC=Pass Header.From=FJORDBY.example\n" IN FROM,
	  MAIL_AUTH_PASS },
	{ "a version", "Authentication-Results: mx.fjordby.example 1; " PASS
	  "\n" IN FROM, MAIL_AUTH_PASS },
	{ "the id in quotes", "Authentication-Results: "
	  "\"mx.fjordby.example\"; " PASS "\n" IN FROM, MAIL_AUTH_PASS },
	{ "comments and folds everywhere", "Authentication-Results: (a)\n "
	  "mx.fjordby.example (b (c)) ;\n\tdmarc (d) = (e)\n pass (f=fail)\n"
	  " header.from=fjordby.example\n" IN FROM, MAIL_AUTH_PASS },
	{ "a version of the method", AR
	  "dmarc/1=pass header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_PASS },
	{ "a reason with ; and pass", AR "dmarc=fail reason=\"x; dmarc=pass\" "
	  "header.from=fjordby.example\n" IN FROM, MAIL_AUTH_FAIL },
	{ "only a reason says pass", AR "spf=none reason=\"; dmarc=pass "
	  "header.from=fjordby.example\"\n" IN FROM, MAIL_AUTH_NONE },
	{ "only a comment says pass", AR "dmarc=none (dmarc=pass; " PASS
	  ")\n" IN FROM, MAIL_AUTH_NONE },
	{ "a comment with an escaped end", AR "dmarc=none (\\) ; " PASS ")\n"
	  IN FROM, MAIL_AUTH_NONE },
	{ "a comment that never ends", AR "(dmarc=none; " PASS "\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "pass as part of a word", AR
	  "dmarc=passed header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "x-dmarc is no dmarc", AR
	  "x-dmarc=pass header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "commas are no semicolons", AR
	  "spf=none, dmarc=pass header.from=fjordby.example\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "a property before its method", AR
	  "header.from=fjordby.example dmarc=pass\n" IN FROM,
	  MAIL_AUTH_NONE },
	/* another id */
	{ "the id with a tail", "Authentication-Results: "
	  "mx.fjordby.example.evil.example; " PASS "\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "the id with a head", "Authentication-Results: "
	  "xmx.fjordby.example; " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	{ "a dot behind the id", "Authentication-Results: "
	  "mx.fjordby.example.; " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	{ "the id in a comment", "Authentication-Results: evil.example "
	  "(mx.fjordby.example); " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	{ "a comment, then another id", "Authentication-Results: "
	  "(mx.fjordby.example;) evil.example; " PASS "\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "the id as a path", "Authentication-Results: "
	  "mx.fjordby.example/evil; " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	{ "no id", "Authentication-Results: " PASS "\n" IN FROM,
	  MAIL_AUTH_NONE },
	{ "Microsoft's form", MSAR IN FROM, MAIL_AUTH_NONE },
	{ "the id as a result", "Authentication-Results: "
	  "mx.fjordby.example=x; " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	{ "a letter that looks alike", "Authentication-Results: "
	  "mx.fj\xd0\xberdby.example; " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	{ "a name that looks alike", "X-Authentication-Results: "
	  "mx.fjordby.example; " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	{ "ARC is not asked", "ARC-Authentication-Results: i=1; "
	  "mx.fjordby.example; " PASS "\n" IN FROM, MAIL_AUTH_NONE },
	/* the place */
	{ "ours, below where the mail came in", IN AR PASS "\n" FROM,
	  MAIL_AUTH_FORGED },
	{ "a fail of ours above, a pass below", AR
	  "dmarc=fail header.from=fjordby.example\n" IN AR PASS "\n" FROM,
	  MAIL_AUTH_FORGED },
	{ "below, folded after the colon", IN "Authentication-Results:\n "
	  "mx.fjordby.example;\n " PASS "\n" FROM, MAIL_AUTH_FORGED },
	{ "below, in other case", IN "AUTHENTICATION-RESULTS: "
	  "MX.FJORDBY.EXAMPLE; " PASS "\n" FROM, MAIL_AUTH_FORGED },
	{ "below, the id in quotes", IN "Authentication-Results: "
	  "\"mx.fjordby.example\"; " PASS "\n" FROM, MAIL_AUTH_FORGED },
	{ "below, behind a comment", IN "Authentication-Results: (x) "
	  "mx.fjordby.example; " PASS "\n" FROM, MAIL_AUTH_FORGED },
	{ "below, a blank before the colon", IN "Authentication-Results : "
	  "mx.fjordby.example; " PASS "\n" FROM, MAIL_AUTH_FORGED },
	{ "below, at the very end", IN FROM "Subject: x\n" AR PASS "\n",
	  MAIL_AUTH_FORGED },
	{ "another server's, below", AR PASS "\n" IN
	  "Authentication-Results: far.example; " PASS "\n" FROM,
	  MAIL_AUTH_PASS },
	{ "above a Received that is not ours", FARIN AR PASS "\n" FROM,
	  MAIL_AUTH_FORGED },
	{ "a false Received of ours below the true one", IN AR PASS "\n"
	  "Received: from y.example (y.example [203.0.113.9]) by "
	  "mx.fjordby.example; Tue\n" FROM, MAIL_AUTH_FORGED },
	{ "a stranger that calls itself our host", "Received: from "
	  "mx.fjordby.example (unknown [203.0.113.7])\n by "
	  "mx.fjordby.example with ESMTP; Tue\n" AR PASS "\n" FROM,
	  MAIL_AUTH_FORGED },
	{ "a stranger that calls itself localhost", "Received: from "
	  "localhost (far.example [203.0.113.7]) by mx.fjordby.example; "
	  "Tue\n" AR PASS "\n" FROM, MAIL_AUTH_FORGED },
	{ "inner hops above the result: LMTP", "Received: from "
	  "mx.fjordby.example\n\tby mx.fjordby.example with LMTP\n\tid x; "
	  "Tue\n" AR PASS "\n" IN FROM, MAIL_AUTH_PASS },
	{ "inner hops above the result: a filter", "Received: from localhost "
	  "(localhost [127.0.0.1])\n\tby mx.fjordby.example (Postfix) with "
	  "ESMTP; Tue\n" AR PASS "\n" IN FROM, MAIL_AUTH_PASS },
	/* THREATS 5 */
	{ "a whole signature", AR PASS "; dkim=pass header.d=fjordby.example\n"
	  IN SIGNED FROM, MAIL_AUTH_PASS },
	{ "a signature of a length", AR PASS
	  "; dkim=pass header.d=fjordby.example; spf=none\n" IN SHORT FROM,
	  MAIL_AUTH_NONE },
	{ "a signature of a length, spf aligned", AR PASS
	  "; dkim=pass header.d=fjordby.example; "
	  "spf=pass smtp.mailfrom=fjordby.example\n" IN SHORT FROM,
	  MAIL_AUTH_PASS },
	{ "Content-Type is not signed", AR PASS
	  "; dkim=pass header.d=fjordby.example\n" IN BARE FROM,
	  MAIL_AUTH_NONE },
	{ "dkim alone, of a length", AR
	  "dkim=pass header.d=fjordby.example\n" IN SHORT FROM,
	  MAIL_AUTH_NONE },
	{ "one of a length and a whole one", AR PASS
	  "; dkim=pass header.d=fjordby.example\n" IN SHORT SIGNED FROM,
	  MAIL_AUTH_PASS },
	{ "somebody else's of a length", AR PASS "\n" IN
	  "DKIM-Signature: v=1; d=bulk.example; l=1; h=from; b=y\n" FROM,
	  MAIL_AUTH_PASS },
};

static const struct row exchange[] = {
	{ "Microsoft's field", MS MSAR MSIN FROM, MAIL_AUTH_PASS },
	{ "Microsoft's field, topmost, the rest below", MSAR MSIN FROM,
	  MAIL_AUTH_PASS },
	{ "no compauth", MS "Authentication-Results: dmarc=pass action=none "
	  "header.from=fjordby.example\n" MSIN FROM, MAIL_AUTH_NONE },
	{ "compauth fails", MS "Authentication-Results: dmarc=pass "
	  "action=none header.from=fjordby.example;compauth=fail "
	  "reason=000\n" MSIN FROM, MAIL_AUTH_NONE },
	{ "compauth alone", MS "Authentication-Results: dmarc=none "
	  "header.from=fjordby.example;compauth=pass reason=109\n" MSIN FROM,
	  MAIL_AUTH_NONE },
	{ "bestguesspass", MS "Authentication-Results: dmarc=bestguesspass "
	  "action=none header.from=fjordby.example;compauth=pass "
	  "reason=109\n" MSIN FROM, MAIL_AUTH_NONE },
	{ "dmarc fails", MS "Authentication-Results: dmarc=fail "
	  "action=quarantine header.from=fjordby.example;compauth=fail\n"
	  MSIN FROM, MAIL_AUTH_FAIL },
	{ "the topmost fails, one below passes", MS
	  "Authentication-Results: dmarc=fail action=none "
	  "header.from=fjordby.example;compauth=fail\n" MSAR MSIN FROM,
	  MAIL_AUTH_FAIL },
	{ "only a field below", MS MSIN FARIN MSAR FROM, MAIL_AUTH_NONE },
	{ "a field with an id on top", MS AR PASS "; compauth=pass\n" MSAR
	  MSIN FROM, MAIL_AUTH_NONE },
	{ "dmarc of another From", MS "Authentication-Results: dmarc=pass "
	  "action=none header.from=other.example;compauth=pass reason=100\n"
	  MSIN FROM, MAIL_AUTH_NONE },
	{ "a signature of a length, and spf", MS MSAR MSIN SHORT FROM,
	  MAIL_AUTH_PASS },
	{ "a signature of a length alone", MS "Authentication-Results: "
	  "spf=none; dmarc=pass action=none header.from=fjordby.example;"
	  "compauth=pass reason=100\n" MSIN SHORT FROM, MAIL_AUTH_NONE },
	{ "sent within the tenant", MS "Authentication-Results: dkim=none "
	  "header.d=none;dmarc=none action=none "
	  "header.from=fjordby.example\n"
	  "X-MS-Exchange-Organization-AuthAs: Internal\n" FROM,
	  MAIL_AUTH_PASS },
	{ "AuthAs: Anonymous", MS
	  "X-MS-Exchange-Organization-AuthAs: Anonymous\n" FROM,
	  MAIL_AUTH_NONE },
	{ "AuthAs below an outside Received", MS MSIN FARIN
	  "X-MS-Exchange-Organization-AuthAs: Internal\n" FROM,
	  MAIL_AUTH_NONE },
	{ "a host that only ends alike", "Received: from x by "
	  "evil-outlook.com; Tue\n" MSAR FROM, MAIL_AUTH_NONE },
};

static enum mail_auth
judge(struct arena *arena, const struct auth_trust *trust, const char *text,
    const char *from, const char **why)
{
	struct bytes b = { (const unsigned char *)text, strlen(text) };
	struct head head = head_read(arena, b, HEAD_MAX_BYTES);
	struct mail_header *list = arena_array(arena, head.n + 1,
	    sizeof *list);

	for (size_t i = 0; i < head.n; i++) {
		list[i].name = arena_strndup(arena,
		    (const char *)head.fields[i].name.data,
		    head.fields[i].name.n);
		list[i].value = head_unfold(arena, head.fields[i].value);
	}
	return auth_judge(arena, trust, list, head.n, from, why);
}

static void
walk(const struct row *rows, size_t n, enum auth_profile profile)
{
	struct auth_trust trust = { .profile = profile,
		.authserv_id = "mx.fjordby.example" };
	struct arena *arena = arena_open();
	int faults = 0;

	for (size_t i = 0; i < n; i++) {
		const char *why = NULL;
		enum mail_auth got = judge(arena, &trust, rows[i].head,
		    "mekr@fjordby.example", &why);

		if (got != rows[i].want || why == NULL) {
			print_error("%s: %d, not %d (%s)\n", rows[i].says,
			    (int)got, (int)rows[i].want, why);
			faults++;
		}
	}
	assert_int_equal(faults, 0);
	arena_close(&arena);
}

static void
the_standard_profile_believes_by_grammar_and_place(void **state)
{
	(void)state;
	walk(standard, sizeof standard / sizeof *standard, AUTH_STANDARD);
}

static void
the_exchange_profile_believes_the_topmost_field(void **state)
{
	(void)state;
	walk(exchange, sizeof exchange / sizeof *exchange, AUTH_EXCHANGE);
}

static void
without_a_plain_from_nobody_is_known(void **state)
{
	struct auth_trust trust = { .authserv_id = "mx.fjordby.example" };
	struct arena *arena = arena_open();
	const char *why;

	(void)state;
	assert_int_equal(judge(arena, &trust, AR PASS "\n" IN FROM, NULL,
	    &why), MAIL_AUTH_NONE);
	arena_close(&arena);
}

static void
other_hosts_of_ours_are_hops_within_the_house(void **state)
{
	static const char *const hosts[] = { "imap.fjordby.example",
		"mx.fjordby.example" };
	struct auth_trust trust = { .authserv_id = "fjordby.example",
		.hosts = hosts, .n_hosts = 2 };
	struct arena *arena = arena_open();
	const char *why, *head = "Received: from mx.fjordby.example "
	    "(mx.fjordby.example [192.0.2.1])\n by imap.fjordby.example with "
	    "ESMTP; Tue\nAuthentication-Results: fjordby.example; " PASS "\n"
	    IN FROM;

	(void)state;
	assert_int_equal(judge(arena, &trust, head, "mekr@fjordby.example",
	    &why), MAIL_AUTH_PASS);
	trust.n_hosts = 0;
	assert_int_equal(judge(arena, &trust, head, "mekr@fjordby.example",
	    &why), MAIL_AUTH_FORGED);
	arena_close(&arena);
}

static void
a_server_that_writes_below_its_received_must_be_told(void **state)
{
	struct auth_trust trust = { .authserv_id = "mx.fjordby.example",
		.is_below = true };
	struct arena *arena = arena_open();
	const char *why;

	(void)state;
	assert_int_equal(judge(arena, &trust, IN AR PASS "\n" FROM,
	    "mekr@fjordby.example", &why), MAIL_AUTH_PASS);
	assert_int_equal(judge(arena, &trust, IN "To: x\n" AR PASS "\n" FROM,
	    "mekr@fjordby.example", &why), MAIL_AUTH_FORGED);
	assert_int_equal(judge(arena, &trust, FARIN AR PASS "\n" FROM,
	    "mekr@fjordby.example", &why), MAIL_AUTH_FORGED);
	arena_close(&arena);
}

static void
strangers_share_a_public_suffix(void **state)
{
	struct auth_trust trust = { .authserv_id = "mx.fjordby.example" };
	struct arena *arena = arena_open();
	const char *why;

	(void)state;
	assert_int_equal(judge(arena, &trust, AR
	    "dkim=pass header.d=co.uk\n" IN FROM, "a@council.co.uk", &why),
	    MAIL_AUTH_NONE);
	assert_int_equal(judge(arena, &trust, AR
	    "dkim=pass header.d=council.co.uk\n" IN FROM,
	    "a@mail.council.co.uk", &why), MAIL_AUTH_PASS);
	assert_int_equal(judge(arena, &trust, AR "dkim=pass header.d=dk\n" IN
	    FROM, "a@fjordby.dk", &why), MAIL_AUTH_NONE);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_standard_profile_believes_by_grammar_and_place),
		cmocka_unit_test(
		    the_exchange_profile_believes_the_topmost_field),
		cmocka_unit_test(without_a_plain_from_nobody_is_known),
		cmocka_unit_test(
		    other_hosts_of_ours_are_hops_within_the_house),
		cmocka_unit_test(
		    a_server_that_writes_below_its_received_must_be_told),
		cmocka_unit_test(strangers_share_a_public_suffix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
