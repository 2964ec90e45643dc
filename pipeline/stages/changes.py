"""What one batch of fetched boards changes in the warehouse, as rows ready to load.

Only postings whose words changed since they were last read are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipeline.fetching.payload import PayloadError, unreadable
from pipeline.posting import Board, Pay, Place, Posting, RawPosting, Reject, sound
from pipeline.reading.normalise import READING, normalise
from pipeline.reading.places import home_country
from pipeline.sources import Source

Row = dict[str, Any]
LOADED = (
    "run_id varchar, board_id varchar, seen_on date, outcome varchar, error varchar, "
    "postings integer, rejected integer, loaded_run_id varchar, closes boolean"
)


MOST_UNREAD = 20  # a board of which more than one posting in so many cannot be read closes nothing


@dataclass(frozen=True, slots=True)
class Fetch:
    """A fetch that is still to be loaded."""

    run_id: str
    board: Board
    fetched_at: datetime
    was_empty: bool  # whether the board had no postings the last time it was read


@dataclass
class Changes:
    """The staged rows of one batch; `staged()` is what `load/postings.sql` expects."""

    run_id: str
    postings: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    pay: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    seen: list[Row] = field(default_factory=list)
    boards: list[Row] = field(default_factory=list)

    def add_unchanged(self, fetch: Fetch) -> None:
        """A board that answered as before; a second empty answer closes what was open."""
        if fetch.was_empty:
            self._add_board(fetch, "empty", "empty twice: its postings are closed", closes=True, postings=0, rejected=0)
        else:
            self._add_board(fetch, "unchanged")

    def add_payload(self, fetch: Fetch, source: Source, payload: bytes, known: Mapping[str, str]) -> None:
        """A board's new payload; `known` maps its posting ids to the digests already judged."""
        try:
            found = [sound(item) for item in source.read(payload)]
        except PayloadError as error:
            self._add_board(fetch, "failed", str(error))
            return
        except Exception as error:  # whatever a stranger's payload raises costs that board, and no other
            self._add_board(fetch, "failed", f"its answer cannot be read: {type(error).__name__}: {error!a}")
            return
        home = _home(source, found)
        listed, unread, doubled = dict[str, RawPosting | Reject](), list[Reject](), list[Reject]()
        for item in found:
            if item.native_id is not None:
                posting_id = f"{fetch.board.board_id}/{item.native_id}"
                if (first := listed.setdefault(posting_id, item)) is not item:
                    doubled += [] if item == first else [Reject("its id stands twice on the board", item.native_id)]
                    continue
            judged = self._judge(fetch.board, source, item, known, home)
            if isinstance(judged, Reject):
                unread.append(judged)
        for reject in unread + doubled:
            self._add_reject(fetch.board, reject)
        self.seen += [{"board_id": fetch.board.board_id, "posting_id": name} for name in sorted(listed)]
        self._add_board(fetch, *_outcome(fetch, source, found, unread), len(listed), len(unread + doubled))

    def staged(self) -> dict[str, tuple[str, list[Row]]]:
        """Each incoming table with the declaration of its columns and its rows."""
        return {
            "incoming_postings": ("postings", self.postings),
            "incoming_posting_places": ("posting_places", self.places),
            "incoming_posting_pay": ("posting_pay", self.pay),
            "incoming_rejects": ("rejects", self.rejects),
            "incoming_seen": ("board_id varchar, posting_id varchar", self.seen),
            "incoming_boards": (LOADED, self.boards),
        }

    def _judge(
        self, board: Board, source: Source, item: RawPosting | Reject, known: Mapping[str, str], home: frozenset[str]
    ) -> Posting | Reject | None:
        """The posting judged and added; None where it is known as it stands."""
        if isinstance(item, Reject):
            return item
        try:
            if known.get(f"{board.board_id}/{item.native_id}") == item.digest():
                return None
            judged = normalise(item, home)
        except Exception as error:  # whatever a stranger's posting raises costs that posting
            return unreadable(error, item.native_id)
        if isinstance(judged, Posting):
            self._add_posting(board, judged, source.ABOUT.is_dated)
        return judged

    def _add_board(
        self,
        fetch: Fetch,
        outcome: str,
        error: str | None = None,
        closes: bool = False,
        postings: int | None = None,
        rejected: int | None = None,
    ) -> None:
        self.boards.append(
            {
                "run_id": fetch.run_id,
                "board_id": fetch.board.board_id,
                "seen_on": fetch.fetched_at.date(),
                "outcome": outcome,
                "error": error,
                "loaded_run_id": self.run_id,
                "closes": closes,
                "postings": postings,
                "rejected": rejected,
            }
        )

    def _add_reject(self, board: Board, reject: Reject) -> None:
        row = {"board_id": board.board_id, "native_id": reject.native_id, "reason": reject.reason}
        self.rejects.append({**row, "run_id": self.run_id})

    def _add_posting(self, board: Board, posting: Posting, is_dated: bool) -> None:
        posting_id = f"{board.board_id}/{posting.native_id}"
        own = ("title", "text", "url", "department", "employment_type", "workplace", "is_remote", "remote_area",
               "posted_on", "valid_through")  # fmt: skip
        row: Row = {name: getattr(posting, name) for name in (*own, "seniority", "raw_sha256")}
        row |= {
            "posting_id": posting_id,
            "board_id": board.board_id,
            "source": board.source,
            "company": posting.company or board.company,
            "is_sample": board.is_sample,
            "reading": READING,
            "first_seen_on": posting.posted_on if is_dated else None,  # None: the day of the fetch
        }
        if posting.pay:
            row |= {**_pay(posting.pay), "pay_rate_on": posting.pay.rate_on}
        self.postings.append(row)
        for number, place in enumerate(posting.places, 1):
            self.places.append({"posting_id": posting_id, "place_no": number, **_where(place)})
        for number, one in enumerate(posting.pay_ranges, 1):
            tie = {"tied_to": one.tied_to, "level": one.level, **_where(one.place or Place())}
            self.pay.append({"posting_id": posting_id, "pay_no": number, **tie, **_pay(one.pay)})


def _home(source: Source, found: Iterable[RawPosting | Reject]) -> frozenset[str]:
    """The country of most of a board's places; none where strangers write the board, or it has an unreadable one."""
    try:
        return home_country(item for item in found if isinstance(item, RawPosting) and not source.ABOUT.is_dated)
    except Exception:  # the posting that raises is told when it is judged
        return frozenset()


def _outcome(
    fetch: Fetch, source: Source, found: Sequence[RawPosting | Reject], unread: Sequence[Reject]
) -> tuple[str, str | None, bool]:
    """What came of a board that could be read: the outcome, a note, and whether what it lists no more is closed."""
    if found and source.ABOUT.lists_all:
        unnamed = any(reject.native_id is None for reject in unread)
        # one that is named hides no other; on a small board it would keep all open as long as it stands there
        if unnamed or (len(unread) > 1 and len(unread) * MOST_UNREAD > len(found)):
            return "read", "too much of it cannot be read to say what it lists no more: nothing is closed", False
    if found:
        return "read", None, source.ABOUT.lists_all
    if fetch.was_empty:
        return "empty", "empty twice: its postings are closed", True
    return "empty", "its postings stay open until it is empty twice", False


def _where(place: Place) -> Row:
    return {name: getattr(place, name) for name in ("city", "region", "country", "latitude", "longitude")}


def _pay(pay: Pay) -> Row:
    return {f"pay_{name}": getattr(pay, name) for name in ("low", "high", "currency", "period", "low_usd", "high_usd")}
