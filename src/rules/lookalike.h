/* SPDX-License-Identifier: MIT */
/* rules/lookalike.h: whether an address could be taken for another one.
 *
 * Errors   none
 * Owner    nothing here allocates
 * Source   THREATS 6
 */
#ifndef RULES_LOOKALIKE_H
#define RULES_LOOKALIKE_H

#include <stdbool.h>

/* One letter off, the same to the eye, or a domain that pretends to be the
 * other's; false for the same address. Both in the form of mail/address.h. */
bool address_looks_alike(const char *email, const char *real);

#endif
