"""The openings behind the answers, over the sample market and small invented ones, against SQL and against the counts."""

import csv
import io
import re
import shlex
from pathlib import Path

import pytest
from invented import Job, invented
from test_answers import rows, trackmix
from typer.testing import CliRunner

from pipeline.cli import app
from reports.openings import pay
from reports.show import printable
from warehouse.store import ask, open_store, publish

KEPT = (
    "posting_id", "title", "company", "track", "probability", "city", "region", "country", "is_remote", "seniority",
    "pay_low_usd", "pay_high_usd", "first_seen_on", "url",
)  # fmt: skip
AT_ONE_COMPANY = [Job("Kestrel", "training")] * 3


def in_a_terminal(home: Path, *words: str, columns: int = 100) -> str:
    seen = {"TTY_COMPATIBLE": "1", "TERM": "xterm-256color", "COLUMNS": str(columns)}
    result = CliRunner().invoke(app, [*words, "--home", str(home)], env=seen)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def renamed(home: Path, **posting: str) -> Path:
    """The invented home with other words in its first posting."""
    with open_store(home) as store:
        changed = ", ".join(f"{name} = '{value}'" for name, value in posting.items())
        store.ask(f"update postings set {changed} where posting_id = 'job/0'")
        store.build()
    publish(home)
    return home


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        (("New York",), "city = 'New York'"),
        (("Bay Area",), "country = 'US' and city in ('San Francisco', 'Oakland', 'Berkeley', 'San Jose', 'Palo Alto')"),
        (("Germany", "--level", "senior"), "country = 'DE' and seniority = 'senior'"),
        (("remote", "--since", "2026-10-20"), "is_remote and coalesce(posted_on, first_seen_on) >= '2026-10-20'"),
        (("--track", "training"), "track = 'training'"),
        (("Halcyon Compilers",), "company = 'Halcyon Compilers'"),
        (("--company", "halcyon compilers", "--remote"), "company = 'Halcyon Compilers' and is_remote"),
    ],
)
def test_the_openings_are_those_that_are_counted(sample_home: Path, words: tuple[str, ...], inside: str) -> None:
    found = rows(sample_home, "openings", *words)
    counted = ask(
        sample_home,
        f"""select distinct posting_id from jobs join labels using (posting_id) left join job_places using (posting_id)
        where closed_on is null and is_sure and track <> 'none' and {inside} order by posting_id""",
    ).rows
    assert sorted(row["posting_id"] for row in found) == [row[0] for row in counted]
    assert found
    assert set(KEPT) <= found[0].keys()


def test_the_openings_of_an_area_add_up_to_its_counts(sample_home: Path) -> None:
    for words in (("United States",), ("San Francisco", "--within", "100km")):
        counts = {row["track"]: row["postings"] for row in rows(sample_home, "area", *words) if row["postings"]}
        found = [row["track"] for row in rows(sample_home, "openings", *words)]
        assert counts
        assert {track: found.count(track) for track in counts} == counts


def test_the_place_told_is_the_one_asked_about(tmp_path: Path) -> None:
    home = invented(tmp_path, [Job("Kestrel", "training", city="Austin", pay=200), *AT_ONE_COMPANY])
    with open_store(home) as store:
        berlin = {"city": "Berlin", "region": "Berlin", "country": "DE", "latitude": 52.52, "longitude": 13.41}
        store.append("posting_places", [{"posting_id": "job/0", "place_no": 2, **berlin}])
        store.build()
    publish(home)
    (row,) = rows(home, "openings", "Germany")
    assert (row["city"], row["country"], row["places"]) == ("Berlin", "DE", "Austin; Berlin")
    everywhere = {row["posting_id"]: row["city"] for row in rows(home, "openings")}
    assert everywhere == {f"job/{number}": "Austin" for number in range(4)}


def test_pay_is_what_the_area_is_told_to_pay(sample_home: Path) -> None:
    found = rows(sample_home, "openings", "United States", "--track", "applied_llm")
    mids = [(row["pay_low_usd"] + row["pay_high_usd"]) / 2 for row in found if row["pay_low_usd"]]
    told = next(row for row in rows(sample_home, "area", "United States") if row["track"] == "applied_llm")
    assert len(mids) == told["with_pay"] >= 5
    stated = [row for row in found if row["pay_low_usd"]]
    assert told["pay_least_usd"] == min(row["pay_low_usd"] for row in stated)
    assert told["pay_most_usd"] == max(row["pay_high_usd"] for row in stated)


def test_only_what_pays_so_much_and_says_so(sample_home: Path) -> None:
    every = rows(sample_home, "openings")
    paid = rows(sample_home, "openings", "--pay-from", "300000")
    assert [row["posting_id"] for row in paid] == [
        row["posting_id"] for row in every if row["pay_high_usd"] and row["pay_high_usd"] >= 300_000
    ]
    assert 0 < len(paid) < len(every)
    worded = rows(sample_home, "openings", "--text", "KUBERNETES python")
    texts = dict(ask(sample_home, "select posting_id, lower(title || ' ' || text) from postings").rows)
    assert [row["posting_id"] for row in worded] == [
        row["posting_id"] for row in every if all(word in texts[row["posting_id"]] for word in ("kubernetes", "python"))
    ]
    assert 0 < len(worded) < len(every)


