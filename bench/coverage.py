"""How often the 95 % intervals hold the truth, in markets drawn from a known one.

    python bench/coverage.py

Every interval is made by the SQL that answers questions (warehouse/macros), 1,000 draws a line; of what would be shown.
Companies have one posting, or several that are alike: 1 to 100, as often as a power law has it. Beside it,
bench/corrected.py draws the counts corrected for the model's confusions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from warehouse.store import Store, open_store

DRAWS = 1000
SIZES = {
    "a posting a company": "1",
    "several alike a company": "least(100, floor(pow(1 - random(), -1 / 2.5)))::int",
}
Line = tuple[str, str, float]  # the figure, the setting, the part of the intervals shown that hold the truth


def pay(store: Store) -> Iterator[Line]:
    """The median of pay that is lognormal; half of its variance is between companies, where they have several postings."""
    normal = "sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())"
    for called, size in SIZES.items():
        for companies in (5, 10, 30, 100, 1_000):
            draws = min(DRAWS, 2_000_000 // companies)
            store.ask(f"""create or replace temp table companies as
                select d as base, c as unit, {size} as size, {normal} as level from range({draws}) d (d), range({companies}) c (c)""")
            store.ask(f"""create or replace temp table stated as
                select base, unit, unit as company, 180 * exp(0.4 * (level + {normal}) / sqrt(2)) as pay_mid
                from (select *, unnest(range(size)) from companies)""")
            yield from _held(
                store,
                "median pay",
                f"{called}, {companies:,} companies",
                """select pay_mid_low <= 180 and pay_mid_high >= 180 from pay_of('stated')
                where is_shown('area', with_pay, pay_companies)""",
                draws,
            )


def shares(store: Store) -> Iterator[Line]:
    """The share of a track that some companies hire for more than others."""
    for called, size in SIZES.items():
        for part in (0.5, 0.1):
            for companies in (30, 100, 1_000):
                store.ask(f"""create or replace temp table companies as
                    select d as base, c as unit, {size} as size, pow(random(), 1 / {part} - 1) as part
                    from range({DRAWS}) d (d), range({companies}) c (c)""")
                store.ask("""create or replace temp table counted as
                    select base, case when random() < part then 'a' else 'b' end as track, unit, unit as company
                    from (select *, unnest(range(size)) from companies)""")
                yield from _held(
                    store,
                    "share",
                    f"{called}, {companies:,} companies, {part:.0%}",
                    f"""select share_low <= {part} and share_high >= {part} from shares_of('counted')
                    where track = 'a' and is_shown('area', postings, companies)""",
                )


def changes(store: Store) -> Iterator[Line]:
    """The change of a stock to which companies add, and from which they take, several postings at once."""
    for called, size in SIZES.items():
        mean = float(store.ask(f"select avg({size}) from range(1000000)").rows[0][0])
        for opened, closed in ((5, 5), (12, 4), (40, 20), (200, 150)):
            truth = (opened - closed) * mean
            store.ask(f"""create or replace temp table stock as
                select base, unit, unit as company, chance >= {opened} / 1000 as was_open, chance < {opened} / 1000 as is_open
                from (select d as base, c as unit, random() as chance, unnest(range({size}))
                    from range({DRAWS}) d (d), range(1000) c (c))
                where chance < ({opened} + {closed}) / 1000""")
            yield from _held(
                store,
                "change of a stock",
                f"{called}, {opened} companies open, {closed} close",
                f"select {truth} between change_low and change_high from changes_of('stock')",
            )


def differences(store: Store) -> Iterator[Line]:
    """The difference of a track's share in two areas that have some companies in common."""
    for companies in (30, 100, 300):
        held = 0
        for _ in range(DRAWS):
            store.ask(f"""create or replace temp table compared as
                select unit, area < 2 as is_first, area > 0 as is_second,
                    case when random() < part * if(area = 2, 0.5, 1) then 'a' else 'b' end as track
                from (select *, unnest(range(size)) from (
                    select c as unit, {SIZES["several alike a company"]} as size, pow(random(), 1.5) as part, c % 3 as area
                    from range({companies}) c (c)))""")
            low, high = store.ask("""select difference_low, difference_high
                from differences_of('compared') where track = 'a'""").rows[0]
            held += low <= 0.4 - (0.4 + 0.2) / 2 <= high
        yield "difference of shares", f"{companies} companies, a third in both", held / DRAWS


