"""Pages with JobPosting: every way a page may hold one, and every way a sitemap or careers page may lead to it."""

import asyncio
import gzip
import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from clock import run_unwaited

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import PayloadError, bundle, bundled
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.reading.text import plain
from pipeline.sources import jobposting_pages
from pipeline.sources.jobposting_pages import fetch, read

HOST = "https://jobs.merlin.example.com"
SITEMAP = f"{HOST}/sitemap.xml"
Site = Mapping[str, str | bytes | int]


def job(**changed: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "JobPosting", "title": "Agent Engineer"} | changed


def page(*blocks: object, kind: str = "application/ld+json") -> str:
    texts = (block if isinstance(block, str) else json.dumps(block) for block in blocks)
    return "<html><head>" + "".join(f'<script type="{kind}">{text}</script>' for text in texts) + "</head></html>"


def urlset(*paths: str, root: str = "urlset", entry: str = "url") -> str:
    listed = "".join(f"<{entry}><loc>{HOST}{path}</loc></{entry}>" for path in paths)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'


def index(*paths: str) -> str:
    return urlset(*paths, root="sitemapindex", entry="sitemap")


def asked(site: Site, token: str = SITEMAP, seen: list[str] | None = None) -> list[tuple[str, bytes]]:
    """The pages fetched from a site: its bodies and statuses by path, 404 for every other."""

    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request.url.path)
        found = site.get(request.url.raw_path.decode(), 404)
        return httpx.Response(found) if isinstance(found, int) else httpx.Response(200, content=found)

    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(answer), backoff_seconds=0.0, per_second=10_000) as web:
            return await fetch(web.client(Validators()), Board("Merlin", "jobposting_pages", token))

    return bundled(asyncio.run(ask()))


def paths(pages: list[tuple[str, bytes]]) -> list[str]:
    return [url.removeprefix(HOST) for url, _ in pages]


def found(*bodies: str) -> list[RawPosting | Reject]:
    return list(read(bundle([(f"{HOST}/{number}", body.encode()) for number, body in enumerate(bodies, 1)])))


def one(**changed: Any) -> RawPosting:
    (posting,) = found(page(job(**changed)))
    assert isinstance(posting, RawPosting)
    return posting


@pytest.mark.parametrize(
    "body",
    [
        page(job()),
        page([job()]),
        page({"@graph": [{"@type": "WebSite"}, job()]}),
        page([{"@graph": [job()]}]),
        page({"@type": "WebPage", "mainEntity": job()}),
        page({"@graph": [{"@type": "WebPage", "mainEntity": {"@id": "#job"}}, job(**{"@id": "#job"})]}),
        page({"@type": "Organization"}, job()),
        page(job(), job()),
        page(job(**{"@type": ["Thing", "JobPosting"]})),
        page(job(**{"@type": "http://schema.org/JobPosting"})),
        page(job(**{"@type": "schema:JobPosting"})),
        page(job(), kind="application/ld&#x2B;json"),
        page(job(), kind="Application/LD+JSON; charset=utf-8"),
        page(f"<!-- {json.dumps(job())} -->"),
        page(f"\n<!--\n//<![CDATA[\n{json.dumps(job())}\n//]]>\n-->\n"),
        page(f"/*<![CDATA[*/{json.dumps(job())};/*]]>*/"),
        page(json.dumps(job()).replace("Agent ", "Agent\t").replace('"@context"', '\n"@context"')),
        page("{ not JSON }", job()),
        page("{ not JSON }") + page(job()),
    ],
)
def test_a_posting_is_found_however_the_page_holds_it(body: str) -> None:
    (posting,) = found(body)
    assert isinstance(posting, RawPosting)
    assert (posting.title or "").split() == ["Agent", "Engineer"]
    assert posting.url == f"{HOST}/1"


def test_a_company_that_is_only_named_is_found_on_its_page() -> None:
    named = {"@id": "#merlin"}
    graph = [named | {"name": "Merlin"}, {"@type": "WebPage", "mainEntity": named}, job(hiringOrganization=named)]
    (posting,) = found(page({"@graph": graph}))
    assert isinstance(posting, RawPosting)
    assert posting.company == "Merlin"


def test_other_jobs_listed_beside_it_are_not_its_page_s() -> None:
    others = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": job(title="Cook")}]}
    assert [item.title for item in found(page(others, job())) if isinstance(item, RawPosting)] == ["Agent Engineer"]


