"""Days of reading boards, through the product's own assets, with replies that a case writes."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

import dagster as dg
from conftest import GREENHOUSE, greenhouse_job

from pipeline.assets.checks import some_board_was_read
from pipeline.assets.postings import postings
from pipeline.assets.raw import boards as listed_boards
from pipeline.assets.raw import raw_assets
from pipeline.resources import BoardsResource, StoreResource, WebResource, spread
from warehouse.store import open_store

ASSETS = [listed_boards, postings, *(one for one in raw_assets if one.key.to_user_string() == "raw_greenhouse")]
KESTREL = {"kestrel": "Kestrel"}


class Reply(bytes):
    """A body that is no list of jobs, with its status."""

    status: int

    def __new__(cls, body: bytes, status: int = 200) -> "Reply":
        self = super().__new__(cls, body)
        self.status = status
        return self


GONE, DOWN, LOGIN = Reply(b"", 404), Reply(b"", 503), Reply(b"<!doctype html><h1>Sign in</h1>")


def jobs(ids: Sequence[int], total: object = None) -> Reply:
    """A board of those postings; `total` is how many it says it has."""
    meta = {} if total is None else {"total": total}
    return Reply(
        json.dumps({"jobs": [greenhouse_job(number, f"Engineer {number}") for number in ids], "meta": meta}).encode()
    )


@cache
def _instance() -> dg.DagsterInstance:
    return dg.DagsterInstance.ephemeral()


class Home:
    """A home, and what has become of the postings in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "home"
        self._days = 0

    def read(self, at: str, replies: Mapping[str, Reply], companies: Mapping[str, str] = KESTREL) -> bool:
        """One run at that time: what each token answers, and the registry's company of each token. Whether it may be published."""
        self._days += 1
        folder = write_replies(self.folder / f"replies-{self._days}", at, replies, companies)
        with open_store(self.path):
            done = dg.materialize(
                [*ASSETS, some_board_was_read],
                instance=_instance(),
                resources={
                    "web": WebResource(replay=str(folder), backoff_seconds=0.0),
                    "boards": BoardsResource(registry=str(folder / "boards.csv")),
                    "store": StoreResource(home=str(self.path)),
                    "processes": spread,
                },
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                raise_on_error=False,
            )
        assert all(event.step_key.startswith("postings") for event in done.get_step_failure_events())
        return all(check.passed for check in done.get_asset_check_evaluations())

    def ask(self, question: str) -> list[Any]:
        with open_store(self.path) as warehouse:
            return warehouse.ask(question).rows

    def still_open(self, token: str = "kestrel") -> set[int]:
        """The numbers of the board's open postings."""
        board = f"where board_id = 'greenhouse/{token}' and closed_on is null"
        return {int(row[0].rpartition("/")[2]) for row in self.ask(f"select posting_id from postings {board}")}

    def outcomes(self, token: str = "kestrel") -> list[str]:
        """What came of the board, run by run."""
        return [
            row[0]
            for row in self.ask(
                f"select outcome from fetches where board_id = 'greenhouse/{token}' order by fetched_at"
            )
        ]

    def said(self, token: str = "kestrel") -> str:
        """What the last run noted of the board."""
        return str(
            self.ask(f"select error from fetches where board_id = 'greenhouse/{token}' order by fetched_at")[-1][0]
        )


def write_replies(folder: Path, at: str, replies: Mapping[str, Reply], companies: Mapping[str, str]) -> Path:
    """A folder to replay: what each Greenhouse token answers at that time, and a registry."""
    folder.mkdir(parents=True)
    date = format_datetime(datetime.fromisoformat(at).replace(tzinfo=UTC), usegmt=True)
    lines = []
    for token, reply in replies.items():
        (folder / f"{token}.body").write_bytes(reply)
        line = {
            "url": GREENHOUSE.format(token),
            "status": reply.status,
            "headers": {"date": date},
            "file": f"{token}.body",
        }
        lines.append(json.dumps(line))
    (folder / "index.jsonl").write_text("\n".join(lines))
    registry = ["company,source,token", *(f"{company},greenhouse,{token}" for token, company in companies.items())]
    (folder / "boards.csv").write_text("\n".join(registry) + "\n")
    return folder
