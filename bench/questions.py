"""How long `trackmix area`, `company` and `track` take in a large market, and the same question of pandas and SQLite.

    python bench/questions.py HOME [OPENINGS ...]

The openings of a home's published warehouse are multiplied inside DuckDB, with all that questions read beside them: each copy
is at companies of its own, in the places of the first. Asked are the place, the company and the track with the most openings.
Prints, for each number of openings, milliseconds of the processor (of one thread: on an idle machine those of the clock) in
SQL, and of the whole command, and those of the clock of that, the median of ROUNDS; then what pandas (with all rows in memory already) and SQLite (with an
index on the place) take to count the tracks of that country and to name its ten newest openings.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import warehouse.store as store
from reports.mix import show_mix
from reports.openings import show_first
from reports.scope import Scope, area_scope, company_scope
from reports.show import Format
from reports.track import show_track

ROUNDS = 7
TRACK = "applied_llm"
MULTIPLIED = """
create temp table copies as select unnest(range({times})) as copy;
create temp table once as from openings;
delete from openings;
insert into openings by name
select once.* replace ((opening_no - 1) * {times} + copy + 1 as opening_no, posting_id || '/' || copy as posting_id,
    case when copy > 0 then company || ' ' || copy else company end as company)
from once cross join copies order by opening_no;
drop table once;
create temp table placed as from opening_places;
delete from opening_places;
insert into opening_places by name
select placed.* replace ((opening_no - 1) * {times} + copy + 1 as opening_no,
    case when copy > 0 then company || ' ' || copy else company end as company)
from placed cross join copies order by country, region, city, opening_no;
drop table placed;
create temp table standing as from cell_openings;
delete from cell_openings;
insert into cell_openings by name
select standing.* replace ((opening_no - 1) * {times} + copy + 1 as opening_no,
    case when copy > 0 then company || ' ' || copy else company end as company)
from standing cross join copies order by kind, company, country, region, city, track, opening_no;
drop table standing;
create temp table companies as from estimates where kind = 'company';
insert into estimates by name
select companies.* replace (company || ' ' || copy as company) from companies cross join copies where copy > 0 order by company;
create temp table mixes as from company_mix;
delete from company_mix;
insert into company_mix by name
select mixes.* replace (case when copy > 0 then company || ' ' || copy else company end as company)
from mixes cross join copies order by track, postings desc, company;
create temp table resting as from basis where kind = 'company';
insert into basis by name
select resting.* replace (company || ' ' || copy as company) from resting cross join copies where copy > 0 order by company;
"""
COUNTED = "select track, count(distinct opening_no) from placed where country = ? group by track"
NEWEST = (
    "select distinct opening_no, title, company, track, url from placed where country = ? order by opening_no limit 10"
)


def multiplied(home: Path, folder: Path, openings: int) -> None:
    """Make `folder` a home with so many openings or a few more."""
    folder.mkdir()
    shutil.copyfile(home / store.PUBLISHED, folder / store.PUBLISHED)
    with store.open_store(folder) as opened:
        own = int(opened.ask("select count(*) from openings").rows[0][0])
        opened.ask(MULTIPLIED.format(times=-(-openings // own)))
    store.publish(folder)


@contextmanager
def in_sql() -> Iterator[list[float]]:
    """The seconds that each question takes in DuckDB meanwhile."""
    took, whole = list[float](), store._fetch

    def timed(*asked: Any) -> Any:
        begun = process_time()
        answer = whole(*asked)
        took.append(process_time() - begun)
        return answer

    store._fetch = timed
    try:
        yield took
    finally:
        store._fetch = whole


def ask(home: Path, asked: Callable[[], Scope], track: str | None, words: list[str]) -> None:
    """Print what a question takes: in SQL, and as a whole command."""
    sql, whole, clock = [], [], []
    compiled = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home),
    }  # as what is installed is
    command = [sys.executable, "-m", "pipeline", *words, "--home", str(home)]
    subprocess.run(command, check=True, capture_output=True, env=compiled)
    for _ in range(ROUNDS):
        with store.reading(home), in_sql() as took, silent():
            scope = asked()
            if track:
                show_track(home, track, scope, None, Format.table)
            else:
                show_mix(home, scope, Format.table, in_ppp=False)
            show_first(home, scope, track, words)
        sql.append(sum(took))
        begun, begun_at = of_commands(), perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=compiled)
        whole.append(of_commands() - begun)
        clock.append(perf_counter() - begun_at)
    print(f"{' '.join(words):40}", *(f"{1000 * median(of):8.0f}" for of in (sql, whole, clock)))


def of_commands() -> float:
    """The processor seconds of all commands that have ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def silent() -> Iterator[None]:
    """Nothing is printed meanwhile."""
    with redirect_stdout(StringIO()):
        yield


def beside(home: Path, folder: Path, country: str) -> None:
    """Print what pandas and SQLite take for the tracks of a country and its ten newest openings."""
    import pandas

    columns = "p.country, p.region, p.city, opening_no, o.track, o.company, title, url"
    placed = f"select {columns} from opening_places p join openings o using (opening_no)"
    with store.open_store(home) as opened:
        opened.ask(f"create or replace table placed as {placed}")
        rows = opened.ask("from placed")
    frame = pandas.DataFrame(rows.rows, columns=rows.columns)
    begun = process_time()
    here = frame[frame["country"] == country]
    here.groupby("track")["opening_no"].nunique()
    here.drop_duplicates("opening_no").nsmallest(10, "opening_no")
    print(f"{'pandas':40} {1000 * (process_time() - begun):8.0f}")
    database = sqlite3.connect(folder / "placed.sqlite")
    frame.to_sql("placed", database, index=False, chunksize=100_000)
    database.execute("create index by_place on placed (country, region, city)")
    database.commit()
    begun = process_time()
    for question in (COUNTED, NEWEST):
        database.execute(question, [country]).fetchall()
    print(f"{'SQLite':40} {1000 * (process_time() - begun):8.0f}")
    database.close()


def main(home: Path, sizes: list[int]) -> None:
    [(company, _)] = store.ask(
        home, "select company, count(*) from openings group by 1 order by 2 desc, 1 limit 1"
    ).rows
    [(code, country)] = store.ask(
        home,
        "select country, name from opening_places join countries using (country) group by all order by count(*) desc limit 1",
    ).rows
    [(city,)] = store.ask(home, "run/largest_city").rows
    for openings in sizes:
        with TemporaryDirectory() as folder:
            large = Path(folder) / "home"
            multiplied(home, large, openings)
            [(number, places)] = store.ask(
                large, "select (select count(*) from openings), (select count(*) from opening_places)"
            ).rows
            print(
                f"{number:,} openings in {places:,} places\n{'milliseconds':40} {'in SQL':>8} {'in all':>8} {'clock':>8}"
            )
            ask(large, partial(area_scope, large, country), None, ["area", country])
            ask(large, partial(area_scope, large, city), None, ["area", city])
            ask(large, partial(company_scope, large, company), None, ["company", company])
            ask(large, partial(area_scope, large, "world"), TRACK, ["track", TRACK])
            beside(large, Path(folder), code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [1_000_000, 10_000_000])
