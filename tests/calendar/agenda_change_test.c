/* SPDX-License-Identifier: MIT */
/* Changes of a draft: put off, closed for a reason, opened, sent back as a
 * file, and of points that are not there. */
#include "test.h"

#include "store/file.h"
#include "year.h"

#define SECRETARY "mekr@fjordby.example"
#define SUBSCRIBER "abonnent@mail.example"

static struct action
about(enum action_kind kind, const char *text)
{
	return (struct action){ .kind = kind, .body = "udsatteraad",
		.meeting = MEETING, .title = text, .text = text };
}

/* `who` answers the newest draft that he has got; with its word. */
static struct sent_mail
answer_with(struct house *h, const char *who, struct action action,
    bool with_token)
{
	struct world_sent *sent = arena_alloc(h->arena, sizeof *sent);
	struct err err = { "" };
	const char *last = arena_printf(h->arena, "FROM letter WHERE kind = %d"
	    " AND to_email = '%s' ORDER BY letter_id DESC LIMIT 1",
	    LETTER_AGENDA_DRAFT, who);

	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &err), RC_OK);
	*sent = (struct world_sent){ .kind = LETTER_AGENDA_DRAFT,
		.ref = MEETING, .to = who, .message_id = look(h,
		arena_printf(h->arena, "SELECT message_id %s", last)) };
	h->world.sent = sent;
	h->world.n_sent = 1;
	if (with_token)
		action.token = look(h, arena_printf(h->arena,
		    "SELECT token %s", last));
	return act(h, who, true, action);
}

static struct sent_mail
answer(struct house *h, const char *who, struct action action)
{
	return answer_with(h, who, action, false);
}

static const char *
drafts(struct house *h, const char *who)
{
	return look(h, arena_printf(h->arena, "SELECT text FROM letter JOIN"
	    " letter_raw USING (letter_id) WHERE kind = %d AND to_email ="
	    " '%s' ORDER BY letter_id DESC LIMIT 1", LETTER_AGENDA_DRAFT,
	    who));
}

static const char *
titles(struct house *h)
{
	return look(h, "SELECT group_concat(title, ';') FROM (SELECT title"
	    " FROM agenda_point WHERE agenda_id = (SELECT max(agenda_id) FROM"
	    " agenda) ORDER BY number)");
}

#define START "Godkendelse af dagsorden og referat;Flere boliger;" \
	"En hundepark;Orientering fra formanden;" \
	"Orientering fra medlemmerne;Eventuelt"

static struct house *
draft_open(void)
{
	struct house *h = year_open();

	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	(void)act(h, "mb@center.example", true, about(ACTION_AGENDA_ITEM,
	    "flere boliger."));
	(void)act(h, "borger@mail.example", false,
	    about(ACTION_AGENDA_ITEM, "en hundepark?"));
	(void)act(h, SUBSCRIBER, true, (struct action){
	    .kind = ACTION_SUBSCRIBE, .body = "udsatteraad",
	    .email = SUBSCRIBER });
	(void)at(h, (struct date){ 2026, 12, 4 }, 7, NULL);
	assert_string_equal(titles(h), START);
	return h;
}

static void
numbers_are_those_she_saw(void **state)
{
	struct house *h = draft_open();

	(void)state;
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Slet punkt 3\nPunkt 5 skal hedde nyt fra medlemmerne\n"
	    "Flyt punkt 6 øverst"));
	assert_string_equal(titles(h), "Eventuelt;Godkendelse af dagsorden og "
	    "referat;Flere boliger;Orientering fra formanden;Nyt fra "
	    "medlemmerne");
	house_close(h);
}

static void
a_point_that_is_not_there_changes_nothing_at_all(void **state)
{
	static const char *const texts[] = {
		"Slet punkt 3. Flyt punkt 9 op som punkt 1.",
		"Slet punkt 3 og luk punkt 3", "Flyt punkt 2 til punkt 99",
		"Udsæt punkt 7", "Nyt punkt 40: Kaffe" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct house *h = draft_open();
		struct sent_mail m = answer(h, SECRETARY,
		    about(ACTION_AGENDA_EDIT, texts[i]));

		assert_int_equal(m.end.outcome, OUTCOME_ASK);
		assert_string_equal(titles(h), START);
		assert_int_equal(number(h, "SELECT max(version) FROM agenda"),
		    1);
		assert_non_null(strstr(drafts(h, SECRETARY), "Der er intet "
		    "punkt "));
		assert_non_null(strstr(drafts(h, SECRETARY), "er intet "
		    "ændret"));
		assert_string_equal(look(h, "SELECT group_concat(state) FROM"
		    " item"), "accepted,proposed");
		house_close(h);
	}
}

