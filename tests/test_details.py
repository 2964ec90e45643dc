"""A posting's own answer is asked for where the posting is new or changed; the rest is what the last visit kept."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
from clock import run_unwaited
from test_paging import IDS, SITE, Company, Site, assert_read_once_and_whole

from pipeline.fetching.details import AGAIN
from pipeline.fetching.masking import masked_payload
from pipeline.fetching.snapshots import reread
from pipeline.fetching.storage import Folder
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board, RawPosting
from pipeline.sources import Source, smartrecruiters, workday
from pipeline.stages.visits import LastVisit, Visitor

SOME = IDS[:120]


def fetch(source: Source, answer: Any, kept: bytes, token: str = "KestrelCo") -> bytes:
    """What a visit brings whose last one kept this payload."""

    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0.0, per_second=1e6) as web:
            client = web.client(Validators(), lambda: masked_payload(kept, source.ABOUT.names_people))
            return await source.fetch(client, Board("Kestrel Co", "any", token))

    return run_unwaited(ask())


def test_only_new_and_changed_postings_are_asked_for() -> None:
    company = Company(SOME)
    first = fetch(smartrecruiters, company, b"")
    assert set(company.details_asked) == set(SOME)
    company.details_asked.clear()
    assert fetch(smartrecruiters, company, first) == first
    assert not company.details_asked
    plain = company.row
    company.row = lambda one: plain(one) | ({"releasedDate": "2026-10-05"} if one == SOME[7] else {})  # type: ignore[method-assign]
    company.one_is_opened()
    second = fetch(smartrecruiters, company, first)
    assert set(company.details_asked) == {SOME[7], "744000300000000"}
    assert_read_once_and_whole(second, company.ids)


def test_a_posting_that_is_gone_for_good_leaves_the_payload() -> None:
    company = Company(SOME)
    first = fetch(smartrecruiters, company, b"")
    company.first_is_closed()
    assert_read_once_and_whole(fetch(smartrecruiters, company, first), SOME[1:])


def test_one_that_was_not_found_is_asked_for_again() -> None:
    company = Company(SOME[:3])
    plain = company.detail
    company.detail = lambda one: httpx.Response(404) if one == SOME[1] else plain(one)  # type: ignore[method-assign]
    first = fetch(smartrecruiters, company, b"")
    company.detail = plain  # type: ignore[method-assign]
    company.details_asked.clear()
    assert_read_once_and_whole(fetch(smartrecruiters, company, first), SOME[:3])
    assert set(company.details_asked) == {SOME[1]}


def test_a_payload_of_another_form_is_no_hindrance() -> None:
    for kept in (b"", b"<html>", b"[]", b'{"content": []}', b'[{"url": "x", "body": "<html>"}]'):
        company = Company(SOME[:3])
        assert_read_once_and_whole(fetch(smartrecruiters, company, kept), SOME[:3])
        assert set(company.details_asked) == set(SOME[:3])


def test_a_workday_row_that_is_a_day_older_has_not_changed() -> None:
    site = Site([f"/job/Berlin/Engineer_R-{number}" for number in range(25)])
    asked: list[str] = []
    ages = iter(range(1000))

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            asked.append(request.url.path)
            return site(request)
        page = site(request).json()
        rows = [row | {"postedOn": f"Posted {next(ages)} Days Ago"} for row in page["jobPostings"]]
        return httpx.Response(200, json=page | {"jobPostings": rows})

    first = fetch(workday, answer, b"", SITE)
    assert len(asked) == 25
    second = fetch(workday, answer, first, SITE)
    assert len(asked) == 25
    assert list(workday.read(second)) == list(workday.read(first))
    site.paths[3] = "/job/Berlin/Principal-Engineer_R-3-1"
    fetch(workday, answer, second, SITE)
    assert asked[25:] == ["/wday/cxs/kestrel/External/job/Berlin/Principal-Engineer_R-3-1"]


def test_each_posting_is_asked_for_once_in_so_many_visits_all_the_same() -> None:
    for days in (1, 7):
        company, day = Company(SOME), date(2026, 10, 5)

        def answer(request: httpx.Request, company: Company = company) -> httpx.Response:
            answered = company(request)
            answered.headers["date"] = format_datetime(
                datetime(day.year, day.month, day.day, 9, tzinfo=UTC),  # noqa: B023
                usegmt=True,
            )
            return answered

        payload = fetch(smartrecruiters, answer, b"")
        company.details_asked.clear()
        for _ in range(AGAIN):
            payload = fetch(smartrecruiters, answer, payload)
            day += timedelta(days=days)
        assert dict(company.details_asked) == dict.fromkeys(SOME, 1)


def test_a_visit_takes_over_what_the_home_has_kept(tmp_path: Path) -> None:
    """The kept payload is masked; what is taken over from it reads as it was read before."""
    company = Company(SOME[:5])
    plain = company.row
    company.row = lambda one: plain(one) | {"creator": {"name": "Jane Doe"}}  # type: ignore[method-assign]
    board = Board("Kestrel Co", "smartrecruiters", "KestrelCo")
    last: dict[str, LastVisit] = {}

    def visit(day: int) -> list[Any]:
        now = datetime(2026, 10, day)

        async def ask() -> list[dict[str, Any]]:
            async with open_web(httpx.MockTransport(company), backoff_seconds=0.0, per_second=1e6) as web:
                visitor = Visitor("smartrecruiters", smartrecruiters, f"run {day}", Folder(tmp_path), now)
                return await visitor.visit_all(web, [board], last)

        (row,) = asyncio.run(ask())
        last[board.board_id] = LastVisit(now, Validators(), row["payload_sha256"], row["snapshot"])
        return list(smartrecruiters.read(reread(Folder(tmp_path), row["snapshot"])))

    first = visit(5)
    company.details_asked.clear()
    assert visit(6) == first
    assert not company.details_asked
    (tmp_path / last[board.board_id].snapshot).unlink()
    assert visit(7) == first
    assert set(company.details_asked) == set(SOME[:5])
    assert all(isinstance(item, RawPosting) for item in first)
