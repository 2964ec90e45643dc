"""What a web page holds for programs: where it links to, and its linked data (JSON-LD, w3.org/TR/json-ld11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from pipeline.markup import parsed

_EDGE = " \t\r\n\ufeff/*;"  # what stands around JSON in a script: blanks, marks of a comment, an end


def links(page: str, body: bytes) -> set[str]:
    """The other pages of the same host that the page of that address links to. Raises MarkupError."""
    html = parsed(_text(body))
    base = html.css_first("base[href]")
    found = set()
    for link in html.css("a[href]"):
        try:
            start = urljoin(page, (base.attributes["href"] if base else None) or "")
            parts = urlsplit(urljoin(start, link.attributes["href"] or ""))
        except ValueError:  # no address, whatever it is
            continue
        if parts.scheme in ("http", "https") and parts.hostname == urlsplit(page).hostname:
            found.add(parts._replace(fragment="").geturl())
    return found - {page}


def json_ld(body: bytes) -> Iterator[str]:
    """The text of every JSON-LD block, without the comment or CDATA section around it. Raises MarkupError."""
    for script in parsed(_text(body)).css("script[type]"):
        if (script.attributes["type"] or "").split(";")[0].strip().lower() == "application/ld+json":
            text = script.text().strip(_EDGE)
            for start, end in (("<!--", "-->"), ("<![CDATA[", "]]>")):
                text = text.removeprefix(start).removesuffix(end).strip(_EDGE)
            yield text


def objects(block: Any, kind: str) -> list[dict[str, Any]]:
    """Every object of a type: the block itself, in a list or `@graph`, or the `mainEntity` of a page.

    What it names only by `@id` is put in its place. What is merely listed beside it (`itemListElement`) is left out.
    """
    nodes, waiting = [], [block]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            nodes.append(node)
            waiting += [node[name] for name in ("mainEntity", "@graph") if name in node]
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}

    def whole(value: Any) -> Any:
        is_name = isinstance(value, dict) and value.keys() == {"@id"}
        return named.get(str(value["@id"]), value) if is_name else value

    return [{name: whole(value) for name, value in node.items()} for node in nodes if kind in _types(node)]


def _types(node: dict[str, Any]) -> set[str]:
    """The names of an object's types, without the vocabulary before them."""
    types = node.get("@type")
    return {
        re.split("[/:#]", one)[-1] for one in (types if isinstance(types, list) else [types]) if isinstance(one, str)
    }


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")
