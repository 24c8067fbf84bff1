/* SPDX-License-Identifier: MIT */
/* understand/sense.h: one mail as all the families of action read it, and
 * what they find.
 *
 * Shapes   tokens are subject, then own words; matches by begin; a finding is
 *          one action with what it needs before it may be carried out
 * Errors   none
 * Owner    the arena; borrows from mail and world
 * Source   the corpus's README, «What decides»
 */
#ifndef UNDERSTAND_SENSE_H
#define UNDERSTAND_SENSE_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/purpose.h"
#include "understand/lexicon.h"
#include "understand/person.h"
#include "understand/silence.h"
#include "understand/thread.h"
#include "understand/token.h"
#include "understand/when.h"
#include "understand/who.h"
#include "understand/words.h"

struct arena;

struct sense {
	struct arena *arena;
	const struct lexicon *lexicon;
	const struct mail *mail;
	const struct world *world;
	struct words words;
	struct thread thread;
	struct who who;
	struct tokens tokens;
	struct date sent_day;
	const struct when *whens;
	size_t n_whens;
	const struct named *names;
	size_t n_names;
	const struct match *matches;
	size_t n_matches;
	bool used[MEANINGS];	/* for explain: what a family built on */
	const char *sifted[8];	/* for explain: words that were no act */
	size_t n_sifted;

	/* bodies that can be meant, the surest kind that names any */
	const struct world_body *bodies[8];
	size_t n_bodies;
	bool body_by_words;
	const char **stems;	/* of the world's bodies; NULL not read yet */
};

enum need {
	NEED_NOTHING,
	NEED_ASK,		/* asked first; `reason` says what */
	NEED_HUMAN,
};

struct finding {
	struct action action;
	enum need need;
	const char *reason;	/* of NEED_ASK, NEED_HUMAN */
	const char *choices[8];
	size_t n_choices;
	bool drop_action;	/* there is nothing to be carried out later */
	size_t at;		/* token that showed it: the order of the mail */
};

#define FINDINGS_MAX 64	/* one mail, of which the answers to a decision mail
			 * are the most; a list of a hundred wishes is for a
			 * person to read */

struct findings {
	struct arena *arena;
	struct finding list[FINDINGS_MAX];
	size_t n;
	const char *why[64];
	size_t n_why;
	struct finding spare;	/* what comes beyond the last */
	bool overflow;
};

struct finding *finding_add(struct findings *f, enum action_kind kind,
	size_t at);
/* A finding without an action: a question, or a reason for a person. */
struct finding *finding_none(struct findings *f, enum need need,
	const char *reason, size_t at);
bool findings_has(const struct findings *f, enum action_kind kind);
void findings_why(struct findings *f, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The first match of that meaning (from match number `from`); NULL. */
const struct match *sense_first(const struct sense *s, enum meaning meaning,
	size_t from);
bool sense_has(const struct sense *s, enum meaning meaning);
/* … outside a subject that is a reply's. */
bool sense_says(const struct sense *s, enum meaning meaning);
bool sense_has_in(const struct sense *s, enum meaning meaning, size_t begin,
	size_t end);
/* Own words with CPR numbers masked; and those of some tokens. */
const char *sense_text(const struct sense *s);
const char *sense_cut(const struct sense *s, size_t begin, size_t end);
size_t sense_words(const struct sense *s);	/* words written, no subject */
bool sense_is_letter(const struct sense *s, enum letter_kind kind);
/* The sender's own body, if only one can be meant; else NULL. */
const struct world_body *sense_body(const struct sense *s);
/* Role in that body, ROLE_NONE where he has none. */
enum role sense_role(const struct sense *s, const struct world_body *body);
bool sense_is_lead(const struct sense *s, const struct world_body *body);
/* ask-which-body with the slugs that can be meant. */
void finding_ask_body(const struct sense *s, struct finding *f);

/* Addresses in the words and in what is attached as text, ours left out, a
 * space between; NULL. */
const char *sense_addresses(const struct sense *s);

/* The families: each adds what it finds. */
void attend_find(const struct sense *s, struct findings *f);
void item_find(const struct sense *s, struct findings *f);
void seat_find(const struct sense *s, struct findings *f);
void agenda_reply_find(const struct sense *s, struct findings *f);
void submission_find(const struct sense *s, struct findings *f);
void minutes_find(const struct sense *s, struct findings *f);
void hearing_find(const struct sense *s, struct findings *f);
void hearing_reply_find(const struct sense *s, struct findings *f);
void ranking_find(const struct sense *s, struct findings *f);
void list_find(const struct sense *s, struct findings *f);
void data_find(const struct sense *s, struct findings *f);
/* A secretary's orders about meetings, and a guest's answer: nothing else is
 * read in such a mail but a word to the draft. */
void meeting_orders_find(const struct sense *s, struct findings *f);
void guest_reply_find(const struct sense *s, struct findings *f);
void follow_up_find(const struct sense *s, struct findings *f);
void reader_choice_find(const struct sense *s, struct findings *f);
void answer_find(const struct sense *s, struct findings *f);
/* These say whether the whole mail is theirs. */
bool call_find(const struct sense *s, struct findings *f);
bool search_find(const struct sense *s, struct findings *f);
bool topic_find(const struct sense *s, struct findings *f);
/* «ud af gruppen» resigns from no council. */
bool topic_leaves_group(const struct sense *s);
bool group_mail_find(const struct sense *s, struct findings *f);
bool workshop_find(const struct sense *s, struct findings *f);
bool member_find(const struct sense *s, struct findings *f);
bool appoint_find(const struct sense *s, struct findings *f);
void decide_find(const struct sense *s, struct findings *f);
void late_find(const struct sense *s, struct findings *f);

#endif
