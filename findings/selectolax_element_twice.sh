#!/usr/bin/env bash
# selectolax 1.0.2: an element that two parts of a selector list match is given twice.
# In CSS a list is a union, and browsers and lxml give each element once. LexborHTMLParser's `css` gives one for each
# part. `:is(...)` gives each once.
# Seen: ".job, a[href]" of two links, one of class job: selectolax 1, 1, 2; lxml 1, 2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check selectolax==1.0.2 lxml==6.0.2 cssselect==1.3.0
cd "$work"
venv/bin/python - <<'PY'
import sys

from lxml import html
from selectolax.lexbor import LexborHTMLParser

PAGE = '<!doctype html><a class="job" href="/jobs/1">1</a><a href="/jobs/2">2</a>'


def texts(selector):
    return [node.text() for node in LexborHTMLParser(PAGE).css(selector)]


listed, merged = texts(".job, a[href]"), texts(":is(.job, a[href])")
by_lxml = [node.text for node in html.fromstring(PAGE).cssselect(".job, a[href]")]
print(f"seen: a list: selectolax {', '.join(listed)}; lxml {', '.join(by_lxml)}")
print(f"seen: the same in :is(): selectolax {', '.join(merged)}")
same = listed == ["1", "1", "2"] and by_lxml == merged == ["1", "2"]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
