"""The places no table keeps estimates of, as scopes, and their estimates: circles around cities, and wide areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reports.scope import metros
from warehouse.store import ask

Row = Mapping[str, Any]
WITHIN_KM = 50.0  # around a city that is not the centre of a metropolitan area


def circles(home: Path, by_every_name: bool = False) -> list[dict[str, Any]]:
    """The metropolitan areas as scopes, in the order of their names: each under its first name, or by every one."""
    rows = list(metros().values())
    if not by_every_name:
        rows = list({(row["city"], row["country"], row["within_km"]): row for row in reversed(rows)}.values())
    asked = {"metros": [row["metro"] for row in rows], "cities": [row["city"] for row in rows]}
    asked |= {"countries": [row["country"] for row in rows]}
    return ask(home, "site/circles", {**asked, "kilometres": [float(row["within_km"]) for row in rows]}).records()


def unkept(home: Path, metropolitan: Sequence[Row]) -> list[dict[str, Any]]:
    """These metropolitan areas, the wide areas, and what lies around each city that is the centre of none of them."""
    areas = [
        {"kind": "metro", "country": circle["scope"]["country"], "region": None, "city": None, "name": circle["metro"]}
        | {"scope": circle["scope"]}
        for circle in metropolitan
    ]
    centres = {(area["country"], area["scope"]["region"], area["scope"]["city"]) for area in areas}
    others = ask(home, "site/areas", {"within_km": WITHIN_KM}).records()
    return areas + [area for area in others if (area["country"], area["region"], area["city"]) not in centres]


def estimates(home: Path, scopes: Sequence[Row]) -> list[dict[str, Row]]:
    """The estimates of each of these scopes, by track, all asked at once."""
    from warehouse.cells import estimates_from  # with NumPy, which a question of the command line need not load

    rows = estimates_from(partial(ask, home), "site/cells", {"scopes": scopes})
    a_cell = len({row["track"] for row in rows})
    cells = [rows[at : at + a_cell] for at in range(0, a_cell * len(scopes), a_cell)]
    return [{row["track"]: row for row in cell} for cell in cells]
