"""What an amount is paid for: the words for an hour to a year in the languages of the boards, and salaries a year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.posting import Period

# 40 hours, 5 days a week and 52 weeks a year: the full-time year of the US Bureau of Labor Statistics' OES
A_YEAR: dict[Period, float] = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}


class Interval(NamedTuple):
    """An amount is paid once for so many `periods`: 2 weeks, half a month; 0 is a single payment."""

    period: Period
    periods: float = 1


ONCE = Interval("year", 0)
_INTERVALS: dict[str, Interval] = {
    "once": ONCE, "two_weeks": Interval("week", 2), "half_month": Interval("month", 0.5), "two_months": Interval("month", 2),
    "quarter": Interval("month", 3), "half_year": Interval("month", 6), "hour": Interval("hour"), "day": Interval("day"),
    "week": Interval("week"), "month": Interval("month"), "year": Interval("year"),
}  # fmt: skip
# English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Czech, Slovak, Swedish, Danish, Norwegian,
# Finnish, Hungarian, Romanian, Turkish, Indonesian, Chinese, Japanese, Korean
_WORDS = {
    "once": r"one-?(?:time|off)|lump-sum|einmalig\w*|eenmalig\w*|jednorazow\w*|engångs\w*",
    "two_weeks": r"bi-?week(?:ly)?|fortnight(?:ly)?|zweiwöchentlich|tweewekelijks",
    "half_month": r"semi-?month(?:ly)?|half-month(?:ly)?|quincenal\w*",
    "two_months": r"bi-?month(?:ly)?|bimestral\w*",
    "quarter": r"quarter(?:ly)?|trimestr\w*|vierteljährlich\w*|kwartaal",
    "half_year": r"half-year(?:ly)?|semi-?annual(?:ly)?|halbjährlich\w*|semestr\w*",
    "hour": r"hours?|hourly|hrs?|(?:per|an)-hour|stunden?(?:lohn|satz)?|stündlich\w*|std|uur(?:loon|tarief)?|heures?|"
    r"horaires?|horas?|orari[oa]|ora|godzin\w*|godz|hodin\w*|tim(?:lön|løn|elønn|me|men)|tunti|tunnissa|saat(?:lik)?|時給|시급",
    "day": r"days?|daily|per-day|tag(?:e|essatz)?|täglich\w*|dag(?:tarief)?|jour(?:née|nalier)?|tjm|días?|diari[oa]|giorno|"
    r"giornalier\w|dzień|dziennie|dniówka|denně|man-?days?|pd|日給|일급",
    "week": r"weeks?|weekly|wk|per-week|wochen?\w*|wöchentlich\w*|wekelijks|semaine|hebdomadaire|semanal\w*|semana|"
    r"settiman\w*|tydzień|tygodni\w*|týd\w*|veck\w*|ugentlig\w*|uge|uke|ukentlig|pw",
    "month": r"months?|monthly|per-month|(?:brutto|grund|mindest|netto)?monat\w*|mtl|maand\w*|mois|mensuel\w*|mensual\w*|"
    r"mensil[ei]|mes(?:es)?|mesi|mese|mês|mensa(?:l|is)|miesi[ąęe]c\w*|mies|m-c|měsíc\w*|měsíčn\w*|mesia\w*|mesačn\w*|månad\w*|"
    r"måned\w*|mån|mdr?|havi|hónap|hó|lun[ăa]r?|kuukau\w*|kk|aylık|ayda|bulan|pcm|pm|月給|月薪|月|월급|월",
    "year": r"years?|yearly|per-year|annual(?:ly|i[sz]ed)?|annum|p\.?a|yrs?|(?:brutto|grund|mindest)?jahr\w*|jährlich\w*|"
    r"jaar\w*|annuel\w*|année|anual\w*|años?|anno|annu[aoie]|ano|roczn\w*|rok\w*|ročn\w*|år(?!s)\w*|årsl\w*|év\w*|vuosi\w*|"
    r"vuodessa|yıllık|tahun|lpa|ral|ctc|年収|年薪|年|연봉|연",
}  # fmt: skip
_CALLED = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items()), re.IGNORECASE)
# letters and short words that are a period only behind a stroke or "per"
_SHORT = {
    "h": "hour", "u": "hour", "t": "hour", "g": "hour", "hod": "hour", "d": "day", "j": "day", "den": "day", "dia": "day",
    "w": "week", "m": "month", "mo": "month", "mos": "month", "mth": "month", "ay": "month", "md": "day", "a": "year", "y": "year",
    "an": "year", "ann": "year",
}  # fmt: skip
_PER = {"/", "per", "pro", "par", "por", "al", "na", "za", "pr", "p", "pe"}
# with a number before, these are a term or hours of work, and nothing that an amount is paid for: "a 6 month contract"
_TERMS = re.compile(
    r"(?:hours?|hrs?|h|uur|uren|stunden|std|heures|horas|ore|days?|tage|dagen|jours|weeks?|months?|years?|yrs?|jahren?|monaten?)"
)
_NUMBERS = {"one", "two", "three", "four", "five", "six", "twelve"}
# the period of another benefit: "an annual performance bonus"
_BENEFIT = re.compile(
    r"bonus\w*|equity|stipend|allowance|budget|on-?sites?|off-?sites?|retreats?|meet\w*|travel|reviews?|targets?|revenue|leave|performance|refresh\w*"
)
_ADJECTIVES = {"annual", "yearly", "monthly", "weekly", "quarterly", "jährlicher", "jährliches", "annuelle", "anual"}
_PHRASES = (
    (re.compile(r"(?i)\b(?:every|per) (?:two|2|other) weeks?"), " fortnight "),
    (re.compile(r"(?i)\btwice (?:a |per )?month(?:ly)?|half a month"), " semimonthly "),
    (re.compile(r"(?i)\bone[- ](time|off)\b|\blump sum|\buna tantum"), " onetime "),
    (re.compile(r"\bb/a\b|\b[pP]\. ?[aA]\b"), " annum "),
    (re.compile(r"\bp/m\b"), " pcm "),
)
# the words of which a phrase has one
_HINT_WORDS = (
    "one-off One-off every Every other twice Twice half Half one One one-time One-time One-Time lump Lump tantum b p P"
)
_HINTS = frozenset(_HINT_WORDS.split())
_TOKEN = re.compile(r"\d+|[/,;(]|[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=20_000)
def _called(word: str) -> Interval | None:
    """The interval that one word names; what is glued to it begins with a capital ("yearDescription")."""
    found = _CALLED.fullmatch(word) or _CALLED.fullmatch(re.split(r"(?<=[a-zß-ž])(?=[A-Z])", word, maxsplit=1)[0])
    return _INTERVALS[found.lastgroup or ""] if found else None


def read_intervals(words: str) -> list[Interval]:
    """Every interval that words name, in their order."""
    tokens = _TOKEN.findall(words)
    if not _HINTS.isdisjoint(tokens):
        for phrase, name in _PHRASES:
            words = phrase.sub(name, words)
        tokens = _TOKEN.findall(words)
    found: list[Interval] = []
    is_work = False  # "40 hours per week"
    for number, token in enumerate(tokens):
        interval = _called(token)
        if interval is None and len(token) > 3:
            continue
        before = tokens[number - 1].lower() if number else ""
        if before in _PER and token.lower() in _SHORT:
            interval = _INTERVALS[_SHORT[token.lower()]]
        if interval is None:
            continue
        if (before.isdigit() or before in _NUMBERS) and _TERMS.fullmatch(token.lower()):
            is_work = True
        elif is_work:
            is_work = False
        elif not (token.lower() in _ADJECTIVES and _is_benefit(tokens[number + 1 : number + 4])):
            found.append(interval)
    return found


def _is_benefit(tokens: list[str]) -> bool:
    for token in tokens:
        if token in (",", ";", "("):
            return False
        if _BENEFIT.fullmatch(token.lower()):
            return True
    return False


_TIMES = re.compile(
    r"(?:\bx|×|\*)\s?(?P<x>1[2-6])\b|\b(?P<mal>1[2-6])\s?-?(?:x\b|×|mal\b)|"
    r"\b(?P<pay>1[2-6])\s?(?:(?:monats|monthly )?(?:gehälter|gehältern|löhne|salaries|payments|pays)\b|pagas|mensilità|mensualidades|"
    r"meses|maanden|薪)|\b(?:sur|over|em|en)\s(?P<over>1[2-6])\s(?:mois|months|meses|pagas)\b",
    re.IGNORECASE,
)


def read_times(words: str) -> int | None:
    """How many monthly salaries a year words name ("14mal jährlich", "x 13"); None where they name none."""
    match = _TIMES.search(words) if "1" in words else None
    return int(next(filter(None, match.groups()))) if match else None


_NUMBERED = re.compile(r"(\d+(?:\.\d+)?)\s*(HOUR|DAY|WEEK|MONTH|YEAR|TIME)S?", re.IGNORECASE)
_UNIT_CODES = {"HUR": "hour", "DAY": "day", "WEE": "week", "MON": "month", "ANN": "year"}  # UN/CEFACT, for schema.org


def read_interval(words: str | None) -> Interval | None:
    """The interval in a board's field: "2 WEEK", "semi-month-salary", "1 TIME", "Hourly Rate", "MON"."""
    text = (words or "").strip()
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        count, name = float(numbered[1]), numbered[2].lower()
        return ONCE if name == "time" or not count else Interval(_INTERVALS[name].period, count)
    if text.upper() in _UNIT_CODES:
        return _INTERVALS[_UNIT_CODES[text.upper()]]
    found = read_intervals(re.sub(r"-(?=salary|wage|pay)", " ", text, flags=re.IGNORECASE))
    return found[0] if found else None
