"""Content: what boards write is only ever words, wherever it is shown."""

import csv
import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
from agreement import tree
from conftest import ROOT, Market, Opened, Run, greenhouse_job
from typer.testing import CliRunner

import warehouse
from faults.case import Case, proving
from faults.hostile import ATTACKS, csv_cell, hostile_home
from pipeline.cli import app
from pipeline.commands.run import TOO_MANY_FAILED
from pipeline.posting import sound_text
from reports.site.page import Names
from reports.site.write import page_of
from warehouse.store import ask

TEMPLATES = ROOT / "reports" / "site" / "templates"
NO_ICON = "data:,"  # asks for none
SEEN: dict[str, Path] = {}  # the home that the cases of this module look at
# what turns or commands a terminal, or ends a line where no line should end
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
OWN = re.compile(
    r"\x1b\[[0-9;?]*[mlh]|\x1b\]8;[^;\x1b]*;(?:https?://[^\x1b\x07]*)?\x1b\\"
)  # colours, the cursor, links
FORMULA = re.compile(r"[=+@\t\r]|-(?!\d+(\.\d+)?(e[+-]?\d+)?$)")
SCREEN = {"FORCE_COLOR": "1", "COLUMNS": "400", "LINES": "60", "TERM": "xterm-256color"}
# scripts in pages that the templates have, word for word
OURS = {
    "",
    *(
        script
        for file in TEMPLATES.glob("*.html")
        for script in re.findall(r"<script>(.*?)</script>", file.read_text("utf-8"))
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _hostile(materialize: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    SEEN["home"] = hostile_home(materialize, tmp_path_factory)


def home() -> Path:
    return SEEN["home"]


@cache
def site() -> Path:
    return page_of(home()).parent


@cache
def companies() -> tuple[str, ...]:
    """Every company's name, as the warehouse has it."""
    return tuple(row[0] for row in ask(home(), "select distinct company from jobs order by 1").rows)


def shown(attack: str) -> str:
    """What of an attack may be seen: its words, in one line."""
    return " ".join(sound_text(ATTACKS[attack]).split())


def is_harmless(page: Path) -> None:
    """No element, attribute, style or link of a page is a board's."""
    html = tree(page)
    for node in html.css("*"):
        assert node.tag not in ("iframe", "img", "object", "embed", "base", "frame", "math"), (page, node.html)
        for name, value in node.attributes.items():
            assert not name.startswith("on"), (page, name)
            if name in ("href", "src", "action", "formaction", "data", "xlink:href"):
                assert urlsplit((value or "").strip()).scheme in ("", "http", "https") or value == NO_ICON, (
                    page,
                    value,
                )
                assert (
                    "harm=1" not in (value or "").partition("#")[0] or "%3E" in str(value) or "https://a." in str(value)
                )
    for script in html.css("script"):
        is_data = script.attributes.get("type") == "application/json"
        assert "<" not in script.text() if is_data else script.text() in OURS, page
    assert not OBEYED.search(page.read_text("utf-8")), page


def pages_are_harmless(pattern: str, _: Path) -> None:
    found = sorted(site().glob(pattern))
    assert found, pattern
    for page in found:
        is_harmless(page)


def a_page_shows_the_words(attack: str, _: Path) -> None:
    """Its company's page has the attack as text: it was there to be harmful."""
    words = shown(attack)
    names = [name for name in companies() if words and words in name]
    assert names or not words
    texts = [tree(page).body.text() for page in (site() / "companies").glob("*.html")]  # type: ignore[union-attr]
    for name in names:
        assert any(name in " ".join(text.split()) for text in texts), name


def file_names_are_plain(_: Path) -> None:
    for file in site().rglob("*"):
        assert re.fullmatch(r"[a-z0-9._/-]+", file.relative_to(site()).as_posix()), file
        assert file.resolve().is_relative_to(site().resolve())
    assert not [file for file in home().rglob("*harm*") if not file.is_relative_to(site())]


def devices_are_no_names(_: Path) -> None:
    names = Names()
    for name in ("CON", "nul", "com1", "", "..", "/", "\x00", "con"):
        assert names.give(name) not in ("con", "nul", "com1", "", "..")


def csv_holds_no_formula(_: Path) -> None:
    count = 0
    for file in site().glob("*.csv"):
        with file.open(newline="", encoding="utf-8") as lines:
            for row in csv.reader(lines):
                count += len(row)
                assert not [cell for cell in row if FORMULA.match(cell)], (file, row)
                assert not [cell for cell in row if OBEYED.search(cell)], (file, row)
    assert count > 10_000


def csv_keeps_every_row(_: Path) -> None:
    for table in ("open_tracks", "company_mix", "posting_pay", "labels"):
        with (site() / f"{table}.csv").open(newline="", encoding="utf-8") as lines:
            rows = list(csv.reader(lines))
        assert len(rows) - 1 == ask(home(), f"select count(*) from {table}").rows[0][0]
        assert {len(row) for row in rows} == {len(rows[0])}


def parquet_is_what_the_table_is(_: Path) -> None:
    for file in site().glob("*.parquet"):
        if file.stem in ("open_tracks", "company_mix", "posting_pay", "posting_places", "boards", "duplicates"):
            kept = duckdb.sql(f"select * from read_parquet('{file}')").fetchall()
            assert sorted(map(repr, kept)) == sorted(repr(tuple(row)) for row in ask(home(), f"from {file.stem}").rows)
            assert not OBEYED.search(" ".join(str(cell) for row in kept for cell in row))


def scripts_are_data(name: str, _: Path) -> None:
    text = (site() / name).read_text("utf-8")
    assert "<" not in text.replace("\\u003c", "")
    for line in filter(None, text.split(";\n")):
        found = re.fullmatch(r"window\.\w+=(.*?);?\s*", line, re.DOTALL)
        assert found, line[:80]
        json.loads(found[1])


def the_search_finds_every_company(_: Path) -> None:
    text = (site() / "search.js").read_text("utf-8")
    listed = json.loads(text.split("window.trackmixFinds=")[1].split(";\nwindow.")[0])
    assert set(companies()) <= {entry[0] for entry in listed}
    for entry in listed:
        assert (site() / entry[2]).is_file()
        assert ".." not in PurePosixPath(entry[2]).parts


def asked(*words: str, screen: bool = True) -> str:
    """What an answer shows in a terminal with colours and links, or in a pipe."""
    env = SCREEN if screen else {"COLUMNS": "400", "NO_COLOR": "1"}
    done = CliRunner(env=env).invoke(app, [*words, "--home", str(home())])
    assert done.exit_code == 0, done.output
    return done.stdout + done.stderr


def obeys_nothing(words: tuple[str, ...], _: Path) -> None:
    """A terminal gets colours and links to the web of our own, and nothing else that it would obey."""
    for screen in (True, False):
        text = asked(*words, screen=screen)
        left = OWN.sub("", text) if screen else text
        assert not OBEYED.search(left.replace("\n", "")), (screen, OBEYED.findall(left.replace("\n", ""))[:5])
        assert len(left) > 100


def every_company_can_be_asked_for(_: Path) -> None:
    for name in companies()[::12]:
        text = OWN.sub("", asked("company", name))
        assert not OBEYED.search(text.replace("\n", "")), name
        assert name[:20] in text


def a_real_terminal_obeys_nothing(command: str, _: Path) -> None:
    """The command as a process of its own, on a terminal."""
    text = _on_terminal([sys.executable, "-m", "pipeline.cli", *shlex.split(command), "--home", str(home())])
    left = OWN.sub("", text).replace("\r", "").replace("\n", "")
    assert not OBEYED.search(left), OBEYED.findall(left)[:5]
    assert "Inference Engineer" in left or "Company" in left


def a_run_obeys_nothing(folder: Path) -> None:
    """What a run says on a terminal of companies, failures and credits."""
    replies = folder / "replies"
    replies.mkdir()
    market = Market(replies, "2026-10-05")
    for number, attack in enumerate(ATTACKS.values()):
        cell = csv_cell(f"{attack} Company {number}")
        if number % 4:
            market.board(cell, f"k{number}", attack.encode(), status=200 if number % 2 else 500)
        else:
            market.board(cell, f"k{number}", [greenhouse_job(number, attack + " Engineer")])
    command = [sys.executable, "-m", "pipeline.cli", "run", "--replay", str(replies), "--home", str(folder / "home")]
    text = _on_terminal(command, TOO_MANY_FAILED)
    left = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r", "").replace("\n", "")
    assert not OBEYED.search(left), OBEYED.findall(left)[:5]
    assert "\x1b[31mred" not in text
    assert "failed: " in left


def _on_terminal(command: list[str], ends_with: int = 0) -> str:
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "400", "LINES": "60"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, close_fds=True)
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 65_536):
            parts.append(part)
    except OSError:  # how Linux says that nobody holds the other end any more
        pass
    os.close(ours)
    assert process.wait() == ends_with, b"".join(parts).decode("utf-8", "replace")
    return b"".join(parts).decode("utf-8")


def json_is_what_the_warehouse_has(_: Path) -> None:
    text = asked("openings", "--limit", "0", "--format", "json", screen=False)
    rows = json.loads(text[: text.rindex("]") + 1])
    titles = {row[0] for row in ask(home(), "select title from postings").rows}
    assert {row["title"] for row in rows} <= titles
    assert len(rows) > 50
    assert not OBEYED.search(text.replace("\n", ""))


def csv_of_an_answer_holds_no_formula(_: Path) -> None:
    done = CliRunner().invoke(app, ["openings", "--limit", "0", "--format", "csv", "--home", str(home())])
    rows = list(csv.reader(done.stdout.splitlines()))
    assert len(rows) > 50
    assert not [cell for row in rows for cell in row if FORMULA.match(cell)]


def markdown_holds_no_markup(text: str) -> None:
    bare = re.sub(r"\\[\\`*_{}\[\]<>#|!~]", "", re.sub(r" <https?://[^<>\s]*>", "", text))
    assert not re.search(r"<[a-zA-Z/!]", bare), bare[:300]
    assert "](" not in bare
    assert "Inference Engineer" in text


def markdown_of_an_answer(_: Path) -> None:
    done = CliRunner().invoke(app, ["openings", "--limit", "0", "--format", "md", "--home", str(home())])
    lines = done.stdout.splitlines()
    markdown_holds_no_markup("\n".join(lines[2:]))
    columns = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
    assert len(columns) == 1


def report_in(form: str, folder: Path) -> None:
    for name in companies()[::16]:
        out = folder / f"report.{form}"
        asked("report", "--company", name, "--out", str(out))
        if form == "html":
            is_harmless(out)
        else:
            assert not OBEYED.search(out.read_text("utf-8").replace("\n", ""))
            markdown_holds_no_markup(out.read_text("utf-8"))


def a_frame_shows_words(_: Path) -> None:
    """What a notebook shows of a frame."""
    told = warehouse.frame(
        "select title, company, url, department from postings where contains(title, '<')", home=home()
    )
    with_tags = told._repr_html_()
    assert "&lt;" in with_tags
    assert not re.search(r"<(?:img|script|svg|iframe)\b", with_tags)
    assert not OBEYED.search(with_tags.replace("\n", ""))
    assert not OBEYED.search(told.to_string().replace("\n", ""))


def links_lead_to_the_web(_: Path) -> None:
    urls = [row[0] for row in ask(home(), "select url from postings where url is not null").rows]
    assert len(urls) > 50
    assert all(re.fullmatch(r"https?://[^\s\\]+", url) for url in urls)


def no_text_is_obeyed(column: str, _: Path) -> None:
    values = [row[0] for row in ask(home(), f"select {column} from postings where {column} is not null").rows]
    assert values
    assert not [value for value in values if OBEYED.search(value.replace("\n", ""))]


def faults_are_words(_: Path) -> None:
    said = ask(home(), "select error from fetches where error is not null union select reason from rejects").rows
    assert len(said) >= 2
    assert not [row for row in said if OBEYED.search(row[0])]


def the_tables_are_there(_: Path) -> None:
    assert ask(home(), "select count(*) from postings").rows[0][0] > 100
    assert ask(home(), "select count(*) from postings where title like '%drop table%'").rows[0][0] > 0


def templates_are_not_filled(_: Path) -> None:
    titles = [row[0] for row in ask(home(), "select title from postings where title like '%7%7%'").rows]
    assert titles
    assert all("{{ 7 * 7 }}" in title or "${7*7}" in title for title in titles)
    for page in (site() / "companies").glob("7-7*.html"):
        assert "7 * 7" in page.read_text("utf-8") or "7*7" in page.read_text("utf-8")
        assert "root:" not in page.read_text("utf-8")


def commands_that_are_proposed(_: Path) -> None:
    """A name with quotes stands in the warehouse as written, for whoever quotes it."""
    assert any("'" in name or '"' in name for name in companies())


KINDS = ("index.html", "places.html", "companies.html", "openings.html", "compare.html", "choose.html", "claims.html",
         "method.html", "downloads.html", "tracks/*.html", "cities/*.html", "regions/*.html", "companies/*.html")  # fmt: skip
QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("openings", "--limit", "0"),
    ("openings", "Berlin", "--sort", "company"),
    ("area", "Berlin"),
    ("area", "remote"),
    ("track", "inference"),
    ("compare", "Berlin", "Germany"),
    ("trend",),
    ("skills",),
    ("sql", "select * exclude (text) from postings"),
    ("sql", "select board_id, error from fetches"),
    ("sql", "from rejects"),
    ("sql", "select left(text, 300) from postings"),
    ("sql", "from postings", "--format", "json"),
    ("sql", "select title, company, department from postings", "--format", "csv"),
    ("sql", "select title, company, tied_to from postings join posting_pay using (posting_id)", "--format", "md"),
    ("tables",),
)


