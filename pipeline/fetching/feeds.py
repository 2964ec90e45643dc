"""Feeds in XML, whose items are parsed one by one.

A malformed item costs only itself, and none can have a DOCTYPE, without which XML has no entities to expand or to fetch.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from pipeline.fetching.payload import PayloadError, words


def elements(feed: re.Pattern[str], body: bytes, name: str) -> list[str]:
    """The XML of every element of that name, which stand side by side where `feed` has its group.

    Raises PayloadError for an answer that `feed` does not match as a whole, or that holds something else beside them.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    found = feed.fullmatch(text)
    start, end = f"<{name}>", f"</{name}>"
    inside = (found[1] or "") if found else text
    *pieces, rest = [piece.strip() for piece in inside.split(end)]  # a pattern would look for each end anew
    if not found or rest or not all(piece.startswith(start) for piece in pieces):
        raise PayloadError(f"the answer is not a whole feed of <{name}> (it starts {text[:40]!r})")
    return [piece + end for piece in pieces]


def parsed(xml: str) -> ElementTree.Element:
    """The element. Raises ValueError."""
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise ValueError(f"its XML is malformed: {error}") from None


def said(element: ElementTree.Element, name: str) -> str | None:
    """What the first element of that name inside says: stripped, None when absent or blank."""
    return words(element.findtext(name))
