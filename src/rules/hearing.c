/* SPDX-License-Identifier: MIT */
/* The life of a hearing, the days counted back from its deadline, and changes
 * to an answer. */
#include "rules/hearing.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define SLUG_BYTES 40
#define MEMBERS_LEAST 2	/* working days that the members have at least, where
			 * the deadline leaves them */

static const struct {
	enum hearing_state from;
	enum hearing_act act;
	enum hearing_state to;
} life[] = {
	{ HEARING_RECEIVED,   HEARING_ASK,       HEARING_ASKED },
	{ HEARING_RECEIVED,   HEARING_DECLINE,   HEARING_DECLINED },
	{ HEARING_RECEIVED,   HEARING_LAPSE,     HEARING_CLOSED },
	/* she thinks again, as long as there is time */
	{ HEARING_DECLINED,   HEARING_ASK,       HEARING_ASKED },
	{ HEARING_DECLINED,   HEARING_TAKE_BACK, HEARING_RECEIVED },
	{ HEARING_ASKED,      HEARING_DECLINE,   HEARING_DECLINED },
	{ HEARING_ASKED,      HEARING_COMPILE,   HEARING_DRAFTING },
	{ HEARING_ASKED,      HEARING_LAPSE,     HEARING_CLOSED },
	{ HEARING_DRAFTING,   HEARING_EDIT,      HEARING_DRAFTING },
	{ HEARING_DRAFTING,   HEARING_HAND,      HEARING_WITH_CHAIR },
	{ HEARING_DRAFTING,   HEARING_APPROVE,   HEARING_APPROVED },
	{ HEARING_DRAFTING,   HEARING_DECLINE,   HEARING_DECLINED },
	{ HEARING_DRAFTING,   HEARING_LAPSE,     HEARING_CLOSED },
	/* a change to what the chair has must be approved anew */
	{ HEARING_WITH_CHAIR, HEARING_EDIT,      HEARING_DRAFTING },
	{ HEARING_WITH_CHAIR, HEARING_APPROVE,   HEARING_APPROVED },
	{ HEARING_WITH_CHAIR, HEARING_TAKE_BACK, HEARING_DRAFTING },
	{ HEARING_WITH_CHAIR, HEARING_LAPSE,     HEARING_CLOSED },
	{ HEARING_APPROVED,   HEARING_EDIT,      HEARING_DRAFTING },
	{ HEARING_APPROVED,   HEARING_TAKE_BACK, HEARING_DRAFTING },
	{ HEARING_APPROVED,   HEARING_SEND,      HEARING_ANSWERED },
	{ HEARING_ANSWERED,   HEARING_LAPSE,     HEARING_CLOSED },
};

static const char *const words_of[] = {
	[HEARING_RECEIVED] = "received",
	[HEARING_ASKED] = "asked",
	[HEARING_DRAFTING] = "drafting",
	[HEARING_WITH_CHAIR] = "with-chair",
	[HEARING_APPROVED] = "approved",
	[HEARING_ANSWERED] = "answered",
	[HEARING_CLOSED] = "closed",
	[HEARING_DECLINED] = "declined",
};

bool
hearing_may(enum hearing_state from, enum hearing_act act,
    enum hearing_state *to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].act == act) {
			*to = life[i].to;
			return true;
		}
	return false;
}

const char *
hearing_state_word(enum hearing_state state)
{
	return words_of[state];
}

bool
hearing_state_read(const char *word, enum hearing_state *state)
{
	for (int i = 0; word != NULL && i < HEARING_STATES; i++)
		if (strcmp(words_of[i], word) == 0) {
			*state = (enum hearing_state)i;
			return true;
		}
	return false;
}

bool
hearing_is_open(enum hearing_state state)
{
	return state == HEARING_RECEIVED || state == HEARING_ASKED;
}

bool
hearing_is_over(enum hearing_state state)
{
	return state == HEARING_ANSWERED || state == HEARING_CLOSED ||
	    state == HEARING_DECLINED;
}

/* --- the days ------------------------------------------------------------- */

/* The day itself, or the last working day before it. */
static struct date
working(struct date day)
{
	while (!year_is_working(day))
		day = date_add_days(day, -1);
	return day;
}

static bool
is_before(struct date a, struct date b)
{
	return date_to_days(a) < date_to_days(b);
}

/* The first day that leaves as many days as the body needs. */
static struct date
better_day(struct date today, struct year_days least)
{
	struct date day = year_add(today, least);

	while (!year_is_working(day))
		day = date_add_days(day, 1);
	return day;
}

