/* SPDX-License-Identifier: MIT */
/* From the form to released minutes, and what goes wrong on the way. */
#include "test.h"

#include "year.h"

#define SECRETARY "mekr@fjordby.example"
#define CHAIR "kirsten@mail.example"
#define MEMBER "mb@center.example"
#define OTHER "aase@mail.example"

static const struct date day_of = { 2026, 12, 17 };

static struct action
about(enum action_kind kind, const char *text)
{
	return (struct action){ .kind = kind, .body = "udsatteraad",
		.meeting = MEETING, .title = NULL, .text = text };
}

/* `who` answers the newest letter of that kind that he has got. */
static struct sent_mail
answer(struct house *h, const char *who, enum letter_kind kind,
    struct action action)
{
	struct world_sent *sent = arena_alloc(h->arena, sizeof *sent);
	struct err err = { "" };

	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &err), RC_OK);
	*sent = (struct world_sent){ .kind = kind, .ref = MEETING, .to = who,
		.message_id = look(h, arena_printf(h->arena, "SELECT"
		    " message_id FROM letter WHERE kind = %d AND to_email ="
		    " '%s' ORDER BY letter_id DESC LIMIT 1", kind, who)),
		.text = look(h, arena_printf(h->arena, "SELECT text FROM"
		    " letter JOIN letter_raw USING (letter_id) WHERE kind ="
		    " %d AND to_email = '%s' ORDER BY letter_id DESC"
		    " LIMIT 1", kind, who)) };
	assert_string_not_equal(sent->message_id, "");
	h->world.sent = sent;
	h->world.n_sent = 1;
	return act(h, who, true, action);
}

/* The newest letter to him whose key begins so. */
static const char *
got(struct house *h, const char *who, const char *key)
{
	return look(h, arena_printf(h->arena, "SELECT replace(subject || '|'"
	    " || text, char(10), ' ') FROM letter JOIN letter_raw"
	    " USING (letter_id) WHERE to_email = '%s' AND key LIKE '%s%%'"
	    " ORDER BY letter_id DESC LIMIT 1", who, key));
}

static const char *
state_of(struct house *h)
{
	return look(h, "SELECT state FROM minutes ORDER BY version DESC"
	    " LIMIT 1");
}

static void
has(const char *text, const char *words)
{
	if (strstr(text, words) == NULL)
		print_error("no «%s» in: %s\n", words, text);
	assert_non_null(strstr(text, words));
}

static void
lacks(const char *text, const char *words)
{
	if (strstr(text, words) != NULL)
		print_error("«%s» in: %s\n", words, text);
	assert_null(strstr(text, words));
}

/* An agenda of three points, the second closed, as people have it; the form
 * is out. Aase sent regrets. */
