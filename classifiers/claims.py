"""The claims of the guide that postings can bear out or refute: each a figure and the border it is held against.

Pay bands come from `classifiers.guide`, so that no figure of the guide stands twice. `reports` measures the figures and
tells how probable each claim is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from classifiers.figures import (
    SIX,
    Border,
    DoctorateShare,
    EmployerShare,
    Figure,
    Hub,
    HubShare,
    LessThan,
    Level,
    LevelShare,
    MedianPay,
    Meeting,
    MixDifference,
    MonthlySwing,
    MoreThan,
    OpeningsShare,
    RegionReach,
    SkillShare,
    ThreadCompanies,
    Within,
    others,
    together,
)
from classifiers.guide import GUIDE, PAY_COUNTRY, PAY_KIND, PAY_YEAR, PROFILES, Band, Source
from classifiers.tracks import TITLES

_BASE_PAY = f"{PAY_KIND} Postings state base pay."
_CIRCULAR = "The model that tells the tracks apart reads these words too."
_MUST = "Whether it is a must or a plus."


@dataclass(frozen=True, slots=True)
class Claim:
    """What the guide says, in our words, and what has to be so for it to hold: `figure` keeps to `border`.

    `rule` is the border in words. `ours` is what the guide leaves open and we have set; `unseen` is what the test cannot
    tell of what the guide means. `source` is None for a question that the guide asks and does not answer.
    """

    name: str
    says: str
    rule: str
    figure: Figure
    border: Border
    ours: str | None = None
    unseen: str | None = None
    source: Source | None = GUIDE


def _hires(track: str, says: str, is_most: bool) -> Claim:
    figure = OpeningsShare((track,))
    return Claim(
        f"{track}_hires_{'most' if is_most else 'least'}",
        f"{TITLES[track]} hires the {says}",
        f"Its share of the openings of the six is {'above' if is_most else 'below'} that of each other track.",
        figure,
        MoreThan(others(figure)) if is_most else LessThan(others(figure)),
    )


def _steady(track: str) -> Claim:
    return Claim(
        f"{track}_hires_steadily",
        f"{TITLES[track]} hires steadily",
        "Over 12 months of Hacker News threads or more, its share of the companies swings by at most a quarter of its "
        "mean, chance taken off.",
        MonthlySwing((track,), least_months=12),
        Within(high=0.25),
        ours="a quarter, and 12 months",
    )


def _pays(track: str, level: Level, band: Band) -> Claim:
    """The guide's band; one without an upper end has to be reached only."""
    top = f"to ${band.high_usd // 1000:,}k" + (f" and more at {band.and_more}" if band.and_more else "")
    return Claim(
        f"{track}_pays_{level}",
        f"{TITLES[track]} pays ${band.low_usd // 1000:,}k {top}, {level} ({PAY_COUNTRY}, {PAY_YEAR})",
        f"The median of base pay, as stated, is {'at least the lower end' if band.and_more else 'in the band'}.",
        MedianPay((track,), level, PAY_COUNTRY),
        Within(band.low_usd, None if band.and_more else band.high_usd),
        ours="that the median tells of the band",
        unseen=_BASE_PAY,
    )


def _pays_most(track: str, level: Level) -> Claim:
    figure = MedianPay((track,), level, PAY_COUNTRY)
    return Claim(
        f"{track}_pays_most_{level}",
        f"{TITLES[track]} pays the most, {level}",
        f"Its median of base pay in the {PAY_COUNTRY}, as stated, is above that of each other track.",
        figure,
        MoreThan(others(figure)),
        unseen=_BASE_PAY,
    )


def _names(track: str, skill: str, says: str, *skills: str, but: tuple[str, ...] = ()) -> Claim:
    """That a track names skills more often than the others, but for those of which the guide says the same."""
    figure = SkillShare((track,), skills)
    return Claim(
        f"{track}_names_{skill}",
        says,
        f"A larger part of its openings names {' or '.join(skills)} than of the other tracks'"
        + (f" ({', '.join(TITLES[one] for one in but)} left out)." if but else "."),
        figure,
        MoreThan(together(figure, tuple(one for one in SIX if one not in but))),
        unseen=_CIRCULAR,
    )


def _hired_by_labs(track: str, says: str, *tags: str) -> Claim:
    figure = EmployerShare((track,), tags)
    elsewhere = ("applied_llm", "inference_serving", "mlops_platform")  # of which the guide names no laboratories
    return Claim(
        f"{track}_at_labs",
        says,
        "Their part of its openings is above their part of the openings of applied LLM, serving and MLOps together.",
        figure,
        MoreThan(together(figure, elsewhere)),
        ours="which companies are laboratories: the tags of the registry of boards",
        unseen="Laboratories whose boards nobody reads.",
    )


