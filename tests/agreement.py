"""Pages of the site held against SQL and the command line, figure by figure."""

from functools import partial
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from classifiers.tracks import TITLES, TRACKS
from reports.scope import Scope, area_scope
from reports.site.market import Market as Shown
from reports.site.subject import Subject
from warehouse.cells import estimates_of
from warehouse.questions import literal
from warehouse.store import ask

MIX = "table.mix"
Row = dict[str, Any]


def tree(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text("utf-8"))


def cells(html: LexborHTMLParser, rows: str) -> list[list[str]]:
    """The cells of these rows."""
    return [[cell.text(separator=" ", strip=True) for cell in row.css("th, td")] for row in html.css(rows)]


def of_tracks(html: LexborHTMLParser, rows: str) -> list[list[str]]:
    """The cells of rows of the table of the six, each under its track's title alone."""
    links = [row.css_first("th a") for row in html.css(rows)]
    titles = [link.text(strip=True) if link else "All six" for link in links]
    return [[title, *row[1:]] for title, row in zip(titles, cells(html, rows), strict=True)]


def inside(subject: Subject) -> str:
    """Which open postings a page is about, said apart from how the site asks for them."""
    row = {key: str(value).replace("'", "''") for key, value in subject.basis.items()}
    return {
        "world": "true",
        "remote": "is_remote",
        "company": f"company = '{row['name']}'",
        "country": f"posting_id in (select posting_id from job_places where country = '{row['country']}')",
        "region": f"posting_id in (select posting_id from job_places where country = '{row['country']}' "
        f"and region = '{row['region']}')",
        "city": f"posting_id in (select posting_id from job_places where country = '{row['country']}' "
        f"and region is not distinct from {literal(subject.basis['region'])} and city = '{row['city']}')",
    }[subject.kind]


def scope(home: Path, subject: Subject) -> Scope:
    """The question on the command line that asks for what a page is about."""
    place = {key: subject.basis[key] for key in ("country", "region", "city")}
    if subject.kind in ("metro", "wide_area"):
        return area_scope(home, subject.called)
    return Scope(subject.kind, subject.called, company=subject.basis["name"], **place)


def estimated(home: Path, subject: Subject) -> dict[str, Row]:
    """What the command line answers, by track: the rows of table `estimates`, or as they are made on the spot."""
    rows = estimates_of(partial(ask, home), scope(home, subject).params()["scope"])
    return {row["track"]: row for row in rows}


def counted(home: Path, subject: Subject) -> dict[str, Row]:
    """What SQL counts of the base tables, by track and of all; only those that have any."""
    area = {key: value for key, value in subject.basis.items() if key in ("country", "region", "city")}
    question = f"""select coalesce(track, 'all') as track, count(*) as postings, count(distinct company) as companies,
            count(pay.low) as with_pay, min(pay.low) as pay_least_usd, max(pay.high) as pay_most_usd
        from (select track, company, pay_in(posting_id, pay_low_usd, pay_high_usd,
            scope_of('{subject.kind}', country := $country, region := $region, city := $city)) as pay
            from open_tracks where {inside(subject)})
        group by grouping sets ((track), ())"""
    return {row["track"]: row for row in ask(home, question, area).records()}


def moved(home: Path, subject: Subject) -> dict[str, int]:
    """The change of each track and of all against four weeks ago, on boards read by then."""
    rows = ask(
        home,
        f"""select coalesce(track, 'all') as track, sum(closed_on is null)::bigint
                - sum(first_seen_on <= last - 28 and coalesce(closed_on > last - 28, true))::bigint as change
        from jobs join labels using (posting_id), (select max(fetched_at)::date as last from fetches)
        where is_sure and track <> 'none' and {inside(subject)}
            and (closed_on is null or first_seen_on <= last - 28 and closed_on > last - 28)
            and source not in (select source from sources where is_dated) and company in (
                select company from fetches join boards using (board_id) where fetched_at::date <= last - 28)
        group by grouping sets ((track), ()) having count(*) > 0""",
    ).records()
    return {row["track"]: row["change"] for row in rows}


def shares(row: Row) -> str:
    return f"{row['share']:.0%} {100 * row['share_low']:.0f}–{row['share_high']:.0%}"


def thousands(low: float, high: float) -> str:
    return f"${low / 1000:,.0f}–{high / 1000:,.0f}k"


