"""A page a company with an open posting, and their list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reports.site.beside import Beside
from reports.site.charts import counts, course, pay, shares
from reports.site.charts.chart import Chart
from reports.site.cite import rows_of
from reports.site.market import Market
from reports.site.openings import told
from reports.site.page import Facts, Page
from reports.site.start import largest
from reports.site.subject import Subject
from reports.standing import standing_of
from warehouse.store import ask

MOST_OPENINGS = 200  # on a company's page
MOST_LISTED = 300  # companies told of in the list, those with the most openings; of the others it has the names


def pages(market: Market) -> Iterator[Page]:
    companies = largest(market)
    countries = {country.called: country for country in market.of_kind("country")}
    yield Page(
        "companies.html",
        "companies.html",
        "Companies",
        {
            "hiring": [company for company in companies if company.basis["postings"]],
            "most_listed": MOST_LISTED,
            "others": [company for company in companies if not company.basis["postings"]],
            "silent": [row[0] for row in ask(market.home, "site/silent").rows],
        },
    )
    for company in companies:
        facts = partial(_facts, market, company, countries.get(company.basis["parent_called"]))
        yield Page(company.path, "subject.html", company.called, facts, company.basis, rows_of(company))


def _facts(market: Market, company: Subject, around: Subject | None) -> Facts:
    own = market.of_company.get(company.called, [])
    return {
        "subject": company,
        "kind_called": "Company",
        "openings": told(market, [row["posting_id"] for row in own[:MOST_OPENINGS]]),
        "standing": standing_of(own),
        "distinct": market.distinct.get(company.called, []),
        "drawn": _charts(market, company),
        "beside": Beside([around, market.world] if around else [market.world]),
    }


def _charts(market: Market, company: Subject) -> list[Chart]:
    found = [
        shares.mix(company, market.world),
        pay.pay(company, {}),
        counts.levels(company),
        counts.where(company, [(row["name"], row["postings"]) for row in company.basis["hires_in"] or []]),
        course.weeks(company.called, company.basis["weeks"] or [], market.readings),
    ]
    return [chart for chart in found if chart]
