/* SPDX-License-Identifier: MIT */
/* One mail: is it new, what does it want, and then so be it. */
#include "intake/carry.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "council/council.h"
#include "store/inbox.h"
#include "store/store.h"
#include "store/world.h"
#include "understand/understand.h"

void
carry_open(struct carry *carry, const struct intake_rules *rules)
{
	*carry = (struct carry){ .rules = rules,
		.world_arena = arena_open(), .world_version = -1 };
}

void
carry_close(struct carry *carry)
{
	arena_close(&carry->world_arena);
}

/* The council as it is now: read again only when its tables changed. */
static enum rc
world_now(struct carry *c, int64_t now_at, struct err *err)
{
	int64_t version;
	enum rc rc;

	rc = world_version(c->rules->store, &version, err);
	if (rc != RC_OK)
		return rc;
	if (version != c->world_version) {
		c->world_version = -1;
		arena_reset(c->world_arena);
		rc = world_load(c->rules->store, c->world_arena, now_at,
		    &c->world, err);
		if (rc != RC_OK)
			return rc;
		c->world_version = version;
	}
	c->world.now_at = now_at;
	return RC_OK;
}

static struct council
council_now(struct carry *c, const struct world *world)
{
	c->rules->outbox->now_at = world->now_at;
	return (struct council){
		.store = c->rules->store,
		.outbox = c->rules->outbox,
		.world = world,
		.now_at = world->now_at,
		.answers_per_hour = c->rules->answers_per_hour,
		.stranger_answers_per_day =
		    c->rules->stranger_answers_per_day,
	};
}

static enum rc
end_write(struct carry *c, int64_t mail_id, const struct council_end *end,
    int32_t *folder, struct err *err)
{
	enum rc rc;

	rc = inbox_done(c->rules->store, mail_id, end->outcome, end->reason,
	    end->why, end->folder, err);
	if (rc != RC_OK)
		return rc;
	log_info("mail=%lld outcome=%s reason=%s", (long long)mail_id,
	    outcome_word(end->outcome),
	    end->reason == NULL ? "none" : end->reason);
	*folder = end->folder;
	return RC_OK;
}

static enum rc
carry_out(struct carry *c, struct arena *arena, int64_t mail_id,
    const struct mail *mail, struct council_end *end, struct err *err)
{
	struct world world = c->world;
	struct council council;
	struct purpose purpose;
	enum rc rc;

	rc = world_load_sent(c->rules->store, arena, mail, &world, err);
	if (rc != RC_OK)
		return rc;
	council = council_now(c, &world);
	rc = understand(arena, c->rules->lexicon, mail, &world, &purpose, err);
	if (rc != RC_OK)
		return rc;
	return council_carry_out(&council, arena, mail_id, mail, &purpose,
	    end, err);
}

enum rc
carry_aside(struct carry *c, struct arena *arena, int64_t mail_id,
    const struct mail *mail, const char *reason, int32_t *folder,
    struct err *err)
{
	struct council_end end;
	struct council council;
	enum rc rc;

	if ((rc = world_now(c, clock_now(), err)) != RC_OK)
		return rc;
	council = council_now(c, &c->world);
	rc = council_set_aside(&council, arena, mail_id, mail, reason, &end,
	    err);
	if (rc != RC_OK)
		return rc;
	log_warning("mail=%lld set aside: %s", (long long)mail_id, reason);
	return end_write(c, mail_id, &end, folder, err);
}

/* The same mail by another address, or again after the mailbox was restored:
 * known, and only filed. */
static enum rc
repeat_write(struct carry *c, struct arena *arena, int64_t mail_id,
    int64_t same_as, int32_t *folder, struct err *err)
{
	struct council_end end = {
		.outcome = OUTCOME_SILENT,
		.reason = "silent-repeat",
		.why = arena_printf(arena, "the same as mail %lld",
		    (long long)same_as),
		.folder = READER_DONE,
	};

	return end_write(c, mail_id, &end, folder, err);
}

enum rc
carry_mail(struct carry *c, struct arena *arena, int64_t mail_id,
    const struct mail *mail, int32_t *folder, struct err *err)
{
	struct store *store = c->rules->store;
	struct council_end end;
	int64_t same_as = 0;
	bool same_id = false;
	enum rc rc;

	if ((rc = world_now(c, clock_now(), err)) != RC_OK)
		return rc;
	rc = inbox_parsed(store, mail_id, mail, &same_as, &same_id, err);
	if (rc != RC_OK)
		return rc;
	if (same_as != 0)
		return repeat_write(c, arena, mail_id, same_as, folder, err);
	if (same_id)
		log_warning("mail=%lld has the Message-ID of another mail",
		    (long long)mail_id);
	if ((rc = store_mark(store, err)) != RC_OK)
		return rc;
	rc = carry_out(c, arena, mail_id, mail, &end, err);
	if (rc == RC_OK && (rc = store_keep(store, err)) == RC_OK)
		return end_write(c, mail_id, &end, folder, err);
	if (rc != RC_PARK)
		return rc;
	log_warning("mail=%lld is beyond us: %s", (long long)mail_id,
	    err->text);
	if ((rc = store_drop(store, err)) != RC_OK)
		return rc;
	return carry_aside(c, arena, mail_id, mail, "human-unreadable", folder,
	    err);
}
