"""docs/sources.md says of every source what is so: its facts, its credit, and the manners in figures."""

import re

import pytest
from conftest import ROOT

from pipeline.assets.history import SETTLES
from pipeline.commands import run
from pipeline.fetching import answers, manners, robots, web
from pipeline.fetching.details import AGAIN
from pipeline.fetching.paging import READINGS
from pipeline.sources import amazon, arbeitnow, discover, eightfold, himalayas, jobposting_pages, oracle, workday
from pipeline.stages import duplicates, visits

SOURCES = discover()
PAGE = (ROOT / "docs" / "sources.md").read_text("utf-8")
WORDS = " ".join(PAGE.split())
SECTIONS = dict(re.findall(r"^### (.+)\n\n((?:(?!^#).*\n)*)", PAGE, re.MULTILINE))


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_told_with_its_facts_and_its_credit(name: str) -> None:
    about = SOURCES[name].ABOUT
    section = SECTIONS[about.title]
    own, lists, is_read, costs = section.partition("\n")[0].split(" · ")
    assert own == f"`{name}`"
    assert lists == ("lists all open postings" if about.lists_all else "lists only the newest")
    assert is_read == ("read when asked for" if about.is_asked_for else "read in every run")
    assert "request" in costs
    assert "\n- Asks " in section
    assert "\n- Terms" in section
    masked = re.findall(r"^- Masked before it is kept: (.+)\.$", section, re.MULTILINE)
    assert masked == ([", ".join(f"`{field}`" for field in about.names_people)] if about.names_people else [])
    assert re.findall(r"^- Credit shown: (.+)$", section, re.MULTILINE) == ([about.credit] if about.credit else [])


def test_no_section_is_left_of_a_source_that_is_gone() -> None:
    assert set(SECTIONS) == {source.ABOUT.title for source in SOURCES.values()}


@pytest.mark.parametrize(
    "said",
    [
        f"`{web.USER_AGENT}`",
        f"at most {manners.PER_SECOND:.0f} requests a second and {manners.PER_HOST} at once to a host, {manners.IN_ALL} at once in all",
        f"after {', '.join(map(str, manners.RETRIED_STATUS[:-1]))} or {manners.RETRIED_STATUS[-1]}",
        f"waited for up to {manners.MAX_WAIT:.0f} s",
        f"over {answers.MAX_BODY // 2**20} MiB",
        f"redirects are followed {web.MAX_REDIRECTS} times",
        f"not whole after {answers.MAX_SECONDS:.0f} s",
        f"{manners.MOST_FAILURES} tries in a row failed over {manners.FAILING_SECONDS:.0f} s",
        f"its first {robots.MOST_BYTES // 1024} KiB",
        f"by more than {visits.MOST_ASTRAY.days} days",
        f"ends with exit status {run.OUTAGE}",
        f"ends with {run.TOO_MANY_FAILED}",
        f"at least {duplicates.SIMILAR_FROM:.0%}".replace("%", " %"),
        f"within {duplicates.REOPENED.days} days",
        f"read it {SETTLES.days} days after",
        f"is read up to {READINGS} times",
        f"on one day in {AGAIN} all the same",
        f"more than {jobposting_pages.MOST_PAGES} pages",
        f"says it has {workday.CAP:,} postings",
        f"list ends at {oracle.CAP:,} postings",
        f"no more than {amazon.CAP:,} postings",
        f"at most {eightfold.MOST_ASKED} requests a visit",
        f"up to {himalayas.MOST_PAGES} requests a board - Asks `GET https://himalayas.app",
        f"up to {arbeitnow.MOST_PAGES} requests a board - Asks `GET https://www.arbeitnow.com",
    ],
)
def test_its_figures_are_those_of_the_program(said: str) -> None:
    assert said in WORDS
