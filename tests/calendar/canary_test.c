/* SPDX-License-Identifier: MIT */
/* Random agendas to every audience, with canaries in what is closed: their
 * words, titles, file names and file bytes reach members alone. CANARIES says
 * how many agendas; 1,000 are a few seconds. */
#include "test.h"

#include <fcntl.h>

#include "council/agenda_letter.h"
#include "council/gathering.h"
#include "mail/mime_read.h"
#include "store/file.h"
#include "store/item.h"
#include "store/meeting.h"
#include "year.h"

#define SUBSCRIBER "abonnent@mail.example"

static unsigned seed = 20261217;

static unsigned
chance(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

/* «xq7kabc»: no letter of ours has such a word by itself. */
static const char *
canary(struct house *h)
{
	char *word = arena_alloc(h->arena, 12);

	memcpy(word, "xq", 2);
	for (int i = 2; i < 11; i++)
		word[i] = (char)('a' + chance(26));
	return word;
}

struct bird {
	const char *title, *words, *name, *bytes;
};

static struct agenda_point
point_make(struct house *h, bool closed, struct bird *bird, int64_t journal)
{
	static const char *const kinds[] = { "txt", "csv", "md", "bin" };
	struct err err = { "" };
	int64_t number;
	struct bytes data;

	*bird = (struct bird){ canary(h), canary(h), canary(h), canary(h) };
	assert_int_equal(item_add(h->store, &(struct item){
	    .body = "udsatteraad", .meeting = MEETING, .title = arena_printf(
	    h->arena, "Emne %s", bird->title), .words = arena_printf(h->arena,
	    "Om %s og mere", bird->words), .by = "mb@center.example",
	    .state = ITEM_ACCEPTED, .at = 1, .journal_id = journal }, &number,
	    &err), RC_OK);
	data.data = (const unsigned char *)arena_printf(h->arena,
	    "I filen: %s\n", bird->bytes);
	data.n = strlen((const char *)data.data);
	if (chance(2) == 0)
		assert_int_equal(file_add(h->store, &(struct file_row){
		    .owner = FILE_OF_ITEM, .owner_id = number,
		    .name = arena_printf(h->arena, "%s.%s", bird->name,
		    kinds[chance(4)]), .type = "text/plain", .open = true,
		    .journal_id = journal }, data, &err), RC_OK);
	else
		bird->name = bird->bytes = NULL;
	return (struct agenda_point){ .title = arena_printf(h->arena,
		"Emne %s", bird->title), .words = arena_printf(h->arena,
		"Om %s og mere", bird->words), .by = "Mogens", .item_id =
		number, .closed = closed, .reason = closed &&
		chance(2) == 0 ? canary(h) : NULL };
}

/* Everything that can be read in a letter: its bytes as they go, and all
 * parts decoded. */
static const char *
whole(struct house *h, struct arena *arena, int64_t letter_id)
{
	struct buf all = buf_open(arena);
	const struct mail *mail;
	struct err err = { "" };
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(h->look, "SELECT raw, subject,"
	    " text FROM letter JOIN letter_raw USING (letter_id) WHERE"
	    " letter_id = ?", -1, &stmt, NULL), SQLITE_OK);
	(void)sqlite3_bind_int64(stmt, 1, letter_id);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	struct bytes raw = { sqlite3_column_blob(stmt, 0),
		(size_t)sqlite3_column_bytes(stmt, 0) };

	buf_add_n(&all, (const char *)raw.data, raw.n);
	buf_add(&all, (const char *)sqlite3_column_text(stmt, 1));
	buf_add(&all, (const char *)sqlite3_column_text(stmt, 2));
	assert_int_equal(mime_read(arena, NULL, raw, -1, &mail, &err), RC_OK);
	buf_addf(&all, "\n%s\n%s\n", mail->text, mail->html_text);
	for (size_t i = 0; i < mail->n_attachments; i++) {
		const struct mail_attachment *a = &mail->attachments[i];
		struct bytes b;

		buf_addf(&all, "%s\n", a->name != NULL ? a->name : "");
		assert_int_equal(mime_read_part(arena, raw, -1, a->part, &b,
		    &err), RC_OK);
		buf_add_n(&all, (const char *)b.data, b.n);
	}
	for (size_t i = 0; i < mail->n_headers; i++)
		buf_addf(&all, "%s\n", mail->headers[i].value);
	(void)sqlite3_finalize(stmt);
	return buf_text(&all);
}

static bool
holds(const char *text, const struct bird *bird)
{
	return strstr(text, bird->title) != NULL ||
	    strstr(text, bird->words) != NULL ||
	    (bird->name != NULL && strstr(text, bird->name) != NULL) ||
	    (bird->bytes != NULL && strstr(text, bird->bytes) != NULL);
}

struct tally {
	size_t leaks, closed_seen, open_seen, outside, logged;
};

