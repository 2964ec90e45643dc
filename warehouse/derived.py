"""The derived tables, in parts: each is filled anew where what it is made from has changed, and stays as it is otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import cells, skill_pay, skills, through_time
from warehouse.cells import Ask
from warehouse.priors import Row

if TYPE_CHECKING:
    from warehouse.store import Store

HERE = Path(__file__).parent
AREA_CHANGE = ("area_kind", "country", "region", *through_time.CHANGE)
AREA_SKILLS = ("area_kind", "country", *skills.SHARES)
MARKET = "market"  # the digest of all that is counted: with it, the whole of the derived tables and pages stays


@dataclass(frozen=True, slots=True)
class Part:
    """Tables that change together: `inputs` is the query in `queries/inputs` that answers a digest of what they are made from.

    `estimated` makes the rows of some of them; `selected` are filled by the SELECT of their name in `tables/`.
    """

    inputs: str
    estimated: Callable[[Ask], Mapping[str, list[Row]]]
    selected: tuple[str, ...]


def _of_open_jobs(ask: Ask) -> dict[str, list[Row]]:
    of_cells = cells.estimated(ask)
    return {
        **of_cells,
        "skill_demand": skills.shares(ask, "estimates/skill_demand", columns=AREA_SKILLS).records(),
        "company_skills": skills.beside_others(ask, "estimates/company_skills").records(),
        "skill_pay": skill_pay.worth_of_skills(ask, of_cells["priors"]).records(),
    }


def _of_days(ask: Ask) -> dict[str, list[Row]]:
    return {
        "demand_by_month": through_time.months(ask, "from months_in(scope_of('world'))").records(),
        "demand_change": through_time.changes(ask, "estimates/changes", columns=AREA_CHANGE).records(),
        "time_open": through_time.open_times(ask, "from open_time_in(scope_of('world')) order by track").records(),
        "skill_change": skills.changes(ask).records(),
    }


PARTS = (
    Part("open_jobs", _of_open_jobs, ("company_mix", "demand_by_region", "pay_by_region")),
    Part(MARKET, _of_days, ("openings", "opening_places", "cell_openings", "basis", "demand_by_week")),
)


@cache
def rules() -> str:
    """A digest of the SQL and the code that make these tables."""
    files = sorted(file for file in HERE.rglob("*") if file.suffix in (".py", ".sql"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def build(store: Store) -> dict[str, int]:
    """Bring every derived table up to date with the base tables; answers the number of rows of those that were filled."""
    made_from = dict(store.ask("from made_from").rows)
    if made_from.get("rules") != rules():
        made_from = {}
    digests, counts = {"rules": rules()}, dict[str, int]()
    for part in PARTS:
        digests[part.inputs] = str(store.ask(f"inputs/{part.inputs}").rows[0][0])
        if made_from.get(part.inputs) != digests[part.inputs]:
            counts |= _filled(store, part)
    if made_from != digests:
        store.replace("made_from", [{"part": part, "digest": digest} for part, digest in digests.items()])  # last
    return counts


def _filled(store: Store, part: Part) -> dict[str, int]:
    counts = {}
    for table, rows in part.estimated(store.ask).items():
        store.replace(table, rows)
        counts[table] = len(rows)
    for table in part.selected:
        select = (HERE / "tables" / f"{table}.sql").read_text("utf-8")
        store.ask(f"delete from {table}; insert into {table} by name {select}")
        counts[table] = int(store.ask(f"select count(*) from {table}").rows[0][0])
    return counts