def concentration(store: Store) -> Iterator[Line]:
    """Herfindahl's index and the five largest of sixty places, seven in ten postings at their company's own."""
    parts = np.diff(np.sqrt(np.arange(61) / 60))
    truths = {"herfindahl": float((parts**2).sum()), "five_largest_share": float(parts[:5].sum())}
    for companies in (30, 100, 300):
        store.ask(f"""create or replace temp table companies as
            select d as base, c as company, {SIZES["several alike a company"]} as size, floor(60 * pow(random(), 2)) as home
            from range({DRAWS}) d (d), range({companies}) c (c)""")
        store.ask("""create or replace temp table placed as
            select base, company, row_number() over () as posting_id,
                case when random() < 0.7 then home else floor(60 * pow(random(), 2)) end as place
            from (select *, unnest(range(size)) from companies)""")
        for figure, truth in truths.items():
            question = f"select {truth} between {figure}_low and {figure}_high from concentration_of('placed')"
            yield from _held(store, figure.replace("_", " "), f"{companies} companies", question)


def quotients(store: Store) -> Iterator[Line]:
    """The location quotient of one region of ten, where companies hire twice as much for the track."""
    truth = (1 / 2) / (0.1 / 2 + 0.9 / 4.5)
    for companies in (100, 300):
        limits = []
        for _ in range(DRAWS):
            store.ask(f"""create or replace temp table placed as
                select 'region' as kind, row_number() over () as posting_id, company, area, if(random() < part, 'a', 'b') as track
                from (select *, unnest(range(size)) from (
                    select c as company, c % 10 as area, {SIZES["several alike a company"]} as size,
                        pow(random(), if(c % 10 = 0, 1, 3.5)) as part
                    from range({companies}) c (c)))""")
            limits += store.ask("""select quotient_low, quotient_high from quotients_of('placed')
                where area = 0 and track = 'a'""").rows
        held = sum(low <= truth <= high for low, high in limits)
        yield "location quotient", f"{companies} companies, shown {len(limits) / DRAWS:.0%}", held / len(limits)


def open_time(store: Store) -> Iterator[Line]:
    """Days until half have closed: sixty on average, watched for ninety, half of the postings seen late."""
    for postings in (30, 100, 1_000):
        store.ask(f"""create or replace temp table lives as
            with opened as (select d as base, n as company, if(n % 2 = 0, 0, floor(random() * 30))::int as entered,
                    (1 + floor(random() * 90))::int as watched, ceil(-60 * ln(1 - random()))::int as life
                from range({DRAWS}) d (d), range({3 * postings}) n (n))
            select base, company, entered, least(life, entered + watched) as left_after, life <= entered + watched as has_closed
            from opened where life > entered
            qualify row_number() over (partition by base) <= {postings}""")
        question = """select median_days_low <= 42 and coalesce(median_days_high >= 42, true)
            from open_time_of('lives') where median_days_low is not null"""
        yield from _held(store, "days until half have closed", f"{postings:,} postings", question)


def _held(store: Store, figure: str, setting: str, question: str, draws: int = DRAWS) -> Iterator[Line]:
    """How often what a question answers for each draw is true, and of how many draws it answers."""
    shown, held = store.ask(f"select count(*), count(*) filter (holds) from ({question}) as answered (holds)").rows[0]
    yield figure, f"{setting}, shown {shown / draws:.0%}", held / shown if shown else float("nan")


def main() -> None:
    """Print a line a figure and setting."""
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        store.ask("set threads = 1")  # so that a seed gives the same draws
        store.ask("select setseed(0.5)")
        for figures in (pay, shares, changes, differences, quotients, concentration, open_time):
            for figure, setting, held in figures(store):
                print(f"{figure:28} {setting:66} {held:.1%}", flush=True)


if __name__ == "__main__":
    main()
