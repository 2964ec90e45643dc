"""The same job posted more than once: on two boards, once per city, or again under a new id.

Two postings are one job when all of this holds:

1. the same company, its name without case, punctuation and legal form;
2. the same title, without the places it names and words such as "remote";
3. the same words (`exact`), or texts of which at least SIMILAR_FROM of the three-word sequences are shared
   (`near`: the Jaccard index, estimated by MinHash: Broder 1997, "On the resemblance and
   containment of documents");
4. they were open at the same time, or the next opened within REOPENED days of the last one's end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from rensa import RMinHash

SIMILAR_FROM = (
    0.8  # of real pairs with one company and title, two roles share up to 0.7, a job and its copy 0.8 and more
)
REOPENED = timedelta(days=60)
PERMUTATIONS = 256  # a standard error of about 0.03
RULES = sha256(Path(__file__).read_bytes()).hexdigest()  # with others, all are compared again
_LEGAL = re.compile(r"[\s,]+(?:inc|llc|ltd|limited|gmbh|ag|sa|sas|bv|plc|corp|corporation|co)\.?$")
_ANYWHERE = re.compile(r"\b(?:remote|hybrid|on-?site|in-?office|m/?w/?d|f/?m/?d|m/?f/?d|all genders)\b")


@dataclass(frozen=True, slots=True)
class PostingSpan:
    """A posting as it is compared: `until` is None while it is open, equal texts have equal `text_sha256`."""

    posting_id: str
    company: str
    title: str
    text_sha256: str
    places: tuple[str, ...]
    since: date
    until: date | None
    is_own_board: bool


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A posting that is another one again; `similarity` is the share of word sequences they have in common."""

    posting_id: str
    same_as: str
    reason: str
    similarity: float


def candidate_duplicates(postings: Iterable[PostingSpan]) -> list[list[PostingSpan]]:
    """The postings that share company and title with another, by company and title."""
    called: dict[tuple[str, str], list[PostingSpan]] = defaultdict(list)
    for posting in postings:
        called[_company(posting.company), _title(posting)].append(posting)
    return [group for group in called.values() if len(group) > 1]


def called_alike(names: Iterable[str], some: Collection[str]) -> list[str]:
    """Of the names of companies, those that mean the company of one of `some`: its name in other case or legal form."""
    meant = {_company(name) for name in some}
    return [name for name in names if _company(name) in meant]


def duplicates(group: Sequence[PostingSpan], texts: Mapping[str, str]) -> Iterator[Duplicate]:
    """Every posting of a group of candidates that repeats another, with the one that stands for the job.

    That one is open if any of them is; then on the company's own board; then the oldest.
    `texts` holds the text of each `text_sha256`, but of what was sifted: that is only ever `exact`.
    """
    sketches = {digest: _sketch(texts[digest]) for digest in {one.text_sha256 for one in group} & texts.keys()}
    for similar in _similar(group, sketches):
        for job in _continuous(similar):
            yield from _merged(job, sketches)


def _company(name: str) -> str:
    return re.sub(r"[\W_]+", "", _LEGAL.sub("", name.casefold()))


def _title(posting: PostingSpan) -> str:
    """The title's words without the places of the posting."""
    title = _ANYWHERE.sub(" ", posting.title.casefold())
    for place in sorted(posting.places, key=len, reverse=True):
        title = re.sub(rf"\b{re.escape(place.casefold())}\b", " ", title)
    return " ".join(re.findall(r"[^\W_]+|[+#]+", title))


Sketches = Mapping[str, RMinHash]


def _sketch(text: str) -> RMinHash:
    words = re.findall(r"\w+", text.casefold())
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update([" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))])
    return sketch


def _similar(group: Sequence[PostingSpan], sketches: Sketches) -> list[list[PostingSpan]]:
    """The candidates parted into those whose texts are similar, each in the order they opened."""
    parts: list[list[PostingSpan]] = []
    for posting in sorted(group, key=lambda posting: (posting.since, posting.posting_id)):
        near = (part for part in parts if _are_alike(part[0].text_sha256, posting.text_sha256, sketches))
        if part := next(near, None):
            part.append(posting)
        else:
            parts.append([posting])
    return parts


def _are_alike(one: str, other: str, sketches: Sketches) -> bool:
    if one == other or not {one, other} <= sketches.keys():
        return one == other
    return bool(sketches[one].jaccard(sketches[other]) >= SIMILAR_FROM)


def _continuous(similar: list[PostingSpan]) -> Iterator[list[PostingSpan]]:
    """Parted again where none of them was open for longer than REOPENED."""
    job: list[PostingSpan] = []
    end = date.max
    for posting in similar:
        if job and end < posting.since - REOPENED:
            yield job
            job = []
        end = max(end, posting.until or date.max) if job else posting.until or date.max
        job.append(posting)
    yield job


def _merged(job: list[PostingSpan], sketches: Sketches) -> Iterator[Duplicate]:
    first = min(job, key=lambda p: (p.until is not None, not p.is_own_board, p.since, p.posting_id))
    for posting in job:
        if posting is not first:
            is_exact = posting.text_sha256 == first.text_sha256
            similarity = 1.0 if is_exact else sketches[posting.text_sha256].jaccard(sketches[first.text_sha256])
            yield Duplicate(posting.posting_id, first.posting_id, "exact" if is_exact else "near", similarity)
