"""A host that does not answer costs a run seconds, and only its own boards; so does a network that is not there."""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from clock import run_unwaited
from conftest import greenhouse_job
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.fetching.network import HOSTS
from pipeline.fetching.web import Web, open_web
from pipeline.posting import Board
from pipeline.resources import WebResource
from pipeline.stages import network
from warehouse.shards import WHOLE, Shard
from warehouse.store import ask

DEAD, SOUND = 259, 100  # boards of two hosts


async def respond(request: httpx.Request) -> httpx.Response:
    """Greenhouse answers, and nothing connects to Ashby."""
    if request.url.host != "boards-api.greenhouse.io":
        await asyncio.sleep(request.extensions["timeout"]["connect"])
        raise httpx.ConnectTimeout("", request=request)
    number = int(request.url.path.split("/")[-2].removeprefix("sound"))
    return httpx.Response(
        200,
        headers={"date": format_datetime(datetime.now(UTC), usegmt=True)},
        content=json.dumps({"jobs": [greenhouse_job(number)], "meta": {}}).encode(),
    )


def test_a_dead_host_of_259_boards_ends_within_20_seconds_and_with_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds: list[float] = []

    def timed(coroutine: Coroutine[Any, Any, Any]) -> Any:
        """By a clock that need not be waited for."""

        async def until_done() -> Any:
            try:
                return await coroutine
            finally:
                seconds.append(asyncio.get_running_loop().time())

        return run_unwaited(until_done())

    def web(self: WebResource, shard: Shard = WHOLE) -> AbstractAsyncContextManager[Web]:
        return open_web(httpx.MockTransport(respond))

    monkeypatch.setattr(WebResource, "open", web)
    monkeypatch.setattr(network, "is_online", lambda: True)
    monkeypatch.setattr("pipeline.assets.raw.asyncio.run", timed)
    listed = ["company,source,token"]
    listed += [f"Dead {number},ashby,dead{number}" for number in range(DEAD)]
    listed += [f"Sound {number},greenhouse,sound{number}" for number in range(SOUND)]
    (tmp_path / "boards.csv").write_text("\n".join(listed) + "\n")
    done = CliRunner().invoke(app, ["run", "--boards", str(tmp_path / "boards.csv"), "--home", str(tmp_path / "home")])
    assert done.exit_code == 3, done.output
    assert f"{DEAD} of {DEAD + SOUND} boards could not be read" in done.stderr
    assert "api.ashbyhq.com is given up for this run" in done.stderr
    outcomes = ask(
        tmp_path / "home",
        "select source, outcome, count(*), count(*) filter (error like 'not reached: %') from fetches join boards using (board_id) group by all order by all",
    ).rows
    assert outcomes[0][:3] == ("ashby", "failed", DEAD)
    assert outcomes[0][3] > DEAD - 20
    assert outcomes[1][:3] == ("greenhouse", "read", SOUND)
    assert 10 < max(seconds) < 20


def test_a_run_without_a_network_asks_nobody_and_ends_with_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def web(self: WebResource, shard: Shard = WHOLE) -> AbstractAsyncContextManager[Web]:
        raise AssertionError("a board was asked")

    monkeypatch.setattr(WebResource, "open", web)
    monkeypatch.setattr(network, "is_online", lambda hosts=HOSTS: False)
    listed = "company,source,token\nKestrel,workable,kestrel\nMerlin,personio,merlin\nOwl,personio,owl\n"
    (tmp_path / "boards.csv").write_text(listed)
    home = tmp_path / "home"
    done = CliRunner().invoke(app, ["run", "--boards", str(tmp_path / "boards.csv"), "--home", str(home)])
    assert done.exit_code == 4, done.output
    said = f"trackmix: no network: not one of {len(HOSTS) + 3} hosts could be reached; nothing was published"
    assert done.stderr.splitlines()[-1].startswith(said)
    assert not (home / "warehouse.duckdb").exists()


@pytest.mark.parametrize("alive", [HOSTS[1], ("merlin.jobs.personio.de", 443), None], ids=["usual", "own", "none"])
def test_a_network_is_there_where_one_host_is(alive: tuple[str, int] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[str, int]] = []

    def is_online(hosts: Sequence[tuple[str, int]] = HOSTS) -> bool:
        tried.extend(hosts)
        return alive in hosts

    monkeypatch.setattr(network, "is_online", is_online)
    boards = [Board("Kestrel", "personio", "kestrel"), Board("Merlin", "personio", "merlin")]
    assert network.hosts_out_of_reach(boards) == (0 if alive else len(HOSTS) + 2)
    assert len(tried) == (len(HOSTS) if alive in HOSTS else 2 * len(HOSTS) + 2)


def test_a_board_that_is_a_folder_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "is_online", lambda hosts=HOSTS: False)
    (tmp_path / "old.csv").write_text("id,title,company,text,first_seen\n1,Engineer,Kestrel,Words,2026-10-01\n")
    (tmp_path / "mapping.toml").write_text(
        "\n".join(f'{name} = "{name}"' for name in ("id", "title", "company", "text", "first_seen"))
    )
    assert network.hosts_out_of_reach([Board("Old", "dump", str(tmp_path))]) == 0
