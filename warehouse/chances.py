"""How likely one figure is larger than another, without NumPy, which an answer that is kept does without."""

from __future__ import annotations

from math import erf, sqrt


def chance_positive(figure: float, error: float) -> float:
    """The chance that a figure with this standard error is above 0, were it normal."""
    return (1 + erf(figure / max(error, 1e-12) / sqrt(2))) / 2


def chance_larger(share: float, other: float, worth: float, shift: float = 0.0, other_shift: float = 0.0) -> float:
    """The chance that the share of a track is larger than that of another track in the same cell."""
    spread, other_spread = share * (1 - share), other * (1 - other)
    variance = (spread + other_spread + 2 * share * other) / (worth + 1)
    variance += (shift * spread) ** 2 + (other_shift * other_spread) ** 2
    return chance_positive(share - other, sqrt(variance))
