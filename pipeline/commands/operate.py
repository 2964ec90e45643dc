"""`trackmix ui`, `schedule` and `stale`: a home as it is run from week to week."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.settings import SettingError
from reports.cli import DEFAULT_HOME, Home, app, said_plainly

# `dg dev`, which is to be used instead, is a package more, for projects of another layout
SUPERSEDED = "ignore:Function `dev_command` is superseded:FutureWarning"
schedule = typer.Typer(no_args_is_help=True, help="Reading every day and a site every week, by Dagster's daemon.")
app.add_typer(schedule, name="schedule")


@app.command()
def ui(
    replay: Annotated[Path | None, typer.Option(help="Answer every request from this folder.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port of the page, on this machine alone.")] = 3000,
    home: Home = DEFAULT_HOME,
) -> None:
    """Open Dagster's page of a home: its runs, assets, checks and schedules, which run as long as it is open."""
    if find_spec("dagster_webserver") is None:
        raise typer.BadParameter("the page needs the package dagster-webserver: install trackmix[ui]")
    with said_plainly(SettingError, OSError):
        env = environment(home, replay)
    words = ["dev", "-m", "pipeline.definitions", "--host", "127.0.0.1", "--port", str(port)]
    os.execve(sys.executable, [sys.executable, "-W", SUPERSEDED, "-m", "dagster", *words], env)


@schedule.command()
def on(home: Home = DEFAULT_HOME) -> None:
    """Switch the schedules on: they run while `trackmix ui` or the daemon of deploy/ does."""
    _show_schedules(home, "on")


@schedule.command()
def off(home: Home = DEFAULT_HOME) -> None:
    """Switch the schedules off; a run that has begun goes on."""
    _show_schedules(home, "off")


@schedule.command()
def status(home: Home = DEFAULT_HOME) -> None:
    """Which schedules are on, and when they run (UTC)."""
    _show_schedules(home)


@app.command()
def stale(home: Home = DEFAULT_HOME) -> None:
    """Say and alert where nothing has been read for longer than the settings' stale_days; exit status 1 then. For cron."""
    from pipeline.alerts import alert, staleness

    with said_plainly(SettingError):
        if said := staleness(home.resolve()):
            alert(home.resolve(), "stale", said)
            print(f"trackmix: {said}", file=sys.stderr)
            raise typer.Exit(1)
    print("boards have answered lately")


def environment(home: Path, replay: Path | None = None) -> dict[str, str]:
    """What a process of Dagster is told of a home. Raises SettingError where its file cannot be meant so."""
    from pipeline.instance import prepare_instance
    from pipeline.settings import settings_of

    home = home.resolve()
    settings_of(home)
    env = {**os.environ, "TRACKMIX_HOME": str(home), "DAGSTER_HOME": str(prepare_instance(home))}
    env.pop("TRACKMIX_REPLAY", None)
    return env | ({"TRACKMIX_REPLAY": str(replay.resolve())} if replay else {})


def _show_schedules(home: Path, switch: Literal["on", "off"] | None = None) -> None:
    if not home.expanduser().is_dir():
        raise typer.BadParameter(f"there is no home at {home}: trackmix run --home {home} makes one")
    with said_plainly(SettingError, OSError):
        os.environ.update(environment(home))  # for the definitions
    from pipeline.instance import HistoryError, open_instance, schedules

    with said_plainly(HistoryError), open_instance(home.resolve()) as instance:
        for schedule in schedules(instance, switch):
            print(f"{schedule.name:24} {schedule.cron:12} UTC  {'on' if schedule.is_on else 'off'}")
    if switch == "on":
        print("They run while `trackmix ui` is open, or the daemon of deploy/ runs.")
