/* SPDX-License-Identifier: MIT */
/* cli/settings.h: raadspost.conf, key by key.
 *
 * Shapes   what an installation is: one municipality, one mailbox, one
 *          database
 * Units    as the names say
 * Errors   RC_NONE no such file; RC_STOP `file:line: …; the cure`
 * Owner    the arena's; secrets are read apart, by settings_secrets, and
 *          wiped by settings_wipe
 * Source   raadspost.conf(5)
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/err.h"
#include "dispatch/sender.h"
#include "intake/reader.h"
#include "mail/auth.h"
#include "mail/server.h"

struct arena;

struct settings {
	const char *file;		/* where it was read */
	const char *folder;		/* of that file; relative paths begin
					 * here */
	const struct config *config;
	const char *municipality, *mailbox, *domain, *language, *timezone;
	const char *secretary, *phone_help, *letterhead;
	const char *journal;		/* address of the journal; NULL */
	const char *ground;		/* by what right; "" none */
	const char *pages_url;		/* of publish; "" not said */
	const char *database, *control, *templates, *lexicons;
	const char *imap_secret, *smtp_secret, *oauth_secret; /* names */
	struct reader_setup reader;
	struct sender_setup sender;
	struct auth_trust trust;
	bool trial;
	int answers_per_hour, stranger_answers_per_day;
	uint32_t parsers;
	int64_t parse_ms;		/* for one mail */
	int64_t uncertain_wait_s;	/* THREATS failure 2 */
	int64_t give_up_s;		/* RFC 5321 §4.5.4.1: four to five
					 * days */
	int64_t retry_s;		/* the first pause of a letter */
	int keep_mail_days, keep_log_days, keep_asked_days;
};

enum rc settings_read(struct arena *arena, const char *path,
	struct settings *settings, struct err *err);

/* Reads the secrets from $CREDENTIALS_DIRECTORY, else from files of mode
 * 0600; nothing is kept of one that a server's `auth` does not use. */
enum rc settings_secrets(struct arena *arena, struct settings *settings,
	struct err *err);
void settings_wipe(struct settings *settings);

/* The table of keys, for the manual's test. */
extern const struct config_key settings_keys[];

#endif