_SERVING, _EARLY = OpeningsShare(("inference_serving",)), LevelShare(("applied_llm",), "early")
_HUBS = HubShare(("research",), (Hub("US", "San Francisco", within_km=80), Hub("GB")))
_DOCTORATE = DoctorateShare(("research",))
CLAIMS = (
    _hires("applied_llm", "most", is_most=True),
    _hires("research", "least", is_most=False),
    Claim(
        "training_hires_less_than_serving",
        "Fine-tuning / training hires less than inference / serving",
        "Its share of the openings of the six is below that of inference / serving.",
        OpeningsShare(("training",)), LessThan((_SERVING,)),
    ),
    _steady("inference_serving"),
    _steady("mlops_platform"),
    Claim(
        "safety_eval_grew",
        "AI safety / evaluation grew fast in 2024 and 2025",
        "In a monthly thread of Hacker News of 2025, half as many companies again hire for it as in one of 2023.",
        ThreadCompanies(("safety_eval",), 2025), MoreThan((ThreadCompanies(("safety_eval",), 2023),), times=1.5),
        ours="half as many again",
        unseen="Safety organisations seldom hire by these threads, which have themselves grown and shrunk.",
    ),
    *(_pays(track, "early", PROFILES[track].early) for track in SIX),
    *(_pays(track, "senior", PROFILES[track].senior) for track in SIX),
    _pays_most("research", "early"),
    _pays_most("research", "senior"),
    Claim(
        "research_clusters",
        "ML research clusters, applied LLM does not",
        "Two of its openings, of different companies, are likelier to be in one region than two of applied LLM.",
        Meeting(("research",)), MoreThan((Meeting(("applied_llm",)),)),
    ),
    Claim(
        "research_in_hubs",
        "ML research sits in San Francisco and the UK",
        "A larger part of its openings is within 80 km of San Francisco or in the UK than of the other tracks'.",
        _HUBS, MoreThan(together(_HUBS)),
        ours="80 km",
    ),
    Claim(
        "applied_llm_everywhere",
        "Applied LLM is everywhere",
        "It has an opening in nine of ten regions that have ten openings of the six or more.",
        RegionReach(("applied_llm",), least_openings=10), Within(low=0.9),
        ours="nine of ten, and ten openings",
    ),
    Claim(
        "applied_llm_lowest_barrier",
        "Applied LLM has the lowest barrier to entry",
        "The early part of its openings is above that of each other track.",
        _EARLY, MoreThan(others(_EARLY)),
        ours="that beginners sought tell of the barrier",
        unseen="How many apply; internships at laboratories make research look open.",
    ),
    Claim(
        "applied_llm_senior_open",
        "The senior end of applied LLM is wide open",
        "Half of its openings whose level is told, or more, are senior.",
        LevelShare(("applied_llm",), "senior"), Within(low=0.5),
        ours="half",
        unseen="How many seniors apply.",
    ),
    Claim(
        "research_asks_doctorate",
        "ML research asks for a doctorate",
        "A larger part of its openings names a doctorate than of each other track's.",
        _DOCTORATE, MoreThan(others(_DOCTORATE)),
        unseen=_MUST,
    ),
    Claim(
        "research_engineers_need_none",
        "Research engineers need no doctorate, researchers do",
        "Of research openings, a smaller part of those titled engineer names a doctorate than of those titled scientist.",
        replace(_DOCTORATE, titled="engineer"), LessThan((replace(_DOCTORATE, titled="scientist"),)),
        unseen=_MUST,
    ),
    Claim(
        "applied_llm_names_python",
        "Applied LLM asks for strong Python",
        "Half of its openings or more name Python.",
        SkillShare(("applied_llm",), ("Python",)), Within(low=0.5),
        ours="half",
        unseen="How strong it should be.",
    ),
    _names("inference_serving", "cuda", "C++ and CUDA help in serving", "C++", "CUDA"),
    _names("inference_serving", "kubernetes", "Serving asks for Kubernetes", "Kubernetes", but=("mlops_platform",)),
    _names("mlops_platform", "kubernetes", "MLOps asks for Kubernetes", "Kubernetes", but=("inference_serving",)),
    _names("mlops_platform", "airflow", "MLOps asks for Airflow or Dagster", "Airflow", "Dagster"),
    _hired_by_labs("training", "Frontier labs hire for training", "lab"),
    _hired_by_labs("research", "Frontier labs hire for research", "lab"),
    _hired_by_labs("safety_eval", "Frontier labs and safety organisations hire for safety", "lab", "safety"),
)  # fmt: skip


def company_mix(company: str) -> Claim:
    """The guide's third question: whether the mix of openings at a company is the market's."""
    return Claim(
        "company_mix",
        f"{company} hires as the market does",
        "Each track's share of its openings is within 10 points of its share of all other companies' openings.",
        MixDifference(SIX, company),
        Within(high=0.1),
        ours="10 points",
        source=None,
    )
