"""Manners: what the client does when the web is slow, wrong, hostile or unchanged."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from clock import run_unwaited

from pipeline.fetching import answers as whole_answers
from pipeline.fetching import manners
from pipeline.fetching.faults import FetchError, Unchanged
from pipeline.fetching.web import Validators, open_web

Answer = Callable[[httpx.Request], httpx.Response]


def get(answer: Answer, url: str = "https://boards.example.com/jobs", known: Validators | None = None) -> bytes:
    async def fetch() -> bytes:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0.0) as opened:
            client = opened.client(known or Validators())
            return await (client.get_whole(url) if known else client.get(url))

    return asyncio.run(fetch())


def answers(*responses: httpx.Response) -> tuple[Answer, list[httpx.Request]]:
    waiting, seen = list(responses), []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return answer, seen


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 529])
def test_a_passing_fault_is_tried_again(status: int) -> None:
    answer, seen = answers(httpx.Response(status), httpx.Response(status), httpx.Response(200, content=b"jobs"))
    assert get(answer) == b"jobs"
    assert len(seen) == 3


def test_a_broken_connection_is_tried_again_and_then_reported() -> None:
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(FetchError, match=r"no answer from boards\.example\.com: ConnectError"):
        get(answer)
    assert len(seen) == 5


def test_retry_after_is_waited_for() -> None:
    asked_at: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked_at.append(asyncio.get_running_loop().time())
        return httpx.Response(200) if asked_at[1:] else httpx.Response(429, headers={"Retry-After": "20"})

    async def fetch() -> None:
        async with open_web(httpx.MockTransport(answer)) as opened:
            await opened.client(Validators()).get("https://boards.example.com/jobs")

    run_unwaited(fetch())
    assert asked_at[1] - asked_at[0] == pytest.approx(20)


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_hours_is_left_alone_for_the_run(status: int) -> None:
    answer, seen = answers(httpx.Response(status, headers={"Retry-After": "7200"}))

    async def fetch_two() -> list[str]:
        said = []
        async with open_web(httpx.MockTransport(answer)) as opened:
            for path in ("a", "b"):
                try:
                    await opened.client(Validators()).get(f"https://boards.example.com/{path}")
                except FetchError as error:
                    said.append(str(error))
        return said

    assert asyncio.run(fetch_two()) == ["the host asks to wait 7200 s"] * 2
    assert len(seen) == 1


def test_an_unchanged_board_costs_no_body() -> None:
    answer, seen = answers(httpx.Response(304))
    with pytest.raises(Unchanged):
        get(answer, known=Validators('"v1"', "Mon, 05 Oct 2026 05:00:00 GMT"))
    assert seen[0].headers["If-None-Match"] == '"v1"'
    assert seen[0].headers["If-Modified-Since"] == "Mon, 05 Oct 2026 05:00:00 GMT"


def test_an_answer_to_an_unconditional_request_is_never_unchanged() -> None:
    answer, _ = answers(httpx.Response(304))
    with pytest.raises(FetchError, match="304"):
        get(answer)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (httpx.Response(200, text="User-agent: *\nDisallow: /jobs/private"), True),
        (httpx.Response(200, text="User-agent: *\nDisallow: /jobs"), False),
        (httpx.Response(200, text="User-agent: trackmix\nDisallow: /"), False),
        (httpx.Response(404), True),
        (httpx.Response(503), False),
    ],
    ids=["another path", "this path", "us", "no rules", "unreachable rules"],
)
def test_a_page_is_asked_for_only_where_robots_allow_it(robots: httpx.Response, allowed: bool) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return robots if request.url.path == "/robots.txt" else httpx.Response(200, content=b"page")

    async def fetch() -> list[bytes | BaseException]:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0.0) as opened:
            pages = (opened.client(Validators()).get_page("https://kestrel.example.com/jobs/1") for _ in range(2))
            return await asyncio.gather(*pages, return_exceptions=True)

    for page in asyncio.run(fetch()):
        assert page == b"page" if allowed else isinstance(page, FetchError)
    assert ("/jobs/1" in asked) == allowed
    assert asked.count("/robots.txt") == (5 if robots.status_code == 503 else 1)


def test_rules_are_had_though_the_first_who_asked_for_them_gives_up() -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.01)
        return httpx.Response(200, text="" if request.url.path == "/robots.txt" else "page")

    async def fetch() -> bytes:
        async with open_web(httpx.MockTransport(answer)) as opened:
            pages = [opened.client(Validators()).get_page("https://kestrel.example.com/jobs/1") for _ in range(2)]
            first, second = map(asyncio.ensure_future, pages)
            await asyncio.sleep(0)
            first.cancel()
            return await second

    assert run_unwaited(fetch()) == b"page"


@pytest.mark.parametrize(
    "url", ["http://kestrel.example.com", "https://10.0.0.8/jobs", "file:///etc", "jobs", "https://["]
)
def test_a_page_is_asked_for_only_at_a_public_address(url: str) -> None:
    answer, seen = answers(httpx.Response(200))

    async def fetch() -> bytes:
        async with open_web(httpx.MockTransport(answer)) as opened:
            return await opened.client(Validators()).get_page(url)

    with pytest.raises(FetchError, match="address"):
        asyncio.run(fetch())
    assert not seen


@pytest.mark.parametrize("known", [None, Validators()], ids=["piece", "whole"])
def test_the_query_of_an_address_is_kept(known: Validators | None) -> None:
    answer, seen = answers(httpx.Response(200))
    get(answer, "https://boards.example.com/jobs?page=2", known)
    assert str(seen[0].url) == "https://boards.example.com/jobs?page=2"


def test_a_host_is_not_asked_faster_than_its_rate() -> None:
    answer, seen = answers(httpx.Response(200))
    at: list[float] = []

    async def fetch() -> None:
        async with open_web(httpx.MockTransport(answer), per_second=20) as opened:
            loop = asyncio.get_running_loop()

            async def one() -> None:
                await opened.client(Validators()).get("https://boards.example.com/jobs")
                at.append(loop.time())

            await asyncio.gather(*(one() for _ in range(50)))

    run_unwaited(fetch())
    assert len(seen) == 50
    assert at[-1] - at[0] == pytest.approx(49 / 20)
    assert (
        max(sum(begun <= other < begun + 1 for other in at) for begun in at) == 20
    )  # in no second more, nor in the first


def test_requests_that_wait_for_a_place_do_not_come_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other hosts have all the places for a while."""
    monkeypatch.setattr(manners, "IN_ALL", 4)
    at: list[float] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "boards.example.com":
            at.append(asyncio.get_running_loop().time())
        else:
            await asyncio.sleep(3)
        return httpx.Response(200)

    async def fetch() -> None:
        async with open_web(httpx.MockTransport(answer), per_second=4) as opened:
            urls = [f"https://host{n}.example.com/" for n in range(4)]
            urls += [f"https://boards.example.com/{n}" for n in range(12)]
            await asyncio.gather(*(opened.client(Validators()).get(url) for url in urls))

    run_unwaited(fetch())
    assert max(sum(begun <= other < begun + 1 for other in at) for begun in at) == 4


