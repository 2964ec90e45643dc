"""Files, homes and variables that cannot be meant so: one sentence that names the thing, exit 2, nothing changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest
from conftest import ROOT

from faults.case import Case, proving
from faults.tables import on_disk
from faults.typed import (
    ESCAPE,
    HEADER,
    KESTREL,
    RUN,
    holds,
    laid_out,
    refused,
    refuses,
    trackmix,
)
from pipeline.boards.registry import boards_to_read, own_boards
from pipeline.posting import Board
from pipeline.settings import SettingError, settings_of

LABELS = "posting_id,label,second,sure\n"


def registry(name: str, text: str | bytes, *says: str) -> Case:
    return refused(f"boards.csv: {name}", RUN, "boards.csv", *says, files={"market/boards.csv": text})


def index(name: str, line: str | bytes, *says: str) -> Case:
    return refused(f"index.jsonl: {name}", RUN, "index.jsonl", *says, files={"market/index.jsonl": line})


def reply(**changed: object) -> str:
    line = {"url": "https://api.example.com/", "status": 200, "headers": {}, "file": "0.body"} | changed
    return json.dumps({name: value for name, value in line.items() if value != "missing"}) + "\n"


def labels(name: str, text: str | bytes, *says: str) -> Case:
    return refused(
        f"labels.csv: {name}", ["train", "--home", "{home}"], "labels.csv", *says, files={"home/labels.csv": text}
    )


def registers(text: str, boards: Sequence[str], folder: Path) -> None:
    file = folder / "boards.csv"
    file.write_text(text, "utf-8")
    assert [board.board_id for board in boards_to_read(folder, file)] == list(boards)


def adds_a_strangers_name(folder: Path) -> None:
    """A name that a page gave is kept so that the registry can be read again."""
    from pipeline.boards.registry import add_board

    add_board(folder, Board(f"Kes\ntrel {ESCAPE}", "greenhouse", "kestrel"))
    add_board(folder, Board('Me"r,lin', "lever", "merlin"))
    assert [board.company for board in own_boards(folder)] == ["Kes trel [2J ]0;mine", 'Me"r,lin']


def labels_after_a_cut_line(folder: Path) -> None:
    from pipeline.stages.teaching import keep_label, read_labels

    (folder / "labels.csv").write_text(LABELS + "a,none,,3")
    keep_label(folder, "b", "training", "2")
    assert [row["posting_id"] for row in read_labels(folder)] == ["a", "b"]


def dagster_variable(value: str, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as given:
        given.setenv("TRACKMIX_KEEP_DAYS", value)
        with pytest.raises(SettingError, match="TRACKMIX_KEEP_DAYS") as said:
            settings_of(folder)
    assert len(str(said.value).splitlines()) == 1


def unset_days(folder: Path) -> None:
    (folder / "trackmix.toml").write_text("[retention]\nkeep_days = 7\n")
    with pytest.MonkeyPatch.context() as given:
        for value, days in (("", 7), ("365", 365), ("0", 0)):
            given.setenv("TRACKMIX_KEEP_DAYS", value)
            assert settings_of(folder).keep_days == days


def refused_by_itself(words: list[str], file: str | None, days: str, said: str, folder: Path) -> None:
    """In a process of its own, for Dagster's definitions read the settings of the home as they are imported."""
    laid_out(folder, {"home/trackmix.toml": file} if file else {})
    before = on_disk(folder)
    env = {**os.environ, "TRACKMIX_HOME": str(folder / "home"), "TRACKMIX_KEEP_DAYS": days}
    command = [sys.executable, "-m", "pipeline", *words, "--replay", str(folder / "market")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, check=False)
    *progress, mistake = done.stderr.splitlines()
    assert done.returncode == 2, done.stderr
    assert mistake.startswith("trackmix: ")
    assert said in mistake
    assert len(progress) <= 1, progress  # what is being done is said, and no traceback
    assert on_disk(folder) == before


