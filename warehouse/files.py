"""Reads files outside the warehouse with SQL; beside the store the only module that opens DuckDB, in memory."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.errors import QuestionError, first_line


def read_rows(question: str, most: int) -> Iterator[list[dict[str, str | None]]]:
    """What SQL answers of files, every value as text and times in UTC, `most` rows at a time and no more in memory.

    Raises QuestionError where they cannot be read.
    """
    # one thread, as the store has it
    with duckdb.connect(config={"threads": 1}) as connection:
        try:
            connection.execute("set timezone = 'UTC'")
            found = connection.execute(question)
            names = [str(column[0]) for column in found.description or ()]
            while rows := found.fetchmany(most):
                yield [dict(zip(names, row, strict=True)) for row in rows]
        except duckdb.Error as error:
            raise QuestionError(first_line(error)) from None