def pay(row: Row) -> str:
    if row["pay_mid_usd"] is None:
        return "no pay stated anywhere"
    return f"${row['pay_mid_usd'] / 1000:,.0f}k {thousands(row['pay_mid_low_usd'], row['pay_mid_high_usd'])}"


def stated(row: Row) -> str:
    """How many state pay, from the least to the most."""
    if not row.get("with_pay"):
        return "0"
    return f"{row['with_pay']:,} {thousands(row['pay_least_usd'], row['pay_most_usd'])}"


def change(number: int | None) -> str:
    return "" if number is None else f"{number:+d} in 4 weeks".replace("-", "−").replace("+0", "±0")


def agrees(home: Path, folder: Path, subject: Subject) -> None:
    """Every figure of the table of the six is that of SQL and of the command line; those of a circle, of the latter."""
    html, answer = tree(folder / subject.path), estimated(home, subject)
    rows = sorted(answer.values(), key=lambda row: (-row["postings"], -row["share"]))
    for cell, row in zip(of_tracks(html, f"{MIX} tbody tr"), rows, strict=True):
        assert [cell[0], *cell[2:4]] == [TITLES[row["track"]], shares(row), pay(row)], subject.path
        assert cell[1].split()[0] == f"{row['postings']:,}"
    total = cells(html, f"{MIX} tfoot tr")[-1]
    assert total[1].split()[0] == f"{sum(row['postings'] for row in rows):,}"
    rests_on(html, subject, rows[0])
    if subject.kind not in ("metro", "wide_area"):
        agrees_with_counts(home, html, subject, rows)


def agrees_with_counts(home: Path, html: LexborHTMLParser, subject: Subject, rows: list[Row]) -> None:
    """What is counted there is what SQL counts of the base tables, and so are the counts beside the estimates."""
    facts, changes = counted(home, subject), moved(home, subject)
    titles = {title: name for name, title in TITLES.items()}
    for row in rows:
        fact = facts.get(row["track"], {})
        assert all(row[name] == fact.get(name, 0) for name in ("postings", "companies", "with_pay")), subject.path
    for title, postings, _, _, *others in of_tracks(html, f"{MIX} tbody tr, {MIX} tfoot tr"):
        track = titles.get(title, "all")
        fact = facts.get(track, {})
        assert postings.split()[0] == f"{fact.get('postings', 0):,}"
        if subject.kind != "company":
            assert others.pop(0) == f"{fact.get('companies', 0):,}"
        assert others[0] == stated(fact), (subject.path, track)
        assert postings.endswith(change(changes.get(track)))


def rests_on(html: LexborHTMLParser, subject: Subject, row: Row) -> None:
    """The line on what is borrowed says how much, and of how many postings elsewhere."""
    line = html.css_first("p.borrowed")
    if subject.kind == "world":
        assert line is None
    else:
        said = line.text()
        assert f"{row['of_postings']:,} opening" in said, subject.path
        assert f"{row['parent_postings']:,} more " in said or (not row["parent_postings"] and "lies around" in said)
        assert f"{row['parent_weight']:.0%} in each share" in said


def agrees_with_employers(home: Path, folder: Path, subject: Subject) -> None:
    """Who hires, as SQL counts it."""
    for company, count in cells(tree(folder / subject.path), '[aria-label="Companies"] tbody tr'):
        name = company.replace("'", "''")
        here = f"select count(*) from open_tracks where {inside(subject)} and company = '{name}'"
        assert count == f"{ask(home, here).rows[0][0]:,}"


def every_page(shown: Shown) -> list[Subject]:
    return [shown.world, *shown.places, *shown.companies]


def complete(site: Path, shown: Shown) -> None:
    """Every page has all six tracks with every figure, the postings sum to its total and the shares to 1."""
    for subject in every_page(shown):
        html = tree(site / subject.path)
        rows, total = of_tracks(html, f"{MIX} tbody tr"), cells(html, f"{MIX} tfoot tr")[-1]
        assert {row[0] for row in rows} == {track.title for track in TRACKS}, subject.path
        assert all(cell and not {"–", "nan", "None"} & set(cell.split()) for row in rows for cell in row[1:6]), (
            subject.path
        )
        assert sum(int(row[1].split()[0].replace(",", "")) for row in rows) == int(total[1].split()[0].replace(",", ""))
        assert abs(sum(row["share"] for row in subject.tracks) - 1) < 1e-6
