"""The charts of the site: what they draw is what their tables say, on one labelled scale, and that is what SQL says."""

import math
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from agreement import estimated, every_page, inside, tree
from invented import Job, invented
from selectolax.lexbor import LexborNode

from classifiers.guide import PROFILES
from classifiers.tracks import TITLES, TRACKS
from reports.site.charts import course
from reports.site.charts.chart import MOST_TICKS, scale
from reports.site.market import Market as Shown
from reports.site.subject import Subject
from reports.site.write import render
from warehouse.store import ask

Row = dict[str, str]
NEAR = 0.11  # per cent of the drawing: places are rounded to a tenth


def figures(page: Path) -> dict[str, LexborNode]:
    """The charts of a page by their names."""
    return {str(figure.id).removeprefix("chart-"): figure for figure in tree(page).css("figure.chart")}


def table(figure: LexborNode) -> list[Row]:
    """The rows of a chart's table as its CSV has them: names and values of the warehouse."""
    names = [str(head.attributes["data-name"]) for head in figure.css("thead th")]
    rows = [
        [cell.attributes.get("data-value") or cell.text() for cell in row.css("th, td")]
        for row in figure.css("tbody tr")
    ]
    return [dict(zip(names, row, strict=True)) for row in rows]


def number(words: str) -> float:
    return float(words.strip("$%k").replace(",", "")) * (0.01 if words[-1] == "%" else 1000 if words[-1] == "k" else 1)


def place(node: LexborNode, name: str) -> float:
    return float(str(node.attributes[name]).rstrip("%"))


def axis(figure: LexborNode) -> tuple[float, float, float]:
    """Where 0 lies along a drawing, how far 1 is from there, and the value at its end; its ticks must agree with that."""
    ticks = [(place(tick, "x"), number(tick.text())) for tick in figure.css("svg text.tick")]
    start, end = ticks[0], ticks[-1]
    assert start[1] == 0
    assert len(ticks) <= MOST_TICKS + 1
    for at, value in ticks:
        assert at - start[0] == pytest.approx((end[0] - start[0]) * value / end[1], abs=NEAR)
    return start[0], (end[0] - start[0]) / end[1], end[1]


def holds(figure: LexborNode, row: LexborNode, values: tuple[str, str, str], told: Row) -> None:
    """A row's dot and band lie where its table has its value and its interval."""
    zero, one, most = axis(figure)
    value, low, high = (float(told[name]) for name in values)
    assert high <= most
    dot, band = row.css_first(".dot"), row.css_first(".band")
    assert place(dot, "cx") == pytest.approx(zero + one * value, abs=NEAR)
    assert place(band, "x") == pytest.approx(zero + one * low, abs=NEAR)
    assert place(band, "x") + place(band, "width") == pytest.approx(zero + one * high, abs=2 * NEAR)


def drawn_rows(figure: LexborNode) -> list[LexborNode]:
    return figure.css("svg > g:not(.key)")


@pytest.fixture(scope="module")
def pages(shown: Shown) -> list[Subject]:
    """Pages of every kind, those with the most openings and some others."""
    several = [shown.of_kind(kind)[0] for kind in ("wide_area", "country", "region", "metro", "city", "remote")]
    companies = sorted(shown.companies, key=lambda one: -one.basis["postings"])
    return [*several, *companies[:2], *random.Random(14).sample(every_page(shown)[1:], 12)]


@pytest.mark.parametrize("whole", [False, True])
def test_an_axis_holds_its_values_with_few_round_ticks(whole: bool) -> None:
    draw = random.Random(14)
    for _ in range(500):
        most = draw.randrange(1, 5000) if whole else draw.uniform(0.001, 1.5e6)
        found = scale(most, whole)
        assert found.ticks[0] == 0
        assert found.ticks[-1] == pytest.approx(found.most)
        assert most <= found.most * (1 + 1e-9)
        assert len(found.ticks) <= MOST_TICKS + 1
        assert found.most - found.step < most  # and none more than it takes
        assert not whole or all(tick == int(tick) for tick in found.ticks)
        mantissa = found.step / 10 ** math.floor(math.log10(found.step) + 1e-9)
        assert min(abs(mantissa - round_one) for round_one in (1, 2, 2.5, 5)) < 1e-6


