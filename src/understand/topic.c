/* SPDX-License-Identifier: MIT */
/* The secretary names topics, has them ranked, sets up working groups; members
 * join and leave these. Only of those who may; a sentence that doubts or asks
 * is no order. Phrases in topic.lexicon. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/cpr.h"
#include "understand/phrases.h"
#include "understand/sense.h"

#define LEXICON "src/understand/topic.lexicon"
#define LINES_MOST 30		/* names that one mail gives */
#define TITLE_BYTES 200
#define TAG_BYTES 40
#define JOIN_WORDS 40		/* a longer mail says more than that */
#define ASK_WORDS 200

static bool
says(const char *section, const char *low)
{
	return phrases_in(phrases_section(LEXICON, section), low, NULL) !=
	    NULL;
}

/* The body that the sender leads and means. */
static const struct world_body *
led_body(const struct sense *s)
{
	const struct world_body *body = sense_body(s), *found = NULL;

	if (body != NULL)
		return sense_is_lead(s, body) ? body : NULL;
	for (size_t b = 0; b < s->n_bodies; b++)
		if (sense_is_lead(s, s->bodies[b])) {
			if (found != NULL)
				return NULL;
			found = s->bodies[b];
		}
	return found;
}

static void
topic_ask(struct finding *one, const char *reason)
{
	one->need = NEED_ASK;
	one->reason = reason;
	one->drop_action = true;
}

static struct finding *
topic_add(const struct sense *s, struct findings *f, enum action_kind kind,
    const struct world_body *body)
{
	struct finding *one = finding_add(f, kind, s->tokens.text_at);

	one->action.body = body->slug;
	return one;
}

static const struct world_topic *
topic_of(const struct world_body *body, char letter)
{
	for (size_t i = 0; i < body->n_topics; i++)
		if (body->topics[i].letter == letter)
			return &body->topics[i];
	return NULL;
}

static const char *
topic_title(const struct world_body *body, char letter)
{
	const struct world_topic *topic = topic_of(body, letter);

	return topic == NULL ? NULL : topic->title;
}

/* --- names --------------------------------------------------------------- */

/* «3, 5 og #8» or «A» up to the colon: numbers, or one letter. */
static bool
which_read(const struct sense *s, const char *at, const char *end,
    const char **numbers, char *letter)
{
	struct buf out = buf_open(s->arena);

	*letter = 0;
	while (at < end) {
		size_t n = strcspn(at, " ,.&+/#");

		if (at + n > end)
			n = (size_t)(end - at);
		if (n > 0 && isdigit((unsigned char)*at))
			buf_addf(&out, "%s%ld", out.n > 0 ? " " : "",
			    strtol(at, NULL, 10));
		else if (n == 1 && isalpha((unsigned char)*at))
			*letter = (char)toupper((unsigned char)*at);
		else if (n > 3 && strncmp(at, "id", 2) != 0)
			return false;	/* a sentence, no list */
		at += n + (at + n < end);
	}
	*numbers = out.n > 0 ? buf_text(&out) : NULL;
	return out.n > 0 || *letter != 0;
}

/* «Kald 3 og 5: Skæve boliger»; what stands behind a single letter renames
 * that topic, and a letter behind numbers is the topic they belong to. */
static bool
name_read(const struct sense *s, struct findings *f,
    const struct world_body *body, const char *line)
{
	const char *text = text_trim(s->arena, line);
	size_t n = phrases_at(phrases_section(LEXICON, "name"),
	    text_lower(s->arena, text));
	const char *colon = strchr(text, ':'), *title, *numbers;
	struct finding *one;
	char letter;

	if (n == 0 || colon == NULL || colon < text + n ||
	    !which_read(s, text + n, colon, &numbers, &letter))
		return false;
	title = text_trim(s->arena, colon + 1);
	n = strlen(title);
	if (n > 0 && title[n - 1] == '.')
		title = text_trim(s->arena, arena_strndup(s->arena, title,
		    n - 1));
	one = topic_add(s, f, ACTION_TOPIC_NAME, body);
	one->action.text = numbers;
	one->action.title = cpr_mask(s->arena, text_cut(s->arena, title,
	    TITLE_BYTES), CPR_POSSIBLE, NULL);
	if (letter != 0)
		one->action.order = arena_printf(s->arena, "%c", letter);
	else if (strlen(title) == 1 && topic_of(body, (char)toupper(
	    (unsigned char)*title)) != NULL) {
		letter = (char)toupper((unsigned char)*title);
		one->action.order = arena_printf(s->arena, "%c", letter);
		one->action.title = topic_title(body, letter);
	}
	if (*title == '\0' || (letter != 0 && topic_of(body, letter) ==
	    NULL))
		topic_ask(one, "topic-no-title");
	return true;
}

