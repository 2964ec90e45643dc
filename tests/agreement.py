"""Pages of the site held against SQL and the command line, figure by figure."""

import math
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from classifiers.tracks import TITLES
from reports.scope import Scope, area_scope, ask_mix
from reports.site.market import Market as Shown
from reports.site.subject import Subject
from warehouse.store import ask

MIX = "table.mix"
LEAST_POSTINGS, LEAST_COMPANIES = 5, 3  # as the method page says


def tree(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text("utf-8"))


def cells(page: Path, part: str) -> list[list[str]]:
    """The cells of the rows of the table of the six tracks."""
    rows = tree(page).css(f"{MIX} {part} tr")
    return [[cell.text(separator=" ", strip=True) for cell in row.css("th, td")] for row in rows]


def number(words: str) -> int:
    return int(words.replace(",", ""))


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
    }[subject.kind]


def counted(home: Path, subject: Subject) -> dict[str, dict[str, Any]]:
    """What SQL counts for it, by track."""
    of_page = inside(subject)
    rows = ask(
        home,
        f"""with here as (from open_tracks where {of_page}),
        corrected as (
            select e.track, sum(expected) as corrected from expected_counts e join jobs using (posting_id)
            where closed_on is null and {of_page} group by 1)
        select track, count(*) as postings, count(distinct company) as companies,
            count(*) / (select count(*) from here) as share, any_value(corrected) as corrected
        from here join corrected using (track) group by track""",
    ).records()
    return {TITLES[row["track"]]: row for row in rows}


def agrees(home: Path, folder: Path, subject: Subject) -> None:
    """Every count and share of the table of the six is SQL's, and what is withheld is under the minimum."""
    page, sql = folder / subject.path, counted(home, subject)
    seen = 0
    for track, share, pay, postings, corrected, *others in cells(page, "tbody"):
        row = sql.get(track, {"postings": 0, "companies": 0})
        if postings:
            assert number(postings.split()[0]) == row["postings"], (subject.path, track)
            assert share.split()[0] == f"{row['share']:.0%}"
            if corrected != "–":  # a half may be rounded either way
                assert number(corrected.split()[0]) == pytest.approx(max(0, row["corrected"]), abs=0.51)
            assert pay
            if subject.kind != "company":
                companies = next(cell for cell in others if cell.replace(",", "").isdigit())
                assert number(companies) == row["companies"]
            seen += 1
        else:
            assert share == ("too few" if row["postings"] else "none"), (subject.path, track)
            few = row["companies"] < LEAST_COMPANIES and subject.kind != "company"
            assert row["postings"] < LEAST_POSTINGS or few
    assert len(sql) >= seen
    total = next(row for row in cells(page, "tfoot") if row[0] == "All six")
    assert number(total[3].split()[0]) == sum(row["postings"] for row in sql.values())
    for row in tree(page).css('[aria-label="Companies"] tbody tr'):
        company = row.css_first("th").text().replace("'", "''")
        here = f"select count(*) from open_tracks where {inside(subject)} and company = '{company}'"
        count = ask(home, here).rows[0][0]
        assert row.css_first("td").text() == (f"{count:,}" if count >= LEAST_POSTINGS else "too few")


def scope(home: Path, subject: Subject) -> Scope:
    """The question on the command line that asks for what a page is about."""
    place = {key: subject.basis[key] for key in ("country", "region")}
    if subject.kind == "metro":
        return area_scope(home, subject.called)
    return Scope(subject.kind, subject.called, company=subject.basis["name"], **place)


def between(low: float, high: float) -> str:
    return f"{100 * low:.0f}–{high:.0%}"


def paid(low: float, high: float) -> str:
    return f"${low / 1000:,.0f}–{high / 1000:,.0f}k"