def test_several_postings_of_one_page_stay_apart() -> None:
    jobs = [job(title="Cook", url=f"{HOST}/1/cook"), job(title="Agent Engineer"), job(title="Smith")]
    postings = [item for item in found(page(*jobs)) if isinstance(item, RawPosting)]
    assert [(posting.native_id, posting.url) for posting in postings] == [
        (f"{HOST}/1/cook", f"{HOST}/1/cook"),
        (f"{HOST}/1#Agent Engineer", f"{HOST}/1"),
        (f"{HOST}/1#Smith", f"{HOST}/1"),
    ]


def test_a_job_with_a_page_for_each_place_is_one_posting() -> None:
    bodies = [page(job(identifier="7", jobLocation=city)) for city in ("Lisbon", "Porto", "Lisbon")]
    (posting,) = found(*bodies)
    assert isinstance(posting, RawPosting)
    assert posting.places == (RawPlace("Lisbon"), RawPlace("Porto"))


def test_an_identifier_that_is_the_company_s_tells_no_postings_apart() -> None:
    items = found(page(job(identifier="merlin")), page(job(identifier="merlin", title="Cook")))
    assert [item.native_id for item in items] == [f"{HOST}/1#Agent Engineer", f"{HOST}/2#Cook"]


@pytest.mark.parametrize(
    ("identifier", "native_id"),
    [
        ({"@type": "PropertyValue", "name": "Merlin", "value": "M-1"}, "M-1"),
        ({"@type": "PropertyValue", "name": "Merlin", "value": 12}, "12"),
        ({"@type": "PropertyValue", "name": "Merlin"}, f"{HOST}/1"),
        (" M-1 ", "M-1"),
        (12, "12"),
        ([{"value": "M-1"}], "M-1"),
        ("", f"{HOST}/1"),
        (None, f"{HOST}/1"),
    ],
)
def test_the_id_is_the_identifier_s_value_or_the_address(identifier: object, native_id: str) -> None:
    assert one(identifier=identifier).native_id == native_id


@pytest.mark.parametrize(
    ("said", "html"),
    [
        ({"description": "<p>A</p>", "responsibilities": "B", "qualifications": "C"}, "<p>A</p>\nB\nC"),
        ({"description": "<p>A.</p><p>B  b</p>", "responsibilities": "<b>B b</b>"}, "<p>A.</p><p>B  b</p>"),
        ({"description": "Good", "skills": ["Go", "Rust", "Go"]}, "Good\nGo\nRust"),
        ({"description": "A", "skills": [{"@type": "DefinedTerm", "name": "Go"}], "jobBenefits": 7}, "A"),
        ({"description": "&lt;p&gt;A &amp;amp; B&lt;/p&gt;"}, "<p>A &amp; B</p>"),
        ({"description": "<p>1 &lt; 2</p>"}, "<p>1 &lt; 2</p>"),
        ({"jobBenefits": "Tea"}, "Tea"),
        ({}, ""),
    ],
)
def test_the_html_is_every_part_once(said: dict[str, Any], html: str) -> None:
    assert one(**said).html == html


PORTO = {"@type": "PostalAddress", "addressLocality": "Porto", "addressRegion": "Norte", "addressCountry": "PT"}
COUNTRY = {"@type": "Country", "name": "Portugal"}


@pytest.mark.parametrize(
    ("location", "places"),
    [
        ({"@type": "Place", "address": PORTO}, [RawPlace(city="Porto", region="Norte", country="PT")]),
        ({"@type": "Place", "address": {"addressCountry": COUNTRY}}, [RawPlace(country="Portugal")]),
        ({"@type": "Place", "address": {"addressLocality": "", "addressCountry": "PT"}}, [RawPlace(country="PT")]),
        ({"@type": "Place", "address": "Porto, Portugal"}, [RawPlace("Porto, Portugal")]),
        (
            {"@type": "Place", "address": [PORTO, "Lisbon"]},
            [RawPlace(None, "Porto", "Norte", "PT"), RawPlace("Lisbon")],
        ),
        ({"@type": "Place", "name": "Porto"}, [RawPlace("Porto")]),
        ({"@type": "Place", "address": {"@type": "PostalAddress"}}, []),
        (PORTO, [RawPlace(city="Porto", region="Norte", country="PT")]),
        ("Porto", [RawPlace("Porto")]),
        (["Porto", {"address": "Lisbon"}, "Porto"], [RawPlace("Porto"), RawPlace("Lisbon")]),
        ([], []),
    ],
)
def test_every_place_is_read(location: object, places: list[RawPlace]) -> None:
    assert list(one(jobLocation=location).places) == places


