"""The track of every posting that this model has not judged yet."""

from typing import Any

import dagster as dg

from classifiers.model import Label, Model
from pipeline.assets.postings import postings
from pipeline.resources import Result, StoreResource
from warehouse.store import Store

BATCH = 1000  # postings a transaction


@dg.asset(group_name="market", deps=[postings], kinds={"scikitlearn", "duckdb"})
def labels(store: StoreResource) -> Result:
    """Labels new and changed postings; with a new model, all of them, and counts those that moved."""
    model, labelled, moved = store.model(), 0, 0
    with store.open() as warehouse:
        while batch := _unlabelled(warehouse, model.version):
            found = model.label([row["title"] for row in batch], [row["text"] for row in batch])
            warehouse.load("labels", _staged(model, batch, found))
            labelled += len(batch)
            before = [row["track_before"] for row in batch]
            moved += sum(was not in (None, now.track) for was, now in zip(before, found, strict=True))
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


def _unlabelled(warehouse: Store, model_version: str) -> list[dict[str, Any]]:
    return warehouse.ask("run/unlabelled", {"model_version": model_version, "most": BATCH}).records()


def _staged(
    model: Model, batch: list[dict[str, Any]], found: list[Label]
) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """The rows that `load/labels.sql` expects."""
    labelled = [
        {
            "posting_id": row["posting_id"],
            "track": label.track,
            "probability": label.probability,
            "probabilities": list(label.probabilities),
            "second": label.second,
            "is_sure": label.is_sure,
            "terms": ", ".join(label.terms),
            "unknown_words": model.text.vocabulary.unknown([row["text"]]),
            "model_version": model.version,
            "input_sha256": row["input_sha256"],
        }
        for row, label in zip(batch, found, strict=True)
    ]
    return {"incoming_labels": ("labels", labelled)}
