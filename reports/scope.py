"""What a question is about: one company, or an area; found by name, or told the nearest names."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Any

from reports.names import SeveralFitError, UnknownNameError, fitting, folded, nearest, one_of
from reports.places import main_city, place_called
from warehouse.answer import Answer
from warehouse.store import ask


class Level(StrEnum):
    """How senior a posting is; `unknown` is no choice."""

    early = "early"
    senior = "senior"
    lead = "lead"


class UnreadCompanyError(UnknownNameError):
    """A company of which no board is read."""

    def __init__(self, name: str, companies: list[str]) -> None:
        like = nearest(name, companies)
        look = f"look for it: trackmix company {quote(name)} --now"
        super().__init__(f"no board of a company called {name!r} is read{like}; {look}")


@dataclass(frozen=True, slots=True)
class Only:
    """What narrows a question: a level, remote jobs, days of publication (both included); None asks for nothing."""

    level: Level | None = None
    is_remote: bool | None = None
    since: date | None = None
    until: date | None = None

    def __str__(self) -> str:
        words = [self.level, "remote" if self.is_remote else None]
        words += [f"published {word} {day}" for word, day in (("from", self.since), ("to", self.until)) if day]
        return ", ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class Scope:
    """The postings a question is about. `name` is its name for people, before what narrows it."""

    kind: str  # world, company, remote, wide_area, country, region or city
    name: str
    company: str | None = None
    countries: tuple[str, ...] | None = None  # of a wide area: DE, or where it holds a region alone "US, Ohio"
    country: str | None = None
    region: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    within_km: float | None = None
    only: Only = Only()
    others: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Its whole name for people."""
        return ", ".join(filter(None, (self.name, str(self.only))))

    def params(self) -> dict[str, Any]:
        """The named parameter `scope` of questions (`warehouse/macros/scope.sql`)."""
        fields = {**asdict(self), **asdict(self.only)}
        return {"scope": {name: value for name, value in fields.items() if name not in FOR_PEOPLE}}


MIX = (
    "track", "postings", "companies", "share", "share_low", "share_high", "pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd",
    "of_postings", "early", "senior", "lead", "unknown_level", "remote", "with_pay", "pay_least_usd", "pay_most_usd",
    "worth", "parent_postings", "parent_share", "parent_weight", "pay_parent_weight", "pay_apart",
)  # fmt: skip
FOR_PEOPLE = ("name", "only", "others")
WORLD = Scope("world", "everywhere")
WORLD_NAMES = (WORLD.name, "world", "worldwide", "anywhere", "global")


def narrowed(
    scope: Scope, level: Level | None, is_remote: bool, since: datetime | None, until: datetime | None
) -> Scope:
    """The scope with what the options of a question narrow it to."""
    return replace(scope, only=Only(level, is_remote or None, since and since.date(), until and until.date()))


def company_scope(home: Path, name: str) -> Scope:
    """The company of that name, in any case, or of any beginning that fits no other. Raises UnknownNameError."""
    written_so = Scope("company", name.strip(), company=name.strip())
    if ask(home, "select 1 from basis where kind = 'company' and company = $name", {"name": written_so.company}).rows:
        return written_so
    companies = [str(row[0]) for row in ask(home, "questions/companies").rows]
    fits = fitting(name, {company: (company,) for company in companies})
    if not fits:
        raise UnreadCompanyError(name, companies)
    company = one_of(name, fits)
    return Scope("company", company, company=company)


def area_scope(home: Path, name: str, within_km: float | None = None) -> Scope:
    """The area of that name: `world`, `remote`, a wide area ("EMEA"), a country, a region or a city ("Cambridge, US").

    A city reaches `within_km` around its centre where that is given, else as far as its name. A metropolitan
    area ("Bay Area") is a circle around its main city, in `metros.csv`. Where several places fit, it is asked in a
    terminal. Raises UnknownNameError, and SeveralFitError, which is one.
    """
    asked = name.strip().casefold()
    if asked in WORLD_NAMES:
        return WORLD
    if asked == "remote":
        return Scope("remote", "remote jobs")
    if metro := metros().get(asked):
        scope = _scope_of(main_city(home, metro["city"], metro["country"]), within_km or float(metro["within_km"]))
        return replace(scope, name=f"{metro['metro']} ({scope.called})")
    try:
        place, others = place_called(home, name.strip(), is_city=within_km is not None)
    except SeveralFitError:
        raise
    except UnknownNameError as error:
        raise _remote_apart(name) or _company_instead(home, name) or error from None
    return replace(_scope_of(place, within_km), others=tuple(others[:4]))


