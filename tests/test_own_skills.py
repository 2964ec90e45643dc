"""What somebody's skills are asked for: the openings that name them, what is missing, and what that opens."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from reports.names import UnknownNameError
from reports.own_skills import MOST_MISSING, ask_fit, own_skills
from reports.scope import WORLD, area_scope
from warehouse.store import ask

HAVE = ["Python", "Kubernetes", "PyTorch", "Linux"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("python, k8s ,CUDA", ["Python", "Kubernetes", "CUDA"]),
        ("go", ["Go"]),  # in a text it would have to stand beside another
        ("postgres,PostgreSQL,", ["PostgreSQL"]),
    ],
)
def test_skills_are_known_as_people_write_them(given: str, named: list[str]) -> None:
    assert own_skills(given) == named


def test_a_skill_that_is_not_known_is_told_with_the_nearest(sample_home: Path) -> None:
    with pytest.raises(UnknownNameError, match="'pythn'; the nearest: Python"):
        own_skills("rust, pythn")
    done = CliRunner().invoke(app, ["choose", "--skills", "pythn", "--home", str(sample_home)])
    assert done.exit_code == 2
    assert "no skill is called 'pythn'" in done.stderr


@pytest.mark.parametrize("area", [None, "United States"])
def test_each_opening_is_counted_by_the_skills_it_names(sample_home: Path, area: str | None) -> None:
    scope = area_scope(sample_home, area) if area else WORLD
    fit = ask_fit(sample_home, scope, HAVE)
    rows = ask(
        sample_home,
        "select t.track, list(skill) as named from open_tracks t join postings_in($scope) using (posting_id) "
        "join posting_skills using (posting_id) group by t.track, posting_id",
        scope.params(),
    ).records()
    assert len(fit.tracks) == 6
    assert [row["covered_share"] or 0 for row in fit.tracks] == sorted(
        [row["covered_share"] or 0 for row in fit.tracks]
    )[::-1]
    for told in fit.tracks:
        openings = [set(row["named"]) for row in rows if row["track"] == told["track"]]
        had = [len(named & set(HAVE)) / len(named) for named in openings]
        assert told["with_skills"] == len(openings)
        assert told["naming"] == sum(part > 0 for part in had)
        assert told["a_third"] == sum(len(named) <= 3 * len(named & set(HAVE)) for named in openings)
        assert told["covered_share"] == pytest.approx(sum(had) / len(had) if had else None)
        missing = fit.missing.get(told["track"], [])
        assert len(missing) <= MOST_MISSING
        for one in missing:
            more = {*HAVE, one["skill"]}
            assert one["skill"] not in HAVE
            assert one["postings"] == sum(one["skill"] in named for named in openings)
            now, then = (sum(len(named) <= 3 * len(named & set(some)) for named in openings) for some in (HAVE, more))
            assert one["opens"] == then - now


def test_choose_says_what_skills_are_asked_for(sample_home: Path) -> None:
    asked = ["choose", "--skills", ",".join(HAVE), "--home", str(sample_home)]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0
    assert "everywhere: openings that ask for Python, Kubernetes, PyTorch, Linux" in shown.stdout
    rows = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).stdout)
    assert {row["track"] for row in rows} == {row["track"] for row in ask_fit(sample_home, WORLD, HAVE).tracks}
    table = list(csv.DictReader(io.StringIO(CliRunner().invoke(app, [*asked, "--format", "csv"]).stdout)))
    assert [row["skill"] for row in table] == [row["skill"] or "" for row in rows]


def test_a_ranking_follows_where_it_is_asked_for_too(sample_home: Path) -> None:
    asked = ["--skills", "python", "--background", "backend", "--day", "platform", "--home", str(sample_home)]
    shown = CliRunner().invoke(app, ["choose", *asked]).stdout
    assert shown.index("openings that ask for Python") < shown.index("The six tracks for: backend, platform")
