"""A ranking of the six tracks in words and rows: what a person reads of `reports.choose`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from classifiers.fit import BACKGROUNDS, BEST, DAYS
from classifiers.tracks import TITLES
from reports.choose import RULE, Choice, Person, Share
from warehouse.store import Answer


def table(ranking: Sequence[Choice], who: Person) -> Answer:
    """A row for each track, for people."""
    columns = ["rank", "track", "points", "background", "day", "openings here", "part", "pay", "remote"]
    rows: list[tuple[Any, ...]] = []
    for choice in ranking:
        here = choice.market.openings
        rows.append(
            (
                _from_to(choice),
                TITLES[choice.track],
                _with_limits(choice.points, choice.points_low, choice.points_high, ""),
                f"{choice.background.fit} of {BEST}",
                f"{choice.day.fit} of {BEST}",
                here.postings,
                _share(here),
                _pay(choice),
                choice.market.remote_postings,
                *([_share(choice.targets)] if choice.targets else []),
            )
        )
    return Answer([*columns, *([" + ".join(who.companies)] if who.companies else [])], rows)


def answer(ranking: Sequence[Choice]) -> Answer:
    """A row for each track, for other programs: every figure that the rank comes from, and its weight."""
    rows = [_row(choice) for choice in ranking]
    return Answer(list(rows[0]), [tuple(row.values()) for row in rows])


def notes(ranking: Sequence[Choice], who: Person, basis: dict[str, Any]) -> list[str]:
    """Why each track stands where it does, by what rule, and what that rests on."""
    return [
        *(["Sample market: its companies are invented."] if basis["is_sample"] else []),
        *(_because(choice) for choice in ranking),
        RULE,
        _rests_on(ranking[0], who, basis),
        "After a rank: what it could be with the shares at the limits of their 95 % intervals. Pay (median of the "
        "middle of what is stated) and remote openings beside those here are shown, not ranked by.",
    ]


def _because(choice: Choice) -> str:
    near, far = choice.switches[0], choice.switches[-1]
    return (
        f"{choice.rank}. {TITLES[choice.track]}. Background: {choice.background.because} Day: {choice.day.because} "
        f"A switch from it is nearest to {TITLES[near.to_track]} ({near.in_common:.0%} of what postings ask for in common; "
        f"learn more of {', '.join(near.asked_more)}), farthest to {TITLES[far.to_track]} ({far.in_common:.0%})."
    )


def _rests_on(choice: Choice, who: Person, basis: dict[str, Any]) -> str:
    """What the market's part rests on, or why there is none."""
    weights = ", ".join(f"{part.called} {part.weight:.0%}" for part in choice.parts)
    said = [f"Weights: {weights}."]
    for called, share in ((who.area.called, choice.market.openings), (" + ".join(who.companies), choice.targets)):
        if share:
            few = "" if share.share is not None else ", too few to rank by"
            plural = "company" if share.all_companies == 1 else "companies"
            said.append(f"{called}: {share.all_postings:,} openings of {share.all_companies:,} {plural}{few}.")
    if len(choice.parts) == 2:
        said.append("The market is too small to say: ranked by fit alone.")
    if who.area.others:
        said.append(f"The name also fits: {'; '.join(who.area.others)}.")
    said.append(f"Last seen {basis['seen_from']} to {basis['seen_to']}.")
    return " ".join(said)


def title(who: Person) -> str:
    """Whom the ranking is for."""
    return f"the six tracks for: {BACKGROUNDS[who.background]}; {DAYS[who.day]}; {who.area.called}"


def _row(choice: Choice) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: getattr(choice, name)
        for name in ("rank", "rank_from", "rank_to", "track", "points", "points_low", "points_high")
    }
    weights = {part.called: part.weight for part in choice.parts}
    for called, fit in (("background", choice.background), ("day", choice.day)):
        row |= {
            f"{called}_weight": weights[called], f"{called}_fit": fit.fit, f"{called}_because": fit.because,
            f"{called}_rests_on": fit.rests_on,
        }  # fmt: skip
    row["market_weight"] = weights.get("market", 0.0)
    for where, share in (("area", choice.market.openings), ("targets", choice.targets)):
        for name in Share.__slots__:
            row[f"{where}_{name}"] = getattr(share, name, None)
    for name in ("with_pay", "pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd", "remote_postings"):
        row[name] = getattr(choice.market, name)
    near = choice.switches[0]
    return row | {
        "nearest_track": near.to_track,
        "nearest_in_common": near.in_common,
        "nearest_asks_more": "; ".join(near.asked_more),
    }


def _from_to(choice: Choice) -> str:
    is_sure = choice.rank_from == choice.rank_to
    return str(choice.rank) if is_sure else f"{choice.rank} ({choice.rank_from}–{choice.rank_to})"


def _share(share: Share | None) -> str:
    limits = share.limits() if share else None
    if limits is None:
        return "too few"
    return _with_limits(100 * limits[0], 100 * limits[1], 100 * limits[2], " %")


def _pay(choice: Choice) -> str:
    pay = (choice.market.pay_mid_usd, choice.market.pay_mid_low_usd, choice.market.pay_mid_high_usd)
    if pay[0] is None or pay[1] is None or pay[2] is None:
        return "–"
    return "$" + _with_limits(pay[0] / 1000, pay[1] / 1000, pay[2] / 1000, "k")


def _with_limits(figure: float, low: float, high: float, unit: str) -> str:
    return f"{figure:.0f}{unit} ({low:.0f}–{high:.0f})" if low != high else f"{figure:.0f}{unit}"
