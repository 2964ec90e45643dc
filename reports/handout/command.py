"""The command that writes a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reports.cli import DEFAULT_HOME, Home, answering, app, said_plainly
from reports.options import AnArea, IsRemote, OfCompany, OfLevel, WithinKm, asked_about
from reports.scope import narrowed
from reports.show import printable


@app.command()
def report(
    name: AnArea = None,
    out: Annotated[Path, typer.Option(help="The file to write: .html, .md or .pdf.")] = Path("report.html"),
    of_company: OfCompany = None,
    within_km: WithinKm = None,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    home: Home = DEFAULT_HOME,
) -> None:
    """Two pages about an area or a company, to print or to hand on."""
    from reports.handout.facts import handout  # with Jinja, which other answers need not load
    from reports.handout.write import HandoutError, write

    with answering(home), said_plainly(HandoutError):
        scope = narrowed(asked_about(home, name, of_company, within_km), level, is_remote, None, None)
        write(handout(home, scope), out)
    print(printable(f"{scope.called}: {out}"))
