"""What the guide says, as data: whole, in words that the market's figures know, and each testable part of it a claim."""

from dataclasses import fields

import pytest

from classifiers.claims import CLAIMS, Claim, company_mix
from classifiers.figures import (
    SIX,
    EmployerShare,
    Figure,
    LevelShare,
    MedianPay,
    OpeningsShare,
    SkillShare,
    Within,
    others,
    together,
)
from classifiers.fit import BACKGROUNDS, BEST, DAYS, fits
from classifiers.guide import MOVES, PROFILES, QUESTIONS
from classifiers.skills import skills
from pipeline.boards.registry import TAGS
from reports.verdict import Verdict, verdict_of

SKILLS = {skill.name for skill in skills()}
# the guide's table of pay, thousands of US dollars: early from, to, senior from, to
PAY = {
    "applied_llm": (130, 220, 200, 400),
    "inference_serving": (180, 280, 300, 600),
    "training": (180, 300, 300, 500),
    "mlops_platform": (160, 260, 250, 450),
    "research": (200, 400, 400, 1000),
    "safety_eval": (180, 300, 300, 500),
}


def sides(claim: Claim) -> tuple[Figure, ...]:
    """The claim's figure, and those that it is held against."""
    return (claim.figure, *(() if isinstance(claim.border, Within) else claim.border.figures))


def test_every_track_has_a_whole_profile_and_the_guides_pay() -> None:
    assert tuple(PROFILES) == SIX
    silent = {name for name, profile in PROFILES.items() if not profile.hired_by}
    assert silent == {"inference_serving", "mlops_platform"}  # of which the guide does not say who hires
    for name, profile in PROFILES.items():
        empty = {field.name for field in fields(profile) if not getattr(profile, field.name)}
        assert empty <= {"hired_by"}, name
        bands = (profile.early.low_usd, profile.early.high_usd, profile.senior.low_usd, profile.senior.high_usd)
        assert bands == tuple(1000 * thousands for thousands in PAY[name])
        assert profile.early.low_usd < profile.early.high_usd
        assert profile.senior.low_usd < profile.senior.high_usd
    assert [name for name, profile in PROFILES.items() if profile.senior.and_more] == ["research"]


def test_every_skill_named_is_one_that_postings_are_read_for() -> None:
    named = {
        (name, skill)
        for name, profile in PROFILES.items()
        for skill in (*profile.skills, *(s for task in (*profile.day, *profile.break_in) for s in task.skills))
    }
    assert {track for track, _ in named} == set(SIX)
    assert {skill for _, skill in named} <= SKILLS
    asked = {
        skill for claim in CLAIMS for side in sides(claim) if isinstance(side, SkillShare) for skill in side.skills
    }
    assert asked
    assert asked <= {skill for _, skill in named}  # what is tested of skills, the guide names


def test_the_table_of_fits_follows_the_guides_answers() -> None:
    table = {(fit.question, fit.answer, fit.track): fit for fit in fits()}
    assert [question.name for question in QUESTIONS] == ["background", "day", "market"]
    for question in QUESTIONS[:2]:
        for hint in question.hints:
            for answer in hint.fits:
                assert answer in (BACKGROUNDS if question.name == "background" else DAYS)
                found = [table[question.name, answer, track] for track in hint.tracks]
                assert found[0].fit == BEST
                assert all(fit.rests_on == "guide" and fit.fit >= BEST - 1 for fit in found), (hint.answer, answer)


def test_a_move_is_between_two_tracks() -> None:
    for move in MOVES:
        assert {move.from_track, move.to_track} < set(SIX)
        assert move.from_track != move.to_track


def test_every_claim_compares_like_with_like() -> None:
    names = [claim.name for claim in CLAIMS]
    assert len(set(names)) == len(names) >= 30
    for claim in CLAIMS:
        first, *rest = sides(claim)
        assert {type(side) for side in rest} <= {type(first)}
        assert first not in rest
        assert all(side.tracks and set(side.tracks) <= set(SIX) for side in (first, *rest))
        assert isinstance(claim.border, Within) or rest


def test_a_band_of_the_guide_is_tested_for_each_track_and_level() -> None:
    bands = {
        (claim.figure.tracks[0], claim.figure.level): claim.border
        for claim in CLAIMS
        if isinstance(claim.figure, MedianPay) and isinstance(claim.border, Within)
    }
    assert len(bands) == 12
    for (track, level), border in bands.items():
        low, high = PAY[track][:2] if level == "early" else PAY[track][2:]
        is_open = (track, level) == ("research", "senior")
        assert (border.low, border.high) == (1000 * low, None if is_open else 1000 * high)
    said = {claim.name: claim.says for claim in CLAIMS}
    assert said["applied_llm_pays_early"] == "Applied LLM pays $130k to $220k, early (US, 2026)"
    assert said["research_pays_senior"].endswith("$400k to $1,000k and more at frontier labs, senior (US, 2026)")


def test_laboratories_are_told_by_tags_that_boards_have() -> None:
    tags = {tag for claim in CLAIMS for side in sides(claim) if isinstance(side, EmployerShare) for tag in side.tags}
    assert tags
    assert tags <= set(TAGS)


def test_the_others_are_taken_each_or_together() -> None:
    figure = LevelShare(("research",), "early")
    assert [other.tracks for other in others(figure)] == [(name,) for name in SIX if name != "research"]
    assert together(figure) == (LevelShare(tuple(name for name in SIX if name != "research"), "early"),)
    assert together(OpeningsShare(("training",)), SIX[:2]) == (OpeningsShare(SIX[:2]),)


def test_a_company_is_asked_about_by_name() -> None:
    claim = company_mix("Kestrel")
    assert claim.says == "Kestrel hires as the market does"
    assert (claim.figure.company, claim.source) == ("Kestrel", None)


@pytest.mark.parametrize(
    ("probability", "verdict"),
    [
        (1, Verdict.holds), (0.975, Verdict.holds), (0.974, Verdict.probably_holds), (0.8, Verdict.probably_holds),
        (0.799, Verdict.open), (0.5, Verdict.open), (0.201, Verdict.open), (None, Verdict.open),
        (0.2, Verdict.probably_not), (0.026, Verdict.probably_not), (0.025, Verdict.does_not_hold),
        (0, Verdict.does_not_hold),
    ],
)  # fmt: skip
def test_the_verdict_is_the_probabilitys(probability: float | None, verdict: Verdict) -> None:
    assert verdict_of(probability) is verdict


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_has_no_verdict(wrong: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        verdict_of(wrong)
