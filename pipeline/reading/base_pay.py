"""Whether an amount of money is base pay: by the words that name it, not by those that merely stand near."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipeline.reading.amounts import Amount

LEAST_SALARY = 10_000  # a range from here on is a salary, if nothing names it otherwise
BEFORE, BEHIND = 130, 60  # characters beside an amount that may name it
# what an amount is where one of these is its nearest name, whatever stands farther off
_EXTRA = (
    r"bonus(?:es)?|commissions?|equity|stocks?|shares|rsus?|options|esop|sign-?(?: )?on|signing|retention|stipend|allowances?|"
    r"reimburs\w*|\w*budgets?|vouchers?|tickets?|referral|refer|relocation|incentives?|subsid\w*|401\(?k?|match(?:es|ing)?|"
    r"savings|insurance|coverage|credits?|grants?|gratification|prime|vales?|rimborso|buoni|\w*zuschuss|\w*zulage|prämie|premia|bounty|"
    r"benefit|lifetime|coworking|childcare|tuition|rewards?|prizes?|gift|discounts?|vakantiegeld|toeslag|příspěvek|friskvård\w*|\w*pauschale|tilskud|dofinansowanie|home office|"
    r"donat\w*|perks?|superannuation|weighting|gym|lunch|meals?|membership|conferences?|books|courses|phone|internet|"
    r"fertility|leave|hra|fsa|hsa|adoption|surrogacy|ivf|commuter|transit|parking|laptop|equipment|disability|premiums?|repayments?|"
    r"treatments?|therapy|rent|top-up|weiterbildung|fortbildung|formation|sachbezug|jobticket|bootcamp|spending"
)
# other money; a word of pay in the same clause outweighs these, for many are words of work too
_OTHER = (
    r"series [a-f]|funding|funded|raised|raise|valuation|valued|revenue|arr|backed|investment|invested|investors|assets|"
    r"customers|transactions?|payments?|processed|volume|sales|wellness|fund|billion|quota|deals?|spend|saved?|saves|saving|deployed|generat\w+|portfolio|wins?|"
    r"worth|costs?|fees?|incurs?|mrr|recurring"
)
_PAY = (
    r"salar(?:y|ies)|base|pay|paid|paying|pays|compensation|comp|wages?|rates?|range|gehalt|gehälter|\w*gehalts?\w*|"
    r"\w*brutto\w*|\w*vergütung|\w*entgelt|vergütet|bezahlung|lohn|\w+lohn|salär|tagessatz|remuneration|earnings?|earn|ctc|package|lpa|gross|"
    r"salaire|rémunération|fixe|bruts?|tjm|salari[ao]l?|salarial|sueldo|retribución|brutos?|ral|stipendio|retribuzione|lord[aio]|"
    r"salaris|\w*salaris|bruto|uurtarief|loon|wynagrodzenie|stawka|widełki|netto|neto|net|plat|mzda|mzdy|vencimento|salário|"
    r"remuneração|lön|\w+lön|løn|\w+løn|lønn|\w+lønn|palkka|bruttó|bér|fizetés|salariu|maaş|gaji|月給|年収|月薪|年薪|연봉|월급|ote"
)
_STRONG = re.compile(r"\b(?:salary|salaries|base|wages?|compensation|gehalt|salaire|salario)\b", re.IGNORECASE)
_KINDS = re.compile(rf"(?P<extra>{_EXTRA})|(?P<other>{_OTHER})|(?P<pay>{_PAY})")
_WORD = re.compile(r"401|[^\W\d_]+(?:-[^\W\d_]+)*")
Kind = Literal["extra", "other", "pay"]
# what stands behind pay alone
_PACKAGE = re.compile(
    r"[^\n.;$€£]{0,12}?(?:\b(?:base|gross|brutt?o|bruts?|netto|DOE|outside|inside|depend(?:ing|ent) on experience|plus (?:bonus|benefits|super))\b|"
    r"\+ ?(?:bonus|equity|super|benefits|profit|stock|options))",
    re.IGNORECASE,
)
# earnings with a variable part are not base pay, whatever else stands near
_VARIABLE = re.compile(
    r"(?<!/)(?<!/ )\b(?:ote|on[- ]target (?:earnings?|compensation|pay)|on[- ]target|target earnings|total target|target total)\b|"
    r"^[ ,(]{0,2}incl(?:uding|\.|usive of)? (?:the |annual |target |performance ){0,2}(?:bonus|commission|equity|stock|variable)|"
    r"\b(?:and|plus|\+)\s+variable (?:compensation|pay|component)|^ ?\+ ?variable\b|\bone[- ](?:time|off)\b"
)
_VARIABLE_BEHIND = re.compile(rf"[^.;:\n$€£|•+(]{{0,24}}?\(?(?:{_VARIABLE.pattern})(?![^.;\n]{{0,30}}[$€£\d])")
_FIXED = re.compile(r"(?i)\b(?:fixe?|fixed|fixum)\b")
# what is said to stand outside the amount
_BRACKETS = re.compile(r"\([^()]*\)")
_BRACKET_ENDS = re.compile(r"\([^()]*\)(?=[A-Z])")  # a page's line ends are lost: "(based on experience)Equity"
_ASIDE = re.compile(
    r"\b(?:[Ee]xclu\w+|(?:also )?[Ii]ncludes?|eligib\w+|not including|does not include|without|[Bb]efore|[Ii]n addition to|on top of|besides|"
    r"apart from|along with|as well as|alongside|zzgl\.?|zuzüglich|[Pp]lus)\b[^,:]*?(?=,|:|\b(?:is|are|ranges?|base|salary)\b|$)",
)
_ASIDE_WORDS = (
    "exclusive excluding excludes excluded include includes eligible eligibility not without before addition top "
    "besides apart along well alongside zzgl zzgl. zuzüglich plus Excluding Plus Before"
)
_ASIDE_HINTS = frozenset(_ASIDE_WORDS.split())
_CLAUSE_ENDS = (". ", "! ", "? ", "; ", ".\u00a0", ".* ", ".** ", "•", "|", "·", " - ", " – ", " — ")
_NEXT_ENDS = (" and ", ", ", " plus ", " + ", " or ")
_LETTER = re.compile(r"\w")
_WRAP = re.compile(r"\n(?=[a-z])")
_DASH_UP_TO = re.compile(r"\s[–—-]\s+(?=up to $)")
_PIECE_ENDS = re.compile(
    r"[.!?\n;,(+•|·*]|\s(?:[–—-]|plus|and|as well|with|which|that|depending|based|eligible|including|und|et|y|og|och|zzgl\.?)[\s:]",
)
# what is told as a part of pay: "1x salary up to $350,000", "60% of salary up to $2,000 a week"
_SHARE = re.compile(
    r"\b\d+(?:\.\d)?\s?(?:x|times|%)\s(?:of\s)?(?:(?:your|the|base|annual|monthly|weekly|gross|eligible)\s)*(?:salary|pay|earnings|wages?|compensation)\b"
)
# the headings that stand behind a range where a page's line ends are lost
_HEADING = re.compile(
    r"\W*(?:Offers?|Equity|Stock|Minimum|Education|Allowances?|Benefits|Bonus(?:es)?:|Insurance|Learning)\b"
)
# an amount alone between the strokes of a heading: "Onsite | $165k | https://..."
_SEGMENT_ENDS = (" - ", " | ", " – ", " — ", " • ", " · ")
_SEGMENT = re.compile(r"\s?(?:$|\n|[|•·]|\s[-–—]\s)")
# "Salary and equity:" names both, and the amount is the first's
# what is paid for is named before the verb: "Parking paid up to $300"
_PAID = re.compile(r"(?i)\bpaid (?:up to )?\W*$")
_LIST = re.compile(r"(?i)\b(?:salary|pay|base|comp(?:ensation)?)\s?(?:and|&|/|\+|,)\s?\w+\s?:\W*$")


def is_called_base(amount: Amount, text: str, after: int, until: int) -> bool | None:
    """Whether the words beside an amount call it base pay, or something else; None where they call it nothing.

    It lies between `after`, where the amount before it ends, and `until`, where the next begins.
    """
    before = text[max(after, amount.start - BEFORE) : amount.start]
    behind = text[amount.end : amount.end + BEHIND]
    is_open = text.startswith("+", amount.end - 1)  # "$200,000+ bonus"
    is_next = after > max(0, amount.start - BEFORE)
    is_salary = amount.high > amount.low >= LEAST_SALARY
    return _is_called_base(before, behind, min(until - amount.end, BEHIND), is_next, is_open, is_salary, amount.unit)


@lru_cache(maxsize=5_000)
def _is_called_base(
    before: str, behind: str, until: int, is_next: bool, is_open: bool, is_salary: bool, unit: str
) -> bool | None:
    """The same of the words before and behind an amount; the postings of a board have many of them in common."""
    before = without_shares(before)
    clause = _without_asides(_last_clause(before, is_next))
    if clause.rstrip().endswith("+"):
        clause = ""  # "2% equity + £100,000 base"
    if _is_variable(clause, behind):
        return False
    behind = behind[:until]
    named = _named(clause)
    opened = "+" * is_open + behind
    if named in ("extra", "other") or _names_extra_behind(opened, named == "pay" or is_salary):
        return False
    is_alone = unit == "k" and not clause.strip() and _SEGMENT.match(behind) and before.endswith(_SEGMENT_ENDS)
    return True if named == "pay" or is_alone or unit == "lpa" or _PACKAGE.match(opened) else None


def stands_by_pay(amount: Amount, text: str, after: int, until: int) -> bool:
    """Whether a word of pay stands near an amount that nothing names."""
    before, behind = (
        text[max(after, amount.start - BEFORE) : amount.start],
        text[amount.end : min(until, amount.end + BEHIND)],
    )
    return any(kind_of(word) == "pay" for word in _WORD.findall(f"{before} {_piece(behind)}"))


def is_base_title(title: str) -> bool:
    """Whether a board's title of a range names base pay, or nothing else: "Annual Bonus Range" and "OTE" do not."""
    plain = _without_asides(title)
    is_extra = any(kind_of(word) == "extra" for word in _WORD.findall(plain))
    return not _VARIABLE.search(plain.lower()) and (not is_extra or bool(_STRONG.search(plain)))


