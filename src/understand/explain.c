/* SPDX-License-Identifier: MIT */
/* What was understood, and why, as JSON and as a note. */
#include "understand/explain.h"

#include <string.h>

/* RFC 8259 §7: quotes, backslash and controls are escaped. */
static void
json_text(struct buf *out, const char *text)
{
	if (text == NULL) {
		buf_add(out, "null");
		return;
	}
	buf_add_char(out, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c == '\n')
			buf_add(out, "\\n");
		else if (c < 0x20 || c == 0x7F)
			buf_addf(out, "\\u%04x", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '"');
}

static void
json_field(struct buf *out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_addf(out, ", \"%s\": ", name);
	json_text(out, value);
}

static void
json_order(struct buf *out, const char *order)
{
	buf_add(out, ", \"order\": [");
	for (size_t i = 0; order[i] != '\0'; i++)
		buf_addf(out, "%s\"%c\"", i > 0 ? ", " : "", order[i]);
	buf_add(out, "]");
}

static void
json_action(struct buf *out, const struct action *a)
{
	bool seat = a->kind == ACTION_APPLICATION
	    || a->kind == ACTION_NOMINATION;

	buf_add(out, "{\"intent\": ");
	json_text(out, action_word(a->kind));
	json_field(out, "body", a->body);
	json_field(out, "meeting", a->meeting);
	json_field(out, "hearing", a->hearing);
	json_field(out, "person", a->person);
	json_field(out, "substitute", a->substitute);
	json_field(out, "name", a->name);
	if (a->email != NULL || seat) {
		buf_add(out, ", \"email\": ");
		json_text(out, a->email);
	}
	json_field(out, "by", a->by);
	json_field(out, "title", a->title);
	if (a->order != NULL)
		json_order(out, a->order);
	if (a->deadline_day.year != 0) {
		char day[DATE_TEXT_BYTES];

		date_format(a->deadline_day, day);
		json_field(out, "deadline", day);
	}
	json_field(out, "to", a->to);
	json_field(out, "ref", a->ref);
	if (a->part >= 0 && a->kind == ACTION_MINUTES_SUBMIT)
		buf_addf(out, ", \"part\": %d", a->part);
	json_field(out, "text", a->text);
	buf_add(out, "}");
}

static void
json_actions(struct buf *out, const char *name, const struct action *list,
    size_t n)
{
	buf_addf(out, ",\n \"%s\": [", name);
	for (size_t i = 0; i < n; i++) {
		buf_add(out, i > 0 ? ",\n  " : "\n  ");
		json_action(out, &list[i]);
	}
	buf_add(out, "]");
}

static void
json_list(struct buf *out, const char *name, const char *const *list,
    size_t n)
{
	buf_addf(out, ",\n \"%s\": [", name);
	for (size_t i = 0; i < n; i++) {
		buf_add(out, i > 0 ? ",\n  " : "\n  ");
		json_text(out, list[i]);
	}
	buf_add(out, "]");
}

void
purpose_json(struct buf *out, const struct mail *mail,
    const struct purpose *p)
{
	buf_add(out, "{\"mail\": ");
	json_text(out, mail->message_id);
	buf_add(out, ",\n \"sender\": {\"email\": ");
	json_text(out, p->sender.email);
	buf_add(out, ", \"person\": ");
	json_text(out, p->sender.person);
	buf_add(out, ", \"roles\": ");
	json_text(out, p->sender.roles);
	buf_addf(out, ", \"verified\": %s, \"by\": ",
	    p->sender.verified ? "true" : "false");
	json_text(out, p->sender.by);
	buf_add(out, "},\n \"subject\": ");
	json_text(out, p->subject);
	buf_add(out, ",\n \"text\": ");
	json_text(out, p->text);
	buf_add(out, ",\n \"outcome\": ");
	json_text(out, outcome_word(p->outcome));
	json_field(out, "reason", p->reason);
	json_field(out, "body", p->body);
	json_actions(out, "actions", p->actions, p->n_actions);
	if (p->n_pending > 0)
		json_actions(out, "pending", p->pending, p->n_pending);
	if (p->n_choices > 0)
		json_list(out, "choices", p->choices, p->n_choices);
	if (p->distress)
		buf_add(out, ",\n \"distress\": true");
	if (p->alarm)
		buf_add(out, ",\n \"alarm\": true");
	json_field(out, "unreachable", p->unreachable);
	json_list(out, "why", p->why, p->n_why);
	buf_add(out, "}\n");
}

