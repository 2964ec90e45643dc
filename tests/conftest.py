"""Replayed boards, and runs over them through Dagster, as every test of the pipeline needs them."""

import fcntl
import inspect
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

import dagster as dg
import pytest

from pipeline.assets.graph import asset_checks, assets
from pipeline.assets.history import MONTHS, months_as_tags
from pipeline.boards.registry import boards_to_read
from pipeline.definitions import defs
from pipeline.posting import RawPosting, Reject
from pipeline.resources import SOURCES, BoardsResource, StoreResource, WebResource
from reports.site.market import Market as Shown
from reports.site.write import page_of
from warehouse.store import open_store, publish, reading

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "pipeline" / "sample"
SHARED = ROOT.parent / "shared" / "data"
GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{}/jobs"

os.environ.pop("TRACKMIX_WAREHOUSE", None)  # no test writes a lake that its reader works with

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


def made_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """The folder that `fill` fills, shared by all workers of this run of the tests, who must only read it."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, done = root / name, root / f"{name}.done"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait here; let go of when the file is closed
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            fill(folder)
            done.touch()
    return folder


class Run(Protocol):
    """A run over a folder of replies up to one of its assets; what it has then is published.

    `is_given` says whether the boards are the folder's, or the bundled and own ones.
    """

    def __call__(
        self,
        replies: Path,
        home: Path,
        *,
        through: str = "published",
        is_given: bool = True,
        include: Sequence[str] = (),
        whole_sources: Sequence[str] = (),
        keep_days: int | None = None,
    ) -> dg.ExecuteInProcessResult: ...


@pytest.fixture(scope="session")
def materialize(dagster_instance: dg.DagsterInstance, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Materializes an asset and all that it needs, with their checks, of the sources that are listed.

    The whole graph takes seconds, so a test runs it up to what it looks at, in a home that holds the places already.
    """
    declared = dg.Definitions(assets=assets, asset_checks=asset_checks, resources=defs.resources)
    whole = declared.resolve_implicit_global_asset_job_def()

    @cache
    def job(through: str, sources: frozenset[str]) -> dg.JobDefinition:
        unlisted = [f"raw_{name}" for name in SOURCES if name not in sources]
        wanted = dg.AssetSelection.assets(through).upstream() - dg.AssetSelection.assets(*unlisted)
        return whole.get_subset(asset_selection=wanted.resolve(whole.asset_layer.asset_graph))

    def run(
        replies: Path,
        home: Path,
        *,
        through: str = "published",
        is_given: bool = True,
        include: Sequence[str] = (),
        whole_sources: Sequence[str] = (),
        keep_days: int | None = None,
    ) -> dg.ExecuteInProcessResult:
        if through != "places" and not (home / "work").exists():
            shutil.copytree(places_home(run, tmp_path_factory), home, dirs_exist_ok=True)
        registry = replies / "boards.csv" if is_given else None
        sources = frozenset(board.source for board in boards_to_read(home, registry, whole_sources))
        with open_store(home):  # which makes the opening of it by each asset cheap
            done = job(through, sources).execute_in_process(
                resources={
                    "web": WebResource(replay=str(replies), backoff_seconds=0.0),
                    "boards": BoardsResource(
                        registry=registry and str(registry), include=list(include), whole_sources=list(whole_sources)
                    ),
                    "store": StoreResource(home=str(home), keep_days=keep_days),
                },
                instance=dagster_instance,
                tags=months_as_tags(MONTHS.get_partition_keys()),
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                raise_on_error=False,
            )
        if done.success and through not in ("published", "report"):
            publish(home)
        return done

    return run


def places_home(run: Run, factory: pytest.TempPathFactory) -> Path:
    """A home that holds the places and nothing else."""

    def load_places(home: Path) -> None:
        assert run(SAMPLE / "2026-10-26", home, through="places").success

    return made_once(factory, "places", load_places)


@pytest.fixture(scope="session")
def sample_home(materialize: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample market after both of its days, with its site; only to be read."""

    def fill(home: Path) -> None:
        first, last = sorted(SAMPLE.iterdir())
        assert materialize(first, home, through="skills").success
        assert materialize(last, home, through="report").success

    home = made_once(tmp_path_factory, "sample", fill)
    with reading(home):
        yield home


@pytest.fixture(scope="session")
def site(sample_home: Path) -> Path:
    """The folder of the sample market's site, as the run wrote it."""
    return page_of(sample_home).parent


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


@pytest.fixture(scope="session")
def browsing() -> Iterator[Executor]:
    """The thread of the browser and its tests: playwright's loop never leaves it, and Dagster's assets need their own."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


@pytest.fixture(scope="session")
def chromium(browsing: Executor) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    driver = browsing.submit(playwright.sync_playwright().start).result()
    start = partial(driver.chromium.launch, executable_path=path, args=["--no-sandbox"])
    browser = browsing.submit(start).result()
    yield browser
    browsing.submit(browser.close).result()
    browsing.submit(driver.stop).result()


Opened = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Any, browsing: Executor) -> Iterator[Opened]:
    contexts = []

    def start(width: int = 1440, **options: Any) -> Visit:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        return Visit(contexts[-1].new_page())

    yield start
    for context in contexts:
        browsing.submit(context.close).result()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test that visits pages runs in the browser's thread."""
    if "visit" not in pyfuncitem.fixturenames:
        return None
    given = {name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}
    pyfuncitem.funcargs["browsing"].submit(pyfuncitem.obj, **given).result()
    return True


def _http_date(day: str) -> str:
    from datetime import UTC, datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(day).replace(hour=5, tzinfo=UTC), usegmt=True)
