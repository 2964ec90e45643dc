"""How often the 95 % intervals hold the truth, in markets drawn from a known one.

    python bench/coverage.py

The shares of monthly threads, the change of a stock and the days open: every interval is made by the SQL that answers questions
(warehouse/macros), 1,000 draws a line. Companies have one posting, or several that are alike: 1 to 100, as often as a power
law has it. Shares and pay of places and companies are estimates: bench/estimates.py draws those.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.store import Store, open_store

DRAWS = 1000
SIZES = {
    "a posting a company": "1",
    "several alike a company": "least(100, floor(pow(1 - random(), -1 / 2.5)))::int",
}
Line = tuple[str, str, float]  # the figure, the setting, the part of the intervals shown that hold the truth


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
                    f"""select share_low <= {part} and share_high >= {part} from all_shares_of('counted', ['a', 'b'])
                    where track = 'a'""",
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
        for figures in (shares, changes, open_time):
            for figure, setting, held in figures(store):
                print(f"{figure:28} {setting:66} {held:.1%}", flush=True)


if __name__ == "__main__":
    main()
