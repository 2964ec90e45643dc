"""The warehouse: DuckDB tables that a run loads and builds, and everybody else asks.

For notebooks, one line is an answer as a pandas frame:

    import warehouse
    warehouse.frame("from demand_by_region where country = 'DE'")
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.errors import StoreError
from warehouse.store import ask

if TYPE_CHECKING:
    import pandas

__all__ = ["StoreError", "frame"]


def frame(
    question: str, params: Mapping[str, Any] | None = None, home: str | os.PathLike[str] | None = None
) -> pandas.DataFrame:
    """The answer to a question as a frame: SQL, the name of a table, or of a file in `warehouse/queries` ("questions/mix").

    `params` are the named parameters of such a file. The published warehouse of `home` is asked: the folder given
    to `trackmix run --home`, else TRACKMIX_HOME, else the usual one. Raises StoreError.
    """
    import pandas
    from platformdirs import user_data_path

    folder = Path(home or os.environ.get("TRACKMIX_HOME") or user_data_path("trackmix")).expanduser()
    answer = ask(folder, question, params)
    return pandas.DataFrame(answer.rows, columns=answer.columns)