/* One agenda of chance, sent; every letter of it looked into. */
static void
one_agenda(struct house *h, int64_t journal, struct tally *tally)
{
	size_t n = 1 + chance(6);
	struct agenda_point points[6];
	struct bird birds[6];
	struct gathering g;
	struct agenda_row row = { .journal_id = journal };
	const struct world_body *body;
	const struct world_meeting *meeting = world_meeting(&h->world,
	    MEETING, &body);
	struct err err = { "" };
	long last = number(h, "SELECT coalesce(max(letter_id), 0) FROM"
	    " letter");
	sqlite3_stmt *stmt;

	assert_int_equal(store_begin(h->store, &err), RC_OK);
	for (size_t i = 0; i < n; i++)
		points[i] = point_make(h, chance(2) == 0, &birds[i], journal);
	assert_int_equal(gathering_open(&h->council, h->arena, body, meeting,
	    &g, &err), RC_OK);
	assert_int_equal(agenda_add(h->store, MEETING, &(struct agenda){
	    points, n }, NOW, &row, &err), RC_OK);
	assert_int_equal(agenda_move(h->store, &row, AGENDA_RELEASE, NOW,
	    journal, &err), RC_OK);
	row.state = AGENDA_RELEASED;
	row.send_at = NOW;
	row.released_by = journal;
	assert_int_equal(agenda_send(&g, &row, &err), RC_OK);
	/* another connection looks: it sees what is committed */
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	assert_int_equal(sqlite3_prepare_v2(h->look, "SELECT letter_id,"
	    " to_email FROM letter WHERE letter_id > ?", -1, &stmt, NULL),
	    SQLITE_OK);
	(void)sqlite3_bind_int64(stmt, 1, last);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct arena *arena = arena_open();
		const char *to = (const char *)sqlite3_column_text(stmt, 1);
		const char *text = whole(h, arena, sqlite3_column_int64(stmt,
		    0));
		bool outside = strcmp(to, SUBSCRIBER) == 0 ||
		    strstr(to, "raadhus.example") != NULL;

		tally->outside += outside;
		for (size_t i = 0; i < n; i++) {
			if (!holds(text, &birds[i]))
				continue;
			if (outside && points[i].closed) {
				print_error("%s reads a closed point\n", to);
				tally->leaks++;
			}
			tally->closed_seen += !outside && points[i].closed;
			tally->open_seen += outside && !points[i].closed;
		}
		for (size_t i = 0; i < n; i++)
			tally->leaks += outside && points[i].reason != NULL &&
			    strstr(text, points[i].reason) != NULL;
		arena_close(&arena);
	}
	(void)sqlite3_finalize(stmt);
}

static bool
is_in_log(const char *path)
{
	char line[4096];
	FILE *f = fopen(path, "r");
	bool found = false;

	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL)
		found = found || strstr(line, "xq") != NULL;
	(void)fclose(f);
	return found;
}

static void
closed_points_reach_members_alone(void **state)
{
	const char *asked = getenv("CANARIES");
	int agendas = asked != NULL ? atoi(asked) : 1000, err_fd;
	struct house *h = meeting_open(true);
	struct tally tally = { 0 };
	struct err err = { "" };
	char path[64] = "/tmp/raadspost-canary.XXXXXX";
	int log = mkstemp(path);
	int64_t journal;

	(void)state;
	assert_true(log >= 0);
	(void)act(h, SUBSCRIBER, true, (struct action){
	    .kind = ACTION_SUBSCRIBE, .body = "udsatteraad",
	    .email = SUBSCRIBER });
	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &err), RC_OK);
	assert_int_equal(journal_add(h->store, &(struct journal_row){
	    .at = NOW, .deed = "agenda-edit", .body = "udsatteraad",
	    .about = MEETING }, &journal, &err), RC_OK);
	(void)fflush(stderr);
	err_fd = dup(2);
	assert_int_equal(dup2(log, 2), 2);
	for (int i = 0; i < agendas; i++) {
		struct arena *kept = h->arena;

		h->arena = arena_open();
		one_agenda(h, journal, &tally);
		arena_close(&h->arena);
		h->arena = kept;
	}
	(void)fflush(stderr);
	assert_int_equal(dup2(err_fd, 2), 2);
	(void)close(err_fd);
	(void)close(log);
	tally.logged = is_in_log(path);
	(void)unlink(path);
	print_message("# %d agendas, %zu letters outside, closed points read "
	    "%zu times inside, open ones %zu times outside\n", agendas,
	    tally.outside, tally.closed_seen, tally.open_seen);
	assert_int_equal(tally.leaks, 0);
	assert_int_equal(tally.logged, 0);
	/* and it is no empty test: they are read where they may be */
	assert_true(tally.outside >= (size_t)agendas * 3);
	assert_true(tally.closed_seen > (size_t)agendas * 3);
	assert_true(tally.open_seen > (size_t)agendas * 3);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closed_points_reach_members_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
