#!/bin/sh
# SPDX-License-Identifier: MIT
# Letters a second: raadspost-sender, fed by an engine that allows every dot
# at once, beside a bare libcurl client with as many connections, in turns,
# into the same sink.  letters.sh [N [SIZE [CONNECTIONS [ROUNDS]]]]
set -eu
n=${1:-2000} size=${2:-60000} connections=${3:-4} rounds=${4:-7}
BUILD=${BUILD:-build/plain}
make -s BUILD="$BUILD" "$BUILD/bench/sink" "$BUILD/bench/bare_smtp" \
    "$BUILD/tests/dispatch/feed_tool" "$BUILD/raadspost-sender"
dir=$(mktemp -d "${TMPDIR:-/tmp}/raadspost-letters.XXXXXX")
trap 'kill "$sink" 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
"$BUILD/bench/sink" > "$dir/port" &
sink=$!
while [ ! -s "$dir/port" ]; do sleep 0.05; done
port=$(cat "$dir/port")
i=0
while [ $i -lt "$rounds" ]; do
	i=$((i + 1))
	"$BUILD/bench/bare_smtp" "$port" "$connections" "$n" "$size" \
	    > "$dir/bare"
	"$BUILD/tests/dispatch/feed_tool" "$BUILD/raadspost-sender" "$port" \
	    "$connections" "$n" "$size" > "$dir/ours"
	echo "$(cut -d ' ' -f 1 "$dir/bare") $(cut -d ' ' -f 1 "$dir/ours")"
done > "$dir/rounds"
awk -v n="$n" -v size="$size" -v c="$connections" '
{ bare[NR] = n / $1; ours[NR] = n / $2; ratio[NR] = $1 / $2 }
function median(a, k,   i, j, t, b) {
	for (i = 1; i <= k; i++) b[i] = a[i]
	for (i = 1; i <= k; i++) for (j = i + 1; j <= k; j++)
		if (b[j] < b[i]) { t = b[i]; b[i] = b[j]; b[j] = t }
	least = b[1]; most = b[k]
	return b[int((k + 1) / 2)]
}
END {
	printf "    %d letters of %d bytes, %d connections, %d rounds\n",
	    n, size, c, NR
	m = median(ours, NR)
	printf "    raadspost-sender: %.0f letters/s (%.0f to %.0f)\n", m,
	    least, most
	m = median(bare, NR)
	printf "    bare libcurl:     %.0f letters/s (%.0f to %.0f)\n", m,
	    least, most
	m = median(ratio, NR)
	printf "    ratio:            %.2f (%.2f to %.2f)\n", m, least, most
}' "$dir/rounds"
