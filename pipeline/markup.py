"""HTML, parsed and unescaped."""

from __future__ import annotations

from html import unescape

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


def unescaped(html: str) -> str:
    """HTML that is escaped once more than HTML is, as `html.unescape` has it.

    What stands most is replaced first, which takes a third of the time; what else an ampersand begins ends before it or
    does not know its letters, so nothing is read otherwise.
    """
    return unescape(html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"'))
