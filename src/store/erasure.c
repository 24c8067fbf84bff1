/* SPDX-License-Identifier: MIT */
/* Erases what store/personal.c says of one address. The statements run in
 * their order: what leads to other rows goes last. */
#include "store/erasure.h"

#include <string.h>
#include <sys/random.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "base/text.h"
#include "store/db.h"

#define SALT_BYTES 16
#define OPEN_MOST 100		/* at a time; the rest waits a turn */
#define NAMES_MOST 20		/* that one address was ever given */
#define NAME_BYTES 6		/* «Per» is in half of all words; a shorter
				 * name is not searched for in text */

#define MAILS "(SELECT mail_id FROM mail WHERE lower(from_email) = :email)"
/* of a text: the address, or the name where there is one to look for */
#define NAMED(text) "(instr(lower(" text "), :email) > 0 OR (:name IS NOT" \
	" NULL AND instr(" text ", :name) > 0))"
/* As one line: a letter's text is broken where it is wide. */
#define FLAT(text) "replace(replace(" text ", ' ' || char(10), ' ')," \
	" char(10), ' ')"
#define TITLE_BYTES "8"	/* a shorter title is a word that others use */
#define ENDED "state IN (3, 5, 7)"	/* sent, failed, withdrawn */
#define TO_HIM "lower(to_email) = :email AND letter_id IS NOT :keep"
#define LINES "(SELECT journal_id FROM journal WHERE lower(by_email) =" \
	" :email)"
#define HIS_ITEMS "(SELECT item_id FROM item WHERE lower(by_email) = :email" \
	" AND item.state NOT IN ('agenda', 'treated'))"
#define OPEN_HEARINGS "(SELECT hearing_id FROM hearing WHERE state NOT IN" \
	" ('answered', 'closed'))"

enum {
	ADD, OPEN, BY_JOURNAL, UNDO, DROP, ERASED, TOLD, DONE, HASHES, ON_FILE,
	NAMES, STAYS,
	/* what is erased, in this order */
	FIRST, WITHDRAW = FIRST, SENT, LETTERS_ABOUT, LETTERS_OF_TITLES,
	SUBJECTS_ABOUT,
	LETTERS_TO, MAILS_ABOUT, MAILS_WHY, MAILS_RAW, ANSWERED, PENDING,
	PENDING_ABOUT, DECISIONS, APPLICATIONS, NOMINEE, PROPOSER, CALLED,
	INVITED, REGISTRATIONS, IDEAS, STOPPED,
	ATTENDANCE, SUBSTITUTE, ATTENDED_AS, POINTS, ITEMS, ITEMS_KEPT,
	FILES_OF_ITEMS, FILES, COMMENTS, CONTRIBUTIONS, OTHER_VIEWS, PARTIES,
	GUESTS, PROMISES, RANKINGS, ROUNDS, GROUP_CHAIRS,
	GROUP_MEMBERS, SUBSCRIPTIONS, READERS, STEPS, PLACES, PERSON,
	LABELS, LINES_BY, MAILS_LAST,
	N_STATEMENTS
};
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO erasure (email, salt, hash, run_at, journal_id)"
	" SELECT :email, :salt, :hash, :at, :journal WHERE NOT EXISTS"
	" (SELECT 1 FROM erasure WHERE email = :email)",
[OPEN] =
	"SELECT erasure_id, email, run_at, coalesce(erased_at, 0),"
	" coalesce(letter_id, 0), coalesce(done_at, 0) FROM erasure"
	" WHERE done_at IS NULL ORDER BY erasure_id LIMIT :limit",
[BY_JOURNAL] =
	"SELECT erasure_id, email, run_at, coalesce(erased_at, 0),"
	" coalesce(letter_id, 0), coalesce(done_at, 0) FROM erasure"
	" WHERE journal_id = :journal",
[UNDO] =
	"DELETE FROM erasure WHERE journal_id = :journal AND erased_at IS"
	" NULL",
[DROP] =
	"DELETE FROM erasure WHERE erasure_id = :id AND erased_at IS NULL",
[ERASED] =
	"UPDATE erasure SET erased_at = coalesce(erased_at, :now)"
	" WHERE erasure_id = :id",
