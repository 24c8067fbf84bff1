/* SPDX-License-Identifier: MIT */
/* What every unit test includes first: cmocka, without its macro `fail`,
 * which is a function of ours. */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail

#endif
