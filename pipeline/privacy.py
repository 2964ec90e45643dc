"""No personal data is kept: e-mail addresses, telephone numbers and names of people are masked before anything is stored.

What an address, a number or a name looks like is said here, of text; `pipeline.fetching.masking` finds the same in payloads.
Every pattern is bounded and begins where a run of its letters begins, so that masking takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import AnyStr

import phonenumbers

_AMP = r"&(?:amp;){0,3}"
_AT_SIGN = rf"(?:\s?(?:[\[({{<]\s?(?:at|@)\s?[\])}}>]|{_AMP}(?:#0{{0,4}}64|#x0{{0,4}}40|commat);)\s?|[@＠﹫]|%40)"
_DOT = rf"(?:[.．。｡]|\s?[\[({{<]\s?(?:dot|punkt|\.)\s?[\])}}>]\s?|{_AMP}(?:#0{{0,4}}46|#x0{{0,4}}2e|period);|\sdot\s| \. ?(?-i:(?=[a-z]{{2,4}}\b)))"
_LABEL = r"[\w-]{1,63}"
_TLD = r"(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,24})(?![^\W_])"  # "_" may stand behind, as in Markdown
_DOMAIN = rf"(?:(?:{_LABEL}{_DOT}){{1,8}}{_TLD}|(?:gmail|googlemail|hotmail|outlook|yahoo|protonmail|icloud)\b)"
_LOCAL = r"(?<![\w.+'-])[\w.+'-]{1,64}"
_DOTTED_LOCAL = rf"{_LOCAL}(?:(?:\s?[\[({{]dot[\])}}]\s?|\sdot\s)[\w+'-]{{1,64}}){{0,3}}"
_LONG_LOCAL = r"(?<=[\w.+'-])[\w.+'-]{64}"  # of more letters without a blank, the last
# an address with blanks around its sign is told from "engineer @ kestrel.ai" by what stands before
_MAILBOX = r"\b(?:careers?|contact|hello|hi|hiring|hr|info|jobs?|people|recruiting|recruitment|talent|team|work)"
_NO_NAME = r"(?!(?:an?|and|at|by|domain|from|in|me|of|on|or|our|the|to|us|via|with)\b)"
_WRITE = r"\b(?:e-?mails?|mail|contact|kontakt|write|reach|apply|send)\b[^\n]{0,60}?"
_EMAILS = (
    re.compile(
        rf"(?:{_DOTTED_LOCAL}|{_LONG_LOCAL})(?:{_AT_SIGN}{_DOMAIN}){{1,3}}", re.IGNORECASE
    ),  # several where no blank parts two addresses
    re.compile(rf"{_DOTTED_LOCAL}\sat\s(?:{_LABEL}\s?[\[({{]?dot[\])}}]?\s?){{1,4}}{_TLD}", re.IGNORECASE),
    re.compile(rf"(?P<lead>{_WRITE}(?={_LOCAL})|(?={_MAILBOX})){_NO_NAME}{_LOCAL} ?@ {_DOMAIN}", re.IGNORECASE),
)
_IN_AN_EMAIL = re.compile(r"[@＠﹫&]|%40|[\[({<]\s?at|dot", re.IGNORECASE)  # one of them is in every address
# where none of these stands, there is no address: what is looked for, and of what it is the end
AT_SIGNS = {sign: (sign,) for sign in ("@", "64;", "40;", "commat;", "%40", "at>", " dot ", " DOT ", "＠", "﹫")} | {
    bracket: (f"at{bracket}", f"AT{bracket}", f"At{bracket}") for bracket in "])}"
}

_GAP = r"[ \u00a0\u2007\u2009\u202f./–‑-]{0,3}"
_GROUPS = rf"(?:\(?\d{{1,5}}\)?{_GAP}){{1,6}}\d(?![\w%])"
_AREA = r"(?:\([2-9]\d\d\)[ \u00a0.–‑-]{0,2}|[2-9]\d\d[ \u00a0.–‑-])"
_TELEPHONE = re.compile(
    r"(?<![\w+.,:$€£/-])(?:(?P<us>(?:\+?1[ .-]?)?" + _AREA + r"[2-9]\d\d[ \u00a0.–‑-]\d{4}(?![\w%]))"
    r"|(?P<area>\(0\d{1,5}\)" + _GAP + _GROUPS + r")"
    r"|(?P<world>(?:\+|00 ?)(?=[1-9])" + _GROUPS + r"))"
)
_CALLED = re.compile(
    r"(?P<lead>\b(?:tel(?:efon|ephone)?|phone|fon|mobile|mobil|handy|fax|cell|whatsapp)(?: ?(?:number|nummer|no|nr)\.?)?"
    r'(?:"\s?:\s?"|[ \u00a0.:]{1,3}))(?P<called>[+(]{0,2}(?=\d)' + _GROUPS + ")",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(rf"\d(?<!\d\d)(?:[()]?{_GAP}\(?\d){{6}}")

_TITLE = (
    r"(?:(?:Ms|Mrs|Mr|Mx|Miss|Dr|Prof|Professor|Professorin|Dipl|Ing|Mag|Sir|Mme|Sra?|Frau|Herrn?|Doctor|med|rer|nat|phil"
    r"|jur|Senior|Lead|Head|Talent|Recruiter|Recruiting|Recruitment|Acquisition|Partner|Manager|HR)\b[.,-]{0,2} ?){0,6}"
)
_CAPITAL, _SMALL = "[A-ZÀ-ÖØ-ÞĆČĐĘŁŃÓŚŠŹŻŽ]", "[a-zß-öø-ÿćčđęłńóśšźżžąğış'’]"
_NAME = rf"{_CAPITAL}{_SMALL}{{1,20}}(?:-{_CAPITAL}{_SMALL}{{1,20}})?"
_PERSON = re.compile(
    r"(?P<lead>\b(?i:recruiter|talent partner|hiring manager|contact person|contact|ansprechpartner(?:in)?|kontakt)"
    r"(?:: {0,2}| is | {0,2}(?=(?:Ms|Mrs|Mr|Dr|Prof|Frau|Herr)\b)))"
    rf"{_TITLE}(?:{_NAME}(?: {_CAPITAL}\.)?|{_CAPITAL}\.)(?: (?:van|von|de|der|den|zu|la|le|di|da|bin|al)){{0,2}} {_NAME}\b"
)
_ROLES = ("recruiter", "talent partner", "hiring manager", "contact", "ansprechpartner", "kontakt")
_NO_PERSON = (
    r"(?!(?:\w+ )?(?:Acquisition|Benefits|Careers?|Cent(?:er|re)|Customer|Department|Desk|Email|Employment|Full|Group|HR|Hiring|Human"
    r"|Inc|Mail|Office|Operations|Ops|Part|People|Phone|Privacy|Recruit\w*|Resources|Services?|Support|Talent|Team|Time)\b)"
)
_BEFORE_MARK = re.compile(
    rf"\b{_NO_PERSON}{_NAME} {_NAME}(?P<between> ?(?:at|by|on|under|via)?[ :,(–-]{{0,3}}\[(?:e-mail|telephone)\])"
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_POSSIBLE = (phonenumbers.ValidationResult.IS_POSSIBLE, phonenumbers.ValidationResult.TOO_LONG)  # digits may follow
LEAST_DIGITS = 7
AROUND, STEP = 192, 64  # letters or bytes on either side of a sign in which an address is looked for, and between two
AFTER, BEFORE = 80, 48  # letters or bytes behind the first digit in which a number is looked for, and before it
MARKS = ("[e-mail]", "[telephone]")
LONGEST_BEFORE_MARK = 120  # letters of a name of two words, what may stand behind it, and the mark
LARGEST = 16_384  # letters or bytes that are looked at in one piece
Span = tuple[int, int, str]


def masked(text: str) -> str:
    """A text without e-mail addresses, telephone numbers, and names of contacts: behind their role or before an address."""
    return _without_names_before_marks(_without_people(without_contacts(text)))


def _without_names_before_marks(text: str) -> str:
    """A text without the names that stand right before an address or number that is masked."""
    if "[" not in text:
        return text
    marks = sorted(at + len(mark) for mark in MARKS for at in _all(text, mark))
    kept, done = [], 0
    for end in marks:
        if found := _BEFORE_MARK.search(text, max(done, end - LONGEST_BEFORE_MARK), end):
            kept += [text[done : found.start()], "[name]", found["between"]]
            done = found.end()
    return "".join([*kept, text[done:]]) if kept else text


def _without_people(text: str) -> str:
    """A text without the names that stand behind the role of a contact; looked for only where a role is named."""
    small = text.lower()
    if len(small) != len(text):  # a letter has become two, and all behind it stand elsewhere
        return _PERSON.sub(r"\g<lead>[name]", text)
    roles = sorted(at for role in _ROLES for at in _all(small, role))
    kept, done = [], 0
    for at in roles:
        if at >= done and (found := _PERSON.match(text, at)):
            kept += [text[done : found.end("lead")], "[name]"]
            done = found.end()
    return "".join([*kept, text[done:]]) if kept else text


def _all(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def without_contacts(text: str) -> str:
    """A text without e-mail addresses and telephone numbers, in the forms that docs/sources.md names."""
    kept, done = [], 0
    for start, end, instead in contacts(text):
        kept += [text[done:start], instead]
        done = end
    return "".join([*kept, text[done:]]) if kept else text


def contacts(text: str) -> list[Span]:
    """Where e-mail addresses and telephone numbers stand in a text, from start to end, and what takes their place."""
    found = (
        span
        for begin, end in near(text, AT_SIGNS, (one.start() for one in _DIGITS.finditer(text)))
        for span in _contacts(text, begin, end)
    )
    apart: list[Span] = []
    for span in sorted(found):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


def near(text: AnyStr, signs: Mapping[AnyStr, tuple[AnyStr, ...]], numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The parts of a text, or of a payload, around signs of an address and where a number begins, in their order.

    A pattern tried at every letter costs a hundredfold. Those that meet are one, up to LARGEST.
    """
    parts = [(at - BEFORE, at + AFTER) for at in numbers]
    for mark, whole in signs.items():
        if mark[-1:] in text:  # one letter is found the fastest
            parts += [(at - AROUND, at + AROUND + STEP) for at in _ends(text, mark, whole)]
    begin, end = 0, 0
    for start, stop in sorted(parts):
        if start > end or stop - begin > LARGEST:
            if end:
                yield begin, min(end, len(text))
            begin = max(start, 0)
        end = max(end, stop)
    if end:
        yield begin, min(end, len(text))


