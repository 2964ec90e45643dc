"""`trackmix changes`: two runs give exactly the changes that SQL gives, and no more."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Market, Run, greenhouse_job
from test_answers import one, rows, trackmix
from typer.testing import CliRunner

from pipeline.cli import app
from warehouse.comparisons import is_apart
from warehouse.moves import change_of_mix
from warehouse.store import ask, open_store, publish

MarketOf = Callable[[str], Market]
PAID = {
    "pay_input_ranges": [
        {"min_cents": 18_000_000, "max_cents": 22_000_000, "currency_type": "USD", "title": "", "blurb": ""}
    ]
}
BETTER = {
    "pay_input_ranges": [
        {"min_cents": 20_000_000, "max_cents": 24_000_000, "currency_type": "USD", "title": "", "blurb": ""}
    ]
}


def told(home: Path, *words: str) -> list[tuple[Any, ...]]:
    return [(row["change"], row["title"], row["changed_on"]) for row in rows(home, "changes", *words)]


def test_two_runs_of_the_sample_give_the_changes_that_sql_gives(sample_home: Path) -> None:
    of_the_six = "jobs join labels using (posting_id) where is_sure and track <> 'none'"
    wanted = ask(
        sample_home,
        f"select posting_id, 'appeared', first_seen_on::varchar from {of_the_six} and first_seen_on = '2026-11-23' "
        f"union all select posting_id, 'closed', closed_on::varchar from {of_the_six} and closed_on = '2026-11-23'",
    ).rows
    found = rows(sample_home, "changes")
    assert sorted((row["posting_id"], row["change"], row["changed_on"]) for row in found) == sorted(wanted)
    by_week = ask(sample_home, "select sum(opened), sum(closed) from demand_by_week where track = 'all'").rows[0]
    assert by_week == tuple(sum(row["change"] == kind for row in found) for kind in ("appeared", "closed"))
    assert min(by_week) > 0
    country = ask(sample_home, "select country from job_places group by 1 order by count(*) desc limit 1").rows[0][0]
    in_country = {row["posting_id"] for row in rows(sample_home, "changes", country)}
    with_place = ask(sample_home, f"select posting_id from job_places where country = '{country}'").rows
    assert in_country == {row["posting_id"] for row in found} & {posting for (posting,) in with_place}


def test_moves_of_the_sample_are_those_of_the_openings_counted(sample_home: Path) -> None:
    moves = {row["track"]: row for row in rows(sample_home, "changes", "--of", "moves")}
    for track, now in ask(sample_home, "select track, count(*) from open_tracks group by track").rows:
        assert moves[track]["postings"] == now
    assert sum(row["share"] for row in moves.values()) == pytest.approx(1)
    assert sum(row["change"] for row in moves.values()) == pytest.approx(0)
    for row in moves.values():
        touches_0 = round(100 * row["change_low"]) <= 0 <= round(100 * row["change_high"])
        assert row["is_move"] is not touches_0


@pytest.fixture
def read_twice(market: MarketOf, materialize: Run, tmp_path: Path) -> Path:
    """Kestrel on two days: of four openings one closed, one pays more, one new; Linnet's board is read on the second alone."""
    home = tmp_path / "home"
    stays, closes, pays = (
        greenhouse_job(1),
        greenhouse_job(2, "CUDA Engineer"),
        greenhouse_job(3, "GPU Engineer", **PAID),
    )
    first, last = market("2026-10-05"), market("2026-10-12")
    first.board("Kestrel", "kestrel", [stays, closes, pays])
    last.board("Kestrel", "kestrel", [stays, pays | BETTER, greenhouse_job(4, "Kernel Engineer")])
    last.board("Linnet", "linnet", [greenhouse_job(5, "Serving Engineer", company_name="Linnet")])
    for day in (first, last):
        assert materialize(day.folder, home).success
    return home


def test_what_changed_is_told_and_what_stood_there_is_not(read_twice: Path) -> None:
    assert sorted(told(read_twice)) == [
        ("appeared", "Kernel Engineer", "2026-10-12"),
        ("closed", "CUDA Engineer", "2026-10-12"),
        ("pay", "GPU Engineer", "2026-10-12"),
    ]
    (paid,) = [row for row in rows(read_twice, "changes", "Kestrel") if row["change"] == "pay"]
    assert (paid["pay_low_usd_before"], paid["pay_high_usd_before"]) == (180_000, 220_000)
    assert (paid["pay_low_usd"], paid["pay_high_usd"]) == (200_000, 240_000)
    assert told(read_twice, "--company", "Linnet") == []
    new = rows(read_twice, "changes", "--of", "companies")
    assert [(row["company"], row["postings"], row["is_first_reading"]) for row in new] == [("Linnet", 1, True)]
    said = trackmix(read_twice, "changes")[1]
    assert "1 appeared, 1 closed, 1 changed their pay" in said
    assert "$180–220k → $200–240k" in said