def test_shares_are_drawn_as_the_table_and_the_warehouse_have_them(
    sample_home: Path, site: Path, shown: Shown, pages: list[Subject]
) -> None:
    seen = set()
    for subject in pages:
        figure = figures(site / subject.path).get("mix")
        assert (figure is None) == (subject.basis["postings"] < 3), subject.path
        if figure is None:
            continue
        country = shown.at(subject.basis["country"], None) if subject.kind in ("region", "metro", "city") else None
        around = country if country and country.basis["postings"] > subject.basis["postings"] else shown.world
        wanted, beside = estimated(sample_home, subject), estimated(sample_home, around)
        told = table(figure)
        for row, drawn in zip(told, drawn_rows(figure), strict=True):
            holds(figure, drawn, ("share", "share_low", "share_high"), row)
            zero, one, _ = axis(figure)
            assert drawn.css_first(".mark").attributes["x1"] == drawn.css_first(".mark").attributes["x2"]
            assert place(drawn.css_first(".mark"), "x1") == pytest.approx(
                zero + one * float(row["share_around"]), abs=NEAR
            )
            assert drawn.css_first(".name").text() == TITLES[row["track"]]
            for name in ("share", "share_low", "share_high"):
                assert float(row[name]) == pytest.approx(wanted[row["track"]][name], abs=6e-5), subject.path
                assert float(row[f"{name}_around"]) == pytest.approx(beside[row["track"]][name], abs=6e-5)
            box = drawn.css_first(".about")
            assert place(box, "x") == pytest.approx(zero + one * float(row["share_low_around"]), abs=NEAR)
            ends = place(box, "x") + place(box, "width")
            assert ends == pytest.approx(zero + one * float(row["share_high_around"]), abs=2 * NEAR)
        assert {row["track"] for row in told} == {track.name for track in TRACKS}
        seen.add((subject.kind, around.kind))
    assert {("city", "country"), ("country", "world"), ("company", "world")} <= seen


def test_a_part_is_said_to_be_larger_only_where_the_intervals_part(tmp_path: Path) -> None:
    jobs = [Job(f"Company {n}", "training", "Berlin") for n in range(60)]
    jobs += [Job(f"Firm {n}", "research", "Paris") for n in range(60)]
    jobs += [Job(f"Firm {n}", "training" if n % 2 else "research", "London") for n in range(4)]
    folder = render(invented(tmp_path / "home", jobs), tmp_path / "site").parent
    said = {
        name: figures(folder / f"regions/{name}.html")["mix"].css_first("figcaption span").text()
        for name in ("de", "gb")
    }
    assert said["de"].startswith("Surely a larger part than everywhere: Fine-tuning / training. Surely a smaller part")
    assert "ML research" in said["de"].partition("smaller")[2]
    assert said["gb"] == "No kind of work is surely a larger or smaller part than everywhere."


def test_pay_is_drawn_as_the_warehouse_has_it_with_the_guide_behind_in_its_country(
    sample_home: Path, site: Path, pages: list[Subject]
) -> None:
    bands = 0
    for subject in pages:
        figure = figures(site / subject.path).get("pay")
        assert (figure is None) == (subject.basis["with_pay"] < 3), subject.path
        if figure is None:
            continue
        where = " and ".join(
            f"{name} is not distinct from $${subject.basis[name]}$$"
            for name in ("country", "region", "city")
            if subject.basis[name]
        )
        kept = ask(sample_home, f"from estimates where kind = '{subject.kind}' and {where or 'true'}").records()
        wanted = {(row["track"], row["level"]): row for row in kept} if subject.kind != "company" else {}
        wanted |= {(track, "all"): row for track, row in estimated(sample_home, subject).items()}
        for row, drawn in zip(table(figure), drawn_rows(figure), strict=True):
            holds(figure, drawn, ("pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd"), row)
            truth = wanted[row["track"], row["level"]]
            assert float(row["pay_mid_usd"]) == pytest.approx(truth["pay_mid_usd"], rel=1e-6), subject.path
            assert int(row["with_pay"]) == truth["with_pay"] > 0
            band = {"early": PROFILES[row["track"]].early, "senior": PROFILES[row["track"]].senior}.get(row["level"])
            guide = drawn.css_first(".guide")
            assert (guide is not None) == (band is not None and subject.basis["country"] == "US")
            if guide and band:
                zero, one, _ = axis(figure)
                assert place(guide, "x") == pytest.approx(zero + one * band.low_usd, abs=NEAR)
                assert place(guide, "x") + place(guide, "width") == pytest.approx(
                    zero + one * band.high_usd, abs=2 * NEAR
                )
                assert (row["guide_low_usd"], row["guide_high_usd"]) == (str(band.low_usd), str(band.high_usd))
                bands += 1
    assert bands


