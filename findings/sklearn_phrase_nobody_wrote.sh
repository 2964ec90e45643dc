#!/usr/bin/env bash
# scikit-learn 1.9.1: a two-word term is found where nobody wrote it, and a term that can never be found is no error.
# Pairs are made of the tokens that are left, so they reach over full stops, line ends, removed stop words and words of
# one letter. A vocabulary given is not read by the same rules as the text: "c++", "c#", ".net" and "r" are accepted and
# stay at 0, as does "go" beside stop_words="english"; only capitals are warned of. Who counts skills in postings counts
# machine learning in a canteen's perks, and no C++ at all.
# The first is asked of a tool built on it in MaartenGr/KeyBERT issue 137.
# Seen: machine learning, data engineer, java script and go sql found; c++, c#, .net and r 0 with no warning.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1
cd "$work"
venv/bin/python - <<'PY'
import sys
import warnings

from sklearn.feature_extraction.text import CountVectorizer

PERKS = "A coffee machine.\nLearning budget. We love data.\nEngineer wanted: Go, R, SQL; Java, C, script."
PHRASES = ["machine learning", "data engineer", "go sql", "java script"]
SKILLS = "Python, C++, C#, .NET, R and Go"


def found(text, terms, **options):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        counts = CountVectorizer(vocabulary=terms, **options).fit_transform([text]).toarray()[0]
    return [term for term, count in zip(terms, counts, strict=True) if count], len(caught)


never_written = found(PERKS, PHRASES, ngram_range=(2, 2))
skills = found(SKILLS, ["python", "c++", "c#", ".net", "r", "go"])
without_stop_words = found(SKILLS, ["python", "go"], stop_words="english")
capital = found(SKILLS, ["Python"])
with_pattern = found(SKILLS, ["python", "c++", "c#", ".net", "r", "go"], token_pattern=r"[\w.+#]+")

print(f"seen: phrases nobody wrote: {', '.join(never_written[0])}; warnings {never_written[1]}")
print(f"seen: of {SKILLS}: {', '.join(skills[0])}; warnings {skills[1]}")
print(f"seen: with English stop words: {', '.join(without_stop_words[0])}; warnings {without_stop_words[1]}")
print(f"seen: 'Python' with a capital: found {len(capital[0])}, warnings {capital[1]}")
print(f"seen: with a pattern of one's own: {', '.join(with_pattern[0])}")
same = never_written == (PHRASES, 0) and skills == (["python", "go"], 0) and without_stop_words == (["python"], 0)
same = same and capital[0] == [] and capital[1] > 0 and len(with_pattern[0]) == 6
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
