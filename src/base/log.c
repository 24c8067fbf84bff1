/* SPDX-License-Identifier: MIT */
/* The log: whole lines, written at once, with control bytes made visible. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 1024

static const char *log_program = "raadspost";
static enum log_level log_most = LOG_LEVEL_INFO;

void
log_open(const char *program, enum log_level most)
{
	log_program = program;
	log_most = most;
}

void
log_line(enum log_level level, const char *format, ...)
{
	char line[LINE_BYTES];
	va_list args;
	size_t head, n;
	int got;

	if (level > log_most)
		return;
	got = snprintf(line, sizeof line, "<%d>%s: ", (int)level,
	    log_program);
	head = got > 0 ? (size_t)got : 0;
	va_start(args, format);
	(void)vsnprintf(line + head, sizeof line - head - 1, format, args);
	va_end(args);
	n = strlen(line);
	for (size_t i = head; i < n; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7F)
			line[i] = '?'; /* no second line, no terminal codes */
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, n) < 0)
		return;
}
