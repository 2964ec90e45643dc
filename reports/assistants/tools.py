"""What an assistant may ask: each tool is one of the questions, with the same answer as the command of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from classifiers.fit import BACKGROUNDS, DAYS
from reports import claims as held
from reports import reasons
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
from reports.changes import Part as Changed
from reports.changes import tell_changes
from reports.choose import person, ranked
from reports.compare import tell_compare
from reports.dictionary import dictionary
from reports.mix import sample_mark, tell_mix
from reports.names import UnknownNameError
from reports.openings import Sort, Wanted, tell_openings
from reports.scope import WORLD, Level, Only, Scope, area_scope, ask_basis, company_scope
from reports.show import Told
from reports.skills import tell_skills
from reports.track import Part, tell_track, track_called
from warehouse.answer import Answer
from warehouse.errors import StoreError
from warehouse.store import ask, reading

REST = f"others: a narrower question, or tool sql; an answer has {MOST_ROWS} rows at most"


class Tools:
    """The tools, asking the published warehouse of a home folder."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def all(self) -> Sequence[Callable[..., Said]]:
        """Every tool; its name is the function's, its description the function's own."""
        return (
            self.area, self.company, self.track, self.compare, self.openings, self.skills, self.changes, self.claims,
            self.choose, self.sql, self.describe,
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
        with self._asked():
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
        with self._asked():
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
        with self._asked():
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
        with self._asked():
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
        sort: Sort = Sort.newest,
        limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 50,
        level: OfLevel = None,
        remote: IsRemote = False,
        since: Since = None,
        until: Until = None,
    ) -> Said:
        """The openings themselves, which every other answer counts: title, place, pay, track, and the link."""
        with self._asked():
            scope = _narrowed(self._scope(area, company, within_km), level, remote, since, until)
            wanted = Wanted(track and track_called(track), pay_from_usd, tuple(text.split()), sort)
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
        with self._asked():
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
        with self._asked():
            return said(self._home, tell_changes(self._home, self._scope(area, company), since, of, MOST_ROWS, REST))

    def claims(self, company: ACompany = None) -> Said:
        """What a guide says of the six tracks, held against the postings: each claim's figure, probability and verdict."""
        with self._asked():
            judged, basis = held.claims(self._home, company), ask_basis(self._home, WORLD)
            return said(self._home, Told(held.answer(judged), f"{sample_mark(basis)}{held.TITLE}", held.notes(basis)))

    def choose(
        self,
        background: Annotated[str, Field(description=f"What somebody comes from: {', '.join(BACKGROUNDS)}.")],
        day: Annotated[str, Field(description=f"What the day should look like: {', '.join(DAYS)}.")],
        area: AnArea = None,
        companies: Annotated[list[str], Field(description="Companies to work for.")] = [],  # noqa: B006
    ) -> Said:
        """Which track is for somebody: the six ranked by background, day and market, with every figure of the ranking."""
        with self._asked():
            who = person(self._home, background, day, area, companies)
            ranking, basis = ranked(self._home, who), ask_basis(self._home, who.area)
            title = f"{sample_mark(basis)}{reasons.title(who)}"
            return said(self._home, Told(reasons.answer(ranking), title, reasons.notes(ranking, who, basis)))

    def sql(
        self, question: Annotated[str, Field(description="SQL of DuckDB over the tables that describe lists.")]
    ) -> Said:
        """Ask the warehouse anything: for reading only, no file and no network, bounded in rows and seconds."""
        with self._asked():
            return self._of_everything("the answer to this SQL", ask(self._home, question, most=MOST_ROWS + 1))

    def describe(
        self, name: Annotated[str | None, Field(description="A table or macro; all by name, if none.")] = None
    ) -> Said:
        """The tables and what they mean, those to start with first, then the macros; of one table, every column."""
        with self._asked():
            tables, macros = dictionary(self._home, name, "tool describe without a name")
            if name is None:
                named = dict.fromkeys((*(row[:2] for row in tables.rows), *((row[0], row[4]) for row in macros.rows)))
                return self._of_everything("tables and macros", Answer(["name", "about"], list(named)))
            return self._of_everything(name, Answer(tables.columns, tables.rows + macros.rows))

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """All that is asked meanwhile is of one published copy; mistakes are told in one sentence."""
        try:
            with reading(self._home):
                yield
        except (StoreError, UnknownNameError) as error:
            raise ToolError(str(error)) from None

    def _scope(self, area: str | None, company: str | None, within_km: float | None = None) -> Scope:
        if area and company:
            raise ToolError("name an area or a company, not both")
        if company:
            return company_scope(self._home, company)
        return area_scope(self._home, area, within_km) if area else WORLD

    def _of_everything(self, about: str, answer: Answer) -> Said:
        """An answer that no scope narrows."""
        basis = ask_basis(self._home, WORLD)
        notes = [
            f"The whole warehouse: {basis['in_tracks']:,} of {basis['postings']:,} open postings of {basis['companies']:,} "
            f"companies are of the six tracks. Last seen {basis['seen_from']} to {basis['seen_to']}.",
            "What a column means, and how it is estimated, stands in its description: tool describe.",
        ]
        return said(self._home, Told(answer, f"{sample_mark(basis)}{about}", notes))


def _narrowed(scope: Scope, level: Level | None, remote: bool, since: date | None, until: date | None) -> Scope:
    return replace(scope, only=Only(level, remote or None, since, until))
