"""What a build learns and every estimate starts from, as the rows of table `priors`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from warehouse.estimates import LabelShift
from warehouse.pay import PayModel

Row = dict[str, Any]
MEANINGS = {
    "dispersal": "How far the shares of cells lie from those of what they lie in, by step, 0 (the same) to 1: 1 / (1 + concentration)",
    "label_shift": "Standard error of a track's share by wrong labels, on the logit scale, in markets the model never saw",
    "company_label_shift": "The same in one company, beside that",
    "pay": "Logarithm of the median pay for a track at its usual levels in a usual place, US dollars a year",
    "pay_error": "Standard error of that, against the other tracks",
    "pay_level": "How far log pay at a level lies from that at the track's usual levels",
    "pay_price_elasticity": "How much of a country's prices, as a logarithm, is in its pay",
    "pay_spread": "Standard deviation of effects on log pay: of places, companies, tracks within a cell, postings of a company",
}


@dataclass(frozen=True)
class Priors:
    """What a build has learnt and every estimate starts from; by the tracks and levels in their order."""

    dispersals: Mapping[str, float]
    labels: LabelShift
    pay: PayModel

    def rows(self, tracks: Sequence[str], levels: Sequence[str]) -> list[Row]:
        """As rows of table `priors`."""
        by_level = {
            f"{track} {level}": self.pay.level[i, j] for i, track in enumerate(tracks) for j, level in enumerate(levels)
        }
        values: dict[str, Mapping[str, float]] = {
            "dispersal": self.dispersals,
            "label_shift": dict.fromkeys(tracks, self.labels.market),
            "company_label_shift": dict.fromkeys(tracks, self.labels.company),
            "pay": dict(zip(tracks, self.pay.track, strict=True)),
            "pay_error": dict(zip(tracks, self.pay.track_error, strict=True)),
            "pay_level": by_level,
            "pay_price_elasticity": {"country": self.pay.price_elasticity},
            "pay_spread": self.pay.spreads,
        }
        return [
            {"parameter": name, "of_what": of, "value": known(value), "meaning": MEANINGS[name]}
            for name, by_name in values.items()
            for of, value in by_name.items()
        ]

    @classmethod
    def of(cls, rows: Sequence[Row], tracks: Sequence[str], levels: Sequence[str]) -> Priors:
        """From the rows of table `priors`."""
        values: dict[str, dict[str, float]] = defaultdict(dict)
        for row in rows:
            values[row["parameter"]][row["of_what"]] = np.nan if row["value"] is None else row["value"]
        of_track = {name: np.array([values[name].get(track, 0.0) for track in tracks]) for name in MEANINGS}
        level = np.array([[values["pay_level"][f"{track} {level}"] for level in levels] for track in tracks])
        price_elasticity = values["pay_price_elasticity"]["country"]
        pay = PayModel(of_track["pay"], of_track["pay_error"], level, price_elasticity, values["pay_spread"])
        labels = LabelShift(values["label_shift"][tracks[0]], values["company_label_shift"][tracks[0]])
        return cls(values["dispersal"], labels, pay)


def known(value: float) -> float | None:
    """A figure, or None where there is none."""
    return float(value) if np.isfinite(value) else None
