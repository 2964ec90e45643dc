"""Payloads without personal data, before they are kept.

A payload is looked at only around what may be an address or a number, and there as the text that its escapes spell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from pipeline.privacy import AT_SIGNS, Span, contacts, near

_SIGNS = {mark.encode(): tuple(map(str.encode, whole)) for mark, whole in AT_SIGNS.items()} | {
    sign: (sign,) for sign in (b"u0040", b"uff20", b"uFF20")
}
_GAP = rb"(?:[ ()./-]|&nbsp;|\\+u(?:00a0|20[01][0-9a-f])|\xc2\xa0|\xe2\x80[\x80-\xaf]|&#\d{2,4};){0,4}"
_DIGITS = re.compile(rb"\d(?<!\d\d)(?:" + _GAP + rb"\d){6}")
_NO_NUMBER = re.compile(rb"(?:19|20)\d\d-[01]\d-[0-3]\d|\d{7}")  # a date; an id, unless it is called a number
_CALLED = re.compile(rb"(?i:tel|phone|fon|mobil|handy|fax|cell|whatsapp)[^\d<>]{0,16}\Z|\+\Z|\b00\Z")
# a letter that takes more than a byte, as JSON, HTML or UTF-8 spell it, at any depth of one in another
_UNIT = re.compile(
    rb"(?:&|\\+u0026)(?:amp;){0,3}(?P<entity>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
    rb'|\\+(?:u(?P<code>[0-9a-fA-F]{4})|["/bfnrt])|\\\\|[\xc2-\xf4][\x80-\xbf]{1,3}',
    re.DOTALL,
)
WHOLE = 16  # bytes from which on letters are met whole, wherever a window begins
_BLANK = {b"n": "\n", b"r": "\n", b"t": " ", b"b": " ", b"f": " "}
_BLANKS = rb"(?:\s|\\+[nrt])*"
_SECTION = re.compile(  # of Personio's feed, which names a person to turn to
    rb"(?P<lead>CONTACT_PERSON</name>" + _BLANKS + rb"<value>).*?(?P<end></value>)", re.DOTALL
)


def masked_payload(payload: bytes, names: Sequence[str] = ()) -> bytes:
    """A payload without e-mail addresses, telephone numbers, and the values of the JSON fields `names`.

    Its form stays as it is: whole letters are replaced, however they are spelled, in JSON in JSON too.
    """
    kept, done = [], 0
    for start, end, instead in _found(payload):
        kept += [payload[done:start], instead.encode()]
        done = end
    payload = b"".join([*kept, payload[done:]])
    if names:
        payload = _fields(names).sub(rb"\g<lead>[name]\g<quote>", payload)
    return _SECTION.sub(rb"\g<lead>[name]\g<end>", payload)


def _fields(names: Sequence[str]) -> re.Pattern[bytes]:
    """The text of a field, or of the `name` of the object in it, up to the quote that it began with."""
    fields = "|".join(map(re.escape, names)).encode()
    colon = _BLANKS + rb":" + _BLANKS
    return re.compile(
        rb'(?P<lead>(?<!\\)\\*"(?:' + fields + rb')\\*"' + colon
        + rb'(?:\{(?:[^{}]{0,400}?[,\s])?' + _BLANKS + rb'\\*"name\\*"' + colon + rb')?(?P<quote>\\*"))'
        + rb'.{0,400}?(?<!\\)(?P=quote)',
        re.DOTALL,
    )  # fmt: skip


def _found(payload: bytes) -> Iterator[Span]:
    """Where contacts are spelled, in their order."""
    done = 0
    for first_byte, end in near(payload, _SIGNS, _numbers(payload)):
        begin = max(first_byte, done)
        text, at = _spelled(payload[begin:end])
        for first, last, instead in contacts(text):
            start = at[first]
            if begin not in (0, done):  # it may begin inside a letter's spelling
                start = max(start, next(one for one in at if one >= min(WHOLE, at[last])))
            yield begin + start, begin + at[last], instead
            done = begin + at[last]


def _numbers(payload: bytes) -> Iterator[int]:
    """Where a run of digits begins that may be a telephone number."""
    for digits in _DIGITS.finditer(payload):
        at = digits.start()
        if not _NO_NUMBER.match(payload, at) or _CALLED.search(payload[max(0, at - 32) : at]):
            yield at


def _spelled(window: bytes) -> tuple[str, list[int]]:
    """The text that a part of a payload spells, a letter each, and where each begins; at last, where all ends."""
    letters, at, done = [], list[int](), 0
    for unit in _UNIT.finditer(window):
        letters += [window[done : unit.start()].decode("latin-1"), _letter(unit)]
        at += range(done, unit.start() + 1)
        done = unit.end()
    return "".join([*letters, window[done:].decode("latin-1")]), [*at, *range(done, len(window) + 1)]


def _letter(unit: re.Match[bytes]) -> str:
    """The one letter that is spelled; a blank where it is none."""
    spelled = unit[0]
    if entity := unit["entity"]:
        letter = unescape(f"&{entity.decode()};")
    elif code := unit["code"]:
        letter = chr(int(code, 16))
    elif spelled[:1] == b"\\":
        letter = _BLANK.get(spelled[-1:], chr(spelled[-1]))
    else:
        letter = spelled.decode("utf-8", "replace")
    return letter if len(letter) == 1 else " "
