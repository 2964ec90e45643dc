"""Hosts that refuse, ask to wait, are dead or not who they say they are, and what they allow in robots.txt."""

import asyncio
import gzip
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
from clock import run_unwaited

from faults.asking import ask, fault, gives, page, refuses
from faults.case import Case, proving
from faults.server import Answer, by_path, endless, head, in_turn, raw, redirect, serving, whole
from pipeline.fetching import robots
from pipeline.fetching.faults import DisallowedError, FetchError
from pipeline.fetching.manners import FAILING_SECONDS, MAX_WAIT, seconds_asked
from pipeline.fetching.web import Validators, open_web

BODY = b'{"jobs": []}'
SOUND = whole(BODY)
HOST = "boards.example.com"
Respond = Callable[[httpx.Request], httpx.Response]


def timed(respond: Respond, urls: Sequence[str]) -> dict[str, tuple[float, str]]:
    """For each address the second at which it was done with, by a clock that need not be waited for, and what came."""

    async def ask_all() -> dict[str, tuple[float, str]]:
        done: dict[str, tuple[float, str]] = {}
        async with open_web(httpx.MockTransport(respond)) as web:
            loop = asyncio.get_running_loop()
            begun = loop.time()

            async def one(url: str) -> None:
                try:
                    said = (await web.client(Validators()).get(url)).decode()
                except FetchError as error:
                    said = f"{type(error).__name__}: {error}"
                done[url] = (loop.time() - begun, said)

            await asyncio.gather(*map(one, urls))
        return done

    return run_unwaited(ask_all())


def boards(number: int, host: str = HOST) -> list[str]:
    return [f"https://{host}/{n}" for n in range(number)]


