"""Replayed boards, and runs over them through Dagster, as every test of the pipeline needs them."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import dagster as dg
import pytest

from pipeline.assets.history import MONTHS, months_as_tags
from pipeline.assets.published import report
from pipeline.definitions import asset_checks, assets
from pipeline.posting import RawPosting, Reject
from pipeline.resources import BoardsResource, StoreResource, WebResource
from reports.site.market import Market as Shown
from reports.site.write import render

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "pipeline" / "sample"
SHARED = ROOT.parent / "shared" / "data"
GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{}/jobs"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real captures are not beside this checkout")


def greenhouse_job(number: int, title: str | None = "Inference Engineer", **changed: Any) -> dict[str, Any]:
    """A posting in the form of the real API, about nobody."""
    job = {
        "absolute_url": f"https://job-boards.greenhouse.io/kestrel/jobs/{number}",
        "internal_job_id": number + 1,
        "location": {"name": "Berlin, Germany"},
        "metadata": None,
        "id": number,
        "updated_at": "2026-10-02T10:00:00-04:00",
        "requisition_id": None,
        "title": title,
        "company_name": "Kestrel",
        "first_published": "2026-10-01T10:00:00-04:00",
        "language": "en",
        "content": "&lt;p&gt;You write CUDA kernels and serve models with vLLM at low latency.&lt;/p&gt;",
        "departments": [{"id": 1, "name": "Engineering", "child_ids": [], "parent_id": None}],
        "offices": [{"id": 2, "name": "Berlin", "location": "Berlin, Germany", "child_ids": [], "parent_id": None}],
    }
    return job | changed


def remoteok_job(number: int, **changed: Any) -> dict[str, Any]:
    """A posting in the form of the real API, about nobody."""
    job = {
        "slug": f"inference-engineer-{number}",
        "id": str(number),
        "date": "2026-10-04T10:00:00+00:00",
        "company": "Merlin",
        "position": "Inference Engineer",
        "description": "<p>You write CUDA kernels and serve language models with vLLM at low latency.</p>",
        "location": "Berlin",
        "url": f"https://remoteOK.com/remote-jobs/{number}",
    }
    return job | changed


def said(item: RawPosting | Reject) -> dict[str, Any]:
    """What a raw posting says, field by field, without the fields that are empty, as JSON holds it."""

    def filled(fields: list[tuple[str, Any]]) -> dict[str, Any]:
        return {name: value for name, value in fields if value not in (None, "", ())}

    told: dict[str, Any] = json.loads(json.dumps(asdict(item, dict_factory=filled)))
    return told


@dataclass
class Market:
    """A folder of replies that a test writes, answer by answer."""

    folder: Path
    day: str = "2026-10-05"
    boards: list[str] = field(default_factory=lambda: ["company,source,token"])

    def board(self, company: str, token: str, body: object, status: int = 200, source: str = "greenhouse") -> None:
        """One greenhouse board: `body` is its jobs, or the bytes of any other answer."""
        answer = body if isinstance(body, bytes) else {"jobs": body, "meta": {}}
        self.reply(GREENHOUSE.format(token), answer, status)
        self.list_board(company, source, token)

    def reply(self, url: str, body: object, status: int = 200) -> None:
        """What an address answers: bytes, or an object as JSON."""
        file = f"{len(list(self.folder.iterdir()))}.body"
        (self.folder / file).write_bytes(body if isinstance(body, bytes) else json.dumps(body).encode())
        headers = {"content-type": "application/json", "date": _http_date(self.day)}
        with (self.folder / "index.jsonl").open("a") as index:
            index.write(json.dumps({"url": url, "status": status, "headers": headers, "file": file}) + "\n")

    def list_board(self, company: str, source: str, token: str) -> None:
        """A line of the registry."""
        self.boards.append(f"{company},{source},{token}")
        (self.folder / "boards.csv").write_text("\n".join(self.boards) + "\n")


@pytest.fixture
def market(tmp_path: Path) -> Callable[[str], Market]:
    """Makes an empty market as it stands on a day."""

    def make(day: str) -> Market:
        folder = tmp_path / f"replies-{day}-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        return Market(folder, day)

    return make


@pytest.fixture(scope="session")
def dagster_instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


class Run(Protocol):
    """A run over a folder of replies; `is_given` says whether the boards are the folder's, or the bundled and own ones."""

    def __call__(
        self,
        replies: Path,
        home: Path,
        *,
        is_given: bool = True,
        include: Sequence[str] = (),
        keep_days: int | None = None,
        has_site: bool = False,
    ) -> dg.ExecuteInProcessResult: ...


@pytest.fixture(scope="session")
def materialize(dagster_instance: dg.DagsterInstance) -> Run:
    """Materializes the whole graph with its checks over a folder of replies; the site, which takes seconds, if asked."""

    def run(
        replies: Path,
        home: Path,
        *,
        is_given: bool = True,
        include: Sequence[str] = (),
        keep_days: int | None = None,
        has_site: bool = False,
    ) -> dg.ExecuteInProcessResult:
        registry = str(replies / "boards.csv") if is_given else None
        return dg.materialize(
            [*(asset for asset in assets if has_site or asset is not report), *asset_checks],
            resources={
                "web": WebResource(replay=str(replies), backoff_seconds=0.0),
                "boards": BoardsResource(registry=registry, include=list(include)),
                "store": StoreResource(home=str(home), keep_days=keep_days),
            },
            instance=dagster_instance,
            tags=months_as_tags(MONTHS.get_partition_keys()),
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )

    return run


@pytest.fixture(scope="session")
def sample_home(materialize: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample market after both of its days."""
    home = tmp_path_factory.mktemp("sample")
    for day in sorted(SAMPLE.iterdir()):
        assert materialize(day, home, has_site=True).success
    return home


@pytest.fixture(scope="session")
def site(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample market's site."""
    return render(sample_home, tmp_path_factory.mktemp("site")).parent


@pytest.fixture(scope="session")
def shown(sample_home: Path) -> Shown:
    return Shown(sample_home)


class Visit:
    """One page in a real browser, with what its console said and what it asked the network for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda asked: asked.url[:5] in ("file:", "data:") or self.faults.append(asked.url))

    def open(self, path: Path) -> Any:
        self.page.goto(path.as_uri())
        return self.page


@pytest.fixture
def chromium() -> Iterator[Any]:
    """A browser for one test: while playwright's loop runs, Dagster cannot run one in the same thread."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


Opened = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Any) -> Iterator[Opened]:
    contexts = []

    def start(width: int = 1440, **options: Any) -> Visit:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        return Visit(contexts[-1].new_page())

    yield start
    for context in contexts:
        context.close()


def _http_date(day: str) -> str:
    from datetime import UTC, datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(day).replace(hour=5, tzinfo=UTC), usegmt=True)
