"""What docs/operating.md and deploy/ promise: files that their programs take, statuses, a home that stays small."""

import importlib.util
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest
import yaml  # type: ignore[import-untyped]
from conftest import ROOT, Market, greenhouse_job
from faults.runs import start
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.commands.run import OUTAGE, TOO_MANY_FAILED
from pipeline.instance import DEFINITIONS, SETTINGS, open_instance
from pipeline.settings import SECTIONS
from warehouse.store import ask

MarketOf = Callable[[str], Market]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "operating.md").read_text()


def test_the_units_are_what_systemd_takes(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd on this machine")
    for file in DEPLOY.glob("trackmix*.*"):
        if file.suffix in (".service", ".timer"):
            text = re.sub(r"/opt/\S+/trackmix", sys.executable, file.read_text()).replace("User=trackmix", "User=root")
            (tmp_path / file.name).write_text(text)
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 3
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "trackmix" in line]
    assert said == []


def test_the_containers_are_told_what_a_home_is_told() -> None:
    """Their dagster.yaml is the one that a home gets, with the history elsewhere; their packages fit the Dagster that is pinned."""
    settings = yaml.safe_load((DEPLOY / "dagster.yaml").read_text())
    variables = {
        value["env"] for value in settings.pop("storage")["postgres"]["postgres_db"].values() if isinstance(value, dict)
    }
    assert settings == yaml.safe_load(SETTINGS)
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    for service in ("webserver", "daemon"):
        assert variables < set(compose["services"][service]["environment"])
        assert compose["services"][service]["command"][-2:] == ["--module-name", DEFINITIONS]
    assert compose["services"]["webserver"]["ports"] == ["127.0.0.1:3000:3000"]  # it has no login
    _, minor, patch = dg.__version__.split(".")
    pinned = {name for file in DEPLOY.iterdir() for name in re.findall(r"\bdagster-\w+==[\d.]+", file.read_text())}
    assert pinned == {f"dagster-{name}==0.{int(minor) + 16}.{patch}" for name in ("postgres", "docker", "k8s")}


def test_every_command_that_is_promised_exists() -> None:
    files = [PAGE, (ROOT / "docs" / "runbook.md").read_text(), *(file.read_text() for file in DEPLOY.iterdir())]
    named = {
        words.split(" --")[0].split(" >")[0].strip()
        for text in files
        for words in re.findall(r"(?:^|/|  |`)trackmix ([a-z ]+)", text, re.MULTILINE)
    }
    assert {"run", "ui", "stale", "schedule on"} <= {name.strip() for name in named}
    for command in {" ".join(name.split()[:2]) if name.startswith("schedule") else name.split()[0] for name in named}:
        assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0, command


def test_the_page_names_the_statuses_and_the_alerts_that_there_are() -> None:
    from typing import get_args

    from pipeline.alerts import Event

    statuses = {int(found) for row in re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE) for found in row.split(", ")}
    assert statuses == {0, 1, 2, TOO_MANY_FAILED, OUTAGE, 128 + signal.SIGINT, 128 + signal.SIGTERM}
    assert set(re.findall(r"^\| `([a-z ]+)` \| [a-z]", PAGE, re.MULTILINE)) - {"snapshots", "dagster"} == set(
        get_args(Event)
    )


def test_the_page_names_every_setting_that_it_speaks_of_with_its_section() -> None:
    dotted = {f"{section}.{name}" for section, names in SECTIONS.items() for name in names}
    bare = {name for names in SECTIONS.values() for name in names}
    named = set(re.findall(r"`([a-z_.]+)`", PAGE))
    assert not named & bare
    assert {name for name in named if name.split(".")[0] in SECTIONS} <= {*dotted, "boards.csv", "warehouse.duckdb"}
    assert {"retention.keep_days", "retention.keep_sites", "alerts.stale_days"} <= named


def test_the_page_of_dagster_opens_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[str] = []
    monkeypatch.setattr("pipeline.commands.operate.os.execve", lambda _, given, env: words.extend(given))
    assert CliRunner().invoke(app, ["ui", "--home", str(tmp_path)]).exit_code == 0

    def said(*given: str) -> str:
        """What `dagster dev` says before it ends, for it is given nothing to show."""
        at = given.index("pipeline.definitions") - 1
        command = [*given[:at], *given[at + 2 :]]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=300).stderr

    assert "SupersessionWarning" not in said(*words)
    at = words.index("-W")
    assert "SupersessionWarning" in said(*words[:at], *words[at + 2 :])  # else the option can go


def test_a_run_that_is_stopped_stands_as_canceled_and_the_next_does_the_rest(market: MarketOf, tmp_path: Path) -> None:
    home, at = tmp_path / "home", market("2026-10-05")
    for number in range(3):
        at.board(f"Company {number}", f"company{number}", [greenhouse_job(number)])
    words = ["run", "--replay", str(at.folder), "--home", str(home)]
    assert start(words).end(at="asking the boards", by=signal.SIGINT).status == 130
    assert start(words).end().status == 0
    with open_instance(home) as instance:
        ended = [run.status for run in instance.get_runs()]
    assert ended == [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.CANCELED]
    assert ask(home, "select count(*) from postings").rows == [(3,)]


def test_a_home_grows_by_less_than_a_site_a_week(tmp_path: Path) -> None:
    """Six weeks of the sample market: from the fifth on the oldest week's site goes, and with it as much as comes."""
    spec = importlib.util.spec_from_file_location("year", ROOT / "bench" / "year.py")
    assert spec is not None
    assert spec.loader is not None
    year = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(year)
    weighed = year.weeks_of(tmp_path / "home", 6)
    sites = [week["reports"] for week in weighed]
    assert sites[3] > 3 * sites[0]
    assert max(sites[4:]) < 1.2 * sites[3]  # all six would be half as much again
    assert len(list((tmp_path / "home" / "reports").glob("20*"))) == 4
    assert sum(weighed[-1].values()) < year.MOST_MEGABYTES


def test_a_run_in_a_container_of_its_own_is_told_what_the_daemon_is() -> None:
    """The launcher hands on every variable of the compose file's containers, and names its image, network and volumes."""
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    told = yaml.safe_load((DEPLOY / "run-launcher-docker.yaml").read_text())["run_launcher"]["config"]
    daemon = compose["services"]["daemon"]
    assert sorted(told["env_vars"]) == sorted(daemon["environment"])
    assert told["image"] == daemon["image"]
    assert told["network"] == f"{compose['name']}_default"
    volumes = [volume.rsplit("/", 1)[-1] for volume in told["container_kwargs"]["volumes"]]
    assert volumes == [volume.rsplit("/", 1)[-1] for volume in daemon["volumes"]]
    assert told["container_kwargs"]["volumes"][0] == f"{compose['name']}_{daemon['volumes'][0]}"
