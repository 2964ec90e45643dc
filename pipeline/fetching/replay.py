"""Answers requests from a folder instead of the network, through httpx's own transport.

`index.jsonl` has one JSON object a line: `url`, `status`, `headers`, `file` (relative to the
folder). A request matches a line when host and path are equal once decoded and every query
parameter of the line is in the request; the line with the most parameters wins; what matches
no line answers 404.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx

# httpx would try to undo an encoding that the kept file no longer has
_NOT_REPLAYED = {"content-encoding", "content-length", "transfer-encoding"}


class ReplayError(ValueError):
    """The folder cannot be replayed; the message names the file and what to mend."""


@dataclass(frozen=True, slots=True)
class _Line:
    params: frozenset[tuple[str, str]]
    status: int
    headers: dict[str, str]
    file: Path


class Replay(httpx.AsyncBaseTransport):
    """The replies of one folder. Raises ReplayError when its index cannot be read."""

    def __init__(self, folder: Path) -> None:
        index = folder / "index.jsonl"
        if not index.is_file():
            raise ReplayError(f"{folder} cannot be replayed: it has no index.jsonl")
        self._lines = _lines_of(index, index.stat().st_mtime_ns)

    def seen_at(self) -> datetime | None:
        """When the replies were made: the latest Date header among them, in UTC, if any has one."""
        stamps = (line.headers.get("date") for lines in self._lines.values() for line in lines)
        dates = [parsedate_to_datetime(stamp) for stamp in stamps if stamp]
        return max(dates).astimezone(UTC) if dates else None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The reply of the first line that matches, 304 where its ETag is already known, else 404."""
        asked = set(request.url.params.multi_items())
        for line in self._lines.get((request.url.host, request.url.path), ()):
            if line.params <= asked:
                etag = line.headers.get("etag")
                if etag and request.headers.get("if-none-match") == etag:
                    return httpx.Response(304, headers=line.headers)
                if not line.file.is_file():
                    raise ReplayError(f"{line.file} is named by the index but is not there")
                return httpx.Response(line.status, headers=line.headers, content=line.file.read_bytes())
        return httpx.Response(404)


@lru_cache(maxsize=1)  # every asset of a run asks for the same
def _lines_of(index: Path, _changed_at: int) -> Mapping[tuple[str, str], Sequence[_Line]]:
    """The lines of an index by host and path, those with the most parameters first. Raises ReplayError."""
    found = defaultdict[tuple[str, str], list[_Line]](list)
    for number, text in enumerate(index.read_bytes().splitlines(), 1):
        if text.strip():
            try:
                address, line = _line(index.parent, json.loads(text))
            except (KeyError, TypeError, ValueError, AttributeError, RecursionError, httpx.InvalidURL) as error:
                raise ReplayError(f"{index}, line {number} is not a reply: {error!r}") from None
            found[address].append(line)
    for lines in found.values():
        lines.sort(key=lambda line: -len(line.params))
    return found


def _line(folder: Path, line: dict[str, object]) -> tuple[tuple[str, str], _Line]:
    """The host and path of a line, and what is answered there."""
    url, status = httpx.URL(str(line["url"])), int(str(line["status"]))
    if urlsplit(str(line["url"])).scheme not in ("http", "https") or not url.host:
        raise ValueError(f"the url {str(url)!r} is no address of the web")
    if not 200 <= status <= 599:
        raise ValueError(f"the status {status} is none of an answer")
    headers = {k.lower(): v for k, v in dict(line.get("headers") or {}).items()}  # type: ignore[call-overload]
    if any(not isinstance(value, str) or re.search(r"[\r\n\0]", value) for value in headers.values()):
        raise ValueError("a header is no line of text")
    if date := headers.get("date"):
        parsedate_to_datetime(date)  # raises ValueError
    kept = {k: v for k, v in headers.items() if k not in _NOT_REPLAYED}
    reply = _Line(frozenset(url.params.multi_items()), status, kept, folder / str(line["file"]))
    return (url.host, url.path), reply
