/* SPDX-License-Identifier: MIT */
/* Looking things up in the world, and the words of its enums. */
#include "rules/world.h"

#include <string.h>

#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const role_words[] = {
	[ROLE_NONE] = "none",
	[ROLE_CHAIR] = "chair",
	[ROLE_VICE_CHAIR] = "vice-chair",
	[ROLE_MEMBER] = "member",
	[ROLE_APPOINTEE] = "appointee",
	[ROLE_SUBSTITUTE] = "substitute",
	[ROLE_SECRETARY] = "secretary",
	[ROLE_GUEST] = "guest",
	[ROLE_SUBSCRIBER] = "subscriber",
};

static const char *const body_kind_words[] = {
	[BODY_COUNCIL] = "council",
	[BODY_COMMITTEE] = "committee",
	[BODY_AUTHORITY] = "authority",
};

static const char *const meeting_kind_words[] = {
	[MEETING_ORDINARY] = "ordinary",
	[MEETING_DIALOGUE] = "dialogue",
	[MEETING_THEME] = "theme",
	[MEETING_JOINT] = "joint",
	[MEETING_WORKSHOP] = "workshop",
};

static const char *const meeting_state_words[] = {
	[MEETING_PLANNED] = "planned",
	[MEETING_CALLED] = "called",
	[MEETING_HELD] = "held",
	[MEETING_MINUTES_DRAFT] = "minutes-draft",
	[MEETING_MINUTES_RELEASED] = "minutes-released",
	[MEETING_CANCELLED] = "cancelled",
};

static const char *const letter_kind_words[] = {
	[LETTER_OTHER] = "other",
	[LETTER_RECEIPT] = "receipt",
	[LETTER_INVITATION] = "invitation",
	[LETTER_AGENDA_DRAFT] = "agenda-draft",
	[LETTER_AGENDA] = "agenda",
	[LETTER_REMINDER] = "reminder",
	[LETTER_MINUTES_FORM] = "minutes-form",
	[LETTER_MINUTES_DRAFT] = "minutes-draft",
	[LETTER_MINUTES] = "minutes",
	[LETTER_HEARING] = "hearing",
	[LETTER_TOPIC_RANKING] = "topic-ranking",
	[LETTER_APPLICATION_RECEIPT] = "application-receipt",
	[LETTER_CONSENT] = "consent",
	[LETTER_CONFIRM] = "confirm",
	[LETTER_NOTICE] = "notice",
	[LETTER_SUBSTITUTE_CALL] = "substitute-call",
	[LETTER_FOLLOW_UP] = "follow-up",
	[LETTER_CALL] = "call",
	[LETTER_SEAT_LIST] = "seat-list",
	[LETTER_DECISION] = "decision",
	[LETTER_TRAIL] = "trail",
	[LETTER_LATE_ITEM] = "late-item",
	[LETTER_GUEST] = "guest",
	[LETTER_TOPICS] = "topics",
	[LETTER_GROUP] = "group",
	[LETTER_GROUP_STATUS] = "group-status",
	[LETTER_WORKSHOP] = "workshop",
	[LETTER_WORKSHOP_OFFER] = "workshop-offer",
	[LETTER_WORKSHOP_REPORT] = "workshop-report",
	[LETTER_HEARING_DRAFT] = "hearing-draft",
};

static bool
word_read(const char *const *words, size_t n, const char *word, size_t *at)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0) {
			*at = i;
			return true;
		}
	return false;
}

const struct world_body *
world_body(const struct world *world, const char *slug)
{
	for (size_t i = 0; slug != NULL && i < world->n_bodies; i++)
		if (strcmp(world->bodies[i].slug, slug) == 0)
			return &world->bodies[i];
	return NULL;
}

const struct world_meeting *
world_meeting(const struct world *world, const char *id,
    const struct world_body **body)
{
	for (size_t i = 0; id != NULL && i < world->n_bodies; i++) {
		const struct world_body *b = &world->bodies[i];

		for (size_t k = 0; k < b->n_meetings; k++) {
			if (strcmp(b->meetings[k].id, id) != 0)
				continue;
			if (body != NULL)
				*body = b;
			return &b->meetings[k];
		}
	}
	return NULL;
}

const struct world_body *
world_with(const struct world *world, const struct world_meeting *meeting,
    size_t at)
{
	const char *slug = meeting->with_body;

	while (slug != NULL && *slug != '\0') {
		size_t n = strcspn(slug, " ");

		for (size_t i = 0; i < world->n_bodies; i++) {
			const struct world_body *body = &world->bodies[i];

			if (strlen(body->slug) == n && strncmp(body->slug,
			    slug, n) == 0 && at-- == 0)
				return body;
		}
		slug += n + strspn(slug + n, " ");
	}
	return NULL;
}