def test_a_track_has_its_levels_its_pay_and_its_countries_drawn_as_the_warehouse_has_them(
    sample_home: Path, site: Path
) -> None:
    for track in TRACKS:
        kept = f"from estimates where track = '{track.name}' and (kind = 'world' or kind = 'country')"
        wanted = {(row["kind"], row["country"], row["level"]): row for row in ask(sample_home, kept).records()}
        drawn, all_of = figures(site / "tracks" / f"{track.name}.html"), wanted["world", None, "all"]
        names = dict(ask(sample_home, "select name, country from countries").rows)
        shares_hold(drawn["levels"], lambda row: wanted["world", None, row["level"]], all_of)  # noqa: B023
        shares_hold(drawn["where"], lambda row: wanted["country", names[row["place"]], "all"], all_of)  # noqa: B023
        told = table(drawn["pay"])
        assert {row["place"] for row in told} == {"Everywhere", "United States"}
        for row, at in zip(told, drawn_rows(drawn["pay"]), strict=True):
            place_of = ("world", None) if row["place"] == "Everywhere" else ("country", "US")
            assert float(row["pay_mid_usd"]) == pytest.approx(wanted[*place_of, row["level"]]["pay_mid_usd"], rel=1e-6)
            holds(drawn["pay"], at, ("pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd"), row)
            is_guided = row["place"] == "United States" and row["level"] in ("early", "senior")
            assert bool(at.css(".guide")) == bool(row.get("guide_low_usd")) == is_guided


def shares_hold(figure: LexborNode, truth_of: Callable[[Row], dict[str, Any]], around: dict[str, Any]) -> None:
    """Shares are those of the warehouse, and drawn where the axis says, each before the same mark."""
    for row, drawn in zip(table(figure), drawn_rows(figure), strict=True):
        holds(figure, drawn, ("share", "share_low", "share_high"), row)
        truth = truth_of(row)
        for name in ("share", "share_low", "share_high"):
            assert float(row[name]) == pytest.approx(truth[name], abs=6e-5)
            assert float(row[f"{name}_around"]) == pytest.approx(around[name], abs=6e-5)
        assert int(row["postings"]) == truth["postings"]


def test_levels_and_places_are_counted_as_sql_does(sample_home: Path, site: Path, pages: list[Subject]) -> None:
    places = 0
    for subject in (one for one in pages if one.kind not in ("metro", "wide_area")):
        drawn = figures(site / subject.path)
        if subject.basis["postings"] < 3:
            assert not {"levels", "where"} & set(drawn)
            continue
        assert ("levels" in drawn) == (sum(subject.basis[level] for level in ("early", "senior", "lead")) >= 3)
        counted = ask(
            sample_home,
            f"""select track, count(*) as postings, count(*) filter (seniority = 'early') as early,
                count(*) filter (seniority = 'senior') as senior, count(*) filter (seniority = 'lead') as lead,
                count(*) filter (seniority = 'unknown') as unknown
            from open_tracks where {inside(subject)} group by track""",
        ).records()
        wanted = {row["track"]: row for row in counted}
        for row in table(drawn["levels"]) if "levels" in drawn else []:
            truth = wanted.get(row["track"], {})
            assert all(int(row[name]) == truth.get(name, 0) for name in row if name != "track"), subject.path
        if "levels" in drawn:
            widths_hold(drawn["levels"])
        for row in table(drawn["where"]) if "where" in drawn else []:
            there = "name" if subject.kind in ("company", "remote") else "city"
            names = f"select posting_id from job_places left join countries using (country) where {there} = $${row['place']}$$"
            count = ask(
                sample_home, f"select count(*) from open_tracks where {inside(subject)} and posting_id in ({names})"
            )
            assert count.rows[0][0] == int(row["postings"]), (subject.path, row)
            places += 1
    assert places


