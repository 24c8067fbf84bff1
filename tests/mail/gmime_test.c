/* SPDX-License-Identifier: MIT */
/* Our reading of mails beside GMime's: two readers, one mail. Every mail of
 * the tree, and of the folder that MAILS names. */
#include "test.h"

#include <glob.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "mail/mime_read.h"

static int faults;
static size_t n_read;

static void
differ(const char *path, const char *what, const char *ours,
    const char *theirs)
{
	print_error("%s: %s: «%s», GMime «%s»\n", path, what,
	    ours == NULL ? "-" : ours, theirs == NULL ? "-" : theirs);
	faults++;
}

/* Controls and white space are ours to change. */
static const char *
plain(struct arena *arena, const char *text)
{
	return text == NULL ? "" : text_squeeze(arena, text_one_line(arena,
	    text_repair(arena, text, strlen(text))));
}

static void
same(struct arena *arena, const char *path, const char *what,
    const char *ours, const char *theirs)
{
	ours = plain(arena, ours);
	theirs = plain(arena, theirs);
	if (strcmp(ours, theirs) != 0)
		differ(path, what, ours, theirs);
}

struct seen {
	struct arena *arena;
	const char *path;
	const struct mail *mail;
	size_t n_files;
};

static bool
is_words(GMimeObject *part)
{
	GMimeContentDisposition *d =
	    g_mime_object_get_content_disposition(part);

	return GMIME_IS_TEXT_PART(part) && (d == NULL
	    || !g_mime_content_disposition_is_attachment(d))
	    && (g_mime_content_type_is_type(g_mime_object_get_content_type(
	    part), "text", "plain") || g_mime_content_type_is_type(
	    g_mime_object_get_content_type(part), "text", "html"));
}

static void
part_compare(GMimeObject *parent, GMimeObject *part, gpointer user)
{
	struct seen *s = user;
	const struct mail_attachment *ours;
	GMimeStream *out;
	GMimeDataWrapper *content;

	(void)parent;
	if (GMIME_IS_MULTIPART(part) || is_words(part))
		return;
	if (s->n_files == s->mail->n_attachments) {
		differ(s->path, "one file more", NULL, "?");
		return;
	}
	ours = &s->mail->attachments[s->n_files++];
	if (!GMIME_IS_PART(part))
		return;	/* an attached mail */
	same(s->arena, s->path, "name", ours->name,
	    g_mime_part_get_filename(GMIME_PART(part)));
	content = g_mime_part_get_content(GMIME_PART(part));
	out = g_mime_stream_null_new();
	if (content != NULL)
		(void)g_mime_data_wrapper_write_to_stream(content, out);
	if (g_mime_stream_tell(out) != ours->size_bytes)
		differ(s->path, "size", arena_printf(s->arena, "%lld",
		    (long long)ours->size_bytes), arena_printf(s->arena,
		    "%lld", (long long)g_mime_stream_tell(out)));
	g_object_unref(out);
}

struct first {
	char *text;
};

static void
first_text(GMimeObject *parent, GMimeObject *part, gpointer user)
{
	struct first *f = user;

	(void)parent;
	if (f->text == NULL && is_words(part) && g_mime_content_type_is_type(
	    g_mime_object_get_content_type(part), "text", "plain"))
		f->text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
}

static void
message_compare(struct arena *arena, const char *path,
    const struct mail *mail, GMimeMessage *message)
{
	InternetAddressList *from = g_mime_message_get_from(message);
	struct seen seen = { arena, path, mail, 0 };
	struct first first = { NULL };

	same(arena, path, "subject", mail->subject,
	    g_mime_message_get_subject(message));
	if (from != NULL && internet_address_list_length(from) == 1
	    && mail->from.n == 1) {
		InternetAddress *a = internet_address_list_get_address(from,
		    0);

		same(arena, path, "from", mail->from.list[0].name,
		    internet_address_get_name(a));
		if (mail->from.list[0].email != NULL)
			same(arena, path, "address",
			    mail->from.list[0].email, text_lower(arena,
			    internet_address_mailbox_get_idn_addr(
			    INTERNET_ADDRESS_MAILBOX(a))));
	}
	g_mime_message_foreach(message, part_compare, &seen);
	if (seen.n_files != mail->n_attachments)
		differ(path, "one file less", "?", NULL);
	g_mime_message_foreach(message, first_text, &first);
	if (first.text != NULL && mail->text != NULL) {
		const char *ours = plain(arena, mail->text);
		const char *theirs = plain(arena, first.text);

		/* Unflowed lines are longer; other parts may follow. */
		if (strncmp(ours, theirs, strlen(theirs)) != 0
		    && strstr(first.text, "\n>") == NULL)
			differ(path, "text", ours, theirs);
	}
	g_free(first.text);
}

static void
file_compare(struct arena *arena, const char *path)
{
	static const struct auth_trust trust = { .authserv_id = "x.example" };
	GMimeParserOptions *options = g_mime_parser_options_new();
	static const char *sets[] = { "utf-8", "windows-1252", NULL };
	const struct mail *mail;
	gchar *data;
	gsize n;
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *message;
	struct err err;

	assert_true(g_file_get_contents(path, &data, &n, NULL));
	assert_int_equal(mime_read(arena, &trust, (struct bytes){
	    (const unsigned char *)data, n }, -1, &mail, &err), RC_OK);
	g_mime_parser_options_set_fallback_charsets(options, sets);
	stream = g_mime_stream_mem_new_with_buffer(data, n);
	parser = g_mime_parser_new_with_stream(stream);
	message = g_mime_parser_construct_message(parser, options);
	if (message != NULL) {
		message_compare(arena, path, mail, message);
		g_object_unref(message);
		n_read++;
	}
	g_object_unref(parser);
	g_object_unref(stream);
	g_mime_parser_options_free(options);
	g_free(data);
	arena_reset(arena);
}

static void
two_readers_read_the_same_mail(void **state)
{
	static const char *const patterns[] = { "seeds/*/mails/*.eml",
		"tests/outbox/letters/*.eml", NULL };
	struct arena *arena = arena_open();
	const char *more = getenv("MAILS");
	glob_t files = { .gl_pathc = 0 };

	(void)state;
	g_mime_init();
	for (size_t i = 0; patterns[i] != NULL; i++)
		(void)glob(patterns[i], i == 0 ? 0 : GLOB_APPEND, NULL,
		    &files);
	if (more != NULL)
		(void)glob(arena_printf(arena, "%s/*.eml", more), GLOB_APPEND,
		    NULL, &files);
	for (size_t i = 0; i < files.gl_pathc; i++)
		file_compare(arena, files.gl_pathv[i]);
	globfree(&files);
	assert_true(n_read > 15);
	assert_int_equal(faults, 0);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_readers_read_the_same_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
