"""What a run did stands in the one Dagster instance of its home, where the web page and the schedules find it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from conftest import ROOT, Market, greenhouse_job
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import EmptyWorkspaceTarget
from dagster_webserver.webserver import DagsterWebserver
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.definitions import defs
from pipeline.instance import forget_runs, history_kept_open, open_instance, prepare_instance, schedules
from pipeline.sources import discover

MarketOf = Callable[[str], Market]

RUNS = """{ runsOrError { ... on Runs { results { runId status
    eventConnection(limit: 1000) { events { __typename
        ... on MessageEvent { message }
        ... on MaterializationEvent { assetKey { path } metadataEntries { label ... on IntMetadataEntry { intValue } } }
        ... on AssetCheckEvaluationEvent { evaluation { checkName success } } } } } } } }"""


@pytest.fixture(scope="module")
def read_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after `trackmix run` over two boards, one of which is gone."""
    at = Market(tmp_path_factory.mktemp("replies"), "2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    at.board("Merlin", "merlin", b"gone", 404)
    home = tmp_path_factory.mktemp("home")
    assert CliRunner().invoke(app, ["run", "--replay", str(at.folder), "--home", str(home)]).exit_code == 3
    return home


def asked(home: Path, query: str) -> Any:
    """What the page's own server answers to GraphQL."""
    with (
        dg.DagsterInstance.from_config(str(prepare_instance(home))) as instance,
        WorkspaceProcessContext(instance, EmptyWorkspaceTarget()) as workspace,
    ):
        client = TestClient(DagsterWebserver(workspace).create_asgi_app())
        answer = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in answer, answer
    return answer["data"]


def test_the_page_shows_the_run_with_its_metadata_and_checks(read_home: Path) -> None:
    (run,) = asked(read_home, RUNS)["runsOrError"]["results"]
    assert run["status"] == "SUCCESS"
    events = run["eventConnection"]["events"]
    counts = {
        event["assetKey"]["path"][0]: {entry["label"]: entry.get("intValue") for entry in event["metadataEntries"]}
        for event in events
        if event["__typename"] == "MaterializationEvent"
    }
    assert counts["postings"]["new"] == 1
    assert counts["postings"]["failed"] == 1
    made = {asset.key.to_user_string() for asset in defs.resolve_all_asset_specs()}
    unread = {f"raw_{source}" for source in discover() if source != "greenhouse"}
    assert set(counts) == made - unread
    checks = [event["evaluation"] for event in events if event["__typename"] == "AssetCheckEvaluationEvent"]
    assert {"checkName": "keys_are_unique", "success": True} in checks
    assert {"checkName": "boards_answer", "success": False} in checks
    said = "\n".join(event["message"] for event in events if event["__typename"] == "LogMessageEvent").splitlines()
    assert "greenhouse/kestrel: fetched" in said
    assert "greenhouse/merlin: no such board (404): it is gone or its token has changed" in said


def test_every_asset_says_what_it_is_whose_and_how_fresh_and_is_checked() -> None:
    checked = {key.asset_key for key in defs.get_repository_def().asset_graph.asset_check_keys}
    for spec in defs.resolve_all_asset_specs():
        assert spec.description, spec.key
        assert spec.owners, spec.key
        assert spec.kinds, spec.key
        assert spec.freshness_policy, spec.key
        assert spec.key in checked


def test_the_instance_keeps_to_itself_and_its_settings_are_yours_once_written(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        assert not instance.telemetry_enabled
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1
    settings = tmp_path / "dagster" / "dagster.yaml"
    settings.write_text(settings.read_text() + "# mine\n")
    assert prepare_instance(tmp_path) == settings.parent
    assert settings.read_text().endswith("# mine\n")


@pytest.mark.parametrize("settings", ["telemetry: [", "telemetry: {enabled: perhaps}"])
def test_an_instance_that_cannot_be_used_is_said(market: MarketOf, tmp_path: Path, settings: str) -> None:
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    (tmp_path / "home" / "dagster").mkdir(parents=True)
    (tmp_path / "home" / "dagster" / "dagster.yaml").write_text(settings)
    done = CliRunner().invoke(app, ["run", "--replay", str(at.folder), "--home", str(tmp_path / "home")])
    assert done.exit_code == 1, done.output
    assert f"{tmp_path / 'home' / 'dagster'}, the history of its runs, cannot be used" in done.stderr


def test_a_history_in_another_database_is_let_alone(tmp_path: Path) -> None:
    """As deploy/dagster.yaml has it in PostgreSQL: what SQLite is told is no SQL there, and PEP 249 asks for no execute."""

    class Another:
        def __init__(self) -> None:
            self._connection = sqlite3.connect(":memory:")

        def __getattr__(self, name: str) -> Any:
            if name == "execute":
                raise AttributeError(name)
            return getattr(self._connection, name)

    with history_kept_open(tmp_path), create_engine("sqlite://", creator=Another).connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1


def test_history_of_old_runs_goes_with_its_file(tmp_path: Path) -> None:
    @dg.op
    def work() -> None:
        pass

    job = dg.GraphDefinition("work", node_defs=[work]).to_job()
    with open_instance(tmp_path) as instance:
        old, this = (job.execute_in_process(instance=instance).run_id for _ in range(2))
        forget_runs(instance, datetime.now(UTC) - timedelta(days=1), but=this)
        assert instance.get_runs_count() == 2
        forget_runs(instance, datetime.now(UTC) + timedelta(days=1), but=this)
        assert [run.run_id for run in instance.get_runs()] == [this]
        kept = {file.name for file in (tmp_path / "dagster" / "history" / "runs").glob("*.db")}
        assert f"{this}.db" in kept
        assert f"{old}.db" not in kept


def test_schedules_are_switched_on_and_off(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        assert [(found.name, found.is_on) for found in schedules(instance)] == [
            ("load_daily", False),
            ("report_weekly", False),
        ]
        assert all(found.is_on for found in schedules(instance, "on"))
        assert all(found.is_on for found in schedules(instance))
        assert not any(found.is_on for found in schedules(instance, "off"))


def test_a_home_that_is_not_there_has_no_schedules(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["schedule", "status", "--home", str(tmp_path / "typo")])
    assert done.exit_code == 2
    assert "there is no home at" in done.stderr
    assert not (tmp_path / "typo").exists()


def test_the_page_of_the_sample_reads_no_real_board(tmp_path: Path) -> None:
    """What the definitions are given where `trackmix ui --replay` starts them; a home of one market refuses the other."""
    replies = ROOT / "pipeline" / "sample" / "2026-10-26"
    env = {**os.environ, "TRACKMIX_HOME": str(tmp_path), "TRACKMIX_REPLAY": str(replies), "PYTHONPATH": str(ROOT)}
    words = "from pipeline.definitions import *; import json; print(json.dumps([defs.resources[n].registry if n == 'boards' else defs.resources[n].replay for n in ('boards', 'web')]))"
    done = subprocess.run([sys.executable, "-c", words], env=env, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [str(replies / "boards.csv"), str(replies)]


def test_a_home_of_real_boards_refuses_the_sample(read_home: Path) -> None:
    replies = ROOT / "pipeline" / "sample" / "2026-10-26"
    before = (read_home / "warehouse.duckdb").read_bytes()
    done = CliRunner().invoke(app, ["run", "--replay", str(replies), "--home", str(read_home)])
    assert done.exit_code == 2
    said = "trackmix: this home has boards of the other kind, invented or real: name another by --home"
    assert done.stderr.splitlines()[-1] == said
    assert (read_home / "warehouse.duckdb").read_bytes() == before