@pytest.mark.parametrize(
    ("said", "workplace_type", "is_remote", "places"),
    [
        ({"jobLocationType": "TELECOMMUTE", "jobLocation": "Porto"}, "TELECOMMUTE", True, ["Porto"]),
        ({"jobLocationType": "TELECOMMUTE"}, "TELECOMMUTE", True, ["Portugal", "EMEA"]),
        ({"jobLocationType": "Hybrid"}, "Hybrid", None, []),
        ({}, None, None, []),
    ],
)
def test_a_remote_job_without_a_place_is_where_its_applicants_may_live(
    said: dict[str, Any], workplace_type: str | None, is_remote: bool | None, places: list[str]
) -> None:
    posting = one(applicantLocationRequirements=[COUNTRY, {"@type": "Place"}, "EMEA"], **said)
    assert (posting.workplace_type, posting.is_remote) == (workplace_type, is_remote)
    assert [place.words for place in posting.places] == places


def yearly(**value: object) -> dict[str, Any]:
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": {"@type": "QuantitativeValue"} | value}


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        (yearly(minValue=50, maxValue=60, unitText="HOUR"), [RawPay(50, 60, "EUR", "HOUR")]),
        (yearly(minValue="50000", maxValue="60,000.50", value=0), [RawPay(50000, 60000.5, "EUR", None)]),
        (yearly(minValue="", maxValue="60000"), [RawPay(None, 60000, "EUR", None)]),
        (yearly(value="55000", unitText="YEAR"), [RawPay(55000, 55000, "EUR", "YEAR")]),
        ({"currency": "EUR", "value": 55000, "unitText": "YEAR"}, [RawPay(55000, 55000, "EUR", "YEAR")]),
        ({"currency": "EUR", "minValue": 1, "maxValue": 2}, [RawPay(1, 2, "EUR", None)]),
        (55000, [RawPay(55000, 55000, None, None)]),
        ([yearly(value=1), yearly(value=2)], [RawPay(1, 1, "EUR", None), RawPay(2, 2, "EUR", None)]),
        (yearly(value="52.000 - 61.000", unitText="YEAR"), [RawPay(52000, 61000, "EUR", "YEAR")]),
        (yearly(value="52k–61k", unitCode="ANN"), [RawPay(52000, 61000, "EUR", "ANN")]),
        (yearly(minValue="52 000", maxValue="61 000", unitCode="MON"), [RawPay(52000, 61000, "EUR", "MON")]),
        ({"currency": "EUR", "value": "52000-61000"}, [RawPay(52000, 61000, "EUR", None)]),
        ("$52,000 - $61,000 per year", [RawPay(52000, 61000, None, "per year")]),
        ("£52,000 to £61,000", [RawPay(52000, 61000, "GBP", None)]),
        ("52,000, 61,000 and 70,000", []),
        (yearly(value="competitive"), []),
        (yearly(minValue="1.000,50"), [RawPay(1000.5, None, "EUR", None)]),
        (yearly(value="28.3650", unitText="HOUR"), [RawPay(28.365, 28.365, "EUR", "HOUR")]),
        (yearly(minValue="52000.5000", maxValue="61000.500"), [RawPay(52000.5, 61000.5, "EUR", None)]),
        ("competitive", []),
        ("", []),
    ],
)
def test_pay_is_read_as_stated(salary: object, pay: list[RawPay]) -> None:
    assert list(one(baseSalary=salary).pay) == pay


def test_the_other_fields_are_read_and_people_are_not() -> None:
    posting = one(
        title="R&amp;D Engineer",
        employmentType=["FULL_TIME", "INTERN"],
        datePosted="2026-10-01",
        validThrough="2026-11-01T00:00:00Z",
        employmentUnit={"@type": "Organization", "name": "Research"},
        industry="Software",
        occupationalCategory="15-2051.00",
        hiringOrganization=[{"@type": "Organization", "name": "Merlin", "contactPoint": {"name": "Nobody"}}],
        applicationContact={"@type": "ContactPoint", "name": "Nobody", "email": "nobody@example.com"},
    )
    assert (posting.title, posting.company, posting.department) == ("R&D Engineer", "Merlin", "Research")
    assert posting.employment_type == "FULL_TIME, INTERN"
    assert (posting.published, posting.valid_through) == ("2026-10-01", "2026-11-01T00:00:00Z")
    assert "obody" not in repr(posting)
    assert one(hiringOrganization={"@type": "Person", "name": "Nobody"}).company is None