static bool
names_read(const struct sense *s, struct findings *f,
    const struct world_body *body)
{
	size_t n;
	const char **lines = text_lines(s->arena, s->words.text, &n);
	bool found = false;

	for (size_t i = 0; i < n && i < LINES_MOST; i++)
		found |= name_read(s, f, body, lines[i]);
	return found;
}

/* --- rounds -------------------------------------------------------------- */

static void
round_read(const struct sense *s, struct findings *f,
    const struct world_body *body)
{
	struct finding *one = topic_add(s, f, ACTION_ROUND_OPEN, body);
	bool told = false;

	for (size_t i = 0; i < s->n_whens; i++)
		if (s->whens[i].begin >= s->tokens.text_at)
			told |= when_day(&s->whens[i], s->sent_day, true,
			    &one->action.deadline_day);
	if (!told)
		topic_ask(one, "topic-no-deadline");
	else if (date_compare(one->action.deadline_day,
	    date_local(s->world->now_at).day) < 0)
		topic_ask(one, "topic-past");
	else if (body->n_topics < 2)
		topic_ask(one, "topic-few");
}

/* --- groups -------------------------------------------------------------- */

static bool
is_word(const struct token *t, const char *section)
{
	return t->kind == TOKEN_WORD && phrases_is(phrases_section(LEXICON,
	    section), t->norm);
}

/* A single capital that is a topic or a group of the body; 0. */
static char
letter_told(const struct sense *s, const struct world_body *body,
    bool of_group)
{
	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++) {
		const struct token *t = &s->tokens.list[i];
		char c;

		if (t->kind != TOKEN_WORD || strlen(t->norm) != 1)
			continue;
		c = (char)toupper((unsigned char)t->norm[0]);
		/* «i» is a word; only a capital is a letter */
		if (!t->capital && (c == 'I' || i == s->tokens.text_at ||
		    strstr(s->tokens.list[i - 1].norm, "gruppe") == NULL))
			continue;
		if (!of_group && topic_of(body, c) != NULL)
			return c;
		for (size_t g = 0; of_group && g < body->n_groups; g++)
			if (body->groups[g].letter == c)
				return c;
	}
	return 0;
}

static const char *
tag_make(const struct sense *s, const char *title)
{
	struct buf out = buf_open(s->arena);
	char *norm = token_norm(s->arena, title, strlen(title));

	buf_add(&out, "gruppe");
	for (bool gap = true; *norm != '\0' && out.n < TAG_BYTES; norm++) {
		if (!isalnum((unsigned char)*norm)) {
			gap = true;
			continue;
		}
		if (gap)
			buf_add_char(&out, '-');
		gap = false;
		buf_add_char(&out, *norm);
	}
	return buf_text(&out);
}

/* «om natcafé og varmestue», up to «med …». */
static const char *
matter_told(const struct sense *s)
{
	for (size_t i = s->tokens.text_at; i + 1 < s->tokens.n; i++) {
		size_t end = i + 1;

		if (!is_word(&s->tokens.list[i], "matter"))
			continue;
		while (end < s->tokens.n && !is_word(&s->tokens.list[end],
		    "stop") && s->tokens.list[end].sentence ==
		    s->tokens.list[i].sentence &&
		    (s->tokens.list[end].kind != TOKEN_MARK ||
		    s->tokens.list[end].mark == '-'))
			end++;
		return end > i + 1 ? text_trim(s->arena, sense_cut(s, i + 1,
		    end)) : NULL;
	}
	return NULL;
}

/* The name beside «tovholder», else the first; the others are its members. */
static void
people_read(const struct sense *s, const struct world_body *body,
    struct action *a)
{
	struct buf rest = buf_open(s->arena);
	const struct named *chair = NULL;
	size_t mark = s->tokens.n, best = s->tokens.n + 1;

