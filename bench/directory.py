"""Makes `pipeline/boards/directory.tsv.zst` from a CSV of facts about boards.

    python bench/directory.py DIRECTORY.csv

The CSV has the columns `company` (may be empty), `source`, `token` (as that source's address has it; Workday:
tenant/host/site), `lists` (how many public lists name the board) and `monitored` (1 where one of them reads it live). A
line of the table, sorted by source and token, holds company, token, source, lists and monitored, and, where letters of
the name are not ASCII or it holds several names, these as they are looked for. One name written in several ways
is written in one; nothing else is judged and no board is left out, whether a source here reads it or not.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import zstandard

from pipeline.boards.directory import FILE, NAME_PARTS, key, keys
from pipeline.csv_rows import read_rows

COLUMNS = ("company", "source", "token", "lists", "monitored")


def lines(rows: list[dict[str, str]]) -> Iterator[str]:
    """The lines of the table, in its order."""
    spelled = spellings(rows)
    for row in sorted(rows, key=lambda row: (row["source"], row["token"].casefold())):
        company = spelled.get(key(row["company"]), row["company"])
        cells = [company, row["token"], row["source"], row["lists"], row["monitored"]]
        needs_key = not company.isascii() or any(mark in company for mark in NAME_PARTS)
        yield "\t".join([*cells, "/".join(keys(company))] if needs_key else cells)


def spellings(rows: list[dict[str, str]]) -> dict[str, str]:
    """The best spelling of each name: the most words, then mixed case, then the most lists: Black Forest Labs, not Blackforestlabs."""
    written: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if name := row["company"]:
            written[key(name)][name] += int(row["lists"])
    return {
        its_key: max(names, key=lambda name: (len(name.split()), not (name.islower() or name.isupper()), names[name], name))
        for its_key, names in written.items()  # `names` counts the lists
    }  # fmt: skip


def main() -> None:
    """Write the table."""
    rows = [row for _, row in read_rows(Path(sys.argv[1]), COLUMNS, ValueError)]
    table = "\n".join(lines(rows)) + "\n"
    FILE.write_bytes(zstandard.ZstdCompressor(level=19).compress(table.encode()))
    print(f"{len(rows):,} boards, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
