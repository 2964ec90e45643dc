"""Whether a run can reach anybody, known in seconds: host by host, with every try again, it would take minutes."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from math import inf

from pipeline.fetching.network import HOSTS, Noting, is_online
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board
from pipeline.sources import discover

FEW = 5  # boards of a source: they may have hosts of their own, of which one or another is dead


def hosts_out_of_reach(boards: Iterable[Board]) -> int:
    """How many hosts were tried, where neither the usual ones nor those of these boards take a connection.

    0 where one does, and where a board needs no network.
    """
    if is_online():
        return 0
    hosts, is_at_hand = asyncio.run(_asked_first(boards))
    hosts = {*hosts, *HOSTS}
    return 0 if is_at_hand or is_online([*hosts]) else len(hosts)


async def _asked_first(boards: Iterable[Board]) -> tuple[set[tuple[str, int]], bool]:
    """The hosts that a few boards of each source are asked for first, and whether one is had without asking."""
    of_source: dict[str, list[Board]] = defaultdict(list)
    for board in boards:
        of_source[board.source].append(board)
    noting = Noting()
    async with open_web(noting, per_second=inf) as web:
        for source, few in of_source.items():
            for board in few[:FEW]:
                asked = len(noting.hosts)
                try:
                    await discover()[source].fetch(web.client(Validators()), board)
                except Exception:  # nothing is answered
                    continue
                if len(noting.hosts) == asked:
                    return set(), True
    return set(noting.hosts), False
