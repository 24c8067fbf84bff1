/* SPDX-License-Identifier: MIT */
/* The keys of raadspost.conf, and what they mean together. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

#define MB ((int64_t)1024 * 1024)

static const struct config_key imap_keys[] = {
	{ .name = "host", .type = CONFIG_TEXT, .required = true },
	{ .name = "port", .type = CONFIG_NUMBER, .least = 1, .most = 65535 },
	{ .name = "tls", .type = CONFIG_TEXT, .preset = "implicit",
	    .choices = "implicit starttls none" },
	{ .name = "ca-file", .type = CONFIG_TEXT },
	{ .name = "auth", .type = CONFIG_TEXT, .preset = "password",
	    .choices = "password xoauth2" },
	{ .name = "user", .type = CONFIG_TEXT },
	{ .name = "secret", .type = CONFIG_TEXT, .preset = "imap" },
	{ .name = "timeout", .type = CONFIG_NUMBER, .preset = "60",
	    .least = 5, .most = 600 },
	{ .name = "mailbox", .type = CONFIG_TEXT, .preset = "INBOX" },
	{ .name = "poll", .type = CONFIG_NUMBER, .preset = "300",
	    .least = 10, .most = 3600 },
	{ .type = CONFIG_END },
};

static const struct config_key smtp_keys[] = {
	{ .name = "host", .type = CONFIG_TEXT, .required = true },
	{ .name = "port", .type = CONFIG_NUMBER, .least = 1, .most = 65535 },
	{ .name = "tls", .type = CONFIG_TEXT, .preset = "implicit",
	    .choices = "implicit starttls none" },
	{ .name = "ca-file", .type = CONFIG_TEXT },
	{ .name = "auth", .type = CONFIG_TEXT, .preset = "password",
	    .choices = "password xoauth2 none" },
	{ .name = "user", .type = CONFIG_TEXT },
	{ .name = "secret", .type = CONFIG_TEXT, .preset = "smtp" },
	{ .name = "timeout", .type = CONFIG_NUMBER, .preset = "300",
	    .least = 5, .most = 1200 },
	{ .name = "connections", .type = CONFIG_NUMBER, .preset = "2",
	    .least = 1, .most = 16 },
	{ .name = "per-minute", .type = CONFIG_NUMBER, .preset = "0",
	    .least = 0, .most = 100000 },
	{ .name = "hello", .type = CONFIG_TEXT },
	{ .type = CONFIG_END },
};

static const struct config_key oauth_keys[] = {
	{ .name = "token-url", .type = CONFIG_TEXT },
	{ .name = "client-id", .type = CONFIG_TEXT },
	{ .name = "scope", .type = CONFIG_TEXT,
	    .preset = "https://outlook.office365.com/.default" },
	{ .name = "secret", .type = CONFIG_TEXT, .preset = "oauth" },
	{ .type = CONFIG_END },
};

static const struct config_key trust_keys[] = {
	{ .name = "profile", .type = CONFIG_TEXT, .preset = "standard",
	    .choices = "standard exchange" },
	{ .name = "authserv-id", .type = CONFIG_TEXT },
	{ .name = "hosts", .type = CONFIG_LIST },
	{ .name = "below-received", .type = CONFIG_FLAG, .preset = "no" },
	{ .type = CONFIG_END },
};

static const struct config_key folder_keys[] = {
	{ .name = "done", .type = CONFIG_TEXT,
	    .preset = "Rådspost/Behandlet" },
	{ .name = "secretary", .type = CONFIG_TEXT,
	    .preset = "Rådspost/Til sekretæren" },
	{ .name = "fault", .type = CONFIG_TEXT, .preset = "Rådspost/Fejl" },
	{ .type = CONFIG_END },
};

static const struct config_key limit_keys[] = {
	{ .name = "mail-size", .type = CONFIG_NUMBER, .preset = "40",
	    .least = 1, .most = 150 },
	{ .name = "answers-per-hour", .type = CONFIG_NUMBER, .preset = "20",
	    .least = 1, .most = 1000 },
	{ .name = "stranger-answers-per-day", .type = CONFIG_NUMBER,
	    .preset = "1", .least = 0, .most = 100 },
	{ .name = "parsers", .type = CONFIG_NUMBER, .preset = "1",
	    .least = 1, .most = 2 },
	{ .name = "parse-seconds", .type = CONFIG_NUMBER, .preset = "10",
	    .least = 1, .most = 120 },
	{ .name = "retry-seconds", .type = CONFIG_NUMBER, .preset = "60",
	    .least = 1, .most = 3600 },
	{ .name = "uncertain-seconds", .type = CONFIG_NUMBER,
	    .preset = "600", .least = 0, .most = 86400 },
	{ .name = "give-up-days", .type = CONFIG_NUMBER, .preset = "5",
	    .least = 1, .most = 30 },
	{ .type = CONFIG_END },
};

static const struct config_key keep_keys[] = {
	{ .name = "mail-days", .type = CONFIG_NUMBER, .preset = "180",
	    .least = 30, .most = 3650 },
	{ .name = "log-days", .type = CONFIG_NUMBER, .preset = "90",
	    .least = 7, .most = 3650 },
	{ .name = "asked-days", .type = CONFIG_NUMBER, .preset = "30",
	    .least = 1, .most = 3650 },
	{ .type = CONFIG_END },
};

const struct config_key settings_keys[] = {
	{ .name = "municipality", .type = CONFIG_TEXT, .required = true },
	{ .name = "mailbox", .type = CONFIG_TEXT, .required = true },
	{ .name = "domain", .type = CONFIG_TEXT },
	{ .name = "language", .type = CONFIG_TEXT, .preset = "da",
	    .choices = "da en" },
	{ .name = "timezone", .type = CONFIG_TEXT,
	    .preset = "Europe/Copenhagen" },
	{ .name = "mode", .type = CONFIG_TEXT, .preset = "trial",
	    .choices = "trial live" },
	{ .name = "secretary", .type = CONFIG_TEXT, .required = true },
	{ .name = "phone-help", .type = CONFIG_PROSE },
	{ .name = "journal", .type = CONFIG_TEXT },
	{ .name = "letterhead", .type = CONFIG_PROSE },
	{ .name = "pages-url", .type = CONFIG_TEXT },
	{ .name = "ground", .type = CONFIG_TEXT, .preset = "" },
	{ .name = "database", .type = CONFIG_TEXT,
	    .preset = "raadspost.db" },
	{ .name = "control", .type = CONFIG_TEXT },
	{ .name = "templates", .type = CONFIG_TEXT },
	{ .name = "lexicons", .type = CONFIG_TEXT },
	{ .name = "imap", .type = CONFIG_SECTION, .keys = imap_keys },
	{ .name = "smtp", .type = CONFIG_SECTION, .keys = smtp_keys },
	{ .name = "oauth", .type = CONFIG_SECTION, .keys = oauth_keys },
	{ .name = "trust", .type = CONFIG_SECTION, .keys = trust_keys },
	{ .name = "folders", .type = CONFIG_SECTION, .keys = folder_keys },
	{ .name = "limits", .type = CONFIG_SECTION, .keys = limit_keys },
	{ .name = "keep", .type = CONFIG_SECTION, .keys = keep_keys },
	{ .type = CONFIG_END },
};

static const char *
path_in(struct arena *arena, const char *folder, const char *path)
{
	if (path == NULL || *path == '/')
		return path;
	return arena_printf(arena, "%s/%s", folder, path);
}

static bool
is_loopback(const char *host)
{
	return text_starts(host, "127.") || strcmp(host, "localhost") == 0
	    || strcmp(host, "::1") == 0;
}

static enum server_tls
tls_of(const char *word)
{
	return *word == 'i' ? SERVER_TLS_IMPLICIT : *word == 's'
	    ? SERVER_TLS_STARTTLS : SERVER_TLS_NONE;
}

static enum server_auth
auth_of(const char *word)
{
	return *word == 'p' ? SERVER_AUTH_PASSWORD : *word == 'x'
	    ? SERVER_AUTH_XOAUTH2 : SERVER_AUTH_NONE;
}

/* What both servers have; `ports` by enum server_tls. */
static enum rc
server_of(struct arena *arena, const struct settings *s, const char *section,
    const uint16_t ports[3], struct server *server, struct err *err)
{
	const struct config *c = config_section(s->config, section, 0);
	const struct config *oauth = config_section(s->config, "oauth", 0);

	*server = (struct server){
		.host = config_text(c, "host"),
		.tls = tls_of(config_text(c, "tls")),
		.ca_file = path_in(arena, s->folder, config_text(c, "ca-file")),
		.auth = auth_of(config_text(c, "auth")),
		.user = config_text(c, "user"),
		.timeout_s = (uint32_t)config_number(c, "timeout"),
	};
	server->port = config_is_given(c, "port")
	    ? (uint16_t)config_number(c, "port") : ports[server->tls];
	if (server->user == NULL)
		server->user = s->mailbox;
	if (server->tls == SERVER_TLS_NONE && !is_loopback(server->host))
		return config_fail(c, "tls", err, "«%s.tls = none» would send "
		    "everything in clear to %s; only allowed on this machine "
		    "(127.0.0.1). Use implicit or starttls", section,
		    server->host);
	if (server->auth != SERVER_AUTH_XOAUTH2)
		return RC_OK;
	server->token_url = config_text(oauth, "token-url");
	server->client_id = config_text(oauth, "client-id");
	server->scope = config_text(oauth, "scope");
	if (server->token_url == NULL || server->client_id == NULL)
		return config_fail(oauth, NULL, err, "«%s.auth = xoauth2» "
		    "wants «oauth.token-url» and «oauth.client-id»", section);
	if (!text_starts(server->token_url, "https://")
	    && !text_starts(server->token_url, "http://127.0.0.1"))
		return config_fail(oauth, "token-url", err, "«oauth.token-url» "
		    "begins with https://, since the secret goes there");
	return RC_OK;
}

