"""Finds a company's board: by an address that leads to it, or by the company's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.boards import directory
from pipeline.boards.careers import CareersPage, read_page
from pipeline.boards.directory import Match, spoken
from pipeline.boards.status import SOURCES, BoardStatus, statuses_of
from pipeline.boards.tokens import TRIED, likely_boards, tokens_of
from pipeline.fetching.faults import FetchError
from pipeline.fetching.web import Validators, Web
from pipeline.markup import MarkupError
from pipeline.posting import Board
from pipeline.sources import source_named

MOST_BOARDS = 8  # of one page; a page that names more is a list of companies
POSTING_PAGES = "jobposting_pages"


class BoardError(Exception):
    """No board was found, or none that can be read; the message says what was seen."""


class UnnamedBoardError(BoardError, ValueError):
    """The words name no board; the message says how to name one."""


@dataclass(slots=True)
class Finding:
    """The boards found and read, the living first, and what was seen on the way, in sentences.

    `known` holds those that the directory has of a name, as far as they were asked, with what of them is so called.
    """

    statuses: list[BoardStatus] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: list[tuple[Match, BoardStatus]] = field(default_factory=list)

    @property
    def own(self) -> BoardStatus | None:
        """The board that is the company's beyond doubt: most of its postings name it, or it is the one living board that lists call so."""
        longer = {status.board.board_id for match, status in self.known if match.by == "beginning"}
        if own := [status for status in self.statuses if status.is_its_own and status.board.board_id not in longer]:
            return max(own, key=lambda status: status.naming)
        called_so = [status for match, status in self.known if match.by == "name" and status.state == "alive"]
        return called_so[0] if len(called_so) == 1 else None


def is_address(words: str) -> bool:
    """Whether words are an address on the web rather than a name; "mistral.ai" may be both."""
    return bool(re.fullmatch(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]\S*)?", words.strip(), re.IGNORECASE))


def board_at(address: str) -> tuple[str, str] | None:
    """The source and token that an address itself tells."""
    for name, source in SOURCES.items():
        try:
            if token := source.token_in(address):
                return name, token
        except ValueError:
            continue  # no address at all, such as http://[
    return None


async def find(web: Web, asked: str, known: Mapping[str, str]) -> Finding:
    """The boards of an address or a name; words that may be both, such as "mistral.ai", are tried as both.

    `known` has the companies of boards that the registry lists, by their ids.
    """
    if not is_address(asked):
        return await find_called(web, asked)
    found = await find_at(web, asked, known)
    if found.statuses or re.search(r"[:/]", asked):
        return found
    called = await find_called(web, asked)
    return replace(called, notes=found.notes + called.notes)


async def find_at(web: Web, address: str, known: Mapping[str, str]) -> Finding:
    """The boards that an address tells, redirects to, or whose page names; else one link onward; each read once.

    Where none is named, a page that holds schema.org JobPostings is itself the board.
    """
    walk = _Walk(web, known)
    onward = await walk.visit(re.sub(r"^(?:https?:)?(?://)?", "https://", address.strip(), flags=re.IGNORECASE))
    for link in onward:
        if not walk.boards:
            await walk.visit(link)
    if not walk.boards and walk.posting_page and POSTING_PAGES in SOURCES:
        walk.add((POSTING_PAGES, walk.posting_page), "holds schema.org JobPostings")
    found = list(walk.boards.values())
    if len(found) > MOST_BOARDS:
        walk.notes.append(f"It names {len(found)} boards, of which the first {MOST_BOARDS} were read.")
    return _sorted_out(await statuses_of(web, found[:MOST_BOARDS]), walk.notes)


async def find_called(web: Web, company: str) -> Finding:
    """The boards of that name that list postings: the directory's, else under tokens it may have; each read once."""
    matches = askable(directory.called(company))
    known = await statuses_of(web, [_meant(match, company) for match in matches])
    asked = {status.board.board_id for status in known}
    is_found = any(status.is_its_own for status in known)
    likely = [] if is_found else [board for board in likely_boards(company) if board.board_id not in asked]
    statuses = known + await statuses_of(web, likely)
    alive = sorted(
        (status for status in statuses if status.state == "alive"), key=lambda status: -status.naming / status.postings
    )
    empty = [status.board.board_id for status in statuses if status.state == "empty"]
    notes = [f"Lists nothing, which may mean that there is no such board: {', '.join(empty)}."] if empty else []
    failed = {status.board.source: status.why for status in statuses if status.state == "failed"}
    notes += [f"{SOURCES[source].ABOUT.title} could not be searched: {why}." for source, why in failed.items()]
    if not alive:
        where = ", ".join(SOURCES[source].ABOUT.title for source in TRIED)
        notes.append(
            f"Tried {', '.join(tokens_of(company)) or 'no token'} at {where}; an address of its site tells more."
        )
    return Finding(alive, notes, [*zip(matches, known, strict=True)])


