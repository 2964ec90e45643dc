"""Privacy: no e-mail address, telephone number or named contact is kept, however it is spelled."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import SHARED, Run, greenhouse_job

from faults.case import Case, proving
from faults.hostile import CONTACTS, PERSON, TOLD, hostile_home
from faults.loading import feed, load
from pipeline.fetching import snapshots
from pipeline.fetching.masking import masked_payload
from pipeline.fetching.payload import bundle
from pipeline.fetching.storage import Folder
from pipeline.privacy import contacts, masked, without_contacts
from reports.site.write import page_of
from warehouse.store import ask

SEEN: dict[str, Path] = {}  # the home that the cases of this module look at
KEPT = re.compile(r"zz\d\d|555[ .-]{0,2}267|25552674", re.IGNORECASE)  # what all the invented contacts have in them


@pytest.fixture(scope="module", autouse=True)
def _hostile(materialize: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    SEEN["home"] = hostile_home(materialize, tmp_path_factory)


def home() -> Path:
    return SEEN["home"]


ADDRESSES = (
    "jane.doe+jobs@kestrel.example.com", "o'brien@kestrel.example.com", "jane_doe-1@mail.kestrel.example.co.uk",
    "jane&#64;kestrel.example.com", "jane&#x40;kestrel.example.com", "jane&commat;kestrel.example.com",
    "jane&#64;kestrel&#46;example&period;com", "jane&amp;#64;kestrel.example.com", "jane [at] kestrel [dot] com",
    "jane(at)kestrel(dot)com", "jane {at} kestrel.com", "jane <at> kestrel.com", "jane [@] kestrel.com",
    "jane AT kestrel DOT com", "jane at kestrel dot com", "jane dot doe at kestrel dot com", "jane [at] gmail",
    "jane@bücher.example", "jänë@kestrel.example", "почта@пример.рф", "jane@xn--bcher-kva.example", "jane＠kestrel.example.com",
    "jane%40kestrel.example.com", "careers @ kestrel.example.com", "jane@kestrel.example.comjohn@kestrel.example.com",
)  # fmt: skip
NUMBERS = (
    "+49 30 1234-5678", "+49 (0)30 12345678", "+1 (415) 555-2671", "+1.415.555.2671", "+14155552671", "(415) 555-2671",
    "415-555-2671", "415.555.2671", "415 555-2671", "1-415-555-2671", "1 (415) 555-2671", "(415)555-2671",
    "0049 30 12345678", "00 44 20 7946 0958", "(030) 1234567", "+44 20 7946 0958", "+33 1 42 68 53 00", "415\u2011555\u20112671",
)  # fmt: skip
CALLED = ("Tel: 030 1234567", "Telefon 030/1234567", "Phone: 4155552671", "Mobil: 0171 1234567", "fax 030-1234567")
LEFT = (
    "$120,000 - $150,000 a year", "€60.000–75.000", "100.000 - 120.000 EUR", "2019-2024", "05.10.2026 - 06.11.2026",
    "2026-10-05T10:00:00+00:00", "R-2024-10-0012345", "JR100456789", "4012345678", "id 7440001010000001", "5+ years, 10+ people",
    "+10.000.000 users", "401(k)", "24/7, 365", "ISO 27001:2022", "npm@10.2.1", "engineer @ kestrel.ai", "@kestrel",
    "from our domain @kestrel.example.com", "https://x.example.com/@kestrel/jobs", "192.168.100.200", "3.141592653589793",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479", "1 000 000 000", "look at this", "at kestrel.com", "H100/A100 x 1024", "100-200-3000",
    "The Talent Team at the office", "Berlin Office, Full Time", "R-415-555-2671", "Req #2024-555-0199", "ratio 16:9 or 21:9", "Recruiter Video Call, then Hiring Manager Phone Screen",
)  # fmt: skip
NAMED = (
    "Contact: Jane Doe", "Contact: Dr. Jane Doe", "Contact: Prof. Dr. Jane Doe", "Kontakt: Frau Dr. med. Jane Doe",
    "Ihre Ansprechpartnerin Frau Jane Doe", "Recruiter: Senior Talent Partner Jane Doe", "Contact: Professor Jane Doe",
    "Your hiring manager is Dr Jane Doe", "Contact person: Jane van der Doe", "Recruiter: Hans-Jane Müller-Doe",
    "Contact Dr. Jane Q. Doe", "reach out to our Head of People, Jane Doe at jd@kestrel.example.com", "Ask Jane Doe (jd@kestrel.example.com)",
    "Jane Doe: (415) 555-2671", "Talent Acquisition Partner - Jane Doe, jd@kestrel.example.com",
)  # fmt: skip


def is_masked(written: str, mark: str, _: Path) -> None:
    """In a text, between other words, and at once behind others of its kind."""
    for before, behind in (("", ""), ("Write to ", " today."), ("(", ")"), ("<", ">"), ("a, ", ",")):
        assert masked(before + written + behind) == before + mark + behind


def is_masked_in_payloads(written: str, mark: str, _: Path) -> None:
    """As JSON, as JSON in JSON, as JSON of ASCII alone or not, and in HTML in it; what holds it stays JSON."""
    for is_ascii in (True, False):
        dump = partial(json.dumps, ensure_ascii=is_ascii)
        is_spelled = not written.isascii()  # with the backslash before it, a letter is one spelling
        for around in (
            "{}",
            "<p>{}</p>\n",
            "&lt;p&gt;{}&lt;/p&gt;",
            '"{}"',
            "\n{}\t",
            "é {}.",
            *([] if is_spelled else ["\\{}"]),
        ):
            text = around.format(written)
            once = json.loads(masked_payload(dump({"a": text}).encode()))
            assert once == {"a": around.format(mark)}, (text, once)
            twice = bundle([("https://a.example.com", dump({"a": text}).encode())])
            (answer,) = json.loads(masked_payload(twice))
            assert json.loads(answer["body"]) == {"a": around.format(mark)}, text


def is_masked_in_escapes(_: Path) -> None:
    for spelled in (
        r"\u006aane\u0040kestrel.example.com",
        r"jane\u0040kestrel\u002eexample\u002ecom",
        r"jane\u0026#64;kestrel.example.com",
    ):
        assert json.loads(masked_payload(f'["a {spelled} b"]'.encode())) == ["a [e-mail] b"], spelled
    letters = "".join(f"&#{ord(letter)};" for letter in "jane@kestrel.example.com")
    assert json.loads(masked_payload(json.dumps([f"<a>{letters}</a>"]).encode())) == ["<a>[e-mail]</a>"]
    assert json.loads(masked_payload(b'["tel\\u003a 030 1234567", "\\u002b49 30 12345678"]')) == [
        "tel: [telephone]",
        "[telephone]",
    ]


def is_masked_in_markdown(_: Path) -> None:
    assert masked("email_ _HR@kestrel.example.com_ _.") == "email_ [e-mail]_ _."
    assert masked("to_ __support@kestrel.example.co__\n**hr@kestrel.example.com**") == "to_ [e-mail]__\n**[e-mail]**"


def is_masked_behind_a_run(_: Path) -> None:
    """Of more letters without a blank than an address has, those before it stay; addresses without a blank between are one."""
    for number in (40, 60, 61, 100, 124, 320):
        (kept,) = json.loads(masked_payload(json.dumps(["x" * number + "jane@kestrel.example.com"]).encode()))
        assert kept == "x" * max(0, number - 60) + "[e-mail]", number
    signs = ("@", "&#64;", "%40", "[at]", "＠", "&commat;")
    for sign in signs:
        for names in (("jane", "john"), ("jane", "john", "ann"), ("jane", ".john"), ("Apply_jane", "john")):
            glued = "".join(f"{name}{sign}kestrel.example.com" for name in names)
            assert masked(f"To {glued} now") == "To [e-mail] now", glued


def is_left(written: str, _: Path) -> None:
    assert masked(written) == written
    assert json.loads(masked_payload(json.dumps({"a": written}).encode())) == {"a": written}


def a_column_is_masked(column: str, contact: str, folder: Path) -> None:
    fields: dict[str, Any] = {
        "title": {"title": f"Engineer {contact}"},
        "department": {"departments": [{"name": f"Team {contact}"}]},
        "text": {"content": f"&lt;p&gt;Write to {contact}&lt;/p&gt;"},
    }
    found = load(folder, {"jobs": [greenhouse_job(1, **fields[column])]}).one
    assert not KEPT.search(str(found)), found[column]
    assert "[e-mail]" in found[column] or "[telephone]" in found[column]


def an_address_about_a_person_is_none(folder: Path) -> None:
    for url in ("https://a.example.com/?to=zz01@kestrel.example.com", "https://zz01@kestrel.example.com/", "mailto:zz01@kestrel.example.com",
                "https://a.example.com/?to=zz01%40kestrel.example.com"):  # fmt: skip
        found = load(folder / str(abs(hash(url))), {"jobs": [greenhouse_job(1, absolute_url=url)]})
        assert found.one["url"] is None


def an_id_with_an_address_is_rejected(folder: Path) -> None:
    found = load(folder, {"jobs": [greenhouse_job(1, id="zz01@kestrel.example.com"), greenhouse_job(2)]})
    assert "e-mail" in found.rejects[0]["reason"]
    assert not KEPT.search(str(found.rejects + found.postings))


def what_names_a_person_is_masked(source: str, folder: Path) -> None:
    """The fields and sections of a source that name people, in the payload that is kept."""
    names = {"smartrecruiters": ("creator",), "hackernews": ("author",), "jobposting_pages": ("applicationContact",)}
    forms = {
        "smartrecruiters": bundle([("https://a.example.com", json.dumps({"creator": {"id": 1, "name": PERSON}}).encode())]),
        "hackernews": json.dumps({"author": PERSON, "children": [{"author": f'{PERSON} "QZ"'}]}).encode(),
        "jobposting_pages": bundle([("https://a.example.com", json.dumps(
            {"applicationContact": {"@type": "ContactPoint", "telephone": "1", "name": PERSON}}, indent=1).encode())]),
        "personio": feed(f"<position><name>CONTACT_PERSON</name>\n<value>{PERSON}</value></position>"),
    }  # fmt: skip
    kept = masked_payload(forms[source], names.get(source, ()))
    assert PERSON.encode() not in kept
    assert b"[name]" in kept
    json.loads(kept)


def names_are_no_more_than_the_field(_: Path) -> None:
    payload = {"author": "Jane", "authority": "x", "title": 'the "author": "y"', "creator": None, "n": {"author": 7}}
    assert json.loads(masked_payload(json.dumps(payload).encode(), ("author", "creator"))) == payload | {
        "author": "[name]",
        "title": 'the "author": "[name]"',
    }


@cache
def kept_payloads() -> str:
    """Every kept payload of the market, with its escapes undone, at any depth."""
    texts = []
    for file in (home() / "snapshots").rglob("*.zst"):
        text = snapshots.reread(Folder(home()), str(file.relative_to(home()))).decode("utf-8", "replace")
        for _ in range(3):
            text = unescape(re.sub(r"\\+u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text))
        texts.append(text)
    assert len(texts) > 30
    return "\n".join(texts)


def payloads_hold_no_contact(_: Path) -> None:
    assert not KEPT.search(kept_payloads()), KEPT.findall(kept_payloads())


def payloads_hold_no_field_that_names(_: Path) -> None:
    assert PERSON not in kept_payloads()


def tables_hold_no(pattern: str, _: Path) -> None:
    """Every column of every table of the run's own file and of the published one."""
    for file in (home() / "work" / "warehouse.duckdb", home() / "warehouse.duckdb"):
        with duckdb.connect(str(file), read_only=True) as db:
            tables = [
                row[0]
                for row in db.execute(
                    "select table_name from information_schema.tables where table_schema = 'main'"
                ).fetchall()
            ]
            assert "postings" in tables
            for table in tables:
                told = " ".join(map(str, db.execute(f'select t::varchar from "{table}" t').fetchall()))
                assert not re.search(pattern, told, re.IGNORECASE), (file, table)


