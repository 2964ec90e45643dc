"""What the guide says of a track beside what the openings of an area show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from classifiers.guide import PROFILES, Band, Profile
from reports.scope import Scope
from warehouse.store import ask


@dataclass(frozen=True, slots=True)
class Paid:
    """Estimated pay at a level: the median of the middle of the range with its 95 % interval, US dollars a year.

    It is of the area, or where that has no opening of the level, of the smallest around it that has: `called`. Its figures
    are None where nobody anywhere states pay.
    """

    called: str
    postings: int  # of the track at that level there
    with_pay: int
    pay_mid_usd: float | None
    pay_mid_low_usd: float | None
    pay_mid_high_usd: float | None


@dataclass(frozen=True, slots=True)
class Named:
    """How many openings of a track name a skill, in the area and everywhere, and what is paid with it.

    `premium` is how much more openings of any track that name it pay than like ones, a part of 1, with its 95 % interval;
    None where too few companies tell.
    """

    skill: str
    postings: int
    of_postings: int
    everywhere: int
    of_everywhere: int
    premium: float | None
    premium_low: float | None
    premium_high: float | None

    @property
    def is_paid_apart(self) -> bool:
        """Whether openings that name it surely pay more, or surely less, than like ones."""
        low, high = self.premium_low, self.premium_high
        return low is not None and high is not None and low * high > 0


@dataclass(frozen=True, slots=True)
class Beside:
    """A track in an area, by the guide and by the market."""

    track: str
    area: Scope
    paid: dict[str, Paid]  # by level, early and senior; one is missing where no opening anywhere is of it
    named: dict[str, Named]  # every skill that the guide speaks of

    @property
    def guide(self) -> Profile:
        """What the guide says."""
        return PROFILES[self.track]

    @property
    def bands(self) -> dict[str, Band]:
        """What the guide says of pay, by level."""
        return {"early": self.guide.early, "senior": self.guide.senior}


def beside(home: Path, track: str, area: Scope) -> Beside:
    """What stands beside each other of a track in an area. Raises StoreError."""
    chain = [row["scope"] for row in ask(home, "estimates/chain", area.params()).records()]
    paid = ask(home, "choose/level_pay", {"chain": chain, "track": track}).records()
    skills = skills_of(PROFILES[track])
    named = ask(home, "choose/named", {**area.params(), "track": track, "skills": skills}).records()
    return Beside(
        track,
        area,
        {row.pop("level"): Paid(**row) for row in paid},
        {row["skill"]: Named(**row) for row in sorted(named, key=lambda row: skills.index(row["skill"]))},
    )


def skills_of(profile: Profile) -> list[str]:
    """Every skill that the guide asks for in a track, or that a way into it has to do with."""
    return list(dict.fromkeys([*profile.skills, *(skill for task in profile.break_in for skill in task.skills)]))
