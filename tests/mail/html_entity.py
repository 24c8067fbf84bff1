# SPDX-License-Identifier: MIT
"""Writes src/mail/html_entity.inc: the names of HTML 4 §24, and apos."""
from html.entities import name2codepoint
names = dict(name2codepoint, apos=39)
print("/* SPDX-License-Identifier: MIT */")
print("/* The character names of HTML 4, sorted by bytes. Written by")
print(" * tests/mail/html_entity.py; do not edit. */")
for name in sorted(names):
    print('{ "%s", 0x%X },' % (name, names[name]))
