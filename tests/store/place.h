/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test's database, and a database in it. */
#ifndef TESTS_STORE_PLACE_H
#define TESTS_STORE_PLACE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

struct place {
	char folder[64];
	char db[96];
};

static inline struct place
place_open(void)
{
	struct place place = { "/tmp/raadspost-store.XXXXXX", "" };

	assert_non_null(mkdtemp(place.folder));
	(void)snprintf(place.db, sizeof place.db, "%s/db", place.folder);
	return place;
}

static inline void
place_close(struct place *place)
{
	char name[400];
	DIR *dir = opendir(place->folder);
	struct dirent *e;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		(void)snprintf(name, sizeof name, "%s/%s", place->folder,
		    e->d_name);
		(void)unlink(name);
	}
	if (dir != NULL)
		(void)closedir(dir);
	assert_int_equal(rmdir(place->folder), 0);
}

static inline struct store *
place_store(const struct place *place)
{
	struct store *store = NULL;
	struct err err = { "" };
	enum rc rc = store_open(place->db, STORE_WRITE, &store, &err);

	if (rc != RC_OK)
		print_error("%s\n", err.text);
	assert_int_equal(rc, RC_OK);
	return store;
}

#endif
