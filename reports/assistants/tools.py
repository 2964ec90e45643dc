"""What an assistant may ask: each tool is one of the questions, with the same answer as the command of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from classifiers.fit import BACKGROUNDS, DAYS
from reports import claims as held
from reports import own_skills, reasons
from reports.assistants.parameters import (
    ACompany,
    AnArea,
    ATrack,
    IsRemote,
    Kilometres,
    OfLevel,
    Since,
    TheArea,
    TheCompany,
    TheTrack,
    Until,
)
from reports.assistants.said import MOST_ROWS, Said, said
from reports.assistants.warehouse_tools import WarehouseTools, asked
from reports.changes import Part as Changed
from reports.changes import tell_changes
from reports.choose import person, ranked
from reports.compare import tell_compare
from reports.mix import sample_mark, tell_mix
from reports.openings import Sort, Wanted, tell_openings
from reports.scope import WORLD, Level, Only, Scope, area_scope, ask_basis, company_scope
from reports.show import Told
from reports.skills import tell_skills
from reports.track import Part, tell_track, track_called

REST = f"others: a narrower question, or tool sql; an answer has {MOST_ROWS} rows at most"


class Tools:
    """The tools, asking the published warehouse of a home folder."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def all(self) -> Sequence[Callable[..., Said]]:
        """Every tool; its name is the function's, its description the function's own."""
        return (
            self.area, self.company, self.track, self.compare, self.openings, self.skills, self.changes, self.claims,
            self.choose, *WarehouseTools(self._home).all(),
        )  # fmt: skip

    def area(
        self,
        name: TheArea,
        within_km: Kilometres = None,
        level: OfLevel = None,
        remote: IsRemote = False,
        since: Since = None,
        until: Until = None,
    ) -> Said:
        """Which of the six tracks are hired for in an area: openings, companies, share and pay, each with its interval."""
        with asked(self._home):
            scope = area_scope(self._home, name, within_km)
            return said(self._home, tell_mix(self._home, _narrowed(scope, level, remote, since, until)))

    def company(
        self,
        name: TheCompany,
        level: OfLevel = None,
        remote: IsRemote = False,
        since: Since = None,
        until: Until = None,
    ) -> Said:
        """Which of the six tracks a company hires for: openings, share and pay, each with its interval."""
        with asked(self._home):
            scope = company_scope(self._home, name)
            return said(self._home, tell_mix(self._home, _narrowed(scope, level, remote, since, until)))

    def track(
        self,
        name: TheTrack,
        area: AnArea = None,
        of: Annotated[
            Part, Field(description="Its levels and their pay, where it is hired for, or who hires.")
        ] = Part.areas,
        level: OfLevel = None,
        remote: IsRemote = False,
        since: Since = None,
        until: Until = None,
    ) -> Said:
        """One track: its levels and their pay, the areas that hire for it, or the companies."""
        with asked(self._home):
            scope = _narrowed(self._scope(area, None), level, remote, since, until)
            return said(self._home, tell_track(self._home, track_called(name), scope, of))

    def compare(
        self,
        areas: Annotated[list[str], Field(description="Areas, or world.")] = [],  # noqa: B006 - read only
        companies: Annotated[list[str], Field(description="Companies, after the areas.")] = [],  # noqa: B006
        level: OfLevel = None,
        remote: IsRemote = False,
        since: Since = None,
        until: Until = None,
    ) -> Said:
        """Two or more areas and companies side by side: the share of each track, and how it differs from the first's."""
        if len(areas) + len(companies) < 2:
            raise ToolError("name two or more areas and companies to compare")
        with asked(self._home):
            scopes = [area_scope(self._home, area) for area in areas]
            scopes += [company_scope(self._home, company) for company in companies]
            return said(
                self._home,
                tell_compare(self._home, [_narrowed(scope, level, remote, since, until) for scope in scopes]),
            )

    def openings(
        self,
        area: AnArea = None,
        company: ACompany = None,
        within_km: Kilometres = None,
        track: ATrack = None,
        pay_from_usd: Annotated[
            int | None, Field(ge=0, description="Only those whose stated pay reaches so much a year.")
        ] = None,
        text: Annotated[
            str, Field(description="Only those with a word that begins so in title or text, for each word.")
        ] = "",
        visa: Annotated[bool, Field(description="Only those that say that they sponsor a visa.")] = False,
        years_up_to: Annotated[
            int | None, Field(ge=0, description="Only those that ask for so many years of experience or fewer.")
        ] = None,
        language: Annotated[str | None, Field(description="Only those written in this language: en, de, fr.")] = None,
        sort: Sort = Sort.newest,
        limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 50,
        level: OfLevel = None,
        remote: IsRemote = False,
        since: Since = None,
        until: Until = None,
    ) -> Said:
        """The openings themselves, which every other answer counts: title, place, pay, track, and the link."""
        with asked(self._home):
            scope = _narrowed(self._scope(area, company, within_km), level, remote, since, until)
            wanted = Wanted(
                track and track_called(track), pay_from_usd, tuple(text.split()), sort, visa, years_up_to, language
            )
            return said(self._home, tell_openings(self._home, scope, wanted, limit, REST))

    def skills(
        self,
        area: AnArea = None,
        company: ACompany = None,
        track: ATrack = None,
        level: OfLevel = None,
        remote: IsRemote = False,
        since: Since = None,
        until: Until = None,
    ) -> Said:
        """The tools and skills that postings name, by track; a company's beside those of others."""
        with asked(self._home):
            scope = _narrowed(self._scope(area, company), level, remote, since, until)
            return said(self._home, tell_skills(self._home, scope, track and track_called(track)))

    def changes(
        self,
        area: AnArea = None,
        company: ACompany = None,
        since: Annotated[date | None, Field(description="From this day on; since the reading before, if none.")] = None,
        of: Annotated[Changed, Field(description="Openings, moves of the mix, or new companies.")] = Changed.openings,
    ) -> Said:
        """What changed: openings that appeared, closed or changed their pay, moves of the mix, or new companies."""
        with asked(self._home):
            return said(self._home, tell_changes(self._home, self._scope(area, company), since, of, MOST_ROWS, REST))

    def claims(self, company: ACompany = None) -> Said:
        """What a guide says of the six tracks, held against the postings: each claim's figure, probability and verdict."""
        with asked(self._home):
            judged, basis = held.claims(self._home, company), ask_basis(self._home, WORLD)
            return said(self._home, Told(held.answer(judged), f"{sample_mark(basis)}{held.TITLE}", held.notes(basis)))

    def choose(
        self,
        background: Annotated[
            str | None, Field(description=f"What somebody comes from: {', '.join(BACKGROUNDS)}.")
        ] = None,
        day: Annotated[str | None, Field(description=f"What the day should look like: {', '.join(DAYS)}.")] = None,
        area: AnArea = None,
        companies: Annotated[list[str], Field(description="Companies to work for.")] = [],  # noqa: B006
        skills: Annotated[
            str | None,
            Field(description="Instead: what somebody knows, with commas, to see whose openings ask for it."),
        ] = None,
    ) -> Said:
        """Which track is for somebody: the six ranked by background, day and market; or how their openings fit skills."""
        with asked(self._home):
            if skills is not None:
                have, scope = own_skills.own_skills(skills), self._scope(area, None)
                fit, title = own_skills.ask_fit(self._home, scope, have), own_skills.title(scope, have)
                mark = sample_mark(ask_basis(self._home, scope))
                return said(self._home, Told(fit.answer(), f"{mark}{title}", [own_skills.RULE]))
            if background is None or day is None:
                raise ToolError("name a background and a day, or skills")
            who = person(self._home, background, day, area, companies)
            ranking, basis = ranked(self._home, who), ask_basis(self._home, who.area)
            title = f"{sample_mark(basis)}{reasons.title(who)}"
            return said(self._home, Told(reasons.answer(ranking), title, reasons.notes(ranking, who, basis)))

    def _scope(self, area: str | None, company: str | None, within_km: float | None = None) -> Scope:
        if area and company:
            raise ToolError("name an area or a company, not both")
        if company:
            return company_scope(self._home, company)
        return area_scope(self._home, area, within_km) if area else WORLD


def _narrowed(scope: Scope, level: Level | None, remote: bool, since: date | None, until: date | None) -> Scope:
    return replace(scope, only=Only(level, remote or None, since, until))
