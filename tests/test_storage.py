"""Payloads in a bucket: what a folder does, over HTTP, and for every machine of a lake."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from buckets import Buckets, buckets
from buckets import missing as no_buckets
from conftest import SAMPLE, Market, Run, greenhouse_job
from lakes import digests
from postgres import Server, missing, postgres
from typer.testing import CliRunner

from pipeline.assets import postings
from pipeline.cli import app
from pipeline.commands.materialize import RunError, publish_shards
from pipeline.commands.materialize import materialize as read
from pipeline.commands.progress import Progress
from pipeline.fetching.snapshots import SnapshotError, reread
from pipeline.fetching.storage import Bucket, Folder, Storage, StorageError, storage_of
from pipeline.settings import SettingError
from warehouse.shards import shards
from warehouse.store import ask, reading

MarketOf = Callable[[str], Market]
NOWHERE = "http://127.0.0.1:9"
PATH = "snapshots/lever/20261005T050000Z/kestrel%20co%2Fjobs.zst"


@pytest.fixture(scope="module")
def server() -> Iterator[Buckets]:
    if reason := no_buckets():
        pytest.skip(reason)
    with buckets() as running:
        yield running


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """A place of payloads, which a home is told by its environment."""
    is_folder = request.param == "folder"
    address = f"{tmp_path}/kept" if is_folder else request.getfixturevalue("server").bucket()
    monkeypatch.setenv("TRACKMIX_PAYLOADS", address)
    return storage_of(tmp_path)


def _digests(home: Path) -> dict[str, tuple[int, int]]:
    with reading(home):
        return digests(lambda sql: ask(home, sql))


def test_what_is_written_is_there_until_it_is_deleted(storage: Storage) -> None:
    storage.check()
    assert list(storage.before("9")) == []
    later = PATH.replace("1005", "1012")
    for path in (PATH, later):
        storage.write(path, b"half")
        storage.write(path, path.encode())
    storage.settle([PATH, later])
    assert [storage.read(path) for path in (PATH, later)] == [PATH.encode(), later.encode()]
    assert storage.held({PATH, "snapshots/lever/none.zst"}) == {PATH}
    assert list(storage.before("20261012T050000Z")) == [PATH]
    storage.delete([PATH, PATH.replace("kestrel", "merlin")])
    assert list(storage.before("9")) == [later]
    with pytest.raises(FileNotFoundError):
        storage.read(PATH)


def test_a_payload_that_is_damaged_is_said_and_deleted(storage: Storage) -> None:
    storage.write(PATH, b"no payload")
    with pytest.raises(SnapshotError, match="is damaged"):
        reread(storage, PATH)
    assert storage.held({PATH}) == set()


def test_the_sample_market_is_the_same_with_its_payloads_in_a_bucket(
    server: Buckets, materialize: Run, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKMIX_PAYLOADS", address := server.bucket())
    home = tmp_path / "home"
    for day in sorted(SAMPLE.iterdir()):
        assert materialize(day, home).success
    assert _digests(home) == _digests(sample_home)
    kept = ask(home, "select distinct snapshot from fetches where snapshot is not null order by all").rows
    assert sorted(Bucket(f"{address}/").before("9")) == [path for (path,) in kept]
    assert not (home / "snapshots").exists()


def test_a_payload_that_is_lost_costs_its_board_alone(
    storage: Storage, market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home, days = tmp_path / "home", [market(f"2026-10-{day}") for day in ("05", "12", "19")]
    for at in days:
        at.board("Merlin", "merlin", [greenhouse_job(9, "Evals Engineer")])
        is_down = at is days[1]
        at.board("Kestrel", "kestrel", b"down" if is_down else [greenhouse_job(1, "MLE")], 500 if is_down else 200)
    assert materialize(days[0].folder, home, through="raw_greenhouse").success
    storage.delete([lost := next(path for path in storage.before("9") if "kestrel" in path)])
    titles = "select title, first_seen_on::varchar, closed_on from postings order by all"
    assert materialize(days[1].folder, home, through="postings").success
    assert ask(home, titles).rows == [("Evals Engineer", "2026-10-05", None)]
    said = "select error from fetches where board_id = 'greenhouse/kestrel' order by fetched_at limit 1"
    assert ask(home, said).rows == [(f"its kept answer {lost} is lost; the next run asks it anew",)]
    assert materialize(days[2].folder, home, through="postings").success
    assert ask(home, titles).rows == [("Evals Engineer", "2026-10-05", None), ("MLE", "2026-10-19", None)]


def test_a_bucket_that_cannot_be_used_is_said_before_anything_is_asked(
    server: Buckets, materialize: Run, market: MarketOf, tmp_path: Path
) -> None:
    home, at = tmp_path / "home", market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    assert materialize(at.folder, home, through="postings").success
    before = sorted(home.rglob("*"))
    for address, where, says in (
        (server.bucket(), NOWHERE, "after 5 retries"),
        ("s3://none-such/trackmix", server.address, "The specified bucket does not exist"),
        ("s3://no bucket/trackmix", server.address, "cannot be used for payloads"),
        ("snapshots", server.address, "it takes the whole path of a folder, or a bucket such as"),
        ("s3://", server.address, "it takes the whole path of a folder, or a bucket such as"),
    ):
        env = {"TRACKMIX_PAYLOADS": address, "AWS_ENDPOINT_URL": where}
        done = CliRunner().invoke(app, ["run", "--replay", str(at.folder), "--home", str(home)], env=env)
        assert (done.exit_code, done.stdout) == (2, ""), done.stderr
        [said] = [line for line in done.stderr.splitlines() if line.startswith("trackmix: ")]
        assert address in said
        assert says in said
    assert sorted(home.rglob("*")) == before
    assert ask(home, "select count(*) from postings").rows == [(1,)]


def test_a_server_that_is_gone_in_a_run_stops_it_and_the_next_does_the_rest(
    server: Buckets, market: MarketOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, at = tmp_path / "home", market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    monkeypatch.setenv("TRACKMIX_PAYLOADS", server.bucket())
    monkeypatch.setattr("pipeline.assets.published.bring_up_to_date", lambda *_: None)  # the site is another test's
    fetched = postings._pending

    def gone(*given: object) -> object:
        monkeypatch.setenv("AWS_ENDPOINT_URL", NOWHERE)
        return fetched(*given)  # type: ignore[arg-type]

    with Progress() as progress:
        monkeypatch.setattr(postings, "_pending", gone)
        with pytest.raises(RunError, match=r"the run stopped: postings: s3://bucket-\S+ cannot be used"):
            read(progress, home, at.folder, None, (), None)
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.address)
        monkeypatch.setattr(postings, "_pending", fetched)
        read(progress, home, at.folder, None, (), None)
    assert ask(home, "select outcome, postings from fetches order by rowid").rows == [("read", 1), ("unchanged", None)]


def test_without_its_package_a_bucket_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKMIX_PAYLOADS", "s3://bucket/trackmix")
    monkeypatch.setitem(sys.modules, "obstore.exceptions", None)
    with pytest.raises(StorageError, match=r"pip install 'trackmix\[lake\]'"):
        storage_of(tmp_path).check()


def test_the_environment_names_the_place_before_the_settings_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert storage_of(tmp_path) == Folder(tmp_path)
    (tmp_path / "trackmix.toml").write_text('[retention]\npayloads = "s3://one/kept"\n')
    assert storage_of(tmp_path) == Bucket("s3://one/kept/")
    monkeypatch.setenv("TRACKMIX_PAYLOADS", "/srv/kept")
    assert storage_of(tmp_path) == Folder(Path("/srv/kept"))
    monkeypatch.setenv("TRACKMIX_PAYLOADS", "kept")
    with pytest.raises(SettingError, match="TRACKMIX_PAYLOADS is 'kept'; it takes the whole path of a folder"):
        storage_of(tmp_path)


def test_a_shard_is_taken_over_on_another_machine_that_half_of_its_boards_do_not_answer(
    server: Buckets, market: MarketOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables and payloads are in a bucket. One machine asks the boards and dies; the other has what they answered there."""
    if reason := missing():
        pytest.skip(reason)
    monkeypatch.setattr("pipeline.assets.published.bring_up_to_date", lambda *_: None)  # the site is another test's
    replies, silent, alone = market("2026-10-05"), market("2026-10-05"), tmp_path / "alone"
    for number in range(12):
        board = (f"Company {number}", f"company{number}", [greenhouse_job(number)])
        replies.board(*board)
        silent.board(*board, status=404 if number % 2 else 200)
    first, second = shards(2)
    with postgres() as catalog, Progress() as progress:
        dead, other = _machines(catalog, server, tmp_path)
        with monkeypatch.context() as dying:
            dying.setattr(postings, "_pending", _dies)
            with pytest.raises(RunError, match="the machine is dead"):
                read(progress, dead, replies.folder, None, (), None, shard=first)
        read(progress, other, silent.folder, None, (), None, shard=first)
        read(progress, other, replies.folder, None, (), None, shard=second)
        publish_shards(progress, other, replies.folder)
        found, failed = _digests(other), ask(other, "from fetches where outcome = 'failed'").rows
    read(Progress(), alone, replies.folder, None, (), None)
    right = _digests(alone)
    # the visits that failed stand there, and the digest of them all
    assert {name for name in right if found[name] != right[name]} == {"fetches", "made_from"}
    assert failed
    assert not any((home / "snapshots").exists() for home in (dead, other))


def _dies(*_: object) -> None:
    raise RuntimeError("the machine is dead")


def _machines(catalog: Server, server: Buckets, folder: Path) -> list[Path]:
    """Homes of two machines that share a lake, whose files are in a bucket with what they keep of boards."""
    home, bucket = catalog.lake(folder / "one"), server.bucket()
    said = (home / "trackmix.toml").read_text().replace(f"{home.resolve()}/lake", f"{bucket}/lake")
    homes = [home, folder / "two"]
    for one in homes:
        one.mkdir(exist_ok=True)
        (one / "trackmix.toml").write_text(f'{said}[retention]\npayloads = "{bucket}/kept"\n')
    return homes