static bool
is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at > text && at[1] != '\0'
	    && strchr(at + 1, '@') == NULL && strpbrk(text, " <>,;\"") == NULL;
}

static enum rc
house_of(struct arena *arena, struct settings *s, struct err *err)
{
	const struct config *c = s->config;

	s->municipality = config_text(c, "municipality");
	s->mailbox = text_lower(arena, config_text(c, "mailbox"));
	s->secretary = text_lower(arena, config_text(c, "secretary"));
	s->language = config_text(c, "language");
	s->timezone = config_text(c, "timezone");
	s->phone_help = config_text(c, "phone-help");
	s->letterhead = config_text(c, "letterhead");
	s->journal = config_text(c, "journal");
	s->pages_url = config_text(c, "pages-url");
	if (s->pages_url == NULL)
		s->pages_url = "";
	s->ground = config_text(c, "ground");
	if (s->ground == NULL)
		s->ground = "";
	s->trial = strcmp(config_text(c, "mode"), "trial") == 0;
	if (!is_address(s->mailbox))
		return config_fail(c, "mailbox", err, "«mailbox» is an "
		    "address, as raadspost@municipality.example");
	if (!is_address(s->secretary))
		return config_fail(c, "secretary", err, "«secretary» is the "
		    "address of the one who decides");
	if (strcmp(s->secretary, s->mailbox) == 0)
		return config_fail(c, "secretary", err, "«secretary» must be "
		    "another address than «mailbox», or we would write to "
		    "ourselves");
	if (s->journal != NULL && !text_equal_nocase(strrchr(s->journal, '@'),
	    strrchr(s->mailbox, '@')))
		return config_fail(c, "journal", err, "«journal» must be an "
		    "address of the same domain as «mailbox»: citizens' words "
		    "go there");
	s->domain = config_text(c, "domain");
	if (s->domain == NULL)
		s->domain = strchr(s->mailbox, '@') + 1;
	if (strchr(s->timezone, '/') == NULL
	    || access(arena_printf(arena, "/usr/share/zoneinfo/%s",
	    s->timezone), R_OK) != 0)
		return config_fail(c, "timezone", err, "«timezone» is a name "
		    "as Europe/Copenhagen; %s is not in /usr/share/zoneinfo",
		    s->timezone);
	s->database = path_in(arena, s->folder, config_text(c, "database"));
	s->control = path_in(arena, s->folder, config_text(c, "control"));
	if (s->control == NULL)
		s->control = arena_printf(arena, "%s.sock", s->database);
	s->templates = path_in(arena, s->folder, config_text(c, "templates"));
	s->lexicons = path_in(arena, s->folder, config_text(c, "lexicons"));
	return RC_OK;
}

