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
OWN_WORDS = ("title", "html", "company", "department")
# captures that are one answer of the several that make up a board: the address that gave it
PIECES = {
    "jobposting_pages/a-jsonld_neura_robotics_manager.html": "https://jobs.neura-robotics.com/offer/manager-ecosystem-integration-certi/00df0928-b013-448c-b3dd-6c6fb80eadc2",
    "personio/a-personio.xml": "https://acme.jobs.personio.de/xml",
    "smartrecruiters/a-smartrecruiters.json": "https://api.smartrecruiters.com/v1/companies/knight/postings?limit=100&offset=0",
    # of what site it is, this capture does not say
    "workday/a-workday.json": "https://kestrel.wd5.myworkdayjobs.com/wday/cxs/kestrel/External/jobs",
}


def digested(posting: dict[str, Any]) -> dict[str, Any]:
    own = {name: sha256(posting[name].encode()).hexdigest()[:16] for name in OWN_WORDS if name in posting}
    return {**posting, **own}


def read_capture(file: str) -> list[dict[str, Any]]:
    payload = (SHARED / "captures" / file).read_bytes()
    if file in PIECES:
        payload = bundle([(PIECES[file], payload)])
    return [digested(said(item)) for item in SOURCES[file.split("/")[0]].read(payload)]


@needs_shared
@pytest.mark.parametrize("file", json.loads(FOUND.read_text()))
def test_a_capture_reads_as_a_person_reads_it(file: str) -> None:
    assert read_capture(file) == json.loads(FOUND.read_text())[file]


@needs_shared
def test_no_capture_is_left_out() -> None:
    there = {f"{file.parent.name}/{file.name}" for file in (SHARED / "captures").glob("*/*")}
    assert there == set(json.loads(FOUND.read_text()))
