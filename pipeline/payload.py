"""From a board's payload to its items, each read on its own.

One malformed posting costs that posting; a payload of the wrong shape costs the board.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pipeline.posting import RawPosting, Reject


class PayloadError(ValueError):
    """The payload is not what its source answers; the message says what was found instead."""


def items(payload: bytes, key: str | None) -> list[Any]:
    """The list under `key` of a JSON object, or the JSON list itself where `key` is None.

    Raises PayloadError when the payload is not JSON or holds no such list.
    """
    try:
        found = json.loads(payload)
    except ValueError as error:
        start = payload[:40].decode("utf-8", "replace").strip()
        raise PayloadError(f"the answer is not whole JSON (it starts {start!r}): {error}") from None
    if key is not None:
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise PayloadError(f"the answer holds no list {'of postings' if key is None else repr(key)}")
    return found


def each(
    found: Iterable[Any], read_one: Callable[[dict[str, Any]], RawPosting | None]
) -> Iterator[RawPosting | Reject]:
    """Read every item by itself; what cannot be read becomes a Reject with its reason.

    `read_one` answers None for an item that is no posting (an unlisted one, say).
    """
    for item in found:
        try:
            posting = read_one(item)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield Reject(f"unreadable posting: {type(error).__name__}: {error}", _native_id(item))
        else:
            if posting is not None:
                yield posting


def words(value: object) -> str | None:
    """A field that should be text: stripped, None when absent or blank.

    Raises TypeError for anything but text or None, so that a new type is seen, not guessed.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"text expected, found {type(value).__name__}")
    return value.strip() or None


def number(value: object) -> float | None:
    """A field that should be a number; None when absent. Raises TypeError for anything else."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"number expected, found {type(value).__name__}")
    return float(value)


def _native_id(item: object) -> str | None:
    native = item.get("id") if isinstance(item, dict) else None
    return str(native) if isinstance(native, str | int) else None
