"""What a careers page says of job boards: every address in it, its embeds, and where its openings may be.

Forms of embeds, as found on real pages: Greenhouse `embed/job_board/js?for=`, Lever `leverJobsOptions`,
SmartRecruiters `company_code`, Workable `whr_embed(NUMBER)`, Recruitee `RTWidget({"companies": [NUMBER]})`. Pages that
a vendor serves on a company's own host are told by where their files lie, and Eightfold's by its `pcsx-data`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from pipeline.markup import parsed
from pipeline.posting import sound_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

MOST_ONWARD = 3  # links of one page that are followed

# possessive (++): a long run of letters without a dot is looked at once
_ADDRESS = re.compile(
    r"(?<![\w.@/-])(?:https?:)?(?://)?(?:[a-z0-9_-]++\.)+[a-z]{2,}(?![\w-])(?:[:/?#][^\s\"'`<>\\^{}|$()\[\]]*)?",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\u002f|\\/", re.IGNORECASE)  # how JSON inside a page may write a slash
_NAMED = (  # an embed that names its board otherwise than by an address: its mark, the name, the address meant
    ("leverJobsOptions", r"\baccountName[\"']?\s*:\s*[\"']([^\"']+)", "https://jobs.lever.co/{}"),
    ("smartrecruiters", r"\bcompany_code[\"']?\s*:\s*[\"']([^\"']+)", "https://careers.smartrecruiters.com/{}"),
)
_NAMELESS = (
    ("greenhouse", r"\bgrnhse_app\b|[?&]gh_jid=", "a Greenhouse board, whose name is not in the page"),
    ("workable", r"\bwhr_embed\(|workable\.com/assets/embed\.js",
     "a Workable board by its account's number, which is no token"),
    ("recruitee", r"d10zminp1cyta8\.cloudfront\.net/widget|\bRTWidget\(",
     "a Recruitee board by its company's number, which is no token"),
)  # fmt: skip
_HOSTED = (  # a page that is a vendor's own, on a company's host: its mark, the token, of which {} is the host
    ("eightfold", r"\bpcsx-data\b.*?\"domain\"\s*:\s*\"([\w.-]+)\"", r"{}/\1"),
    ("phenom", r"\bphenompeople\.com/", "{}"),
    ("teamtailor", r"\bteamtailor-cdn\.com/(?!widget)", "{}"),
)
_OPENINGS = re.compile(
    r"\b(?:open|current|job|all)[\s_-]?(?:roles|positions|openings|jobs)|\bopenings\b|\bvacanc|\bstellen", re.IGNORECASE
)
_CAREERS = re.compile(
    r"\b(?:careers?|jobs?|join[\s_-]?(?:us|our)|work[\s_-]?(?:with|at|for)|hiring|karriere|emplois?|carri[eè]res?|recrut)",
    re.IGNORECASE,
)
_JOB_POSTING = re.compile(r"\"@type\"\s*:\s*(?:\[[^\]]{0,200})?\"JobPosting\"")


@dataclass(frozen=True, slots=True)
class CareersPage:
    """One page, as far as it may tell a board.

    `hosted` are the boards, by source and token, that it is itself a page of; `nameless` holds, by source, what is said of
    embeds that do not name their board; `onward` the links
    of the same site that look like its openings, the likeliest first; `site` the name it gives itself.
    """

    site: str | None
    addresses: tuple[str, ...]
    hosted: tuple[tuple[str, str], ...]
    nameless: dict[str, str]
    onward: tuple[str, ...]
    has_postings: bool


def read_page(html: bytes, address: str) -> CareersPage:
    """What the page at `address` says, in its elements, their attributes and its inline scripts; comments say nothing. Raises MarkupError."""
    parser = parsed(html)
    values = [value for node in parser.css("*") for value in node.attributes.values() if value]
    text = _ESCAPED.sub("/", "\n".join([*values, parser.root.text(separator="\n") if parser.root else ""]))
    embeds = ((form, re.search(name, text)) for mark, name, form in _NAMED if mark in text)
    embedded = [form.format(named[1]) for form, named in embeds if named]
    found = (match[0].rstrip(".,;:!?&*") for match in _ADDRESS.finditer(text))
    name = parser.css_first("meta[property='og:site_name']")
    return CareersPage(
        site=(sound_text(name.attributes.get("content") or "").strip() or None) if name else None,
        addresses=tuple(dict.fromkeys([*embedded, *found])),
        hosted=tuple(_hosted(text, urlsplit(address).hostname or "")),
        nameless={source: said for source, pattern, said in _NAMELESS if re.search(pattern, text)},
        onward=tuple(_onward(parser, address)),
        has_postings=any(_JOB_POSTING.search(script.text()) for script in parser.css("script[type*='ld+json']")),
    )


def _hosted(text: str, host: str) -> Iterator[tuple[str, str]]:
    """The boards that a page on that host is of, whose vendor it does not name by an address."""
    for source, mark, token in _HOSTED:
        if found := re.search(mark, text, re.DOTALL):
            yield source, found.expand(token).format(host)


def _onward(parser: LexborHTMLParser, address: str) -> Iterable[str]:
    """Links to the site's own openings, the likeliest first, then the shortest."""
    links = {link: _likelihood(link, said) for link, said in _links(parser, address)}
    likely = [link for link in links if links[link]]
    return sorted(likely, key=lambda link: (-links[link], len(link)))[:MOST_ONWARD]


def _links(parser: LexborHTMLParser, address: str) -> Iterator[tuple[str, str]]:
    """The links of the same site, each with its words."""
    here = urlsplit(address)
    for node in parser.css("a[href]"):
        try:
            link = urldefrag(urljoin(address, (node.attributes["href"] or "").strip())).url
            parts = urlsplit(link)
        except ValueError:
            continue  # an address that is none, such as http://[
        is_other = (parts.hostname, parts.path, parts.query) != (here.hostname, here.path, here.query)
        if parts.scheme in ("http", "https") and is_other and _is_same_site(here.hostname, parts.hostname):
            yield parts._replace(scheme="https").geturl(), node.text()


def _likelihood(link: str, said: str) -> int:
    words = f"{said[:100]} {urlsplit(link).hostname} {urlsplit(link).path}"
    return 2 if _OPENINGS.search(words) else 1 if _CAREERS.search(words) else 0


def _is_same_site(one: str | None, other: str | None) -> bool:
    """Whether one host is the other, or lies under it."""
    a, b = ((host or "").removeprefix("www.") for host in (one, other))
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))
