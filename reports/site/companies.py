"""A page a company with an open posting, and their list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reports.site import charts, course
from reports.site.beside import Beside
from reports.site.cite import rows_of
from reports.site.market import Market
from reports.site.page import Page
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
        around = countries.get(company.basis["parent_called"])
        facts = {
            "subject": company,
            "kind_called": "Company",
            "openings": market.of_company.get(company.called, []),
            "distinct": market.distinct.get(company.called, []),
            "drawn": _charts(market, company),
            "beside": Beside([around, market.world] if around else [market.world]),
        }
        yield Page(company.path, "subject.html", company.called, facts, company.basis, rows_of(company))


def _charts(market: Market, company: Subject) -> list[charts.Chart]:
    named = Counter(country for row in market.of_company.get(company.called, []) for country in row["countries"] or ())
    found = [
        charts.mix(company, market.world),
        charts.pay(company, {}),
        charts.levels(company),
        charts.where(company, sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))),
        course.weeks(company.called, company.basis["weeks"] or [], market.readings),
    ]
    return [chart for chart in found if chart]
