"""The questions of the command line. Loads neither Dagster nor scikit-learn, to answer at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from platformdirs import user_data_path

from classifiers.tracks import TITLES
from reports.scope import Scope, UnknownNameError, area_scope, ask_basis, ask_mix, company_scope
from reports.show import Format, show
from warehouse.store import Answer, StoreError, ask

app = typer.Typer(
    name="trackmix",
    help="Which AI engineering tracks are hired for: by area, company and pay, from public job boards.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
Home = Annotated[Path, typer.Option(help="Folder of the warehouse and what it was made from.")]
Form = Annotated[Format, typer.Option("--format", help="How to print the answer.")]
InPpp = Annotated[bool, typer.Option("--ppp", help="Pay in international dollars: by what it buys where it is paid.")]
DEFAULT_HOME = user_data_path("trackmix")


@contextmanager
def said_plainly(*mistakes: type[Exception]) -> Iterator[None]:
    """One sentence and exit status 1 for a mistake, instead of a traceback."""
    try:
        yield
    except mistakes as error:
        print(f"trackmix: {error}", file=sys.stderr)
        raise typer.Exit(1) from None


@app.command()
def area(
    name: Annotated[str, typer.Argument(help="A city, region or country, or: remote.")],
    within: Annotated[str | None, typer.Option(help="Reach around a city, such as 50km.")] = None,
    in_ppp: InPpp = False,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The tracks hired for in an area."""
    with said_plainly(StoreError, UnknownNameError):
        _show_mix(home, area_scope(home, name, _km(within)), form, in_ppp)


@app.command()
def company(
    name: Annotated[str, typer.Argument(help="A company whose board is read.")],
    in_ppp: InPpp = False,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The tracks a company hires for."""
    with said_plainly(StoreError, UnknownNameError):
        _show_mix(home, company_scope(home, name), form, in_ppp)


@app.command()
def sql(
    question: Annotated[str, typer.Argument(help="SQL over the tables that `trackmix tables` lists.")],
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Ask the warehouse anything; it is opened for reading only."""
    with said_plainly(StoreError):
        show(ask(home, question), form, "")


@app.command()
def tables(home: Home = DEFAULT_HOME, form: Form = Format.table) -> None:
    """The dictionary: every table and column, and what it means."""
    with said_plainly(StoreError):
        answer = ask(home, "dictionary")
    if form is not Format.table:
        show(answer, form, "")
        return
    for table in dict.fromkeys(row[0] for row in answer.rows):
        rows = [row for row in answer.rows if row[0] == table]
        show(Answer(["column", "type", "meaning"], [row[2:] for row in rows]), form, f"{table}: {rows[0][1]}")


@app.command()
def site(
    out: Annotated[Path, typer.Option(help="Folder to write it into; what an earlier site left there goes.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Write all answers as pages that open from disk or any static host."""
    from reports.site.write import render  # a question need not load the templates

    with said_plainly(StoreError, OSError):
        print(render(home, out))


def _show_mix(home: Path, scope: Scope, form: Format, in_ppp: bool) -> None:
    answer, basis = ask_mix(home, scope, in_ppp), ask_basis(home, scope)
    if form is Format.table:
        answer = _readable(answer, in_ppp)
    show(
        answer,
        form,
        f"{sample_mark(basis)}{scope.called}: open postings by track",
        notes(scope, basis, in_ppp),
        bar="share",
    )


def sample_mark(basis: dict[str, Any]) -> str:
    return "SAMPLE MARKET (invented companies): " if basis["is_sample"] else ""


def _readable(mix: Answer, in_ppp: bool) -> Answer:
    """The mix with its interval in one column and its pay in another, to fit eighty characters."""
    unit, sign, called = ("intl", "", "intl. dollars") if in_ppp else ("usd", "$", "pay a year")
    rows = [
        (
            TITLES[row["track"]],
            row["postings"],
            row["companies"],
            row["share"],
            _between(row["share_low"], row["share_high"], "{:.0%}–{:.0%}"),
            _between(row[f"pay_low_{unit}"], row[f"pay_high_{unit}"], sign + "{:,.0f}–{:,.0f}k", per=1000),
        )
        for row in mix.records()
    ]
    return Answer(["track", "postings", "companies", "share", "95 %", called], rows)


def _between(low: float | None, high: float | None, form: str, per: int = 1) -> str:
    return "–" if low is None or high is None else form.format(low / per, high / per)


def notes(scope: Scope, basis: dict[str, int], in_ppp: bool = False) -> list[str]:
    """What an answer rests on, and what was left out, in sentences."""
    companies = "1 company" if basis["companies"] == 1 else f"{basis['companies']:,} companies"
    lines = [
        f"Rests on {basis['in_tracks']:,} of {basis['postings']:,} open postings of {companies}; "
        f"{basis['with_pay']:,} of them state pay. Last seen {basis['seen_from']} to {basis['seen_to']}.",
        f"Left out: {basis['none']:,} of none of the six tracks, {basis['unsure']:,} the model is unsure of. "
        "The 95 % interval (Wilson) is of postings like these; it does not count the model's own errors.",
        f"Pay: median low and median high of what is stated, {'international' if in_ppp else 'US'} dollars a year; "
        "none shown under 5 postings with pay.",
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


def _km(within: str | None) -> float | None:
    """Kilometres of `50km` or `50`."""
    if within is None:
        return None
    try:
        kilometres = float(within.lower().removesuffix("km"))
    except ValueError:
        raise typer.BadParameter(f"{within!r} is not a distance such as 50km", param_hint="--within") from None
    if not 0 < kilometres < 20_100:
        raise typer.BadParameter("the distance must lie between 0 and 20,000 km", param_hint="--within")
    return kilometres
