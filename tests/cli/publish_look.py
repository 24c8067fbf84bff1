# SPDX-License-Identifier: MIT
"""Looks at published pages: well-formed, in order, links that hold.
    publish_look.py FOLDER"""
import html.parser
import os
import sys
import urllib.parse
import xml.etree.ElementTree

VOID = {"meta", "link", "br", "hr", "img", "input"}
faults = []


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.open, self.levels, self.links, self.ids = path, [], [], [], set()
        self.lang = self.title = self.main = None
        self.text = {}
        self.feed(open(path, encoding="utf-8").read())
        self.close()
        if self.open:
            self.fault("left open: %s" % self.open)

    def fault(self, words):
        faults.append("%s: %s" % (self.path, words))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in ("script", "iframe", "img", "form", "object", "font") or any(a.startswith("on") or a == "style" for a in attrs):
            self.fault("<%s %s>" % (tag, attrs))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.lang = attrs.get("lang")
        if tag == "main":
            self.main = True
        if tag[0] == "h" and tag[1:].isdigit():
            level = int(tag[1])
            if level > (self.levels[-1] if self.levels else 0) + 1:
                self.fault("h%d after h%s" % (level, self.levels[-1:]))
            self.levels.append(level)
        if tag == "th" and attrs.get("scope") not in ("row", "col"):
            self.fault("a head cell without scope")
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.fault("id %s twice" % attrs["id"])
            self.ids.add(attrs["id"])
        if "href" in attrs:
            self.links.append(attrs["href"])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.fault("</%s> closes nothing" % tag)

    def handle_data(self, data):
        for tag in self.open[-1:]:
            self.text[tag] = self.text.get(tag, "") + data


folder = sys.argv[1]
pages = {}
for at, _, names in os.walk(folder):
    for name in names:
        path = os.path.join(at, name)
        if name.endswith(".html"):
            pages[os.path.normpath(path)] = Page(path)
        elif name.endswith(".xml"):
            try:
                xml.etree.ElementTree.parse(path)
            except xml.etree.ElementTree.ParseError as e:
                faults.append("%s: %s" % (path, e))
titles = {}
for path, page in pages.items():
    if page.lang not in ("da", "en") or not page.main or page.levels.count(1) != 1 or not page.text.get("title", "").strip():
        page.fault("language, main, one h1 or title is missing")
    if page.text.get("title") in titles:
        page.fault("has the title of " + titles[page.text["title"]])
    titles[page.text.get("title")] = path
    for link in page.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme in ("mailto", "https"):
            continue
        to = os.path.normpath(os.path.join(os.path.dirname(path), parts.path)) if parts.path else path
        if parts.scheme or not os.path.isfile(to) or (parts.fragment and parts.fragment not in pages[to].ids):
            page.fault("a link to nothing: " + link)
print("%d pages" % len(pages))
print("\n".join(faults))
sys.exit(bool(faults))
