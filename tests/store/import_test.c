/* SPDX-License-Identifier: MIT */
/* A council file: what it would change is shown, and what was shown is done;
 * and the world that the understanding then sees. */
#include "test.h"

#include "base/arena.h"
#include "place.h"
#include "store/import.h"
#include "store/world.h"

#define NOW 1793865600

static struct file_place people[] = {
	{ .name = "Kirsten Holst", .email = "kirsten@mail.example",
	    .role = ROLE_CHAIR, .seat = "user" },
	{ .name = "Mette Krogh", .email = "mekr@fjordby.example",
	    .role = ROLE_SECRETARY },
	{ .name = "Aase Lind", .email = "aase@mail.example",
	    .role = ROLE_MEMBER, .from_day = { 2026, 1, 1 },
	    .until_day = { 2029, 12, 31 } },
};
static struct file_meeting meetings[] = {
	{ .id = "raad/2026-11-26", .start_at = NOW + 21 * 86400,
	    .end_at = NOW + 21 * 86400 + 7200, .place = "Centret",
	    .kind = MEETING_DIALOGUE, .state = MEETING_CALLED,
	    .with_body = "udvalg" },
};
static struct file_hearing hearings[] = {
	{ .id = "raad/h/bolig", .title = "Boligpolitik",
	    .deadline_day = { 2026, 11, 20 } },
};
static struct file_topic topics[] = { { 'A', "Boliger" }, { 'B', "IT" } };
static struct file_seat seats[] = { { .group = "user", .number = 4,
	.at_least = 2, .appointed_by = "KB" } };
static struct file_rule rules[] = { { "quorum", "4" } };
static struct file_address addresses[] = {
	{ "raadspost@fjordby.example", NULL },
	{ "raad@fjordby.example", "raad" },
};

static struct file_body
body(size_t n_people)
{
	return (struct file_body){ .slug = "raad", .name = "R\xc3\xa5" "det",
	    .kind = BODY_COUNCIL, .takes_applications = true,
	    .places = people, .n_places = n_people, .has_places = true,
	    .seats = seats, .n_seats = 1, .has_seats = true,
	    .meetings = meetings, .n_meetings = 1, .hearings = hearings,
	    .n_hearings = 1, .topics = topics, .n_topics = 2,
	    .has_topics = true, .rules = rules, .n_rules = 1 };
}

struct fixture {
	struct place place;
	struct store *store;
	struct arena *arena;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	f->place = place_open();
	f->store = place_store(&f->place);
	f->arena = arena_open();
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	store_close(&f->store);
	arena_close(&f->arena);
	place_close(&f->place);
	free(f);
	return 0;
}

static struct import_change *
import(struct fixture *f, const struct file_body *b, bool apply, size_t *n)
{
	struct council_file file = { .municipality = "Fjordby Kommune",
	    .mailbox = "raadspost@fjordby.example", .bodies = b,
	    .n_bodies = 1, .addresses = addresses, .n_addresses = 2 };
	struct import_change *changes = NULL;
	struct err err = { "" };
	enum rc rc = (apply ? import_apply : import_difference)(f->store,
	    f->arena, &file, NOW, &changes, n, &err);

	if (rc != RC_OK)
		print_error("%s\n", err.text);
	assert_int_equal(rc, RC_OK);
	return changes;
}