def _cases() -> Iterator[Case]:
    for attack in ATTACKS:
        yield Case(f"{attack} on a page", f"{ATTACKS[attack]!a} as a company's name", "a page shows it as words",
                   partial(a_page_shows_the_words, attack))  # fmt: skip
    for kind in KINDS:
        yield Case(
            f"pages {kind}",
            "every attack in every field",
            "no element, script or link of theirs",
            partial(pages_are_harmless, kind),
        )
    for words in QUESTIONS:
        yield Case(
            f"answer {' '.join(words)}",
            "every attack in every field",
            "a terminal and a pipe get nothing they obey",
            partial(obeys_nothing, words),
        )
    for command in ("openings --limit 0", "sql 'select title, company, url from postings'"):
        yield Case(
            f"on a terminal: {command}",
            "a process on a terminal",
            "nothing it obeys",
            partial(a_real_terminal_obeys_nothing, command),
        )
    for column in ("title", "company", "text", "url", "department", "posting_id"):
        yield Case(
            f"column {column}",
            "every attack in it",
            "no control character or mark of direction",
            partial(no_text_is_obeyed, column),
        )
    for name in ("search.js", "openings.js"):
        yield Case(name, "every attack in it", "it is data", partial(scripts_are_data, name))
    for form in ("html", "md"):
        yield Case(f"report as {form}", "companies called so", "no markup of theirs", partial(report_in, form))
    others: dict[str, tuple[str, str, Callable[[Path], None]]] = {
        "file names": ("paths as names", "plain files in the site's folder", file_names_are_plain),
        "devices": ("names of devices", "no file is called so", devices_are_no_names),
        "formulas in files": ("formulas as names", "no cell is one", csv_holds_no_formula),
        "rows of files": ("commas, quotes and lines in names", "every row is there", csv_keeps_every_row),
        "Parquet": ("every attack", "the table's own values", parquet_is_what_the_table_is),
        "search": ("every attack as a name", "each is found, and leads to its page", the_search_finds_every_company),
        "companies asked for": ("every attack as a name", "nothing a terminal obeys", every_company_can_be_asked_for),
        "JSON": ("every attack", "JSON with the warehouse's words", json_is_what_the_warehouse_has),
        "CSV": ("every attack", "no cell is a formula", csv_of_an_answer_holds_no_formula),
        "Markdown": ("every attack", "no markup of theirs, as many cells in each row", markdown_of_an_answer),
        "notebook": ("every attack", "a frame shows words", a_frame_shows_words),
        "links": ("addresses that are scripts", "every one kept leads to the web", links_lead_to_the_web),
        "faults": ("attacks in what cannot be read", "its reason holds nothing a terminal obeys", faults_are_words),
        "database": ("SQL as names", "the tables are there", the_tables_are_there),
        "templates": ("templates as names", "they are not filled", templates_are_not_filled),
    }
    for name, (done, holds, proof) in others.items():
        yield Case(name, done, holds, proof)
    yield Case(
        "a run on a terminal",
        "names and failures that mean harm",
        "nothing a terminal obeys",
        a_run_obeys_nothing,
        long=True,
    )


