"""Career sites that list and tell apart: what the one contract for every source does not show."""

import gzip
import json
from collections import Counter
from typing import Any

import httpx
import pytest
from clock import run_unwaited

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import PayloadError
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board, RawPosting
from pipeline.sources import Source, amazon, apple, bamboohr, eightfold, icims, oracle, phenom, teamtailor


def fetch(source: Source, answer: Any, token: str, kept: bytes = b"") -> bytes:
    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0.0, per_second=1e6) as web:
            return await source.fetch(web.client(Validators(), lambda: kept), Board("Kestrel", "any", token))

    return run_unwaited(ask())


def titled(source: Source, payload: bytes) -> list[str | None]:
    return [item.title for item in source.read(payload) if isinstance(item, RawPosting)]


class EightfoldSite:
    """An Eightfold site of so many postings, which answers to one of the two lists."""

    token = "careers.kestrel.example.com/kestrel.example.com"

    def __init__(self, size: int, is_new: bool) -> None:
        self.ids, self.is_new = list(range(1, size + 1)), is_new
        self.renamed: dict[int, str] = {}
        self.asked: Counter[str] = Counter()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.params["domain"] == "kestrel.example.com"
        if request.url.path in ("/api/pcsx/search", "/api/apply/v2/jobs"):
            is_new = request.url.path == "/api/pcsx/search"
            self.asked["list"] += 1
            return self.page(int(request.url.params["start"])) if is_new == self.is_new else httpx.Response(403)
        self.asked["posting"] += 1
        native_id = int(request.url.path.rpartition("/")[2])
        return httpx.Response(200, json={"id": native_id, "job_description": f"<p>The work of {native_id}.</p>"})

    def page(self, start: int) -> httpx.Response:
        names = {one: self.renamed.get(one, f"Engineer {one}") for one in self.ids[start : start + 10]}
        rows = [{"id": one, "name": name, "t_create": 1790758800} for one, name in names.items()]
        found = {"count": len(self.ids), "positions": rows}
        return httpx.Response(200, json={"status": 200, "data": found} if self.is_new else found)


@pytest.mark.parametrize("is_new", [True, False])
def test_an_eightfold_site_answers_to_one_of_two_lists(is_new: bool) -> None:
    site = EightfoldSite(23, is_new)
    found = list(eightfold.read(fetch(eightfold, site, site.token)))
    assert [item.native_id for item in found] == [str(one) for one in site.ids]
    assert all(isinstance(item, RawPosting) and f"The work of {item.native_id}." in item.html for item in found)


def test_the_texts_of_a_large_eightfold_site_come_over_days() -> None:
    site, payload, days = EightfoldSite(600, True), b"", 0
    while days == 0 or "" in [item.html for item in eightfold.read(payload) if isinstance(item, RawPosting)]:
        site.asked.clear()
        payload = fetch(eightfold, site, site.token, payload)
        assert site.asked.total() <= eightfold.MOST_ASKED
        assert titled(eightfold, payload) == [f"Engineer {one}" for one in site.ids]
        days += 1
    assert days == 4  # 60 pages and 190 postings a visit


def test_a_changed_posting_of_a_large_eightfold_site_does_not_wait_behind_new_ones() -> None:
    site = EightfoldSite(600, True)
    payload = fetch(eightfold, site, site.token)
    site.ids[:0] = range(1001, 1301)
    site.renamed = {7: "Principal Engineer 7"}
    changed = [item for item in eightfold.read(fetch(eightfold, site, site.token, payload)) if item.native_id == "7"]
    assert [(item.title, item.html) for item in changed if isinstance(item, RawPosting)] == [
        ("Principal Engineer 7", "<p>The work of 7.</p>")
    ]


def test_an_eightfold_site_that_is_too_long_to_be_listed_is_a_failure() -> None:
    site = EightfoldSite(2501, True)
    with pytest.raises(FetchError, match="2501 postings"):
        fetch(eightfold, site, site.token)


def test_an_eightfold_site_that_lists_nothing_is_a_failure() -> None:
    with pytest.raises(FetchError, match="no postings"):
        fetch(eightfold, EightfoldSite(0, True), EightfoldSite.token)


def test_an_eightfold_site_that_refuses_both_lists_is_a_failure() -> None:
    with pytest.raises(FetchError) as failed:
        fetch(eightfold, lambda request: httpx.Response(403), EightfoldSite.token)
    assert failed.value.status == 403


def oracle_answer(total: int, *rows: dict[str, Any]) -> Any:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("Details"):
            return httpx.Response(200, json={"items": []})
        return httpx.Response(200, json={"items": [{"TotalJobsCount": total, "requisitionList": list(rows)}]})

    return answer


