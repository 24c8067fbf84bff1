#!/bin/sh
# SPDX-License-Identifier: MIT
# `make bench`: the figures beside their raw limits, on private servers.
#   bench.sh [PART…]; ROUNDS=3
set -u
. tests/servers/servers.sh
servers_as_root "$0" "$@"
servers_start || exit 1
export SERVERS_DIR SERVERS_CA SERVERS_IMAP_PORT SERVERS_IMAPS_PORT \
    SERVERS_LMTP_PORT BUILD
grep -m 1 'model name' /proc/cpuinfo
echo "$(nproc) processors, $(uname -r)"
if ! $SERVERS_PYTHON tests/bench/run.py "$@"; then
	echo "bench: a part did not come to its end" >&2
	exit 1
fi