test_holds = proving(list(_cases()))


@pytest.mark.parametrize("kind", KINDS)
def test_no_script_of_theirs_runs(kind: str, visit: Opened) -> None:
    one = visit()
    dialogs: list[Any] = []
    one.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in sorted(site().glob(kind))[:12]:
        page = one.open(path)
        for link in page.locator("main *").all()[:30]:
            link.dispatch_event("mouseover")
        assert page.evaluate("window.harm") is None, path
    assert not dialogs
    assert not one.faults


def test_a_search_for_harm_finds_words(visit: Opened) -> None:
    one = visit()
    page = one.open(site() / "index.html")
    for words in ("img src", "script", "javascript", "../", "bold red", "{{"):
        page.locator("input[role=combobox]").fill(words)
        page.wait_for_timeout(200)
        assert page.evaluate("window.harm") is None
        assert page.locator("[role=option] img, [role=option] script, [role=option] iframe").count() == 0
    page = one.open(site() / "openings.html")
    for words in ("onerror", "script", "alert"):
        page.goto(
            f"{(site() / 'openings.html').as_uri()}#text={words}&company=%3Cimg%20src%3Dx%20onerror%3Dwindow.harm%3D1%3E"
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.harm") is None
        assert page.locator("main img, main script, main iframe").count() == 0
    assert not one.faults