static enum rc
trust_of(struct settings *s, struct err *err)
{
	const struct config *c = config_section(s->config, "trust", 0);

	s->trust.profile = strcmp(config_text(c, "profile"), "exchange") == 0
	    ? AUTH_EXCHANGE : AUTH_STANDARD;
	s->trust.authserv_id = config_text(c, "authserv-id");
	s->trust.hosts = config_list(c, "hosts", &s->trust.n_hosts);
	s->trust.is_below = config_flag(c, "below-received");
	if (s->trust.profile == AUTH_STANDARD && s->trust.authserv_id == NULL)
		return config_fail(c, NULL, err, "«trust.authserv-id» is "
		    "missing: the name that your mail server writes first in "
		    "Authentication-Results (look into a mail it took). "
		    "Without it nobody is ever verified");
	return RC_OK;
}

static void
limits_of(struct settings *s)
{
	const struct config *c = config_section(s->config, "limits", 0);

	s->reader.mail_limit_bytes = config_number(c, "mail-size") * MB;
	s->answers_per_hour = (int)config_number(c, "answers-per-hour");
	s->stranger_answers_per_day = (int)config_number(c,
	    "stranger-answers-per-day");
	s->parsers = (uint32_t)config_number(c, "parsers");
	s->parse_ms = config_number(c, "parse-seconds") * 1000;
	s->retry_s = config_number(c, "retry-seconds");
	s->uncertain_wait_s = config_number(c, "uncertain-seconds");
	s->give_up_s = config_number(c, "give-up-days") * 86400;
	c = config_section(s->config, "keep", 0);
	s->keep_mail_days = (int)config_number(c, "mail-days");
	s->keep_log_days = (int)config_number(c, "log-days");
	s->keep_asked_days = (int)config_number(c, "asked-days");
}

