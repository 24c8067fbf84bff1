/* SPDX-License-Identifier: MIT */
/* Prints an invitation: START END SEQUENCE PLACE NAME [cancel | publish |
 * PARTSTAT]. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/ical_write.h"

int
main(int argc, char **argv)
{
	struct arena *arena = arena_open();
	struct err err = { "" };
	const char *text = "";

	if (argc < 6)
		return 2;
	if (ical_write(arena, &(struct ical_event){
	    .uid = "udsatteraad/2026-11-26@raadspost",
	    .start_at = strtoll(argv[1], NULL, 10),
	    .end_at = strtoll(argv[2], NULL, 10),
	    .sequence = strtoll(argv[3], NULL, 10), .stamp_at = 1793865600,
	    .summary = "Udsatter\xc3\xa5" "det: m\xc3\xb8" "de",
	    .location = argv[4],
	    .description = "Linje et; med tegn, og \\ en sk\xc3\xa5str\xc3"
	    "\xa5" "d\nLinje to",
	    .organizer = "udsatteraad@fjordby.example",
	    .organizer_name = "Udsatter\xc3\xa5" "det, Fjordby",
	    .attendee = "kirsten@mail.example", .attendee_name = argv[5],
	    .partstat = argc > 6 && isupper((unsigned char)argv[6][0]) ?
	    argv[6] : NULL,
	    .publish = argc > 6 && strcmp(argv[6], "publish") == 0,
	    .cancel = argc > 6 && strcmp(argv[6], "cancel") == 0 }, &text, &err) != RC_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	(void)fputs(text, stdout);
	arena_close(&arena);
	return 0;
}
