/* SPDX-License-Identifier: MIT */
/* Answers to the reminder of a promise: done, or a new day. */
#include "understand/decide_words.h"
#include "understand/sense.h"

#define DONE_WORDS 12	/* a longer text says more than that */

static bool
is_done(const struct sense *s)
{
	struct decide_words w = decide_words_read(s->arena, sense_text(s));

	return sense_words(s) <= DONE_WORDS && w.n == 1 &&
	    w.list[0].point == DECIDE_ONLY && !w.list[0].unclear &&
	    w.list[0].choice == CHOICE_DONE;
}

void
follow_up_find(const struct sense *s, struct findings *f)
{
	struct date day, other;
	bool told = false, several = false;
	struct finding *one;

	for (size_t i = 0; i < s->n_whens; i++) {
		if (s->whens[i].begin < s->tokens.text_at ||
		    !when_day(&s->whens[i], s->sent_day, true, &other))
			continue;
		several = several || (told && date_compare(day, other) != 0);
		day = other;
		told = true;
	}
	if (is_done(s) && !told)
		one = finding_add(f, ACTION_FOLLOW_UP_DONE,
		    s->tokens.text_at);
	else if (told && !several && !is_done(s) && date_compare(day,
	    s->sent_day) > 0)
		one = finding_add(f, ACTION_FOLLOW_UP_DATE,
		    s->tokens.text_at);
	else
		return;
	one->action.ref = s->thread.letter->message_id;
	one->action.token = s->thread.token;
	one->action.person = s->who.email;
	one->action.text = sense_text(s);
	if (s->thread.body != NULL)
		one->action.body = s->thread.body->slug;
	if (one->action.kind == ACTION_FOLLOW_UP_DATE)
		one->action.deadline_day = day;
}