	for (size_t i = s->tokens.text_at; i < s->tokens.n; i++)
		if (is_word(&s->tokens.list[i], "chair") ||
		    text_starts(s->tokens.list[i].norm, "tovholder"))
			mark = i;
	for (size_t i = 0; i < s->n_names; i++) {
		const struct named *n = &s->names[i];
		size_t far = n->begin > mark ? n->begin - mark : mark -
		    n->begin;

		if (n->begin < s->tokens.text_at || n->person == NULL ||
		    n->several || world_person(body, n->person->email) ==
		    NULL || far >= best)
			continue;
		best = far;
		chair = n;
	}
	for (size_t i = s->tokens.text_at; chair == NULL && i <
	    s->tokens.n; i++)
		if (s->tokens.list[i].kind == TOKEN_EMAIL && world_person(
		    body, s->tokens.list[i].norm) != NULL) {
			a->person = s->tokens.list[i].norm;
			return;
		}
	if (chair == NULL)
		return;
	a->person = chair->person->email;
	for (size_t i = 0; i < s->n_names; i++) {
		const struct named *n = &s->names[i];

		if (n->begin >= s->tokens.text_at && n->person != NULL &&
		    !n->several && n->person != chair->person &&
		    world_person(body, n->person->email) != NULL)
			buf_addf(&rest, "%s%s", rest.n > 0 ? " " : "",
			    n->person->email);
	}
	a->email = rest.n > 0 ? buf_text(&rest) : NULL;
}

static void
group_read(const struct sense *s, struct findings *f,
    const struct world_body *body)
{
	struct finding *one = topic_add(s, f, ACTION_GROUP_OPEN, body);
	char letter = letter_told(s, body, false);

	if (letter != 0) {
		one->action.order = arena_printf(s->arena, "%c", letter);
		one->action.title = topic_title(body, letter);
		one->action.to = arena_printf(s->arena, "gruppe-%c",
		    tolower((unsigned char)letter));
	} else if ((one->action.title = matter_told(s)) != NULL) {
		one->action.title = cpr_mask(s->arena, text_cut(s->arena,
		    one->action.title, TITLE_BYTES), CPR_POSSIBLE, NULL);
		one->action.to = tag_make(s, one->action.title);
	}
	people_read(s, body, &one->action);
	if (one->action.title == NULL)
		topic_ask(one, "topic-no-title");
	else if (one->action.person == NULL)
		topic_ask(one, "topic-no-chair");
}

/* By its letter, a word of its title, the letter answered, or alone. */
static const struct world_group *
group_told(const struct sense *s, const struct world_body *body,
    const char *low)
{
	char letter = letter_told(s, body, true);
	const struct world_group *found = NULL;

	if (s->thread.letter != NULL && (found = world_group_ref(s->world,
	    s->thread.letter->ref, NULL)) != NULL)
		return found;
	for (size_t i = 0; i < body->n_groups; i++)
		if (letter != 0 && body->groups[i].letter == letter)
			return &body->groups[i];
	for (size_t i = 0; i < body->n_groups; i++)
		if (strstr(low, text_lower(s->arena, body->groups[i].title))
		    != NULL)
			return &body->groups[i];
	return body->n_groups == 1 ? &body->groups[0] : NULL;
}

static bool
group_say(const struct sense *s, struct findings *f,
    const struct world_body *body, enum action_kind kind, const char *low)
{
	const struct world_group *g = group_told(s, body, low);
	struct finding *one = topic_add(s, f, kind, body);

	if (kind != ACTION_GROUP_END)
		one->action.person = s->who.email;
	if (g == NULL) {
		topic_ask(one, body->n_groups == 0 ? "topic-no-group" :
		    "topic-which-group");
		for (size_t i = 0; i < body->n_groups && i < 8; i++)
			one->choices[one->n_choices++] =
			    body->groups[i].letter != 0 ? arena_printf(
			    s->arena, "%c: %s", body->groups[i].letter,
			    body->groups[i].title) : body->groups[i].title;
		return true;
	}
	one->action.to = g->tag;
	one->action.title = g->title;
	return true;
}

/* --- the whole mail ------------------------------------------------------- */

static bool
lead_find(const struct sense *s, struct findings *f, const char *low)
{
	const struct world_body *body = led_body(s);

	if (body == NULL || body->kind != BODY_COUNCIL)
		return false;
	if (names_read(s, f, body))
		return true;
	if (says("doubt", low) || strchr(low, '?') != NULL)
		return false;
	if (says("round-stop", low))
		(void)topic_add(s, f, ACTION_ROUND_STOP, body);
	else if (says("round", low))
		round_read(s, f, body);
	else if (says("group-end", low))
		return group_say(s, f, body, ACTION_GROUP_END, low);
	else if (says("group", low))
		group_read(s, f, body);
	else if (says("list", low))
		(void)topic_add(s, f, ACTION_TOPIC_LIST, body);
	else if (says("end", low) && letter_told(s, body, false) != 0) {
		struct finding *one = topic_add(s, f, ACTION_TOPIC_END,
		    body);
		char c = letter_told(s, body, false);

		one->action.order = arena_printf(s->arena, "%c", c);
		one->action.title = topic_title(body, c);
	} else
		return false;
	return true;
}

