"""From a board's payload to its items, each read on its own.

One malformed posting costs that posting; a payload of the wrong shape costs the board.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.posting import RawPosting, Reject

# subdomains that are a vendor's own, not a company's
_VENDORS_OWN = {
    "academy", "api", "app", "apply", "assets-cdn", "attachments-cdn", "blog", "career", "careers", "developer", "developers", "docs",
    "gallery-cdn", "get", "go", "help", "info", "jobs", "login", "resources", "status", "support", "www",
}  # fmt: skip


class PayloadError(ValueError):
    """The payload is not what its source answers; the message says what was found instead."""


def items(payload: bytes, key: str | None) -> list[Any]:
    """The list under `key` of a JSON object, or the JSON list itself where `key` is None.

    A key may lead inside with dots, as `data.positions` and `items.0.requisitionList` do. Raises PayloadError when the payload is not JSON or holds no such list.
    """
    try:
        found = json.loads(payload)
    except ValueError as error:
        start = payload[:40].decode("utf-8", "replace").strip()
        raise PayloadError(f"the answer is not whole JSON (it starts {start!r}): {error}") from None
    found = _under(found, key.split(".") if key else ())
    if not isinstance(found, list):
        raise PayloadError(f"the answer holds no list {'of postings' if key is None else repr(key)}")
    return found


def count(payload: bytes, key: str) -> int | None:
    """The whole number under `key` (as in `items`), such as how long a list is; None where it says none.

    Raises PayloadError when the payload is no JSON object, or something else stands there.
    """
    try:
        whole = json.loads(payload)
    except ValueError:
        whole = None
    if not isinstance(whole, dict):
        raise PayloadError(f"the answer is no JSON object with {key!r}")
    found = _under(whole, key.split("."))
    if found is not None and type(found) is not int:
        raise PayloadError(f"{key!r} should be a whole number and is {found!r:.40}")
    return found


def total_in(payload: bytes, path: Sequence[str]) -> int | None:
    """How many postings an answer says that there are, at the path to it in a JSON object; None where it says none."""
    found = _under(json.loads(payload), path)
    return found if type(found) is int else None


def _under(value: Any, path: Sequence[str]) -> Any:
    """What stands at a path of names and places in lists; None where nothing does."""
    for name in path:
        if isinstance(value, list) and name.isdigit():
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def company_in(payload: bytes, path: Sequence[str]) -> str | None:
    """Whose board an answer says that it is, at the path to it in JSON; None where it says none."""
    try:
        found = _under(json.loads(payload), path)
    except ValueError:
        return None  # the reader says what is wrong with it
    return found if isinstance(found, str) else None


def bundle(answers: Iterable[tuple[str, bytes]]) -> bytes:
    """One payload of a board that answers in pieces: each address asked, with its body verbatim (UTF-8)."""
    return json.dumps([{"url": url, "body": body.decode("utf-8", "replace")} for url, body in answers]).encode()


def bundled(payload: bytes) -> list[tuple[str, bytes]]:
    """The answers of a `bundle`, in order. Raises PayloadError when it is none."""
    try:
        return [(answer["url"], answer["body"].encode()) for answer in items(payload, None)]
    except (KeyError, TypeError, AttributeError):
        raise PayloadError("the payload holds no list of answers") from None


def each(
    found: Iterable[Any], read_one: Callable[[dict[str, Any]], RawPosting | None], id_key: str = "id"
) -> Iterator[RawPosting | Reject]:
    """Read every item by itself; what cannot be read becomes a Reject with its reason.

    `read_one` answers None for an item that is no posting (an unlisted one, say). `id_key` is the
    field that holds an item's id.
    """
    for item in found:
        try:
            posting = read_one(item)
        except Exception as error:  # whatever a stranger's posting raises costs that posting
            yield unreadable(error, item.get(id_key) if isinstance(item, dict) else None)
        else:
            if posting is not None:
                yield posting


def unreadable(error: Exception, native_id: object) -> Reject:
    """The reject of an item whose reading raised an error; `native_id` is what stands in the place of its id."""
    try:
        named = identifier(native_id)
    except TypeError:
        named = None
    return Reject(f"unreadable posting: {type(error).__name__}: {error!s:.200}", named)


def joined(found: Iterable[RawPosting | Reject]) -> Iterator[RawPosting | Reject]:
    """One posting of all its rows, for a board that repeats it: the first row, with the places of all.

    The rejects come first.
    """
    kept: dict[str, RawPosting] = {}
    for item in found:
        if isinstance(item, Reject):
            yield item
        elif not item.native_id:
            yield Reject("it has no id, so its rows cannot be told from another's")
        else:
            first = kept.get(item.native_id, item)
            kept[item.native_id] = replace(first, places=tuple(dict.fromkeys(first.places + item.places)))
    yield from kept.values()


def identifier(value: object) -> str:
    """A field that names a posting: text or a whole number. Raises TypeError for anything else, and for blanks."""
    name = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not name:
        raise TypeError(f"an id expected, found {value!r:.40}")
    return name


def words(value: object) -> str | None:
    """A field that should be text: stripped, None when absent or blank.

    Raises TypeError for anything but text or None, so that a new type is seen, not guessed.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"text expected, found {type(value).__name__}")
    return value.strip() or None


def token_at(url: str, *forms: str) -> str | None:
    """What stands at `{token}` in the first form an address has; None where it has none of them.

    A form is `host/path`, compared without letter case; what follows the form's path does not matter.
    """
    parts = urlsplit(url if "//" in url else f"//{url}")
    address = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}"
    for form in forms:
        pattern = re.escape(form).replace(r"\{token\}", "([^/?#]+)")
        if found := re.match(rf"{pattern}(?:[/?#]|$)", address, re.IGNORECASE):
            return unquote(found[1])
    return None


def subdomain_at(url: str, *domains: str) -> str | None:
    """The company's own subdomain of one of a vendor's domains; None for the vendor's own, such as `www`."""
    host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    for domain in domains:
        name = host.removesuffix(f".{domain}")
        if name != host and "." not in name and name not in _VENDORS_OWN:
            return name
    return None


def number(value: object) -> float | None:
    """A field that should be a number; None when absent. Raises TypeError for anything else."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"number expected, found {type(value).__name__}")
    if not isfinite(found := float(value)):
        raise ValueError(f"a number expected, found {found}")
    return found


def numeral(value: object) -> float | None:
    """A number that a source writes as text ("60000", "18.50"); None when absent or blank."""
    if not isinstance(value, str):
        return number(value)
    return number(float(value)) if value.strip() else None