@lru_cache(maxsize=20_000)
def kind_of(word: str) -> Kind | None:
    """What a word calls an amount; a word that runs on ("EngineerSalary") ends in what it names."""
    last = re.split(r"(?<=[a-zß-ž])(?=[A-Z])", word)[-1].lower()
    found = _KINDS.fullmatch(last) or _KINDS.fullmatch(last.rpartition("-")[2])
    return found.lastgroup if found else None  # type: ignore[return-value]


def without_shares(words: str) -> str:
    """Words without what they tell as a part of pay."""
    return _SHARE.sub("", words) if "%" in words or "x " in words or "times" in words else words


def _without_asides(words: str) -> str:
    if "(" in words:
        words = _BRACKETS.sub(" ", words)
    return words if _ASIDE_HINTS.isdisjoint(words.split()) else _ASIDE.sub(" ", words)


def _is_variable(clause: str, behind: str) -> bool:
    clause, behind = clause.lower(), behind.lower()
    if _may_vary(clause) and _VARIABLE.search(clause):
        return True
    return _may_vary(behind) and not _FIXED.search(clause) and _VARIABLE_BEHIND.match(behind) is not None


def _may_vary(words: str) -> bool:
    return any(word in words for word in ("ote", "target", "variable", "one", "incl"))


def _last_clause(before: str, is_next: bool) -> str:
    """The clause that ends where the amount begins; the line above where the amount begins its own.

    `is_next` says that another amount stands before: what follows that one ends with its clause.
    """
    if before.endswith("up to "):  # "tuition - up to $5,000"
        before = _DASH_UP_TO.sub(" ", before)
    if "\n" in before:
        before = _WRAP.sub(" ", before)
    cut = 0
    for end in _CLAUSE_ENDS:
        if (at := before.rfind(end)) >= cut:
            cut = at + len(end)
    if is_next:
        cut = max(cut, min((at + len(end) for end in _NEXT_ENDS if (at := before.find(end)) >= 0), default=0))
    line = before.rfind("\n")
    clause = before[max(cut, line + 1) :]
    if line < cut or _LETTER.search(clause):
        return clause
    above = before.rstrip().rpartition("\n")[2]
    return above if len(above) < 60 or above.endswith(":") else ""


