"""The commands for people who choose: what the guide claims, and which track is for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.prompt import Prompt

from classifiers.fit import BACKGROUNDS, DAYS
from reports import claims as held
from reports import own_skills, reasons
from reports.beside import beside
from reports.choose import Person, check, ranked
from reports.cli import DEFAULT_HOME, Form, Home, answering, app
from reports.fitting import fitting
from reports.mix import sample_mark
from reports.openings import FIRST
from reports.scope import WORLD, area_scope, ask_basis
from reports.show import Format, show

LEAST, ROOM = 3, 3  # openings shown at least; lines that a sentence on what is missing takes from them, to fit a screen


@app.command()
def claims(
    company: Annotated[str | None, typer.Option(help="Hold this company's mix against the market's too.")] = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """What the guide says of the six tracks, held against the postings."""
    with answering(home):
        judged, basis = held.claims(home, company), ask_basis(home, WORLD)
    answer, notes = held.answer(judged), held.notes(basis)
    if form is Format.table:
        answer, notes = held.table(judged), [*notes, "Each claim's rule: --format json."]
    show(answer, form, f"{sample_mark(basis)}{held.TITLE}", notes)


@app.command()
def choose(
    background: Annotated[str | None, typer.Option(help=f"What you come from: {', '.join(BACKGROUNDS)}.")] = None,
    day: Annotated[str | None, typer.Option(help=f"What your day should look like: {', '.join(DAYS)}.")] = None,
    area: Annotated[str | None, typer.Option(help="Where you look for work; everywhere, if nowhere is named.")] = None,
    company: Annotated[
        list[str] | None, typer.Option(help="A company you would like to work for; may be repeated.")
    ] = None,
    skills: Annotated[
        str | None, typer.Option(help="What you know, with commas: whose openings ask for it, and what is missing.")
    ] = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Which of the six tracks is for you, and why; asks three questions where background, day and skills are not given."""
    if skills is not None:
        _fit_skills(home, skills, area, form)
        if background is None and day is None:
            return
    who = _whom(home, background, day, area, company or [])
    with answering(home):
        ranking, basis = ranked(home, who), ask_basis(home, who.area)
        title, notes = f"{sample_mark(basis)}{reasons.title(who)}", reasons.notes(ranking, who, basis)
        if form is not Format.table:
            show(reasons.answer(ranking), form, title, notes)
            return
        compared, openings = beside(home, ranking[0].track, who.area), fitting(home, who, ranking)
        room = max(LEAST, FIRST - ROOM * len(reasons.missing(ranking, who)))
    show(reasons.table(ranking, who), form, title, notes)
    show(reasons.guide_beside(compared), form, "")
    if openings:
        show(reasons.openings(openings[:room]), form, "", link="url", is_short=True)


def _whom(home: Path, background: str | None, day: str | None, area: str | None, companies: list[str]) -> Person:
    """The person: what is given is looked at before they are asked for the rest."""
    with answering(home):
        scope, at = check(home, background, day, area, companies)
    if background is not None and day is not None:
        return Person(background, day, scope, at)
    with _asking():
        background = background or _choice("Your background", BACKGROUNDS)
        day = day or _choice("What your day should look like", DAYS)
        told_area = "" if area else _told("Where you look for work (empty: everywhere)")
        told_at = "" if companies else _told("Companies, with commas (may be empty)")
    with answering(home):
        told = check(home, background, day, told_area, [name for name in told_at.split(",") if name.strip()])
    return Person(background, day, scope if area else told[0], at if companies else told[1])


def _fit_skills(home: Path, given: str, area: str | None, form: Format) -> None:
    with answering(home):
        have, scope = own_skills.own_skills(given), area_scope(home, area) if area else WORLD
        fit, basis = own_skills.ask_fit(home, scope, have), ask_basis(home, scope)
    title = f"{sample_mark(basis)}{own_skills.title(scope, have)}"
    if form is not Format.table:
        show(fit.answer(), form, title, [own_skills.RULE])
        return
    show(own_skills.table(fit), form, title, bar="covered share")
    show(own_skills.missing(fit), form, "What is missing, and what it opens", [own_skills.RULE])


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
