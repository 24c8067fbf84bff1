/* SPDX-License-Identifier: MIT */
/* council/hearing.h: one council's hearing: who is asked, and the letters of
 * its life.
 *
 * Shapes   each council has its own row, letters and answer; what one says is
 *          in no letter of another's. The authority reads the answers, and
 *          who has answered
 * Units    days as rules/hearing.h counts them
 * Errors   RC_NONE: no such hearing; else as store.h. A letter that cannot
 *          leave is logged, and costs no other
 * Owner    the arena
 * Source   FIELD: Rødovre, Albertslund; THREATS 1, 21
 */
#ifndef COUNCIL_HEARING_H
#define COUNCIL_HEARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "store/contribution.h"
#include "store/hearing.h"

struct arena;
struct json_fields;

#define HEARING_STOP_S 600	/* «stop» takes a release back until then */
#define HEARING_SAID_MOST 2000	/* contributions to one hearing */

struct hearing_work {
	struct council *council;	/* borrowed */
	struct arena *arena;
	struct hearing_row row;
	struct hearing_request request;	/* request_id 0: imported */
	const struct world_body *body;
	const char *language;
	struct hearing_days days;	/* from the day it was asked on */
};

enum rc hearing_work_open(struct council *council, struct arena *arena,
	const char *slug, struct hearing_work *work, struct err *err);
enum rc hearing_work_of(struct council *council, struct arena *arena,
	const struct hearing_row *row, struct hearing_work *work,
	struct err *err);

/* Whom the question goes to: all with a seat. */
struct guest *hearing_members(const struct hearing_work *w, size_t *n);
/* Those who release the answer: secretary, chair and vice-chair. */
struct guest *hearing_leads(const struct hearing_work *w, size_t *n);
bool hearing_has_chair(const struct hearing_work *w);
bool hearing_is_chair(const struct hearing_work *w, const char *email);
/* The secretary; the installation's where the body has none; NULL. */
const char *hearing_secretary(const struct hearing_work *w);

/* title, authority, their_case, deadline, members_day, statutory */
void hearing_fields(const struct hearing_work *w, struct json_fields *fields);
const char *hearing_deadline_words(const struct hearing_work *w);
const char *hearing_word(const struct hearing_work *w, const char *name);

/* Queues one letter of it; key, template, kind, class and fields are the
 * draft's. RC_PARK is logged and taken for done; *letter_id may be NULL. */
enum rc hearing_letter(const struct hearing_work *w, const char *to,
	const char *to_name, struct outbox_draft draft, int64_t *letter_id,
	struct err *err);

/* hearing_ask.c: the question to the members, and to those outside whom
 * nobody has asked yet. */
enum rc hearing_ask(struct hearing_work *w, struct err *err);
/* Once more, to those who have said nothing. */
enum rc hearing_remind(struct hearing_work *w, int number, struct err *err);
/* Chair and vice-chair: too little time; «ja» asks for more. */
enum rc hearing_short_tell(struct hearing_work *w, int64_t mail_id,
	struct err *err);
bool hearing_has_said(const struct contribution *said, size_t n,
	const char *email);

/* hearing_answer.c: the draft out of what was said, and its letters. */
enum rc hearing_compile(struct hearing_work *w, struct err *err);
struct hearing_show {
	const struct hearing_draft *draft;
	const char *because;	/* of the letter's key: "new", "mail-7", a day */
	const char *only;	/* address of the one who gets it; NULL all */
	int64_t mail_id;	/* that it answers; 0 */
	bool remind, stale, handed, stopped;
};
enum rc hearing_draft_send(const struct hearing_work *w,
	const struct hearing_show *show, struct err *err);
/* hoeringssvar.md, and contributions too long for a letter. */
struct outbox_file *hearing_files(const struct hearing_work *w,
	const struct hearing_draft *draft, bool with_said, size_t *n,
	struct err *err);
/* The list `parts` of a draft; false where it is too long for a letter. */
bool hearing_part_fields(const struct hearing_work *w, const char *words,
	struct json_fields *fields);

/* hearing_send.c */
enum rc hearing_send(struct hearing_work *w, struct err *err);
/* RC_NONE: the server has not said yet. */
enum rc hearing_prove(struct hearing_work *w, struct err *err);
/* Who has answered and who has not, never what. `because` ends the key. */
enum rc hearing_overview(struct hearing_work *w, const char *because,
	int64_t mail_id, struct err *err);
/* A contribution that came late is shown at once. */
enum rc hearing_late_tell(struct hearing_work *w,
	const struct contribution *said, struct err *err);
/* Somebody outside answers for himself: on to the authority, a copy to the
 * secretary. */
enum rc hearing_party_send(struct hearing_work *w,
	const struct contribution *said, struct err *err);

/* hearing_comment.c: what a citizen or politician says, for the secretary. */
struct act;
enum rc hearing_other_note(struct act *act, struct err *err);

#endif