static struct house *
form_open(void)
{
	struct house *h = year_open();
	sqlite3 *db;

	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	says(h, OTHER, REPLY_ABSENT);
	says(h, CHAIR, REPLY_COMES);
	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO agenda (meeting_id,"
	    " version, state, made_at, send_at) SELECT meeting_id, 1,"
	    " 'mailed', 0, 0 FROM meeting WHERE slug = '" MEETING "';"
	    "INSERT INTO agenda_point (agenda_id, number, title, citizen,"
	    " closed) SELECT agenda_id, 1, 'Økonomi', 0, 0 FROM agenda"
	    " UNION ALL SELECT agenda_id, 2, 'Klagen fra Parkvej', 0, 1 FROM"
	    " agenda UNION ALL SELECT agenda_id, 3, 'Eventuelt', 0, 0 FROM"
	    " agenda", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	(void)at(h, day_of, 19, NULL);
	return h;
}

static struct sent_mail
hand_in(struct house *h, const char *text)
{
	h->council.now_at += 600;
	return answer(h, SECRETARY, LETTER_MINUTES_FORM,
	    about(ACTION_MINUTES_SUBMIT, text));
}

#define GOOD "1. Økonomi\nVi har købt kaffe.\nBeslutning: Mere kaffe.\n" \
	"2. Klagen fra Parkvej\nNaboen fik medhold i det hele.\n" \
	"3. Eventuelt\nIntet.\n→ Mogens Bæk: køber kaffe, 1. februar\n"

static void
the_form_goes_one_hour_after_and_once(void **state)
{
	struct house *h = form_open();
	const char *text = got(h, SECRETARY, "minutes-form");

	(void)state;
	has(text, "Deltagere: Kirsten Holst og Mogens Bæk Afbud: Aase Lind");
	has(text, "ikke hørt, om de her kom");
	has(text, "2. Klagen fra Parkvej (lukket punkt)");
	assert_int_equal(letters(h, "minutes-form"), 1);
	(void)at(h, day_of, 20, NULL);
	assert_int_equal(letters(h, "minutes-form"), 1);
	/* D+5: nothing has come, so it goes once more, and no third time */
	(void)at(h, (struct date){ 2026, 12, 22 }, 8, NULL);
	has(got(h, SECRETARY, "minutes-form"), "Vi mangler referatet");
	(void)at(h, (struct date){ 2026, 12, 23 }, 8, NULL);
	(void)at(h, (struct date){ 2027, 1, 23 }, 8, NULL);
	assert_int_equal(letters(h, "minutes-form"), 2);
	house_close(h);
}

static void
the_draft_goes_to_those_who_were_there_and_can_be_stopped(void **state)
{
	struct house *h = form_open();
	struct sent_mail m = hand_in(h, GOOD);

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(state_of(h), "draft");
	/* the absent member reads the minutes later, not the draft */
	assert_int_equal(letters(h, "minutes-draft"), 3);
	assert_string_equal(got(h, OTHER, "minutes-draft"), "");
	has(got(h, MEMBER, "minutes-draft"), "Naboen fik medhold");
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'minutes-draft%' AND due_at <= made_at"), 0);
	/* within ten minutes it is taken back, letters and all */
	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &(struct err){ "" }), RC_OK);
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id), false, ACTION_UNDO, NULL);
	assert_string_equal(state_of(h), "form");
	assert_int_equal(number(h, "SELECT count(*) FROM minutes_item"), 0);
	assert_string_equal(look(h, "SELECT state FROM meeting WHERE slug = '"
	    MEETING "'"), "held");
	assert_int_equal(number(h, arena_printf(h->arena, "SELECT count(*)"
	    " FROM letter WHERE key LIKE 'minutes-draft%%' AND state <> %d",
	    LETTER_WITHDRAWN)), 0);
	house_close(h);
}

/* The rounds's end, the release and its stop. */
static void
silence_ends_the_round_and_she_releases(void **state)
{
	struct house *h = form_open();
	struct sent_mail m;

	(void)state;
	(void)hand_in(h, GOOD);
	(void)at(h, (struct date){ 2026, 12, 24 }, 12, NULL);
	assert_string_equal(state_of(h), "draft");
	(void)at(h, (struct date){ 2026, 12, 28 }, 8, NULL);
	assert_string_equal(state_of(h), "ready");
	has(got(h, SECRETARY, "minutes-lead"), "Har ikke svaret: Kirsten "
	    "Holst og Mogens Bæk");
	m = answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(state_of(h), "released");
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id), false, ACTION_UNDO, NULL);
	assert_string_equal(state_of(h), "ready");
	(void)at(h, (struct date){ 2026, 12, 28 }, 9, NULL);
	assert_int_equal(letters(h, "minutes/"), 0);
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 28 }, 10, NULL);
	assert_string_equal(state_of(h), "mailed");
	assert_int_equal(letters(h, "minutes/"), 4);
	assert_string_equal(look(h, "SELECT state FROM meeting WHERE slug = '"
	    MEETING "'"), "minutes-released");
	/* the promise waits for her */
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE kind"
	    " = 'promise'"), 1);
	assert_string_equal(look(h, "SELECT email FROM follow_up"), MEMBER);
	/* and nothing is left to do for these minutes */
	(void)at(h, (struct date){ 2026, 12, 29 }, 11, NULL);
	assert_int_equal(letters(h, "minutes/"), 4);
	house_close(h);
}