/* Put off, it is on the next draft by itself, with where it comes from. */
static void
what_is_put_off_comes_back(void **state)
{
	struct house *h = draft_open();
	struct file_meeting next = { .id = "udsatteraad/2027-02-18",
		.kind = MEETING_ORDINARY, .state = MEETING_PLANNED,
		.start_at = date_at((struct date){ 2027, 2, 18 }, 16, 0),
		.end_at = date_at((struct date){ 2027, 2, 18 }, 18, 0) };
	struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatterådet", .kind = BODY_COUNCIL,
		.address = "udsatteraad@fjordby.example",
		.takes_applications = true, .meetings = &next,
		.n_meetings = 1 };
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	(void)state;
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Udsæt punkt 2 til næste møde. Udsæt punkt 4."));
	assert_string_equal(look(h, "SELECT group_concat(state) FROM item"),
	    "postponed,proposed,postponed");
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	assert_string_equal(look(h, "SELECT group_concat(state) FROM item"),
	    "postponed,agenda,postponed");
	/* too late for this one */
	(void)act(h, "kirsten@mail.example", true, about(ACTION_AGENDA_ITEM,
	    "En tur i skoven"));
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	(void)at(h, (struct date){ 2027, 2, 5 }, 7, NULL);
	assert_string_equal(titles(h), "Godkendelse af dagsorden og referat;"
	    "Flere boliger;Orientering fra formanden;En tur i skoven;"
	    "Orientering fra formanden;Orientering fra medlemmerne;"
	    "Eventuelt");
	assert_non_null(strstr(drafts(h, SECRETARY), "2. Flere boliger – "
	    "forslag fra Mogens Bæk – udsat fra et tidligere"));
	assert_non_null(strstr(drafts(h, SECRETARY), "4. En tur i skoven – "
	    "forslag fra Kirsten Holst – kom for sent"));
	house_close(h);
}

static void
put_off_and_taken_back_it_stands_again(void **state)
{
	struct house *h = draft_open();

	(void)state;
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Udsæt punkt 2. Udsæt punkt 4. Luk punkt 3: personsag"));
	assert_int_equal(number(h, "SELECT count(*) FROM item"), 3);
	assert_string_equal(look(h, "SELECT closed FROM item WHERE"
	    " item_id = 2"), "personsag");
	(void)reply(h, SECRETARY, true, look(h, "SELECT key FROM letter WHERE"
	    " key LIKE 'agenda-draft/%/v2-%' AND to_email = '" SECRETARY
	    "'"), false, ACTION_UNDO, NULL);
	assert_string_equal(titles(h), START);
	assert_string_equal(look(h, "SELECT group_concat(state) FROM item"),
	    "accepted,proposed");
	assert_int_equal(number(h, "SELECT count(*) FROM item_step"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM item WHERE closed IS"
	    " NOT NULL"), 0);
	house_close(h);
}

static void
a_closed_point_has_its_reason_and_opens_by_the_word_alone(void **state)
{
	struct house *h = draft_open();
	struct sent_mail m;

	(void)state;
	(void)answer(h, "kirsten@mail.example", about(ACTION_AGENDA_EDIT,
	    "Luk punkt 2: personsag"));
	assert_non_null(strstr(drafts(h, SECRETARY), "2. Flere boliger – "
	    "lukket punkt, kun for medlemmer (personsag)"));
	m = answer(h, SECRETARY, about(ACTION_AGENDA_EDIT, "Åbn punkt 2"));
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	assert_non_null(strstr(drafts(h, SECRETARY), "Et lukket punkt kan "
	    "ikke åbnes på den måde"));
	assert_int_equal(number(h, "SELECT closed FROM agenda_point WHERE"
	    " title = 'Flere boliger' ORDER BY agenda_id DESC LIMIT 1"), 1);
	/* with a word of another letter it does not, either */
	m = answer(h, SECRETARY, (struct action){ .kind = ACTION_AGENDA_EDIT,
	    .body = "udsatteraad", .meeting = MEETING, .text = "Åbn punkt 2",
	    .token = look(h, "SELECT token FROM letter WHERE key LIKE"
	    " 'agenda-draft/%/v1-%' LIMIT 1") });
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	m = answer_with(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Åbn punkt 2"), true);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT closed FROM agenda_point WHERE"
	    " title = 'Flere boliger' ORDER BY agenda_id DESC LIMIT 1"), 0);
	house_close(h);
}

static void
a_matter_of_a_person_is_closed_from_the_start(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	(void)act(h, "mb@center.example", true, about(ACTION_AGENDA_ITEM,
	    "Klage over en leder"));
	(void)at(h, (struct date){ 2026, 12, 4 }, 7, NULL);
	assert_non_null(strstr(drafts(h, SECRETARY), "Klage over en leder – "
	    "lukket punkt, kun for medlemmer (sag om en person)"));
	house_close(h);
}

/* Sent, then closed: what has not left is stopped, and nobody outside gets
 * another word of it. */
static void
closing_stops_what_has_not_left(void **state)
{
	struct house *h = draft_open();

	(void)state;
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	assert_int_equal(number(h, "SELECT state FROM letter WHERE key LIKE"
	    " 'agenda/%' AND to_email = '" SUBSCRIBER "'"), LETTER_QUEUED);
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Luk punkt 2: personsag"));
	assert_int_equal(number(h, "SELECT state FROM letter WHERE key LIKE"
	    " 'agenda/%' AND to_email = '" SUBSCRIBER "'"),
	    LETTER_WITHDRAWN);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'agenda/%' AND state = 7"), 1);
	assert_non_null(strstr(drafts(h, SECRETARY), "er stoppet. Så mange "
	    "var det: 1."));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 10, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM letter JOIN"
	    " letter_raw USING (letter_id) WHERE to_email = '" SUBSCRIBER
	    "' AND key LIKE 'agenda/%/v2/%' AND instr(text, 'Lukket punkt')"
	    " AND NOT instr(text, 'boliger')"), 1);
	house_close(h);
}

