"""What a chart is: its words, its rows, and the scale they are drawn on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.tracks import TITLES
from reports.show import written
from reports.site.subject import Row

LEAST = 3  # openings, stated pay, places or months from which on a drawing says more than words
MOST_TICKS = 5  # of an axis, beside its 0; of pay, whose words are longer, one less
LARGEST_DOT, LEAST_DOT = 16, 1.5  # pixels; a smaller one is not seen
LEVELS = ("early", "senior", "lead")
LEVEL_WORDS = {"all": "all levels", "unknown": "not said"}
COLUMNS = {  # how a table's head calls a column; a CSV calls it as the tables do
    "track": "Kind of work", "level": "Level", "place": "Place", "postings": "Openings", "companies": "Companies",
    "country_name": "Country",
    "share": "Share", "share_low": "19 in 20: from", "share_high": "19 in 20: to", "share_around": "Share around", "share_low_around": "19 in 20: from",
    "share_high_around": "19 in 20: to",
    "with_pay": "State pay", "pay_mid_usd": "Middle of the pay", "pay_mid_low_usd": "19 in 20: from",
    "pay_mid_high_usd": "19 in 20: to", "guide_low_usd": "The guide, from", "guide_high_usd": "The guide, to",
    "early": "Early", "senior": "Senior", "lead": "Lead", "unknown": "Not said", "week_on": "Week of", "open": "Open",
    "opened": "Opened", "closed": "Closed", "month_on": "Month", "of_postings": "Of",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from 0 to `most`, with a tick every `step`."""

    most: float
    step: float

    def at(self, value: float, start: float = 0, end: float = 100) -> float:
        """Where a value lies on an axis that begins and ends there, in per cent of the drawing."""
        return round(start + (end - start) * value / self.most, 1)

    @property
    def ticks(self) -> list[float]:
        """The values that the axis names."""
        return [self.step * number for number in range(round(self.most / self.step) + 1)]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `form` is the macro that draws it; the table has the `columns` of the `rows` that are drawn."""

    name: str
    form: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    scale: Scale
    mark: str = ""  # what the upright marks are

    def radius(self, number: float) -> float:
        """Of a dot whose area stands for a number, in pixels."""
        return round(max(LARGEST_DOT * math.sqrt(number / self.scale.most), LEAST_DOT), 1)

    def cells(self, row: Row) -> list[tuple[str, str | None]]:
        """The cells of a row of its table: the words, and the value where the words are not just that."""
        values = [(column, row[column]) for column in self.columns]
        exact = [f"{value:.7g}" if isinstance(value, float) else value for _, value in values]
        words = [told(column, value) for column, value in values]
        return [(said, None if str(value) == said else value) for said, value in zip(words, exact, strict=True)]

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The columns of its table, each with its name there and its name for people."""
        return [(column, COLUMNS[column]) for column in self.columns]


def told(column: str, value: Any) -> str:
    """A value of a chart's table as people read it."""
    if column == "track":
        return TITLES[value]
    if column == "level":
        return LEVEL_WORDS.get(str(value), str(value))
    return f"{value:%Y-%m}" if column == "month_on" else written(column, value)


def scale(most: float, whole: bool = False, ticks: int = MOST_TICKS) -> Scale:
    """The shortest axis with so many round ticks or fewer that holds this value; the ticks of counts are `whole`."""
    power = 10.0 ** math.floor(math.log10(most / ticks))
    steps = [power * ten * factor for ten in (1, 10) for factor in ((1, 2, 5) if whole else (1, 2, 2.5, 5))]
    step = next(step for step in steps if math.ceil(most / step - 1e-9) <= ticks and (step >= 1 or not whole))
    return Scale(step * math.ceil(most / step - 1e-9), step)


def listed(words: Sequence[str]) -> str:
    """Some words, as a sentence lists them."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
