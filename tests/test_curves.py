"""The curves against values computed by hand in the published method."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.method.curves import freshness, higher_is_better, piecewise

RATES = st.floats(min_value=0, max_value=1e9, allow_nan=False)


@pytest.mark.parametrize(("rate", "expected"), [(0.10, 24), (0.30, 50), (0.88, 75), (2.29, 90)])
def test_the_engagement_curve_of_the_method(rate: float, expected: int) -> None:
    """Median 0.30 %, tenth best 2.29 %: the method's own check values."""
    assert expected == round(higher_is_better(rate, median=0.30, p90=2.29))


@pytest.mark.parametrize(("days", "expected"), [(14, 100), (44, 50), (90, 17)])
def test_the_freshness_curve_of_the_method(days: float, expected: int) -> None:
    """Two weeks of grace, then halved every 30 days."""
    assert expected == round(freshness(days, grace=14, half_life=30))


def test_nothing_scores_nothing() -> None:
    """A value of zero is the end of the curve."""
    assert 0.0 == higher_is_better(0, median=1, p90=2)


def test_piecewise_is_flat_outside_its_points() -> None:
    """Between the points it is linear, outside them it stays."""
    points = ((0.2, 10.0), (0.6, 50.0))
    assert [10.0, 10.0, 30.0, 50.0, 50.0] == [round(piecewise(x, points), 9) for x in (0, 0.2, 0.4, 0.6, 9)]


@given(one=RATES, other=RATES)
def test_more_never_scores_less(one: float, other: float) -> None:
    """The curve is monotonous and stays within 0..100."""
    low, high = sorted((one, other))
    scores = [higher_is_better(value, median=3, p90=9) for value in (low, high)]
    assert 0 <= scores[0] <= scores[1] <= 100


@given(one=RATES, other=RATES)
def test_a_longer_silence_never_scores_more(one: float, other: float) -> None:
    """Freshness falls with the days."""
    low, high = sorted((one, other))
    scores = [freshness(value, grace=14, half_life=30) for value in (low, high)]
    assert 100 >= scores[0] >= scores[1] >= 0
