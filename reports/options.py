"""The options that questions have in common, and what they make of an area or a company."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from reports.cli import say
from reports.names import SeveralFitError, UnknownNameError
from reports.scope import WORLD, Level, Scope, area_scope, company_scope
from reports.track import track_called

DAY = ["%Y-%m-%d"]


def a_track(name: str) -> str:
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
OfTrack = Annotated[str | None, typer.Option("--track", parser=a_track, help="Only this track.", metavar="TRACK")]
OfCompany = Annotated[str | None, typer.Option("--company", help="A company instead of an area.")]
AnArea = Annotated[
    str | None,
    typer.Argument(metavar="[AREA]", help="A city, region, country or wider area, or: remote. Everywhere, if none."),
]


WithinKm = Annotated[
    float | None,
    typer.Option("--within", parser=_kilometres, metavar="KM", help="Reach around a city, such as 50km."),
]


def asked_about(home: Path, area: str | None, company: str | None, within_km: float | None = None) -> Scope:
    """What is asked about: one of them, or everywhere."""
    if area and company:
        raise typer.BadParameter("an area and --company do not go together")
    if company:
        return company_scope(home, company)
    return area_scope(home, area, within_km) if area else WORLD


def either(home: Path, name: str, within_km: float | None) -> Scope:
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
