"""A chat model's opinion: asked at the address that is named, of postings that are unsure, once each, with the cost said."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner

from classifiers.tracks import LABELS
from pipeline.cli import app
from pipeline.fetching.chat import Chat, ChatError
from pipeline.stages.second_opinion import SCHEMA, read_answers
from warehouse.store import ask

SAID = {"label": "mlops_platform", "second": "", "sure": 2, "because": "It builds\nthe platform."}


class Endpoint(ThreadingHTTPServer):
    """Speaks the API of chat completions; answers with `replies` in turn, the last one for ever."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.replies: list[tuple[int, str]] = [(200, json.dumps(SAID))]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Answering(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append({"path": self.path, **asked})
        self.server.keys.append(self.headers["authorization"])
        replies = self.server.replies
        status, content = replies.pop(0) if len(replies) > 1 else replies[0]
        body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """The sample market's warehouse in a folder of its own."""
    (tmp_path / "warehouse.duckdb").symlink_to(sample_home / "warehouse.duckdb")
    return tmp_path


def second(home: Path, endpoint: Endpoint, *words: str, typed: str = "", code: int = 0) -> str:
    told = ["label", "--second", endpoint.address, "--model", "judge", "--home", str(home), *words]
    result = CliRunner().invoke(app, told, input=typed)
    assert result.exit_code == code, result.output
    return result.output


def test_unsure_postings_are_asked_about_once_and_the_guide_goes_along(
    home: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKMIX_CHAT_KEY", "a-key")
    before = ask(home, "from labels order by all").rows
    said = second(home, endpoint, "--most", "2", "--price", "2.5", "--yes")
    assert "text of 2 postings go to http://127.0.0.1" in said
    assert "USD at 2.5 USD a million" in said
    assert "2 of 2 answers kept" in said
    first = endpoint.asked[0]
    assert (first["path"], first["model"], endpoint.keys[0]) == ("/v1/chat/completions", "judge", "Bearer a-key")
    assert all(label in first["messages"][0]["content"] for label in LABELS)
    assert first["response_format"]["json_schema"]["schema"] == json.loads(json.dumps(SCHEMA))
    unsure = ask(home, "select p.title from postings p join labels using (posting_id) where not is_sure").rows
    assert (first["messages"][1]["content"].split("\n")[0],) in unsure
    second(home, endpoint, "--most", "3", "--yes")
    kept = read_answers(home)
    assert len({row["posting_id"] for row in kept}) == len(kept) == len(endpoint.asked) == 5
    assert (
        kept[0].items()
        >= {"label": "mlops_platform", "sure": "2", "because": "It builds the platform.", "by": "judge"}.items()
    )
    assert ask(home, "from labels order by all").rows == before


def test_nothing_is_sent_before_a_yes_nor_after_the_time(home: Path, endpoint: Endpoint) -> None:
    assert "Send them?" in second(home, endpoint, typed="n\n", code=1)
    second(home, endpoint, "--minutes", "0", "--yes")
    assert (endpoint.asked, read_answers(home)) == ([], [])
    second(home, endpoint, "--most", "1", typed="y\n")
    assert len(endpoint.asked) == 1


def test_an_answer_that_breaks_the_schema_is_not_kept(home: Path, endpoint: Endpoint) -> None:
    odd = [
        "no JSON",
        "[1]",
        json.dumps({**SAID, "label": "wizard"}),
        json.dumps({**SAID, "sure": "very"}),
        json.dumps(SAID),
    ]
    endpoint.replies = [(200, content) for content in odd]
    assert "1 of 5 answers kept" in second(home, endpoint, "--most", "5", "--yes")
    assert len(read_answers(home)) == 1


def test_what_was_answered_is_kept_when_the_endpoint_fails(home: Path, endpoint: Endpoint) -> None:
    endpoint.replies = [(200, json.dumps(SAID)), (401, "no such key")]
    said = second(home, endpoint, "--most", "3", "--yes", code=1)
    assert "1 of 3 answers kept" in said
    assert "cannot be asked: status 401" in said
    assert len(endpoint.asked) == 2


def test_a_busy_endpoint_is_asked_again_and_a_silent_one_is_named(endpoint: Endpoint) -> None:
    endpoint.replies = [(429, ""), (503, ""), (200, json.dumps(SAID))]
    waited: list[float] = []
    chat = Chat(endpoint.address, "judge", wait=waited.append)
    assert chat.ask("guide", "a posting", SCHEMA) == SAID
    assert waited == [2, 4]
    endpoint.server_close()
    with pytest.raises(ChatError, match=r"127\.0\.0\.1:\d+/v1/chat/completions cannot be asked"):
        Chat("http://127.0.0.1:9/v1", "judge", wait=waited.append).ask("guide", "a posting", SCHEMA)
    with pytest.raises(ChatError, match="is no address"):
        Chat("localhost", "judge").ask("guide", "a posting", SCHEMA)


def test_a_review_shows_it(home: Path, endpoint: Endpoint) -> None:
    second(home, endpoint, "--most", "100", "--yes")
    said = CliRunner().invoke(app, ["label", "--review", "100", "--home", str(home)], input="s\n" * 40 + "q\n").output
    assert "judge: MLOps / platform, It builds the platform." in said


@pytest.mark.parametrize("words", [["--review", "3"], ["--out", "x.jsonl"]])
def test_it_goes_with_no_other_way_of_labelling(home: Path, endpoint: Endpoint, words: list[str]) -> None:
    second(home, endpoint, *words, code=2)
    assert not endpoint.asked
