"""Names as people type them: places in any language, wide areas, beginnings of names, and companies not read yet."""

import csv
import json
import os
import pty
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from conftest import GREENHOUSE, ROOT, Market, Run, greenhouse_job
from invented import Job, invented
from test_answers import one, rows, trackmix

from pipeline.fetching.network import is_online
from pipeline.reading.place_names import wide_areas
from reports.names import SeveralFitError, UnknownNameError, fitting, folded
from reports.scope import area_scope, ask_around, ask_basis, company_scope
from warehouse.store import ask, open_store, publish

MarketOf = Callable[[str], Market]
ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}"


@pytest.mark.parametrize(
    ("typed", "kind", "called"),
    [
        ("Bangalore", "city", "Bengaluru, Karnataka, India"),
        ("münchen", "city", "Munich, Bavaria, Germany"),
        ("MUENCHEN", "city", "Munich, Bavaria, Germany"),
        ("Londres", "city", "London, England, United Kingdom"),
        ("東京", "city", "Tokyo, Japan"),
        ("NYC", "city", "New York, United States"),
        ("sf", "city", "San Francisco, California, United States"),
        ("LA", "city", "Los Angeles, California, United States"),
        ("D.C.", "city", "Washington, District of Columbia, United States"),
        ("Philly", "city", "Philadelphia, Pennsylvania, United States"),
        ("Deutschland", "country", "Germany"),
        ("Allemagne", "country", "Germany"),
        ("Suecia", "country", "Sweden"),
        ("UK", "country", "United Kingdom"),
        ("USA", "country", "United States"),
        ("DEU", "country", "Germany"),
        ("Scotland", "region", "Scotland, United Kingdom"),
        ("TX", "region", "Texas, United States"),
        ("Bayern", "region", "Bavaria, Germany"),
        ("Bavière", "region", "Bavaria, Germany"),
        ("NORDRHEIN-WESTFALEN", "region", "North Rhine-Westphalia, Germany"),
        ("Kalifornien", "region", "California, United States"),
        ("加利福尼亚州", "region", "California, United States"),
        ("Escocia", "region", "Scotland, United Kingdom"),
        ("Bretagne", "region", "Brittany, France"),
        ("Cataluña", "region", "Catalonia, Spain"),
        ("Nürnberg, Bayern", "city", "Nuremberg, Bavaria, Germany"),
        ("Genève", "city", "Geneva, Switzerland"),
        ("Luxemburg", "country", "Luxembourg"),
        ("Taipei", "city", "Taipei, Taiwan, Taiwan"),
        ("London, Ontario", "city", "London, Ontario, Canada"),
        ("London, Ontario, Canada", "city", "London, Ontario, Canada"),
        ("London, ON", "city", "London, Ontario, Canada"),
        ("Cambridge, UK", "city", "Cambridge, England, United Kingdom"),
        ("Cambridge, Royaume-Uni", "city", "Cambridge, England, United Kingdom"),
        ("Paris, TX", "city", "Paris, Texas, United States"),
        ("Paris", "city", "Paris, Île-de-France, France"),
        ("New York", "city", "New York, United States"),
        ("New York (region)", "region", "New York, United States"),
        ("Georgia (country)", "country", "Georgia"),
        ("Europe", "wide_area", "Europe"),
        ("Europa", "wide_area", "Europe"),
        ("EU", "wide_area", "European Union"),
        ("emea", "wide_area", "EMEA"),
        ("DACH", "wide_area", "DACH"),
        ("Nordics", "wide_area", "Nordics"),
        ("APAC", "wide_area", "APAC"),
        ("LATAM", "wide_area", "Latin America and the Caribbean"),
        ("Asia", "wide_area", "Asia"),
        ("Middle East", "wide_area", "Middle East"),
        ("UK & Ireland", "wide_area", "UK and Ireland"),
        ("Southeast Asia", "wide_area", "South-eastern Asia"),
        ("Bay Area", "city", "Bay Area (San Francisco, California, United States and 80 km around)"),
        ("silicon valley", "city", "Silicon Valley (San Jose, California, United States and 35 km around)"),
    ],
)
def test_a_place_is_known_by_what_people_call_it(sample_home: Path, typed: str, kind: str, called: str) -> None:
    scope = area_scope(sample_home, typed)
    assert (scope.kind, scope.called) == (kind, called)


