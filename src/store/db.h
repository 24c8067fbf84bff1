/* SPDX-License-Identifier: MIT */
/* store/db.h: SQLite as the aggregates of this room use it; no other room
 * includes this.
 *
 * Shapes   a statement is a number within its aggregate; parameters are set
 *          by name, columns are read by their place in the statement
 * Errors   db_error says which code of SQLite is which of ours
 * Owner    a text or blob of a row is SQLite's until the next step: copy it
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "store/store.h"

struct arena;

enum aggregate {
	OF_STORE, OF_INBOX, OF_LETTER, OF_WORLD, OF_VERIFY, OF_JOURNAL,
	OF_ANSWERED, OF_PENDING, OF_DECISION, OF_DIGEST,
	OF_TRAIL,
	OF_APPLICATION, OF_NOMINATION,
	OF_CALL, OF_CANDIDATE, OF_SEAT,
	OF_ATTENDANCE, OF_ITEM, OF_COMMENT, OF_RANKING, OF_SUBSCRIPTION,
	OF_TOPIC, OF_ROUND, OF_GROUP,
	OF_PERSON, OF_PLACE, OF_IMPORT, OF_MEETING, OF_DUE, OF_AGENDA,
	OF_HEARING, OF_CONTRIBUTION, OF_HEARING_DRAFT,
	OF_WORKSHOP, OF_REGISTRATION,
	OF_MINUTES, OF_FOLLOW_UP,
	OF_PUBLIC, OF_FIND, OF_PASSAGE, OF_EXPORT, OF_JOURNAL_COPY, OF_YEAR_REPORT, OF_RETENTION, OF_FILE, OF_MAIL_PART,
	OF_MEETING_CHANGE, OF_MEETING_GUEST, OF_YEAR_PLAN,
	OF_READER, OF_ERASURE, OF_PERSONAL_FILE,
	AGGREGATES
};

/* The statements of one aggregate, by its own enum. */
struct statements {
	const char *const *sql;
	int n;
};

extern const struct statements store_statements, inbox_statements,
	letter_statements, world_statements, verify_statements,
	journal_statements, answered_statements, pending_statements,
	decision_statements, digest_statements, trail_statements,
	public_statements, find_statements, passage_statements,
	export_statements, journal_copy_statements, year_report_statements,
	application_statements, nomination_statements, call_statements,
	candidate_statements, seat_statements, attendance_statements,
	item_statements, comment_statements, ranking_statements,
	topic_statements, round_statements, group_statements,
	subscription_statements, person_statements, import_statements,
	place_statements,
	meeting_statements, due_statements, agenda_statements,
	hearing_statements, contribution_statements, hearing_draft_statements,
	minutes_statements, follow_up_statements, workshop_statements,
	registration_statements,
	retention_statements, file_statements,
	meeting_change_statements, meeting_guest_statements,
	year_plan_statements, reader_statements, erasure_statements, personal_file_statements,
	mail_part_statements;

struct store {
	sqlite3 *db;
	sqlite3_stmt **prepared[AGGREGATES];
	struct bound *bound[AGGREGATES];	/* beside them */
	char *path;
	int lock_fd;
	enum store_mode mode;
};

/* Which parameter a name was, in the order in which they are set: that is the
 * same every time, and the names are literals. */
#define BOUND_MOST 24
struct bound {
	const char *name[BOUND_MOST];
	unsigned char at[BOUND_MOST];
};

struct query {
	struct store *store;
	sqlite3_stmt *stmt;
	struct bound *bound;	/* borrowed */
	unsigned int n_bound;
};

struct query query_open(struct store *store, enum aggregate of, int which);
void query_int(struct query *query, const char *name, int64_t value);
void query_null(struct query *query, const char *name);
/* NULL is NULL. The text must live until the query ends. */
void query_text(struct query *query, const char *name, const char *value);
void query_bytes(struct query *query, const char *name, const void *data,
	size_t n);

/* RC_OK: a row; RC_NONE: no more, and the query has ended by itself. */
enum rc query_row(struct query *query, struct err *err);
/* For a statement without rows; ends the query. */
enum rc query_run(struct query *query, struct err *err);
void query_end(struct query *query);

int64_t column_int(const struct query *query, int at);
bool column_is_null(const struct query *query, int at);
const char *column_text(struct arena *arena, const struct query *query,
	int at);
struct bytes column_bytes(struct arena *arena, const struct query *query,
	int at);

/* One number, or `otherwise` where there is no row. */
enum rc query_number(struct query *query, int64_t *number, int64_t otherwise,
	struct err *err);

enum rc db_exec(struct store *store, const char *sql, struct err *err);
enum rc db_error(struct store *store, int code, struct err *err);

/* Several statements that belong together, also where the caller holds no
 * transaction. `own` remembers whose it is. */
enum rc db_whole(struct store *store, bool *own, struct err *err);
enum rc db_whole_end(struct store *store, bool own, enum rc rc,
	struct err *err);

/* Takes back the row that a line of the journal made: the row goes, and what
 * it had replaced counts again, or passes to the one that came after. The
 * statements take :journal; `which` gives the line that replaced the row,
 * `revive` takes it as :later too. */
struct undo {
	enum aggregate of;
	int which, drop, revive;
};
enum rc db_undo(struct store *store, const struct undo *undo,
	int64_t journal_id, struct err *err);

/* store/migrate.c */
struct migration {
	int version;		/* that it leads to */
	const char *sql;
};
/* The numbered files that are built in, in order. */
const struct migration *migrations(struct arena *arena, size_t *n);
/* Makes the tables of an empty file, or leads an older one to `wanted`, in one
 * transaction, with a copy beside the file first. */
enum rc migrate(struct store *store, const struct migration *list, size_t n,
	int wanted, struct err *err);

#define SCHEMA_VERSION 1	/* of src/store/schema.sql */
#define APPLICATION_ID 0x52c35350	/* «Rådspost», so that another
					 * program's file is not taken */

#endif
