#!/usr/bin/env bash
# scikit-learn 1.9.1: `strip_accents="ascii"` leaves out every letter that is none with an accent, and whole words of other
# scripts. One would take it for the fast way to plain letters. "Łódź" becomes "odz", "København" "kbenhavn", "Großraum"
# "groraum", and a posting in Japanese is empty. `"unicode"` keeps ł, ø and ß as they are: "Łódź" is "łodz", which nobody
# types either. DuckDB's strip_accents does as "unicode" does.
# Seen: groraum, kbenhavn, odz, zurich; no term of the posting in Japanese.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb
from sklearn.feature_extraction.text import TfidfVectorizer

PLACES, JAPANESE = "Łódź København Großraum Zürich", "機械学習エンジニア 東京"


def terms(text, how):
    return sorted(TfidfVectorizer(strip_accents=how).build_analyzer()(text))


to_ascii, to_unicode, japanese = terms(PLACES, "ascii"), terms(PLACES, "unicode"), terms(JAPANESE, "ascii")
by_sql = duckdb.sql("select strip_accents('Łódź København Großraum Zürich')").fetchone()[0]
print(f"seen: ascii {to_ascii}, of Japanese {japanese}; unicode {to_unicode}; DuckDB {by_sql}")
same = to_ascii == ["groraum", "kbenhavn", "odz", "zurich"] and japanese == []
same = same and to_unicode == ["großraum", "københavn", "zurich", "łodz"] and by_sql == "Łodz København Großraum Zurich"
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
