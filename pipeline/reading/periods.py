"""What an amount is paid for: the words for an hour to a year in the languages of the boards, and salaries a year."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.posting import Period


class Interval(NamedTuple):
    """An amount is paid once for `count` periods: 2 weeks, half a month. `count` 0 is a single payment."""

    period: Period
    count: float = 1


ONCE = Interval("year", 0)
_INTERVALS: dict[str, Interval] = {
    "once": ONCE,
    "two_weeks": Interval("week", 2),
    "half_month": Interval("month", 0.5),
    "two_months": Interval("month", 2),
    "quarter": Interval("month", 3),
    "half_year": Interval("month", 6),
    "hour": Interval("hour"),
    "day": Interval("day"),
    "week": Interval("week"),
    "month": Interval("month"),
    "year": Interval("year"),
}
# English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Czech, Slovak, Swedish, Danish, Norwegian,
# Finnish, Hungarian, Romanian, Turkish, Indonesian, Japanese, Korean; the longer periods that hold a shorter one first
_WORDS = {
    "once": r"one[- ]?(?:time|off)|lump[- ]sum|einmalig\w*|eenmalig\w*|una tantum|jednorazow\w*|engångs\w*",
    "two_weeks": r"bi-?week(?:ly)?|fortnight(?:ly)?|(?:every|per) (?:two|2|other) weeks?|zweiwöchentlich|tweewekelijks",
    "half_month": r"semi-?month(?:ly)?|half[- ]month(?:ly)?|twice (?:a|per) month|twice monthly|quincenal\w*",
    "two_months": r"bi-?month(?:ly)?|bimestral\w*",
    "quarter": r"quarter(?:ly)?|trimestr\w*|vierteljährlich\w*|kwartaal",
    "half_year": r"half[- ]year(?:ly)?|semi-?annual(?:ly)?|halbjährlich\w*|semestr\w*",
    "hour": r"hours?|hourly|hrs?|stunden?(?:lohn|satz)?|stündlich\w*|std|uur(?:loon|tarief)?|heures?|horaires?|horas?|"
    r"orari[oa]|ora|godzin\w*|godz|hodin\w*|tim(?:lön|løn|elønn|me|men)|tunti|tunnissa|saat(?:lik)?|時給|시급",
    "day": r"days?|daily|tag(?:e|essatz)?|täglich\w*|dag(?:tarief)?|jour(?:née|nalier)?|tjm|días?|diari[oa]|giorno|"
    r"giornalier\w|dzień|dziennie|dniówka|denně|md|man-?days?|pd|日給|일급",
    "week": r"weeks?|weekly|wk|wochen?\w*|wöchentlich\w*|wekelijks|semaine|hebdomadaire|semanal\w*|semana|settiman\w*|"
    r"tydzień|tygodni\w*|týd\w*|veck\w*|uge\w*|uke|ukentlig|pw|p/w",
    "month": r"months?|monthly|monat\w*|mtl|maand\w*|mois|mensuel\w*|mensual\w*|mensil[ei]|mes(?:es)?|mesi|mese|mês|"
    r"mensa(?:l|is)|miesi[ąe]c\w*|mies|m-c|měsíc\w*|měsíčn\w*|mesia\w*|mesačn\w*|månad\w*|måned\w*|mån|md\.|mdr?|havi|hónap|"
    r"hó|lun[ăa]r?|kuukau\w*|kk|aylık|ayda|bulan|pcm|p/m|pm|(?:brutto|grund|mindest|netto)monat\w*|月給|月薪|月|월급|월",
    "year": r"years?|yearly|annual(?:ly|i[sz]ed)?|annum|p\.?\s?a|yrs?|jahr\w*|jährlich\w*|jaar\w*|annuel\w*|année|anual\w*|"
    r"años?|anno|annu[aoie]|ano|roczn\w*|rok\w*|ročn\w*|år\w*|év\w*|vuosi\w*|vuodessa|yıllık|tahun|b/a|lpa|(?:brutto|grund|mindest)jahr\w*|"
    r"年収|年薪|年|연봉|연",
}
# letters and short words that are a period only behind a stroke or "per"
_SHORT = {
    "hour": "h|u|t|g|hod", "day": "d|j|den|dia", "week": "w", "month": "m|mo|mth|mos", "year": "a|y|an|ann",
}  # fmt: skip
_PER = r"(?:/|\b(?:per|pro|par|por|al|na|za|pr\.?|p\.|pe)\s?)\s?"
_PERIOD = re.compile(
    r"(?<![A-Za-zÀ-ž])(?i:"
    + "|".join(f"(?P<{name}>{words}{rf'|(?<=/)(?:{_SHORT[name]})' if name in _SHORT else ''})" for name, words in _WORDS.items())
    + r")(?![a-zß-ž])|(?i:"
    + "|".join(f"{_PER}(?P<short_{name}>{words})" for name, words in _SHORT.items())
    + r")(?![A-Za-zÀ-ž])|(?P<ral>\bRAL\b|\bCTC\b)"
)  # fmt: skip
# hours a week and terms of contract tell nothing of what an amount is for; nor do the periods of other benefits
_DURATION = re.compile(
    r"\b\d+(?:[.,]\d)?\+?\s?(?:[-–]\s?\d+\s?)?(?:hours?|hrs?|h|uur|uren|stunden|std\.?|heures|horas|ore|days?|tage|dagen|jours)\b"
    r"\s?(?:(?:per|an?|/|each|pro|par|por|in der|in the|de)\s?(?:week|wk|woche|semaine|semana|month|monat|mois|day|tag)\b)?|"
    r"(?<!every )(?<!per )\b(?:\d+|one|two|three|six|twelve)[\s-](?:months?|years?|weeks?|jahren?|monaten?)\b(?! salary)|"
    r"\b(?:annual|yearly|monthly|quarterly|jährlich\w*|year-end|annuel\w*)\s(?:\w+[- ]){0,2}"
    r"(?:bonus|equity|stipend|allowance|budget|review|target|revenue|leave|performance)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?:\bx|×|\*)\s?(?P<x>1[2-6])\b|\b(?P<mal>1[2-6])\s?-?(?:x\b|×|mal\b)|"
    r"\b(?P<pay>1[2-6])\s?(?:(?:monats|monthly )?(?:gehälter|gehältern|löhne|salaries|payments|pays)\b|pagas|mensilità|mensualidades|"
    r"meses|maanden|薪)|\b(?:sur|over|em|en)\s(?P<over>1[2-6])\s(?:mois|months|meses|pagas)\b",
    re.IGNORECASE,
)


def read_intervals(words: str) -> list[tuple[int, Interval]]:
    """Every interval that words name, with the place where it stands."""
    plain = _DURATION.sub(lambda match: " " * len(match[0]), words)
    found = []
    for match in _PERIOD.finditer(plain):
        name = (match.lastgroup or "").removeprefix("short_")
        found.append((match.start(), _INTERVALS["year" if name == "ral" else name]))
    return found


def read_times(words: str) -> int | None:
    """How many monthly salaries a year words name ("14mal jährlich", "x 13"); None where they name none."""
    match = _TIMES.search(words)
    return int(next(filter(None, match.groups()))) if match else None


_NUMBERED = re.compile(r"(\d+(?:\.\d+)?)\s*(HOUR|DAY|WEEK|MONTH|YEAR|TIME)S?", re.IGNORECASE)
_UNIT_CODES: dict[str, Interval] = {  # UN/CEFACT, as schema.org's unitCode has them
    "HUR": Interval("hour"), "DAY": Interval("day"), "WEE": Interval("week"), "MON": Interval("month"), "ANN": Interval("year"),
}  # fmt: skip


def read_interval(words: str | None) -> Interval | None:
    """The interval in a board's field: "2 WEEK", "semi-month-salary", "1 TIME", "Hourly Rate", "MON"."""
    text = (words or "").strip()
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        unit = numbered[2].lower()
        return ONCE if unit == "time" else Interval(unit, float(numbered[1])) if float(numbered[1]) else None  # type: ignore[arg-type]
    if text.upper() in _UNIT_CODES:
        return _UNIT_CODES[text.upper()]
    found = read_intervals(re.sub(r"(?<=[a-z])-(?=salary|wage|pay)|(?<=per)-", " ", text, flags=re.IGNORECASE))
    return found[0][1] if found else None
