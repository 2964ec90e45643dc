"""Hacker News "Ask HN: Who is hiring?": a thread a month, in which each comment is a posting or several.

Endpoints and fields: hn.algolia.com/api, and real answers. A comment is HTML written by people; its first
line says who hires for what and where (`pipeline.sources.hackernews.first_line`), and its body may list the roles.
The author of a comment is never read.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import islice
from textwrap import shorten
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import PayloadError, identifier, items, unreadable, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About
from pipeline.sources.hackernews.first_line import LONGEST_LINE, read_first_line, read_line, read_row, read_sentence
from pipeline.sources.hackernews.header_segments import LINK, HeaderFacts, trim

ABOUT = About("Hacker News Who is hiring", is_dated=True, names_people=("author",))

MOST_PAGES = 10  # of the search for the threads, a thousand on each; there is one a month
LONGEST_HEADING = 160  # characters
MOST_ROLES = 50  # of one comment; the most of a real one is 17
LONGEST_SECOND = 12  # words of a second line that goes on with the first
_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip
_TITLE = re.compile(rf"Ask HN: Who is hiring\? \(({'|'.join(_MONTHS)}) (\d{{4}})\)", re.IGNORECASE)
_TOKEN = re.compile(r"whoishiring/\d{4}-\d{2}/(\d+)")
_BREAK = re.compile(r"(<p>|\n)")
_ANCHOR = re.compile(r'<a\s+href="([^"<>]*)"[^<>]*>[^<]*</a>')
_TAG = re.compile(r"<[^<>]*>")
_STEM = re.compile(r"[a-z]{3,}?(?=s?\b)")
_GENERIC = {"engineer", "developer", "software", "senior", "staff"}
_LABELLED = re.compile(
    r"(?:TLDR:?\s*)?(?P<label>company|role|position|job(?: title)?|title|location|type|remote(?=\s*:\s*yes))\s*:\s*"
    r"(?P<said>.+)",
    re.IGNORECASE,
)
_SEEKER = re.compile(
    r"\W*(?:SEEKING WORK\b|Location\s*:.{0,600}?\b(?:Willing to relocate|R[eé]sum[eé]|CV)\b)",
    re.IGNORECASE | re.DOTALL,
)


async def threads(client: Client) -> dict[str, str]:
    """The id of each month's thread: {"2025-06": "44159530"}. Raises FetchError where they cannot be had."""
    found: dict[str, str] = {}
    page, pages = 0, 1
    while page < pages:
        answer = await client.get(
            "https://hn.algolia.com/api/v1/search_by_date",
            tags="story,author_whoishiring",
            query='"Ask HN: Who is hiring"',
            hitsPerPage="1000",
            page=str(page),
        )
        try:
            pages = min(int(json.loads(answer)["nbPages"]), MOST_PAGES)
            for hit in items(answer, "hits"):
                if title := _TITLE.fullmatch(hit["title"]):
                    found.setdefault(f"{title[2]}-{_MONTHS.index(title[1].title()) + 1:02}", str(hit["objectID"]))
        except (PayloadError, ValueError, KeyError, TypeError) as error:
            raise FetchError(f"the search for the threads answered in another form: {error}") from None
        page += 1
    if not found:
        raise FetchError("the search for the threads finds none")
    return found


async def fetch(client: Client, board: Board) -> bytes:
    """One month's thread with all its comments."""
    thread = _TOKEN.fullmatch(board.token)
    if thread is None:
        raise FetchError(f"a thread is named as whoishiring/2025-06/44159530, not {board.token!r}")
    return await client.get_whole(f"https://hn.algolia.com/api/v1/items/{thread[1]}")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """The postings of every comment on the thread itself; a reply to a comment is none."""
    comments, month_end = _thread(payload)
    for comment in comments:
        try:
            yield from _postings(comment, month_end)
        except Exception as error:  # whatever a stranger's comment raises costs that comment
            yield unreadable(error, comment.get("id") if isinstance(comment, dict) else None)


