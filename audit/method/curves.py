"""Curves from a fact to a score 0..100: 50 is the published median, 90 the tenth best of a hundred.

The log-normal curve with two control points is Lighthouse's (GoogleChrome/lighthouse, shared/statistics.js);
all else is piecewise linear or a half-life.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import erf, exp, log, sqrt

Z90 = 1.2815515655446004  # the standard normal's 90th percentile


def normal_cdf(z: float) -> float:
    """Standard normal distribution function."""
    return 0.5 * (1 + erf(z / sqrt(2)))


def higher_is_better(value: float, *, median: float, p90: float) -> float:
    """L(m, p90): the share of comparable profiles that `value` would beat if they were log-normal."""
    return 0.0 if value <= 0 else 100 * normal_cdf(Z90 * (log(value) - log(median)) / log(p90 / median))


def piecewise(value: float, points: Sequence[tuple[float, float]]) -> float:
    """P(points): linear between control points given in rising order, flat outside them."""
    if value <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if value <= x1:
            return y0 + (value - x0) / (x1 - x0) * (y1 - y0)
    return points[-1][1]


def freshness(days: float, *, grace: float, half_life: float) -> float:
    """F(g, h): full marks for `grace` days, then halved every `half_life` days."""
    return 100 * exp(-log(2) * max(0.0, days - grace) / half_life)
