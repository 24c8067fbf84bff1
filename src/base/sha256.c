/* SPDX-License-Identifier: MIT */
/* SHA-256, plain C by FIPS 180-4; with the processor's own instructions
 * where it has them, since a mail of 25 MB is hashed while somebody waits. */
#include "base/sha256.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

static const uint32_t k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t
turn(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static void
blocks_plain(uint32_t state[8], const unsigned char *data, size_t n_blocks)
{
	for (; n_blocks > 0; n_blocks--, data += 64) {
		uint32_t w[64], s[8];

		for (int i = 0; i < 16; i++)
			w[i] = (uint32_t)data[4 * i] << 24
			    | (uint32_t)data[4 * i + 1] << 16
			    | (uint32_t)data[4 * i + 2] << 8 | data[4 * i + 3];
		for (int i = 16; i < 64; i++)
			w[i] = w[i - 16] + w[i - 7]
			    + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18)
			    ^ w[i - 15] >> 3)
			    + (turn(w[i - 2], 17) ^ turn(w[i - 2], 19)
			    ^ w[i - 2] >> 10);
		memcpy(s, state, sizeof s);
		for (int i = 0; i < 64; i++) {
			uint32_t a = s[0], e = s[4], t1, t2;

			t1 = s[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25))
			    + ((e & s[5]) ^ (~e & s[6])) + k[i] + w[i];
			t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22))
			    + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
			memmove(s + 1, s, 7 * sizeof *s);
			s[4] += t1;
			s[0] = t1 + t2;
		}
		for (int i = 0; i < 8; i++)
			state[i] += s[i];
	}
}

#if defined(__x86_64__)
/* Intel's SHA extensions: the state lies as ABEF and CDGH, four rounds a
 * step; the message schedule rolls through four registers. */
__attribute__((target("sha,sse4.1,ssse3")))
static void
blocks_native(uint32_t state[8], const unsigned char *data, size_t n_blocks)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL,
	    0x0405060700010203LL);
	__m128i dcba = _mm_loadu_si128((const __m128i *)(const void *)state);
	__m128i hgfe = _mm_loadu_si128(
	    (const __m128i *)(const void *)(state + 4));
	__m128i cdab = _mm_shuffle_epi32(dcba, 0xB1);
	__m128i efgh = _mm_shuffle_epi32(hgfe, 0x1B);
	__m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
	__m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);

	for (; n_blocks > 0; n_blocks--, data += 64) {
		__m128i abef_before = abef, cdgh_before = cdgh, w[4];

		for (int i = 0; i < 4; i++)
			w[i] = _mm_shuffle_epi8(_mm_loadu_si128(
			    (const __m128i *)(const void *)(data + 16 * i)),
			    swap);
		for (int i = 0; i < 16; i++) {
			__m128i now = w[i & 3], sum = _mm_add_epi32(now,
			    _mm_loadu_si128(
			    (const __m128i *)(const void *)(k + 4 * i)));

			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
			abef = _mm_sha256rnds2_epu32(abef, cdgh,
			    _mm_shuffle_epi32(sum, 0x0E));
			if (i >= 12)
				continue;
			/* w[i + 16] for the four words just used */
			w[i & 3] = _mm_sha256msg2_epu32(_mm_add_epi32(
			    _mm_sha256msg1_epu32(now, w[(i + 1) & 3]),
			    _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3],
			    4)), w[(i + 3) & 3]);
		}
		abef = _mm_add_epi32(abef, abef_before);
		cdgh = _mm_add_epi32(cdgh, cdgh_before);
	}
	efgh = _mm_shuffle_epi32(abef, 0x1B);	/* FEBA */
	cdab = _mm_shuffle_epi32(cdgh, 0xB1);	/* DCHG */
	dcba = _mm_blend_epi16(efgh, cdab, 0xF0);
	hgfe = _mm_alignr_epi8(cdab, efgh, 8);
	_mm_storeu_si128((__m128i *)(void *)state, dcba);
	_mm_storeu_si128((__m128i *)(void *)(state + 4), hgfe);
}

/* Leaf 7: SHA is bit 29 of EBX; leaf 1: SSE4.1 is bit 19, SSSE3 bit 9. */
static int
has_native(void)
{
	unsigned a, b, c, d, sse;

	if (!__get_cpuid(1, &a, &b, &sse, &d)
	    || !__get_cpuid_count(7, 0, &a, &b, &c, &d))
		return 0;
	return (b >> 29 & 1) && (sse >> 19 & 1) && (sse >> 9 & 1);
}
#endif

static void
blocks(uint32_t state[8], const unsigned char *data, size_t n_blocks)
{
#if defined(__x86_64__)
	static int native = -1;

	if (native < 0)
		native = has_native();
	if (native) {
		blocks_native(state, data, n_blocks);
		return;
	}
#endif
	blocks_plain(state, data, n_blocks);
}

void
sha256_begin(struct sha256 *sha)
{
	static const uint32_t first[8] = {
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	};

	memcpy(sha->state, first, sizeof first);
	sha->n = 0;
}

void
sha256_add(struct sha256 *sha, const void *data, size_t n)
{
	const unsigned char *at = data;
	size_t have = sha->n & 63;

	if (n == 0)
		return;
	sha->n += n;
	if (have != 0) {
		size_t take = n < 64 - have ? n : 64 - have;

		memcpy(sha->block + have, at, take);
		if (have + take < 64)
			return;
		blocks(sha->state, sha->block, 1);
		at += take;
		n -= take;
	}
	blocks(sha->state, at, n / 64);
	memcpy(sha->block, at + (n & ~(size_t)63), n & 63);
}

void
sha256_end(struct sha256 *sha, uint8_t digest[SHA256_BYTES])
{
	unsigned char tail[72] = { 0x80 };
	uint64_t bits = sha->n * 8;
	size_t pad = 64 - ((sha->n + 8) & 63);

	for (size_t i = 0; i < 8; i++)
		tail[pad + i] = (unsigned char)(bits >> (56 - 8 * i));
	sha256_add(sha, tail, pad + 8);
	for (size_t i = 0; i < 8; i++) {
		digest[4 * i] = (uint8_t)(sha->state[i] >> 24);
		digest[4 * i + 1] = (uint8_t)(sha->state[i] >> 16);
		digest[4 * i + 2] = (uint8_t)(sha->state[i] >> 8);
		digest[4 * i + 3] = (uint8_t)sha->state[i];
	}
}

void
sha256_of(const void *data, size_t n, uint8_t digest[SHA256_BYTES])
{
	struct sha256 sha;

	sha256_begin(&sha);
	sha256_add(&sha, data, n);
	sha256_end(&sha, digest);
}