def token_in(url: str) -> str | None:
    """The threads' account; which month an address of a thread belongs to, it does not say."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    is_account = parts.hostname == "news.ycombinator.com" and parts.path in ("/user", "/submitted")
    return "whoishiring" if is_account and parse_qs(parts.query).get("id") == ["whoishiring"] else None


def _thread(payload: bytes) -> tuple[list[Any], str | None]:
    """The comments on a thread, and the last day of its month, for then the next thread takes its place.

    They come as the thread's item, or as hits of the search for comments, which name their fields otherwise.
    """
    try:
        thread = json.loads(payload)
    except ValueError:
        thread = {}  # `items` says what is wrong with it
    form = next((name for name in ("hits", "comments") if isinstance(thread, dict) and name in thread), "children")
    comments = items(payload, form)
    if form != "children":
        thread.setdefault("title", comments[0].get("story_title") if comments else None)
        comments = [
            {"id": hit["objectID"], "text": hit["comment_text"], "created_at": hit["created_at"]}
            for hit in comments
            if hit["parent_id"] == hit["story_id"]
        ]
    title = _TITLE.fullmatch(str(thread.get("title")))
    if title is None:
        return comments, None
    year, month = int(title[2]), _MONTHS.index(title[1].title()) + 1
    return comments, date(year, month, monthrange(year, month)[1]).isoformat()


def _postings(comment: dict[str, Any], month_end: str | None) -> list[RawPosting | Reject]:
    """A posting for each role of a comment; none where it was deleted."""
    native_id, html = identifier(comment["id"]), words(comment.get("text"))
    if html is None:
        return []
    pieces = _BREAK.split(html)  # lines, and what separates them
    lines = [_words(piece) for piece in pieces]
    if _SEEKER.match("\n".join(lines[:40])):
        return [Reject("it seeks work and offers none", native_id)]
    first, begin = _first_line(lines)
    company, facts = read_first_line(first)
    if company is None:
        return [Reject("its first line names no company", native_id)]
    jobs = _jobs(pieces, [line.removeprefix(company) for line in lines], begin, facts)
    if not jobs and facts != HeaderFacts():
        heading = shorten(trim(LINK.sub(" ", first)), LONGEST_HEADING, placeholder=" ...")
        jobs = [(replace(facts, roles=(heading,)), html)]  # no role is named, so that the line itself is the title
    if not jobs:
        return [Reject("it tells of no job", native_id)]
    return [
        RawPosting(
            native_id=native_id if len(jobs) == 1 else f"{native_id}-{number}",
            title=job.roles[0],
            html=part,
            url=f"https://news.ycombinator.com/item?id={native_id}",
            places=tuple(RawPlace(words=place) for place in job.places),
            workplace_type="/".join(job.workplace) or None,
            employment_type="/".join(job.employment) or None,
            published=words(comment.get("created_at")),
            company=company,
            valid_through=month_end,
        )
        for number, (job, part) in enumerate(jobs, 1)
    ]


def _jobs(pieces: Sequence[str], lines: Sequence[str], begin: int, facts: HeaderFacts) -> list[tuple[HeaderFacts, str]]:
    """What is said of each role, and the HTML that is about it.

    The roles are the rows of a list in the body where there is one, else those of the first line, else
    its words for several ("Multiple roles"), else the one that a sentence looks for.
    """
    if not facts.places:
        facts = _with_next(facts, next(filter(None, lines[begin:]), ""))
    found = ((number, row) for number in range(begin, len(lines)) if lines[number] for row in read_row(lines[number]))
    rows = _distinct(islice(found, MOST_ROLES))
    if _is_fuller([row.roles[0] for _, row in rows], facts.roles):
        parts = _parts(pieces, [number for number, _ in rows])
        return [(_own(row, facts), part) for (_, row), part in zip(rows, parts, strict=True)]
    titles = facts.roles or (facts.openings or read_sentence(lines[begin - 1 :]),)
    return [(replace(facts, roles=(title,)), "".join(pieces)) for title in titles if title]


def _words(piece: str) -> str:
    """A piece of HTML as text; a link is its address, for its own text is cut."""
    return " ".join(unescape(_TAG.sub("", _ANCHOR.sub(r" \1 ", piece))).split())


def _first_line(lines: list[str]) -> tuple[str, int]:
    """The first line with words in it, and where the body begins; a bracket left open leads on to the next."""
    begin = next((number for number, line in enumerate(lines) if any(map(str.isalpha, line))), 0) + 1
    first = lines[begin - 1]
    if _LABELLED.match(first):
        said = [found for line in lines[begin - 1 : begin + 20] if (found := _LABELLED.match(line))]
        return " | ".join("Remote" if one["label"].lower() == "remote" else one["said"] for one in said)[
            :LONGEST_LINE
        ], begin
    while "(" in first and ")" not in first and begin < min(len(lines), 6):
        first, begin = f"{first} {lines[begin]}", begin + 1
    return first[:LONGEST_LINE], begin


def _with_next(facts: HeaderFacts, line: str) -> HeaderFacts:
    """What a first line without a place tells, with what a short second line tells that names one."""
    more = read_line(line) if len(line.split()) <= LONGEST_SECOND else HeaderFacts()
    if facts == HeaderFacts():
        return more
    return replace(facts, places=more.places, workplace=facts.workplace + more.workplace) if more.places else facts


def _distinct(rows: Iterable[tuple[int, HeaderFacts]]) -> list[tuple[int, HeaderFacts]]:
    """The rows without those that name a role once more."""
    kept: dict[tuple[str, tuple[str, ...]], tuple[int, HeaderFacts]] = {}
    for number, row in rows:
        kept.setdefault((row.roles[0].casefold().rstrip("s"), row.places), (number, row))
    return list(kept.values())


def _is_fuller(rows: Sequence[str], roles: Sequence[str]) -> bool:
    """Whether the rows tell the roles of the first line better; one or two of other words may be about anybody."""
    if not roles:
        return bool(rows)
    shared = set(_STEM.findall(" ".join(rows).lower())) & set(_STEM.findall(" ".join(roles).lower()))
    is_plural = any(role.lower().endswith("s") for role in roles)
    return len(rows) >= max(len(roles), 2) and (len(rows) > 2 or bool(shared if is_plural else shared - _GENERIC))


def _own(row: HeaderFacts, facts: HeaderFacts) -> HeaderFacts:
    """What a row says of its role, and the first line where the row does not say."""
    places, workplace = row.places or facts.places, row.workplace or facts.workplace
    return HeaderFacts(row.roles, None, places, workplace, row.employment or facts.employment)


def _parts(pieces: Sequence[str], starts: Sequence[int]) -> list[str]:
    """For each role the comment without the other roles' parts.

    A part goes on to the next row, the last to the end of its line: what follows is about all of them.
    """
    ends = [next((number for number in starts if number > start), start + 1) for start in starts]
    before, behind = "".join(pieces[: starts[0]]), "".join(pieces[ends[-1] :])
    return [before + "".join(pieces[start:end]) + behind for start, end in zip(starts, ends, strict=True)]
