/* SPDX-License-Identifier: MIT */
/* base/sha256.h: the SHA-256 of some bytes.
 *
 * Shapes   in pieces (begin, add, end) or at once
 * Errors   none
 * Owner    nothing allocates
 * Source   FIPS 180-4 §6.2
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32

struct sha256 {
	uint32_t state[8];
	uint64_t n;		/* bytes so far */
	unsigned char block[64];
};

void sha256_begin(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *data, size_t n);
void sha256_end(struct sha256 *sha, uint8_t out[SHA256_BYTES]);

void sha256_of(const void *data, size_t n, uint8_t out[SHA256_BYTES]);

#endif
