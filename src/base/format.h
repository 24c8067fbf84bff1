/* SPDX-License-Identifier: MIT */
/* base/format.h: vsnprintf for the few conversions that a mail's way needs.
 *
 * Shapes   %s %.*s %c %d %u %ld %lld %lu %llu %zu, numbers also with a width
 *          of zeros (%02d), %%; all else is handed to the C library
 * Errors   as vsnprintf
 * Owner    the caller's throughout
 */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* How long the text is, of which what fits is written, as vsnprintf. */
__attribute__((format(printf, 3, 0)))
int format_write(char *out, size_t size, const char *format, va_list args);

#endif
