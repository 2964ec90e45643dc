"""Holds SQL that somebody wrote to reading tables of the warehouse, where DuckDB's settings cannot.

A connection to a lake must be able to read the lake's files and to ask its catalog, and so might what is asked over it: COPY
could write over a file, and functions of the extensions ask other servers.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Final

from warehouse.declaring import views_and_macros
from warehouse.errors import QuestionError

# of the functions that answer rows, beside the macros here: the others read files, ask servers, or run words as SQL
_GENERATORS: Final = {"range", "generate_series", "unnest", "json_each", "json_tree", "repeat_row"}
_LISTS: Final = {
    "duckdb_tables",
    "duckdb_views",
    "duckdb_columns",
    "duckdb_functions",
    "duckdb_types",
    "duckdb_keywords",
}


def refuse_more(parsed: str) -> None:
    """Raises QuestionError for SQL that is more than SELECT of tables; given as DuckDB's json_serialize_sql has it."""
    question = json.loads(parsed)
    if question["error"] and question["error_type"] == "not implemented":
        raise QuestionError("a lake is asked by SELECT alone")
    if question["error"]:
        raise QuestionError(f"the warehouse cannot answer: {question['error_message']}")
    if others := sorted(_row_functions(question) - _GENERATORS - _LISTS - _macros()):
        raise QuestionError(f"{others[0]} reads more than the warehouse; a lake is asked for its own tables alone")


@cache
def _macros() -> set[str]:
    return set(re.findall(r"create or replace macro (\w+)", views_and_macros()))


def _row_functions(parsed: Any) -> set[str]:
    """The names of all functions that stand where a table could, in a part of a question."""
    if isinstance(parsed, list):
        return set().union(*map(_row_functions, parsed))
    if not isinstance(parsed, dict):
        return set()
    own = {parsed["function"]["function_name"].lower()} if parsed.get("type") == "TABLE_FUNCTION" else set()
    return own.union(*map(_row_functions, parsed.values()))
