"""What one batch of fetched boards changes in the warehouse, as rows ready to load.

Only postings whose words changed since they were last read are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from classifiers.sieve import Sieve, kept_sieve
from pipeline.fetching.payload import PayloadError, total_in, unreadable
from pipeline.fetching.snapshots import SnapshotError
from pipeline.posting import Board, Pay, Place, Posting, RawPosting, Reject, sound, sound_text
from pipeline.privacy import without_contacts
from pipeline.reading.normalise import READING, normalise
from pipeline.reading.places import home_country
from pipeline.sources import Source

Row = dict[str, Any]
LOADED = (
    "run_id varchar, board_id varchar, seen_on date, outcome varchar, error varchar, "
    "postings integer, rejected integer, loaded_run_id varchar, closes_before date"
)


MOST_UNREAD = 20  # a board of which more than one posting in so many cannot be read closes nothing


@dataclass(frozen=True, slots=True)
class Fetch:
    """A fetch that is still to be loaded."""

    run_id: str
    board: Board
    fetched_at: datetime
    still_open: frozenset[str]  # ids of its postings that are open
    read_before_on: date | None  # the last earlier day on which it was read
    is_sieved: bool = False
    labelled: frozenset[str] = frozenset()  # ids of postings that the home's user labelled: they are read in full


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
        """A board that answered as before."""
        self._add_board(fetch, "unchanged")

    def add_lost(self, fetch: Fetch, error: SnapshotError) -> None:
        """A board whose payload was kept and cannot be read any more."""
        self._add_board(fetch, "failed", str(error))

    def add_payload(self, fetch: Fetch, source: Source, payload: bytes, known: Mapping[str, str]) -> None:
        """A board's new payload; `known` maps its posting ids to the digests already judged."""
        try:
            found = [sound(item) for item in source.read(payload)]
            total = total_in(payload, source.ABOUT.total_at) if source.ABOUT.total_at else None
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
                posting_id = fetch.board.posting_id(item.native_id)
                if (first := listed.setdefault(posting_id, item)) is not item:
                    doubled += [] if item == first else [Reject("its id stands twice on the board", item.native_id)]
                    continue
            judged = self._judge(fetch, source, item, known, home)
            if isinstance(judged, Reject):
                unread.append(judged)
        for reject in unread + doubled:
            self._add_reject(fetch.board, reject)
        self.seen += [{"board_id": fetch.board.board_id, "posting_id": name} for name in sorted(listed)]
        outcome = _outcome(fetch, source, listed, unread, (total or 0) - len(found))
        self._add_board(fetch, *outcome, len(listed), len(unread + doubled))

    def add(self, others: Changes) -> None:
        """What other boards of the same run change."""
        for rows, more in zip(self._rows(), others._rows(), strict=True):
            rows += more

    def _rows(self) -> tuple[list[Row], ...]:
        return self.postings, self.places, self.pay, self.rejects, self.seen, self.boards

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
        self, fetch: Fetch, source: Source, item: RawPosting | Reject, known: Mapping[str, str], home: frozenset[str]
    ) -> Posting | Reject | None:
        """The posting judged and added; None where it is known as it stands."""
        if isinstance(item, Reject):
            return item
        try:
            posting_id = fetch.board.posting_id(item.native_id)
            before = known.get(posting_id)
            if before is not None and before == item.digest():
                return None
            judged = normalise(item, home, _sieve(fetch, posting_id))
        except Exception as error:  # whatever a stranger's posting raises costs that posting
            return unreadable(error, item.native_id)
        if isinstance(judged, Posting):
            self._add_posting(fetch, judged, source.ABOUT.is_dated)
        return judged

    def _add_board(
        self,
        fetch: Fetch,
        outcome: str,
        error: str | None = None,
        closes_before: date | None = None,
        postings: int | None = None,
        rejected: int | None = None,
    ) -> None:
        self.boards.append(
            {
                "run_id": fetch.run_id,
                "board_id": fetch.board.board_id,
                "seen_on": fetch.fetched_at.date(),
                "outcome": outcome,
                "error": _said(error),
                "loaded_run_id": self.run_id,
                "closes_before": closes_before,
                "postings": postings,
                "rejected": rejected,
            }
        )

    def _add_reject(self, board: Board, reject: Reject) -> None:
        row = {"board_id": board.board_id, "native_id": _said(reject.native_id), "reason": _said(reject.reason)}
        self.rejects.append({**row, "run_id": self.run_id})

    def _add_posting(self, fetch: Fetch, posting: Posting, is_dated: bool) -> None:
        board = fetch.board
        posting_id = board.posting_id(posting.native_id)
        own = ("title", "text", "url", "department", "employment_type", "workplace", "is_remote", "remote_area",
               "posted_on", "valid_through")  # fmt: skip
        row: Row = {name: getattr(posting, name) for name in (*own, "seniority", "raw_sha256", "sifted_sha256")}
        row |= {
            "posting_id": posting_id,
            "board_id": board.board_id,
            "source": board.source,
            "company": posting.company or board.company,
            "is_sample": board.is_sample,
            "reading": READING,
            "sieve": kept_sieve().version if fetch.is_sieved else None,
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


def _sieve(fetch: Fetch, posting_id: str) -> Sieve | None:
    return kept_sieve() if fetch.is_sieved and posting_id not in fetch.labelled else None


def _home(source: Source, found: Iterable[RawPosting | Reject]) -> frozenset[str]:
    """The country of most of a board's places; none where strangers write the board, or it has an unreadable one."""
    try:
        return home_country(item for item in found if isinstance(item, RawPosting) and not source.ABOUT.is_dated)
    except Exception:  # the posting that raises is told when it is judged
        return frozenset()


def _outcome(
    fetch: Fetch, source: Source, listed: Mapping[str, RawPosting | Reject], unread: Sequence[Reject], left_out: int
) -> tuple[str, str | None, date | None]:
    """What came of a board that could be read: the outcome, a note, and which postings close.

    `left_out` is how many postings the board says that it has beyond those it lists. Open postings that are not `listed` close where they were last seen before the day told; where it is None, none do.
    """
    outcome = "read" if listed or unread else "empty"
    if not source.ABOUT.lists_all:
        return outcome, None, None
    if left_out > 0:
        return "read", f"it says that it has {left_out} postings more than it lists: nothing is closed", None
    unnamed = any(reject.native_id is None for reject in unread)
    # one that is named hides no other; on a small board it would keep all open as long as it stands there
    if unnamed or (len(unread) > 1 and len(unread) * MOST_UNREAD > len(listed)):
        return outcome, "too much of it cannot be read to say what it lists no more: nothing is closed", None
    missing = len(fetch.still_open - listed.keys())
    if missing * 2 > len(fetch.still_open):
        note = f"{missing} of its {len(fetch.still_open)} open postings are missing at once: only those are closed that"
        return outcome, f"{note} were missing on an earlier day too", fetch.read_before_on
    return outcome, None, fetch.fetched_at.date() + timedelta(days=1)


def _said(words: str | None) -> str | None:
    """What is written down of a fault, which may quote what a stranger wrote."""
    return words and without_contacts(sound_text(words))


def _where(place: Place) -> Row:
    return {name: getattr(place, name) for name in ("city", "region", "country", "latitude", "longitude")}


def _pay(pay: Pay) -> Row:
    return {f"pay_{name}": getattr(pay, name) for name in ("low", "high", "currency", "period", "low_usd", "high_usd")}