def the_site_holds_no(pattern: str, kinds: str, _: Path) -> None:
    files = [file for file in page_of(home()).parent.rglob("*") if file.suffix in kinds.split()]
    assert files
    for file in files:
        assert not re.search(pattern, unescape(file.read_text("utf-8")), re.IGNORECASE), file


def exports_hold_no(pattern: str, _: Path) -> None:
    files = list(page_of(home()).parent.glob("*.parquet"))
    assert files
    for file in files:
        assert not re.search(pattern, " ".join(map(str, duckdb.sql(f"from '{file}'").fetchall())), re.IGNORECASE), file


def every_contact_was_there(_: Path) -> None:
    """That nothing was found means something only where it was all read."""
    marks = ask(home(), "select text from postings where board_id = 'greenhouse/contacts'").rows
    assert len(marks) == len(CONTACTS)
    assert all("[e-mail]" in text or "[telephone]" in text for (text,) in marks)
    assert all("[name]" in text for (text,) in marks)


def texts_of_real_postings(_: Path) -> None:
    """Of real texts none keeps what looks like an address, and none loses what is no contact."""
    if not SHARED.is_dir():
        pytest.skip("the real captures are not beside this checkout")
    with gzip.open(SHARED / "postings" / "postings.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["text"] or "" for line in lines]
    found = [(text[start:end], kind) for text in texts for start, end, kind in contacts(text)]
    assert 200 < len([kind for _, kind in found if kind == "[e-mail]"]) < 400
    assert 10 < len([kind for _, kind in found if kind == "[telephone]"]) < 30
    assert all("@" in one or re.search(r"(?i)\bat\b|%40|64", one) for one, kind in found if kind == "[e-mail]")
    assert not [text for text in map(without_contacts, texts) if re.search(r"\w@\w+\.[a-z]{2,}\b", text)]


def masking_is_done_once(_: Path) -> None:
    for text in (*ADDRESSES, *NUMBERS, *CALLED, *NAMED):
        assert masked(masked(text)) == masked(text)


PERSONAL = f"{KEPT.pattern}|{PERSON}|{TOLD}"


def _cases() -> Iterator[Case]:
    for written in ADDRESSES:
        yield Case(f"address {written}", "in a text", "it is masked whole", partial(is_masked, written, "[e-mail]"))
        yield Case(
            f"kept address {written}",
            "in payloads of every form",
            "it is masked whole, and the form stays",
            partial(is_masked_in_payloads, written, "[e-mail]"),
        )
    for written in NUMBERS:
        yield Case(f"number {written!a}", "in a text", "it is masked whole", partial(is_masked, written, "[telephone]"))
        yield Case(
            f"kept number {written!a}",
            "in payloads of every form",
            "it is masked whole, and the form stays",
            partial(is_masked_in_payloads, written, "[telephone]"),
        )
    for written in CALLED:
        lead = re.match(r"\w+:? ", written)
        assert lead
        yield Case(
            f"number {written}",
            "a number that is called one",
            "it is masked",
            partial(is_masked, written, f"{lead[0]}[telephone]"),
        )
    for written in NAMED:
        yield Case(
            f"name {written}", "a contact in a text", "no part of the name stays", partial(_name_is_masked, written)
        )
    for written in LEFT:
        yield Case(
            f"left {written}", "what is no contact", "it stays, in texts and payloads", partial(is_left, written)
        )
    for column in ("title", "department", "text"):
        for contact in ("zz01@kestrel.example.com", "(415) 555-2671"):
            yield Case(
                f"{column}: {contact}",
                "in that field of a posting",
                "its column has it masked",
                partial(a_column_is_masked, column, contact),
            )
    for source in ("smartrecruiters", "hackernews", "jobposting_pages", "personio"):
        yield Case(
            f"people of {source}",
            "who its answers name",
            "they are masked before they are kept",
            partial(what_names_a_person_is_masked, source),
        )
    for kinds in (".html", ".js", ".csv .txt"):
        yield Case(
            f"site {kinds}", "a market of contacts", "none stands there", partial(the_site_holds_no, PERSONAL, kinds)
        )
    others: dict[str, tuple[str, str, Callable[[Path], None]]] = {
        "escapes": ("letters as JSON and HTML escape them", "they are masked", is_masked_in_escapes),
        "Markdown": ("addresses between signs of Markdown", "they are masked", is_masked_in_markdown),
        "a run of letters": ("an address behind 40 to 320 of them", "it is masked", is_masked_behind_a_run),
        "an address of a person": (
            "an e-mail address in a posting's address",
            "it has none",
            an_address_about_a_person_is_none,
        ),
        "an id of a person": ("an e-mail address as the id", "costs the posting", an_id_with_an_address_is_rejected),
        "fields called alike": (
            "fields and words like the one that names",
            "they stay",
            names_are_no_more_than_the_field,
        ),
        "kept payloads": ("a market of contacts", "none stands there", payloads_hold_no_contact),
        "people in kept payloads": ("fields that name people", "none stands there", payloads_hold_no_field_that_names),
        "tables": ("a market of contacts", "none stands in a column of any table", partial(tables_hold_no, PERSONAL)),
        "Parquet": ("a market of contacts", "none stands there", partial(exports_hold_no, PERSONAL)),
        "all was read": ("a market of contacts", "every one was there, and is masked", every_contact_was_there),
        "real texts": (
            "2,186 of them",
            "addresses and numbers are found, and pay, ids and days are not",
            texts_of_real_postings,
        ),
        "twice": ("what is masked already", "it stays as it is", masking_is_done_once),
    }
    for name, (done, holds, proof) in others.items():
        yield Case(name, done, holds, proof)


def _name_is_masked(written: str, _: Path) -> None:
    kept = masked(f"{written}\nBerlin")
    assert "[name]" in kept
    assert not re.search("Jane|Doe|Müller", kept), kept
    assert kept.endswith("\nBerlin")


test_holds = proving(list(_cases()))
