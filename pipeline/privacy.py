"""No personal data is kept: addresses, telephone numbers and names of people are masked before anything is stored.

Every pattern is bounded and begins where a run of its letters begins, so that masking takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}\b"
_EMAILS = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:@| ?[\[(]at[\])] ?){_DOMAIN}")
_DOMAIN_BYTES = re.compile(_DOMAIN.encode())
_LOCAL_BACKWARDS = re.compile(rb"[\w.+-]{1,70}")
# in JSON a letter behind a backslash belongs to the escape, so an address begins only behind the whole of it
_ESCAPE = re.compile(rb"(?<=\\)(?:u[0-9a-fA-F]{4}|[nrtbf])")
_PHONE = re.compile(
    r"(?<![\w+.$€£-])(?=\+?(?:\D{0,2}\d){8})(?:\+\d{1,3}|\(0\d{1,5}\))[\s./-]?(?:\(?\d{1,5}\)?[\s./-]?){2,6}\d(?![\w%])"
)
_PHONE_BYTES = re.compile(rb"\+(?=(?:\D{0,2}\d){8})\d{1,3}[ ./-]?(?:\(?\d{1,5}\)?[ ./-]?){2,6}\d(?![\w%])")
# what may stand before a number: the whole of an escape, no letter, digit or sign of money, or nothing
_BEFORE_PHONE = re.compile(rb"(?:\\(?:u[0-9a-fA-F]{4}|[nrtbf])|[^\w+.$-]|^)\Z")
_PERSON = re.compile(
    r"(?P<lead>\b(?i:recruiter|talent partner|hiring manager|contact person|contact|ansprechpartner(?:in)?|kontakt)"
    r"(?:: {0,2}| is | {0,2}(?=(?:Ms|Mrs|Mr|Frau|Herr)\b)))"
    r"(?:(?:Ms|Mrs|Mr|Dr|Frau|Herr)\.? )?"
    r"[A-Z][a-zà-ÿ]{1,20}(?: [A-Z]\.)? [A-Z][a-zà-ÿ]{1,20}(?:-[A-Z][a-zà-ÿ]{1,20})?\b"
)


def masked(text: str) -> str:
    """A text without e-mail addresses, telephone numbers in international form, and names of contacts."""
    if "@" in text or "at]" in text or "at)" in text:  # a pattern tried at every letter costs a hundredfold
        text = _EMAILS.sub("[e-mail]", text)
    if "+" in text or "(0" in text:
        text = _PHONE.sub("[telephone]", text)
    return _PERSON.sub(r"\g<lead>[name]", text)


def masked_payload(payload: bytes, names: Sequence[str] = ()) -> bytes:
    """A payload without e-mail addresses, telephone numbers, and the values of the JSON fields `names`.

    Its form stays as it is. Telephone numbers are those with a country's code, behind a "+".
    """
    kept = b"".join(_without_telephones(b"".join(_without_addresses(payload))))
    if not names:
        return kept
    fields = "|".join(map(re.escape, names)).encode()
    value = rb'(\s*:\s*(?:\{\s*"name"\s*:\s*)?)"(?:[^"\\]|\\.){0,200}"'
    return re.sub(rb'("(?:' + fields + rb')")' + value, rb'\1\2"[name]"', kept)


def _without_telephones(payload: bytes) -> Iterator[bytes]:
    """The parts between telephone numbers; looks only behind each "+"."""
    done, at = 0, payload.find(b"+")
    while at >= 0:
        if _BEFORE_PHONE.search(payload[max(done, at - 6) : at]) and (number := _PHONE_BYTES.match(payload, at)):
            yield payload[done:at]
            yield b"[telephone]"
            done = number.end()
        at = payload.find(b"+", max(done, at + 1))
    yield payload[done:]


def _without_addresses(payload: bytes) -> Iterator[bytes]:
    """The parts between addresses. Looks only around each "@": a pattern tried at every letter costs a hundredfold."""
    done, at = 0, payload.find(b"@")
    while at >= 0:
        local = _LOCAL_BACKWARDS.match(payload[max(done, at - 70) : at][::-1])
        domain = _DOMAIN_BYTES.match(payload, at + 1) if local else None
        if local and domain:
            start = at - local.end()
            escape = _ESCAPE.match(payload, start)
            yield payload[done : escape.end() if escape else start]
            yield b"[e-mail]"
            done = domain.end()
        at = payload.find(b"@", max(done, at + 1))
    yield payload[done:]
