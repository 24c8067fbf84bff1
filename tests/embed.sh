#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes a C file that holds the files named (sorted by name, as bytes sort),
# for base/embedded.h.
set -eu
export LC_ALL=C
cat <<'C'
#include "base/embedded.h"
C
i=0
for f in "$@"; do
	cat <<C
__asm__(".section .rodata\n.global embedded_$i\nembedded_$i:\n"
    ".incbin \"$f\"\n.global embedded_end_$i\nembedded_end_$i:\n.byte 0\n"
    ".previous\n");
extern const char embedded_$i[], embedded_end_$i[];
C
	i=$((i + 1))
done
echo "const struct embedded embedded_files[] = {"
i=0
for f in "$@"; do
	n=$(wc -c < "$f")
	echo "	{ \"$f\", embedded_$i, $n },"
	i=$((i + 1))
done
echo "	{ NULL, NULL, 0 }"
echo "};"
echo "const size_t embedded_count = $i;"