static void
when_all_agree_nobody_waits(void **state)
{
	struct house *h = form_open();

	(void)state;
	(void)hand_in(h, GOOD);
	(void)answer(h, MEMBER, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	assert_string_equal(state_of(h), "draft");
	/* the chair's yes is that of a member: it releases nothing */
	(void)answer(h, CHAIR, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	assert_string_equal(state_of(h), "ready");
	has(got(h, SECRETARY, "minutes-lead"), "Alle, der fik udkastet");
	house_close(h);
}

static void
an_objection_stops_the_clock_until_it_goes(void **state)
{
	struct house *h = form_open();
	struct sent_mail m;

	(void)state;
	(void)hand_in(h, GOOD);
	m = answer(h, MEMBER, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_COMMENT, "Punkt 1: det var te"));
	assert_string_equal(state_of(h), "stopped");
	has(got(h, SECRETARY, "minutes-lead"), "om punkt 1, Økonomi");
	(void)at(h, (struct date){ 2026, 12, 28 }, 8, NULL);
	assert_string_equal(state_of(h), "stopped");
	(void)reply(h, MEMBER, true, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id), false, ACTION_UNDO, NULL);
	assert_string_equal(state_of(h), "draft");
	(void)at(h, (struct date){ 2026, 12, 28 }, 9, NULL);
	assert_string_equal(state_of(h), "ready");
	house_close(h);
}

static void
a_change_is_a_new_draft_with_old_and_new(void **state)
{
	struct house *h = form_open();
	const char *text;

	(void)state;
	(void)hand_in(h, GOOD);
	(void)at(h, (struct date){ 2026, 12, 18 }, 9, NULL);
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_COMMENT, "Punkt 1: Vi har købt te."));
	assert_int_equal(number(h, "SELECT max(version) FROM minutes"), 3);
	text = got(h, MEMBER, "minutes-draft");
	has(text, "Rettet udkast");
	has(text, "> Vi har købt kaffe.");
	has(text, "> Nyt: Vi har købt te.");
	/* the items that she did not name stand as they were */
	has(text, "Naboen fik medhold");
	/* the round is a new one */
	assert_string_equal(state_of(h), "draft");
	house_close(h);
}

static void
speakers_see_their_own_words_first(void **state)
{
	struct house *h = form_open();
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO rule (body_id, name,"
	    " value) SELECT body_id, 'minutes-speakers-first', 'yes' FROM"
	    " body", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	(void)hand_in(h, "1. Økonomi\nHvem sagde hvad:\nMogens: Der mangler "
	    "kaffe.\n3. Eventuelt\nIntet\n");
	assert_string_equal(state_of(h), "check");
	has(got(h, MEMBER, "minutes-own-lines"), "> Der mangler kaffe.");
	lacks(got(h, MEMBER, "minutes-own-lines"), "Intet");
	assert_int_equal(letters(h, "minutes-draft"), 0);
	assert_int_equal(letters(h, "minutes-own-lines"), 1);
	(void)at(h, (struct date){ 2026, 12, 20 }, 8, NULL);
	assert_string_equal(state_of(h), "draft");
	assert_int_equal(letters(h, "minutes-draft"), 3);
	house_close(h);
}

/* --- promises ------------------------------------------------------------- */

static void
sql_run(struct house *h, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Mogens answers the reminder; `token` of it. */
static struct sent_mail
answers_reminder(struct house *h, const char *who, enum action_kind kind,
    struct date day)
{
	const char *id = look(h, "SELECT message_id FROM letter WHERE key"
	    " LIKE 'follow-up/%' ORDER BY letter_id DESC LIMIT 1");

	assert_string_not_equal(id, "");
	return act(h, who, true, (struct action){ .kind = kind,
	    .body = "udsatteraad", .ref = id, .deadline_day = day });
}

static const char *
promise(struct house *h)
{
	return look(h, "SELECT state || ' ' || coalesce(date(due_day * 86400,"
	    " 'unixepoch'), '-') FROM follow_up");
}

static void
a_promise_is_reminded_of_once_and_answered(void **state)
{
	static const struct date none = { 0, 0, 0 };
	struct house *h = form_open();
	struct sent_mail m;

	(void)state;
	(void)hand_in(h, GOOD);
	sql_run(h, "UPDATE minutes SET state = 'ready' WHERE version = 2");
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 18 }, 8, NULL);
	assert_string_equal(promise(h), "proposed 2027-02-01");
	/* nobody is reminded of what she has not accepted */
	(void)at(h, (struct date){ 2027, 1, 29 }, 9, NULL);
	assert_int_equal(letters(h, "follow-up/"), 0);
	sql_run(h, "UPDATE follow_up SET state = 'open'");
	(void)at(h, (struct date){ 2027, 1, 29 }, 10, NULL);
	(void)at(h, (struct date){ 2027, 1, 30 }, 10, NULL);
	assert_int_equal(letters(h, "follow-up/"), 1);
	has(got(h, MEMBER, "follow-up/"), "> køber kaffe");
	/* somebody else's word does not count */
	m = answers_reminder(h, OTHER, ACTION_FOLLOW_UP_DONE, none);
	assert_string_equal(promise(h), "open 2027-02-01");
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = answers_reminder(h, MEMBER, ACTION_FOLLOW_UP_DONE, none);
	assert_string_equal(promise(h), "done 2027-02-01");
	(void)reply(h, MEMBER, true, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id), false, ACTION_UNDO, NULL);
	assert_string_equal(promise(h), "open 2027-02-01");
	/* a new day, and it is reminded of again before that */
	(void)answers_reminder(h, MEMBER, ACTION_FOLLOW_UP_DATE,
	    (struct date){ 2027, 3, 1 });
	assert_string_equal(promise(h), "moved 2027-03-01");
	(void)at(h, (struct date){ 2027, 2, 26 }, 8, NULL);
	assert_int_equal(letters(h, "follow-up/"), 2);
	house_close(h);
}

