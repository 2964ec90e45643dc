"""The figures that claims are about: what is measured of some tracks' openings, and what it is held against.

A figure is a value, not a measurement: `reports` measures it. `tracks` are the tracks whose openings are taken
together. `unit` is that of the measured figure, `counted` the openings that tell of it, so that a claim that is left
open can say what it wants more of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from classifiers.tracks import TRACKS

SIX = tuple(track.name for track in TRACKS)
Unit = Literal["share", "points", "usd", "chance", "swing", "companies"]
Level = Literal["early", "senior"]


@dataclass(frozen=True, slots=True)
class OpeningsShare:
    """The part that the tracks have of all openings of the six, 0 to 1."""

    tracks: tuple[str, ...]
    unit: ClassVar[Unit] = "share"
    counted: ClassVar[str] = "openings"


@dataclass(frozen=True, slots=True)
class LevelShare:
    """The part that a level has of the tracks' openings whose level is told, 0 to 1."""

    tracks: tuple[str, ...]
    level: Level
    unit: ClassVar[Unit] = "share"
    counted: ClassVar[str] = "openings whose level is told"


@dataclass(frozen=True, slots=True)
class SkillShare:
    """The part of the tracks' openings that name one of the skills or more, names in `skills.csv`, 0 to 1."""

    tracks: tuple[str, ...]
    skills: tuple[str, ...]
    unit: ClassVar[Unit] = "share"
    counted: ClassVar[str] = "openings whose text is read"


@dataclass(frozen=True, slots=True)
class DoctorateShare:
    """The part of the tracks' openings that name a doctorate, 0 to 1; of those with the word in their title, if any."""

    tracks: tuple[str, ...]
    titled: str | None = None
    unit: ClassVar[Unit] = "share"
    counted: ClassVar[str] = "openings whose text is read"


@dataclass(frozen=True, slots=True)
class EmployerShare:
    """The part of the tracks' openings at companies that the registry of boards tags as one of these, 0 to 1."""

    tracks: tuple[str, ...]
    tags: tuple[str, ...]
    unit: ClassVar[Unit] = "share"
    counted: ClassVar[str] = "openings of companies with a tag"


@dataclass(frozen=True, slots=True)
class Hub:
    """A country, or a city in it with all that lies around it, in kilometres."""

    country: str
    city: str | None = None
    within_km: float = 0


@dataclass(frozen=True, slots=True)
class HubShare:
    """The part of the tracks' openings that name a place which have one in a hub, 0 to 1."""

    tracks: tuple[str, ...]
    hubs: tuple[Hub, ...]
    unit: ClassVar[Unit] = "share"
    counted: ClassVar[str] = "openings that name a place"


@dataclass(frozen=True, slots=True)
class RegionReach:
    """The part of the first-level regions with so many openings of the six that have one of the tracks, 0 to 1."""

    tracks: tuple[str, ...]
    least_openings: int
    unit: ClassVar[Unit] = "share"
    counted: ClassVar[str] = "regions"


@dataclass(frozen=True, slots=True)
class Meeting:
    """The chance that two openings of the tracks, of different companies, are in the same first-level region."""

    tracks: tuple[str, ...]
    unit: ClassVar[Unit] = "chance"
    counted: ClassVar[str] = "openings that name a region"


@dataclass(frozen=True, slots=True)
class MedianPay:
    """The median of yearly base pay, the middle of what is stated, in US dollars."""

    tracks: tuple[str, ...]
    level: Level
    country: str
    unit: ClassVar[Unit] = "usd"
    counted: ClassVar[str] = "openings with pay"


@dataclass(frozen=True, slots=True)
class MonthlySwing:
    """How far the tracks' part of the companies in monthly threads swings beyond chance, as a part of its mean."""

    tracks: tuple[str, ...]
    least_months: int
    unit: ClassVar[Unit] = "swing"
    counted: ClassVar[str] = "months of threads"


@dataclass(frozen=True, slots=True)
class ThreadCompanies:
    """The companies that hire for the tracks in a monthly thread, the mean of a year's threads."""

    tracks: tuple[str, ...]
    year: int
    unit: ClassVar[Unit] = "companies"
    counted: ClassVar[str] = "months of threads"


@dataclass(frozen=True, slots=True)
class MixDifference:
    """The largest difference, of any of the tracks, between its part of a company's openings and of all others', 0 to 1."""

    tracks: tuple[str, ...]
    company: str
    unit: ClassVar[Unit] = "points"
    counted: ClassVar[str] = "openings of the company"


Figure = (
    OpeningsShare
    | LevelShare
    | SkillShare
    | DoctorateShare
    | EmployerShare
    | HubShare
    | RegionReach
    | Meeting
    | MedianPay
    | MonthlySwing
    | ThreadCompanies
    | MixDifference
)


def others(figure: Figure, tracks: tuple[str, ...] = SIX) -> tuple[Figure, ...]:
    """The same figure of each of the tracks that it is not about."""
    return tuple(replace(figure, tracks=(track,)) for track in tracks if track not in figure.tracks)


def together(figure: Figure, tracks: tuple[str, ...] = SIX) -> tuple[Figure, ...]:
    """The same figure of all of the tracks that it is not about, their openings taken together."""
    return (replace(figure, tracks=tuple(track for track in tracks if track not in figure.tracks)),)


@dataclass(frozen=True, slots=True)
class MoreThan:
    """The figure is above so many times each of these."""

    figures: tuple[Figure, ...]
    times: float = 1


@dataclass(frozen=True, slots=True)
class LessThan:
    """The figure is below each of these."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The figure lies from `low` to `high`, in its unit; None where it has no limit."""

    low: float | None = None
    high: float | None = None


Border = MoreThan | LessThan | Within
