"""A page a company with an open posting, and their list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reports.site.beside import Beside
from reports.site.cite import rows_of
from reports.site.market import Market
from reports.site.page import Facts, Page
from reports.site.start import largest
from reports.site.subject import Subject
from warehouse.store import ask


def pages(market: Market) -> Iterator[Page]:
    companies = largest(market)
    countries = {country.called: country for country in market.of_kind("country")}
    yield Page(
        "companies.html",
        "companies.html",
        "Companies",
        {
            "hiring": [company for company in companies if company.basis["postings"]],
            "others": [company for company in companies if not company.basis["postings"]],
            "silent": [row[0] for row in ask(market.home, "site/silent").rows],
        },
    )
    for company in companies:
        facts = partial(_facts, market, company, countries.get(company.basis["parent_called"]))
        yield Page(company.path, "subject.html", company.called, facts, company.basis, rows_of(company))


def _facts(market: Market, company: Subject, around: Subject | None) -> Facts:
    return {
        "subject": company,
        "kind_called": "Company",
        "openings": market.of_company.get(company.called, []),
        "distinct": market.distinct.get(company.called, []),
        "beside": Beside([around, market.world] if around else [market.world]),
    }