/* The same minutes sent again ask for nothing twice. */
static void
a_promise_is_asked_about_once(void **state)
{
	struct house *h = form_open();

	(void)state;
	(void)hand_in(h, GOOD);
	sql_run(h, "UPDATE minutes SET state = 'ready' WHERE version = 2");
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 18 }, 8, NULL);
	assert_int_equal(letters(h, "minutes/"), 4);
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_COMMENT, "Punkt 1: Vi har købt te."));
	sql_run(h, "UPDATE minutes SET state = 'ready' WHERE version = 3");
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 21 }, 8, NULL);
	assert_int_equal(letters(h, "minutes/"), 8);
	has(got(h, MEMBER, "minutes/"), "Rettet referat");
	assert_int_equal(number(h, "SELECT count(*) FROM follow_up"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE kind"
	    " = 'promise'"), 1);
	house_close(h);
}

/* --- bad input ------------------------------------------------------------ */

static const struct {
	const char *says, *text, *answer;
} refused[] = {
	{ "of another day", "Tid: torsdag den 10. december 2026 kl. 16\n"
	    "1. Økonomi\nKaffe.\n", "står en anden dag" },
	{ "other items", "1. Kloakering\n\nDet lugter.\n\n2. Fortove\n\n"
	    "Nye fliser.\n\n4. Torvet\n\nFlot.\n\n5. Havnen\n\nVåd.\n",
	    "Punkterne i referatet" },
	{ "nothing written", "1. Økonomi\n2. Klagen fra Parkvej\n",
	    "Der stod ikke noget under punkterne" },
};

static void
what_cannot_be_taken_is_answered(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct house *h = form_open();
		struct sent_mail m = hand_in(h, refused[i].text);

		assert_int_equal(m.end.outcome, OUTCOME_ASK);
		assert_string_equal(state_of(h), "form");
		has(got(h, SECRETARY, "minutes-refused"), refused[i].answer);
		assert_int_equal(letters(h, "minutes-draft"), 0);
		house_close(h);
	}
}

static void
three_hundred_pages_are_a_file(void **state)
{
	struct house *h = form_open();
	struct buf text = buf_open(h->arena);

	(void)state;
	buf_add(&text, "1. Økonomi\n");
	for (int i = 0; i < 12000; i++)
		buf_add(&text, "Endnu en linje om kaffe og om kage til alle.\n");
	(void)hand_in(h, buf_text(&text));
	has(got(h, SECRETARY, "minutes-refused"), "Send det som en fil");
	assert_string_equal(state_of(h), "form");
	house_close(h);
}

static void
long_minutes_are_attached(void **state)
{
	struct house *h = form_open();
	struct buf text = buf_open(h->arena);

	(void)state;
	buf_add(&text, "1. Økonomi\n");
	for (int i = 0; i < 1500; i++)
		buf_add(&text, "Endnu en linje om kaffe og om kage til alle.\n");
	(void)hand_in(h, buf_text(&text));
	has(got(h, MEMBER, "minutes-draft"), "vedhæftet som tekst");
	assert_string_equal(state_of(h), "draft");
	house_close(h);
}

