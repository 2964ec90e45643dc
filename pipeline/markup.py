"""HTML, parsed."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

# elements left open are looked through at every further tag, which takes quadratic time (lexbor 2, selectolax 1.0); the
# most of a real page are 4,049
MAX_TAGS = 30_000


class MarkupError(ValueError):
    """HTML that is not parsed; the message says why."""


def parsed(html: str | bytes) -> LexborHTMLParser:
    """The elements of a page, or of a part of one. Raises MarkupError for one with more than MAX_TAGS tags."""
    if (html.count("<") if isinstance(html, str) else html.count(b"<")) > MAX_TAGS:
        raise MarkupError(f"its HTML has more than {MAX_TAGS:,} tags")
    return LexborHTMLParser(html)
