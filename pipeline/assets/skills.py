"""The skills that postings of the six tracks name."""

import dagster as dg

from classifiers.skills import skills as list_of_skills
from classifiers.skills import skills_version
from pipeline.assets.duplicates import duplicates
from pipeline.assets.labels import labels
from pipeline.resources import Result, StoreResource
from pipeline.stages.processes import Processes
from pipeline.stages.skills import Batch, read

BATCH = 1000  # postings a transaction


@dg.asset(group_name="market", deps=[labels, duplicates], kinds={"duckdb"})
def skills(store: StoreResource) -> Result:
    """Reads new and changed postings of the six tracks; with a new list, all of them."""
    version, count = skills_version(), 0
    with store.open() as warehouse, Processes() as processes:
        warehouse.replace("skills", [{"skill": skill.name, "field": skill.field} for skill in list_of_skills()])
        warehouse.load("company_lines", {})
        unread = warehouse.stream("run/unread_skills", {"skills_version": version}, BATCH)
        for done in processes.map(read, (Batch(version, postings) for postings in unread)):
            staged = {
                "incoming_readings": ("skill_readings", done.readings),
                "incoming_skills": ("posting_skills", done.skills),
            }
            warehouse.load("skills", staged)
            count += len(done.readings)
        total = warehouse.ask("select count(*) from posting_skills").rows[0][0]
    return dg.MaterializeResult(metadata={"dagster/row_count": total, "read": count, "list": version})
