"""The six specializations of AI engineering, and what of the guide's words on them postings are held against.

All that the guide says of each stands in `classifiers.guide`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.guide import GUIDE, PROFILES, Band, Source


@dataclass(frozen=True, slots=True)
class Track:
    """One specialization: `name` in data, `title` on a page, and how its week is spent."""

    name: str
    title: str
    week: str


TRACKS = (
    Track(
        "applied_llm",
        "Applied LLM",
        "building product features or customer solutions on top of existing models",
    ),
    Track(
        "inference_serving",
        "Inference / serving",
        "making models run fast, cheaply and reliably when they are used",
    ),
    Track(
        "training",
        "Fine-tuning / training",
        "training or fine-tuning models for a purpose that is already known",
    ),
    Track(
        "mlops_platform",
        "MLOps / platform",
        "building the platform that other ML and AI people use",
    ),
    Track(
        "research",
        "ML research",
        "finding out something new about models, or implementing it with those who do",
    ),
    Track(
        "safety_eval",
        "AI safety / evaluation",
        "measuring or reducing what models do wrong",
    ),
)
NONE = "none"
LABELS = (*(track.name for track in TRACKS), NONE)
TITLES = {track.name: track.title for track in TRACKS} | {NONE: "none of the six"}


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said of the tracks that postings can bear out or refute.

    `rule` says what has to be so for it to hold, `measure` is the kind of figure that tests it, `asks` what that
    figure is of. `source` is None for a question that people bring and the guide does not answer.
    """

    name: str
    says: str
    rule: str
    measure: str
    asks: Mapping[str, str | float | bool | None]
    source: Source | None


def _pays_most(level: str) -> Statement:
    """That research pays more than any other track, at a level."""
    return Statement(
        f"research_pays_most_{level}",
        f"ML research pays the most, {level} (US)",
        "Its median base pay, as postings state it, is above that of each other track.",
        "pays",
        {"track": "research", "level": level, "country": "US"},
        GUIDE,
    )


def _pays(track: str, level: str, band: Band) -> Statement:
    """The guide's band of pay for a track at a level, in the US."""
    return Statement(
        f"{track}_pays_{level}",
        f"{TITLES[track]} pays ${band.low_usd // 1000}k to ${band.high_usd // 1000}k, {level} (US, 2026)",
        "The middle half of base pay, as postings state it, lies in the band: both quartiles. "
        "Whether the guide means base pay alone is not known.",
        "band",
        {"track": track, "level": level, "country": "US", "low_usd": band.low_usd, "high_usd": band.high_usd},
        GUIDE,
    )


# What postings cannot test stands in docs/claims.md.
STATEMENTS = (
    Statement(
        "applied_llm_hires_most",
        "Applied LLM hires the most",
        "Its share of all openings of the six tracks, corrected for the model's known errors, is above each other's.",
        "hires",
        {"track": "applied_llm", "most": True},
        GUIDE,
    ),
    Statement(
        "hires_least",
        "One track hires the least",
        "The smallest share of all openings of the six tracks, corrected for the model's known errors, is below each "
        "other's.",
        "hires",
        {"track": None, "most": False},
        None,
    ),
    Statement(
        "inference_serving_hires_steadily",
        "Inference / serving hires steadily",
        "Over 12 months or more of Hacker News threads its share of the companies swings by at most a quarter of its "
        "mean, what chance alone makes of it taken off.",
        "steady",
        {"track": "inference_serving", "least_months": 12, "at_most": 0.25},
        GUIDE,
    ),
    _pays_most("early"),
    _pays_most("senior"),
    _pays("applied_llm", "early", PROFILES["applied_llm"].early),
    _pays("applied_llm", "senior", PROFILES["applied_llm"].senior),
    _pays("inference_serving", "early", PROFILES["inference_serving"].early),
    _pays("inference_serving", "senior", PROFILES["inference_serving"].senior),
    Statement(
        "research_clusters",
        "ML research clusters in few hubs",
        "Two of its openings, of different companies, are likelier to be in the same first-level region than two of "
        "applied LLM.",
        "clusters",
        {"track": "research", "other": "applied_llm"},
        GUIDE,
    ),
    Statement(
        "research_sits",
        "ML research sits in San Francisco and the UK",
        "Of its openings that name a place, at least half are within 80 km of San Francisco or in the UK, and more are "
        "in each of the two than of the other tracks' openings.",
        "sits",
        {"track": "research", "city": "San Francisco", "city_country": "US", "within_km": 80, "country": "GB"},
        GUIDE,
    ),
    Statement(
        "applied_llm_everywhere",
        "Applied LLM is everywhere",
        "It has an opening in nine of ten first-level regions that have ten openings of the six tracks or more.",
        "everywhere",
        {"track": "applied_llm", "least_openings": 10, "at_least": 0.9},
        GUIDE,
    ),
)
# asked of each company that a person names: the guide's third question is about the market at the target company
COMPANY_MIX = Statement(
    "company_mix",
    "{company} hires as the market does",
    "Each track's share of its openings is within 10 points of its share of all other companies' openings.",
    "company",
    {"within": 0.1},
    None,
)
