"""The language that a text is written in, by its most frequent words (Grefenstette 1995, JADT), or by its script."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.reading.passages import Text

_WORDS = {
    "en": "the and of to in with you for we our is are your will that",
    "de": "und der die das mit für in den wir ist ein eine von zu du sie dich auf bei als",
    "fr": "et de la les des le en vous nous pour un une du dans est sur avec vos au",
    "es": "de y en la el los las con para que un una por del se nuestro nuestra es",
    "pt": "de e em a o para com os as que um uma do da por você nossa nosso no na",
    "it": "di e in la il per con le che un una del dei della nel sono è i gli si",
    "nl": "de en van het een in met je voor op is ons aan wij te jij bij als jouw",
    "pl": "i w z na do oraz się nie dla jest od przez o po ze twoje naszych które",
    "cs": "v na s pro je se z jsme nebo které si bude ve našeho k které jako",
    "sv": "och i att som för en av med vi är på du till det ett har din om oss",
    "da": "og i at som for en af med vi er på du til det et har din om os",
    "no": "og i å som for en av med vi er på du til det et har din om oss",
    "fi": "ja on että sekä tai meillä olet sinulla ovat myös kanssa joka työ kun",
    "ro": "și de în la cu pentru a care sau din un o să pe este noastră",
    "hu": "az és hogy egy nem van vagy meg mint csapat munka valamint",
    "tr": "ve bir için ile bu olan olarak veya en da de çok ekip",
}
_OF_WORD: dict[str, list[str]] = {}
for _language, _all in _WORDS.items():
    for _word in _all.split():
        _OF_WORD.setdefault(_word, []).append(_language)
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")), ("zh", re.compile("[\u4e00-\u9fff]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")), ("ru", re.compile("[\u0400-\u04ff]")), ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")), ("ar", re.compile("[\u0600-\u06ff]")), ("th", re.compile("[\u0e00-\u0e7f]")),
)  # fmt: skip
LOOKED_AT = 2000  # characters; the first words of a text are often of the company, in the same language
LEAST_WORDS = 15
LEAST_SHARE = 0.12  # of the words must be frequent ones of the language; of a real text a fifth to a third are
AHEAD = 1.25  # times as many as of the next language
_WORD = re.compile(r"[^\W\d_]+")


_ENGLISH = (" the ", " and ", " to ", " of ", " with ", " for ", " you ", " our ", " we ", " is ", " are ")
PLAINLY = 1 / 60  # of these a letter: so much English is nothing else, and most texts are


def language_of(text: Text) -> str | None:
    """The ISO 639-1 code of the language; None of a text that is too short, of several, or of one that is not known."""
    part = text.small[:LOOKED_AT]
    if sum(map(part.count, _ENGLISH)) > len(part) * PLAINLY > LEAST_WORDS / 3:
        return "en"
    if not part.isascii():
        letters = sum(map(len, _WORD.findall(part)))
        for language, script in _SCRIPTS:
            if len(script.findall(part)) * (60 if language in ("uk", "ja") else 3) > letters:
                return language
    words = _WORD.findall(part)
    if len(words) < LEAST_WORDS:
        return None
    counts = Counter(language for word in words for language in _OF_WORD.get(word, ()))
    first, second, *_ = [*counts.most_common(2), ("", 0), ("", 0)]
    is_told = first[1] >= LEAST_SHARE * len(words) and first[1] >= AHEAD * second[1]
    return first[0] if is_told else None
