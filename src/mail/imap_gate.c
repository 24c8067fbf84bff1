/* SPDX-License-Identifier: MIT */
/* Lines and literals as they come, each line whole before it is judged. */
#include "mail/imap_gate.h"

#include <stdlib.h>
#include <string.h>

#define LONG_BYTES ((size_t)256 * 1024) /* a search of a large mailbox: let go
					 * of such a buffer after it */

static bool
reserve(char **data, size_t *cap, size_t n)
{
	size_t want = *cap == 0 ? 4096 : *cap;
	char *moved;

	if (n <= *cap)
		return true;
	while (want < n)
		want *= 2;
	if ((moved = realloc(*data, want)) == NULL)
		return false;
	*data = moved;
	*cap = want;
	return true;
}

bool
imap_gate_add(struct imap_gate *gate, const char *data, size_t n)
{
	if (gate->out_at == gate->out_n)
		gate->out_at = gate->out_n = 0;
	if (!reserve(&gate->out, &gate->out_cap, gate->out_n + n))
		return false;
	memcpy(gate->out + gate->out_n, data, n);
	gate->out_n += n;
	return true;
}

size_t
imap_gate_take(struct imap_gate *gate, char *data, size_t n)
{
	size_t some = gate->out_n - gate->out_at;

	if (some > n)
		some = n;
	if (some > 0)
		memcpy(data, gate->out + gate->out_at, some);
	gate->out_at += some;
	if (gate->out_at == gate->out_n && gate->out_cap > LONG_BYTES) {
		free(gate->out);
		gate->out = NULL;
		gate->out_at = gate->out_n = gate->out_cap = 0;
	}
	return some;
}

void
imap_gate_close(struct imap_gate *gate)
{
	free(gate->out);
	free(gate->line);
	gate->out = gate->line = NULL;
}

static void
keep_last(struct imap_gate *gate)
{
	size_t n = gate->line_n < sizeof gate->last - 1 ? gate->line_n
	    : sizeof gate->last - 1;

	memcpy(gate->last, gate->line, n);
	gate->last[n] = '\0';
}

static const char *
end_line(struct imap_gate *gate)
{
	const char *why;

	gate->line_n--;
	if (gate->line_n > 0 && gate->line[gate->line_n - 1] == '\r')
		gate->line_n--;
	gate->line[gate->line_n] = '\0';
	if (gate->in == GATE_NOTHING)
		keep_last(gate);
	if (memchr(gate->line, '\0', gate->line_n) != NULL)
		return "the server sends a NUL outside a mail";
	gate->literal_left = 0;
	why = imap_vet(gate, gate->line);
	if (why == NULL && gate->literal_left > gate->literal_max)
		why = "the server announces more bytes than were asked for";
	gate->line_n = 0;
	if (gate->line_cap > LONG_BYTES) {
		free(gate->line);
		gate->line = NULL;
		gate->line_cap = 0;
	}
	return why;
}

static const char *
pass_line(struct imap_gate *gate, const unsigned char *data, size_t n)
{
	if (gate->line_n + n > gate->line_max) {
		if (gate->in == GATE_NOTHING && gate->line_n > 0)
			keep_last(gate);
		return "the server sends a line without end";
	}
	if (!reserve(&gate->line, &gate->line_cap, gate->line_n + n + 1))
		return "out of memory";
	memcpy(gate->line + gate->line_n, data, n);
	gate->line_n += n;
	return data[n - 1] == '\n' ? end_line(gate) : NULL;
}

const char *
imap_gate_pass(struct imap_gate *gate, const unsigned char *data, size_t n)
{
	const unsigned char *end;
	const char *why = NULL;
	size_t some;

	for (; n > 0 && why == NULL; data += some, n -= some) {
		if (gate->literal_left > 0) {
			some = gate->literal_left < n
			    ? (size_t)gate->literal_left : n;
			gate->literal_left -= some;
			if (gate->in == GATE_FETCH
			    && !imap_gate_add(gate, (const char *)data, some))
				why = "out of memory";
			continue;
		}
		end = memchr(data, '\n', n);
		some = end == NULL ? n : (size_t)(end - data) + 1;
		why = pass_line(gate, data, some);
	}
	return why;
}