[TOLD] =
	"UPDATE erasure SET letter_id = :letter WHERE erasure_id = :id",
[DONE] =
	"UPDATE erasure SET done_at = :now, email = NULL"
	" WHERE erasure_id = :id AND done_at IS NULL",
[HASHES] =
	"SELECT salt, hash FROM erasure WHERE erased_at IS NOT NULL",
[ON_FILE] =
	"SELECT count(*) FROM person WHERE email = :email",
[NAMES] =
	"SELECT name FROM person WHERE email = :email AND name <> ''"
	" UNION SELECT name FROM application WHERE lower(email) = :email"
	" UNION SELECT name FROM nomination WHERE lower(email) = :email"
	" UNION SELECT by_name FROM nomination WHERE lower(by_email) = :email"
	" UNION SELECT name FROM contribution WHERE lower(email) = :email"
	" UNION SELECT name FROM meeting_guest WHERE lower(email) = :email"
	" UNION SELECT name FROM hearing_party WHERE lower(email) = :email"
	" LIMIT :limit",
[STAYS] =
	"SELECT 'minutes', count(DISTINCT minutes_id) FROM minutes_person"
	" WHERE lower(email) = :email UNION ALL"
	" SELECT 'agenda', count(DISTINCT agenda_id) FROM agenda_point JOIN"
	" item USING (item_id) WHERE lower(by_email) = :email UNION ALL"
	" SELECT 'hearing', count(DISTINCT hearing_id) FROM contribution"
	" WHERE lower(email) = :email AND role <> 'other' AND hearing_id"
	" NOT IN " OPEN_HEARINGS,
[WITHDRAW] =
	"UPDATE letter SET state = 7 WHERE state IN (0, 4) AND (" TO_HIM
	" OR (letter_id IS NOT :keep AND mail_id IN " MAILS "))",
[SENT] =
	"DELETE FROM sent WHERE letter_id IN (SELECT letter_id FROM letter"
	" WHERE " TO_HIM ") OR instr(lower(answer), :email) > 0",
[LETTERS_ABOUT] =
	"DELETE FROM letter_raw WHERE letter_id IN (SELECT letter_id"
	" FROM letter JOIN letter_raw USING (letter_id) WHERE " ENDED
	" AND letter_id IS NOT :keep AND (lower(to_email) = :email OR mail_id"
	" IN " MAILS " OR " NAMED(FLAT("text")) " OR "
	NAMED("subject") "))",
/* Others were told what she proposed, without her name. */
[LETTERS_OF_TITLES] =
	"DELETE FROM letter_raw WHERE letter_id IN (SELECT letter_id"
	" FROM letter JOIN letter_raw USING (letter_id) JOIN (SELECT label"
	" FROM journal WHERE lower(by_email) = :email AND length(label) >= "
	TITLE_BYTES " UNION SELECT title FROM item WHERE item_id IN "
	HIS_ITEMS " AND length(title) >= " TITLE_BYTES ") WHERE " ENDED
	" AND letter_id IS NOT :keep AND instr(" FLAT("text") ", label) > 0)",
[SUBJECTS_ABOUT] =
	"UPDATE letter SET subject = '', key = iif(instr(lower(key), :email)"
	" > 0, 'erased/' || letter_id, key), answer = NULL WHERE " ENDED
	" AND letter_id IS NOT :keep AND (" NAMED("subject") " OR"
	" instr(lower(key), :email) > 0 OR instr(lower(answer), :email) > 0"
	" OR mail_id IN " MAILS ")",
[LETTERS_TO] =
	"UPDATE letter SET to_email = '', subject = '', answer = NULL,"
	" token = NULL, key = 'erased/' || letter_id WHERE " ENDED " AND "
	TO_HIM,
/* Bytes of others that name the address in the clear: what quotes it. */
[MAILS_ABOUT] =
	"DELETE FROM mail_raw WHERE mail_id IN (SELECT mail_id FROM mail"
	" JOIN mail_raw USING (mail_id) WHERE state <> 0 AND "
	NAMED("CAST(raw AS TEXT)") ")",
