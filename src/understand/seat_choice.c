/* SPDX-License-Identifier: MIT */
/* «udpeg 1, 3 og 4; afslag til resten»: which number is to have which answer.
 *
 * A text is words of an outcome (O), numbers (N), and «resten» (R). In a
 * sentence that begins with numbers each run goes with the O behind it («2 på
 * reservelisten»), in one that begins with an O with the one before. A run between two of which the second has no
 * number of its own can be read in two ways, unless its list is closed by «og»
 * («1, 3 og 4, 2 på reservelisten»): that is asked, not guessed, since a
 * letter to the wrong person cannot be taken back. */
#include "understand/seat_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"

#define LEXICON "src/understand/seat.lexicon"
#define MARKS_MOST 400	/* a reply of more has another meaning */
#define NUMBER_MOST 9999

enum mark_kind { MARK_OUTCOME, MARK_NUMBER, MARK_REST, MARK_SEAT, MARK_AND,
	MARK_COMMA, MARK_END };
enum { APPOINT, RESERVE, REJECT, OUTCOMES };
static const char *const outcome_words[OUTCOMES] = { "appoint", "reserve",
	"reject" };

struct mark {
	enum mark_kind kind;
	int value;		/* an outcome, or a number */
	const char *seat;	/* of MARK_SEAT; of MARK_NUMBER once known */
	int outcome;		/* of a number or the rest; -1 not yet */
};

struct reading {
	struct mark marks[MARKS_MOST];
	size_t n;
	bool wrong;
};

static const struct { const char *group, *section; } seats[] = {
	{ "user", "seat-user" }, { "relative", "seat-relative" },
	{ "organisation", "seat-organisation" },
	{ "association", "seat-association" },
	{ "labour-market", "seat-labour-market" },
	{ "school-board", "seat-school-board" },
	{ "staff", "seat-staff" }, { "insight", "seat-insight" },
};

static void
mark_add(struct reading *r, struct mark mark)
{
	mark.outcome = -1;
	if (r->n < MARKS_MOST)
		r->marks[r->n++] = mark;
	else
		r->wrong = true;
}

/* --- from letters to marks --------------------------------------------- */

/* The phrase of an outcome, «resten» or a group at `low`; its length. */
static size_t
phrase_read(struct reading *r, const char *low)
{
	size_t n = phrases_at(phrases_section(LEXICON, "rest"), low);

	if (n > 0) {
		mark_add(r, (struct mark){ .kind = MARK_REST });
		return n;
	}
	for (int i = 0; i < OUTCOMES; i++) {
		n = phrases_at(phrases_section(LEXICON, outcome_words[i]),
		    low);
		if (n == 0)
			continue;
		mark_add(r, (struct mark){ .kind = MARK_OUTCOME, .value = i });
		return n;
	}
	if (!text_starts(low, "som ") && !text_starts(low, "as "))
		return 0;
	for (size_t i = 0; i < sizeof seats / sizeof seats[0]; i++) {
		size_t som = strcspn(low, " ") + 1;

		n = phrases_at(phrases_section(LEXICON, seats[i].section),
		    low + som);
		if (n == 0)
			continue;
		mark_add(r, (struct mark){ .kind = MARK_SEAT,
		    .seat = seats[i].group });
		return som + n;
	}
	return 0;
}

static size_t
number_read(struct reading *r, const char *low)
{
	char *end;
	long value = strtol(low, &end, 10);

	if (value < 1 || value > NUMBER_MOST)
		r->wrong = true;
	/* «1.» at a line's end closes the sentence, «3. plads» does not */
	mark_add(r, (struct mark){ .kind = MARK_NUMBER, .value = (int)value });
	return (size_t)(end - low);
}

static void
marks_read(struct reading *r, const char *low)
{
	bool at_word = true;

	for (const char *at = low; *at != '\0';) {
		size_t n = 0;

		if (at_word && *at >= '0' && *at <= '9')
			n = number_read(r, at);
		else if (at_word)
			n = phrase_read(r, at);
		if (n == 0 && at_word && (text_starts(at, "og ") ||
		    text_starts(at, "and "))) {
			mark_add(r, (struct mark){ .kind = MARK_AND });
			n = strcspn(at, " ");
		}
		if (n > 0) {
			at += n;
			at_word = false;
			continue;
		}
		if (*at == ',')
			mark_add(r, (struct mark){ .kind = MARK_COMMA });
		else if (*at == '\n' || *at == ';' || *at == '!' ||
		    *at == '?' || (*at == '.' && (at[1] == ' ' ||
		    at[1] == '\n' || at[1] == '\0')))
			mark_add(r, (struct mark){ .kind = MARK_END });
		at_word = !text_is_letter((unsigned char)*at) &&
		    ((unsigned char)*at < 0x80) && !(*at >= '0' && *at <= '9');
		at++;
	}
	mark_add(r, (struct mark){ .kind = MARK_END });
}