static enum rc
servers_of(struct arena *arena, struct settings *s, struct err *err)
{
	static const uint16_t imap_ports[] = { 993, 143, 143 };
	static const uint16_t smtp_ports[] = { 465, 587, 25 };
	const struct config *imap = config_section(s->config, "imap", 0);
	const struct config *smtp = config_section(s->config, "smtp", 0);
	const struct config *folders = config_section(s->config, "folders", 0);
	enum rc rc;

	rc = server_of(arena, s, "imap", imap_ports, &s->reader.server, err);
	if (rc != RC_OK)
		return rc;
	s->reader.mailbox = config_text(imap, "mailbox");
	s->reader.poll_s = (uint32_t)config_number(imap, "poll");
	s->reader.folders[READER_DONE] = config_text(folders, "done");
	s->reader.folders[READER_SECRETARY] = config_text(folders,
	    "secretary");
	s->reader.folders[READER_FAULT] = config_text(folders, "fault");
	for (int i = 0; i < READER_FOLDERS; i++)
		if (strcmp(s->reader.folders[i], s->reader.mailbox) == 0)
			return config_fail(folders, NULL, err, "a mail cannot "
			    "be filed in «%s», from which it is read",
			    s->reader.mailbox);
	rc = server_of(arena, s, "smtp", smtp_ports, &s->sender.server, err);
	if (rc != RC_OK)
		return rc;
	s->sender.connections = (uint32_t)config_number(smtp, "connections");
	s->sender.per_minute = (uint32_t)config_number(smtp, "per-minute");
	s->sender.hello = config_text(smtp, "hello");
	if (s->sender.hello == NULL)
		s->sender.hello = s->domain;
	s->imap_secret = config_text(imap, "secret");
	s->smtp_secret = config_text(smtp, "secret");
	s->oauth_secret = config_text(config_section(s->config, "oauth", 0),
	    "secret");
	return RC_OK;
}

