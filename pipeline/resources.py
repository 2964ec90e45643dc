"""What the assets are given: the web, the boards to read, and the home folder with its warehouse."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from math import inf
from pathlib import Path
from typing import Any, Self

import dagster as dg
from pydantic import Field, PrivateAttr

from classifiers.model import Model
from pipeline.boards.registry import boards_to_read, own_boards
from pipeline.fetching.replay import Replay
from pipeline.fetching.storage import Storage, storage_of
from pipeline.fetching.web import Web, open_web
from pipeline.instance import forget_runs
from pipeline.interruption import ended_at_once
from pipeline.posting import Board
from pipeline.settings import settings_of
from pipeline.sources import discover, source_named
from pipeline.stages.processes import Processes
from pipeline.stages.teaching import home_model
from warehouse import store
from warehouse.shards import WHOLE, Shard, shard_called

SOURCES = discover()
Result = dg.MaterializeResult[None]  # what an asset answers: its facts; its data are in the store


def shard_in(tags: Mapping[str, str]) -> Shard:
    """The shard that a run is a partition of, by its tags; all boards where it is none, or one of months."""
    partition = tags.get("dagster/partition", "")
    return shard_called(partition) if "/" in partition else WHOLE


class WebResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The network, or a folder that is replayed instead of it."""

    replay: str | None = None
    backoff_seconds: float = 0.5

    @property
    def is_live(self) -> bool:
        """Whether the network is asked."""
        return self.replay is None

    def open(self, shard: Shard = WHOLE) -> AbstractAsyncContextManager[Web]:
        """A web to fetch a shard's boards from. Raises ReplayError when the folder cannot be replayed."""
        if self.replay:
            return open_web(Replay(Path(self.replay)), self.backoff_seconds, per_second=inf)
        return open_web(backoff_seconds=self.backoff_seconds, shards=shard.of)

    def now(self) -> datetime:
        """The time of the run (UTC, no zone attached): the clock's, or the replayed replies' own."""
        seen_at = Replay(Path(self.replay)).seen_at() if self.replay else None
        return (seen_at or datetime.now(UTC)).replace(tzinfo=None, microsecond=0)


class BoardsResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The registry of boards: a CSV file, or the bundled one with the home folder's own.

    Bundled boards of a source that is read only when asked for are left out unless `include` names the source. Where
    `only` has ids of boards, the run is about these, and leaves the others as they are. Of `whole_sources` every board
    is read that the directory has.
    """

    registry: str | None = None
    include: list[str] = Field(default_factory=list)
    only: list[str] = Field(default_factory=list)
    whole_sources: list[str] = Field(default_factory=list)

    def read(self, home: Path) -> list[Board]:
        """The boards of the registry that this run is about. Raises RegistryError."""
        listed = boards_to_read(home, Path(self.registry) if self.registry else None, self.whole_sources)
        return [board for board in listed if not self.only or board.board_id in self.only]

    def left_out(self, home: Path, gone: Mapping[str, str]) -> dict[str, str]:
        """The boards that this run does not read, by id, each with the reason; those that are `gone` only where nobody named them."""
        named = {*self.only, *(board.board_id for board in ([] if self.registry else own_boards(home)))}
        reasons = {}
        for board in self.read(home):
            is_named = board.board_id in named or (self.registry is not None and board.named_by == "registry")
            is_included = board.source in (*self.include, *self.whole_sources)
            if SOURCES[board.source].ABOUT.is_asked_for and not (is_named or is_included):
                reasons[board.board_id] = f"read only when asked for: trackmix run --include {board.source}"
            elif board.board_id in gone and not is_named:
                reasons[board.board_id] = gone[board.board_id]
        return reasons


class StoreResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The home folder, with kept payloads, the run's own file and what is published.

    After a run payloads older than `keep_days` are deleted, but for the last of each board, and so are sites, but for the
    newest, and the history of runs; of sites the newest of each of the last `keep_sites` weeks is kept. None keeps all.
    """

    home: str
    keep_days: int | None = None
    keep_sites: int | None = None
    _shard: Shard = PrivateAttr(default=WHOLE)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Self]:
        """Hold the warehouse from a run's beginning to its end, so that nobody else writes in between.

        Raises StoreError and StorageError.

        Whoever stops the run, by Ctrl-C or in the web page, ends its process at once; its history says that it was canceled.
        """
        instance, run = context.instance, context.run
        assert instance is not None
        assert run is not None
        self._shard = shard_in(run.tags)
        self.payloads.check()  # before anything is asked
        with ended_at_once(partial(instance.report_run_canceled, run)), store.open_store(self.path, self._shard):
            yield self
        if self.keep_days is not None and self._shard.is_whole:  # those of other shards may be running
            forget_runs(instance, datetime.now(UTC) - timedelta(days=self.keep_days), but=run.run_id)

    @property
    def path(self) -> Path:
        """The home folder."""
        return Path(self.home)

    @property
    def payloads(self) -> Storage:
        """Where what boards answered is kept. Raises SettingError."""
        return storage_of(self.path)

    @property
    def shard(self) -> Shard:
        """The part of the boards that the run reads."""
        return self._shard

    def model(self) -> Model:
        """The model trained with this home's own labels, where there is one, else the bundled one."""
        return home_model(self.path)

    @contextmanager
    def open(self) -> Iterator[store.Store]:
        """The run's own file, open for writing; closed again after. Raises StoreError."""
        with store.open_store(self.path) as opened:
            yield opened


@dg.resource
def spread(_: dg.InitResourceContext) -> Iterator[Processes]:
    """The processes that all stages of a run have in common: what one costs to begin is paid once."""
    with Processes() as processes:
        yield processes


def resources_of(
    home: Path,
    replay: Path | None = None,
    registry: Path | None = None,
    include: Sequence[str] = (),
    keep_days: int | None = None,
    only: Sequence[str] = (),
    whole_sources: Sequence[str] = (),
) -> dict[str, Any]:
    """What the assets are given: as a run is told, and where that says nothing as the settings of the home do.

    Replies are of the boards that stand beside them. Raises SettingError or SourceError.
    """
    said = settings_of(home)
    if registry is None and not only:
        registry = replay / "boards.csv" if replay else said.registry
    included = [source_named(source) for source in include or said.include]
    return {
        "web": WebResource(replay=str(replay) if replay else None),
        "boards": BoardsResource(
            registry=str(registry) if registry else None,
            include=included,
            only=list(only),
            whole_sources=list(whole_sources),
        ),
        "store": StoreResource(
            home=str(home),
            keep_days=said.keep_days if keep_days is None else keep_days,
            keep_sites=said.keep_sites,
        ),
        "processes": spread,
    }
