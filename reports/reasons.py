"""A ranking of the six tracks in words and rows: what a person reads of `reports.choose`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from classifiers.guide import PAY_COUNTRY
from classifiers.tracks import TITLES, TRACKS
from reports.beside import Beside, Named, Paid
from reports.choose import Choice, Offer, Person, Shown
from reports.openings import pay as stated
from warehouse.answer import Answer

MOST_INSTEAD = 3  # tracks that stand for what an area or a company has instead


def title(who: Person) -> str:
    """Whom the ranking is for."""
    return f"The six tracks for: {who.background}, {who.day}, {who.area.called}"


def table(ranking: Sequence[Choice], who: Person) -> Answer:
    """A row for each track, for people."""
    columns = ["rank", "track", "points", "fit", "market", "openings", "pay"]
    rows = [
        (
            _from_to(choice),
            TITLES[choice.track],
            f"{choice.points:.0f}",
            f"{choice.background.fit} + {choice.day.fit}",
            _market(choice),
            f"{choice.area.postings:,} of {choice.area.of_postings:,}",
            pay(choice.shown),
            *(_at(choice.targets) for _ in who.companies[:1]),
        )
        for choice in ranking
    ]
    names = ["company"] if len(who.companies) == 1 else ["companies"]
    return Answer([*columns, *(names if who.companies else [])], rows)


def answer(ranking: Sequence[Choice]) -> Answer:
    """A row for each track, for other programs: every figure that the rank comes from, and its weight."""
    rows = [_row(choice) for choice in ranking]
    return Answer(list(rows[0]), [tuple(row.values()) for row in rows])


def notes(ranking: Sequence[Choice], who: Person, basis: Mapping[str, Any]) -> list[str]:
    """What is missing for the first, why it is first, and what that rests on."""
    first = ranking[0]
    if len(first.parts) == 2:
        said = "Half each: background + day (of 3); no area or company is named to compare with everywhere:"
    else:
        said = "A third each: background + day (of 3), market (50: as everywhere; brackets: 95 %):"
    said += " docs/choose.md."
    said += f" The name also fits: {'; '.join(who.area.others)}." if who.area.others else ""
    said += " Sample market: its companies are invented." if basis["is_sample"] else ""
    return [
        *missing(ranking, who),
        f"{TITLES[first.track]}: {first.background.because} {first.day.because}",
        said,
    ]


def missing(ranking: Sequence[Choice], who: Person) -> list[str]:
    """A sentence for each area or company named that has no opening of a track ranked first, and what it has most of."""
    by_track = {choice.track: _offers(choice, who) for choice in ranking}
    return [
        _none(choice.track, {track: offers[number] for track, offers in by_track.items()})
        for choice in ranking
        if choice.rank == 1
        for number, offer in enumerate(by_track[choice.track])
        if not offer.postings
    ]


def _offers(choice: Choice, who: Person) -> tuple[Offer, ...]:
    """What is offered of a track by all that is named, in that order."""
    return (*([] if who.area.kind == "world" else [choice.area]), *choice.targets)


def guide_beside(found: Beside) -> Answer:
    """What the guide says of a track, and beside it what the market shows; a row for each thing, for people."""
    paid = [f"{level} {_paid(found.paid.get(level))}" for level in found.bands]
    bands = [f"{level} ${band.low_usd / 1000:.0f}–{band.high_usd / 1000:,.0f}k" for level, band in found.bands.items()]
    skills = [found.named[skill] for skill in found.guide.skills]
    ways = [
        found.named[skill] for skill in dict.fromkeys(name for task in found.guide.break_in for name in task.skills)
    ]
    rows = [
        ("pay", f"{', '.join(bands)} ({PAY_COUNTRY})", ", ".join(paid)),
        ("skills", ", ".join(found.guide.skills), _names(skills)),
        ("way in", " ".join(task.does for task in found.guide.break_in), _names(ways)),
    ]
    return Answer(["", f"the guide says of {TITLES[found.track]}", _openings(found)], rows)


def openings(rows: Sequence[Mapping[str, Any]]) -> Answer:
    """The openings that fit, a line each, for people; the address is behind the title, or where none can be, a column."""
    shown = [
        (
            row["title"],
            row["company"],
            _place(row),
            stated(row["pay_low_usd"], row["pay_high_usd"]) if row["pay_low_usd"] else "not stated",
            row["url"],
        )
        for row in rows
    ]
    return Answer(["openings that fit", "company", "where", "pay stated", "url"], shown)


def _place(row: Mapping[str, Any]) -> str:
    where = row["city"] or row["region"] or row["country"]
    return ", ".join(filter(None, (where, "remote" if row["is_remote"] else None))) or "not said"


def pay(of: Shown | Paid) -> str:
    """Estimated pay with its interval, thousands of US dollars."""
    if of.pay_mid_usd is None or of.pay_mid_low_usd is None or of.pay_mid_high_usd is None:
        return "nobody states any"
    return "$" + with_limits(of.pay_mid_usd / 1000, of.pay_mid_low_usd / 1000, of.pay_mid_high_usd / 1000, "k")


def with_limits(figure: float, low: float, high: float, unit: str = "") -> str:
    """A figure with its interval in brackets."""
    return f"{figure:.0f}{unit} ({low:.0f}–{high:.0f})" if low != high else f"{figure:.0f}{unit}"


def _none(track: str, offers: Mapping[str, Offer]) -> str:
    where = offers[track].called
    of_all = offers[track].of_postings
    if not of_all:
        return f"{where} has no opening of the six tracks."
    some = [track.name for track in TRACKS if offers[track.name].postings]
    some.sort(key=lambda name: -offers[name].postings)
    instead = ", ".join(f"{offers[name].postings:,} {TITLES[name]}" for name in some[:MOST_INSTEAD])
    openings = "1 opening" if of_all == 1 else f"{of_all:,} openings"
    return f"{where} has none of {openings} in {TITLES[track]}; it has {instead}."


def _market(choice: Choice) -> str:
    market = [with_limits(100 * part.value, 100 * part.low, 100 * part.high) for part in choice.parts[2:]]
    return market[0] if market else "not named"


def _at(offers: Sequence[Offer]) -> str:
    return f"{sum(offer.postings for offer in offers):,} of {sum(offer.of_postings for offer in offers):,}"


def _paid(paid: Paid | None) -> str:
    return pay(paid) if paid else "not known, for no opening is"


def _openings(found: Beside) -> str:
    """Whose openings name the skills, and how many they are."""
    some = next(iter(found.named.values()))
    count, where = (some.of_postings, "here") if some.of_postings else (some.of_everywhere, "everywhere (none here)")
    return f"the market shows: {count:,} {'opening' if count == 1 else 'openings'} {where}"


def _names(named: Sequence[Named]) -> str:
    """How many openings name each skill, here, or where there are none, everywhere; in brackets what is paid with it."""
    said = [f"{one.skill} {one.postings if one.of_postings else one.everywhere:,}{_paid_with(one)}" for one in named]
    return ", ".join(said) or "no skill that we look for"


def _paid_with(one: Named) -> str:
    """What is paid beyond with a skill, in percent, where that is told from nothing."""
    return f" (pay {100 * one.premium:+.0f} %)" if one.premium and one.is_paid_apart else ""


def _row(choice: Choice) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: getattr(choice, name)
        for name in ("rank", "rank_from", "rank_to", "track", "points", "points_low", "points_high")
    }
    for called, fit in (("background", choice.background), ("day", choice.day)):
        row |= {f"{called}_fit": fit.fit, f"{called}_because": fit.because, f"{called}_rests_on": fit.rests_on}
    parts = {part.called: part for part in choice.parts}
    row |= {
        f"{called}_weight": parts[called].weight if called in parts else 0.0
        for called in ("background", "day", "market")
    }
    market = parts.get("market")
    row |= {
        "market_value": market and market.value,
        "market_low": market and market.low,
        "market_high": market and market.high,
    }
    row |= {f"area_{name}": value for name, value in asdict(choice.area).items() if name not in ("called", "usual")}
    row |= {"usual_share": choice.area.usual, **asdict(choice.shown)}
    row |= {
        "targets_postings": sum(offer.postings for offer in choice.targets),
        "targets_of_postings": sum(offer.of_postings for offer in choice.targets),
        "targets": "; ".join(f"{offer.called} {offer.postings} of {offer.of_postings}" for offer in choice.targets),
    }
    near = choice.switches[0]
    return row | {
        "nearest_track": near.to_track,
        "nearest_in_common": near.in_common,
        "nearest_asks_more": "; ".join(near.asked_more),
    }


def _from_to(choice: Choice) -> str:
    is_sure = choice.rank_from == choice.rank_to
    return str(choice.rank) if is_sure else f"{choice.rank} ({choice.rank_from}–{choice.rank_to})"
