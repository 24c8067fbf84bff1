/* SPDX-License-Identifier: MIT */
/* Queueing, with a real database: once under its key, the token kept, in
 * trial mode to the secretary alone. */
#include "test.h"

#include "base/clock.h"
#include "outbox/sample.h"
#include "render/template.h"
#include "store/place.h"

static struct outbox_draft
an_answer(struct arena *arena)
{
	return (struct outbox_draft){ .key = "receipt/812",
		.template = "human-question", .language = "da",
		.kind = LETTER_RECEIPT, .class = LETTER_ANSWER,
		.body = &sample_body, .to = "aase@mail.example",
		.to_name = "Aase", .mail_id = 0,
		.in_reply_to = "<1@mail.example>",
		.fields = fields_open(arena) };
}

static void
a_letter_is_queued_once(void **state)
{
	struct place place = place_open();
	struct store *store = place_store(&place);
	struct arena *arena = arena_open();
	struct outbox outbox = sample_outbox;
	struct outbox_draft draft = an_answer(arena);
	int64_t id = 0, again = 0;
	const char *token = NULL;
	struct letter_row row, *rows;
	struct err err = { "" };
	size_t n;

	(void)state;
	outbox.store = store;
	draft.wants_token = true;
	assert_int_equal(outbox_queue(&outbox, arena, &draft, &id, &token,
	    &err), RC_OK);
	assert_int_equal(strlen(token), 26);
	/* before any work: the template is not even looked for */
	draft.template = "nowhere";
	assert_int_equal(outbox_queue(&outbox, arena, &draft, &again, NULL,
	    &err), RC_NONE);
	assert_int_equal(id, again);
	draft.key = "receipt/813";
	assert_int_equal(outbox_queue(&outbox, arena, &draft, NULL, NULL,
	    &err), RC_STOP);

	assert_int_equal(letter_load(store, arena, id, &row, &err), RC_OK);
	assert_string_equal(row.to, "aase@mail.example");
	assert_string_equal(row.from, "raadspost@fjordby.example");
	assert_string_equal(row.key, "receipt/812");
	assert_int_equal(letter_due(store, arena, outbox.now_at, 10, &rows,
	    &n, &err), RC_OK);
	assert_int_equal(n, 1);
	assert_non_null(strstr((const char *)rows[0].raw.data,
	    arena_printf(arena, "Reply-To: udsatteraad+%s@fjordby.example\r\n",
	    token)));
	assert_non_null(strstr((const char *)rows[0].raw.data,
	    "Auto-Submitted: auto-replied\r\n"));
	arena_close(&arena);
	store_close(&store);
	place_close(&place);
}

static void
a_trial_goes_to_the_secretary_alone(void **state)
{
	struct arena *arena = arena_open();
	struct outbox outbox = sample_outbox;
	struct outbox_draft draft = an_answer(arena);
	struct letter_new letter;
	struct err err = { "" };

	(void)state;
	outbox.trial = true;
	assert_int_equal(letter_finish(&outbox, arena, &draft, NULL, &letter,
	    &err), RC_OK);
	assert_string_equal(letter.to, "mekr@fjordby.example");
	assert_string_equal(letter.key, "receipt/812#trial");
	assert_non_null(strstr(letter.text, "aase@mail.example"));
	assert_null(strstr((const char *)letter.raw.data,
	    "To: Aase"));
	/* what is hers anyway has no head */
	draft.to = "mekr@fjordby.example";
	assert_int_equal(letter_finish(&outbox, arena, &draft, NULL, &letter,
	    &err), RC_OK);
	assert_null(strstr(letter.text, "mekr@"));
	outbox.secretary = NULL;
	assert_int_equal(letter_finish(&outbox, arena, &draft, NULL, &letter,
	    &err), RC_STOP);
	arena_close(&arena);
}

static void
the_same_draft_gives_the_same_bytes(void **state)
{
	struct arena *arena = arena_open();
	struct outbox_draft draft = an_answer(arena);
	struct letter_new a, b;
	struct err err = { "" };

	(void)state;
	assert_int_equal(letter_finish(&sample_outbox, arena, &draft, NULL,
	    &a, &err), RC_OK);
	assert_int_equal(letter_finish(&sample_outbox, arena, &draft, NULL,
	    &b, &err), RC_OK);
	assert_int_equal(a.raw.n, b.raw.n);
	assert_memory_equal(a.raw.data, b.raw.data, a.raw.n);
	assert_string_equal(a.message_id, b.message_id);
	draft.key = "receipt/814";
	assert_int_equal(letter_finish(&sample_outbox, arena, &draft, NULL,
	    &b, &err), RC_OK);
	assert_string_not_equal(a.message_id, b.message_id);
	arena_close(&arena);
}

static void
a_list_says_so_and_how_to_leave_it(void **state)
{
	struct arena *arena = arena_open();
	struct outbox_draft draft = an_answer(arena);
	struct letter_new letter;
	struct err err = { "" };
	const char *raw;

	(void)state;
	draft.is_list = true;
	draft.in_reply_to = NULL;
	assert_int_equal(letter_finish(&sample_outbox, arena, &draft, NULL,
	    &letter, &err), RC_OK);
	raw = (const char *)letter.raw.data;
	assert_non_null(strstr(raw, "<udsatteraad.fjordby.example>\r\n"));
	assert_non_null(strstr(raw, "List-Unsubscribe:"
	    " <mailto:udsatteraad+afmeld@fjordby.example>\r\n"));
	assert_non_null(strstr(raw, "Auto-Submitted: auto-generated\r\n"));
	arena_close(&arena);
}

