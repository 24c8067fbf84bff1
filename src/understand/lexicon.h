/* SPDX-License-Identifier: MIT */
/* understand/lexicon.h: what phrases show, told by files, found in one pass.
 *
 * Shapes   a lexicon file has one thing a line:
 *            set NAME WORD…        words that may stand for @NAME
 *            value KIND N WORD…    words that are a number: month 11 november
 *            known WORD…           words that are no misspelling of another
 *            MEANING[!] PATTERN ; EXAMPLE
 *          A pattern is tokens: a word, a/b (one of them), word* or *word,
 *          @set, (token) and (a/b)? may be left out, .. or ..N a gap of up to 4 or N,
 *          ^ and $ the clause's begin and end, <date> <name> <num> <email>
 *          <letter>, and a comma for itself. Fillers (@filler) and dates may
 *          stand between any two. MEANING! needs no first person
 * Units    tokens
 * Errors   RC_STOP with file and line of a rule that is none
 * Owner    lexicon_open, lexicon_close; matches live in the arena
 * Source   each rule's example is the sentence that taught it
 */
#ifndef UNDERSTAND_LEXICON_H
#define UNDERSTAND_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "understand/token.h"

struct arena;
struct lexicon;

/* What a phrase shows. The order is that of lexicon.c's table of words. */
enum meaning {
	MEANS_NOTHING,		/* an idiom: hides what it covers */
	MEANS_ABSENCE,
	MEANS_ATTENDANCE,
	MEANS_TENTATIVE,
	MEANS_SUBSTITUTE,
	MEANS_EXCUSE,		/* busy that day: a hint, no regrets */
	MEANS_YES,
	MEANS_NO,
	MEANS_ITEM,		/* a point for the agenda */
	MEANS_IDEA,
	MEANS_PROPOSE,		/* foreslår: a point, an idea or a person */
	MEANS_APPLY,
	MEANS_NOMINATE,
	MEANS_SEAT,		/* speaks of a seat in the council */
	MEANS_APPROVE,
	MEANS_NOT_APPROVE,
	MEANS_NO_CHANGE,	/* no remarks, no corrections */
	MEANS_FINE,		/* looks good */
	MEANS_EDIT,
	MEANS_AGENDA,		/* speaks of the agenda */
	MEANS_MINUTES,		/* speaks of minutes */
	MEANS_SUBMIT,		/* hands in */
	MEANS_CORRECT,		/* objects, corrects */
	MEANS_HEARING,		/* asks for an opinion */
	MEANS_DEADLINE,
	MEANS_CONTRIBUTE,
	MEANS_SUBSCRIBE,
	MEANS_UNSUBSCRIBE,
	MEANS_ACCESS,
	MEANS_ERASE,
	MEANS_ADDRESS,		/* a new address */
	MEANS_UNDO,
	MEANS_WITHDRAW,
	MEANS_RESIGN,
	MEANS_MOVE_MEETING,
	MEANS_DOCUMENTS,
	MEANS_DISTRESS,
	MEANS_OWN_CASE,
	MEANS_THANKS,
	MEANS_PRESS,
	MEANS_WHOLE_BODY,
	MEANS_FORWARDED,
	MEANS_COLOURED,
	MEANS_QUESTION,
	MEANS_PAST,		/* about a meeting already held */
	MEANS_SELF_NAME,	/* my name is … */
	MEANS_OWN_EMAIL,	/* my address is … */
	MEANS_REPORTED,		/* somebody said */
	MEANS_SPAM,
	MEANS_LIST_OTHER,	/* for somebody else's address */
	MEANS_TIE,
	MEANS_CHANGED,		/* forget what I wrote */
	MEANS_INELIGIBLE,	/* may not speak in this matter */
	MEANS_PROTEST,		/* will not rank, will not vote */
	MEANS_WISH,		/* would like to be in it: a stranger applies */
	MEANS_DEFER,		/* says that he will say it later, or not */
	MEANINGS
};

struct match {
	enum meaning meaning;
	bool self;		/* of a rule with «!» */
	uint16_t rule;
	uint32_t begin, end;	/* tokens */
};

