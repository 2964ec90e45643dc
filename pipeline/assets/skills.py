"""The skills that postings of the six tracks name."""

from typing import Any

import dagster as dg

from classifiers.skills import skills as list_of_skills
from classifiers.skills import skills_named, skills_version
from pipeline.assets.duplicates import COMPANIES, duplicates
from pipeline.assets.labels import labels
from pipeline.resources import Result, StoreResource
from warehouse.store import Store

BATCH = 5000  # postings a transaction


@dg.asset(group_name="market", deps=[labels, duplicates], kinds={"duckdb"})
def skills(store: StoreResource) -> Result:
    """Reads new and changed postings of the six tracks, of companies that changed; with a new list, all of them."""
    version, read = skills_version(), 0
    with store.open() as warehouse:
        warehouse.replace("skills", [{"skill": skill.name, "field": skill.field} for skill in list_of_skills()])
        if changed := warehouse.ask("run/unread_companies", {"skills_version": version}).records():
            read = _read(warehouse, version, changed)
        total = warehouse.ask("select count(*) from posting_skills").rows[0][0]
    return dg.MaterializeResult(metadata={"dagster/row_count": total, "read": read, "list": version})


def _read(warehouse: Store, version: str, companies: list[dict[str, Any]]) -> int:
    """Read what is new or changed of these companies; answers how many postings that was."""
    read, incoming = 0, {"incoming_companies": (COMPANIES, companies)}
    asked = {"skills_version": version, "most": BATCH, "companies": [row["company"] for row in companies]}
    warehouse.load("company_lines", incoming)
    while batch := warehouse.ask("run/unread_skills", asked).records():
        warehouse.load("skills", _staged(version, batch))
        read += len(batch)
    warehouse.load("read_companies", incoming)
    return read


def _staged(version: str, batch: list[dict[str, Any]]) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """The rows that `load/skills.sql` expects."""
    readings = [
        {"posting_id": row["posting_id"], "skills_version": version, "input_sha256": row["input_sha256"]}
        for row in batch
    ]
    found = [
        {"posting_id": row["posting_id"], "skill": skill}
        for row in batch
        for skill in skills_named(row["words"], row["company"])
    ]
    return {"incoming_readings": ("skill_readings", readings), "incoming_skills": ("posting_skills", found)}