ORACLE = "kestrel.fa.us2.oraclecloud.com/CX_1"


@pytest.mark.parametrize(("total", "said"), [(0, "no postings"), (10_001, "10001 postings")])
def test_an_oracle_site_that_may_hide_postings_is_a_failure(total: int, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        fetch(oracle, oracle_answer(total), ORACLE)


def test_an_oracle_posting_that_was_taken_down_answers_with_nothing_and_is_left_out() -> None:
    assert titled(oracle, fetch(oracle, oracle_answer(1, {"Id": "1", "Title": "Engineer"}), ORACLE)) == []


@pytest.mark.parametrize("token", ["kestrel", "https://www.oracle.com/careers/", "kestrel.fa.us2.oraclecloud.com"])
def test_a_token_that_is_no_oracle_site_is_a_failure(token: str) -> None:
    with pytest.raises(FetchError, match="is not host/site"):
        fetch(oracle, oracle_answer(0), token)


def test_a_company_that_bamboohr_does_not_know_is_a_failure() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "www.bamboohr.com":
            return httpx.Response(200, text="<html>The complete HR software</html>")
        return httpx.Response(302, headers={"Location": "https://www.bamboohr.com/"})

    with pytest.raises(FetchError, match="not whole JSON"):
        fetch(bamboohr, answer, "kestrel")


def test_a_bamboohr_list_that_was_cut_short_is_a_failure() -> None:
    rows = {"meta": {"totalCount": 2}, "result": [{"id": "1", "jobOpeningName": "Engineer"}]}
    with pytest.raises(FetchError, match="more postings than it lists"):
        fetch(bamboohr, lambda request: httpx.Response(200, content=json.dumps(rows)), "kestrel")


class TeamtailorSite:
    """A feed of so many jobs, in pages."""

    def __init__(self, size: int) -> None:
        self.items = [f"<item><title>Engineer {n}</title><guid>g-{n}</guid></item>" for n in range(size)]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        start, size = (int(request.url.params[name]) for name in ("offset", "per_page"))
        items = "".join(self.items[start : start + size])
        return httpx.Response(200, text=f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>')


@pytest.mark.parametrize("size", [0, 1, 100, 250])
def test_every_page_of_a_teamtailor_feed_is_read(size: int) -> None:
    payload = fetch(teamtailor, TeamtailorSite(size), "careers.kestrel.example.com")
    assert titled(teamtailor, payload) == [f"Engineer {n}" for n in range(size)]


@pytest.mark.parametrize(
    "token", ["kestrel", "https://kestrel.teamtailor.com", "kestrel.teamtailor.com/jobs", "a@b.com"]
)
def test_a_token_that_is_no_host_is_a_failure(token: str) -> None:
    with pytest.raises(FetchError, match="is not a host"):
        fetch(teamtailor, TeamtailorSite(1), token)


class PhenomSite:
    """A career site whose sitemap dates its pages; `days` by the number of the posting."""

    token = "careers.kestrel.example.com"

    def __init__(self, days: dict[int, str | None], robots: str = "") -> None:
        self.days, self.robots = days, robots
        self.asked: Counter[str] = Counter()

    def address(self, number: int) -> str:
        return f"https://{self.token}/us/en/job/R-{number}/Engineer"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(200, text=self.robots)
        if request.url.path == "/sitemap.xml":
            index = f"<sitemapindex><sitemap><loc>https://{self.token}/sitemap1.xml.gz</loc></sitemap></sitemapindex>"
            return httpx.Response(200, text=index)
        if request.url.path == "/sitemap1.xml.gz":
            dated = {number: f"<lastmod>{day}</lastmod>" if day else "" for number, day in self.days.items()}
            urls = "".join(f"<url><loc>{self.address(number)}</loc>{day}</url>" for number, day in dated.items())
            return httpx.Response(200, content=gzip.compress(f"<urlset>{urls}</urlset>".encode()))
        self.asked[request.url.path.split("/")[4]] += 1
        job = {"@type": "JobPosting", "title": request.url.path.split("/")[4], "description": "<p>Serve.</p>"}
        return httpx.Response(200, text=f'<script type="application/ld+json">{json.dumps(job)}</script><p>More</p>')


def test_a_page_is_asked_for_where_the_sitemap_lists_it_anew_or_dates_it_anew() -> None:
    site = PhenomSite({1: "2026-10-01", 2: "2026-10-01", 3: None})
    payload = fetch(phenom, site, site.token)
    assert titled(phenom, payload) == ["R-1", "R-2", "R-3"]
    assert b"More" not in payload
    site.asked.clear()
    site.days = {2: "2026-10-05", 3: None, 4: "2026-10-05"}
    assert titled(phenom, fetch(phenom, site, site.token, payload)) == ["R-2", "R-3", "R-4"]
    assert site.asked == {"R-2": 1, "R-4": 1}


def test_pages_that_robots_txt_forbids_are_not_asked_for() -> None:
    site = PhenomSite({1: None, 2: None}, "User-agent: *\nDisallow: /us/en/job/R-2/")
    assert titled(phenom, fetch(phenom, site, site.token)) == ["R-1"]
    assert site.asked == {"R-1": 1}


def test_a_site_without_a_posting_in_its_sitemap_or_its_pages_is_a_failure() -> None:
    site = PhenomSite({})
    with pytest.raises(FetchError, match="no page of a posting"):
        fetch(phenom, site, site.token)
    walled = PhenomSite({1: None}, "User-agent: *\nDisallow: /us/")
    with pytest.raises(PayloadError, match="no page has a JobPosting"):
        list(phenom.read(fetch(phenom, walled, walled.token)))
    with pytest.raises(FetchError, match="no sitemap"):
        fetch(phenom, lambda request: httpx.Response(200, text="<html>Are you human?</html>"), site.token)
    with pytest.raises(FetchError, match="is not a host"):
        fetch(phenom, site, f"https://{site.token}/")


def test_an_icims_portal_without_postings_lists_its_introduction_alone() -> None:
    intro = "<urlset><url><loc>https://careers-kestrel.icims.com/jobs/intro</loc></url></urlset>"
    assert list(icims.read(fetch(icims, lambda request: httpx.Response(200, text=intro), "kestrel"))) == []


def test_an_icims_portal_may_have_a_host_of_another_form() -> None:
    hosts: set[str] = set()

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.add(request.url.host)
        return httpx.Response(404)

    for token in ("kestrel", "jobs-kestrel.icims.com"):
        with pytest.raises(FetchError):
            fetch(icims, answer, token)
    assert hosts == {"careers-kestrel.icims.com", "jobs-kestrel.icims.com"}


def amazon_answer(hits: int, size: int) -> Any:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.params["normalized_country_code[]"] == "DEU"
        start = int(request.url.params["offset"])
        jobs = [{"id_icims": str(n), "title": f"Engineer {n}"} for n in range(start, min(start + 100, size))]
        return httpx.Response(200, json={"error": None, "hits": hits, "jobs": jobs})

    return answer


def test_every_page_of_a_country_of_amazon_is_read() -> None:
    payload = fetch(amazon, amazon_answer(250, 250), "DEU")
    assert titled(amazon, payload) == [f"Engineer {n}" for n in range(250)]


@pytest.mark.parametrize("hits", [0, 10_000])
def test_a_country_of_amazon_that_may_hide_postings_is_a_failure(hits: int) -> None:
    with pytest.raises(FetchError, match=f"it counts {hits} postings in DEU"):
        fetch(amazon, amazon_answer(hits, 0), "DEU")


@pytest.mark.parametrize("source", [amazon, apple])
def test_a_token_that_is_no_country_is_a_failure(source: Source) -> None:
    for token in ("Germany", "de", "deu", "kestrel"):
        with pytest.raises(FetchError, match="three letters"):
            fetch(source, lambda request: httpx.Response(200), token)


def test_a_posting_of_apple_in_several_places_is_one_and_its_list_is_read_once() -> None:
    places = [("Munich", "Germany"), ("Berlin", "Germany"), ("Zurich", "Switzerland")]
    rows = [
        {"positionId": str(n), "postingTitle": f"Engineer {n}", "locations": [{"name": name, "countryName": country}]}
        for n in range(15)
        for name, country in places
    ]
    asked: Counter[str] = Counter()

    def answer(request: httpx.Request) -> httpx.Response:
        asked[request.method] += 1
        if request.method == "GET":
            here = [row["locations"][0] for row in rows if row["positionId"] == request.url.path.rpartition("/")[2]]
            return httpx.Response(200, json={"res": {"locations": here}})
        body = json.loads(request.content)
        assert body["filters"] == {}
        page = rows[(body["page"] - 1) * 20 : body["page"] * 20]
        return httpx.Response(200, json={"res": {"totalRecords": len(rows), "searchResults": page}})

    payload = fetch(apple, answer, "all")
    assert asked == {"POST": 3, "GET": 15}
    assert titled(apple, payload) == [f"Engineer {n}" for n in range(15)]
    assert all(isinstance(item, RawPosting) and len(item.places) == 3 for item in apple.read(payload))


def test_a_country_of_apple_without_postings_is_a_failure() -> None:
    answer = {"res": {"totalRecords": 0, "searchResults": []}}
    with pytest.raises(FetchError, match="no postings in XXX"):
        fetch(apple, lambda request: httpx.Response(200, json=answer), "XXX")