def test_what_cannot_be_read_costs_only_itself() -> None:
    deep = '{"@type": "JobPosting", "title": ' + "[" * 200_000
    broken, too_deep, wrong, good = found(
        page('{"@type": "JobPosting", "title"'), page(deep), page(job(title=7, identifier="M-7")), page(job())
    )
    assert isinstance(broken, Reject)
    assert f"{HOST}/1 is not JSON" in broken.reason
    assert isinstance(too_deep, Reject)
    assert isinstance(wrong, Reject)
    assert wrong.native_id == "M-7"
    assert isinstance(good, RawPosting)


def test_pages_without_any_posting_are_no_empty_board() -> None:
    assert len(found(page({"@type": "WebPage"}), page(job()))) == 1
    with pytest.raises(PayloadError, match=f"no page has a JobPosting.* of 2 is {HOST}/1"):
        found(page({"@type": "WebPage"}), "<html>")


def test_a_sitemap_without_pages_is_an_empty_board() -> None:
    assert asked({"/sitemap.xml": urlset()}) == []
    assert found() == []


def test_the_pages_of_a_sitemap_are_kept_as_they_are_in_the_order_of_their_addresses() -> None:
    bodies = {"/b": page(job()), "/a": "<p>No posting, kept as it is: &eacute; é", "/a?id=2": page(job())}
    pages = asked({"/sitemap.xml": urlset("/b", "/a?id=2", "/a", "/b"), **bodies})
    assert pages == [(f"{HOST}{path}", bodies[path].encode()) for path in ("/a", "/a?id=2", "/b")]


@pytest.mark.parametrize(
    "sitemap",
    [
        gzip.compress(urlset("/a").encode()),
        b"\xef\xbb\xbf" + urlset("/a").encode(),
        urlset("/a").replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', ""),
        urlset("/a").replace("https://jobs", "\n http://jobs").replace("</loc>", "\n</loc>"),
        '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc><![CDATA['
        + f"{HOST}/a]]></s:loc></s:url></s:urlset>",
        urlset("/a").replace("</loc>", f'</loc><i:image xmlns:i="urn:i"><i:loc>{HOST}/b</i:loc></i:image>'),
    ],
    ids=["gzip", "byte order mark", "no namespace", "http and blanks", "prefix and CDATA", "images"],
)
def test_a_sitemap_is_read_however_it_is_written(sitemap: str | bytes) -> None:
    assert paths(asked({"/sitemap.xml": sitemap, "/a": page(job()), "/b": "an image"})) == ["/a"]


