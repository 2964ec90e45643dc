"""No two things under one key or name, and no thing under two: companies, postings, visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from faults.case import proving
from faults.typed import (
    holds,
)
from pipeline.posting import Board
from warehouse.shards import WHOLE
from warehouse.store import open_store

AT = datetime(2026, 10, 5)


def takes_new_name(folder: Path) -> None:
    """A company that is called otherwise in the registry has one name, in old postings too."""
    home, names = folder / "home", ("Kestrel", "Kestrel Systems")
    with open_store(home) as opened:
        opened.append("postings", [
            {"posting_id": "greenhouse/kestrel/1", "board_id": "greenhouse/kestrel", "company": names[0], "title": "A"},
            {"posting_id": "greenhouse/kestrel/2", "board_id": "greenhouse/kestrel", "company": "Another", "title": "B"},
            {"posting_id": "greenhouse/merlin/1", "board_id": "greenhouse/merlin", "company": names[0], "title": "C"},
        ])  # fmt: skip
        for name in names:
            row = {"board_id": "greenhouse/kestrel", "company": name, "source": "greenhouse", "token": "kestrel",
                   "is_sample": False, "asked_on": None, "is_whole": True}  # fmt: skip
            from pipeline.assets.raw import LISTED

            columns = {part.split()[0] for part in LISTED.split(", ")}
            opened.load("boards", {"incoming_boards": (LISTED, [{k: v for k, v in row.items() if k in columns}])})
        told = opened.ask("select title, company from postings order by title").rows
    assert told == [("A", names[1]), ("B", "Another"), ("C", names[0])]


def keys_are_one_boards() -> Callable[[Path], None]:
    def proof(folder: Path) -> None:
        boards = [Board("A", "greenhouse", token) for token in ("a", "a/b", "a%2Fb", "A/B/c")]
        natives = ["1", "b/1", "b%2F1", "b/c/1", "c/1", "%2F1", "/1", "B/1"]
        keys = {board.posting_id(native) for board in boards for native in natives}
        assert len(keys) == len(boards) * len(natives)

    return proof


def visits_are_in_order(folder: Path) -> None:
    """Of visits at one time, the one that was written down last is the last."""
    for number in range(20):
        home = folder / str(number)
        with open_store(home) as opened:
            opened.append(
                "boards", [{"board_id": "x/y", "company": "K", "source": "x", "token": "y", "is_sample": False}]
            )
            for visit in range(5):
                opened.append("fetches", [{"run_id": f"{(visit * 7 + number) % 5}", "board_id": "x/y", "outcome": "fetched",
                                           "fetched_at": AT, "snapshot": str(visit), "payload_sha256": str(visit)}])  # fmt: skip
            assert opened.ask("run/last_visits", {"source": "x", **WHOLE.params()}).records()[0]["snapshot"] == "4"
            pending = opened.ask("run/pending_fetches", {"most": 10, **WHOLE.params()}).records()
            assert [row["snapshot"] for row in pending] == ["0", "1", "2", "3", "4"]


CASES = [
    holds("a company renamed in the registry", "an old posting", "one name; where the board named another, that", takes_new_name),
    holds("keys of two boards", "slashes in tokens and ids", "never one key", keys_are_one_boards()),
    holds("visits at one time", "five, in any order of runs", "the last written is the last", visits_are_in_order),
]  # fmt: skip

test_holds = proving(CASES, seconds=120)