def home_of_the_user(folder: Path) -> None:
    refuses(["area", "Berlin"], ["{folder}/none"], {}, {"TRACKMIX_HOME": "~/none", "HOME": "{folder}"}, b"", 1, folder)


def answers(words: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
    laid_out(folder, {})
    ended, out, err = trackmix(folder, words, env)
    assert (ended, err) == (0, "")
    assert out


CASES = [
    # boards.csv
    registry("empty", "", "lists no boards", HEADER.strip()),
    registry("a header alone", HEADER, "lists no boards"),
    registry("no header", "Kestrel,greenhouse,kestrel\n", "needs the header company,source,token"),
    registry("a misspelt column", "company,sorce,token\nKestrel,greenhouse,kestrel\n", "source is missing"),
    registry("a column twice", "company,source,token,token\nKestrel,greenhouse,kestrel,other\n", "token", "stands twice"),
    registry("semicolons", "company;source;token\nKestrel;greenhouse;kestrel\n", "needs the header"),
    registry("Latin-1", HEADER.encode() + "Café,greenhouse,cafe\n".encode("latin-1"), "is not UTF-8; save it"),
    registry("UTF-16", KESTREL.encode("utf-16"), "is not UTF-8"),
    registry("a NUL", HEADER + "Kes\0trel,greenhouse,kestrel\n", "line 2", "control character"),
    registry("an escape sequence", HEADER + f"Kes{ESCAPE}trel,greenhouse,kestrel\n", "line 2", "control character"),
    registry("a line end in a name", HEADER + '"Kes\ntrel",greenhouse,kestrel\n', "line 3", "line end"),
    registry("a quote that stays open", HEADER + '"Kestrel,greenhouse,kestrel\n', "line 2", "is not CSV"),
    registry("a cell of 200,000 letters", HEADER + "K" * 200_000 + ",greenhouse,kestrel\n", "line 2", "is not CSV"),
    registry("a short row", HEADER + "Kestrel,greenhouse\n", "line 2", "must all be given"),
    registry("blanks", HEADER + " ,greenhouse,kestrel\n", "line 2", "must all be given"),
    registry("a long row", HEADER + "Kestrel,greenhouse,kestrel,lab\n", "line 2", "4 cells under a header of 3"),
    registry("a board twice", KESTREL + "Merlin,greenhouse,KESTREL\n", "greenhouse/kestrel", "lines 2 and 3", "Kestrel", "Merlin"),
    registry("a line twice", KESTREL + "Kestrel,greenhouse,kestrel\n", "lines 2 and 3", "keep one"),
    registry("a misspelt source", HEADER + "Kestrel,greenhous,kestrel\n", "line 2", "greenhous is not a source", "greenhouse"),
    registry("an unknown tag", "company,source,token,tags\nKestrel,greenhouse,kestrel,labb\n", "'labb'", "lab"),
    registry("an unknown confidence", "company,source,token,confidence\nK,greenhouse,k,sure\n", "'sure'", "high, medium, low"),
    registry("an unknown market", "company,source,token,market\nK,greenhouse,k,smple\n", "'smple'", "sample"),
    refused("boards.csv: a folder", [*RUN, "--boards", "{folder}/x"], "{folder}/x cannot be read", files={"x": None}),
    refused("boards.csv: none", [*RUN, "--boards", "{folder}/none.csv"], "none.csv cannot be read"),
    refused("boards.csv: the user's own, with a fault", ["boards", "list", "--home", "{home}"], "home/boards.csv, line 2", files={"home/boards.csv": HEADER + "K,,\n"}),
    refused("boards.csv: added to, with a fault", ["boards", "add", "Kestrel", "greenhouse", "kestrel", "--replay", "{market}", "--home", "{home}"], "home/boards.csv, line 2", files={"home/boards.csv": HEADER + "K,,\n"}),
    holds("boards.csv: a source in capitals", "Greenhouse", "it is the source", partial(registers, HEADER + "Kestrel,Greenhouse,k\n", ["greenhouse/k"])),
    holds("boards.csv: a byte-order mark", "of Excel", "it is read", partial(registers, "\ufeff" + KESTREL, ["greenhouse/kestrel"])),
    holds("boards.csv: Windows line ends, blank lines", "CRLF", "it is read", partial(registers, KESTREL.replace("\n", "\r\n") + "\r\n", ["greenhouse/kestrel"])),
    holds("boards.csv: a planned source", "gem", "it is listed, and skipped with its reason", partial(registers, HEADER + "Kestrel,gem,k\n", ["gem/k"])),
    holds("boards.csv: a name from a page", "line ends and escapes in it", "it can be read again", adds_a_strangers_name),
    # index.jsonl
    refused("index.jsonl: none", ["run", "--replay", "{folder}", "--boards", "{market}/boards.csv", "--home", "{home}"], "cannot be replayed", "index.jsonl"),
    refused("index.jsonl: no such folder", ["run", "--replay", "{folder}/none", "--boards", "{market}/boards.csv", "--home", "{home}"], "{folder}/none cannot be replayed"),
    refused("index.jsonl: a file for the folder", ["run", "--replay", "{folder}/x", "--boards", "{market}/boards.csv", "--home", "{home}"], "{folder}/x cannot be replayed", files={"x": ""}),
    refused("index.jsonl: with company --now", ["company", "Kestrel", "--now", "--replay", "{folder}/none", "--home", "{home}"], "{folder}/none cannot be replayed"),
    index("no JSON", "nope\n", "line 1"),
    index("a later line", reply() + "{\n", "line 2"),
    index("a list", "[]\n", "line 1"),
    index("nested 5,000 deep", "[" * 5_000 + "\n", "line 1"),
    index("not UTF-8", b'{"url": "\xff"}\n', "line 1"),
    index("no url", reply(url="missing"), "line 1", "url"),
    index("no status", reply(status="missing"), "line 1", "status"),
    index("no file", reply(file="missing"), "line 1", "file"),
    index("an address without a host", reply(url="/jobs"), "line 1", "no address of the web"),
    index("an address that is none", reply(url="https://["), "line 1"),
    index("a number for an address", reply(url=5), "line 1"),
    index("a script for an address", reply(url="javascript:x"), "line 1"),
    index("a status in words", reply(status="ok"), "line 1"),
    index("a status of 99", reply(status=99), "line 1", "99"),
    index("a status that is no number", reply(status=float("nan")), "line 1"),
    index("a list of headers", reply(headers=["a"]), "line 1"),
    index("a number for a header", reply(headers={"date": 5}), "line 1", "header"),
    index("a header of two lines", reply(headers={"x": "a\r\nb: c"}), "line 1", "header"),
    index("a date that is none", reply(headers={"date": "yesterday"}), "line 1", "yesterday"),
    # labels.csv
    labels("no header", "x,none,,3\n", "needs the header posting_id,label,second,sure"),
    labels("an unknown label", LABELS + "x,inference,,3\n", "line 2", "inference_serving"),
    labels("an unknown second label", LABELS + "x,none,foo,3\n", "line 2"),
    labels("a sureness of 9", LABELS + "x,none,,9\n", "line 2", "1, 2 or 3"),
    labels("a short row", LABELS + "x,none\n", "line 2"),
    labels("a long row", LABELS + "x,none,,3,x\n", "line 2"),
    labels("no posting", LABELS + ",none,,3\n", "line 2", "posting_id is missing"),
    labels("one posting twice", LABELS + "x,none,,3\nx,research,,3\n", "lines 2 and 3"),
    labels("not UTF-8", LABELS.encode() + b"\xff,none,,3\n", "is not UTF-8"),
    labels("a NUL", LABELS + "x\0,none,,3\n", "line 2", "control character"),
    labels("a cell of 200,000 letters", LABELS + "x" * 200_000 + ",none,,3\n", "line 2"),
    labels("empty", "", "no label", "trackmix label --review"),
    labels("postings of another home", LABELS + "nowhere/1,none,,3\n", "no label", "of a posting of this home"),
    refused("labels.csv: a folder", ["train", "--home", "{home}"], "labels.csv cannot be read", files={"home/labels.csv": None}),
    refused("labels.csv: met by a review", ["label", "--review", "1", "--home", "{home}"], "labels.csv", files={"home/labels.csv": "x\n"}, typed=b"q\n"),
    holds("labels.csv: a cut line", "one label more", "it stands in a line of its own", labels_after_a_cut_line),
    # home
    *(refused(f"home is a file: {words[0]}", [*words, "--home", "{folder}/x"], "--home", "{folder}/x is a file; name a folder", files={"x": ""}) for words in (["run", "--replay", "{market}"], ["area", "Berlin"], ["sql", "from jobs"], ["boards", "list"], ["train"], ["label", "--review", "1"], ["site", "--out", "{folder}/s"], ["export", "--out", "{folder}/s"], ["company", "Kestrel", "--now", "--replay", "{market}"])),
    refused("home is a file, by TRACKMIX_HOME", ["area", "Berlin"], "{folder}/x is a file; name a folder", files={"x": ""}, env={"TRACKMIX_HOME": "{folder}/x"}),
    refused("home may not be made", ["run", "--replay", "{market}", "--home", "/proc/trackmix"], "/proc/trackmix", "cannot be used"),
    refused("home under a file", ["run", "--replay", "{market}", "--home", "{folder}/x/y"], "x/y", "cannot be used", files={"x": ""}),
    refused("home of nobody", ["area", "Berlin", "--home", "~nobody-of-that-name/x"], "~nobody-of-that-name/x", "cannot be used"),
    refused("home with a name too long", ["area", "Berlin", "--home", "{folder}/" + "x" * 300], "cannot be used"),
    refused("home with nothing published", ["area", "Berlin", "--home", "{folder}"], "there is no warehouse in {folder}; make one with: trackmix run", status=1),
    refused("out is the home: export", ["export", "--out", "{home}", "--home", "{home}"], "is the home folder; name another"),
    refused("out is the home: site", ["site", "--out", "{home}/../home", "--home", "{home}"], "is the home folder; name another"),
    refused("out is a file: site", ["site", "--out", "{folder}/x", "--home", "{home}"], "{folder}/x cannot be used", files={"x": ""}),
    refused("out is a file: export", ["export", "--out", "{folder}/x", "--home", "{home}"], "{folder}/x cannot be used", files={"x": ""}),
    refused("out of another form: report", ["report", "Berlin", "--out", "{folder}/x.doc", "--home", "{home}"], "x.doc ends in none of .html"),
    # variables
    *(refused(f"TRACKMIX_KEEP_DAYS={value}", RUN, "KEEP_DAYS", env={"TRACKMIX_KEEP_DAYS": value}) for value in ("soon", "-1", "1e3", "9999999999")),
    *(holds(f"TRACKMIX_KEEP_DAYS={value}, for Dagster", "the definitions are loaded", "one sentence names it", partial(dagster_variable, value)) for value in ("soon", "-1", "1.5", "9" * 50, "٣")),
    *(holds(f"{said}, {words[0]}", "a process of its own", "one sentence names it, nothing changed", partial(refused_by_itself, words, file, days, said), long=True)
      for words in (["run"], ["company", "Kestrel", "--now"])
      for file, days, said in ((None, "soon", "TRACKMIX_KEEP_DAYS is 'soon'"), ("[boards]\nshard = 2\n", "", "boards.shard is no setting"))),
    holds("TRACKMIX_KEEP_DAYS empty", "set to nothing", "as if not set", unset_days),
    holds("COLUMNS=wide", "the width of a terminal", "answered", partial(answers, ["area", "Berlin", "--home", "{home}"], {"COLUMNS": "wide"})),
    holds("TRACKMIX_HOME with ~", "a folder of the user's", "it is that folder", home_of_the_user),
]  # fmt: skip

test_holds = proving(CASES, seconds=120)
