"""The derived tables whose figures are estimates; the others are one SELECT each, in `tables/`."""

from __future__ import annotations

from warehouse import cells, skill_pay, skills, through_time
from warehouse.cells import Ask
from warehouse.priors import Row

AREA_CHANGE = ("area_kind", "country", "region", *through_time.CHANGE)
AREA_SKILLS = ("area_kind", "country", *skills.SHARES)


def estimated(ask: Ask) -> dict[str, list[Row]]:
    """The rows of each such table, from what is loaded."""
    of_cells = cells.estimated(ask)
    return {
        **of_cells,
        "demand_by_month": through_time.months(ask, "from months_in(scope_of('world'))").records(),
        "demand_change": through_time.changes(ask, "estimates/changes", columns=AREA_CHANGE).records(),
        "time_open": through_time.open_times(ask, "from open_time_in(scope_of('world')) order by track").records(),
        "skill_demand": skills.shares(ask, "estimates/skill_demand", columns=AREA_SKILLS).records(),
        "company_skills": skills.beside_others(ask, "estimates/company_skills").records(),
        "skill_change": skills.changes(ask).records(),
        "skill_pay": skill_pay.worth_of_skills(ask, of_cells["priors"]).records(),
    }