def dead(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def busy(request: httpx.Request) -> httpx.Response:
    return httpx.Response(503)


def silent(kind: str) -> Callable[[httpx.Request], object]:
    """Keeps silent for as long as the client waits: to connect, or to read."""

    async def respond(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(request.extensions["timeout"][kind])
        raise httpx.TimeoutException("", request=request)

    return respond


def falls_silent(_: Path) -> None:
    """A host that has answered is waited for as long as a slow one may take."""
    waited: list[float] = []

    def respond(request: httpx.Request) -> httpx.Response:
        waited.append(request.extensions["timeout"]["read"])
        return httpx.Response(503) if len(waited) in (1, 3) else httpx.Response(200, content=b"jobs")

    async def ask_in_turn() -> None:
        async with open_web(httpx.MockTransport(respond)) as web:
            for url in boards(2):
                await web.client(Validators()).get(url)

    run_unwaited(ask_in_turn())
    assert waited == [8, 8, 30, 30]


def given_up(respond: Callable[[httpx.Request], object], most_seconds: float) -> None:
    """300 boards on one host, of which none answers."""
    done = timed(respond, boards(300))  # type: ignore[arg-type]
    assert all(said.startswith(("FetchError", "LeftAloneError")) for _, said in done.values())
    assert sum("not reached: " in said for _, said in done.values()) > 200
    assert max(second for second, _ in done.values()) < most_seconds


def one_bad_board(_: Path) -> None:
    """A board that always answers 500, among others."""
    asked: Counter[str] = Counter()

    def respond(request: httpx.Request) -> httpx.Response:
        asked[request.url.path] += 1
        return httpx.Response(500) if request.url.path == "/7" else httpx.Response(200, content=b"jobs")

    done = timed(respond, boards(300))
    assert Counter(said for _, said in done.values()) == {
        "jobs": 299,
        "FetchError: the answer was 500 Internal Server Error": 1,
    }
    assert asked["/7"] == 5


def starts_anew(_: Path) -> None:
    """A host that refuses every connection for half of FAILING_SECONDS."""

    def respond(request: httpx.Request) -> httpx.Response:
        if asyncio.get_running_loop().time() < FAILING_SECONDS / 2:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(200, content=b"jobs")

    assert {said for _, said in timed(respond, boards(300)).values()} == {"jobs"}


def another_host_is_not_given_up(_: Path) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return dead(request) if request.url.host == HOST else httpx.Response(200, content=b"jobs")

    done = timed(respond, [*boards(100), *boards(20, "jobs.example.org")])
    assert sum(said == "jobs" for _, said in done.values()) == 20
    assert max(second for second, said in done.values() if said == "jobs") < 5


def waiting_holds_no_places(_: Path) -> None:
    """Forty hosts that ask to wait for a minute, asked before one that does not."""
    seen: set[str] = set()

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.host.startswith("busy") and request.url.host not in seen:
            seen.add(request.url.host)
            return httpx.Response(503, headers={"Retry-After": "60"})
        return httpx.Response(200, content=b"jobs")

    waiting = [f"https://busy{n}.example.com/" for n in range(40)]
    done = timed(respond, [*waiting, "https://quick.example.com/"])
    assert {said for _, said in done.values()} == {"jobs"}
    assert done["https://quick.example.com/"][0] < 1
    assert all(done[url][0] >= 60 for url in waiting)


def nobody_asks_meanwhile(_: Path) -> None:
    """One answer asks to wait; the others on that host wait with it."""
    asked_at: list[float] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked_at.append(asyncio.get_running_loop().time())
        return (
            httpx.Response(200, content=b"jobs") if asked_at[1:] else httpx.Response(429, headers={"Retry-After": "30"})
        )

    async def ask_in_turn() -> None:
        async with open_web(httpx.MockTransport(respond)) as web:
            first = asyncio.ensure_future(web.client(Validators()).get("https://boards.example.com/1"))
            await asyncio.sleep(1)
            await asyncio.gather(first, *(web.client(Validators()).get(url) for url in boards(5)))

    run_unwaited(ask_in_turn())
    assert len(asked_at) == 7
    assert min(asked_at[1:]) - asked_at[0] >= 30


def storm(status: int, retry_after: str | None) -> Callable[[Path], None]:
    """300 boards of a host that answers nothing else."""

    def proof(_: Path) -> None:
        asked: list[str] = []

        def respond(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            return httpx.Response(status, headers={"Retry-After": retry_after} if retry_after else {})

        done = timed(respond, boards(300))
        assert all(said.startswith(("FetchError", "LeftAloneError")) for _, said in done.values())
        assert max(second for second, _ in done.values()) <= MAX_WAIT + 60
        assert len(asked) < 300

    return proof


def date_in(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


RETRY_AFTER: Mapping[str, tuple[str, float, float]] = {
    "nothing": ("", 0, 0), "zero": ("0", 0, 0), "seconds": ("7", 7, 7), "blanks": ("  7  ", 7, 7), "leading zeros": ("007", 7, 7),
    "hours": ("7200", 7200, 7200), "below zero": ("-7", 0, 0), "a fraction": ("1.5", 0, 0), "words": ("soon", 0, 0),
    "other digits": ("٧", 0, 0), "raised digits": ("²", 0, 0), "a list": ("7, 9", 0, 0), "with a unit": ("7s", 0, 0),
    "a date gone by": ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0), "a date to come": (date_in(9e4), 8e4, 9e4),
    "a date far off": (date_in(9e6), 8e6, 9e6), "a date without a zone": (date_in(9e4).removesuffix(" GMT"), 8e4, 9e4),
    "no such date": ("Wed, 99 Oct 2099 07:28:00 GMT", 0, 0), "the year 0": ("Wed, 21 Oct 0000 07:28:00 GMT", 0, 1e12),
    "half a date": ("Wed, 21", 0, 0), "a day of the month": ("Wed,", 0, 0), "a zone beyond": ("Wed, 21 Oct 2015 07:28:00 +9999", 0, 0),
    "hundreds of digits": ("9" * 400, 1e300, float("inf")), "brackets": ("()", 0, 0), "a line": ("7;", 0, 0),
}  # fmt: skip


def read_as(name: str, said: str, least: float, most: float) -> Case:
    def proof(_: Path) -> None:
        assert least <= seconds_asked(said) <= most
        if most == 0:  # not waited for, so it can be tried with a real server
            gives(in_turn(whole(status="503 Busy", retry_after=said), whole(BODY)), BODY, 2)
        elif least > MAX_WAIT:
            refuses(whole(status="429 Too Many", retry_after=said), "the host asks to wait", 1)

    return Case(
        f"Retry-After: {name}",
        f"Retry-After: {said[:40]!a}",
        f"{least:g} to {most:g} s are waited, or the host left",
        proof,
    )


def first_says(status: str) -> Case:
    return Case(
        f"{status[:3]} once", f"{status}, then the board", "asked again, and had",
        lambda _: gives(in_turn(whole(b"<h1>Sorry</h1>", status), whole(BODY)), BODY, 2),
    )  # fmt: skip


def robots_say(name: str, answer: Answer, allowed: bool, pages: int | None = None) -> Case:
    """What stands in robots.txt, and whether /jobs may be asked for by it."""

    def proof(_: Path) -> None:
        with serving(by_path(robots=answer, jobs=whole(b"page"))) as way:
            if allowed:
                assert ask(way, page) == b"page"
            else:
                assert isinstance(fault(way, page), FetchError)
            assert ("/jobs" in [asked.target for asked in way.server.asked]) == allowed

    return Case(
        f"robots: {name}",
        f"robots.txt: {name}",
        "the page is asked for" if allowed else "the page is left alone",
        proof,
    )


def many_rules(_: Path) -> None:
    """A robots.txt of hundreds of thousands of rules: what the standard asks to read is read, and no more."""
    body = (
        b"User-agent: *\nDisallow: /jobs\n"
        + b"".join(b"Disallow: /a%d\n" % n for n in range(200_000))
        + b"Disallow: /other\n"
    )
    assert len(body) > 5 * robots.MOST_BYTES
    with serving(by_path(robots=whole(body), jobs=whole(b"page"))) as way:
        assert isinstance(fault(way, page), DisallowedError)
    rules = robots.rules_of(body)
    assert len(rules._url_patterns) < robots.MOST_BYTES / 12
    assert rules.can_fetch("https://boards.example.com/other", "trackmix")


def no_rule_is_cut(_: Path) -> None:
    """The bound falls into the middle of a rule, whose first half would forbid more."""
    lines = b"User-agent: *\n" + b"#" * (robots.MOST_BYTES - 14 - 1 - 11) + b"\nDisallow: /jobs/private\n"
    assert lines[: robots.MOST_BYTES].endswith(b"Disallow: /")
    assert robots.rules_of(lines).can_fetch("https://boards.example.com/jobs", "trackmix")


def robots_of_a_redirect(_: Path) -> None:
    """A page that may be asked for redirects to one that may not."""
    answers = by_path(
        robots=whole(b"User-agent: *\nDisallow: /private"), jobs=redirect("/private"), private=whole(b"secret")
    )
    with serving(answers) as way:
        assert isinstance(fault(way, page), DisallowedError)
        assert [asked.target for asked in way.server.asked] == ["/robots.txt", "/jobs"]


def tls(name: str, done: str, words: str, answer: Answer = SOUND, **serve: object) -> Case:
    def proof(_: Path) -> None:
        with serving(answer, **serve) as way:
            error = fault(way)
            assert "no answer from boards.example.com" in str(error)
            assert words in str(error)
            assert not way.server.asked or not serve.get("is_tls", True)

    return Case(name, done, "a failure of the board; nothing was sent", proof)


FORBIDS = b"User-agent: *\nDisallow: /jobs\n"
CASES = [
    Case("dead host", "300 boards of a host that refuses connections", "given up within 20 seconds",
         lambda _: given_up(dead, 20)),
    Case("host beyond reach", "300 boards of a host to which nothing connects", "given up within 20 seconds",
         lambda _: given_up(silent("connect"), 20)),
    Case("silent host", "300 boards of a host that takes connections and says nothing", "given up within 20 seconds",
         lambda _: given_up(silent("read"), 20)),
    Case("a host that has answered", "it fails once more", "it is given the time of a slow one", falls_silent),
    Case("failing host", "300 boards of a host that answers 503", "given up within 20 seconds", lambda _: given_up(busy, 20)),
    Case("one bad board", "one board of 300 answers 500", "the others are had", one_bad_board),
    Case("starts anew", "a host is away for some seconds", "all its boards are had", starts_anew),
    Case("another host", "a dead host beside a sound one", "the sound one is had at once", another_host_is_not_given_up),
    Case("waiting holds no places", "40 hosts ask to wait for a minute", "others are asked meanwhile", waiting_holds_no_places),
    Case("nobody asks meanwhile", "a host asks to wait", "none of its boards is asked before", nobody_asks_meanwhile),
    *(Case(f"storm of {status}, {said or 'nothing'}", f"300 boards of a host that answers {status}, Retry-After {said}",
           "left alone; most boards are never asked for", storm(status, said))
      for status in (429, 503) for said in (None, "1", "30", "119", "7200", "soon")),
    *(read_as(name, *said) for name, said in RETRY_AFTER.items()),
    *(first_says(status) for status in ("429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway",
                                        "503 Service Unavailable", "504 Gateway Timeout", "529 Overloaded")),
    robots_say("none", whole(b"", "404 Not Found"), True),
    robots_say("empty", whole(b""), True),
    robots_say("forbids", whole(FORBIDS), False),
    robots_say("forbids us", whole(b"User-agent: trackmix\nDisallow: /"), False),
    robots_say("forbids another", whole(b"User-agent: kestrelbot\nDisallow: /"), True),
    robots_say("a byte-order mark", whole(b"\xef\xbb\xbf" + FORBIDS), False),
    robots_say("lines of old Macs", whole(FORBIDS.replace(b"\n", b"\r")), False),
    robots_say("lines of Windows", whole(FORBIDS.replace(b"\n", b"\r\n")), False),
    robots_say("capitals", whole(FORBIDS.upper().replace(b"/JOBS", b"/jobs")), False),
    robots_say("not UTF-8", whole(b"# M\xfcller\n" + FORBIDS), False),
    robots_say("zeros", whole(b"\0\0\0" + b"\n" + FORBIDS), False),
    robots_say("an error page", whole(b"<!doctype html><h1>Sorry</h1>"), True),
    robots_say("a longer rule allows", whole(b"User-agent: *\nDisallow: /\nAllow: /jobs"), True),
    robots_say("a wildcard", whole(b"User-agent: *\nDisallow: /*bs"), False),
    robots_say("packed", whole(gzip.compress(FORBIDS), content_encoding="gzip"), False),
    robots_say("redirects", redirect("/jobs"), True),
    robots_say("401", whole(b"", "401 Unauthorized"), True),
    robots_say("500", whole(b"", "500 Sorry"), False),
    robots_say("503, to wait for hours", whole(b"", "503 Busy", retry_after=7200), False),
    robots_say("304", whole(b"", "304 Not Modified"), False),
    robots_say("206", whole(FORBIDS, "206 Partial Content"), False),
    robots_say("cut", raw(head(content_length=99) + FORBIDS), False),
    robots_say("redirects without end", redirect("/robots.txt"), False),
    robots_say("redirects to the intranet", redirect("https://10.0.0.8/robots.txt"), False),
    robots_say("redirects to no address", redirect("https://["), False),
    robots_say("without end", endless(b"Disallow: /jobs\n" * 9999, head() + b"User-agent: *\n"), False),
    Case("robots: many rules", "hundreds of thousands of rules", "500 KiB of them are read", many_rules),
    Case("robots: a rule across the bound", "the bound falls into a rule", "half a rule is none", no_rule_is_cut),
    Case("robots: of a redirect", "an allowed page redirects to a forbidden one", "that is not asked for", robots_of_a_redirect),
    tls("TLS: unknown authority", "a certificate that nobody known has signed", "certificate verify failed", is_trusted=False),

    tls("TLS: another host's", "a certificate for another host", "certificate verify failed", certified=("*.example.org",)),
    tls("TLS: none", "plain HTTP where TLS is expected", "", is_tls=False, answer=raw(b"HTTP/1.1 200 OK\r\n\r\n")),
]  # fmt: skip

test_holds = proving(CASES)
