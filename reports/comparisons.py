"""The questions that hold one thing against another: areas, companies, days, and the skills that they name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from reports.changes import Part, show_changes
from reports.cli import DEFAULT_HOME, Form, Home, answering, app
from reports.compare import show_compare
from reports.options import DAY, AnArea, IsRemote, OfCompany, OfLevel, OfTrack, Since, Until, asked_about, either
from reports.scope import area_scope, company_scope, narrowed
from reports.show import Format
from reports.skills import show_rising, show_skills
from reports.trend import View, show_trend


@app.command()
def compare(
    areas: Annotated[list[str] | None, typer.Argument(metavar="[AREA]...", help="Areas to compare.")] = None,
    companies: Annotated[list[str] | None, typer.Option("--company", help="A company; may be repeated.")] = None,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    since: Since = None,
    until: Until = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Areas and companies side by side, each against the first."""
    if len(areas or ()) + len(companies or ()) < 2:
        raise typer.BadParameter('name two or more, such as: "Germany" "France", or: world --company NAME')
    with answering(home):
        scopes = [area_scope(home, name) for name in areas or ()]
        scopes += [company_scope(home, name) for name in companies or ()]
        show_compare(home, [narrowed(scope, level, is_remote, since, until) for scope in scopes], form)


@app.command()
def trend(
    name: AnArea = None,
    of_company: OfCompany = None,
    track: OfTrack = None,
    view: Annotated[View | None, typer.Option("--of", help="What to tell; all of it in a table.")] = None,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    since: Since = None,
    until: Until = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """How demand moves: by month, by week, against four weeks ago, and how long postings stay open."""
    with answering(home):
        scope = narrowed(asked_about(home, name, of_company), level, is_remote, since, until)
        show_trend(home, scope, track, view, form)


@app.command()
def changes(
    name: Annotated[str | None, typer.Argument(metavar="[AREA|COMPANY]", help="Everywhere, if none is named.")] = None,
    of_company: OfCompany = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help="Since this day, not the reading before.")] = None,
    part: Annotated[Part | None, typer.Option("--of", help="What to tell; all of it in a table.")] = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """What changed: openings that appeared, closed or changed their pay, moves of the mix, new companies."""
    with answering(home):
        scope = either(home, name, None) if name and not of_company else asked_about(home, name, of_company)
        show_changes(home, scope, since and since.date(), part, form)


@app.command()
def skills(
    name: AnArea = None,
    of_company: OfCompany = None,
    track: OfTrack = None,
    rising: Annotated[bool, typer.Option("--rising", help="What rises or falls in the monthly threads.")] = False,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    since: Since = None,
    until: Until = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The tools and skills that postings name, by track; a company's beside those of others."""
    if rising and (name or of_company):
        raise typer.BadParameter("--rising is of everywhere: it goes with neither an area nor --company")
    with answering(home):
        if rising:
            show_rising(home, track, form)
            return
        scope = narrowed(asked_about(home, name, of_company), level, is_remote, since, until)
        show_skills(home, scope, track, form)