enum rc
settings_read(struct arena *arena, const char *path,
    struct settings *settings, struct err *err)
{
	struct settings s = { .file = path };
	const char *slash = strrchr(path, '/');
	char *folder;
	enum rc rc;

	rc = config_read_file(arena, path, settings_keys, &s.config, err);
	if (rc == RC_NONE)
		return fail(err, RC_NONE, "%s: no such file; «raadspost init "
		    "FOLDER» writes one, --config names one", path);
	if (rc != RC_OK)
		return rc;
	folder = slash == NULL ? realpath(".", NULL)
	    : realpath(arena_strndup(arena, path, (size_t)(slash - path) + 1),
	    NULL);
	if (folder == NULL)
		return fail(err, RC_STOP, "%s: its folder cannot be read",
		    path);
	s.folder = arena_strdup(arena, folder);
	free(folder);
	if ((rc = house_of(arena, &s, err)) != RC_OK
	    || (rc = servers_of(arena, &s, err)) != RC_OK
	    || (rc = trust_of(&s, err)) != RC_OK)
		return rc;
	limits_of(&s);
	(void)setenv("TZ", s.timezone, 1);
	tzset();
	*settings = s;
	return RC_OK;
}

/* A name is looked for in $CREDENTIALS_DIRECTORY (systemd's LoadCredential),
 * then beside the configuration; what has a «/» is a path. */
static enum rc
secret_read(struct arena *arena, const struct settings *s,
    const char *section, const char *name, const char **secret,
    struct err *err)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	enum rc rc = RC_NONE;

	if (folder != NULL && strchr(name, '/') == NULL)
		rc = file_read_secret(arena, arena_printf(arena, "%s/%s",
		    folder, name), secret, err);
	if (rc == RC_NONE)
		rc = file_read_secret(arena, path_in(arena, s->folder, name),
		    secret, err);
	if (rc == RC_NONE)
		return fail(err, RC_STOP, "%s: the secret of %s is missing; "
		    "write it alone into that file and chmod 600 it, or give "
		    "it as systemd credential «%s»",
		    path_in(arena, s->folder, name), section, name);
	return rc;
}

static enum rc
server_secret(struct arena *arena, const struct settings *s,
    const char *section, const char *name, struct server *server,
    struct err *err)
{
	switch (server->auth) {
	case SERVER_AUTH_NONE:
		return RC_OK;
	case SERVER_AUTH_PASSWORD:
		return secret_read(arena, s, section, name, &server->secret,
		    err);
	case SERVER_AUTH_XOAUTH2:
		return secret_read(arena, s, "oauth", s->oauth_secret,
		    &server->secret, err);
	}
	return RC_OK;
}

enum rc
settings_secrets(struct arena *arena, struct settings *s, struct err *err)
{
	enum rc rc;

	rc = server_secret(arena, s, "imap", s->imap_secret,
	    &s->reader.server, err);
	if (rc != RC_OK)
		return rc;
	return server_secret(arena, s, "smtp", s->smtp_secret,
	    &s->sender.server, err);
}

void
settings_wipe(struct settings *s)
{
	struct server *both[] = { &s->reader.server, &s->sender.server };

	for (size_t i = 0; i < 2; i++) {
		if (both[i]->secret != NULL)
			explicit_bzero((void *)(uintptr_t)both[i]->secret,
			    strlen(both[i]->secret));
		both[i]->secret = NULL;
	}
}