bool
topic_find(const struct sense *s, struct findings *f)
{
	const struct world_body *body = s->thread.body != NULL ?
	    s->thread.body : sense_body(s);
	const char *low = text_lower(s->arena, sense_text(s));

	if (s->words.is_forward || sense_words(s) > ASK_WORDS ||
	    sense_is_letter(s, LETTER_AGENDA_DRAFT) ||
	    sense_is_letter(s, LETTER_HEARING_DRAFT) ||
	    sense_is_letter(s, LETTER_MINUTES_FORM))
		return false;
	if (lead_find(s, f, low))
		return true;
	if (body == NULL || body->kind != BODY_COUNCIL || sense_words(s) >
	    JOIN_WORDS || strchr(low, '?') != NULL || says("doubt", low))
		return false;
	if (says("leave", low))
		return group_say(s, f, body, ACTION_GROUP_LEAVE, low);
	if (says("join", low) && !says("not", low))
		return group_say(s, f, body, ACTION_GROUP_JOIN, low);
	return false;
}

bool
topic_leaves_group(const struct sense *s)
{
	const char *low = text_lower(s->arena, sense_text(s));

	return sense_words(s) <= JOIN_WORDS && says("leave", low) &&
	    strstr(low, "råd") == NULL && strstr(low, "council") == NULL &&
	    strchr(low, '?') == NULL && !says("doubt", low);
}

/* --- mail to a group ------------------------------------------------------ */

/* The group whose address the mail went to; NULL. */
static const struct world_group *
group_in(const struct sense *s, const struct mail_addresses *list,
    const struct world_body **body)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *email = list->list[i].email, *plus, *at;
		const struct world_body *b = NULL;
		const struct world_group *g;

		if (email == NULL || (at = strrchr(email, '@')) == NULL ||
		    (plus = strchr(email, '+')) == NULL || plus > at ||
		    !thread_address(s->world, email, &b, NULL))
			continue;
		while (plus != NULL && plus < at) {
			size_t n = strcspn(plus + 1, "+@");

			g = world_group(b, text_lower(s->arena,
			    arena_strndup(s->arena, plus + 1, n)));
			if (g != NULL) {
				*body = b;
				return g;
			}
			plus = plus[1 + n] == '+' ? plus + 1 + n : NULL;
		}
	}
	return NULL;
}

/* A mail to a group's address, or an answer to one that it got: to its
 * members as it is. Anybody else's goes to the secretary. */
bool
group_mail_find(const struct sense *s, struct findings *f)
{
	const struct world_body *body = NULL;
	const struct world_group *g = group_in(s, &s->mail->to, &body);
	const char *low = text_lower(s->arena, sense_text(s));
	enum action_kind kind = ACTION_GROUP_POST;
	struct finding *one;

	if (g == NULL)
		g = group_in(s, &s->mail->cc, &body);
	if (g == NULL && s->thread.letter != NULL && (s->thread.letter->kind
	    == LETTER_GROUP || s->thread.letter->kind ==
	    LETTER_GROUP_STATUS))
		g = world_group_ref(s->world, s->thread.letter->ref, &body);
	if (g == NULL)
		return false;
	if (sense_is_letter(s, LETTER_GROUP_STATUS))
		kind = ACTION_GROUP_STATUS;
	else if (sense_words(s) <= JOIN_WORDS && says("leave", low))
		kind = ACTION_GROUP_LEAVE;
	else if (!world_group_has(g, s->who.email) && sense_words(s) <=
	    JOIN_WORDS && !says("not", low) && (says("join", low) ||
	    sense_says(s, MEANS_YES) || sense_says(s, MEANS_ATTENDANCE)))
		kind = ACTION_GROUP_JOIN;
	if (sense_words(s) == 0)
		return false;
	if (kind == ACTION_GROUP_POST && !world_group_has(g, s->who.email) &&
	    !sense_is_lead(s, body)) {
		finding_none(f, NEED_HUMAN, "group-outside",
		    s->tokens.text_at);
		return true;
	}
	one = topic_add(s, f, kind, body);
	one->action.person = s->who.email;
	one->action.to = g->tag;
	one->action.title = g->title;
	if (kind == ACTION_GROUP_POST || kind == ACTION_GROUP_STATUS)
		one->action.text = sense_text(s);
	return true;
}
