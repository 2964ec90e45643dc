"""Draws pages, or takes them over from the site before where they show what they showed.

What every page tells of the last reading of the boards stands in elements of its own (`data-now`, by `parts.now`), and so
a page that is taken over is told of it anew.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import PurePosixPath

from jinja2 import Environment

from reports.site.made_from import Earlier, digest
from reports.site.market import Market
from reports.site.page import Facts, Page

_NOW = re.compile(r'(<span data-now="(\w+)">).*?(?=</span>)')


class Drawing:
    """What draws the pages of a market by its templates, or takes them over from an earlier site."""

    def __init__(self, market: Market, templates: Environment, earlier: Earlier) -> None:
        self._world, self._templates, self._earlier = market.world, templates, earlier
        self._now = templates.globals["told_now"] = _now(market)
        # what any page may show beside its own facts
        shared = version("trackmix"), market.models, market.credits, market.company_paths, market.skills_from
        self._shared = digest(shared)

    def html(self, page: Page) -> str:
        """A page; one of many is taken over where it can be."""
        if not callable(page.facts):
            return self._drawn(page, page.facts)
        facts = page.facts()
        found = self._earlier.file(page.path, (self._shared, page.title, page.basis, page.rows, facts))
        if not found:
            return self._drawn(page, facts)
        return _NOW.sub(lambda told: told[1] + self._now[told[2]], found.read_text("utf-8"))

    def _drawn(self, page: Page, own: Facts) -> str:
        root = "../" * (len(PurePosixPath(page.path).parts) - 1)
        facts = {"page": page, "root": root, "basis": page.basis or self._world.basis, **own}
        return self._templates.get_template(page.template).render(facts)


def _now(market: Market) -> dict[str, str]:
    reading, basis = market.reading, market.world.basis
    day = f"{read_at:%-d %B %Y}" if (read_at := reading["read_at"]) else ""
    asked = f"Boards last asked {day}: {reading['read']:,} answered, {reading['failed']:,} failed, {reading['skipped']:,} skipped"
    openings = f"{basis['postings']:,} {'opening' if basis['postings'] == 1 else 'openings'}"
    return {"day": day, "asked": f"{asked}. {openings} of the six kinds of work, of {basis['open_postings']:,} read."}
