"""`trackmix mcp`, asked by the SDK's own client over both of its transports."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from invented import Job, invented
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult
from typer.testing import CliRunner

from pipeline.cli import app
from warehouse import embedded, store
from warehouse.errors import QuestionError
from warehouse.store import ask

QUESTIONS: dict[str, dict[str, Any]] = {
    "area": {"name": "Germany", "level": "senior"},
    "company": {"name": "Halcyon Compilers"},
    "track": {"name": "research", "of": "levels"},
    "compare": {"areas": ["Germany", "France"], "companies": ["Halcyon Compilers"]},
    "openings": {"area": "United States", "track": "training", "pay_from_usd": 200_000, "limit": 2},
    "skills": {"company": "Halcyon Compilers", "track": "inference"},
    "changes": {"area": "Germany", "since": "2026-11-01"},
    "claims": {},
    "choose": {"background": "backend", "day": "gpu-memory", "area": "Austin"},
    "sql": {"question": "select track, count(*) as openings from open_tracks group by track order by track"},
    "describe": {"name": "estimates"},
}
SAME_COMMAND = {
    "area": ["area", "Germany", "--level", "senior"],
    "company": ["company", "Halcyon Compilers"],
    "track": ["track", "research", "--of", "levels"],
    "compare": ["compare", "Germany", "France", "--company", "Halcyon Compilers"],
    "openings": ["openings", "United States", "--track", "training", "--pay-from", "200000", "--limit", "2"],
    "skills": ["skills", "--company", "Halcyon Compilers", "--track", "inference"],
    "changes": ["changes", "Germany", "--since", "2026-11-01"],
    "claims": ["claims"],
    "choose": ["choose", "--background", "backend", "--day", "gpu-memory", "--area", "Austin"],
    "sql": ["sql", QUESTIONS["sql"]["question"]],
    "describe": ["tables", "estimates"],
}


class Served:
    """The command, answering at a port of this machine."""

    def __init__(self, home: Path) -> None:
        words = [sys.executable, "-m", "pipeline.cli", "mcp", "--port", "0", "--home", str(home)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def resident(self) -> int:
        """Bytes of memory that its process holds."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * 4096


@pytest.fixture(scope="module")
def served(sample_home: Path) -> Iterator[Served]:
    server = Served(sample_home)
    yield server
    server.process.terminate()
    server.process.wait()


@asynccontextmanager
async def asked(by: str, home: Path, served: Served) -> AsyncIterator[Client]:
    words = ["-m", "pipeline.cli", "mcp", "--home", str(home)]
    at = StdioServerParameters(command=sys.executable, args=words) if by == "stdio" else served.address
    async with Client(at) as client:
        yield client


def said(result: CallToolResult) -> dict[str, Any]:
    """The answer, which is the same as structure and as text."""
    assert not result.is_error, result.content
    assert result.structured_content is not None
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


@pytest.mark.parametrize("by", ["stdio", "http"])
def test_a_client_lists_and_calls_every_tool_and_hears_what_the_command_says(
    by: str, sample_home: Path, served: Served
) -> None:
    async def every_tool() -> dict[str, dict[str, Any]]:
        async with asked(by, sample_home, served) as client:
            tools = (await client.list_tools()).tools
            assert {tool.name for tool in tools} == set(QUESTIONS)
            assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools)
            return {name: said(await client.call_tool(name, words)) for name, words in QUESTIONS.items()}

    for name, answer in asyncio.run(every_tool()).items():
        words = [*SAME_COMMAND[name], "--home", str(sample_home), "--format", "json"]
        assert answer["rows"] == json.loads(CliRunner().invoke(app, words).stdout), name
        assert answer["is_sample_market"] is True
        assert answer["about"].startswith("SAMPLE MARKET"), name
        assert answer["rests_on"], name
        assert not [note for note in answer["rests_on"] if "--" in note], (
            name
        )  # an option of a command is no help to it


