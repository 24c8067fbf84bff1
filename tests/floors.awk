# SPDX-License-Identifier: MIT
# Reads src/*/*.[ch] and says where a room includes a room that is not below
# it: `awk -f tests/floors.awk src/*/*.[ch]`. Also where a foreign header left
# its room. Prints a line each; silence is good.
BEGIN {
	floor["base"] = 0
	floor["rules"] = floor["mail"] = 1
	floor["understand"] = floor["store"] = floor["render"] = 2
	floor["outbox"] = 3
	floor["council"] = 4
	floor["intake"] = floor["calendar"] = floor["dispatch"] = 5
	floor["cli"] = 6
	home["libetpan/"] = home["curl/"] = home["gmime/"] = "mail"
	home["libical/"] = home["idn2.h"] = "mail"
	home["sqlite3.h"] = "store"
	home["cmark.h"] = home["pango/"] = home["cairo"] = "render"
	home["confuse.h"] = home["seccomp.h"] = "base"
	home["libstemmer"] = "understand"
}
{ split(FILENAME, path, "/"); room = path[2] }
/^#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	split(quoted[2], other, "/")
	if (!(other[1] in floor)) {
		if (quoted[2] !~ /^[a-z_]+\.inc$/)
			print FILENAME ":" FNR ": " quoted[2] " has no room"
	} else if (other[1] != room && floor[other[1]] >= floor[room])
		print FILENAME ":" FNR ": " room " may not include " quoted[2]
}
/^#[ \t]*include[ \t]*</ {
	for (h in home)
		if (index($0, "<" h) && home[h] != room)
			print FILENAME ":" FNR ": " h " stays in " home[h]
}
