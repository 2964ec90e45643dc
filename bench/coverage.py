"""How often the 95 % intervals hold the truth, in markets drawn from a known one.

    python bench/coverage.py

The shares of monthly threads, the change of a stock and the days open: every interval is made by what answers questions
(SQL counts, Python estimates), 1,000 draws a line. Companies have one posting, or several that are alike: 1 to 100, as often as a power
law has it. Shares and pay of places and companies are estimates: bench/estimates.py draws those.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from warehouse import through_time
from warehouse.clusters import Clusters
from warehouse.comparisons import Bools
from warehouse.store import Store, open_store
from warehouse.survival import kaplan_meier

DRAWS = 1000
LIMITS = ("change_low", "change_high")
TRUE_MEDIAN = 42  # days, of lives of sixty on average
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
                    select base, row_number() over () as posting_id, case when random() < part then 'a' else 'b' end as kind,
                        unit, unit as company
                    from (select *, unnest(range(size)) from companies)""")
                rows = store.ask("from sums_over_units('counted', 'counted') where kind = 'a'").records()
                low, high = Clusters.of(rows).limits(few=True)
                yield _line("share", f"{called}, {companies:,} companies, {part:.0%}", (low <= part) & (part <= high))


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
            low, high = np.array(through_time.changes(store.ask, "from changes_of('stock')", columns=LIMITS).rows).T
            setting = f"{called}, {opened} companies open, {closed} close"
            yield _line("change of a stock", setting, (low <= truth) & (truth <= high))


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
        rows = store.ask("from at_risk_in('lives') order by base, day").rows
        medians = [
            kaplan_meier(*np.array([row[1:] for row in days], float).T).median_days()
            for _, days in groupby(rows, key=lambda row: row[0])
        ]
        _, low, high = np.array(medians).T
        told = ~np.isnan(low)
        holds = (low <= TRUE_MEDIAN) & ~(high < TRUE_MEDIAN)
        yield _line("days until half have closed", f"{postings:,} postings", holds[told])


def _line(figure: str, setting: str, holds: Bools) -> Line:
    """How often the intervals hold the truth, of as many draws as have one."""
    return figure, f"{setting}, shown {len(holds) / DRAWS:.0%}", float(holds.mean()) if len(holds) else float("nan")


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
