/* SPDX-License-Identifier: MIT */
/* Any text as minutes, with an agenda and a form and without; as who came, as
 * a day, as money. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../rules/minutes_words.h"
#include "base/arena.h"
#include "base/text.h"
#include "rules/budget.h"
#include "rules/minutes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
parse(struct arena *arena, const struct agenda *agenda, const char *form,
    const char *text)
{
	struct minutes m;

	minutes_parse(arena, &(struct minutes_source){ .words = &da,
	    .agenda = agenda, .form = form, .day = { 2022, 6, 9 } }, text,
	    &m);
	for (size_t i = 0; i < m.n; i++) {
		const struct minutes_item *it = &m.items[i];

		/* numbered upward, each with a title, within the bounds */
		if (it->number < 1 || it->number > MINUTES_ITEMS ||
		    it->title == NULL || it->n_speeches > MINUTES_LINES ||
		    it->n_promises > MINUTES_LINES ||
		    (i > 0 && it->number <= m.items[i - 1].number))
			abort();
		for (size_t k = 0; k < it->n_promises; k++)
			if (it->promises[k].due_day.year != 0 &&
			    !date_is_valid(it->promises[k].due_day))
				abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct agenda_point points[] = { { .title = "Godkendelse" },
		{ .title = "Økonomi" }, { .title = "Klage", .closed = true },
		{ .title = "Eventuelt" } };
	static const struct agenda agenda = { points, 4 };
	static const struct budget_words money = { "bevilg", "brugt",
		"kr; kroner", "sidste år" };
	struct arena *arena = arena_open();
	const char *text = text_many_lines(arena, text_repair(arena,
	    (const char *)data, n)), *task = text;
	struct minutes_person people[20];
	struct budget_line lines[20];
	struct date day;

	parse(arena, &agenda, NULL, text);
	parse(arena, NULL, NULL, text);
	parse(arena, &agenda, text, text);
	if (minutes_came_read(arena, &da, text, people, 20) > 20)
		abort();
	if (minutes_day_cut(arena, &da, (struct date){ 2022, 6, 9 }, &task,
	    &day) && (!date_is_valid(day) || strlen(task) > strlen(text)))
		abort();
	for (size_t i = budget_read(arena, &money, text, 2022, lines, 20);
	    i-- > 0;)
		if (lines[i].amount_ore < 0)
			abort();

	arena_close(&arena);
	return 0;
}
