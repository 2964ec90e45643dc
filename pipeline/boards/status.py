"""Board status: what one reading of a board shows, whether it lives and whose it is."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.progress import Progress

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import PayloadError
from pipeline.fetching.replay import ReplayError
from pipeline.fetching.web import Validators, Web
from pipeline.posting import Board, RawPosting
from pipeline.sources import discover

SOURCES = discover()
SHOWN_TITLES = 3
NO_BOARD = (404, 410, 422)  # 422: Workday, for a site that a tenant does not have
_LEGAL = r"(?:[\s,]+(?:inc|llc|ltd|limited|gmbh|ag|sa|sas|bv|corp|corporation|co|plc|se)\.?)+$"

State = Literal["dead", "moved", "failed", "empty", "alive"]


@dataclass(frozen=True, slots=True)
class BoardStatus:
    """What one reading of a board showed. `naming` counts the postings that name the company; `why` is the fault."""

    board: Board
    state: State
    postings: int = 0
    naming: int = 0
    titles: tuple[str, ...] = ()
    why: str = ""
    moved_to: Board | None = None

    @property
    def is_read(self) -> bool:
        """Whether the board answered with what it lists."""
        return self.state in ("alive", "empty")

    @property
    def is_its_own(self) -> bool:
        """Whether the board is the company's beyond doubt: it has postings, and most name the company."""
        return self.state == "alive" and self.naming * 2 > self.postings


async def status_of(web: Web, board: Board) -> BoardStatus:
    """Read a board once, through its source."""
    source = SOURCES[board.source]
    try:
        items = list(source.read(await source.fetch(web.client(Validators()), board)))
    except FetchError as error:
        return BoardStatus(board, "dead" if error.status in NO_BOARD else "failed", why=str(error))
    except PayloadError as error:
        return BoardStatus(board, "failed", why=str(error))
    except ReplayError:
        raise  # the folder's fault, not the board's
    except Exception as error:  # whatever a stranger's board raises costs that board
        return BoardStatus(board, "failed", why=f"its answer cannot be read: {type(error).__name__}: {error!a:.200}")
    postings = [item for item in items if isinstance(item, RawPosting)]
    if items and not postings:
        return BoardStatus(board, "failed", why=f"none of its {len(items)} postings can be read")
    names = naming(board.company)
    return BoardStatus(
        board,
        "alive" if postings else "empty",
        len(postings),
        sum(bool(names.search(f"{item.title} {item.html} {item.company}")) for item in postings),
        tuple(dict.fromkeys(item.title for item in postings if item.title))[:SHOWN_TITLES],
    )


async def statuses_of(web: Web, boards: Sequence[Board]) -> list[BoardStatus]:
    """Read every board once, in their order, as many at a time as the web's manners allow."""
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("reading boards", total=len(boards))

        async def one(board: Board) -> BoardStatus:
            status = await status_of(web, board)
            progress.advance(task)
            return status

        return list(await asyncio.gather(*map(one, boards)))


def names_of(company: str) -> list[str]:
    """The names in a company's name, without what only its register says: "Cursor / Anysphere, Inc." has two."""
    first, *more = re.split(r"\s*[/()|]\s*|\s+-\s+", company.strip())
    parts = [first, *(name for name in more if len(name) > 2)]  # (UK) is no name
    return [name for part in parts if (name := re.sub(_LEGAL, "", part.strip(), flags=re.IGNORECASE))]


def naming(company: str) -> re.Pattern[str]:
    """Finds any of a company's names in HTML as whole words, whatever stands between them."""
    names = [r"(?:&\w+;|\W){0,4}".join(re.findall(r"\w+", name)) for name in names_of(company)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(filter(None, names)) or '(?!)'})(?!\w)", re.IGNORECASE)
