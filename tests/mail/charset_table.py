# SPDX-License-Identifier: MIT
"""Writes src/mail/charset_table.inc: what the bytes 0x80 to 0xFF mean in each
one-byte character set that mail comes in, by Python's own codecs. A byte that
a set leaves out is U+FFFD."""
SETS = ["iso8859_1", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_5",
        "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "iso8859_10",
        "iso8859_13", "iso8859_14", "iso8859_15", "iso8859_16",
        "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
        "cp1257", "cp1258", "cp437", "cp850", "cp865", "mac_roman", "koi8_r",
        "koi8_u"]
print("/* SPDX-License-Identifier: MIT */")
print("/* One-byte character sets, 0x80 to 0xFF. Written by")
print(" * tests/mail/charset_table.py; do not edit. */")
for name in SETS:
    print("[TABLE_%s] = {" % name.upper())
    codes = []
    for b in range(0x80, 0x100):
        try:
            codes.append(ord(bytes([b]).decode(name)))
        except UnicodeDecodeError:
            codes.append(0xFFFD)
    for i in range(0, 128, 8):
        print("\t" + " ".join("0x%04X," % c for c in codes[i:i + 8]))
    print("},")
