"""The six specializations of AI engineering. What the guide says of each stands in `classifiers.guide`."""

from __future__ import annotations

from dataclasses import dataclass


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
