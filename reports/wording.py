"""How the figures of claims are told: their numbers by unit, what they are of, and what is wanted where one is missing."""

from __future__ import annotations

from classifiers.figures import (
    DoctorateShare,
    Figure,
    MedianPay,
    MixDifference,
    MonthlySwing,
    RegionReach,
    ThreadCompanies,
    Unit,
    Within,
)
from classifiers.tracks import TITLES
from reports.trend import READ_THREADS


def told(unit: Unit, value: float) -> str:
    """A figure of a unit."""
    if unit == "usd":
        return f"${value / 1000:,.0f}k"
    if unit == "points":
        return f"{100 * value:.0f} points"
    if unit == "companies":
        return f"{value:.1f} companies"
    return f"{value:.1%}" if 0 < value < 0.05 else f"{value:.0%}"


def border_told(unit: Unit, border: Within) -> str:
    """The numbers that a figure has to lie between."""
    low, high = (None if end is None else told(unit, end) for end in (border.low, border.high))
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"{low} to {high}"


def titles(tracks: tuple[str, ...]) -> str:
    """The tracks by their titles; of more than three, that they are the others."""
    if len(tracks) > 3:
        return "the other tracks together"
    return ", ".join(TITLES[track] for track in tracks) + (" together" if len(tracks) > 1 else "")


def about(figure: Figure) -> str:
    """What tells of a figure, such as openings with pay (ML research, early, US)."""
    match figure:
        case MedianPay():
            of = f"{titles(figure.tracks)}, {figure.level}, {figure.country}"
        case MixDifference():
            of = figure.company
        case RegionReach():
            of = f"with {figure.least_openings} openings of the six or more"
        case ThreadCompanies():
            of = str(figure.year)
        case MonthlySwing():
            return figure.counted
        case DoctorateShare(titled=str(titled)):
            of = f"{titles(figure.tracks)}, titled {titled}"
        case _:
            of = titles(figure.tracks)
    return f"{figure.counted} ({of})"


def compared_with(figure: Figure, rival: Figure) -> str:
    """The name of a figure beside the one it is compared with."""
    if isinstance(rival, ThreadCompanies):
        return str(rival.year)
    if isinstance(rival, DoctorateShare) and rival.titled and rival.tracks == figure.tracks:
        return f"titled {rival.titled}"
    return titles(rival.tracks)


def wanted(figure: Figure, months: int) -> str:
    """What has to be read before a figure can be told; so many months of threads have been."""
    match figure:
        case MonthlySwing():
            return f"{figure.least_months - months} more months of threads: {READ_THREADS}"
        case ThreadCompanies():
            return f"threads of {figure.year}: {READ_THREADS}"
        case _:
            return about(figure)
