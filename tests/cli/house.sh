# SPDX-License-Identifier: MIT
# A library for sh: one installation on the private servers of
# tests/servers/servers.sh, which the caller has started.
#   house_open MUNICIPALITY [KEY = VALUE …]   writes $HOUSE/raadspost.conf
#   house COMMAND …                           raadspost COMMAND there
#   house_deliver FILE …                      into its mailbox
# HOUSE_CLOCK is the instant at which it lives.

HOUSE_CLOCK=${HOUSE_CLOCK:-2019-06-26T09:00:00+02:00}

house_open() { # NAME [LINE …]
	HOUSE_NAME=$1
	shift
	HOUSE=$SERVERS_DIR/house.$HOUSE_NAME
	HOUSE_BOX=raad@$HOUSE_NAME.example
	mkdir -p "$HOUSE"
	case " ${HOUSE_USERS:-} " in
	*" $HOUSE_BOX "*) ;;
	*)
		# Dovecot looks for new users once a second
		servers_user "$HOUSE_BOX" hemmelig
		HOUSE_USERS="${HOUSE_USERS:-} $HOUSE_BOX"
		sleep 1
		;;
	esac
	cat > "$HOUSE/raadspost.conf" <<-C
	municipality = "$HOUSE_NAME Kommune"
	mailbox = "$HOUSE_BOX"
	secretary = "raad.sekretaer@$HOUSE_NAME.example"
	mode = live
	trust {
		authserv-id = "mx.$HOUSE_NAME.example"
		# Dovecot's LMTP writes its Received above what the mails have
		hosts = { "$(uname -n)" }
	}
	imap {
		host = "127.0.0.1"
		port = $SERVERS_IMAPS_PORT
		ca-file = "$SERVERS_CA"
	}
	smtp {
		host = "127.0.0.1"
		port = ${SERVERS_SMTPS_PORT:-25}
		ca-file = "$SERVERS_CA"
	}
	C
	for line in "$@"; do
		printf '%s\n' "$line" >> "$HOUSE/raadspost.conf"
	done
	for secret in imap smtp; do
		(umask 077; printf 'hemmelig\n' > "$HOUSE/$secret")
	done
}

house() { # COMMAND ARGUMENT …
	house_command=$1
	shift
	"$BUILD/raadspost" "$house_command" --config "$HOUSE/raadspost.conf" \
	    --clock "$HOUSE_CLOCK" "$@"
}

house_deliver() { # FILE …
	for f in "$@"; do
		servers_deliver "$f" "$HOUSE_BOX" || return 1
	done
}
