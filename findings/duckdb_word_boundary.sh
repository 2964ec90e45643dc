#!/usr/bin/env bash
# DuckDB 1.5.5 with scikit-learn 1.9.1: a letter with an accent ends a word in SQL and is part of it in Python.
# The expressions look the same. DuckDB's `\b` and `\w` know ASCII letters only, Python's `re` and so CountVectorizer
# know all. So a term that SQL looks for is found inside words: the language R in "für".
# Seen: R in "Entwickler für Modelle": DuckDB True, re and CountVectorizer False; words of "für Zürich": f, r, Z, rich.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 scikit-learn==1.9.1
cd "$work"
venv/bin/python - <<'PY'
import re
import sys

import duckdb
from sklearn.feature_extraction.text import CountVectorizer

TITLE = "Entwickler für Modelle"
vectorizer = CountVectorizer(token_pattern=r"\b\w+\b").fit([TITLE])
found = {
    "DuckDB": duckdb.execute(rf"select regexp_matches('{TITLE}', '\br\b')").fetchone()[0],
    "re": bool(re.search(r"\br\b", TITLE)),
    "CountVectorizer": "r" in vectorizer.vocabulary_,
}
words = duckdb.execute(r"select regexp_extract_all('für Zürich', '\w+')").fetchone()[0]
in_python = re.findall(r"\w+", "für Zürich")
mended = duckdb.execute(rf"select regexp_matches('{TITLE}', '(^|[^\pL\pN_])r($|[^\pL\pN_])')").fetchone()[0]

print(f"seen: R in {TITLE!r}: " + ", ".join(f"{name} {is_found}" for name, is_found in found.items()))
print(f"seen: words of 'für Zürich': DuckDB {', '.join(words)}; re {', '.join(in_python)}")
print(f"seen: R in it with \\pL in place of \\b: DuckDB {mended}")
same = (
    list(found.values()) == [True, False, False]
    and words == ["f", "r", "Z", "rich"]
    and in_python == ["für", "Zürich"]
    and not mended
)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
