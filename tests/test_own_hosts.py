"""Sources whose boards live on a host of their own: what the one contract for every source does not show."""

import asyncio

import httpx
import pytest

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import PayloadError, bundle
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import discover

SOURCES = discover()
FEED = "https://kestrel.jobs.personio.de/xml"
ADDRESSES = {
    "https://apply.workable.com/kestrel-co/": ("workable", "kestrel-co"),
    "https://apply.workable.com/kestrel/j/A1B2C3D4E5/apply/": ("workable", "kestrel"),
    "https://apply.workable.com/api/v1/widget/accounts/kestrel?details=true": ("workable", "kestrel"),
    "https://apply.workable.com/api/v3/accounts/kestrel/jobs": ("workable", "kestrel"),
    "https://www.workable.com/api/accounts/kestrel": ("workable", "kestrel"),
    "https://kestrel.workable.com/jobs/12": ("workable", "kestrel"),
    "https://apply.workable.com/j/A1B2C3D4E5": ("workable", None),
    "https://apply.workable.com/": ("workable", None),
    "https://jobs.workable.com/view/abc/inference-engineer": ("workable", None),
    "https://www.workable.com/pricing": ("workable", None),
    "https://kestrel.recruitee.com/o/agent-engineer": ("recruitee", "kestrel"),
    "Kestrel.recruitee.com": ("recruitee", "kestrel"),
    "https://kestrel.recruitee.com/api/offers/": ("recruitee", "kestrel"),
    "https://docs.recruitee.com/reference/offers": ("recruitee", None),
    "https://recruitee.com": ("recruitee", None),
    "https://kestrel.jobs.personio.de/job/1800001?language=en": ("personio", "kestrel"),
    "https://kestrel.jobs.personio.com/xml": ("personio", "kestrel"),
    "https://kestrel.personio.de/login": ("personio", None),
    "https://kestrel.jobs.personio.de.example.com/": ("personio", None),
}


@pytest.mark.parametrize(("url", "expected"), ADDRESSES.items(), ids=ADDRESSES)
def test_an_address_tells_its_board(url: str, expected: tuple[str, str | None]) -> None:
    source, token = expected
    assert SOURCES[source].token_in(url) == token


def fetch_personio(statuses: dict[str, int]) -> bytes:
    """The payload where each host answers an empty feed, or the status given for it."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.params["language"] == "en"
        return httpx.Response(statuses.get(request.url.host, 200), text="<workzag-jobs/>")

    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0, per_second=1000) as web:
            return await SOURCES["personio"].fetch(web.client(Validators()), Board("Kestrel", "personio", "kestrel"))

    return asyncio.run(ask())


def test_personio_is_asked_on_its_other_host_only_where_the_first_has_no_such_board() -> None:
    german, other = "kestrel.jobs.personio.de", "kestrel.jobs.personio.com"
    assert fetch_personio({other: 404}) == bundle([(f"https://{german}/xml", b"<workzag-jobs/>")])
    assert fetch_personio({german: 404}) == bundle([(f"https://{other}/xml", b"<workzag-jobs/>")])
    with pytest.raises(FetchError) as failed:
        fetch_personio({german: 403})
    assert failed.value.status == 403


@pytest.mark.parametrize("feed", ["<workzag-jobs/>", '\ufeff<?xml version="1.0"?>\n<workzag-jobs>\n</workzag-jobs>\n'])
def test_a_personio_feed_without_positions_is_an_empty_board(feed: str) -> None:
    assert list(SOURCES["personio"].read(bundle([(FEED, feed.encode())]))) == []


@pytest.mark.parametrize(
    "answer",
    [
        "<!DOCTYPE html><html><body>Page not found</body></html>",
        "",
        "<workzag-jobs><position><id>1</id>",  # cut off
        "<workzag-jobs><job><id>1</id></job></workzag-jobs>",  # positions by another name
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><workzag-jobs/>',
    ],
)
def test_another_answer_than_a_personio_feed_is_an_error_of_the_board(answer: str) -> None:
    with pytest.raises(PayloadError):
        list(SOURCES["personio"].read(bundle([(FEED, answer.encode())])))


def test_a_personio_position_can_declare_no_entities() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY b 'bb'>]><id>1</id><name>&b;</name>"
    feed = f"<workzag-jobs><position>{bomb}</position><position><id>2</id></position></workzag-jobs>"
    refused, read = SOURCES["personio"].read(bundle([(FEED, feed.encode())]))
    assert isinstance(refused, Reject)
    assert isinstance(read, RawPosting)
    assert read.native_id == "2"
