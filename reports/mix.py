"""The tracks of an area or a company, as they are shown: counts, shares, pay, and what they rest on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES
from reports.scope import Scope, ask_basis, ask_mix
from reports.show import Format, between, show
from warehouse.store import Answer


def show_mix(home: Path, scope: Scope, form: Format, in_ppp: bool) -> None:
    """Print the mix of an area or a company and what it rests on."""
    mix, basis = ask_mix(home, scope, in_ppp), ask_basis(home, scope)
    title = f"{sample_mark(basis)}{scope.called}: open postings by track"
    told = notes(scope, basis, mix.records(), in_ppp)
    if form is not Format.table:
        show(mix, form, title, told)
        return
    show(_counts(mix), form, title, bar="share")
    show(_pay(mix, in_ppp, scope), form, f"Pay a year, {'international' if in_ppp else 'US'} dollars", told)


def sample_mark(basis: dict[str, Any]) -> str:
    """What stands before the title of an answer about the sample market."""
    return "SAMPLE MARKET (invented companies): " if basis["is_sample"] else ""


def _counts(mix: Answer) -> Answer:
    rows = [
        (
            TITLES[row["track"]],
            row["postings"],
            counted(row["corrected"], row["corrected_low"], row["corrected_high"]),
            row["share"],
            between(row["share_low"], row["share_high"], "{:.0%}–{:.0%}"),
        )
        for row in mix.records()
    ]
    return Answer(["track", "postings", "corrected (95 %)", "share", "95 %"], rows)


def _pay(mix: Answer, in_ppp: bool, scope: Scope) -> Answer:
    unit, sign = ("intl", "") if in_ppp else ("usd", "$")
    form = sign + "{:,.0f}–{:,.0f}k"
    rows = [
        (
            TITLES[row["track"]],
            *(() if scope.kind == "company" else (row["companies"],)),
            row["share_with_pay"],
            between(row[f"pay_q1_{unit}"], row[f"pay_q3_{unit}"], form, per=1000),
            row[f"pay_mid_{unit}"],
            between(row[f"pay_mid_low_{unit}"], row[f"pay_mid_high_{unit}"], form, per=1000),
        )
        for row in mix.records()
    ]
    companies = () if scope.kind == "company" else ("companies",)
    return Answer(["track", *companies, "share with pay", "middle half", f"median_{unit}", "95 %"], rows)


def counted(count: float | None, low: float | None, high: float | None) -> str:
    """A corrected count with its interval."""
    return "–" if count is None else f"{count:,.0f} ({between(low, high, '{:,.0f}–{:,.0f}')})"


def notes(scope: Scope, basis: dict[str, Any], mix: list[dict[str, Any]], in_ppp: bool = False) -> list[str]:
    """What an answer rests on, and what was left out, in sentences."""
    companies = "1 company" if basis["companies"] == 1 else f"{basis['companies']:,} companies"
    drawn = "postings" if scope.kind == "company" else "companies"
    lines = [
        f"Rests on {basis['in_tracks']:,} of {basis['postings']:,} open postings of {companies}; "
        f"{basis['with_pay']:,} of them state pay. Last seen {basis['seen_from']} to {basis['seen_to']}.",
        f"Left out: {basis['none']:,} of none of the six tracks, {basis['unsure']:,} the model is unsure of. The 95 % "
        f"interval of a share and of a median is for {drawn} like these; that of the corrected count is for the model's "
        "own errors.",
        f"Pay: the middle of each range stated, {'international' if in_ppp else 'US'} dollars a year; none shown where its "
        "median has no 95 % interval.",
        *withheld(scope, basis, mix),
    ]
    if in_ppp:
        lines.append(
            f"International dollars, World Bank PPP {basis['price_year']} (PA.NUS.PPP, CC BY 4.0): US dollars divided by "
            f"the price level of the country; {basis['without_price_level']:,} postings with pay are left out of the pay "
            "columns, for none is known where they are."
        )
    if scope.others:
        lines.append(f"The name also fits: {'; '.join(scope.others)}.")
    return lines


def withheld(scope: Scope, basis: dict[str, Any], mix: list[dict[str, Any]]) -> list[str]:
    """What is not shown because too little stands behind it, and where to ask instead."""
    hidden = sum(row["is_withheld"] for row in mix)
    if not hidden:
        return []
    rest = basis["in_tracks"] - sum(row["postings"] or 0 for row in mix)
    least = f"{basis['least_postings']} postings"
    least += "" if scope.kind == "company" else f" or {basis['least_companies']} companies"
    wider = f' A wider answer: trackmix area "{scope.around}".' if scope.around else ""
    return [
        f"Withheld (–): figures that fewer than {least} stand behind; {hidden} of the tracks, {rest:,} postings.{wider}"
    ]