static void
the_same_again_changes_nothing(void **state)
{
	struct house *h = form_open();

	(void)state;
	(void)hand_in(h, GOOD);
	(void)hand_in(h, GOOD);
	has(got(h, SECRETARY, "minutes-refused"), "ord for ord");
	assert_int_equal(number(h, "SELECT max(version) FROM minutes"), 2);
	assert_int_equal(letters(h, "minutes-draft"), 3);
	house_close(h);
}

static void
an_item_that_was_not_on_the_agenda_is_told_of(void **state)
{
	struct house *h = form_open();
	struct sent_mail m = hand_in(h, "1. Økonomi\nKaffe.\n\n"
	    "4. Kloakering\n\nDet lugter.\n");
	const char *receipt = got(h, SECRETARY, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id));

	(void)state;
	has(receipt, "Punkt 4 stod ikke på dagsordenen");
	has(receipt, "ingen beslutninger");
	has(got(h, MEMBER, "minutes-draft"), "4. Kloakering – stod ikke på");
	house_close(h);
}

static void
closed_words_under_an_open_heading_close_it(void **state)
{
	struct house *h = form_open();
	struct sent_mail m = hand_in(h, "1. Økonomi\nDet blev dyrt, fordi "
	    "naboen fik medhold i det hele.\n2. Klagen fra Parkvej\n"
	    "Naboen fik medhold i det hele.\n3. Eventuelt\nIda Ny var gæst.\n");
	const char *receipt = got(h, SECRETARY, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id));

	(void)state;
	has(receipt, "Se på punkt 1.");
	assert_int_equal(number(h, "SELECT closed FROM minutes_item WHERE"
	    " number = 1 AND leaks"), 1);
	/* she says that it is open: it is hers to say */
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_COMMENT, "Punkt 1: (åbent punkt)\n"
	    "Det blev dyrt.\n"));
	assert_int_equal(number(h, "SELECT closed FROM minutes_item WHERE"
	    " number = 1 ORDER BY minutes_id DESC LIMIT 1"), 0);
	house_close(h);
}

static void
a_guest_reads_the_open_part(void **state)
{
	struct house *h = form_open();
	sqlite3 *db;

	(void)state;
	(void)hand_in(h, GOOD);
	assert_int_equal(sqlite3_open(h->place.db, &db), SQLITE_OK);
	/* a politician listened in */
	assert_int_equal(sqlite3_exec(db, "INSERT INTO minutes_person"
	    " (minutes_id, number, came, name, email) SELECT max(minutes_id),"
	    " 90, 'guest', 'Udvalgsformanden', 'formand@raadhus.example' FROM"
	    " minutes", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	(void)answer(h, SECRETARY, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_COMMENT, "Punkt 3: Intet nyt."));
	has(got(h, "formand@raadhus.example", "minutes-draft"),
	    "Lukket punkt");
	lacks(got(h, "formand@raadhus.example", "minutes-draft"), "medhold");
	lacks(got(h, "formand@raadhus.example", "minutes-draft"), "Parkvej");
	has(got(h, MEMBER, "minutes-draft"), "Parkvej");
	house_close(h);
}

static void
a_personal_number_is_masked(void **state)
{
	struct house *h = form_open();

	(void)state;
	(void)hand_in(h, "1. Økonomi\nHun hedder 010190-1234.\n");
	assert_int_equal(number(h, "SELECT count(*) FROM minutes_item WHERE"
	    " words LIKE '%1234%'"), 0);
	lacks(got(h, MEMBER, "minutes-draft"), "1234");
	has(got(h, MEMBER, "minutes-draft"), "Hun hedder");
	house_close(h);
}

static void
who_has_no_address_is_named(void **state)
{
	struct house *h = form_open();
	struct sent_mail m = hand_in(h, "3. Eventuelt\n→ Ida Ny: ringer, "
	    "1. marts\n");

	(void)state;
	has(got(h, SECRETARY, arena_printf(h->arena, "receipt/mail/%ld",
	    (long)m.mail_id)), "ingen adresse på Ida Ny");
	house_close(h);
}

static void
a_comment_after_the_round_waits_for_the_next_meeting(void **state)
{
	struct house *h = form_open();
	struct sent_mail m;

	(void)state;
	(void)hand_in(h, GOOD);
	(void)at(h, (struct date){ 2026, 12, 28 }, 8, NULL);
	m = answer(h, MEMBER, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_COMMENT, "Det var te"));
	assert_string_equal(state_of(h), "ready");
	assert_int_equal(number(h, "SELECT late FROM comment"), 1);
	has(got(h, MEMBER, arena_printf(h->arena, "receipt/mail/%ld",
	    (long)m.mail_id)), "Fristen for bemærkninger er gået");
	house_close(h);
}

