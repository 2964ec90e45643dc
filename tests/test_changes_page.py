"""The page of changes against the command line, and its feeds against what Atom (RFC 4287) and JSON Feed 1.1 ask for."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from agreement import cells, tree
from conftest import Market, Run, greenhouse_job
from invented import Job, invented
from test_answers import rows

from reports.site import feeds
from reports.site.feeds import atom, json_feed
from reports.site.market import Market as Shown
from reports.site.write import render

MarketOf = Callable[[str], Market]
NS = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
NAME = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def texts(of: ElementTree.Element, tag: str) -> list[str]:
    return [child.text or "" for child in of.findall(f"{NS}{tag}")]


def valid_atom(text: str) -> list[str]:
    """The ids of the entries of a feed that has all that RFC 4287 asks for, and no more than it allows."""
    feed = ElementTree.fromstring(text.encode())
    assert feed.tag == f"{NS}feed"
    assert len(feed.findall(f"{NS}author/{NS}name")) == 1  # of every entry that names none, 4.1.1
    entries = feed.findall(f"{NS}entry")
    for one in (feed, *entries):
        for tag in ("id", "title", "updated"):
            assert len(texts(one, tag)) == 1, tag
        assert NAME.fullmatch(texts(one, "id")[0])  # an IRI that is absolute, 4.2.6
        assert RFC_3339.fullmatch(texts(one, "updated")[0])
        links = [link.attrib for link in one.findall(f"{NS}link")]
        for relation in ("self", "alternate"):
            assert len([link for link in links if link["rel"] == relation]) <= 1
        assert all(term.attrib["term"] for term in one.findall(f"{NS}category"))
    for entry in entries:
        assert texts(entry, "content")[0]
        assert all(urlsplit(link.attrib["href"]).scheme in ("http", "https") for link in entry.findall(f"{NS}link"))
    ids = [texts(entry, "id")[0] for entry in entries]
    assert len({*ids, texts(feed, "id")[0]}) == len(ids) + 1
    return ids


def valid_json(text: str) -> list[str]:
    """The ids of the items of a feed that has all that JSON Feed 1.1 asks for."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert "home_page_url" not in feed  # it would have to be the address where the site stands
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert RFC_3339.fullmatch(item["date_published"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert urlsplit(item.get("url", "https://example.com")).scheme in ("http", "https")
    return [item["id"] for item in feed["items"]]


def test_the_feeds_are_valid_and_have_every_change(sample_home: Path, site: Path) -> None:
    ids = valid_atom((site / "changes.atom").read_text("utf-8"))
    assert ids == valid_json((site / "changes.json").read_text("utf-8"))
    moved = [row for row in rows(sample_home, "changes", "--of", "moves") if row["is_move"]]
    assert moved
    assert len(ids) == len(rows(sample_home, "changes")) + len(moved) < feeds.MOST
    feed = ElementTree.parse(site / "changes.atom").getroot()
    assert texts(feed, "title")[0].startswith("SAMPLE MARKET")
    for link in feed.findall(f"{NS}link"):  # of the address the feed was fetched from, 4.2.7.1
        assert (site / link.attrib["href"]).is_file()


def test_the_page_says_what_the_command_says(sample_home: Path, site: Path) -> None:
    page, found = tree(site / "changes.html"), rows(sample_home, "changes")
    counted = {kind: sum(row["change"] == kind for row in found) for kind in ("appeared", "closed", "pay")}
    heading = page.css_first("h1").text()
    assert heading == (
        f"Since 26 October 2026: {counted['appeared']} openings appeared, {counted['closed']} closed, 0 changed their pay"
    )
    for kind in ("appeared", "closed"):
        listed = cells(page, f'[aria-label="Openings that {kind}"] tbody tr')
        assert [row[0] for row in listed] == [row["title"] for row in found if row["change"] == kind]
    moves = rows(sample_home, "changes", "--of", "moves")
    said = [row[2:6] for row in cells(page, '[aria-label="Moves of the mix"] tbody tr')]
    assert said == [
        [f"{row['share_before']:.0%}", f"{row['share']:.0%}", f"{row['postings_before']}", f"{row['postings']}"]
        for row in moves
    ]
    assert tree(site / "index.html").css('a[href="changes.html"]')


def test_names_stay_and_the_newest_come_first(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    home, jobs = tmp_path / "home", [greenhouse_job(1)]
    before: list[str] = []
    for number, day in enumerate(("2026-10-05", "2026-10-12", "2026-10-19"), 2):
        at = market(day)
        at.board("Kestrel", "kestrel", jobs)
        assert materialize(at.folder, home).success
        jobs = [*jobs, greenhouse_job(number, f"Kernel Engineer {number}")]
        feed = atom(Shown(home))
        ids = valid_atom(feed)
        assert ids[len(ids) - len(before) :] == before
        assert feed == atom(Shown(home))
        before = ids
    assert len(before) == 2


def test_a_feed_has_no_more_entries_than_it_may(
    sample_home: Path, site: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = valid_json((site / "changes.json").read_text("utf-8"))
    monkeypatch.setattr(feeds, "MOST", 5)
    assert len(valid_atom(atom(shown))) == 5
    assert set(valid_json(json_feed(shown))) <= set(whole)


def test_a_stranger_s_title_stays_words_in_a_feed(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    title = "Inference <b>Engineer</b> & ]]> \u0007\ufffe\u202e \U0001f600 </title>"
    home, hostile = tmp_path / "home", greenhouse_job(2, title, absolute_url="javascript:alert(1)")
    for day, jobs in (("2026-10-05", [greenhouse_job(1)]), ("2026-10-12", [greenhouse_job(1), hostile])):
        at = market(day)
        at.board("Kestrel", "kestrel", jobs)
        assert materialize(at.folder, home).success
    feed = atom(Shown(home))
    assert len(valid_atom(feed)) == len(valid_json(json_feed(Shown(home)))) == 1
    (said,) = texts(ElementTree.fromstring(feed.encode())[-1], "title")
    assert said.startswith("New: Inference <b>Engineer</b> & ]]>")
    assert not re.search("[\x00-\x1f\ufffe\u202e]", said)
    assert "javascript" not in feed


def test_before_the_second_reading_page_and_feeds_are_there_and_say_so(tmp_path: Path) -> None:
    folder = render(invented(tmp_path / "home", [Job("One", "research", "Paris")]), tmp_path / "site").parent
    assert tree(folder / "changes.html").css_first("h1").text() == "Nothing to compare yet"
    assert valid_atom((folder / "changes.atom").read_text("utf-8")) == []
    assert valid_json((folder / "changes.json").read_text("utf-8")) == []