bool
world_is_with(const struct world_meeting *meeting, const char *slug)
{
	size_t length = strlen(slug);

	for (const char *at = meeting->with_body; at != NULL && *at != '\0';) {
		size_t n = strcspn(at, " ");

		if (n == length && strncmp(at, slug, n) == 0)
			return true;
		at += n + strspn(at + n, " ");
	}
	return false;
}

const struct world_sent *
world_sent(const struct world *world, const char *message_id)
{
	for (size_t i = 0; message_id != NULL && i < world->n_sent; i++)
		if (strcmp(world->sent[i].message_id, message_id) == 0)
			return &world->sent[i];
	return NULL;
}

const struct world_hearing *
world_hearing(const struct world *world, const char *id,
    const struct world_body **body)
{
	for (size_t i = 0; id != NULL && i < world->n_bodies; i++)
		for (size_t k = 0; k < world->bodies[i].n_hearings; k++) {
			const struct world_hearing *h =
			    &world->bodies[i].hearings[k];

			if (strcmp(h->id, id) != 0)
				continue;
			if (body != NULL)
				*body = &world->bodies[i];
			return h;
		}
	return NULL;
}

bool
world_hearing_asks(const struct world_hearing *h, const char *email)
{
	for (size_t i = 0; h != NULL && email != NULL && i < h->n_parties; i++)
		if (text_equal_nocase(h->parties[i].email, email))
			return true;
	return false;
}

const struct world_person *
world_person(const struct world_body *body, const char *email)
{
	for (size_t i = 0; email != NULL && i < body->n_people; i++)
		if (text_equal_nocase(body->people[i].email, email))
			return &body->people[i];
	return NULL;
}

const char *
world_role_word(enum role role)
{
	return role_words[role];
}

const char *
world_meeting_state_word(enum meeting_state state)
{
	return meeting_state_words[state];
}

const char *
world_meeting_kind_word(enum meeting_kind kind)
{
	return meeting_kind_words[kind];
}

const struct world_group *
world_group(const struct world_body *body, const char *tag)
{
	for (size_t i = 0; body != NULL && tag != NULL && i < body->n_groups;
	    i++)
		if (strcmp(body->groups[i].tag, tag) == 0)
			return &body->groups[i];
	return NULL;
}

const struct world_group *
world_group_ref(const struct world *world, const char *ref,
    const struct world_body **body)
{
	const char *mark = ref == NULL ? NULL : strstr(ref, "/g/");

	for (size_t i = 0; mark != NULL && i < world->n_bodies; i++) {
		const struct world_body *b = &world->bodies[i];
		const struct world_group *g = NULL;

		if (strlen(b->slug) == (size_t)(mark - ref) &&
		    strncmp(b->slug, ref, (size_t)(mark - ref)) == 0)
			g = world_group(b, mark + 3);
		if (g != NULL && body != NULL)
			*body = b;
		if (g != NULL)
			return g;
	}
	return NULL;
}

bool
world_group_has(const struct world_group *group, const char *email)
{
	const char *at = group->members;
	size_t n = email == NULL ? 0 : strlen(email);

	while (n > 0 && (at = strstr(at, email)) != NULL) {
		if (at > group->members && at[-1] == ' ' && at[n] == ' ')
			return true;
		at++;
	}
	return false;
}

const char *
world_letter_kind_word(enum letter_kind kind)
{
	return letter_kind_words[kind];
}

bool
world_role_read(const char *word, enum role *role)
{
	size_t at;

	if (!word_read(role_words, COUNT(role_words), word, &at))
		return false;
	*role = (enum role)at;
	return true;
}

bool
world_meeting_state_read(const char *word, enum meeting_state *state)
{
	size_t at;

	if (!word_read(meeting_state_words, COUNT(meeting_state_words), word,
	    &at))
		return false;
	*state = (enum meeting_state)at;
	return true;
}

bool
world_meeting_kind_read(const char *word, enum meeting_kind *kind)
{
	size_t at;

	if (!word_read(meeting_kind_words, COUNT(meeting_kind_words), word,
	    &at))
		return false;
	*kind = (enum meeting_kind)at;
	return true;
}

bool
world_body_kind_read(const char *word, enum body_kind *kind)
{
	size_t at;

	if (!word_read(body_kind_words, COUNT(body_kind_words), word, &at))
		return false;
	*kind = (enum body_kind)at;
	return true;
}

enum letter_kind
world_letter_kind_read(const char *word)
{
	size_t at;

	return word_read(letter_kind_words, COUNT(letter_kind_words), word,
	    &at) ? (enum letter_kind)at : LETTER_OTHER;
}
