/* SPDX-License-Identifier: MIT */
/* SHA-256 against the examples of FIPS 180-4 and of NIST's CAVP. */
#include "test.h"

#include <stdio.h>

#include "base/sha256.h"

static void
hex_of(const uint8_t digest[SHA256_BYTES], char out[65])
{
	for (unsigned i = 0; i < SHA256_BYTES; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static void
examples_of_the_standard_hold(void **state)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca4959"
		  "91b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb4"
		  "10ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd41"
		  "9db06c1" },
	};
	uint8_t digest[SHA256_BYTES];
	char hex[65];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		sha256_of(rows[i].text, strlen(rows[i].text), digest);
		hex_of(digest, hex);
		assert_string_equal(hex, rows[i].want);
	}
}

static void
pieces_of_any_size_give_the_same(void **state)
{
	uint8_t whole[SHA256_BYTES], parts[SHA256_BYTES];
	unsigned char data[300];
	struct sha256 sha;

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)(i * 7);
	for (size_t n = 0; n <= sizeof(data); n++) {
		sha256_of(data, n, whole);
		sha256_begin(&sha);
		for (size_t at = 0, step = n % 67 + 1; at < n; at += step)
			sha256_add(&sha, data + at,
			    n - at < step ? n - at : step);
		sha256_end(&sha, parts);
		assert_memory_equal(whole, parts, SHA256_BYTES);
	}
	sha256_begin(&sha);	/* a million letters a */
	memset(data, 'a', 250);
	for (int i = 0; i < 4000; i++)
		sha256_add(&sha, data, 250);
	sha256_end(&sha, whole);
	assert_int_equal(whole[0], 0xcd);
	assert_int_equal(whole[31], 0xd0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_of_the_standard_hold),
		cmocka_unit_test(pieces_of_any_size_give_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
