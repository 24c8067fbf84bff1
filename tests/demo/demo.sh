#!/bin/sh
# SPDX-License-Identifier: MIT
# `make demo`: the five councils on a private mail server, told as a story.
#   WAIT=300 keeps the servers that many seconds, to be looked at.
set -u
export LC_ALL=C.UTF-8
. tests/servers/servers.sh
servers_as_root "$0" "$@"
SERVERS_FAST=1
servers_start || exit 1
export SERVERS_DIR SERVERS_CA SERVERS_IMAP_PORT SERVERS_IMAPS_PORT \
    SERVERS_SMTPS_PORT BUILD WAIT
$SERVERS_PYTHON tests/demo/demo.py
status=$?
[ $status = 0 ] && echo "demo: all five councils came to their end"
[ $status = 0 ] || echo "demo: something is missing above" >&2
exit $status
