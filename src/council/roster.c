/* SPDX-License-Identifier: MIT */
/* Reads a list of members, and says of each fault where it is and what to do;
 * nothing of it counts until all of it is well. */
#include "council/roster.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "council/member_deed.h"
#include "mail/address.h"
#include "render/day_words.h"
#include "rules/lookalike.h"

enum column { NAME, EMAIL, ROLE, SEAT, FOR, PHONE, FROM, UNTIL, COLUMNS };
static const char *const column_words[COLUMNS] = { "name", "email", "role",
	"seat", "substitute-for", "phone", "from", "until" };

struct roster {
	struct council *council;
	struct arena *arena;
	struct buf faults;
	size_t n_faults;
	size_t at[COLUMNS];	/* number of the cell; CSV_CELLS: none */
	struct file_place *places;
	size_t *lines;
	size_t n;
};

#define FAULTS_MOST 50	/* then the file is another one */

__attribute__((format(printf, 3, 4))) static void
fault(struct roster *r, size_t line, const char *format, ...)
{
	char text[400];
	va_list args;

	if (r->n_faults++ >= FAULTS_MOST)
		return;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buf_addf(&r->faults, "%sline %zu: %s", r->faults.n > 0 ? "\n" : "",
	    line, text);
}

/* One of the words «a, b, c» of a key, in any language. */
static bool
is_word(struct arena *arena, const char *key, const char *cell)
{
	static const char *const languages[] = { "da", "en" };

	for (size_t i = 0; i < 2; i++) {
		const char *words = words_get(arena, languages[i], key);

		while (words != NULL && *words != '\0') {
			size_t n = strcspn(words, ",");

			if (text_equal_nocase(text_trim(arena, arena_strndup(
			    arena, words, n)), cell))
				return true;
			words += n + (words[n] == ',');
		}
	}
	return false;
}

static void
head_read(struct roster *r, const struct csv_row *row)
{
	for (size_t c = 0; c < COLUMNS; c++)
		r->at[c] = CSV_CELLS;
	for (size_t i = 0; i < row->n; i++) {
		size_t c = 0;

		while (c < COLUMNS && !is_word(r->arena, arena_printf(
		    r->arena, "roster-%s", column_words[c]), row->cells[i]))
			c++;
		if (c == COLUMNS || row->cells[i][0] == '\0')
			continue;	/* a column of hers, for herself */
		if (r->at[c] != CSV_CELLS)
			fault(r, row->line, "two columns are named «%s»; "
			    "name one of them otherwise", row->cells[i]);
		r->at[c] = i;
	}
	if (r->at[NAME] == CSV_CELLS)
		fault(r, row->line, "no column is named «%s»; the first row "
		    "names the columns", words_get(r->arena, "da",
		    "roster-name"));
	if (r->at[EMAIL] == CSV_CELLS)
		fault(r, row->line, "no column is named «%s»; the first row "
		    "names the columns", words_get(r->arena, "da",
		    "roster-email"));
}

static const char *
cell_of(const struct roster *r, const struct csv_row *row, enum column c)
{
	const char *cell = r->at[c] < row->n ? row->cells[r->at[c]] : "";

	/* as we write what a spreadsheet could take for a formula */
	if (cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@ \t", cell[1])
	    != NULL)
		cell++;
	return cell[0] == '\0' ? NULL : cell;
}

/* «2026-12-31», «31-12-2026», «31.12.2026», «31/12/2026». */
static bool
day_read(const char *text, struct date *day)
{
	int d, m, y, n = 0;

	if (text == NULL)
		return true;
	if (date_parse(text, day))
		return true;
	if (sscanf(text, "%2d%*[-./]%2d%*[-./]%4d%n", &d, &m, &y, &n) != 3 ||
	    text[n] != '\0')
		return false;
	*day = (struct date){ (int16_t)y, (int8_t)m, (int8_t)d };
	return y >= 1900 && date_is_valid(*day);
}

static bool
role_read(struct roster *r, const char *cell, enum role *role)
{
	*role = ROLE_MEMBER;
	if (cell == NULL || world_role_read(cell, role))
		return true;
	for (int i = ROLE_CHAIR; i <= ROLE_SUBSCRIBER; i++)
		if (is_word(r->arena, arena_printf(r->arena, "roster-role-%s",
		    world_role_word((enum role)i)), cell)) {
			*role = (enum role)i;
			return true;
		}
	return false;
}

