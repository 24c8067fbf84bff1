#!/bin/sh
# SPDX-License-Identifier: MIT
# The sweep of kills on private servers: sweep.sh quick|full [PROCESS…]
set -u
. tests/servers/servers.sh
servers_as_root "$0" "$@"
SERVERS_FAST=1
servers_start || { echo "not ok - the servers start"; exit 1; }
export SERVERS_DIR SERVERS_CA SERVERS_IMAPS_PORT SERVERS_RELAY_PORT BUILD
$SERVERS_PYTHON tests/crash/sweep.py "$@"