[MAILS_WHY] =
	"UPDATE mail SET why = iif(" NAMED("why") ", NULL, why), subject ="
	" iif(" NAMED("subject") ", NULL, subject) WHERE state <> 0 AND ("
	NAMED("why") " OR " NAMED("subject") ")",
[MAILS_RAW] =
	"DELETE FROM mail_raw WHERE mail_id IN (SELECT mail_id FROM mail"
	" WHERE lower(from_email) = :email AND state <> 0)",
[ANSWERED] =
	"DELETE FROM answered WHERE lower(email) = :email",
[PENDING] =
	"DELETE FROM pending WHERE lower(email) = :email OR mail_id IN "
	MAILS,
[PENDING_ABOUT] =
	"DELETE FROM pending WHERE pending_id IN (SELECT pending_id"
	" FROM pending_action WHERE :email IN (lower(person), lower(email),"
	" lower(by_email), lower(substitute), lower(to_email)))",
[DECISIONS] =
	"UPDATE decision SET label = '', words = NULL, state = iif(state ="
	" 'open', 'moot', state) WHERE ref IN (SELECT 'mail:' || mail_id"
	" FROM mail WHERE lower(from_email) = :email) OR " NAMED("label")
	" OR " NAMED("coalesce(words, '')"),
[APPLICATIONS] =
	"DELETE FROM application WHERE lower(email) = :email",
[NOMINEE] =
	"DELETE FROM nomination WHERE lower(email) = :email",
[PROPOSER] =
	"UPDATE nomination SET by_email = '', by_name = NULL"
	" WHERE lower(by_email) = :email",
[CALLED] =
	"DELETE FROM call_address WHERE lower(email) = :email",
[INVITED] =
	"DELETE FROM workshop_address WHERE lower(email) = :email",
[REGISTRATIONS] =
	"DELETE FROM registration WHERE lower(email) = :email",
[IDEAS] =
	"UPDATE workshop_idea SET email = NULL WHERE lower(email) = :email",
[STOPPED] =
	"DELETE FROM workshop_stop WHERE lower(email) = :email",
[ATTENDANCE] =
	"DELETE FROM attendance WHERE lower(email) = :email",
[SUBSTITUTE] =
	"UPDATE attendance SET substitute = NULL WHERE lower(substitute) ="
	" :email OR substitute = :name",
[ATTENDED_AS] =
	"UPDATE place SET substitute_for = NULL"
	" WHERE lower(substitute_for) = :email",
/* of a draft; what was sent stays */
[POINTS] =
	"UPDATE agenda_point SET words = NULL, by_name = NULL, title = ''"
	" WHERE agenda_id IN (SELECT agenda_id FROM agenda WHERE state <>"
	" 'mailed') AND item_id IN " HIS_ITEMS,
[ITEMS] =
	"DELETE FROM item WHERE item_id IN " HIS_ITEMS,
[ITEMS_KEPT] =
	"UPDATE item SET by_email = '' WHERE lower(by_email) = :email",
[FILES_OF_ITEMS] =
	"DELETE FROM file WHERE owner = 'item' AND owner_id NOT IN (SELECT"
	" item_id FROM item)",
[FILES] =
	"DELETE FROM file WHERE owner IN ('hearing', 'follow-up')"
	" AND journal_id IN " LINES,
[COMMENTS] =
	"DELETE FROM comment WHERE lower(email) = :email",
[CONTRIBUTIONS] =
	"DELETE FROM contribution WHERE lower(email) = :email"
	" AND hearing_id IN " OPEN_HEARINGS,
[OTHER_VIEWS] =
	"DELETE FROM contribution WHERE lower(email) = :email"
	" AND role = 'other'",
[PARTIES] =
	"DELETE FROM hearing_party WHERE lower(email) = :email",
[GUESTS] =
	"DELETE FROM meeting_guest WHERE lower(email) = :email",
[PROMISES] =
	"UPDATE follow_up SET email = NULL WHERE lower(email) = :email",
[RANKINGS] =
	"DELETE FROM ranking WHERE lower(email) = :email",
