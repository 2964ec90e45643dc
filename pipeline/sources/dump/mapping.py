"""What a dump is: a folder with files of postings, and a mapping in TOML that says what their columns are called."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from pipeline.fetching.faults import FetchError
from pipeline.fetching.web import Client
from pipeline.sources import SourceError
from warehouse.errors import QuestionError
from warehouse.files import read_rows
from warehouse.questions import literal

NEEDED = ("id", "title", "company", "text", "first_seen")
COLUMNS = (*NEEDED, "removed", "places", "url", "pay_low", "pay_high", "pay_currency", "pay_interval")
MAPPING = "mapping.toml"
SHIPPED = Path(__file__).with_name(MAPPING)
PACKED = (".gz", ".zst")
# how DuckDB reads a file by its name's end; of CSV and JSON every value is read as text, judged later. A CSV has no comments,
# which DuckDB would guess from an id that begins with #
_READERS = {
    ".parquet": "read_parquet({files}, union_by_name = true)",
    ".csv": "read_csv({files}, all_varchar = true, comment = '', union_by_name = true)",
    ".jsonl": "read_json({files}, format = 'newline_delimited', columns = {columns})",
    ".ndjson": "read_json({files}, format = 'newline_delimited', columns = {columns})",
}
# of all rows, for DuckDB leaves out what its sample of them did not have
_LISTED_JSON = "read_json({files}, format = 'newline_delimited', union_by_name = true, sample_size = -1)"


class DumpError(FetchError, SourceError):
    """A dump that cannot be read as it stands; the message names the file and what to mend."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A folder of files in one form; `columns` maps our names to theirs, `address` is that of a file on the web."""

    folder: Path
    columns: dict[str, str]
    address: str | None = None

    def files(self) -> list[Path]:
        """The files of postings, in order. Raises DumpError where there are none, or they have several forms."""
        try:
            found = [file for file in sorted(self.folder.iterdir()) if _form(file.name)]
        except OSError as error:
            raise DumpError(f"{self.folder} cannot be read: {error.strerror}") from None
        forms = sorted({_form(file.name) for file in found})
        if not found:
            raise DumpError(f"there is no file of postings in {self.folder}; it takes {', '.join(_READERS)}")
        if len(forms) > 1:
            raise DumpError(f"{self.folder} has {' and '.join(forms)} files; keep the files of one form in a folder")
        return found

    def rows(self, most: int) -> Iterator[list[dict[str, str | None]]]:
        """Every row under our names, as text, `most` at a time. Raises DumpError."""
        types = self._types()
        asked = ", ".join(_as_text(name, column, types[column]) for name, column in self.columns.items())
        yield from self._read(f"select {asked} from {self._from()}", most)

    def check(self) -> None:
        """Raises DumpError where its files are not what their names and the mapping say."""
        self._types()

    def _types(self) -> dict[str, str]:
        """The type of each column of its files. Raises DumpError where one that the mapping names is missing."""
        listed = self._from(_LISTED_JSON) if "json" in _form(self.files()[0].name) else self._from()
        (described,) = self._read(f"describe select * from {listed}", 10_000)
        types = {str(row["column_name"]): str(row["column_type"]) for row in described}
        for name, column in self.columns.items():
            if column not in types:
                has = ", ".join(types)
                raise DumpError(
                    f"{self.folder} has no column {column!r}, which {MAPPING} names as {name}; it has {has}"
                )
        return types

    def _from(self, reader: str | None = None) -> str:
        files = self.files()
        columns = dict.fromkeys(self.columns.values(), "VARCHAR")
        reader = reader or _READERS[_form(files[0].name)]
        return reader.format(files=literal([str(file) for file in files]), columns=literal(columns))

    def _read(self, question: str, most: int) -> Iterator[list[dict[str, str | None]]]:
        try:
            yield from read_rows(question, most)
        except QuestionError as error:
            raise DumpError(f"{self.folder} cannot be read: {error}") from None


def dump_in(token: str) -> Dump:
    """The dump in a folder, by the mapping beside its files, else the one that is shipped. Raises DumpError."""
    folder = Path(token).expanduser()
    if not folder.is_absolute():  # a schedule runs elsewhere
        raise DumpError(f"the folder of a dump must be written whole: {folder.absolute()}, not {folder}")
    if not folder.is_dir():
        raise DumpError(f"there is no folder {folder}; a dump is named by the folder of its files")
    file = folder / MAPPING if (folder / MAPPING).exists() else SHIPPED
    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:  # TOML and UTF-8 alike
        raise DumpError(f"{file} cannot be read as TOML: {error}") from None
    address = said.pop("address", None)
    for name, column in said.items():
        if name not in COLUMNS:
            raise DumpError(f"{file} says what {name!r} is called; it takes {', '.join((*COLUMNS, 'address'))}")
        if not isinstance(column, str) or not column:
            raise DumpError(f"{file}: {name} must be the name of a column in quotes, not {column!r}")
    if missing := [name for name in NEEDED if name not in said]:
        raise DumpError(f"{file} does not say which column is {', '.join(missing)}")
    if address is not None and not (isinstance(address, str) and _form(PurePosixPath(urlsplit(address).path).name)):
        raise DumpError(f"{file}: address must be that of a file of {', '.join(_READERS)}, not {address!r}")
    return Dump(folder, said, address)


@asynccontextmanager
async def at_hand(client: Client, dump: Dump) -> AsyncIterator[Dump]:
    """The dump with its files on this disk: one on the web is fetched into a folder that is deleted after. Raises FetchError."""
    if dump.address is None:
        yield dump
        return
    body = await client.get_whole(dump.address)
    with TemporaryDirectory() as folder:
        (Path(folder) / PurePosixPath(urlsplit(dump.address).path).name).write_bytes(body)
        yield replace(dump, folder=Path(folder))


def _form(name: str) -> str:
    """How a file is written, by the end of its name; nothing where it is no file of postings."""
    for end in PACKED:
        name = name.removesuffix(end)
    return Path(name).suffix if Path(name).suffix in _READERS else ""


def _as_text(name: str, column: str, kind: str) -> str:
    quoted = '"' + column.replace('"', '""') + '"'
    text = f"to_json({quoted})::varchar" if kind.endswith("[]") else f"{quoted}::varchar"
    return f"{text} as {name}"