def _ends(text: AnyStr, mark: AnyStr, whole: tuple[AnyStr, ...]) -> Iterator[int]:
    """Where a mark stands that ends a whole sign; of those in one part the first."""
    at = text.find(mark)
    while at >= 0:
        if text.endswith(whole, 0, at + len(mark)):
            yield at
            at = text.find(mark, at + STEP)  # those between lie in the same part
        else:
            at = text.find(mark, at + 1)


def _contacts(text: str, begin: int, end: int) -> Iterator[Span]:
    for pattern in _EMAILS if _IN_AN_EMAIL.search(text, begin, end) else ():
        for one in pattern.finditer(text, begin, end):
            yield one.end("lead") if "lead" in pattern.groupindex else one.start(), one.end(), "[e-mail]"
    if not _DIGIT.search(text, begin, end):
        return
    for one in _TELEPHONE.finditer(text, begin, end):
        if _is_number(one):
            yield one.start(), one.end(), "[telephone]"
    for one in _CALLED.finditer(text, begin, end):
        if sum(map(str.isdigit, one["called"])) >= LEAST_DIGITS and not _YEAR.match(one["called"]):
            yield one.start("called"), one.end(), "[telephone]"


def _is_number(found: re.Match[str]) -> bool:
    """Whether what looks like a telephone number can be one, by the plans of numbers that libphonenumber knows."""
    if found["area"]:
        return True
    written = re.sub("^00 ?", "+", found[0])
    try:
        number = phonenumbers.parse(written, "US" if found["us"] else None)
    except phonenumbers.NumberParseException:
        return False
    if found["us"] or written != found[0] or number.country_code == 1:
        return phonenumbers.is_valid_number(number)
    return phonenumbers.is_possible_number_with_reason(number) in _POSSIBLE
