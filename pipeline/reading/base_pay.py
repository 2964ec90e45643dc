"""Whether an amount of money is base pay: by the words that name it, not by those that merely stand near."""

from __future__ import annotations

import re

from pipeline.reading.amounts import Amount

BEFORE, BEHIND = 130, 60  # characters beside an amount that may name it
# what an amount is where one of these is its nearest name, whatever stands farther off
_EXTRA = (
    r"bonus(?:es)?|commissions?|equity|stocks?|shares|rsus?|options|esop|sign-?(?: )?on|signing|retention|stipend|allowances?|"
    r"reimburs\w*|budget|vouchers?|tickets?|referral|refer|relocation|incentives?|subsid\w*|401\(?k?|match(?:es|ing)?|"
    r"savings|insurance|coverage|credits?|grants?|gratification|prime|vales?|rimborso|buoni|zuschuss|prämie|premia|bounty|"
    r"rewards?|prizes?|gift|discounts?|vakantiegeld|toeslag|příspěvek|friskvård\w*|tilskud|dofinansowanie|home office|"
    r"donat\w*|perks?|superannuation|weighting|gym|lunch|meals?|membership|conferences?|books|courses|phone|internet"
)
# other money; a word of pay in the same clause outweighs these, for many are words of work too
_OTHER = (
    r"series [a-f]|funding|funded|raised|raise|valuation|valued|revenue|arr|backed|investment|invested|investors|assets|"
    r"customers|transactions?|payments?|processed|volume|sales|wellness|fund|billion|quota|deals?|spend|saved|portfolio|wins?|"
    r"worth|costs?|fees?"
)
_PAY = (
    r"salar(?:y|ies)|base|pay|paid|paying|pays|compensation|comp|wages?|rates?|range|gehalt|gehälter|\w*gehalts?\w*|brutto|"
    r"bruttojahres\w*|vergütung|bezahlung|lohn|\w+lohn|salär|tagessatz|remuneration|earnings?|earn|ctc|package|lpa|gross|"
    r"salaire|rémunération|fixe|bruts?|tjm|salari[ao]l?|salarial|sueldo|retribución|brutos?|ral|stipendio|retribuzione|lord[aio]|"
    r"salaris|\w*salaris|bruto|uurtarief|loon|wynagrodzenie|stawka|widełki|netto|net|plat|mzda|mzdy|vencimento|salário|"
    r"remuneração|lön|\w+lön|løn|\w+løn|lønn|\w+lønn|palkka|bruttó|bér|fizetés|salariu|maaş|gaji|月給|年収|月薪|年薪|연봉|월급|ote"
)
_STRONG = re.compile(r"\b(?:salary|salaries|base|wages?|compensation|gehalt|salaire|salario)\b", re.IGNORECASE)
_EXTRAS = re.compile(rf"\b(?:{_EXTRA})\b", re.IGNORECASE)
_NAMES = re.compile(
    rf"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?i:(?P<extra>{_EXTRA})|(?P<other>{_OTHER})|(?P<pay>{_PAY}))(?![a-zß-ž])"
)
# an amount that an hour, day, month or year is paid with needs no other word of pay
_PER = re.compile(
    r"[^\n.;$€£]{0,12}?(?:/|\b(?:per|an?|pro|par|por|al|p\.|pd\b|pcm\b|gross|brutt?o|bruts?|base\b|(?:annual|month|week|hour|dai)ly|"
    r"annual\b|outside|inside|month|miesięcznie|mies|mensual|netto|DOE|b/a|plus (?:bonus|benefits|super))|"
    r"\+ ?(?:bonus|equity|super|benefits|profit|stock|options))",
    re.IGNORECASE,
)
# earnings with a variable part are not base pay, whatever else stands near
_VARIABLE = re.compile(
    r"(?<!/)(?<!/ )\b(?:ote|on[- ]target (?:earnings?|compensation|pay)|on[- ]target|target earnings)\b|"
    r"\b(?:and|plus|\+)\s+variable (?:compensation|pay|component)|^ ?\+ ?variable\b|\bone[- ](?:time|off)\b",
    re.IGNORECASE,
)
_VARIABLE_BEHIND = re.compile(rf"^[^.;:\n$€£|•]{{0,24}}?(?:{_VARIABLE.pattern})(?!\W{{0,4}}(?:of |is )?[$€£\d])", re.IGNORECASE)
# what is said to stand outside the amount
_ASIDE = re.compile(
    r"\([^()]*\)|\b(?:exclu\w+|exclusive of|not including|does not include|without|before|in addition to|on top of|besides|"
    r"apart from|along with|as well as|alongside|zzgl\.?|zuzüglich|plus)\b[^,:]*?(?=,|:|\b(?:is|are|ranges?|base|salary)\b|$)",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[.!?;](?:[*_)\"”]*\s|$)|\n|[•|·]|\s[–—-]\s")
_PIECE_ENDS = re.compile(
    r"[.!?\n;,(+•|·*]|\s[–—-]\s|\s(?:plus|and|as well|with|which|that|depending|based|eligible|including|und|et|y|og|och|zzgl\.?)\s",
)
# the headings that stand behind a range where a page's line ends are lost
_HEADING = re.compile(r"\W*(?:Offers?|Equity|Stock|Minimum|Education|Allowances?|Benefits|Bonus(?:es)?:|Insurance|Learning)\b")
_MARKED = re.compile(r"(?:^|[|(:–—-])\s*(?:up to |from |~|c\. ?)?$", re.IGNORECASE)


def is_base_pay(amount: Amount, text: str, after: int, until: int, is_plain: bool) -> bool:
    """Whether the words beside an amount name it as base pay.

    `after` and `until` are the ends of the amounts before and behind it; `is_plain` says that its size is a yearly
    range's, which needs no word of pay.
    """
    before = text[max(after, amount.start - BEFORE) : amount.start]
    behind = text[amount.end : amount.end + BEHIND]
    clause = _ASIDE.sub(" ", _last_clause(before))
    if _VARIABLE.search(clause) or _VARIABLE_BEHIND.search(behind):
        return False
    behind = behind[: until - amount.end]
    named = _named(clause)
    if named in ("extra", "other"):
        return False
    if _names_extra_behind(behind, is_plain or named == "pay"):
        return False
    if named == "pay" or amount.unit == "lpa" or _PER.match(behind):
        return True
    around = f"{before} {behind[:40]}" if after < amount.start - BEFORE or not before.strip() else before + behind[:40]
    is_labelled = any(match["pay"] for match in _NAMES.finditer(around))
    return is_labelled or is_plain


def is_base_title(title: str) -> bool:
    """Whether a board's title of a range names base pay, or nothing else: "Annual Bonus Range" and "OTE" do not."""
    plain = _ASIDE.sub(" ", title)
    return not _VARIABLE.search(plain) and (not _EXTRAS.search(plain) or bool(_STRONG.search(plain)))


def _last_clause(before: str) -> str:
    """The clause that ends where the amount begins; the line above where the amount begins its own."""
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(before)]
    clause = before[ends[-1] :] if ends else before
    if re.search(r"\w", clause) or "\n" not in before:
        return clause
    above = before.rstrip().rpartition("\n")[2]
    return above if len(above) < 60 else ""


