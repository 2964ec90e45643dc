"""Whoever runs a home hears of what is wrong: by a webhook and by mail, from servers on this machine."""

import json
import logging
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import dagster as dg
import pytest
from conftest import Market, Run, greenhouse_job
from typer.testing import CliRunner

from pipeline.alerts import alert, event_of, staleness, unmet
from pipeline.cli import app
from pipeline.sensors import sensors_of
from pipeline.settings import FILE
from warehouse.store import ask

MarketOf = Callable[[str], Market]


class Hook(BaseHTTPRequestHandler):
    """A webhook that keeps what it is told."""

    told: ClassVar[list[dict[str, Any]]] = []
    status = 204

    def do_POST(self) -> None:
        Hook.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Mailbox(socketserver.StreamRequestHandler):
    """As much of a mail server (RFC 5321) as takes a message."""

    letters: ClassVar[list[str]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                Mailbox.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


@contextmanager
def serving(server: socketserver.TCPServer) -> Iterator[int]:
    with server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home whose settings name a webhook and a mail server of this machine."""
    Hook.told.clear()
    Mailbox.letters.clear()
    with (
        serving(HTTPServer(("127.0.0.1", 0), Hook)) as hook,
        serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)) as mail,
    ):
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / FILE).write_text(
            f'[alerts]\nwebhook = "http://127.0.0.1:{hook}"\nmail_to = ["a@example.com"]\nsmtp = "127.0.0.1:{mail}"\n'
        )
        yield tmp_path / "home"


def run(at: Market, home: Path) -> int:
    return CliRunner().invoke(app, ["run", "--replay", str(at.folder), "--home", str(home)]).exit_code


def market_of(market: MarketOf, day: str, sound: int, failing: int) -> Market:
    at = market(day)
    for number in range(sound):
        at.board(f"Sound {number}", f"sound{number}", [greenhouse_job(number)])
    for number in range(failing):
        at.board(f"Failing {number}", f"failing{number}", b"down", 404)
    return at


def test_an_alert_reaches_the_webhook_and_the_mailbox(home: Path) -> None:
    alert(home, "failure", "the run stopped")
    assert Hook.told == [{"text": "trackmix: the run stopped", "event": "failure", "home": str(home)}]
    (letter,) = Mailbox.letters
    assert "Subject: trackmix: failure" in letter
    assert "To: a@example.com" in letter
    assert "the run stopped" in letter


def test_what_cannot_be_told_is_logged_and_the_others_are_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Hook, "status", 500)
    with caplog.at_level(logging.WARNING, "trackmix"):
        alert(home, "failure", "the run stopped")
    assert "the webhook was not told: HTTP Error 500" in caplog.text
    assert len(Mailbox.letters) == 1


def test_without_settings_nobody_is_told(tmp_path: Path) -> None:
    alert(tmp_path, "failure", "the run stopped")  # no server runs, and nothing is raised


def test_the_exit_status_says_how_a_run_ended_and_alerts_go_with_it(market: MarketOf, home: Path) -> None:
    """0, 3 of more than a fifth of the boards, 4 of all: then nothing is published."""
    assert run(market_of(market, "2026-10-05", 4, 1), home) == 0
    assert {told["event"] for told in Hook.told} <= {"checks", "drift"}  # so small a market passes not every check
    Hook.told.clear()
    assert run(market_of(market, "2026-10-12", 3, 1), home) == 3
    assert [told["event"] for told in Hook.told] == ["boards failed"]
    assert "1 of 4 boards could not be read" in Hook.told[0]["text"]
    published = ask(home, "select count(*), max(last_seen_on) from postings").rows
    Hook.told.clear()
    assert run(market_of(market, "2026-10-19", 0, 3), home) == 4
    assert [told["event"] for told in Hook.told] == ["outage"]
    assert ask(home, "select count(*), max(last_seen_on) from postings").rows == published


def test_a_file_that_cannot_be_meant_ends_with_2_and_writes_nothing(market: MarketOf, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / FILE).write_text("[retention]\nkeep_dais = 3\n")
    done = CliRunner().invoke(
        app, ["run", "--replay", str(market_of(market, "2026-10-05", 1, 0).folder), "--home", str(home)]
    )
    assert done.exit_code == 2
    assert "retention.keep_dais is no setting" in done.stderr
    assert [file.name for file in home.iterdir()] == [FILE]


def test_checks_are_told_apart(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at = market_of(market, "2026-10-05", 1, 1)
    said = unmet(materialize(at.folder, tmp_path / "home", through="labels").get_asset_check_evaluations())
    assert said["boards_answer"] == "check boards_answer of raw_greenhouse did not pass: asked 2, failed 1"
    assert event_of({"boards_answer"}) == "checks"
    assert event_of({"words_are_familiar", "boards_answer"}) == "drift"
    assert event_of({"some_board_was_read", "boards_answer"}) == "outage"


def test_data_that_nobody_has_read_for_long_are_told_once_a_day(market: MarketOf, materialize: Run, home: Path) -> None:
    assert "run" in (staleness(home) or "")  # there is no warehouse yet
    assert materialize(market_of(market, "2026-10-05", 1, 0).folder, home, through="labels").success
    read_at = datetime(2026, 10, 5, 5)
    assert staleness(home, read_at + timedelta(days=8)) is None
    assert "no board has answered since 2026-10-05, and 8 days" in (staleness(home, read_at + timedelta(days=9)) or "")
    sensor = next(sensor for sensor in sensors_of(home) if sensor.name == "alert_on_stale_data")
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance)
        for _ in range(2):
            sensor(context)
    assert [told["event"] for told in Hook.told] == ["stale"]


def test_runs_of_schedules_alert_by_sensors(
    market: MarketOf, home: Path, materialize: Run, dagster_instance: dg.DagsterInstance
) -> None:
    on_failure, on_checks = (
        sensor for sensor in sensors_of(home) if sensor.name in ("alert_on_failure", "alert_on_checks")
    )
    outage = materialize(market_of(market, "2026-10-05", 0, 2).folder, home, through="labels")
    assert not outage.success
    on_failure(dg.build_run_status_sensor_context(
        "alert_on_failure", outage.get_run_failure_event(), dagster_instance, outage.dagster_run
    ).for_run_failure())  # fmt: skip
    assert [told["event"] for told in Hook.told] == ["outage"]
    assert "check some_board_was_read of postings did not pass: answered 0, asked 2" in Hook.told[0]["text"]
    Hook.told.clear()
    partly = materialize(market_of(market, "2026-10-12", 1, 1).folder, home, through="labels")
    assert partly.success
    on_checks(dg.build_run_status_sensor_context(
        "alert_on_checks", partly.get_run_success_event(), dagster_instance, partly.dagster_run
    ))  # fmt: skip
    assert "boards_answer of raw_greenhouse did not pass" in Hook.told[0]["text"]
