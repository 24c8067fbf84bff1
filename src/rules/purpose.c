/* SPDX-License-Identifier: MIT */
/* The words of outcomes and actions. */
#include "rules/purpose.h"

#include <string.h>

static const char *const outcome_words[] = {
	[OUTCOME_ACT] = "act",
	[OUTCOME_ASK] = "ask",
	[OUTCOME_HUMAN] = "human",
	[OUTCOME_SILENT] = "silent",
};

static const char *const action_words[ACTION_KINDS] = {
	[ACTION_ABSENCE] = "absence",
	[ACTION_ATTENDANCE] = "attendance",
	[ACTION_TENTATIVE] = "tentative",
	[ACTION_SUBSTITUTE] = "substitute",
	[ACTION_AGENDA_ITEM] = "agenda-item",
	[ACTION_APPLICATION] = "application",
	[ACTION_NOMINATION] = "nomination",
	[ACTION_AGENDA_APPROVE] = "agenda-approve",
	[ACTION_AGENDA_EDIT] = "agenda-edit",
	[ACTION_MINUTES_SUBMIT] = "minutes-submit",
	[ACTION_MINUTES_APPROVE] = "minutes-approve",
	[ACTION_MINUTES_COMMENT] = "minutes-comment",
	[ACTION_HEARING_OPEN] = "hearing-open",
	[ACTION_HEARING_COMMENT] = "hearing-comment",
	[ACTION_HEARING_APPROVE] = "hearing-approve",
	[ACTION_HEARING_EDIT] = "hearing-edit",
	[ACTION_HEARING_STATUS] = "hearing-status",
	[ACTION_HEARING_TIME] = "hearing-time",
	[ACTION_IDEA] = "idea",
	[ACTION_RANKING] = "ranking",
	[ACTION_SUBSCRIBE] = "subscribe",
	[ACTION_UNSUBSCRIBE] = "unsubscribe",
	[ACTION_DATA_ACCESS] = "data-access",
	[ACTION_DATA_ERASE] = "data-erase",
	[ACTION_ADDRESS_CHANGE] = "address-change",
	[ACTION_FIND] = "find",
	[ACTION_READER_CHOICE] = "reader-choice",
	[ACTION_MEETING_PLAN] = "meeting-plan",
	[ACTION_MEETING_MOVE] = "meeting-move",
	[ACTION_MEETING_CANCEL] = "meeting-cancel",
	[ACTION_MEETING_CHANGE] = "meeting-change",
	[ACTION_MEETING_GUEST] = "meeting-guest",
	[ACTION_GUEST_REPLY] = "guest-reply",
	[ACTION_RESIGN] = "resign",
	[ACTION_MEMBER_ADD] = "member-add",
	[ACTION_MEMBER_LEAVE] = "member-leave",
	[ACTION_MEMBER_ROLE] = "member-role",
	[ACTION_MEMBER_REACHED] = "member-reached",
	[ACTION_UNDO] = "undo",
	[ACTION_CONSENT] = "consent",
	[ACTION_CONSENT_REFUSE] = "consent-refuse",
	[ACTION_CONFIRM] = "confirm",
	[ACTION_FOLLOW_UP_DONE] = "follow-up-done",
	[ACTION_FOLLOW_UP_DATE] = "follow-up-date",
	[ACTION_APPLICATION_ADD] = "application-add",
	[ACTION_APPLICATION_KEEP] = "application-keep",
	[ACTION_APPLICATION_WITHDRAW] = "application-withdraw",
	[ACTION_CALL_OPEN] = "call-open",
	[ACTION_APPOINT] = "appoint",
	[ACTION_TOPIC_NAME] = "topic-name",
	[ACTION_TOPIC_END] = "topic-end",
	[ACTION_TOPIC_LIST] = "topic-list",
	[ACTION_ROUND_OPEN] = "round-open",
	[ACTION_ROUND_STOP] = "round-stop",
	[ACTION_GROUP_OPEN] = "group-open",
	[ACTION_GROUP_JOIN] = "group-join",
	[ACTION_GROUP_LEAVE] = "group-leave",
	[ACTION_GROUP_END] = "group-end",
	[ACTION_GROUP_POST] = "group-post",
	[ACTION_GROUP_STATUS] = "group-status",
	[ACTION_DECIDE] = "decide",
	[ACTION_WORKSHOP_OPEN] = "workshop-open",
	[ACTION_REGISTER] = "register",
	[ACTION_REGISTER_CANCEL] = "register-cancel",
	[ACTION_WORKSHOP_IDEA] = "workshop-idea",
	[ACTION_WORKSHOP_GROUP] = "workshop-group",
	[ACTION_WORKSHOP_RELEASE] = "workshop-release",
	[ACTION_WORKSHOP_DECIDED] = "workshop-decided",
	[ACTION_WORKSHOP_STOP] = "workshop-stop",
	[ACTION_TRAIL_STOP] = "trail-stop",
};

const char *
outcome_word(enum outcome outcome)
{
	return outcome_words[outcome];
}

const char *
action_word(enum action_kind kind)
{
	return action_words[kind];
}

bool
action_read(const char *word, enum action_kind *kind)
{
	for (size_t i = 0; i < ACTION_KINDS; i++)
		if (strcmp(action_words[i], word) == 0) {
			*kind = (enum action_kind)i;
			return true;
		}
	return false;
}
