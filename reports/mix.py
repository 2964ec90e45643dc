"""The tracks of an area or a company, as they are shown: what is counted, what is estimated, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from classifiers.tracks import TITLES
from reports.scope import Scope, ask_around, ask_basis, ask_label_shift, ask_mix
from reports.show import Format, Told, percent, show, thousands
from warehouse.answer import Answer
from warehouse.chances import chance_larger

Row = Mapping[str, Any]
MOST_NAMED = 3  # tracks that a headline counts where none leads; of more, those with the most
SURELY = 0.975  # the chance from which on a track is said to lead: two shares apart by a 95 % interval


def show_mix(home: Path, scope: Scope, form: Format, in_ppp: bool) -> None:
    """Print the mix of an area or a company and what it rests on."""
    told = tell_mix(home, scope, in_ppp)
    if form is not Format.table:
        show(told.answer, form, told.title, told.notes)
        return
    show(_readable(told.answer.records(), in_ppp), form, told.title, told.notes, bar="share")


def tell_mix(home: Path, scope: Scope, in_ppp: bool = False) -> Told:
    """The mix of an area or a company and what it rests on."""
    basis, mix = ask_basis(home, scope), ask_mix(home, scope)
    if in_ppp:
        mix = _in_ppp(scope, basis, mix)
    rows = mix.records()
    title = f"{sample_mark(basis)}{scope.called}: {headline(rows, ask_label_shift(home))}"
    return Told(mix, title, notes(scope, basis, rows, ask_around(home, scope, basis), in_ppp))


def sample_mark(basis: Row) -> str:
    """What stands before the title of an answer about the sample market."""
    return "SAMPLE MARKET (invented companies): " if basis["is_sample"] else ""


def headline(rows: Sequence[Row], shift: Mapping[str, float]) -> str:
    """What is hired for, in a few words: how many openings, and of what."""
    total = sum(row["postings"] for row in rows)
    if not total:
        return "no opening of the six tracks now"
    what = of_what(rows, shift)
    return f"{total:,} opening{'s' if total > 1 else ''}{', of them ' if what[0].isdigit() else ', '}{what}"


def of_what(rows: Sequence[Row], shift: Mapping[str, float]) -> str:
    """The track that surely leads; where none does, the one that most openings are of, else how many are of each."""
    total = sum(row["postings"] for row in rows)
    counted = sorted((row for row in rows if row["postings"]), key=lambda row: -row["postings"])
    if not counted:
        return "none of the six"
    most, first = counted[0]["postings"], TITLES[counted[0]["track"]]
    if most == total:
        return f"all {first}" if total > 1 else first
    if leads := leader(rows, shift):
        return f"{TITLES[leads]} leads"
    if 2 * most > total:
        return f"mostly {first}"
    named = MOST_NAMED if len(counted) == MOST_NAMED else MOST_NAMED - 1  # the others are one of the three
    parts = [f"{row['postings']:,} {TITLES[row['track']]}" for row in counted[:named]]
    others = sum(row["postings"] for row in counted[named:])
    parts += [f"{others:,} other{'s' if others > 1 else ''}"] if others else []
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def leader(tracks: Sequence[Row], shift: Mapping[str, float]) -> str | None:
    """The track whose share is surely larger than each of the others'; `shift` is what wrong labels make of shares."""
    first, *others = sorted(tracks, key=lambda row: -row["share"])
    of_first = shift[first["track"]]
    chances = [
        chance_larger(
            first["share"], row["share"], min(first["worth"], row["worth"]), of_first, shift[row["track"]]
        )  # by what is known of both
        for row in others
    ]
    return str(first["track"]) if first["postings"] and min(chances) > SURELY else None


def _readable(rows: Sequence[Row], in_ppp: bool) -> Answer:
    unit, sign = ("intl", "") if in_ppp else ("usd", "$")
    lines = [
        (
            TITLES[row["track"]],
            row["postings"],
            row["companies"],
            row["share"],
            percent(row["share_low"], row["share_high"]),
            row[f"pay_mid_{unit}"],
            thousands(row[f"pay_mid_low_{unit}"], row[f"pay_mid_high_{unit}"], sign),
            row["with_pay"],
        )
        for row in sorted(rows, key=lambda row: (-row["postings"], -row["share"]))
    ]
    names = ["track", "openings", "companies", "share", "95 %", f"pay_{unit}", "95 % ", "state pay"]
    return Answer(names, lines)


def _in_ppp(scope: Scope, basis: Row, mix: Answer) -> Answer:
    """The mix with pay in international dollars: divided by the price level of the scope's country."""
    level = basis["price_level"]
    if level is None:
        raise typer.BadParameter(
            f"--ppp goes with an area inside a country whose price level is known, not {scope.called}"
        )
    columns = [name.replace("_usd", "_intl") for name in mix.columns]
    rows = [
        tuple(value / level if name.endswith("_usd") and value is not None else value for name, value in row.items())
        for row in mix.records()
    ]
    return Answer(columns, rows)


def notes(
    scope: Scope, basis: Row, rows: Sequence[Row], around: Sequence[tuple[str, int]], in_ppp: bool = False
) -> list[str]:
    """What an answer rests on, what is estimated how, and what was left out, in sentences."""
    companies = "1 company" if basis["companies"] == 1 else f"{basis['companies']:,} companies"
    levels = ", ".join(f"{sum(row[name] for row in rows):,} {name}" for name in ("early", "senior", "lead"))
    lines = [
        f"{basis['in_tracks']:,} of {basis['postings']:,} open postings of {companies} are of the six: {levels}, "
        f"{basis['remote']:,} remote, {basis['with_pay']:,} with pay. Left out: {basis['none']:,} of none of the six, "
        f"{basis['unsure']:,} the model is unsure of. Last seen {_days(basis)}.",
        f"Share and pay (median, a year) are estimates with 95 % intervals, for sampling and for wrong labels. "
        f"{rests_on(rows, around)}",
    ]
    if not basis["with_pay_anywhere"]:
        lines.append("No pay: no posting anywhere in this warehouse states any.")
    if in_ppp:
        lines.append(
            f"International dollars, World Bank PPP {basis['price_year']} (PA.NUS.PPP, CC BY 4.0): US dollars divided by "
            "the price level of the country."
        )
    if scope.others:
        lines.append(f"The name also fits: {'; '.join(scope.others)}.")
    return lines


def rests_on(rows: Sequence[Row], around: Sequence[tuple[str, int]]) -> str:
    """How much of the shares is the scope's own, and how much what it lies in says."""
    own, weight = rows[0]["of_postings"], rows[0]["parent_weight"]
    if not around:
        return f"They rest on {own:,} openings."
    openings = "opening" if own == 1 else "openings"
    wider = ", ".join(f"{name} ({count:,})" for name, count in around)
    return f"Of each share, {1 - weight:.0%} is what the {own:,} {openings} here say, {weight:.0%} what lies around says: {wider}."


def _days(basis: Row) -> str:
    first, last = str(basis["seen_from"]), str(basis["seen_to"])
    return last if first == last else f"{first} to {last}"
