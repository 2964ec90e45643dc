"""What there is to ask: every table with its columns, and the macros with their parameters."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from reports.names import UnknownNameError
from reports.show import Format, show
from warehouse.answer import Answer
from warehouse.store import ask


def show_dictionary(home: Path, name: str | None, form: Format) -> None:
    """Print all tables and macros, or the one of that name. Raises UnknownNameError."""
    tables, macros = dictionary(home, name)
    if form is not Format.table:
        show(Answer(tables.columns, tables.rows + macros.rows), form, "")
        return
    for (table, about), rows in groupby(tables.rows, itemgetter(0, 1)):
        show(
            Answer(["column", "type", "meaning"], [row[2:] for row in rows]),
            form,
            f"{table}: {about}",
            is_verbatim=True,
        )
    if macros.rows:
        told = [(f"{row[0]}({row[2]})", row[3], row[4]) for row in macros.rows]
        title = "macros: a table macro stands where a table does, as in: from months_in(scope_of('world'))"
        show(Answer(["macro", "kind", "meaning"], told), form, title, is_verbatim=True)


def dictionary(home: Path, name: str | None, all_by: str = "trackmix tables") -> tuple[Answer, Answer]:
    """The columns of all tables, and the macros; or those of that name.

    Raises UnknownNameError, which says that `all_by` tells the names.
    """
    tables, macros = ask(home, "questions/dictionary"), ask(home, "questions/macros")
    if name is None:
        return tables, macros
    called = name.strip().casefold().partition("(")[0]
    names = [row[0] for row in tables.rows + macros.rows]
    if called not in names:
        near = get_close_matches(called, names, n=3)
        nearest = f"the nearest: {', '.join(dict.fromkeys(near))}; " if near else ""
        raise UnknownNameError(f"no table or macro is called {name!r}; {nearest}all of them: {all_by}")
    return _only(tables, called), _only(macros, called)


def _only(answer: Answer, name: Any) -> Answer:
    return Answer(answer.columns, [row for row in answer.rows if row[0] == name])
