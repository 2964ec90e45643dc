"""HTML to plain text: lines where a reader sees lines."""

from __future__ import annotations

import re

from pipeline.markup import parsed
from pipeline.posting import sound_text

_TAG = re.compile(r"<[a-zA-Z/!]")
# [^<>] and not [^>]: an unclosed tag costs no second look at the rest of the text
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(
    r"<(?:br|hr|/?(?:p|div|h[1-6]|ul|ol|tr|table|section|article|blockquote|dd|dt|header|footer)|/li)\b[^<>]*>",
    re.IGNORECASE,
)
_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z]")
_UNSHOWN = "script, style, noscript, template"
_MAYBE_UNSHOWN = re.compile(
    r"<(?:script|style|noscript|template)", re.IGNORECASE
)  # looked for first: that takes a tenth


def is_escaped(html: str) -> bool:
    """Whether HTML is escaped once more than HTML is, be it with a live tag beside it: more tags are escaped than live."""
    escaped = len(_ESCAPED_TAG.findall(html))
    return escaped > 0 and escaped > len(_TAG.findall(html))


def plain(html: str) -> str:
    """The text of HTML, or of text that only looks like it: a line a block, "- " before a list item.

    Scripts and styles are dropped, entities resolved, blanks and empty lines folded. Raises MarkupError where it has too
    many tags.
    """
    text = html
    if _TAG.search(html):
        text = _BREAK.sub("\n", _ITEM.sub("\n- ", html))
    if "<" in text or "&" in text:
        parser = parsed(text)
        for node in parser.css(_UNSHOWN) if _MAYBE_UNSHOWN.search(text) else ():
            node.decompose()
        text = parser.body.text() if parser.body else ""
    lines = sound_text(text).split("\n")  # once more: an entity may spell what is unsound
    return "\n".join(filter(None, map(" ".join, map(str.split, lines))))
