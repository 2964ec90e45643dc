"""What a page is cited and checked by: the rows of the tables that its figures are, or the question that answers them."""

from __future__ import annotations

from dataclasses import dataclass

from reports.site.subject import Subject
from warehouse.questions import literal

PLACE = ("country", "region", "city")


@dataclass(frozen=True, slots=True)
class Rows:
    """The figures of a page: a table of the downloads and the SQL that answers with them; a command where no table keeps them."""

    table: str | None
    question: str


def rows_of(subject: Subject) -> Rows:
    """The rows of a place or a company."""
    basis = subject.basis
    if subject.kind == "company":
        return Rows("company_mix", f"from company_mix where company = {literal(basis['name'])}")
    if subject.kind in ("metro", "wide_area"):
        return Rows(None, f'trackmix area "{subject.called}"')
    where = [f"kind = {literal(subject.kind)}", "level = 'all'"]
    where += [f"{name} = {literal(basis[name])}" for name in PLACE if basis.get(name)]
    return Rows("estimates", f"from estimates where {' and '.join(where)}")
