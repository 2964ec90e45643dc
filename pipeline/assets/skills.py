"""The skills that postings of the six tracks name."""

from typing import Any

import dagster as dg

from classifiers.skills import skills as list_of_skills
from classifiers.skills import skills_version
from pipeline.assets.duplicates import COMPANIES, duplicates
from pipeline.assets.labels import labels
from pipeline.resources import Result, StoreResource
from pipeline.stages.processes import Processes
from pipeline.stages.skills import Batch, read
from warehouse.store import Store

BATCH = 1000  # postings a transaction


@dg.asset(group_name="market", deps=[labels, duplicates], kinds={"duckdb"})
def skills(store: StoreResource, processes: dg.ResourceParam[Processes]) -> Result:
    """Reads new and changed postings of the six tracks, of companies that changed; with a new list, all of them."""
    version, count = skills_version(), 0
    with store.open() as warehouse:
        warehouse.replace("skills", [{"skill": skill.name, "field": skill.field} for skill in list_of_skills()])
        if changed := warehouse.ask("run/unread_companies", {"skills_version": version}).records():
            count = _read(warehouse, processes, version, changed)
        processes.end()  # no later stage has work for them
        total = warehouse.ask("select count(*) from posting_skills").rows[0][0]
    return dg.MaterializeResult(metadata={"dagster/row_count": total, "read": count, "list": version})


def _read(warehouse: Store, processes: Processes, version: str, companies: list[dict[str, Any]]) -> int:
    """Read what is new or changed of these companies; answers how many postings that was."""
    count, incoming = 0, {"incoming_companies": (COMPANIES, companies)}
    asked = {"skills_version": version, "companies": [row["company"] for row in companies]}
    warehouse.load("company_lines", incoming)
    unread = warehouse.stream("run/unread_skills", asked, BATCH)
    for done in processes.map(read, (Batch(version, postings) for postings in unread)):
        staged = {
            "incoming_readings": ("skill_readings", done.readings),
            "incoming_skills": ("posting_skills", done.skills),
        }
        warehouse.load("skills", staged)
        count += len(done.readings)
    warehouse.load("read_companies", incoming)
    return count