def _named(clause: str) -> Kind | None:
    """What the last name in a clause makes of the amount; a list of names before a colon ("Salary and equity:") is pay."""
    words = _WORD.findall(clause)
    last = next((kind for word in reversed(words) if (kind := kind_of(word))), None)
    if last is None or (last == "pay" and not ("aid" in clause and _PAID.search(clause))):
        return last
    kinds = [kind for word in words if (kind := kind_of(word))]
    if last == "pay":
        return "extra" if "extra" in kinds[:-1] else "pay"
    if kinds[-1] == "other" and "pay" in kinds:
        return "extra" if "extra" in kinds else "pay"
    if kinds[-1] == "extra" and kinds[0] == "pay" and _LIST.search(clause):
        return "pay"
    return kinds[-1]


def _names_extra_behind(behind: str, is_pay: bool) -> bool:
    """Whether the words right behind name another thing: "$20,000 sign-on bonus", "€500 per month for lunch"."""
    if is_pay and _HEADING.match(behind):
        return False
    kinds = (kind for word in _WORD.findall(_piece(behind)) if (kind := kind_of(word)))
    return next(kinds, "pay") != "pay"


def _piece(behind: str) -> str:
    """The words behind an amount that still belong to it."""
    joined = _WRAP.sub(" ", behind) if "\n" in behind else behind
    joined = _BRACKET_ENDS.sub(" | ", joined) if ")" in joined else joined
    return _PIECE_ENDS.split(_without_asides(joined).lstrip("*_"), maxsplit=1)[0]