static int64_t
file_give(struct house *h, const char *title, const char *name, size_t n,
    bool open)
{
	struct err err = { "" };
	unsigned char *bytes = arena_alloc(h->arena, n + 1);

	memset(bytes, 'f', n);
	memcpy(bytes, name, strlen(name));
	struct file_row row = { .owner = FILE_OF_ITEM, .name = name,
		.type = "text/plain", .open = open, .journal_id = 1,
		.owner_id = number(h, arena_printf(h->arena, "SELECT item_id"
		" FROM item WHERE title = '%s'", title)) };

	assert_int_equal(file_add(h->store, &row, (struct bytes){ bytes, n },
	    &err), RC_OK);
	return row.file_id;
}

static const char *
carries(struct house *h, const char *to)
{
	return look(h, arena_printf(h->arena, "SELECT group_concat(name) FROM"
	    " (SELECT name FROM file JOIN letter_raw JOIN letter"
	    " USING (letter_id) WHERE key LIKE 'agenda/%%' AND to_email ="
	    " '%s' AND instr(raw, 'name=' || name) OR key LIKE 'agenda/%%'"
	    " AND to_email = '%s' AND instr(raw, 'name=\"' || name) ORDER BY"
	    " file_id)", to, to));
}

static void
files_follow_their_point(void **state)
{
	struct house *h = draft_open();

	(void)state;
	(void)file_give(h, "Flere boliger", "boligplan.txt", 2000, true);
	(void)file_give(h, "Flere boliger", "skjult.exe", 10, false);
	(void)file_give(h, "Flere boliger", "film.txt", 9000000, true);
	(void)file_give(h, "En hundepark", "hunde.txt", 10, true);
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Flyt punkt 2 op som punkt 1"));
	assert_non_null(strstr(drafts(h, SECRETARY), "Punkt 1: boligplan.txt "
	    "(2 kB)"));
	assert_non_null(strstr(drafts(h, SECRETARY), "skjult.exe (1 kB) – "
	    "sendes ikke videre"));
	assert_non_null(strstr(drafts(h, SECRETARY), "film.txt (9,0 MB) – "
	    "sendes ikke"));
	assert_non_null(strstr(drafts(h, SECRETARY), "hunde.txt (1 kB) – "
	    "sendes, når"));
	assert_non_null(strstr(drafts(h, SECRETARY), "1 bilag følger med"));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	assert_string_equal(carries(h, "mb@center.example"),
	    "boligplan.txt");
	assert_string_equal(carries(h, SUBSCRIBER), "boligplan.txt");
	house_close(h);
}

static void
files_of_closed_points_stay_inside(void **state)
{
	struct house *h = draft_open();

	(void)state;
	(void)file_give(h, "Flere boliger", "boligplan.txt", 2000, true);
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Luk punkt 2: personsag"));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	assert_string_equal(carries(h, "mb@center.example"),
	    "boligplan.txt");
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'agenda/%' AND to_email = '" SUBSCRIBER "'"), 1);
	assert_string_equal(carries(h, SUBSCRIBER), "");
	house_close(h);
}

static void
her_file_sent_back_is_the_agenda(void **state)
{
	struct house *h = draft_open();

	(void)state;
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "1. Flere boliger – forslag fra Mogens Bæk\n2. nyt: gratis "
	    "tandlæge?\n3. Eventuelt\n\nLuk punkt 2: personsag"));
	assert_string_equal(titles(h), "Flere boliger;Nyt: gratis tandlæge;"
	    "Eventuelt");
	assert_non_null(strstr(drafts(h, SECRETARY), "1. Flere boliger – "
	    "lukket punkt, kun for medlemmer (personsag) – forslag fra "
	    "Mogens Bæk"));
	assert_non_null(strstr(drafts(h, SECRETARY), "Nyt punkt 2: Nyt: "
	    "gratis tandlæge"));
	assert_non_null(strstr(drafts(h, SECRETARY), "Ikke længere med: "
	    "En hundepark"));
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_those_she_saw),
		cmocka_unit_test(
		    a_point_that_is_not_there_changes_nothing_at_all),
		cmocka_unit_test(what_is_put_off_comes_back),
		cmocka_unit_test(put_off_and_taken_back_it_stands_again),
		cmocka_unit_test(
		    a_closed_point_has_its_reason_and_opens_by_the_word_alone),
		cmocka_unit_test(
		    a_matter_of_a_person_is_closed_from_the_start),
		cmocka_unit_test(closing_stops_what_has_not_left),
		cmocka_unit_test(files_follow_their_point),
		cmocka_unit_test(files_of_closed_points_stay_inside),
		cmocka_unit_test(her_file_sent_back_is_the_agenda),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
