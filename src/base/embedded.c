/* SPDX-License-Identifier: MIT */
/* Finds a built-in file by name. */
#include "base/embedded.h"

#include <string.h>

const struct embedded *
embedded_find(const char *name)
{
	size_t low = 0, high = embedded_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int way = strcmp(name, embedded_files[middle].name);

		if (way == 0)
			return &embedded_files[middle];
		if (way < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
