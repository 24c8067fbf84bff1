# SPDX-License-Identifier: MIT
# A library for sh: a private Dovecot and Postfix on loopback, from Debian's
# packages, with a throwaway CA and a token server. See tests/servers/README.
#
#	. tests/servers/servers.sh
#	servers_as_root "$0" "$@"
#	servers_start
#	servers_user raad@glostrup.example s3cret
#
# What belongs to the caller: nothing but SERVERS_* and servers_*. Nothing of
# the system's own mail servers is read or written; every process started is
# ended by its id, whether the script ends well or not; and by the kernel
# where the script itself is killed.

SERVERS_HOME=${SERVERS_HOME:-tests/servers}
SERVERS_PYTHON=${SERVERS_PYTHON:-$(command -v /usr/bin/python3 || echo python3)}
SERVERS_POSTFIX=${SERVERS_POSTFIX:-/usr/lib/postfix/sbin}
SERVERS_PIDS=
SERVERS_DIR=

# Postfix's master and Dovecot's processes change their user: that needs root.
# Runs the script again under sudo where that asks nothing, else says so.
servers_as_root() { # SCRIPT ARGS…
	[ "$(id -u)" = 0 ] && return 0
	if sudo -n true 2>/dev/null; then
		exec sudo -n --preserve-env=BUILD,PATH,TZ,LC_ALL,TMPDIR \
		    sh "$@"
	fi
	echo "not ok - $1: Postfix and Dovecot need root; run it by sudo"
	exit 1
}

servers_say() {
	echo "servers: $*" >&2
}

# A key and a certificate: NAME ISSUER SUBJECT EXTENSIONS DAYS
servers_certificate() {
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout "$1.key" -out "$1.csr" -subj "/CN=$3" 2>/dev/null &&
	printf '%s\n' "$4" > "$1.ext" &&
	if [ "$2" = self ]; then
		openssl x509 -req -in "$1.csr" -signkey "$1.key" \
		    -days "$5" -extfile "$1.ext" -out "$1.pem" 2>/dev/null
	else
		openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" \
		    -CAcreateserial -days "$5" -extfile "$1.ext" \
		    -out "$1.pem" 2>/dev/null
	fi
}

