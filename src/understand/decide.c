/* SPDX-License-Identifier: MIT */
/* Answers to the decision mail: each an action of its own. Who may, what a
 * number stands for and whether it can be chosen is the council's to know. */
#include "understand/decide_words.h"
#include "understand/sense.h"

void
decide_find(const struct sense *s, struct findings *f)
{
	struct decide_words w = decide_words_read(s->arena, sense_text(s));

	for (size_t i = 0; i < w.n; i++) {
		const struct decide_answer *a = &w.list[i];
		struct finding *one = finding_add(f, ACTION_DECIDE,
		    s->tokens.text_at + i);

		one->action.ref = s->thread.letter->message_id;
		one->action.token = s->thread.token;
		one->action.person = s->who.email;
		one->action.point = a->point;
		one->action.choice = a->unclear ? NULL :
		    choice_word(a->choice);
		one->action.text = a->words;
		if (s->thread.body != NULL)
			one->action.body = s->thread.body->slug;
	}
	if (w.cut)
		f->overflow = true;
}

/* «Næste møde, eller skal formanden spørges?»: a plain word of either. */
void
late_find(const struct sense *s, struct findings *f)
{
	struct decide_words w = decide_words_read(s->arena, sense_text(s));
	struct finding *one;

	if (w.n != 1 || w.list[0].point != DECIDE_ONLY || w.list[0].unclear ||
	    (w.list[0].choice != CHOICE_NEXT &&
	    w.list[0].choice != CHOICE_ACCEPT &&
	    w.list[0].choice != CHOICE_ASK_CHAIR))
		return;
	one = finding_add(f, ACTION_DECIDE, s->tokens.text_at);
	one->action.ref = s->thread.letter->message_id;
	one->action.token = s->thread.token;
	one->action.person = s->who.email;
	one->action.point = DECIDE_ONLY;
	one->action.choice = choice_word(w.list[0].choice);
}
