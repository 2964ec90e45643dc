"""A page a company with an open posting, and their list."""

from __future__ import annotations

from collections.abc import Iterator

from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import largest
from warehouse.store import ask


def pages(market: Market) -> Iterator[Page]:
    companies = largest(market)
    yield Page(
        "companies.html",
        "companies.html",
        "Companies",
        {
            "hiring": [company for company in companies if company.basis["postings"]],
            "all": sorted(companies, key=lambda company: company.called.casefold()),
            "silent": [row[0] for row in ask(market.home, "site/silent").rows],
        },
    )
    for company in companies:
        facts = {
            "subject": company,
            "postings": market.postings.get(company.called, []),
            "distinct": market.distinct.get(company.called, []),
        }
        yield Page(company.path, "subject.html", company.called, facts, company.basis)