def test_it_says_who_asks() -> None:
    answer, seen = answers(httpx.Response(200))
    get(answer)
    assert seen[0].headers["User-Agent"].startswith("trackmix/")


def test_a_body_over_the_cap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_answers, "MAX_BODY", 2**20)
    answer, _ = answers(httpx.Response(200, content=b"x" * (2**20 + 1)))
    with pytest.raises(FetchError, match="larger than 1 MiB"):
        get(answer)


@pytest.mark.parametrize(
    "target",
    [
        "http://boards.example.com/jobs",
        "https://127.0.0.1/jobs",
        "https://10.0.0.8/jobs",
        "https://[::1]/jobs",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/jobs",
        "https://printer.local/jobs",
    ],
)
def test_no_redirect_leaves_https_or_the_public_network(target: str) -> None:
    answer, seen = answers(httpx.Response(302, headers={"Location": target}))
    with pytest.raises(FetchError, match="not a public https address"):
        get(answer)
    assert len(seen) == 1


def test_a_public_redirect_is_followed() -> None:
    moved = httpx.Response(301, headers={"Location": "https://jobs.example.org/all"})
    answer, seen = answers(moved, httpx.Response(200, content=b"jobs"))
    assert get(answer) == b"jobs"
    assert str(seen[1].url) == "https://jobs.example.org/all"


def test_redirects_without_end_end() -> None:
    answer, _ = answers(httpx.Response(301, headers={"Location": "https://boards.example.com/jobs"}))
    with pytest.raises(FetchError, match="more than 5 redirects"):
        get(answer)


@pytest.mark.parametrize(("hosts", "bound"), [(1, manners.PER_HOST), (8, manners.IN_ALL)])
def test_concurrency_is_bounded_per_host_and_in_all(hosts: int, bound: int) -> None:
    now: dict[str, int] = {}
    most: dict[str, int] = {}

    async def answer(request: httpx.Request) -> httpx.Response:
        for name in (request.url.host, "all"):
            now[name] = now.get(name, 0) + 1
            most[name] = max(most.get(name, 0), now[name])
        await asyncio.sleep(2)  # longer than until the next ones may be asked
        for name in (request.url.host, "all"):
            now[name] -= 1
        return httpx.Response(200)

    async def fetch_many() -> None:
        async with open_web(httpx.MockTransport(answer)) as opened:
            urls = [f"https://host{n % hosts}.example.com/{n}" for n in range(160)]
            await asyncio.gather(*(opened.client(Validators()).get(url) for url in urls))

    run_unwaited(fetch_many())
    assert most.pop("all") == bound
    assert max(most.values()) <= manners.PER_HOST