/* Whatever comes in, a letter leaves or is parked: never RC_STOP. */
static void
nothing_from_outside_stops_the_daemon(void **state)
{
	static const char *const subjects[] = {
		"a\r\nBcc: x@y.example", "\xe2\x80\xa8x", "", " ", "SV: Re:",
		"010190-1234 er mit CPR", "\xf0\x9f\xa6\x8a\xf0\x9f\xa6\x8a",
		"=?utf-8?q?=0d=0a?=", "\x01\x7f", "\xff\xfe", "{{name}}",
	};
	static const char *const addresses[] = {
		"a@b.example>, <c@d.example", "a@b.example\r\nX: y", "a", "@",
		"\"a b\"@c.example", "a@b..example", "a@-b.example", "a@b,c",
		"\xc3\xa5@b.example", "a b@c.example", "",
	};
	struct arena *arena = arena_open();
	struct outbox_draft draft = an_answer(arena);
	struct letter_new letter;
	struct err err = { "" };

	(void)state;
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++) {
		draft.reply_subject = draft.to_name = subjects[i];
		draft.references = subjects[i];
		draft.in_reply_to = subjects[i];
		if (letter_finish(&sample_outbox, arena, &draft, NULL,
		    &letter, &err) != RC_OK) {
			print_error("%zu: %s\n", i, err.text);
			assert_true(false);
		}
		assert_null(strstr((const char *)letter.raw.data, "1234"));
	}
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		draft.to = addresses[i];
		assert_int_equal(letter_finish(&sample_outbox, arena, &draft,
		    NULL, &letter, &err), RC_PARK);
	}
	arena_close(&arena);
}

/* Any bytes at all, half of them such as mean something to somebody. */
static const char *
any_text(struct arena *arena, unsigned *seed)
{
	static const char *const pieces[] = { "\r\n", "\n", "Bcc: ", "=?", "?=",
		"=?utf-8?q?", "\xc3\xa6", "\xf0\x9f\xa6\x8a", "<", ">", "@",
		"\"", "\\", ",", ".\r\n", "From ", "> ", "{{", "}}", "**",
		"[a](b)", "<b>", "&amp;", " ", "  ", "=3D", "=\r\n", "\t",
		"--=_a", "\xe2\x80\xa8", "\xc2\xa0", "010190-1234", "x" };
	struct buf out = buf_open(arena);
	unsigned n = (*seed = *seed * 1103515245 + 12345) >> 16 & 63;

	while (n-- > 0) {
		unsigned r = (*seed = *seed * 1103515245 + 12345) >> 8;

		if ((r & 1) != 0)
			buf_add(&out, pieces[(r >> 1) %
			    (sizeof(pieces) / sizeof(pieces[0]))]);
		else
			buf_add_char(&out, (char)((r >> 1) % 255 + 1));
	}
	return buf_text(&out);
}

/* THREATS 7: what the writer wrote the gate must read as meant. It would park
 * such a letter, and nobody would be told what a stranger's bytes broke. */
static void
the_gate_agrees_with_the_writer_on_any_words(void **state)
{
	struct arena *arena = arena_open();
	unsigned seed = 20261126;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct outbox_draft draft = an_answer(arena);
		struct json_fields *f = fields_open(arena);
		struct letter_new letter;
		struct err err = { "" };
		enum rc rc;

		draft.fields = f;
		draft.template = i % 2 == 0 ? "notice-human" : "receipt";
		draft.to_name = any_text(arena, &seed);
		draft.reply_subject = any_text(arena, &seed);
		draft.references = any_text(arena, &seed);
		draft.in_reply_to = any_text(arena, &seed);
		fields_text(f, "text", any_text(arena, &seed));
		fields_text(f, "mail_subject", any_text(arena, &seed));
		fields_text(f, "from_name", any_text(arena, &seed));
		fields_text(f, "from", any_text(arena, &seed));
		fields_text(f, "mail", "1");
		fields_flag(fields_item(f, "done"), "idea", true);
		fields_text(fields_item(f, "asked"), "question",
		    any_text(arena, &seed));
		rc = letter_finish(&sample_outbox, arena, &draft, NULL,
		    &letter, &err);
		if (rc != RC_OK)
			print_error("%d: %s\n", i, err.text);
		assert_int_equal(rc, RC_OK);
		arena_reset(arena);
	}
	arena_close(&arena);
}

/* The goal is 60 µs a receipt; what is asserted leaves room for a busy or a
 * sanitized machine. */
static void
a_receipt_costs_little(void **state)
{
	struct arena *arena = arena_open();
	struct outbox_draft draft = an_answer(arena);
	struct letter_new letter;
	struct err err = { "" };
	int64_t start;

	(void)state;
	assert_int_equal(letter_finish(&sample_outbox, arena, &draft, NULL,
	    &letter, &err), RC_OK);
	start = clock_ms();
	for (int i = 0; i < 2000; i++) {
		arena_reset(arena);
		draft.fields = fields_open(arena);
		assert_int_equal(letter_finish(&sample_outbox, arena, &draft,
		    NULL, &letter, &err), RC_OK);
	}
	start = clock_ms() - start;
	print_message("%.1f us a receipt\n", (double)start / 2.0);
	assert_true(start < 2000);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_is_queued_once),
		cmocka_unit_test(a_trial_goes_to_the_secretary_alone),
		cmocka_unit_test(the_same_draft_gives_the_same_bytes),
		cmocka_unit_test(a_list_says_so_and_how_to_leave_it),
		cmocka_unit_test(nothing_from_outside_stops_the_daemon),
		cmocka_unit_test(the_gate_agrees_with_the_writer_on_any_words),
		cmocka_unit_test(a_receipt_costs_little),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	template_forget();
	return failed;
}