[ROUNDS] =
	"UPDATE ranking_round SET by_email = '' WHERE lower(by_email) = :email",
[GROUP_CHAIRS] =
	"UPDATE working_group SET chair_email = ''"
	" WHERE lower(chair_email) = :email",
[GROUP_MEMBERS] =
	"DELETE FROM working_group_member WHERE lower(email) = :email",
[SUBSCRIPTIONS] =
	"DELETE FROM subscription WHERE lower(email) = :email",
[READERS] =
	"DELETE FROM reader WHERE lower(email) = :email",
[STEPS] =
	"DELETE FROM person_step WHERE :email IN (lower(from_email),"
	" lower(to_email))",
[PLACES] =
	"DELETE FROM place WHERE person_id IN (SELECT person_id FROM person"
	" WHERE email = :email)",
[PERSON] =
	"DELETE FROM person WHERE email = :email",
[LABELS] =
	"UPDATE journal SET label = NULL WHERE lower(by_email) = :email OR "
	NAMED("label"),
[LINES_BY] =
	"UPDATE journal SET by_email = NULL, by_what = NULL"
	" WHERE lower(by_email) = :email",
/* '' is an id that was erased: inbox.c knows the mail by its hashes. */
[MAILS_LAST] =
	"UPDATE mail SET from_email = NULL, subject = NULL, why = NULL,"
	" message_id = '' WHERE lower(from_email) = :email AND state <> 0",
};
const struct statements erasure_statements = { sql, N_STATEMENTS };

/* --- the tombstone ------------------------------------------------------- */

static void
hash_of(const unsigned char salt[SALT_BYTES], const char *email,
    unsigned char hash[SHA256_BYTES])
{
	struct sha256 sha;

	sha256_begin(&sha);
	sha256_add(&sha, salt, SALT_BYTES);
	sha256_add(&sha, email, strlen(email));
	sha256_end(&sha, hash);
}

enum rc
erasure_add(struct store *store, const char *email, int64_t run_at,
    int64_t journal_id, int64_t *erasure_id, struct err *err)
{
	struct arena *arena = arena_open();
	const char *low = text_lower(arena, email);
	unsigned char salt[SALT_BYTES], hash[SHA256_BYTES];
	struct query q;
	enum rc rc;

	if (getrandom(salt, sizeof salt, 0) != (ssize_t)sizeof salt) {
		arena_close(&arena);
		return fail(err, RC_STOP, "getrandom: no random bytes");
	}
	hash_of(salt, low, hash);
	q = query_open(store, OF_ERASURE, ADD);
	query_text(&q, ":email", low);
	query_bytes(&q, ":salt", salt, sizeof salt);
	query_bytes(&q, ":hash", hash, sizeof hash);
	query_int(&q, ":at", run_at);
	if (journal_id != 0)
		query_int(&q, ":journal", journal_id);
	else
		query_null(&q, ":journal");
	if ((rc = query_run(&q, err)) == RC_OK &&
	    sqlite3_changes(store->db) == 0)
		rc = RC_NONE;
	if (rc == RC_OK)
		*erasure_id = sqlite3_last_insert_rowid(store->db);
	arena_close(&arena);
	return rc;
}

static struct erasure
row_read(struct arena *arena, const struct query *q)
{
	return (struct erasure){ .erasure_id = column_int(q, 0),
		.email = column_text(arena, q, 1), .run_at = column_int(q, 2),
		.erased_at = column_int(q, 3), .letter_id = column_int(q, 4),
		.done_at = column_int(q, 5) };
}

enum rc
erasure_open(struct store *store, struct arena *arena, struct erasure **rows,
    size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_ERASURE, OPEN);
	struct erasure *list = arena_array(arena, OPEN_MOST, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(&q, ":limit", OPEN_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = row_read(arena, &q);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
erasure_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct erasure *row, struct err *err)
{
	struct query q = query_open(store, OF_ERASURE, BY_JOURNAL);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*row = row_read(arena, &q);
	query_end(&q);
	return RC_OK;
}

enum rc
erasure_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_ERASURE, UNDO);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
erasure_drop(struct store *store, int64_t erasure_id, struct err *err)
{
	struct query q = query_open(store, OF_ERASURE, DROP);

	query_int(&q, ":id", erasure_id);
	return query_run(&q, err);
}

