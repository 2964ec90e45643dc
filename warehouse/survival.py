"""How long something lasts, where most of it still lasts: the product-limit estimate of Kaplan and Meier and its median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from warehouse.estimates import Z_TWO_SIDED, Floats

LEAST_AT_RISK = 5  # days on which fewer are at risk are passed over (Lai and Ying 1991, Ann. Stat. 19:417)


@dataclass(frozen=True)
class Curve:
    """The part that still lasts after each of some days, 0 to 1, with its 95 % limits."""

    days: Floats
    open: Floats
    low: Floats
    high: Floats

    def median_days(self) -> tuple[float, float, float]:
        """The day by which half have ended, and its 95 % limits; not a number where it has not come to that.

        The limits are where the limits of the curve reach one half (Brookmeyer and Crowley 1982, Biometrics 38:29).
        """
        middle, low, high = (self._first_day(part) for part in (self.open, self.low, self.high))
        return middle, low, high

    def _first_day(self, part: Floats) -> float:
        reached = self.days[part <= 0.5]
        return float(reached[0]) if len(reached) else float("nan")


def kaplan_meier(days: Floats, ended: Floats, at_risk: Floats) -> Curve:
    """The curve from how many ended on each day, in order, of how many that were at risk of it.

    Kaplan and Meier 1958, J. Am. Stat. Assoc. 53:457. What was first seen late is at risk from then on (Tsai, Jewell and Wang
    1987, Biometrika 74:883). The limits are of log-log form, with Greenwood's variance (Kalbfleisch and Prentice 1980).
    """
    told = at_risk >= LEAST_AT_RISK
    days, ended, at_risk = days[told], ended[told], at_risk[told]
    left = np.asarray(np.cumprod(1 - ended / at_risk), np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # where all have ended, nothing is left and nothing varies
        greenwood = np.cumsum(ended / (at_risk * (at_risk - ended)))
        reach = np.exp(Z_TWO_SIDED * np.sqrt(greenwood) / np.abs(np.log(left)))
        low, high = left**reach, left ** (1 / reach)
    return Curve(days, left, np.where(left > 0, low, 0.0), np.where(left > 0, high, np.nan))