/* Sets that the code asks for by name; see lexicon.c for the words. */
enum lexicon_set {
	SET_NEGATION,
	SET_FIRST,		/* jeg, vi, undertegnede … */
	SET_THIRD,		/* han, hun, de, min kone … */
	SET_CONDITION,
	SET_MEETING,		/* møde, mødet, rådsmødet … */
	SET_DIALOGUE,
	SET_NEXT,
	SET_BODY,		/* råd, rådet */
	SET_THERE,		/* der, den dag: the date named before */
	SET_BUT,
	SET_FILLER,
	SET_SUBJECT_TAG,	/* words of a subject that say no matter */
	SET_FIRST_RANK,		/* først, vigtigst … */
	SET_LAST_RANK,		/* til sidst … */
	SET_TITLE,		/* hr., fru, Mrs. */
	SET_RELATION,		/* nabo, far, kollega … */
	SET_NO_NAME,		/* capitals that are no person */
	SET_GREETING,
	SET_CLOSING,
	SET_BOTH,		/* begge, både … */
	SET_OTHER_MEETINGS,	/* alt andet, de andre */
	SET_DATE_WORD,		/* den, d., på, til before a date */
	SET_AGO,		/* sidst, forrige, i går: what is past */
	SET_EXCLUDE,
	SET_WORKSHOP,
	SET_THEME,
	SET_JOINT,
	SET_WHEN,		/* når, once: a condition of a yes only */
	SET_SELF,		/* jeg, vi: the speaker as a subject */
	SET_AND,		/* men, og: what a condition does not pass */
	SET_NAME,		/* words that are first names too: Hans */
	SET_MODAL,		/* må, skal: between a subject and its verb */
	SET_DROP_RANK,		/* ligegyldig, kan vente: no rank at all */
	SET_GENERAL,		/* nogen, alle, man: nobody in particular */
	SET_ASKS,		/* hvornår, hvem: opens a question */
	SET_STATE,		/* er, har, skal: opens one that wants to know */
	SET_SAYS,		/* skrev, siger: somebody's words follow */
	SET_ELSEWHERE,		/* stillingen, byrådet: no seat of ours */
	SET_ELSE_MEETING,	/* forældremødet: no meeting of ours */
	SETS
};

enum value_kind {
	VALUE_MONTH = 1,
	VALUE_WEEKDAY,		/* 1 Monday */
	VALUE_DAY,		/* attende, 26th: of a month */
	VALUE_NUMBER,		/* to, tre */
	VALUE_DAYS_AHEAD,	/* i dag 0, i morgen 1 */
	VALUE_UNIT,		/* dag 1, uge 7, måned 30 */
	VALUE_WEEK,		/* the word uge itself */
	VALUE_SEASON,
};

/* The words known: sets the symbols of each token. Units (dates, names) may
 * be set before or after; lexicon_find looks at them. */
void lexicon_know(const struct lexicon *lexicon, struct arena *arena,
	struct tokens *tokens);
bool lexicon_in(const struct lexicon *lexicon, const struct token *token,
	enum lexicon_set set);
/* The number that a word is; -1 where it is none of that kind. */
int lexicon_value(const struct lexicon *lexicon, const struct token *token,
	enum value_kind kind);

/* All that the phrases show, by begin; what a longer phrase of the same
 * family covers, and what an idiom hides, is gone. */
const struct match *lexicon_find(const struct lexicon *lexicon,
	struct arena *arena, const struct tokens *tokens, size_t *n);

/* The rules, for explain and for their own tests. */
size_t lexicon_rules(const struct lexicon *lexicon);
const char *lexicon_rule_text(const struct lexicon *lexicon, size_t rule);
const char *lexicon_rule_example(const struct lexicon *lexicon, size_t rule);
const char *lexicon_rule_place(const struct lexicon *lexicon, size_t rule);
enum meaning lexicon_rule_meaning(const struct lexicon *lexicon, size_t rule);
const char *meaning_word(enum meaning meaning);

/* As lexicon_open, without the rule of that number (mutants; SIZE_MAX
 * none). */
enum rc lexicon_open_without(const char *folder, size_t rule,
	struct lexicon **lexicon, struct err *err);

#endif
