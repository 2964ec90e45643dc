"""The colours of the six tracks: apart for every kind of colour vision and in grey, and strong enough on their ground.

How colours look to who lacks one kind of cone is simulated as Machado, Oliveira and Fernandes (2009) do; distances and
lightness are CIELAB's, contrast is that of WCAG 2.
"""

import re
from itertools import combinations

import numpy as np
import pytest
from conftest import ROOT
from numpy.typing import NDArray

from classifiers.tracks import TRACKS

LEAST_APART, LEAST_IN_GREY, LEAST_CONTRAST = 20.0, 3.5, 3.0  # CIELAB, its lightness, WCAG's for what is drawn
SEEN_AS = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
WHITE = np.array([0.95047, 1.0, 1.08883])
SCHEMES = ("light", "dark")
Colour = NDArray[np.float64]


def colour(name: str, scheme: str) -> Colour:
    """A custom property of the stylesheet in a scheme, as linear light."""
    css = (ROOT / "reports" / "palette.css").read_text("utf-8")
    found = re.search(rf"--{name}: light-dark\(#(\w{{6}}), #(\w{{6}})\)", css)
    assert found, name
    code = found[1 + SCHEMES.index(scheme)]
    channels = np.array([int(code[at : at + 2], 16) for at in (0, 2, 4)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(linear: Colour) -> Colour:
    part = TO_XYZ @ linear / WHITE
    x, y, z = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear) for linear in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", SEEN_AS)
def test_any_two_tracks_are_told_apart(scheme: str, vision: str) -> None:
    seen = {t.name: lab(np.clip(SEEN_AS[vision] @ colour(f"track-{t.name}", scheme), 0, 1)) for t in TRACKS}
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > LEAST_APART, (one, other)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_any_two_tracks_differ_in_grey(scheme: str) -> None:
    lightness = sorted(lab(colour(f"track-{track.name}", scheme))[0] for track in TRACKS)
    assert min(np.diff(lightness)) > LEAST_IN_GREY


@pytest.mark.parametrize("scheme", SCHEMES)
def test_tracks_and_words_stand_out_from_their_ground(scheme: str) -> None:
    for ground in ("page", "card"):
        for track in TRACKS:
            assert contrast(colour(f"track-{track.name}", scheme), colour(ground, scheme)) > LEAST_CONTRAST, track.name
        for words in ("ink", "soft", "link"):
            assert contrast(colour(words, scheme), colour(ground, scheme)) > 4.5, (words, ground)
        assert contrast(colour("edge", scheme), colour(ground, scheme)) > LEAST_CONTRAST
    assert contrast(colour("warn", scheme), colour("warnpage", scheme)) > 4.5
