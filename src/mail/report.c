/* SPDX-License-Identifier: MIT */
/* Bounces and receipts. */
#include "mail/report.h"

void
report_part_read(struct arena *arena, const char *type, struct bytes body,
    struct report_list *out)
{
	(void)arena;
	(void)type;
	(void)body;
	(void)out;
}

void
report_text_read(struct arena *arena, const struct mail *mail,
    struct report_list *out)
{
	(void)arena;
	(void)mail;
	(void)out;
}
