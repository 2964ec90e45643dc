"""The track of every posting that this model has not judged yet."""

import dagster as dg

from pipeline.assets.postings import postings
from pipeline.resources import Result, StoreResource
from pipeline.stages.labelling import Batch, label
from pipeline.stages.processes import Processes
from pipeline.stages.teaching import model_file

BATCH = 1000  # postings a transaction
VERSION = "model_version varchar, shard integer, shards integer"


@dg.asset(group_name="market", deps=[postings], kinds={"scikitlearn", "duckdb"})
def labels(store: StoreResource, processes: dg.ResourceParam[Processes]) -> Result:
    """Labels new and changed postings, those first that were sifted; with a new model, all of them, and counts those that moved."""
    model, shard, labelled = store.model(), store.shard.params(), 0
    with store.open() as warehouse:
        moved: int = warehouse.ask("run/moved_by_sieve", shard).rows[0][0]
        version = {"model_version": model.version, **shard}
        warehouse.load("sifted_labels", {"incoming_model": (VERSION, [version])})
        unlabelled = warehouse.stream("run/unlabelled", version, BATCH)
        batches = (Batch(model_file(store.path), model.version, postings) for postings in unlabelled)
        for done in processes.map(label, batches):
            warehouse.load("labels", {"incoming_labels": ("labels", done.rows)})
            labelled += len(done.rows)
            moved += done.moved
        warehouse.replace("models", [model.row()])
        shares = warehouse.ask("run/label_shares").records()
    table = "\n".join(f"| {row['label']} | {row['postings']} | {row['share_of_all']:.1%} |" for row in shares)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(row["postings"] for row in shares),
            "labelled": labelled,
            "moved": moved,
            "model": model.version,
            "tracks": dg.MetadataValue.md(f"| track | postings | share of postings |\n| --- | --: | --: |\n{table}"),
        }
    )
