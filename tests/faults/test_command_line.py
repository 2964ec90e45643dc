"""Lines, options, SQL and strangers' words on a command line: what cannot be meant so is refused, and nothing is obeyed or lost."""

from __future__ import annotations

import json
import shlex
import shutil
import socket
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from conftest import Market, greenhouse_job
from invented import Job, invented

import pipeline.fetching.network
import warehouse
from faults.case import Case, proving
from faults.tables import on_disk
from faults.typed import (
    HEADER,
    POSTING,
    RUN,
    asked_home,
    holds,
    laid_out,
    refused,
    refuses,
    trackmix,
)
from warehouse.errors import StoreError
from warehouse.store import PUBLISHED

LABEL = ["label", "--in", "{folder}/in", "--out", "{folder}/out", "--home", "{home}"]


def line(name: str, text: str | bytes, *says: str) -> Case:
    return refused(
        f"label --in: {name}",
        LABEL,
        "line 2",
        *says,
        files={"in": POSTING.encode() + as_bytes(text), "out": "yesterday\n"},
    )


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def sql(name: str, question: str, *says: str) -> Case:
    return refused(f"sql: {name}", ["sql", question, "--home", "{home}"], *says)


def prints_no_commands(words: Sequence[str], folder: Path) -> None:
    """What boards wrote is shown, and commands no terminal."""
    laid_out(folder, {})
    _, out, err = trackmix(folder, words)
    assert out
    for character in out + err:
        assert character == "\n" or character.isprintable() or character in "\u200b", repr(character)