static void
days_check(struct roster *r, const struct csv_row *row, struct file_place *p)
{
	if (!day_read(cell_of(r, row, FROM), &p->from_day))
		fault(r, row->line, "«%s» is no day; write it as 2026-12-31",
		    cell_of(r, row, FROM));
	if (!day_read(cell_of(r, row, UNTIL), &p->until_day))
		fault(r, row->line, "«%s» is no day; write it as 2026-12-31",
		    cell_of(r, row, UNTIL));
	if (p->from_day.year != 0 && p->until_day.year != 0 &&
	    date_compare(p->until_day, p->from_day) < 0)
		fault(r, row->line, "the last day comes before the first; "
		    "look at both");
}

static void
place_read(struct roster *r, const struct csv_row *row)
{
	struct file_place *p = &r->places[r->n];
	const char *email = cell_of(r, row, EMAIL);
	const char *instead = cell_of(r, row, FOR);

	*p = (struct file_place){ .name = cell_of(r, row, NAME),
		.seat = cell_of(r, row, SEAT),
		.phone = cell_of(r, row, PHONE) };
	if (p->name == NULL)
		fault(r, row->line, "the name is missing; write it");
	else
		p->name = text_squeeze(r->arena, text_one_line(r->arena,
		    p->name));
	if (email == NULL) {
		fault(r, row->line, "%s has no address; write one, or take "
		    "the row out: who has none cannot be written to",
		    p->name == NULL ? "this row" : p->name);
		email = "";
	} else if ((p->email = address_read(r->arena, email)) == NULL ||
	    !address_is_valid(p->email)) {
		fault(r, row->line, "«%s» is no address, as "
		    "kirsten@mail.example; look at each letter of it", email);
		p->email = NULL;
	}
	if (instead != NULL && ((p->substitute_for = address_read(r->arena,
	    instead)) == NULL || !address_is_valid(p->substitute_for)))
		fault(r, row->line, "«%s» is no address of a member; write "
		    "whom the substitute stands in for by address", instead);
	if (!role_read(r, cell_of(r, row, ROLE), &p->role))
		fault(r, row->line, "«%s» is no role; write one of: chair, "
		    "vice-chair, member, appointee, substitute, secretary, "
		    "guest", cell_of(r, row, ROLE));
	days_check(r, row, p);
	r->lines[r->n++] = row->line;
}

/* Two who are both on file were looked at before. */
static bool
is_known(const struct roster *r, const char *email)
{
	for (size_t i = 0; i < r->council->world->n_bodies; i++)
		if (world_person(&r->council->world->bodies[i], email) !=
		    NULL)
			return true;
	return false;
}

static void
pairs_check(struct roster *r)
{
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < i; k++) {
			const char *a = r->places[k].email;
			const char *b = r->places[i].email;

			if (a == NULL || b == NULL)
				continue;
			if (strcmp(a, b) == 0 && r->places[k].role ==
			    r->places[i].role)
				fault(r, r->lines[i], "«%s» stands in line "
				    "%zu already; take one of them out", b,
				    r->lines[k]);
			else if (address_looks_alike(b, a) &&
			    !(is_known(r, a) && is_known(r, b)))
				fault(r, r->lines[i], "«%s» looks like «%s» "
				    "in line %zu; if they are two people, "
				    "add one of them with «raadspost member "
				    "add»", b, a, r->lines[k]);
		}
	for (size_t i = 0; i < r->n; i++) {
		bool found = r->places[i].substitute_for == NULL;

		for (size_t k = 0; k < r->n && !found; k++)
			found = r->places[k].email != NULL && strcmp(
			    r->places[k].email,
			    r->places[i].substitute_for) == 0;
		if (!found)
			fault(r, r->lines[i], "«%s» is nobody of this list; "
			    "a substitute stands in for a member of it",
			    r->places[i].substitute_for);
	}
}

