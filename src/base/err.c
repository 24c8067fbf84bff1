/* SPDX-License-Identifier: MIT */
/* The reason of a failure, written once where it happens. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum rc
fail(struct err *err, enum rc rc, const char *format, ...)
{
	va_list args;

	if (err == NULL)
		return rc;
	va_start(args, format);
	(void)vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	return rc;
}

enum rc
fail_in(struct err *err, enum rc rc, const char *format, ...)
{
	char place[ERR_TEXT_BYTES / 2], why[ERR_TEXT_BYTES];
	va_list args;

	if (err == NULL)
		return rc;
	va_start(args, format);
	(void)vsnprintf(place, sizeof place, format, args);
	va_end(args);
	memcpy(why, err->text, sizeof why);
	why[sizeof why - 1] = '\0';
	(void)snprintf(err->text, sizeof err->text, "%s: %.*s", place,
	    (int)(sizeof err->text - sizeof place - 3), why);
	return rc;
}
