"""What a skill is worth: how pay that names it differs from like pay that does not, and how sure that is."""

from pathlib import Path

import numpy as np
import pytest
from scipy.special import stdtrit
from typer.testing import CliRunner

from pipeline.cli import app
from warehouse.estimates import Floats
from warehouse.skill_pay import FEWEST, Stated, premiums
from warehouse.store import ask

ALIKE = (0.3 / 0.2) ** 2


def drawn(seed: int, companies: int = 60, premium: float = 0.1) -> tuple[Stated, Floats]:
    """Openings of a market that pays this for a skill, which companies name in parts of their own."""
    chance = np.random.default_rng(seed)
    company = np.repeat(np.arange(companies), chance.integers(1, 9, companies))
    kind = chance.integers(0, 6, len(company))
    named = (chance.random(len(company)) < chance.random(companies)[company]).astype(float)
    logs = 12 + 0.1 * kind + chance.normal(0, 0.3, companies)[company] + chance.normal(0, 0.2, len(company))
    return Stated(logs + np.log1p(premium) * named, company, kind, ALIKE), named


def by_matrices(stated: Stated, named: Floats) -> float:
    """Generalized least squares as a textbook has it."""
    alike = stated.company[:, None] == stated.company
    weights = np.linalg.inv(np.eye(len(alike)) + stated.alike * alike)
    columns = np.column_stack([stated.kind[:, None] == np.unique(stated.kind), named])
    return float(np.linalg.solve(columns.T @ weights @ columns, columns.T @ weights @ stated.logs)[-1])


@pytest.mark.parametrize("seed", range(3))
def test_a_premium_is_that_of_generalized_least_squares(seed: int) -> None:
    stated, named = drawn(seed)
    (premium,), (error,), _ = premiums(stated, [named])
    assert premium == pytest.approx(by_matrices(stated, named), rel=1e-9)
    assert 0 < error < 0.1


def test_intervals_hold_a_known_premium() -> None:
    held = []
    for seed in range(100):
        stated, named = drawn(seed, companies=30)
        (premium,), (error,), (freedom,) = premiums(stated, [named])
        held.append(abs(premium - np.log1p(0.1)) <= stdtrit(freedom, 0.975) * error)
    assert 88 <= sum(held) <= 100


def test_what_companies_pay_apart_is_no_premium() -> None:
    """Those that pay twice as much name the skill most; within a company nothing is paid for it."""
    company = np.repeat(np.arange(40), 10)
    pays_twice = company < 20
    named = (np.arange(400) % 10 < np.where(pays_twice, 8, 2)).astype(float)
    stated = Stated(12 + np.log(2) * pays_twice, company, np.zeros(400, int), 1e6)
    (premium,), _, _ = premiums(stated, [named])
    assert abs(premium) < 0.001


def test_one_company_alone_is_worth_too_little_to_tell() -> None:
    stated, named = drawn(1)
    _, _, (freedom,) = premiums(stated, [named * (stated.company == 7)])
    assert freedom + 1 < 1.5 < FEWEST
    alone = Stated(stated.logs, stated.company, stated.company, ALIKE)  # of a kind of its own
    assert np.isnan(premiums(alone, [named * (stated.company == 7)])).all()


def test_the_table_holds_what_enough_companies_tell(sample_home: Path) -> None:
    rows = ask(sample_home, "from skill_pay").records()
    stated = ask(
        sample_home, "select count(*) from open_tracks join skill_readings using (posting_id) where pay_low_usd > 0"
    )
    assert rows
    for row in rows:
        assert min(row["companies"], row["other_companies"]) >= FEWEST
        assert row["postings"] + row["other_postings"] == stated.rows[0][0]
        assert -1 < row["premium_low"] < row["premium"] < row["premium_high"]
    counted = ask(
        sample_home,
        "select count(*), count(distinct company) from open_tracks join posting_skills using (posting_id) "
        "where skill = $skill and pay_low_usd > 0",
        {"skill": rows[0]["skill"]},
    )
    assert counted.rows == [(rows[0]["postings"], rows[0]["companies"])]


def test_skills_say_what_is_paid_for_them(sample_home: Path) -> None:
    worth = {row["skill"]: row for row in ask(sample_home, "from skill_pay").records()}
    (python,) = ask(
        sample_home, "from skill_demand where skill = 'Python' and track = 'training' and country is null"
    ).rows
    assert python
    told = CliRunner().invoke(app, ["skills", "--track", "training", "--home", str(sample_home)]).output
    line = next(line for line in told.splitlines() if line.split()[:1] == ["Python"])
    premium, low, high = (round(100 * worth["Python"][name]) for name in ("premium", "premium_low", "premium_high"))
    assert line.rstrip().endswith(f"{premium:+} % ({low:+} to {high:+})")
    assert "It is no cause" in " ".join(told.split())