def askable(matches: Sequence[Match]) -> list[Match]:
    """The likest of the directory's boards that can be asked on the spot: of sources that are read without being named."""
    return [match for match in matches if is_read_at_once(match.entry.source)][:MOST_BOARDS]


def is_read_at_once(source: str) -> bool:
    """Whether a run reads boards of the source without being told to."""
    return source in SOURCES and not SOURCES[source].ABOUT.is_asked_for


def _meant(match: Match, company: str) -> Board:
    """The board as that of the company asked for, whose postings will show it; lists may name it, or one whose name begins so."""
    return match.entry.board if match.by in ("name", "beginning") else replace(match.entry.board, company=company)


async def find_to_add(web: Web, words: Sequence[str]) -> BoardStatus:
    """The one board that words name: COMPANY SOURCE TOKEN, or [COMPANY] ADDRESS. Raises BoardError, SourceError."""
    *named, where = (word.strip() for word in words)
    if len(words) == 3 and all(named) and where:
        company, source = named[0], source_named(named[1])
        named_board = board_at(where)
        board = Board(company, source, named_board[1] if named_board and named_board[0] == source else where)
        found = _sorted_out(await statuses_of(web, [board]), [])
    elif len(words) < 3 and is_address(where):
        found = await find_at(web, where, {})
    else:
        raise UnnamedBoardError(
            "name the board as COMPANY SOURCE TOKEN, or by an address, if need be with COMPANY before it"
        )
    if len(found.statuses) > 1:
        several = ", ".join(f"{status.board.source} {status.board.token}" for status in found.statuses)
        raise BoardError(f"nothing was added: {where} leads to several boards; name the one you mean: {several}")
    if not found.statuses:
        raise BoardError(f"nothing was added: {' '.join(found.notes)}")
    status = found.statuses[0]
    return replace(status, board=replace(status.board, company=named[0])) if named else status


def _sorted_out(statuses: Sequence[BoardStatus], notes: list[str]) -> Finding:
    """The boards that could be read, the living first; what is wrong with the others is said."""
    unread = [f"{status.board.board_id} is {status.state}: {status.why}." for status in statuses if not status.is_read]
    read = sorted((status for status in statuses if status.is_read), key=lambda status: status.state == "empty")
    return Finding(read, notes + unread)


class _Walk:
    """From page to page, gathering the boards that they name."""

    def __init__(self, web: Web, known: Mapping[str, str]) -> None:
        self._web = web
        self._known = known
        self.boards: dict[str, Board] = {}
        self.notes: list[str] = []
        self.posting_page: str | None = None

    def add(self, named_board: tuple[str, str], how: str, site: str | None = None) -> None:
        """Keep a board once, and say how it was found."""
        source, token = named_board
        board = Board(site or spoken(token), source, token)
        if board.board_id not in self.boards:
            company = self._known.get(board.board_id, board.company)
            self.boards[board.board_id] = replace(board, company=company)
            self.notes.append(f"{board.board_id}: {how}.")

    async def visit(self, address: str) -> tuple[str, ...]:
        """Gather what an address and its page tell; answers the links that lead onward."""
        if named_board := board_at(address):
            self.add(named_board, f"{address} says so itself")
            return ()
        client, why = self._web.client(Validators()), "it is empty"
        try:
            body = await client.get_page(address)
        except FetchError as error:
            body, why = b"", "there is no such page (404)" if error.status == 404 else str(error)
        reached = client.address or address
        if named_board := board_at(reached):
            self.add(named_board, f"{address} leads there")
            return ()
        if not body:
            self.notes.append(f"{address} cannot be read: {why}.")
            return ()
        try:
            return self._gather(read_page(body, reached), reached)
        except MarkupError as error:
            self.notes.append(f"{address} cannot be read: {error}.")
            return ()

    def _gather(self, page: CareersPage, address: str) -> tuple[str, ...]:
        named_board = [found for known in page.addresses if (found := board_at(known))]
        for found in named_board:
            self.add(found, f"named in {address}", page.site)
        for found in page.hosted if not named_board else ():
            self.add(found, f"{address} is a page of it", page.site)
        sources = {source for source, _ in named_board}
        self.notes += [f"{address} embeds {said}." for source, said in page.nameless.items() if source not in sources]
        if page.has_postings and self.posting_page is None:
            self.posting_page = address
        if not (named_board or page.hosted):
            self.notes.append(f"{address} names no board.")
        return page.onward
