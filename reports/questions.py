"""The questions about an area, a company or a track: what is hired for, at what pay, how it compares and how it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from reports.changes import Part as ChangePart
from reports.changes import show_changes
from reports.cli import DEFAULT_HOME, Form, Home, answering, app, say
from reports.compare import show_compare
from reports.mix import show_mix
from reports.names import SeveralFitError, UnknownNameError
from reports.openings import Sort, Wanted, show_first, show_openings
from reports.scope import WORLD, Level, Scope, area_scope, company_scope, narrowed
from reports.show import Format
from reports.skills import show_rising, show_skills
from reports.track import Part, show_track, track_called
from reports.trend import View, show_trend

DAY = ["%Y-%m-%d"]
MOST = 10**9  # of openings, or of US dollars a year


def _track(name: str) -> str:
    """The name of a track, as an argument or option has it."""
    try:
        return track_called(name)
    except SeveralFitError as error:
        say(error)
        raise typer.Exit(2) from None
    except UnknownNameError as error:
        raise typer.BadParameter(str(error)) from None


def _kilometres(within: str) -> float:
    """Kilometres of `50km` or `50`."""
    try:
        kilometres = float(within.lower().removesuffix("km"))
    except ValueError:
        raise typer.BadParameter(f"{within!r} is not a distance such as 50km") from None
    if not 0 < kilometres < 20_100:
        raise typer.BadParameter("the distance must lie between 0 and 20,000 km")
    return kilometres


InPpp = Annotated[bool, typer.Option("--ppp", help="Pay in international dollars: by what it buys where it is paid.")]
OfLevel = Annotated[Level | None, typer.Option(help="Only postings of this level.")]
IsRemote = Annotated[bool, typer.Option("--remote", help="Only jobs that can be done remotely.")]
Since = Annotated[datetime | None, typer.Option(formats=DAY, help="Only what was published on this day or later.")]
Until = Annotated[datetime | None, typer.Option(formats=DAY, help="Only what was published on this day or before.")]
OfTrack = Annotated[str | None, typer.Option("--track", parser=_track, help="Only this track.", metavar="TRACK")]
OfCompany = Annotated[str | None, typer.Option("--company", help="A company instead of an area.")]
AnArea = Annotated[
    str | None,
    typer.Argument(metavar="[AREA]", help="A city, region, country or wider area, or: remote. Everywhere, if none."),
]


WithinKm = Annotated[
    float | None,
    typer.Option("--within", parser=_kilometres, metavar="KM", help="Reach around a city, such as 50km."),
]


@app.command()
def area(
    name: Annotated[str, typer.Argument(help="A city, region, country or wider area (EMEA), or: remote.")],
    within_km: WithinKm = None,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    since: Since = None,
    until: Until = None,
    in_ppp: InPpp = False,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The tracks hired for in an area."""
    with answering(home):
        scope = narrowed(area_scope(home, name, within_km), level, is_remote, since, until)
        show_mix(home, scope, form, in_ppp)
        if form is Format.table:
            show_first(home, scope, None, [name, *(["--within", f"{within_km:g}"] if within_km else [])])


@app.command()
def track(
    name: Annotated[str, typer.Argument(parser=_track, metavar="TRACK", help="One of the six.")],
    area: AnArea = None,
    part: Annotated[Part | None, typer.Option("--of", help="What to tell; all of it in a table.")] = None,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    since: Since = None,
    until: Until = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """One track: its levels and their pay, where it is hired for, and who hires."""
    with answering(home):
        scope = narrowed(asked_about(home, area, None), level, is_remote, since, until)
        show_track(home, name, scope, part, form)
        if form is Format.table:
            show_first(home, scope, name, [area] if area else [])


@app.command()
def openings(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[AREA|COMPANY]", help="An area, else a company. Everywhere, if none is named."),
    ] = None,
    of_company: OfCompany = None,
    within_km: WithinKm = None,
    track: OfTrack = None,
    pay_from: Annotated[
        int | None, typer.Option(min=0, max=MOST, help="Only those whose stated pay reaches so many US dollars a year.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Only those with a word that begins so in title or text, for each."),
    ] = None,
    has_visa: Annotated[bool, typer.Option("--visa", help="Only those that say that they sponsor a visa.")] = False,
    years_up_to: Annotated[
        int | None, typer.Option(min=0, max=50, help="Only those that ask for no more years.")
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Only those written in it: en, de.")] = None,
    sort: Annotated[Sort, typer.Option(help="Which come first.")] = Sort.newest,
    limit: Annotated[
        int | None, typer.Option(min=0, max=MOST, help="How many; 0 for all. [default: 50 in a table, else all]")
    ] = None,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    since: Since = None,
    until: Until = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The openings themselves, which every other answer counts: title, place, pay, track, and the link."""
    with answering(home):
        scope = _either(home, name, within_km) if name and not of_company else asked_about(home, name, of_company)
        wanted = Wanted(track, pay_from, tuple((text or "").split()), sort, has_visa, years_up_to, language)
        show_openings(home, narrowed(scope, level, is_remote, since, until), wanted, limit, form)


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
    part: Annotated[ChangePart | None, typer.Option("--of", help="What to tell; all of it in a table.")] = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """What changed: openings that appeared, closed or changed their pay, moves of the mix, new companies."""
    with answering(home):
        scope = _either(home, name, None) if name and not of_company else asked_about(home, name, of_company)
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


def asked_about(home: Path, area: str | None, company: str | None, within_km: float | None = None) -> Scope:
    """What is asked about: one of them, or everywhere."""
    if area and company:
        raise typer.BadParameter("an area and --company do not go together")
    if company:
        return company_scope(home, company)
    return area_scope(home, area, within_km) if area else WORLD


def _either(home: Path, name: str, within_km: float | None) -> Scope:
    """The area of that name, else the company; of an area, `others` has the company that is called the same too."""
    try:
        company = company_scope(home, name)
    except UnknownNameError as no_company:
        try:
            return area_scope(home, name, within_km)
        except UnknownNameError as no_area:
            raise UnknownNameError(f"{no_area}; {no_company}") from None
    try:
        scope = area_scope(home, name, within_km)
    except UnknownNameError:
        return company
    return replace(scope, others=(f"{company.name} (company, --company)", *scope.others))