# One CA we trust and one we do not; the four faces of the servers.
servers_certificates() {
	san=subjectAltName=DNS:mail.example,DNS:localhost
	san=$san,IP:127.0.0.1,IP:127.0.0.2,IP:127.0.0.3,IP:127.0.0.4
	ca=basicConstraints=critical,CA:TRUE
	(cd "$SERVERS_DIR/tls" &&
	servers_certificate ca self 'A throwaway CA' "$ca" 30 &&
	servers_certificate other-ca self 'Another CA' "$ca" 30 &&
	servers_certificate good ca mail.example "$san" 30 &&
	servers_certificate expired ca mail.example "$san" -1 &&
	servers_certificate wrong-name ca other.example \
	    subjectAltName=DNS:other.example 30 &&
	servers_certificate unknown-ca other-ca mail.example "$san" 30 &&
	chmod 644 ./*.key ./*.pem)
}

# A template with its @NAME@s filled in.
servers_fill() { # TEMPLATE TARGET
	sed -e "s|@DIR@|$SERVERS_DIR|g" \
	    -e "s|@IMAP_PORT@|$SERVERS_IMAP_PORT|g" \
	    -e "s|@IMAPS_PORT@|$SERVERS_IMAPS_PORT|g" \
	    -e "s|@LMTP_PORT@|$SERVERS_LMTP_PORT|g" \
	    -e "s|@SMTP_PORT@|$SERVERS_SMTP_PORT|g" \
	    -e "s|@SMTPS_PORT@|$SERVERS_SMTPS_PORT|g" \
	    -e "s|@RELAY_PORT@|$SERVERS_RELAY_PORT|g" \
	    -e "s|@FSYNC@|$SERVERS_FSYNC|g" \
	    "$SERVERS_HOME/$1" > "$2"
}

servers_wait_for() { # FILE WHAT
	for servers_i in $(seq 200); do
		[ -s "$1" ] && return 0
		sleep 0.02
	done
	servers_say "$2 did not start, see $SERVERS_DIR/*.log"
	return 1
}

# Waits until somebody listens on the port (the kernel's table: a connection
# would be one more in the server's log).
servers_wait_port() { # PORT WHAT
	servers_hex=$(printf ':%04X 00000000:0000 0A' "$1")
	for servers_i in $(seq 300); do
		grep -q "$servers_hex" /proc/net/tcp && return 0
		sleep 0.02
	done
	servers_say "$2 does not listen on $1, see $SERVERS_DIR/*.log"
	return 1
}

servers_start_token() {
	setpriv --pdeathsig TERM \
	    $SERVERS_PYTHON "$SERVERS_HOME/token.py" "$SERVERS_DIR" \
	    > "$SERVERS_DIR/token.out" 2>&1 &
	SERVERS_PIDS="$SERVERS_PIDS $!"
	servers_wait_for "$SERVERS_DIR/ports" 'the token server' || return 1
	# shellcheck disable=SC1091 # SERVERS_IMAP_PORT=… and so on
	. "$SERVERS_DIR/ports"
}

servers_start_dovecot() {
	mkdir -p "$SERVERS_DIR/dovecot/run" "$SERVERS_DIR/mail" &&
	chown mail:mail "$SERVERS_DIR/mail" &&
	servers_fill dovecot.conf "$SERVERS_DIR/dovecot/dovecot.conf" &&
	servers_fill dovecot-oauth2.conf \
	    "$SERVERS_DIR/dovecot/oauth2.conf" || return 1
	setpriv --pdeathsig TERM \
	    dovecot -F -c "$SERVERS_DIR/dovecot/dovecot.conf" \
	    > "$SERVERS_DIR/dovecot.out" 2>&1 &
	SERVERS_PIDS="$SERVERS_PIDS $!"
}

servers_make_postfix() {
	servers_spool=$SERVERS_DIR/postfix/spool
	mkdir -p "$SERVERS_DIR/postfix/etc" "$servers_spool" \
	    "$SERVERS_DIR/postfix/data" || return 1
	chown postfix "$SERVERS_DIR/postfix/data"
	for servers_i in active bounce corrupt defer deferred flush hold \
	    incoming private saved trace; do
		mkdir -m 700 "$servers_spool/$servers_i" &&
		chown postfix "$servers_spool/$servers_i" || return 1
	done
	mkdir -m 755 "$servers_spool/pid"
	mkdir -m 1730 "$servers_spool/maildrop"
	mkdir -m 2710 "$servers_spool/public"
	chown postfix:postdrop "$servers_spool/maildrop" \
	    "$servers_spool/public"
	chmod 1730 "$servers_spool/maildrop"
	chmod 2710 "$servers_spool/public"
	servers_fill postfix-main.cf "$SERVERS_DIR/postfix/etc/main.cf" &&
	servers_fill postfix-master.cf "$SERVERS_DIR/postfix/etc/master.cf" &&
	cp "$SERVERS_HOME/postfix-faults.regexp" \
	    "$SERVERS_HOME/postfix-late-faults.regexp" \
	    "$SERVERS_HOME/postfix-transport.regexp" \
	    "$SERVERS_DIR/postfix/etc/" || return 1
	# Postfix waits until a file that it reads is some seconds old.
	touch -d '1 minute ago' "$SERVERS_DIR/postfix/etc/"*
}

servers_start_postfix() {
	MAIL_CONFIG=$SERVERS_DIR/postfix/etc setpriv --pdeathsig TERM \
	    "$SERVERS_POSTFIX/master" -c "$SERVERS_DIR/postfix/etc" \
	    > "$SERVERS_DIR/postfix.out" 2>&1 &
	SERVERS_POSTFIX_PID=$!
	SERVERS_PIDS="$SERVERS_PIDS $!"
}

# Starts all, in a directory of its own; says what failed and returns 1.
servers_start() {
	servers_base=${TMPDIR:-/tmp} SERVERS_FSYNC=optimized
	if [ -n "${SERVERS_FAST:-}" ]; then
		SERVERS_FSYNC=never
		[ -d /dev/shm ] && servers_base=/dev/shm
	fi
	SERVERS_DIR=$(mktemp -d "$servers_base/raadspost-servers.XXXXXX") ||
	    return 1
	trap 'servers_stop' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	chmod 755 "$SERVERS_DIR" # the servers' own users look in
	mkdir "$SERVERS_DIR/tls" "$SERVERS_DIR/keys"
	: > "$SERVERS_DIR/users"
	: > "$SERVERS_DIR/clients"
	servers_certificates || {
		servers_say "openssl made no certificates"
		return 1
	}
	servers_start_token && servers_start_dovecot || return 1
	if [ -z "${SERVERS_NO_SMTP:-}" ]; then
		servers_make_postfix && servers_start_postfix || return 1
		servers_wait_port "$SERVERS_SMTPS_PORT" Postfix || return 1
	fi
	servers_wait_port "$SERVERS_IMAPS_PORT" Dovecot || return 1
	servers_wait_port "$SERVERS_LMTP_PORT" 'Dovecot (LMTP)' || return 1
	SERVERS_CA=$SERVERS_DIR/tls/ca.pem
}

# Ends what was started, by id, and removes its directory. SERVERS_KEEP=1
# leaves the directory to be looked at.
servers_stop() {
	trap '' HUP INT TERM # a second one must not stop us half-way
	for servers_pid in $SERVERS_PIDS; do
		kill "$servers_pid" 2>/dev/null
	done
	for servers_pid in $SERVERS_PIDS; do
		for servers_i in $(seq 150); do
			kill -0 "$servers_pid" 2>/dev/null || break
			sleep 0.02
		done
		# Postfix's master leads a session of its own: all of it.
		kill -9 "-$servers_pid" 2>/dev/null
		kill -9 "$servers_pid" 2>/dev/null
		wait "$servers_pid" 2>/dev/null
	done
	SERVERS_PIDS=
	if [ -n "$SERVERS_DIR" ] && [ -z "${SERVERS_KEEP:-}" ]; then
		rm -rf "$SERVERS_DIR"
	fi
	SERVERS_DIR=
	return 0
}

# One of them alone, stopped and started anew: «the server is away».
servers_end() { # PID
	kill "$1" || return 1
	wait "$1" 2>/dev/null
	for servers_i in $(seq 150); do
		kill -0 "$1" 2>/dev/null || return 0
		sleep 0.02
	done
	return 1
}

servers_imap_down() {
	servers_end "$(cat "$SERVERS_DIR/dovecot/run/master.pid")"
}

servers_imap_up() {
	servers_start_dovecot &&
	servers_wait_port "$SERVERS_IMAPS_PORT" Dovecot
}

servers_smtp_down() {
	servers_end "$SERVERS_POSTFIX_PID"
}

servers_smtp_up() {
	servers_start_postfix &&
	servers_wait_port "$SERVERS_SMTPS_PORT" Postfix
}

# A person, or our own mailbox, who may log in. Any *.example address has a
# mailbox; only these have a password.
servers_user() { # ADDRESS PASSWORD
	printf '%s:{PLAIN}%s\n' "$1" "$2" >> "$SERVERS_DIR/users"
}

# An application that gets tokens for one mailbox.
servers_client() { # CLIENT_ID SECRET ADDRESS
	printf '%s\t%s\t%s\n' "$1" "$2" "$3" >> "$SERVERS_DIR/clients"
}

# Puts a mail into an INBOX as a server does, by LMTP. Several files go over
# one connection: servers_deliver_all RCPT FILE…
servers_deliver() { # FILE RCPT [FROM]
	$SERVERS_PYTHON "$SERVERS_HOME/lmtp.py" "$SERVERS_LMTP_PORT" \
	    "${3:-somebody@else.example}" "$2" "$1"
}

servers_deliver_all() { # RCPT FILE…
	servers_rcpt=$1
	shift
	$SERVERS_PYTHON "$SERVERS_HOME/lmtp.py" "$SERVERS_LMTP_PORT" \
	    somebody@else.example "$servers_rcpt" "$@"
}

# The files of one folder, one a line, in the order they came.
servers_files() { # ADDRESS [FOLDER]
	servers_box=$SERVERS_DIR/mail/$1/Maildir
	[ "${2:-INBOX}" = INBOX ] || servers_box=$servers_box/$2
	[ -d "$servers_box" ] || return 0
	find "$servers_box/new" "$servers_box/cur" -type f -printf '%f\t%p\n' |
	    LC_ALL=C sort -V | cut -f 2
}

# How many mails lie in a folder; and all mails of everybody's INBOX.
servers_count() { # ADDRESS [FOLDER]
	servers_files "$@" | wc -l
}

servers_delivered() {
	find "$SERVERS_DIR/mail" -path '*/Maildir/new/*' -o \
	    -path '*/Maildir/cur/*' | wc -l
}

# Copies a folder's mails to DIR/001.eml … and says how many there were.
servers_fetch() { # ADDRESS FOLDER DIR
	mkdir -p "$3"
	servers_n=0
	servers_files "$1" "$2" > "$SERVERS_DIR/fetch.list"
	while read -r servers_file; do
		servers_n=$((servers_n + 1))
		cp "$servers_file" "$3/$(printf %03d $servers_n).eml"
	done < "$SERVERS_DIR/fetch.list"
	echo "$servers_n"
}

# Waits until N mails lie in a folder; 1 after SECONDS (10).
servers_wait_count() { # N ADDRESS [FOLDER [SECONDS]]
	for servers_i in $(seq $((${4:-10} * 20))); do
		[ "$(servers_count "$2" "${3:-INBOX}")" -ge "$1" ] && return 0
		sleep 0.05
	done
	return 1
}

servers_doveadm() {
	doveadm -c "$SERVERS_DIR/dovecot/dovecot.conf" "$@"
}
