"""Towns that no table knows, taken at their word where their area stands behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.posting import Place
from pipeline.reading.areas import WITH_REGION_CODES, country_called, is_state_name, regions_called
from pipeline.reading.explanation import EXPLAINED, explains
from pipeline.reading.gazetteer import SHORT_NAMES
from pipeline.reading.place_meanings import AREA_WORDS, MARKETS, Meaning

UNLISTED, UNLISTED_BUT_LARGE = 4.0, 0.0  # a town that no table knows before its area; a large city's name there
US_CODE = 1.0  # for a state before a country of the same code, behind such a town
LARGE = 500_000  # inhabitants
TOWN = re.compile(
    r"(?!\w*[a-z]\w*[A-Z]{2})(?!.*\b(?:Senior|Lead|Engineers?|Developers?|Managers?|Designers?|Scientists?|Interns?|Hiring|Sales|Possible|Available|Required)\b)[A-ZÀ-Þ][\w'’.-]{2,}(?: [A-ZÀ-Þ][\w'’.-]+){0,3}"
)  # what may be the name of a town


def unlisted_town(names: Sequence[str], meant: Sequence[Sequence[Meaning]]) -> tuple[float, Place] | None:
    """A town that no table knows, taken at its word where its area stands behind it."""
    town, *areas = names
    if not areas:
        return None
    is_country = country_called(town)
    if town in SHORT_NAMES or is_state_name(town) or is_country in MARKETS or (is_country and town.isupper()):
        return None
    if not TOWN.fullmatch(town) or town.isupper():
        return None
    is_large = any(one.city and one.city.population >= LARGE for one in meant[0])
    score = UNLISTED_BUT_LARGE if is_large else UNLISTED
    best = None
    for one in meant[1]:
        is_state = one.region and one.country in WITH_REGION_CODES
        is_area = (
            (one.stands or one.stands_alone) and not one.city and (is_state or not (is_country or regions_called(town)))
        )
        if is_area and all(any(explains(one, area, False) for area in behind) for behind in meant[2:]):
            told = score + EXPLAINED * len(areas) + US_CODE * (one.is_code and one.region is not None)
            if best is None or told > best[0]:
                best = told, Place(None if AREA_WORDS.search(town) else town, one.region, one.country)
    return best
