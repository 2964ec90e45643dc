"""`trackmix train`: learns from the labels that a user gave."""

from __future__ import annotations

from reports.cli import DEFAULT_HOME, Home, app, said_plainly
from warehouse.errors import StoreError


@app.command()
def train(home: Home = DEFAULT_HOME) -> None:
    """Train again with the labels you gave (`trackmix label --review N`); the next run labels everything anew."""
    from pipeline.stages.teaching import LabelsError, retrain

    with said_plainly(StoreError, LabelsError, OSError):
        model, used = retrain(home)
    print(f"trained model {model.version} with {used} of your labels; label everything with it: trackmix run")
