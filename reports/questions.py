"""The first questions: what is hired for in an area, of a track, and the openings themselves; a company's are in `pipeline`."""

from __future__ import annotations

from typing import Annotated

import typer

from reports.cli import DEFAULT_HOME, Form, Home, answering, app
from reports.mix import show_mix
from reports.openings import Sort, Wanted, show_first, show_openings
from reports.options import (
    AnArea,
    InPpp,
    IsRemote,
    OfCompany,
    OfLevel,
    OfTrack,
    Since,
    Until,
    WithinKm,
    a_track,
    asked_about,
    either,
)
from reports.scope import area_scope, narrowed
from reports.show import Format
from reports.track import Part, show_track

MOST = 10**9  # of openings, or of US dollars a year


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
    name: Annotated[str, typer.Argument(parser=a_track, metavar="TRACK", help="One of the six.")],
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
        scope = either(home, name, within_km) if name and not of_company else asked_about(home, name, of_company)
        wanted = Wanted(track, pay_from, tuple((text or "").split()), sort, has_visa, years_up_to, language)
        show_openings(home, narrowed(scope, level, is_remote, since, until), wanted, limit, form)
