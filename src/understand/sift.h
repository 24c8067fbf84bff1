/* SPDX-License-Identifier: MIT */
/* understand/sift.h: words that look like an act and are none: asked,
 * quoted, told of somebody else, or about somebody else's matter.
 *
 * Shapes   works on the matches before any family of action reads them
 * Units    tokens
 * Errors   none
 * Owner    the arena
 * Source   the corpus's README, «What decides», 2 and 9: an action nobody
 *          asked for is the worst error
 */
#ifndef UNDERSTAND_SIFT_H
#define UNDERSTAND_SIFT_H

#include <stdbool.h>
#include <stddef.h>

struct sense;

/* Takes such matches out of s->matches; s->sifted tells which and why. */
void sift(struct sense *s);
/* The token stands behind «hvornår», «er det», «har I» in a question. */
bool sift_is_asked(const struct sense *s, size_t at);
/* … within quotation marks, or behind «Mogens skrev:», «han siger, at». */
bool sift_is_others(const struct sense *s, size_t at);

#endif
