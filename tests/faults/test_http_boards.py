"""Outages, mistakes and wrong clocks: what looks like an empty market closes nothing until it is sure."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest

from faults.asking import ask, refuses
from faults.case import Case, proving
from faults.reading import DOWN, GONE, LOGIN, Home, Reply, jobs, write_replies
from faults.server import Answer, Asked, endless, head, redirect, serving, whole
from pipeline.fetching import details, paging
from pipeline.fetching.payload import PayloadError, total_in
from pipeline.fetching.storage import Folder
from pipeline.fetching.web import Client, Validators, open_web
from pipeline.posting import Board
from pipeline.sources import discover, greenhouse, hackernews, smartrecruiters
from pipeline.stages import visits
from pipeline.stages.visits import LastVisit, Visitor
from warehouse.store import PUBLISHED

ALL = range(20)
HALF, OTHER_HALF = range(9), range(11, 20)
D1, D2, D3, D4 = "2026-10-05T05:00", "2026-10-06T05:00", "2026-10-07T05:00", "2026-10-08T05:00"
Day = tuple[str, Reply]


def stays(name: str, done: str, days: Sequence[Day], left: Sequence[int], said: str = "") -> Case:
    """A board of 20 postings, read on the first day and then on `days`; what is open after them."""

    def proof(folder: Path) -> None:
        home = Home(folder)
        for at, reply in ((D1, jobs(ALL)), *days):
            home.read(at, {"kestrel": reply})
        assert home.still_open() == set(left)
        assert said in home.said()

    return Case(name, done, f"{len(left)} of 20 stay open", proof)


def small(folder: Path) -> None:
    home = Home(folder)
    home.read(D1, {"kestrel": jobs(range(4))})
    home.read(D2, {"kestrel": jobs(range(1))})
    assert home.still_open() == set(range(4))
    home.read(D3, {"kestrel": jobs(range(1))})
    assert home.still_open() == {0}


def moves(name: str, replies: Sequence[Reply], are_left: bool) -> Case:
    """The registry names a new token, which answers so, day by day."""

    def proof(folder: Path) -> None:
        home = Home(folder)
        home.read(D1, {"kestrel": jobs(ALL)})
        for at, reply in zip((D2, D3), replies, strict=False):
            home.read(at, {"kestrel2": reply}, {"kestrel2": "Kestrel"})
        assert home.still_open() == (set(ALL) if are_left else set())

    return Case(
        name, "a new token in the registry", "the old board's postings " + ("stay" if are_left else "close"), proof
    )


def one_of_two(folder: Path) -> None:
    home, both = Home(folder), {"kestrel": "Kestrel", "kestrel2": "Kestrel"}
    home.read(D1, {"kestrel": jobs(ALL), "kestrel2": jobs(range(100, 105))}, both)
    home.read(D2, {"kestrel2": jobs(range(100, 105))}, {"kestrel2": "Kestrel"})
    assert home.still_open() == set(ALL)
    assert home.ask("select count(*) from boards where is_listed") == [(2,)]


def typing_error(folder: Path) -> None:
    """A token is mistyped for a day, and mended."""
    home = Home(folder)
    home.read(D1, {"kestrel": jobs(ALL)})
    home.read(D2, {"kestrle": GONE}, {"kestrle": "Kestrel"})
    home.read(D3, {"kestrel": jobs(ALL)})
    assert home.still_open() == set(ALL)
    assert home.ask("select count(*) from postings where closed_on is not null") == [(0,)]


def outage(name: str, reply: Reply) -> Case:
    def proof(folder: Path) -> None:
        home, companies = Home(folder), {"kestrel": "Kestrel", "linnet": "Linnet"}
        assert home.read(D1, {"kestrel": jobs(ALL), "linnet": jobs(ALL)}, companies)
        assert not home.read(D2, {"kestrel": reply, "linnet": reply}, companies)
        assert home.still_open() == home.still_open("linnet") == set(ALL)
        assert home.outcomes()[-1] == "failed"
        assert home.read(D3, {"kestrel": reply, "linnet": jobs(ALL)}, companies)

    return Case(
        f"outage: {name}", f"every board answers with {name}", "the day is not published; nothing closes", proof
    )


def by_command(*days: Mapping[str, Reply]) -> Callable[[Path], list[tuple[int, str, bytes]]]:
    """Status, standard error and the published file of `trackmix run` on each day."""

    def run(folder: Path) -> list[tuple[int, str, bytes]]:
        companies = {token: token.title() for token in days[0]}
        came = []
        for number, replies in enumerate(days, 1):
            kept = write_replies(folder / str(number), f"2026-10-0{number}T05:00", replies, companies)
            command = [
                sys.executable,
                "-m",
                "pipeline.cli",
                "run",
                "--replay",
                str(kept),
                "--home",
                str(folder / "home"),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            published = folder / "home" / PUBLISHED
            came.append((done.returncode, done.stderr, published.read_bytes() if published.exists() else b""))
        return came

    return run


def total_outage(folder: Path) -> None:
    (first, _, before), (status, said, after) = by_command({"kestrel": jobs(ALL)}, {"kestrel": DOWN})(folder)
    assert (first, status) == (0, 4)
    assert "greenhouse/kestrel could not be read: the answer was 503" in said
    assert "the last published answers stay" in said
    assert after == before != b""
    assert [site.name for site in (folder / "home" / "reports").glob("20*")] == ["2026-10-01"]


def mostly_failed(folder: Path) -> None:
    sound = {token: jobs(ALL) for token in ("kestrel", "linnet", "merlin")}
    (first, *_), (second, said, _) = by_command(sound, {**sound, "kestrel": DOWN, "linnet": GONE})(folder)
    assert (first, second) == (0, 3)
    assert "2 of 3 boards could not be read" in said


NOW = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
LAST = LastVisit(NOW, Validators('"v1"'), "", "kept")


def dated(ago: timedelta | None, **headers: object) -> Answer:
    """A board whose host says what time it is, so long ago."""
    date = {} if ago is None else {"date": format_datetime((NOW - ago).replace(tzinfo=UTC), usegmt=True)}
    return whole(jobs(ALL), **date, **headers)


def visit(
    folder: Path, answer: Answer, now: datetime, tokens: Sequence[str] = ("kestrel",), last: LastVisit | None = None,
    is_live: bool = True,
) -> list[tuple[str, str | None]]:  # fmt: skip
    """What a run whose clock says `now` writes down of boards on a real server."""
    listed = [Board(token.title(), "greenhouse", token) for token in tokens]
    visitor = Visitor("greenhouse", greenhouse, "run", Folder(folder), now, is_live)

    async def visited() -> list[tuple[str, str | None]]:
        async with open_web(way.transport(), backoff_seconds=0.0, per_second=1e6) as web:
            rows = await visitor.visit_all(web, listed, {board.board_id: last for board in listed} if last else {})
            return [(row["outcome"], row.get("error")) for row in rows]

    with serving(answer) as way:
        return asyncio.run(visited())


def clock(
    name: str, done: str, outcome: str, answer: Answer, ahead: timedelta = timedelta(), last: timedelta | None = None,
    is_live: bool = True,
) -> Case:  # fmt: skip
    """This machine's clock is ahead of the truth; `last` is how far the last visit's was."""

    def proof(folder: Path) -> None:
        before = None if last is None else LastVisit(NOW + last, LAST.validators, LAST.payload_sha256, LAST.snapshot)
        ((came, error),) = visit(folder, answer, NOW + ahead, last=before, is_live=is_live)
        assert came == outcome, error

    return Case(f"clock: {name}", done, f"it is {outcome}", proof)


YEAR, DAY, NONE = timedelta(days=365), timedelta(days=1), timedelta()


def one_of_many(name: str, done: str, bad: Answer, words: str) -> Case:
    """A bad board among sound ones."""

    def proof(folder: Path) -> None:
        sound = whole(jobs(ALL))

        def answer(wire: object, asked: object) -> None:
            (bad if "/bad/" in asked.target else sound)(wire, asked)  # type: ignore[attr-defined,arg-type]

        came = visit(folder, answer, NOW, ("kestrel", "bad", "linnet"))
        assert [outcome for outcome, _ in came] == ["fetched", "failed", "fetched"]
        assert words in str(came[1][1])

    return Case(f"one of many: {name}", done, "it fails alone", proof)


def never_at_its_end(folder: Path) -> None:
    with patch.object(visits, "MOST_SECONDS", 0.5):
        ((outcome, error),) = visit(folder, endless(b" ", head(), 0.05), NOW)
    assert outcome == "failed"
    assert "not read to its end" in str(error)


ERROR_PAGES = {"HTML": b"<!doctype html><h1>Sorry</h1>", "nothing": b"", "words": b"Service Unavailable", "null": b"null",
               "a number": b"7", "a text": b'"sorry"', "an error": b'{"error": "try later"}', "half of it": b'{"jobs": [{"id": 1',
               "a list in a text": b'{"jobs": "[]", "offers": "[]"}', "bytes": bytes(range(256)),
               "another charset": '{"jobs": [{"title": "Müller"}]}'.encode("latin-1")}  # fmt: skip
SINGLE = ("ashby", "greenhouse", "lever", "recruitee", "workable")


def error_page(name: str, body: bytes) -> Case:
    def proof(_: Path) -> None:
        for source in SINGLE:
            with pytest.raises(PayloadError):
                list(discover()[source].read(body))

    return Case(
        f"error page: {name}",
        f"200 with {name}, of {len(SINGLE)} sources",
        "a failure of the board, never an empty one",
        proof,
    )


def total(name: str, said: object, are_left: bool) -> Case:
    """A board that lists 15 of its 20 postings, and says how many it has."""

    def proof(folder: Path) -> None:
        home = Home(folder)
        home.read(D1, {"kestrel": jobs(ALL)})
        home.read(D2, {"kestrel": jobs(range(15), said)})
        assert home.still_open() == set(ALL if are_left else range(15))

    return Case(
        f"total: {name}",
        f"15 of 20 are listed, meta.total is {said!r}",
        "nothing closes" if are_left else "5 close",
        proof,
    )


def no_total(_: Path) -> None:
    """The total is read as nothing but a number of postings."""
    for said in (True, "99", 99.5, [99], {"total": 99}):
        assert total_in(jobs(range(15), said), greenhouse.ABOUT.total_at) is None
    assert total_in(b'{"jobs": [], "meta": [99]}', greenhouse.ABOUT.total_at) is None


def numbers(asked: Asked) -> range:
    """The hundred numbers that a page of SmartRecruiters is asked for."""
    start = int(asked.target.rpartition("offset=")[2])
    return range(start, start + 100)


def listing(total: Callable[[Asked], object], ids: Callable[[Asked], Sequence[object]]) -> Answer:
    """A list of SmartRecruiters, with the total and the ids that a request gets."""

    def answer(wire: socket.socket, asked: Asked) -> None:
        rows = [{"id": str(one), "name": f"Engineer {one}"} for one in ids(asked)]
        whole(json.dumps({"totalFound": total(asked), "content": rows}).encode())(wire, asked)

    return answer


def pages(name: str, done: str, answer: Answer, words: str) -> Case:
    """A board that comes in pages, under small bounds."""

    async def asked(client: Client) -> bytes:
        return await smartrecruiters.fetch(client, Board("Kestrel", "smartrecruiters", "kestrel"))

    def proof(_: Path) -> None:
        with patch.object(paging, "MOST_PAGES", 5), patch.object(details, "MOST_DETAILS", 50):
            refuses(answer, words, ask=asked)

    return Case(f"pages: {name}", done, "the board fails, within bounds", proof)


def threads_are_bounded(_: Path) -> None:
    """Hacker News's search says that it has a billion pages."""
    hit = {"title": "Ask HN: Who is hiring? (October 2026)", "objectID": "7"}
    with serving(whole(json.dumps({"nbPages": 10**9, "hits": [hit]}).encode())) as way:
        assert ask(way, hackernews.threads) == {"2026-10": "7"}
        assert len(way.server.asked) == 10