static void
nobody_else_hands_in_or_releases(void **state)
{
	struct house *h = form_open();
	struct sent_mail m;

	(void)state;
	/* a member */
	m = act(h, MEMBER, true, about(ACTION_MINUTES_SUBMIT, GOOD));
	assert_string_equal(state_of(h), "form");
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	/* the secretary's address, and nobody vouches for it */
	m = act(h, SECRETARY, false, about(ACTION_MINUTES_SUBMIT, GOOD));
	assert_string_equal(state_of(h), "form");
	(void)hand_in(h, GOOD);
	(void)at(h, (struct date){ 2026, 12, 28 }, 8, NULL);
	(void)answer(h, MEMBER, LETTER_MINUTES_DRAFT,
	    about(ACTION_MINUTES_APPROVE, NULL));
	assert_string_equal(state_of(h), "ready");
	/* she answers no letter: she gets the one that counts */
	h->world.n_sent = 0;
	m = act(h, SECRETARY, true, about(ACTION_MINUTES_APPROVE, NULL));
	assert_string_equal(state_of(h), "ready");
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	has(got(h, SECRETARY, "minutes-lead"), "det nyeste udkast");
	house_close(h);
}

static void
one_line_moves_who_came(void **state)
{
	struct house *h = form_open();
	const char *text;

	(void)state;
	(void)hand_in(h, "Mogens kom ikke, Aase kom alligevel\n");
	text = got(h, SECRETARY, "minutes-form");
	has(text, "Deltagere: Kirsten Holst og Aase Lind Afbud: ingen "
	    "Ikke mødt: Mogens Bæk");
	assert_string_equal(state_of(h), "form");
	(void)hand_in(h, "Ole kom ikke\n");
	has(got(h, SECRETARY, "minutes-form"), "Dem kender vi ikke: Ole");
	/* and it goes into the minutes */
	(void)hand_in(h, GOOD);
	has(got(h, OTHER, "minutes-draft"), "Ikke mødt: Mogens Bæk");
	assert_string_equal(got(h, MEMBER, "minutes-draft"), "");
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_form_goes_one_hour_after_and_once),
		cmocka_unit_test(
		    the_draft_goes_to_those_who_were_there_and_can_be_stopped),
		cmocka_unit_test(silence_ends_the_round_and_she_releases),
		cmocka_unit_test(when_all_agree_nobody_waits),
		cmocka_unit_test(an_objection_stops_the_clock_until_it_goes),
		cmocka_unit_test(a_change_is_a_new_draft_with_old_and_new),
		cmocka_unit_test(speakers_see_their_own_words_first),
		cmocka_unit_test(a_promise_is_reminded_of_once_and_answered),
		cmocka_unit_test(a_promise_is_asked_about_once),
		cmocka_unit_test(what_cannot_be_taken_is_answered),
		cmocka_unit_test(three_hundred_pages_are_a_file),
		cmocka_unit_test(long_minutes_are_attached),
		cmocka_unit_test(the_same_again_changes_nothing),
		cmocka_unit_test(
		    an_item_that_was_not_on_the_agenda_is_told_of),
		cmocka_unit_test(closed_words_under_an_open_heading_close_it),
		cmocka_unit_test(a_guest_reads_the_open_part),
		cmocka_unit_test(a_personal_number_is_masked),
		cmocka_unit_test(who_has_no_address_is_named),
		cmocka_unit_test(
		    a_comment_after_the_round_waits_for_the_next_meeting),
		cmocka_unit_test(nobody_else_hands_in_or_releases),
		cmocka_unit_test(one_line_moves_who_came),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
