"""Whether a place explains that a name beside it means something: its country, its region, the city that it is part of."""

from __future__ import annotations

from pipeline.reading.areas import LIE_IN
from pipeline.reading.place_meanings import Meaning, are_near

EXPLAINED = 9.0  # for each country, region or metropolis in a group that the place lies in
SAID_TWICE = 5.0  # for each other name of the place itself, and for a part of it in brackets


def explains(one: Meaning, area: Meaning, is_aside: bool) -> float:
    """How much a place explains that a name means this area, or the large city that it is near."""
    if one.country != area.country:
        is_around = LIE_IN.get(one.country) == area.country and not (area.region or area.city)
        return EXPLAINED if is_around else 0.0
    if area.city:
        if one.city and not one.is_metro and one.city != area.city and are_near(one.city, area.city):
            is_outskirt = area.is_metro or area.city.population > one.city.population  # Burnaby (Vancouver)
            return (EXPLAINED if is_outskirt else SAID_TWICE) * (is_aside or area.is_metro)
        return SAID_TWICE if one.city == area.city else 0.0
    if area.region not in (None, one.region):
        return 0.0
    is_inside = one.city or (one.region and not area.region)
    return EXPLAINED + area.tells * bool(one.city) if is_inside else SAID_TWICE


def lies_in(one: Meaning, area: Meaning) -> bool:
    """Whether a place is in that country or region, or is that city."""
    if area.city or one.country != area.country:
        return one.city is not None and one.city == area.city
    return area.region in (None, one.region) if one.city else area.region is None or area.region == one.region
