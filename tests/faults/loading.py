"""A board's payload read and loaded into a real warehouse, and how the time of a reading grows."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

from pipeline.fetching.payload import bundle
from pipeline.posting import Board
from pipeline.resources import SOURCES
from pipeline.stages.changes import Changes, Fetch
from warehouse.store import open_store

DAY = datetime(2026, 10, 5, tzinfo=UTC)
LINEAR = 10  # a size four times as large takes four times as long where time is linear, sixteen times where quadratic


@dataclass
class Loaded:
    """What stands in the warehouse after a payload was loaded."""

    outcome: str
    error: str
    postings: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    places: int
    ranges: int

    @property
    def one(self) -> dict[str, Any]:
        """The one posting."""
        assert len(self.postings) == 1, (self.error, self.rejects)
        return self.postings[0]


def load(home: Path, payload: object, source: str = "greenhouse") -> Loaded:
    """Read and load one payload, bytes or an object as JSON, of a board of the source; nothing else is in the warehouse."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    board = Board("Kestrel", source, "kestrel")
    fetch = Fetch("run", board, DAY, frozenset(), None)
    changes = Changes("run")
    changes.add_payload(fetch, SOURCES[source], body, {})
    with open_store(home) as store:
        store.append("sources", [{"source": source, "lists_all": True, "is_dated": False}])
        store.append("boards", [{"board_id": board.board_id, "company": "Kestrel", "source": source}])
        store.append("fetches", [{"run_id": "run", "board_id": board.board_id, "fetched_at": DAY.replace(tzinfo=None)}])
        store.load("postings", changes.staged())
        (fetched,) = store.ask("select outcome, error from fetches").records()
        places, ranges = (
            int(store.ask(f"select count(*) from {table}").rows[0][0]) for table in ("posting_places", "posting_pay")
        )
        return Loaded(
            fetched["outcome"],
            fetched["error"] or "",
            list(store.ask("from postings order by posting_id").records()),
            list(store.ask("from rejects order by all").records()),
            places,
            ranges,
        )


def pages(*bodies: str) -> bytes:
    """The payload of a site whose pages hold these bodies."""
    return bundle((f"https://jobs.kestrel.example.com/{number}", body.encode()) for number, body in enumerate(bodies))


def feed(inside: str) -> bytes:
    """The payload of a Personio board with this inside its feed."""
    return bundle([("https://kestrel.jobs.personio.de/xml", f"<workzag-jobs>{inside}</workzag-jobs>".encode())])


def assert_linear(read: Callable[[int], object], size: int) -> None:
    """Reading four times as much takes nowhere near sixteen times as long; of three tries one must say so."""
    ratios = []
    for _ in range(3):
        ratios.append(_seconds(read, 4 * size) / _seconds(read, size))
        if ratios[-1] < LINEAR:
            return
    raise AssertionError(f"time grows as {ratios} where the size grows by 4")


def _seconds(read: Callable[[int], object], size: int) -> float:
    best = float("inf")
    for _ in range(3):
        start = process_time()
        read(size)
        best = min(best, process_time() - start)
    return max(best, 1e-4)  # below it, a clock tells nothing
