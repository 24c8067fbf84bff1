/* SPDX-License-Identifier: MIT */
/* The raw limit for letters: libcurl alone, one easy handle a thread, the
 * same letter again and again, nothing checked and nothing asked.
 *
 *	bare_smtp PORT CONNECTIONS N SIZE
 *
 * Prints `seconds letters delivered` and exits 0 where all were delivered. */
#define _GNU_SOURCE
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *port;
static const char *letter;
static size_t size;
static atomic_long left;
static atomic_long delivered;

struct reader {
	size_t handed;
};

static size_t
give(char *to, size_t one, size_t n, void *user)
{
	struct reader *r = user;

	n *= one;
	if (n > size - r->handed)
		n = size - r->handed;
	memcpy(to, letter + r->handed, n);
	r->handed += n;
	return n;
}

static void *
work(void *user)
{
	struct curl_slist *rcpt = curl_slist_append(NULL,
	    "kirsten@else.example");
	CURL *curl = curl_easy_init();
	struct reader r;
	char url[80];

	(void)snprintf(url, sizeof url, "smtp://127.0.0.1:%s/raad.example",
	    port);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "raad@glostrup.example");
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, rcpt);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)size);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, &r);
	while (atomic_fetch_sub(&left, 1) > 0) {
		r.handed = 0;
		if (curl_easy_perform(curl) == CURLE_OK)
			atomic_fetch_add(&delivered, 1);
	}
	curl_easy_cleanup(curl);
	curl_slist_free_all(rcpt);
	return user;
}

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Lines of 76 bytes, as quoted-printable and base64 have. */
static char *
letter_make(void)
{
	static const char head[] = "From: raad@glostrup.example\r\n"
	    "To: kirsten@else.example\r\nSubject: bench\r\n\r\n";
	size_t n = sizeof head - 1;
	char *bytes = malloc(size + 128);

	if (bytes == NULL)
		exit(1);
	memcpy(bytes, head, n);
	for (size_t in_line = 0; n < size; n++, in_line++) {
		if (in_line == 76) {
			memcpy(bytes + n, "\r\n", 2);
			n++;
			in_line = (size_t)-1;
			continue;
		}
		bytes[n] = (char)('a' + n % 26);
	}
	memcpy(bytes + size - 2, "\r\n", 2);
	return bytes;
}

int
main(int argc, char **argv)
{
	pthread_t threads[64];
	size_t n_threads;
	long n;
	double from;

	if (argc != 5) {
		(void)fputs("bare_smtp PORT CONNECTIONS N SIZE\n", stderr);
		return 2;
	}
	port = argv[1];
	n_threads = strtoul(argv[2], NULL, 10);
	n = strtol(argv[3], NULL, 10);
	size = strtoul(argv[4], NULL, 10);
	letter = letter_make();
	left = n;
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	from = seconds();
	for (size_t i = 0; i < n_threads && i < 64; i++)
		(void)pthread_create(&threads[i], NULL, work, NULL);
	for (size_t i = 0; i < n_threads && i < 64; i++)
		(void)pthread_join(threads[i], NULL);
	(void)printf("%.3f %ld %ld\n", seconds() - from, n,
	    (long)delivered);
	return delivered == n ? 0 : 1;
}
