#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the Debian packages named that are missing. No service that comes
# with one of them is started now or at the next boot.
set -eu
missing=
for p in "$@"; do
	dpkg-query -W -f '${Status}' "$p" 2>/dev/null |
	    grep -q 'ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
as_root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || {
		echo "make deps: run as root, or install yourself:$missing" >&2
		exit 1
	}
	as_root=sudo
fi
# While policy-rc.d answers 101, no maintainer script starts a service.
policy=/usr/sbin/policy-rc.d
made=
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
	$as_root chmod 755 $policy
	made=1
fi
undo() { [ -z "$made" ] || $as_root rm -f $policy; }
trap undo EXIT
trap 'exit 1' INT TERM
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
# shellcheck disable=SC2086 # a list of words
echo "postfix postfix/main_mailer_type select No configuration" |
    $as_root debconf-set-selections
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends $missing >/dev/null
for s in dovecot postfix; do
	case " $missing " in
	*" $s"*) $as_root deb-systemd-helper disable $s.service \
	    >/dev/null 2>&1 || : ;;
	esac
done
echo "installed:$missing"