def widths_hold(figure: LexborNode) -> None:
    """The bars of counts are as long as their numbers, on one scale for all levels."""
    ticks = [(place(tick, "x"), number(tick.text())) for tick in figure.css("svg text.tick")]
    per_one = {(end[0] - start[0]) / end[1] for start, end in zip(ticks[::2], ticks[1::2], strict=True)}
    assert len(per_one) == 1
    one = per_one.pop()
    for row, drawn in zip(table(figure), drawn_rows(figure), strict=True):
        counts = [int(row[name]) for name in ("early", "senior", "lead", "unknown")]
        assert [int(words.text()) for words in drawn.css("text:not(.name)")] == counts
        assert [place(bar, "width") for bar in drawn.css(".bar-of")] == pytest.approx(
            [one * n for n in counts if n], abs=NEAR
        )


def test_a_course_has_the_openings_of_each_week_and_no_line_where_none_was(
    sample_home: Path, site: Path, shown: Shown
) -> None:
    for subject in [shown.world, shown.of_kind("country")[0], shown.of_kind("city")[0], shown.companies[0]]:
        figure = figures(site / subject.path)["weeks"]
        first, last = table(figure)
        assert (first["week_on"], last["week_on"]) == ("2026-10-26", "2026-11-23")
        of = f"from jobs join labels using (posting_id) where is_sure and track <> 'none' and {inside(subject)}"
        stock, opened, closed = ask(
            sample_home,
            f"""select count(*) filter (first_seen_on <= date '2026-10-26'), count(*) filter (first_seen_on > date '2026-10-26'),
                count(closed_on) {of}""",
        ).rows[0]
        assert (int(first["open"]), first["opened"], first["closed"]) == (stock, "0", "0"), subject.path
        assert (int(last["opened"]), int(last["closed"])) == (opened, closed)
        assert int(last["open"]) == stock + opened - closed == subject.basis["postings"]
        assert figure.css_first(".run").attributes["d"].count("L") == 0
        assert figure.css_first(".gap").attributes["d"].count("L") == 1
        assert "Dotted: weeks without a reading" in figure.text()
        heights(figure, "open")


def heights(figure: LexborNode, value: str) -> None:
    """The dots of a course lie as high as its table says, by the ticks of its axis."""
    ticks = [
        (place(tick, "y") + 4, number(tick.text()))
        for tick in figure.css("svg text.tick")
        if tick.attributes["x"] == "0"
    ]
    (zero, none), (top, most) = ticks[0], ticks[-1]
    assert none == 0
    for row, dot in zip(table(figure), figure.css("svg .dot"), strict=True):
        assert place(dot, "cy") == pytest.approx(zero + (top - zero) * float(row[value]) / most, abs=0.3)


def test_what_came_with_a_new_board_did_not_open() -> None:
    readings = [date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 26)]
    moved = [
        {"week_on": date(2026, 10, 5), "opened": 0, "closed": 0, "open": 10},
        {"week_on": date(2026, 10, 26), "opened": 3, "closed": 1, "open": 40},
    ]
    chart = course.weeks("Berlin", moved, readings)
    assert chart is not None
    assert [(row["open"], row["is_next"], row["at"]) for row in chart.rows] == [
        (10, False, 0),
        (10, True, 33.3),
        (40, False, 100),
    ]
    assert "between them 3 opened and 1 closed. 28 more came with boards read for the first time." in chart.says
    assert course.weeks("Berlin", moved, readings[:1]) is None


