/* SPDX-License-Identifier: MIT */
/* Calendar answers by libical. */
#include "mail/ical_read.h"

void
ical_open(void)
{
}

void
ical_read(struct arena *arena, const char *text, const char *type_method,
    struct ical_list *out)
{
	(void)arena;
	(void)text;
	(void)type_method;
	(void)out;
}
