/* SPDX-License-Identifier: MIT */
/* What is under way between the mailbox and us, by UID: a hash table, the
 * list of what is wanted, and one of what is done for each folder. */
#include "intake/move.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/channel.h"

#define SLOTS_LEAST 256

static void
uids_add(struct uids *u, uint32_t uid)
{
	if (u->from > 0 && u->from == u->n)
		u->from = u->n = 0;
	if (u->n == u->cap) {
		u->cap = u->cap == 0 ? 64 : u->cap * 2;
		u->list = realloc(u->list, u->cap * sizeof *u->list);
		if (u->list == NULL)
			abort();
	}
	u->list[u->n++] = uid;
}

static size_t
uids_left(const struct uids *u)
{
	return u->n - u->from;
}

/* The slot of `uid`, or the free one where it would lie. */
static struct way_slot *
slot_of(const struct move *m, uint32_t uid)
{
	size_t at = (uid * 2654435761u) & (m->n_slots - 1);

	while (m->slots[at].uid != 0 && m->slots[at].uid != uid)
		at = (at + 1) & (m->n_slots - 1);
	return &m->slots[at];
}

static void
slots_grow(struct move *m)
{
	struct way_slot *old = m->slots;
	size_t n = m->n_slots, live = 0;

	for (size_t i = 0; i < n; i++)
		live += old[i].way != WAY_NONE;
	m->n_slots = SLOTS_LEAST;
	while (m->n_slots < live * 4)
		m->n_slots *= 2;
	m->slots = calloc(m->n_slots, sizeof *m->slots);
	if (m->slots == NULL)
		abort();
	m->n_used = live;
	for (size_t i = 0; i < n; i++)
		if (old[i].way != WAY_NONE)
			*slot_of(m, old[i].uid) = old[i];
	free(old);
}

static void
way_set(struct move *m, uint32_t uid, enum way way)
{
	struct way_slot *slot;

	if (uid == 0)
		return; /* RFC 9051 §2.3.1.1: no mail has it */
	if ((m->n_used + 1) * 2 > m->n_slots)
		slots_grow(m);
	slot = slot_of(m, uid);
	if (slot->uid == 0) {
		if (way == WAY_NONE)
			return;
		m->n_used++;
	}
	*slot = (struct way_slot){ uid, way };
}

enum way
move_way(const struct move *m, uint32_t uid)
{
	return m->n_slots == 0 || uid == 0 ? WAY_NONE
	    : (enum way)slot_of(m, uid)->way;
}

void
move_close(struct move *m)
{
	free(m->slots);
	free(m->want.list);
	for (int i = 0; i < READER_FOLDERS; i++)
		free(m->done[i].list);
	*m = (struct move){ .uidvalidity = 0 };
}

void
move_forget(struct move *m, uint32_t uidvalidity)
{
	move_close(m);
	m->uidvalidity = uidvalidity;
}

void
move_want(struct move *m, uint32_t uid)
{
	if (uid == 0 || move_way(m, uid) != WAY_NONE)
		return;
	way_set(m, uid, WAY_WANTED);
	uids_add(&m->want, uid);
}

void
move_came(struct move *m, uint32_t uid, bool is_missing)
{
	if (move_way(m, uid) != WAY_ASKED)
		return;
	m->n_asked--;
	way_set(m, uid, is_missing ? WAY_MISSING : WAY_NONE);
}

void
move_done(struct move *m, uint32_t uid, int32_t folder, int64_t now_ms)
{
	if (uid == 0 || move_way(m, uid) == WAY_MOVING)
		return;
	if (folder < 0 || folder >= READER_FOLDERS)
		folder = READER_SECRETARY;
	way_set(m, uid, WAY_MOVING);
	uids_add(&m->done[folder], uid);
	if (m->oldest_ms == 0)
		m->oldest_ms = now_ms;
}

void
move_moved(struct move *m, uint32_t uid)
{
	if (move_way(m, uid) != WAY_MOVING)
		return;
	way_set(m, uid, WAY_NONE);
	if (m->n_moving > 0)
		m->n_moving--;
}

static void
put_uids(struct wire_out *out, const uint32_t *uids, size_t n)
{
	wire_put_u32(out, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		wire_put_u32(out, uids[i]);
}

enum rc
move_fetch(struct move *m, struct channel *reader, size_t most,
    struct err *err)
{
	size_t n = uids_left(&m->want);
	const uint32_t *first = m->want.list + m->want.from;
	struct arena *arena;
	struct wire_out out;
	enum rc rc;

	if (n > most)
		n = most;
	if (n == 0)
		return RC_OK;
	arena = arena_open();
	out = wire_out(arena);
	wire_put_u32(&out, m->uidvalidity);
	put_uids(&out, first, n);
	rc = channel_put(reader, READER_FETCH, wire_bytes(&out), -1, err);
	arena_close(&arena);
	for (size_t i = 0; i < n; i++)
		way_set(m, first[i], WAY_ASKED);
	m->want.from += n;
	m->n_asked += n;
	return rc;
}

static enum rc
flush_one(struct move *m, struct channel *reader, int folder,
    struct err *err)
{
	struct uids *u = &m->done[folder];
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);
	enum rc rc;

	wire_put_u32(&out, m->uidvalidity);
	wire_put_u8(&out, (uint8_t)folder);
	put_uids(&out, u->list, u->n);
	rc = channel_put(reader, READER_MOVE, wire_bytes(&out), -1, err);
	arena_close(&arena);
	m->n_moving += u->n;
	u->n = 0;
	return rc;
}

enum rc
move_flush(struct move *m, struct channel *reader, size_t least,
    struct err *err)
{
	enum rc rc;

	for (int i = 0; i < READER_FOLDERS; i++)
		if (m->done[i].n > 0 && m->done[i].n >= least
		    && (rc = flush_one(m, reader, i, err)) != RC_OK)
			return rc;
	if (move_waiting(m) == 0)
		m->oldest_ms = 0;
	return RC_OK;
}

size_t
move_waiting(const struct move *m)
{
	size_t n = 0;

	for (int i = 0; i < READER_FOLDERS; i++)
		n += m->done[i].n;
	return n;
}