def test_the_sitemaps_of_an_index_are_followed() -> None:
    inner = {"/1.xml": urlset("/a", "/b"), "/2.xml.gz": gzip.compress(urlset("/b", "/c").encode())}
    pages = {path: page(job()) for path in ("/a", "/b", "/c")}
    assert paths(asked({"/sitemap.xml": index("/2.xml.gz", "/1.xml"), **inner, **pages})) == ["/a", "/b", "/c"]


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ({"/sitemap.xml": index("/1.xml")}, "1.xml: no such board"),
        ({"/sitemap.xml": index("/1.xml"), "/1.xml": index("/2.xml")}, "1.xml stands in an index"),
        ({"/sitemap.xml": index("/1.xml"), "/1.xml": page(job())}, "1.xml stands in an index"),
        ({"/sitemap.xml": urlset("/a")[:-5]}, "cannot be read"),
        (
            {"/sitemap.xml": urlset("/a").replace("<urlset", '<!DOCTYPE u [<!ENTITY a "b">]><urlset')},
            "declares entities",
        ),
        ({"/sitemap.xml": urlset("/a").encode().replace(b"/a<", b"/\xff<")}, "cannot be read"),
        ({"/sitemap.xml": gzip.compress(urlset("/a").encode())[:-9]}, "cut short"),
        ({"/sitemap.xml": b"\x1f\x8b\x08 no gzip"}, "cannot be unzipped"),
        ({"/sitemap.xml": gzip.compress(b" " * (64 * 2**20 + 1))}, "larger than 64 MiB"),
        ({"/sitemap.xml": urlset(*(f"/{number}" for number in range(501)))}, "more than 500 pages"),
        ({"/sitemap.xml": index(*(f"/{number}.xml" for number in range(501)))}, "more than 500 pages"),
        ({"/sitemap.xml": urlset("/a", "/b"), "/a": page(job()), "/b": 403}, "/b: the answer was 403"),
        ({"/sitemap.xml": urlset("/a", "/b"), "/a": page(job()), "/b": 503}, "/b: the answer was 503"),
        ({"/sitemap.xml": urlset("/a", "/b"), "/b": 410}, "none of its 2 pages"),
        (
            {"/sitemap.xml": urlset("/a"), "/a": page(job()), "/robots.txt": "User-agent: *\nDisallow: /a"},
            "none of its 1",
        ),
        ({"/sitemap.xml": urlset("/a"), "/robots.txt": "User-agent: *\nDisallow: /"}, "does not allow"),
        ({"/sitemap.xml": urlset("/a"), "/robots.txt": 500}, "cannot be had"),
        ({"/sitemap.xml": urlset("/a").replace(HOST, "https://10.0.0.8")}, "not a public https address"),
        ({"/sitemap.xml": urlset("/a").replace(HOST, "https://[::1")}, "is not an address"),
        ({"/sitemap.xml": urlset("").replace(HOST, "")}, "not a public https address"),
        ({"/sitemap.xml": "<html><a href='https://merlin.example.org/a'>jobs</a>"}, "links to no other page"),
    ],
)
def test_a_fault_is_the_board_s_and_never_fewer_postings(site: Site, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        asked(site)


def test_what_is_gone_or_forbidden_is_left_out() -> None:
    site = {
        "/robots.txt": "User-agent: *\nDisallow: /private",
        "/sitemap.xml": urlset("/a", "/gone", "/lost", "/private/b"),
        "/a": page(job()),
        "/gone": 410,
        "/private/b": page(job()),
    }
    seen: list[str] = []
    assert paths(asked(site, seen=seen)) == ["/a"]
    assert "/private/b" not in seen


def test_after_a_fault_the_other_pages_are_left_alone() -> None:
    seen: list[str] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        seen.append(request.url.path)
        if request.url.path == "/sitemap.xml":
            return httpx.Response(200, text=urlset(*(f"/{number}" for number in range(300))))
        return httpx.Response(403 if request.url.path == "/0" else 404)

    async def ask() -> None:
        async with open_web(httpx.MockTransport(answer), per_second=10_000) as web:
            with pytest.raises(FetchError, match="403"):
                await fetch(web.client(Validators()), Board("Merlin", "jobposting_pages", SITEMAP))
            await asyncio.sleep(0.5)  # the run goes on with other boards

    run_unwaited(ask())
    assert len(seen) < 100


def test_a_job_page_is_a_board_of_its_own() -> None:
    site = {"/jobs/1": page(job()) + '<a href="/jobs/2">another</a>', "/jobs/2": page(job())}
    assert paths(asked(site, f"{HOST}/jobs/1")) == ["/jobs/1"]


def test_a_careers_page_is_followed_on_its_own_host() -> None:
    links = ("/jobs/1", "2#apply", "3?a=1", "//jobs.merlin.example.com/jobs/4", "https://merlin.example.org/5",
             "mailto:jobs@example.com", "javascript:void(0)", "", "#top", "https://[", "/jobs/gone")  # fmt: skip
    careers = '<base href="/jobs/">' + "".join(f'<a href="{link}">x</a>' for link in links) + "<a>x</a>"
    jobs = {path: page(job(title=path)) for path in ("/jobs/1", "/jobs/2", "/jobs/3?a=1", "/jobs/4")}
    pages = asked({"/careers": careers, "/jobs/": "<p>all jobs</p>", **jobs}, f"{HOST}/careers")
    assert paths(pages) == ["/jobs/", *jobs]
    assert len(list(read(bundle(pages)))) == 4


def test_no_address_is_known_without_its_page() -> None:
    assert jobposting_pages.token_in(SITEMAP) is None


@pytest.mark.parametrize(
    ("description", "text"),
    [
        (
            "&lt;p&gt;You train models.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Kernels&lt;/li&gt;&lt;/ul&gt;<br>Apply",
            "You train models.\n- Kernels\nApply",
        ),
        ("&lt;p&gt;You train models.&lt;/p&gt;", "You train models."),
        ("<p>Write &lt;b&gt; where you mean bold.</p><p>Apply</p>", "Write <b> where you mean bold.\nApply"),
        ("<p>Models with a &lt; b</p>", "Models with a < b"),
    ],
)
def test_a_description_that_is_escaped_beside_a_live_tag_is_text_without_tags(description: str, text: str) -> None:
    assert plain(one(description=description).html) == text


def test_the_months_of_experience_are_the_level() -> None:
    assert one(experienceRequirements={"monthsOfExperience": 36}).level == "36 months of experience"
    assert one(experienceRequirements="3 years").level is None


def test_the_currency_of_the_posting_stands_for_that_of_its_pay() -> None:
    assert one(baseSalary=61000, salaryCurrency="CHF").pay == (RawPay(61000, 61000, "CHF", None),)
