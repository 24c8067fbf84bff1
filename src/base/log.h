/* SPDX-License-Identifier: MIT */
/* base/log.h: one line on standard error for each thing that was done.
 *
 * Shapes   `<N>program: deed key=value …`, the priority as systemd reads it
 *          (sd-daemon(3)); ids, never names, addresses, subjects or text
 * Errors   none: a log that cannot be written stops nothing
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level {
	LOG_LEVEL_ERR = 3,	/* the operator must act */
	LOG_LEVEL_WARNING = 4,	/* the secretary should look */
	LOG_LEVEL_INFO = 6,	/* one a mail, a letter, a due date */
	LOG_LEVEL_DEBUG = 7,
};

/* Opens the log of this process under `program` (kept by reference). Lines
 * less urgent than `most` are dropped. */
void log_open(const char *program, enum log_level most);

void log_line(enum log_level level, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#define log_err(...) log_line(LOG_LEVEL_ERR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