def sql_leaves_the_published_file(question: str, folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    shutil.copy(asked_home() / PUBLISHED, home)
    before = on_disk(folder)
    ended, _, err = trackmix(folder, ["sql", question, "--home", "{home}"])
    assert ended == 2, err
    assert on_disk(folder) == before


def proposes_quoted(folder: Path) -> None:
    """A company's name is one word of the command that is proposed, whatever it holds."""
    name = "Ke\"str`el $(touch mine); 'x' \\"
    home = invented(folder / "a home; rm -rf x", [Job(name, "training", title="Engineer")])
    ended, out, _ = trackmix(folder, ["company", name, "--home", str(home)])
    assert ended == 0
    [proposed] = [text.split("all of them: ")[1] for text in out.splitlines() if "all of them: " in text]
    assert shlex.split(proposed)[:4] == ["trackmix", "openings", "--company", name]
    _, _, err = trackmix(folder, ["company", "No'body $(x)", "--home", str(home)])
    assert shlex.split(err.split("look for it: ")[1].replace(" --now", ""))[2] == "No'body $(x)"
    _, _, err = trackmix(folder, ["area", "Berlin", "--home", str(folder / "no home; $(x)")])
    assert shlex.split(err.split("make one with: ")[1])[-1] == str(folder / "no home; $(x)")


def run_proposes_quoted(folder: Path) -> None:
    at = Market(folder / "market", "2026-10-05")
    at.folder.mkdir()
    at.reply("https://boards-api.greenhouse.io/v1/boards/kestrel/jobs", {"jobs": [greenhouse_job(1)], "meta": {}})
    (at.folder / "boards.csv").write_text(
        HEADER + '"Kes\'trel $(touch mine) [b]",greenhouse,kestrel\n"Gone [red]",greenhouse,gone\n'
    )
    home = folder / "a home $(x)"
    ended, out, err = trackmix(folder, ["run", "--replay", "{market}", "--home", str(home)])
    assert ended == 3, err  # one board of two could not be read
    proposed = [shlex.split(text) for text in out.splitlines() if text.startswith("  trackmix ")]
    assert ["trackmix", "company", "Kes'trel $(touch mine) [b]", "--home", str(home)] in proposed
    assert "failed: Gone [red] (greenhouse/gone)" in out


def in_and_out(folder: Path) -> None:
    """Half a surrogate pair, huge numbers and marks come through as JSON spells them."""
    lines = [
        '{"id": "\\ud83d", "title": "Engineer", "text": "x"}',
        '{"id": 2, "pay": {"low": %s, "high": 1}}' % ("9" * 400),
    ]
    laid_out(folder, {"in": "\n".join(lines).encode(), "out": "yesterday\n"})
    for command in ("label", "normalise"):
        ended, _, err = trackmix(folder, [command, "--in", "{folder}/in", "--out", "{folder}/out"])
        assert ended == 0, err
        written = [json.loads(text) for text in (folder / "out").read_text("utf-8").splitlines()]
        assert [found["id"] for found in written] == ["\ud83d", 2]
    assert sorted(path.name for path in folder.iterdir()) == ["home", "in", "market", "out"]


def reads_a_mark(folder: Path) -> None:
    laid_out(folder, {"in": b"\xef\xbb\xbf" + POSTING.encode()})
    assert trackmix(folder, LABEL)[0] == 0
    assert json.loads((folder / "out").read_text())["id"] == 1


def keeps_what_is_given(folder: Path) -> None:
    """Standard output is UTF-8 whatever the terminal's encoding."""
    laid_out(folder, {})
    ended, out, _ = trackmix(folder, ["label"], typed='{"id": "é", "title": "a"}\n'.encode())
    assert (ended, json.loads(out)["id"]) == (0, "é")


def through_a_link(folder: Path) -> None:
    """The file that a link names is written; the link stays."""
    laid_out(folder, {"in": POSTING, "kept": "yesterday\n"})
    (folder / "out").symlink_to(folder / "kept")
    assert trackmix(folder, LABEL)[0] == 0
    assert (folder / "out").is_symlink()
    assert json.loads((folder / "kept").read_text())["id"] == 1


def to_a_device(folder: Path) -> None:
    laid_out(folder, {"in": POSTING})
    assert trackmix(folder, ["label", "--in", "{folder}/in", "--out", "/dev/null"])[0] == 0
    assert Path("/dev/null").is_char_device()


def json_is_json(folder: Path) -> None:
    """What no JSON number can be is null."""
    laid_out(folder, {})
    question = "select 'nan'::double as a, 'inf'::double as b, ['-inf'::double] as c, 1 as d"
    ended, out, _ = trackmix(folder, ["sql", question, "--home", "{home}", "--format", "json"])
    assert ended == 0
    assert json.loads(out, parse_constant=lambda name: pytest.fail(name)) == [
        {"a": None, "b": None, "c": [None], "d": 1}
    ]


def frame_of_nothing(question: str, folder: Path) -> None:
    with pytest.raises(StoreError):
        warehouse.frame(question, home=asked_home())


def dead_network(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline.fetching.network, "HOSTS", (("127.0.0.1", closed_port()),))
        patched.setattr(pipeline.fetching.network.is_online, "__defaults__", ((("127.0.0.1", closed_port()),), 4.0))
        refuses(["company", "Nobody", "--now", "--home", "{home}"], ["there is no network"], {}, None, b"", 1, folder)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


CASES = [
    # lines in, lines out
    refused("label --in x --out x", ["label", "--in", "{folder}/in", "--out", "{folder}/in"], "{folder}/in", "name another file for --out", files={"in": POSTING}),
    refused("label --in x --out ./x", ["label", "--in", "{folder}/in", "--out", "{folder}/market/../in"], "name another file", files={"in": POSTING}),
    refused("normalise --in x --out x", ["normalise", "--in", "{folder}/in", "--out", "{folder}/in"], "name another file", files={"in": POSTING}),
    line("no JSON", "{oops\n", "is not JSON"),
    line("a list", "[1]\n", "an object with an id"),
    line("no id", '{"title": "a"}\n', "an object with an id"),
    line("a null id", '{"id": null}\n', "neither text nor a number"),
    line("a list for an id", '{"id": [1]}\n', "neither text nor a number"),
    line("a NaN", '{"id": NaN}\n', "NaN is no JSON number"),
    line("an Infinity", '{"id": 2, "pay": {"low": -Infinity}}\n', "no JSON number"),
    line("a number beyond numbers", '{"id": 1e999}\n', "1e999 is beyond"),
    line("5,000 digits", '{"id": ' + "9" * 5_000 + "}\n", "is not JSON"),
    line("nested 100,000 deep", '{"id": 1, "x":' + "[" * 100_000 + "\n", "nested too deeply"),
    line("not UTF-8", b"\xff\xfe\n", "is not UTF-8"),
    refused("normalise --in: a bad line", ["normalise", "--in", "{folder}/in", "--out", "{folder}/out"], "line 2", files={"in": POSTING + "{", "out": "yesterday\n"}),
    refused("label: standard input is not UTF-8", ["label", "--out", "{folder}/out"], "standard input, line 1", "is not UTF-8", files={"out": "yesterday\n"}, typed=b"\xff\n"),
    refused("label --in: none", LABEL, "{folder}/in cannot be used", files={"out": "yesterday\n"}),
    refused("label --in: a folder", LABEL, "{folder}/in cannot be used", files={"in": None, "out": "yesterday\n"}),
    refused("label --out: a folder", LABEL, "{folder}/out cannot be used", files={"in": POSTING, "out": None}),
    refused("label --out: in no folder", ["label", "--in", "{folder}/in", "--out", "{folder}/none/out"], "none/out cannot be used", files={"in": POSTING}),
    refused("label --review with --in", ["label", "--review", "1", "--in", "{folder}/in", "--home", "{home}"], "--review", files={"in": POSTING}),
    refused("label --review -1", ["label", "--review", "-1", "--home", "{home}"], "--review"),
    holds("label --in: halves of pairs, 400 digits", "label and normalise", "they come through", in_and_out),
    holds("label --in: a byte-order mark", "label", "it is read", reads_a_mark),
    holds("label to standard output", "é", "it is UTF-8", keeps_what_is_given),
    holds("label --out: a link", "to a file", "the file is written", through_a_link),
    holds("label --out: a device", "/dev/null", "it stays one", to_a_device),
    # options and arguments
    refused("--keep-days beyond reason", [*RUN, "--keep-days", "99999999999"], "--keep-days"),
    refused("--keep-days -1", [*RUN, "--keep-days", "-1"], "--keep-days"),
    refused("--keep-days soon", [*RUN, "--keep-days", "soon"], "--keep-days"),
    refused("--include of no source", [*RUN, "--include", "greenhous"], "greenhous is not a source", "greenhouse"),
    refused("--source of none: list", ["boards", "list", "--source", "greenhous", "--home", "{home}"], "greenhous is not a source"),
    refused("--source of none: check", ["boards", "check", "--source", "greenhous", "--home", "{home}"], "greenhous is not a source"),
    refused("--tag of none", ["boards", "list", "--tag", "labb", "--home", "{home}"], "'labb' is none of lab"),
    refused("boards add: two words", ["boards", "add", "Kestrel", "greenhouse", "--home", "{home}"], "COMPANY SOURCE TOKEN"),
    refused("boards add: no source", ["boards", "add", "Kestrel", "greenhous", "k", "--replay", "{market}", "--home", "{home}"], "greenhous is not a source"),
    refused("boards check: nobody", ["boards", "check", "Nobody", "--replay", "{market}", "--home", "{home}"], "no such board of nobody"),
    refused("an unknown option", ["area", "Berlin", "--wihtin", "5"], "--wihtin"),
    refused("an unknown command", ["aera", "Berlin"], "aera"),
    refused("an unknown form", ["area", "Berlin", "--home", "{home}", "--format", "xml"], "xml"),
    refused("an unknown place", ["area", "Qqqxzw", "--home", "{home}"], "no place called 'Qqqxzw'"),
    refused("an empty place", ["area", "", "--home", "{home}"], "no place called ''"),
    refused("a company that is not read", ["company", "Nobody", "--home", "{home}"], "'Nobody'", "trackmix company Nobody --now"),
    refused("a track that is none", ["track", "plumbing", "--home", "{home}"], "plumbing"),
    refused("--within of no distance", ["area", "Berlin", "--within", "far", "--home", "{home}"], "far"),
    refused("--within nan", ["area", "Berlin", "--within", "nan", "--home", "{home}"], "distance"),
    refused("--within inf", ["area", "Berlin", "--within", "inf", "--home", "{home}"], "distance"),
    refused("--since of no day", ["area", "Berlin", "--since", "2026-13-01", "--home", "{home}"], "2026-13-01"),
    refused("--level of none", ["area", "Berlin", "--level", "boss", "--home", "{home}"], "boss"),
    refused("--limit -1", ["openings", "--limit", "-1", "--home", "{home}"], "--limit"),
    refused("--pay-from -1", ["openings", "--pay-from", "-1", "--home", "{home}"], "--pay-from"),
    refused("--pay-from beyond numbers", ["openings", "--pay-from", "9" * 60, "--home", "{home}"], "--pay-from"),
    refused("--limit beyond numbers", ["openings", "--limit", "9" * 60, "--home", "{home}"], "--limit"),
    refused("compare with one", ["compare", "Berlin", "--home", "{home}"], "two or more"),
    refused("choose: a background that is none", ["choose", "--background", "wizard", "--day", "gpu-memory", "--home", "{home}"], "wizard"),
    refused("choose: a day that is none", ["choose", "--background", "backend", "--day", "x", "--home", "{home}"], "'x'"),
    refused("claims of nobody", ["claims", "--company", "Nobody", "--home", "{home}"], "Nobody"),
    refused("tables: none", ["tables", "jobss", "--home", "{home}"], "jobs"),
    refused("an argument that is not UTF-8", ["area", "B\udce9rlin", "--home", "{home}"], "no text"),
    refused("explain: nothing", ["explain", "", "--home", "{home}"], "no posting and no file"),
    refused("explain: a name too long", ["explain", "x" * 5_000, "--home", "{home}"], "no posting and no file"),
    refused("explain: a folder", ["explain", "{folder}", "--home", "{home}"], "no posting and no file"),
    refused("explain: not UTF-8", ["explain", "{folder}/x", "--home", "{home}"], "not a text file in UTF-8", files={"x": b"\xff"}),
    refused("explain: an empty file", ["explain", "{folder}/x", "--home", "{home}"], "no title", files={"x": b""}),
    holds("company --now without a network", "no host answers", "one sentence, exit 1", dead_network),
    # sql
    sql("empty", "", "the question is empty"),
    sql("blank", "  ", "the question is empty"),
    sql("a semicolon", ";", "the question is empty"),
    sql("a comment", " -- nothing", "the question is empty"),
    sql("half a question", "select", "the warehouse cannot answer"),
    sql("not UTF-8", "select '\udce9'", "no text"),
    *(sql(f"reads: {name}", question, "cannot answer") for name, question in {
        "text": "from read_text('/etc/hostname')", "csv": "from read_csv('/etc/passwd')", "json": "from read_json('/etc/passwd')",
        "parquet": "from read_parquet('/etc/passwd')", "blob": "from read_blob('/etc/passwd')", "a folder": "from glob('/*')",
        "by name": "from '/etc/passwd.csv'", "sniffing": "from sniff_csv('/etc/passwd')", "the file itself": "from read_blob('{home}/warehouse.duckdb')",
        "the web": "from read_csv('http://127.0.0.1:9/x')", "another warehouse": "attach '{folder}/x.duckdb'", "an extension": "load httpfs",
    }.items()),
    *(sql(f"writes: {name}", question, "cannot answer") for name, question in {
        "csv": "copy (select 1) to '{folder}/x.csv'", "parquet": "copy (select 1) to '{folder}/x.parquet'", "a database": "export database '{folder}/x'",
        "a table": "create table x as select 1", "rows": "delete from postings", "a log": "call enable_logging(storage = 'file', storage_path = '{folder}/x')",
        "a profile": "set profiling_output = '{folder}/x'", "an extension": "install httpfs", "standard output": "copy (select 1) to '/dev/stdout'",
        "a secret": "create persistent secret s (type http)",
    }.items()),
    *(sql(f"allows itself: {name}", question, "cannot answer") for name, question in {
        "files": "set enable_external_access = true", "file systems": "set disabled_filesystems = ''", "settings": "set lock_configuration = false",
        "a folder": "set allowed_directories = ['/']", "a path": "set allowed_paths = ['/etc/passwd']",
    }.items()),
    *(holds(f"sql: over the published file, {name}", question, "refused, every byte stays", partial(sql_leaves_the_published_file, question)) for name, question in {
        "copy": "copy (select 1) to '{home}/warehouse.duckdb'", "copy, explained": "explain analyze copy (select 1) to '{home}/warehouse.duckdb'",
        "copy of its log": "copy (select 1) to '{home}/warehouse.duckdb.wal' (format csv)", "attached": "attach '{home}/warehouse.duckdb' as x; delete from x.postings",
    }.items()),
    holds("sql: NaN in JSON", "nan, inf", "null", json_is_json),
    holds("frame: nothing", "an empty question in a notebook", "StoreError", partial(frame_of_nothing, " ")),
    holds("frame: a file", "read_csv in a notebook", "StoreError", partial(frame_of_nothing, "from read_csv('/etc/passwd')")),
    # what strangers wrote, on a terminal
    *(holds(f"escapes of a title and a name: {shlex.join(words)}", shlex.join(words), "shown, and obeyed by no terminal", partial(prints_no_commands, [*words, "--home", "{home}"])) for words in (
        ["openings"], ["company", "Hawk"], ["area", "Austin"], ["track", "research"], ["sql", "select company, title from postings"], ["compare", "world", "--company", "Hawk"],
        ["openings", "--format", "md"], ["claims", "--company", "Hawk"], ["report", "--company", "Hawk", "--out", "{folder}/x.md"],
    )),
    holds("commands in answers", "names with quotes, blanks and $()", "each is one word to a shell", proposes_quoted),
    holds("commands after a run", "names with quotes, blanks and $()", "each is one word to a shell", run_proposes_quoted, long=True),
]  # fmt: skip

test_holds = proving(CASES, seconds=120)