def test_what_an_assistant_may_not_ask_is_refused_in_a_sentence(sample_home: Path, served: Served) -> None:
    refused = {
        "delete from postings": "read-only",
        "create table mine as from jobs": "read-only",
        "from read_text('/etc/hostname')": "disabled",
        "copy jobs to 'jobs.csv'": "disabled",
        "attach 'mine.duckdb' as mine": "disabled",
        "set enable_external_access = true": "locked",
        "select nothing from nowhere": "nowhere",
    }

    async def each() -> None:
        async with asked("http", sample_home, served) as client:
            for question, says in refused.items():
                result = await client.call_tool("sql", {"question": question})
                assert result.is_error, question
                assert says in result.content[0].text
                assert len(result.content[0].text.splitlines()) == 1
            for name, words, says in (
                ("area", {"name": "Berlni"}, "Berlin"),
                ("area", {"name": "Springfield"}, "Springfield, Illinois"),
                ("track", {"name": "gardening"}, "none of applied_llm"),
                ("openings", {"area": "Berlin", "company": "Halcyon Compilers"}, "not both"),
                ("compare", {"areas": ["Berlin"]}, "two or more"),
                ("area", {"name": "Germany", "within_km": 50}, "kilometres around go with a city"),
                ("describe", {"name": "jbos"}, "all of them: tool describe without a name"),
            ):
                result = await client.call_tool(name, words)
                assert result.is_error
                assert says in result.content[0].text
                assert "--" not in result.content[0].text

    asyncio.run(each())


def test_long_answers_are_cut_and_say_so(sample_home: Path, served: Served) -> None:
    async def long() -> dict[str, Any]:
        async with asked("http", sample_home, served) as client:
            question = "select range, repeat('x', 5000) as long from range(1000000000)"
            return said(await client.call_tool("sql", {"question": question}))

    answer = asyncio.run(long())
    assert len(answer["rows"]) == 200
    assert answer["rests_on"][0] == "Only the first 200 rows are here."
    assert len(answer["rows"][0]["long"]) == 4001


def test_a_page_of_another_host_is_not_answered(sample_home: Path, served: Served) -> None:
    """What a browser would send for a name that an attacker lets point here (DNS rebinding)."""
    import httpx2

    ask_of = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"accept": "application/json, text/event-stream"}
    for more, is_answered in (
        ({"host": "evil.example"}, False),
        ({"origin": "https://evil.example"}, False),
        ({}, True),
    ):
        status = httpx2.post(served.address, json=ask_of, headers=headers | more).status_code
        assert (status == 200) is is_answered, (more, status)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc here to read a process's memory from")
def test_a_hundred_questions_do_not_let_its_memory_grow(sample_home: Path, served: Served) -> None:
    quick = [(name, QUESTIONS[name]) for name in ("sql", "describe", "openings", "company")]

    async def many(times: int) -> None:
        async with asked("http", sample_home, served) as client:
            for number in range(times):
                said(await client.call_tool(*quick[number % len(quick)]))

    asyncio.run(many(20))
    before = served.resident()
    asyncio.run(many(100))
    assert served.resident() - before < 20_000_000


def test_the_server_loads_neither_dagster_nor_sklearn() -> None:
    script = (
        "import sys; import pipeline.cli; from pathlib import Path; from reports.assistants.server import server_of\n"
        "server_of(Path('.')); print([name for name in ('dagster', 'sklearn', 'pandas') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_without_the_extra_the_command_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "mcp" or "assistants.server" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = CliRunner().invoke(app, ["mcp"])
    assert done.exit_code == 1
    assert "pip install 'trackmix[mcp]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_told(sample_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["mcp", "--port", port, "--home", str(sample_home)])
    assert done.exit_code == 2
    assert f"port {port} of this machine cannot be used" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_question_that_runs_long_is_ended(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SECONDS", 0.2)
    for endless in (
        "select count(*) from range(1000000000000) a, range(1000) b",
        "select a.range from range(1000000000000) a, range(1000) b where a.range < 0",
    ):
        done = CliRunner().invoke(app, ["sql", endless, "--home", str(sample_home)])
        assert done.exit_code == 2
        assert "takes more than 0.2 seconds" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert ask(sample_home, "select 1", most=1).rows == [(1,)]


def test_an_answer_that_is_too_long_for_a_terminal_is_refused(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.cli.ROWS", 3)
    home = ["--home", str(sample_home)]
    done = CliRunner().invoke(app, ["sql", "from range(1000000000000)", *home])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "more than 3 rows" in done.stderr
    assert CliRunner().invoke(app, ["sql", "from range(3)", *home]).exit_code == 0


def test_a_question_that_takes_too_much_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = invented(tmp_path / "home", [Job("One", "research", "Paris")])
    monkeypatch.setattr(embedded, "ASKED", {**embedded.ASKED, "memory_limit": "50MB"})
    with pytest.raises(QuestionError, match="of memory"):
        ask(home, "select count(*) from (select distinct range, repeat('x', 100) from range(10000000))", most=1)
