/* SPDX-License-Identifier: MIT */
/* understand/agenda_file.h: an agenda that comes as a text file, the one that
 * lay with the draft or one like it.
 *
 * Shapes   numbered lines in any numbers (a line that was cut leaves a gap,
 *          Markdown numbers all of them 1), or lines that begin with a dash
 * Units    at most AGENDA_FILE_POINTS points
 * Errors   none: not an agenda is NULL
 * Owner    the arena
 * Source   CommonMark §5.2, §5.3
 */
#ifndef UNDERSTAND_AGENDA_FILE_H
#define UNDERSTAND_AGENDA_FILE_H

struct arena;

#define AGENDA_FILE_POINTS 100

/* The points, numbered from 1, a line each; NULL where the text has fewer
 * than two, or is NULL. */
const char *agenda_file_read(struct arena *arena, const char *text);

#endif