/* --- for a person ------------------------------------------------------ */

static void
note_field(struct buf *out, const char *words, const char *value)
{
	if (value != NULL && value[0] != '\0')
		buf_addf(out, "%s%s", words, value);
}

static void
note_action(struct buf *out, const struct action *a)
{
	buf_addf(out, "  - %s", action_word(a->kind));
	note_field(out, " of ", a->person);
	note_field(out, ", instead comes ", a->substitute);
	note_field(out, " for ", a->meeting != NULL ? a->meeting
	    : a->hearing != NULL ? a->hearing : a->body);
	note_field(out, ": ", a->title);
	note_field(out, ": ", a->name);
	note_field(out, " <", a->name != NULL ? a->email : NULL);
	if (a->name != NULL && a->email != NULL)
		buf_add(out, ">");
	note_field(out, ", proposed by ", a->by);
	note_field(out, ", in the order ", a->order);
	note_field(out, ", from now on ", a->to);
	if (a->name == NULL)
		note_field(out, ", address ", a->email);
	if (a->deadline_day.year != 0) {
		char day[DATE_TEXT_BYTES];

		date_format(a->deadline_day, day);
		buf_addf(out, ", due %s", day);
	}
	buf_add(out, "\n");
}

static const char *
outcome_note(const struct purpose *p)
{
	switch (p->outcome) {
	case OUTCOME_ACT:
		return "Carried out, with one receipt to the sender";
	case OUTCOME_ASK:
		return "Nothing is carried out yet; the sender is asked";
	case OUTCOME_HUMAN:
		return "Goes to the secretary; the sender gets a short receipt";
	default:
		return "Nothing is carried out, and nobody is answered";
	}
}

void
purpose_text(struct buf *out, const struct mail *mail,
    const struct purpose *p)
{
	buf_addf(out, "From:    %s", p->sender.email != NULL
	    ? p->sender.email : "nobody that can be named");
	if (p->sender.person != NULL)
		buf_addf(out, " (%s; %s)", p->sender.person,
		    p->sender.roles != NULL ? p->sender.roles : "no role");
	buf_addf(out, "\nKnown:   %s, by %s\n", p->sender.verified ? "yes"
	    : "no", p->sender.by != NULL ? p->sender.by : "nothing");
	buf_addf(out, "Mail:    %s\n", mail->message_id != NULL
	    ? mail->message_id : "without a Message-ID");
	buf_addf(out, "Subject: %s\n\n", p->subject);
	buf_addf(out, "%s", outcome_note(p));
	if (p->reason != NULL)
		buf_addf(out, " (%s)", p->reason);
	buf_add(out, ".\n");
	for (size_t i = 0; i < p->n_actions; i++)
		note_action(out, &p->actions[i]);
	if (p->n_pending > 0)
		buf_add(out, "An answer would carry out:\n");
	for (size_t i = 0; i < p->n_pending; i++)
		note_action(out, &p->pending[i]);
	if (p->n_choices > 0)
		buf_add(out, "To choose between:\n");
	for (size_t i = 0; i < p->n_choices; i++)
		buf_addf(out, "  - %s\n", p->choices[i]);
	if (p->unreachable != NULL)
		buf_addf(out, "Out of reach%s: %s\n", p->unreachable_hard
		    ? " for good" : "", p->unreachable);
	if (p->n_why > 0)
		buf_add(out, "\nWhy:\n");
	for (size_t i = 0; i < p->n_why; i++)
		buf_addf(out, "  %s\n", p->why[i]);
	if (p->text != NULL && p->text[0] != '\0')
		buf_addf(out, "\nOwn words:\n%s\n", p->text);
}