/* Who is no matter of the list keeps his place. */
static enum rc
others_keep(struct roster *r, const struct world_body *body, size_t most,
    struct err *err)
{
	struct place_row *rows;
	size_t n;
	enum rc rc = place_list(r->council->store, r->arena, body->slug,
	    date_local(r->council->now_at).day, &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n && r->n < most; i++) {
		bool listed = member_is_seat(rows[i].role);

		for (size_t k = 0; k < r->n && !listed; k++)
			listed = r->places[k].email != NULL &&
			    r->places[k].role == rows[i].role &&
			    strcmp(r->places[k].email, rows[i].email) == 0;
		if (!listed)
			r->places[r->n++] = (struct file_place){
				.name = rows[i].name, .email = rows[i].email,
				.seat = rows[i].seat, .role = rows[i].role,
				.substitute_for = rows[i].substitute_for,
				.phone = rows[i].phone,
				.from_day = rows[i].from_day,
				.until_day = rows[i].until_day };
	}
	return rc;
}

enum rc
roster_read(struct council *council, struct arena *arena,
    const struct world_body *body, struct bytes file, struct file_body *to,
    const char **faults, struct err *err)
{
	struct roster r = { .council = council, .arena = arena,
		.faults = buf_open(arena) };
	struct csv csv;
	size_t most;
	enum rc rc = csv_read(arena, file, &csv, err);

	if (rc != RC_OK)
		return rc;
	most = csv.n + 500;	/* and those who stay */
	r.places = arena_array(arena, most, sizeof *r.places);
	r.lines = arena_array(arena, most, sizeof *r.lines);
	if (csv.n < 2)
		return fail(err, RC_PARK, "line 1: the list is empty; an "
		    "empty council is no list of members");
	head_read(&r, &csv.rows[0]);
	for (size_t i = 1; i < csv.n && r.at[NAME] != CSV_CELLS &&
	    r.at[EMAIL] != CSV_CELLS; i++)
		place_read(&r, &csv.rows[i]);
	pairs_check(&r);
	*faults = r.faults.n > 0 ? buf_text(&r.faults) : NULL;
	if (*faults != NULL)
		return fail(err, RC_PARK, "the list has faults");
	if ((rc = others_keep(&r, body, most, err)) != RC_OK)
		return rc;
	*to = (struct file_body){ .slug = body->slug, .name = body->name,
		.language = body->language, .address = body->address,
		.case_number = body->case_number,
		.committee = body->committee, .kind = body->kind,
		.takes_applications = body->takes_applications,
		.places = r.places, .n_places = r.n, .has_places = true };
	return RC_OK;
}

/* --- written ---------------------------------------------------------------- */

static const char *
day_text(struct arena *arena, struct date day)
{
	char text[DATE_TEXT_BYTES];

	if (day.year == 0)
		return "";
	date_format(day, text);
	return arena_strdup(arena, text);
}

static const char *
first_word(struct arena *arena, const char *language, const char *key)
{
	const char *words = words_get(arena, language, key);

	return words == NULL ? key : text_trim(arena, arena_strndup(arena,
	    words, strcspn(words, ",")));
}

static void
row_write(struct buf *out, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add_char(out, ';');
		csv_cell(out, cells[i] == NULL ? "" : cells[i]);
	}
	buf_add(out, "\r\n");
}

enum rc
roster_write(struct council *council, struct arena *arena,
    const struct world_body *body, struct buf *out, struct err *err)
{
	const char *cells[COLUMNS];
	struct place_row *rows;
	size_t n;
	enum rc rc = place_list(council->store, arena, body->slug,
	    date_local(council->now_at).day, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	buf_add(out, "\xef\xbb\xbf");
	for (size_t c = 0; c < COLUMNS; c++)
		cells[c] = first_word(arena, body->language, arena_printf(
		    arena, "roster-%s", column_words[c]));
	row_write(out, cells, COLUMNS);
	for (size_t i = 0; i < n; i++) {
		const struct place_row *p = &rows[i];
		const char *row[COLUMNS] = { p->name, p->email, first_word(
			arena, body->language, arena_printf(arena,
			"roster-role-%s", world_role_word(p->role))),
			p->seat, p->substitute_for, p->phone,
			day_text(arena, p->from_day),
			day_text(arena, p->until_day) };

		row_write(out, row, COLUMNS);
	}
	return RC_OK;
}