def test_a_day_after_the_last_reading_is_told_so(sample_home: Path) -> None:
    done = CliRunner().invoke(app, ["changes", "--since", "2030-01-01", "--home", str(sample_home)])
    assert done.exit_code == 2
    assert "nothing is known since 2030-01-01: the boards were last read on 2026-11-23" in done.stderr


def test_after_one_reading_nothing_has_changed(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    assert materialize(at.folder, tmp_path / "home").success
    for part in ("openings", "moves", "companies"):
        assert rows(tmp_path / "home", "changes", "--of", part) == []
    assert rows(tmp_path / "home", "changes", "--since", "2020-01-01") == []
    said = trackmix(tmp_path / "home", "changes")[1]
    assert "read once so far" in said
    assert said.splitlines().count(" none") == 3  # no opening, no move, no company: and no grid without rows


def test_new_rules_of_reading_change_nobodys_pay(read_twice: Path, market: MarketOf, materialize: Run) -> None:
    """The board wrote the pay otherwise since, but it was last read by other rules: which of both it is, nobody knows."""
    with open_store(read_twice) as store:
        store.ask("update postings set reading = -1")
    at = market("2026-10-19")
    at.board("Kestrel", "kestrel", [greenhouse_job(1), greenhouse_job(3, "GPU Engineer", **PAID)])
    assert materialize(at.folder, read_twice).success
    assert one(read_twice, "select pay_low_usd from postings where title = 'GPU Engineer'") == 180_000
    assert [row[0] for row in told(read_twice, "--since", "2026-10-13")] == ["closed"]


def test_a_reading_of_one_company_is_not_the_reading_before(read_twice: Path) -> None:
    with open_store(read_twice) as store:
        boards = [{"board_id": f"greenhouse/{n}", "company": f"Company {n}", "source": "greenhouse"} for n in range(4)]
        store.append("boards", boards)
        whole = [
            {"run_id": day, "board_id": board["board_id"], "outcome": "read", "fetched_at": np.datetime64(day)}
            for board in boards
            for day in ("2026-10-05", "2026-10-12")
        ]
        alone = {
            "run_id": "alone",
            "board_id": "greenhouse/kestrel",
            "outcome": "read",
            "fetched_at": np.datetime64("2026-10-13"),
        }
        store.append("fetches", [*whole, alone])
    publish(read_twice)
    assert len(told(read_twice)) == 3
    assert told(read_twice, "--company", "Kestrel") == []


@pytest.mark.parametrize("companies", [10, 60])
def test_the_interval_of_a_move_holds_the_truth_in_simulated_markets(companies: int) -> None:
    """Companies of very different sizes of which each opening closes, stays or opens by chance, by track."""
    mix, opens, closes = np.array([0.3, 0.15, 0.15, 0.2, 0.1, 0.1]), 0.4 * np.linspace(0.6, 1.4, 6), 0.3
    stays = mix * (1 - closes + opens)
    low, high, change = simulated(companies, mix, opens, closes)
    truth = stays / stays.sum() - mix
    assert 0.91 < ((low <= truth) & (truth <= high)).mean() < 0.97
    assert change.sum(axis=1) == pytest.approx(0)


@pytest.mark.parametrize("companies", [10, 60])
def test_where_nothing_moves_few_moves_are_told(companies: int) -> None:
    low, high, _ = simulated(companies, np.full(6, 1 / 6), np.full(6, 0.3), 0.3)
    assert is_apart(100 * low, 100 * high).mean() < 0.05


def simulated(companies: int, mix: Any, opens: Any, closes: float) -> tuple[Any, Any, Any]:
    chance = np.random.default_rng(20)
    sizes, found = np.sort(chance.pareto(1.2, companies) * 4 + 1)[:, None], []
    for _ in range(1000):
        own = chance.dirichlet(4 * mix, companies)
        before = chance.poisson(sizes * own) + 0.0
        change, low, high = change_of_mix(
            before, chance.binomial(before.astype(int), 1 - closes) + chance.poisson(sizes * own * opens) + 0.0
        )
        found.append((low, high, change))
    low, high, change = np.array(found).swapaxes(0, 1)
    return low, high, change


def test_of_a_few_companies_nothing_can_be_told_to_move() -> None:
    _, low, high = change_of_mix(np.full((9, 2), 5.0), np.tile([9.0, 1.0], (9, 1)))
    assert np.isnan(low).all()
    assert np.isnan(high).all()
