"""Every real capture, read whole: each field as a person who read the capture found it.

`tests/captures.json` holds what was found. The captures' own words are not ours to keep: title, text,
company and department stand there as the first 16 digits of their SHA-256.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED, needs_shared, said

from pipeline.fetching.payload import bundle
from pipeline.sources import discover

SOURCES = discover()
FOUND = Path(__file__).parent / "captures.json"
MORE = {
    "bamboohr.json": "bamboohr",
    "eightfold.json": "eightfold",
    "oracle_orc.json": "oracle",
    "pinpoint.json": "pinpoint",
    "rippling.json": "rippling",
}  # captures of which source lie beside the others
LEFT = {
    "oracle_orc_detail.json": "the answer of one posting, whose list was not captured",
    "teamtailor.json": "the JSON feed, which has neither texts nor departments; jobs.rss is read",
}
OWN_WORDS = ("title", "html", "company", "department")
# captures that are one answer of the several that make up a board: the address that gave it
PIECES = {
    "jobposting_pages/a-jsonld_neura_robotics_manager.html": "https://jobs.neura-robotics.com/offer/manager-ecosystem-integration-certi/00df0928-b013-448c-b3dd-6c6fb80eadc2",
    "personio/a-personio.xml": "https://acme.jobs.personio.de/xml",
    "smartrecruiters/a-smartrecruiters.json": "https://api.smartrecruiters.com/v1/companies/knight/postings?limit=100&offset=0",
    # of what board it is, these captures do not say
    "bamboohr/bamboohr.json": "https://kestrel.bamboohr.com/careers/list",
    "oracle/oracle_orc.json": "https://kestrel.fa.us2.oraclecloud.com/recruitingCEJobRequisitions?finder=findReqs;siteNumber=CX_1,limit=200",
    "eightfold/eightfold.json": "https://albemarle.eightfold.ai/api/apply/v2/jobs?domain=albemarle.com&start=0&num=10",
    "rippling/rippling.json": "https://api.rippling.com/platform/api/ats/v1/board/kestrel/jobs",
    "workday/a-workday.json": "https://kestrel.wd5.myworkdayjobs.com/wday/cxs/kestrel/External/jobs",
}


def captures() -> dict[str, Path]:
    """Every real capture, by its source and its name."""
    found = {f"{file.parent.name}/{file.name}": file for file in (SHARED / "captures").glob("*/*")}
    return found | {f"{source}/{name}": SHARED / "captures-more" / name for name, source in MORE.items()}


def digested(posting: dict[str, Any]) -> dict[str, Any]:
    own = {name: sha256(posting[name].encode()).hexdigest()[:16] for name in OWN_WORDS if name in posting}
    return {**posting, **own}


def read_capture(file: str) -> list[dict[str, Any]]:
    payload = captures()[file].read_bytes()
    if file in PIECES:
        payload = bundle([(PIECES[file], payload)])
    return [digested(said(item)) for item in SOURCES[file.split("/")[0]].read(payload)]


@needs_shared
@pytest.mark.parametrize("file", json.loads(FOUND.read_text()))
def test_a_capture_reads_as_a_person_reads_it(file: str) -> None:
    assert read_capture(file) == json.loads(FOUND.read_text())[file]


@needs_shared
def test_no_capture_is_left_out() -> None:
    assert set(captures()) == set(json.loads(FOUND.read_text()))
    assert {file.name for file in (SHARED / "captures-more").iterdir()} == MORE.keys() | LEFT.keys()