/* --- from marks to outcomes -------------------------------------------- */

static bool
is_person(const struct mark *m)
{
	return m->kind == MARK_NUMBER || m->kind == MARK_REST;
}

/* «1 og 3 som brugere»: those before it that have no group yet. */
static void
seats_give(struct reading *r, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++) {
		if (r->marks[i].kind != MARK_SEAT)
			continue;
		for (size_t k = i; k-- > begin;) {
			if (r->marks[k].kind == MARK_OUTCOME ||
			    (r->marks[k].kind == MARK_SEAT))
				break;
			if (r->marks[k].kind == MARK_NUMBER)
				r->marks[k].seat = r->marks[i].seat;
		}
	}
}

static void
run_give(struct reading *r, size_t begin, size_t end, int outcome)
{
	for (size_t i = begin; i < end; i++)
		if (is_person(&r->marks[i]))
			r->marks[i].outcome = outcome;
}

/* Where the list that begins at `begin` is closed by «og N»; `end` where it
 * is not. */
static size_t
run_closed(const struct reading *r, size_t begin, size_t end)
{
	for (size_t i = begin; i + 1 < end; i++)
		if (r->marks[i].kind == MARK_AND && is_person(&r->marks[i + 1]))
			return i + 2;
	return end;
}

static size_t
persons_in(const struct reading *r, size_t begin, size_t end)
{
	size_t n = 0;

	for (size_t i = begin; i < end; i++)
		n += is_person(&r->marks[i]);
	return n;
}

/* The next outcome of the sentence from `at`; `end` where there is none. */
static size_t
outcome_next(const struct reading *r, size_t at, size_t end)
{
	while (at < end && r->marks[at].kind != MARK_OUTCOME)
		at++;
	return at;
}

static void
sentence_give(struct reading *r, size_t begin, size_t end)
{
	size_t at = outcome_next(r, begin, end), from = begin, closed;

	seats_give(r, begin, end);
	/* numbers first, each run with what stands behind it */
	while (at < end && persons_in(r, from, at) > 0) {
		run_give(r, from, at, r->marks[at].value);
		from = at + 1;
		at = outcome_next(r, from, end);
	}
	/* «2 på reservelisten, 3 og 4»: whose are the last? */
	if (at == end)
		r->wrong = r->wrong || persons_in(r, from, end) > 0;
	while (at < end) {
		size_t next = outcome_next(r, at + 1, end);
		size_t after = outcome_next(r, next + (next < end), end);

		if (next < end && persons_in(r, next, after) == 0) {
			closed = run_closed(r, at + 1, next);
			if (closed == next && persons_in(r, at + 1, next) > 1)
				r->wrong = true;
			run_give(r, at + 1, closed, r->marks[at].value);
			run_give(r, closed, next, r->marks[next].value);
			if (closed == next || persons_in(r, closed,
			    next) == 0)
				r->wrong = true;
		} else {
			run_give(r, at + 1, next, r->marks[at].value);
		}
		at = next;
	}
}

/* The same number twice with two answers. */
static bool
is_contrary(const struct reading *r)
{
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = i + 1; k < r->n; k++)
			if (is_person(&r->marks[i]) && r->marks[i].kind ==
			    r->marks[k].kind && r->marks[i].value ==
			    r->marks[k].value && r->marks[i].outcome !=
			    r->marks[k].outcome)
				return true;
	return false;
}

static void
outcome_write(const struct reading *r, int outcome, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < r->n; i++) {
		const struct mark *m = &r->marks[i];

		if (!is_person(m) || m->outcome != outcome)
			continue;
		if (!any)
			buf_addf(out, "%s%s", out->n > 0 ? "; " : "",
			    outcome_words[outcome]);
		any = true;
		if (m->kind == MARK_REST)
			buf_add(out, " rest");
		else
			buf_addf(out, " %d%s%s", m->value, m->seat != NULL ?
			    "=" : "", m->seat != NULL ? m->seat : "");
	}
}

const char *
seat_choice_read(struct arena *arena, const char *text)
{
	struct reading *r = arena_alloc(arena, sizeof *r);
	struct buf out = buf_open(arena);
	size_t begin = 0;

	*r = (struct reading){ .n = 0 };
	marks_read(r, text_lower(arena, text));
	for (size_t i = 0; i < r->n; i++)
		if (r->marks[i].kind == MARK_END) {
			if (begin < i)
				sentence_give(r, begin, i);
			begin = i + 1;
		}
	if (r->wrong || is_contrary(r))
		return NULL;
	for (int i = 0; i < OUTCOMES; i++)
		outcome_write(r, i, &out);
	return out.n > 0 ? buf_text(&out) : NULL;
}