def _remote_apart(name: str) -> UnknownNameError | None:
    """What to say of "Remote US", which is an area and what narrows a question about it."""
    words = name.split()
    area = " ".join(word for word in words if folded(word) != "remote")
    if not area or len(area.split()) == len(words):
        return None
    return UnknownNameError(f"no place called {name!r} is known: ask about {quote(area)} and narrow it by --remote")


def _company_instead(home: Path, name: str) -> UnknownNameError | None:
    """What to say of a name that is no place's but a company's, which has its own question."""
    named = {folded(str(company)): str(company) for (company,) in ask(home, "questions/companies").rows}
    if (company := named.get(folded(name))) is None:
        return None
    instead = f"trackmix company {quote(company)}, in other questions --company {quote(company)}"
    return UnknownNameError(f"no place called {name!r} is known, but a company: {instead}")


def _scope_of(place: dict[str, Any], within_km: float | None) -> Scope:
    if within_km is not None and place["kind"] != "city":
        raise UnknownNameError(
            f"{place['called']} is a {place['kind'].replace('_', ' ')}: kilometres around go with a city"
        )
    where = {key: place[key] for key in ("kind", "country", "region", "city", "latitude", "longitude")}
    called = place["called"] + (f" and {within_km:g} km around" if within_km else "")
    countries = tuple(place["countries"]) if place["countries"] else None
    return Scope(name=called, within_km=within_km, countries=countries, **where)


def ask_mix(home: Path, scope: Scope) -> Answer:
    """A row for each of the six tracks, in their order: what is counted, then what is estimated from it.

    Counts are facts: postings, companies, those of each level, remote ones, those that state pay, the least and the most
    that they state. Share and median pay are estimates with 95 % intervals (`warehouse/estimates.py`); `parent_weight` is
    how much of the share is that of what the scope lies in. Pay, US dollars a year, is null only where no job anywhere
    states any.
    """
    return Answer(list(MIX), [tuple(row[name] for name in MIX) for row in ask_estimates(home, scope)])


def ask_estimates(home: Path, scope: Scope) -> list[dict[str, Any]]:
    """A row for each of the six tracks as table `estimates` has it: looked up, or estimated where it is not kept."""
    if kept := ask(home, "estimates/kept", scope.params()).records():
        return kept
    from warehouse.cells import estimates_of  # with NumPy, a tenth of a second that what is kept need not cost

    return estimates_of(partial(ask, home), scope.params()["scope"])


def ask_basis(home: Path, scope: Scope) -> dict[str, Any]:
    """What the mix rests on and what it leaves out; where it is kept, `around` too, of which `ask_around` tells."""
    kept = ask(home, "questions/basis_kept", scope.params()).records()
    return (kept or ask(home, "questions/basis", scope.params()).records())[0]


def ask_label_shift(home: Path) -> dict[str, float]:
    """How far wrong labels may move the share of each track: a standard error on the logit scale."""
    rows = ask(home, "select of_what, value from priors where parameter = 'label_shift'").rows
    return {str(track): float(value) for track, value in rows}


def ask_around(home: Path, scope: Scope, basis: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What the scope of that basis lies in, from which its estimates borrow, the nearest first: names and openings of the six.

    Of a region that is only its city, as Berlin is, the city alone is named.
    """
    if "around" in basis:
        return [(area["name"], area["openings"]) for area in basis["around"]]
    chain = [row["scope"] for row in ask(home, "estimates/chain", scope.params()).records()]
    found = ask(home, "questions/around", {"chain": chain}).rows
    return [(str(name), int(openings)) for name, openings in found[1:]]


def metros() -> dict[str, dict[str, str]]:
    """The metropolitan areas people name, by that name: a main city and a radius, drawn by hand."""
    with Path(__file__).with_name("metros.csv").open(newline="", encoding="utf-8") as file:
        return {row["metro"].casefold(): row for row in csv.DictReader(file)}