def test_a_wide_area_counts_a_job_with_a_place_in_any_of_its_countries_once(sample_home: Path) -> None:
    for typed, codes in {"DACH": "'DE', 'AT', 'CH'", "UK & Ireland": "'GB', 'IE'"}.items():
        counted = ask(
            sample_home,
            f"""select track, count(distinct posting_id) from open_tracks join job_places using (posting_id)
            where country in ({codes}) group by 1""",
        ).rows
        assert counted
        found = {row["track"]: row["postings"] for row in rows(sample_home, "area", typed) if row["postings"]}
        assert found == dict(counted)
    in_sql = "select count(*) from postings_in(scope_of('wide_area', countries := countries_of('Europe')))"
    scope = area_scope(sample_home, "Europe")
    assert (
        one(sample_home, in_sql)
        == ask(sample_home, "select count(*) from postings_in($scope)", scope.params()).rows[0][0]
    )


@pytest.mark.parametrize("words", [("trend",), ("skills",), ("area", "--level", "senior"), ("openings",)])
def test_a_wide_area_may_be_asked_about_as_any_other(sample_home: Path, words: tuple[str, ...]) -> None:
    command, *options = words
    status, out, err = trackmix(sample_home, command, "Europe", *options)
    assert status == 0, err
    assert "Europe" in out