def test_months_have_a_gap_where_no_thread_was_read(tmp_path: Path) -> None:
    months = [date(2026, month, 1) for month in (1, 2, 3, 5, 6)]
    jobs = [
        Job(f"Company {n}", track, month=month)
        for month in months
        for n, track in enumerate(["training", "research"] * 3)
    ]
    home = invented(tmp_path / "home", [*jobs, Job("Now", "training")])
    folder = render(home, tmp_path / "site").parent
    figure = figures(folder / "tracks" / "training.html")["months"]
    told, kept = table(figure), ask(home, "from demand_by_month where track = 'training' order by month_on").records()
    assert [(row["month_on"], float(row["share"])) for row in told] == [
        (str(row["month_on"]), pytest.approx(row["share"], abs=6e-5)) for row in kept
    ]
    assert figure.css_first(".run").attributes["d"].count("L") == 3
    assert figure.css_first(".gap").attributes["d"].count("L") == 1
    assert "Dotted: no thread was read" in figure.text()
    heights(figure, "share")
    panels = figures(folder / "index.html")["months"]
    assert {row["track"] for row in table(panels)} == {track.name for track in TRACKS}
    tops = {tick.text() for tick in panels.css("svg text.tick") if "%" in tick.text()}
    assert len(tops) == 2  # 0 and one other, the same for all six


def test_a_dot_on_the_map_has_the_area_of_its_openings(site: Path, shown: Shown) -> None:
    for path, track in (("index.html", "all"), ("tracks/applied_llm.html", "applied_llm")):
        figure = figures(site / path)["map"]
        key = [
            (place(spot, "r"), number(words.text()))
            for spot, words in zip(figure.css(".key .spot"), figure.css(".key text"), strict=True)
        ]
        per_one = {round(radius**2 / count, 1) for radius, count in key}
        assert max(per_one) - min(per_one) < 0.05 * max(per_one)
        told = table(figure)
        assert [int(row["postings"]) for row in told] == [dot["postings"] for dot in shown.dots[track]]
        assert [row["place"].endswith(", no city") for row in told] == [
            dot["city"] is None for dot in shown.dots[track]
        ]
        for row, spot in zip(told, figure.css("svg > .spot"), strict=True):
            assert ("vague" in str(spot.attributes["class"])) == row["place"].endswith(", no city")
            assert place(spot, "r") ** 2 / int(row["postings"]) == pytest.approx(key[-1][0] ** 2 / key[-1][1], rel=0.08)


def test_little_is_told_in_words_and_not_drawn(tmp_path: Path) -> None:
    jobs = [Job("One", "research", "Paris"), Job("Two", "training", "Berlin"), Job("Two", "training", "Berlin")]
    folder = render(invented(tmp_path / "home", jobs), tmp_path / "site").parent
    for path in ("companies/one.html", "companies/two.html", "cities/fr-ile-de-france-paris.html", "regions/de.html"):
        page = tree(folder / path)
        assert not page.css("figure"), path
        assert page.css("table.mix tbody tr"), path
    assert "a line needs two." in tree(folder / "index.html").body.text()


def test_every_chart_has_a_sentence_a_table_and_what_it_is_saved_by(site: Path) -> None:
    names: set[str] = set()
    for page in site.rglob("*.html"):
        for name, figure in figures(page).items():
            names.add(name)
            assert figure.css_first("figcaption span").text().strip().endswith("."), page
            assert table(figure), page
            assert [button.text() for button in figure.css(".save button")] == ["SVG", "PNG", "CSV"]
            source = tree(page).css_first("#source").text()
            for part in ("trackmix", "23 November 2026", "invented sample market", page.relative_to(site).as_posix()):
                assert part in source
            assert figure.css_first("svg").attributes["aria-labelledby"] == figure.css_first("figcaption").id
    assert names == {"mix", "pay", "levels", "where", "weeks", "map"}
