"""What SQL counts for the figures of claims, as arrays; each question is asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from classifiers.figures import SIX, DoctorateShare, EmployerShare, HubShare, LevelShare, SkillShare
from reports.scope import Scope
from warehouse.cells import Ask, estimates_of
from warehouse.estimates import Floats

Row = dict[str, Any]
PartShare = LevelShare | SkillShare | DoctorateShare | EmployerShare | HubShare
DOCTORATE = "Doctorate"  # its name in skills.csv


class Counted:
    """The counts of one warehouse, which `ask` asks."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._rows: dict[str, list[Row]] = {}

    def rows(self, question: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a question."""
        asked = f"{question} {params}"
        if asked not in self._rows:
            self._rows[asked] = self._ask(question, params).records()
        return self._rows[asked]

    def estimates(self, scope: Scope) -> list[Row]:
        """The estimates of a scope, a row a track in their order."""
        asked = repr(scope)
        if asked not in self._rows:
            self._rows[asked] = estimates_of(self._ask, scope.params()["scope"])
        return self._rows[asked]

    def label_shift(self) -> Floats:
        """The standard error of each track's share by wrong labels, on the logit scale."""
        shift = {row["of_what"]: row["value"] for row in self.rows("from priors where parameter = 'label_shift'")}
        return np.array([shift[track] for track in SIX])

    def parts(self, figure: PartShare) -> list[Row]:
        """A row for each track of each company: postings of which it is so, of how many."""
        match figure:
            case LevelShare():
                return self.rows("claims/levels", {"level": figure.level})
            case SkillShare():
                return self.rows("claims/skills", {"skills": figure.skills, "titled": None})
            case DoctorateShare():
                return self.rows("claims/skills", {"skills": (DOCTORATE,), "titled": figure.titled})
            case EmployerShare():
                return self.rows("claims/employers", {"tags": figure.tags})
            case HubShare():
                return self.rows("claims/hubs", {"hubs": [asdict(hub) for hub in figure.hubs]})

    def threads(self, year: int | None = None) -> Floats:
        """The companies that hire for each track in each monthly thread (months, tracks); of a year, if one is given."""
        rows = [row for row in self.rows("claims/months") if year in (None, row["month_on"].year)]
        return table(rows, ("month_on",), "companies")

    def at_companies(self, but: str) -> Floats:
        """The openings of all companies but one (companies, tracks)."""
        return table([row for row in self.rows("claims/companies") if row["company"] != but], ("company",), "postings")

    def in_regions(self) -> Floats:
        """The openings in each region (regions, tracks); one in several counts in each."""
        return table(self.rows("claims/regions"), ("country", "region"), "postings")

    def placed(self) -> Floats:
        """The openings of each track, company and region (tracks, companies, regions); one in several is parted among them."""
        rows = self.rows("claims/regions")
        company, region = _numbers(rows, ("company",)), _numbers(rows, ("country", "region"))
        found = np.zeros((len(SIX), len(set(company)), len(set(region))))
        np.add.at(found, (_numbers_of_tracks(rows), company, region), column(rows, "parts"))
        return found


def table(rows: Sequence[Row], base: tuple[str, ...], count: str) -> Floats:
    """A count by what the base columns say (rows, in their order) and by track (columns)."""
    numbers = _numbers(rows, base)
    found = np.zeros((len(set(numbers)), len(SIX)))
    np.add.at(found, (numbers, _numbers_of_tracks(rows)), column(rows, count))
    return found


def column(rows: Sequence[Row], name: str) -> Floats:
    """A column of rows."""
    return np.array([row[name] for row in rows], float)


def _numbers(rows: Sequence[Row], base: tuple[str, ...]) -> list[int]:
    keys = [tuple(row[name] for name in base) for row in rows]
    place = {key: number for number, key in enumerate(sorted(set(keys)))}
    return [place[key] for key in keys]


def _numbers_of_tracks(rows: Sequence[Row]) -> list[int]:
    return [SIX.index(row["track"]) for row in rows]
