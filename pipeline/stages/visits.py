"""One run's visits to the boards of one source: each is asked, kept, and its outcome written down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from time import perf_counter
from typing import Any

from pipeline.fetching import snapshots
from pipeline.fetching.faults import FetchError, Unchanged
from pipeline.fetching.masking import masked_payload
from pipeline.fetching.payload import company_in
from pipeline.fetching.replay import ReplayError
from pipeline.fetching.snapshots import SnapshotError
from pipeline.fetching.storage import Storage
from pipeline.fetching.web import Client, Validators, Web
from pipeline.posting import Board, sound_text
from pipeline.privacy import without_contacts
from pipeline.sources import Source

LOG = logging.getLogger("trackmix")
SAID_EVERY = 25  # boards
WRITERS = 2  # threads; more of them only get in the way of the one that fetches
AT_ONCE = 64  # boards; more than the web asks at once, so that hosts that ask to wait hold up no others
MOST_SECONDS = 3 * 3600.0  # for one board with all its answers
MOST_ASTRAY = timedelta(days=2)  # of a clock; caches answer with a time that is hours old


@dataclass(frozen=True, slots=True)
class LastVisit:
    """What is known of a board from the last time it answered."""

    fetched_at: datetime
    validators: Validators
    payload_sha256: str
    snapshot: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Visits the boards of one source on behalf of one run."""

    source_name: str
    source: Source
    run_id: str
    storage: Storage
    now: datetime
    is_live: bool = False  # whether `now` is this machine's clock, which may be wrong
    writers: Executor = field(default_factory=lambda: ThreadPoolExecutor(WRITERS))
    told_companies: dict[str, str] = field(
        default_factory=dict
    )  # by board: how those call their company that only a token names

    async def visit_all(self, web: Web, boards: Sequence[Board], last: Mapping[str, LastVisit]) -> list[dict[str, Any]]:
        """A row of table `fetches` for every board, in their order. No board's failure stops another."""
        at_once, visited, said = asyncio.Semaphore(AT_ONCE), count(1), list[str]()

        async def visit(board: Board) -> dict[str, Any]:
            async with at_once:
                row = await self._visit(web, board, last.get(board.board_id))
            said.append(f"{board.board_id}: {row.get('error') or row['outcome']}")
            if (number := next(visited)) % max(SAID_EVERY, len(boards) // 20) == 0:
                LOG.info("%s: %d of %d boards", self.source_name, number, len(boards))
            if len(said) == SAID_EVERY or number == len(boards):
                LOG.debug("\n".join(said))  # stands in Dagster's log of the run, where every entry is written apart
                said.clear()
            return row

        return list(await asyncio.gather(*map(visit, boards)))

    def row(self, board: Board, **outcome: Any) -> dict[str, Any]:
        """A row of table `fetches` for a board, with what came of the visit."""
        return {"run_id": self.run_id, "board_id": board.board_id, "fetched_at": self.now, **outcome}

    def failure(self, board: Board, error: Exception) -> dict[str, Any]:
        """The row of a board that could not be visited."""
        return self.row(
            board, outcome="failed", error=without_contacts(sound_text(str(error))), loaded_run_id=self.run_id
        )

    async def _visit(self, web: Web, board: Board, last: LastVisit | None) -> dict[str, Any]:
        started = perf_counter()
        is_later = last is not None and last.fetched_at > self.now
        is_known = last is not None and not is_later
        validators = last.validators if last and is_known else Validators()
        client = web.client(validators, lambda: self._last_payload(last) if last and is_known else b"")
        try:
            if last and is_later and not self.is_live:  # replies of an earlier day
                later = f"it was already read later, on {last.fetched_at:%Y-%m-%d}"
                row = self.row(board, outcome="skipped", error=later, loaded_run_id=self.run_id)
            else:
                row = await self._keep(client, board, None if is_later else last, is_later)
        except (FetchError, ReplayError) as error:
            row = self.failure(board, error)
        except OSError:
            raise  # of what payloads are kept on, such as a full disk
        except Exception as error:  # whatever a stranger's board raises, an address that is none, say, costs that board
            row = self.failure(board, FetchError(f"it cannot be asked: {type(error).__name__}: {error}"))
        seconds = perf_counter() - started
        return {**row, "http_status": client.status, "bytes": client.received, "seconds": seconds}

    async def _keep(self, client: Client, board: Board, last: LastVisit | None, is_doubted: bool) -> dict[str, Any]:
        """Fetch the board and keep its payload, unless it is what was kept last.

        `is_doubted`: this home has read it in a time that is still to come, so that one of two clocks was wrong.
        """
        try:
            async with asyncio.timeout(MOST_SECONDS):
                payload = await self.source.fetch(client, board)
        except TimeoutError:
            raise FetchError(f"it was not read to its end in {MOST_SECONDS / 3600:.0f} hours") from None
        except Unchanged:
            if last is None:
                raise FetchError("it answered 304 to a request that had no condition", 304) from None
            self._check_clock(client, is_doubted)
            return self._unchanged(board, last, last.validators)
        self._check_clock(client, is_doubted)
        loop = asyncio.get_running_loop()
        digest, snapshot = await loop.run_in_executor(self.writers, self._write, board, payload, last)
        if snapshot is None and last:
            return self._unchanged(board, last, client.validators)
        return self._fetched(board, "fetched", client.validators, digest, snapshot)

    def _last_payload(self, last: LastVisit) -> bytes:
        """The payload kept last, its personal data masked; nothing where it is lost."""
        try:
            return snapshots.reread(self.storage, last.snapshot)
        except SnapshotError:
            return b""

    def _check_clock(self, client: Client, is_doubted: bool) -> None:
        """Raises FetchError where the host's clock is days away: what a wrong one dates would hide all days until then."""
        if not self.is_live or (client.host_time is None and not is_doubted):
            return
        if client.host_time is None:
            raise FetchError("this home has read it on a later day, and its host does not say which day it is")
        if abs(client.host_time - self.now) > MOST_ASTRAY:
            said = f"its host's clock says {client.host_time:%Y-%m-%d} and this machine's {self.now:%Y-%m-%d}"
            raise FetchError(f"{said}: set the clock that is wrong, for nothing is dated by it")

    def _write(self, board: Board, payload: bytes, last: LastVisit | None) -> tuple[str, str | None]:
        """The payload's digest, and where it is kept now; None where it is what was kept last."""
        digest = sha256(payload).hexdigest()
        is_known = last is not None and digest == last.payload_sha256
        if is_known:
            return digest, None
        if board.named_by == "token" and (company := company_in(payload, self.source.ABOUT.company_at)):
            self.told_companies[board.board_id] = " ".join(without_contacts(sound_text(company)).split())
        masked = masked_payload(payload, self.source.ABOUT.names_people)
        return digest, snapshots.keep(self.storage, board, self.now, masked)

    def _unchanged(self, board: Board, last: LastVisit, validators: Validators) -> dict[str, Any]:
        return self._fetched(board, "unchanged", validators, last.payload_sha256, last.snapshot)

    def _fetched(
        self, board: Board, outcome: str, validators: Validators, digest: str, snapshot: str | None
    ) -> dict[str, Any]:
        return self.row(
            board,
            outcome=outcome,
            etag=validators.etag,
            last_modified=validators.last_modified,
            payload_sha256=digest,
            snapshot=snapshot,
        )