static void
what_is_shown_is_what_is_done(void **state)
{
	struct fixture *f = *state;
	struct file_body b = body(3);
	struct import_change *shown, *done;
	size_t n, m;

	shown = import(f, &b, false, &n);
	assert_int_equal(n, 2 + 1 + 1 + 1 + 3 + 1 + 1 + 2 + 2);
	assert_int_equal(shown[0].what, IMPORT_ADDED);
	done = import(f, &b, true, &m);
	assert_int_equal(m, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(shown[i].thing, done[i].thing);
	(void)import(f, &b, false, &n);
	assert_int_equal(n, 0);
}

static void
a_change_says_from_and_to_and_nobody_is_deleted(void **state)
{
	struct fixture *f = *state;
	struct file_body b = body(3);
	struct import_change *changes;
	struct world world;
	struct err err;
	size_t n;

	(void)import(f, &b, true, &n);
	b.n_places = 2;
	meetings[0].place = "R\xc3\xa5" "dhuset";
	changes = import(f, &b, true, &n);
	meetings[0].place = "Centret";
	assert_int_equal(n, 2);
	assert_int_equal(changes[0].what, IMPORT_CHANGED);
	assert_non_null(strstr(changes[0].from, "Centret"));
	assert_non_null(strstr(changes[0].to, "dhuset"));
	assert_int_equal(changes[1].what, IMPORT_ENDED);
	assert_non_null(strstr(changes[1].thing, "aase@mail.example"));
	assert_int_equal(world_load(f->store, f->arena, NOW, &world, &err),
	    RC_OK);
	assert_int_equal(world.bodies[0].n_people, 2);
	/* Yesterday she was a member still. */
	assert_int_equal(world_load(f->store, f->arena, NOW - 86400, &world,
	    &err), RC_OK);
	assert_int_equal(world.bodies[0].n_people, 3);
	/* And a file without people ends nobody. */
	b.places = NULL;
	b.n_places = 0;
	b.has_places = false;
	(void)import(f, &b, true, &n);
	assert_int_equal(n, 1);
}

static void
the_world_is_what_was_imported(void **state)
{
	struct fixture *f = *state;
	struct file_body b = body(3);
	const struct world_meeting *m;
	int64_t before, after;
	struct world world;
	struct err err;
	size_t n;

	assert_int_equal(world_version(f->store, &before, &err), RC_OK);
	(void)import(f, &b, true, &n);
	assert_int_equal(world_version(f->store, &after, &err), RC_OK);
	assert_true(after > before);
	assert_int_equal(world_load(f->store, f->arena, NOW, &world, &err),
	    RC_OK);
	assert_string_equal(world.municipality, "Fjordby Kommune");
	assert_string_equal(world.mailbox, "raadspost@fjordby.example");
	assert_int_equal(world.n_addresses, 2);
	assert_string_equal(world.addresses[0].body, "raad");
	assert_null(world.addresses[1].body);
	assert_int_equal(world.n_bodies, 1);
	assert_true(world.bodies[0].takes_applications);
	assert_int_equal(world.bodies[0].people[0].role, ROLE_CHAIR);
	assert_string_equal(world.bodies[0].people[0].seat, "user");
	m = &world.bodies[0].meetings[0];
	assert_string_equal(m->id, "raad/2026-11-26");
	assert_int_equal(m->kind, MEETING_DIALOGUE);
	assert_int_equal(m->state, MEETING_CALLED);
	assert_int_equal(m->day.day, 26);
	assert_string_equal(m->with_body, "udvalg");
	assert_int_equal(world.bodies[0].hearings[0].deadline_day.day, 20);
	assert_int_equal(world.bodies[0].n_topics, 2);
	assert_int_equal(world.bodies[0].topics[1].letter, 'B');
	/* What changes nothing that is seen leaves the number. */
	(void)import(f, &b, true, &n);
	assert_int_equal(world_version(f->store, &before, &err), RC_OK);
	assert_int_equal(before, after);
}

static void
a_file_that_the_tables_cannot_hold_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct file_body b = body(3);
	struct council_file file = { .bodies = &b, .n_bodies = 1 };
	struct import_change *changes;
	struct world world;
	struct err err = { "" };
	size_t n;

	meetings[0].end_at = NOW;
	assert_int_equal(import_apply(f->store, f->arena, &file, NOW,
	    &changes, &n, &err), RC_STOP);
	meetings[0].end_at = NOW + 21 * 86400 + 7200;
	assert_non_null(strstr(err.text, "raad/2026-11-26"));
	assert_int_equal(world_load(f->store, f->arena, NOW, &world, &err),
	    RC_OK);
	assert_int_equal(world.n_bodies, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_shown_is_what_is_done,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_change_says_from_and_to_and_nobody_is_deleted, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(the_world_is_what_was_imported,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_file_that_the_tables_cannot_hold_changes_nothing,
		    set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