TOTALS = count(1000)
CASES = [
    stays("half a list once", "half a list on one day", [(D2, jobs(HALF))], ALL, "11 of its 20 open postings are missing"),
    stays("half a list once, then whole", "half a list on one day, the whole on the next", [(D2, jobs(HALF)), (D3, jobs(ALL))], ALL),
    stays("half a list twice", "half a list on two days", [(D2, jobs(HALF)), (D3, jobs(HALF))], HALF),
    stays("half a list, hour by hour", "half a list in three runs of one day",
          [(D2, jobs(HALF)), ("2026-10-06T06:00", jobs(HALF)), ("2026-10-06T07:00", jobs([*HALF, 99]))], [*ALL, 99]),
    stays("half a list on the first day", "half a list an hour after the whole",
          [("2026-10-05T06:00", jobs(HALF)), (D2, jobs(HALF))], ALL),
    stays("half a list, an outage, half a list", "half a list on two days with a failure between",
          [(D2, jobs(HALF)), (D3, DOWN), (D4, jobs(HALF))], HALF),
    stays("one half, then the other", "half a list, and the other half the next day", [(D2, jobs(HALF)), (D3, jobs(OTHER_HALF))],
          [*HALF, *OTHER_HALF]),
    stays("half, whole, half", "half a list on two days with the whole between", [(D2, jobs(HALF)), (D3, jobs(ALL)), (D4, jobs(HALF))], ALL),
    stays("exactly half", "half of the postings close in a day", [(D2, jobs(range(10)))], range(10)),
    stays("new ids", "the source names all its postings anew", [(D2, jobs(range(100, 120)))], [*ALL, *range(100, 120)]),
    stays("new ids for good", "the source names all its postings anew, on two days",
          [(D2, jobs(range(100, 120))), (D3, jobs(range(100, 121)))], range(100, 121)),
    stays("empty once", "an empty list on one day", [(D2, jobs([]))], ALL, "20 of its 20 open postings are missing"),
    stays("empty twice in a day", "an empty list, twice in a day", [(D2, jobs([])), ("2026-10-06T06:00", jobs([]))], ALL),
    stays("empty on two days", "an empty list on two days", [(D2, jobs([])), (D3, jobs([]))], []),
    stays("empty, then half", "an empty list, then half a list", [(D2, jobs([])), (D3, jobs(HALF))], HALF),
    stays("gone", "404", [(D2, GONE), (D3, GONE)], ALL),
    stays("signed out", "200 with a page to sign in", [(D2, LOGIN), (D3, LOGIN)], ALL),
    Case("small board", "three of four postings are missing at once", "they close on the second day", small),
    total("more", 20, True),
    total("far more", 10**6, True),
    total("as many", 15, False),
    total("fewer", 3, False),
    total("none", None, False),
    Case("total: no number", "meta.total is no number of postings", "it says nothing", no_total),
    moves("new token: 404", [GONE, GONE], True),
    moves("new token: empty", [jobs([]), jobs([])], True),
    moves("new token: signed out", [LOGIN], True),
    moves("new token: 404, then read", [GONE, jobs(range(100, 103))], False),
    moves("new token: read", [jobs(range(100, 103))], False),
    Case("one of two boards", "a run of one of a company's two boards", "the other stays as it is", one_of_two),
    Case("typing error", "a token is mistyped for a day", "nothing ever closes", typing_error),
    outage("503", DOWN),
    outage("404", GONE),
    outage("a page to sign in", LOGIN),
    outage("half a JSON", Reply(b'{"jobs": [')),
    Case("total outage", "`trackmix run` in a total outage", "exit 4, nothing published, yesterday's answers stay", total_outage, long=True),
    Case("most fail", "`trackmix run` where most boards fail", "published, exit 3", mostly_failed, long=True),
    clock("right", "both clocks agree", "fetched", dated(NONE)),
    clock("a day apart", "the host's clock is a day behind", "fetched", dated(DAY)),
    clock("no time", "the host does not say the time", "fetched", dated(None)),
    clock("no such time", "the host says no time that there is", "fetched", whole(jobs(ALL), date="yesterday")),
    clock("cached", "an answer that a cache has kept for a week, and says so", "fetched", dated(7 * DAY, age=7 * 86400)),
    clock("a year ahead", "this machine's clock is a year ahead", "failed", dated(NONE), ahead=YEAR),
    clock("a year behind", "this machine's clock is a year behind", "failed", dated(NONE), ahead=-YEAR),
    clock("was a year ahead", "the last run's clock was a year ahead", "fetched", dated(NONE), last=YEAR),
    clock("was ahead, no time", "the same, and the host does not say the time", "failed", dated(None), last=YEAR),
    clock("went back", "this machine's clock has gone back a year", "failed", dated(NONE), ahead=-YEAR, last=NONE),
    clock("replies of a day gone by", "replies are replayed over those of a later day", "skipped", dated(NONE), last=DAY, is_live=False),
    Case("never at its end", "a board that goes on for hours, bit by bit", "it fails", never_at_its_end),
    one_of_many("no address", "a board redirects to what is no address", redirect("https://[::"), "not an address"),
    one_of_many("intranet", "a board redirects to the intranet", redirect("https://10.0.0.8/"), "not a public https address"),
    one_of_many("cut", "a board that breaks off", whole(b'{"jobs"', content_length=99), "no answer from"),
    one_of_many("304", "304 to no condition", whole(status="304 Not Modified"), "304"),
    Case("pages: of threads", "a search that says it has a billion pages", "ten are asked for", threads_are_bounded),
    pages("without end", "each page has another behind it", listing(lambda asked: 10**6, numbers), "more than 5 pages"),
    pages("one again and again", "every page is the first", listing(lambda asked: 300, lambda asked: range(100)), "hold still"),
    pages("fewer than told", "the list ends before its total", listing(
        lambda asked: 300, lambda asked: numbers(asked) if numbers(asked).start < 200 else []), "hold still"),
    pages("a total that moves", "every page has another total", listing(lambda asked: next(TOTALS), numbers), "pages|hold still"),
    pages("a total in words", "the total is a text", listing(lambda asked: "many", numbers), "should be a whole number"),
    pages("more than anybody has", "more postings than are asked for", listing(lambda asked: 100, numbers), "more than 50 postings"),
    pages("no list", "a page without a list", whole(b'{"totalFound": 7}'), "no list 'content'"),
    *(error_page(name, body) for name, body in ERROR_PAGES.items()),
]  # fmt: skip

test_holds = proving(CASES)