struct hearing_days
hearing_plan(struct date today, struct date deadline, struct year_days least,
    struct year_days answer, struct year_days remind)
{
	const struct year_days one = { -1, true }, some = { MEMBERS_LEAST,
		true };
	struct hearing_days days = { .better = better_day(today, least) };
	struct date last = working(deadline);
	size_t n = 0;

	days.short_notice = is_before(deadline, year_add(today, least));
	days.members = working(year_add(last, answer));
	/* Little time: the members have most of it, the secretary a day. */
	if (is_before(days.members, year_add(today, some)))
		days.members = working(year_add(last, one));
	if (is_before(days.members, today))
		days.members = is_before(last, today) ? today : last;
	for (int i = 0; i < 2; i++) {
		struct date day = working(year_add(days.members, i == 0 ?
		    remind : one));

		/* whoever was asked yesterday needs no reminder */
		if (is_before(year_add(today, (struct year_days){ 1, true }),
		    day) && (n == 0 || is_before(days.remind[0], day)) &&
		    is_before(day, days.members))
			days.remind[n++] = day;
	}
	return days;
}

const char *
hearing_slug(struct arena *arena, const char *title)
{
	static const struct { const char *letter, *as; } folded[] = {
		{ "\xc3\xa6", "ae" }, { "\xc3\xb8", "oe" },
		{ "\xc3\xa5", "aa" }, { "\xc3\xa9", "e" },
		{ "\xc3\xb6", "oe" }, { "\xc3\xa4", "ae" },
	};
	struct buf out = buf_open(arena);
	const char *at = title == NULL ? "" : text_lower(arena, title);

	while (*at != '\0' && out.n < SLUG_BYTES) {
		const char *next = at;
		size_t i = 0, n = sizeof folded / sizeof folded[0];

		(void)text_next(&next);
		while (i < n && !text_starts(at, folded[i].letter))
			i++;
		if (i < n)
			buf_add(&out, folded[i].as);
		else if ((*at >= 'a' && *at <= 'z') ||
		    (*at >= '0' && *at <= '9'))
			buf_add_char(&out, *at);
		else if (out.n > 0 && out.data[out.n - 1] != '-')
			buf_add_char(&out, '-');
		at = next;
	}
	while (out.n > 0 && out.data[out.n - 1] == '-')
		out.n--;
	return out.n == 0 ? "hoering" : arena_strndup(arena, out.data,
	    out.n);
}

/* --- the answer's parts --------------------------------------------------- */

const char **
hearing_parts(struct arena *arena, const char *words, size_t *n)
{
	size_t n_lines, count = 0;
	const char **lines = text_lines(arena, words, &n_lines);
	const char **parts = arena_array(arena, n_lines + 1, sizeof *parts);
	struct buf part = buf_open(arena);

	for (size_t i = 0; i <= n_lines; i++) {
		bool empty = i == n_lines || lines[i][strspn(lines[i],
		    " \t\r")] == '\0';

		if (empty && part.n > 0) {
			parts[count++] = buf_text(&part);
			part = buf_open(arena);
		} else if (!empty) {
			buf_addf(&part, "%s%s", part.n > 0 ? "\n" : "",
			    lines[i]);
		}
	}
	*n = count;
	return parts;
}

bool
hearing_change(struct arena *arena, const char *words,
    const struct hearing_edit *edit, const char **changed)
{
	const char **parts;
	struct buf out = buf_open(arena);
	bool has_text = edit->text != NULL && edit->text[strspn(edit->text,
	    " \t\r\n")] != '\0';
	size_t n;

	if (edit->kind != HEARING_EDIT_DROP && !has_text)
		return false;
	if (edit->kind == HEARING_EDIT_ALL) {
		*changed = edit->text;
		return true;
	}
	parts = hearing_parts(arena, words, &n);
	if (edit->at > n || (edit->kind != HEARING_EDIT_ADD && edit->at < 1))
		return false;
	for (size_t i = 0; i < n; i++) {
		bool here = i + 1 == edit->at;
		bool this = here && edit->kind != HEARING_EDIT_ADD;

		if (here && edit->kind == HEARING_EDIT_ADD)
			buf_addf(&out, "%s%s", out.n > 0 ? "\n\n" : "",
			    edit->text);
		if (this && edit->kind == HEARING_EDIT_DROP)
			continue;
		buf_addf(&out, "%s%s", out.n > 0 ? "\n\n" : "", this ?
		    edit->text : parts[i]);
	}
	if (edit->kind == HEARING_EDIT_ADD && edit->at == 0)
		buf_addf(&out, "%s%s", out.n > 0 ? "\n\n" : "", edit->text);
	*changed = buf_text(&out);
	return true;
}
