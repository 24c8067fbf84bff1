/* SPDX-License-Identifier: MIT */
/* The server's pace as a ring of the last minute's letters and a bucket; its
 * health as three states. */
#include "dispatch/sender_pace.h"

#include <stdlib.h>

#define MINUTE_MS ((int64_t)60 * 1000)
#define SLACK_MS 1000		/* the server's minute is not ours */
#define PAUSE_FIRST_MS ((int64_t)1000)
#define PAUSE_MOST_MS ((int64_t)60 * 1000)
#define PAUSE_LOGIN_MS ((int64_t)10 * 60 * 1000 + 1000)
#define CROWDED_MS ((int64_t)60 * 1000)	/* then one more is tried */

/* A third of a minute's letters, at least one. */
static double
burst(const struct pace *pace)
{
	return pace->per_minute < 3 ? 1.0 : (double)(pace->per_minute / 3);
}

static double
refill(const struct pace *pace, int64_t now_ms)
{
	double tokens = pace->tokens + (double)(now_ms - pace->filled_ms)
	    * (double)pace->per_minute / (double)MINUTE_MS;

	return tokens > burst(pace) ? burst(pace) : tokens;
}

void
pace_open(struct pace *pace, uint32_t per_minute, int64_t now_ms)
{
	*pace = (struct pace){ .per_minute = per_minute,
		.filled_ms = now_ms };
	if (per_minute == 0)
		return;
	pace->tokens = burst(pace);
	pace->starts = malloc(per_minute * sizeof *pace->starts);
	if (pace->starts == NULL)
		abort(); /* as base/arena */
	for (size_t i = 0; i < per_minute; i++)
		pace->starts[i] = now_ms - MINUTE_MS - SLACK_MS;
}

void
pace_close(struct pace *pace)
{
	free(pace->starts);
	pace->starts = NULL;
}

int64_t
pace_wait_ms(const struct pace *pace, int64_t now_ms)
{
	int64_t window, bucket = 0;
	double tokens;

	if (pace->per_minute == 0)
		return 0;
	window = pace->starts[pace->next] + MINUTE_MS + SLACK_MS - now_ms;
	tokens = refill(pace, now_ms);
	if (tokens < 1.0)
		bucket = (int64_t)((1.0 - tokens) * (double)MINUTE_MS
		    / (double)pace->per_minute) + 1;
	if (window < bucket)
		window = bucket;
	return window > 0 ? window : 0;
}

void
pace_take(struct pace *pace, int64_t now_ms)
{
	if (pace->per_minute == 0)
		return;
	pace->tokens = refill(pace, now_ms) - 1.0;
	pace->filled_ms = now_ms;
	pace->starts[pace->next] = now_ms;
	pace->next = (pace->next + 1) % pace->per_minute;
}

void
link_open(struct link *link, uint32_t connections)
{
	*link = (struct link){ .state = LINK_NEW, .most = connections,
		.allowed = connections, .pause_ms = PAUSE_FIRST_MS };
}

bool
link_up(struct link *link)
{
	bool news = link->state != LINK_UP;

	link->state = LINK_UP;
	link->pause_ms = PAUSE_FIRST_MS;
	return news;
}

bool
link_down(struct link *link, enum smtp_fault fault, int64_t now_ms)
{
	/* Four connections that fail together are one failure. */
	if (link->state == LINK_DOWN && now_ms < link->again_ms)
		return false;
	link->state = LINK_DOWN;
	if (fault == SMTP_FAULT_LOGIN) {
		link->again_ms = now_ms + PAUSE_LOGIN_MS;
		return true;
	}
	link->again_ms = now_ms + link->pause_ms;
	link->pause_ms = link->pause_ms * 2 > PAUSE_MOST_MS ? PAUSE_MOST_MS
	    : link->pause_ms * 2;
	return true;
}

bool
link_crowded(struct link *link, int64_t now_ms)
{
	link->more_ms = now_ms + CROWDED_MS;
	if (link->allowed <= 1)
		return false;
	link->allowed--;
	return true;
}

uint32_t
link_allowed(struct link *link, int64_t now_ms)
{
	if (link->allowed < link->most && now_ms >= link->more_ms) {
		link->allowed++;
		link->more_ms = now_ms + CROWDED_MS;
	}
	return link->state == LINK_UP ? link->allowed
	    : link->state == LINK_NEW ? 1 : 0;
}