static enum rc
row_set(struct store *store, int which, int64_t erasure_id, const char *name,
    int64_t value, struct err *err)
{
	struct query q = query_open(store, OF_ERASURE, which);

	query_int(&q, ":id", erasure_id);
	query_int(&q, name, value);
	return query_run(&q, err);
}

enum rc
erasure_told(struct store *store, int64_t erasure_id, int64_t letter_id,
    struct err *err)
{
	return row_set(store, TOLD, erasure_id, ":letter", letter_id, err);
}

enum rc
erasure_done(struct store *store, int64_t erasure_id, int64_t now_at,
    struct err *err)
{
	return row_set(store, DONE, erasure_id, ":now", now_at, err);
}

enum rc
erasure_is(struct store *store, const char *email, bool *is, struct err *err)
{
	struct arena *arena = arena_open();
	const char *low = text_lower(arena, email);
	unsigned char hash[SHA256_BYTES];
	struct query q = query_open(store, OF_ERASURE, ON_FILE);
	int64_t on_file = 0;
	enum rc rc;

	*is = false;
	query_text(&q, ":email", low);
	rc = query_number(&q, &on_file, 0, err);
	if (rc == RC_OK && on_file == 0) {
		q = query_open(store, OF_ERASURE, HASHES);
		while ((rc = query_row(&q, err)) == RC_OK) {
			struct bytes salt = column_bytes(arena, &q, 0);
			struct bytes kept = column_bytes(arena, &q, 1);

			hash_of(salt.data, low, hash);
			*is = *is || memcmp(kept.data, hash, sizeof hash) ==
			    0;
		}
		rc = rc == RC_NONE ? RC_OK : rc;
	}
	arena_close(&arena);
	return rc;
}

/* --- the erasure --------------------------------------------------------- */

static bool
takes(const struct query *q, const char *name)
{
	return sqlite3_bind_parameter_index(q->stmt, name) != 0;
}

static enum rc
all_run(struct store *store, const struct erasure *row, const char *name,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (int i = FIRST; i < N_STATEMENTS && rc == RC_OK; i++) {
		struct query q = query_open(store, OF_ERASURE, i);

		if (takes(&q, ":email"))
			query_text(&q, ":email", row->email);
		if (takes(&q, ":name"))
			query_text(&q, ":name", name);
		if (takes(&q, ":keep"))
			query_int(&q, ":keep", row->letter_id);
		rc = query_run(&q, err);
	}
	return rc;
}

/* What the person was called, before it is forgotten. */
static enum rc
names_load(struct store *store, struct arena *arena, const char *email,
    const char *names[NAMES_MOST + 1], size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_ERASURE, NAMES);
	enum rc rc;

	*n = 0;
	query_text(&q, ":email", email);
	query_int(&q, ":limit", NAMES_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		const char *name = column_text(arena, &q, 0);

		if (name != NULL && strlen(name) >= NAME_BYTES &&
		    strchr(name, ' ') != NULL)
			names[(*n)++] = name;
	}
	if (rc == RC_NONE && *n == 0)
		names[(*n)++] = NULL;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
erasure_run(struct store *store, struct arena *arena,
    const struct erasure *row, int64_t now_at, struct err *err)
{
	const char *names[NAMES_MOST + 1];
	size_t n;
	enum rc rc = names_load(store, arena, row->email, names, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = all_run(store, row, names[i], err);
	return rc != RC_OK ? rc : row_set(store, ERASED, row->erasure_id,
	    ":now", now_at, err);
}

enum rc
erasure_stays(struct store *store, struct arena *arena, const char *email,
    struct erasure_kept **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_ERASURE, STAYS);
	struct erasure_kept *list = arena_array(arena, 4, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":email", text_lower(arena, email));
	while ((rc = query_row(&q, err)) == RC_OK)
		if (column_int(&q, 1) > 0)
			list[count++] = (struct erasure_kept){ column_text(
			    arena, &q, 0), column_int(&q, 1) };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}
