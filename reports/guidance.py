"""The commands for people who choose: what the guide claims, which track is for them, what skills are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.prompt import Prompt

from classifiers.fit import BACKGROUNDS, DAYS
from classifiers.tracks import TRACKS
from reports import claims as held
from reports import reasons
from reports.choose import person, ranked
from reports.cli import DEFAULT_HOME, Form, Home, app, said_plainly, sample_mark
from reports.scope import Scope, UnknownNameError, area_scope, ask_basis, company_scope
from reports.show import Format, show
from reports.skills import show_rising, show_skills
from warehouse.store import StoreError


def _track(name: str) -> str:
    """The name of a track, as an option has it."""
    names = [track.name for track in TRACKS]
    if name not in names:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(names)}")
    return name


@app.command()
def claims(
    company: Annotated[str | None, typer.Option(help="Hold this company's mix against the market's too.")] = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """What the guide says of the six tracks, held against the postings."""
    with said_plainly(StoreError, UnknownNameError):
        tested, basis = held.claims(home, company), ask_basis(home, Scope("world", "everywhere"))
    answer = held.table(tested) if form is Format.table else held.answer(tested)
    show(answer, form, f"{sample_mark(basis)}the guide's claims against the postings", held.notes(basis))


@app.command()
def choose(
    background: Annotated[str | None, typer.Option(help=f"What you come from: {', '.join(BACKGROUNDS)}.")] = None,
    day: Annotated[str | None, typer.Option(help=f"What your day should look like: {', '.join(DAYS)}.")] = None,
    area: Annotated[str | None, typer.Option(help="Where you look for work; everywhere, if nowhere is named.")] = None,
    company: Annotated[
        list[str] | None, typer.Option(help="A company you would like to work for; may be repeated.")
    ] = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Which of the six tracks is for you, and why; asks three questions where background and day are not given."""
    companies = company or []
    if background is None or day is None:
        with _asking():
            background = background or _choice("Your background", BACKGROUNDS)
            day = day or _choice("What your day should look like", DAYS)
            area = area or _told("Where you look for work (empty: everywhere)")
            companies = companies or _told("Companies, with commas (may be empty)").split(",")
    with said_plainly(StoreError, UnknownNameError):
        who = person(home, background, day, area, [name for name in companies if name.strip()])
        ranking, basis = ranked(home, who), ask_basis(home, who.area)
    answer = reasons.table(ranking, who) if form is Format.table else reasons.answer(ranking)
    show(answer, form, f"{sample_mark(basis)}{reasons.title(who)}", reasons.notes(ranking, who, basis))


def _choice(question: str, choices: dict[str, str]) -> str:
    """Ask in the terminal until one of the choices is given."""
    for name, meaning in choices.items():
        typer.echo(f"  {name:18}{meaning}", err=True)
    return Prompt.ask(question, console=Console(stderr=True), choices=list(choices), show_choices=False)


def _told(question: str) -> str:
    return Prompt.ask(question, console=Console(stderr=True), default="", show_default=False)


@contextmanager
def _asking() -> Iterator[None]:
    """Questions stand on standard error, so that standard output has the answer alone; whoever leaves ends the command."""
    try:
        yield
    except EOFError:
        raise typer.Abort from None


@app.command()
def skills(
    name: Annotated[str | None, typer.Argument(metavar="[AREA]", help="An area; everywhere, if none is named.")] = None,
    of_company: Annotated[str | None, typer.Option("--company", help="A company, beside others of its tracks.")] = None,
    track: Annotated[str | None, typer.Option(help="Only this track.", parser=_track)] = None,
    rising: Annotated[bool, typer.Option("--rising", help="What rises or falls in the monthly threads.")] = False,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The tools and skills that postings name, by track."""
    if sum((name is not None, of_company is not None, rising)) > 1:
        raise typer.BadParameter("an area, --company and --rising do not go together")
    with said_plainly(StoreError, UnknownNameError):
        if rising:
            show_rising(home, track, form)
        elif of_company is not None:
            show_skills(home, company_scope(home, of_company), track, form)
        else:
            show_skills(home, area_scope(home, name) if name else Scope("world", "everywhere"), track, form)