def test_words_begin_words_and_are_no_patterns(tmp_path: Path) -> None:
    jobs = [Job("Kestrel", "training")] * 3
    home = renamed(invented(tmp_path, jobs), title="C++ engineer", text="You earn our trust with (great) Rustaceans.")
    for words, count in {"rust": 1, "c++": 1, "C++ GREAT": 1, "ust": 0, ".*": 0, "rust go": 0, "": 3}.items():
        assert len(rows(home, "openings", "--text", words)) == count, words


def test_the_order_and_how_many(sample_home: Path) -> None:
    every = rows(sample_home, "openings")
    published = [row["posted_on"] or row["first_seen_on"] for row in every]
    assert published == sorted(published, reverse=True)
    assert rows(sample_home, "openings", "--limit", "3") == every[:3]
    assert rows(sample_home, "openings", "--limit", "0") == every
    companies = [row["company"].lower() for row in rows(sample_home, "openings", "--sort", "company")]
    assert companies == sorted(companies)
    sure = [row["probability"] for row in rows(sample_home, "openings", "--sort", "sure")]
    assert sure == sorted(sure, reverse=True)
    pays = [row["pay_high_usd"] or 0 for row in rows(sample_home, "openings", "--sort", "pay")]
    assert pays == sorted(pays, reverse=True)
    status, out, _ = trackmix(sample_home, "openings")
    assert status == 0
    assert len(re.findall("https://", out)) == 50
    assert f"{len(every)} openings. The first 50 of them, newest first" in " ".join(out.split())


def test_a_csv_has_the_same_rows(sample_home: Path) -> None:
    _, out, err = trackmix(sample_home, "openings", "Germany", "--format", "csv")
    found = list(csv.DictReader(io.StringIO(out)))
    assert [row["url"] for row in found] == [row["url"] for row in rows(sample_home, "openings", "Germany")]
    assert f"{len(found)} openings" in err


def test_a_table_fits_a_hundred_characters_with_the_link_behind_the_title(sample_home: Path) -> None:
    out = in_a_terminal(sample_home, "openings", "--sort", "pay")
    plain = re.sub(r"\x1b\]8;.*?\x1b\\|\x1b\[[0-9;]*m", "", out)
    table = plain.partition("openings. The first")[0]
    assert max(map(len, table.splitlines())) <= 100
    assert "https://" not in plain
    first = rows(sample_home, "openings", "--sort", "pay", "--limit", "1")[0]
    assert re.search(rf"\x1b\]8;[^;]*;{re.escape(first['url'])}\x1b\\{first['title'].split()[0]}", out)


def test_the_words_of_a_board_are_no_commands(tmp_path: Path) -> None:
    home = invented(tmp_path, AT_ONE_COMPANY)
    title = "Engineer\x1b]0;owned\x07 :fire: [red]x[/red]\u202e\nsecond"
    renamed(home, title=title, url="javascript:alert(1)")
    _, out, _ = trackmix(home, "openings")
    assert "Engineer ]0;owned  :fire: [red]x[/red] second" in out
    assert "\x1b" not in out
    shown = in_a_terminal(home, "openings", columns=200)
    assert ":fire: [red]x[/red]" in shown
    assert "\x1b]0;" not in shown
    assert "javascript" not in shown
    _, out, _ = trackmix(home, "openings", "--format", "md")
    assert len(out.splitlines()) == 5
    assert "\x1b" not in out
    assert printable("a\x9b31m\u2066b") == "a 31m b"


def test_a_name_is_an_area_else_a_company(tmp_path: Path) -> None:
    home = invented(tmp_path, [Job("Austin", "training", city="Paris"), Job("Kestrel", "training")])
    assert [row["company"] for row in rows(home, "openings", "Austin")] == ["Kestrel"]
    assert "Austin (company, --company)" in trackmix(home, "openings", "Austin")[1]
    assert [row["company"] for row in rows(home, "openings", "kestrel")] == ["Kestrel"]
    assert [row["company"] for row in rows(home, "openings", "--company", "Austin")] == ["Austin"]
    status, out, err = trackmix(home, "openings", "Qqqxzw")
    assert (status, out) == (2, "")
    assert "no place called 'Qqqxzw'" in err
    assert "no board of a company called 'Qqqxzw'" in err


def test_nothing_that_fits_is_said(sample_home: Path) -> None:
    assert rows(sample_home, "openings", "Germany", "--pay-from", "9000000") == []
    assert "No opening fits" in trackmix(sample_home, "openings", "Germany", "--pay-from", "9000000")[1]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (("area", "New York", "--level", "senior"), "openings 'New York' --level senior"),
        (("area", "San Francisco", "--within", "80km"), "openings 'San Francisco' --within 80"),
        (("company", "Halcyon Compilers"), "openings --company 'Halcyon Compilers'"),
        (("track", "research", "United States"), "openings 'United States' --track research"),
        (("track", "research", "--remote"), "openings --track research --remote"),
    ],
)
def test_other_answers_end_with_the_first_ten(sample_home: Path, words: tuple[str, ...], asked: str) -> None:
    status, out, _ = trackmix(sample_home, *words)
    assert status == 0
    count, total = re.search(rf"^(\d+) of (\d+) openings?; all of them: trackmix {asked}$", out, re.MULTILINE).groups()
    found = rows(sample_home, *shlex.split(asked))
    assert int(total) == len(found)
    assert int(count) == min(10, len(found))
    assert found[0]["url"] in out


@pytest.mark.parametrize(
    ("low", "high", "told"), [(180_000, 220_000, "$180–220k"), (90_000, 90_000, "$90k"), (None, None, "")]
)
def test_a_range_of_pay_in_words(low: float | None, high: float | None, told: str) -> None:
    assert pay(low, high) == told
