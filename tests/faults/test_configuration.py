"""Files, variables, options and arguments that cannot be meant so: one sentence that names the thing, exit 2, nothing changed."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

import pytest
from conftest import ROOT, Market, greenhouse_job
from invented import Job, invented
from typer.testing import CliRunner

import pipeline.fetching.network
import warehouse
from faults.case import Case, proving
from faults.tables import on_disk
from pipeline.boards.registry import boards_to_read, own_boards
from pipeline.cli import app
from pipeline.posting import Board
from pipeline.settings import SettingError, settings_of
from warehouse.errors import StoreError
from warehouse.shards import WHOLE
from warehouse.store import PUBLISHED, open_store

ESCAPE = "\x1b[2J\x1b]0;mine\x07"
HEADER = "company,source,token\n"
KESTREL = HEADER + "Kestrel,greenhouse,kestrel\n"
LABELS = "posting_id,label,second,sure\n"
POSTING = '{"id": 1, "title": "Inference Engineer", "text": "CUDA kernels"}\n'
RUN = ["run", "--replay", "{market}", "--home", "{home}"]
LABEL = ["label", "--in", "{folder}/in", "--out", "{folder}/out", "--home", "{home}"]
Files = Mapping[str, str | bytes | None]


@cache
def asked_home() -> Path:
    """A home with a published warehouse of a few invented jobs."""
    jobs = [
        Job("Kestrel", "training", city="Berlin"),
        Job(f"Hawk {ESCAPE}$(touch x)", "research", title=f"Lead {ESCAPE}"),
    ]
    return invented(Path(mkdtemp(prefix="asked-")), jobs)


def trackmix(
    folder: Path, words: Sequence[str], env: Mapping[str, str] | None = None, typed: bytes = b""
) -> tuple[int, str, str]:
    """Exit status and what was said; an error that is no exit is raised."""
    names = {"folder": folder, "home": folder / "home", "market": folder / "market"}

    def meant(text: str) -> str:
        for name, path in names.items():
            text = text.replace(f"{{{name}}}", str(path))
        return text

    given = {"TRACKMIX_HOME": None, "TRACKMIX_KEEP_DAYS": None, **{k: meant(v) for k, v in (env or {}).items()}}
    done = CliRunner().invoke(app, [*map(meant, words)], env=given, input=typed)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, "\n".join(line for line in done.stderr.splitlines() if " s  " not in line[:12])


def laid_out(folder: Path, files: Files) -> None:
    """A market of one board, a home that has been asked, and these files: None makes a folder."""
    (folder / "market").mkdir()
    Market(folder / "market", "2026-10-05").board("Kestrel", "kestrel", [greenhouse_job(1)])
    (folder / "home").mkdir()
    (folder / "home" / PUBLISHED).hardlink_to(asked_home() / PUBLISHED)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.mkdir()
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def refuses(
    words: Sequence[str],
    says: Sequence[str],
    files: Files,
    env: Mapping[str, str] | None,
    typed: bytes,
    status: int,
    folder: Path,
) -> None:
    laid_out(folder, files)
    before = on_disk(folder)
    ended, out, err = trackmix(folder, words, env, typed)
    assert (ended, out) == (status, ""), err
    assert "Traceback" not in err
    is_usage = "Usage: " in err  # typer's own form, in a box
    sentence = " ".join(err.replace("│", " ").split())
    assert is_usage or (err.startswith("trackmix: ") and len(err.strip().splitlines()) == 1), err
    for word in says:
        assert word.replace("{folder}", str(folder)) in sentence or "".join(word.split()) in "".join(
            sentence.split()
        ), err
    assert on_disk(folder) == before


def refused(
    name: str,
    words: Sequence[str],
    *says: str,
    files: Files | None = None,
    env: Mapping[str, str] | None = None,
    typed: bytes = b"",
    status: int = 2,
) -> Case:
    """A case of something that cannot be meant so."""
    return Case(
        name,
        shlex.join(words),
        f"exit {status}, one sentence with {', '.join(map(repr, says))}, nothing changed on disk",
        partial(refuses, words, says, files or {}, env, typed, status),
    )


def holds(name: str, done: str, claim: str, proof: Callable[[Path], None], long: bool = False) -> Case:
    return Case(name, done, claim, proof, long)


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


# what is no refusal


def prints_no_commands(words: Sequence[str], folder: Path) -> None:
    """What boards wrote is shown, and commands no terminal."""
    laid_out(folder, {})
    _, out, err = trackmix(folder, words)
    assert out
    for character in out + err:
        assert character == "\n" or character.isprintable() or character in "\u200b", repr(character)


def registers(text: str, boards: Sequence[str], folder: Path) -> None:
    file = folder / "boards.csv"
    file.write_text(text, "utf-8")
    assert [board.board_id for board in boards_to_read(folder, file)] == list(boards)


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


def takes_new_name(folder: Path) -> None:
    """A company that is called otherwise in the registry has one name, in old postings too."""
    home, names = folder / "home", ("Kestrel", "Kestrel Systems")
    with open_store(home) as opened:
        opened.append("postings", [
            {"posting_id": "greenhouse/kestrel/1", "board_id": "greenhouse/kestrel", "company": names[0], "title": "A"},
            {"posting_id": "greenhouse/kestrel/2", "board_id": "greenhouse/kestrel", "company": "Another", "title": "B"},
            {"posting_id": "greenhouse/merlin/1", "board_id": "greenhouse/merlin", "company": names[0], "title": "C"},
        ])  # fmt: skip
        for name in names:
            row = {"board_id": "greenhouse/kestrel", "company": name, "source": "greenhouse", "token": "kestrel",
                   "is_sample": False, "asked_on": None, "is_whole": True}  # fmt: skip
            from pipeline.assets.raw import LISTED

            columns = {part.split()[0] for part in LISTED.split(", ")}
            opened.load("boards", {"incoming_boards": (LISTED, [{k: v for k, v in row.items() if k in columns}])})
        told = opened.ask("select title, company from postings order by title").rows
    assert told == [("A", names[1]), ("B", "Another"), ("C", names[0])]


def keys_are_one_boards() -> Callable[[Path], None]:
    def proof(folder: Path) -> None:
        boards = [Board("A", "greenhouse", token) for token in ("a", "a/b", "a%2Fb", "A/B/c")]
        natives = ["1", "b/1", "b%2F1", "b/c/1", "c/1", "%2F1", "/1", "B/1"]
        keys = {board.posting_id(native) for board in boards for native in natives}
        assert len(keys) == len(boards) * len(natives)

    return proof


def visits_are_in_order(folder: Path) -> None:
    """Of visits at one time, the one that was written down last is the last."""
    for number in range(20):
        home = folder / str(number)
        with open_store(home) as opened:
            opened.append(
                "boards", [{"board_id": "x/y", "company": "K", "source": "x", "token": "y", "is_sample": False}]
            )
            for visit in range(5):
                opened.append("fetches", [{"run_id": f"{(visit * 7 + number) % 5}", "board_id": "x/y", "outcome": "fetched",
                                           "fetched_at": AT, "snapshot": str(visit), "payload_sha256": str(visit)}])  # fmt: skip
            assert opened.ask("run/last_visits", {"source": "x", **WHOLE.params()}).records()[0]["snapshot"] == "4"
            pending = opened.ask("run/pending_fetches", {"most": 10, **WHOLE.params()}).records()
            assert [row["snapshot"] for row in pending] == ["0", "1", "2", "3", "4"]


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


AT = datetime(2026, 10, 5)
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
    # what would be lost or blurred
    holds("a company renamed in the registry", "an old posting", "one name; where the board named another, that", takes_new_name),
    holds("keys of two boards", "slashes in tokens and ids", "never one key", keys_are_one_boards()),
    holds("visits at one time", "five, in any order of runs", "the last written is the last", visits_are_in_order),
]  # fmt: skip

test_holds = proving(CASES, seconds=120)