def agrees_with_the_answer(home: Path, folder: Path, subject: Subject) -> None:
    """Every share, count and pay of a page, with its interval, is the one that the command line answers."""
    page, mix = folder / subject.path, ask_mix(home, scope(home, subject)).records()
    answer = {TITLES[row["track"]]: row for row in mix if not row["is_withheld"]}
    pay_rows = tree(page).css('[aria-label="Pay"] tbody tr')
    pay = {
        row.css_first("th").text(): [cell.text(separator=" ", strip=True) for cell in row.css("td")] for row in pay_rows
    }
    for track, share, median, _, corrected, *_ in cells(page, "tbody"):
        row = answer.pop(track, None)
        if row is None:
            assert share in ("too few", "none")
            assert track not in pay
            continue
        assert share == f"{row['share']:.0%} {between(row['share_low'], row['share_high'])}"
        figures = [row[name] for name in ("corrected", "corrected_low", "corrected_high") if row[name] is not None]
        # the command line rounds to a tenth before
        assert [number(words) for words in re.findall(r"[\d,]+", corrected)] == pytest.approx(figures, abs=0.55)
        told = None
        if row["pay_mid_usd"] is not None:
            told = f"${row['pay_mid_usd'] / 1000:,.0f}k {paid(row['pay_mid_low_usd'], row['pay_mid_high_usd'])}"
        assert median == told if told else median in ("too few", "–")
        if pay and subject.kind != "world":
            half = paid(row["pay_q1_usd"], row["pay_q3_usd"]) if told else ""
            assert pay[track] == [told or "too few", half, f"{row['share_with_pay']:.0%}"]
    assert not answer


def moves(home: Path, subject: Subject) -> dict[str, tuple[float, float, float]]:
    """The change of each track and of all against four weeks ago, with its 95 % interval, worked out from the postings."""
    rows = ask(
        home,
        f"""select track, posting_id, company, first_seen_on <= last - 28 and coalesce(closed_on > last - 28, true) as was_open,
            closed_on is null as is_open
        from jobs join labels using (posting_id), (select max(fetched_at)::date as last from fetches)
        where is_sure and track <> 'none' and {inside(subject)}
            and source not in (select source from sources where is_dated) and company in (
                select company from fetches join boards using (board_id) where fetched_at::date <= last - 28)""",
    ).records()
    found = {}
    for track in [*TITLES, "all"]:
        units: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        here = [row for row in rows if track in ("all", row["track"]) and (row["was_open"] or row["is_open"])]
        for row in here:
            unit = units[row["posting_id"] if subject.kind == "company" else row["company"]]
            unit[0] += row["was_open"]
            unit[1] += row["is_open"]
        change = sum(now - before for before, now in units.values())
        error = 1.96 * math.sqrt(sum((now - before) ** 2 for before, now in units.values()))
        stock = max(sum(before for before, _ in units.values()), sum(now for _, now in units.values()))
        companies = len({row["company"] for row in here})
        is_enough = stock >= LEAST_POSTINGS and (subject.kind == "company" or companies >= LEAST_COMPANIES)
        if is_enough and abs(change) - error > 0.5:  # in whole postings
            found[TITLES.get(track, "All six")] = (change, change - error, change + error)
    return found


def agrees_with_the_changes(home: Path, folder: Path, subject: Subject) -> int:
    """A change stands where it exceeds its error, and nowhere else; answers how many do."""
    changed = moves(home, subject)
    told = {row[0]: row for part in ("tbody", "tfoot") for row in cells(folder / subject.path, part)}
    withheld = [TITLES[row["track"]] for row in subject.tracks if row["withheld"]]
    column = 6 if subject.kind == "world" else 3
    for track, row in told.items():
        if track in changed and track not in withheld:
            change, low, high = changed[track]
            signed = f"{change:+d} in 4 weeks ({low:+.0f} to {high:+.0f})".replace("-", "−")
            assert row[column].endswith(signed), (subject.path, track)
        else:
            assert not any("in 4 weeks" in cell for cell in row), (subject.path, track)
    return len(changed)


def with_figures(shown: Shown) -> list[Subject]:
    return [shown.world, *(one for one in (*shown.places, *shown.companies) if one.has_mix)]


def sums_and_minimum(site: Path, shown: Shown) -> None:
    """The tracks of every page sum to its total, and no count of a track is under the minimum."""
    for subject in with_figures(shown):
        page = site / subject.path
        postings = [row[3].partition(" ")[0] for row in cells(page, "tbody")]
        foot = {row[0]: row[3] if row[3] == "too few" else row[3].partition(" ")[0] for row in cells(page, "tfoot")}
        counts = [number(words) for words in postings if words]
        assert all(count >= LEAST_POSTINGS for count in counts), subject.path
        rest = number(foot["All six"]) - sum(counts)
        together = next((words for name, words in foot.items() if name.startswith("Those with too few")), "0")
        assert rest == number(together) if together != "too few" else rest > 0, subject.path
    for subject in shown.companies:
        if not subject.has_mix:
            assert not tree(site / subject.path).css(MIX)
