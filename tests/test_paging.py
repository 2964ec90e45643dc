"""Lists in pages that fail, repeat themselves and move while they are read, through the real sources."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from clock import run_unwaited

from pipeline.fetching import paging
from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import PayloadError
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import Source, smartrecruiters, workday

LIMIT = 100  # rows of a SmartRecruiters page
IDS = [str(744000200000000 + number) for number in range(2000)]
SOME = IDS[:750]


def fetch(source: Source, answer: Callable[[httpx.Request], Any], token: str = "KestrelCo") -> bytes:
    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0.0, per_second=1e6) as web:
            return await source.fetch(web.client(Validators()), Board("Kestrel Co", "any", token))

    return run_unwaited(ask())


class Company:
    """A SmartRecruiters company; `at` says what happens when a page is asked for the first time, by its number."""

    def __init__(self, ids: list[str]) -> None:
        self.ids = list(ids)
        self.at: dict[int, Callable[[], httpx.Response | None]] = {}
        self.pages_asked: list[int] = []
        self.details_asked: Counter[str] = Counter()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        native_id = request.url.path.removeprefix("/v1/companies/KestrelCo/postings").lstrip("/")
        if native_id:
            return self.detail(native_id)
        number = int(request.url.params["offset"]) // LIMIT + 1
        self.pages_asked.append(number)
        answer = self.at.pop(number, lambda: None)()
        return answer or self.page(number)

    def page(self, number: int) -> httpx.Response:
        rows = [self.row(one) for one in self.ids[(number - 1) * LIMIT : number * LIMIT]]
        return httpx.Response(200, json={"totalFound": len(self.ids), "content": rows})

    def detail(self, native_id: str) -> httpx.Response:
        self.details_asked[native_id] += 1
        if native_id not in self.ids:
            return httpx.Response(404)
        text = {"jobDescription": {"title": "Job Description", "text": f"<p>The work of {native_id}.</p>"}}
        return httpx.Response(200, json={**self.row(native_id), "jobAd": {"sections": text}})

    def row(self, native_id: str) -> dict[str, Any]:
        return {"id": native_id, "name": f"Engineer {native_id}", "company": {"identifier": "KestrelCo"}}

    def too_many_requests(self) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": "2"})

    def page_six_again(self) -> httpx.Response:
        return self.page(6)

    def first_is_closed(self) -> None:
        self.ids.pop(0)

    def one_is_opened(self) -> None:
        self.ids.insert(0, "744000300000000")


def assert_read_once_and_whole(payload: bytes, ids: list[str]) -> None:
    found = list(smartrecruiters.read(payload))
    assert Counter(item.native_id for item in found) == Counter(ids)
    for item in found:
        assert isinstance(item, RawPosting)
        assert item.title == f"Engineer {item.native_id}"
        assert f"The work of {item.native_id}." in item.html


def test_two_thousand_postings_are_read_through_every_fault_at_once() -> None:
    company = Company(IDS)
    company.ids[1250] = IDS[250]  # on page 3 and on page 13, and counted for two
    company.at = {4: company.too_many_requests, 6: company.first_is_closed, 7: company.page_six_again}
    payload = fetch(smartrecruiters, company)
    assert not company.at
    assert_read_once_and_whole(payload, [*IDS[1:1250], *IDS[1251:]])
    assert set(company.details_asked.values()) == {1}


def test_a_list_that_holds_still_is_read_once() -> None:
    company = Company(SOME)
    assert_read_once_and_whole(fetch(smartrecruiters, company), SOME)
    assert company.pages_asked == list(range(1, 9))


@pytest.mark.parametrize(
    ("happens", "stay"),
    [
        (Company.too_many_requests, SOME),
        (Company.page_six_again, SOME),
        (Company.first_is_closed, SOME[1:]),
        (Company.one_is_opened, [*SOME, "744000300000000"]),
    ],
)
def test_one_fault_costs_no_posting(happens: Any, stay: list[str]) -> None:
    company = Company(SOME)
    company.at = {7: lambda: happens(company)}
    assert_read_once_and_whole(fetch(smartrecruiters, company), stay)


@pytest.mark.parametrize("opens", [True, False], ids=["postings open", "postings close"])
def test_a_list_that_never_holds_still_is_a_failure(opens: bool) -> None:
    company = Company(SOME)
    plain = company.page

    def moving(number: int) -> httpx.Response:
        if opens:
            company.ids.insert(0, f"new{len(company.ids)}")
        else:
            company.ids.pop(0)
        return plain(number)

    company.page = moving  # type: ignore[method-assign]
    with pytest.raises(FetchError, match="did not hold still in 4 readings"):
        fetch(smartrecruiters, company)
    assert not company.details_asked


def test_a_page_that_always_comes_in_place_of_another_is_a_failure() -> None:
    company = Company(SOME)
    plain = company.page
    company.page = lambda number: plain(6 if number == 7 else number)  # type: ignore[method-assign]
    with pytest.raises(FetchError, match="did not hold still"):
        fetch(smartrecruiters, company)


def test_a_posting_taken_down_after_it_was_listed_is_left_out() -> None:
    company = Company(IDS[:3])
    plain = company.detail
    company.detail = lambda one: httpx.Response(404) if one == IDS[1] else plain(one)  # type: ignore[method-assign]
    assert_read_once_and_whole(fetch(smartrecruiters, company), [IDS[0], IDS[2]])


@pytest.mark.parametrize("fault", [httpx.Response(403), httpx.Response(503), httpx.Response(200)])
def test_a_posting_that_cannot_be_fetched_fails_the_board_and_stops_it(fault: httpx.Response) -> None:
    company = Company(SOME)

    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)  # as a network would, it lets others go on
        return fault if request.url.path.endswith(SOME[5]) else company(request)

    async def ask_and_go_on() -> None:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0.0, per_second=1e6) as web:
            with pytest.raises(FetchError, match=r"403|503|nothing"):
                await smartrecruiters.fetch(web.client(Validators()), Board("Kestrel Co", "any", "KestrelCo"))
            for _ in range(500):  # other boards are still being read
                await asyncio.sleep(0)

    asyncio.run(ask_and_go_on())
    assert len(company.details_asked) < 50


def test_a_company_that_is_unknown_or_lists_nothing_is_a_failure() -> None:
    with pytest.raises(FetchError, match="unknown or lists nothing"):
        fetch(smartrecruiters, Company([]))


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"content": []}x', b'{"totalFound": "1", "content": []}'])
def test_an_answer_that_is_no_page_is_a_failure(body: bytes) -> None:
    with pytest.raises(FetchError):
        fetch(smartrecruiters, lambda request: httpx.Response(200, content=body))


def test_a_row_without_an_id_costs_only_itself() -> None:
    company = Company(IDS[:3])
    plain = company.row
    company.row = lambda one: {"name": "Nameless"} if one == IDS[1] else plain(one)  # type: ignore[method-assign]
    found = list(smartrecruiters.read(fetch(smartrecruiters, company)))
    assert [item.native_id for item in found] == [IDS[0], None, IDS[2]]
    assert isinstance(found[1], Reject)


class Site:
    """A Workday site, which tells its total on the first page only."""

    def __init__(self, paths: list[str], total: int | None = None) -> None:
        self.paths, self.total = paths, len(paths) if total is None else total

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/wday/cxs/kestrel/External")
        if path == "/jobs":
            return self.page(json.loads(request.content))
        assert request.method == "GET"
        return httpx.Response(200, json={"jobPostingInfo": {"title": path, "jobReqId": path.rpartition("_")[2]}})

    def page(self, asked: dict[str, Any]) -> httpx.Response:
        offset = asked.pop("offset")
        assert asked == {"appliedFacets": {}, "limit": 20, "searchText": ""}
        rows = [{"title": path, "externalPath": path} for path in self.paths[offset : offset + 20]]
        return httpx.Response(200, json={"total": 0 if offset else self.total, "jobPostings": rows})


SITE = "kestrel.wd5.myworkdayjobs.com/External"


def test_a_total_that_only_the_first_page_tells_is_read_to() -> None:
    paths = [f"/job/Berlin/Engineer_R-{number}" for number in range(65)]
    found = list(workday.read(fetch(workday, Site(paths), SITE)))
    assert [item.native_id for item in found] == [f"R-{number}" for number in range(65)]


def test_an_empty_site_is_an_empty_board() -> None:
    assert list(workday.read(fetch(workday, Site([]), SITE))) == []


def test_a_site_that_counts_no_further_is_a_failure() -> None:
    with pytest.raises(FetchError, match="2000 and no further"):
        fetch(workday, Site(["/job/Berlin/Engineer_R-1"], total=2000), SITE)


def test_a_token_that_is_no_site_is_a_failure() -> None:
    with pytest.raises(FetchError, match="is not host/site"):
        fetch(workday, Site([]), "kestrel")


def read_pages(*pages: Page) -> list[Page]:
    """What is read of a list whose answers are these, the last one again and again."""
    waiting = list(pages)

    async def ask(offset: int) -> Page:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return asyncio.run(every_page(ask))


def page(*ids: str, total: int | None = None) -> Page:
    return Page(("https://example.com/jobs", b"[]"), ids, total)


def test_a_list_without_a_total_ends_where_nothing_new_comes() -> None:
    first, second = page("1", "2"), page("2", "3")
    assert read_pages(first, second, page()) == [first, second]
    assert read_pages(first, second) == [first, second]
    assert read_pages(page()) == [page()]


def test_readings_add_up_while_the_total_is_the_same() -> None:
    readings = [page("1", "2", total=4), page("2", "3", total=4), page("1", "2", total=4), page("3", "4", total=4)]
    assert read_pages(*readings) == [readings[0], readings[1], readings[3]]


def test_a_posting_that_closed_does_not_stand_for_one_that_was_missed() -> None:
    moved = [page("gone", "1", total=4), page("3", total=3)]  # "2" was missed, and three came
    still = [page("1", "2", total=3), page("3", total=3)]
    assert read_pages(*moved, *still) == still


def test_a_list_that_ends_before_its_total_is_a_failure() -> None:
    with pytest.raises(FetchError, match="did not hold still"):
        read_pages(*[page("1", "2", total=5), page()] * 4)


def test_a_list_without_end_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_PAGES", 3)

    async def ask(offset: int) -> Page:
        return page(str(offset), total=10)

    with pytest.raises(FetchError, match="more than 3 pages"):
        asyncio.run(every_page(ask))


def test_a_page_of_another_form_is_a_failure_of_the_fetch() -> None:
    async def ask(offset: int) -> Page:
        raise PayloadError("the answer holds no list")

    with pytest.raises(FetchError, match="holds no list"):
        asyncio.run(every_page(ask))


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("https://jobs.smartrecruiters.com/KestrelCo/744000101000001-engineer?oga=true", "KestrelCo"),
        ("https://jobs.smartrecruiters.com/oneclick-ui/company/KestrelCo/publication/5c1d", "KestrelCo"),
        ("https://careers.smartrecruiters.com/KestrelCo/", "KestrelCo"),
        ("https://api.smartrecruiters.com/v1/companies/KestrelCo/postings?limit=100", "KestrelCo"),
        ("https://www.smartrecruiters.com/about-us/", None),
    ],
)
def test_a_smartrecruiters_address_tells_its_company(url: str, token: str | None) -> None:
    assert smartrecruiters.token_in(url) == token


@pytest.mark.parametrize(
    ("url", "token"),
    [
        (f"https://{SITE}", SITE),
        ("https://KESTREL.wd5.myworkdayjobs.com/en-US/External/job/Berlin/Engineer_R-1", SITE),
        ("https://kestrel.wd5.myworkdayjobs.com/wday/cxs/kestrel/External/jobs", SITE),
        ("https://kestrel.wd103.myworkdayjobs.com/2?q=engineer", "kestrel.wd103.myworkdayjobs.com/2"),
        ("https://kestrel.wd5.myworkdayjobs.com/en-US/", None),
        ("https://kestrel.wd5.myworkdayjobs.com/wday/authgwy/kestrel/login", None),
        ("https://kestrel.wd5.myworkdayjobs.com/en-US/job/Berlin/Engineer_R-1", None),
        ("https://kestrel.wd5.myworkdayjobs.com.example.com/External", None),
    ],
)
def test_a_workday_address_tells_its_site(url: str, token: str | None) -> None:
    assert workday.token_in(url) == token
