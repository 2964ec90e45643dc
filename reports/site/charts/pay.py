"""Charts of pay by track and level, with the bands of the guide behind where it speaks of that country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from classifiers.guide import PAY_COUNTRY, PAY_KIND, PROFILES, Band
from classifiers.tracks import TITLES
from reports.show import thousands
from reports.site.charts.chart import LEAST, LEVELS, MOST_TICKS, Chart, scale
from reports.site.subject import Row, Subject

PAY = ("postings", "with_pay", "pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd")
GUIDE = ("guide_low_usd", "guide_high_usd")


def pay(subject: Subject, levels: Mapping[str, Sequence[Row]]) -> Chart | None:
    """Pay by track, and by level where that is known, where some state it; in the guide's country with its bands."""
    if subject.basis["with_pay"] < LEAST:
        return None
    is_guided = subject.basis.get("country") == PAY_COUNTRY
    rows: list[Row] = []
    for row in subject.tracks:
        at_level = [one for one in levels.get(row["track"], []) if one["level"] in LEVELS]
        stated = [{"level": "all", **row}, *at_level]
        of_track = [{**one, **_guided(one, is_guided)} for one in stated if one["with_pay"]]
        is_of_one_level = len(of_track) == 2 and of_track[1]["postings"] == row["postings"]
        rows += of_track[1:] if is_of_one_level else of_track
    return _pay(f"{subject.called}: pay, US dollars a year", _stated(subject.basis), "track", rows)


def track_pay(track: str, places: Sequence[tuple[Subject, Sequence[Row]]]) -> Chart | None:
    """The pay of one track by level in some places, each with its levels; the guide's bands stand in its country."""
    rows: list[Row] = []
    for place, levels in places:
        is_guided = place.basis.get("country") == PAY_COUNTRY
        found = [{"level": "all", **place.track(track)}, *(row for row in levels if row["level"] in LEVELS)]
        rows += [
            {**row, "place": place.called[0].upper() + place.called[1:], **_guided(row, is_guided)}
            for row in found
            if row["with_pay"]
        ]
    if not rows or places[0][0].track(track)["with_pay"] < LEAST:
        return None
    return _pay(f"{TITLES[track]}: pay by level, US dollars a year", _stated(places[0][0].track(track)), "place", rows)


def _pay(title: str, says: str, groups: str, rows: Sequence[Row]) -> Chart:
    is_guided = any(row["guide_low_usd"] for row in rows)
    most = max(row[name] or 0 for row in rows for name in ("pay_mid_high_usd", "guide_high_usd"))
    columns = (groups, "level", *PAY, *(GUIDE if is_guided else ()))
    says, mark = (f"{says} {_beside_guide(rows)} {PAY_KIND}", "the guide") if is_guided else (says, "")
    return Chart("pay", "pays", title, says, columns, rows, scale(most, ticks=MOST_TICKS - 1), mark)


def _guided(row: Row, is_guided: bool) -> dict[str, Any]:
    """The guide's band for the track and level of a row, if it has one for that place."""
    profile = PROFILES[row["track"]]
    band: Band | None = {"early": profile.early, "senior": profile.senior}.get(row["level"]) if is_guided else None
    return {"guide_low_usd": band and band.low_usd, "guide_high_usd": band and band.high_usd}


def _beside_guide(rows: Sequence[Row]) -> str:
    bands = [row for row in rows if row["guide_low_usd"]]
    above = sum(row["pay_mid_high_usd"] < row["guide_low_usd"] for row in bands)
    below = sum(row["pay_mid_low_usd"] > row["guide_high_usd"] for row in bands)
    some = " lies" if above == 1 else " lie"
    return f"Of the guide’s bands here ({len(bands)}), {above or 'none'}{some} surely above what is paid, {below or 'none'} below."


def _stated(row: Row) -> str:
    some = "states" if row["with_pay"] == 1 else "state"
    return f"{row['with_pay']:,} of {row['postings']:,} openings {some} pay, {thousands(row['pay_least_usd'], row['pay_most_usd'])}."
