"""How far counts of labels lie from those of careful readers, from one market to another.

Sums of calibrated probabilities count postings (probabilistic classify and count; Bella et al. 2010, ICDM). They are right
where postings are such as the model learnt from. Another source has others, and so has a company: their shares are off by more than chance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classifiers.features import Floats

# least postings of a market or a company, and of them of a label and not of it, that tell anything on the logit scale
OF_MARKET, OF_COMPANY = (30, 5.0), (3, 0.5)
TRIED = np.linspace(0, 1.5, 301)


def shift_between(
    groups: NDArray[np.int64], labels: NDArray[np.int64], probabilities: Floats, least: tuple[int, float]
) -> float:
    """The standard deviation on the logit scale by which shares of labels are off beyond chance; 0 of no group.

    `groups` are markets or companies, and `probabilities` those of a model that learnt nothing of the posting's. By maximum
    likelihood, each share's error being normal around 0, with the variance that its postings' own doubt gives it (Poisson
    binomial) and the shift's.
    """
    gaps, variances = [np.empty(0)], [np.empty(0)]
    least_postings, least_expected = least
    for group in np.unique(groups):
        inside = probabilities[groups == group]
        if len(inside) >= least_postings:
            expected, doubt = inside.sum(axis=0), (inside * (1 - inside)).sum(axis=0)
            read = np.bincount(labels[groups == group], minlength=inside.shape[1])
            told = (expected >= least_expected) & (len(inside) - expected >= least_expected)
            slope = (expected * (1 - expected / len(inside)))[told]
            gaps.append((read - expected)[told] / slope)
            variances.append(doubt[told] / slope**2)
    gap, variance = np.concatenate(gaps), np.concatenate(variances)
    total = np.square(TRIED)[:, None] + variance
    return float(TRIED[(-0.5 * (np.log(total) + gap**2 / total)).sum(axis=1).argmax()]) if gap.size else 0.0