def test_pay_in_a_wide_area_is_what_is_tied_to_a_place_inside(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    pay = [
        {"min_cents": low * 100_000, "max_cents": high * 100_000, "currency_type": "USD", "title": title, "blurb": ""}
        for low, high, title in ((200, 250, "California Pay Range"), (100, 120, "Germany Pay Range"))
    ]
    for company in ("Kestrel", "Linnet", "Merlin"):
        jobs = [
            greenhouse_job(n, f"Inference Engineer, Team {n}", location={"name": "San Francisco, CA; Berlin, Germany"},
                           pay_input_ranges=pay)
            for n in range(5)
        ]  # fmt: skip
        at.board(company, company.lower(), jobs)
    assert materialize(at.folder, home).success
    medians = {
        typed: [
            (row["pay_least_usd"] + row["pay_most_usd"]) / 2 for row in rows(home, "area", typed) if row["with_pay"]
        ]
        for typed in ("Europe", "North America", "Germany")
    }
    assert medians == {"Europe": [110_000], "North America": [225_000], "Germany": [110_000]}


def test_every_country_lies_in_one_region_of_m49_and_every_area_has_countries(sample_home: Path) -> None:
    regions = ("Africa", "Americas", "Asia", "Europe", "Oceania")
    outside = ask(
        sample_home,
        f"""select country, count(area) from countries left join (from wide_areas where area in {regions}) using (country)
        group by 1 having count(area) <> 1""",
    ).rows
    assert outside == [("AQ", 0)]
    assert (
        one(sample_home, "select count(*) from wide_areas left join countries using (country) where name is null") == 0
    )
    sizes = {area.area: len(area.parts) for area in wide_areas()}
    assert sizes["European Union"] == 27
    assert sizes["Midwest"] == 12
    assert all(sizes.values())
    assert len({folded(name) for area in wide_areas() for name in (area.area, *area.also)}) == sum(
        1 + len(area.also) for area in wide_areas()
    )


@pytest.mark.parametrize(
    ("typed", "area"), [("midwest", "Midwest"), ("the East Coast", "US East Coast"), ("PNW", "Pacific Northwest")]
)
def test_an_area_of_some_regions_of_a_country_is_asked_about_as_a_wide_one(
    sample_home: Path, typed: str, area: str
) -> None:
    regions = [region for wide in wide_areas() if wide.area == area for _, region in wide.parts]
    by_hand = ask(
        sample_home,
        """select track, count(distinct posting_id) from open_tracks join job_places using (posting_id)
        where country = 'US' and list_contains($regions, region) group by track""",
        {"regions": regions},
    ).rows
    found = rows(sample_home, "area", typed)
    assert {row["track"]: row["postings"] for row in found if row["postings"]} == dict(by_hand)
    assert by_hand
    scope = area_scope(sample_home, typed)
    around = ask_around(sample_home, scope, ask_basis(sample_home, scope))
    assert [name for name, _ in around] == ["United States", "everywhere"]


def test_the_regions_of_an_area_are_of_one_country_and_in_the_gazetteer(sample_home: Path) -> None:
    for area in wide_areas():
        assert len({region is None for _, region in area.parts}) == 1
        if area.parts[0][1]:
            assert len({country for country, _ in area.parts}) == 1
    parted = "from wide_areas w anti join gazetteer g on g.country = w.country and g.region = w.region where w.region is not null"
    assert ask(sample_home, f"select area, region {parted}").rows == []


def test_remote_beside_an_area_narrows_it(sample_home: Path) -> None:
    for typed in ("Remote US", "us remote"):
        status, out, err = trackmix(sample_home, "area", typed)
        assert (status, out) == (2, "")
        assert "narrow it by --remote" in err
    assert area_scope(sample_home, "Worldwide") == area_scope(sample_home, "world")


def test_where_several_places_fit_a_script_gets_the_list_and_each_line_can_be_typed(sample_home: Path) -> None:
    status, out, err = trackmix(sample_home, "area", "Cambridge")
    assert (status, out) == (2, "")
    first, *listed = err.splitlines()
    assert first == "trackmix: 'Cambridge' fits several; name one of them:"
    scopes = [area_scope(sample_home, line.strip()) for line in listed]
    assert {"Cambridge, England, United Kingdom", "Cambridge, Massachusetts, United States"} <= {s.name for s in scopes}
    assert len({(scope.country, scope.region, scope.city) for scope in scopes}) == len(listed)


def test_a_namesake_without_postings_does_not_make_a_name_unclear(sample_home: Path) -> None:
    assert area_scope(sample_home, "Berlin").country == "DE"  # there are six in America
    assert "New York, United States (region)" in area_scope(sample_home, "New York").others


@pytest.mark.parametrize(
    "typed", ["Berlni", "Berlin (country)", "Berlin, Ontario", "", ",", "((", "'; drop table jobs"]
)
def test_what_is_no_place_is_told(sample_home: Path, typed: str) -> None:
    status, out, err = trackmix(sample_home, "area", typed)
    assert (status, out) == (2, "")
    assert "no place called" in err


def test_a_company_where_an_area_is_asked_for_is_told_by_its_own_command(sample_home: Path) -> None:
    status, _, err = trackmix(sample_home, "area", "vesper labs")
    assert status == 2
    assert "no place called 'vesper labs' is known, but a company: trackmix company 'Vesper Labs'" in err
    status, out, _ = trackmix(sample_home, "skills", "--company", "Vesper Labs")
    assert (status, "Vesper Labs" in out) == (0, True)


def asked_in_a_terminal(home: Path, answers: str, *words: str) -> tuple[int, str, str]:
    """The command with a terminal as its standard input, where somebody types the answers."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *words, "--home", str(home)],
        cwd=ROOT, stdin=end, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.write(terminal, answers.encode())
    out, err = process.communicate()
    os.close(terminal)
    os.close(end)
    return process.returncode, out, err


def test_where_several_places_fit_a_terminal_is_asked(sample_home: Path) -> None:
    status, out, err = asked_in_a_terminal(sample_home, "9\n2\n", "area", "Cambridge", "--format", "json")
    assert status == 0
    assert len(json.loads(out)) == 6
    assert "  1  Cambridge, " in err
    second = next(line for line in err.splitlines() if line.startswith("  2  "))[5:]
    assert json.loads(out) == rows(sample_home, "area", second)


@pytest.mark.parametrize(
    ("typed", "track"),
    [("inference", "inference_serving"), ("Serving", "inference_serving"), ("safety", "safety_eval"), ("ai-safety", "safety_eval"),
     ("LLM", "applied_llm"), ("fine-tuning", "training"), ("mlops", "mlops_platform"), ("TRAINING", "training")],
)  # fmt: skip
def test_a_track_is_known_by_any_beginning(sample_home: Path, typed: str, track: str) -> None:
    found = rows(sample_home, "skills", "--track", typed)
    assert found == rows(sample_home, "skills", "--track", track)
    assert {row["track"] for row in found} <= {track}


def test_a_beginning_of_several_tracks_is_listed(sample_home: Path) -> None:
    status, out, err = trackmix(sample_home, "skills", "--track", "ml")
    assert (status, out) == (2, "")
    assert err.split()[-2:] == ["mlops_platform", "research"]


def test_a_company_is_known_by_any_beginning(sample_home: Path) -> None:
    assert company_scope(sample_home, "heronBRIDGE").company == "Heronbridge Pharma"
    assert company_scope(sample_home, "pharma").company == "Heronbridge Pharma"
    with pytest.raises(SeveralFitError, match="Halcyon Compilers\n  Harbourlight Payments"):
        company_scope(sample_home, "ha")
    with pytest.raises(UnknownNameError, match="--now"):
        company_scope(sample_home, "ridge")


def test_a_whole_name_comes_before_its_longer_namesakes() -> None:
    called = {name: (name,) for name in ("Meta", "Metabase", "New Meta", "Müller & Söhne")}
    assert fitting("meta", called) == ["Meta"]
    assert fitting("metab", called) == ["Metabase"]
    assert fitting("MULLER SOHNE", called) == ["Müller & Söhne"]
    assert fitting(" ", called) == fitting("base", called) == []


def kestrel(at: Market, text: str = "Kestrel builds engines.") -> None:
    """Kestrel's board, which no registry lists."""
    jobs = [greenhouse_job(n, f"Inference Engineer {n}", company_name="Kestrel", content=text) for n in range(6)]
    at.reply(GREENHOUSE.format("kestrel"), {"jobs": jobs, "meta": {}})


def now(home: Path, at: Market, *words: str) -> tuple[int, str, str]:
    return trackmix(home, "company", *words, "--now", "--replay", str(at.folder))


def test_a_company_that_is_not_read_is_found_read_and_answered_for(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home, before, at = tmp_path / "home", market("2026-10-05"), market("2026-10-06")
    for name in ("Linnet", "Merlin"):
        before.board(name, name.lower(), [greenhouse_job(n, f"Research Scientist {n}") for n in range(3)])
    assert materialize(before.folder, home).success
    others = "from postings join boards using (board_id) where boards.company in ('Linnet', 'Merlin')"
    kept = ask(home, f"select posting_id, last_seen_on, closed_on, is_listed {others} order by 1").rows
    kestrel(at)
    status, out, err = now(home, at, "Kestrel", "--format", "json")
    assert status == 0, err
    assert {row["track"]: row["postings"] for row in json.loads(out)}["inference_serving"] == 6
    with (home / "boards.csv").open(newline="") as file:
        assert [(row["company"], row["source"], row["token"]) for row in csv.DictReader(file)] == [
            ("Kestrel", "greenhouse", "kestrel")
        ]
    assert ask(home, f"select posting_id, last_seen_on, closed_on, is_listed {others} order by 1").rows == kept
    assert one(home, "select count(*) from fetches") == 3
    assert one(home, "select count(*) from boards where is_listed") == 3


def test_a_company_in_the_registry_is_read_from_there(market: MarketOf, tmp_path: Path) -> None:
    home, at = tmp_path / "home", market("2026-10-06")
    home.mkdir()
    (home / "boards.csv").write_text("company,source,token\nKestrel,greenhouse,kestrel\n")
    kestrel(at, "We serve language models with vLLM at low latency.")
    status, out, err = now(home, at, "kestrel")
    assert status == 0, err
    assert "Kestrel: 6 openings" in out
    assert (home / "boards.csv").read_text().count("\n") == 2


def test_a_board_that_may_be_another_companys_is_not_taken(market: MarketOf, tmp_path: Path) -> None:
    at, bread = market("2026-10-06"), "Bread and cake."
    jobs = [greenhouse_job(n, "Baker", company_name="The Bakery", content=bread) for n in range(3)]
    at.reply(GREENHOUSE.format("kestrel"), {"jobs": jobs, "meta": {}})
    status, out, err = now(tmp_path / "home", at, "Kestrel")
    assert (status, out) == (2, "")
    assert "beyond doubt" in err
    assert "trackmix boards add Kestrel greenhouse kestrel" in err
    assert not (tmp_path / "home" / "boards.csv").exists()


def test_a_company_without_a_board_is_told(market: MarketOf, tmp_path: Path) -> None:
    at = market("2026-10-06")
    at.reply(ASHBY.format("other"), {"jobs": []})
    status, out, err = now(tmp_path / "home", at, "Kestrel")
    assert (status, out) == (1, "")
    assert "no board found for Kestrel" in err


def test_a_terminal_is_asked_whether_to_look(sample_home: Path, market: MarketOf) -> None:
    at = market("2026-10-06")
    at.reply(ASHBY.format("other"), {"jobs": []})
    look = ("company", "Qqkestrel", "--replay", str(at.folder))
    status, _, err = asked_in_a_terminal(sample_home, "n\n", *look)
    assert status == 1
    assert "Look for its board and read it now?" in err
    assert "no board found" not in err
    status, _, err = asked_in_a_terminal(sample_home, "y\n", *look)
    assert status == 1
    assert "no board found for Qqkestrel" in err


def test_without_a_network_it_is_said_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise OSError("no route")

    monkeypatch.setattr(socket, "create_connection", refuse)
    status, out, err = trackmix(tmp_path, "company", "Kestrel", "--now")
    assert (status, out) == (1, "")
    assert "there is no network" in err
    assert len(err.strip().splitlines()) == 1


def test_a_network_is_there_when_one_host_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        assert is_online([("127.0.0.1", 1), address], seconds=30)
    assert not is_online([address], seconds=30)
    is_over = Event()

    def keep_silent(*_: object, **__: object) -> socket.socket:
        is_over.wait()
        raise OSError("too late")

    monkeypatch.setattr(socket, "create_connection", keep_silent)  # as a name server may
    assert not is_online([address], seconds=0.01)
    is_over.set()


def test_what_is_written_just_so_is_meant(tmp_path: Path) -> None:
    home = invented(tmp_path, [Job("Clutch", "training"), Job("CLUTCH", "research")])
    for typed in ("Clutch", "CLUTCH"):
        assert company_scope(home, typed).company == typed
    status, out, err = trackmix(home, "company", "clutch")
    assert (status, out) == (2, "")
    assert "Clutch" in err
    assert "CLUTCH" in err


def test_a_town_that_only_postings_name_may_be_asked_about(tmp_path: Path) -> None:
    home = invented(tmp_path, [Job("Kestrel", "training", "Austin")] * 2)
    with open_store(home) as store:
        store.ask("update posting_places set city = 'Starbase', latitude = null, longitude = null")
        store.build()
    publish(home)
    for typed in ("Starbase", "starbase, Texas", "Starbase, United States"):
        found = {row["track"]: row["postings"] for row in rows(home, "area", typed)}
        assert found["training"] == 2
        assert sum(found.values()) == 2
