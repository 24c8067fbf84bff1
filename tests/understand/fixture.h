/* SPDX-License-Identifier: MIT */
/* A small municipality for the tests of this room: a council with a member, a
 * secretary and a meeting, the committee it meets, and letters of ours. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "rules/world.h"

#define MEETING_AT 1795705200	/* 26 November 2026 16.00 */
#define TOKEN "abcdefghijklmnopqrstuvwx23"
#define TOKEN_CONFIRM "confirmconfirmconfirmconfi"

static const struct world_person fixture_council[] = {
	{ "Kirsten Holst", "kirsten.holst@posteo.example", "user", NULL,
	    ROLE_CHAIR },
	{ "Mogens B\xc3\xa6k", "mb@rusmiddelcenter.example", "staff", NULL,
	    ROLE_VICE_CHAIR },
	{ "Hanne Thorup", "hath@fjordby.example", NULL, NULL, ROLE_MEMBER },
	{ "Mette Krogh", "mekr@fjordby.example", NULL, NULL,
	    ROLE_SECRETARY },
};

static const struct world_person fixture_committee[] = {
	{ "Hanne Thorup", "hath@fjordby.example", NULL, NULL, ROLE_CHAIR },
	{ "Kasper Lund", "kalu@fjordby.example", NULL, NULL, ROLE_MEMBER },
};

static const struct world_meeting fixture_meetings[] = {
	{ .id = "udsatteraad/2026-11-26", .start_at = MEETING_AT,
	    .uid = "udsatteraad-2026-11-26@fjordby.example",
	    .state = MEETING_CALLED },
	{ .id = "udsatteraad/2026-12-08", .start_at = MEETING_AT + 1036800,
	    .uid = "udsatteraad-2026-12-08@fjordby.example",
	    .kind = MEETING_DIALOGUE, .with_body = "socialudvalg" },
};

static const struct world_hearing fixture_hearings[] = {
	{ .id = "udsatteraad/h/bolig", .title = "Boligpolitik" },
};

static const struct world_body fixture_bodies[] = {
	{ .slug = "udsatteraad", .people = fixture_council, .n_people = 4,
	    .meetings = fixture_meetings, .n_meetings = 2,
	    .hearings = fixture_hearings, .n_hearings = 1 },
	{ .slug = "integrationsraad" },
	{ .slug = "socialudvalg", .kind = BODY_COMMITTEE,
	    .people = fixture_committee, .n_people = 2 },
};

static const struct world_sent fixture_sent[] = {
	{ .message_id = "<invitation.1@fjordby.example>",
	    .kind = LETTER_INVITATION, .ref = "udsatteraad/2026-11-26",
	    .to = "kirsten.holst@posteo.example", .token = TOKEN },
	{ .message_id = "<hearing.2@fjordby.example>",
	    .kind = LETTER_HEARING, .ref = "udsatteraad/h/bolig",
	    .to = "mb@rusmiddelcenter.example" },
	{ .message_id = "<confirm.3@fjordby.example>",
	    .kind = LETTER_CONFIRM, .ref = "udsatteraad",
	    .to = "kirsten.holst@posteo.example", .token = TOKEN_CONFIRM },
};

static const struct world_address fixture_addresses[] = {
	{ "raadspost@fjordby.example", NULL },
	{ "udsatteraad@fjordby.example", "udsatteraad" },
	{ "integrationsraad@fjordby.example", "integrationsraad" },
};

static const struct world fixture = {
	.mailbox = "raadspost@fjordby.example",
	.addresses = fixture_addresses, .n_addresses = 3,
	.bodies = fixture_bodies, .n_bodies = 3,
	.sent = fixture_sent, .n_sent = 3,
};

#endif
