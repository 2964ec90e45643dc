"""What an assistant may ask of the warehouse itself: SQL for reading, and what the tables mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from reports.assistants.said import MOST_ROWS, Said, said
from reports.dictionary import dictionary
from reports.mix import sample_mark
from reports.names import UnknownNameError
from reports.scope import WORLD, ask_basis
from reports.show import Told
from warehouse.answer import Answer
from warehouse.errors import StoreError
from warehouse.store import ask, reading


@contextmanager
def asked(home: Path) -> Iterator[None]:
    """All that is asked meanwhile is of one published copy; mistakes are told in one sentence."""
    try:
        with reading(home):
            yield
    except (StoreError, UnknownNameError) as error:
        raise ToolError(str(error)) from None


class WarehouseTools:
    """The tools, asking the published warehouse of a home folder."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def all(self) -> Sequence[Callable[..., Said]]:
        """Both of them."""
        return self.sql, self.describe

    def sql(
        self, question: Annotated[str, Field(description="SQL of DuckDB over the tables that describe lists.")]
    ) -> Said:
        """Ask the warehouse anything: for reading only, no file and no network, bounded in rows and seconds."""
        with asked(self._home):
            return self._of_everything("the answer to this SQL", ask(self._home, question, most=MOST_ROWS + 1))

    def describe(
        self, name: Annotated[str | None, Field(description="A table or macro; all by name, if none.")] = None
    ) -> Said:
        """The tables and what they mean, those to start with first, then the macros; of one table, every column."""
        with asked(self._home):
            tables, macros = dictionary(self._home, name, "tool describe without a name")
            if name is None:
                named = dict.fromkeys((*(row[:2] for row in tables.rows), *((row[0], row[4]) for row in macros.rows)))
                return self._of_everything("tables and macros", Answer(["name", "about"], list(named)))
            return self._of_everything(name, Answer(tables.columns, tables.rows + macros.rows))

    def _of_everything(self, about: str, answer: Answer) -> Said:
        """An answer that no scope narrows."""
        basis = ask_basis(self._home, WORLD)
        notes = [
            f"The whole warehouse: {basis['in_tracks']:,} of {basis['postings']:,} open postings of {basis['companies']:,} "
            f"companies are of the six tracks. Last seen {basis['seen_from']} to {basis['seen_to']}.",
            "What a column means, and how it is estimated, stands in its description: tool describe.",
        ]
        return said(self._home, Told(answer, f"{sample_mark(basis)}{about}", notes))