def _named(clause: str) -> str | None:
    """What the last name in a clause makes of the amount; a list of names before a colon ("Salary and equity:") is pay."""
    names = list(_NAMES.finditer(clause))
    if not names:
        return None
    kinds = [name.lastgroup for name in names]
    if kinds[-1] == "other" and "pay" in kinds:
        return "extra" if "extra" in kinds else "pay"
    is_list = kinds[-1] == "extra" and re.fullmatch(r"\W{1,5}(?:\w+\W)?:?\W*", clause[names[-1].end() :]) is not None
    if is_list and len(names) > 1 and re.search(r":\W*$", clause) and kinds[0] == "pay":
        between = clause[names[-2].end() : names[-1].start()]
        return "pay" if re.fullmatch(r"\s?(?:and|&|/|\+|,)\s?", between) else "extra"
    return kinds[-1]


def _names_extra_behind(behind: str, is_pay: bool) -> bool:
    """Whether the words right behind name another thing: "$20,000 sign-on bonus", "€500 per month for lunch"."""
    if _HEADING.match(behind) and is_pay:
        return False
    piece = _PIECE_ENDS.split(behind.lstrip("*_"), maxsplit=1)[0]
    found = next((match for match in _NAMES.finditer(piece) if match.lastgroup in ("extra", "other", "pay")), None)
    return found is not None and found.lastgroup != "pay"
